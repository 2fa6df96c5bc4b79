// A table's rows as atoms. What a page turn must not part is one atom: the head, a row, rows that a cell joins. What is
// higher than half a page, and a row of some lines, is an atom a line: the page breaker turns pages in it only where it
// must.
#include <algorithm>
#include <utility>

#include "typeset/blocks/tables.hpp"

namespace epitome::typeset {

namespace {

class TableRows {
 public:
  TableRows(Setter& setter, const TableGrid& grid, const Column& column)
      : setter_(setter),
        grid_(grid),
        column_(column),
        measures_(setter.layout.pieces.tables),
        page_(grid.page_height) {}

  void write() {
    measure();
    const std::vector<Group> groups = find_groups();
    edges();
    for (std::size_t i = 0; i < groups.size(); ++i) add_group(groups, i);
    setter_.list.finish_on_grid();
  }

 private:
  // A row's lines stand in slots, so that those of its cells are beside each other.
  struct Row {
    std::size_t first = 0, end = 0;      // its cells
    std::vector<const TableCell*> last;  // the cells that end here and began in a row above
    std::vector<Length> slots;
    Length more;  // height below them and the padding
  };
  struct Group {
    std::size_t first = 0, last = 0;  // rows
    bool high = false;                // more than half of what the head leaves of a page, with its notes
    bool divided = false;             // into an atom a slot
  };
  // A slot in a group, from the group's top.
  struct Slot {
    std::size_t row = 0;
    Length begin, foot;  // where its atom begins; of the line
  };
  struct Slots {
    std::vector<Slot> all;
    std::vector<std::size_t> first;  // of each row of the group
    Length height;
  };

  const style::Layout& layout() const { return setter_.layout; }
  static std::size_t number(int value) { return static_cast<std::size_t>(value); }
  static std::size_t line_count(const TableCell& cell) { return cell.lines ? cell.lines->size() : 0; }
  Length leading(const TableCell& cell) const {
    return grid_.narrow ? measures_.narrow_leading : layout().style(cell.style).leading;
  }
  Length line_height(const TableCell& cell, std::size_t line) const {
    return leading(cell) + (*cell.lines)[line].more_height(leading(cell));
  }
  Length height(const Row& row) const {
    Length height = measures_.row_padding * 2 + row.more;
    for (const Length slot : row.slots) height += slot;
    return height;
  }
  Length height(std::size_t first, std::size_t last) const {
    Length sum;
    for (std::size_t r = first; r <= last; ++r) sum += height(rows_[r]);
    return sum;
  }
  void at_least(Row& row, Length least) const { row.more += std::max(Length{}, least - height(row)); }

  // Finds how high rows are when nothing is divided. A cell that is higher than its rows adds to the last of them.
  void measure() {
    rows_.resize(number(grid_.rows));
    for (std::size_t i = 0; i < grid_.cells.size(); ++i) {
      const TableCell& cell = grid_.cells[i];
      Row& row = rows_[number(cell.row)];
      if (row.end == 0) row.first = i;
      row.end = i + 1;
      if (cell.last_row() > cell.row) {
        rows_[number(cell.last_row())].last.push_back(&cell);
      } else {
        add_slots(row.slots, cell, 0);
      }
    }
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      Row& row = rows_[r];
      const Length least = layout().style(StyleName::cell).leading;
      if (row.slots.empty()) row.slots.push_back(least);
      at_least(row, least + measures_.row_padding * 2);
      for (const TableCell* cell : row.last) {
        Length need = measures_.row_padding * 2;
        for (std::size_t i = 0; i < line_count(*cell); ++i) need += line_height(*cell, i);
        if (r > 0) need -= height(number(cell->row), r - 1);
        at_least(row, need);
      }
    }
  }

  // The cell's lines from the one that stands in the first slot.
  void add_slots(std::vector<Length>& slots, const TableCell& cell, std::size_t line) const {
    for (std::size_t i = 0; line < line_count(cell); ++i, ++line) {
      if (i == slots.size()) slots.emplace_back();
      slots[i] = std::max(slots[i], line_height(cell, line));
    }
  }

  // Rows that stay together. The head is repeated on each page only if it leaves half of the page free.
  std::vector<Group> find_groups() {
    std::vector<Group> groups;
    const std::size_t head_rows = number(grid_.head_rows);
    if (head_rows > 0) {
      const Length head = height(0, head_rows - 1);
      repeated_ = head <= page_ / 2 ? head : Length{};
      groups.push_back({0, head_rows - 1, head > page_ / 2, head > page_ / 2});
    }
    std::vector<std::size_t> joined(rows_.size());  // the last row that a cell joins to this one
    for (std::size_t r = 0; r < rows_.size(); ++r) joined[r] = r;
    for (const TableCell& cell : grid_.cells) {
      std::size_t& last = joined[number(cell.row)];
      last = std::max(last, number(cell.last_row()));
    }
    for (std::size_t r = head_rows; r < rows_.size();) {
      Group group{r, r, false, false};
      for (; r <= group.last; ++r) group.last = std::max(group.last, joined[r]);
      group.high = takes(group) > (page_ - repeated_) / 2;
      // A single row can be divided without moving its lines.
      group.divided = group.high || (group.first == group.last && rows_[group.first].slots.size() >= least_lines());
      groups.push_back(group);
    }
    for (const Group& group : groups) {
      if (group.divided) share_slots(group);
    }
    return groups;
  }

