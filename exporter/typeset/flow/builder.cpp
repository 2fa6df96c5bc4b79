#include "typeset/flow/builder.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace epitome::typeset {

namespace {

bool has_ruby(const text::Line& line) { return line.least_leading > Length{}; }

}  // namespace

std::int64_t line_turn_cost(const style::Layout& layout, int line, int count, bool hyphenated) {
  const style::Pieces& pieces = layout.pieces;
  const bool single = line < pieces.lines_before_turn || count - line < pieces.lines_after_turn;
  return (single ? PageCosts::widow : 0) + (hyphenated ? PageCosts::hyphen : 0);
}

void add_note(const Flow& flow, Box& box, const Tag& tag) {
  if (tag.note == none) return;
  box.notes.edit().push_back(static_cast<int>(flow.notes[tag.note].lines.size()));
  box.note_indices.edit().push_back(tag.note);
}

void add_notes(const Flow& flow, Box& box, const text::Line& line) {
  for (const std::uint32_t run : line.logical) add_note(flow, box, flow.tags[line.runs[run].tag]);
}

Chain& Builder::start_chain(std::string_view place) {
  Chain& made = flow_.chains.emplace_back();
  made.place = place;
  space_ = kept_ = {};
  turn_cost_ = 0;
  title_before_ = false;
  return made;
}

void Builder::go_on_in_new_chain(bool turned) {
  // Nothing of turned pages goes along to the upright ones.
  const std::size_t last = flow_.chains.size() - 1, from = turned ? kept_from() : chain().boxes.size();
  if (from == 0 && !chain().boxes.empty()) {
    chain().turned = turned;
    return;
  }
  const Numbering numbering = chain().numbering;
  const Builder state = *this;
  Chain& made = start_chain({});
  made.numbering = numbering;
  made.turned = turned;
  made.continues = true;
  Chain& before = flow_.chains[last];
  if (from == before.boxes.size()) return;
  // What must stay with what follows goes along.
  const auto at = static_cast<std::ptrdiff_t>(from);
  std::move(before.boxes.begin() + at, before.boxes.end(), std::back_inserter(made.boxes));
  std::move(before.atoms.begin() + at, before.atoms.end(), std::back_inserter(made.atoms));
  before.boxes.resize(from);
  before.atoms.resize(from);
  const auto own = std::find_if(before.paragraphs.begin(), before.paragraphs.end(),
                                [&](const SetParagraph& paragraph) { return paragraph.first >= from; });
  const auto first = static_cast<std::uint32_t>(own - before.paragraphs.begin());
  std::move(own, before.paragraphs.end(), std::back_inserter(made.paragraphs));
  before.paragraphs.erase(own, before.paragraphs.end());
  for (SetParagraph& paragraph : made.paragraphs) paragraph.first -= static_cast<std::uint32_t>(from);
  for (Atom& atom : made.atoms) {
    if (atom.paragraph != none) atom.paragraph -= first;
  }
  space_ = state.space_;
  kept_ = state.kept_;
  turn_cost_ = state.turn_cost_;
  title_before_ = state.title_before_;
}

// It stands as far above its line's foot as the grid's baselines do, and in proportion where the leading is smaller
// than a grid line.
Length Builder::drop(Length leading) const {
  const style::Geometry& g = layout_.geometry;
  return leading >= g.grid ? g.first_baseline_drop : g.first_baseline_drop.scaled(leading.raw(), g.grid.raw());
}

Atom& Builder::add(Length height, Length before, std::int64_t turn_cost) {
  Chain& to = chain();
  Box box;
  box.height = height;
  box.before = title_before_ ? Length{} : std::max(before, space_);
  // Within a part an empty line may become one and a half. What must stay together keeps its distance.
  if (box.before >= layout_.geometry.grid && kept_ <= Length{} && !to.generated && !to.bare) {
    box.play = layout_.geometry.grid / 2;
  }
  box.turn_cost = std::max(turn_cost, turn_cost_);
  if (kept_ > Length{}) box.keep_cost = PageCosts::stranded;
  kept_ -= height + box.before;
  space_ = {};
  turn_cost_ = 0;
  title_before_ = false;
  to.boxes.push_back(std::move(box));
  Atom& atom = to.atoms.emplace_back();
  atom.part = part_;
  atom.outward = outward_;
  for (const std::uint32_t destination : awaiting_) anchor(atom, destination);
  awaiting_.clear();
  return atom;
}

void Builder::finish_on_grid() {
  if (!chain().boxes.empty()) chain().boxes.back().to_grid = true;
}

std::size_t Builder::kept_from() const {
  const std::vector<Box>& boxes = chain().boxes;
  if (kept_ <= Length{} || boxes.empty()) return boxes.size();
  std::size_t first = boxes.size() - 1;
  while (first > 0 && boxes[first].parting() >= PageCosts::widow) --first;
  return first;
}

Length Builder::kept_above() const {
  const std::vector<Box>& boxes = chain().boxes;
  Length height;
  for (std::size_t first = kept_from(), i = first; i < boxes.size(); ++i) {
    height += boxes[i].height + boxes[i].head_below + (i > first ? boxes[i].before : Length{});
  }
  return height;
}

