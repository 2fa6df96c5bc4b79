#include "reader/tree.hpp"

#include <algorithm>

namespace epitome::reader {

using diag::Span;

Tree::Piece Tree::add(std::string_view characters) {
  const auto from = static_cast<std::uint32_t>(characters_.size());
  characters_ += characters;
  return {from, static_cast<std::uint32_t>(characters.size())};
}

Tree::Index Tree::add_entry(Index parent, const Entry& entry) {
  const auto index = static_cast<Index>(entries_.size());
  entries_.push_back(entry);
  entries_.back().parent = parent;
  if (parent == none) return index;
  Entry& around = entries_[parent];
  (around.last == none ? around.first : entries_[around.last].next) = index;
  around.last = index;
  return index;
}

Tree::Index Tree::add_element(Index parent, Piece name, Span span) {
  Entry entry;
  entry.value = name;
  entry.span = span;
  entry.attributes = static_cast<std::uint32_t>(attributes_.size());
  return add_entry(parent, entry);
}

Tree::Index Tree::add_text(Index parent, Piece value, Span span) {
  Entry entry;
  entry.value = value;
  entry.span = span;
  entry.is_text = true;
  return add_entry(parent, entry);
}

void Tree::add_attribute(const Attribute& attribute) {
  attributes_.push_back(attribute);
  ++entries_.back().attribute_count;
}

Node Tree::root() const { return {*this, entries_.empty() ? none : 0}; }

Node Node::last_element() const {
  Node last;
  for (const Node child : children())
    if (child.is_element()) last = child;
  return last;
}

Node Node::child(std::string_view name) const { return *children(name).begin(); }

std::string_view Node::first_text() const {
  for (const Node child : children())
    if (child.is_text()) return child.value();
  return {};
}

const Tree::Attribute* Node::find(std::string_view name) const {
  for (std::size_t i = 0; i < attribute_count(); ++i)
    if (attribute_name(i) == name) return &at(i);
  return nullptr;
}

std::string_view Node::attribute(std::string_view name) const {
  const Tree::Attribute* const found = find(name);
  return found == nullptr ? std::string_view() : tree_->characters(found->value);
}

Span Node::attribute_span(std::string_view name) const {
  const Tree::Attribute* const found = find(name);
  return found == nullptr ? span() : found->name_span;
}

Span Node::value_span(std::string_view name) const {
  const Tree::Attribute* const found = find(name);
  return found == nullptr ? span() : found->value_span;
}

Span trimmed(Span span, std::string_view bytes) {
  std::size_t to = std::min(span.offset + std::size_t{span.length}, bytes.size());
  std::size_t from = std::min<std::size_t>(span.offset, to);
  while (from < to && is_space(bytes[from])) ++from;
  to = from + std::min(bytes.substr(from, to - from).find_first_of("\r\n"), to - from);
  while (to > from && is_space(bytes[to - 1])) --to;
  return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
}

bool is_blank(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

bool is_blank(Node element) {
  for (const Node child : element.children())
    if (child.is_element() || !is_blank(child.value())) return false;
  return true;
}

}  // namespace epitome::reader
