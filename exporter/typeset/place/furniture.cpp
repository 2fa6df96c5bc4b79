// Running heads, folios, leaders: what stands on a page for finding one's way, all of it artifacts.
#include "typeset/place/furniture.hpp"

#include <algorithm>
#include <vector>

#include "model/title.hpp"
#include "text/break_opportunities.hpp"
#include "typeset/place/place.hpp"

namespace epitome::typeset {

using style::StyleName;
using style::TextStyle;

std::shared_ptr<const Lines> FurnitureLines::line(style::StyleName name, const std::string& text) {
  const style::TextStyle& style = inputs_.layout.style(name);
  text::TextSpan span;
  span.text = text;
  diag::Sink unheard;  // the face was found when the text was collected
  const style::FaceChoice& choice = inputs_.layout.faces[style.face];
  span.style.face = inputs_.fonts.face(choice.family, choice.style, unheard);
  span.style.size = style.size;
  span.style.features = &style.features;
  span.style.small_caps = style.small_caps;
  span.style.tracking = style.tracking;
  span.lang = inputs_.book.document.edition.lang;
  span.hyphenate = false;
  return cache_.one_line({span}, inputs_.book.document.edition.dir, {});
}

std::shared_ptr<const Lines> FurnitureLines::cut_to(style::StyleName style, const std::string& text, Length width) {
  std::shared_ptr<const Lines> lines = line(style, text);
  if (lines->front().width <= width) return lines;
  const auto cut_at = [&](std::size_t at) {
    while (at > 0 && text[at - 1] == ' ') --at;
    return line(style, text.substr(0, at) + inputs_.book.language.label("ellipsis"));
  };
  // The places where the text may be cut: between words; between letters if not even the first word fits.
  std::vector<text::Opportunity> breaks;
  text::BreakFinder().find(text, inputs_.book.document.edition.lang, breaks);
  text::keep_clusters(text, breaks);
  std::vector<std::size_t> words;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (breaks[at] != text::Opportunity::none) words.push_back(at);
  }
  breaks.assign(breaks.size(), text::Opportunity::allowed);
  text::keep_clusters(text, breaks);
  std::vector<std::size_t> clusters;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (breaks[at] != text::Opportunity::none) clusters.push_back(at);
  }
  for (const std::vector<std::size_t>* const places : {&words, &clusters}) {
    const auto fits = [&](std::size_t at) { return cut_at(at)->front().width <= width; };
    const auto end = std::partition_point(places->begin(), places->end(), fits);
    if (end != places->begin()) return cut_at(*(end - 1));
  }
  return cut_at(0);
}

std::shared_ptr<const Lines> FurnitureLines::title(Length width) {
  const model::Title& title = inputs_.book.document.work.title;
  const std::shared_ptr<const Lines> whole = line(StyleName::running_head, model::full_title(title));
  return whole->front().width <= width ? whole : cut_to(StyleName::running_head, model::short_title(title), width);
}

void Placer::furniture(const Lines& lines, bool at_end, Length baseline, ArtifactKind artifact, style::Colour colour) {
  const text::Line& line = lines.front();
  const Length start = at_end ? layout_.geometry.measure - line.width : Length{};
  boxes_.text(lines, 0, PageBox::Kind::furniture, canvas_.left(start, line.width), baseline, canvas_.page().trim);
  for (const std::uint32_t index : line.logical) {
    const text::PlacedRun& run = line.runs[index];
    canvas_.add(page::Text{run.run, {canvas_.left(start, line.width) + run.x, baseline}, colour}, none, artifact);
  }
}

void Placer::running_head(std::uint32_t number) {
  const style::Geometry& g = layout_.geometry;
  const PlannedPage& planned = planned_[number];
  const Chain& chain = flow_.chains[planned.chain];
  if (chain.bare || chain.turned || planned.range.first >= chain.atoms.size()) return;
  const Atom& first = chain.atoms[planned.range.first];
  if (first.opens) return;
  const Length baseline = g.margin_head + g.grid - g.first_baseline_drop - g.grid * g.running_head_rise;
  const TextStyle& style = layout_.style(StyleName::running_head);
  const style::Colour colour = style.accent && !layout_.black_only ? layout_.accent : layout_.ink;
  const std::string part = first.part == none ? std::string() : flow_.parts[first.part].name;
  if (g.facing) {
    if (is_verso(number)) {
      furniture(*furniture_.title(g.measure), false, baseline, ArtifactKind::header, colour);
    } else if (!part.empty()) {
      furniture(*furniture_.cut_to(StyleName::running_head, part, g.measure), true, baseline, ArtifactKind::header,
                colour);
    }
    return;
  }
  // Two grid lines' width stay between the two; neither pushes the other below half, nor is cut beside a short one.
  const Length both = g.measure - g.grid * 2;
  const Length wanted = part.empty() ? Length{} : furniture_.line(StyleName::running_head, part)->front().width;
  const std::shared_ptr<const Lines> title_line = furniture_.title(std::max(both / 2, both - wanted));
  furniture(*title_line, false, baseline, ArtifactKind::header, colour);
  if (part.empty()) return;
  const Length rest = both - title_line->front().width;
  furniture(*furniture_.cut_to(StyleName::running_head, part, rest), true, baseline, ArtifactKind::header, colour);
}

