find_package(PkgConfig REQUIRED)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
target_link_libraries(unit_epub PRIVATE epitome::reader PkgConfig::pugixml)
