// The geometry of a table: rows, columns and the cells that span them.
#pragma once

#include "reader/faults.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

// Every row of a table must fill the same number of columns (PDF/UA-1 and readers by voice rely on
// it), and no cell may reach beyond its head or body; its `align` says a word for each column (E0213).
void check_grid(Node table, Faults& faults);

}  // namespace epitome::reader
