#include "typeset/figures.hpp"

#include <fmt/format.h>

#include <iterator>

namespace epitome::typeset {

std::string dump_figures(const Figures& figures) {
  std::string out = fmt::format(
      "figures lines {} hyphens {} at-page-ends {} overfull {} widows {} orphans {} passes {}\n", figures.text_lines,
      figures.hyphens, figures.hyphens_at_page_end, figures.overfull, figures.widows, figures.orphans, figures.passes);
  for (std::size_t i = 0; i < figures.pages.size(); ++i) {
    const PageFigures& page = figures.pages[i];
    fmt::format_to(std::back_inserter(out), "  page {} depth {}{}{}\n", i + 1, page.lines,
                   page.facing_left ? " recto" : "", page.part_end ? " part-end" : "");
    if (page.justified.empty()) continue;
    // Each line's space, what its letters were widened by, and whether it ends in a hyphen.
    out += "    lines";
    for (const LineFigures& line : page.justified) {
      fmt::format_to(std::back_inserter(out), " {}{:+}{}", line.space_ratio, line.letter_fit,
                     line.hyphenated ? "-" : "");
    }
    out += '\n';
  }
  return out;
}

}  // namespace epitome::typeset
