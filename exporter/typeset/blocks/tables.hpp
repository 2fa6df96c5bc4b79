// A table on its way to atoms: tables.cpp collects its cells, table_columns.cpp finds how wide they are and sets them,
// table_rows.cpp how high, and where pages may turn. One that is too wide goes by table_as_lists.cpp.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

struct TableCell {
  const model::Cell* cell = nullptr;
  int row = 0, column = 0;  // its first
  std::uint32_t element = none;
  style::StyleName style = style::StyleName::cell;
  model::Direction direction = model::Direction::ltr;
  std::vector<text::TextSpan> spans;
  Length start, width;  // of all its columns
  Length tail;          // of a number: what stands behind its units
  text::Typesetter::Extent extent;
  std::shared_ptr<const Lines> lines;

  int across() const { return std::max(1, cell->column_span); }
  int last_row() const { return row + std::max(1, cell->row_span) - 1; }
};

struct TableGrid {
  int columns = 0, rows = 0, head_rows = 0;
  std::vector<model::ColumnAlign> align;        // by column
  std::vector<TableCell> cells;                 // in document order
  std::vector<std::uint32_t> row_destinations;  // none: without id
  std::vector<Length> wanted;                   // by column: the width of its widest cell
  // Of columns of numbers: the widest tail.
  std::vector<std::optional<Length>> tails;
  Length page_height;   // what its page has for it
  Length gutter;        // between columns
  bool narrow = false;  // text is smaller
};

// Sets the cells, with the grid's gutter; false: the words of the table are wider than the column, and nothing has been
// set. `narrow`: smaller.
bool fit_columns(Setter& setter, TableGrid& grid, const Column& column, bool narrow);
// Finds the columns of numbers (table_numbers.cpp).
void find_numbers(Setter& setter, TableGrid& grid, const Column& column);
// Adds the atoms of a table whose cells are set.
void table_rows(Setter& setter, const TableGrid& grid, const Column& column);
// What becomes of a table that doesn't fit.
void table_as_lists(Setter& setter, const model::Block& block, const model::Table& table, const Column& column);

}  // namespace epitome::typeset
