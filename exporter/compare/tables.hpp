// Wide tables: one file may have a table where the other has its rows as lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compare/said.hpp"

namespace epitome::compare {

// A list has the heads of a row in one line with a separator between them, and before each value the head that names
// it and a separator. The EPUB's markup says where; what stands there is known by its value: a name is one of the
// table's heads, a separator is punctuation, the same one in the whole document.
class TableAlignment {
 public:
  // A place in the EPUB's text and in the text beside it, the PDF's or the source's.
  struct At {
    std::size_t& other;
    std::size_t& epub;
  };
  // Passes over what the list alone has, if both stand before it. `is_list`: how the other text has this table.
  bool skip(const Text& other, const Text& epub, At at, bool is_list);

 private:
  using Separator = std::optional<std::u32string>;

  bool skip_gap(const Text& other, const Text& epub, At at, bool is_list);
  bool skip_name(const Text& other, const Text& epub, At at, bool is_list);

  Separator between_heads_, after_name_;
};

}  // namespace epitome::compare
