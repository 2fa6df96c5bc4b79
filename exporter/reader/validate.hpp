// Holds a tree against the vocabulary.
#pragma once

#include "diag/diagnostic.hpp"
#include "reader/faults.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

// Checks the document whose root element is `root` against the table in vocabulary.hpp and what the
// table can't say: ids and references, tables' geometry, dates' order, typography. What passes without an
// error, build_document can take as it is.
void validate(Node root, const diag::SourceText& source, Faults& faults);

}  // namespace epitome::reader
