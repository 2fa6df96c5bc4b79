// A first guess at the pages that cross-references show. If it has as many figures as the right number, the paragraph
// needn't be set again: its figures are exchanged (ParagraphCache::show_pages).
#include <string>

#include "typeset/parts/collect.hpp"

namespace epitome::typeset {

PageLabels guess_pages(const book::Book& book, const style::Layout& layout) {
  PageLabels labels;
  const style::TextStyle& style = layout.style(style::StyleName::text);
  // The mean width of a character in running text. An ideograph is twice as wide, and its text takes more pages.
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
