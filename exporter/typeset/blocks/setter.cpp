#include "typeset/blocks/setter.hpp"

#include <algorithm>
#include <utility>

#include "typeset/parts/collect.hpp"

namespace epitome::typeset {

namespace {

bool show_pages(const std::vector<text::TextSpan>& spans, const Flow& flow) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const text::TextSpan& span) { return !flow.tags[span.tag].pages.empty(); });
}

}  // namespace

Column inner(const Column& column, const model::Attributes& attributes) {
  Column result = column;
  result.lang_around = column.lang;
  if (!attributes.lang.empty()) result.lang = *attributes.lang;
  if (attributes.dir != model::Direction::inherit) result.direction = attributes.dir;
  return result;
}

text::TextOptions text_options(const Inputs& inputs) {
  return {&inputs.layout, &inputs.fonts, inputs.patterns_folder, inputs.source, inputs.missing};
}

Setter::Setter(const Inputs& given, ParagraphCache& known, const PageLabels& labels_before, Flow& made,
               diag::Sink& heard)
    : inputs(given),
      layout(given.layout),
      language(given.book.language),
      cache(known),
      labels(labels_before),
      sink(heard),
      flow(made),
      structure(made),
      list(made, given.layout) {}

bool Setter::find_faces() {
  for (const style::FaceChoice& choice : layout.faces) {
    faces.push_back(inputs.fonts.face(choice.family, choice.style, sink));
    if (faces.back() == nullptr) return false;
  }
  return true;
}

Column Setter::whole_block() const {
  Column column;
  column.measure = layout.geometry.measure;
  column.lang = inputs.book.document.edition.lang;
  column.lang_around = column.lang;
  column.direction = column.page = inputs.book.document.edition.dir;
  column.element = 0;
  column.leaves = true;
  return column;
}

Column Setter::narrowed(const Column& column, Length start, Length end, diag::Span span) {
  Column inside = column;
  inside.leaves = false;
  inside.measure -= start + end;
  inside.start = column.at(start, inside.measure);
  if (inside.measure >= least_measure()) return inside;
  sink.report(diag::Code::W0604, span, "blocks stand in one another so deep that no column is left for their text",
              {"take lists, definitions and quotations out of one another"});
  inside.measure = least_measure();
  inside.start = column.at(column.measure - inside.measure, inside.measure);
  return inside;
}

Column Setter::indented(const Column& column, StyleName name, std::uint32_t element, diag::Span span) {
  const TextStyle& style = layout.style(name);
  Column inside = narrowed(column, style.start_indent, style.end_indent, span);
  inside.element = element;
  inside.style = inside.first_style = name;
  return inside;
}

void Setter::announce(const model::Attributes& attributes) {
  if (!attributes.id.empty()) list.await(structure.destination(attributes.id));
}

std::string Setter::page_of(const std::string& id) const {
  const auto found = labels.find(id);
  return found == labels.end() ? std::string(unknown_label) : found->second;
}

text::ParagraphShape Setter::shape(const TextStyle& style, Length measure, model::Direction direction) {
  text::ParagraphShape shape;
  shape.measure = measure;
  shape.alignment = style.alignment;
  shape.hyphenate = style.hyphenate;
  shape.balance = style.balance;
  shape.optical_start = style.optical_start;
  shape.turnover_indent = style.turnover_indent;
  shape.direction = direction;
  return shape;
}

std::shared_ptr<const Lines> Setter::set(std::vector<text::TextSpan> spans, const text::ParagraphShape& shape,
                                         diag::Span place) {
  const ParagraphCache::Again again{false, show_pages(spans, flow)};
  return cache.lines({std::move(spans), shape}, place, again).lines;
}

std::size_t Setter::paragraph(std::vector<text::TextSpan> spans, const ParagraphLook& look, const Column& column,
                              Length before, diag::Span place) {
  const TextStyle& style = layout.style(look.style);
  text::ParagraphShape form = shape(style, look.measure, column.direction);
  if (look.indent) {
    const TextStyle& text = layout.style(StyleName::text);
    form.first_line_indent = text.first_line_indent;
    if (language.indent_ems > 0 && text.first_line_indent > Length{})
      form.first_line_indent = text.size * language.indent_ems;
  }
  const bool title = !form.hyphenate || form.balance;
  const ParagraphCache::Again again{!title, show_pages(spans, flow)};
  const ParagraphCache::Setting setting = cache.lines({std::move(spans), form}, place, again);
  const std::size_t first = list.add_lines(setting.lines, style, look.start, look.measure, before, look.turn_cost);
  if (!title && !list.offer_again(first, setting.number, *setting.lines, look.measure)) cache.fixed(setting.number);
  return first;
}

void Setter::plain_paragraph(const model::Inlines& content, StyleName style, const Column& column, TextPlace& at,
                             Length before, std::int64_t turn_cost, diag::Span span) {
  const std::uint32_t p = structure.element(page::Role::p, column.element);
  ParagraphLook look{style, false, column.start, column.measure};
  look.turn_cost = turn_cost;
  paragraph(spans(content, state(style, column, p), at), look, column, before, span);
}

}  // namespace epitome::typeset
