// Space between the characters of Chinese and Japanese: the blank halves of punctuation marks, the quarter em beside
// Latin letters and figures, and what may grow and shrink to fill a line. JLREQ (Requirements for Japanese Text Layout)
// 3.1.2 to 3.2.6, 3.8; CLREQ (Requirements for Chinese Text Layout) 3.1.6, 3.2.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/break_opportunities.hpp"
#include "text/line_break.hpp"
#include "text/prepared.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {

// Whether text in `lang` (BCP 47) is Chinese or Japanese.
bool is_chinese_or_japanese(std::string_view lang);

// Whether a character that other scripts have too is, inside Chinese or Japanese, one of theirs with an em box of its
// own: quotation marks (Chinese only), dash, ellipsis.
bool is_ideographic_mark(char32_t character, std::string_view lang);
bool has_ideographic_mark(std::string_view text, std::string_view lang);

// Whether its East Asian width (UAX #11) is W or F, Hangul not counted.
bool is_wide(char32_t character);

// Chinese quotation marks may begin and end lines beside ideographs, which UAX #14 (Unicode 15) forbids as it can't
// tell opening from closing ones. `out` as of BreakFinder::find.
void free_quotation_marks(std::string_view text, std::vector<Opportunity>& out);

// The gaps of a paragraph whose pieces are made, ascending by offset. A mark's blank half is what the font's `halt`
// feature takes away, so that each region's own marks are treated as they are drawn.
std::vector<Gap> ideographic_gaps(Typesetter::Data& typesetter, const PreparedParagraph::Data& paragraph);

// Adds the gaps to the candidates' measures and fills the paragraph's glue.
void add_glue(PreparedParagraph::Data& paragraph);

}  // namespace epitome::text
