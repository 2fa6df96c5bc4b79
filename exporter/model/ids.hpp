// What pieces of a document are called that the author gave no id. All ids are ASCII letters, digits, "-" and "_", a
// letter first, so that each is a CSS selector, an XML name and a PDF name as it stands. Ids that the program makes
// hold "--", which the reader refuses in an author's, so that the two never meet.
#pragma once

#include <string>
#include <string_view>

#include "model/document.hpp"

namespace epitome::model {

// "contents--title": the id of what the program makes for the element `of`. `name` begins with a letter.
std::string own_id(std::string_view of, std::string_view name);

// A note's mark, which the note leads back to.
std::string mark_of(std::string_view note_id);

// Six figures and consonants for a text, by its letters and digits alone: marks and spaces may be mended. Empty if it
// has none.
std::string key_of_text(std::string_view text);

// Gives an id to every block, item, cell and note that has none: the nearest id of the author's around it (or the
// part's), the element's name and a key, "story--p-7k3fz1". The key comes from the piece's first words, letters and
// digits alone: what stands before or behind it, or later in it, changes nothing. Where a second piece begins alike,
// its whole text adds to its key; where that is the same too, they are counted.
void complete_ids(Document& document);

}  // namespace epitome::model
