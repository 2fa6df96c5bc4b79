// Book + Layout to Pages and PageMap. The way through the room, stage by stage:
//
//  1. collect (parts/collect.hpp) goes through the book's sections. The functions in parts/ and blocks/ set each
//     paragraph in lines and put them below one another as atoms: what no page turn divides. A chain is the atoms that
//     begin a page and run on over as many as they need. All chains, and what they mean (elements, links,
//     destinations), are the Flow (flow/flow.hpp).
//  2. plan_pages (pages/plan.hpp) breaks each chain into pages. An atom is here only a Box: its height, and what a page
//     turn above it costs (flow/box.hpp). settle breaks a chain again and again: it offers alternatives, which are
//     paragraphs in a line more or less, until the cheapest pages take none whose cost is only guessed. break_pages
//     finds these pages, and page_candidates those among which it chooses.
//  3. Page numbers in the text were guessed (parts/guess_pages.cpp). ParagraphCache::show_pages puts the right figures
//     into the lines that hold them. Where a paragraph would have more or fewer lines, 1 and 2 are done again, three
//     times at most; the cache keeps what hasn't changed, and what the alternatives cost.
//  4. Placer (place/place.hpp) draws the pages: what stands where, in which element; running heads and folios; links;
//     the place at which each page begins (PageMap); and it checks that nothing overlaps.
//  5. inspect (place/inspect.hpp) says what lines and pages are like, if a report is asked for.
//
// Lengths across run from the start edge until the Placer draws them: so right-to-left pages need no code before it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cover/cover.hpp"
#include "diag/diagnostic.hpp"
#include "diag/source_texts.hpp"
#include "model/page_map.hpp"
#include "page/pages.hpp"
#include "typeset/figures.hpp"
#include "typeset/inspection.hpp"

namespace epitome::typeset {

using model::Length;

struct Inputs : cover::Inputs {
  std::string program;            // "Epitome 0.1.0": the producer
  bool inspect = false;           // look at each line and page for a report
  diag::SourceTexts source = {};  // the document's texts, for the places of diagnostics
};

struct Typeset {
  page::Pages pages;
  model::PageMap page_map;
  Figures figures;
  std::optional<Inspection> inspection;  // Inputs::inspect
  std::vector<model::Inlines> imprint;   // as set: it names the languages of its runs
};

// What the file says of itself.
page::Metadata metadata(const book::Book& book, const style::Layout& layout);

// The memory cues of all parts, each on two pages without tags: its prompt, and its answer. The layout's page is the
// side of a card, and a side with more text is higher. A page higher than `height_max` is reported (W0604). The result
// has no pages if there are no cues; it is nothing only if an error was reported.
std::optional<page::Pages> cue_faces(const Inputs& inputs, Length height_max, diag::Sink& sink);

// The summary in brief on one page: the title, the hook (or how the overview begins), the takeaways' headlines, a
// quotation, and the address where more is told, as a link and as a QR code. It is set in the layout's size of text, or
// in one as much smaller as it takes, from 9 pt on; E0708 if that doesn't do. Nothing only if an error was reported.
std::optional<page::Pages> brief(const Inputs& inputs, diag::Sink& sink);

// Nothing only if an error was reported.
std::optional<Typeset> typeset(const Inputs& inputs, diag::Sink& sink);

}  // namespace epitome::typeset
