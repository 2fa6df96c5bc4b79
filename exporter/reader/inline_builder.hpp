// From mixed content to Inlines, with white space collapsed and notes numbered.
#pragma once

#include <string_view>

#include "model/document.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

// The characters of Chinese and Japanese, those of East Asian width W, F and H (UAX #11) but Hangul and emoji.
bool is_ideographic(char32_t c);
// Of a text that is not empty.
char32_t last_character(std::string_view text);

class InlineBuilder {
 public:
  // The content of a block: no white space at its ends, one space between words.
  model::Inlines content(Node node);

  // The same of an element that the model has no place for: if it has a language or a direction, a
  // span carries them.
  model::Inlines line(Node node);

  model::Attributes attributes(Node node) const;

 private:
  // `space`: white space that comes now would be at the start of the run, or a second one.
  void append(Node node, model::Inlines& out, bool& space);
  void append_text(Node node, model::Inlines& out, bool& space);
  void append_element(Node node, model::Inlines& out, bool& space);

  // Whether the white space at `at` of a text is a line's end between two characters of Chinese or Japanese: it stands
  // for nothing (CSS Text 3, 4.1.3). `before`: the text before it, of which nothing is left out.
  bool joins_lines(Node node, std::size_t at, std::string_view before) const;

  char32_t last_ = 0;  // the last character of the block so far
  Node block_;
};

}  // namespace epitome::reader
