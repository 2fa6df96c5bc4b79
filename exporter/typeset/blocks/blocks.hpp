// Blocks to atoms: one function a kind, each in a file of its name.
#pragma once

#include "typeset/blocks/setter.hpp"

namespace epitome::typeset {

// Blocks one below the other; the first paragraph of them is a first one.
void set_blocks(Setter& setter, const model::Blocks& blocks, const Column& column);
void set_blocks(Setter& setter, const model::Paragraphs& blocks, const Column& column);
void set_block(Setter& setter, const model::Block& block, const Column& column);

void set_block(Setter& setter, const model::Block& block, const model::Paragraph& value, const Column& column);
void set_block(Setter& setter, const model::Block& block, const model::List& value, const Column& column);
void set_block(Setter& setter, const model::Block& block, const model::DefinitionList& value, const Column& column);
void set_block(Setter& setter, const model::Block& block, const model::Table& value, const Column& column);
void set_block(Setter& setter, const model::Block& block, const model::Figure& value, const Column& column);
void set_block(Setter& setter, const model::Block& block, const model::BlockQuotation& value, const Column& column);
void set_block(Setter& setter, const model::Block& block, const model::Verse& value, const Column& column);
void set_block(Setter& setter, const model::Block& block, const model::Letter& value, const Column& column);
void set_block(Setter& setter, const model::Block& block, const model::Aside& value, const Column& column);
void set_block(Setter& setter, const model::Block& block, const model::Separator& value, const Column& column);

// ---- what several kinds share

// The line before a paragraph that gives something away; nothing if it doesn't (paragraph.cpp).
void spoiler_line(Setter& setter, const model::Inlines& paragraph, const Column& column, diag::Span span);
// Whether a spoiler's words begin on another page than the line that warns of them; `id` is the words'.
bool spoiler_elsewhere(const PageLabels& labels, const std::string& id);

// Under a quotation or a poem (quotation.cpp).
void attribution(Setter& setter, const model::Attribution& value, const Column& column, TextPlace& at, diag::Span span);
// Of a figure or a table (figure.cpp).
void caption(Setter& setter, const model::Block& block, const model::Inlines& content, const Column& column,
             std::uint32_t parent, Length before, std::int64_t turn_cost);
// A picture's index in the flow; none if it wasn't loaded.
std::uint32_t loaded_image(Setter& setter, const std::string& path);

// Numbers or bullets before the items of a list. They are set before the items, because the items are indented by the
// width of the widest label (list.cpp).
struct Labels {
  std::vector<std::shared_ptr<const Lines>> lines;
  Length width;         // of the widest, with the space at its end
  bool at_end = false;  // their ends in line: they have different numbers of figures
};
struct LabelText {
  std::string text;
  const model::Attributes* attributes;  // of its item
};
Labels labels(Setter& setter, const std::vector<LabelText>& texts, StyleName style, const Column& column);
// The width of the labels' column: that of the widest label, and room for what hangs at the start of an item's lines.
Length room_of(Setter& setter, const Labels& labels, StyleName items);
// A label beside the atoms from `first` on, at the edge where the column begins; what it says belongs to `element`.
void label(Setter& setter, const Labels& labels, std::size_t item, std::size_t first, const Column& column,
           StyleName style, std::uint32_t element);

// A term and what stands beside it, or below (definitions.cpp).
struct Definition {
  const model::Attributes* attributes;
  std::string_view id, term_id;  // of the definition's line, of the term
  const model::Inlines* term;
  const model::Blocks* definition;  // or
  const model::Inlines* definition_line;
};
void definitions(Setter& setter, const std::vector<Definition>& items, StyleName term_style, StyleName definition_style,
                 Length term_column, const Column& column);

}  // namespace epitome::typeset
