// The flow of a chain, and the blocks that are paragraphs in one way or another.
#include <algorithm>
#include <utility>

#include "typeset/collect.hpp"
#include "typeset/settle.hpp"

namespace epitome::typeset {

// ---- the flow -----------------------------------------------------------------------------------

Chain& Collector::start_chain(std::string_view place) {
  Chain& made = flow_.chains.emplace_back();
  made.place = place;
  pending_space_ = {};
  kept_ = {};
  pending_turn_cost_ = 0;
  first_paragraph_ = true;
  title_before_ = false;
  return made;
}

// Every style's baseline meets the grid: it stands as far above its line's foot as the grid's does, and in
// proportion where the leading is smaller than a grid line.
Length Collector::drop(Length leading) const {
  const style::Geometry& g = layout_.geometry;
  return leading >= g.grid ? g.first_baseline_drop : g.first_baseline_drop.scaled(leading.raw(), g.grid.raw());
}

Length Collector::up_to_grid(Length height) const {
  const std::int64_t grid = layout_.geometry.grid.raw();
  return Length::from_raw((height.raw() + grid - 1) / grid * grid);
}

Atom& Collector::add(Length height, Length before, std::int64_t turn_cost) {
  Chain& to = chain();
  Box box;
  box.height = height;
  box.before = title_before_ ? Length{} : std::max(before, pending_space_);
  box.turn_cost = std::max(turn_cost, pending_turn_cost_);
  if (kept_ > Length{}) box.keep_cost = PageCosts::stranded;
  kept_ -= height + box.before;
  pending_space_ = {};
  pending_turn_cost_ = 0;
  title_before_ = false;
  to.boxes.push_back(std::move(box));
  Atom& atom = to.atoms.emplace_back();
  atom.part = part_;
  for (const std::uint32_t destination : awaiting_) anchor(atom, destination);
  awaiting_.clear();
  return atom;
}

void Collector::space_after(Length after) { pending_space_ = std::max(pending_space_, after); }

void Collector::finish_on_grid() {
  if (!chain().boxes.empty()) chain().boxes.back().to_grid = true;
}

void Collector::keep(Length following) { kept_ = std::max(kept_, following); }

Length Collector::kept_above() const {
  Length height;
  if (kept_ <= Length{}) return height;
  const std::vector<Box>& boxes = chain().boxes;
  for (std::size_t i = boxes.size(); i-- > 0;) {
    height += boxes[i].height + boxes[i].head_below;
    if (boxes[i].parting() < PageCosts::stranded) break;
    height += boxes[i].before;
  }
  return height;
}

Collector::Piece Collector::begin_piece() { return {chain().boxes.size()}; }

void Collector::end_piece(const Piece& piece, int whole_up_to) {
  std::vector<Box>& boxes = chain().boxes;
  if (piece.first >= boxes.size() || whole_up_to == 0) return;
  Length height = boxes[piece.first].height;
  for (std::size_t i = piece.first + 1; i < boxes.size(); ++i) height += boxes[i].before + boxes[i].height;
  if (height > layout_.geometry.grid * std::min(whole_up_to, layout_.geometry.lines)) return;
  for (std::size_t i = piece.first + 1; i < boxes.size(); ++i) {
    boxes[i].keep_cost = std::max(boxes[i].keep_cost, PageCosts::piece_split);
  }
}

void Collector::anchor(Atom& atom, std::uint32_t destination, Length top) {
  atom.contents.emplace_back(Anchor{destination, top});
}

text::ParagraphShape Collector::shape(const TextStyle& style, Length measure, model::Direction direction) const {
  text::ParagraphShape shape;
  shape.measure = measure;
  shape.alignment = style.alignment;
  shape.hyphenate = style.hyphenate;
  shape.balance = style.balance;
  shape.optical_start = style.optical_start;
  shape.turnover_indent = style.turnover_indent;
  shape.direction = direction;
  return shape;
}

std::shared_ptr<const Lines> Collector::set(std::vector<text::TextSpan> spans, const text::ParagraphShape& shape,
                                            diag::Span place) {
  text::Paragraph paragraph{std::move(spans), shape};
  return cache_.lines(paragraph, place).lines;
}

std::size_t Collector::paragraph(std::vector<text::TextSpan> spans, const ParagraphLook& look, const Column& column,
                                 Length before, diag::Span place) {
  const TextStyle& style = layout_.style(look.style);
  text::ParagraphShape form = shape(style, look.measure, column.direction);
  if (look.indent) {
    const TextStyle& text = layout_.style(StyleName::text);
    form.first_line_indent = text.first_line_indent;
    if (language_.indent_ems > 0 && text.first_line_indent > Length{})
      form.first_line_indent = text.size * language_.indent_ems;
  }
  if (look.ragged) {
    form.alignment = style::Alignment::start;
    form.hyphenate = false;
  }
  const text::Paragraph text{std::move(spans), form};
  const ParagraphCache::Setting setting = cache_.lines(text, place);
  const std::size_t first = add_lines(setting.lines, style, look.start, look.measure, before, look.turn_cost);
  if (form.hyphenate && !form.balance) {  // text that runs, no title
    chain().paragraphs.push_back(
        {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(setting.lines->size()), setting.number, {}, 0});
  }
  return first;
}

std::size_t Collector::add_lines(const std::shared_ptr<const Lines>& lines, const TextStyle& style, Length start,
                                 Length measure, Length before, std::int64_t turn_cost) {
  const std::size_t first = chain().boxes.size();
  const auto count = static_cast<int>(lines->size());
  const Piece piece = begin_piece();
  bool grown = false;
  for (int i = 0; i < count; ++i) {
    const text::Line& line = (*lines)[static_cast<std::size_t>(i)];
    const std::int64_t cost =
        i == 0 ? turn_cost : line_turn_cost(layout_, i, count, (*lines)[static_cast<std::size_t>(i - 1)].hyphenated);
    const Length height = style.leading + line.annotation_height;
    grown = grown || line.annotation_height > Length{};
    Atom& atom = add(height, i == 0 ? before : Length{}, cost);
    const TextBox text{
        lines, static_cast<std::uint32_t>(i), start, measure, height - drop(style.leading), height, ArtifactKind::none};
    atom.contents.emplace_back(text);
    add_marks(flow_, chain().boxes.back(), chain().atoms.back(), text);
  }
  if (grown) finish_on_grid();
  end_piece(piece, style.whole_up_to);
  return first;
}

void Collector::beside(std::size_t first, const std::shared_ptr<const Lines>& lines, Length start, Length measure,
                       const TextStyle& style) {
  if (first >= chain().atoms.size()) add(style.leading, {}, PageCosts::widow);
  const auto find = [](const Atom& atom, const auto& what) {
    return std::find_if(atom.contents.begin(), atom.contents.end(), what);
  };
  const auto is_text = [](const Content& content) { return std::holds_alternative<TextBox>(content); };
  const auto is_picture = [](const Content& content) { return std::holds_alternative<PictureBox>(content); };
  // On the first text's baseline; beside a picture a line at its top.
  Length baseline = style.leading - drop(style.leading), below;
  for (std::size_t i = first; i < chain().atoms.size(); ++i) {
    const Atom& atom = chain().atoms[i];
    if (find(atom, is_picture) != atom.contents.end()) break;
    if (i > first) below += chain().boxes[i].before;
    if (const auto text = find(atom, is_text); text != atom.contents.end()) {
      baseline = below + std::get<TextBox>(*text).baseline;
      break;
    }
    below += chain().boxes[i].height;
  }
  Length height;  // of what it stands beside
  for (std::size_t i = first; i < chain().boxes.size(); ++i) {
    height += chain().boxes[i].height + (i > first ? chain().boxes[i].before : Length{});
  }
  const Length needed = baseline + style.leading * (static_cast<std::int64_t>(lines->size()) - 1) + drop(style.leading);
  for (; height < needed; height += style.leading) add(style.leading, {}, PageCosts::widow);
  // As many lines as no page parts belong to the first atom, so that they are read one after another; each other to the
  // atom that its baseline stands in, so that a page may turn between them.
  const auto together = static_cast<std::uint32_t>(layout_.pieces.lines_before_turn);
  Length top;  // of the atom, below the first one's
  std::size_t at = first;
  std::vector<TextBox> here;
  for (std::uint32_t i = 0; i < lines->size(); ++i, baseline += style.leading) {
    while (i >= together && baseline > top + chain().boxes[at].height) {
      put_in_front(at, std::exchange(here, {}));
      top += chain().boxes[at].height;
      if (++at == chain().boxes.size()) add(style.leading, {}, PageCosts::widow);
      top += chain().boxes[at].before;
      baseline = std::max(baseline, top + style.leading - drop(style.leading));
    }
    here.push_back({lines, i, start, measure, baseline - top, style.leading, ArtifactKind::none});
  }
  put_in_front(at, here);
}

// Lines that are read, with their notes, before all else in the atom; anchors stay in front.
void Collector::put_in_front(std::size_t at, const std::vector<TextBox>& lines) {
  Box& box = chain().boxes[at];
  Atom& atom = chain().atoms[at];
  const std::vector<int> notes = std::exchange(box.notes, {});
  const std::vector<std::uint32_t> note_indices = std::exchange(box.note_indices, {});
  for (const TextBox& line : lines) add_marks(flow_, box, atom, line);
  box.notes.insert(box.notes.end(), notes.begin(), notes.end());
  box.note_indices.insert(box.note_indices.end(), note_indices.begin(), note_indices.end());
  const auto behind = std::find_if(atom.contents.begin(), atom.contents.end(),
                                   [](const Content& content) { return !std::holds_alternative<Anchor>(content); });
  atom.contents.insert(behind, lines.begin(), lines.end());
}

Collector::Labels Collector::labels(const std::vector<LabelText>& texts, StyleName style, const Column& column) {
  Labels made;
  for (const LabelText& item : texts) {
    const Column own = inner(column, *item.attributes);
    made.lines.push_back(
        cache_.one_line(generated(item.text + " ", state(style, own, none)), own.direction, item.attributes->span));
    made.width = std::max(made.width, whole_width(made.lines.back()->front()));
    made.at_end = made.at_end || item.text.size() != texts.front().text.size();
  }
  return made;
}

void Collector::label(const Labels& labels, std::size_t item, std::size_t first, const Column& column, StyleName style,
                      std::uint32_t element) {
  const std::shared_ptr<const Lines>& lines = labels.lines[item];
  for (const text::PlacedRun& run : lines->front().runs) flow_.tags[run.tag].element = element;
  const Length from = labels.at_end ? labels.width - whole_width(lines->front()) : Length{};
  const Length width = natural_width(lines->front());
  beside(first, lines, column.at(from, width), width, layout_.style(style));
}

// ---- blocks -------------------------------------------------------------------------------------

void Collector::blocks(const model::Blocks& blocks, const Column& column) {
  first_paragraph_ = true;
  for (const model::Block& item : blocks) block(item, column);
}

void Collector::block(const model::Block& block, const Column& around) {
  announce(block.attributes);
  const Column column = inner(around, block.attributes);
  const bool text = std::holds_alternative<model::Paragraph>(block.value);
  if (!text && !first_paragraph_) pending_turn_cost_ = std::max(pending_turn_cost_, PageCosts::introduced);
  std::visit([&](const auto& value) { block_value(block, value, column); }, block.value);
}

void Collector::block_value(const model::Block& block, const model::Paragraph& value, const Column& column) {
  const std::uint32_t made = element(page::Role::p, column.element, column.lang_around, &block.attributes);
  TextPlace at{place(block.id), 0};
  spoiler_line(value.content, column, block.attributes.span);
  const bool first = first_paragraph_;
  first_paragraph_ = false;
  const bool indent = !first || (language_.indent_first && column.first_style == StyleName::text_first);
  ParagraphLook look{first ? column.first_style : column.style, indent, column.start, column.measure};
  paragraph(spans(value.content, state(look.style, column, made), at), look, column, {}, block.attributes.span);
  // Large print parts paragraphs by an empty line; what other styles ask for stands after all of a piece.
  if (column.style == StyleName::text) space_after(layout_.style(look.style).after);
}

void Collector::spoiler_line(const model::Inlines& paragraph, const Column& column, diag::Span span) {
  if (!model::holds_spoiler(paragraph)) return;
  // A full stop can't stand in an id of the document's.
  const std::string id = "spoiler." + std::to_string(spoilers_.size() + 1);
  spoilers_.push_back(id);
  const bool elsewhere = spoiler_elsewhere(labels_, id);
  Attributes attributes;
  attributes.lang = inputs_.book.document.edition.lang;
  attributes.dir = inputs_.book.document.edition.dir;
  const Column own = inner(column, attributes);
  const std::uint32_t p = element(page::Role::p, column.element, column.lang_around, &attributes);
  InlineState look = state(StyleName::label, own, p);
  look.hyphenate = false;
  std::string text = language_.label("spoiler");
  if (elsewhere) {
    text = style::fill(language_.label("spoiler.page"), {{"n", label_of(id)}});
    look.element = element(page::Role::link, p);
    look.link = static_cast<std::uint32_t>(flow_.links.size());
    flow_.links.push_back({destination_name(id), {}, language_.label("spoiler"), look.element});
  }
  const auto target = [&](const std::string& name, const std::string& of) {
    flow_.destinations.push_back({name, of});
    return static_cast<std::uint32_t>(flow_.destinations.size() - 1);
  };
  awaiting_.push_back(target({}, id + ".line"));
  next_spoiler_ = target(elsewhere ? destination_name(id) : std::string(), id);
  this->paragraph(generated(text, look), {StyleName::label, false, own.start, own.measure}, own, {}, span);
  keep(layout_.style(column.style).leading * layout_.pieces.lines_before_turn);
  first_paragraph_ = true;
}

void Collector::block_value(const model::Block& block, const model::List& value, const Column& column) {
  const style::Pieces& pieces = layout_.pieces;
  const TextStyle& style = layout_.style(column.style == StyleName::text ? StyleName::list_item : column.style);
  const StyleName item_style = column.style == StyleName::text ? StyleName::list_item : column.style;
  const std::uint32_t list = element(page::Role::l, column.element, column.lang_around, &block.attributes);
  flow_.elements[list].numbering =
      value.ordered ? page::Element::Numbering::decimal : page::Element::Numbering::unordered;
  const std::size_t first = chain().boxes.size();
  const bool nested = column.list_depth > 0;
  bool spaced = false;
  std::vector<LabelText> marks;
  int number = value.start;
  for (const model::ListItem& item : value.items) {
    marks.push_back(
        {value.ordered ? style::written_number(language_, number++) + "." : pieces.lists.marker, &item.attributes});
  }
  const Labels markers = labels(marks, item_style, column);
  const Length hang = std::max(pieces.lists.hang, markers.width);
  Column narrower = narrowed(column, hang, {}, block.attributes.span);
  Column marked = narrower;
  marked.start = narrower.at(-hang, hang);
  marked.measure = hang;
  narrower.style = narrower.first_style = item_style;
  ++narrower.list_depth;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const model::ListItem& item = value.items[i];
    announce(item.attributes);
    Column inside = inner(narrower, item.attributes);
    const std::uint32_t entry = element(page::Role::li, list, column.lang, &item.attributes);
    const std::uint32_t marker = element(page::Role::lbl, entry);
    inside.element = element(page::Role::lbody, entry);
    const std::size_t start = chain().boxes.size();
    blocks(item.content, inside);
    Length height;
    for (std::size_t box = start; box < chain().boxes.size(); ++box) height += chain().boxes[box].height;
    spaced = spaced || height > style.leading * pieces.lists.spaced_over;
    label(markers, i, start, marked, item_style, marker);
  }
  first_paragraph_ = true;
  if (!spaced || nested || first >= chain().boxes.size()) return;
  Box& head = chain().boxes[first];
  head.before = std::max(head.before, pieces.list.before);
  space_after(pieces.list.after);
}

