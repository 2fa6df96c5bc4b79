target_link_libraries(unit_typeset PRIVATE epitome::reader)
target_compile_definitions(unit_typeset PRIVATE EPITOME_PATTERNS_DIR="${CMAKE_BINARY_DIR}/share/epitome/hyphenation")
