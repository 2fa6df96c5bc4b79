// An address as a QR code (ISO/IEC 18004), drawn as rules.
#pragma once

#include <string_view>
#include <vector>

#include "page/pages.hpp"

namespace epitome::typeset {

struct Code {
  model::Length side;             // with the four modules' quiet zone around it; zero: the text is too long for a code
  std::vector<page::Item> items;  // from the corner of the quiet zone
};

// `text` in UTF-8; `side`: of a code's module. A seventh of
// the code may be lost (level M), and more where that costs no room.
Code draw_code(std::string_view text, model::Length side, style::Colour ink);

}  // namespace epitome::typeset
