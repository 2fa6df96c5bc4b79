find_package(PkgConfig REQUIRED)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
target_link_libraries(unit_compare PRIVATE PkgConfig::libzip)  # EPUBs made by hand
