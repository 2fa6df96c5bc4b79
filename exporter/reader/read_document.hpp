// From the bytes of a source document to a Document.
#pragma once

#include <cstddef>
#include <optional>

#include "diag/diagnostic.hpp"
#include "model/document.hpp"

namespace epitome::reader {

// A summary of 10,000 words is about 100 KB; what is many times larger is a mistake, and tree and model
// together take about thirty times the bytes in memory.
inline constexpr std::size_t largest_input = std::size_t{16} << 20;
// The deepest sensible nesting (a table cell's footnote in a list in a list) is below 20. The bound
// keeps every recursion over elements and over the model within a small stack.
inline constexpr unsigned deepest_nesting = 64;

// Reads `source` as source/summary.rnc and source/reference.md say. All faults that can be found are
// reported to `sink` in the order of their places; nothing is returned if one of them is an error.
// No file is opened: a path is checked for its form, not for what it names.
std::optional<model::Document> read_document(const diag::SourceText& source, diag::Sink& sink);

}  // namespace epitome::reader
