// Pages on sheets: a booklet that is printed on both sides, folded and stapled in the fold (saddle stitch), or several
// of them one behind the other where the pages are many (signatures).
#pragma once

#include <cstdint>
#include <vector>

#include "page/pages.hpp"

namespace epitome::impose {

using model::Length;

inline constexpr std::uint32_t blank = page::no_index;

// One side of a sheet: the pages (from 0, or `blank`) that stand at its left and right, and how many sheets of the same
// signature lie around it.
struct SheetSide {
  std::uint32_t left = blank, right = blank;
  int depth = 0;
  friend bool operator==(const SheetSide&, const SheetSide&) = default;
};

// The sides in the order in which they are printed: front and back of each sheet, the outermost sheet of a signature
// first. `per_signature`: pages of one, a multiple of 4; 0: as many as there are up to 64, else as few signatures of at
// most 32 pages as hold them. All signatures are about equally thick. Blanks are added up to a multiple of 4: at the
// end, or before the last page if `back_is_last`, which then stays outside. `rtl`: the fold is at the right of the
// front.
std::vector<SheetSide> saddle_stitch(std::uint32_t pages, int per_signature, bool back_is_last, bool rtl);

struct Booklet {
  int per_signature = 0;     // see saddle_stitch
  int paper_weight = 80;     // g/m²: what lies inside of a fold is moved to it by the thickness of what lies around
  bool marks = false;        // where to fold, and where to cut if the paper is larger than two pages
  bool back_is_last = true;  // the last page is the back of the whole
};

// How thick paper of that weight is: 1.25 µm for each g/m² (office paper of 80 g/m²: 0.1 mm).
Length thickness(int paper_weight);

// The sheets as pages without tags, two pages beside each other on each: on A4, Letter, A3 or Ledger across, the first
// that two pages fit on, else on paper of just their size. They ask to be printed on both sides, turned at the short
// edge, and not scaled. All pages must be of one size.
page::Pages booklet(page::Pages pages, const Booklet& options);

}  // namespace epitome::impose
