// What stands around a source of another shape, put aside before it is read.
#pragma once

#include <optional>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "reader/faults.hpp"
#include "reader/markdown_markup.hpp"

namespace epitome::reader {

// JSON that stands between the lines of a fence (```json) or between sentences: the source with blanks for these, which
// are told (W0113). Nothing if nothing stands around it, or no JSON between.
std::optional<diag::SourceText> bare_json(const diag::SourceText& source, Faults& faults);

// Front matter in TOML (+++) as the YAML that says the same, and behind its last byte the place of its end; keys of
// tables are as those before them. `body`: where the text begins. Nothing if there is none; what is no TOML is told
// (E0111).
std::optional<PlacedText> yaml_of_toml(std::string_view bytes, std::size_t& body, Faults& faults);

}  // namespace epitome::reader
