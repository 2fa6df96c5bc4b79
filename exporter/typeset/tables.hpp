// A table on its way to atoms: tables.cpp collects its cells, table_columns.cpp finds how wide they are and sets them,
// table_rows.cpp how high, and where pages may turn.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "typeset/flow.hpp"

namespace epitome::typeset {

struct TableCell {
  const model::Cell* cell = nullptr;
  int row = 0, column = 0;  // its first
  std::uint32_t element = none;
  style::StyleName style = style::StyleName::cell;
  model::Direction direction = model::Direction::ltr;
  std::vector<text::TextSpan> spans;
  Length start, width;  // of all its columns
  std::shared_ptr<const Lines> lines;

  int across() const { return std::max(1, cell->column_span); }
  int last_row() const { return row + std::max(1, cell->row_span) - 1; }
};

struct TableGrid {
  int columns = 0, rows = 0, head_rows = 0;
  std::vector<TableCell> cells;                 // in document order
  std::vector<std::uint32_t> row_destinations;  // none: without id
  bool narrow = false;
};

}  // namespace epitome::typeset
