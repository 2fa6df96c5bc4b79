// A style sheet's rules and declarations with their places (CSS Syntax Level 3, as far as the rules look at it).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::preflight {

struct Declaration {
  std::string property, value;  // in small letters, no !important, no white space at the ends
  std::uint32_t offset = 0, length = 0;
};

struct StyleRule {
  std::string selector;  // as it is written
  std::string media;     // of the @media it stands in, in small letters
  bool supports = false;
  std::uint32_t offset = 0;
  std::vector<Declaration> declarations;

  // The last value of that property; empty if there is none.
  std::string_view value(std::string_view property) const;
};

struct AtRule {
  std::string name, prelude;  // "media", in small letters
  std::uint32_t offset = 0;
  bool empty = false;  // its block
};

struct Address {
  std::string href;
  std::uint32_t offset = 0;
};

struct StyleSheet {
  std::vector<StyleRule> rules;
  std::vector<AtRule> at_rules;
  std::vector<Address> addresses;
};

// `text` stands from `base` on in its file. Never fails: what it doesn't know it passes over.
StyleSheet parse_style_sheet(std::string_view text, std::uint32_t base);

// "1.5em": 1.5 and "em"; "0": 0 and "". False if it is no number.
bool parse_length(std::string_view value, double& number, std::string_view& unit);
// The parts of a value that white space parts.
std::vector<std::string_view> parts_of(std::string_view value);
// The selectors of a list, and the name of the element that each is about ("" if it names none).
std::vector<std::string> subjects_of(std::string_view selector);

}  // namespace epitome::preflight
