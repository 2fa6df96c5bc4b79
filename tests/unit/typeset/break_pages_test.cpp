#include "typeset/break_pages.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <random>
#include <string>

namespace epitome::typeset {
namespace {

constexpr Length line = Length::pt(10);

Box text_line(std::int64_t turn_cost = 0) {
  Box box;
  box.height = line;
  box.turn_cost = turn_cost;
  return box;
}

// Paragraphs of so many lines, with the costs that the collector gives them.
std::vector<Box> paragraphs(const std::vector<int>& lengths) {
  std::vector<Box> boxes;
  for (const int length : lengths) {
    for (int i = 0; i < length; ++i) {
      boxes.push_back(text_line(i > 0 && (i < 2 || length - i < 2) ? PageCosts::widow : 0));
    }
  }
  return boxes;
}

PageShape page_of(int lines) {
  PageShape shape;
  shape.height = line * lines;
  shape.grid = line;
  shape.note_head = line;
  shape.note_leading = line;
  return shape;
}

std::vector<std::uint32_t> counts(const std::vector<PageRange>& pages) {
  std::vector<std::uint32_t> out;
  for (const PageRange& page : pages) out.push_back(page.last - page.first);
  return out;
}

using Counts = std::vector<std::uint32_t>;

struct Case {
  std::string name;
  std::vector<Box> boxes;
  PageShape shape;
  Counts expected;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  all.push_back({"all on one page", paragraphs({5}), page_of(10), {5}});
  all.push_back({"full pages first", paragraphs({30}), page_of(10), {10, 10, 10}});
  all.push_back({"no widow", paragraphs({11, 6}), page_of(10), {9, 8}});
  all.push_back({"no orphan", paragraphs({9, 8}), page_of(10), {9, 8}});
  all.push_back({"three lines move whole", paragraphs({9, 3, 4}), page_of(10), {9, 7}});
  all.push_back({"no thin end", paragraphs({12}), page_of(10), {8, 4}});
  {
    std::vector<Box> boxes = paragraphs({8, 8});
    boxes[8].turn_cost = 0;                    // a heading …
    boxes[9].turn_cost = PageCosts::stranded;  // … and what must follow it
    boxes[10].turn_cost = PageCosts::stranded;
    all.push_back({"a heading goes with its lines", boxes, page_of(10), {8, 8}});
  }
  {
    std::vector<Box> boxes = paragraphs({8, 6, 8});
    for (int i = 9; i < 14; ++i) boxes[static_cast<std::size_t>(i)].turn_cost = PageCosts::piece_split;
    all.push_back({"a piece stays whole", boxes, page_of(10), {8, 10, 4}});
  }
  {
    std::vector<Box> boxes = paragraphs({20});
    boxes[10].turn_cost = PageCosts::hyphen;
    // Nine and seven would do as well, but two pages each two lines short are better than one three lines short.
    all.push_back({"no hyphen at a page turn", boxes, page_of(10), {8, 8, 4}});
  }
  {
    std::vector<Box> boxes = paragraphs({6, 6});
    boxes[6].before = line * 4;
    all.push_back({"space before counts", boxes, page_of(11), {6, 6}});
    all.push_back({"but not at a page's head", boxes, page_of(6), {6, 6}});
  }
  {
    std::vector<Box> boxes = paragraphs({9, 6});
    boxes[2].notes = {3};
    all.push_back({"a note takes its room and the rule's", boxes, page_of(10), {6, 9}});
  }
  {
    std::vector<Box> boxes(4, text_line());
    boxes[1].height = line * 30;
    all.push_back({"a box higher than the page gets one", boxes, page_of(10), {1, 1, 2}});
  }
  {
    PageShape shape = page_of(10);
    shape.sink = line * 8;
    all.push_back({"a sink at the first page's head", paragraphs({12}), shape, {2, 10}});
  }
  {
    std::vector<Box> boxes = paragraphs({4, 4});
    boxes[4].head_above = line * 3;
    // Four lines would fill the second page with its head alone: the last would be thin.
    all.push_back({"a repeated head takes room", boxes, page_of(6), {2, 6}});
  }
  return all;
}

TEST(BreakPages, Table) {
  for (const Case& item : cases()) {
    EXPECT_EQ(counts(break_pages(item.boxes, item.shape)), item.expected) << item.name;
  }
}

TEST(BreakPages, NothingIsOnePage) { EXPECT_EQ(break_pages({}, page_of(10)).size(), 1u); }

TEST(BreakPages, FacingPagesAreEven) {
  // Whole pieces of seven lines with a line between: a verso could hold more than the recto after it.
  PageShape shape = page_of(20);
  std::vector<Box> boxes;
  for (const int length : {12, 7, 7, 12, 9, 9}) {
    for (int i = 0; i < length; ++i) boxes.push_back(text_line(i > 0 ? PageCosts::piece_split : 0));
  }
  shape.facing = true;
  shape.first_is_verso = true;
  const std::vector<PageRange> pages = break_pages(boxes, shape);
  ASSERT_GE(pages.size(), 3u);
  const std::int64_t verso = pages[0].depth.raw() / line.raw(), recto = pages[1].depth.raw() / line.raw();
  EXPECT_LE(std::abs(verso - recto), 2);
}

TEST(BreakPages, ANoteIsDividedOnlyWhereItMust) {
  PageShape shape = page_of(10);
  std::vector<Box> boxes = paragraphs({20});
  boxes[0].notes = {12};  // more than a page holds beside its own line
  const std::vector<PageRange> pages = break_pages(boxes, shape);
  int notes = 0;
  for (const PageRange& page : pages) {
    notes += page.note_lines;
    EXPECT_LE(page.depth + note_area(shape, page.note_lines), shape.height);
  }
  EXPECT_EQ(notes, 12);
  EXPECT_GE(pages[0].note_lines, 2);
  ASSERT_GE(pages.size(), 2u);
  EXPECT_GE(pages[1].note_lines, 2);
  EXPECT_EQ(pages.back().last, 20u);
}

TEST(BreakPages, TopsFollowTheGrid) {
  std::vector<Box> boxes(3, text_line());
  boxes[0].height = Length::pt(7);
  boxes[0].to_grid = true;
  boxes[2].before = Length::pt(5);
  const std::vector<Length> tops = box_tops(boxes, {0, 3, {}, 0}, line, line);
  EXPECT_EQ(tops[0], Length::pt(10));
  EXPECT_EQ(tops[1], Length::pt(20));
  EXPECT_EQ(tops[2], Length::pt(35));
}

// The same costs, by trying every way to divide the boxes (without notes and facing pages).
std::int64_t cost_of(const std::vector<Box>& boxes, const PageShape& shape, const std::vector<std::uint32_t>& ends) {
  std::int64_t cost = 0;
  std::uint32_t first = 0;
  for (const std::uint32_t end : ends) {
    Length depth = shape.grid * 0;
    for (std::uint32_t i = first; i < end; ++i) depth += boxes[i].height + (i == first ? Length{} : boxes[i].before);
    if (depth > shape.height) {
      if (end - first > 1) return std::numeric_limits<std::int64_t>::max();
      cost += PageCosts::overfull;
    }
    const std::int64_t lines = (depth.raw() + shape.grid.raw() - 1) / shape.grid.raw();
    if (end < boxes.size()) {
      const std::int64_t missing = std::max<std::int64_t>(0, (shape.height - depth).raw() / shape.grid.raw());
      cost += PageCosts::short_line * missing * missing + boxes[end].turn_cost;
    } else if (first > 0 && lines < shape.last_lines) {
      cost += PageCosts::thin_end * (shape.last_lines - lines);
    }
    cost += PageCosts::page;
    first = end;
  }
  return cost;
}

TEST(BreakPages, AsGoodAsTryingAll) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    std::vector<Box> boxes;
    const int count = 6 + static_cast<int>(random() % 8);
    for (int i = 0; i < count; ++i) {
      Box box = text_line(static_cast<std::int64_t>(random() % 4) * 700);
      box.height = line * static_cast<std::int64_t>(1 + random() % 3);
      box.before = line * static_cast<std::int64_t>(random() % 2);
      boxes.push_back(box);
    }
    const PageShape shape = page_of(6);
    std::int64_t best = std::numeric_limits<std::int64_t>::max();
    std::vector<std::uint32_t> ends;
    const std::function<void(std::uint32_t)> divide = [&](std::uint32_t first) {
      if (first == boxes.size()) {
        best = std::min(best, cost_of(boxes, shape, ends));
        return;
      }
      for (auto end = first + 1; end <= boxes.size(); ++end) {
        ends.push_back(end);
        divide(end);
        ends.pop_back();
      }
    };
    divide(0);
    ends.clear();
    for (const PageRange& page : break_pages(boxes, shape)) ends.push_back(page.last);
    EXPECT_EQ(cost_of(boxes, shape, ends), best) << "round " << round;
  }
}

}  // namespace
}  // namespace epitome::typeset
