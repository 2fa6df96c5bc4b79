// What each kind of part does with its blocks.
#include "typeset/parts/parts.hpp"

#include <algorithm>

namespace epitome::typeset {

namespace {

// The tag of an atom's first text.
std::uint32_t tag_of(const Atom& atom) {
  for (const Content& content : atom.contents) {
    const auto* text = std::get_if<TextBox>(&content);
    if (text == nullptr) continue;
    const text::Line& line = (*text->lines)[text->line];
    if (!line.logical.empty()) return line.runs[line.logical.front()].tag;
  }
  return 0;
}

}  // namespace

void set_part(Setter& setter, const book::Section& section, const model::Hook& value, const Column& column) {
  const style::Geometry& g = setter.layout.geometry;
  const TextStyle& source_style = setter.layout.style(StyleName::hook_source);
  const std::uint32_t target = setter.structure.destination(section.id);
  const bool runs_on = setter.layout.front_runs_on;
  if (runs_on) {
    setter.list.finish_on_grid();
    setter.list.space_after(g.grid * (setter.layout.pieces.run_on.empty_before + 1));
    setter.list.await(target);
  } else {
    setter.list.chain().sink = g.grid * setter.layout.pieces.hook.sink_lines;
    setter.list.chain().bare = true;
    setter.list.add(g.grid).contents.emplace_back(picked_line(setter, g.grid - g.first_baseline_drop));
    setter.list.keep(g.grid * 2);
    setter.list.anchor(setter.list.chain().atoms.back(), target);
  }
  const std::size_t first = setter.list.chain().atoms.size();
  Column inside = column;
  inside.style = inside.first_style = StyleName::hook;
  const Length measure = setter.layout.style(StyleName::hook).measure;
  if (measure > Length{}) inside.measure = std::min(inside.measure, measure);
  set_blocks(setter, value.content, inside);
  if (runs_on && first < setter.list.chain().atoms.size()) {
    std::vector<Content>& contents = setter.list.chain().atoms[first].contents;
    // Here text stands in a title's place. Its leading is smaller than a title's, and the picked line stands higher by
    // the difference.
    const Length higher =
        setter.layout.style(StyleName::part_title).leading - setter.layout.style(StyleName::hook).leading;
    contents.insert(contents.begin(), picked_line(setter, run_on_baseline(setter) - std::max(Length{}, higher)));
  }
  if (value.source.empty()) return;
  TextPlace at{setter.structure.place(model::closing_place(section.id)), 0};
  setter.plain_paragraph(value.source, StyleName::hook_source, inside, at, source_style.before, PageCosts::stranded,
                         {});
}

void set_part(Setter& setter, const book::Section&, const model::About& value, const Column& column) {
  set_blocks(setter, value.content, column);
}

void set_part(Setter& setter, const book::Section&, const model::Overview& value, const Column& column) {
  set_blocks(setter, value.content, column);
}

void set_part(Setter& setter, const book::Section&, const model::Takeaways& value, const Column& column) {
  const style::Pieces& pieces = setter.layout.pieces;
  introduction(setter, value.introduction, column);
  std::vector<LabelText> numbers;
  for (const model::Takeaway& item : value.items) numbers.push_back({item.number, &item.attributes});
  const Labels numerals = labels(setter, numbers, StyleName::numeral, column);
  const Length hang = std::max(pieces.takeaway_column, room_of(setter, numerals, StyleName::headline));
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const model::Takeaway& item = value.items[i];
    Column inside = inner(column, item.attributes);
    inside.element = setter.structure.element(page::Role::sect, column.element, column.lang, &item.attributes);
    inside.measure -= hang;
    inside.start = column.at(hang, inside.measure);
    setter.list.space_after(pieces.takeaway.before);
    const Builder::Piece piece = setter.list.begin_piece();
    const std::size_t first =
        heading(setter, StyleName::headline, item.headline, item.id, inside, item.attributes.span);
    label(setter, numerals, i, first, column, StyleName::numeral,
          setter.flow.tags[tag_of(setter.list.chain().atoms[first])].element);
    set_blocks(setter, item.content, inside);
    setter.list.end_piece(piece, pieces.takeaway.whole_up_to);
    setter.list.space_after(pieces.takeaway.after);
  }
}

namespace {

Column definition_list(Setter& setter, const Column& column) {
  Column inside = column;
  inside.element = setter.structure.element(page::Role::l, column.element);
  setter.flow.elements[inside.element].numbering = page::Element::Numbering::none;
  return inside;
}

}  // namespace

// Cues to cut out stand on sheets of their own (cue_faces): cards in a book would be cut out of the backs of its text.
void set_part(Setter& setter, const book::Section&, const model::Cues& value, const Column& column) {
  introduction(setter, value.introduction, column);
  const Column inside = definition_list(setter, column);
  std::vector<Definition> items;
  for (const model::Cue& item : value.items) {
    items.push_back({&item.attributes, item.id, item.id, &item.prompt, nullptr, &item.answer});
  }
  definitions(setter, items, StyleName::cue_prompt, StyleName::cue_answer, setter.layout.pieces.definitions.cue_column,
              inside);
}

void set_part(Setter& setter, const book::Section&, const model::Story& value, const Column& column) {
  set_blocks(setter, value.introduction, column);
  for (const model::Chapter& chapter : value.chapters) {
    Column inside = inner(column, chapter.attributes);
    inside.element = setter.structure.element(page::Role::sect, column.element, column.lang, &chapter.attributes);
    if (setter.layout.chapters_open) {
      const Numbering numbering = setter.list.chain().numbering;
      setter.list.start_chain(chapter.id).numbering = numbering;
    }
    heading(setter, StyleName::chapter_title, chapter.title, chapter.id, inside, chapter.attributes.span);
    set_blocks(setter, chapter.content, inside);
  }
}

