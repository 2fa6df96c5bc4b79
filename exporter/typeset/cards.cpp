// Memory cues: cards to cut out and fold, prompt outside, answer inside.
#include <algorithm>

#include "typeset/collect.hpp"
#include "typeset/settle.hpp"

namespace epitome::typeset {

// A cue's two texts, set as wide as a card.
struct Collector::Card {
  std::shared_ptr<const Lines> prompt, answer;
  std::uint32_t element = none, destination = none;
  int lines = 0;  // of the grid that it needs
};

// The cards of a part, a row at a time.
class Collector::CardSheet {
 public:
  CardSheet(Collector& collector, const Column& column)
      : collector_(collector), cards_(collector.layout_.pieces.cards), column_(column) {}

  Length width() const { return column_.measure / cards_.columns; }
  Length inner_width() const { return width() - cards_.inset * 2; }

  void add(Card card) {
    row_.push_back(std::move(card));
    if (row_.size() == static_cast<std::size_t>(cards_.columns)) finish_row();
  }

  // As high as its highest card needs.
  void finish_row() {
    if (row_.empty()) return;
    if (strip_ == none) start_strip();
    int lines = 0;
    for (const Card& card : row_) lines = std::max(lines, card.lines);
    const Length height = collector_.layout_.geometry.grid * lines;
    Atom& atom = collector_.add(height);
    atom.strip = strip_;
    across(atom.contents, {});
    for (std::int64_t c = 0; c <= cards_.columns; ++c) {
      atom.contents.emplace_back(
          cut(column_.start + width() * c - cards_.cut_thickness / 2, {}, cards_.cut_thickness, height));
    }
    for (std::size_t i = 0; i < row_.size(); ++i) {
      draw(row_[i], column_.start + width() * static_cast<std::int64_t>(i) + cards_.inset, height / 2);
    }
    row_.clear();
  }

  // What follows is no card.
  void finish() {
    finish_row();
    strip_ = none;
  }

 private:
  RuleBox cut(Length start, Length top, Length along, Length down) const {
    return {start, top, along, down, collector_.layout_.ink, cards_.cut_on, cards_.cut_off};
  }
  RuleBox tick(Length start, Length top, bool level) const {
    const Length thin = cards_.cut_thickness;
    const style::Colour ink = collector_.layout_.ink;
    return level ? RuleBox{start, top - thin / 2, cards_.tick_length, thin, ink, {}, {}}
                 : RuleBox{start - thin / 2, top, thin, cards_.tick_length, ink, {}, {}};
  }

  // A cut across the sheet at `top`, with its ticks.
  void across(std::vector<Content>& out, Length top) const {
    const Length outside = cards_.tick_distance + cards_.tick_length;
    out.emplace_back(cut(column_.start, top - cards_.cut_thickness / 2, column_.measure, cards_.cut_thickness));
    out.emplace_back(tick(column_.start - outside, top, true));
    out.emplace_back(tick(column_.start + column_.measure + cards_.tick_distance, top, true));
  }

  void start_strip() {
    strip_ = static_cast<std::uint32_t>(collector_.flow_.strips.size());
    Strip& edges = collector_.flow_.strips.emplace_back();
    edges.first = static_cast<std::uint32_t>(collector_.chain().boxes.size());
    across(edges.foot_edge, {});
    for (std::int64_t c = 0; c <= cards_.columns; ++c) {
      const Length start = column_.start + width() * c;
      edges.head_edge.emplace_back(tick(start, -(cards_.tick_distance + cards_.tick_length), false));
      edges.foot_edge.emplace_back(tick(start, cards_.tick_distance, false));
    }
  }

  void draw(const Card& card, Length start, Length fold) {
    Atom& atom = collector_.chain().atoms.back();
    if (card.destination != none) collector_.anchor(atom, card.destination);
    place(card.prompt, StyleName::cue_prompt, start, cards_.prompt_drop);
    atom.contents.emplace_back(RuleBox{
        start, fold - cards_.fold_thickness / 2, inner_width(), cards_.fold_thickness, collector_.layout_.ink, {}, {}});
    place(card.answer, StyleName::cue_answer, start, fold + cards_.answer_drop);
  }

