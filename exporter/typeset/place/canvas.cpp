#include "typeset/place/canvas.hpp"

#include <utility>

namespace epitome::typeset {

namespace {

// Adds a space at the run's end if it has none. Programs that read the characters in their order would run two texts
// together that only their positions part.
void end_with_space(page::Text& text) {
  text::GlyphRun& run = text.run;
  if (run.text.empty() || run.text.back() == ' ' || run.ends_in_soft_hyphen) return;
  text::Glyph space;
  space.id = run.face->glyph(U' ');
  if (space.id == 0) return;
  space.cluster = static_cast<std::uint32_t>(run.text.size());
  space.advance = run.face->advance(space.id, run.size);
  if (run.rtl) text.origin.x -= space.advance;
  std::vector<text::Glyph> glyphs = run.glyphs.list();
  glyphs.insert(run.rtl ? glyphs.begin() : glyphs.end(), space);
  run.glyphs = glyphs;
  run.text += ' ';
}

}  // namespace

Canvas::Canvas(page::Elements elements, const style::Geometry& geometry, const text::MissingGlyphs* missing, bool rtl)
    : geometry_(geometry), missing_(missing), rtl_(rtl), attached_(elements.size(), false) {
  pages.facing = geometry.facing;
  pages.elements = std::move(elements);
  attached_[0] = true;
}

void Canvas::begin_page(std::string label, Length block_left, bool turned) {
  const style::Geometry& g = geometry_;
  page::Page& made = pages.pages.emplace_back();
  made.trim = {{}, {}, g.page_width, g.page_height};
  made.bleed = g.bleed;
  made.turned = turned;
  made.label = std::move(label);
  block_ = {block_left, g.margin_head, g.measure, g.grid * g.lines};
  if (!turned) return;
  // The block keeps its place on the paper. On the turned page the paper's foot is at the left.
  block_ = {g.page_height - block_.y - block_.height, block_.x, block_.height, block_.width};
  std::swap(made.trim.width, made.trim.height);
}

Length Canvas::left(Length start, Length width) const {
  return rtl_ ? block_.x + block_.width - start - width : block_.x + start;
}

void Canvas::add(decltype(page::Item::value) value, std::uint32_t element, ArtifactKind artifact) {
  page::Item item;
  item.mark = mark(element, artifact);
  item.value = std::move(value);
  page().items.push_back(std::move(item));
}

void Canvas::rule(const model::Rect& from_start, style::Colour colour, Length dash_on, Length dash_off) {
  const auto& [start, top, width, height] = from_start;
  add(page::Rule{{left(start, width), top, width, height}, colour, dash_on, dash_off}, none, ArtifactKind::layout);
}

// mutool takes each step to the left, on one line of right-to-left text, for the step to the next letter. So only a
// space parts a term from its definition, or a cell from the next one.
void Canvas::end_column(Length from, Length baseline) {
  if (page().items.empty() || page().items.back().mark == none) return;
  if (pages.marks[page().items.back().mark].element == none) return;
  auto* before = std::get_if<page::Text>(&page().items.back().value);
  if (before == nullptr || (!rtl_ && from >= before->origin.x)) return;
  const Length apart = before->origin.y - baseline, size = before->run.size;
  if (apart < size && -apart < size) end_with_space(*before);
}

void Canvas::attach(std::uint32_t element) {
  if (attached_[element]) return;
  attached_[element] = true;
  const std::uint32_t parent = pages.elements[element].parent;
  attach(parent);
  pages.elements[parent].kids.push_back({false, element});
}

std::uint32_t Canvas::mark(std::uint32_t element, ArtifactKind artifact) {
  if (element != none) attach(element);
  if (!pages.marks.empty()) {
    const page::Mark& last = pages.marks.back();
    if (last.page == page_number() && last.element == element && last.artifact == artifact) {
      return static_cast<std::uint32_t>(pages.marks.size() - 1);
    }
  }
  pages.marks.push_back({page_number(), element, artifact});
  const auto index = static_cast<std::uint32_t>(pages.marks.size() - 1);
  if (element != none) pages.elements[element].kids.push_back({true, index});
  return index;
}

// One element, though its words may stand on two lines, of a cell on two pages.
std::uint32_t Canvas::replaced(std::uint32_t around, const text::PlacedRun& run) {
  const auto [at, is_new] = replaced_.try_emplace({around, run.tag, run.offset}, pages.elements.size());
  if (is_new) {
    page::Element made;
    made.parent = around;
    made.details.edit().actual = missing_->original(run.stands_for);
    pages.elements.push_back(std::move(made));
    attached_.push_back(false);
  }
  return at->second;
}

void Canvas::drop_unattached() {
  page::Elements& elements = pages.elements;
  std::vector<std::uint32_t> renumbered(elements.size(), none);
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < elements.size(); ++i) {
    if (!attached_[i]) continue;
    renumbered[i] = kept;
    if (kept != i) elements[kept] = std::move(elements[i]);
    ++kept;
  }
  elements.resize(kept);
  for (page::Element& element : elements) {
    if (element.parent != none) element.parent = renumbered[element.parent];
    for (page::Kid& kid : element.kids) {
      if (!kid.is_mark) kid.index = renumbered[kid.index];
    }
  }
  for (page::Mark& mark : pages.marks) {
    if (mark.element != none) mark.element = renumbered[mark.element];
  }
  for (page::Link& link : pages.links) link.element = renumbered[link.element];
}

}  // namespace epitome::typeset
