#include "model/title.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "diag/utf8.hpp"

namespace epitome::model {

namespace {

bool ends_with_apostrophe(std::string_view text) { return text.ends_with("’") || text.ends_with("'"); }

// Letters that have no decomposition into a base letter and marks.
std::string_view ascii_for(char32_t c) {
  struct Entry {
    char32_t letter;
    std::string_view ascii;
  };
  static constexpr auto table = std::to_array<Entry>(
      {{U'ß', "ss"}, {U'ẞ', "ss"}, {U'æ', "ae"}, {U'Æ', "ae"}, {U'œ', "oe"}, {U'Œ', "oe"}, {U'ø', "o"}, {U'Ø', "o"},
       {U'đ', "d"},  {U'Đ', "d"},  {U'ð', "d"},  {U'Ð', "d"},  {U'þ', "th"}, {U'Þ', "th"}, {U'ł', "l"}, {U'Ł', "l"},
       {U'ħ', "h"},  {U'Ħ', "h"},  {U'ŧ', "t"},  {U'Ŧ', "t"},  {U'ı', "i"},  {U'ŋ', "ng"}, {U'Ŋ', "ng"}});
  for (const Entry& entry : table) {
    if (entry.letter == c) return entry.ascii;
  }
  return {};
}

bool is_ascii_letter_or_digit(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
}

// Names of devices, which Windows gives to no file, whatever ending follows (the Win32 documentation's "Naming Files,
// Paths, and Namespaces").
bool is_reserved(std::string_view stem) {
  constexpr std::string_view devices[] = {"con", "prn", "aux", "nul"};
  if (std::find(std::begin(devices), std::end(devices), stem) != std::end(devices)) return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

char ascii_lower(char32_t c) { return static_cast<char>(c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c); }

}  // namespace

std::string full_title(const Title& title) {
  if (title.prefix.empty()) return title.main;
  return title.prefix + (ends_with_apostrophe(title.prefix) ? "" : " ") + title.main;
}

std::string sort_title(const Title& title) {
  return title.prefix.empty() ? title.main : title.main + ", " + title.prefix;
}

std::string short_title(const Title& title) { return title.short_form.empty() ? full_title(title) : title.short_form; }

namespace {

icu::UnicodeString normalized(const icu::UnicodeString& text, const icu::Normalizer2* (*form)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const by = form(status);
  icu::UnicodeString out;
  if (U_SUCCESS(status)) out = by->normalize(text, status);
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU can't normalize a title: ") + u_errorName(status));
  return out;
}

// The letters, digits and gaps of a decomposed title.
std::string stem_of(const icu::UnicodeString& text) {
  icu::UnicodeString stem;
  bool gap = false, takes_marks = false;
  const auto put = [&](const icu::UnicodeString& letters, bool of_another_script) {
    if (gap && !stem.isEmpty()) stem.append(u'-');
    gap = false;
    takes_marks = of_another_script;
    stem.append(letters);
  };
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const auto letter = static_cast<char32_t>(c);
    const bool is_mark = (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
    if (is_ascii_letter_or_digit(letter)) {
      put(icu::UnicodeString(static_cast<UChar32>(ascii_lower(letter))), false);
    } else if (const std::string_view ascii = ascii_for(letter); !ascii.empty()) {
      put(icu::UnicodeString::fromUTF8(std::string(ascii)), false);
    } else if (is_mark) {
      if (takes_marks && !gap) stem.append(c);
    } else if (u_isalnum(c) && letter != U'ʼ') {
      put(icu::UnicodeString(u_tolower(c)), true);
    } else if (letter != U'\'' && letter != U'’' && letter != U'ʼ' && !u_hasBinaryProperty(c, UCHAR_JOIN_CONTROL)) {
      gap = true;
    }
  }
  std::string out;
  return normalized(stem, icu::Normalizer2::getNFCInstance).toUTF8String(out);
}

// At a word's end, else between letters.
void shorten(std::string& stem, std::size_t most) {
  if (stem.size() <= most) return;
  const std::size_t word_end = stem.rfind('-', most);
  std::size_t end = word_end == std::string::npos ? most : word_end;
  const auto goes_on = [&](std::size_t at) {
    const diag::CodePoint c = diag::decode_utf8(stem, at);
    return (stem[at] & 0xC0) == 0x80 || (U_GET_GC_MASK(static_cast<UChar32>(c.value)) & U_GC_M_MASK) != 0;
  };
  while (end > 0 && goes_on(end)) --end;
  stem.resize(end);
}

}  // namespace

std::string file_stem(const Title& title, const std::string& uuid) {
  // File systems take names of 255 bytes, with an ending, and some count two for each.
  constexpr std::size_t most = 120;
  // The article stands apart even if an apostrophe ties it to the title: "l-etranger", but "sophies-choice".
  const std::string spaced = title.prefix + " " + title.main;
  std::string stem = stem_of(normalized(icu::UnicodeString::fromUTF8(spaced), icu::Normalizer2::getNFDInstance));
  shorten(stem, most);
  if (is_reserved(stem)) stem += "-summary";
  if (!stem.empty()) return stem;
  const std::string_view digits = uuid;
  constexpr std::string_view urn = "urn:uuid:";
  return "summary-" + std::string(digits.substr(digits.starts_with(urn) ? urn.size() : 0, 8));
}

namespace {

// Quotation marks and brackets that open before a word: “The Push”.
std::string_view without_opening_marks(std::string_view word) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : {"“", "‘", "«", "„", "\"", "'", "(", "["}) {
      if (word.starts_with(mark)) word.remove_prefix(mark.size()), again = true;
    }
  }
  return word;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return ascii_lower(static_cast<unsigned char>(x)) == ascii_lower(static_cast<unsigned char>(y));
         });
}

bool is_article(std::string_view word) {
  return equal_ignoring_case(word, "the") || equal_ignoring_case(word, "a") || equal_ignoring_case(word, "an");
}

}  // namespace

bool DoubledArticle::next(std::string_view word) {
  // Nearly every word is a longer one that begins with a letter.
  if (!is_ascii_letter_or_digit(static_cast<unsigned char>(word.empty() ? 0 : word.front()))) {
    word = without_opening_marks(word);
  }
  if (word.size() > 3) {
    after_article_ = false;
    return false;
  }
  // "a The", "the the" and "a an" are doubled; "the A" is not ("the A list"), nor is "a A" ("an A, a B").
  const bool doubled =
      is_article(word) && after_article_ &&
      (word == "The" || equal_ignoring_case(word, previous_) || word == "an" || word == "the" || word == "a");
  after_article_ = is_article(word);
  previous_ = after_article_ ? std::string(word) : std::string();
  return doubled;
}

bool has_doubled_article(const std::string& text) {
  DoubledArticle finder;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    if (end != 0 && finder.next(rest.substr(0, end))) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

}  // namespace epitome::model
