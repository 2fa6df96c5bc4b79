// Slots: a cluster's advance divided among its characters, and the composite glyphs that draw them.
#include "pdf/slots.hpp"

#include <gmock/gmock.h>
#include <hb.h>

#include <sstream>

#include "diag/diagnostic.hpp"
#include "pdf/composites.hpp"
#include "pdf/embedded_font.hpp"
#include "pdf/subset.hpp"
#include "pdf/write_pdf.hpp"
#include "pdf_reader.hpp"
#include "sample_pages.hpp"

namespace epitome::pdf {
namespace {

using model::Length;
using test::PageBuilder;
using test::PdfReader;

constexpr std::string_view vowelled = "كِتَابٌ جَدِيدٌ لِأَنَّ";
constexpr std::string_view pointed = "בְּרֵאשִׁית בָּרָא";

SlotList slots_of(const text::GlyphRun& run) {
  SlotList list;
  cut_slots(run, true, list);
  return list;
}

double width(const text::GlyphRun& run, const Slot& slot) {
  const std::int32_t units = slot.composed ? slot.width : hb_font_get_glyph_h_advance(run.face->hb_font(), slot.glyph);
  return run.size.to_pt() * units / run.face->units_per_em();
}

TEST(Slots, EveryCharacterHasAPlaceOfItsOwn) {
  PageBuilder builder;
  for (const auto& [family, text] :
       {std::pair("Noto Naskh Arabic", vowelled), std::pair("Noto Serif Hebrew", pointed)}) {
    const text::GlyphRun run = test::shape(builder.face(family), Length::pt(12), text, "ar", true);
    const SlotList list = slots_of(run);
    std::uint32_t at = 0;
    double left = run.width().to_pt();
    for (const Slot& slot : list.slots) {
      EXPECT_EQ(slot.begin, at);
      EXPECT_GT(width(run, slot), 0.2) << text << " at " << at;
      // Kerning moves a slot, and nothing else does.
      EXPECT_NEAR(slot.x.to_pt() + width(run, slot), left, 0.25) << text << " at " << at;
      left = slot.x.to_pt();
      at += slot.length;
    }
    EXPECT_EQ(at, text.size());
    EXPECT_NEAR(left, 0, 0.25);
  }
}

// The face sets it as two glyphs, one without an advance.
TEST(Slots, LamAlefIsTwoHalves) {
  PageBuilder builder;
  const text::GlyphRun run = test::shape(builder.face("Noto Naskh Arabic"), Length::pt(12), "لا", "ar", true);
  const SlotList list = slots_of(run);
  ASSERT_EQ(list.slots.size(), 2u);
  EXPECT_NEAR(width(run, list.slots[0]), width(run, list.slots[1]), 0.02);
  EXPECT_NEAR(width(run, list.slots[0]) * 2, run.width().to_pt(), 0.02);
}

TEST(Slots, ANonJoinerSharesTheNextLettersAdvance) {
  PageBuilder builder;
  const std::string text = "می\u200Cخ";
  const text::GlyphRun run = test::shape(builder.face("Noto Naskh Arabic"), Length::pt(12), text, "fa", true);
  const SlotList list = slots_of(run);
  ASSERT_EQ(list.slots.size(), 4u);
  EXPECT_EQ(slot_text(run, list.slots[2]), "\u200C");
  EXPECT_GT(width(run, list.slots[2]), 0.2);
}

// From left to right a ligature's letters are one text; marks get their slots.
TEST(Slots, LeftToRight) {
  PageBuilder builder;
  const text::GlyphRun latin = test::shape(builder.face("Vollkorn"), Length::pt(12), "office");
  for (const Slot& slot : slots_of(latin).slots) EXPECT_FALSE(slot.composed);
  const text::GlyphRun thai = test::shape(builder.face("Noto Serif Thai"), Length::pt(12), "ที่", "th");
  const SlotList list = slots_of(thai);
  ASSERT_EQ(list.slots.size(), 3u);
  double at = 0;
  for (const Slot& slot : list.slots) {
    EXPECT_NEAR(slot.x.to_pt(), at, 0.02);
    EXPECT_GT(width(thai, slot), 0.2);
    at += width(thai, slot);
  }
  EXPECT_NEAR(at, thai.width().to_pt(), 0.02);
}

TEST(Composites, HaveTheirPartsOutlinesAndAWidth) {
  PageBuilder builder;
  const text::Face& face = builder.face("Vollkorn");
  const std::uint32_t n = face.glyph('n'), dot = face.glyph('.');
  const auto subset = make_subset(face.hb_face(), {n, dot}, 0);
  ASSERT_TRUE(subset);
  const std::string program =
      add_composites(subset->bytes, {{{{subset->new_glyphs[0], 30, 40}}, 700},
                                     {{{subset->new_glyphs[0], 0, 0}, {subset->new_glyphs[1], -50, 600}}, 800},
                                     {{}, 90}});
  hb_blob_t* blob =
      hb_blob_create(program.data(), static_cast<unsigned>(program.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr);
  hb_face_t* made = hb_face_create(blob, 0);
  hb_font_t* font = hb_font_create(made);
  ASSERT_EQ(hb_face_get_glyph_count(made), subset->count + 3);
  const auto extents = [&](std::uint32_t glyph) {
    hb_glyph_extents_t e{};
    hb_font_get_glyph_extents(font, glyph, &e);
    return e;
  };
  EXPECT_EQ(hb_font_get_glyph_h_advance(font, subset->count), 700);
  EXPECT_EQ(extents(subset->count).x_bearing, extents(subset->new_glyphs[0]).x_bearing + 30);
  EXPECT_EQ(extents(subset->count).y_bearing, extents(subset->new_glyphs[0]).y_bearing + 40);
  EXPECT_EQ(hb_font_get_glyph_h_advance(font, subset->count + 1), 800);
  EXPECT_EQ(extents(subset->count + 1).y_bearing, extents(subset->new_glyphs[1]).y_bearing + 600);
  EXPECT_EQ(hb_font_get_glyph_h_advance(font, subset->count + 2), 90);
  EXPECT_EQ(extents(subset->count + 2).width, 0);
  EXPECT_EQ(hb_font_get_glyph_h_advance(font, subset->new_glyphs[0]), hb_font_get_glyph_h_advance(face.hb_font(), n));
  hb_font_destroy(font);
  hb_face_destroy(made);
  hb_blob_destroy(blob);
}

TEST(Composites, RefuseWhatTheFormatHasNoRoomFor) {
  PageBuilder builder;
  const auto subset = make_subset(builder.face("Vollkorn").hb_face(), {builder.face("Vollkorn").glyph('n')}, 0);
  ASSERT_TRUE(subset);
  EXPECT_EQ(add_composites(subset->bytes, {{{{subset->new_glyphs[0], 40'000, 0}}, 700}}), "");
  EXPECT_EQ(add_composites(subset->bytes, {{{{subset->count, 0, 0}}, 700}}), "");
  EXPECT_EQ(add_composites("not a font", {}), "");
}

std::string file_of(PageBuilder& builder, text::GlyphRun run) {
  builder.add_page();
  const std::uint32_t p = builder.add_element(page::Role::p, 0);
  builder.add_item(builder.add_mark(p),
                   {page::no_index, page::Text{std::move(run), {Length::pt(50), Length::pt(95)}, {}}});
  diag::Sink sink;
  const auto file = write_pdf(builder.pages, {}, sink);
  return file ? *file : std::string();
}

// ISO 14289-1 7.21.5: the widths in the dictionary are those of the program.
TEST(Slots, WidthsAreTheProgramsAndSpacesBeginWithAMark) {
  PageBuilder builder;
  const text::Face& face = builder.face("Noto Naskh Arabic");
  const PdfReader reader(file_of(builder, test::shape(face, Length::pt(12), vowelled, "ar", true)));
  std::size_t compared = 0;
  for (const auto& [number, object] : reader.objects()) {
    if (object.body.find("/CIDFontType2") == std::string::npos) continue;
    const std::string& descriptor = reader.object(PdfReader::reference(object.body, "/FontDescriptor")).body;
    const std::string program = reader.inflated(PdfReader::reference(descriptor, "/FontFile2"));
    const std::string map = reader.inflated(PdfReader::reference(object.body, "/CIDToGIDMap"));
    hb_blob_t* blob = hb_blob_create(program.data(), static_cast<unsigned>(program.size()), HB_MEMORY_MODE_READONLY,
                                     nullptr, nullptr);
    hb_face_t* made = hb_face_create(blob, 0);
    hb_font_t* font = hb_font_create(made);
    // All codes from 1 in one array.
    const std::size_t from = object.body.find("/W[1[") + 5;
    std::istringstream widths(object.body.substr(from, object.body.find(']', from) - from));
    std::size_t code = 1;
    for (int w = 0; widths >> w; ++code) {
      const auto glyph = static_cast<hb_codepoint_t>(static_cast<unsigned char>(map[2 * code]) << 8 |
                                                     static_cast<unsigned char>(map[2 * code + 1]));
      EXPECT_NEAR(w, hb_font_get_glyph_h_advance(font, glyph) * 1000.0 / face.units_per_em(), 0.51);
      ++compared;
    }
    EXPECT_EQ(code * 2, map.size());
    hb_font_destroy(font);
    hb_face_destroy(made);
    hb_blob_destroy(blob);
  }
  EXPECT_GT(compared, 10u);
  const std::uint32_t page = reader.pages()[0];
  std::vector<std::string> texts;
  for (const PdfReader::Shown& shown : reader.shown(page)) texts.push_back(shown.text);
  EXPECT_THAT(texts, testing::Contains("200F0020"));
  EXPECT_THAT(texts, testing::Not(testing::Contains("0020")));
  EXPECT_THAT(reader.inflated(PdfReader::reference(reader.object(page).body, "/Contents")),
              testing::HasSubstr(" 12.001 Tf"));
}

TEST(EmbeddedFonts, MoreGlyphsThanAFontHoldsAreTheInputsFault) {
  PageBuilder b;
  const std::unique_ptr<EmbeddedFont> font = make_embedded_font(b.face("Vollkorn"));
  for (std::uint32_t i = 0; i < 65535; ++i) font->use(i % 900, std::to_string(i));
  const auto fault = font->finish();
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->code, diag::Code::E0606);
}

}  // namespace
}  // namespace epitome::pdf
