// Where lines may break: Unicode's line breaking algorithm (UAX #14) by ICU.
#pragma once

#include <unicode/ubrk.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::text {

// emergency: only in what is wider than its line (see Typesetter::prepare).
enum class Opportunity : std::uint8_t { none, allowed, mandatory, emergency };

class BreakFinder {
 public:
  BreakFinder() = default;
  ~BreakFinder();
  BreakFinder(const BreakFinder&) = delete;
  BreakFinder& operator=(const BreakFinder&) = delete;

  // Sets out[i] for each byte i of `text` (valid UTF-8) and for its end: whether a line may begin there. `lang` is BCP
  // 47; Japanese breaks strictly (kinsoku).
  void find(std::string_view text, std::string_view lang, std::vector<Opportunity>& out);

 private:
  std::map<std::string, UBreakIterator*, std::less<>> iterators_;  // by language, opened at first need
  std::vector<UChar> utf16_;
  std::vector<std::uint32_t> bytes_;  // the byte of each UTF-16 unit
};

// Takes back opportunities inside grapheme clusters: UAX #14 parts a space from a mark after it (LB18), and flags
// otherwise than UAX #29 where joiners stand between.
void keep_clusters(std::string_view text, std::vector<Opportunity>& out);

}  // namespace epitome::text
