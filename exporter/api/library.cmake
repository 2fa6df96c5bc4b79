# The library for other programs: one archive of all rooms that api needs, its headers, and the files by which CMake and
# pkg-config find it. What it is linked with comes from pkg-config in both; libharu alone has no file there.
set(EPITOME_NEEDS fmt freetype2 fribidi harfbuzz harfbuzz-subset hunspell icu-uc lame libdeflate libfyaml libjpeg libmd libpng libzip md4c
    pugixml qrcodegencpp re2 simdjson tomlplusplus zlib)

set(rooms ${EPITOME_ROOMS})
list(REMOVE_ITEM rooms compare app)
list(TRANSFORM rooms REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE objects)
add_library(epitome_library STATIC ${objects})
set_target_properties(epitome_library PROPERTIES OUTPUT_NAME epitome EXPORT_NAME epitome LINKER_LANGUAGE CXX)
target_compile_features(epitome_library INTERFACE cxx_std_20)
target_include_directories(epitome_library INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(epitome_library INTERFACE $<INSTALL_INTERFACE:PkgConfig::EPITOME_NEEDS> $<INSTALL_INTERFACE:hpdf>)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/epitome)
install(TARGETS epitome_library EXPORT epitomeTargets ARCHIVE)
install(EXPORT epitomeTargets NAMESPACE epitome:: DESTINATION ${package})
# They include each other by the same names as in the rooms: from the folder of the first.
install(FILES exporter/api/epitome.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/epitome)
install(FILES exporter/api/formats.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/epitome/api)
install(FILES exporter/diag/kinds.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/epitome/diag)

include(CMakePackageConfigHelpers)
set(data_folder ${CMAKE_INSTALL_DATADIR}/epitome)
list(JOIN EPITOME_NEEDS " " needs)
configure_package_config_file(exporter/api/epitomeConfig.cmake.in ${CMAKE_BINARY_DIR}/cmake/epitomeConfig.cmake
                              INSTALL_DESTINATION ${package} PATH_VARS data_folder)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/cmake/epitomeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/cmake/epitomeConfig.cmake ${CMAKE_BINARY_DIR}/cmake/epitomeConfigVersion.cmake
        DESTINATION ${package})

# From the file's own place, so that the prefix may be moved.
file(RELATIVE_PATH prefix_from_file ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(exporter/api/epitome.pc.in ${CMAKE_BINARY_DIR}/cmake/epitome.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/cmake/epitome.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
