// Quotations, and the line that says who spoke.
#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

void set_block(Setter& setter, const model::Block& block, const model::BlockQuotation& value, const Column& column) {
  const TextStyle& style = setter.layout.style(StyleName::quote);
  const std::uint32_t quotation =
      setter.structure.element(page::Role::block_quote, column.element, column.lang_around, &block.attributes);
  const Column inside = setter.indented(column, StyleName::quote, quotation, block.attributes.span);
  setter.list.space_after(style.before);
  const Builder::Piece piece = setter.list.begin_piece();
  // Marks open every paragraph and close the last.
  setter.first_paragraph = true;
  for (const model::ParagraphBlock& item : value.content) {
    setter.announce(item.attributes);
    const Column own = inner(inside, item.attributes);
    const std::uint32_t p = setter.structure.element(page::Role::p, quotation, inside.lang, &item.attributes);
    TextPlace at{setter.structure.place(item.id), 0};
    const model::Paragraph& paragraph = item.paragraph();
    spoiler_line(setter, paragraph.content, own, item.attributes.span);
    InlineState state = setter.state(StyleName::quote, own, p);
    state.spoiler_told = model::holds_spoiler(paragraph.content);
    ParagraphLook look{StyleName::quote, !setter.first_paragraph, own.start, own.measure};
    setter.first_paragraph = false;
    setter.paragraph(setter.marked_spans(paragraph, state, at, &item == &value.content.back()), look, own, {},
                     item.attributes.span);
  }
  TextPlace at{setter.structure.place(model::closing_place(block.id)), 0};
  attribution(setter, value.attribution, inside, at, block.attributes.span);
  setter.list.end_piece(piece, style.whole_up_to);
  setter.list.space_after(style.after);
  setter.first_paragraph = true;
}

void attribution(Setter& setter, const model::Attribution& value, const Column& column, TextPlace& at,
                 diag::Span span) {
  if (value.empty()) return;
  const std::string between(style::joint(setter.language.label("attribution"), "a", "b"));
  const std::uint32_t p = setter.structure.element(page::Role::p, column.element);
  const InlineState look = setter.state(StyleName::attribution, column, p);
  std::vector<text::TextSpan> all;
  for (const model::Inlines* part : {&value.speaker, &value.source, &value.locator}) {
    if (part->empty()) continue;
    const auto add_all = [&](std::vector<text::TextSpan> more) {
      for (text::TextSpan& item : more) all.push_back(std::move(item));
    };
    if (!all.empty()) add_all(setter.generated(between, look));
    add_all(setter.spans(*part, look, at));
  }
  ParagraphLook form{StyleName::attribution, false, column.start, column.measure};
  form.turn_cost = PageCosts::stranded;
  setter.paragraph(std::move(all), form, column, {}, span);
}

}  // namespace epitome::typeset
