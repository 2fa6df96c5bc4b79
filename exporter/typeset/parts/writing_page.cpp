#include "typeset/parts/parts.hpp"

namespace epitome::typeset {

void writing_page(Setter& setter, Numbering numbering) {
  Chain& page = setter.list.start_chain({});
  page.optional = true;
  page.numbering = numbering;
  Column column = setter.whole_block();
  column.element = setter.structure.element(page::Role::sect, 0);
  setter.list.set_part(none);
  const model::Inlines title = {model::Text{setter.language.label("notes-page"), {}}};
  const style::Geometry& g = setter.layout.geometry;
  const TextStyle& style = setter.layout.style(StyleName::part_title);
  const style::Pieces& pieces = setter.layout.pieces;
  const std::uint32_t h1 = setter.structure.element(page::Role::h1, column.element);
  TextPlace nowhere;
  const auto lines = setter.set(setter.spans(title, setter.state(StyleName::part_title, column, h1), nowhere),
                                setter.shape(style, column.measure, column.direction), {});
  const Length above = g.grid * (pieces.opener.picked_on_line + pieces.opener.empty_after_picked);
  Atom& atom = setter.list.add(above + style.leading);
  atom.opens = true;
  atom.contents.emplace_back(picked_line(setter, g.grid * pieces.opener.picked_on_line - g.first_baseline_drop));
  for (std::uint32_t i = 0; i < lines->size(); ++i) {
    atom.contents.emplace_back(TextBox{lines, i, column.start, column.measure,
                                       above + style.leading * (i + 1) - setter.list.drop(style.leading), style.leading,
                                       ArtifactKind::none});
  }
  setter.list.space_after(g.grid * (pieces.opener.empty_after_title - 1));
  setter.list.add(pieces.writing.pitch * pieces.writing.lines_min, {}, PageCosts::stranded)
      .contents.emplace_back(WritingLines{column.start, column.measure});
  setter.list.chain().boxes.back().stretches = true;
}

}  // namespace epitome::typeset
