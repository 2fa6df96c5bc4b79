// What stands around a source of another shape, put aside before it is read. All bytes keep their places.
#pragma once

#include <optional>
#include <string>

#include "diag/diagnostic.hpp"
#include "reader/faults.hpp"

namespace epitome::reader {

// JSON that stands between the lines of a fence (```json) or between sentences: the source with blanks for these, which
// are told (W0113). Nothing if nothing stands around it, or no JSON between.
std::optional<diag::SourceText> bare_json(const diag::SourceText& source, Faults& faults);

// Front matter in TOML (+++) as the YAML that says the same: tables become comments, so that their keys are as those
// before them.
void toml_to_yaml(std::string& bytes);

}  // namespace epitome::reader
