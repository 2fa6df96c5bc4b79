#include "typeset/place/links.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace epitome::typeset {

void Links::add(const TextBox& box, std::uint32_t link, const model::Rect& rect) {
  const std::uint32_t page = page_number();
  OpenLink& open = open_[link];
  if (open.page != page) {
    page::Link made;
    made.page = page;
    made.element = flow_.links[link].element;
    made.destination = flow_.links[link].destination;
    made.uri = flow_.links[link].uri;
    made.description = flow_.links[link].name;
    pages_.links.push_back(std::move(made));
    open = {page, static_cast<std::uint32_t>(pages_.links.size() - 1), nullptr};
  }
  std::vector<model::Rect>& boxes = pages_.links[open.index].boxes;
  if (open.box == &box && !boxes.empty()) {
    model::Rect& last = boxes.back();
    const Length right = std::max(last.x + last.width, rect.x + rect.width);
    last.x = std::min(last.x, rect.x);
    last.width = right - last.x;
  } else {
    boxes.push_back(rect);
    open.box = &box;
  }
}

void Links::widen(std::uint32_t link, Length from, Length width) {
  const OpenLink& open = open_[link];
  if (open.index == none || open.page != page_number()) return;
  model::Rect& last = pages_.links[open.index].boxes.back();
  const Length right = std::max(last.x + last.width, from + width);
  last.x = std::min(last.x, from);
  last.width = right - last.x;
}

void Links::lands(std::uint32_t destination, Length top) {
  if (landings_[destination].page == none) landings_[destination] = {page_number(), top};
}

void Links::finish(const style::Language& language, diag::Sink& sink) {
  std::map<std::string, page::Destination, std::less<>> by_name;
  for (std::uint32_t i = 0; i < flow_.destinations.size(); ++i) {
    if (landings_[i].page == none || flow_.destinations[i].name.empty()) continue;
    const std::string& name = flow_.destinations[i].name;
    by_name.try_emplace(name, page::Destination{name, landings_[i].page, landings_[i].top});
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
    link.description = link.description.empty()
                           ? style::fill(language.label("page"), {{"n", label}})
                           : style::fill(language.label("link.page"),
                                         {{"name", style::isolated(language, link.description)}, {"page", label}});
  }
  for (auto& [name, destination] : by_name) pages_.destinations.push_back(std::move(destination));
}

}  // namespace epitome::typeset
