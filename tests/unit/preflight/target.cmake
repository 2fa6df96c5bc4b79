find_package(PkgConfig REQUIRED)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
target_link_libraries(unit_preflight PRIVATE PkgConfig::pugixml)  # trees are handed to the tests
