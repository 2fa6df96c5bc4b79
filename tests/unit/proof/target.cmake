find_package(PkgConfig REQUIRED)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
target_link_libraries(unit_proof PRIVATE PkgConfig::pugixml PkgConfig::re2)
