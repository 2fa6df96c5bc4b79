// What a document says, word for word: what tests compare both files with.
#pragma once

#include <cstdint>
#include <string>

#include "book/book.hpp"

namespace epitome::book {

// A line a piece, in the order of output: KIND, a tab, TEXT.
//   generated  what the program writes of itself (labels, title page, imprint), each phrase once, before all else;
//              places such as a page's number are left out; and a link's address, where the link stands
//   body       the document's text: a title, a paragraph, a cell …, with the language's quotation marks and the
//              names that stand for cross-references, since these stand in one word with the author's
//   note       a footnote's text, after the piece in which its mark stands
// White space is single spaces; a piece without words has no line.
std::string dump_words(const Book& book);

// The words of all body and note lines, parted by white space.
std::uint32_t count_words(const Book& book);

}  // namespace epitome::book
