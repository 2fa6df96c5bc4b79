// The parts of a summary: their titles and what each kind of part does with its blocks.
#include <fmt/format.h>

#include <algorithm>

#include "typeset/collect.hpp"
#include "typeset/settle.hpp"

namespace epitome::typeset {

RuleBox Collector::picked_line(Length baseline) const {
  const style::Pieces::PickedLine& p = layout_.pieces.picked_line;
  return {{}, baseline - p.rise - p.thickness / 2, p.width, p.thickness, accent(), {}, {}};
}

style::Colour Collector::accent() const { return layout_.black_only ? layout_.ink : layout_.accent; }

// Picked line and title in one box: an opener at a page's head, else what a part that runs on begins with.
void Collector::part_title(const book::Section& section, const Column& column, bool listed) {
  const style::Geometry& g = layout_.geometry;
  const style::Pieces& pieces = layout_.pieces;
  const TextStyle& style = layout_.style(StyleName::part_title);
  const std::uint32_t h1 = element(page::Role::h1, column.element);
  const std::uint32_t target = destination(section.id);
  TextPlace at{place(section.id), 0};
  const auto lines = set(spans(section.title, state(StyleName::part_title, column, h1), at),
                         shape(style, column.measure, column.direction), {});
  const Length above = g.grid * (pieces.opener.picked_on_line + pieces.opener.empty_after_picked);
  const Length height = above + style.leading * static_cast<std::int64_t>(lines->size());
  if (height > g.grid * g.lines) {
    sink_->report(diag::Code::W0604, section.part->attributes.span, "a part's title is higher than a page",
                  {"shorten the title"});
  }
  Atom& atom = add(height + g.grid * pieces.run_on.empty_after_title, g.grid * pieces.run_on.empty_before);
  anchor(atom, target);
  atom.opens = true;
  atom.contents.emplace_back(picked_line(g.grid * pieces.opener.picked_on_line - g.first_baseline_drop));
  Box& box = chain().boxes.back();
  box.opens = true;
  box.head_below = g.grid * (pieces.opener.empty_after_title - pieces.run_on.empty_after_title);
  for (std::uint32_t i = 0; i < lines->size(); ++i) {
    const Length foot = above + style.leading * static_cast<std::int64_t>(i + 1);
    const TextBox text{
        lines, i, column.start, column.measure, foot - drop(style.leading), style.leading, ArtifactKind::none};
    atom.contents.emplace_back(text);
    add_marks(flow_, chain().boxes.back(), chain().atoms.back(), text);
  }
  const bool runs_on = chain().boxes.size() > 1;
  keep(g.grid * (runs_on ? std::max(pieces.run_on.lines_min, style.keep_with_next) : style.keep_with_next));
  title_before_ = true;
  first_paragraph_ = true;
  if (listed) outline(0, display_text(section.title), target);
}

// A heading inside a part; the index of its first atom.
std::size_t Collector::heading(StyleName name, const model::Inlines& title, std::string_view id, const Column& column,
                               diag::Span span) {
  const TextStyle& style = layout_.style(name);
  const std::uint32_t made = element(page::Role::h2, column.element);
  const std::uint32_t target = destination(id);
  awaiting_.push_back(target);
  TextPlace at{place(id), 0};
  const std::size_t first = paragraph(spans(title, state(name, column, made), at),
                                      {name, false, column.start, column.measure}, column, style.before, span);
  for (std::size_t i = first + 1; i < chain().boxes.size(); ++i) chain().boxes[i].keep_cost = PageCosts::stranded;
  keep(layout_.style(StyleName::text).leading * style.keep_with_next);
  space_after(style.after);
  outline(1, display_text(title), target);
  return first;
}

void Collector::part_value(const book::Section& /*section*/, const model::Hook& value, const Column& column) {
  const style::Geometry& g = layout_.geometry;
  chain().sink = g.grid * layout_.pieces.hook.sink_lines;
  chain().bare = true;
  const TextStyle& source_style = layout_.style(StyleName::hook_source);
  add(g.grid).contents.emplace_back(picked_line(g.grid - g.first_baseline_drop));
  keep(g.grid * 2);
  anchor(chain().atoms.back(), destination(section_id_));
  Column inside = column;
  inside.style = inside.first_style = StyleName::hook;
  const Length measure = layout_.style(StyleName::hook).measure;
  if (measure > Length{}) inside.measure = std::min(inside.measure, measure);
  blocks(value.content, inside);
  if (value.source.empty()) return;
  TextPlace at{place(model::closing_place(section_id_)), 0};
  plain_paragraph(value.source, StyleName::hook_source, inside, at, source_style.before, PageCosts::stranded, {});
}

void Collector::part_value(const book::Section&, const model::About& value, const Column& column) {
  blocks(value.content, column);
}

void Collector::part_value(const book::Section&, const model::Overview& value, const Column& column) {
  blocks(value.content, column);
}

void Collector::part_value(const book::Section&, const model::Takeaways& value, const Column& column) {
  const style::Pieces& pieces = layout_.pieces;
  if (!value.introduction.empty()) {
    blocks(value.introduction, column);
    space_after(layout_.geometry.grid);
  }
  std::vector<LabelText> numbers;
  for (const model::Takeaway& item : value.items) numbers.push_back({item.number, &item.attributes});
  const Labels numerals = labels(numbers, StyleName::numeral, column);
  const Length hang = std::max(pieces.takeaway_column, numerals.width);
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const model::Takeaway& item = value.items[i];
    Column inside = inner(column, item.attributes);
    inside.element = element(page::Role::sect, column.element, column.lang, &item.attributes);
    inside.measure -= hang;
    inside.start = column.at(hang, inside.measure);
    space_after(pieces.takeaway.before);
    const Piece piece = begin_piece();
    const std::size_t first = heading(StyleName::headline, item.headline, item.id, inside, item.attributes.span);
    label(numerals, i, first, column, StyleName::numeral, flow_.tags[tag_of(first)].element);
    blocks(item.content, inside);
    end_piece(piece, pieces.takeaway.whole_up_to);
    space_after(pieces.takeaway.after);
  }
}

