// Memory cues: cards of equal height to cut out and fold, prompt outside, answer inside.
#include <algorithm>

#include "typeset/collect.hpp"
#include "typeset/settle.hpp"

namespace epitome::typeset {

void Collector::part_value(const style::Section&, const model::Cues& value, const Column& column) {
  const style::Pieces::Cards& cards = layout_.pieces.cards;
  const Length grid = layout_.geometry.grid;
  const TextStyle& prompt_style = layout_.style(StyleName::cue_prompt);
  const TextStyle& answer_style = layout_.style(StyleName::cue_answer);
  if (!value.introduction.empty()) {
    blocks(value.introduction, column);
    space_after(grid);
  }

  const Length width = column.measure / cards.columns;
  const Length inner_width = width - cards.inset * 2;
  struct Card {
    std::shared_ptr<const Lines> prompt, answer;
    std::uint32_t element = none, destination = none;
  };
  const std::uint32_t list = element(page::Role::l, column.element);
  flow_.elements[list].numbering = page::Element::Numbering::none;
  std::vector<Card> made;
  int lines = cards.lines;
  for (const model::Cue& cue : value.items) {
    const Column own = inner(column, cue.attributes);
    Card card;
    card.element = element(page::Role::li, list, column.lang, &cue.attributes);
    const std::uint32_t prompt = element(page::Role::lbl, card.element);
    const std::uint32_t answer = element(page::Role::lbody, card.element);
    if (!cue.attributes.id.empty()) card.destination = destination(cue.attributes.id);
    TextPlace at{place(cue.id), 0};
    card.prompt = set(spans(cue.prompt, state(StyleName::cue_prompt, own, prompt), at),
                      shape(prompt_style, inner_width, own.direction), cue.attributes.span);
    card.answer = set(spans(cue.answer, state(StyleName::cue_answer, own, answer), at),
                      shape(answer_style, inner_width, own.direction), cue.attributes.span);
    const Length above = cards.prompt_drop + prompt_style.leading * static_cast<std::int64_t>(card.prompt->size());
    const Length below = cards.answer_drop + answer_style.leading * static_cast<std::int64_t>(card.answer->size());
    while (grid * lines < std::max(above, below) * 2 && lines < layout_.geometry.lines) lines += cards.lines_step;
    if (grid * layout_.geometry.lines < std::max(above, below) * 2) {
      sink_->report(diag::Code::W0604, cue.attributes.span, "a memory cue does not fit the largest card",
                    {"shorten its prompt or its answer"});
    }
    made.push_back(std::move(card));
  }
  lines = std::min(lines, layout_.geometry.lines);
  const Length height = grid * lines;
  const Length fold = height / 2;

  const auto cut = [&](Length start, Length top, Length along, Length down) {
    return RuleBox{start, top, along, down, layout_.ink, cards.cut_on, cards.cut_off};
  };
  const auto tick = [&](Length start, Length top, bool level) {
    const Length thin = cards.cut_thickness;
    return level ? RuleBox{start, top - thin / 2, cards.tick_length, thin, layout_.ink, {}, {}}
                 : RuleBox{start - thin / 2, top, thin, cards.tick_length, layout_.ink, {}, {}};
  };
  const Length outside = cards.tick_distance + cards.tick_length;
  // A cut across the sheet at `top`, with its ticks.
  const auto across = [&](std::vector<Content>& out, Length top) {
    out.emplace_back(cut(column.start, top - cards.cut_thickness / 2, column.measure, cards.cut_thickness));
    out.emplace_back(tick(column.start - outside, top, true));
    out.emplace_back(tick(column.start + column.measure + cards.tick_distance, top, true));
  };
  const auto strip = static_cast<std::uint32_t>(flow_.strips.size());
  Strip& edges = flow_.strips.emplace_back();
  edges.first = static_cast<std::uint32_t>(chain().boxes.size());
  across(edges.foot_edge, {});
  for (int c = 0; c <= cards.columns; ++c) {
    const Length start = column.start + width * c;
    edges.head_edge.emplace_back(tick(start, -outside, false));
    edges.foot_edge.emplace_back(tick(start, cards.tick_distance, false));
  }

  const auto columns = static_cast<std::size_t>(cards.columns);
  for (std::size_t first = 0; first < made.size(); first += columns) {
    Atom& atom = add(height);
    atom.strip = strip;
    across(atom.contents, {});
    for (std::size_t c = 0; c <= columns; ++c) {
      const Length start = column.start + width * static_cast<std::int64_t>(c);
      atom.contents.emplace_back(cut(start - cards.cut_thickness / 2, {}, cards.cut_thickness, height));
    }
    for (std::size_t i = first; i < std::min(first + columns, made.size()); ++i) {
      const Card& card = made[i];
      const Length start = column.start + width * static_cast<std::int64_t>(i - first) + cards.inset;
      if (card.destination != none) anchor(atom, card.destination);
      const auto place_lines = [&](const std::shared_ptr<const Lines>& text, const TextStyle& style, Length top) {
        for (std::uint32_t n = 0; n < text->size(); ++n) {
          const Length foot = top + style.leading * (n + 1);
          const TextBox line{
              text, n, start, inner_width, foot - drop(style.leading), style.leading, ArtifactKind::none};
          atom.contents.emplace_back(line);
          add_marks(flow_, chain().boxes.back(), chain().atoms.back(), line);
        }
      };
      place_lines(card.prompt, prompt_style, cards.prompt_drop);
      atom.contents.emplace_back(
          RuleBox{start, fold - cards.fold_thickness / 2, inner_width, cards.fold_thickness, layout_.ink, {}, {}});
      place_lines(card.answer, answer_style, fold + cards.answer_drop);
    }
  }
}

}  // namespace epitome::typeset
