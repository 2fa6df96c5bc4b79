// From the bytes of a source document to a Document.
#pragma once

#include <optional>

#include "diag/diagnostic.hpp"
#include "model/document.hpp"

namespace epitome::reader {

// Reads `source` as source/summary.rnc and source/reference.md say. All faults that can be found are
// reported to `sink` in the order of their places; nothing is returned if one of them is an error.
// No file is opened: a path is checked for its form, not for what it names.
std::optional<model::Document> read_document(const diag::SourceText& source, diag::Sink& sink);

}  // namespace epitome::reader
