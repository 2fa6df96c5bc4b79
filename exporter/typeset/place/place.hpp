// Planned pages to Pages: positions, marks, links, furniture, and the place at which each page begins.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "model/page_map.hpp"
#include "typeset/figures.hpp"
#include "typeset/pages/plan.hpp"
#include "typeset/place/beginnings.hpp"
#include "typeset/place/canvas.hpp"
#include "typeset/place/furniture.hpp"
#include "typeset/place/inspect.hpp"
#include "typeset/place/links.hpp"
#include "typeset/place/page_boxes.hpp"

namespace epitome::typeset {

struct Placed {
  page::Pages pages;  // without metadata
  model::PageMap page_map;
  Figures figures;
  std::optional<Inspection> inspection;
};

class Placer {
 public:
  // `labels`: what the contents show.
  Placer(const Inputs& inputs, Flow flow, std::vector<PlannedPage> planned, const PageLabels& labels,
         ParagraphCache& cache);
  // Reports E0901 if something leads to a place that isn't there, W0607 if boxes overlap or leave their place.
  Placed place(diag::Sink& sink);

 private:
  struct QueuedLine {
    std::uint32_t note = 0, line = 0;
  };

  // place.cpp
  void page(std::uint32_t number, std::vector<QueuedLine>& notes);
  void atoms(const PlannedPage& planned, std::vector<QueuedLine>& notes);
  void release(std::uint32_t number);
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
  void content(const WritingLines& box, Length top);
  void text_line(const text::Line& line, Length left, Length baseline, ArtifactKind artifact);
  void emphasis_dots(const text::PlacedRun& run, const Tag& tag, Length from, Length baseline);
  void notes_at_foot(std::vector<QueuedLine>& queue, int lines);

  // furniture.cpp
  void content(const PageNumber& box, Length top);
  void leaders(Length from, Length end, Length baseline);
  void running_head(std::uint32_t number);
  void folio(std::uint32_t number);
  void turned_folio(const Lines& lines, bool at_end, Length below, style::Colour colour);
  void furniture(const Lines& lines, bool at_end, Length baseline, ArtifactKind artifact, style::Colour colour);

  const Inputs& inputs_;
  const style::Layout& layout_;
  Flow flow_;
  std::vector<PlannedPage> planned_;
  const PageLabels& labels_;
  ParagraphCache& cache_;
  Canvas canvas_;
  Links links_;
  Beginnings beginnings_;
  PageBoxes boxes_;
  FurnitureLines furniture_;
  bool text_ends_ = true;  // the last line of text is its paragraph's last
  Figures figures_;
  std::vector<PlacedLines> placed_lines_;  // by page, if Inputs::inspect
};

// finish.cpp: what is known only when all pages are placed.
void outline_and_labels(const Flow& flow, const std::vector<PlannedPage>& planned, const style::Language& language,
                        page::Pages& pages);
model::PageMap page_map(const Flow& flow, const std::vector<PlannedPage>& planned, const Beginnings& beginnings);
// Completes the figures of a page that has been placed.
void page_figures(const style::Layout& layout, const PlannedPage& planned, const Chain& chain, std::size_t number,
                  Figures& figures);

}  // namespace epitome::typeset
