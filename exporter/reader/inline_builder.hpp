// From mixed content to Inlines, with white space collapsed and notes numbered.
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "model/document.hpp"

namespace epitome::reader {

class InlineBuilder {
 public:
  explicit InlineBuilder(std::string_view bytes) : bytes_(bytes) {}

  // The content of a block: no white space at its ends, one space between words.
  model::Inlines content(pugi::xml_node node);

  // The same of an element that the model has no place for: if it has a language or a direction, a
  // span carries them.
  model::Inlines line(pugi::xml_node node);

  model::Attributes attributes(pugi::xml_node node) const;

 private:
  // `space`: white space that comes now would be at the start of the run, or a second one.
  void append(pugi::xml_node node, model::Inlines& out, bool& space);
  void append_text(pugi::xml_node node, model::Inlines& out, bool& space);
  void append_element(pugi::xml_node node, model::Inlines& out, bool& space);

  // Whether the white space at `at` of a text is a line's end between two characters of Chinese or Japanese: it stands
  // for nothing (CSS Text 3, 4.1.3). `before`: the text before it, of which nothing is left out.
  bool joins_lines(pugi::xml_node node, std::size_t at, std::string_view before) const;

  std::string_view bytes_;
  char32_t last_ = 0;  // the last character of the block so far
  pugi::xml_node block_;
};

}  // namespace epitome::reader
