#include "typeset/collect.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace epitome::typeset {

Collector::Collector(const Inputs& inputs, const std::vector<model::Inlines>& imprint, ParagraphCache& cache,
                     const PageLabels& labels)
    : inputs_(inputs),
      layout_(inputs.layout),
      language_(inputs.book.language),
      imprint_(imprint),
      cache_(cache),
      labels_(labels) {}

Column Collector::whole_block() const {
  Column column;
  column.measure = layout_.geometry.measure;
  column.lang = inputs_.book.document.edition.lang;
  column.lang_around = column.lang;
  column.direction = column.page = inputs_.book.document.edition.dir;
  column.element = 0;
  return column;
}

std::uint32_t Collector::tag_of(std::size_t atom) const {
  for (const Content& content : chain().atoms[atom].contents) {
    const auto* text = std::get_if<TextBox>(&content);
    if (text == nullptr) continue;
    const text::Line& line = (*text->lines)[text->line];
    if (!line.logical.empty()) return line.runs[line.logical.front()].tag;
  }
  return 0;
}

Flow Collector::collect(diag::Sink& sink) {
  sink_ = &sink;
  for (const style::FaceChoice& choice : layout_.faces) {
    faces_.push_back(inputs_.fonts.face(choice.family, choice.style, sink));
    if (faces_.back() == nullptr) return {};
  }
  page::Element document;
  document.role = page::Role::document;
  flow_.elements.push_back(std::move(document));
  flow_.tags.emplace_back();  // 0: text of nothing
  for (const book::Section& item : inputs_.book.sections) section(item);
  return std::move(flow_);
}

void Collector::section(const book::Section& item) {
  section_id_ = item.id;
  const Column column = whole_block();
  switch (item.kind) {
    case book::SectionKind::cover:
      cover_page(item);
      if (layout_.endpaper) endpaper();
      return;
    case book::SectionKind::title_page:
      return title_page(item, column);
    case book::SectionKind::imprint:
      return imprint(item, column);
    case book::SectionKind::contents:
      part_ = static_cast<std::uint32_t>(flow_.parts.size());
      flow_.parts.push_back({display_text(item.title)});
      contents(item, column);
      return;
    case book::SectionKind::part:
      return part(item);
  }
}

void Collector::part(const book::Section& item) {
  Column column = whole_block();
  const bool front = item.front;
  const bool brand = item.part == nullptr || item.part->kind() == model::PartKind::brand;
  const bool hook = item.part != nullptr && item.part->kind() == model::PartKind::hook;
  const std::size_t kind = item.part == nullptr ? 0 : static_cast<std::size_t>(item.part->kind());
  const Numbering numbering = front ? Numbering::roman : Numbering::arabic;
  const bool follows_text =
      !flow_.chains.empty() && !chain().bare && chain().numbering == numbering && !front && !chain().boxes.empty();
  const bool opens = brand || hook || layout_.part_opens[kind] || !follows_text;
  if (numbering == Numbering::arabic && !in_body_) {
    in_body_ = true;
    if (layout_.geometry.facing) {
      if (!hook) writing_page(Numbering::roman);
      body_side_ = Side::recto;
    }
  }
  if (brand && layout_.geometry.facing) writing_page(numbering);
  section_id_ = item.id;
  part_ = static_cast<std::uint32_t>(flow_.parts.size());
  flow_.parts.push_back({display_text(item.title)});
  if (opens) {
    Chain& made = start_chain(item.id);
    made.numbering = numbering;
    made.side = brand && layout_.geometry.facing ? Side::verso : std::exchange(body_side_, Side::any);
    made.hook = hook;
  }
  column.element = element(page::Role::sect, 0, column.lang, item.part == nullptr ? nullptr : &item.part->attributes);
  if (item.part == nullptr) {
    brand_page(item, nullptr, column);
    return;
  }
  column = inner(column, item.part->attributes);
  if (!hook && !brand) {
    part_title(item, column, true);
  } else if (!item.title.empty()) {
    outline(0, display_text(item.title), destination(item.id));
  }
  std::visit([&](const auto& value) { part_value(item, value, column); }, item.part->value);
  pending_space_ = {};
}

}  // namespace epitome::typeset
