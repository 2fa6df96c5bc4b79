// Terms and what they mean: side by side, or one below the other.
#include <algorithm>

#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

void set_block(Setter& setter, const model::Block& block, const model::DefinitionList& value, const Column& column) {
  const std::uint32_t list =
      setter.structure.element(page::Role::l, column.element, column.lang_around, &block.attributes);
  setter.flow.elements[list].numbering = page::Element::Numbering::none;
  Column inside = column;
  inside.element = list;
  std::vector<Definition> items;
  for (const model::Definition& item : value.items) {
    items.push_back({&item.attributes, item.definition_id, item.term_id, &item.term, &item.definition, nullptr});
  }
  setter.list.space_after(setter.layout.pieces.list.before);
  definitions(setter, items, StyleName::term, StyleName::definition, setter.layout.pieces.definitions.term_column,
              inside);
  setter.list.space_after(setter.layout.pieces.list.after);
  setter.first_paragraph = true;
}

void definitions(Setter& setter, const std::vector<Definition>& items, StyleName term_style, StyleName definition_style,
                 Length term_column, const Column& column) {
  const style::Pieces& pieces = setter.layout.pieces;
  const TextStyle& term_look = setter.layout.style(term_style);
  const bool stacked = pieces.definitions.stacked ||
                       column.measure - term_column - pieces.definitions.gutter < setter.least_measure() * 2;
  for (const Definition& item : items) {
    setter.announce(*item.attributes);
    Column around = inner(column, *item.attributes);
    const std::uint32_t entry = setter.structure.element(page::Role::li, column.element, column.lang, item.attributes);
    const std::uint32_t label = setter.structure.element(page::Role::lbl, entry);
    Column inside = around;
    inside.style = inside.first_style = definition_style;
    inside.element = setter.structure.element(page::Role::lbody, entry);
    if (!stacked) inside = setter.narrowed(inside, term_column + pieces.definitions.gutter, {}, item.attributes->span);
    const Builder::Piece piece = setter.list.begin_piece();
    const std::size_t start = setter.list.chain().boxes.size();
    TextPlace term_at{setter.structure.place(item.term_id), 0};
    auto term_spans = setter.spans(*item.term, setter.state(term_style, around, label), term_at);
    std::shared_ptr<const Lines> term_lines;
    if (!stacked) {
      const std::size_t before = setter.cache.next_number();
      term_lines =
          setter.set(term_spans, setter.shape(term_look, term_column, around.direction), item.attributes->span);
      // A term with a word wider than its column stands above.
      const auto too_wide = [](const text::Line& line) { return line.overfull || line.divided; };
      if (std::any_of(term_lines->begin(), term_lines->end(), too_wide)) {
        setter.cache.go_back_to(before);
        term_lines = nullptr;
      }
    }
    if (!term_lines) {
      setter.paragraph(std::move(term_spans), {term_style, false, column.start, column.measure}, around, {},
                       item.attributes->span);
      setter.list.keep(term_look.leading);
    }
    if (item.definition != nullptr) {
      set_blocks(setter, *item.definition, inside);
    } else if (!item.definition_line->empty()) {
      TextPlace at{setter.structure.place(item.id), 0};
      if (item.id == item.term_id) at.offset = term_at.offset;
      const std::uint32_t p = setter.structure.element(page::Role::p, inside.element);
      setter.paragraph(setter.spans(*item.definition_line, setter.state(definition_style, inside, p), at),
                       {definition_style, false, inside.start, inside.measure}, inside, {}, item.attributes->span);
    }
    if (term_lines) setter.list.beside(start, term_lines, around.at({}, term_column), term_column, term_look);
    setter.list.end_piece(piece, pieces.pair.whole_up_to);
    setter.list.space_after(pieces.pair.after);
  }
  setter.list.finish_on_grid();
  // The grid's rounding makes the space after the last pair.
  setter.list.no_space_after();
}

}  // namespace epitome::typeset
