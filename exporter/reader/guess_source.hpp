// Front matter of a source of another shape.
#pragma once

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

}  // namespace epitome::reader
