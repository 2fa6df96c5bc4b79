// Where characters stand in the source document, so that a message about them can name the place.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/source_texts.hpp"

namespace epitome::text {

using SourcePlaces = std::map<std::string, std::vector<diag::Span>, std::less<>>;

// Fills in the places of each key, in order. A key is a character, or a grapheme cluster as a whole. Texts that stand
// apart (XML: attributes) count only where no other has it.
void find_in_source(const diag::SourceTexts& source, SourcePlaces& wanted);

}  // namespace epitome::text
