// How long the names get that references without words of their own show.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "reader/tree.hpp"

namespace epitome::reader {

// The characters of an element as a reader sees them, references not followed, without notes and readings.
std::string plain_text(Node element);
// Of valid UTF-8.
std::size_t count_characters(std::string_view text);

class Names {
 public:
  // `named` gives the element that holds the name of an id.
  explicit Names(std::function<Node(std::string_view)> named) : named_(std::move(named)) {}
  // The characters of the name that `element` holds, other names in it included; above limits::name if it holds
  // itself, or names in names more than limits::names_in_names deep. Each is counted once.
  std::size_t length(Node element);

 private:
  struct Counted {
    std::size_t length = 0;  // characters
    int inside = 0;          // how deep names stand in names there
  };
  Counted counted(Node element, int depth);
  Counted count(Node element, int depth);

  std::function<Node(std::string_view)> named_;
  std::unordered_map<Tree::Index, Counted> names_;  // by the element
};

}  // namespace epitome::reader
