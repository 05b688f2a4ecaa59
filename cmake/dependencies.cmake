# What the project stands on; the README's table says why each. `dependencies` has their headers and shared
# libraries, `dependencies_static` archives wherever the system has them.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(SQLITE REQUIRED sqlite3>=3.40)
pkg_check_modules(UTF8PROC REQUIRED libutf8proc>=2.6)
pkg_check_modules(YAML REQUIRED yaml-0.1)
pkg_check_modules(MD4C REQUIRED md4c)
pkg_check_modules(UCHARDET REQUIRED uchardet)
pkg_check_modules(JANSSON REQUIRED jansson)
pkg_check_modules(ZLIB REQUIRED zlib)
pkg_check_modules(ZSTD REQUIRED libzstd)
pkg_check_modules(LZMA REQUIRED liblzma)
pkg_check_modules(EXPAT REQUIRED expat)
pkg_check_modules(ARCHIVE REQUIRED libarchive)
find_path(BZIP2_INCLUDE_DIR bzlib.h REQUIRED)
find_library(BZIP2_LIBRARY bz2 REQUIRED)
find_path(STEMMER_INCLUDE_DIR libstemmer.h REQUIRED)
find_library(STEMMER_LIBRARY stemmer REQUIRED)

add_library(dependencies INTERFACE)
target_include_directories(dependencies INTERFACE ${SQLITE_INCLUDE_DIRS} ${UTF8PROC_INCLUDE_DIRS} ${YAML_INCLUDE_DIRS}
                           ${MD4C_INCLUDE_DIRS} ${UCHARDET_INCLUDE_DIRS} ${STEMMER_INCLUDE_DIR}
                           ${JANSSON_INCLUDE_DIRS} ${ZLIB_INCLUDE_DIRS} ${ZSTD_INCLUDE_DIRS} ${LZMA_INCLUDE_DIRS} ${BZIP2_INCLUDE_DIR}
                           ${EXPAT_INCLUDE_DIRS} ${ARCHIVE_INCLUDE_DIRS})
target_link_libraries(dependencies INTERFACE ${SQLITE_LINK_LIBRARIES} ${UTF8PROC_LINK_LIBRARIES} ${YAML_LINK_LIBRARIES}
                      ${MD4C_LINK_LIBRARIES} ${UCHARDET_LINK_LIBRARIES} ${STEMMER_LIBRARY} ${JANSSON_LINK_LIBRARIES}
                      ${ZLIB_LINK_LIBRARIES} ${ZSTD_LINK_LIBRARIES} ${LZMA_LINK_LIBRARIES} ${BZIP2_LIBRARY} ${EXPAT_LINK_LIBRARIES} ${ARCHIVE_LINK_LIBRARIES} Threads::Threads m)

# The archive for a library named on the link line, or the library itself.
function(archive_of library out)
    string(REGEX REPLACE "\\.so$" ".a" archive "${library}")
    if(EXISTS ${archive})
        set(${out} ${archive} PARENT_SCOPE)
    else()
        set(${out} ${library} PARENT_SCOPE)
    endif()
endfunction()

add_library(dependencies_static INTERFACE)
# libarchive stands before what it needs. Of what its own archive needs beside, one more library is of use for tar and zip.
archive_of(${ARCHIVE_LINK_LIBRARIES} libarchive)
if(libarchive MATCHES "\\.a$")
    find_library(NETTLE_ARCHIVE libnettle.a)
    if(NOT NETTLE_ARCHIVE)
        set(libarchive ${ARCHIVE_LINK_LIBRARIES})
    endif()
endif()
target_link_libraries(dependencies_static INTERFACE ${libarchive})
if(libarchive MATCHES "\\.a$")
    target_link_libraries(dependencies_static INTERFACE ${NETTLE_ARCHIVE})
endif()
foreach(library ${SQLITE_LINK_LIBRARIES} ${UTF8PROC_LINK_LIBRARIES} ${YAML_LINK_LIBRARIES} ${MD4C_LINK_LIBRARIES}
                ${UCHARDET_LINK_LIBRARIES} ${STEMMER_LIBRARY} ${JANSSON_LINK_LIBRARIES}
                ${ZLIB_LINK_LIBRARIES} ${ZSTD_LINK_LIBRARIES} ${LZMA_LINK_LIBRARIES} ${BZIP2_LIBRARY}
                ${EXPAT_LINK_LIBRARIES})
    archive_of(${library} archive)
    target_link_libraries(dependencies_static INTERFACE ${archive})
    if(archive MATCHES "uchardet.*\\.a$") # a C++ archive brings its runtime along
        execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=libstdc++.a OUTPUT_VARIABLE runtime
                        OUTPUT_STRIP_TRAILING_WHITESPACE)
        target_link_libraries(dependencies_static INTERFACE ${runtime})
        target_link_options(dependencies_static INTERFACE -static-libgcc)
    endif()
endforeach()
target_link_libraries(dependencies_static INTERFACE Threads::Threads m)
# A program at a fixed address starts a tenth sooner: the tables of all languages of libstemmer, and others, are full of
# pointers, which the loader would have to put right on a hundred pages first.
target_link_options(dependencies_static INTERFACE -no-pie)
