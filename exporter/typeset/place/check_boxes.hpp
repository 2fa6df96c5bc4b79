// Whether what stands on a page keeps apart and in its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/length.hpp"
#include "text/paragraph.hpp"

namespace epitome::typeset {

using model::Length;
using model::Rect;

// Text or a picture as it stands on a page, in the page's coordinates.
struct PageBox {
  enum class Kind : std::uint8_t {
    text,
    furniture,  // running head, folio
    picture,
  };
  Kind kind = Kind::text;
  Rect ink;           // text: from the capitals' height down to the baseline
  Rect home;          // what it may not leave: its column on the block and what hangs out of it, for furniture the page
  Length size;        // of the letters; a picture has none
  const void* owner;  // boxes of one owner (a line and its ruby, the words of a cover) aren't held against each other
};

struct BoxFault {
  enum class Kind : std::uint8_t {
    overlap,  // of `first` and `second`: text over text or a picture, or too close beside text to be told apart
    outside,  // `first` leaves its home
  };
  Kind kind = Kind::overlap;
  std::size_t first = 0, second = 0;  // into the boxes; `first` stands before `second` there
};

// The first overlap, and the first box outside of its home: one of each at most, so that a page with a thousand faults
// is looked at as fast as one without. Beside other text, text keeps a tenth of its size free. What isn't a fault:
// tight lines whose ascenders and descenders meet, and pictures that touch each other.
std::vector<BoxFault> check_boxes(const std::vector<PageBox>& boxes);

// A line's leftmost and rightmost ink from the left edge of its measure: without ruby, without the spaces at its end.
struct Extent {
  Length from, to;
};
Extent ink_extent(const text::Line& line);
// Of the line's letters: the largest, ruby aside.
Length letter_size(const text::Line& line);

}  // namespace epitome::typeset
