// What stands between the tags of markup that a source of another syntax holds.
#pragma once

#include <vector>

#include "reader/markdown_markup.hpp"

namespace epitome::reader {

// The texts of well-formed markup; references stand for their characters. Each has one more place, for its end.
std::vector<PlacedText> texts_of_markup(const PlacedText& markup);

}  // namespace epitome::reader
