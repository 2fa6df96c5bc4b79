#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

void set_block(Setter& setter, const model::Block& block, const model::Separator& /*value*/, const Column& column) {
  const style::Pieces::Separator& piece = setter.layout.pieces.separator;
  const Length height = piece.empty_before + piece.empty_after;
  Atom& atom = setter.list.add(height);
  atom.contents.emplace_back(Start{setter.structure.place(block.id)});
  const Length whole = piece.width * piece.rules + piece.gap * (piece.rules - 1);
  Length start = column.start + (column.measure - whole) / 2;
  for (int i = 0; i < piece.rules; ++i) {
    const bool heavy = i == piece.rules / 2;
    const Length thickness = heavy ? piece.heavy_thickness : piece.thickness;
    atom.contents.emplace_back(RuleBox{start,
                                       piece.empty_before - thickness / 2,
                                       piece.width,
                                       thickness,
                                       heavy ? setter.accent() : setter.layout.ink,
                                       {},
                                       {}});
    start += piece.width + piece.gap;
  }
  setter.first_paragraph = true;
}

}  // namespace epitome::typeset
