# embed_text(FILE NAME HEADER OUT): writes a C file that defines `const char NAME[]`, as HEADER declares it, with the
# bytes of FILE and a final NUL; made again whenever FILE changes.
function(embed_text file name header out)
    set(script ${PROJECT_SOURCE_DIR}/cmake/embed_script.cmake)
    add_custom_command(
        OUTPUT ${out}
        COMMAND ${CMAKE_COMMAND} -DFILE=${PROJECT_SOURCE_DIR}/${file} -DNAME=${name} -DHEADER=${header} -DOUT=${out}
                -P ${script}
        DEPENDS ${PROJECT_SOURCE_DIR}/${file} ${script}
        VERBATIM)
endfunction()
