// Structure elements, destinations, outline and places: what the boxes will mean.
#include <fmt/format.h>

#include <algorithm>

#include "diag/utf8.hpp"
#include "typeset/collect.hpp"

namespace epitome::typeset {

std::string destination_name(std::string_view id) {
  std::string name;
  for (std::size_t at = 0; at < id.size();) {
    const diag::CodePoint c = diag::decode_utf8(id, at);
    const bool plain = (c.value >= 'a' && c.value <= 'z') || (c.value >= 'A' && c.value <= 'Z') ||
                       (c.value >= '0' && c.value <= '9') || c.value == '-' || c.value == '.';
    if (plain) {
      name.push_back(static_cast<char>(c.value));
    } else {
      name += fmt::format("_{:04X}", static_cast<std::uint32_t>(c.value));
    }
    at += c.length;
  }
  return name;
}

bool spoiler_elsewhere(const PageLabels& labels, const std::string& id) {
  const auto words = labels.find(id), line = labels.find(id + ".line");
  return words != labels.end() && line != labels.end() && words->second != line->second;
}

std::uint32_t Collector::element(page::Role role, std::uint32_t parent, std::string_view lang_around,
                                 const Attributes* attributes) {
  page::Element made;
  made.role = role;
  made.parent = parent;
  if (attributes != nullptr && !attributes->lang.empty() && attributes->lang != lang_around) {
    made.lang = attributes->lang;
  }
  flow_.elements.push_back(std::move(made));
  return static_cast<std::uint32_t>(flow_.elements.size() - 1);
}

std::uint32_t Collector::place(std::string_view id) {
  const auto found = places_.find(id);
  if (found != places_.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(flow_.places.size());
  flow_.places.emplace_back(id);
  places_.emplace(id, index);
  return index;
}

std::uint32_t Collector::tag(std::uint32_t element) {
  Tag made;
  made.element = element;
  made.colour = layout_.ink;
  flow_.tags.push_back(made);
  return static_cast<std::uint32_t>(flow_.tags.size() - 1);
}

std::uint32_t Collector::destination(std::string_view id) {
  const auto found = destinations_.find(id);
  if (found != destinations_.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(flow_.destinations.size());
  flow_.destinations.push_back({destination_name(id), std::string(id)});
  destinations_.emplace(id, index);
  return index;
}

Collector::Written Collector::written() const {
  return {flow_.elements.size(),     flow_.notes.size(),   flow_.tags.size(), flow_.links.size(),
          flow_.destinations.size(), cache_.next_number(), awaiting_,         foreign_seen_};
}

void Collector::take_back(const Written& before) {
  flow_.elements.resize(before.elements);
  flow_.notes.resize(before.notes);
  flow_.tags.resize(before.tags);
  flow_.links.resize(before.links);
  flow_.destinations.resize(before.destinations);
  std::erase_if(destinations_, [&](const auto& known) { return known.second >= before.destinations; });
  cache_.go_back_to(before.paragraphs);
  awaiting_ = before.awaiting;
  foreign_seen_ = before.foreign_seen;
}

void Collector::announce(const Attributes& attributes) {
  if (!attributes.id.empty()) awaiting_.push_back(destination(attributes.id));
}

void Collector::outline(int level, std::string title, std::uint32_t destination) {
  flow_.outline.push_back({level, std::move(title), destination});
}

Column Collector::inner(const Column& column, const Attributes& attributes) const {
  Column result = column;
  result.lang_around = column.lang;
  if (!attributes.lang.empty()) result.lang = attributes.lang;
  if (attributes.dir != model::Direction::inherit) result.direction = attributes.dir;
  return result;
}

}  // namespace epitome::typeset
