target_link_libraries(unit_cover PRIVATE epitome::reader)
