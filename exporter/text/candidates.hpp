// The places where a paragraph's lines may end, from its shaped pieces: spaces and other opportunities, points of
// hyphenation, and what hangs beyond the measure there.
#pragma once

#include <vector>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"
#include "text/break_opportunities.hpp"
#include "text/prepared.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {

// Fills the paragraph's candidates, points and first_hang; its pieces are made and joined. `breaks`: of its text.
// Reports to `sink` a language whose patterns are missing.
void find_candidates(Typesetter::Data& typesetter, const style::Language& language,
                     const std::vector<Opportunity>& breaks, diag::Sink& sink, PreparedParagraph::Data& paragraph);

// Lets the words between two bytes that are else not hyphenated have hyphens; false: there are none.
bool allow_hyphens(PreparedParagraph::Data& paragraph, std::uint32_t begin, std::uint32_t end);

}  // namespace epitome::text
