// Front matter of a source of another shape.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "reader/faults.hpp"
#include "reader/markdown_markup.hpp"

namespace epitome::reader {

// Front matter in TOML (+++) as the YAML that says the same, and behind its last byte the place of its end; keys of
// tables are as those before them. `body`: where the text begins. Nothing if there is none; what is no TOML is told
// (E0111).
std::optional<PlacedText> yaml_of_toml(std::string_view bytes, std::size_t& body, Faults& faults);

// The offset of a key of so many parts (a.a.a…) as nothing may be deep; toml++ calls itself for each part. Nothing if
// there is none.
std::optional<std::size_t> deep_toml_key(std::string_view toml);

}  // namespace epitome::reader
