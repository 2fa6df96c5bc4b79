// Page numbers exchanged in lines that are set.
#include <gtest/gtest.h>

#include <algorithm>

#include "setting.hpp"

namespace epitome::text {
namespace {

constexpr std::string_view text_before =
    "The keeper counts the barrels before he counts the days, and the lamp burns on through all the winter; what he "
    "wrote of it in his last year (page ";
constexpr std::string_view text_behind =
    ") was found by those who came in spring, and nobody has counted the barrels since that day in the harbour.";

class ExchangeTest : public ::testing::Test {
 protected:
  Paragraph paragraph(std::string_view number) {
    return setting_.paragraph(std::string(text_before) + std::string(number) + std::string(text_behind));
  }
  std::vector<Line> set(const Paragraph& paragraph) {
    return typesetter_.break_lines(typesetter_.prepare(paragraph, setting_.english, {}, setting_.sink));
  }
  // Whether one of the lines took it.
  bool exchange(std::vector<Line>& lines, const Paragraph& before, std::string_view from, std::string_view to) {
    return std::any_of(lines.begin(), lines.end(), [&](Line& line) {
      return typesetter_.exchange(line, before.spans[0], before.shape, static_cast<std::uint32_t>(text_before.size()),
                                  from, to);
    });
  }

  Setting setting_;
  Typesetter typesetter_{setting_.options()};
};

TEST_F(ExchangeTest, TheLineIsAsIfItHadBeenSetWithThem) {
  int exchanged = 0;
  for (int number = 10; number < 100; ++number) {
    const Paragraph before = paragraph("28"), after = paragraph(std::to_string(number));
    std::vector<Line> lines = set(before);
    const std::vector<Line> anew = set(after);
    if (!exchange(lines, before, "28", std::to_string(number))) continue;
    ++exchanged;
    ASSERT_EQ(text_of(lines), after.spans[0].text);
    ASSERT_EQ(lines.size(), anew.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      ASSERT_EQ(lines[i].end, anew[i].end);
      const PlacedRun &last = lines[i].runs.back(), &like = anew[i].runs.back();
      const Length end = last.x + last.run.width(), wanted = like.x + like.run.width();
      ASSERT_LT(std::abs((end - wanted).raw()), Length::ratio_pt(1, 20).raw()) << number << ", line " << i;
      ASSERT_EQ(last.run.glyphs.size(), like.run.glyphs.size());
      for (std::size_t g = 0; g < last.run.glyphs.size(); ++g) ASSERT_EQ(last.run.glyphs[g].id, like.run.glyphs[g].id);
      ASSERT_LE(std::abs(lines[i].space_ratio - anew[i].space_ratio), 100);
    }
  }
  EXPECT_GT(exchanged, 60);
}

TEST_F(ExchangeTest, OtherLengthsAndOtherTextAreRefusedAndTheLineIsAsItWas) {
  const Paragraph before = paragraph("28");
  std::vector<Line> lines = set(before);
  const std::string text = text_of(lines);
  EXPECT_FALSE(exchange(lines, before, "28", "9"));
  EXPECT_FALSE(exchange(lines, before, "28", "128"));
  EXPECT_FALSE(exchange(lines, before, "29", "30"));
  EXPECT_EQ(text_of(lines), text);
}

// A line that is full has no room for wider figures; one that isn't filled becomes shorter or longer.
TEST_F(ExchangeTest, ARaggedLineStaysInItsMeasure) {
  for (const style::Alignment alignment : {style::Alignment::start, style::Alignment::end, style::Alignment::centre}) {
    Paragraph before = paragraph("11");
    before.shape.alignment = alignment;
    std::vector<Line> lines = set(before);
    if (!exchange(lines, before, "11", "40")) continue;
    Paragraph after = paragraph("40");
    after.shape.alignment = alignment;
    const std::vector<Line> anew = set(after);
    ASSERT_EQ(lines.size(), anew.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      EXPECT_LE(lines[i].width, lines[i].room);
      EXPECT_LT(std::abs((lines[i].runs.front().x - anew[i].runs.front().x).raw()), Length::ratio_pt(1, 20).raw());
    }
  }
}

}  // namespace
}  // namespace epitome::text
