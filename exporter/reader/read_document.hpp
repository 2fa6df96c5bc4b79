// From the bytes of a source document to a Document.
#pragma once

#include <optional>

#include "diag/diagnostic.hpp"
#include "model/document.hpp"

namespace epitome::reader {

// Tree and model together take about thirty bytes of memory for each byte of the source; what is refused takes no more
// than the tree. A whole export takes less than sixty for each byte of running text, most of it the glyphs of lines,
// and up to 100 MB besides for the pages that are being chosen among (tests/growth).

// Reads `source` as source/summary.rnc and source/reference.md say. All faults that can be found are
// reported to `sink` in the order of their places; nothing is returned if one of them is an error.
// No file is opened: a path is checked for its form, not for what it names.
std::optional<model::Document> read_document(const diag::SourceText& source, diag::Sink& sink);

}  // namespace epitome::reader
