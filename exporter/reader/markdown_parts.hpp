// Headings of Markdown: which part or item one begins, and the attributes in braces at its end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reader/faults.hpp"
#include "reader/markdown_markup.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

// An item of a part that a heading of the third level begins: its line is the heading's text, and what follows stands
// in `content` or, if that is Type::count, in the item itself.
struct HeadedItem {
  Type part, type, line, content;
};
// Null if the part has no such items.
const HeadedItem* headed_item(Type part);
// What the entries of a part's own lists are: discussion, warnings and notes; else Type::count.
Type listed_items(Type part);

// Whether an element, written as XML, ends the part or the item that a heading began.
bool starts_part(std::string_view element);
bool starts_item(std::string_view element);

// The part whose element is called so; Type::count: none is.
Type part_called(std::string_view element);
// For braces that name none: {.takeaway}.
std::string part_names_hint(std::string_view given);

// In the markup of an attribution, the first <cite> or <em> that stands in no other element: from where to where; npos
// twice if there is none.
std::pair<std::size_t, std::size_t> source_in(std::string_view markup);

struct HeadingAttribute {
  std::string name;  // of the vocabulary
  std::uint32_t name_at = 0, end = 0;
  PlacedText value;
};
struct HeadingAttributes {
  std::string part;  // {.takeaways}
  std::vector<HeadingAttribute> attributes;
};
// Takes "{#id .part name=value}" from the end of a heading's text; `begins` keeps one place a byte of what is left and
// may have more.
HeadingAttributes take_attributes(std::string_view source, std::string& text, const std::vector<std::uint32_t>& begins,
                                  Faults& faults);

}  // namespace epitome::reader
