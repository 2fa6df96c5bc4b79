#include <utility>

#include "typeset/parts/parts.hpp"

namespace epitome::typeset {

namespace {

void contents_entry(Setter& setter, StyleName name, const model::Inlines& title, std::string_view lang,
                    std::string_view id, const Column& column, std::uint32_t toc, bool keep_with_part) {
  const TextStyle& style = setter.layout.style(name);
  model::Attributes attributes;
  attributes.lang = std::string(lang);
  Column own = inner(column, attributes);
  if (!lang.empty()) own.lang = lang;  // outlives `attributes`
  const std::uint32_t entry = setter.structure.element(page::Role::toci, toc, column.lang, &attributes);
  const std::uint32_t reference = setter.structure.element(page::Role::reference, entry);
  const std::uint32_t link = setter.structure.element(page::Role::link, reference);
  InlineState look = setter.state(name, own, link);
  look.link = setter.structure.link({destination_name(id), {}, setter.inputs.book.listed(title), link});
  look.notes = false;
  look.repeated = true;
  look.hyphenate = false;
  TextPlace nowhere;
  std::vector<text::TextSpan> text = setter.spans(title, look, nowhere);
  const Length start = own.start + style.start_indent;
  // A name of several lines leaves the numbers' column free.
  const Length measure = own.measure - style.start_indent - setter.layout.pieces.contents.end_column;
  const auto lines = setter.set(std::move(text), setter.shape(style, measure, own.direction), {});
  const std::size_t first =
      setter.list.add_lines(lines, style, start, measure, style.before, keep_with_part ? PageCosts::stranded : 0);
  if (lines->empty()) return;
  setter.list.keep_together(first, PageCosts::stranded);
  Tag number;
  number.element = link;
  number.link = look.link;
  number.colour = setter.layout.ink;
  setter.list.chain().atoms.back().contents.emplace_back(
      PageNumber{setter.structure.destination(id), setter.structure.tag(std::move(number)), start + lines->back().width,
                 style.leading - setter.list.drop(style.leading)});
}

bool is_listed(const book::Section& section) {
  if (section.kind != book::SectionKind::part || section.part == nullptr) return false;
  const model::PartKind kind = section.part->kind();
  return kind != model::PartKind::hook && kind != model::PartKind::brand;
}

const model::Story* story_of(const book::Section& section) { return std::get_if<model::Story>(&section.part->value); }

}  // namespace

int contents_entries(const book::Book& book) {
  std::size_t count = 0;
  for (const book::Section& section : book.sections) {
    if (!is_listed(section)) continue;
    const model::Story* const story = story_of(section);
    count += 1 + (story == nullptr ? 0 : story->chapters.size());
  }
  return static_cast<int>(count);
}

void contents(Setter& setter, const book::Section& section, const Column& column) {
  if (!setter.layout.front_runs_on) {
    Chain& page = setter.list.start_chain(section.id);
    page.numbering = Numbering::roman;
    page.generated = true;
  }
  Column inside = column;
  inside.element = setter.structure.element(page::Role::sect, 0);
  part_title(setter, section, inside);
  const std::uint32_t toc = setter.structure.element(page::Role::toc, inside.element);
  for (const book::Section& listed : setter.inputs.book.sections) {
    if (!is_listed(listed)) continue;
    contents_entry(setter, StyleName::contents_part, listed.title, listed.part->attributes.lang, listed.id, inside, toc,
                   false);
    const model::Story* const story = story_of(listed);
    if (story == nullptr || story->chapters.empty()) continue;
    const std::uint32_t chapters = setter.structure.element(page::Role::toc, toc);
    for (const model::Chapter& chapter : story->chapters) {
      contents_entry(setter, StyleName::contents_chapter, chapter.title, chapter.attributes.lang, chapter.id, inside,
                     chapters, &chapter == &story->chapters.front());
    }
  }
  setter.list.finish_on_grid();
}

}  // namespace epitome::typeset
