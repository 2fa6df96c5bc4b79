// The texts of a document as an editor reads them, each character with its place in the source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/source_texts.hpp"
#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::proof {

enum class Kind : std::uint8_t {
  paragraph,  // a sentence or more, which ends
  passage,    // the same inside of something: an item, a quotation, a note, where an end may be missing
  line,       // a heading, a name, a cell
  question,   // of questions and answers
};

// Whether a text stands before a part's items: boilerplate, which may be another book's.
enum class Introduction : std::uint8_t {
  no,
  opening,  // the first paragraph of a story without chapters, which may be either
  yes,
};

struct Text {
  Kind kind = Kind::line;
  std::string_view element;  // a line's name in the source ("headline"); "metadata"; else empty
  std::size_t question = 0;  // from 1: of the question or the answer that it stands in; 0: none
  std::size_t item = 0;      // from 1: of the chapter, the takeaway or the question that it stands in; 0: none
  Introduction introduction = Introduction::no;
  bool quoted = false;  // in the words of another: a quotation, a letter
  std::string lang;     // of a text in another language than the document's; else empty
  // In that language: what is in another one, and what the program writes (the name of a reference), is U+FFFC.
  // Quotations have the document's marks.
  std::string text;
  std::vector<std::uint32_t> begins;  // by byte of `text`: where the source has it; one more for the end
  std::vector<std::uint32_t> ends;    // by byte: where what the source writes for it ends
  bool exact = true;                  // each byte is known to stand there

  diag::Span span(std::size_t begin, std::size_t end) const {
    return {begins[begin], begins[end] > begins[begin] ? begins[end] - begins[begin] : 0};
  }
};

enum class Languages : std::uint8_t { own, all };

// First what work and edition say, then the parts in the document's order; what stands in a text and is none of it (a
// note) comes after it. `languages`: whether those in other languages are among them; then phrases in these, and
// quotations, are texts too.
std::vector<Text> texts_of(const model::Document& document, const style::Language& language,
                           const diag::SourceTexts& source, Languages languages = Languages::own);

}  // namespace epitome::proof
