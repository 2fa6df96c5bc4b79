#include "reader/table_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/table.hpp"
#include "reader/build.hpp"
#include "reader/tree.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

namespace {

using diag::Code;

// A span that is not valid was reported as a value and counts as 1.
int span_of(Node cell, const char* name) {
  const int value = attribute_number(cell, name);
  return value >= 1 && value <= 100 ? value : 1;
}

bool is_cell(Node node) { return node.name() == "td" || node.name() == "th"; }

// Whether rows fill the same number of columns, `width`; reports the first fault.
bool check_rows(Node table, std::size_t& width, Faults& faults) {
  for (const char* section_name : {"thead", "tbody"}) {
    const Node section = table.child(section_name);
    model::TableColumns columns;
    std::vector<Node> cells;
    for (const Node row : section.children("tr")) {
      columns.begin_row();
      for (const Node cell : row.children()) {
        if (!is_cell(cell)) continue;
        columns.add(span_of(cell, "colspan"), span_of(cell, "rowspan"));
        cells.push_back(cell);
        if (!columns.overlaps()) continue;
        faults.add(Code::E0213, cell.span(), "this cell overlaps one that spans rows from above",
                   {"make its colspan smaller, or the rowspan of the cell above"});
        return false;
      }
      const std::size_t count = columns.covered();
      if (width == 0) width = count;
      if (count != width) {
        faults.add(Code::E0213, row.span(),
                   fmt::format("this row and the first differ in columns: {} and {}", count, width),
                   {"every row of a table fills the same number; an empty cell is <td/>"});
        return false;  // the rows below would be measured by a wrong one
      }
    }
    for (const model::TableColumns::Reach& reach : columns.reaches()) {
      if (reach.rows == 0) continue;
      faults.add(Code::E0213, cells[reach.cell].span(),
                 fmt::format("this cell spans rows beyond the end of <{}>", section_name),
                 {"make its rowspan smaller"});
      return false;
    }
  }
  return true;
}

}  // namespace

void check_grid(Node table, Faults& faults) {
  std::size_t width = 0;  // of the first row
  if (!check_rows(table, width, faults) || !table.has_attribute("align")) return;
  const std::string align = collapsed(table.attribute("align"));
  const auto words = static_cast<std::size_t>(std::count(align.begin(), align.end(), ' ')) + 1;
  if (!align.empty() && words != width)
    faults.add(Code::E0213, table.value_span("align"),
               fmt::format("the table has {} columns, and align a word for {}", width, words),
               {"write one for each column: auto, start, center or end"});
}
}  // namespace epitome::reader
