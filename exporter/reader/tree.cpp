#include "reader/tree.hpp"

#include <algorithm>

namespace epitome::reader {

using diag::Span;

namespace {

Span make_span(std::size_t from, std::size_t to) {
  return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
}

// Where an attribute's name and value stand. The tag is well-formed: check_well_formed saw it.
struct AttributePlace {
  Span name, value;
};
AttributePlace find_attribute(pugi::xml_node element, std::string_view attribute, std::string_view bytes) {
  const Span own = name_span(element);
  std::size_t at = own.offset + own.length;
  const auto skip_space = [&] {
    while (at < bytes.size() && is_space(bytes[at])) ++at;
  };
  while (true) {
    skip_space();
    const std::size_t name_from = at;
    while (at < bytes.size() && !is_space(bytes[at]) && bytes[at] != '=' && bytes[at] != '>' && bytes[at] != '/') ++at;
    const std::size_t name_to = at;
    skip_space();
    if (at >= bytes.size() || bytes[at] != '=') return {own, own};
    ++at;
    skip_space();
    if (at >= bytes.size()) return {own, own};
    const std::size_t from = at + 1;
    const std::size_t to = bytes.find(bytes[at], from);
    if (to == std::string_view::npos) return {own, own};
    if (bytes.substr(name_from, name_to - name_from) == attribute) {
      return {make_span(name_from, name_to), make_span(from, to)};
    }
    at = to + 1;
  }
}

}  // namespace

Span name_span(pugi::xml_node element) {
  const std::string_view name = element.name();
  return {static_cast<std::uint32_t>(element.offset_debug()), static_cast<std::uint32_t>(name.size())};
}

Span value_span(pugi::xml_node element, std::string_view attribute, std::string_view bytes) {
  return find_attribute(element, attribute, bytes).value;
}

Span attribute_span(pugi::xml_node element, std::string_view attribute, std::string_view bytes) {
  return find_attribute(element, attribute, bytes).name;
}

Span text_span(pugi::xml_node text, std::string_view bytes) {
  const auto from = static_cast<std::size_t>(text.offset_debug());
  const std::size_t to = text.type() == pugi::node_cdata ? bytes.find("]]>", from) : bytes.find('<', from);
  return make_span(from, std::min(to, bytes.size()));
}

Span trimmed(Span span, std::string_view bytes) {
  std::size_t to = std::min(span.offset + std::size_t{span.length}, bytes.size());
  std::size_t from = std::min<std::size_t>(span.offset, to);
  while (from < to && is_space(bytes[from])) ++from;
  to = from + std::min(bytes.substr(from, to - from).find_first_of("\r\n"), to - from);
  while (to > from && is_space(bytes[to - 1])) --to;
  return make_span(from, to);
}

bool is_blank(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

bool is_blank(pugi::xml_node element) {
  return !element.find_child([](pugi::xml_node child) {
    return child.type() == pugi::node_element || (is_text(child) && !is_blank(std::string_view(child.value())));
  });
}

}  // namespace epitome::reader
