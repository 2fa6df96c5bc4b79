#include "typeset/place/place.hpp"

#include <algorithm>
#include <map>

#include "diag/utf8.hpp"

namespace epitome::typeset {

namespace {

// The boxes of a page, with as many lines to write on as it has room for, equally for each question, up to the layout's
// number. A page of such lines alone is full of them.
std::vector<Box> stretched(const style::Layout& layout, const Chain& chain, const PageRange& range) {
  const style::Geometry& g = layout.geometry;
  const style::Pieces::Writing& writing = layout.pieces.writing;
  const Length most = chain.optional ? g.page_height : writing.pitch * writing.lines_max;
  std::vector<Box> boxes(chain.boxes.begin() + range.first, chain.boxes.begin() + range.last);
  if (range.note_lines > 0) return boxes;
  const auto grows = [&](const Box& box) { return box.stretches && box.height + writing.pitch <= most; };
  while (std::any_of(boxes.begin(), boxes.end(), grows)) {
    std::vector<Box> more = boxes;
    for (Box& box : more) {
      if (grows(box)) box.height += writing.pitch;
    }
    const PageRange whole{0, static_cast<std::uint32_t>(more.size()), {}, 0};
    if (box_tops(more, whole, g.grid, {}).back() + more.back().height > g.grid * g.lines) break;
    boxes = std::move(more);
  }
  return boxes;
}

// The part of the line's column that lies inside of the block.
Rect column_of(const Canvas& canvas, const TextBox& box) {
  const Rect whole = canvas.block();
  const Length from = canvas.left(box.start, box.measure);
  const Length start = std::max(from, whole.x), end = std::min(from + box.measure, whole.x + whole.width);
  return {start, whole.y, end - start, whole.height};
}

}  // namespace

Placer::Placer(const Inputs& inputs, Flow flow, std::vector<PlannedPage> planned, const PageLabels& labels,
               ParagraphCache& cache)
    : inputs_(inputs),
      layout_(inputs.layout),
      flow_(std::move(flow)),
      planned_(std::move(planned)),
      labels_(labels),
      cache_(cache),
      canvas_(std::move(flow_.elements), inputs.layout.geometry, inputs.missing,
              inputs.book.document.edition.dir == model::Direction::rtl),
      links_(flow_, canvas_.pages),
      beginnings_(flow_),
      furniture_(inputs, cache) {}

Placed Placer::place(diag::Sink& sink) {
  cache_.finish();
  for (const image::Image* file : flow_.images) canvas_.pages.images.push_back(*file);
  std::vector<QueuedLine> notes;
  for (std::uint32_t i = 0; i < planned_.size(); ++i) {
    page(i, notes);
    boxes_.check(planned_[i].label, sink);
    page_figures(layout_, planned_[i], flow_.chains[planned_[i].chain], i, figures_);
    if (!inputs_.inspect) release(i);
  }
  links_.finish(inputs_.book.language, sink);
  outline_and_labels(flow_, planned_, inputs_.book.language, canvas_.pages);
  Placed placed;
  if (inputs_.inspect) {
    placed.inspection = inspect(flow_, canvas_.pages.elements, planned_, placed_lines_, layout_);
  }
  placed.page_map = page_map(flow_, planned_, beginnings_);
  canvas_.drop_unattached();
  placed.pages = std::move(canvas_.pages);
  placed.figures = std::move(figures_);
  return placed;
}

// Empties the atoms of a page that has been drawn: the page has its own copies of their contents.
void Placer::release(std::uint32_t number) {
  const PlannedPage& planned = planned_[number];
  std::vector<Atom>& atoms = flow_.chains[planned.chain].atoms;
  for (std::uint32_t i = planned.range.first; i < planned.range.last; ++i) atoms[i].contents = {};
}

void Placer::page(std::uint32_t number, std::vector<QueuedLine>& notes) {
  const style::Geometry& g = layout_.geometry;
  const PlannedPage& planned = planned_[number];
  const Length outer = g.page_width - g.margin_start - g.measure;
  const bool start_is_left =
      (!g.facing || !is_verso(number)) != (inputs_.book.document.edition.dir == model::Direction::rtl);
  canvas_.begin_page(planned.label, start_is_left ? g.margin_start : outer, flow_.chains[planned.chain].turned);
  beginnings_.begin_page();
  if (inputs_.inspect) placed_lines_.push_back({canvas_.block(), {}});

  running_head(number);
  atoms(planned, notes);
  notes_at_foot(notes, planned.range.note_lines);
  folio(number);
}

void Placer::atoms(const PlannedPage& planned, std::vector<QueuedLine>& notes) {
  const style::Geometry& g = layout_.geometry;
  const Chain& chain = flow_.chains[planned.chain];
  const PageRange& range = planned.range;
  const std::vector<Box> boxes = stretched(layout_, chain, range);
  Length sink = planned.first_of_chain ? chain.sink : Length{};
  const PageRange own{0, range.last - range.first, range.depth, range.note_lines, {}, range.grown};
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
    Length top = canvas_.block().y + tops[i - range.first];
    const bool first_of_strip = atom.strip != none && (i == range.first || chain.atoms[i - 1].strip != atom.strip);
    const bool last_of_strip = atom.strip != none && (i + 1 == range.last || chain.atoms[i + 1].strip != atom.strip);
    // The outer margin of a recto is where its lines end; that of a verso, the back of the same leaf, where they begin.
    const bool at_start = g.facing && is_verso(canvas_.page_number());
    const bool at_left = at_start != (inputs_.book.document.edition.dir == model::Direction::rtl);
    const auto reach = [&](Length by) { canvas_.widen(at_left ? by : Length{}, at_left ? Length{} : by); };
    reach(atom.outward);
    if (first_of_strip && i > 0 && chain.atoms[i - 1].strip == atom.strip) {  // it began on a page before
      contents(flow_.strips[atom.strip].repeat, top);
      top += box.head_above;
    }
    grouped.emplace_back(&atom, top);
    marked.insert(marked.end(), box.note_indices->begin(), box.note_indices->end());
    if (!goes_on) {
      if (atom.group != none) std::sort(marked.begin(), marked.end());  // by cell, as they are numbered
      group(std::exchange(grouped, {}));
      if (last_of_strip) contents(flow_.strips[atom.strip].foot_edge, top + box.height);
    }
    reach(-atom.outward);
    if (goes_on) continue;
    for (const std::uint32_t note : std::exchange(marked, {})) {
      for (std::uint32_t line = 0; line < flow_.notes[note].lines.size(); ++line) notes.push_back({note, line});
    }
  }
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

void Placer::text_line(const text::Line& line, Length from, Length baseline, ArtifactKind artifact) {
  for (const std::uint32_t index : line.logical) {
    const text::PlacedRun& run = line.runs[index];
    const Tag& tag = flow_.tags[run.tag];
    std::uint32_t element = run.annotation ? tag.annotation : tag.element;
    if (artifact != ArtifactKind::none) element = none;
    if (element != none && run.stands_for != 0) element = canvas_.replaced(element, run);
    canvas_.add(page::Text{run.run, {from + run.x, baseline - run.baseline_shift}, tag.colour}, element,
                element == none && artifact == ArtifactKind::none ? ArtifactKind::layout : artifact);
    // A note's element stands where its mark does, whatever its place on the page.
    if (artifact == ArtifactKind::none && tag.note != none) canvas_.attach(flow_.notes[tag.note].element);
  }
}

void Placer::content(const TextBox& box, Length top) {
  const text::Line& line = (*box.lines)[box.line];
  const Length baseline = top + box.baseline;
  const Length from = canvas_.left(box.start, box.measure);
  // Of a cell that goes on on the next page the last word may go on, too.
  if (text_ends_) canvas_.end_column(from, baseline);
  text_ends_ = line.last;
  text_line(line, from, baseline, box.artifact);
  boxes_.text(*box.lines, box.line, PageBox::Kind::text, from, baseline, column_of(canvas_, box));
  if (box.artifact != ArtifactKind::none) return;
  if (inputs_.inspect) placed_lines_.back().lines.push_back({&box, from, baseline});
  ++figures_.text_lines;
  if (line.hyphenated) ++figures_.hyphens;
  if (line.overfull) ++figures_.overfull;
  if (line.justified) {
    figures_.pages.resize(canvas_.pages.pages.size());
    figures_.pages.back().justified.push_back({line.space_ratio, line.letter_fit, line.hyphenated});
  }
  for (const std::uint32_t index : line.logical) {
    const text::PlacedRun& run = line.runs[index];
    const Tag& tag = flow_.tags[run.tag];
    if (run.annotation) continue;
    if (tag.link != none) {
      const Length width = run.run.width();
      links_.add(box, tag.link, {from + run.x, baseline + box.leading / 4 - box.leading, width, box.leading});
    }
    beginnings_.stands(box, run);
  }
  for (const std::uint32_t index : line.logical) {
    const text::PlacedRun& run = line.runs[index];
    const Tag& tag = flow_.tags[run.tag];
    if (tag.dots != style::Dots::none && !run.annotation) emphasis_dots(run, tag, from, baseline);
    for (const std::uint32_t destination : *tag.destinations) links_.lands(destination, baseline - box.leading);
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
      // The first dot of a dotted line that ends before its second.
      canvas_.add(page::Rule{{x + (em - width) / 2, centre - width / 2, width + em / 2, width}, tag.colour, {}, em},
                  none, ArtifactKind::layout);
    }
    x += glyph.advance;
  }
}

