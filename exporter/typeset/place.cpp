#include "typeset/place.hpp"

#include <algorithm>
#include <utility>

#include "diag/utf8.hpp"

namespace epitome::typeset {

void end_with_space(page::Text& text) {
  text::GlyphRun& run = text.run;
  if (run.text.empty() || run.text.back() == ' ' || run.ends_in_soft_hyphen) return;
  text::Glyph space;
  space.id = run.face->glyph(U' ');
  if (space.id == 0) return;
  space.cluster = static_cast<std::uint32_t>(run.text.size());
  space.advance = run.face->advance(space.id, run.size);
  if (run.rtl) text.origin.x -= space.advance;
  run.glyphs.insert(run.rtl ? run.glyphs.begin() : run.glyphs.end(), space);
  run.text += ' ';
}

Placed Placer::place(diag::Sink& sink) {
  attached_.assign(flow_.elements.size(), false);
  attached_[0] = true;
  beginnings_.resize(planned_.size());
  ranks_.assign(flow_.places.size(), none);
  destination_pages_.assign(flow_.destinations.size(), none);
  destination_tops_.resize(flow_.destinations.size());
  pages_.facing = layout_.geometry.facing;
  pages_.elements = flow_.elements;
  find_places();
  if (inputs_.inspect) inspector_.emplace(flow_, planned_, cache_, layout_);
  cache_.finish();
  for (const image::Image* file : flow_.images) pages_.images.push_back(*file);
  std::vector<QueuedLine> notes;
  for (std::uint32_t i = 0; i < planned_.size(); ++i) {
    page(i, notes);
    report_boxes(sink);
    page_figures(i);
    if (inspector_) inspector_->end_page(i);
    release(i);
  }
  destinations_and_links(sink);
  outline_and_labels();
  Placed placed;
  if (inspector_) placed.inspection = inspector_->finish();
  page_map();
  placed.page_map = std::move(page_map_);
  drop_unattached();
  placed.pages = std::move(pages_);
  placed.figures = std::move(figures_);
  return placed;
}

// The page has its own copies of what stood in its atoms.
void Placer::release(std::uint32_t number) {
  const PlannedPage& planned = planned_[number];
  std::vector<Atom>& atoms = flow_.chains[planned.chain].atoms;
  for (std::uint32_t i = planned.range.first; i < planned.range.last; ++i) atoms[i].contents = {};
}

void Placer::page(std::uint32_t number, std::vector<QueuedLine>& notes) {
  const style::Geometry& g = layout_.geometry;
  const PlannedPage& planned = planned_[number];
  const Chain& chain = flow_.chains[planned.chain];
  page::Page& made = pages_.pages.emplace_back();
  made.trim = {{}, {}, g.page_width, g.page_height};
  made.bleed = g.bleed;
  made.label = planned.label;
  const Length outer = g.page_width - g.margin_start - g.measure;
  const bool start_is_left = (!g.facing || !is_verso(number)) != rtl_;
  block_left_ = start_is_left ? g.margin_start : outer;
  if (inspector_) inspector_->page(block());

  running_head(number);
  const PageRange& range = planned.range;
  const std::vector<Box> boxes = stretched(chain, range);
  Length sink = planned.first_of_chain ? chain.sink : Length{};
  const PageRange own{0, range.last - range.first, range.depth, range.note_lines};
  if (chain.at_foot) {
    const Length noted = note_area(page_shape(layout_, chain, false), range.note_lines);
    sink = std::max(Length{}, g.grid * g.lines - noted - range.depth - chain.foot_shift);
  }
  const std::vector<Length> tops = box_tops(boxes, own, g.grid, sink);
  std::vector<std::pair<const Atom*, Length>> grouped;
  std::vector<std::uint32_t> marked;  // notes
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const Atom& atom = chain.atoms[i];
    const Box& box = boxes[i - range.first];
    const bool goes_on = atom.group != none && i + 1 < range.last && chain.atoms[i + 1].group == atom.group;
    Length top = g.margin_head + tops[i - range.first];
    const bool first_of_strip = atom.strip != none && (i == range.first || chain.atoms[i - 1].strip != atom.strip);
    const bool last_of_strip = atom.strip != none && (i + 1 == range.last || chain.atoms[i + 1].strip != atom.strip);
    if (first_of_strip && i == range.first && flow_.strips[atom.strip].first != i) {
      contents(flow_.strips[atom.strip].repeat, top);
      top += box.head_above;
    }
    if (first_of_strip) contents(flow_.strips[atom.strip].head_edge, top);
    grouped.emplace_back(&atom, top);
    marked.insert(marked.end(), box.note_indices.begin(), box.note_indices.end());
    if (goes_on) continue;
    if (atom.group != none) std::sort(marked.begin(), marked.end());  // by cell, as they are numbered
    group(std::exchange(grouped, {}));
    if (last_of_strip) contents(flow_.strips[atom.strip].foot_edge, top + box.height);
    for (const std::uint32_t note : std::exchange(marked, {})) {
      for (std::uint32_t line = 0; line < flow_.notes[note].lines.size(); ++line) notes.push_back({note, line});
    }
  }
  notes_at_foot(notes, range.note_lines);
  folio(number);
}

