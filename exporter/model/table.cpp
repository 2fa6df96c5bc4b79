#include "model/table.hpp"

#include <algorithm>
#include <cstddef>

namespace epitome::model {

namespace {

// Calls `visit(row, cell, column)` for each cell.
template <class Visit>
void each_cell(const std::vector<Row>& rows, const Visit& visit) {
  TableColumns columns;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    columns.begin_row();
    for (const Cell& cell : rows[r].cells) visit(r, cell, columns.add(cell.column_span, cell.row_span));
  }
}

}  // namespace

void TableColumns::begin_row() {
  at_ = 0;
  covered_.assign(reaches_.size(), false);
  for (std::size_t i = 0; i < reaches_.size(); ++i) {
    if (reaches_[i].rows == 0) continue;
    covered_[i] = true;
    --reaches_[i].rows;
  }
}

std::size_t TableColumns::add(int across, int down) {
  while (at_ < covered_.size() && covered_[at_]) ++at_;
  const std::size_t first = at_;
  at_ += static_cast<std::size_t>(std::max(1, across));
  if (covered_.size() < at_) {
    covered_.resize(at_);
    reaches_.resize(at_);
  }
  overlaps_ = false;
  for (std::size_t i = first; i < at_; ++i) {
    overlaps_ = overlaps_ || covered_[i];
    covered_[i] = true;
    reaches_[i] = {std::max(1, down) - 1, cells_};
  }
  ++cells_;
  return first;
}

std::size_t TableColumns::covered() const {
  return static_cast<std::size_t>(std::count(covered_.begin(), covered_.end(), true));
}

int column_count(const Table& table) {
  std::size_t most = 0;
  for (const std::vector<Row>* const rows : {&table.head, &table.body}) {
    each_cell(*rows, [&](std::size_t, const Cell& cell, std::size_t column) {
      most = std::max(most, column + static_cast<std::size_t>(std::max(1, cell.column_span)));
    });
  }
  return static_cast<int>(most);
}

std::vector<std::vector<const Cell*>> naming_heads(const Table& table) {
  std::vector<const Cell*> heads;
  each_cell(table.head, [&](std::size_t, const Cell& cell, std::size_t column) {
    if (cell.content.empty()) return;
    const std::size_t end = column + static_cast<std::size_t>(std::max(1, cell.column_span));
    if (heads.size() < end) heads.resize(end);
    std::fill(heads.begin() + static_cast<std::ptrdiff_t>(column), heads.begin() + static_cast<std::ptrdiff_t>(end),
              &cell);
  });
  std::vector<std::vector<const Cell*>> named(table.body.size());
  each_cell(table.body, [&](std::size_t row, const Cell&, std::size_t column) {
    named[row].push_back(column < heads.size() ? heads[column] : nullptr);
  });
  return named;
}

}  // namespace epitome::model
