// What a source document says, whatever syntax it is written in: elements with names, attributes and text, each with
// the stretch of the source that writes it. A syntax (xml_syntax.cpp) makes it; all rules of the vocabulary and the way
// to the model see nothing else.
#pragma once

#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/kinds.hpp"

namespace epitome::reader {

class Node;

// Nodes in document order, in one vector; the characters of all names and values in one string.
class Tree {
 public:
  using Index = std::uint32_t;
  static constexpr Index none = std::numeric_limits<Index>::max();

  // Of characters().
  struct Piece {
    std::uint32_t offset = 0, length = 0;
  };
  struct Attribute {
    Piece name, value;
    diag::Span name_span, value_span;
  };

  // Null if nothing was added.
  Node root() const;
  std::string_view characters(Piece piece) const {
    return std::string_view(characters_).substr(piece.offset, piece.length);
  }

  // What the source is written in, for hints.
  diag::Syntax syntax = diag::Syntax::xml;

  // ---- for who makes it ---------------------------------------------------------------------------
  // What the pieces given below lie in, if add() made none of them.
  void take(std::string characters) { characters_ = std::move(characters); }
  Piece add(std::string_view characters);
  // Room for so many elements and texts, so that none is held twice while they become more.
  void reserve(std::size_t entries) { entries_.reserve(entries); }
  // An element or a text behind all that `parent` holds already; attributes belong to the element added last.
  Index add_element(Index parent, Piece name, diag::Span span);
  Index add_text(Index parent, Piece value, diag::Span span);
  void add_attribute(const Attribute& attribute);

 private:
  friend class Node;
  struct Entry {
    Piece value;  // an element's name, a text's characters
    diag::Span span;
    Index parent = none, next = none, first = none;  // first, last: children
    Index last = none;
    std::uint32_t attributes = 0;
    std::uint16_t attribute_count = 0;
    bool is_text = false;
  };
  Index add_entry(Index parent, const Entry& entry);

  std::string characters_;
  std::vector<Entry> entries_;
  std::vector<Attribute> attributes_;
};

// A place in a tree, or none. Cheap to copy; the tree must stay where it is.
class Node {
 public:
  class Children;

  Node() = default;
  Node(const Tree& tree, Tree::Index index) : tree_(index == Tree::none ? nullptr : &tree), index_(index) {}
  explicit operator bool() const { return tree_ != nullptr; }
  friend bool operator==(const Node& a, const Node& b) { return a.tree_ == b.tree_ && a.index_ == b.index_; }

  bool is_text() const { return tree_ != nullptr && entry().is_text; }
  bool is_element() const { return tree_ != nullptr && !entry().is_text; }
  // Of an element; empty for a text, and for none.
  std::string_view name() const { return is_element() ? tree_->characters(entry().value) : std::string_view(); }
  // Of a text; empty for an element, and for none.
  std::string_view value() const { return is_text() ? tree_->characters(entry().value) : std::string_view(); }
  // An element's name in the source; a text's characters as the source writes them.
  diag::Span span() const { return tree_ == nullptr ? diag::Span{} : entry().span; }
  // Grows in document order; a node's own.
  Tree::Index index() const { return index_; }

  diag::Syntax syntax() const { return tree_ == nullptr ? diag::Syntax::xml : tree_->syntax; }
  Node parent() const { return to(tree_ == nullptr ? Tree::none : entry().parent); }
  Node first_child() const { return to(tree_ == nullptr ? Tree::none : entry().first); }
  Node next_sibling() const { return to(tree_ == nullptr ? Tree::none : entry().next); }
  // In document order through the whole tree.
  Node next() const { return to(tree_ != nullptr && index_ + 1 < tree_->entries_.size() ? index_ + 1 : Tree::none); }
  Node last_element() const;
  // All children, or the elements called `name`.
  Children children(std::string_view name = {}) const;
  // The first element called `name`, or none.
  Node child(std::string_view name) const;
  // The first text among the children; empty if there is none.
  std::string_view first_text() const;

  std::size_t attribute_count() const { return is_element() ? entry().attribute_count : 0; }
  std::string_view attribute_name(std::size_t i) const { return tree_->characters(at(i).name); }
  std::string_view attribute_value(std::size_t i) const { return tree_->characters(at(i).value); }
  bool has_attribute(std::string_view name) const { return find(name) != nullptr; }
  // Its value, empty if there is none.
  std::string_view attribute(std::string_view name) const;
  // Where the name of an attribute stands, and its value without quotation marks; the element's name if it has none.
  diag::Span attribute_span(std::string_view name) const;
  diag::Span value_span(std::string_view name) const;

 private:
  const Tree::Entry& entry() const { return tree_->entries_[index_]; }
  const Tree::Attribute& at(std::size_t i) const { return tree_->attributes_[entry().attributes + i]; }
  const Tree::Attribute* find(std::string_view name) const;
  Node to(Tree::Index index) const { return tree_ == nullptr ? Node() : Node(*tree_, index); }

  const Tree* tree_ = nullptr;
  Tree::Index index_ = Tree::none;
};

class Node::Children {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Node;
    using difference_type = std::ptrdiff_t;
    using pointer = const Node*;
    using reference = Node;

    Iterator() = default;
    Iterator(Node at, std::string_view name) : at_(at), name_(name) { skip(); }
    Node operator*() const { return at_; }
    Iterator& operator++() {
      at_ = at_.next_sibling();
      skip();
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    void skip() {
      while (!name_.empty() && at_ && at_.name() != name_) at_ = at_.next_sibling();
    }
    Node at_;
    std::string_view name_;
  };
  Children(Node first, std::string_view name) : first_(first), name_(name) {}
  Iterator begin() const { return {first_, name_}; }
  static Iterator end() { return {}; }

 private:
  Node first_;
  std::string_view name_;
};

inline Node::Children Node::children(std::string_view name) const { return {first_child(), name}; }

// `span` without white space at its ends and not beyond its first line with any.
diag::Span trimmed(diag::Span span, std::string_view bytes);

bool is_blank(std::string_view text);

// Whether an element holds neither an element nor a character beside white space; comments say nothing.
bool is_blank(Node element);

// The white space of XML 1.0, 2.3.
inline bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace epitome::reader
