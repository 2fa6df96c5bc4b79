// What a word that no dictionary has was perhaps meant to be. Internal to proof.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "proof/dictionary.hpp"

namespace epitome::proof {

// The characters of a text, each as its UTF-8.
std::vector<std::string> letters_of(std::string_view text);

// By counted edits and never by time, so that the same document has the same hints on any machine.
class Suggestions {
 public:
  // `right`: the document's words that are right, which are likeliest.
  explicit Suggestions(std::set<std::string> right) : right_(std::move(right)) {}
  // At most three words of the dictionary that differ by one letter changed, missing, too many or exchanged with its
  // neighbour, by a space, or by letters that are doubled or not.
  std::vector<std::string> find(std::string_view word, const Dictionary& dictionary) const;

 private:
  std::set<std::string> right_;
};

}  // namespace epitome::proof