  // A row with so many lines can be divided so that no line is alone.
  std::size_t least_lines() const {
    return number(layout().pieces.lines_before_turn + layout().pieces.lines_after_turn);
  }

  // The height of a group and of its notes.
  Length takes(const Group& group) const {
    Box box;
    for (std::size_t c = rows_[group.first].first; c < grid_.cells.size() && number(grid_.cells[c].row) <= group.last;
         ++c) {
      const TableCell& cell = grid_.cells[c];
      for (std::size_t i = 0; i < line_count(cell); ++i) add_notes(setter_.flow, box, (*cell.lines)[i]);
    }
    Length sum = height(group.first, group.last);
    for (const int lines : *box.notes) sum += layout().style(StyleName::footnote).leading * lines;
    return sum;
  }

  // Puts the lines of cells that span rows into these rows' slots, too, so that a page turn between slots meets no
  // line.
  void share_slots(const Group& group) {
    const Length least = layout().style(StyleName::cell).leading + measures_.row_padding * 2;
    for (std::size_t r = group.first; r <= group.last; ++r) {
      rows_[r].more = {};
      for (const TableCell* cell : rows_[r].last) {
        std::size_t line = 0;
        for (std::size_t above = number(cell->row); above < r; ++above) {
          for (Length& slot : rows_[above].slots) {
            if (line < line_count(*cell)) slot = std::max(slot, line_height(*cell, line++));
          }
        }
        add_slots(rows_[r].slots, *cell, line);
      }
      at_least(rows_[r], least);
    }
  }

  Slots slots(const Group& group) const {
    Slots slots;
    for (std::size_t r = group.first; r <= group.last; ++r) {
      const Length top = slots.height;
      slots.first.push_back(slots.all.size());
      Length begin = top, foot = top + measures_.row_padding;
      for (const Length height : rows_[r].slots) {
        foot += height;
        slots.all.push_back({r, std::exchange(begin, foot), foot});
      }
      slots.height = top + height(rows_[r]);
    }
    return slots;
  }

  RuleBox rule(Length top, Length thickness) const {
    return {column_.start, top - thickness / 2, column_.measure, thickness, layout().ink, {}, {}};
  }

  // What is drawn at the heads and feet of pages.
  void edges() {
    strip_ = static_cast<std::uint32_t>(setter_.flow.strips.size());
    Strip strip;
    strip.repeat.emplace_back(rule({}, measures_.rule_heavy));
    if (repeated_ > Length{}) {
      const Group head{0, number(grid_.head_rows) - 1, false, false};
      for (std::vector<Content>& contents : contents(head, slots(head), true)) {
        for (Content& content : contents) strip.repeat.push_back(std::move(content));
      }
      strip.repeat.emplace_back(rule(repeated_, measures_.rule_head));
    }
    strip.foot_edge.emplace_back(rule({}, measures_.rule_heavy));
    setter_.flow.strips.push_back(std::move(strip));
  }

  // The contents of a group's atoms, in the order of the document.
  std::vector<std::vector<Content>> contents(const Group& group, const Slots& slots, bool artifact) {
    std::vector<std::vector<Content>> contents(group.divided ? slots.all.size() : 1);
    for (std::size_t r = group.first; r <= group.last; ++r) {
      const std::size_t first = slots.first[r - group.first];
      const Length top = group.divided ? Length{} : slots.all[first].begin;
      std::vector<Content>& begin = contents[group.divided ? first : 0];
      if (!artifact && grid_.row_destinations[r] != none) begin.emplace_back(Anchor{grid_.row_destinations[r], top});
      for (std::size_t c = rows_[r].first; c < rows_[r].end; ++c) {
        const TableCell& cell = grid_.cells[c];
        if (!artifact) begin.emplace_back(Attach{cell.element});
        const std::string& id = cell.cell->attributes.id;
        if (!artifact && !id.empty()) begin.emplace_back(Anchor{setter_.structure.destination(id), top});
        lines(cell, group, slots, artifact, contents);
      }
    }
    return contents;
  }

  void lines(const TableCell& cell, const Group& group, const Slots& slots, bool artifact,
             std::vector<std::vector<Content>>& contents) const {
    const std::size_t first = slots.first[number(cell.row) - group.first];
    const bool on_its_own = !group.divided && cell.last_row() > cell.row;  // not in the slots of the rows it spans
    Length foot = slots.all[first].begin + measures_.row_padding;
    for (std::uint32_t i = 0; i < line_count(cell); ++i) {
      const Length height = line_height(cell, i);
      foot = on_its_own ? foot + height : slots.all[first + i].foot;
      const std::size_t atom = group.divided ? first + i : 0;
      const Length top = group.divided ? slots.all[atom].begin : Length{};
      contents[atom].emplace_back(TextBox{cell.lines, i, cell.start, cell.width,
                                          foot - top - setter_.list.drop(leading(cell)), height,
                                          artifact ? ArtifactKind::layout : ArtifactKind::none});
    }
  }

