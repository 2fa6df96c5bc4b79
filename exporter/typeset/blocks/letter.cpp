#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

void set_block(Setter& setter, const model::Block& block, const model::Letter& value, const Column& column) {
  const TextStyle& style = setter.layout.style(StyleName::letter);
  const std::uint32_t letter =
      setter.structure.element(page::Role::div, column.element, column.lang_around, &block.attributes);
  const Column inside = setter.indented(column, StyleName::letter, letter, block.attributes.span);
  TextPlace at{setter.structure.place(block.id), 0};
  setter.list.space_after(style.before);
  if (!value.salutation.empty()) {
    setter.plain_paragraph(value.salutation, StyleName::letter, inside, at, {}, 0, block.attributes.span);
    setter.list.keep(style.leading * setter.layout.pieces.lines_after_turn);
  }
  set_blocks(setter, value.content, inside);
  if (!value.signature.empty()) {
    TextPlace closing{setter.structure.place(model::closing_place(block.id)), 0};
    setter.plain_paragraph(value.signature, StyleName::letter, inside, closing, {}, PageCosts::stranded,
                           block.attributes.span);
  }
  setter.list.space_after(style.after);
  setter.first_paragraph = true;
}

}  // namespace epitome::typeset
