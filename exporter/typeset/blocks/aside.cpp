#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

void set_block(Setter& setter, const model::Block& block, const model::Aside& value, const Column& column) {
  const TextStyle& style = setter.layout.style(StyleName::aside);
  const style::Pieces::Aside& measures = setter.layout.pieces.aside;
  const std::uint32_t aside =
      setter.structure.element(page::Role::div, column.element, column.lang_around, &block.attributes);
  Column inside = setter.indented(column, StyleName::aside, aside, block.attributes.span);
  inside.closing += measures.padding;
  const auto rule = [&](Length top) {
    return RuleBox{inside.start, top, inside.measure, measures.rule_thickness, setter.layout.ink, {}, {}};
  };
  setter.list.space_after(style.before);
  const Builder::Piece piece = setter.list.begin_piece();
  setter.list.add(measures.padding).contents.emplace_back(rule({}));
  setter.list.keep(style.leading * setter.layout.pieces.lines_after_turn);
  TextPlace at{setter.structure.place(block.id), 0};
  if (!value.title.empty()) {
    setter.plain_paragraph(value.title, StyleName::aside_title, inside, at, {}, 0, block.attributes.span);
    setter.list.keep(style.leading * setter.layout.style(StyleName::aside_title).keep_with_next);
  }
  set_blocks(setter, value.content, inside);
  setter.list.add(measures.padding, {}, PageCosts::stranded)
      .contents.emplace_back(rule(measures.padding - measures.rule_thickness));
  setter.list.finish_on_grid();
  setter.list.end_piece(piece, style.whole_up_to);
  setter.list.space_after(style.after);
  setter.first_paragraph = true;
}

}  // namespace epitome::typeset
