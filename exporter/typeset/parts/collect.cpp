#include "typeset/parts/collect.hpp"

#include <utility>
#include <variant>

#include "typeset/parts/parts.hpp"

namespace epitome::typeset {

namespace {

// The sections of a book, one after the other.
class Sections {
 public:
  Sections(Setter& setter, const std::vector<model::Inlines>& imprint_lines)
      : setter_(setter), imprint_lines_(imprint_lines) {}

  void set(const book::Section& section) {
    const Column column = setter_.whole_block();
    const bool runs_on = setter_.layout.front_runs_on;
    switch (section.kind) {
      case book::SectionKind::cover:
        if (runs_on) return;
        cover_page(setter_, section);
        // It is the cover's drawing seen through the paper: a picture has none.
        if (setter_.layout.endpaper && !setter_.inputs.book.document.work.cover) endpaper(setter_);
        return;
      case book::SectionKind::title_page:
        return runs_on ? title_head(setter_, section, column) : title_page(setter_, section, column);
      case book::SectionKind::imprint:
        if (runs_on) {
          imprint_ = &section;
          return;
        }
        return imprint(setter_, section, imprint_lines_, column);
      case book::SectionKind::contents:
        if (contents_entries(setter_.inputs.book) < setter_.layout.pieces.contents.entries_min) return;
        begin_part(section);
        return contents(setter_, section, column);
      case book::SectionKind::part:
        return part(section);
    }
  }

  // What stands after the last part.
  void finish() {
    if (imprint_ == nullptr) return;
    setter_.list.set_part(none);
    imprint(setter_, *std::exchange(imprint_, nullptr), imprint_lines_, setter_.whole_block());
  }

 private:
  // What follows belongs to the part, which running heads name.
  void begin_part(const book::Section& section) {
    setter_.list.set_part(static_cast<std::uint32_t>(setter_.flow.parts.size()));
    setter_.flow.parts.push_back({setter_.inputs.book.shown(section.title)});
  }

  void part(const book::Section& section) {
    const bool brand = section.part == nullptr || section.part->kind() == model::PartKind::brand;
    const bool hook = section.part != nullptr && section.part->kind() == model::PartKind::hook;
    if (brand) finish();
    begin_chain(section, brand, hook);
    Column column = setter_.whole_block();
    column.element = setter_.structure.element(page::Role::sect, 0, column.lang,
                                               section.part == nullptr ? nullptr : &section.part->attributes);
    if (section.part == nullptr) return brand_page(setter_, section, nullptr, column);
    column = inner(column, section.part->attributes);
    if (!hook && !brand) {
      part_title(setter_, section, column);
    } else if (!section.title.empty()) {
      setter_.structure.outline(0, setter_.inputs.book.listed(section.title),
                                setter_.structure.destination(section.id));
    }
    std::visit([&](const auto& value) { set_part(setter_, section, value, column); }, section.part->value);
    setter_.list.no_space_after();
  }

  // The part begins a page, or runs on below the one before.
  void begin_chain(const book::Section& section, bool brand, bool hook) {
    const std::size_t kind = section.part == nullptr ? 0 : static_cast<std::size_t>(section.part->kind());
    if (setter_.layout.front_runs_on) {
      begin_part(section);
      if (section.part != nullptr && setter_.layout.part_opens[kind]) setter_.list.start_chain(section.id);
      return;
    }
    const bool facing = setter_.layout.geometry.facing;
    const Numbering numbering = section.front ? Numbering::roman : Numbering::arabic;
    const Chain* const before = setter_.flow.chains.empty() ? nullptr : &setter_.list.chain();
    const bool follows_text = before != nullptr && !before->bare && before->numbering == numbering && !section.front &&
                              !before->boxes.empty();
    if (numbering == Numbering::arabic && !in_body_) {
      in_body_ = true;
      if (facing) body_side_ = Side::recto;
    }
    if (brand && facing) writing_page(setter_, numbering);
    begin_part(section);
    if (!brand && !hook && !setter_.layout.part_opens[kind] && follows_text) return;
    Chain& made = setter_.list.start_chain(section.id);
    made.numbering = numbering;
    made.side = brand && facing ? Side::verso : std::exchange(body_side_, Side::any);
    if (hook) made.front = Front::hook;
  }

  Setter& setter_;
  const std::vector<model::Inlines>& imprint_lines_;
  const book::Section* imprint_ = nullptr;  // not set yet
  bool in_body_ = false;                    // past the front matter
  Side body_side_ = Side::any;              // of the next chain
};

}  // namespace

Collected collect(const Inputs& inputs, const std::vector<model::Inlines>& imprint, ParagraphCache& cache,
                  const PageLabels& labels, diag::Sink& sink) {
  Collected collected;
  Setter setter(inputs, cache, labels, collected.flow, sink);
  if (!setter.find_faces()) return {};
  Sections sections(setter, imprint);
  for (const book::Section& section : inputs.book.sections) sections.set(section);
  sections.finish();
  collected.shown = std::move(setter.shown);
  collected.spoilers = std::move(setter.spoilers);
  return collected;
}

}  // namespace epitome::typeset
