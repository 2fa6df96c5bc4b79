// A page's content stream (ISO 32000-1 7.8.2, 9.4, 14.6).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "page/pages.hpp"
#include "pdf/font_book.hpp"

namespace epitome::pdf {

struct PageContent {
  std::string stream;
  std::vector<std::uint32_t> fonts, images;  // what it uses: resource numbers, image indices; ascending
  std::vector<std::uint32_t> marks;          // by MCID: indices into Pages::marks, content only
};

// The content of page `index`. Left-to-right text goes out in strings with corrections where the advances
// differ from the font's widths; right-to-left text slot by slot in logical order, each at its own place.
PageContent write_content(const page::Pages& pages, std::uint32_t index, FontBook& fonts);

}  // namespace epitome::pdf
