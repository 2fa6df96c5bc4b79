// Lists, and the labels before the items of any list.
#include <algorithm>

#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

Labels labels(Setter& setter, const std::vector<LabelText>& texts, StyleName style, const Column& column) {
  Labels made;
  for (const LabelText& item : texts) {
    const Column own = inner(column, *item.attributes);
    made.lines.push_back(setter.cache.one_line(setter.generated(item.text + " ", setter.state(style, own, none)),
                                               own.direction, item.attributes->span));
    made.width = std::max(made.width, whole_width(made.lines.back()->front()));
    made.at_end = made.at_end || item.text.size() != texts.front().text.size();
  }
  return made;
}

Length room_of(Setter& setter, const Labels& labels, StyleName items) {
  const TextStyle& style = setter.layout.style(items);
  return labels.width + setter.cache.widest_start_hang(*setter.faces[style.face], style.size);
}

void label(Setter& setter, const Labels& labels, std::size_t item, std::size_t first, const Column& column,
           StyleName style, std::uint32_t element) {
  const std::shared_ptr<const Lines>& lines = labels.lines[item];
  for (const text::PlacedRun& run : lines->front().runs) setter.flow.tags[run.tag].element = element;
  const Length from = labels.at_end ? labels.width - whole_width(lines->front()) : Length{};
  const Length width = natural_width(lines->front());
  setter.list.beside(first, lines, column.at(from, width), width, setter.layout.style(style));
}

namespace {

std::vector<LabelText> marks_of(const Setter& setter, const model::List& list) {
  std::vector<LabelText> marks;
  int number = list.start;
  for (const model::ListItem& item : list.items) {
    marks.push_back(
        {list.ordered ? style::written_number(setter.language, number++) + "." : setter.layout.pieces.lists.marker,
         &item.attributes});
  }
  return marks;
}

}  // namespace

void set_block(Setter& setter, const model::Block& block, const model::List& value, const Column& column) {
  const style::Pieces& pieces = setter.layout.pieces;
  const TextStyle& style = setter.layout.style(column.style == StyleName::text ? StyleName::list_item : column.style);
  const StyleName item_style = column.style == StyleName::text ? StyleName::list_item : column.style;
  const std::uint32_t list =
      setter.structure.element(page::Role::l, column.element, column.lang_around, &block.attributes);
  setter.flow.elements[list].numbering =
      value.ordered ? page::Element::Numbering::decimal : page::Element::Numbering::unordered;
  const std::size_t first = setter.list.chain().boxes.size();
  const bool nested = column.list_depth > 0;
  bool spaced = false;
  const Labels markers = labels(setter, marks_of(setter, value), item_style, column);
  const Length hang = std::max(pieces.lists.hang, room_of(setter, markers, item_style));
  Column narrower = setter.narrowed(column, hang, {}, block.attributes.span);
  Column marked = narrower;
  marked.start = narrower.at(-hang, hang);
  marked.measure = hang;
  narrower.style = narrower.first_style = item_style;
  ++narrower.list_depth;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const model::ListItem& item = value.items[i];
    setter.announce(item.attributes);
    Column inside = inner(narrower, item.attributes);
    const std::uint32_t entry = setter.structure.element(page::Role::li, list, column.lang, &item.attributes);
    const std::uint32_t marker = setter.structure.element(page::Role::lbl, entry);
    inside.element = setter.structure.element(page::Role::lbody, entry);
    const std::size_t start = setter.list.chain().boxes.size();
    set_blocks(setter, item.content, inside);
    Length height;
    for (std::size_t box = start; box < setter.list.chain().boxes.size(); ++box)
      height += setter.list.chain().boxes[box].height;
    spaced = spaced || height > style.leading * pieces.lists.spaced_over;
    label(setter, markers, i, start, marked, item_style, marker);
  }
  setter.first_paragraph = true;
  if (!spaced || nested || first >= setter.list.chain().boxes.size()) return;
  Box& head = setter.list.chain().boxes[first];
  head.before = std::max(head.before, pieces.list.before);
  setter.list.space_after(pieces.list.after);
}

}  // namespace epitome::typeset