void Placer::folio(std::uint32_t number) {
  const style::Geometry& g = layout_.geometry;
  const PlannedPage& planned = planned_[number];
  if (flow_.chains[planned.chain].bare) return;
  const TextStyle& style = layout_.style(StyleName::folio);
  const style::Colour colour = style.accent && !layout_.black_only ? layout_.accent : layout_.ink;
  // A page as small as a telephone's has little room under high lines: figures reach below their baseline.
  const Length lowest = g.page_height - style.size.scaled(35, 100);
  const Length baseline = std::min(g.margin_head + g.grid * (g.lines + g.folio_drop) - g.first_baseline_drop, lowest);
  const bool at_end = !g.facing || !is_verso(number);
  const std::shared_ptr<const Lines> line = furniture_.line(StyleName::folio, planned.label);
  if (flow_.chains[planned.chain].turned) return turned_folio(*line, at_end, baseline, colour);
  furniture(*line, at_end, baseline, ArtifactKind::footer, colour);
}

// Puts the folio where the paper has it on other pages, but turned like the text. `below`: the folio's baseline on a
// page that isn't turned.
void Placer::turned_folio(const Lines& lines, bool at_end, Length below, style::Colour colour) {
  const text::Line& line = lines.front();
  const Rect& block = canvas_.block();
  const Length height = letter_size(line).scaled(7, 10);
  const bool at_foot = at_end != (inputs_.book.document.edition.dir == model::Direction::rtl);
  // Three figures of large print have no room between there and the block.
  const Length left = std::min(layout_.geometry.page_height - below, block.x - line.width - letter_size(line) / 4);
  const Length baseline = at_foot ? block.y + block.height : block.y + height;
  boxes_.text(lines, 0, PageBox::Kind::furniture, left, baseline, canvas_.page().trim);
  for (const std::uint32_t index : line.logical) {
    const text::PlacedRun& run = line.runs[index];
    canvas_.add(page::Text{run.run, {left + run.x, baseline}, colour}, none, ArtifactKind::footer);
  }
}

// Full stops in columns that end at `end`, as many as there is room for.
void Placer::leaders(Length from, Length end, Length baseline) {
  const style::Pieces::Contents& measures = layout_.pieces.contents;
  const std::shared_ptr<const Lines> dot = furniture_.line(StyleName::leader, measures.dot);
  const text::Line& dot_line = dot->front();
  const Length pitch = dot_line.width + measures.pitch_gap;
  const Length room = end - from - measures.gap_before;
  const std::int64_t dots = room.raw() <= 0 || pitch.raw() <= 0 ? 0 : (room + measures.pitch_gap).raw() / pitch.raw();
  if (dots < measures.dots_min || dot_line.runs.size() != 1 || dot_line.runs.front().run.glyphs.size() != 1) return;
  text::GlyphRun run = dot_line.runs.front().run;
  const text::Glyph glyph = run.glyphs.front();
  const std::string character = run.text;
  run.rtl = false;  // dots have no direction: as many from the end edge in any
  run.text.clear();
  std::vector<text::Glyph> glyphs;
  for (std::int64_t i = 0; i < dots; ++i) {
    text::Glyph next = glyph;
    next.cluster = static_cast<std::uint32_t>(run.text.size());
    next.advance = pitch;
    glyphs.push_back(next);
    run.text += character;
  }
  run.glyphs = glyphs;
  const Length width = pitch * dots - measures.pitch_gap;
  canvas_.add(page::Text{std::move(run), {canvas_.left(end - width, width), baseline}, layout_.ink}, none,
              ArtifactKind::layout);
}

// The number at the end edge, its figures ending there; full stops in columns up to it.
void Placer::content(const PageNumber& box, Length top) {
  const style::Geometry& g = layout_.geometry;
  const Length baseline = top + box.baseline;
  leaders(box.from, g.measure - layout_.pieces.contents.end_column, baseline);
  const auto label = labels_.find(flow_.destinations[box.destination].id);
  if (label == labels_.end()) return;
  const Tag& tag = flow_.tags[box.tag];
  const std::shared_ptr<const Lines> number = furniture_.line(StyleName::contents_page, label->second);
  const Length width = number->front().width;
  const Length from = canvas_.left(g.measure - width, width);
  boxes_.text(*number, 0, PageBox::Kind::furniture, from, baseline, canvas_.page().trim);
  for (const std::uint32_t index : number->front().logical) {
    const text::PlacedRun& run = number->front().runs[index];
    canvas_.add(page::Text{run.run, {from + run.x, baseline}, tag.colour}, tag.element, ArtifactKind::none);
  }
  links_.widen(tag.link, from, width);  // it reaches over the whole line
}

}  // namespace epitome::typeset
