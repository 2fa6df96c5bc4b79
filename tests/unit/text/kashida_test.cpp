// Joins of Arabic letters that are drawn out: where, by how much, and that the text doesn't know of it.
#include "text/kashida.hpp"

#include "setting.hpp"

namespace epitome::text {
namespace {

// "letter before the join, rank", or nothing.
std::string place_in(std::string_view word) {
  const KashidaPlace place = kashida_place(word);
  if (place.rank == 0) return {};
  return std::string(word.substr(place.letter, 2)) + std::to_string(place.rank);
}

TEST(Kashida, StandsWhereAScribeWouldPutIt) {
  EXPECT_EQ(place_in("عـين"), "ـ1");
  EXPECT_EQ(place_in("السلام"), "س2");
  EXPECT_EQ(place_in("محمد"), "م3");
  EXPECT_EQ(place_in("مُحَمَّد"), "م3");  // marks are passed over
  EXPECT_EQ(place_in("مدينة"), "ن3");
  EXPECT_EQ(place_in("كتاب"), "ت4");
  EXPECT_EQ(place_in("كبير"), "ك5");
  EXPECT_EQ(place_in("هو"), "ه6");
  EXPECT_EQ(place_in("قلم"), "ل7");
  EXPECT_EQ(place_in("بعضهم"), "ض2");
}

TEST(Kashida, NotInLamAlefNorWhereNothingJoins) {
  for (const char* const word : {"لا", "الآن", "دار", "و", "", "word", "12"}) EXPECT_EQ(place_in(word), "") << word;
}

class DrawnOut : public testing::Test {
 protected:
  struct Set {
    std::string text;
    std::vector<Length> widths, spaces;
    std::size_t glyphs = 0;
  };
  Set set(bool layout, bool language, const char* lang = "ar") {
    setting_.layout.justification.kashida = layout;
    style::Language arabic = setting_.english;
    arabic.tag = "ar";
    arabic.hyphenation.patterns.clear();
    arabic.kashida = language;
    Typesetter typesetter(setting_.options());
    Paragraph paragraph = setting_.paragraph(text_, Length::pt(150));
    paragraph.spans[0].lang = lang;
    paragraph.shape.direction = model::Direction::rtl;
    paragraph.shape.alignment = style::Alignment::justified;
    Set out;
    for (const Line& line : typesetter.break_lines(typesetter.prepare(paragraph, arabic, {}, setting_.sink))) {
      out.text += text_of(line);
      out.widths.push_back(line.width);
      for (const PlacedRun& placed : line.runs) {
        out.glyphs += placed.run.glyphs.size();
        for (const Glyph& glyph : placed.run.glyphs)
          if (placed.run.text[glyph.cluster] == ' ' && line.justified) out.spaces.push_back(glyph.advance);
      }
    }
    return out;
  }

  const std::string text_ =
      "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء "
      "ولكل إنسان حق التمتع بكافة الحقوق والحريات الواردة في هذا الإعلان دون أي تمييز";
  Setting setting_;
};

TEST_F(DrawnOut, LinesKeepTheirTextAndWidthAndHaveNarrowerSpaces) {
  const Set plain = set(false, true), drawn = set(true, true);
  EXPECT_TRUE(setting_.sink.diagnostics().empty());
  EXPECT_EQ(drawn.text, plain.text);
  EXPECT_GT(drawn.glyphs, plain.glyphs + 3);
  ASSERT_EQ(drawn.widths.size(), plain.widths.size());
  for (std::size_t i = 0; i < plain.widths.size(); ++i)
    EXPECT_LE(std::abs((drawn.widths[i] - plain.widths[i]).raw()), 16) << i;
  ASSERT_EQ(drawn.spaces.size(), plain.spaces.size());
  for (std::size_t i = 0; i < plain.spaces.size(); ++i) EXPECT_LE(drawn.spaces[i], plain.spaces[i]);
  EXPECT_LT(*std::max_element(drawn.spaces.begin(), drawn.spaces.end()),
            *std::max_element(plain.spaces.begin(), plain.spaces.end()));
}

TEST_F(DrawnOut, OnlyWhereLayoutAndLanguageDoSo) {
  const std::size_t plain = set(false, true).glyphs;
  EXPECT_EQ(set(true, false).glyphs, plain);
  EXPECT_GT(set(true, true).glyphs, plain);
  EXPECT_EQ(set(true, true, "fa").glyphs, set(false, true, "fa").glyphs);  // a phrase in another language
}

}  // namespace
}  // namespace epitome::text
