#include "impose/booklet.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace epitome::impose {
namespace {

using testing::ElementsAre;

constexpr std::uint32_t no = blank;

// What a reader who opens the folded signatures one after another sees: each leaf's front and back, from the first to
// the last.
std::vector<std::uint32_t> read_through(const std::vector<SheetSide>& sides, bool rtl) {
  std::vector<std::uint32_t> out;
  for (std::size_t begin = 0; begin < sides.size();) {
    std::size_t end = begin + 2;
    while (end < sides.size() && sides[end].depth > 0) end += 2;
    // Of each sheet the leaf before the fold, from the outermost in; then those behind it, from the innermost out.
    std::vector<std::uint32_t> behind;
    for (std::size_t i = begin; i < end; i += 2) {
      const SheetSide &front = sides[i], &back = sides[i + 1];
      out.push_back(rtl ? front.left : front.right);
      out.push_back(rtl ? back.right : back.left);
      behind.insert(behind.begin(), {rtl ? back.left : back.right, rtl ? front.right : front.left});
    }
    out.insert(out.end(), behind.begin(), behind.end());
    begin = end;
  }
  return out;
}

TEST(SaddleStitch, IsReadInOrderHoweverManyPagesThereAre) {
  for (const bool rtl : {false, true}) {
    for (const bool back_is_last : {false, true}) {
      for (const int per_signature : {0, 4, 8, 16}) {
        for (std::uint32_t pages = 1; pages <= 140; ++pages) {
          const std::vector<SheetSide> sides = saddle_stitch(pages, per_signature, back_is_last, rtl);
          ASSERT_EQ(sides.size(), (pages + 3) / 4 * 2);
          std::vector<std::uint32_t> seen = read_through(sides, rtl), wanted;
          const std::uint32_t first_part = back_is_last ? pages - 1 : pages;
          for (std::uint32_t i = 0; i < first_part; ++i) wanted.push_back(i);
          while (wanted.size() + (back_is_last ? 1 : 0) < sides.size() * 2) wanted.push_back(blank);
          if (back_is_last) wanted.push_back(pages - 1);
          ASSERT_EQ(seen, wanted) << pages << " pages, signatures of " << per_signature;
        }
      }
    }
  }
}

TEST(SaddleStitch, PutsTheOutermostSheetFirst) {
  EXPECT_THAT(saddle_stitch(8, 0, true, false),
              ElementsAre(SheetSide{7, 0, 0}, SheetSide{1, 6, 0}, SheetSide{5, 2, 1}, SheetSide{3, 4, 1}));
  EXPECT_THAT(saddle_stitch(8, 0, true, true),
              ElementsAre(SheetSide{0, 7, 0}, SheetSide{6, 1, 0}, SheetSide{2, 5, 1}, SheetSide{4, 3, 1}));
  EXPECT_THAT(saddle_stitch(5, 0, true, false),
              ElementsAre(SheetSide{4, 0, 0}, SheetSide{1, no, 0}, SheetSide{no, 2, 1}, SheetSide{3, no, 1}));
  EXPECT_THAT(saddle_stitch(5, 0, false, false),
              ElementsAre(SheetSide{no, 0, 0}, SheetSide{1, no, 0}, SheetSide{no, 2, 1}, SheetSide{3, 4, 1}));
}

TEST(SaddleStitch, DividesALongBookIntoSignaturesAboutEquallyThick) {
  const auto thickest = [](const std::vector<SheetSide>& sides) {
    int depth = 0;
    for (const SheetSide& side : sides) depth = std::max(depth, side.depth);
    return depth + 1;
  };
  EXPECT_EQ(thickest(saddle_stitch(64, 0, true, false)), 16);
  EXPECT_EQ(thickest(saddle_stitch(65, 0, true, false)), 6);  // 17 sheets: 6 + 6 + 5
  EXPECT_EQ(thickest(saddle_stitch(40, 16, true, false)), 4);
  EXPECT_EQ(thickest(saddle_stitch(36, 16, true, false)), 3);  // 9 sheets: 3 + 3 + 3
}

page::Pages book_of(std::uint32_t count, Length width, Length height, bool rtl = false) {
  page::Pages pages;
  pages.metadata.title = "Lamp";
  pages.metadata.lang = "en";
  pages.metadata.rtl = rtl;
  for (std::uint32_t i = 0; i < count; ++i) {
    page::Page& page = pages.pages.emplace_back();
    page.trim = {{}, {}, width, height};
    // A mark that tells the page: as wide as its number.
    page.items.push_back({0, page::Rule{{{}, Length::pt(10), Length::pt(i + 1), Length::pt(1)}, {}, {}, {}}});
  }
  return pages;
}

constexpr Length a5_width = Length::pt(72).scaled(1480, 254), a5_height = Length::pt(72).scaled(2100, 254);

const page::Rule& rule_of(const page::Page& sheet, std::size_t item) {
  return std::get<page::Rule>(sheet.items.at(item).value);
}

TEST(Booklet, StandsOnThePaperThatTwoPagesFitOn) {
  const auto paper = [](Length width, Length height) {
    const page::Rect trim = booklet(book_of(4, width, height), {}).pages.front().trim;
    return std::pair(trim.width.to_pt(), trim.height.to_pt());
  };
  EXPECT_NEAR(paper(a5_width, a5_height).first, 841.89, 0.01);
  EXPECT_NEAR(paper(a5_width, a5_height).second, 595.28, 0.01);
  EXPECT_EQ(paper(Length::pt(396), Length::pt(612)), std::pair(792.0, 612.0));
  EXPECT_EQ(paper(Length::pt(612), Length::pt(792)), std::pair(1224.0, 792.0));
  EXPECT_EQ(paper(Length::pt(1000), Length::pt(900)), std::pair(2000.0, 900.0));
}

TEST(Booklet, PlacesPagesAtTheFoldAndLosesTheirMarks) {
  const page::Pages sheets = booklet(book_of(4, a5_width, a5_height), {});
  ASSERT_EQ(sheets.pages.size(), 2U);
  EXPECT_FALSE(sheets.tagged);
  EXPECT_EQ(sheets.printing, (style::Printing{style::Printing::Duplex::short_edge, true, true}));
  const Length fold = sheets.pages[0].trim.width / 2;
  EXPECT_EQ(rule_of(sheets.pages[0], 0).box.width, Length::pt(4));  // the last page at the left
  EXPECT_EQ(rule_of(sheets.pages[0], 0).box.x, fold - a5_width);
  EXPECT_EQ(rule_of(sheets.pages[0], 1).box.width, Length::pt(1));
  EXPECT_EQ(rule_of(sheets.pages[0], 1).box.x, fold);
  EXPECT_EQ(rule_of(sheets.pages[1], 0).box.width, Length::pt(2));
  for (const page::Page& sheet : sheets.pages)
    for (const page::Item& item : sheet.items) EXPECT_EQ(item.mark, page::no_index);
  diag::Sink sink;
  EXPECT_TRUE(page::check_pages(sheets, sink));
}

TEST(Booklet, MovesInnerPagesToTheFold) {
  EXPECT_NEAR(thickness(80).to_pt(), 0.1 * 72 / 25.4, 0.001);
  Booklet options;
  options.paper_weight = 160;
  const page::Pages sheets = booklet(book_of(12, a5_width, a5_height), options);
  const Length fold = sheets.pages[0].trim.width / 2;
  for (int depth = 0; depth < 3; ++depth) {
    const Length creep = thickness(160) * depth;
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      const page::Page& sheet = sheets.pages[static_cast<std::size_t>(depth) * 2 + side];
      EXPECT_EQ(rule_of(sheet, 0).box.x, fold - a5_width + creep);
      EXPECT_EQ(rule_of(sheet, 1).box.x, fold - creep);
    }
  }
}

