// A first guess at the pages that cross-references show: as good as its number of figures, which has most lines set but
// once (ParagraphCache::show_pages).
#include <string>

#include "typeset/parts/collect.hpp"

namespace epitome::typeset {

PageLabels guess_pages(const book::Book& book, const style::Layout& layout) {
  PageLabels labels;
  const style::TextStyle& style = layout.style(style::StyleName::text);
  // Of running text in the layouts' faces; that of an ideograph is twice as wide.
  const Length character = style.size.scaled(450, 1000);
  const std::int64_t characters_a_line = std::max<std::int64_t>(layout.geometry.measure.raw() / character.raw(), 1);
  const std::int64_t lines_a_page =
      std::max<std::int64_t>(layout.geometry.grid.raw() * layout.geometry.lines / style.leading.raw(), 1);
  for (const auto& [id, name] : book.names.all()) {
    // The last line of each text is half empty.
    const std::int64_t lines = name.characters_before / characters_a_line + name.lines_before / 2;
    labels.emplace(id, style::written_number(book.language, static_cast<int>(1 + lines / lines_a_page)));
  }
  return labels;
}

}  // namespace epitome::typeset
