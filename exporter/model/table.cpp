#include "model/table.hpp"

#include <algorithm>
#include <cstddef>

namespace epitome::model {

namespace {

// Calls `visit(row, place in the row, cell, column)` for each cell.
template <class Visit>
void each_cell(const std::vector<Row>& rows, const Visit& visit) {
  std::vector<int> reaching;  // by column: how many rows a cell from above still reaches down
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::size_t column = 0;
    std::vector<int> next;
    const auto take = [&](int rows_left) {
      if (next.size() <= column) next.resize(column + 1);
      next[column++] = rows_left;
    };
    const auto skip = [&] {
      while (column < reaching.size() && reaching[column] > 0) take(reaching[column] - 1);
    };
    for (std::size_t i = 0; i < rows[r].cells.size(); ++i) {
      skip();
      const Cell& cell = rows[r].cells[i];
      visit(r, i, cell, column);
      for (int across = 0; across < std::max(1, cell.column_span); ++across) take(cell.row_span - 1);
    }
    skip();
    reaching = std::move(next);
  }
}

}  // namespace

int column_count(const Table& table) {
  std::size_t most = 0;
  for (const std::vector<Row>* const rows : {&table.head, &table.body}) {
    each_cell(*rows, [&](std::size_t, std::size_t, const Cell& cell, std::size_t column) {
      most = std::max(most, column + static_cast<std::size_t>(std::max(1, cell.column_span)));
    });
  }
  return static_cast<int>(most);
}

std::vector<std::vector<const Cell*>> naming_heads(const Table& table) {
  std::vector<const Cell*> heads;
  each_cell(table.head, [&](std::size_t, std::size_t, const Cell& cell, std::size_t column) {
    if (cell.content.empty()) return;
    const std::size_t end = column + static_cast<std::size_t>(std::max(1, cell.column_span));
    if (heads.size() < end) heads.resize(end);
    std::fill(heads.begin() + static_cast<std::ptrdiff_t>(column), heads.begin() + static_cast<std::ptrdiff_t>(end),
              &cell);
  });
  std::vector<std::vector<const Cell*>> named(table.body.size());
  each_cell(table.body, [&](std::size_t row, std::size_t, const Cell&, std::size_t column) {
    named[row].push_back(column < heads.size() ? heads[column] : nullptr);
  });
  return named;
}

}  // namespace epitome::model
