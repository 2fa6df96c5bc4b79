#include "text/language_rules.hpp"

#include <unicode/uchar.h>

#include <algorithm>

#include "diag/utf8.hpp"

namespace epitome::text {
namespace {

bool letter_at(std::string_view text, std::size_t at) {
  return at < text.size() && u_isalpha(static_cast<UChar32>(diag::decode_utf8(text, at).value)) != 0;
}

std::size_t start_of_character(std::string_view text, std::size_t end) {
  std::size_t at = end - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

// Whether `word` in lower case is one of `words`, which are short.
bool is_one_of(std::string_view word, const std::vector<std::string>& words) {
  std::string lower;
  for (std::size_t i = 0; i < word.size();) {
    const diag::CodePoint c = diag::decode_utf8(word, i);
    diag::append_utf8(lower, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c.value))));
    i += c.length;
  }
  return std::find(words.begin(), words.end(), lower) != words.end();
}

// Bytes of the longest word in the lists: longer ones need not be looked up.
constexpr std::size_t longest = 16;

}  // namespace

void bind_words(std::string_view text, std::uint32_t begin, std::uint32_t end, const style::Language& language,
                std::vector<Opportunity>& breaks) {
  if (language.bind_after.empty() && language.bind_before.empty()) return;
  for (std::size_t at = text.find(' ', begin); at < end; at = text.find(' ', at + 1)) {
    if (breaks[at + 1] != Opportunity::allowed) continue;
    std::size_t from = at;
    while (from > 0 && at - from <= longest) {
      const std::size_t start = start_of_character(text, from);
      if (!letter_at(text, start)) break;
      from = start;
    }
    std::size_t to = at + 1;
    while (to - at <= longest && letter_at(text, to)) to += diag::decode_utf8(text, to).length;
    const bool hyphened = from > 0 && (text[from - 1] == '-' || text[from - 1] == '\'');  // the end of another word
    if ((from < at && !hyphened && is_one_of(text.substr(from, at - from), language.bind_after)) ||
        (to > at + 1 && is_one_of(text.substr(at + 1, to - at - 1), language.bind_before)))
      breaks[at + 1] = Opportunity::none;
  }
}

std::uint32_t inner_hyphen(std::string_view text, std::uint32_t offset) {
  if (offset < 2 || !letter_at(text, offset)) return 0;
  const std::size_t at = start_of_character(text, offset);
  const char32_t c = diag::decode_utf8(text, at).value;
  if ((c != U'-' && c != 0x2010) || at == 0 || !letter_at(text, start_of_character(text, at))) return 0;
  return offset - static_cast<std::uint32_t>(at);
}

}  // namespace epitome::text
