#include <algorithm>

#include "typeset/parts/parts.hpp"

namespace epitome::typeset {

namespace {

std::uint32_t last_section(const Flow& flow) {
  auto at = static_cast<std::uint32_t>(flow.elements.size());
  while (at-- > 0) {
    if (flow.elements[at].role == page::Role::sect && flow.elements[at].parent == 0) return at;
  }
  return none;
}

// On which page ever the imprint stands, it is read behind that section.
void read_behind(std::uint32_t section, Chain& page) {
  if (section == none || page.atoms.empty()) return;
  std::vector<Content>& contents = page.atoms.front().contents;
  contents.insert(contents.begin(), Attach{section});
}

}  // namespace

void imprint(Setter& setter, const book::Section& section, const std::vector<model::Inlines>& lines,
             const Column& column) {
  const bool runs_on = setter.layout.front_runs_on;
  const TextStyle& style = setter.layout.style(StyleName::imprint);
  if (runs_on) {
    setter.list.space_after(style.before);
  } else {
    Chain& page = setter.list.start_chain(section.id);
    page.bare = page.at_foot = page.generated = true;
    page.front = Front::imprint;
    page.numbering = Numbering::roman;
  }
  Column inside = column;
  const std::uint32_t title_page = last_section(setter.flow);
  inside.element = setter.structure.element(page::Role::sect, 0);
  if (style.measure > Length{}) inside.measure = std::min(inside.measure, style.measure);
  setter.list.await(setter.structure.destination(section.id));
  for (const model::Inlines& content : lines) {
    TextPlace nowhere;
    const std::uint32_t p = setter.structure.element(page::Role::p, inside.element);
    setter.paragraph(setter.spans(content, setter.state(StyleName::imprint, inside, p), nowhere),
                     {StyleName::imprint, false, inside.start, inside.measure}, inside, {},
                     setter.inputs.book.document.work.title.span);
    setter.list.space_after(style.after);
  }
  if (runs_on) return;
  read_behind(title_page, setter.list.chain());
  setter.list.chain().foot_shift = setter.list.drop(setter.layout.geometry.grid) - setter.list.drop(style.leading);
}

}  // namespace epitome::typeset
