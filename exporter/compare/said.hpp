// What a file says: its text in reading order, part by part, with the places where it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::compare {

// From `offset` in a text on, up to the next.
struct Place {
  std::size_t offset = 0;
  std::string file;     // EPUB: the content document; PDF: empty
  std::string page;     // PDF: the page's label; EPUB: empty
  std::string element;  // "P", "p#ch-women.p-2"
};

// A link in the text, its end past its last character.
struct Link {
  std::size_t begin = 0, end = 0;
  bool internal = true;
  // PDF, internal: the label of the page where the link leads; otherwise the address.
  std::u32string target;
};

// A list item's number (EPUB: the reader writes it) before the character at `offset`.
struct Number {
  std::size_t offset = 0;
  int value = 0;
};

// The title of a work (EPUB: cite): print may set it in quotation marks where its faces have no italic.
struct Title {
  std::size_t begin = 0, end = 0;
};

// A head of a table that the EPUB has as such or, `listed`, as a line of heads before a list. `gap`: where the head
// before it in its row ends; `begin` if it is the first.
struct Head {
  std::size_t gap = 0, begin = 0, end = 0, table = 0;
  bool listed = false;
};
// A value of such a table; in a list with the name of its head before it, which ends at `name_end`.
struct Value {
  std::size_t begin = 0, name_end = 0, table = 0;
};
// The annotation of a ruby.
struct Reading {
  std::size_t begin = 0, end = 0;
};

// Text with white space (space, tab, line ends) collapsed to single spaces, none at the start; soft hyphens and the
// marks and isolates of direction (UAX #9) are left out; everything else is as the file has it.
struct Text {
  std::u32string characters;
  std::vector<std::size_t> blocks;  // where each block begins; the space between two blocks belongs to the first
  std::vector<Place> places;
  std::vector<Link> links;
  std::vector<Number> numbers;
  std::vector<Title> titles;
  // EPUB only.
  std::vector<Head> heads;
  std::vector<Value> values;
  std::vector<Reading> readings;

  void append(char32_t c);
  void append(std::string_view utf8);
  // What follows is a block of its own; white space before it.
  void part_block();
  // What follows stands in `place` (its offset is set).
  void at(Place place);
  // Removes white space at the end.
  void finish();
  const Place* place(std::size_t offset) const;
};

enum class PartKind : std::uint8_t {
  text,
  cover,     // a picture, or words that were drawn
  contents,  // generated as a whole
  front,     // title page and imprint: generated, but the same in both files but for the fonts' names
};

struct Part {
  std::string name;  // its first heading; without one, what the file calls it
  bool has_heading = false;
  PartKind kind = PartKind::text;
  Text text;
};

struct Said {
  std::vector<Part> parts;
  Text notes;  // all footnotes, each a block
};

std::string to_utf8(std::u32string_view text);
std::u32string to_utf32(std::string_view text);
// Words: stretches without white space.
std::size_t count_words(std::u32string_view text);

}  // namespace epitome::compare
