// How wide a table's columns are, from the widths of its words; each cell is set to those that it spans.
#include <algorithm>
#include <numeric>

#include "typeset/blocks/tables.hpp"

namespace epitome::typeset {

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

// About how many lines the table's rows have in all, set so wide: a line loses a part of a long word. Cells over
// several rows or columns find their room.
std::int64_t about_lines(const TableGrid& grid, const std::vector<Length>& widths) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(grid.rows), 1);
  for (const TableCell& cell : grid.cells) {
    if (cell.spans.empty() || cell.across() > 1 || cell.last_row() > cell.row) continue;
    const Length width = widths[static_cast<std::size_t>(cell.column)];
    if (cell.extent.max <= width) continue;
    const Length full = std::max(width - cell.extent.min / 3, Length::from_raw(1));
    std::int64_t& lines = rows[static_cast<std::size_t>(cell.row)];
    lines = std::max(lines, (cell.extent.max.raw() + full.raw() - 1) / full.raw());
  }
  return std::accumulate(rows.begin(), rows.end(), std::int64_t{0});
}

// Equal shares leave much text in a column as narrow as little in another: shares by what the columns want are mixed in
// as far as fewer lines come of it.
std::vector<Length> mixed(const TableGrid& grid, const std::vector<Length>& least, const std::vector<Length>& most,
                          std::vector<Length> equal) {
  Length given, wanted;
  for (std::size_t i = 0; i < least.size(); ++i) {
    given += equal[i] - least[i];
    wanted += std::max(Length{}, most[i] - least[i]);
  }
  if (wanted <= given) return equal;
  std::vector<Length> by_want(least), best(equal);
  for (std::size_t i = 0; i < least.size(); ++i) {
    const std::int64_t permille = (most[i] - least[i]).raw() * 1000 / wanted.raw();
    by_want[i] += given.scaled(std::max<std::int64_t>(permille, 0), 1000);
  }
  std::int64_t fewest = about_lines(grid, equal);
  constexpr std::int64_t steps = 8;
  for (std::int64_t step = 1; step <= steps; ++step) {
    std::vector<Length> widths(equal);
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] += (by_want[i] - equal[i]) * step / steps;
    const std::int64_t lines = about_lines(grid, widths);
    if (lines >= fewest) continue;
    fewest = lines;
    best = std::move(widths);
  }
  return best;
}

// The room for what other numbers have behind their units stands at the right.
void align_number(TableCell& cell, Length widest, const Column& column) {
  if (cell.style == StyleName::table_head) return;
  const Length room = widest - cell.tail;
  cell.width -= room;
  if (column.page == model::Direction::rtl) cell.start += room;
}

// As the source says, in terms of the table's own direction. `from`: where the cell's column begins.
void align(const TableGrid& grid, TableCell& cell, Length from, const Column& column, text::ParagraphShape& form) {
  using enum model::ColumnAlign;
  const auto at = static_cast<std::size_t>(cell.column);
  const model::ColumnAlign wish = grid.align[at];
  if (wish == automatic) return;
  if (wish == center) {
    form.alignment = style::Alignment::centre;
    return;
  }
  if (wish == end) {
    // The common edge is no farther from where the column begins than it must be.
    cell.width = std::min(cell.width, grid.wanted[at]);
    cell.start = column.at(from, cell.width);
    form.measure = cell.width;
  }
  const bool mirrored = cell.direction != column.direction;
  form.alignment = (wish == end) != mirrored ? style::Alignment::end : style::Alignment::start;
}

void set_cells(Setter& setter, TableGrid& grid, const std::vector<Length>& widths, const Column& column) {
  std::vector<Length> starts;
  Length next;
  for (const Length width : widths) {
    starts.push_back(next);
    next += width + grid.gutter;
  }
  for (TableCell& cell : grid.cells) {
    const auto first = static_cast<std::size_t>(cell.column),
               last = first + static_cast<std::size_t>(cell.across()) - 1;
    cell.width = starts[last] + widths[last] - starts[first];
    cell.start = column.at(starts[first], cell.width);
    if (cell.spans.empty()) continue;
    const TextStyle& style = setter.layout.style(cell.style);
    text::ParagraphShape form = setter.shape(style, cell.width, cell.direction);
    if (const std::optional<Length>& tail = grid.tails[first]; tail && cell.across() == 1) {
      // Numbers and their heads have a common right edge, no farther from where the column begins than it must be.
      cell.width = std::min(cell.width, grid.wanted[first]);
      cell.start = column.at(starts[first], cell.width);
      align_number(cell, *tail, column);
      form.measure = cell.width;
      form.alignment = cell.direction == model::Direction::rtl ? style::Alignment::start : style::Alignment::end;
    } else if (cell.across() == 1) {
      align(grid, cell, starts[first], column, form);
    }
    // The next column's text stands a tenth of its size off at least.
    form.hang_most = grid.gutter - style.size / 10;
    cell.lines = setter.set(cell.spans, form, cell.cell->attributes.span);
  }
}

}  // namespace

bool fit_columns(Setter& setter, TableGrid& grid, const Column& column, bool narrow) {
  const style::Pieces::Tables& measures = setter.layout.pieces.tables;
  const Length gutter = grid.gutter;
  const auto columns = static_cast<std::size_t>(grid.columns);
  if (columns == 0) return true;
  std::vector<Length> least(columns), most(columns);
  if (narrow) {
    for (TableCell& cell : grid.cells) {
      for (text::TextSpan& span : cell.spans) span.style.size = std::min(span.style.size, measures.narrow_size);
    }
  }
  find_numbers(setter, grid, column);
  // Columns are as wide as their own cells want; a cell over several asks for what these lack, in equal shares.
  const auto ask = [&](TableCell& cell, bool spanning) {
    const int across = cell.across();
    if (cell.spans.empty() || (across > 1) != spanning) return;
    const text::Paragraph paragraph{cell.spans,
                                    setter.shape(setter.layout.style(cell.style), column.measure, cell.direction)};
    text::Typesetter::Extent& extent = cell.extent;
    extent = setter.cache.extent(paragraph, cell.cell->attributes.span);
    if (const auto& tail = grid.tails[static_cast<std::size_t>(cell.column)];
        tail && across == 1 && cell.style == StyleName::cell) {
      extent.min += *tail - cell.tail;
      extent.max += *tail - cell.tail;
    }
    Length other_least = gutter * (across - 1), other_most = other_least;
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
    for (TableCell& cell : grid.cells) ask(cell, spanning);
  }
  grid.wanted = most;
  Length available = column.measure - gutter * (grid.columns - 1);
  Length needed;
  for (const Length width : least) needed += width;
  if (needed > available) return false;
  const bool row_heads = std::any_of(grid.cells.begin(), grid.cells.end(), [](const TableCell& c) {
    return c.column == 0 && c.style == StyleName::row_head;
  });
  std::vector<Length> widths;
  if (row_heads && columns > 1) {
    // As wide as it likes where the others can be so too, or up to the layout's width for such columns.
    Length others_like;
    for (std::size_t i = 1; i < columns; ++i) others_like += most[i];
    const Length free = std::max(measures.first_column, available - others_like);
    const Length first = std::min(std::max(least[0], std::min(most[0], free)), available - (needed - least[0]));
    widths = share({least.begin() + 1, least.end()}, {most.begin() + 1, most.end()}, available - first);
    widths.insert(widths.begin(), first);
  } else {
    widths = share(least, most, available);
  }
  grid.narrow = narrow;
  widths = mixed(grid, least, most, std::move(widths));
  set_cells(setter, grid, widths, column);
  return true;
}

}  // namespace epitome::typeset
