#include "impose/cards.hpp"

#include <gmock/gmock.h>

#include <map>

namespace epitome::impose {
namespace {

constexpr Length mm(std::int64_t count) { return Length::pt(72).scaled(count * 10, 254); }
const Length width = mm(105), height = Length::pt(72).scaled(7425, 2540);

// Each side of a card has a mark as wide as its number, from 1: odd ones are prompts.
page::Pages faces_of(std::uint32_t cards, const std::map<std::uint32_t, Length>& higher = {}) {
  page::Pages pages;
  pages.metadata.title = "Lamp";
  pages.metadata.lang = "en";
  pages.tagged = false;
  for (std::uint32_t i = 0; i < 2 * cards; ++i) {
    page::Page& page = pages.pages.emplace_back();
    const auto at = higher.find(i / 2);
    page.trim = {{}, {}, width, at == higher.end() ? height : at->second};
    page.items.push_back({page::no_index, page::Rule{{{}, {}, Length::pt(i + 1), Length::pt(9)}, {}, {}, {}}});
  }
  return pages;
}

CardSheets a4(bool duplex = false) { return {mm(210), mm(297), duplex, {}, {}, false}; }

// Where the mark of each side stands: sheet, left, top.
struct Place {
  std::size_t sheet = 0;
  double x = 0, y = 0;
};
std::map<int, Place> places(const page::Pages& sheets) {
  std::map<int, Place> out;
  for (std::size_t s = 0; s < sheets.pages.size(); ++s) {
    for (const page::Item& item : sheets.pages[s].items) {
      const page::Rule& rule = std::get<page::Rule>(item.value);
      if (rule.box.height == Length::pt(9))
        out[static_cast<int>(rule.box.width.to_pt())] = {s, rule.box.x.to_pt(), rule.box.y.to_pt()};
    }
  }
  return out;
}

TEST(CardSheets, AnswersStandBesidePromptsToBeFoldedOver) {
  const page::Pages sheets = card_sheets(faces_of(5), a4());
  ASSERT_EQ(sheets.pages.size(), 2U);  // four a sheet
  const std::map<int, Place> at = places(sheets);
  for (int card = 0; card < 5; ++card) {
    const Place prompt = at.at(2 * card + 1), answer = at.at(2 * card + 2);
    EXPECT_EQ(prompt.sheet, static_cast<std::size_t>(card / 4));
    EXPECT_EQ(answer.sheet, prompt.sheet);
    EXPECT_NEAR(prompt.x, 0, 0.01);
    EXPECT_NEAR(answer.x, width.to_pt(), 0.01);
    EXPECT_NEAR(prompt.y, height.to_pt() * (card % 4), 0.05);
    EXPECT_EQ(prompt.y, answer.y);
  }
  EXPECT_EQ(sheets.printing.duplex, style::Printing::Duplex::no);
  EXPECT_FALSE(sheets.tagged);
}

TEST(CardSheets, BacksMeetTheirFacesWhenTheSheetIsTurned) {
  CardSheets options = a4(true);
  options.back_right = mm(1);
  options.back_down = -mm(2);
  const page::Pages sheets = card_sheets(faces_of(11), options);
  ASSERT_EQ(sheets.pages.size(), 4U);  // eight a sheet
  const std::map<int, Place> at = places(sheets);
  for (int card = 0; card < 11; ++card) {
    const Place prompt = at.at(2 * card + 1), answer = at.at(2 * card + 2);
    EXPECT_EQ(answer.sheet, prompt.sheet + 1);
    // Seen through the sheet: the place of the back, mirrored, is that of the face.
    EXPECT_NEAR(mm(210).to_pt() - (answer.x - mm(1).to_pt()) - width.to_pt(), prompt.x, 0.01);
    EXPECT_NEAR(answer.y + mm(2).to_pt(), prompt.y, 0.01);
  }
  EXPECT_EQ(sheets.printing.duplex, style::Printing::Duplex::long_edge);
}

TEST(CardSheets, ARowIsAsHighAsItsHighestCard) {
  const page::Pages sheets = card_sheets(faces_of(8, {{1, mm(120)}}), a4(true));
  const std::map<int, Place> at = places(sheets);
  EXPECT_NEAR(at.at(5).y, mm(120).to_pt(), 0.01);                   // the second row
  EXPECT_NEAR(at.at(9).y, mm(120).to_pt() + height.to_pt(), 0.01);  // the third
  EXPECT_EQ(at.at(13).sheet, 2U);                                   // the fourth has no room
}

TEST(CardSheets, NeighboursShareACutAndThePapersEdgeIsNone) {
  const auto cuts = [](const page::Pages& sheets) {
    std::size_t dashed = 0, whole = 0;
    for (const page::Item& item : sheets.pages[0].items) {
      const page::Rule& rule = std::get<page::Rule>(item.value);
      if (rule.box.height == Length::pt(9)) continue;
      ++(rule.dash_on > Length{} ? dashed : whole);
    }
    return std::pair(dashed, whole);
  };
  EXPECT_EQ(cuts(card_sheets(faces_of(8), a4(true))), std::pair(std::size_t{4}, std::size_t{0}));  // 3 across, 1 down
  EXPECT_EQ(cuts(card_sheets(faces_of(4), a4())), std::pair(std::size_t{3}, std::size_t{1}));      // and the fold
}

TEST(CardSheets, TheLastSheetShowsHowFarBacksStandOff) {
  CardSheets options = a4(true);
  options.registration = true;
  EXPECT_EQ(card_sheets(faces_of(1), options).pages.size(), 4U);
  options.duplex = false;
  EXPECT_EQ(card_sheets(faces_of(1), options).pages.size(), 1U);
}

TEST(CardSheets, FromRightToLeftPromptsStandAtTheRight) {
  page::Pages faces = faces_of(1);
  faces.metadata.rtl = true;
  const std::map<int, Place> at = places(card_sheets(std::move(faces), a4()));
  EXPECT_GT(at.at(1).x, at.at(2).x);
}

}  // namespace
}  // namespace epitome::impose
