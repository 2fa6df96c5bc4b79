target_link_libraries(unit_anki PRIVATE epitome::reader)
