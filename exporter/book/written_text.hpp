// What the document's language does to the text itself, before either file is made: so both hold the same characters.
#pragma once

#include <functional>
#include <string_view>

#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::book {

using style::Language;

// The language of text with the tag `tag` (BCP 47); null if there is no file for it. What it returns must stay as long
// as apply_language runs.
using LanguageOf = std::function<const Language*(std::string_view tag)>;

// Chooses the quotation marks of quotations by the language of their text, the nearest xml:lang, and by the quotations
// that they stand in: outer and nested ones alternate. A work's title, which a layout may show by marks, has those of
// the text around it. `language_of` gives the languages of texts in others than the document's; a text whose language
// has no file has the document's marks.
// Isolates links whose text begins in another direction than the text around (Attributes::dir).
// Sets the spaces that a text's language wants beside its marks (Language::mark_spacing): where there is none, or in
// the place of a plain one; any other space is the author's choice. Not inside addresses, times or smileys (the mark
// must end a word), nor in text whose language has no file. Marks of notes step behind the punctuation that follows
// them, as far as the language wants it (Language::note_behind). Takeaways are numbered from 1 in each part, footnotes
// through both files: parts that run on share pages, other ones in each layout, and no page may have a number twice.
// Numbers are in the language's digits.
void apply_language(model::Document& document, const Language& language, const LanguageOf& language_of = {});

// How many of the notes that end a block quotation's last paragraph have their marks behind the generated closing mark
// (after apply_language).
std::size_t notes_behind_quotation(const model::Inlines& paragraph, const Language& language);

}  // namespace epitome::book
