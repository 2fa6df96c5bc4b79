# The program is run as it is, from beside this test.
add_dependencies(unit_app epitome epitome-compare)
