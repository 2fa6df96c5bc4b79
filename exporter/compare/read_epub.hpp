// An EPUB's text from its bytes: container, package, spine, content documents (EPUB 3.3).
#pragma once

#include <optional>
#include <string_view>

#include "compare/said.hpp"
#include "diag/diagnostic.hpp"

namespace epitome::compare {

// A part is a spine item. Left out: the navigation document's lists, page breaks, the marks of notes and the links
// back from them. Reports E0802 and gives nothing if the container, the package or a content document can't be read.
std::optional<Said> read_epub(std::string_view bytes, diag::Sink& sink);

}  // namespace epitome::compare
