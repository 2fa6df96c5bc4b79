#include "typeset/pages/plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "typeset/pages/settle.hpp"

namespace epitome::typeset {

std::string roman_numeral(int number) {
  static constexpr std::array<std::pair<int, const char*>, 13> steps = {{{1000, "m"},
                                                                         {900, "cm"},
                                                                         {500, "d"},
                                                                         {400, "cd"},
                                                                         {100, "c"},
                                                                         {90, "xc"},
                                                                         {50, "l"},
                                                                         {40, "xl"},
                                                                         {10, "x"},
                                                                         {9, "ix"},
                                                                         {5, "v"},
                                                                         {4, "iv"},
                                                                         {1, "i"}}};
  std::string out;
  for (const auto& [value, digits] : steps) {
    for (; number >= value; number -= value) out += digits;
  }
  return out;
}

PageShape page_shape(const style::Layout& layout, const Chain& chain, bool first_is_verso) {
  const style::Geometry& g = layout.geometry;
  const style::TextStyle& note = layout.style(style::StyleName::footnote);
  PageShape shape;
  shape.height = chain.turned ? turned_height(g) : g.grid * g.lines;
  shape.grid = g.grid;
  shape.sink = chain.sink;
  // Above the notes: an empty line, in which the rule stands, and what puts the last note's baseline on the grid.
  const Length note_drop = g.first_baseline_drop.scaled(note.leading.raw(), g.grid.raw());
  shape.note_head = g.grid + g.first_baseline_drop - note_drop;
  shape.note_leading = note.leading;
  shape.lines_before_turn = layout.pieces.lines_before_turn;
  shape.last_lines = layout.pieces.part_end_lines;
  if (layout.front_runs_on) shape.part_end_share = 1;
  shape.facing = g.facing && !chain.turned;
  shape.first_is_verso = first_is_verso;
  return shape;
}

namespace {

// The imprint's page moves behind the cover, in the endpaper's place if there is one; whether the pages after it are on
// other sides now.
bool imprint_behind_cover(const Flow& flow, std::vector<PlannedPage>& pages) {
  const auto imprint = std::find_if(pages.begin(), pages.end(), [&](const PlannedPage& page) {
    return flow.chains[page.chain].front == Front::imprint;
  });
  const bool one_page =
      imprint != pages.end() && (imprint + 1 == pages.end() || (imprint + 1)->chain != imprint->chain);
  if (!one_page || imprint < pages.begin() + 2) return false;
  std::rotate(pages.begin() + 1, imprint, imprint + 1);
  if (flow.chains[pages[2].chain].front != Front::endpaper) return false;
  pages.erase(pages.begin() + 2);
  return true;
}

}  // namespace

std::vector<PlannedPage> plan_pages(Flow& flow, const style::Layout& layout, const style::Language& language,
                                    ParagraphCache& cache) {
  std::vector<PlannedPage> pages;
  int counted = 0;  // before the first Arabic number
  const auto wrong_side = [&](const Chain& chain) {
    return (chain.side == Side::recto && is_verso(pages.size())) ||
           (chain.side == Side::verso && !is_verso(pages.size()));
  };
  for (std::uint32_t c = 0; c < flow.chains.size(); ++c) {
    Chain& chain = flow.chains[c];
    if (chain.continues && chain.boxes.empty()) continue;
    if (chain.optional && (c + 1 == flow.chains.size() || !wrong_side(flow.chains[c + 1]))) continue;
    Numbering numbering = chain.numbering;
    // An odd front matter: the hook takes its last page, and the text begins on the recto after it.
    if (chain.front == Front::hook && wrong_side(chain)) numbering = Numbering::roman;
    // Else the endpaper goes. Where there is none the text begins on a verso, and goes on counting where the front
    // matter ends, so that rectos have odd numbers.
    if (numbering == Numbering::arabic && chain.side == Side::recto && wrong_side(chain) &&
        !imprint_behind_cover(flow, pages)) {
      counted = static_cast<int>(pages.size());
    }
    bool first = true;
    const PageShape shape = page_shape(layout, chain, is_verso(pages.size()));
    for (const PageRange& range : settle(flow, chain, layout, cache, shape)) {
      pages.push_back({c, range, first, numbering, {}});
      first = false;
    }
    // Behind a picture, so that the title stands on a recto.
    const auto front = [&](std::size_t page) { return flow.chains[pages[page].chain].front; };
    const bool covered = layout.geometry.facing && pages.size() > 2 && front(0) == Front::cover;
    if (chain.front == Front::imprint && covered && front(1) != Front::endpaper) imprint_behind_cover(flow, pages);
  }
  int roman = 0, arabic = counted;
  for (PlannedPage& page : pages) {
    page.label =
        page.numbering == Numbering::roman ? roman_numeral(++roman) : style::written_number(language, ++arabic);
  }
  return pages;
}

PageLabels labels_of(const Flow& flow, const std::vector<PlannedPage>& pages) {
  PageLabels labels;
  for (const PlannedPage& page : pages) {
    const auto lands = [&](std::uint32_t destination) {
      labels.try_emplace(flow.destinations[destination].id, page.label);
    };
    const auto add = [&](const std::vector<Content>& contents) {
      for (const Content& content : contents) {
        if (const auto* anchor = std::get_if<Anchor>(&content)) lands(anchor->destination);
        const auto* text = std::get_if<TextBox>(&content);
        if (text == nullptr) continue;
        const text::Line& line = (*text->lines)[text->line];
        for (const std::uint32_t run : line.logical) {
          for (const std::uint32_t destination : *flow.tags[line.runs[run].tag].destinations) lands(destination);
        }
      }
    };
    const Chain& chain = flow.chains[page.chain];
    for (std::uint32_t i = page.range.first; i < page.range.last; ++i) {
      add(chain.atoms[i].contents);
      // A note begins on its mark's page.
      for (const std::uint32_t note : *chain.boxes[i].note_indices) {
        for (const std::vector<Content>& line : flow.notes[note].lines) add(line);
      }
    }
  }
  return labels;
}

}  // namespace epitome::typeset
