#include <string>
#include <utility>

#include "model/table.hpp"
#include "typeset/blocks/tables.hpp"

namespace epitome::typeset {

namespace {

void append(std::vector<text::TextSpan>& to, std::vector<text::TextSpan> more) {
  for (text::TextSpan& span : more) to.push_back(std::move(span));
}

// A table that is wider than the measure: the heads in a line, then each row a list of "head: value".
class TableAsLists {
 public:
  TableAsLists(Setter& setter, const model::Block& block, const model::Table& table, const Column& column)
      : setter_(setter), block_(block), table_(table), column_(column) {}

  void write() {
    const Length grid = setter_.layout.geometry.grid;
    if (!table_.caption.empty()) {
      const std::uint32_t p = element(page::Role::p);
      TextPlace at{setter_.structure.place(block_.id), 0};
      head_line(setter_.spans(table_.caption, setter_.state(StyleName::caption, column_, p), at), StyleName::caption);
    }
    const std::size_t atoms_before = setter_.list.chain().atoms.size();
    for (const model::Row& row : table_.head) head(row);
    const std::uint32_t list = element(page::Role::l);
    setter_.flow.elements[list].numbering = page::Element::Numbering::none;
    const std::vector<std::vector<const model::Cell*>> heads = model::naming_heads(table_);
    for (std::size_t r = 0; r < table_.body.size(); ++r) row(table_.body[r], heads[r], list);
    // Destinations of rows without text land where the table ends.
    if (setter_.list.chain().atoms.size() > atoms_before) setter_.list.land_awaited();
    setter_.list.finish_on_grid();
    setter_.list.space_after(grid);
    setter_.first_paragraph = true;
  }

 private:
  std::uint32_t element(page::Role role) {
    return setter_.structure.element(role, column_.element, column_.lang_around, &block_.attributes);
  }

  // A line that stays with what follows.
  void head_line(std::vector<text::TextSpan> spans, StyleName style) {
    setter_.paragraph(std::move(spans), {style, false, column_.start, column_.measure}, column_, {},
                      block_.attributes.span);
    setter_.list.finish_on_grid();
    setter_.list.keep(setter_.layout.geometry.grid * 2);
  }

  void head(const model::Row& row) {
    const std::string comma(style::joint(setter_.language.label("attribution"), "a", "b"));
    setter_.announce(row.attributes);
    const std::uint32_t p = element(page::Role::p);
    std::vector<text::TextSpan> all;
    for (const model::Cell& cell : row.cells) {
      if (cell.content.empty()) continue;
      setter_.announce(cell.attributes);
      const Column own = inner(column_, cell.attributes);
      TextPlace at{setter_.structure.place(cell.id), 0};
      if (!all.empty()) append(all, setter_.generated(comma, setter_.state(StyleName::table_head, column_, p)));
      append(all, setter_.spans(cell.content, setter_.state(StyleName::table_head, own, p), at));
    }
    if (!all.empty()) head_line(std::move(all), StyleName::table_head);
  }

  // `heads`: the cell that names each of the row's, or null.
  void row(const model::Row& row, const std::vector<const model::Cell*>& heads, std::uint32_t list) {
    setter_.announce(row.attributes);
    const std::uint32_t entry = setter_.structure.element(page::Role::li, list, column_.lang, &row.attributes);
    std::uint32_t body = none;
    const Builder::Piece piece = setter_.list.begin_piece();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const model::Cell& cell = row.cells[i];
      setter_.announce(cell.attributes);
      if (cell.content.empty()) continue;
      if (cell.scope == model::Scope::row && i == 0) {
        row_head(cell, entry);
        continue;
      }
      if (body == none) body = setter_.structure.element(page::Role::lbody, entry);
      value(cell, heads[i], body);
    }
    // A row stays whole, or its values would stand without what they are of.
    setter_.list.end_piece(piece, setter_.layout.geometry.lines / 2);
    setter_.list.space_after(setter_.layout.pieces.pair.after);
  }

  void row_head(const model::Cell& cell, std::uint32_t entry) {
    const Column own = inner(column_, cell.attributes);
    TextPlace at{setter_.structure.place(cell.id), 0};
    const std::uint32_t label = setter_.structure.element(page::Role::lbl, entry, column_.lang, &cell.attributes);
    setter_.paragraph(setter_.spans(cell.content, setter_.state(StyleName::headline, own, label), at),
                      {StyleName::headline, false, own.start, own.measure}, own, {}, cell.attributes.span);
    setter_.list.keep(setter_.layout.geometry.grid);
  }

  void value(const model::Cell& cell, const model::Cell* head, std::uint32_t body) {
    const Column own = inner(column_, cell.attributes);
    TextPlace at{setter_.structure.place(cell.id), 0};
    const std::uint32_t p = setter_.structure.element(page::Role::p, body, column_.lang, &cell.attributes);
    std::vector<text::TextSpan> all;
    if (head != nullptr) {
      const std::string colon(style::joint(setter_.language.label("pair"), "name", "value"));
      all = setter_.generated(setter_.inputs.book.told(head->content) + colon,
                              setter_.state(StyleName::term, inner(column_, head->attributes), p));
    }
    append(all, setter_.spans(cell.content, setter_.state(StyleName::definition, own, p), at));
    const Column hung = setter_.narrowed(own, setter_.layout.pieces.lists.hang, {}, cell.attributes.span);
    setter_.paragraph(std::move(all), {StyleName::definition, false, hung.start, hung.measure}, own, {},
                      cell.attributes.span);
  }

  Setter& setter_;
  const model::Block& block_;
  const model::Table& table_;
  const Column& column_;
};

}  // namespace

void table_as_lists(Setter& setter, const model::Block& block, const model::Table& table, const Column& column) {
  TableAsLists(setter, block, table, column).write();
}

}  // namespace epitome::typeset
