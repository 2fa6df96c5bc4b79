// From mixed content to Inlines, with white space collapsed and notes numbered.
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "model/document.hpp"

namespace epitome::reader {

class InlineBuilder {
 public:
  explicit InlineBuilder(std::string_view bytes) : bytes_(bytes) {}

  // A new part begins: its first note is 1.
  void restart_footnotes() { footnotes_ = 0; }

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

  std::string_view bytes_;
  unsigned footnotes_ = 0;
};

}  // namespace epitome::reader
