// In which columns a table's cells stand, and what they stand under.
#pragma once

#include <cstddef>
#include <vector>

#include "model/document.hpp"

namespace epitome::model {

// The columns of a head's or a body's cells, which are added row by row: a cell begins in the first column that is
// still free behind the one before it, where cells from the rows above may reach down (HTML, "Forming a table").
class TableColumns {
 public:
  void begin_row();
  // Adds the row's next cell, `across` columns wide and `down` rows high (1 or more); the first column of it.
  std::size_t add(int across, int down);
  // Whether the cell that was added last covers what one from above covers, too: the table isn't sound.
  bool overlaps() const { return overlaps_; }
  // How many columns of the row are covered so far.
  std::size_t covered() const;

  struct Reach {
    int rows = 0;          // below this one that the column's cell covers
    std::size_t cell = 0;  // its number, as they were added
  };
  const std::vector<Reach>& reaches() const { return reaches_; }

 private:
  std::vector<Reach> reaches_;
  std::vector<bool> covered_;
  std::size_t at_ = 0, cells_ = 0;
  bool overlaps_ = false;
};

// The number of columns, cells that reach down from other rows counted.
int column_count(const Table& table);

// For each cell of the body, by row and by its place in the row: the head cell that names its (first) column, the
// lowest that isn't empty; nullptr where none does. Points into `table`.
std::vector<std::vector<const Cell*>> naming_heads(const Table& table);

}  // namespace epitome::model
