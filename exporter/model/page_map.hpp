// On which page each block falls: made by typeset, read by epub, so that both files cite the same pages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::model {

// One page turn. The page begins before the character at `offset` of the text of the element `id`
// (see plain_text in document.hpp). An `id` is a Block's, ListItem's, Takeaway's (its headline),
// Question's (the question itself), Cue's … id; a section's id with offset 0 is the section's start.
//   - A page turn inside a word (a hyphen) counts before that word: its first half is on the page
//     before, and a reader who is sent to this page finds the word whole.
//   - A page turn inside a footnote counts where the footnote's paragraph continues, not in the note.
//   - A page on which nothing of the EPUB begins or goes on (endpaper, writing lines, the rest of a note)
//     stands, with its label, at the start of what follows it; the last ones stand with the page before.
// Offsets run through an element's own texts in document order, without those of children that have ids:
// a cue's prompt and answer; a warning's term and places; a verse's lines and attribution; a table's or
// figure's caption; a section's title as shown. What closes an element behind children that have ids has
// a place of its own, see closing_place. Offset 0 is the element's start: a figure's picture, not its
// caption. Cover, title page, imprint and contents have no text of their own.
struct PageBreak {
  std::string label;  // the PDF's page label: "iv", "12"
  std::string id;
  std::uint32_t offset = 0;
};

// The place of the text that closes the element `id` behind its children: a quotation's attribution, a letter's
// signature, the source lines of a hook or of the notes. No id of the document's holds a full stop.
inline std::string closing_place(std::string_view id) { return std::string(id) + ".closing"; }

struct PageMap {
  std::vector<PageBreak> breaks;  // in page order, one a page
  std::string source;             // the PDF's identifier: pageBreakSource
};

}  // namespace epitome::model
