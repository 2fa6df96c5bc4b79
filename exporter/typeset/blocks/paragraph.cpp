// Paragraphs, and blocks one below the other.
#include <string>
#include <variant>

#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

namespace {

bool ends_in_colon(const model::Inlines& paragraph) {
  std::string text = model::plain_text(paragraph);
  text.erase(text.find_last_not_of(" \n") + 1);
  return text.ends_with(':') || text.ends_with("：");
}

}  // namespace

void set_blocks(Setter& setter, const model::Blocks& blocks, const Column& column) {
  setter.first_paragraph = true;
  for (const model::Block& item : blocks) set_block(setter, item, column);
}

void set_blocks(Setter& setter, const model::Paragraphs& blocks, const Column& column) {
  setter.first_paragraph = true;
  for (const model::ParagraphBlock& item : blocks) set_block(setter, item, column);
}

void set_block(Setter& setter, const model::Block& block, const Column& around) {
  setter.announce(block.attributes);
  const Column column = inner(around, block.attributes);
  const bool text = std::holds_alternative<model::Paragraph>(block.value);
  if (!text && !setter.first_paragraph) {
    setter.list.turn_costs(setter.announces ? PageCosts::announced : PageCosts::introduced);
  }
  std::visit([&](const auto& value) { set_block(setter, block, value, column); }, block.value);
}

void set_block(Setter& setter, const model::Block& block, const model::Paragraph& value, const Column& column) {
  const std::uint32_t made =
      setter.structure.element(page::Role::p, column.element, column.lang_around, &block.attributes);
  TextPlace at{setter.structure.place(block.id), 0};
  const bool told = model::holds_spoiler(value.content);
  // Half a line on each side parts the label and what it warns of from the text around.
  const Length apart = told ? setter.layout.geometry.grid / 2 : Length{};
  if (!setter.first_paragraph) setter.list.space_after(apart);
  spoiler_line(setter, value.content, column, block.attributes.span);
  const bool first = setter.first_paragraph;
  setter.first_paragraph = false;
  setter.announces = ends_in_colon(value.content);
  const bool indent = !first || (setter.language.indent_first && column.first_style == StyleName::text_first);
  ParagraphLook look{first ? column.first_style : column.style, indent, column.start, column.measure};
  InlineState state = setter.state(look.style, column, made);
  state.spoiler_told = told;
  setter.paragraph(setter.spans(value.content, state, at), look, column, {}, block.attributes.span);
  setter.list.space_after(apart);
  // Large print parts paragraphs by an empty line; what other styles ask for stands after all of a piece.
  if (column.style == StyleName::text) setter.list.space_after(setter.layout.style(look.style).after);
}

bool spoiler_elsewhere(const PageLabels& labels, const std::string& id) {
  const auto words = labels.find(id), line = labels.find(id + ".line");
  return words != labels.end() && line != labels.end() && words->second != line->second;
}

void spoiler_line(Setter& setter, const model::Inlines& paragraph, const Column& column, diag::Span span) {
  if (!model::holds_spoiler(paragraph)) return;
  // A full stop can't stand in an id of the document's.
  const std::string id = "spoiler." + std::to_string(setter.spoilers.size() + 1);
  setter.spoilers.push_back(id);
  const bool elsewhere = spoiler_elsewhere(setter.labels, id);
  model::Attributes attributes;
  attributes.lang = setter.inputs.book.document.edition.lang;
  attributes.dir = setter.inputs.book.document.edition.dir;
  Column own = inner(column, attributes);
  own.lang = setter.inputs.book.document.edition.lang;  // outlives `attributes`
  const std::uint32_t p = setter.structure.element(page::Role::p, column.element, column.lang_around, &attributes);
  InlineState look = setter.state(StyleName::label, own, p);
  look.hyphenate = false;
  std::string text = setter.language.label("spoiler");
  if (elsewhere) {
    text = style::fill(setter.language.label("spoiler.page"), {{"n", setter.page_of(id)}});
    setter.shown.push_back(id);
    look.element = setter.structure.element(page::Role::link, p);
    look.link = setter.structure.link({destination_name(id), {}, setter.language.label("spoiler"), look.element});
  }
  setter.list.await(setter.structure.destination({{}, id + ".line"}));
  setter.next_spoiler = setter.structure.destination({elsewhere ? destination_name(id) : std::string(), id});
  setter.paragraph(setter.generated(text, look), {StyleName::label, false, own.start, own.measure}, own, {}, span);
  setter.list.keep(setter.layout.style(column.style).leading * setter.layout.pieces.lines_before_turn);
  setter.first_paragraph = true;
}

}  // namespace epitome::typeset
