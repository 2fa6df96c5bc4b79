// Titles of parts, and headings in them.
#include <algorithm>

#include "typeset/parts/parts.hpp"

namespace epitome::typeset {

void introduction(Setter& setter, const model::Blocks& blocks, const Column& column) {
  if (blocks.empty()) return;
  set_blocks(setter, blocks, column);
  setter.list.space_after(setter.layout.geometry.grid);
}

RuleBox picked_line(const Setter& setter, Length baseline) {
  const style::Pieces::PickedLine& p = setter.layout.pieces.picked_line;
  return {{}, baseline - p.rise - p.thickness / 2, p.width, p.thickness, setter.accent(), {}, {}};
}

Length run_on_baseline(const Setter& setter) {
  const style::Geometry& g = setter.layout.geometry;
  return g.grid * setter.layout.pieces.opener.picked_on_line - g.first_baseline_drop;
}

namespace {

Length height_of(const Lines& lines, const TextStyle& style) {
  return style.leading * static_cast<std::int64_t>(lines.size()) + style.after;
}

// In the largest of four sizes in which the title has that room; in the smallest if it has it in none.
std::pair<std::shared_ptr<const Lines>, StyleName> title_lines(Setter& setter, const book::Section& section,
                                                               const Column& column, std::uint32_t h1, Length room) {
  const Structure::Mark mark = setter.structure.mark();
  const std::size_t number = setter.cache.next_number();
  const std::set<std::string> foreign_seen = setter.foreign_seen;
  std::pair<std::shared_ptr<const Lines>, StyleName> made;
  for (const StyleName name :
       {StyleName::part_title, StyleName::chapter_title, StyleName::headline, StyleName::text_first}) {
    if (made.first) {
      setter.structure.roll_back(mark);
      setter.cache.go_back_to(number);
      setter.foreign_seen = foreign_seen;
    }
    const TextStyle& style = setter.layout.style(name);
    TextPlace at{setter.structure.place(section.id), 0};
    made = {setter.set(setter.spans(section.title, setter.state(name, column, h1), at),
                       setter.shape(style, column.measure, column.direction), {}),
            name};
    if (height_of(*made.first, style) <= room) break;
  }
  return made;
}

}  // namespace

void part_title(Setter& setter, const book::Section& section, const Column& column) {
  const style::Geometry& g = setter.layout.geometry;
  const style::Pieces& pieces = setter.layout.pieces;
  const std::uint32_t h1 = setter.structure.element(page::Role::h1, column.element);
  const std::uint32_t target = setter.structure.destination(section.id);
  const Length above = g.grid * (pieces.opener.picked_on_line + pieces.opener.empty_after_picked);
  const Length room = g.grid * g.lines - above;
  const auto [lines, name] = title_lines(setter, section, column, h1, room);
  const TextStyle& style = setter.layout.style(name);
  // What the page has no room for goes on on the next one.
  const auto count = static_cast<std::int64_t>(lines->size());
  const std::int64_t most = std::max<std::int64_t>(1, room.raw() / style.leading.raw());
  const std::int64_t fitting =
      count <= most ? count : std::clamp<std::int64_t>(count - pieces.lines_after_turn, 1, most);
  Atom& first = setter.list.add(above + style.leading * fitting, g.grid * pieces.run_on.empty_before);
  setter.list.anchor(first, target);
  first.opens = true;
  first.contents.emplace_back(picked_line(setter, run_on_baseline(setter)));
  setter.list.chain().boxes.back().opens = true;
  for (std::uint32_t i = 0; i < lines->size(); ++i) {
    const bool further = i >= fitting;
    const std::int64_t turn_cost = line_turn_cost(setter.layout, static_cast<int>(i), static_cast<int>(count), false);
    Atom& atom = further ? setter.list.add(style.leading, {}, turn_cost) : setter.list.chain().atoms.back();
    const Length foot = further ? style.leading : above + style.leading * (static_cast<std::int64_t>(i) + 1);
    atom.contents.emplace_back(TextBox{lines, i, column.start, column.measure, foot - setter.list.drop(style.leading),
                                       style.leading, ArtifactKind::none});
    add_notes(setter.flow, setter.list.chain().boxes.back(), (*lines)[i]);
  }
  Box& last = setter.list.chain().boxes.back();
  const Length below = style.after + g.grid * pieces.run_on.empty_after_title;
  if (fitting == count) {
    const Length left = room - style.leading * count;
    last.height += std::clamp(left, Length{}, below);
    last.head_below = std::clamp(left - below, Length{},
                                 g.grid * (pieces.opener.empty_after_title - pieces.run_on.empty_after_title));
  } else {
    last.height += below;
  }
  const bool runs_on = setter.list.chain().boxes.size() > 1;
  setter.list.keep(g.grid * (runs_on ? std::max(pieces.run_on.lines_min, style.keep_with_next) : style.keep_with_next));
  setter.list.title_ends();
  setter.structure.outline(0, setter.inputs.book.listed(section.title), target);
}

std::size_t heading(Setter& setter, StyleName name, const model::Inlines& title, std::string_view id,
                    const Column& column, diag::Span span) {
  const TextStyle& style = setter.layout.style(name);
  const std::uint32_t made = setter.structure.element(page::Role::h2, column.element);
  const std::uint32_t target = setter.structure.destination(id);
  setter.list.await(target);
  TextPlace at{setter.structure.place(id), 0};
  const std::size_t first = setter.paragraph(setter.spans(title, setter.state(name, column, made), at),
                                             {name, false, column.start, column.measure}, column, style.before, span);
  setter.list.keep_together(first, PageCosts::stranded);
  setter.list.keep(setter.layout.style(StyleName::text).leading * style.keep_with_next);
  setter.list.space_after(style.after);
  setter.structure.outline(1, setter.inputs.book.listed(title), target);
  return first;
}

}  // namespace epitome::typeset