void set_part(Setter& setter, const book::Section&, const model::Questions& value, const Column& column) {
  const style::Pieces& pieces = setter.layout.pieces;
  introduction(setter, value.introduction, column);
  for (const model::Question& item : value.items) {
    Column inside = inner(column, item.attributes);
    inside.element = setter.structure.element(page::Role::sect, column.element, column.lang, &item.attributes);
    setter.list.space_after(pieces.question.before);
    const Builder::Piece piece = setter.list.begin_piece();
    heading(setter, StyleName::headline, item.question, item.id, inside, item.attributes.span);
    set_blocks(setter, item.answer, inside);
    setter.list.end_piece(piece, pieces.question.whole_up_to);
    setter.list.space_after(pieces.question.after);
  }
}

void set_part(Setter& setter, const book::Section&, const model::Comparison& value, const Column& column) {
  set_blocks(setter, value.content, column);
}

void set_part(Setter& setter, const book::Section&, const model::People& value, const Column& column) {
  introduction(setter, value.introduction, column);
  const Column inside = definition_list(setter, column);
  std::vector<Definition> items;
  for (const model::Person& item : value.items) {
    items.push_back({&item.attributes, item.id, item.id, &item.name, &item.description, nullptr});
  }
  definitions(setter, items, StyleName::term, StyleName::definition, setter.layout.pieces.definitions.term_column,
              inside);
}

void set_part(Setter& setter, const book::Section&, const model::Warnings& value, const Column& column) {
  introduction(setter, value.introduction, column);
  const Column inside = definition_list(setter, column);
  std::vector<Definition> items;
  for (const model::Warning& item : value.items) {
    items.push_back({&item.attributes, item.id, item.id, &item.term, nullptr, &item.places});
  }
  definitions(setter, items, StyleName::warning_term, StyleName::warning_place,
              setter.layout.pieces.definitions.warning_column, inside);
  if (!value.closing.empty()) {
    setter.list.space_after(setter.layout.geometry.grid);
    set_blocks(setter, value.closing, column);
  }
}

void set_part(Setter& setter, const book::Section&, const model::Discussion& value, const Column& column) {
  const style::Pieces& pieces = setter.layout.pieces;
  const TextStyle& style = setter.layout.style(StyleName::discussion_question);
  introduction(setter, value.introduction, column);
  const std::uint32_t list = setter.structure.element(page::Role::l, column.element);
  setter.flow.elements[list].numbering = page::Element::Numbering::decimal;
  std::vector<LabelText> numbers;
  for (const model::DiscussionQuestion& item : value.items) {
    numbers.push_back({style::written_number(setter.language, static_cast<int>(numbers.size()) + 1), &item.attributes});
  }
  const Labels numerals = labels(setter, numbers, StyleName::discussion_numeral, column);
  const Length hang = std::max(pieces.discussion_column, room_of(setter, numerals, StyleName::discussion_question));
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const model::DiscussionQuestion& item = value.items[i];
    Column inside = inner(column, item.attributes);
    const std::uint32_t entry = setter.structure.element(page::Role::li, list, column.lang, &item.attributes);
    const std::uint32_t numeral = setter.structure.element(page::Role::lbl, entry);
    inside.element = setter.structure.element(page::Role::lbody, entry);
    inside.measure -= hang;
    inside.start = column.at(hang, inside.measure);
    setter.announce(item.attributes);
    setter.list.space_after(style.before);
    TextPlace at{setter.structure.place(item.id), 0};
    const std::size_t first = setter.list.chain().boxes.size();
    setter.plain_paragraph(item.question, StyleName::discussion_question, inside, at, {}, 0, item.attributes.span);
    label(setter, numerals, i, first, column, StyleName::discussion_numeral, numeral);
    setter.list.keep_together(first, PageCosts::stranded);
    Atom& lines = setter.list.add(pieces.writing.pitch * pieces.writing.lines_min, {}, PageCosts::stranded);
    lines.contents.emplace_back(WritingLines{inside.start, inside.measure});
    Box& box = setter.list.chain().boxes.back();
    box.stretches = true;
    box.to_grid = true;
    setter.list.space_after(style.after);
  }
}

void set_part(Setter& setter, const book::Section& section, const model::Notes& value, const Column& column) {
  Column inside = column;
  inside.addresses = true;
  set_blocks(setter, value.content, inside);
  if (value.sources.empty()) return;
  if (!value.content.empty()) setter.list.space_after(setter.layout.geometry.grid);
  const std::uint32_t list = setter.structure.element(page::Role::l, column.element);
  setter.flow.elements[list].numbering = page::Element::Numbering::none;
  TextPlace at{setter.structure.place(model::closing_place(section.id)), 0};
  for (const model::Inlines& source : value.sources) {
    const std::uint32_t entry = setter.structure.element(page::Role::li, list);
    Column body = inside;
    body.element = setter.structure.element(page::Role::lbody, entry);
    setter.plain_paragraph(source, StyleName::source, body, at, {}, 0, {});
  }
}

void set_part(Setter& setter, const book::Section& section, const model::Brand& value, const Column& column) {
  brand_page(setter, section, &value.content, column);
}

}  // namespace epitome::typeset
