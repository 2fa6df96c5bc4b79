#include "typeset/flow/structure.hpp"

#include <fmt/format.h>

#include <utility>

#include "diag/utf8.hpp"

namespace epitome::typeset {

namespace {

// The index of what is added.
template <typename List>
std::uint32_t added(List& to, typename List::value_type item) {
  to.push_back(std::move(item));
  return static_cast<std::uint32_t>(to.size() - 1);
}

}  // namespace

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

Structure::Structure(Flow& flow) : flow_(flow) {
  page::Element document;
  document.role = page::Role::document;
  flow_.elements.push_back(std::move(document));
  flow_.tags.emplace_back();  // 0: text of nothing
}

std::uint32_t Structure::element(page::Role role, std::uint32_t parent, std::string_view lang_around,
                                 const model::Attributes* attributes) {
  page::Element made;
  made.role = role;
  made.parent = parent;
  if (attributes != nullptr && !attributes->lang.empty() && std::string_view(*attributes->lang) != lang_around) {
    made.details.edit().lang = attributes->lang;
  }
  return added(flow_.elements, std::move(made));
}

std::uint32_t Structure::place(std::string_view id) {
  const auto found = places_.find(id);
  if (found != places_.end()) return found->second;
  const std::uint32_t index = added(flow_.places, std::string(id));
  places_.emplace(flow_.places.back(), index);
  return index;
}

std::uint32_t Structure::tag(Tag tag) { return added(flow_.tags, std::move(tag)); }

std::uint32_t Structure::link(LinkTarget link) { return added(flow_.links, std::move(link)); }

std::uint32_t Structure::destination(std::string_view id) {
  const auto found = destinations_.find(id);
  if (found != destinations_.end()) return found->second;
  return destinations_.emplace(id, destination({destination_name(id), std::string(id)})).first->second;
}

std::uint32_t Structure::destination(DestinationTarget target) { return added(flow_.destinations, std::move(target)); }

std::uint32_t Structure::image(const std::string& path, const image::Image& file) {
  const auto found = images_.find(path);
  if (found != images_.end()) return found->second;
  return images_.emplace(path, added(flow_.images, &file)).first->second;
}

void Structure::outline(int level, std::string title, std::uint32_t destination) {
  flow_.outline.push_back({level, std::move(title), destination});
}

Structure::Mark Structure::mark() const {
  return {flow_.elements.size(), flow_.notes.size(), flow_.tags.size(), flow_.links.size(), flow_.destinations.size()};
}

void Structure::roll_back(const Mark& to) {
  flow_.elements.resize(to.elements);
  flow_.notes.resize(to.notes);
  flow_.tags.resize(to.tags);
  flow_.links.resize(to.links);
  flow_.destinations.resize(to.destinations);
  std::erase_if(destinations_, [&](const auto& known) { return known.second >= to.destinations; });
}

}  // namespace epitome::typeset