void Collector::block_value(const model::Block& block, const model::DefinitionList& value, const Column& column) {
  const std::uint32_t list = element(page::Role::l, column.element, column.lang_around, &block.attributes);
  flow_.elements[list].numbering = page::Element::Numbering::none;
  Column inside = column;
  inside.element = list;
  std::vector<Definition> items;
  for (const model::Definition& item : value.items) {
    items.push_back({&item.attributes, item.definition_id, item.term_id, &item.term, &item.definition, nullptr});
  }
  space_after(layout_.pieces.list.before);
  definitions(items, StyleName::term, StyleName::definition, layout_.pieces.definitions.term_column, inside);
  space_after(layout_.pieces.list.after);
  first_paragraph_ = true;
}

void Collector::definitions(const std::vector<Definition>& items, StyleName term_style, StyleName definition_style,
                            Length term_column, const Column& column) {
  const style::Pieces& pieces = layout_.pieces;
  const TextStyle& term_look = layout_.style(term_style);
  const bool stacked =
      pieces.definitions.stacked || column.measure - term_column - pieces.definitions.gutter < least_measure() * 2;
  for (const Definition& item : items) {
    announce(*item.attributes);
    Column around = inner(column, *item.attributes);
    const std::uint32_t entry = element(page::Role::li, column.element, column.lang, item.attributes);
    const std::uint32_t label = element(page::Role::lbl, entry);
    Column inside = around;
    inside.style = inside.first_style = definition_style;
    inside.element = element(page::Role::lbody, entry);
    if (!stacked) inside = narrowed(inside, term_column + pieces.definitions.gutter, {}, item.attributes->span);
    const Piece piece = begin_piece();
    const std::size_t start = chain().boxes.size();
    TextPlace term_at{place(item.term_id), 0};
    auto term_spans = spans(*item.term, state(term_style, around, label), term_at);
    std::shared_ptr<const Lines> term_lines;
    if (!stacked) {
      const std::size_t before = cache_.next_number();
      term_lines = set(term_spans, shape(term_look, term_column, around.direction), item.attributes->span);
      // A term with a word wider than its column stands above.
      const auto too_wide = [](const text::Line& line) { return line.overfull || line.divided; };
      if (std::any_of(term_lines->begin(), term_lines->end(), too_wide)) {
        cache_.go_back_to(before);
        term_lines = nullptr;
      }
    }
    if (!term_lines) {
      paragraph(std::move(term_spans), {term_style, false, column.start, column.measure}, around, {},
                item.attributes->span);
      keep(term_look.leading);
    }
    if (item.definition != nullptr) {
      blocks(*item.definition, inside);
    } else if (!item.definition_line->empty()) {
      TextPlace at{place(item.id), 0};
      if (item.id == item.term_id) at.offset = term_at.offset;
      const std::uint32_t p = element(page::Role::p, inside.element);
      paragraph(spans(*item.definition_line, state(definition_style, inside, p), at),
                {definition_style, false, inside.start, inside.measure}, inside, {}, item.attributes->span);
    }
    if (term_lines) beside(start, term_lines, around.at({}, term_column), term_column, term_look);
    end_piece(piece, pieces.pair.whole_up_to);
    space_after(pieces.pair.after);
  }
  finish_on_grid();
  // The half line after the last pair is the grid's to give.
  pending_space_ = {};
}

void Collector::block_value(const model::Block& block, const model::Separator& /*value*/, const Column& column) {
  const style::Pieces::Separator& piece = layout_.pieces.separator;
  const Length height = piece.empty_before + piece.empty_after;
  Atom& atom = add(height);
  atom.contents.emplace_back(Start{place(block.id)});
  const Length whole = piece.width * piece.rules + piece.gap * (piece.rules - 1);
  Length start = column.start + (column.measure - whole) / 2;
  for (int i = 0; i < piece.rules; ++i) {
    const bool heavy = i == piece.rules / 2;
    const Length thickness = heavy ? piece.heavy_thickness : piece.thickness;
    atom.contents.emplace_back(RuleBox{
        start, piece.empty_before - thickness / 2, piece.width, thickness, heavy ? accent() : layout_.ink, {}, {}});
    start += piece.width + piece.gap;
  }
  first_paragraph_ = true;
}

}  // namespace epitome::typeset