// The boxes of a page, with as many lines to write on as it has room for, equally for each question.
std::vector<Box> Placer::stretched(const Chain& chain, const PageRange& range) const {
  const style::Geometry& g = layout_.geometry;
  std::vector<Box> boxes(chain.boxes.begin() + range.first, chain.boxes.begin() + range.last);
  if (range.note_lines > 0) return boxes;
  const bool any = std::any_of(boxes.begin(), boxes.end(), [](const Box& box) { return box.stretches; });
  while (any) {
    std::vector<Box> more = boxes;
    for (Box& box : more) {
      if (box.stretches) box.height += layout_.pieces.writing.pitch;
    }
    const PageRange whole{0, static_cast<std::uint32_t>(more.size()), {}, 0};
    if (box_tops(more, whole, g.grid, {}).back() + more.back().height > g.grid * g.lines) break;
    boxes = std::move(more);
  }
  return boxes;
}

void Placer::contents(const std::vector<Content>& contents, Length top) {
  for (const Content& item : contents) {
    std::visit([&](const auto& value) { content(value, top); }, item);
  }
}

void Placer::group(const std::vector<std::pair<const Atom*, Length>>& atoms) {
  if (atoms.size() == 1) return contents(atoms.front().first->contents, atoms.front().second);
  std::map<const Lines*, std::vector<std::pair<const TextBox*, Length>>> texts;
  for (const auto& [atom, top] : atoms) {
    for (const Content& item : atom->contents) {
      if (const auto* box = std::get_if<TextBox>(&item)) texts[box->lines.get()].emplace_back(box, top);
    }
  }
  for (const auto& [atom, top] : atoms) {
    for (const Content& item : atom->contents) {
      if (const auto* first = std::get_if<TextBox>(&item)) {
        for (const auto& [box, at] : std::exchange(texts[first->lines.get()], {})) content(*box, at);
      } else {
        std::visit([&, below = top](const auto& value) { content(value, below); }, item);
      }
    }
  }
}

Rect Placer::block() const {
  const style::Geometry& g = layout_.geometry;
  return {block_left_, g.margin_head, g.measure, g.grid * g.lines};
}

Length Placer::left(Length start, Length width) const {
  return rtl_ ? block_left_ + layout_.geometry.measure - start - width : block_left_ + start;
}

// Elements join their parents when something of them is first placed: so kids stand in logical order.
void Placer::attach(std::uint32_t element) {
  if (attached_[element]) return;
  attached_[element] = true;
  const std::uint32_t parent = pages_.elements[element].parent;
  attach(parent);
  pages_.elements[parent].kids.push_back({false, element});
}

std::uint32_t Placer::mark(std::uint32_t element, ArtifactKind artifact) {
  if (element != none) attach(element);
  const auto page = static_cast<std::uint32_t>(pages_.pages.size() - 1);
  if (!pages_.marks.empty()) {
    const page::Mark& last = pages_.marks.back();
    if (last.page == page && last.element == element && last.artifact == artifact) {
      return static_cast<std::uint32_t>(pages_.marks.size() - 1);
    }
  }
  pages_.marks.push_back({page, element, artifact});
  const auto index = static_cast<std::uint32_t>(pages_.marks.size() - 1);
  if (element != none) pages_.elements[element].kids.push_back({true, index});
  return index;
}

