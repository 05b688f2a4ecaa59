# The `pinakes` program: the static library and what it needs, so that a search starts without much linking; and base of
# its own, whose names the library keeps to itself.
file(GLOB cli_sources CONFIGURE_DEPENDS cli/*.c)
embed_text(cli/report.css report_css cli/report_style.h ${PROJECT_BINARY_DIR}/report_css.c)
add_executable(pinakes ${cli_sources} ${PROJECT_BINARY_DIR}/report_css.c $<TARGET_OBJECTS:base>)
target_include_directories(pinakes PRIVATE ${JANSSON_INCLUDE_DIRS})
if(PINAKES_STATIC_DEPENDENCIES AND NOT PINAKES_SANITIZE)
    target_link_libraries(pinakes PRIVATE pinakes_static dependencies_static)
else()
    target_link_libraries(pinakes PRIVATE pinakes_static dependencies ${JANSSON_LINK_LIBRARIES})
endif()
install(TARGETS pinakes)
if(EXISTS ${PROJECT_SOURCE_DIR}/cli/pinakes.1)
    install(FILES cli/pinakes.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
install(DIRECTORY corpus/library DESTINATION ${CMAKE_INSTALL_DATADIR}/pinakes)

# What the shells complete command lines by, as the program itself tells it.
set(completions ${PROJECT_BINARY_DIR}/completions)
add_custom_command(OUTPUT ${completions}/bash ${completions}/zsh ${completions}/fish
    COMMAND ${CMAKE_COMMAND} -E make_directory ${completions}
    COMMAND pinakes completions bash > ${completions}/bash
    COMMAND pinakes completions zsh > ${completions}/zsh
    COMMAND pinakes completions fish > ${completions}/fish
    DEPENDS pinakes VERBATIM)
add_custom_target(completions ALL DEPENDS ${completions}/bash ${completions}/zsh ${completions}/fish)
install(FILES ${completions}/bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME pinakes)
install(FILES ${completions}/zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _pinakes)
install(FILES ${completions}/fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME pinakes.fish)
