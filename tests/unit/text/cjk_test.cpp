// Chinese, Japanese and scripts without word spaces: edges of lines and space between characters.
#include <gmock/gmock.h>

#include <set>

#include "diag/utf8.hpp"
#include "setting.hpp"

namespace epitome::text {
namespace {

class CjkTest : public testing::Test {
 protected:
  CjkTest() {
    setting_.layout.protrusion.push_back({0x3001, 0, 1000}), setting_.layout.protrusion.push_back({0x3002, 0, 1000});
  }

  Paragraph paragraph(const std::string& text, const char* lang, Length measure = Length::pt(1000)) {
    Paragraph p = setting_.paragraph(text, measure);
    p.spans[0].lang = lang;
    return p;
  }
  std::vector<Line> lines_of(const Paragraph& p) {
    style::Language language;
    language.tag = p.spans[0].lang;
    return typesetter_.break_lines(typesetter_.prepare(p, language, {}, setting_.sink));
  }
  // The text's natural width in ems of 1/1000, on one line.
  std::int64_t width_of(const std::string& text, const char* lang) {
    const std::vector<Line> lines = lines_of(paragraph(text, lang));
    EXPECT_EQ(lines.size(), 1u);
    Length width;
    for (const PlacedRun& run : lines[0].runs) width += run.run.width();
    return width.raw() * 1000 / size_.raw();
  }
  std::set<std::string> faces_of(const std::string& text, const char* lang) {
    std::set<std::string> faces;
    const std::vector<Line> lines = lines_of(paragraph(text, lang));
    for (const PlacedRun& run : lines[0].runs) faces.insert(run.run.face->entry().family);
    return faces;
  }
  void TearDown() override {
    for (const diag::Diagnostic& d : setting_.sink.diagnostics()) ADD_FAILURE() << d.message;
  }