// The element in which a run stands that was set for other characters: those are what it says. One element, though its
// words may stand on two lines.
std::uint32_t Placer::replaced(std::uint32_t around, const text::PlacedRun& run) {
  if (replaced_.around == around && replaced_.tag == run.tag && replaced_.offset == run.offset)
    return replaced_.element;
  page::Element made;
  made.parent = around;
  made.actual = inputs_.missing->original(run.stands_for);
  pages_.elements.push_back(std::move(made));
  attached_.push_back(false);
  replaced_ = {static_cast<std::uint32_t>(pages_.elements.size() - 1), around, run.tag, run.offset};
  return replaced_.element;
}

void Placer::text_line(const text::Line& line, Length from, Length baseline, ArtifactKind artifact) {
  for (const std::uint32_t index : line.logical) {
    const text::PlacedRun& run = line.runs[index];
    const Tag& tag = flow_.tags[run.tag];
    std::uint32_t element = run.annotation ? tag.annotation : tag.element;
    if (artifact != ArtifactKind::none) element = none;
    if (element != none && run.stands_for != 0) element = replaced(element, run);
    page::Item item;
    item.mark = mark(element, element == none && artifact == ArtifactKind::none ? ArtifactKind::layout : artifact);
    item.value = page::Text{run.run, {from + run.x, baseline - run.baseline_shift}, tag.colour};
    now().items.push_back(std::move(item));
    // A note's element stands where its mark does, whatever its place on the page.
    if (artifact == ArtifactKind::none && tag.note != none) attach(flow_.notes[tag.note].element);
  }
}

// Of what stands from right to left on one line, mutool takes every step to the left for the next letter's: only a
// space parts a term from what explains it, or a table's cell from the next.
void Placer::end_column(Length from, Length baseline) {
  if (now().items.empty() || now().items.back().mark == none) return;
  if (pages_.marks[now().items.back().mark].element == none) return;
  auto* before = std::get_if<page::Text>(&now().items.back().value);
  if (before == nullptr || (!rtl_ && from >= before->origin.x)) return;
  const Length apart = before->origin.y - baseline, size = before->run.size;
  if (apart < size && -apart < size) end_with_space(*before);
}

void Placer::content(const TextBox& box, Length top) {
  const text::Line& line = (*box.lines)[box.line];
  const Length baseline = top + box.baseline;
  const Length from = left(box.start, box.measure);
  end_column(from, baseline);
  text_line(line, from, baseline, box.artifact);
  text_box(*box.lines, box.line, PageBox::Kind::text, from, baseline, column_of(box));
  if (box.artifact != ArtifactKind::none) return;
  if (inspector_) inspector_->line(box, from, baseline);
  ++figures_.text_lines;
  if (line.hyphenated) ++figures_.hyphens;
  if (line.overfull) ++figures_.overfull;
  if (line.justified) {
    figures_.pages.resize(pages_.pages.size());
    figures_.pages.back().justified.push_back({line.space_ratio, line.letter_fit, line.hyphenated});
  }
  for (const std::uint32_t index : line.logical) {
    const text::PlacedRun& run = line.runs[index];
    const Tag& tag = flow_.tags[run.tag];
    if (run.annotation) continue;
    if (tag.link != none) {
      const Length width = run.run.width();
      link_box(box, tag.link, {from + run.x, baseline + box.leading / 4 - box.leading, width, box.leading});
    }
    stands_here(beginning(box, run));
  }
  for (const std::uint32_t index : line.logical) {
    const text::PlacedRun& run = line.runs[index];
    const Tag& tag = flow_.tags[run.tag];
    if (tag.dots != style::Dots::none && !run.annotation) emphasis_dots(run, tag, from, baseline);
  }
}

