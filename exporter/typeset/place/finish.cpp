#include <algorithm>
#include <utility>

#include "typeset/place/place.hpp"

namespace epitome::typeset {

void outline_and_labels(const Flow& flow, const std::vector<PlannedPage>& planned, const style::Language& language,
                        page::Pages& pages) {
  for (const OutlineTarget& entry : flow.outline) {
    pages.outline.push_back({entry.level, entry.title, flow.destinations[entry.destination].name});
  }
  for (std::uint32_t i = 0; i < planned.size(); ++i) {
    const bool roman = planned[i].numbering == Numbering::roman;
    // Viewers can count in Latin and European figures only (ISO 32000-1, table 159). A label in other figures is
    // written out for each page, as a prefix without a number.
    if (!roman && language.zero != U'0') {
      pages.labels.push_back({i, page::LabelStyle::none, planned[i].label, 1});
      continue;
    }
    if (i > 0 && planned[i].numbering == planned[i - 1].numbering) continue;
    const auto arabic = [&] { return std::stoi(planned[i].label); };
    pages.labels.push_back({i, roman ? page::LabelStyle::roman : page::LabelStyle::arabic, {}, roman ? 1 : arabic()});
  }
}

model::PageMap page_map(const Flow& flow, const std::vector<PlannedPage>& planned, const Beginnings& beginnings) {
  model::PageMap map;
  map.breaks.resize(planned.size());
  const auto known = [&](std::size_t page) { return !map.breaks[page].id.empty(); };
  for (std::size_t i = 0; i < planned.size(); ++i) {
    model::PageBreak& page_break = map.breaks[i];
    page_break.label = planned[i].label;
    const Chain& chain = flow.chains[planned[i].chain];
    // An imprint behind the cover: an EPUB has it after the title page.
    if (i + 1 < planned.size() && planned[i + 1].chain < planned[i].chain) continue;
    if (chain.generated || (planned[i].first_of_chain && !chain.place.empty())) {
      page_break.id = chain.place;
    } else if (beginnings.of_page(i).place != none) {
      page_break.id = flow.places[beginnings.of_page(i).place];
      page_break.offset = beginnings.of_page(i).offset;
    }
  }
  const auto take = [&](std::size_t to, std::size_t from) {
    map.breaks[to].id = map.breaks[from].id;
    map.breaks[to].offset = map.breaks[from].offset;
  };
  for (std::size_t i = planned.size(); i-- > 1;) {
    if (!known(i - 1)) take(i - 1, i);
  }
  for (std::size_t i = 1; i < planned.size(); ++i) {
    if (!known(i)) take(i, i - 1);
  }
  return map;
}

void page_figures(const style::Layout& layout, const PlannedPage& planned, const Chain& chain, std::size_t number,
                  Figures& figures) {
  const Length grid = layout.geometry.grid;
  figures.pages.resize(number + 1);
  PageFigures& page = figures.pages[number];
  page.lines = planned.range.note_lines > 0
                   ? layout.geometry.lines
                   : static_cast<int>((planned.range.depth.raw() + grid.raw() - 1) / grid.raw());
  page.facing_left = layout.geometry.facing && number > 0 && !is_verso(number);
  page.part_end = planned.range.last == chain.boxes.size();
  if (planned.range.first >= planned.range.last) return;
  // An atom may hold several lines (a card): its first line begins the page, its last one ends it.
  const auto lines_of = [&](std::uint32_t atom) {
    std::pair<const TextBox*, const TextBox*> found;
    for (const Content& content : chain.atoms[atom].contents) {
      if (const auto* text = std::get_if<TextBox>(&content)) found = {found.first ? found.first : text, text};
    }
    return found;
  };
  const TextBox* first = lines_of(planned.range.first).first;
  const TextBox* last = lines_of(planned.range.last - 1).second;
  if (first != nullptr && !planned.first_of_chain && first->line > 0 && first->line + 1 == first->lines->size()) {
    page.widow = true;
    ++figures.widows;
  }
  if (last == nullptr || page.part_end) return;
  page.hyphen_at_end = (*last->lines)[last->line].hyphenated;
  page.orphan = last->line == 0 && last->lines->size() > 1;
  if (page.hyphen_at_end) ++figures.hyphens_at_page_end;
  if (page.orphan) ++figures.orphans;
}

}  // namespace epitome::typeset
