find_package(PkgConfig REQUIRED)
pkg_check_modules(harfbuzz_subset REQUIRED IMPORTED_TARGET harfbuzz-subset)
target_link_libraries(unit_pdf PRIVATE PkgConfig::harfbuzz_subset)  # looks into embedded programs
