# libpinakes, shared and static: only pinakes_* is to be seen from outside.
add_library(pinakes_shared SHARED ${objects})
set_target_properties(pinakes_shared PROPERTIES OUTPUT_NAME pinakes VERSION ${PROJECT_VERSION}
                      SOVERSION ${PROJECT_VERSION_MAJOR})
target_link_libraries(pinakes_shared PRIVATE dependencies)

# A static archive keeps every global name of its members; so the objects are linked into one, whose hidden names
# are then made local.
set(one_object ${PROJECT_BINARY_DIR}/pinakes.o)
add_custom_command(
    OUTPUT ${one_object}
    COMMAND ${CMAKE_LINKER} -r -o ${one_object} ${objects}
    COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${one_object}
    DEPENDS ${objects} base corpus indexer query api
    COMMAND_EXPAND_LISTS VERBATIM)
add_library(pinakes_static STATIC ${one_object})
set_target_properties(pinakes_static PROPERTIES OUTPUT_NAME pinakes LINKER_LANGUAGE C)
set_source_files_properties(${one_object} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)

set(PKG_REQUIRES "sqlite3 libutf8proc yaml-0.1 md4c uchardet jansson zlib libzstd liblzma expat")
configure_file(cmake/pinakes.pc.in ${PROJECT_BINARY_DIR}/pinakes.pc @ONLY)
install(TARGETS pinakes_shared pinakes_static)
install(FILES include/pinakes.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${PROJECT_BINARY_DIR}/pinakes.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
