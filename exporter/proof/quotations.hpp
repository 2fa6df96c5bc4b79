// Quotations held against the book that they are of.
#pragma once

#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "model/document.hpp"

namespace epitome::proof {

// Looks for every block quotation and verse that names a speaker or a place in it, in `book`: an EPUB, else plain text.
// Tells of each whether it stands there word for word (N0431, with the place), with differences (W0432) or not (W0433),
// and of all together (N0434). The case of a stretch's first letter, quotation marks, spaces, kinds of dashes,
// ligatures and what marks at its ends are don't count; an ellipsis or square brackets stand for any words. What names
// another work as its source and isn't there is not told. Reports E0802 or E0106 if the book can't be read.
void prove_quotations(const model::Document& document, const std::string& name, std::string_view book,
                      diag::Sink& sink);

}  // namespace epitome::proof