void Collector::part_value(const book::Section&, const model::Story& value, const Column& column) {
  blocks(value.introduction, column);
  for (const model::Chapter& chapter : value.chapters) {
    Column inside = inner(column, chapter.attributes);
    inside.element = element(page::Role::sect, column.element, column.lang, &chapter.attributes);
    if (layout_.chapters_open) {
      const Numbering numbering = chain().numbering;
      start_chain(chapter.id).numbering = numbering;
    }
    heading(StyleName::chapter_title, chapter.title, chapter.id, inside, chapter.attributes.span);
    blocks(chapter.content, inside);
  }
}

void Collector::part_value(const book::Section&, const model::Questions& value, const Column& column) {
  const style::Pieces& pieces = layout_.pieces;
  if (!value.introduction.empty()) {
    blocks(value.introduction, column);
    space_after(layout_.geometry.grid);
  }
  for (const model::Question& item : value.items) {
    Column inside = inner(column, item.attributes);
    inside.element = element(page::Role::sect, column.element, column.lang, &item.attributes);
    space_after(pieces.question.before);
    const Piece piece = begin_piece();
    heading(StyleName::headline, item.question, item.id, inside, item.attributes.span);
    blocks(item.answer, inside);
    end_piece(piece, pieces.question.whole_up_to);
    space_after(pieces.question.after);
  }
}

void Collector::part_value(const book::Section&, const model::Comparison& value, const Column& column) {
  blocks(value.content, column);
}

void Collector::part_value(const book::Section&, const model::People& value, const Column& column) {
  if (!value.introduction.empty()) {
    blocks(value.introduction, column);
    space_after(layout_.geometry.grid);
  }
  Column inside = column;
  inside.element = element(page::Role::l, column.element);
  flow_.elements[inside.element].numbering = page::Element::Numbering::none;
  std::vector<Definition> items;
  for (const model::Person& item : value.items) {
    items.push_back({&item.attributes, item.id, item.id, &item.name, &item.description, nullptr});
  }
  definitions(items, StyleName::term, StyleName::definition, layout_.pieces.definitions.term_column, inside);
}

