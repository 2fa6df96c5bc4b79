#include "text/patterns.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "text/patterns_format.hpp"

namespace epitome::text {
namespace {

namespace format = patterns_format;

// Longer words are not hyphenated: none is in any dictionary, and fixed arrays hold the marks.
constexpr std::size_t most_bytes = 128;

// libhyphen's counts are signed bytes.
int signed_byte(char c) {
  const int value = static_cast<unsigned char>(c);
  return value < 128 ? value : value - 256;
}

// What stands after a byte of the word: a digit, odd where a hyphen may stand, and a replacement.
struct Mark {
  char digit;
  std::uint8_t back, cut;     // the replacement begins `back` bytes before the hyphen and takes `cut` away
  std::uint32_t replacement;  // where in the file it stands; 0: none
  bool is_point() const { return (digit & 1) != 0; }
};
constexpr Mark no_mark = {'0', 0, 0, 0};
using Marks = std::array<Mark, most_bytes + 4>;

// Reads the mapped file.
class Matcher {
 public:
  explicit Matcher(const char* data) : data_(data), header_(*at<format::Header>(0)) {}

  const format::Header& header() const { return header_; }
  std::string_view replacement(const Mark& mark) const {
    if (mark.replacement == 0) return {};
    const auto* size = at<unsigned char>(mark.replacement);
    return {at<char>(mark.replacement + 3), *size};  // its index and cut stand between
  }

  // As libhyphen's hnj_hyphen_hyph_: the compound level divides, its parts are looked up again at the same level, and
  // parts that do not divide at the next one. `marks` belong to the bytes of `word`; `at_start`, `at_end`: the part
  // is the word's first (last), so that the compound's limits do not hold there.
  void points(std::uint32_t level, std::string_view word, Marks& marks, bool at_start, bool at_end) const {
    match(level, word, marks);
    if (level + 1 == header_.level_count) return;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (!marks[i].is_point() && !(begin > 0 && i + 1 == word.size())) continue;
      if (i > begin) {
        std::string part(word.substr(begin, i + 1 - begin));
        if (marks[i].replacement != 0) {  // "Schiffahrt": the part is "Schiff", not "Schif"
          part.resize(part.size() - std::min<std::size_t>(part.size(), marks[i].back));
          const std::string_view text = replacement(marks[i]);
          part += text.substr(0, text.find('='));
        }
        if (part.size() < word.size() && part.size() <= most_bytes) {
          Marks inner;
          points(level, part, inner, begin == 0 && at_start, marks[i].is_point() ? false : at_end);
          for (std::size_t k = 0; begin + k < i; ++k) marks[begin + k] = inner[k];
        }
      }
      begin = i + 1;
    }
    if (begin != 0) return;
    points(level + 1, word, marks, at_start, at_end);
    if (!at_start) clear_start(word, marks, header_.compound_start_min);
    if (!at_end) clear_end(word, marks, header_.compound_end_min);
  }

 private:
  template <class T>
  const T* at(std::uint32_t offset) const {
    return reinterpret_cast<const T*>(data_ + offset);
  }

  static bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

  // No point with fewer than `least` characters of the word before it.
  static void clear_start(std::string_view word, Marks& marks, int least) {
    int characters = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (begins_character(word[i])) ++characters;
      const bool ends = i + 1 == word.size() || begins_character(word[i + 1]);
      if (ends && characters < least) marks[i] = no_mark;
    }
  }
  static void clear_end(std::string_view word, Marks& marks, int least) {
    int characters = 0;
    for (std::size_t i = word.size(); i-- > 0 && characters < least;) {
      marks[i] = no_mark;
      if (begins_character(word[i])) ++characters;
    }
  }

