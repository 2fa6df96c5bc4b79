// Blocks that are set apart from the text: quotations, verse, letters, asides, figures.
#include <fmt/format.h>

#include <algorithm>

#include "typeset/collect.hpp"
#include "typeset/plan.hpp"

namespace epitome::typeset {

Column Collector::narrowed(const Column& column, Length start, Length end, diag::Span span) {
  Column inside = column;
  inside.measure -= start + end;
  inside.start = column.at(start, inside.measure);
  if (inside.measure >= least_measure()) return inside;
  sink_->report(diag::Code::W0604, span, "blocks stand in one another so deep that no column is left for their text",
                {"take lists, definitions and quotations out of one another"});
  inside.measure = least_measure();
  inside.start = column.at(column.measure - inside.measure, inside.measure);
  return inside;
}

Column Collector::indented(const Column& column, StyleName name, std::uint32_t element, diag::Span span) {
  const TextStyle& style = layout_.style(name);
  Column inside = narrowed(column, style.start_indent, style.end_indent, span);
  inside.element = element;
  inside.style = inside.first_style = name;
  return inside;
}

void Collector::plain_paragraph(const model::Inlines& content, StyleName style, const Column& column, TextPlace& at,
                                Length before, std::int64_t turn_cost, diag::Span span) {
  const std::uint32_t p = element(page::Role::p, column.element);
  ParagraphLook look{style, false, column.start, column.measure};
  look.turn_cost = turn_cost;
  paragraph(spans(content, state(style, column, p), at), look, column, before, span);
}

void Collector::block_value(const model::Block& block, const model::BlockQuotation& value, const Column& column) {
  const TextStyle& style = layout_.style(StyleName::quote);
  const std::uint32_t quotation =
      element(page::Role::block_quote, column.element, column.lang_around, &block.attributes);
  const Column inside = indented(column, StyleName::quote, quotation, block.attributes.span);
  space_after(style.before);
  const Piece piece = begin_piece();
  // Marks open every paragraph and close the last block, if that is a paragraph.
  first_paragraph_ = true;
  for (std::size_t i = 0; i < value.content.size(); ++i) {
    const model::Block& item = value.content[i];
    if (!std::holds_alternative<model::Paragraph>(item.value)) {
      this->block(item, inside);
      continue;
    }
    announce(item.attributes);
    const Column own = inner(inside, item.attributes);
    const std::uint32_t p = element(page::Role::p, quotation, inside.lang, &item.attributes);
    TextPlace at{place(item.id), 0};
    spoiler_line(std::get<model::Paragraph>(item.value).content, own, item.attributes.span);
    ParagraphLook look{StyleName::quote, !first_paragraph_, own.start, own.measure};
    first_paragraph_ = false;
    paragraph(marked_spans(std::get<model::Paragraph>(item.value), state(StyleName::quote, own, p), at,
                           i + 1 == value.content.size()),
              look, own, {}, item.attributes.span);
  }
  TextPlace at{place(model::closing_place(block.id)), 0};
  attribution(value.attribution, inside, at, block.attributes.span);
  end_piece(piece, style.whole_up_to);
  space_after(style.after);
  first_paragraph_ = true;
}

void Collector::attribution(const model::Attribution& value, const Column& column, TextPlace& at, diag::Span span) {
  if (value.empty()) return;
  const std::string between(style::joint(language_.label("attribution"), "a", "b"));
  const std::uint32_t p = element(page::Role::p, column.element);
  const InlineState look = state(StyleName::attribution, column, p);
  std::vector<text::TextSpan> all;
  for (const model::Inlines* part : {&value.speaker, &value.source, &value.locator}) {
    if (part->empty()) continue;
    const auto add_all = [&](std::vector<text::TextSpan> more) {
      for (text::TextSpan& item : more) all.push_back(std::move(item));
    };
    if (!all.empty()) add_all(generated(between, look));
    add_all(spans(*part, look, at));
  }
  ParagraphLook form{StyleName::attribution, false, column.start, column.measure};
  form.turn_cost = PageCosts::stranded;
  paragraph(std::move(all), form, column, {}, span);
}

void Collector::block_value(const model::Block& block, const model::Verse& value, const Column& column) {
  const TextStyle& style = layout_.style(StyleName::verse);
  const std::uint32_t verse = element(page::Role::div, column.element, column.lang_around, &block.attributes);
  TextPlace at{place(block.id), 0};
  space_after(style.before);
  for (const std::vector<model::Inlines>& stanza : value.stanzas) {
    const Column inside = indented(column, StyleName::verse, element(page::Role::div, verse), block.attributes.span);
    const Piece piece = begin_piece();
    for (std::size_t i = 0; i < stanza.size(); ++i) {
      const bool near_end = i > 0 && (i == 1 || i + 1 == stanza.size());
      plain_paragraph(stanza[i], StyleName::verse, inside, at, {}, near_end ? PageCosts::widow : 0,
                      block.attributes.span);
    }
    end_piece(piece, layout_.pieces.stanza.whole_up_to);
    space_after(layout_.pieces.stanza.after);
  }
  pending_space_ = {};
  attribution(value.attribution, indented(column, StyleName::verse, verse, block.attributes.span), at,
              block.attributes.span);
  space_after(style.after);
  first_paragraph_ = true;
}

void Collector::block_value(const model::Block& block, const model::Letter& value, const Column& column) {
  const TextStyle& style = layout_.style(StyleName::letter);
  const std::uint32_t letter = element(page::Role::div, column.element, column.lang_around, &block.attributes);
  const Column inside = indented(column, StyleName::letter, letter, block.attributes.span);
  TextPlace at{place(block.id), 0};
  space_after(style.before);
  if (!value.salutation.empty()) {
    plain_paragraph(value.salutation, StyleName::letter, inside, at, {}, 0, block.attributes.span);
    keep(style.leading * layout_.pieces.lines_after_turn);
  }
  blocks(value.content, inside);
  if (!value.signature.empty()) {
    TextPlace closing{place(model::closing_place(block.id)), 0};
    plain_paragraph(value.signature, StyleName::letter, inside, closing, {}, PageCosts::stranded,
                    block.attributes.span);
  }
  space_after(style.after);
  first_paragraph_ = true;
}

void Collector::block_value(const model::Block& block, const model::Aside& value, const Column& column) {
  const TextStyle& style = layout_.style(StyleName::aside);
  const style::Pieces::Aside& measures = layout_.pieces.aside;
  const std::uint32_t aside = element(page::Role::div, column.element, column.lang_around, &block.attributes);
  Column inside = indented(column, StyleName::aside, aside, block.attributes.span);
  inside.closing += measures.padding;
  const auto rule = [&](Length top) {
    return RuleBox{inside.start, top, inside.measure, measures.rule_thickness, layout_.ink, {}, {}};
  };
  space_after(style.before);
  const Piece piece = begin_piece();
  add(measures.padding).contents.emplace_back(rule({}));
  keep(style.leading * layout_.pieces.lines_after_turn);
  TextPlace at{place(block.id), 0};
  if (!value.title.empty()) {
    plain_paragraph(value.title, StyleName::aside_title, inside, at, {}, 0, block.attributes.span);
    keep(style.leading * layout_.style(StyleName::aside_title).keep_with_next);
  }
  blocks(value.content, inside);
  add(measures.padding, {}, PageCosts::stranded)
      .contents.emplace_back(rule(measures.padding - measures.rule_thickness));
  finish_on_grid();
  end_piece(piece, style.whole_up_to);
  space_after(style.after);
  first_paragraph_ = true;
}

void Collector::caption(const model::Block& block, const model::Inlines& content, const Column& column,
                        std::uint32_t parent, Length before, std::int64_t turn_cost) {
  const std::uint32_t made = element(page::Role::caption, parent);
  TextPlace at{place(block.id), 0};
  ParagraphLook look{StyleName::caption, false, column.start, column.measure};
  look.turn_cost = turn_cost;
  paragraph(spans(content, state(StyleName::caption, column, made), at), look, column, before, block.attributes.span);
}

std::uint32_t Collector::image(const std::string& path) {
  const auto known = images_.find(path);
  if (known != images_.end()) return known->second;
  const auto found = inputs_.book.images.find(path);
  if (found == inputs_.book.images.end()) return none;
  const auto index = static_cast<std::uint32_t>(flow_.images.size());
  flow_.images.push_back(&found->second);
  images_.emplace(path, index);
  return index;
}

// What a page has for a picture that begins the piece: not what must stand over it, nor its caption and the caption's
// notes. A third of a page at least: what is longer goes on on the next.
Length Collector::room_beside(const Piece& picture, Length above) const {
  const style::Geometry& g = layout_.geometry;
  const std::vector<Box>& boxes = chain().boxes;
  Length caption;
  int note_lines = 0;
  for (std::size_t i = picture.first + 1; i < boxes.size(); ++i) {
    caption += boxes[i].before + boxes[i].height;
    for (const int lines : boxes[i].notes) note_lines += lines;
  }
  // Plates are of one height, whether their captions have one line or four.
  if (caption > Length{}) caption = up_to_grid(std::max(caption, g.grid * 4));
  if (above > Length{}) above = up_to_grid(above + boxes[picture.first].before);
  const Length notes = note_area(page_shape(layout_, chain(), false), note_lines);
  return std::max(g.grid * g.lines - above - caption - notes, g.grid * std::max(1, g.lines / 3));
}

// The picture at its natural width, but not higher than `highest`, a whole number of grid lines high.
model::Rect Collector::fitted(const image::Image& file, Length natural, Length highest, Length measure) const {
  const std::int64_t wide = std::max<std::int64_t>(file.width, 1), high = std::max<std::int64_t>(file.height, 1);
  const Length grid = layout_.geometry.grid;
  const Length height =
      grid * std::max<std::int64_t>(1, std::min(natural.scaled(high, wide), highest).raw() / grid.raw());
  return {{}, {}, std::min(height.scaled(wide, high), measure), height};
}

void Collector::block_value(const model::Block& block, const model::Figure& value, const Column& column) {
  const std::uint32_t picture = image(value.path);
  if (picture == none) {
    sink_->report(diag::Code::E0901, value.path_span, fmt::format("image '{}' was not loaded", value.path));
    return;
  }
  const image::Image& file = *flow_.images[picture];
  const TextStyle& caption_style = layout_.style(StyleName::caption);
  const std::int64_t resolution = file.resolution != 0 ? file.resolution : layout_.pieces.figures.resolution;
  const std::int64_t pixels_wide = std::max<std::int64_t>(file.width, 1);

  std::uint32_t figure = none;
  if (!value.decorative || !value.caption.empty()) {
    figure = element(value.decorative ? page::Role::div : page::Role::figure, column.element, column.lang_around,
                     &block.attributes);
    if (!value.decorative) flow_.elements[figure].alternative = value.alternative;
  }
  const Piece piece = begin_piece();
  const Length above = kept_above();
  const Length natural = std::min(Length::ratio_pt(pixels_wide * 72, resolution), column.measure);
  const Length page = layout_.geometry.grid * layout_.geometry.lines;
  add(fitted(file, natural, page, column.measure).height, layout_.geometry.grid);
  if (!value.caption.empty()) {
    caption(block, value.caption, column, figure, caption_style.before, PageCosts::stranded);
  }
  // What closes an aside stands a line under it.
  const Length below = column.closing > Length{} ? up_to_grid(column.closing) + layout_.geometry.grid : Length{};
  const Length highest = room_beside(piece, above) - below;
  const model::Rect box = fitted(file, natural, highest, column.measure);
  chain().boxes[piece.first].height = box.height;
  std::vector<Content>& contents = chain().atoms[piece.first].contents;
  contents.emplace_back(Start{place(block.id)});
  contents.emplace_back(PictureBox{picture, column.start, {}, box.width, box.height, value.decorative ? none : figure});
  finish_on_grid();
  end_piece(piece, style::always_whole);
  space_after(layout_.geometry.grid);
  first_paragraph_ = true;
}

}  // namespace epitome::typeset
