// Memory cues: cards to cut out and fold, prompt outside, answer inside; or a list, which nobody cuts.
#include <algorithm>
#include <utility>

#include "typeset/parts/parts.hpp"

namespace epitome::typeset {

namespace {

// A cue's two texts, set as wide as a card.
struct Card {
  std::shared_ptr<const Lines> prompt, answer;
  std::uint32_t element = none, destination = none;
  int lines = 0;  // of the grid that it needs
};

// The cards of a part, a row at a time.
class CardSheet {
 public:
  CardSheet(Setter& setter, const Column& column)
      : setter_(setter), cards_(setter.layout.pieces.cards), column_(column) {}

  Length width() const { return column_.measure / cards_.columns; }
  Length inner_width() const { return width() - cards_.inset * 2; }

  void add(Card card) {
    row_.push_back(std::move(card));
    if (row_.size() == static_cast<std::size_t>(cards_.columns)) finish_row();
  }

  // Ends the row of cards, which is as high as its highest card needs.
  void finish_row() {
    if (row_.empty()) return;
    if (strip_ == none) start_strip();
    int lines = 0;
    for (const Card& card : row_) lines = std::max(lines, card.lines);
    const Length height = setter_.layout.geometry.grid * lines;
    Atom& atom = setter_.list.add(height);
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

  // Ends the sheet: what follows stands outside of cards.
  void finish() {
    finish_row();
    strip_ = none;
  }

 private:
  RuleBox cut(Length start, Length top, Length along, Length down) const {
    return {start, top, along, down, setter_.layout.ink, cards_.cut_on, cards_.cut_off};
  }
  RuleBox tick(Length start, Length top, bool level) const {
    const Length thin = cards_.cut_thickness;
    const style::Colour ink = setter_.layout.ink;
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
    strip_ = static_cast<std::uint32_t>(setter_.flow.strips.size());
    Strip& edges = setter_.flow.strips.emplace_back();
    across(edges.foot_edge, {});
    for (std::int64_t c = 0; c <= cards_.columns; ++c) {
      const Length start = column_.start + width() * c;
      edges.head_edge.emplace_back(tick(start, -(cards_.tick_distance + cards_.tick_length), false));
      edges.foot_edge.emplace_back(tick(start, cards_.tick_distance, false));
    }
  }

  void draw(const Card& card, Length start, Length fold) {
    Atom& atom = setter_.list.chain().atoms.back();
    if (card.destination != none) setter_.list.anchor(atom, card.destination);
    place(card.prompt, StyleName::cue_prompt, start, cards_.prompt_drop);
    atom.contents.emplace_back(RuleBox{
        start, fold - cards_.fold_thickness / 2, inner_width(), cards_.fold_thickness, setter_.layout.ink, {}, {}});
    place(card.answer, StyleName::cue_answer, start, fold + cards_.answer_drop);
  }

  void place(const std::shared_ptr<const Lines>& text, StyleName name, Length start, Length top) {
    const Length leading = setter_.layout.style(name).leading;
    Atom& atom = setter_.list.chain().atoms.back();
    for (std::uint32_t n = 0; n < text->size(); ++n) {
      const Length baseline = top + leading * (n + 1) - setter_.list.drop(leading);
      atom.contents.emplace_back(TextBox{text, n, start, inner_width(), baseline, leading, ArtifactKind::none});
      add_notes(setter_.flow, setter_.list.chain().boxes.back(), (*text)[n]);
    }
  }

  Setter& setter_;
  const style::Pieces::Cards& cards_;
  const Column& column_;
  std::vector<Card> row_;
  std::uint32_t strip_ = none;
};

// A cue on a card, or, where it is too long for the largest, as text that may divide.
void cue(Setter& setter, const model::Cue& cue, const Column& column, std::uint32_t list, CardSheet& sheet) {
  const style::Pieces::Cards& cards = setter.layout.pieces.cards;
  const style::Geometry& g = setter.layout.geometry;
  const TextStyle& prompt_style = setter.layout.style(StyleName::cue_prompt);
  const TextStyle& answer_style = setter.layout.style(StyleName::cue_answer);
  const Column own = inner(column, cue.attributes);
  Card card;
  card.element = setter.structure.element(page::Role::li, list, column.lang, &cue.attributes);
  const std::uint32_t prompt_element = setter.structure.element(page::Role::lbl, card.element);
  const std::uint32_t answer_element = setter.structure.element(page::Role::lbody, card.element);
  if (!cue.attributes.id.empty()) card.destination = setter.structure.destination(cue.attributes.id);
  TextPlace at{setter.structure.place(cue.id), 0};
  auto prompt = setter.spans(cue.prompt, setter.state(StyleName::cue_prompt, own, prompt_element), at);
  auto answer = setter.spans(cue.answer, setter.state(StyleName::cue_answer, own, answer_element), at);
  const std::size_t number = setter.cache.next_number();
  const Length width = sheet.inner_width();
  card.prompt = setter.set(prompt, setter.shape(prompt_style, width, own.direction), cue.attributes.span);
  card.answer = setter.set(answer, setter.shape(answer_style, width, own.direction), cue.attributes.span);
  const Length above = cards.prompt_drop + prompt_style.leading * static_cast<std::int64_t>(card.prompt->size());
  const Length below = cards.answer_drop + answer_style.leading * static_cast<std::int64_t>(card.answer->size());
  const Length height = std::max(above, below) * 2;  // folded in the middle
  for (card.lines = cards.lines; g.grid * card.lines < height && card.lines < g.lines;) card.lines += cards.lines_step;
  card.lines = std::min(card.lines, g.lines);
  if (height <= g.grid * card.lines) return sheet.add(std::move(card));

  setter.sink.report(diag::Code::W0604, cue.attributes.span, "a memory cue does not fit the largest card",
                     {"shorten its prompt or its answer"});
  setter.cache.go_back_to(number);
  sheet.finish();
  setter.list.space_after(g.grid);
  if (card.destination != none) setter.list.await(card.destination);
  const ParagraphLook look{StyleName::cue_prompt, false, column.start, column.measure};
  setter.paragraph(std::move(prompt), look, own, {}, cue.attributes.span);
  setter.list.keep(answer_style.leading * setter.layout.pieces.lines_before_turn);
  setter.paragraph(std::move(answer), {StyleName::cue_answer, false, column.start, column.measure}, own, {},
                   cue.attributes.span);
  setter.list.finish_on_grid();
  setter.list.space_after(g.grid);
}

}  // namespace

void set_part(Setter& setter, const book::Section&, const model::Cues& value, const Column& column) {
  introduction(setter, value.introduction, column);
  const std::uint32_t list = setter.structure.element(page::Role::l, column.element);
  setter.flow.elements[list].numbering = page::Element::Numbering::none;
  if (!setter.layout.pieces.cards.cut) {
    Column inside = column;
    inside.element = list;
    std::vector<Definition> items;
    for (const model::Cue& item : value.items) {
      items.push_back({&item.attributes, item.id, item.id, &item.prompt, nullptr, &item.answer});
    }
    return definitions(setter, items, StyleName::cue_prompt, StyleName::cue_answer,
                       setter.layout.pieces.definitions.cue_column, inside);
  }
  CardSheet sheet(setter, column);
  for (const model::Cue& item : value.items) cue(setter, item, column, list, sheet);
  sheet.finish();
}

}  // namespace epitome::typeset
