#include "reader/names.hpp"

#include <algorithm>

#include "diag/limits.hpp"
#include "reader/tree.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

namespace {

constexpr std::size_t endless = limits::name + 1;

// What stands in the element but is not seen in a heading.
bool is_apart(std::string_view name) { return name == "note" || name == "rt"; }

void append_text(pugi::xml_node element, std::string& out) {
  for (const pugi::xml_node child : element.children()) {
    if (is_text(child)) {
      out += child.value();
    } else if (!is_apart(child.name())) {
      append_text(child, out);
    }
  }
}

}  // namespace

std::string plain_text(pugi::xml_node element) {
  std::string out;
  append_text(element, out);
  return out;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t Names::length(pugi::xml_node element, int depth) {
  if (!element) return 0;  // the program's word for a kind of part
  if (depth > limits::names_in_names) return endless;
  // An element that is met again while it is counted holds itself.
  const auto [at, fresh] = lengths_.try_emplace(element.hash_value(), endless);
  if (!fresh) return at->second;
  const std::size_t length = std::min(count(element, depth), endless);
  lengths_[element.hash_value()] = length;
  return length;
}

std::size_t Names::count(pugi::xml_node element, int depth) {
  std::size_t sum = 0;
  for (const pugi::xml_node child : element.children()) {
    const std::string_view name = child.name();
    if (sum >= endless || is_apart(name)) continue;
    if (is_text(child)) {
      sum += count_characters(collapsed(child.value()));
    } else if (name == "ref" && is_blank(child)) {
      sum += length(named_(collapsed(child.attribute("to").value())), depth + 1);
    } else {
      sum += count(child, depth);
    }
  }
  return sum;
}

}  // namespace epitome::reader
