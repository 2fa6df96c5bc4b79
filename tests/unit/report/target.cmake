find_package(PkgConfig REQUIRED)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
target_link_libraries(unit_report PRIVATE epitome::reader PkgConfig::pugixml)
target_include_directories(unit_report PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})  # typeset/book.hpp
target_compile_definitions(unit_report PRIVATE EPITOME_PATTERNS_DIR="${CMAKE_BINARY_DIR}/share/epitome/hyphenation")
