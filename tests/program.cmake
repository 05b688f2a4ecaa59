# The program as a user meets it: scripts that get the program in $PINAKES and the checkout in $SOURCE_DIR.
set(sanitize_flags "")
if(PINAKES_SANITIZE)
    set(sanitize_flags "-fsanitize=address,undefined")
endif()
set(program $<TARGET_FILE:pinakes>)
if(CMAKE_CROSSCOMPILING_EMULATOR) # a script starts it like any program; a shell in between would add its own complaints
    set(program ${PROJECT_BINARY_DIR}/emulated-pinakes)
    list(JOIN CMAKE_CROSSCOMPILING_EMULATOR "', '" emulator)
    file(GENERATE OUTPUT ${program} CONTENT "#!/usr/bin/perl\nexec '${emulator}', '$<TARGET_FILE:pinakes>', @ARGV;\n"
         FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
endif()
file(GLOB scripts CONFIGURE_DEPENDS cli/test_*.sh package/test_*.sh style/test_*.sh)
foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    get_filename_component(folder ${script} DIRECTORY)
    get_filename_component(folder ${folder} NAME)
    if(CMAKE_CROSSCOMPILING AND NOT folder STREQUAL "cli") # these look at the sources, or ask pkg-config of this machine
        continue()
    endif()
    string(REGEX REPLACE "^test_" "" name ${name})
    add_test(NAME ${folder}.${name} COMMAND sh ${script})
    set_tests_properties(${folder}.${name} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77
        ENVIRONMENT "PINAKES=${program};SOURCE_DIR=${PROJECT_SOURCE_DIR};BINARY_DIR=${PROJECT_BINARY_DIR};CC=${CMAKE_C_COMPILER};SANITIZE_FLAGS=${sanitize_flags}")
endforeach()

# The campaigns, each with a small budget.
add_test(NAME campaigns.crash COMMAND ${PROJECT_SOURCE_DIR}/tests/campaigns/crash.sh 10)
set_tests_properties(campaigns.crash PROPERTIES TIMEOUT 300
    ENVIRONMENT "PINAKES=${program};CRASH_PAPERS=150")
add_test(NAME campaigns.seal_faults COMMAND ${PROJECT_SOURCE_DIR}/tests/campaigns/seal_faults.sh 6)
set_tests_properties(campaigns.seal_faults PROPERTIES TIMEOUT 300
    ENVIRONMENT "PINAKES=${program};SEAL_PAPERS=2500")
add_test(NAME campaigns.watch COMMAND ${PROJECT_SOURCE_DIR}/tests/campaigns/watch.sh 30)
set_tests_properties(campaigns.watch PROPERTIES TIMEOUT 300 ENVIRONMENT "PINAKES=${program}")
