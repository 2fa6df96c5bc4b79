// Columns of numbers: their figures stand below one another, units below units, whatever follows these.
#include <algorithm>
#include <string_view>

#include "diag/utf8.hpp"
#include "typeset/blocks/tables.hpp"

namespace epitome::typeset {

namespace {

using model::ColumnAlign;

constexpr std::u32string_view marks = U".,٫٬'’", dashes = U"–—-−…?";

bool is_in(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

bool is_digit(char32_t c) {
  // European, Arabic, Persian and the larger Indic scripts' figures.
  for (const char32_t zero : {U'0', U'٠', U'۰', U'०', U'০', U'௦', U'๐'})
    if (c >= zero && c < zero + 10) return true;
  return false;
}

// A cell's text as a number: signs, figures with marks between them, a unit of one sign; in brackets, as accounts have
// what is lost.
struct Number {
  bool is_number = false, is_empty = false;  // empty: nothing, or a dash that stands for it
  std::size_t figures_end = 0;               // bytes
  std::size_t last_mark = 0;                 // of the last mark among the figures; 0: there is none
  char32_t mark = 0;
  int behind = 0;  // figures after it
  bool several = false, two_kinds = false;
  bool less_than_one = false;  // the figures before the mark are a zero
};

Number read_number(std::string_view text) {
  Number number;
  bool only_dashes = true;
  int figures = 0;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    const std::size_t next = at + static_cast<std::size_t>(c.length);
    only_dashes = only_dashes && (is_in(dashes, c.value) || c.value == U' ');
    if (is_digit(c.value)) {
      // What stood behind figures was no unit.
      if (figures > 0 && number.figures_end != at && !is_in(marks, before) && !is_in(U" \u00A0\u202F\u2009", before))
        return {};
      if (number.mark == 0) number.less_than_one = figures == 0 && c.value == U'0';
      ++figures;
      if (number.mark != 0) ++number.behind;
      number.figures_end = next;
    } else if (is_in(marks, c.value) && figures > 0 && number.figures_end == at) {
      number.several = number.several || number.mark != 0;
      number.two_kinds = number.two_kinds || (number.mark != 0 && number.mark != c.value);
      number.mark = c.value;
      number.last_mark = at;
      number.behind = 0;
    } else if (!is_in(U" \u00A0\u202F\u2009+-−–±<>≈~%‰٪°€$£¥₹()\u2060", c.value)) {
      return {};
    }
    before = c.value;
    at = next;
  }
  number.is_empty = figures == 0 && only_dashes;
  number.is_number = figures > 0 && (number.mark == 0 || number.behind > 0);
  return number;
}

std::string text_of(const TableCell& cell) {
  std::string text;
  for (const text::TextSpan& span : cell.spans)
    if (!span.style.superior) text += span.text;
  return text;
}

// The mark before a column's decimals. Marks before thousands stand before three figures, and may come again.
char32_t decimal_mark(const std::vector<Number>& numbers) {
  for (const Number& number : numbers)
    if (number.is_number && number.mark != 0 && number.two_kinds) return number.mark;
  for (const Number& number : numbers) {
    if (number.is_number && number.mark != 0 && !number.several && (number.behind != 3 || number.less_than_one))
      return number.mark;
  }
  return 0;
}

// What of the cell stands behind its units, as wide as it is set.
Length tail_of(Setter& setter, const TableCell& cell, std::size_t from, const Column& column) {
  std::vector<text::TextSpan> tail;
  for (text::TextSpan span : cell.spans) {
    const std::size_t cut = span.style.superior ? 0 : std::min(from, span.text.size());
    from -= cut;
    span.text.erase(0, cut);
    if (!span.text.empty()) tail.push_back(std::move(span));
  }
  if (tail.empty()) return {};
  const text::ParagraphShape form = setter.shape(setter.layout.style(cell.style), column.measure, cell.direction);
  return setter.cache.extent({std::move(tail), form}, cell.cell->attributes.span).max;
}

}  // namespace

void find_numbers(Setter& setter, TableGrid& grid, const Column& column) {
  grid.tails.assign(static_cast<std::size_t>(grid.columns), std::nullopt);
  const auto columns = static_cast<std::size_t>(grid.columns);
  std::vector<std::vector<TableCell*>> in_column(columns);
  // A cell over several columns is none of theirs.
  for (TableCell& cell : grid.cells) {
    if (cell.style != StyleName::table_head && cell.across() == 1) {
      in_column[static_cast<std::size_t>(cell.column)].push_back(&cell);
    }
  }
  for (std::size_t c = 0; c < columns; ++c) {
    const std::vector<TableCell*>& cells = in_column[c];
    std::vector<Number> numbers;
    bool all = grid.align[c] == ColumnAlign::automatic || grid.align[c] == ColumnAlign::end;
    for (const TableCell* const cell : cells) {
      numbers.push_back(read_number(text_of(*cell)));
      all = all && cell->style == StyleName::cell && (numbers.back().is_number || numbers.back().is_empty);
    }
    const bool any = std::any_of(numbers.begin(), numbers.end(), [](const Number& n) { return n.is_number; });
    if (!all || !any) continue;
    const char32_t mark = decimal_mark(numbers);
    Length widest;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Number& number = numbers[i];
      if (!number.is_number) continue;
      const bool has_decimals = number.mark != 0 && (number.mark == mark || number.mark == U'٫');
      cells[i]->tail = tail_of(setter, *cells[i], has_decimals ? number.last_mark : number.figures_end, column);
      widest = std::max(widest, cells[i]->tail);
    }
    // An empty cell's dash stands where the units do.
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (!numbers[i].is_number) cells[i]->tail = {};
    grid.tails[c] = widest;
  }
}

}  // namespace epitome::typeset
