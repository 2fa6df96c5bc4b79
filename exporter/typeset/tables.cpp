// Tables: columns found from the widths of words, rows whole, heads repeated; too wide: smaller, then a list.
#include <algorithm>
#include <utility>

#include "model/table.hpp"
#include "typeset/collect.hpp"
#include "typeset/settle.hpp"

namespace epitome::typeset {

struct Collector::TableCell {
  const model::Cell* cell = nullptr;
  int row = 0, column = 0;
  std::uint32_t element = none;
  StyleName style = StyleName::cell;
  model::Direction direction = model::Direction::ltr;
  std::vector<text::TextSpan> spans;
  std::shared_ptr<const Lines> lines;
};

struct Collector::TableGrid {
  int columns = 0, rows = 0, head_rows = 0;
  std::vector<TableCell> cells;                 // in document order
  std::vector<std::uint32_t> row_destinations;  // none: without id
  std::vector<Length> starts, widths;
  bool narrow = false;
};

namespace {

// Widths for columns that need at least `least` and would like `most`, together `available`. Wide ones get equal
// shares; what a column doesn't need goes to the others.
std::vector<Length> share(const std::vector<Length>& least, const std::vector<Length>& most, Length available) {
  const std::size_t count = least.size();
  std::vector<Length> widths(count);
  std::vector<bool> fixed(count, false);
  Length left = available;
  auto open = static_cast<std::int64_t>(count);
  const auto fix = [&](const auto& wish) {
    bool changed = true;
    while (changed && open > 0) {
      changed = false;
      for (std::size_t i = 0; i < count; ++i) {
        if (fixed[i]) continue;
        const Length width = wish(i, left / open);
        if (width == left / open) continue;
        widths[i] = width;
        fixed[i] = true;
        left -= width;
        --open;
        changed = true;
        break;
      }
    }
  };
  fix([&](std::size_t i, Length equal) { return std::max(least[i], equal); });
  bool somebody_wants_more = false;
  for (std::size_t i = 0; i < count; ++i)
    somebody_wants_more = somebody_wants_more || (!fixed[i] && most[i] > left / std::max<std::int64_t>(open, 1));
  if (somebody_wants_more) {
    fix([&](std::size_t i, Length equal) { return most[i] < equal ? std::max(most[i], least[i]) : equal; });
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!fixed[i]) widths[i] = left / open;
  }
  return widths;
}

}  // namespace

