// What a language does: quotation marks, hyphenation, spacing, every label that the program writes.
// One file a language in layouts/languages/.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/document.hpp"

namespace epitome::style {

struct Hyphenation {
  std::string patterns;            // the name of the compiled patterns; empty: the language has none, and says why
  std::string package;             // that the patterns come from
  int start_min = 2, end_min = 3;  // letters before and after a hyphen
  int word_min = 5;
  bool capitals = false;  // words with a capital initial are as others: where nouns have one; else they may be names
};

// Spaces that the language sets beside marks: "; ! ?" in French.
struct MarkSpacing {
  std::string space;             // what is set, one character
  std::u32string before, after;  // beside which marks
};

// What the language's script needs of lines that are measured for Latin letters.
struct ScriptLines {
  int size = 1000;      // of the layout's sizes, in 1/1000
  int leading = 0;      // least distance of running text's baselines, in 1/1000 of its size; 0: as the layout has it
  bool ragged = false;  // lines that would be justified begin where the others do and end where they end
  friend auto operator<=>(const ScriptLines&, const ScriptLines&) = default;
};

// Where Chinese and Japanese set emphasis dots.
enum class Dots : std::uint8_t { none, over, under };

// Whether two BCP 47 tags are the same: subtags are not case-sensitive (RFC 5646 2.1.1).
bool same_tag(std::string_view a, std::string_view b);

struct Language {
  std::string tag;  // BCP 47 of the file, "en-US"
  std::string
      asked;  // that the file was found for, the document's own: "no" where the file is nb; empty: not looked up
  std::vector<std::string> also;  // other tags of the language: "no" of nb
  std::string name;               // of itself, "English"
  bool draft = false;             // nobody who grew up with the language has read the labels
  model::Direction direction = model::Direction::ltr;
  model::QuotationMarks quotation[2];  // outer, nested
  Hyphenation hyphenation;
  bool foreign_in_italic = true;
  ScriptLines lines;
  int indent_ems = 0;         // of paragraphs' first lines, where the layout indents at all; 0: as the layout does
  bool indent_first = false;  // a part's first paragraph too
  Dots emphasis_dots = Dots::none;
  bool kashida = false;        // joins of letters may be drawn out, where the layout does so at all
  char32_t hyphen = 0x2010;    // that a divided word shows at the line's end
  bool hyphen_repeat = false;  // a word's own hyphen at a line's end is shown again on the next line
  std::vector<std::string> bind_after, bind_before;  // words in lower case after (before) whose space no line ends
  std::vector<MarkSpacing> mark_spacing;
  std::u32string note_behind;      // the marks of punctuation that a note's mark steps behind; before others it stays
  std::string note_between = ",";  // parts two notes' marks at one place
  std::vector<std::string> articles;  // that a title may begin with; one that ends in an apostrophe is tied to its word
  char32_t zero = U'0';               // of the digits that the program writes
  std::string list_digits;            // the same for CSS list-style-type
  std::string sentence_join, sentence_stop;  // between generated sentences; at the end of one that has no stop
  std::string reference_join;                // before the page that a cross-reference shows
  std::map<std::string, std::string, std::less<>> labels;

  // The label for `key` ("contents", "part.story", "page-number"); patterns hold {name} places. An
  // unknown key is a fault of the program's own: the loader checks that every file has every key.
  const std::string& label(std::string_view key) const;

  // Whether `lang` (BCP 47) is the tag of the file or of the document, or one of `also`.
  bool named(std::string_view lang) const;
  // Whether text in `lang` is in this language: named so, or by any of these tags with more subtags.
  bool covers(std::string_view lang) const;
};

// A label that every language file has, and the {name} places that its pattern may hold.
struct LabelKey {
  std::string_view key, places;  // places: separated by spaces
};
// All of them, in the order of the documentation: what the loader checks.
std::span<const LabelKey> label_keys();

// "12" in the language's digits.
std::string written_number(const Language& language, int number);

// "22 November 2026" for YYYY-MM-DD, the year for YYYY, as the language writes it.
std::string written_date(const Language& language, std::string_view date);

// "a, b and c" as the language joins; empty for no items.
std::string joined(const Language& language, const std::vector<std::string>& items);

// Replaces {name} places in `pattern`; a place without a value is a fault of the program's own.
std::string fill(std::string_view pattern, const std::vector<std::pair<std::string_view, std::string_view>>& values);

// That of the first strong letter (UAX #9, P2); inherit: there is none.
model::Direction first_strong(std::string_view text);

// The direction in which `value` must be isolated inside the language's text (UAX #9, 2.4.2), so that its figures,
// brackets and end don't mingle with what stands around it: that of its first strong letter, or left to right for an
// ISBN or a date of figures and marks, if it isn't the language's own; else inherit.
model::Direction direction_apart(const Language& language, std::string_view value);
// `value` between an isolate's marks (U+2066 or U+2067, U+2069) if it must be: for titles and descriptions, which are
// characters alone.
std::string isolated(const Language& language, std::string_view value);

// What a pattern puts between {first} and {second}: ", " of "{a}, {b}". A pattern that has them in another order joins
// nothing one after the other: then ", ".
std::string_view joint(std::string_view pattern, std::string_view first, std::string_view second);

}  // namespace epitome::style
