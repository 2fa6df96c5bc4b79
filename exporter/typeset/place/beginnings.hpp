// The place in the document at which each page begins.
#pragma once

#include <vector>

#include "typeset/flow/flow.hpp"

namespace epitome::typeset {

// A page begins with the first in the document's order of all that stands on it, not with what is placed first: beside
// one another stand a term and its definition, the cells of a row. So pages follow one another as their beginnings do.
class Beginnings {
 public:
  struct Place {
    std::uint32_t place = none;  // into Flow::places; none: nothing of the document stands there
    std::uint32_t offset = 0;
  };

  explicit Beginnings(const Flow& flow) : flow_(flow), ranks_(flow.places.size(), none) {}

  void begin_page() { pages_.emplace_back(); }
  // Something stands on the last page: a run of a line, or what has no text.
  void stands(const TextBox& box, const text::PlacedRun& run) { stands(beginning(box, run)); }
  void stands(const Place& at);
  const Place& of_page(std::size_t page) const { return pages_[page]; }

 private:
  Place beginning(const TextBox& box, const text::PlacedRun& run) const;
  Place word_start(const TextBox& box) const;
  bool begins_page(const Place& at) const;

  const Flow& flow_;
  std::vector<Place> pages_;
  std::vector<std::uint32_t> ranks_;  // of the places, in the order in which they are first met; none: not yet
  std::uint32_t ranked_ = 0;
};

}  // namespace epitome::typeset
