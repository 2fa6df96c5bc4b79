// ToUnicode CMaps (ISO 32000-1 9.10.3): from a string's bytes to characters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace epitome::compare {

class ToUnicode {
 public:
  // Of a CMap's bytes. What can't be understood in it is left out: its codes have no text then. `room` is what this and
  // other maps may take, in characters; throws std::runtime_error where it doesn't do.
  ToUnicode(std::string_view cmap, std::size_t& room);
  // The first code of a shown string and its characters: U+FFFD where the CMap lacks it.
  struct Code {
    std::uint32_t code = 0;
    std::size_t length = 1;  // bytes
    std::u32string text;
  };
  Code first(std::string_view string) const;

 private:
  void put(std::size_t length, std::uint32_t code, std::u32string text);

  struct Range {
    std::size_t length;  // bytes a code
    std::uint32_t first, last;
  };
  std::vector<Range> ranges_;                                              // code space
  std::map<std::pair<std::size_t, std::uint32_t>, std::u32string> texts_;  // by length and code
  std::size_t* room_;
};

// UTF-16BE as CMaps and text strings have it; U+FFFD for an unpaired surrogate.
std::u32string from_utf16(std::string_view bytes);

}  // namespace epitome::compare