  void add_group(const std::vector<Group>& groups, std::size_t number_of_group) {
    const Group& group = groups[number_of_group];
    const bool head = group.first < number(grid_.head_rows);
    const Slots slots = this->slots(group);
    std::vector<std::int64_t> costs = turn_costs(group, slots);
    costs.front() = group_turn_cost(groups, number_of_group);
    keep_rows_company(groups, number_of_group, slots, costs);
    std::vector<std::vector<Content>> contents = this->contents(group, slots, false);
    const auto identity = static_cast<std::uint32_t>(setter_.list.chain().atoms.size());
    for (std::size_t i = 0; i < contents.size(); ++i) {
      const bool last = i + 1 == contents.size(), begins = i == 0 || slots.all[i].row != slots.all[i - 1].row;
      const Length height = (last ? slots.height : slots.all[i + 1].begin) - slots.all[i].begin;
      Atom& atom = setter_.list.add(height, {}, costs[i]);
      Box& box = setter_.list.chain().boxes.back();
      atom.strip = strip_;
      if (group.divided) atom.group = identity;
      if (group.first > 0 || i > 0) box.head_above = repeated_ + (begins ? Length{} : measures_.row_padding);
      if (group.first == 0 && i == 0) atom.contents.emplace_back(rule({}, measures_.rule_heavy));
      for (Content& content : contents[i]) {
        const auto* text = std::get_if<TextBox>(&content);
        if (text != nullptr) add_notes(setter_.flow, box, (*text->lines)[text->line]);
        atom.contents.push_back(std::move(content));
      }
      if (head && last) atom.contents.emplace_back(rule(height, measures_.rule_head));
    }
  }

  std::size_t first_body() const { return grid_.head_rows > 0 ? 1 : 0; }

  // The cost of a page turn before a group.
  std::int64_t group_turn_cost(const std::vector<Group>& groups, std::size_t number_of_group) const {
    if (number_of_group <= first_body())
      return number_of_group == first_body() && first_body() > 0 ? PageCosts::stranded : 0;
    // One row alone on either page reads like a mistake.
    const bool alone_before = number_of_group == first_body() + 1 && !groups[first_body()].high;
    const bool alone_after = number_of_group + 1 == groups.size() && !groups.back().high;
    return alone_before || alone_after ? PageCosts::lone_row : 0;
  }

  // The same inside of a divided group that begins or ends the table's body.
  void keep_rows_company(const std::vector<Group>& groups, std::size_t number_of_group, const Slots& slots,
                         std::vector<std::int64_t>& costs) const {
    const std::size_t count = slots.all.size();
    for (std::size_t i = 1; groups[number_of_group].divided && i < count; ++i) {
      if (slots.all[i].row == slots.all[i - 1].row) continue;
      const bool alone_before = number_of_group == first_body() && i < least_lines();
      const bool alone_after = number_of_group + 1 == groups.size() && count - i < least_lines();
      if (alone_before || alone_after) costs[i] = std::max(costs[i], PageCosts::lone_row);
    }
  }

  // The costs of page turns before the slots of a divided group.
  std::vector<std::int64_t> turn_costs(const Group& group, const Slots& slots) const {
    std::vector<std::int64_t> costs(slots.all.size(), PageCosts::rows_parted);
    for (std::size_t r = group.first; r <= group.last; ++r) {
      const bool fits = repeated_ + height(rows_[r]) <= page_;
      for (std::size_t c = rows_[r].first; c < rows_[r].end; ++c) {
        const TableCell& cell = grid_.cells[c];
        const auto count = static_cast<int>(line_count(cell));
        for (int i = 1; group.divided && i < count; ++i) {
          const std::int64_t line = line_turn_cost(layout(), i, count, (*cell.lines)[number(i - 1)].hyphenated);
          std::int64_t& cost = costs[slots.first[r - group.first] + number(i)];
          cost = std::max(
              cost, line + (fits && cell.last_row() == cell.row ? PageCosts::row_divided : PageCosts::rows_parted));
        }
      }
    }
    return costs;
  }

  Setter& setter_;
  const TableGrid& grid_;
  const Column& column_;
  const style::Pieces::Tables& measures_;
  const Length page_;
  std::vector<Row> rows_;
  Length repeated_;  // height of the head where it is repeated; 0: it isn't
  std::uint32_t strip_ = none;
};

}  // namespace

void table_rows(Setter& setter, const TableGrid& grid, const Column& column) {
  TableRows(setter, grid, column).write();
}

}  // namespace epitome::typeset
