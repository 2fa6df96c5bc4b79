// A summary of which only some parts are printed.
#pragma once

#include <set>

#include "book/written_text.hpp"
#include "model/document.hpp"

namespace epitome::book {

// Takes the other kinds of parts out of the document, before apply_language. What refers to a place in them says the
// place's name as plain text. It becomes another publication: its identifier is made anew from the kinds.
void keep_parts(model::Document& document, const std::set<model::PartKind>& kinds, const Language& language,
                const LanguageOf& language_of);

}  // namespace epitome::book