  const Length size_ = Length::ratio_pt(21, 2);
  Setting setting_;
  Typesetter typesetter_{setting_.options()};
};

const std::string japanese =
    "ある晩、駅の前で「ここで待っています」と書いた札を見つけた（誰が書いたのだろう）。もっとも、それは「いたずら」"
    "だったのかもしれない。ショッピングセンターのほうへ行くと、きっと会えるだろう、と彼女は言った。しかし、"
    "チョコレートを三つ買って、『春の海』を読みながら、ずっと待っていたが、とうとう、誰も来なかった。";

TEST_F(CjkTest, JapaneseLinesBeginAndEndAsKinsokuAsks) {
  const std::string never_first = "、。」』）っゃゅょッャュョー", never_last = "「『（";
  const auto characters = [](const std::string& text) {
    std::set<char32_t> all;
    for (std::size_t i = 0; i < text.size();) {
      const diag::CodePoint c = diag::decode_utf8(text, i);
      all.insert(c.value);
      i += c.length;
    }
    return all;
  };
  const std::set<char32_t> first = characters(never_first), last = characters(never_last);
  int lines_seen = 0;
  for (int measure = 80; measure < 300; measure += 7) {
    const std::vector<Line> lines = lines_of(paragraph(japanese, "ja", Length::pt(measure)));
    std::string all;
    for (const Line& line : lines) {
      const std::string text = text_of(line);
      all += text;
      ++lines_seen;
      ASSERT_FALSE(first.contains(diag::decode_utf8(text, 0).value)) << text;
      ASSERT_FALSE(last.contains(diag::decode_utf8(text, text.size() - 3).value)) << text;
      ASSERT_FALSE(line.overfull) << measure << ": " << text;
      if (!line.last) {
        ASSERT_EQ(line.width, Length::pt(measure)) << text;
      }
    }
    EXPECT_EQ(all, japanese);
  }
  EXPECT_GT(lines_seen, 200);
}

TEST_F(CjkTest, FullLinesEndAtTheMeasureOrHang) {
  int hanging = 0, flush = 0;
  for (int measure = 80; measure < 300; measure += 3) {
    for (const Line& line : lines_of(paragraph(japanese, "ja", Length::pt(measure)))) {
      if (line.last) continue;
      const PlacedRun& last = line.runs.back();
      const Length beyond = last.x + last.run.width() - Length::pt(measure);
      const std::string text = text_of(line);
      // Flush, or without the blank half of the last mark, or the whole mark hangs: to a unit of rounding.
      const std::int64_t halves = (beyond.raw() * 2 + size_.raw() / 2) / size_.raw();
      ASSERT_LT(std::abs(beyond.raw() * 2 - halves * size_.raw()), 64) << text;
      ASSERT_TRUE(halves >= 0 && halves <= 2) << text;
      if (halves == 2) {
        ASSERT_TRUE(text.ends_with("、") || text.ends_with("。")) << text;
      }
      if (halves == 0) ++flush;
      if (halves == 2) ++hanging;
    }
  }
  EXPECT_GT(flush, 300);
  EXPECT_GT(hanging, 20);
}

TEST_F(CjkTest, MarksSideBySideShareTheirBlanks) {
  EXPECT_EQ(width_of("あいう", "ja"), 3000);
  EXPECT_EQ(width_of("あ、い", "ja"), 3000);
  EXPECT_EQ(width_of("あ」「い", "ja"), 3500);  // one half between
  EXPECT_EQ(width_of("あ」、い", "ja"), 3500);  // none
  EXPECT_EQ(width_of("あ『（い", "ja"), 3500);  // none
  EXPECT_EQ(width_of("あ）・い", "ja"), 3500);  // the dot's own quarter
  EXPECT_EQ(width_of("あ！い", "ja"), 3000);
  EXPECT_EQ(width_of("他。」“我", "zh-Hans"), 4000);
  EXPECT_EQ(width_of("他。」我", "zh-Hant"), 3750);  // its full stop stands in the middle of its box
}

TEST_F(CjkTest, AQuarterEmStandsBesideLatinAndFigures) {
  const std::int64_t latin = width_of("PDF", "en");
  EXPECT_NEAR(static_cast<double>(width_of("日PDF本", "ja")), static_cast<double>(2500 + latin), 2);
  EXPECT_NEAR(static_cast<double>(width_of("日（PDF）本", "zh-Hans")), static_cast<double>(4000 + latin), 2);
  // The author's own space is enough, and Korean has none between.
  EXPECT_LT(width_of("日 PDF 本", "ja"), 2600 + latin);
  EXPECT_NEAR(static_cast<double>(width_of("책PDF책", "ko")), static_cast<double>(latin + 2 * width_of("책", "ko")), 2);
}

TEST_F(CjkTest, AnOpeningMarkAtALinesBeginStandsAtTheEdge) {
  const Line line = lines_of(paragraph("「あ」", "ja"))[0];
  EXPECT_EQ(line.runs[0].x.raw() * 2 / size_.raw(), -1);
}

TEST_F(CjkTest, MarksComeFromTheLanguagesOwnFace) {
  using testing::ElementsAre;
  EXPECT_THAT(faces_of("PDF、PDF（注）——", "ja"), ElementsAre("Noto Serif CJK JP", "Vollkorn"));
  EXPECT_THAT(faces_of("“使用”……PDF。——", "zh-Hans"), ElementsAre("Noto Serif CJK SC", "Vollkorn"));
  EXPECT_THAT(faces_of("“使用”……。——", "zh-Hant"), ElementsAre("Noto Serif CJK TC"));
  EXPECT_THAT(faces_of("“책”", "ko"), ElementsAre("Noto Serif CJK KR", "Vollkorn"));
}

TEST_F(CjkTest, ChineseQuotationMarksBeginAndEndLines) {
  std::set<std::string> begins;
  for (int measure = 60; measure < 200; measure += 5)
    for (const Line& line : lines_of(paragraph("他们说过“海边的房子”和“山上的路”都很好，我们却从来没有去过那里。",
                                               "zh-Hans", Length::pt(measure)))) {
      ASSERT_FALSE(text_of(line).starts_with("”")) << text_of(line);
      ASSERT_FALSE(text_of(line).ends_with("“")) << text_of(line);
      begins.insert(text_of(line).substr(0, 3));
    }
  EXPECT_TRUE(begins.contains("“"));
}

TEST_F(CjkTest, ABaseThatMayNotBreakKeepsItsQuotationMarks) {
  for (int measure = 30; measure < 90; measure += 3) {
    Paragraph p = paragraph("他说过", "zh-Hans", Length::pt(measure));
    TextSpan base = p.spans[0];
    base.text = "的“你”的";
    base.unbreakable = true;
    p.spans.push_back(base);
    std::size_t holding = 0;
    for (const Line& line : lines_of(p))
      if (text_of(line).find(base.text) != std::string::npos) ++holding;
    EXPECT_EQ(holding, 1u) << measure;
  }
}

TEST_F(CjkTest, ThaiLinesFillWithoutHyphensBetweenWords) {
  const std::string thai =
      "เช้าวันนั้นฝนตกหนักจนถนนหน้าบ้านกลายเป็นลำธารเล็กๆเด็กหญิงยืนมองหยดน้ำบนกระจกแล้วคิดถึงเพื่อนที่ย้ายไปอยู่เมืองอื่น"
      "เมื่อปีก่อนเธอหยิบดินสอขึ้นมาเขียนจดหมายยาวสามหน้ากระดาษ";
  for (int measure = 150; measure < 320; measure += 10) {
    std::string all;
    for (const Line& line : lines_of(paragraph(thai, "th", Length::pt(measure)))) {
      all += text_of(line);
      ASSERT_FALSE(line.hyphenated || line.overfull);
      if (!line.last) {
        ASSERT_EQ(line.width, Length::pt(measure));
      }
    }
    EXPECT_EQ(all, thai);
  }
}

TEST_F(CjkTest, EthiopicWordSeparatorsFillLines) {
  std::string text;
  for (int i = 0; i < 12; ++i) text += "የሰው፡ልጅ፡ሁሉ፡ሲወለድ፡ነጻና፡";
  Paragraph p = paragraph(text + "ነው።", "am", Length::pt(300));
  const std::vector<Line> lines = lines_of(p);
  ASSERT_GT(lines.size(), 3u);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(lines[i].width.raw()), static_cast<double>(Length::pt(300).raw()), 65536 / 4) << i;
    EXPECT_FALSE(lines[i].overfull);
  }
}

}  // namespace
}  // namespace epitome::text
