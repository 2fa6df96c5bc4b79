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

void append_text(Node element, std::string& out) {
  for (const Node child : element.children()) {
    if (child.is_text()) {
      out += child.value();
    } else if (!is_apart(child.name())) {
      append_text(child, out);
    }
  }
}

}  // namespace

std::string plain_text(Node element) {
  std::string out;
  append_text(element, out);
  return out;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t Names::length(Node element) { return counted(element, 0).length; }

Names::Counted Names::counted(Node element, int depth) {
  if (!element) return {};  // the program's word for a kind of part
  if (depth > limits::names_in_names) return {endless, 0};
  // An element that is met again while it is counted holds itself.
  const auto [at, fresh] = names_.try_emplace(element.index(), Counted{endless, 0});
  // What was counted from elsewhere may be too deep from here.
  if (!fresh) return depth + at->second.inside > limits::names_in_names ? Counted{endless, 0} : at->second;
  Counted name = count(element, depth);
  name.length = std::min(name.length, endless);
  names_[element.index()] = name;
  return name;
}

Names::Counted Names::count(Node element, int depth) {
  Counted sum;
  const auto add = [&sum](const Counted& part, int deeper) {
    sum.length += part.length;
    sum.inside = std::max(sum.inside, part.inside + deeper);
  };
  for (const Node child : element.children()) {
    const std::string_view name = child.name();
    if (sum.length >= endless || is_apart(name)) continue;
    if (child.is_text()) {
      sum.length += count_characters(collapsed(child.value()));
    } else if (name == "ref" && is_blank(child)) {
      add(counted(named_(collapsed(child.attribute("to"))), depth + 1), 1);
    } else {
      add(count(child, depth), 0);
    }
  }
  return sum;
}

}  // namespace epitome::reader
