// What both forms of the report say: the faults of each page, and the document's totals.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "typeset/typeset.hpp"

namespace epitome::report {

// In the order of the totals. Of a line; of several; of a page.
enum class Fault : std::uint8_t {
  overfull,
  underfull,
  loose,
  channel,
  stack,
  fragment,
  widow,
  orphan,
  stranded,
  hyphen_at_page_end,
  split,
  parted,
  note_continues,
  short_page,
  uneven_spread,
  thin_end,
  too_high,
};
inline constexpr std::size_t fault_count = 17;

struct FaultName {
  std::string_view key;   // in JSON
  std::string_view name;  // of one, on its page
  std::string_view many;  // in the totals
};
const FaultName& name_of(Fault fault);

inline constexpr std::uint32_t no_line = 0xFFFFFFFF;
struct Found {
  Fault fault{};
  std::uint32_t line = no_line;  // of its page: the first concerned
  diag::Span place;              // {0, 0}: of no paragraph of the source
  int by = 0;                    // grid lines: short_page, thin_end
};

// Of page breaking, in PageCosts' unit.
struct CostName {
  std::string_view key, name;
  std::int64_t typeset::PageCost::*cost;
};
inline constexpr CostName cost_names[] = {
    {"paragraphs", "paragraphs set otherwise for a page’s sake", &typeset::PageCost::paragraphs},
    {"short_page", "short pages", &typeset::PageCost::short_page},
    {"uneven_spread", "uneven spreads", &typeset::PageCost::uneven_spread},
    {"thin_end", "thin ends of parts", &typeset::PageCost::thin_end},
    {"turn", "what page turns divide", &typeset::PageCost::turn},
    {"notes", "divided footnotes", &typeset::PageCost::notes},
    {"other", "the pages themselves", &typeset::PageCost::other},
};

struct Totals {
  std::uint32_t justified = 0;
  // Of the justified lines of three words or more: their word spaces over the font's own, 1/1000; the standard
  // deviation of that over its mean, 1/10000.
  std::int64_t space_mean = 1000, space_spread = 0, space_least = 1000, space_most = 1000;
  std::int64_t letter_spread = 0;  // standard deviation of what letters are widened by, 1/10000
  std::uint32_t longer = 0, shorter = 0, unhyphenated = 0;  // typeset::ResetParagraph
};

struct Summary {
  std::vector<std::vector<Found>> pages;  // in the order of Fault
  Totals totals;
};

Summary summarize(const typeset::Typeset& set);

// What letter-spacing alone adds, 1/10000 of the letters' width.
inline std::int32_t letter_spacing(const typeset::InspectedLine& line) {
  return line.letter_fit - (line.glyph_scale - 1000) * 10;
}

}  // namespace epitome::report
