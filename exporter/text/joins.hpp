// Where what is shaped alone meets: kerning goes across, and upright and Italic don't touch.
#pragma once

#include <vector>

#include "text/break_opportunities.hpp"
#include "text/prepared.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {

// Sets Piece::kerning of spaces: what the font puts between them and the words beside them, of the same look, from left
// to right.
void kern_spaces(Typesetter::Data& typesetter, PreparedParagraph::Data& paragraph);

// Sets Piece::pad_after between neighbouring pieces of different spans that no space parts, in left-to-right scripts
// whose letters stand apart. One face and size: the font's own kerning. Italic beside upright, where their ink is at
// the same height: what lacks to a thin clearance (TeX's italic correction, The TeXbook, chapter 4, measured on both
// glyphs).
// Not where a line may end: its edge would have what belongs between two glyphs. `breaks`: of the paragraph's text.
void join_spans(Typesetter::Data& typesetter, const std::vector<Opportunity>& breaks,
                PreparedParagraph::Data& paragraph);

}  // namespace epitome::text
