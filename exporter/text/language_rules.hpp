// Where a language's rules change the breaks that Unicode's algorithm finds.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "style/language.hpp"
#include "text/break_opportunities.hpp"
#include "text/line_break.hpp"

namespace epitome::text {

// Takes the break at a space away where the word before or after binds to the other ("w domu" in Polish), in the bytes
// from `begin` to `end` of `text`, which are in `language`.
void bind_words(std::string_view text, std::uint32_t begin, std::uint32_t end, const style::Language& language,
                std::vector<Opportunity>& breaks);

// Takes the break at a space away, in any language: between a number and the symbol of its unit (SI brochure, 5.4.3;
// Latin and Cyrillic) or of a currency, between groups of a number's figures, between initials and before the name
// after them, and before a number that "No.", "p." or a sign like § announces. Not more than three in a row: lists may
// part.
void bind_figures_and_initials(std::string_view text, std::vector<Opportunity>& breaks);

// No line begins with a dash or a spaced ellipsis that belongs to the line before: UAX #14 allows a break before an
// em dash, and at the space before what is spaced. A dash with nothing before it (a space, an opening mark) and a
// word behind opens: it stays with that, as the Spanish raya. And a quotation may begin a line after a dash, which
// LB19 forbids because it can't tell an opening mark from a closing one.
void keep_dashes(std::string_view text, std::vector<Opportunity>& breaks);

// What a line of a title that ends at `end`, its spaces left out, does to the sense. Words that only lead on to the
// next are short and lower case in titles and sentences alike; within quotation marks all words do. Between ideographs
// and kana no line ends but before a Japanese phrase.
Sense sense_of_end(std::string_view text, std::size_t end);

// The bytes of the hyphen between two letters that ends at `offset`; 0: there is none.
std::uint32_t inner_hyphen(std::string_view text, std::uint32_t offset);

}  // namespace epitome::text
