// Whether a PDF and an EPUB hold the same text, part by part.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/said.hpp"

namespace epitome::compare {

// What the source says: the lines of the api's dump of words (book/words.hpp), by kind.
struct Model {
  Text body, notes;
  std::vector<std::u32string> generated;
};
Model read_words(std::string_view dump);

// Where two texts part.
struct Side {
  std::string place;            // "page 9, P"; "EPUB/story.xhtml, p#ch-women.p-2"; empty: the text's end
  std::u32string before, from;  // some characters before, and from the first that differs
};
struct Difference {
  std::string part;
  Side left, right;
};

struct PartResult {
  enum class Found : bool { in_one, in_both } found = Found::in_both;
  std::string name;
  std::size_t words = 0;
  std::optional<Difference> difference;  // the first; in_one: of the side that lacks the part, `from` is empty
};

// PDF and EPUB: covers, contents and the PDF's pages to write on are left out; the footnotes of all parts are the last
// result. Character for character but for what only print needs: a list item's number (its value is checked),
// "(page 9)" after an internal link (the number is that of the link's page, the words are always the same), an external
// link's address after it, the page after a warning that is a block, quotation marks about the title of a work, and in
// the imprint the names of the fonts.
std::vector<PartResult> compare_files(const Said& pdf, const Said& epub);

// EPUB and source: title page and imprint are left out too, and so are blocks of generated phrases alone (headings
// that the language gives). The body, then the footnotes.
std::vector<PartResult> compare_with_source(const Said& epub, const Model& source);

}  // namespace epitome::compare