  void place(const std::shared_ptr<const Lines>& text, StyleName name, Length start, Length top) {
    const Length leading = collector_.layout_.style(name).leading;
    Atom& atom = collector_.chain().atoms.back();
    for (std::uint32_t n = 0; n < text->size(); ++n) {
      const Length baseline = top + leading * (n + 1) - collector_.drop(leading);
      const TextBox line{text, n, start, inner_width(), baseline, leading, ArtifactKind::none};
      atom.contents.emplace_back(line);
      add_marks(collector_.flow_, collector_.chain().boxes.back(), atom, line);
    }
  }

  Collector& collector_;
  const style::Pieces::Cards& cards_;
  const Column& column_;
  std::vector<Card> row_;
  std::uint32_t strip_ = none;
};

// A cue on a card, or, where it is too long for the largest, as text that may divide.
void Collector::cue(const model::Cue& cue, const Column& column, std::uint32_t list, CardSheet& sheet) {
  const style::Pieces::Cards& cards = layout_.pieces.cards;
  const style::Geometry& g = layout_.geometry;
  const TextStyle& prompt_style = layout_.style(StyleName::cue_prompt);
  const TextStyle& answer_style = layout_.style(StyleName::cue_answer);
  const Column own = inner(column, cue.attributes);
  Card card;
  card.element = element(page::Role::li, list, column.lang, &cue.attributes);
  const std::uint32_t prompt_element = element(page::Role::lbl, card.element);
  const std::uint32_t answer_element = element(page::Role::lbody, card.element);
  if (!cue.attributes.id.empty()) card.destination = destination(cue.attributes.id);
  TextPlace at{place(cue.id), 0};
  auto prompt = spans(cue.prompt, state(StyleName::cue_prompt, own, prompt_element), at);
  auto answer = spans(cue.answer, state(StyleName::cue_answer, own, answer_element), at);
  const std::size_t number = cache_.next_number();
  const Length width = sheet.inner_width();
  card.prompt = set(prompt, shape(prompt_style, width, own.direction), cue.attributes.span);
  card.answer = set(answer, shape(answer_style, width, own.direction), cue.attributes.span);
  const Length above = cards.prompt_drop + prompt_style.leading * static_cast<std::int64_t>(card.prompt->size());
  const Length below = cards.answer_drop + answer_style.leading * static_cast<std::int64_t>(card.answer->size());
  const Length height = std::max(above, below) * 2;  // folded in the middle
  for (card.lines = cards.lines; g.grid * card.lines < height && card.lines < g.lines;) card.lines += cards.lines_step;
  card.lines = std::min(card.lines, g.lines);
  if (height <= g.grid * card.lines) return sheet.add(std::move(card));

  sink_->report(diag::Code::W0604, cue.attributes.span, "a memory cue does not fit the largest card",
                {"shorten its prompt or its answer"});
  cache_.go_back_to(number);
  sheet.finish();
  space_after(g.grid);
  if (card.destination != none) awaiting_.push_back(card.destination);
  const ParagraphLook look{StyleName::cue_prompt, false, column.start, column.measure};
  paragraph(std::move(prompt), look, own, {}, cue.attributes.span);
  keep(answer_style.leading * layout_.pieces.lines_before_turn);
  paragraph(std::move(answer), {StyleName::cue_answer, false, column.start, column.measure}, own, {},
            cue.attributes.span);
  finish_on_grid();
  space_after(g.grid);
}

void Collector::part_value(const book::Section&, const model::Cues& value, const Column& column) {
  if (!value.introduction.empty()) {
    blocks(value.introduction, column);
    space_after(layout_.geometry.grid);
  }
  const std::uint32_t list = element(page::Role::l, column.element);
  flow_.elements[list].numbering = page::Element::Numbering::none;
  CardSheet sheet(*this, column);
  for (const model::Cue& item : value.items) cue(item, column, list, sheet);
  sheet.finish();
}

}  // namespace epitome::typeset
