// Tables: their cells in document order. One that is too wide has narrower gutters, then smaller text; it reaches
// into the outer margin, then stands on a turned page, or is a list.
#include "typeset/blocks/tables.hpp"

#include <optional>
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
  grid.align = table.align;
  grid.align.resize(static_cast<std::size_t>(grid.columns));
  grid.rows = number;  // a span can't reach below the last row
  return grid;
}

// Where a table stands: in the text's column, in one that reaches into the outer margin, or on turned pages.
struct Place {
  Column column;
  Length outward;
  bool turned = false;
};

// The first place that is wide enough, with the cells set for it; nothing if there is none.
std::optional<Place> find_place(Setter& setter, TableGrid& grid, const Column& column) {
  const style::Geometry& g = setter.layout.geometry;
  const style::Pieces::Tables& measures = setter.layout.pieces.tables;
  const auto fits = [&](Length gutter, const Column& in, bool narrow) {
    grid.gutter = gutter;
    return fit_columns(setter, grid, in, narrow);
  };
  grid.page_height = g.grid * g.lines;
  if (fits(measures.gutter, column, false) || fits(measures.gutter / 2, column, false)) return Place{column, {}};
  const TableGrid of_full_size = grid;
  const auto fits_narrow = [&](const Column& in) { return fits(measures.gutter / 2, in, true); };
  if (fits_narrow(column)) return Place{column, {}};
  if (!column.leaves || column.alone) return std::nullopt;
  if (measures.outer > Length{}) {
    Place wide{column, measures.outer};
    wide.column.measure += measures.outer;
    grid = of_full_size;
    if (fits(measures.gutter / 2, wide.column, false) || fits_narrow(wide.column)) return wide;
  }
  // A heading stays with its text, and stands on the turned page too.
  const Length kept = setter.list.kept_above();
  if (!measures.turned || kept * 2 > turned_height(g) || g.grid * g.lines < column.measure) return std::nullopt;
  Place turned{column, {}, true};
  turned.column.start = {};
  turned.column.measure = g.grid * g.lines;
  grid = of_full_size;
  grid.page_height = turned_height(g) - round_up(kept, g.grid);
  if (fits(measures.gutter, turned.column, false) || fits(measures.gutter / 2, turned.column, false) ||
      fits_narrow(turned.column)) {
    return turned;
  }
  return std::nullopt;
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
  const std::optional<Place> place = find_place(setter, grid, column);
  if (!place) {
    // No atom of the table has been added.
    setter.structure.roll_back(before);
    setter.cache.go_back_to(paragraph);
    setter.list.set_awaited(awaited);
    setter.foreign_seen = foreign_seen;
    return table_as_lists(setter, block, value, column);
  }
  if (place->turned) setter.list.go_on_in_new_chain(true);
  setter.list.reach_outward(place->outward);
  const Builder::Piece piece = setter.list.begin_piece();
  if (!value.caption.empty()) {
    caption(setter, block, value.caption, place->column, table, {}, 0);
    setter.list.keep(grid_line * 3);
    setter.list.space_after(setter.layout.style(StyleName::caption).before);
  }
  table_rows(setter, grid, place->column);
  setter.list.end_piece(piece, style::always_whole);
  setter.list.reach_outward({});
  if (place->turned) setter.list.go_on_in_new_chain(false);
  setter.list.space_after(grid_line);
  setter.first_paragraph = true;
}

}  // namespace epitome::typeset
