#include "text/language_rules.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "diag/utf8.hpp"
#include "text/hyphenation.hpp"

namespace epitome::text {
namespace {

bool letter_at(std::string_view text, std::size_t at) {
  return at < text.size() && u_isalpha(static_cast<UChar32>(diag::decode_utf8(text, at).value)) != 0;
}

std::ptrdiff_t count_characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
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

bool is_ascii_figure(char c) { return c >= '0' && c <= '9'; }

// Billions have three groups behind the first, and so have "J. R. R. Tolkien": what is longer is a list.
constexpr int most_in_a_row = 3;

// Letters of "chap" before a full stop and a number: longer words end sentences.
constexpr std::ptrdiff_t longest_abbreviation = 4;

// What goes on behind a unit's symbol makes another word of it, as the apostrophe does of French "1905 l'an".
bool ends_symbol(std::string_view text, std::size_t at) {
  if (at == text.size()) return true;
  const char32_t c = diag::decode_utf8(text, at).value;
  return u_isalnum(static_cast<UChar32>(c)) == 0 && c != U'\'' && c != U'\u2019';
}

constexpr std::array<std::string_view, 84> unit_symbols = {
    "%",   "‰",   "°",  "°C", "°F",  "€",   "£",   "$",   "¥",   "₽",   "₹",   "m",       "km",      "dm",
    "cm",  "mm",  "µm", "nm", "km²", "m²",  "cm²", "m³",  "ha",  "l",   "L",   "dl",      "cl",      "ml",
    "mL",  "kg",  "g",  "mg", "µg",  "t",   "s",   "ms",  "min", "h",   "W",   "kW",      "MW",      "GW",
    "kWh", "V",   "kV", "A",  "mA",  "Hz",  "kHz", "MHz", "GHz", "N",   "J",   "kJ",      "kcal",    "cal",
    "Pa",  "hPa", "K",  "kB", "MB",  "GB",  "TB",  "dB",  "lx",  "mol", "км",  "м",       "см",      "мм",
    "кг",  "г",   "мг", "л",  "ч",   "мин", "руб", "ft",  "lb",  "oz",  "mph", "million", "billion", "Mio"};

// Whether a unit's symbol stands at `at`, and no word that begins like one.
bool unit_at(std::string_view text, std::size_t at) {
  return std::any_of(unit_symbols.begin(), unit_symbols.end(), [&](std::string_view symbol) {
    return text.substr(at).starts_with(symbol) && ends_symbol(text, at + symbol.size());
  });
}

// Letters of "the", "und", "per".
constexpr std::ptrdiff_t longest_small_word = 3;

// Whether the figures of a number go on behind the space at `at`: one to three before it, three behind.
bool parts_number(std::string_view text, std::size_t at) {
  std::size_t from = at, to = at + 1;
  while (from > 0 && is_ascii_figure(text[from - 1])) --from;
  while (to < text.size() && is_ascii_figure(text[to])) ++to;
  return at - from <= 3 && to - at == 4;
}

// Where the letters begin that end at `end`.
std::size_t start_of_letters(std::string_view text, std::size_t end) {
  while (end > 0) {
    const std::size_t start = diag::start_of_character(text, end);
    if (!letter_at(text, start)) break;
    end = start;
  }
  return end;
}

bool is_bound(std::string_view text, std::size_t at) {
  const auto follows = static_cast<UChar32>(diag::decode_utf8(text, at + 1).value);
  if (is_ascii_figure(text[at - 1])) return unit_at(text, at + 1) || parts_number(text, at);
  if (text[at - 1] == '.') {
    const std::size_t letters = start_of_letters(text, at - 1);
    const std::string_view word = text.substr(letters, at - 1 - letters);
    if (word.empty()) return false;
    const diag::CodePoint first = diag::decode_utf8(word, 0);
    const bool initial = first.length == word.size() && u_isupper(static_cast<UChar32>(first.value)) != 0;
    return (initial && u_isupper(follows) != 0) ||
           (u_isdigit(follows) != 0 && count_characters(word) <= longest_abbreviation);
  }
  return u_isdigit(follows) != 0 && (text.substr(0, at).ends_with("§") || text.substr(0, at).ends_with("№"));
}

// Bytes of the longest word in the lists: longer ones need not be looked up.
constexpr std::size_t longest = 16;

// Each mark opens what the one before closed, whatever the language's are.
bool inside_quotation(std::string_view text, std::size_t end) {
  constexpr std::size_t farthest = 120;  // a title is asked at each of its words
  bool inside = false;
  for (std::size_t at = end - std::min(end, farthest); at < end; ++at) {
    if (text[at] != '\xE2' && text[at] != '\xC2') continue;  // the first bytes of all marks
    for (const std::string_view mark : {"“", "”", "„", "«", "»"})
      if (text.substr(at).starts_with(mark)) inside = !inside;
  }
  return inside;
}

// Whether a letter follows the quotation marks there: “ ‘ „ ‚ (closing marks in some languages, but not before a
// letter).
bool opens_quotation(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size()) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    const bool mark = c.value == 0x201C || c.value == 0x2018 || c.value == 0x201E || c.value == 0x201A;
    if (!mark) return at > begin && is_letter(c.value);
    at += c.length;
  }
  return false;
}