void Collector::part_value(const book::Section&, const model::Warnings& value, const Column& column) {
  if (!value.introduction.empty()) {
    blocks(value.introduction, column);
    space_after(layout_.geometry.grid);
  }
  Column inside = column;
  inside.element = element(page::Role::l, column.element);
  flow_.elements[inside.element].numbering = page::Element::Numbering::none;
  std::vector<Definition> items;
  for (const model::Warning& item : value.items) {
    items.push_back({&item.attributes, item.id, item.id, &item.term, nullptr, &item.places});
  }
  definitions(items, StyleName::warning_term, StyleName::warning_place, layout_.pieces.definitions.warning_column,
              inside);
  if (!value.closing.empty()) {
    space_after(layout_.geometry.grid);
    blocks(value.closing, column);
  }
}

void Collector::part_value(const book::Section&, const model::Discussion& value, const Column& column) {
  const style::Pieces& pieces = layout_.pieces;
  const TextStyle& style = layout_.style(StyleName::discussion_question);
  if (!value.introduction.empty()) {
    blocks(value.introduction, column);
    space_after(layout_.geometry.grid);
  }
  const std::uint32_t list = element(page::Role::l, column.element);
  flow_.elements[list].numbering = page::Element::Numbering::decimal;
  std::vector<LabelText> numbers;
  for (const model::DiscussionQuestion& item : value.items) {
    numbers.push_back({style::written_number(language_, static_cast<int>(numbers.size()) + 1), &item.attributes});
  }
  const Labels numerals = labels(numbers, StyleName::discussion_numeral, column);
  const Length hang = std::max(pieces.discussion_column, numerals.width);
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const model::DiscussionQuestion& item = value.items[i];
    Column inside = inner(column, item.attributes);
    const std::uint32_t entry = element(page::Role::li, list, column.lang, &item.attributes);
    const std::uint32_t numeral = element(page::Role::lbl, entry);
    inside.element = element(page::Role::lbody, entry);
    inside.measure -= hang;
    inside.start = column.at(hang, inside.measure);
    announce(item.attributes);
    space_after(style.before);
    TextPlace at{place(item.id), 0};
    const std::size_t first = chain().boxes.size();
    plain_paragraph(item.question, StyleName::discussion_question, inside, at, {}, 0, item.attributes.span);
    label(numerals, i, first, column, StyleName::discussion_numeral, numeral);
    for (std::size_t box = first + 1; box < chain().boxes.size(); ++box) {
      chain().boxes[box].keep_cost = PageCosts::stranded;
    }
    Atom& lines = add(pieces.writing.pitch * pieces.writing.lines_min, {}, PageCosts::stranded);
    lines.contents.emplace_back(WritingLines{inside.start, inside.measure});
    Box& box = chain().boxes.back();
    box.stretches = true;
    box.to_grid = true;
    space_after(style.after);
  }
}

void Collector::part_value(const book::Section&, const model::Notes& value, const Column& column) {
  Column inside = column;
  inside.addresses = true;
  blocks(value.content, inside);
  if (value.sources.empty()) return;
  if (!value.content.empty()) space_after(layout_.geometry.grid);
  const std::uint32_t list = element(page::Role::l, column.element);
  flow_.elements[list].numbering = page::Element::Numbering::none;
  TextPlace at{place(model::closing_place(section_id_)), 0};
  for (const model::Inlines& source : value.sources) {
    const std::uint32_t entry = element(page::Role::li, list);
    Column body = inside;
    body.element = element(page::Role::lbody, entry);
    plain_paragraph(source, StyleName::source, body, at, {}, 0, {});
  }
}

void Collector::part_value(const book::Section& section, const model::Brand& value, const Column& column) {
  brand_page(section, &value.content, column);
}

}  // namespace epitome::typeset
