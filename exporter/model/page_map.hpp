// On which page each block falls: made by typeset, read by epub, so that both files cite the same pages.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace epitome::model {

// One page turn. The page begins before the character at `offset` of the text of the element `id`
// (see plain_text in document.hpp). An `id` is a Block's, ListItem's, Takeaway's (its headline),
// Question's (the question itself), Cue's … id; a section's id with offset 0 is the section's start.
//   - A page turn inside a word (a hyphen) counts before that word: its first half is on the page
//     before, and a reader who is sent to this page finds the word whole.
//   - A page turn inside a footnote counts where the footnote's paragraph continues, not in the note.
//   - A generated page that the EPUB does not have (endpaper, writing lines) stands, with its label,
//     at the start of what follows it.
// Offsets run through an element's own texts in document order, without those of children that have ids:
// a cue's prompt and answer; a warning's term and places; a verse's lines and attribution; a letter's
// salutation and signature; a table's or figure's caption; a section's title as shown, then its source
// lines (hook, notes). Cover, title page, imprint and contents have no text of their own. Offset 0 is the
// element's start, even where its own text follows its children (a quotation's attribution).
struct PageBreak {
  std::string label;  // the PDF's page label: "iv", "12"
  std::string id;
  std::uint32_t offset = 0;
};

struct PageMap {
  std::vector<PageBreak> breaks;  // in page order, one a page
  std::string source;             // the PDF's identifier: pageBreakSource
};

}  // namespace epitome::model
