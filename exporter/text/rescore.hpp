// What the eye sees across lines: channels of white that run down through their word spaces, and words that stand over
// one another at their edges.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/paragraph.hpp"

namespace epitome::text {

// A straight vertical strip of white that is this wide is seen: 0.2 em, in 1/1000; it is a channel if it runs through
// so many lines (tests/quality).
inline constexpr std::int64_t strip_width = 200;
inline constexpr int channel_lines = 3;

// Raw lengths across; through so many lines, up to one.
struct Strip {
  std::int64_t from = 0, to = 0;
  int lines = 1;
};

// Follows strips down through lines that stand below each other.
class Channels {
 public:
  // The strips through the next line's word spaces, from left to right, until the next call. `left` is added to the
  // line's own places; `em` is the size of its text.
  const std::vector<Strip>& next(const Line& line, Length left, Length em);
  // The next line doesn't stand below the last one.
  void restart() { here_.clear(); }

 private:
  std::vector<Strip> above_, here_;
};

// A line's first (last) word without its signs, in small letters.
std::string edge_word(std::string_view text, bool first);

}  // namespace epitome::text
