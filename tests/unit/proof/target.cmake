find_package(PkgConfig REQUIRED)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
target_link_libraries(unit_proof PRIVATE PkgConfig::pugixml)  # re2 comes with the room, whose flags a header made for all would not fit
