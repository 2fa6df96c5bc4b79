// What is good and bad about a document's lines and pages: for programs (JSON) and for an editor's eyes (HTML). A pure
// function of the document that was typeset.
#pragma once

#include <string>

#include "diag/diagnostic.hpp"
#include "typeset/typeset.hpp"

namespace epitome::report {

// One object (RFC 8259), ending in a newline; its member `units` says what its numbers mean. `set` has an inspection;
// `source` is what it was made from, for names and places. The same input gives the same bytes.
std::string write_json(const typeset::Typeset& set, const diag::SourceText& source);

// One page of HTML that needs no other file and no script, well-formed as XML too: the totals with links to the pages
// concerned, then every page as a drawing with marks over it. Each word has its true place and width, whatever fonts
// the reader has; pictures are boxes.
std::string write_html(const typeset::Typeset& set, const diag::SourceText& source);

}  // namespace epitome::report