// A disc for each ideograph and kana, drawn and not set: a character would be copied with the text. Its centre stands
// a tenth of an em outside the em box, which reaches from 0.12 em below the baseline to 0.88 em above.
void Placer::emphasis_dots(const text::PlacedRun& run, const Tag& tag, Length from, Length baseline) {
  const Length em = run.run.size, width = em.scaled(160, 1000);
  const Length centre =
      tag.dots == style::Dots::over ? baseline - em.scaled(980, 1000) : baseline + em.scaled(220, 1000);
  Length x = from + run.x;
  for (const text::Glyph& glyph : run.run.glyphs) {
    if (text::takes_emphasis_dot(diag::decode_utf8(run.run.text, glyph.cluster).value)) {
      page::Item item;
      item.mark = mark(none, ArtifactKind::layout);
      // The first dot of a dotted line that ends before its second.
      item.value = page::Rule{{x + (em - width) / 2, centre - width / 2, width + em / 2, width}, tag.colour, {}, em};
      now().items.push_back(std::move(item));
    }
    x += glyph.advance;
  }
}

Placer::Beginning Placer::beginning(const TextBox& box, const text::PlacedRun& run) const {
  const Tag& tag = flow_.tags[run.tag];
  // What is generated around the document's characters counts with the nearest of them.
  const Beginning at{tag.place, tag.start + std::clamp(run.offset, tag.lead, tag.lead + tag.length) - tag.lead};
  // A page turn inside a word counts before that word.
  const bool divided = box.line > 0 && (*box.lines)[box.line - 1].hyphenated;
  return divided && at.place != none && begins_page(at) ? word_start(box) : at;
}

// A page begins with the first in the document's order of all that stands on it, not with what is placed first: beside
// one another stand a term and its definition, the cells of a row. So pages follow one another as their beginnings do.
void Placer::stands_here(const Beginning& at) {
  if (at.place == none) return;
  if (ranks_[at.place] == none) ranks_[at.place] = ranked_++;
  if (begins_page(at)) beginnings_[pages_.pages.size() - 1] = at;
}

bool Placer::begins_page(const Beginning& at) const {
  const Beginning& first = beginnings_[pages_.pages.size() - 1];
  if (first.place == none) return true;
  return std::pair(ranks_[at.place], at.offset) < std::pair(ranks_[first.place], first.offset);
}

Placer::Beginning Placer::word_start(const TextBox& box) const {
  const text::Line& before = (*box.lines)[box.line - 1];
  Beginning best;
  for (const std::uint32_t index : before.logical) {
    const text::PlacedRun& run = before.runs[index];
    const Tag& tag = flow_.tags[run.tag];
    if (tag.place == none || run.annotation) continue;
    const std::size_t space = run.stands_for == 0 ? run.run.text.rfind(' ') : std::string::npos;
    const bool new_word = space != std::string::npos && space + 1 < run.run.text.size();
    if (!new_word && best.place != none) {
      if (space != std::string::npos) best = {};  // the word begins in the next run
      continue;
    }
    if (space != std::string::npos && !new_word) continue;
    const std::uint32_t at = run.offset + (new_word ? static_cast<std::uint32_t>(space + 1) : 0);
    best = {tag.place, tag.start + std::max(at, tag.lead) - tag.lead};
  }
  return best;
}

void Placer::link_box(const TextBox& box, std::uint32_t link, const model::Rect& rect) {
  const auto page = static_cast<std::uint32_t>(pages_.pages.size() - 1);
  OpenLink& open = links_[link];
  if (open.page != page) {
    page::Link made;
    made.page = page;
    made.element = flow_.links[link].element;
    made.destination = flow_.links[link].destination;
    made.uri = flow_.links[link].uri;
    made.description = flow_.links[link].name;
    pages_.links.push_back(std::move(made));
    open = {page, static_cast<std::uint32_t>(pages_.links.size() - 1), nullptr};
  }
  std::vector<model::Rect>& boxes = pages_.links[open.index].boxes;
  if (open.box == &box && !boxes.empty()) {
    model::Rect& last = boxes.back();
    const Length right = std::max(last.x + last.width, rect.x + rect.width);
    last.x = std::min(last.x, rect.x);
    last.width = right - last.x;
  } else {
    boxes.push_back(rect);
    open.box = &box;
  }
}

