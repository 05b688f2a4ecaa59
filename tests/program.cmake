# The program as a user meets it: scripts that get the program in $PINAKES and the checkout in $SOURCE_DIR.
file(GLOB scripts CONFIGURE_DEPENDS cli/test_*.sh package/test_*.sh)
foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    get_filename_component(folder ${script} DIRECTORY)
    get_filename_component(folder ${folder} NAME)
    string(REGEX REPLACE "^test_" "" name ${name})
    add_test(NAME ${folder}.${name} COMMAND sh ${script})
    set_tests_properties(${folder}.${name} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77
        ENVIRONMENT "PINAKES=$<TARGET_FILE:pinakes>;SOURCE_DIR=${PROJECT_SOURCE_DIR};BINARY_DIR=${PROJECT_BINARY_DIR}")
endforeach()
