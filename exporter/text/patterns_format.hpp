// The file of compiled hyphenation patterns. Numbers are of the machine that builds and runs the program; all offsets
// count bytes from the file's begin.
#pragma once

#include <array>
#include <cstdint>

namespace epitome::text::patterns_format {

// Names the version of the format and, read as a number, the byte order.
constexpr std::uint32_t magic = 0x31594845;  // "EHY1"

// One automaton of libhyphen: the compound level, then that inside words; or one alone.
struct Level {
  std::uint32_t states = 0, state_count = 0;
  std::uint32_t transitions = 0, transition_count = 0;
};

struct Header {
  std::uint32_t magic = patterns_format::magic;
  std::uint32_t size = 0;  // of the file
  std::uint32_t level_count = 0;
  std::uint32_t matches = 0, matches_size = 0;  // of both levels
  // LEFTHYPHENMIN, RIGHTHYPHENMIN and their like for compounds; 0: not given.
  std::uint8_t start_min = 0, end_min = 0, compound_start_min = 0, compound_end_min = 0;
  std::array<Level, 2> levels;
};

constexpr std::uint32_t none = ~std::uint32_t{0};

// Transitions of a state stand together, ascending by byte. State 0 is the root; its fallback is none.
struct State {
  std::uint32_t first_transition = 0;
  std::uint32_t fallback = none;
  std::uint32_t match = none;  // offset in the matches
  std::uint32_t transition_count = 0;
};

// The byte in the lowest 8 bits, the state above.
using Transition = std::uint32_t;

// A match: how many digits; the digits, '0' to '9' and, above them, ':' and ';' of whole words, the last for the place
// after the pattern; the replacement's length (0: none); if there is one, its index and cut (signed bytes, libhyphen's
// replindex and replcut) and its text.

}  // namespace epitome::text::patterns_format
