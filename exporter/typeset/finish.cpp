// What is known only when all pages are placed: destinations, links' descriptions, outline, page labels,
// the page map, and a structure tree without elements that came to nothing.
#include <fmt/format.h>

#include <algorithm>

#include "typeset/place.hpp"

namespace epitome::typeset {

void Placer::destinations_and_links(diag::Sink& sink) {
  std::map<std::string, page::Destination, std::less<>> by_name;
  for (std::uint32_t i = 0; i < flow_.destinations.size(); ++i) {
    if (destination_pages_[i] == none || flow_.destinations[i].name.empty()) continue;
    const std::string& name = flow_.destinations[i].name;
    by_name.try_emplace(name, page::Destination{name, destination_pages_[i], destination_tops_[i]});
  }
  for (page::Link& link : pages_.links) {
    if (link.destination.empty()) {
      if (link.description.empty()) link.description = link.uri;
      continue;
    }
    const auto target = by_name.find(link.destination);
    if (target == by_name.end()) {
      sink.report(diag::Code::E0901, {}, fmt::format("nothing on the pages has the id '{}'", link.destination));
      continue;
    }
    const std::string& label = pages_.pages[target->second.page].label;
    link.description =
        link.description.empty()
            ? style::fill(inputs_.book.language.label("page"), {{"n", label}})
            : style::fill(inputs_.book.language.label("link.page"),
                          {{"name", style::isolated(inputs_.book.language, link.description)}, {"page", label}});
  }
  for (auto& [name, destination] : by_name) pages_.destinations.push_back(std::move(destination));
}

void Placer::outline_and_labels() {
  for (const OutlineTarget& entry : flow_.outline) {
    pages_.outline.push_back({entry.level, entry.title, flow_.destinations[entry.destination].name});
  }
  for (std::uint32_t i = 0; i < planned_.size(); ++i) {
    const bool roman = planned_[i].numbering == Numbering::roman;
    // A viewer counts in Latin and European figures alone (ISO 32000-1, table 159): others are a prefix of each page's.
    if (!roman && inputs_.book.language.zero != U'0') {
      pages_.labels.push_back({i, page::LabelStyle::none, planned_[i].label, 1});
      continue;
    }
    if (i > 0 && planned_[i].numbering == planned_[i - 1].numbering) continue;
    pages_.labels.push_back({i, roman ? page::LabelStyle::roman : page::LabelStyle::arabic, {}, 1});
  }
}

void Placer::page_map() {
  page_map_.source = inputs_.book.document.edition.identifier;
  page_map_.breaks.resize(planned_.size());
  const auto known = [&](std::size_t page) { return !page_map_.breaks[page].id.empty(); };
  for (std::size_t i = 0; i < planned_.size(); ++i) {
    model::PageBreak& page_break = page_map_.breaks[i];
    page_break.label = planned_[i].label;
    const Chain& chain = flow_.chains[planned_[i].chain];
    if (chain.generated || (planned_[i].first_of_chain && !chain.place.empty())) {
      page_break.id = chain.place;
    } else if (beginnings_[i].place != none) {
      page_break.id = flow_.places[beginnings_[i].place];
      page_break.offset = beginnings_[i].offset;
    }
  }
  const auto take = [&](std::size_t to, std::size_t from) {
    page_map_.breaks[to].id = page_map_.breaks[from].id;
    page_map_.breaks[to].offset = page_map_.breaks[from].offset;
  };
  for (std::size_t i = planned_.size(); i-- > 1;) {
    if (!known(i - 1)) take(i - 1, i);
  }
  for (std::size_t i = 1; i < planned_.size(); ++i) {
    if (!known(i)) take(i, i - 1);
  }
}

void Placer::drop_unattached() {
  std::vector<std::uint32_t> renumbered(pages_.elements.size(), none);
  std::vector<page::Element> kept;
  for (std::uint32_t i = 0; i < pages_.elements.size(); ++i) {
    if (!attached_[i]) continue;
    renumbered[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(pages_.elements[i]));
  }
  for (page::Element& element : kept) {
    if (element.parent != none) element.parent = renumbered[element.parent];
    for (page::Kid& kid : element.kids) {
      if (!kid.is_mark) kid.index = renumbered[kid.index];
    }
  }
  for (page::Mark& mark : pages_.marks) {
    if (mark.element != none) mark.element = renumbered[mark.element];
  }
  for (page::Link& link : pages_.links) link.element = renumbered[link.element];
  pages_.elements = std::move(kept);
}

void Placer::page_figures(std::uint32_t number) {
  const Length grid = layout_.geometry.grid;
  figures_.pages.resize(number + 1);
  const PlannedPage& planned = planned_[number];
  const Chain& chain = flow_.chains[planned.chain];
  PageFigures& page = figures_.pages[number];
  page.lines = planned.range.note_lines > 0
                   ? layout_.geometry.lines
                   : static_cast<int>((planned.range.depth.raw() + grid.raw() - 1) / grid.raw());
  page.facing_left = layout_.geometry.facing && number > 0 && !is_verso(number);
  page.part_end = planned.range.last == chain.boxes.size();
  if (planned.range.first >= planned.range.last) return;
  // Of a piece that is kept whole (a card) the first line begins the page, the last ends it.
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
    ++figures_.widows;
  }
  if (last == nullptr || page.part_end) return;
  page.hyphen_at_end = (*last->lines)[last->line].hyphenated;
  page.orphan = last->line == 0 && last->lines->size() > 1;
  if (page.hyphen_at_end) ++figures_.hyphens_at_page_end;
  if (page.orphan) ++figures_.orphans;
}

}  // namespace epitome::typeset
