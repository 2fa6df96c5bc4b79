// Tables: their cells in document order. One that is too wide has narrower gutters, then smaller text, then is a list.
#include "typeset/blocks/tables.hpp"

#include <set>
#include <string>
#include <utility>

#include "model/table.hpp"
#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

namespace {

TableGrid table_grid(Setter& setter, const model::Table& table, const Column& column, std::uint32_t parent) {
  TableGrid grid;
  grid.head_rows = static_cast<int>(table.head.size());
  model::TableColumns columns;
  std::uint32_t group = none;
  const auto add_row = [&](const model::Row& row, int number) {
    const Column around = inner(column, row.attributes);
    const std::uint32_t tr = setter.structure.element(page::Role::tr, group, column.lang, &row.attributes);
    grid.row_destinations.push_back(row.attributes.id.empty() ? none : setter.structure.destination(row.attributes.id));
    columns.begin_row();
    for (const model::Cell& cell : row.cells) {
      const int down = std::max(1, cell.row_span), across = std::max(1, cell.column_span);
      const int at = static_cast<int>(columns.add(across, down));
      const Column own = inner(around, cell.attributes);
      TableCell made;
      made.direction = own.direction;
      made.cell = &cell;
      made.row = number;
      made.column = at;
      const bool head = cell.scope == model::Scope::column || number < grid.head_rows;
      made.style = head                              ? StyleName::table_head
                   : cell.scope == model::Scope::row ? StyleName::row_head
                                                     : StyleName::cell;
      made.element = setter.structure.element(head || cell.scope == model::Scope::row ? page::Role::th : page::Role::td,
                                              tr, around.lang, &cell.attributes);
      page::Element& meant = setter.flow.elements[made.element];
      using ThScope = page::Element::ThScope;
      if (meant.role == page::Role::th) meant.scope = cell.scope == model::Scope::row ? ThScope::row : ThScope::column;
      meant.column_span = across;
      meant.row_span = down;
      TextPlace place_at{setter.structure.place(cell.id), 0};
      made.spans = setter.spans(cell.content, setter.state(made.style, own, made.element), place_at);
      grid.cells.push_back(std::move(made));
      grid.columns = std::max(grid.columns, at + across);
    }
  };
  int number = 0;
  if (!table.head.empty()) group = setter.structure.element(page::Role::thead, parent);
  for (const model::Row& row : table.head) add_row(row, number++);
  group = setter.structure.element(page::Role::tbody, parent);
  for (const model::Row& row : table.body) add_row(row, number++);
  grid.rows = number;  // a span can't reach below the last row
  return grid;
}

}  // namespace

void set_block(Setter& setter, const model::Block& block, const model::Table& value, const Column& column) {
  const Length grid_line = setter.layout.geometry.grid;
  const Structure::Mark before = setter.structure.mark();
  const std::size_t paragraph = setter.cache.next_number();
  const std::vector<std::uint32_t> awaited = setter.list.awaited();
  const std::set<std::string> foreign_seen = setter.foreign_seen;
  setter.list.space_after(grid_line);
  const std::uint32_t table =
      setter.structure.element(page::Role::table, column.element, column.lang_around, &block.attributes);
  TableGrid grid = table_grid(setter, value, column, table);
  const auto fits = [&](Length gutter, bool narrow) {
    grid.gutter = gutter;
    return fit_columns(setter, grid, column, narrow);
  };
  const Length gutter = setter.layout.pieces.tables.gutter;
  if (!fits(gutter, false) && !fits(gutter / 2, false) && !fits(gutter / 2, true)) {
    // No atom of the table has been added.
    setter.structure.roll_back(before);
    setter.cache.go_back_to(paragraph);
    setter.list.set_awaited(awaited);
    setter.foreign_seen = foreign_seen;
    return table_as_lists(setter, block, value, column);
  }
  const Builder::Piece piece = setter.list.begin_piece();
  if (!value.caption.empty()) {
    caption(setter, block, value.caption, column, table, {}, 0);
    setter.list.keep(grid_line * 3);
    setter.list.space_after(setter.layout.style(StyleName::caption).before);
  }
  table_rows(setter, grid, column);
  setter.list.end_piece(piece, style::always_whole);
  setter.list.space_after(grid_line);
  setter.first_paragraph = true;
}

}  // namespace epitome::typeset
