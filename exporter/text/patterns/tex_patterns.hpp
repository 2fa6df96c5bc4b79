// TeX's hyphenation patterns as plain text (hyph-utf8) to an automaton that needs no look at a pattern's parts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::text {

// One state for each beginning of a pattern, with what holds where it has been read: the digits of all patterns that
// end there, the greatest of each place. State 0 is the root.
class TexPatterns {
 public:
  struct State {
    std::map<unsigned char, std::uint32_t> next;
    std::uint32_t fallback = 0;  // the longest other state that the text read so far ends in
    std::string digits;          // the last stands after the last byte; empty: nothing
  };

  // ".ab4i": UTF-8, '.' at the word's edges.
  void add_pattern(std::string_view line);
  // "ta-ble": the word's hyphens and no others. Its digits are above all of patterns: ';' (a hyphen), ':' (none).
  void add_exception(std::string_view line);
  const std::vector<State>& finish();

 private:
  State& state_of(std::string_view bytes);
  std::vector<State> states_ = std::vector<State>(1);
};

}  // namespace epitome::text
