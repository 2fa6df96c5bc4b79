#include "pdf/write_pdf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>

#include "pdf/slots.hpp"
#include "pdf/syntax.hpp"
#include "pdf_reader.hpp"
#include "sample_pages.hpp"

namespace epitome::pdf {
namespace {

using model::Length;
using test::PageBuilder;
using test::PdfReader;
using testing::HasSubstr;

std::string write(const page::Pages& pages) {
  diag::Sink sink;
  std::optional<std::string> file = write_pdf(pages, {"Epitome 0.1.0"}, sink);
  EXPECT_TRUE(sink.diagnostics().empty());
  return file ? std::move(*file) : "";
}

const std::string& sample() {
  static const std::string file = [] {
    PageBuilder builder;
    return write(test::sample_pages(builder));
  }();
  return file;
}

// One page with one paragraph of one run.
std::string write_run(PageBuilder& builder, text::GlyphRun run) {
  builder.add_page();
  const std::uint32_t p = builder.add_element(page::Role::p, 0);
  builder.add_item(builder.add_mark(p),
                   {page::no_index, page::Text{std::move(run), {Length::pt(50), Length::pt(95)}, {}}});
  return write(builder.pages);
}

std::string text_of(const std::vector<PdfReader::Shown>& shown) {
  std::string out;
  for (const PdfReader::Shown& s : shown) out += s.text;
  return out;
}

std::string utf16(std::string_view text) {
  std::string out;
  put_utf16_hex(out, text);
  return out;
}

// ISO 32000-1, table 150.
TEST(WritePdf, SaysHowItIsPrinted) {
  const auto preferences = [](const style::Printing& printing) {
    PageBuilder builder;
    page::Pages pages = test::sample_pages(builder);
    pages.printing = printing;
    const PdfReader reader(write(pages));
    const std::string& catalog = reader.object(PdfReader::reference(reader.trailer(), "/Root")).body;
    const std::size_t from = catalog.find("/ViewerPreferences<<");
    return catalog.substr(from, catalog.find(">>", from) - from);
  };
  using Duplex = style::Printing::Duplex;
  EXPECT_EQ(preferences({}), "/ViewerPreferences<</DisplayDocTitle true");
  EXPECT_EQ(
      preferences({Duplex::long_edge, true, true}),
      "/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None/Duplex/DuplexFlipLongEdge/PickTrayByPDFSize true");
  EXPECT_THAT(preferences({Duplex::short_edge, false, false}), HasSubstr("/Duplex/DuplexFlipShortEdge"));
  EXPECT_THAT(preferences({Duplex::no, false, false}), HasSubstr("/Duplex/Simplex"));
}

// Sheets for a printer: text that can be copied, no claim of tags, and what is clipped stays so.
TEST(WritePdf, SheetsHaveNoTags) {
  PageBuilder builder;
  page::Pages pages = test::sample_pages(builder);
  pages.tagged = false;
  pages.elements.clear();
  pages.marks.clear();
  pages.links.clear();
  pages.destinations.clear();
  pages.outline.clear();
  std::size_t texts = 0;
  for (page::Page& page : pages.pages) {
    for (page::Item& item : page.items) {
      item.mark = page::no_index;
      texts += std::holds_alternative<page::Text>(item.value) ? 1 : 0;
    }
  }
  page::Page& first = pages.pages.front();
  first.clips = {{0, static_cast<std::uint32_t>(first.items.size()), first.trim, {}}};
  const PdfReader reader(write(pages));
  const std::string& catalog = reader.object(PdfReader::reference(reader.trailer(), "/Root")).body;
  EXPECT_THAT(catalog, testing::Not(HasSubstr("/StructTreeRoot")));
  EXPECT_THAT(catalog, testing::Not(HasSubstr("/MarkInfo")));
  EXPECT_GT(texts, 0U);
  const std::string body = reader.object(reader.pages().front()).body;
  EXPECT_THAT(body, testing::Not(HasSubstr("/StructParents")));
  const std::string content = reader.inflated(PdfReader::reference(body, "/Contents"));
  EXPECT_THAT(content, HasSubstr(" re W n\n"));
  EXPECT_THAT(content, HasSubstr(" Tf"));
  EXPECT_THAT(content, testing::Not(HasSubstr("BDC")));
  // What the claim says stands uncompressed.
  const std::string file = write(pages);
  EXPECT_THAT(file, HasSubstr("<pdfaid:conformance>B<"));
  EXPECT_THAT(file, testing::Not(HasSubstr("pdfuaid")));
}

TEST(WritePdf, GivesTheSameBytes) {
  PageBuilder builder;
  EXPECT_EQ(write(test::sample_pages(builder)), sample());
  // For looking at, and for the judges.
  if (const char* path = std::getenv("EPITOME_SAMPLE_PDF")) std::ofstream(path, std::ios::binary) << sample();
}

TEST(WritePdf, IdentifierIsTheContents) {
  const auto id = [](const std::string& file) { return file.substr(file.rfind("/ID["), 72); };
  PageBuilder builder;
  test::sample_pages(builder);
  builder.pages.metadata.title += "!";
  EXPECT_NE(id(write(builder.pages)), id(sample()));
  EXPECT_THAT(id(sample()), testing::MatchesRegex("/ID.<[0-9A-F]{32}><[0-9A-F]{32}>.*"));
}

// Every glyph's text, in the order of the items, and its place.
TEST(WritePdf, TextAndPlacesComeBack) {
  PageBuilder builder;
  const page::Pages& pages = test::sample_pages(builder);
  const PdfReader reader(sample());
  const std::vector<std::uint32_t> numbers = reader.pages();
  ASSERT_EQ(numbers.size(), pages.pages.size());
  SlotList list;
  for (std::size_t p = 0; p < numbers.size(); ++p) {
    const page::Page& page = pages.pages[p];
    const std::vector<PdfReader::Shown> shown = reader.shown(numbers[p]);
    std::size_t at = 0;
    for (const page::Item& item : page.items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text == nullptr) continue;
      const text::GlyphRun& run = text->run;
      cut_slots(run, run.face->is_truetype(), list);
      for (const Slot& slot : list.slots) {
        ASSERT_LT(at, shown.size());
        EXPECT_EQ(shown[at].text, slot.length == 0 ? "2060" : utf16(slot_text(run, slot))) << run.text;
        const Length x = text->origin.x + page.bleed + slot.x;
        const Length y = page.trim.height + page.bleed - text->origin.y + slot.y;
        EXPECT_NEAR(shown[at].x, x.to_pt(), 0.0315) << text->run.text;
        EXPECT_NEAR(shown[at].y, y.to_pt(), 0.001) << text->run.text;
        EXPECT_EQ(shown[at].mcid >= 0, pages.marks[item.mark].element != page::no_index);
        ++at;
      }
    }
    EXPECT_EQ(at, shown.size());
  }
}

TEST(WritePdf, LongLinesDoNotDrift) {
  PageBuilder builder;
  const text::Face& face = builder.face("Vollkorn");
  std::string words;
  for (int i = 0; i < 60; ++i) words += "awkward ";
  text::GlyphRun run = test::shape(face, Length::ratio_pt(1077, 100), words);
  // A third of a thousandth of the size a glyph: below what one correction can say.
  test::change_glyphs(run, [](text::Glyph& g) { g.advance += Length::ratio_pt(1077, 300000); });
  const Length width = run.width() - run.glyphs.back().advance;
  const PdfReader reader(write_run(builder, std::move(run)));
  EXPECT_NEAR(reader.shown(reader.pages()[0]).back().x, (Length::pt(50) + width).to_pt(), 0.0315);
}

TEST(WritePdf, LetterSpacingCostsNothingAGlyph) {
  PageBuilder builder;
  text::GlyphRun run = test::shape(builder.face("EB Garamond"), Length::pt(10), "nnnnnnnnnnnn");
  test::change_glyphs(run, [](text::Glyph& g) { g.advance += Length::ratio_pt(1, 4); });
  const PdfReader reader(write_run(builder, std::move(run)));
  const std::string content = reader.inflated(PdfReader::reference(reader.object(reader.pages()[0]).body, "/Contents"));
  EXPECT_THAT(content, HasSubstr(".25 Tc"));
  EXPECT_THAT(content, testing::Not(HasSubstr("TJ")));
}

// A justified line of an alphabet: one string, its spaces stretched by word spacing. A face with more than 255 codes
// has no such spaces; the places are the same.
TEST(WritePdf, WordSpacingStretchesTheSpacesOfOneByte) {
  const std::string line = "nn nn nn nn nn";
  for (const bool alphabet : {true, false}) {
    PageBuilder builder;
    const text::Face& face = builder.face("Vollkorn");
    text::GlyphRun run = test::shape(face, Length::pt(10), line);
    const std::uint32_t space = run.glyphs.list()[2].id;
    test::change_glyphs(run, [&](text::Glyph& g) { g.advance += g.id == space ? Length::pt(2) : Length(); });
    const Length width = run.width() - run.glyphs.back().advance;
    if (!alphabet) {
      std::string many;
      for (unsigned c = 0xC0; c < 0x460; ++c) {
        const std::string letter{static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
        if (test::shape(face, Length::pt(10), letter).glyphs.list()[0].id != 0) many += letter;
      }
      builder.add_page();
      builder.add_line(page::Role::p, 0, face, 10, 50, 300, many);
    }
    const PdfReader reader(write_run(builder, std::move(run)));
    const std::uint32_t page = reader.pages().back();
    const std::string content = reader.inflated(PdfReader::reference(reader.object(page).body, "/Contents"));
    const std::vector<PdfReader::Shown> shown = reader.shown(page);
    EXPECT_EQ(content.find("2 Tw") != content.npos && content.find("TJ") == content.npos, alphabet) << content;
    EXPECT_EQ(text_of(shown), utf16(line));
    EXPECT_NEAR(shown.back().x, (Length::pt(50) + width).to_pt(), 0.0315);
  }
}

// A line that begins where the one before began: the place is said again.
TEST(WritePdf, ReturnsToTheLinesStart) {
  PageBuilder builder;
  builder.add_page();
  const std::uint32_t p = builder.add_element(page::Role::p, 0);
  for (const char* text : {"n", "o"}) builder.add_text(p, builder.face("Vollkorn"), 14, 50, 90, text);
  const PdfReader reader(write(builder.pages));
  const std::vector<PdfReader::Shown> shown = reader.shown(reader.pages()[0]);
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_EQ(shown[0].x, shown[1].x);
  EXPECT_EQ(text_of(shown), utf16("no"));
}

// One glyph for several texts: the same outline under two codes, or in two fonts.
TEST(WritePdf, OneGlyphKeepsItsTextsApart) {
  for (const char* family : {"Vollkorn", "EB Garamond"}) {
    PageBuilder builder;
    text::GlyphRun run = test::shape(builder.face(family), Length::pt(12), "a\u00A0b c\u00A0d e");
    // The no-break space and the space, whichever glyphs the font has for them.
    std::vector<text::Glyph> glyphs = run.glyphs.list();
    glyphs[1].id = glyphs[3].id;
    run.glyphs = glyphs;
    const PdfReader reader(write_run(builder, run));
    EXPECT_EQ(text_of(reader.shown(reader.pages()[0])), utf16(run.text)) << family;
  }
}

TEST(WritePdf, LigatureCarriesAllItsCharacters) {
  PageBuilder builder;
  text::GlyphRun run = test::shape(builder.face("Vollkorn"), Length::pt(12), "office");
  ASSERT_LT(run.glyphs.size(), 6u);
  const PdfReader reader(write_run(builder, run));
  EXPECT_EQ(text_of(reader.shown(reader.pages()[0])), utf16("office"));
}

TEST(WritePdf, StructureLeadsToContentAndBack) {
  const PdfReader reader(sample());
  const std::string& catalog = reader.object(PdfReader::reference(reader.trailer(), "/Root")).body;
  const std::string& root = reader.object(PdfReader::reference(catalog, "/StructTreeRoot")).body;
  const std::string& parents = reader.object(PdfReader::reference(root, "/ParentTree")).body;
  const std::vector<std::uint32_t> pages = reader.pages();
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_EQ(PdfReader::reference(reader.object(pages[i]).body, "/StructParents"), i);
    // The row of this page names as many elements as the page has MCIDs; each says this page.
    const std::string key = (i == 0 ? "/Nums[" : "\n") + std::to_string(i) + " [";
    const std::size_t from = parents.find(key);
    ASSERT_NE(from, parents.npos);
    std::string row = parents.substr(from + key.size(), parents.find(']', from + key.size()) - from - key.size());
    int count = 0, last = -1;
    for (std::size_t at = 0; at < row.size(); at = row.find(" R", at) + 3, ++count) {
      const std::string& element = reader.object(static_cast<std::uint32_t>(std::stoi(row.substr(at)))).body;
      EXPECT_EQ(PdfReader::reference(element, "/Pg"), pages[i]);
    }
    for (const PdfReader::Shown& s : reader.shown(pages[i])) last = std::max(last, s.mcid);
    EXPECT_EQ(count, last + 1);
  }
  EXPECT_THAT(root, HasSubstr("/ParentTreeNextKey 7"));
}

TEST(WritePdf, ParagraphOverAPageTurnSaysBothPages) {
  PageBuilder builder;
  builder.add_page();
  const std::uint32_t p = builder.add_element(page::Role::p, 0);
  builder.add_text(p, builder.face("Vollkorn"), 11, 60, 500, "before the turn");
  builder.add_text(p, builder.face("Vollkorn"), 11, 60, 514, "still before");
  builder.add_page();
  builder.add_text(p, builder.face("Vollkorn"), 11, 60, 60, "after it");
  const PdfReader reader(write(builder.pages));
  const std::vector<std::uint32_t> pages = reader.pages();
  for (const auto& [number, object] : reader.objects()) {
    if (object.body.find("/S/P/P") == std::string::npos) continue;
    EXPECT_EQ(PdfReader::reference(object.body, "/Pg"), pages[0]);
    EXPECT_THAT(object.body, HasSubstr("/K[0 1 <</Type/MCR/Pg " + std::to_string(pages[1]) + " 0 R/MCID 0>>]"));
    return;
  }
  FAIL() << "no paragraph";
}

TEST(WritePdf, ClosedOutlineEntriesCountDownwards) {
  PageBuilder builder;
  builder.add_page();
  builder.pages.destinations = {{"top", 0, {}}};
  builder.pages.outline = {{0, "Part", "top"}, {1, "Chapter", "top"}, {2, "Scene", "top"}};
  const PdfReader reader(write(builder.pages));
  std::vector<std::string> counts;
  for (const auto& [number, object] : reader.objects()) {
    const std::size_t at = object.body.find("/Count ");
    if (at != std::string::npos && object.body.find("/Type/Pages") == std::string::npos)
      counts.push_back(object.body.substr(at + 7, object.body.find_first_of("/>\n", at + 7) - at - 7));
  }
  // The root shows one entry; part and chapter would show one each.
  EXPECT_THAT(counts, testing::ElementsAre("1", "-1", "-1"));
}

TEST(WritePdf, LinksAreWhole) {
  const PdfReader reader(sample());
  int links = 0;
  std::string two_lines;
  for (const auto& [number, object] : reader.objects()) {
    if (object.body.find("/Subtype/Link") == std::string::npos) continue;
    ++links;
    EXPECT_THAT(object.body, HasSubstr("/Contents"));
    EXPECT_THAT(object.body, HasSubstr("/F 4"));
    EXPECT_THAT(object.body, HasSubstr("/StructParent "));
    if (object.body.find("/QuadPoints") != std::string::npos) two_lines = object.body;
  }
  EXPECT_EQ(links, 4);
  EXPECT_THAT(two_lines, HasSubstr("/QuadPoints[190 205 320 205 190 192 320 192 60 191 130 191 60 178 130 178]"));
  EXPECT_THAT(two_lines, HasSubstr("/URI(https://example.org/a?\\(b\\)=c/%C3%A9)"));
}

TEST(WritePdf, CatalogSaysHowToOpen) {
  const PdfReader reader(sample());
  const std::string& catalog = reader.object(PdfReader::reference(reader.trailer(), "/Root")).body;
  for (const char* part : {"/Lang(en)", "/MarkInfo<</Marked true>>", "/DisplayDocTitle true",
                           "/PageLayout/TwoPageRight", "/PageMode/UseOutlines", "/OutputIntents[", "/Metadata "})
    EXPECT_THAT(catalog, HasSubstr(part));
  EXPECT_THAT(reader.object(PdfReader::reference(catalog, "/PageLabels")).body, HasSubstr("0 <</S/r>>\n1 <</S/D>>"));
  const std::string& outline = reader.object(PdfReader::reference(catalog, "/Outlines")).body;
  EXPECT_THAT(outline, HasSubstr("/Count 2"));
  EXPECT_THAT(reader.object(PdfReader::reference(outline, "/First")).body, HasSubstr("/Count -1"));
  EXPECT_THAT(reader.object(PdfReader::reference(outline, "/First")).body, HasSubstr("/Title(Takeaways)"));
  const std::string& metadata = reader.object(PdfReader::reference(catalog, "/Metadata")).stream;
  EXPECT_THAT(metadata, HasSubstr("The &lt;Push&gt; &amp; co: a summary"));
  EXPECT_THAT(metadata, HasSubstr("<rdf:li>Émile &quot;Quoted&quot;</rdf:li>"));
}

TEST(WritePdf, BoxesHaveTheBleed) {
  const PdfReader reader(sample());
  EXPECT_THAT(reader.object(reader.pages()[2]).body,
              HasSubstr("/MediaBox[0 0 438 613]/BleedBox[0 0 438 613]/TrimBox[9 9 429 604]/CropBox[9 9 429 604]"));
  const std::string& plain = reader.object(reader.pages()[0]).body;
  EXPECT_THAT(plain, HasSubstr("/MediaBox[0 0 420 595]/BleedBox[0 0 420 595]/TrimBox[0 0 420 595]"));
  EXPECT_THAT(plain, Not(HasSubstr("/CropBox")));
}

TEST(WritePdf, ImagesPassThrough) {
  PageBuilder builder;
  const page::Pages& pages = test::sample_pages(builder);
  const PdfReader reader(sample());
  const std::string& page = reader.object(reader.pages()[1]).body;
  const auto& jpeg = reader.object(PdfReader::reference(page, "/I0"));
  EXPECT_EQ(jpeg.stream, pages.images[0].bytes);
  EXPECT_THAT(jpeg.body, HasSubstr("/DCTDecode"));
  const auto& png = reader.object(PdfReader::reference(page, "/I1"));
  EXPECT_NE(pages.images[1].bytes.find(png.stream), std::string::npos);
  EXPECT_THAT(png.body, HasSubstr("/Predictor 15/Colors 3/BitsPerComponent 8/Columns 12"));
  const auto& transparent = reader.object(PdfReader::reference(page, "/I2"));
  EXPECT_EQ(reader.inflated(PdfReader::reference(page, "/I2")).size(), 12u * 12 * 3);
  EXPECT_EQ(reader.inflated(PdfReader::reference(transparent.body, "/SMask")).size(), 12u * 12);
  EXPECT_THAT(reader.object(PdfReader::reference(page, "/I3")).body, HasSubstr("/Indexed/DeviceRGB 1<FF010201FF03>"));
}

TEST(WritePdf, ManyPagesMakeABalancedTree) {
  PageBuilder builder;
  for (int i = 0; i < 1100; ++i) builder.add_page();
  const PdfReader reader(write(builder.pages));
  EXPECT_EQ(reader.pages().size(), 1100u);
  for (const auto& [number, object] : reader.objects()) {
    if (object.body.find("/Kids[") == std::string::npos) continue;
    EXPECT_LT(object.body.size(), 600u);
  }
}

TEST(WritePdf, RefusesPagesThatAreNotWellFormed) {
  PageBuilder builder;
  test::sample_pages(builder);
  builder.pages.links[0].description.clear();
  diag::Sink sink;
  EXPECT_FALSE(write_pdf(builder.pages, {}, sink));
  ASSERT_EQ(sink.error_count(), 1u);
  EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::E0901);
}

}  // namespace
}  // namespace epitome::pdf