UScriptCode script_of(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &error);
}

bool is_kana_or_ideograph(char32_t c) {
  const UScriptCode script = script_of(c);
  return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_HAN;
}

// Japanese phrases begin with an ideograph or katakana and end in the hiragana that say what they do in the sentence,
// of which を is nothing else.
Sense sense_between(char32_t last, char32_t next) {
  if (last == U'\u3092') return Sense::plain;
  const bool begins = script_of(next) != USCRIPT_HIRAGANA;
  return begins && script_of(last) == USCRIPT_HIRAGANA ? Sense::plain : Sense::mid_phrase;
}

}  // namespace

void bind_words(std::string_view text, std::uint32_t begin, std::uint32_t end, const style::Language& language,
                std::vector<Opportunity>& breaks) {
  if (language.bind_after.empty() && language.bind_before.empty()) return;
  for (std::size_t at = text.find(' ', begin); at < end; at = text.find(' ', at + 1)) {
    if (breaks[at + 1] != Opportunity::allowed) continue;
    std::size_t from = at;
    while (from > 0 && at - from <= longest) {
      const std::size_t start = diag::start_of_character(text, from);
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

void bind_figures_and_initials(std::string_view text, std::vector<Opportunity>& breaks) {
  int in_a_row = 0;
  for (std::size_t at = text.find(' ', 1); at != std::string_view::npos; at = text.find(' ', at + 1)) {
    const bool bound = at + 1 < text.size() && breaks[at + 1] == Opportunity::allowed && is_bound(text, at);
    in_a_row = bound && in_a_row < most_in_a_row ? in_a_row + 1 : 0;
    if (in_a_row != 0) breaks[at + 1] = Opportunity::none;
  }
}

Sense sense_of_end(std::string_view text, std::size_t end) {
  if (end == 0) return Sense::plain;
  if (inside_quotation(text, end)) return Sense::mid_phrase;
  const char32_t last = diag::decode_utf8(text, diag::start_of_character(text, end)).value;
  if (last == U'&') return Sense::mid_phrase;
  if (end < text.size()) {
    const char32_t next = diag::decode_utf8(text, end).value;
    if (is_kana_or_ideograph(last) && is_kana_or_ideograph(next)) return sense_between(last, next);
  }
  const bool mark = u_ispunct(static_cast<UChar32>(last)) != 0;
  const std::size_t word_end = mark ? diag::start_of_character(text, end) : end;
  const std::size_t begin = start_of_letters(text, word_end);
  const std::ptrdiff_t letters = count_characters(text.substr(begin, word_end - begin));
  const bool small = letters > 0 && letters <= longest_small_word;
  if (mark) return last == U'.' && small ? Sense::plain : Sense::phrase_end;  // "vs.", "Mrs."
  const bool lower = small && u_isULowercase(static_cast<UChar32>(diag::decode_utf8(text, begin).value)) != 0;
  return lower ? Sense::mid_phrase : Sense::plain;
}

std::uint32_t inner_hyphen(std::string_view text, std::uint32_t offset) {
  if (offset < 2 || !letter_at(text, offset)) return 0;
  const std::size_t at = diag::start_of_character(text, offset);
  const char32_t c = diag::decode_utf8(text, at).value;
  if ((c != U'-' && c != 0x2010) || at == 0 || !letter_at(text, diag::start_of_character(text, at))) return 0;
  return offset - static_cast<std::uint32_t>(at);
}

void keep_dashes(std::string_view text, std::vector<Opportunity>& breaks) {
  for (std::size_t i = text.find("\xE2\x80"); i != std::string_view::npos; i = text.find("\xE2\x80", i + 1)) {
    const char last = i + 2 < text.size() ? text[i + 2] : '\0';
    const bool em = last == '\x94' || last == '\x95', dash = em || last == '\x93', ellipsis = last == '\xA6';
    if (!dash && !ellipsis) continue;  // U+2013 to U+2015, U+2026
    const std::size_t end = i + 3;
    const char32_t before = i == 0 ? U' ' : diag::decode_utf8(text, diag::start_of_character(text, i)).value;
    const char32_t after = end < text.size() ? diag::decode_utf8(text, end).value : U' ';
    constexpr std::u32string_view opening = U" «‹¿¡([“‘„‚\u2028";
    const bool nothing_before = opening.find(before) != std::u32string_view::npos;
    const bool belongs_before = dash ? before != U' ' || after == U' '
                                     : before == U' ' && !(is_letter(after) || (after >= U'0' && after <= U'9'));
    if (belongs_before && breaks[i] == Opportunity::allowed) breaks[i] = Opportunity::none;
    if (!dash || end >= text.size()) continue;
    if (nothing_before && after != U' ' && breaks[end] == Opportunity::allowed) breaks[end] = Opportunity::none;
    if (em && !nothing_before && opens_quotation(text, end)) breaks[end] = Opportunity::allowed;
  }
}

}  // namespace epitome::text