Collector::TableGrid Collector::table_grid(const model::Table& table, const Column& column, std::uint32_t parent) {
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

bool Collector::fit_columns(TableGrid& grid, const Column& column, bool narrow) {
  const style::Pieces::Tables& measures = layout_.pieces.tables;
  const auto columns = static_cast<std::size_t>(grid.columns);
  if (columns == 0) return true;
  std::vector<Length> least(columns), most(columns);
  if (narrow) {
    for (TableCell& cell : grid.cells) {
      for (text::TextSpan& span : cell.spans) span.style.size = std::min(span.style.size, measures.narrow_size);
    }
  }
  // Columns are as wide as their own cells want; a cell over several asks for what these lack, in equal shares.
  const auto ask = [&](const TableCell& cell, bool spanning) {
    const int across = std::max(1, cell.cell->column_span);
    if (cell.spans.empty() || (across > 1) != spanning) return;
    const text::Paragraph paragraph{cell.spans, shape(layout_.style(cell.style), column.measure, cell.direction)};
    const text::Typesetter::Extent extent = cache_.extent(paragraph, cell.cell->attributes.span);
    Length other_least = measures.gutter * (across - 1), other_most = other_least;
    for (int c = cell.column; c < cell.column + across; ++c) {
      other_least += least[static_cast<std::size_t>(c)];
      other_most += most[static_cast<std::size_t>(c)];
    }
    const auto shared = [&](Length lack) { return std::max(Length{}, lack + Length::from_raw(across - 1)) / across; };
    for (int c = cell.column; c < cell.column + across; ++c) {
      least[static_cast<std::size_t>(c)] += shared(extent.min - other_least);
      most[static_cast<std::size_t>(c)] += shared(extent.max - other_most);
    }
  };
  for (const bool spanning : {false, true}) {
    for (const TableCell& cell : grid.cells) ask(cell, spanning);
  }
  Length available = column.measure - measures.gutter * (grid.columns - 1);
  Length needed;
  for (const Length width : least) needed += width;
  if (needed > available) return false;
  const bool row_heads = std::any_of(grid.cells.begin(), grid.cells.end(), [](const TableCell& c) {
    return c.column == 0 && c.style == StyleName::row_head;
  });
  if (row_heads && columns > 1) {
    const Length others = needed - least[0];
    const Length first = std::min(std::max(measures.first_column, least[0]), available - others);
    grid.widths = share({least.begin() + 1, least.end()}, {most.begin() + 1, most.end()}, available - first);
    grid.widths.insert(grid.widths.begin(), first);
  } else {
    grid.widths = share(least, most, available);
  }
  Length start = column.start;
  grid.starts.clear();
  for (const Length width : grid.widths) {
    grid.starts.push_back(start);
    start += width + measures.gutter;
  }
  grid.narrow = narrow;
  for (TableCell& cell : grid.cells) {
    if (cell.spans.empty()) continue;
    const auto first = static_cast<std::size_t>(cell.column);
    const auto last = static_cast<std::size_t>(cell.column + std::max(1, cell.cell->column_span) - 1);
    const Length width = grid.starts[last] + grid.widths[last] - grid.starts[first];
    cell.lines = set(cell.spans, shape(layout_.style(cell.style), width, cell.direction), cell.cell->attributes.span);
  }
  return true;
}

void Collector::table_rows(TableGrid& grid, const Column& column) {
  const style::Pieces::Tables& measures = layout_.pieces.tables;
  const auto rows = static_cast<std::size_t>(grid.rows);
  const auto leading = [&](const TableCell& cell) {
    return grid.narrow ? measures.narrow_leading : layout_.style(cell.style).leading;
  };
  const auto last_row = [&](const TableCell& cell) {
    return std::min(rows - 1, static_cast<std::size_t>(cell.row + std::max(1, cell.cell->row_span) - 1));
  };
  std::vector<Length> heights(rows, layout_.style(StyleName::cell).leading + measures.row_padding * 2);
  std::vector<std::size_t> joined(rows);  // the last row that must stand on the same page
  for (std::size_t r = 0; r < rows; ++r) joined[r] = r;
  const auto need = [&](const TableCell& cell) {
    const auto count = static_cast<std::int64_t>(cell.lines ? cell.lines->size() : 0);
    return leading(cell) * count + measures.row_padding * 2;
  };
  for (const TableCell& cell : grid.cells) {
    const auto row = static_cast<std::size_t>(cell.row);
    if (last_row(cell) == row) heights[row] = std::max(heights[row], need(cell));
    joined[row] = std::max(joined[row], last_row(cell));
  }
  for (const TableCell& cell : grid.cells) {
    Length height;
    for (auto r = static_cast<std::size_t>(cell.row); r <= last_row(cell); ++r) height += heights[r];
    if (height < need(cell)) heights[last_row(cell)] += need(cell) - height;
  }

  const auto strip_index = static_cast<std::uint32_t>(flow_.strips.size());
  flow_.strips.emplace_back();
  const auto rule = [&](Length top, Length thickness) {
    return RuleBox{column.start, top - thickness / 2, column.measure, thickness, layout_.ink, {}, {}};
  };
  // The contents of rows first to last, as if their top were at 0.
  const auto draw = [&](std::size_t first, std::size_t last, bool artifact, std::vector<Content>& out) {
    Length top;
    for (std::size_t r = first; r <= last; ++r) {
      if (!artifact && grid.row_destinations[r] != none) out.emplace_back(Anchor{grid.row_destinations[r], top});
      for (const TableCell& cell : grid.cells) {
        if (static_cast<std::size_t>(cell.row) != r) continue;
        if (!artifact) out.emplace_back(Attach{cell.element});
        const std::string& id = cell.cell->attributes.id;
        if (!artifact && !id.empty()) out.emplace_back(Anchor{destination(id), top});
        const Length line_height = leading(cell);
        for (std::uint32_t i = 0; cell.lines && i < cell.lines->size(); ++i) {
          const Length foot = top + measures.row_padding + line_height * (i + 1);
          const auto column_index = static_cast<std::size_t>(cell.column);
          const auto last_column = column_index + static_cast<std::size_t>(std::max(1, cell.cell->column_span)) - 1;
          const Length width = grid.starts[last_column] + grid.widths[last_column] - grid.starts[column_index];
          out.emplace_back(TextBox{cell.lines, i, grid.starts[column_index], width, foot - drop(line_height),
                                   line_height, artifact ? ArtifactKind::layout : ArtifactKind::none});
        }
      }
      top += heights[r];
    }
    return top;
  };

  const auto head_rows = static_cast<std::size_t>(grid.head_rows);
  Length head_height;
  if (head_rows > 0) {
    std::vector<Content>& repeat = flow_.strips[strip_index].repeat;
    repeat.emplace_back(rule({}, measures.rule_heavy));
    head_height = draw(0, head_rows - 1, true, repeat);
    repeat.emplace_back(rule(head_height, measures.rule_head));
  }
  flow_.strips[strip_index].foot_edge.emplace_back(rule({}, measures.rule_heavy));
  flow_.strips[strip_index].first = static_cast<std::uint32_t>(chain().boxes.size());

  const std::size_t first_box = chain().boxes.size();
  std::size_t row = 0;
  while (row < rows) {
    std::size_t last = row < head_rows ? head_rows - 1 : joined[row];
    for (std::size_t r = row; r <= last; ++r) last = std::max(last, joined[r]);
    const bool head = row < head_rows;
    const bool second_body = chain().boxes.size() == first_box + (head_rows > 0 ? 2 : 1);
    std::int64_t cost = 0;
    if (!head && row == head_rows && head_rows > 0) cost = PageCosts::stranded;
    // One row alone on either page reads like a mistake.
    if (second_body || last + 1 == rows) cost = std::max(cost, row > head_rows ? PageCosts::widow : 0);
    Length height;
    for (std::size_t r = row; r <= last; ++r) height += heights[r];
    Atom& atom = add(height, {}, cost);
    atom.strip = strip_index;
    if (row == 0) atom.contents.emplace_back(rule({}, measures.rule_heavy));
    draw(row, last, false, atom.contents);
    if (head) atom.contents.emplace_back(rule(height, measures.rule_head));
    Box& box = chain().boxes.back();
    if (row > 0) box.head_above = head_height;
    std::vector<TextBox> texts;
    for (const Content& content : atom.contents) {
      if (const auto* text = std::get_if<TextBox>(&content)) texts.push_back(*text);
    }
    for (const TextBox& text : texts) add_marks(flow_, box, atom, text);
    row = last + 1;
  }
  finish_on_grid();
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
  const Length tallest = grid_line * layout_.geometry.lines;
  table_rows(grid, inside);
  end_piece(piece, style::always_whole);
  for (std::size_t i = piece.first; i < chain().boxes.size(); ++i) {
    if (chain().boxes[i].height > tallest) {
      sink_->report(diag::Code::W0604, block.attributes.span, "a row of a table is higher than a page",
                    {"divide the row, or say it in a list"});
    }
  }
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
