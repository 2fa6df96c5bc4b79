// Tables: their cells in document order; too wide: smaller, then a list.
#include "typeset/tables.hpp"

#include <utility>

#include "model/table.hpp"
#include "typeset/collect.hpp"

namespace epitome::typeset {

TableGrid Collector::table_grid(const model::Table& table, const Column& column, std::uint32_t parent) {
  TableGrid grid;
  grid.head_rows = static_cast<int>(table.head.size());
  std::vector<std::vector<bool>> taken;
  std::uint32_t group = none;
  const auto add_row = [&](const model::Row& row, int number) {
    const Column around = inner(column, row.attributes);
    const std::uint32_t tr = element(page::Role::tr, group, column.lang, &row.attributes);
    grid.row_destinations.push_back(row.attributes.id.empty() ? none : destination(row.attributes.id));
    int at = 0;
    for (const model::Cell& cell : row.cells) {
      const auto used = [&](int r, int c) {
        return r < static_cast<int>(taken.size()) && c < static_cast<int>(taken[static_cast<std::size_t>(r)].size()) &&
               taken[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
      };
      while (used(number, at)) ++at;
      const int down = std::max(1, cell.row_span), across = std::max(1, cell.column_span);
      for (int r = number; r < number + down; ++r) {
        if (static_cast<int>(taken.size()) <= r) taken.resize(static_cast<std::size_t>(r) + 1);
        auto& line = taken[static_cast<std::size_t>(r)];
        if (static_cast<int>(line.size()) < at + across) line.resize(static_cast<std::size_t>(at + across));
        for (int c = at; c < at + across; ++c) line[static_cast<std::size_t>(c)] = true;
      }
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
      made.element = element(head || cell.scope == model::Scope::row ? page::Role::th : page::Role::td, tr, around.lang,
                             &cell.attributes);
      page::Element& meant = flow_.elements[made.element];
      using ThScope = page::Element::ThScope;
      if (meant.role == page::Role::th) meant.scope = cell.scope == model::Scope::row ? ThScope::row : ThScope::column;
      meant.column_span = across;
      meant.row_span = down;
      TextPlace place_at{place(cell.id), 0};
      made.spans = spans(cell.content, state(made.style, own, made.element), place_at);
      grid.cells.push_back(std::move(made));
      at += across;
      grid.columns = std::max(grid.columns, at);
      grid.rows = std::max(grid.rows, number + down);
    }
    grid.rows = std::max(grid.rows, number + 1);
  };
  int number = 0;
  if (!table.head.empty()) group = element(page::Role::thead, parent);
  for (const model::Row& row : table.head) add_row(row, number++);
  group = element(page::Role::tbody, parent);
  for (const model::Row& row : table.body) add_row(row, number++);
  grid.rows = number;  // a span can't reach below the last row
  return grid;
}

void Collector::block_value(const model::Block& block, const model::Table& value, const Column& column) {
  const Length grid_line = layout_.geometry.grid;
  const Written before = written();
  space_after(grid_line);
  const std::uint32_t table = element(page::Role::table, column.element, column.lang_around, &block.attributes);
  Column inside = column;
  TableGrid grid = table_grid(value, inside, table);
  if (!fit_columns(grid, inside, false) && !fit_columns(grid, inside, true)) {
    take_back(before);  // nothing of the table has been placed
    table_as_lists(block, value, column);
    return;
  }
  const Piece piece = begin_piece();
  if (!value.caption.empty()) {
    caption(block, value.caption, column, table, {}, 0);
    keep(grid_line * 3);
    space_after(layout_.style(StyleName::caption).before);
  }
  table_rows(grid, inside);
  end_piece(piece, style::always_whole);
  space_after(grid_line);
  first_paragraph_ = true;
}

// A table that is wider than the measure: the heads in a line, then each row a list of "head: value".
void Collector::table_as_lists(const model::Block& block, const model::Table& table, const Column& column) {
  const auto append = [](std::vector<text::TextSpan>& to, std::vector<text::TextSpan> more) {
    for (text::TextSpan& span : more) to.push_back(std::move(span));
  };
  if (!table.caption.empty()) {
    const std::uint32_t p = element(page::Role::p, column.element, column.lang_around, &block.attributes);
    TextPlace at{place(block.id), 0};
    ParagraphLook look{StyleName::caption, false, column.start, column.measure};
    paragraph(spans(table.caption, state(StyleName::caption, column, p), at), look, column, {}, block.attributes.span);
    finish_on_grid();
    keep(layout_.geometry.grid * 2);
  }
  const std::size_t atoms_before = chain().atoms.size();
  const std::string comma(style::joint(language_.label("attribution"), "a", "b"));
  for (const model::Row& row : table.head) {
    announce(row.attributes);
    const std::uint32_t p = element(page::Role::p, column.element, column.lang_around, &block.attributes);
    std::vector<text::TextSpan> all;
    for (const model::Cell& cell : row.cells) {
      if (cell.content.empty()) continue;
      announce(cell.attributes);
      const Column own = inner(column, cell.attributes);
      TextPlace at{place(cell.id), 0};
      if (!all.empty()) append(all, generated(comma, state(StyleName::table_head, column, p)));
      append(all, spans(cell.content, state(StyleName::table_head, own, p), at));
    }
    if (all.empty()) continue;
    paragraph(std::move(all), {StyleName::table_head, false, column.start, column.measure}, column, {},
              block.attributes.span);
    finish_on_grid();
    keep(layout_.geometry.grid * 2);
  }
  const std::string colon(style::joint(language_.label("pair"), "name", "value"));
  const std::vector<std::vector<const model::Cell*>> heads = model::naming_heads(table);
  const std::uint32_t list = element(page::Role::l, column.element, column.lang_around, &block.attributes);
  flow_.elements[list].numbering = page::Element::Numbering::none;
  for (std::size_t r = 0; r < table.body.size(); ++r) {
    const model::Row& row = table.body[r];
    announce(row.attributes);
    const std::uint32_t entry = element(page::Role::li, list, column.lang, &row.attributes);
    std::uint32_t body = none;
    const Piece piece = begin_piece();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const model::Cell& cell = row.cells[i];
      announce(cell.attributes);
      if (cell.content.empty()) continue;
      const Column own = inner(column, cell.attributes);
      TextPlace at{place(cell.id), 0};
      if (cell.scope == model::Scope::row && i == 0) {
        const std::uint32_t label = element(page::Role::lbl, entry, column.lang, &cell.attributes);
        paragraph(spans(cell.content, state(StyleName::headline, own, label), at),
                  {StyleName::headline, false, own.start, own.measure}, own, {}, cell.attributes.span);
        keep(layout_.geometry.grid);
        continue;
      }
      if (body == none) body = element(page::Role::lbody, entry);
      const std::uint32_t p = element(page::Role::p, body, column.lang, &cell.attributes);
      std::vector<text::TextSpan> all;
      if (const model::Cell* const head = heads[r][i]) {
        all =
            generated(display_text(head->content) + colon, state(StyleName::term, inner(column, head->attributes), p));
      }
      append(all, spans(cell.content, state(StyleName::definition, own, p), at));
      const Column hung = narrowed(own, layout_.pieces.lists.hang, {}, cell.attributes.span);
      paragraph(std::move(all), {StyleName::definition, false, hung.start, hung.measure}, own, {},
                cell.attributes.span);
    }
    end_piece(piece, layout_.pieces.question.whole_up_to);
    space_after(layout_.pieces.pair.after);
  }
  // What has no text, as an empty last row, is where the table ends.
  if (chain().atoms.size() > atoms_before) {
    for (const std::uint32_t empty : std::exchange(awaiting_, {})) anchor(chain().atoms.back(), empty);
  }
  finish_on_grid();
  space_after(layout_.geometry.grid);
  first_paragraph_ = true;
}

}  // namespace epitome::typeset
