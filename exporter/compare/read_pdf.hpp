// A tagged PDF's text from its bytes: structure tree, marked content, ToUnicode (ISO 32000-1 14.7, 14.8, 9.10).
#pragma once

#include <optional>
#include <string_view>

#include "compare/said.hpp"
#include "diag/diagnostic.hpp"

namespace epitome::compare {

// A part is an element under Document. ActualText stands for what it covers; artifacts, the contents and the marks of
// notes and of list items are left out. Reports E0801 and gives nothing if the file is damaged, E0803 if text can't be
// reached through its structure.
std::optional<Said> read_pdf(std::string_view bytes, diag::Sink& sink);

}  // namespace epitome::compare