void Placer::content(const RuleBox& box, Length top) {
  canvas_.rule({box.start, top + box.top, box.width, box.height}, box.colour, box.dash_on, box.dash_off);
}

void Placer::content(const PictureBox& box, Length top) {
  const model::Rect rect{canvas_.left(box.start, box.width), top + box.top, box.width, box.height};
  canvas_.add(page::Picture{box.image, rect}, box.element,
              box.element == none ? ArtifactKind::layout : ArtifactKind::none);
  if (box.element != none) canvas_.element(box.element).details.edit().box = rect;
  boxes_.picture(rect, canvas_.block());
}

void Placer::content(const Drawing& box, Length top) {
  const Length right = box.on_page ? Length{} : canvas_.left(box.start, box.width);
  const Length down = box.on_page ? Length{} : top + box.top;
  for (const page::Item& drawn : *box.items) {
    auto value = drawn.value;
    if (auto* text = std::get_if<page::Text>(&value)) {
      text->origin.x += right;
      text->origin.y += down;
      boxes_.drawn(*text, canvas_.page().trim, &box);
    } else if (auto* rule = std::get_if<page::Rule>(&value)) {
      rule->box.x += right;
      rule->box.y += down;
      if (box.element != none && !box.on_page)
        canvas_.element(box.element).details.edit().box = {right, down, box.width, box.width};
    } else if (auto* picture = std::get_if<page::Picture>(&value)) {
      picture->box.x += right;
      picture->box.y += down;
      if (box.element != none) canvas_.element(box.element).details.edit().box = picture->box;
    }
    canvas_.add(std::move(value), box.element, box.artifact);
  }
}

