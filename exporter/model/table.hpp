// What a table's cells stand under: for whoever sets a table as a list.
#pragma once

#include <vector>

#include "model/document.hpp"

namespace epitome::model {

// The number of columns, cells that reach down from other rows counted.
int column_count(const Table& table);

// For each cell of the body, by row and by its place in the row: the head cell that names its (first) column, the
// lowest that isn't empty; nullptr where none does. Points into `table`.
std::vector<std::vector<const Cell*>> naming_heads(const Table& table);

}  // namespace epitome::model
