// What stands on the pages for characters without a glyph, and where the document's own characters are.
#include "text/missing_glyphs.hpp"

#include "book.hpp"

namespace epitome::typeset {
namespace {

class Lit {
 public:
  Lit(const std::string& parts, const std::string& root = "xml:lang=\"en\"")
      : source_("x.xml", source_with(parts, root)) {
    const std::string data = EPITOME_SOURCE_DIR;
    std::optional<model::Document> document = reader::read_document(source_, sink);
    const auto language = style::read_language(document->edition.lang, data, sink);
    auto layout = style::read_layout("book", data, sink);
    layout->pieces.contents.entries_min = 0;
    made = book::prepare(std::move(*document), *language, {}, sink);
    set = typeset({{*made, *layout, fonts(), EPITOME_PATTERNS_DIR, &missing},
                   "Epitome test",
                   false,
                   reader::source_texts(source_)},
                  sink);
    EXPECT_TRUE(set && sink.diagnostics().empty());
  }

  // What real content a page shows first.
  std::string first_text(std::size_t page) const {
    for (const page::Item& item : set->pages.pages[page].items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text != nullptr && set->pages.marks[item.mark].element != page::no_index) return text->run.text;
    }
    return {};
  }

  diag::Sink sink;
  std::unique_ptr<const book::Book> made;
  text::MissingGlyphs missing{text::MissingGlyphs::Way::replace, text::Replacements("/none", "en")};
  std::optional<Typeset> set;

 private:
  diag::SourceText source_;
};

TEST(MissingGlyphs, PagesBeginBeforeTheDocumentsCharacters) {
  std::string words;
  for (int i = 0; i < 900; ++i) words += "word" + std::to_string(i) + (i % 3 == 0 ? " \xF0\x9F\x94\xA5 " : " ");
  const Lit book("<overview><p>" + words + "</p></overview>");
  const auto& paragraph =
      std::get<model::Paragraph>(std::get<model::Overview>(book.made->document.parts[0].value).content[0].value);
  const std::string text = model::plain_text(paragraph.content);
  int turns = 0;
  for (std::size_t page = 0; page < book.set->page_map.breaks.size(); ++page) {
    const model::PageBreak& turn = book.set->page_map.breaks[page];
    if (turn.offset == 0) continue;
    ++turns;
    const std::string_view rest = std::string_view(text).substr(turn.offset);
    const std::string first = book.first_text(page);
    // A word that is parted, or the fire's name, counts before.
    if (rest.starts_with("\xF0\x9F\x94\xA5")) continue;
    EXPECT_EQ(rest.substr(0, 4), "word") << turn.label;
    EXPECT_EQ(rest.substr(0, first.size()), first) << turn.label;
  }
  EXPECT_GT(turns, 4);
}

TEST(MissingGlyphs, AnElementSaysWhatItsGlyphsDoNotShow) {
  for (const char* const root : {"xml:lang=\"en\"", "xml:lang=\"ar\""}) {
    const Lit book(
        "<overview><title>O \xF0\x9F\x94\xA5</title><p>a \xF0\x9F\x94\xA5 b "
        "<em>\xF0\x9F\x94\xA5\xF0\x9F\x98\x80</em></p>"
        "<table><tbody><tr><td>\xF0\x9F\x98\x80</td></tr></tbody></table></overview>",
        root);
    int found = 0;
    for (const page::Element& element : book.set->pages.elements) {
      if (element.details->actual.empty()) continue;
      EXPECT_EQ(element.role, page::Role::span);
      EXPECT_FALSE(element.kids.empty());
      ++found;
    }
    EXPECT_EQ(found, 6) << root;  // one of them in the contents
    diag::Sink sink;
    EXPECT_TRUE(page::check_pages(book.set->pages, sink));
  }
}

}  // namespace
}  // namespace epitome::typeset
