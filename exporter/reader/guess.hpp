// A document of a source that says less than a document needs: Markdown of the usual shape, without front matter of
// ours, and plain text, where each line is a paragraph. Each guess is told (N0114), and what could not be placed
// (W0113), and what is missing (W0115).
#pragma once

#include <optional>

#include "diag/diagnostic.hpp"
#include "reader/faults.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

// Whether a source in Markdown has front matter with a work or an edition.
bool has_front_matter(const diag::SourceText& source);

// Whether a source in JSON is written for us: an object with a work, or with parts that say their type.
bool is_ours(const diag::SourceText& source);

// Of JSON of another shape.
std::optional<Tree> guess_json(const diag::SourceText& source, Faults& faults);
// `lines`: plain text. Nothing after a fault that leaves nothing to guess from.
std::optional<Tree> guess_document(const diag::SourceText& source, bool lines, Faults& faults);

}  // namespace epitome::reader
