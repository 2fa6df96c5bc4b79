// Planned pages to Pages: positions, marks, links, furniture, and the place at which each page begins.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/page_map.hpp"
#include "typeset/check_boxes.hpp"
#include "typeset/figures.hpp"
#include "typeset/inspect.hpp"
#include "typeset/plan.hpp"

namespace epitome::typeset {

struct Placed {
  page::Pages pages;  // without metadata
  model::PageMap page_map;
  Figures figures;
  std::optional<Inspection> inspection;
};

// Adds a space at the run's end if it has none: texts that are parted by their places alone run together for readers
// that go by the order of characters.
void end_with_space(page::Text& text);

class Placer {
 public:
  // `labels`: what the contents show.
  Placer(const Inputs& inputs, Flow flow, std::vector<PlannedPage> planned, const PageLabels& labels,
         ParagraphCache& cache)
      : inputs_(inputs),
        layout_(inputs.layout),
        flow_(std::move(flow)),
        planned_(std::move(planned)),
        labels_(labels),
        cache_(cache),
        rtl_(inputs.book.document.edition.dir == model::Direction::rtl) {}
  // Reports E0901 if something leads to a place that isn't there, W0607 if boxes overlap or leave their place.
  Placed place(diag::Sink& sink);

 private:
  // A place in the document, where a page may begin.
  struct Beginning {
    std::uint32_t place = none;
    std::uint32_t offset = 0;
  };
  struct QueuedLine {
    std::uint32_t note = 0, line = 0;
  };
  struct OpenLink {
    std::uint32_t page = none;
    std::uint32_t index = none;
    const TextBox* box = nullptr;  // the line that the last rectangle belongs to
  };

  // place.cpp
  void release(std::uint32_t number);
  void page(std::uint32_t number, std::vector<QueuedLine>& notes);
  std::vector<Box> stretched(const Chain& chain, const PageRange& range) const;
  void contents(const std::vector<Content>& contents, Length top);
  // Atoms of one group, each with its top: each text's lines one after another.
  void group(const std::vector<std::pair<const Atom*, Length>>& atoms);
  void content(const TextBox& box, Length top);
  void content(const RuleBox& box, Length top);
  void content(const PictureBox& box, Length top);
  void content(const Drawing& box, Length top);
  void content(const Attach& box, Length top);
  void content(const Start& start, Length top);
  void content(const Anchor& box, Length top);
  void content(const PageNumber& box, Length top);
  void content(const WritingLines& box, Length top);
  void end_column(Length from, Length baseline);
  void text_line(const text::Line& line, Length left, Length baseline, ArtifactKind artifact);
  void rule(Length start, Length top, Length width, Length height, style::Colour colour, Length dash_on,
            Length dash_off, ArtifactKind artifact);
  void notes_at_foot(std::vector<QueuedLine>& queue, int lines);
  Rect block() const;                             // where a page's text stands
  Length left(Length start, Length width) const;  // from the start edge to the page's left
  std::uint32_t mark(std::uint32_t element, ArtifactKind artifact);
  std::uint32_t replaced(std::uint32_t around, const text::PlacedRun& run);
  void attach(std::uint32_t element);
  void link_box(const TextBox& box, std::uint32_t link, const model::Rect& rect);
  void emphasis_dots(const text::PlacedRun& run, const Tag& tag, Length from, Length baseline);
  Beginning beginning(const TextBox& box, const text::PlacedRun& run) const;
  Beginning word_start(const TextBox& box) const;
  void stands_here(const Beginning& at);
  bool begins_page(const Beginning& at) const;

  // boxes.cpp: what the page's boxes are checked by
  void text_box(const Lines& lines, std::uint32_t line, PageBox::Kind kind, Length left, Length baseline,
                const Rect& home);
  void picture_box(const Rect& rect);
  void drawn_box(const page::Text& text, const void* owner);
  Rect column_of(const TextBox& box) const;
  void report_boxes(diag::Sink& sink);
  void box_fault(const BoxFault& fault, diag::Sink& sink);
  std::string described(std::size_t box) const;
  diag::Span place_of(std::size_t box) const;
  void find_places();

  // furniture.cpp
  void running_head(std::uint32_t number);
  void folio(std::uint32_t number);
  std::shared_ptr<const Lines> furniture_line(StyleName style, const std::string& text);
  std::shared_ptr<const Lines> cut_to(StyleName style, const std::string& text, Length width);
  void furniture(const Lines& lines, bool at_end, Length baseline, ArtifactKind artifact, style::Colour colour);

  // finish.cpp
  void destinations_and_links(diag::Sink& sink);
  void outline_and_labels();
  void page_map();
  void drop_unattached();
  void page_figures(std::uint32_t number);

  page::Page& now() { return pages_.pages.back(); }

  const Inputs& inputs_;
  const style::Layout& layout_;
  Flow flow_;
  std::vector<PlannedPage> planned_;
  const PageLabels& labels_;
  ParagraphCache& cache_;
  bool rtl_;
  page::Pages pages_;
  model::PageMap page_map_;
  Figures figures_;
  std::optional<Inspector> inspector_;  // if it is asked for
  std::vector<bool> attached_;
  std::vector<Beginning> beginnings_;  // by page
  std::vector<std::uint32_t> ranks_;   // of the places, in the order in which they are first met; none: not yet
  std::uint32_t ranked_ = 0;
  // The last element that says what its glyphs don't show, and of which run.
  struct {
    std::uint32_t element = none, around = none, tag = 0, offset = 0;
  } replaced_;
  std::map<std::uint32_t, OpenLink> links_;
  std::vector<std::uint32_t> destination_pages_;
  std::vector<Length> destination_tops_;
  Length block_left_;
  std::vector<PageBox> boxes_;                           // of the page that is being placed
  std::vector<const Lines*> boxes_lines_;                // of each, if it is of the document's or the furniture's lines
  std::unordered_map<const Lines*, diag::Span> places_;  // of the document's lines, also those that are released
};

}  // namespace epitome::typeset