void Builder::keep_together(std::size_t first, std::int64_t cost) {
  std::vector<Box>& boxes = chain().boxes;
  for (std::size_t i = first + 1; i < boxes.size(); ++i) boxes[i].keep_cost = std::max(boxes[i].keep_cost, cost);
}

void Builder::end_piece(const Piece& piece, int whole_up_to) {
  const std::vector<Box>& boxes = chain().boxes;
  if (piece.chain != flow_.chains.size() || piece.first >= boxes.size() || whole_up_to == 0) return;
  Length height = boxes[piece.first].height;
  for (std::size_t i = piece.first + 1; i < boxes.size(); ++i) height += boxes[i].before + boxes[i].height;
  if (height > layout_.geometry.grid * std::min(whole_up_to, layout_.geometry.lines)) return;
  keep_together(piece.first, PageCosts::piece_split);
}

void Builder::land_awaited() {
  for (const std::uint32_t destination : std::exchange(awaiting_, {})) anchor(chain().atoms.back(), destination);
}

std::size_t Builder::add_lines(const std::shared_ptr<const Lines>& lines, const style::TextStyle& style, Length start,
                               Length measure, Length before, std::int64_t turn_cost) {
  const std::size_t first = chain().boxes.size();
  const auto count = static_cast<int>(lines->size());
  const Piece piece = begin_piece();
  bool grown = false;
  for (int i = 0; i < count; ++i) {
    const text::Line& line = (*lines)[static_cast<std::size_t>(i)];
    const std::int64_t cost =
        i == 0 ? turn_cost : line_turn_cost(layout_, i, count, (*lines)[static_cast<std::size_t>(i - 1)].hyphenated);
    const Length height = style.leading + line.more_height(style.leading);
    grown = grown || height > style.leading;
    Atom& atom = add(height, i == 0 ? before : Length{}, cost);
    const TextBox text{
        lines, static_cast<std::uint32_t>(i), start, measure, height - drop(style.leading), height, ArtifactKind::none};
    atom.contents.emplace_back(text);
    add_notes(flow_, chain().boxes.back(), line);
  }
  if (grown) finish_on_grid();
  end_piece(piece, style.whole_up_to);
  return first;
}

bool Builder::offer_again(std::size_t first, std::size_t number, const Lines& lines, Length measure) {
  const auto index = static_cast<std::uint32_t>(chain().paragraphs.size());
  SetParagraph& made = chain().paragraphs.emplace_back();
  made.first = static_cast<std::uint32_t>(first);
  made.count = static_cast<std::uint32_t>(lines.size());
  made.number = number;
  made.measure = measure;
  made.fixed = lines.empty() || std::any_of(lines.begin(), lines.end(), has_ruby) ||
               (lines.size() == 1 && !made.takes_line(lines));
  for (std::size_t i = first; i < chain().atoms.size(); ++i) chain().atoms[i].paragraph = index;
  return !made.fixed;
}

void Builder::beside(std::size_t first, const std::shared_ptr<const Lines>& lines, Length start, Length measure,
                     const style::TextStyle& style) {
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
  // The first lines, between which no page may turn, belong to the first atom: so they are read one after another. Each
  // other line belongs to the atom that its baseline stands in, so that a page may turn before it.
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
  // On a page the lines are read one after another, too. A table draws its edges row by row.
  const std::span<Atom> all = std::span(chain().atoms).subspan(first);
  if (lines->size() <= together || std::any_of(all.begin(), all.end(), [](const Atom& a) { return a.strip != none; }))
    return;
  for (Atom& atom : all) atom.group = static_cast<std::uint32_t>(first);
}

// Adds lines to an atom. They and their notes are read before what stands in it, but behind its anchors.
void Builder::put_in_front(std::size_t at, const std::vector<TextBox>& lines) {
  Box& box = chain().boxes[at];
  Atom& atom = chain().atoms[at];
  const model::Apart<std::vector<int>> notes = std::exchange(box.notes, {});
  const model::Apart<std::vector<std::uint32_t>> note_indices = std::exchange(box.note_indices, {});
  for (const TextBox& line : lines) add_notes(flow_, box, (*line.lines)[line.line]);
  if (!notes.empty()) {
    box.notes.edit().insert(box.notes->end(), notes->begin(), notes->end());
    box.note_indices.edit().insert(box.note_indices->end(), note_indices->begin(), note_indices->end());
  }
  if (atom.paragraph != none && !lines.empty()) {
    SetParagraph& paragraph = chain().paragraphs[atom.paragraph];
    // Lines beside more than the paragraph's first line would stand elsewhere if it had another number of lines.
    paragraph.fixed = paragraph.fixed || at != paragraph.first || lines.front().lines->size() > 1;
  }
  const auto behind = std::find_if(atom.contents.begin(), atom.contents.end(),
                                   [](const Content& content) { return !std::holds_alternative<Anchor>(content); });
  atom.contents.insert(behind, lines.begin(), lines.end());
}

}  // namespace epitome::typeset
