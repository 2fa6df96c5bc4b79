// What a report says of lines and pages.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace epitome::typeset {

// A line that was set to the full measure.
struct LineFigures {
  std::int32_t space_ratio = 1000;  // its word spaces over the font's own, 1/1000
  std::int32_t letter_fit = 0;      // what its letters were widened by, 1/10000 of their own width
  bool hyphenated = false;
};

struct PageFigures {
  int lines = 0;             // grid lines that the page's text reaches down to
  bool facing_left = false;  // the page shares its spread with the page before
  bool part_end = false;
  // A paragraph's last line at its head; a first one at its foot; its last word divided.
  bool widow = false, orphan = false, hyphen_at_end = false;
  std::vector<LineFigures> justified;  // in reading order
};

struct Figures {
  std::uint32_t text_lines = 0;  // lines of paragraphs
  std::uint32_t hyphens = 0, hyphens_at_page_end = 0;
  std::uint32_t overfull = 0;
  std::uint32_t widows = 0, orphans = 0;  // paragraphs' last lines at a page's head, first ones at its foot
  std::uint32_t passes = 0;               // over the document, for page numbers
  std::vector<PageFigures> pages;
};

// As readable text, a line a page: what a golden compares.
std::string dump_figures(const Figures& figures);

}  // namespace epitome::typeset
