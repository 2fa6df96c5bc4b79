#include "reader/table_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "reader/tree.hpp"

namespace epitome::reader {

namespace {

using diag::Code;
using pugi::xml_node;

// A span that is not valid was reported as a value and counts as 1.
unsigned span_of(xml_node cell, const char* name) {
  const int value = cell.attribute(name).as_int(1);
  return value >= 1 && value <= 100 ? static_cast<unsigned>(value) : 1;
}

bool is_cell(xml_node node) { return std::string_view(node.name()) == "td" || std::string_view(node.name()) == "th"; }

}  // namespace

void check_grid(xml_node table, Faults& faults) {
  std::size_t width = 0;  // of the first row
  for (const char* section_name : {"thead", "tbody"}) {
    const xml_node section = table.child(section_name);
    struct Reach {
      unsigned rows = 0;  // that a cell above still covers
      xml_node cell;
    };
    std::vector<Reach> columns;
    for (const xml_node row : section.children("tr")) {
      std::vector<bool> filled(columns.size());
      for (std::size_t i = 0; i < columns.size(); ++i) {
        filled[i] = columns[i].rows != 0;
        if (columns[i].rows != 0) --columns[i].rows;
      }
      std::size_t column = 0;
      for (const xml_node cell : row.children()) {
        if (!is_cell(cell)) continue;
        while (column < filled.size() && filled[column]) ++column;
        for (unsigned k = span_of(cell, "colspan"); k > 0; --k, ++column) {
          if (column >= filled.size()) {
            filled.resize(column + 1);
            columns.resize(column + 1);
          }
          if (filled[column]) {
            faults.add(Code::E0213, name_span(cell), "this cell overlaps one that spans rows from above",
                       {"make its colspan smaller, or the rowspan of the cell above"});
            return;
          }
          filled[column] = true;
          columns[column] = {span_of(cell, "rowspan") - 1, cell};
        }
      }
      const auto count = static_cast<std::size_t>(std::count(filled.begin(), filled.end(), true));
      if (width == 0) width = count;
      if (count != width) {
        faults.add(Code::E0213, name_span(row),
                   fmt::format("this row and the first differ in columns: {} and {}", count, width),
                   {"every row of a table fills the same number; an empty cell is <td/>"});
        return;  // the rows below would be measured by a wrong one
      }
    }
    for (const Reach& reach : columns) {
      if (reach.rows == 0) continue;
      faults.add(Code::E0213, name_span(reach.cell),
                 fmt::format("this cell spans rows beyond the end of <{}>", section_name),
                 {"make its rowspan smaller"});
      return;
    }
  }
}

}  // namespace epitome::reader
