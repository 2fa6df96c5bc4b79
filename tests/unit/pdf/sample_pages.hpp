// Pages made by hand, with everything in them that a page writer knows.
#pragma once

#include <string>
#include <string_view>

#include "page/pages.hpp"
#include "text/fonts.hpp"

namespace epitome::test {

using model::Length;

// Changes each of the run's glyphs.
template <class Change>
void change_glyphs(text::GlyphRun& run, Change change) {
  std::vector<text::Glyph> glyphs = run.glyphs.list();
  for (text::Glyph& glyph : glyphs) change(glyph);
  run.glyphs = glyphs;
}

// Shapes a line of text with HarfBuzz as it is; glyphs in visual order.
text::GlyphRun shape(const text::Face& face, Length size, std::string_view text, std::string_view lang = "en",
                     bool rtl = false);

class PageBuilder {
 public:
  PageBuilder();

  const text::Face& face(std::string_view family, std::string_view style = "Regular");
  std::uint32_t add_page();
  std::uint32_t add_element(page::Role role, std::uint32_t parent);
  // A new mark on the last page.
  std::uint32_t add_mark(std::uint32_t element);
  std::uint32_t add_artifact(page::ArtifactKind kind);
  // One line at x, y in points; returns its width. `mark` none: a new mark of the element.
  Length add_text(std::uint32_t element, const text::Face& face, int size, int x, int y, std::string_view text,
                  std::string_view lang = "en", bool rtl = false);
  // An element with one line in it.
  std::uint32_t add_line(page::Role role, std::uint32_t parent, const text::Face& face, int size, int x, int y,
                         std::string_view text, std::string_view lang = "en", bool rtl = false);
  void add_item(std::uint32_t mark, page::Item item);

  page::Pages pages;
  text::FontSet fonts;
};

// Three pages: headings, contents, lists, table, figures, note, links, ruby, scripts, outline, labels, artifacts.
page::Pages& sample_pages(PageBuilder& builder);

}  // namespace epitome::test
