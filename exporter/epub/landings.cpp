#include <algorithm>
#include <array>
#include <string_view>

#include "epub/navigation.hpp"

namespace epitome::epub {

namespace {

// An element with less text opens as a page, not as a note (see make_landings).
constexpr std::size_t pop_up_min = 9;

// Adds the bytes of text in `node`; stops where there are enough.
std::size_t bytes_in(pugi::xml_node node, std::size_t so_far = 0) {
  for (const pugi::xml_node child : node.children()) {
    if (so_far >= pop_up_min) break;
    so_far =
        child.type() == pugi::node_element ? bytes_in(child, so_far) : so_far + std::string_view(child.value()).size();
  }
  return so_far;
}

bool is_blank(pugi::xml_node text) {
  return std::string_view(text.value()).find_first_not_of(" \n") == std::string_view::npos;
}

// The first element in `node` that holds text itself or is a picture; nothing stands before it that is seen.
pugi::xml_node first_in(pugi::xml_node node) {
  constexpr std::array groups = {"section", "div",   "ul", "ol",     "li",         "dl",    "dd",     "table",
                                 "thead",   "tbody", "tr", "figure", "blockquote", "aside", "details"};
  if (std::find(groups.begin(), groups.end(), std::string_view(node.name())) == groups.end()) return node;
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element) return first_in(child);
    if (!is_blank(child)) break;
  }
  return node;
}

void make_landing(Anchor& anchor) {
  if (!anchor.landing.empty() || !anchor.node || bytes_in(anchor.node) < pop_up_min) return;
  pugi::xml_node place = first_in(anchor.node);
  const std::string_view name = place.name();
  if (name != "img" && name != "hr") place = place.prepend_child("span");
  if (!place.attribute("id")) set_attribute(place, "id", anchor.id + "--start");
  anchor.landing = place.attribute("id").value();
}

}  // namespace

void make_landings(Publication& publication) {
  const auto land = [&](std::string_view id) {
    const auto found = publication.anchors.find(id);
    if (found != publication.anchors.end() && !found->second.id.empty()) make_landing(found->second);
  };
  for (const OpenReference& reference : publication.references) land(reference.target);
  for (const NavigationPoint& point : navigation_points(publication)) land(point.anchor->id);
}

}  // namespace epitome::epub
