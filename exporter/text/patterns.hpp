// Compiled hyphenation patterns: libhyphen's automata as a file that is mapped, not parsed. Liang's algorithm (Word
// Hy-phen-a-tion by Com-put-er, Stanford 1983) with libhyphen's compound level and non-standard points. The file is
// written at build time by patterns/compile.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::text {

struct HyphenPoint {
  std::uint32_t offset = 0;  // bytes: the hyphen stands before this byte of the word
  // Non-standard points: the `cut` bytes from `from` are replaced by `replacement`, in which '=' stands for the hyphen
  // ("Schiffahrt": "ff=f"). Empty: nothing changes.
  std::string_view replacement;
  std::uint32_t from = 0, cut = 0;
};

class Patterns {
 public:
  ~Patterns();
  Patterns(const Patterns&) = delete;
  Patterns& operator=(const Patterns&) = delete;

  // Maps the file; null if it does not exist or is not a file of compiled patterns.
  static std::unique_ptr<Patterns> open(const std::string& path);
  // The points of a word in lower case (UTF-8), by patterns alone save for the compound level's own limits. Points are
  // ascending; `out` is cleared first.
  void points(std::string_view word, std::vector<HyphenPoint>& out) const;
  // The dictionary's own least numbers of letters before and after a hyphen; 0: it names none.
  int start_min() const;
  int end_min() const;

 private:
  Patterns() = default;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace epitome::text
