// What is a heading among the blocks of a source of another shape, and how deep.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "reader/part_names.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

// The level of a heading among the blocks; 0 of another.
int heading_level(Node node);
// The phrase in bold that a paragraph holds and nothing else, or none.
Node bold_line(Node node);
// Whether no block is a heading: lines in bold stand for them.
bool has_headings(const std::vector<Node>& blocks);

class GuessedHeadings {
 public:
  // The blocks without the work's title: 2 for what may be a part, 3 for an item, wherever the source begins to count;
  // what stands below an <h1> that names a part with items is its items.
  GuessedHeadings(const std::vector<Node>& blocks, const PartNames& names);

  int level(Node node) const;
  // The element that holds the words of a heading.
  Node words(Node node) const;

 private:
  std::map<Tree::Index, int> levels_;
};

}  // namespace epitome::reader
