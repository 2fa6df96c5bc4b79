// The writer's small parts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf/cff_charset.hpp"
#include "pdf/object_file.hpp"
#include "pdf/slots.hpp"
#include "pdf/srgb_profile.hpp"
#include "pdf/syntax.hpp"
#include "pdf/to_unicode.hpp"
#include "pdf_reader.hpp"

namespace epitome::pdf {
namespace {

using model::Length;

std::string milli(Milli value) {
  std::string out;
  put_milli(out, value);
  return out;
}

TEST(Syntax, WritesNumbers) {
  EXPECT_EQ(milli(0), "0");
  EXPECT_EQ(milli(12500), "12.5");
  EXPECT_EQ(milli(-250), "-.25");
  EXPECT_EQ(milli(-7), "-.007");
  EXPECT_EQ(milli(40), ".04");
  EXPECT_EQ(milli(-3000), "-3");
  EXPECT_EQ(to_milli(Length::ratio_pt(1, 3)), 333);
  EXPECT_EQ(to_milli(-Length::ratio_pt(2, 3)), -667);
}

TEST(Syntax, WritesStrings) {
  EXPECT_EQ(text_string("a (b) \\"), "(a \\(b\\) \\\\)");
  EXPECT_EQ(text_string("é\xF0\x9F\x93\x96"), "<FEFF00E9D83DDCD6>");
  EXPECT_EQ(text_string("line\nbreak").substr(0, 5), "<FEFF");
  std::string literal;
  put_literal(literal, "a\rb");
  EXPECT_EQ(literal, "(a\\rb)");
  EXPECT_EQ(name_of("A b/ü"), "A#20b#2F#C3#BC");
}

TEST(Syntax, WritesDates) {
  EXPECT_EQ(pdf_date("2026-11-22T09:08:07Z"), "D:20261122090807Z");
  EXPECT_EQ(pdf_date("2026-11-22T09:08:07-03:30"), "D:20261122090807-03'30'");
  for (const char* bad : {"", "2026-11-22", "2026-11-22T09:08:07", "2026-11-22 09:08:07Z", "2026-11-22T09:08:07+0100",
                          "2026-1a-22T09:08:07Z"})
    EXPECT_EQ(pdf_date(bad), "") << bad;
}

TEST(ToUnicode, MakesRangesOnlyWhereTheyMay) {
  const std::string map = to_unicode_cmap({{1, "a"},
                                           {2, "b"},
                                           {3, "c"},
                                           {5, "d"},
                                           {6, "ff"},
                                           {0xFF, "x"},
                                           {0x100, "y"},
                                           {0x101, "ÿ"},
                                           {0x102, "Ā"},
                                           {0x103, "\xF0\x9F\x93\x96"}},
                                          2);
  EXPECT_THAT(map, testing::HasSubstr("1 beginbfrange\n<0001><0003><0061>\nendbfrange"));
  EXPECT_THAT(map, testing::HasSubstr("7 beginbfchar\n<0005><0064>\n<0006><00660066>\n<00FF><0078>\n<0100><0079>\n"
                                      "<0101><00FF>\n<0102><0100>\n<0103><D83DDCD6>\nendbfchar"));
}

TEST(ToUnicode, SectionsHoldAHundred) {
  const std::string text = "aa";
  std::vector<std::pair<std::uint16_t, std::string_view>> codes;
  for (std::uint16_t i = 1; i <= 205; ++i) codes.emplace_back(i, text);
  const std::string map = to_unicode_cmap(codes, 2);
  EXPECT_THAT(map, testing::HasSubstr("100 beginbfchar\n<0065>"));
  EXPECT_THAT(map, testing::HasSubstr("5 beginbfchar\n<00C9>"));
  EXPECT_THAT(to_unicode_cmap(codes, 1), testing::HasSubstr("<00><FF>"));
  EXPECT_THAT(to_unicode_cmap(codes, 1), testing::HasSubstr("5 beginbfchar\n<C9>"));
}

text::GlyphRun run(std::string text, const std::vector<std::uint32_t>& clusters, bool rtl = false) {
  text::GlyphRun r;
  r.text = std::move(text);
  r.rtl = rtl;
  std::vector<text::Glyph> glyphs;
  for (const std::uint32_t cluster : clusters) {
    text::Glyph g;
    g.id = static_cast<std::uint32_t>(glyphs.size());
    g.cluster = cluster;
    glyphs.push_back(g);
  }
  r.glyphs = glyphs;
  return r;
}

// "glyph:text" of each in logical order; '!' where ActualText begins.
std::string dealt(const text::GlyphRun& r) {
  SlotList list;
  cut_slots(r, false, list);
  std::string out;
  for (const Slot& slot : list.slots)
    out += (slot.crowded != 0 ? "!" + std::to_string(slot.crowded) : "") + std::to_string(slot.glyph) + ":" +
           r.text.substr(slot.begin, slot.length) + " ";
  return out;
}

TEST(Slots, WithoutComposingTheCharactersAreDealtOut) {
  EXPECT_EQ(dealt(run("abc", {0, 1, 2})), "0:a 1:b 2:c ");
  EXPECT_EQ(dealt(run("office", {0, 1, 4, 5})), "0:o 1:ffi 2:c 3:e ");
  EXPECT_EQ(dealt(run("aéb", {0, 1, 1, 3})), "0:a !21:é 2: 3:b ");
  EXPECT_EQ(dealt(run("xyz", {0, 0})), "0:x 1:yz ");
  EXPECT_EQ(dealt(run("אבג", {4, 2, 0}, true)), "2:א 1:ב 0:ג ");
  EXPECT_EQ(dealt(run("لا", {0, 0}, true)), "1:ل 0:ا ");
  // Characters in front of the first cluster are not lost.
  EXPECT_EQ(dealt(run("ab", {1})), "0:ab ");
}

TEST(ObjectFile, WritesWhatWasSet) {
  ObjectFile file;
  const std::uint32_t root = file.reserve(), info = file.reserve(), data = file.reserve();
  EXPECT_EQ(root, 1u);
  EXPECT_EQ(data, 3u);
  file.set(root, "/Type/Catalog");
  file.set(info, "/Title(x)");
  file.set_stream(data, "/A 1", std::string(500, 'a'));
  const std::optional<std::string> bytes = file.save(root, info);
  ASSERT_TRUE(bytes);
  const test::PdfReader reader(*bytes);
  EXPECT_THAT(reader.object(1).body, testing::HasSubstr("/Type/Catalog"));
  EXPECT_THAT(reader.object(3).body, testing::HasSubstr("/Filter/FlateDecode"));
  EXPECT_EQ(reader.inflated(3), std::string(500, 'a'));
  EXPECT_EQ(test::PdfReader::reference(reader.trailer(), "/Info"), 2u);
}

TEST(ObjectFile, FailsOnAnObjectThatWasNeverSet) {
  ObjectFile file;
  const std::uint32_t root = file.reserve();
  file.reserve();
  file.set(root, "/Type/Catalog");
  EXPECT_FALSE(file.save(root, root));
  EXPECT_THAT(file.failure(), testing::StartsWith("libharu error 0x"));
}

TEST(SrgbProfile, SaysItsSize) {
  const std::string profile = srgb_profile();
  const auto* bytes = reinterpret_cast<const unsigned char*>(profile.data());
  EXPECT_EQ(profile.size(), static_cast<std::size_t>(bytes[2] << 8 | bytes[3]));
  EXPECT_EQ(profile.substr(36, 4), "acsp");
  EXPECT_LT(profile.size(), 1000u);
}

// A CFF with one glyph name index, a Top DICT with ROS and format 2 ranges.
TEST(CffCharset, ReadsCids) {
  using namespace std::string_literals;
  // header, Name INDEX "A", Top DICT INDEX: 391 391 0 ROS, charset 32, CharStrings 39.
  std::string cff = "\1\0\4\1"s + "\0\1\1\1\2A"s;
  const std::string dict = "\xF8\x1B\xF8\x1B\x8B\x0C\x1E"s + "\x1C\0\x25\x0F"s + "\x1C\0\x2E\x11"s;
  cff += "\0\1\1\1"s + static_cast<char>(1 + dict.size()) + dict;
  cff.resize(0x25, '\0');
  cff += "\2\0\x0A\0\1\0\x64\0\0"s;  // format 2: 10 11, 100
  cff += "\0\4\1\1\2\3\4\5wxyz"s;    // four glyphs
  const std::optional<CffCharset> charset = read_cff_charset(cff);
  ASSERT_TRUE(charset);
  EXPECT_TRUE(charset->cid_keyed);
  EXPECT_THAT(charset->cids, testing::ElementsAre(0, 10, 11, 100));
  for (std::size_t length = 0; length < cff.size(); ++length)
    EXPECT_FALSE(read_cff_charset(std::string_view(cff).substr(0, length))) << length;
}

}  // namespace
}  // namespace epitome::pdf
