find_package(ICU REQUIRED COMPONENTS uc)
find_library(hyphen_library hyphen REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libmd REQUIRED IMPORTED_TARGET libmd)
pkg_check_modules(harfbuzz REQUIRED IMPORTED_TARGET harfbuzz)
target_link_libraries(unit_text PRIVATE ${hyphen_library} ICU::uc PkgConfig::libmd PkgConfig::harfbuzz)
target_compile_definitions(unit_text PRIVATE EPITOME_PATTERNS_DIR="${CMAKE_BINARY_DIR}/share/epitome/hyphenation"
                           EPITOME_DATA_DIR="${CMAKE_BINARY_DIR}/share/epitome"
                           EPITOME_HYPHEN_DICTIONARIES="${EPITOME_HYPHEN_DICTIONARIES}"
                           EPITOME_TEX_PATTERNS="${EPITOME_TEX_PATTERNS}"
                           EPITOME_COMPILE_PATTERNS="$<TARGET_FILE:compile_patterns>")
