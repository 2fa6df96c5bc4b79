// What the document's language does to the text itself, before either file is made: so both hold the same characters.
#pragma once

#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::style {

// Sets the spaces that the language wants beside its marks (Language::mark_spacing): where there is none, or in the
// place of a plain one; any other space is the author's choice. Not inside addresses, times or smileys (the mark must
// end a word), nor in text in another language. Numbers of takeaways and footnotes come into the language's digits.
void apply_language(model::Document& document, const Language& language);

}  // namespace epitome::style
