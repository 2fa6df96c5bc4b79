// The checks of the bytes that pugixml doesn't make: it is lenient by design.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reader/faults.hpp"

namespace epitome::reader {

// Checks size, UTF-8 and control characters (E0101, W0103, E0104, E0105). Control characters in
// `bytes` become spaces, so that reading can go on and find more. False: nothing more can be said.
bool check_bytes(std::string& bytes, Faults& faults);

// Checks `bytes`, which passed check_bytes, against XML 1.0 (fifth edition), without document type
// declarations (E0101, E0102, E0104, E0105, E0107). False if the tree can't be trusted; true, even
// with errors reported, if what pugixml makes of it is worth checking further.
bool check_well_formed(std::string_view bytes, Faults& faults);

// Char of XML 1.0, 2.2, without what check_bytes forbids too: of characters that references or escapes write.
bool is_allowed_character(unsigned long c);

// Of a piece of markup in a source of another syntax.
struct Inside {
  std::size_t depth = 0;         // of the element that it stands in, the root's being 1
  std::size_t* nodes = nullptr;  // of the document so far, which are counted on
};

// The same of the content of an element: characters, elements and references, nothing else. An '&' that begins no
// reference stands for itself.
bool check_well_formed_content(std::string_view bytes, Inside inside, Faults& faults);

}  // namespace epitome::reader