TEST(Booklet, FromRightToLeftIsReadFromTheRight) {
  const page::Pages sheets = booklet(book_of(4, a5_width, a5_height, true), {});
  const Length fold = sheets.pages[0].trim.width / 2;
  EXPECT_EQ(rule_of(sheets.pages[0], 1).box.width, Length::pt(1));  // the first page at the left, the last at the right
  EXPECT_EQ(rule_of(sheets.pages[0], 1).box.x, fold - a5_width);
  EXPECT_EQ(rule_of(sheets.pages[1], 0).box.width, Length::pt(2));
  EXPECT_EQ(rule_of(sheets.pages[1], 0).box.x, fold);
}

TEST(Booklet, HasMarksWhereTheyAreAskedFor) {
  Booklet options;
  options.marks = true;
  const auto count = [&](Length width, Length height) {
    const page::Pages plain = booklet(book_of(4, width, height), {}),
                      marked = booklet(book_of(4, width, height), options);
    return std::pair(marked.pages[0].items.size() - plain.pages[0].items.size(),
                     marked.pages[1].items.size() - plain.pages[1].items.size());
  };
  EXPECT_EQ(count(a5_width, a5_height), std::pair(std::size_t{2}, std::size_t{0}));  // the fold alone: no room for cuts
  EXPECT_EQ(count(Length::pt(255), Length::pt(453)), std::pair(std::size_t{10}, std::size_t{8}));
}

TEST(Booklet, CutsOffWhatReachesOverTheFold) {
  page::Pages pages = book_of(4, a5_width, a5_height);
  pages.images.emplace_back();
  pages.pages[0].items.push_back(
      {page::no_index, page::Picture{0, {-Length::pt(9), {}, a5_width + Length::pt(18), a5_height}}});
  const page::Pages sheets = booklet(std::move(pages), {});
  ASSERT_EQ(sheets.pages[0].clips.size(), 1U);
  const page::Clip& clip = sheets.pages[0].clips[0];
  EXPECT_EQ(clip.first, 1U);
  EXPECT_EQ(clip.last, 3U);
  EXPECT_EQ(clip.box.x, sheets.pages[0].trim.width / 2);
  EXPECT_TRUE(sheets.pages[1].clips.empty());
}

}  // namespace
}  // namespace epitome::impose
