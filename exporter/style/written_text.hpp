// What the document's language does to the text itself, before either file is made: so both hold the same characters.
#pragma once

#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::style {

// Sets the spaces that the language wants beside its marks (Language::mark_spacing): where there is none, or in the
// place of a plain one; any other space is the author's choice. Not inside addresses, times or smileys (the mark must
// end a word), nor in text in another language. Marks of notes step behind the punctuation that follows them, as far as
// the language wants it (Language::note_behind). Takeaways are numbered from 1 in each part, footnotes through both
// files: parts that run on share pages, other ones in each layout, and no page may have a number twice. Numbers are in
// the language's digits.
void apply_language(model::Document& document, const Language& language);

// How many of the notes that end a block quotation's last paragraph have their marks behind the generated closing mark
// (after apply_language).
std::size_t notes_behind_quotation(const model::Inlines& paragraph, const Language& language);

}  // namespace epitome::style
