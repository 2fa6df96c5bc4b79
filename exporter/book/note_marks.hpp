// Where the marks of notes stand beside punctuation. Internal to book.
#pragma once

#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::book {

using style::Language;

// Sets the marks of a line's notes behind the punctuation that follows them (Language::note_behind): also out of an
// element that ends with a note, and behind a quotation's generated mark. A note keeps the language and direction that
// it had from its element. The characters and their order stay; so do the notes'. `own`: the line is in the language;
// marks inside text in another one stay.
void step_notes(model::Inlines& line, const Language& language, bool own);

// Takes the notes that a line ends with out of its last elements: then the line itself ends with them.
void notes_to_end(model::Inlines& line);

// Finds the notes whose marks stand right behind another's, also over the borders of elements (Footnote::follows_note).
void find_neighbours(model::Inlines& line);

// Whether a mark steps behind the generated mark of a quotation.
bool behind_quotation(const Language& language);

}  // namespace epitome::book
