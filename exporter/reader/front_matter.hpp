// The YAML at the head of a Markdown document.
#pragma once

#include <cstddef>
#include <string_view>

#include "reader/faults.hpp"
#include "reader/json_value.hpp"

namespace epitome::reader {

struct FrontMatter {
  bool present = false;
  std::size_t begin = 0, end = 0;  // the YAML between the lines of three hyphens
  std::size_t body = 0;            // where the text begins
};

// Of a source that begins with a line "---", up to the next one; a byte order mark is passed over.
FrontMatter front_matter_of(std::string_view bytes);

// YAML 1.2 of mappings, sequences and scalars as the values of JSON: each scalar a string, but for null. Anchors,
// aliases, tags and more than 64 kB are refused (E0111). `bytes`: the whole source. False after a fault.
bool parse_yaml(std::string_view bytes, const FrontMatter& place, JsonValues& values, Faults& faults);

}  // namespace epitome::reader