void Placer::content(const Attach& box, Length /*top*/) { canvas_.attach(box.element); }

void Placer::content(const Start& start, Length /*top*/) { beginnings_.stands({start.place, 0}); }

void Placer::content(const Anchor& box, Length top) { links_.lands(box.destination, top + box.top); }

void Placer::content(const WritingLines& box, Length top) {
  const style::Pieces::Writing& writing = layout_.pieces.writing;
  const Chain& chain = flow_.chains[planned_[canvas_.page_number()].chain];
  const PageRange& range = planned_[canvas_.page_number()].range;
  const std::vector<Box> boxes = stretched(layout_, chain, range);
  const auto at = std::find_if(boxes.begin(), boxes.end(), [](const Box& b) { return b.stretches; });
  const std::int64_t lines = at->height.raw() / writing.pitch.raw();
  for (std::int64_t i = 1; i <= lines; ++i) {
    canvas_.rule({box.start, top + writing.pitch * i - writing.first_drop, box.width, writing.dot}, layout_.ink, {},
                 writing.dot_pitch);
  }
}

void Placer::notes_at_foot(std::vector<QueuedLine>& queue, int lines) {
  if (lines == 0) return;
  const style::Geometry& g = layout_.geometry;
  const style::TextStyle& style = layout_.style(style::StyleName::footnote);
  const style::Pieces::Footnotes& measures = layout_.pieces.footnotes;
  // The last note's baseline is the grid's last.
  const Length drop = g.first_baseline_drop.scaled(style.leading.raw(), g.grid.raw());
  const Length height = canvas_.page().turned ? turned_height(g) : g.grid * g.lines;
  const Length foot = canvas_.block().y + height - (g.first_baseline_drop - drop);
  Length top = foot - style.leading * lines;
  canvas_.rule({{}, top - measures.rule_distance, measures.rule_width, measures.rule_thickness}, layout_.ink, {}, {});
  for (int i = 0; i < lines; ++i) {
    const QueuedLine& line = queue[static_cast<std::size_t>(i)];
    contents(flow_.notes[line.note].lines[line.line], top);
    top += style.leading;
  }
  queue.erase(queue.begin(), queue.begin() + lines);
}

}  // namespace epitome::typeset
