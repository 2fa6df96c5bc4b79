// Where characters stand in the source document, so that a message about them can name the place.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"

namespace epitome::text {

using SourcePlaces = std::map<std::string, std::vector<diag::Span>, std::less<>>;

// Fills in the places of each key, in order. A key is a character, or a grapheme cluster as a whole. `source` is
// well-formed XML: written as references characters count too, in comments they don't, and in attributes only where no
// text has them.
void find_in_source(std::string_view source, SourcePlaces& wanted);

}  // namespace epitome::text
