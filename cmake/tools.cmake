# `format` writes every C file as .clang-format says; `tidy` runs clang-tidy over every module.
find_program(CLANG_FORMAT clang-format)
find_program(CLANG_TIDY clang-tidy)
find_program(RUN_CLANG_TIDY NAMES run-clang-tidy run-clang-tidy-14)
set(c_folders include base corpus indexer query api cli tests)
if(CLANG_FORMAT)
    list(TRANSFORM c_folders REPLACE "(.+)" "\\1/*.c;\\1/*.h" OUTPUT_VARIABLE patterns)
    file(GLOB_RECURSE c_files RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS ${patterns})
    add_custom_target(format COMMAND ${CLANG_FORMAT} -i ${c_files} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
endif()
if(CLANG_TIDY AND RUN_CLANG_TIDY)
    add_custom_target(
        tidy
        COMMAND ${RUN_CLANG_TIDY} -quiet -clang-tidy-binary ${CLANG_TIDY} -p ${PROJECT_BINARY_DIR}
                "^${PROJECT_SOURCE_DIR}/(base|corpus|indexer|query|api|cli)/"
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
        VERBATIM)
endif()