  // The automaton of one level over ".word."; digits are the maxima of all patterns that match.
  void match(std::uint32_t level_index, std::string_view word, Marks& marks) const {
    const format::Level& level = header_.levels[level_index];
    const auto* states = at<format::State>(level.states);
    const auto* transitions = at<format::Transition>(level.transitions);
    // [k] stands after byte k of ".word."; replacements as libhyphen collects them.
    std::array<char, most_bytes + 4> digits;
    std::array<std::uint32_t, most_bytes + 4> replacements;
    std::array<std::uint8_t, most_bytes + 4> cuts{};
    std::array<std::uint8_t, most_bytes + 4> hyphens{};  // where a replacement that begins here has its hyphen
    const std::size_t count = word.size() + 2;
    std::fill_n(digits.begin(), count + 1, '0');
    std::fill_n(replacements.begin(), count + 1, 0);
    std::uint32_t state = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto byte = static_cast<unsigned char>(i == 0 || i + 1 == count ? '.' : word[i - 1]);
      bool found = false;
      for (; state != format::none; state = states[state].fallback) {
        const auto* first = transitions + states[state].first_transition;
        const auto* last = first + states[state].transition_count;
        const auto* t = std::find_if(first, last, [&](format::Transition x) { return (x & 0xFF) >= byte; });
        if (t == last || (*t & 0xFF) != byte) continue;
        state = *t >> 8;
        found = true;
        break;
      }
      if (!found) {
        state = 0;
        continue;
      }
      if (states[state].match == format::none) continue;
      const char* m = at<char>(header_.matches + states[state].match);
      const auto length = static_cast<std::size_t>(static_cast<unsigned char>(*m));
      const char* digit = m + 1;
      const auto replacement_size = static_cast<std::size_t>(static_cast<unsigned char>(digit[length]));
      const int offset = static_cast<int>(i + 1) - static_cast<int>(length);
      std::uint32_t replacement = 0;
      int index = 0, cut = 0;
      if (replacement_size != 0) {
        index = signed_byte(digit[length + 1]);
        cut = signed_byte(digit[length + 2]);
        replacement = static_cast<std::uint32_t>(digit + length - data_);
        if (offset + index >= 0) cuts[static_cast<std::size_t>(offset + index)] = static_cast<std::uint8_t>(cut);
      }
      for (std::size_t k = offset < 0 ? static_cast<std::size_t>(-offset) : 0; k < length; ++k) {
        const std::size_t place = static_cast<std::size_t>(offset + static_cast<int>(k));
        if (digits[place] >= digit[k]) continue;
        digits[place] = digit[k];
        if ((digit[k] & 1) == 0) continue;
        replacements[place] = replacement;
        if (replacement != 0 && static_cast<int>(k) >= index && static_cast<int>(k) <= index + cut &&
            offset + index >= 0)
          hyphens[static_cast<std::size_t>(offset + index)] = static_cast<std::uint8_t>(place);
      }
    }
    for (std::size_t i = 0; i < word.size(); ++i) {
      marks[i] = no_mark;
      if (i + 1 < word.size()) marks[i].digit = digits[i + 1];
    }
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (cuts[i] == 0 || hyphens[i] == 0 || hyphens[i] > word.size() || replacements[hyphens[i]] == 0) continue;
      Mark& mark = marks[hyphens[i] - 1u];
      mark.replacement = replacements[hyphens[i]];
      mark.back = static_cast<std::uint8_t>(hyphens[i] - i);
      mark.cut = cuts[i];
      i += cuts[i] - 1u;
    }
  }

  const char* data_;
  const format::Header& header_;
};

}  // namespace

Patterns::~Patterns() {
  if (data_ != nullptr) munmap(const_cast<char*>(data_), size_);
}

std::unique_ptr<Patterns> Patterns::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  struct stat status {};
  std::unique_ptr<Patterns> patterns;
  if (fstat(file, &status) == 0 && static_cast<std::size_t>(status.st_size) >= sizeof(format::Header)) {
    const auto size = static_cast<std::size_t>(status.st_size);
    void* data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (data != MAP_FAILED) {
      patterns.reset(new Patterns);
      patterns->data_ = static_cast<const char*>(data);
      patterns->size_ = size;
      const auto* header = static_cast<const format::Header*>(data);
      if (header->magic != format::magic || header->size != size) patterns.reset();
    }
  }
  close(file);
  return patterns;
}

void Patterns::points(std::string_view word, std::vector<HyphenPoint>& out) const {
  out.clear();
  if (word.size() < 2 || word.size() > most_bytes) return;
  Marks marks;
  const Matcher matcher(data_);
  matcher.points(0, word, marks, true, true);
  for (std::size_t i = 0; i + 1 < word.size(); ++i) {
    if (!marks[i].is_point()) continue;
    HyphenPoint point;
    point.offset = static_cast<std::uint32_t>(i + 1);
    point.replacement = matcher.replacement(marks[i]);
    if (!point.replacement.empty()) {
      point.from = static_cast<std::uint32_t>(i + 1 - marks[i].back);
      point.cut = marks[i].cut;
    }
    out.push_back(point);
  }
}

int Patterns::start_min() const { return Matcher(data_).header().start_min; }
int Patterns::end_min() const { return Matcher(data_).header().end_min; }

}  // namespace epitome::text
