#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

void set_block(Setter& setter, const model::Block& block, const model::Verse& value, const Column& column) {
  const TextStyle& style = setter.layout.style(StyleName::verse);
  const std::uint32_t verse =
      setter.structure.element(page::Role::div, column.element, column.lang_around, &block.attributes);
  TextPlace at{setter.structure.place(block.id), 0};
  setter.list.space_after(style.before);
  for (const std::vector<model::Inlines>& stanza : value.stanzas) {
    const Column inside = setter.indented(column, StyleName::verse, setter.structure.element(page::Role::div, verse),
                                          block.attributes.span);
    const Builder::Piece piece = setter.list.begin_piece();
    for (std::size_t i = 0; i < stanza.size(); ++i) {
      const bool near_end = i > 0 && (i == 1 || i + 1 == stanza.size());
      setter.plain_paragraph(stanza[i], StyleName::verse, inside, at, {}, near_end ? PageCosts::widow : 0,
                             block.attributes.span);
    }
    setter.list.end_piece(piece, setter.layout.pieces.stanza.whole_up_to);
    setter.list.space_after(setter.layout.pieces.stanza.after);
  }
  setter.list.no_space_after();
  attribution(setter, value.attribution, setter.indented(column, StyleName::verse, verse, block.attributes.span), at,
              block.attributes.span);
  setter.list.space_after(style.after);
  setter.first_paragraph = true;
}

}  // namespace epitome::typeset