void Placer::rule(Length start, Length top, Length width, Length height, style::Colour colour, Length dash_on,
                  Length dash_off, ArtifactKind artifact) {
  page::Item item;
  item.mark = mark(none, artifact);
  item.value = page::Rule{{left(start, width), top, width, height}, colour, dash_on, dash_off};
  now().items.push_back(std::move(item));
}

void Placer::content(const RuleBox& box, Length top) {
  rule(box.start, top + box.top, box.width, box.height, box.colour, box.dash_on, box.dash_off, ArtifactKind::layout);
}

void Placer::content(const PictureBox& box, Length top) {
  const model::Rect rect{left(box.start, box.width), top + box.top, box.width, box.height};
  page::Item item;
  item.mark = mark(box.element, box.element == none ? ArtifactKind::layout : ArtifactKind::none);
  item.value = page::Picture{box.image, rect};
  if (box.element != none) pages_.elements[box.element].box = rect;
  picture_box(rect);
  now().items.push_back(std::move(item));
}

void Placer::content(const Drawing& box, Length top) {
  const Length right = box.on_page ? Length{} : left(box.start, box.width);
  const Length down = box.on_page ? Length{} : top + box.top;
  for (const page::Item& drawn : *box.items) {
    page::Item item = drawn;
    item.mark = mark(box.element, box.artifact);
    if (auto* text = std::get_if<page::Text>(&item.value)) {
      text->origin.x += right;
      text->origin.y += down;
      drawn_box(*text, &box);
    } else if (auto* rule = std::get_if<page::Rule>(&item.value)) {
      rule->box.x += right;
      rule->box.y += down;
    } else if (auto* picture = std::get_if<page::Picture>(&item.value)) {
      picture->box.x += right;
      picture->box.y += down;
      if (box.element != none) pages_.elements[box.element].box = picture->box;
    }
    now().items.push_back(std::move(item));
  }
}

void Placer::content(const Attach& box, Length /*top*/) { attach(box.element); }

void Placer::content(const Start& start, Length /*top*/) { stands_here({start.place, 0}); }

void Placer::content(const Anchor& box, Length top) {
  if (destination_pages_[box.destination] != none) return;
  destination_pages_[box.destination] = static_cast<std::uint32_t>(pages_.pages.size() - 1);
  destination_tops_[box.destination] = top + box.top;
}

void Placer::content(const WritingLines& box, Length top) {
  const style::Pieces::Writing& writing = layout_.pieces.writing;
  const Chain& chain = flow_.chains[planned_[pages_.pages.size() - 1].chain];
  const PageRange& range = planned_[pages_.pages.size() - 1].range;
  const std::vector<Box> boxes = stretched(chain, range);
  const auto at = std::find_if(boxes.begin(), boxes.end(), [](const Box& b) { return b.stretches; });
  const std::int64_t lines = at->height.raw() / writing.pitch.raw();
  for (std::int64_t i = 1; i <= lines; ++i) {
    rule(box.start, top + writing.pitch * i - writing.first_drop, box.width, writing.dot, layout_.ink, {},
         writing.dot_pitch, ArtifactKind::layout);
  }
}

void Placer::notes_at_foot(std::vector<QueuedLine>& queue, int lines) {
  if (lines == 0) return;
  const style::Geometry& g = layout_.geometry;
  const TextStyle& style = layout_.style(StyleName::footnote);
  const style::Pieces::Footnotes& measures = layout_.pieces.footnotes;
  // The last note's baseline is the grid's last.
  const Length drop = g.first_baseline_drop.scaled(style.leading.raw(), g.grid.raw());
  const Length foot = g.margin_head + g.grid * g.lines - (g.first_baseline_drop - drop);
  Length top = foot - style.leading * lines;
  rule({}, top - measures.rule_distance, measures.rule_width, measures.rule_thickness, layout_.ink, {}, {},
       ArtifactKind::layout);
  for (int i = 0; i < lines; ++i) {
    const QueuedLine& line = queue[static_cast<std::size_t>(i)];
    contents(flow_.notes[line.note].lines[line.line], top);
    top += style.leading;
  }
  queue.erase(queue.begin(), queue.begin() + lines);
}

}  // namespace epitome::typeset
