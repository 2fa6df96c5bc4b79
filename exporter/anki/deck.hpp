// Memory cues as a deck of notes that Anki imports.
#pragma once

#include <string>

#include "book/book.hpp"

namespace epitome::anki {

// A text file as Anki's importer reads it (its manual, "Text files"): head lines that say what the columns are, then a
// line a cue with tabs between GUID, front, back and tags. The GUID is made of the work and the cue's id, so that the
// deck of a new edition updates the notes of the old one. Front and back are HTML: emphasis, quotation marks, ruby,
// line direction where it is right to left. Footnotes are left out, cross-references show their names. Empty if there
// are no cues. `tag`: of all notes, without white space.
std::string write_deck(const book::Book& book, const std::string& tag);

}  // namespace epitome::anki
