#include "typeset/pages/break_pages.hpp"

#include <gmock/gmock.h>

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
    // A part that is worth beginning a page with goes on where paper is saved.
    std::vector<Box> boxes = paragraphs({3, 8, 2});
    boxes[3].opens = true;
    for (std::size_t i = 5; i < 10; ++i) boxes[i].turn_cost = 6'000;
    PageShape sparing = page_of(10);
    all.push_back({"a part begins a page", boxes, sparing, {3, 10}});
    sparing.part_end_share = 1;
    all.push_back({"a part is no reason for a short page", boxes, sparing, {9, 4}});
  }
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
    boxes[2].notes.edit() = {3};
    all.push_back({"a note takes its room and the rule's", boxes, page_of(10), {6, 9}});
  }
  {
    std::vector<Box> boxes = paragraphs({2, 3});
    boxes[0].notes.edit() = {7};
    boxes[1].notes.edit() = {4};
    // Both lines on one page would divide the first note alone, at a lower cost than a single line's.
    all.push_back({"a note begins on its mark's page", boxes, page_of(10), {1, 4}});
  }
  {
    std::vector<Box> boxes = paragraphs({30, 30});
    boxes[16].notes.edit() = {18};
    // Whole, the note would leave four lines of the first page and all but one of the second empty.
    all.push_back({"a long note is divided before text is starved", boxes, page_of(20), {17, 3, 20, 20}});
  }
  {
    std::vector<Box> boxes = paragraphs({5, 4, 5, 4});
    for (const std::size_t i : {5U, 9U, 14U}) boxes[i].play = line / 2, boxes[i].before = line;
    // Six lines and two spaces that grow by half a line each.
    for (const std::size_t i : {10U, 11U, 12U, 13U}) boxes[i].keep_cost = PageCosts::piece_split;
    all.push_back({"spaces grow before a page is short", boxes, page_of(12), {9, 9}});
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
    EXPECT_EQ(counts(break_pages(item.boxes, {}, item.shape).pages), item.expected) << item.name;
  }
}

TEST(BreakPages, NothingIsOnePage) { EXPECT_EQ(break_pages({}, {}, page_of(10)).pages.size(), 1u); }

TEST(BreakPages, FacingPagesAreEven) {
  // Whole pieces: the first page could hold two, the second only one.
  std::vector<Box> boxes;
  for (const int length : {12, 8, 12, 9, 14, 11}) {
    for (int i = 0; i < length; ++i) boxes.push_back(text_line(i > 0 ? PageCosts::piece_split : 0));
  }
  const auto uneven = [&](bool facing) {
    PageShape shape = page_of(20);
    shape.facing = facing;
    shape.first_is_verso = true;
    const std::vector<PageRange> pages = break_pages(boxes, {}, shape).pages;
    EXPECT_GE(pages.size(), 3u);
    return std::abs((pages[0].depth - pages[1].depth).raw() / line.raw());
  };
  EXPECT_GT(uneven(false), 2);
  EXPECT_LE(uneven(true), 2);
}

TEST(BreakPages, ANoteIsDividedOnlyWhereItMust) {
  PageShape shape = page_of(10);
  std::vector<Box> boxes = paragraphs({20});
  boxes[0].notes.edit() = {12};  // more than a page holds beside its own line
  const std::vector<PageRange> pages = break_pages(boxes, {}, shape).pages;
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
  const std::vector<Length> tops = box_tops(boxes, {0, 3, {}, 0, {}}, line, line);
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
      if (missing > 0) cost += PageCosts::short_page + PageCosts::short_line * missing * missing;
      cost += boxes[end].turn_cost;
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
    for (const PageRange& page : break_pages(boxes, {}, shape, widest_margin).pages) ends.push_back(page.last);
    EXPECT_EQ(cost_of(boxes, shape, ends), best) << "round " << round;
  }
}

// Small chains of paragraphs, some of which may be set longer or shorter, facing pages among them.
struct SmallChain {
  std::vector<Box> boxes;
  std::vector<Alternative> alternatives;
  PageShape shape;
};

SmallChain small_chain(std::mt19937& random, int paragraphs_max) {
  const auto upto = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
  SmallChain made;
  made.shape = page_of(5 + upto(3));
  made.shape.facing = upto(1) == 1;
  made.shape.first_is_verso = upto(1) == 1;
  const auto lines_of = [&](int count) {
    std::vector<Box> lines = paragraphs({count});
    for (std::size_t i = 1; i < lines.size(); ++i) lines[i].turn_cost += upto(5) == 0 ? PageCosts::hyphen : 0;
    return lines;
  };
  for (int p = 1 + upto(paragraphs_max - 1); p > 0; --p) {
    const int count = 1 + upto(6);
    const auto first = static_cast<std::uint32_t>(made.boxes.size());
    std::vector<Box> lines = lines_of(count);
    lines.front().before = line * static_cast<std::int64_t>(upto(4) == 0 ? 1 : 0);
    lines.front().keep_cost = upto(8) == 0 ? PageCosts::stranded : 0;
    for (const int extra : {-1, 1}) {
      if (count + extra < 1 || upto(1) == 0) continue;
      Alternative other{first, first + static_cast<std::uint32_t>(count), lines_of(count + extra), 20 + upto(900)};
      other.boxes.front() = lines.front();
      made.alternatives.push_back(std::move(other));
    }
    made.boxes.insert(made.boxes.end(), lines.begin(), lines.end());
  }
  return made;
}

// The cost of some pages, told from the rules of break_pages.hpp alone. Nothing if they can't be.
std::int64_t cost_of_pages(const std::vector<Box>& boxes, const PageShape& shape,
                           const std::vector<std::uint32_t>& ends) {
  std::int64_t cost = 0, verso = -1;
  std::uint32_t first = 0;
  bool is_verso = shape.first_is_verso;
  for (const std::uint32_t end : ends) {
    Length depth;
    for (std::uint32_t i = first; i < end; ++i) depth += boxes[i].height + (i == first ? Length{} : boxes[i].before);
    if (depth > shape.height) return std::numeric_limits<std::int64_t>::max();
    const std::int64_t lines = depth.raw() / shape.grid.raw(), missing = shape.height.raw() / shape.grid.raw() - lines;
    cost += PageCosts::page;
    if (end == boxes.size()) {
      if (first > 0) cost += PageCosts::thin_end * std::max<std::int64_t>(0, shape.last_lines - lines);
    } else {
      if (missing > 0) cost += PageCosts::short_page + PageCosts::short_line * missing * missing;
      cost += std::max(boxes[end].turn_cost, boxes[end].keep_cost);
      const std::int64_t uneven = verso >= 0 ? std::abs(verso - lines) : 0;
      if (uneven > 0) {
        cost += PageCosts::uneven_spread + PageCosts::spread_line * std::min<std::int64_t>(uneven * uneven, 4) +
                PageCosts::spread_fault * std::max<std::int64_t>(uneven - 2, 0);
      }
    }
    verso = shape.facing && is_verso ? lines : -1;
    is_verso = !is_verso;
    first = end;
  }
  return cost;
}

// The chain as it is with these alternatives; `cost` gets what they cost.
std::vector<Box> with(const SmallChain& chain, const std::vector<std::uint32_t>& taken, std::int64_t& cost) {
  std::vector<Box> boxes;
  std::uint32_t at = 0;
  bool after_reset = false;
  for (const std::uint32_t a : taken) {
    const Alternative& other = chain.alternatives[a];
    after_reset = after_reset && other.first == at;
    cost += other.cost + (after_reset ? PageCosts::reset_in_a_row : 0);
    boxes.insert(boxes.end(), chain.boxes.begin() + at, chain.boxes.begin() + other.first);
    boxes.insert(boxes.end(), other.boxes.begin(), other.boxes.end());
    at = other.last;
    after_reset = true;
  }
  boxes.insert(boxes.end(), chain.boxes.begin() + at, chain.boxes.end());
  return boxes;
}

std::int64_t least_cost(const SmallChain& chain) {
  std::int64_t best = std::numeric_limits<std::int64_t>::max();
  std::vector<std::uint32_t> taken, ends;
  const std::function<void(const std::vector<Box>&, std::int64_t, std::uint32_t)> divide =
      [&](const std::vector<Box>& boxes, std::int64_t paid, std::uint32_t first) {
        if (first == boxes.size()) {
          const std::int64_t cost = cost_of_pages(boxes, chain.shape, ends);
          if (cost != std::numeric_limits<std::int64_t>::max()) best = std::min(best, cost + paid);
          return;
        }
        const std::int64_t most = chain.shape.height.raw() / chain.shape.grid.raw();
        for (auto end = first + 1; end <= boxes.size() && end <= first + most; ++end) {
          ends.push_back(end);
          divide(boxes, paid, end);
          ends.pop_back();
        }
      };
  const std::function<void(std::uint32_t)> choose = [&](std::uint32_t next) {
    if (next == chain.alternatives.size()) {
      std::int64_t paid = 0;
      const std::vector<Box> boxes = with(chain, taken, paid);
      divide(boxes, paid, 0);
      return;
    }
    choose(next + 1);
    if (!taken.empty() && chain.alternatives[taken.back()].first == chain.alternatives[next].first) return;
    taken.push_back(next);
    choose(next + 1);
    taken.pop_back();
  };
  choose(0);
  return best;
}

TEST(BreakPages, AsGoodAsTryingAllSettings) {
  std::mt19937 random(11);
  int taken = 0;
  for (int round = 0; round < 40; ++round) {
    const SmallChain chain = small_chain(random, 3);
    const BrokenPages widest = break_pages(chain.boxes, chain.alternatives, chain.shape, widest_margin);
    EXPECT_EQ(widest.cost, least_cost(chain)) << "round " << round;
    // What it says it costs is what its pages cost.
    std::int64_t paid = 0;
    const std::vector<Box> boxes = with(chain, widest.taken, paid);
    std::vector<std::uint32_t> ends;
    std::uint32_t next = 0;
    for (const PageRange& page : widest.pages) {
      EXPECT_EQ(page.first, next);
      ends.push_back(next = page.last);
    }
    EXPECT_EQ(next, boxes.size());
    EXPECT_EQ(cost_of_pages(boxes, chain.shape, ends) + paid, widest.cost) << "round " << round;
    taken += static_cast<int>(widest.taken.size());
  }
  EXPECT_GT(taken, 10);
}

TEST(BreakPages, NeverWorseThanFillingPageAfterPage) {
  std::mt19937 random(17);
  int better = 0;
  for (int round = 0; round < 40; ++round) {
    const SmallChain chain = small_chain(random, 60);
    std::vector<std::uint32_t> ends;
    Length depth;
    for (std::uint32_t i = 0; i < chain.boxes.size(); ++i) {
      const bool first = i == (ends.empty() ? 0 : ends.back());
      depth += chain.boxes[i].height + (first ? Length{} : chain.boxes[i].before);
      if (depth <= chain.shape.height) continue;
      ends.push_back(i);
      depth = chain.boxes[i].height;
    }
    ends.push_back(static_cast<std::uint32_t>(chain.boxes.size()));
    const std::int64_t greedy = cost_of_pages(chain.boxes, chain.shape, ends);
    const std::int64_t found = break_pages(chain.boxes, chain.alternatives, chain.shape).cost;
    EXPECT_LE(found, greedy) << "round " << round;
    better += found < greedy;
  }
  EXPECT_GT(better, 30);
}

// As settle does it: what alternatives cost becomes known bit by bit.
TEST(BreakPages, WhatIsKeptBetweenTwoBreakingsIsWhatWouldBeFound) {
  std::mt19937 random(19);
  int others = 0;
  for (int round = 0; round < 20; ++round) {
    SmallChain chain = small_chain(random, 60);
    PageBreaker breaker(chain.boxes, chain.alternatives, chain.shape, widest_margin);
    std::vector<std::uint32_t> ends;
    for (int change = 0; change < 20 && !chain.alternatives.empty(); ++change) {
      const BrokenPages broken = breaker.run();
      const BrokenPages anew = break_pages(chain.boxes, chain.alternatives, chain.shape, widest_margin);
      EXPECT_EQ(broken.cost, anew.cost) << "round " << round << ", change " << change;
      EXPECT_EQ(broken.taken, anew.taken);
      EXPECT_EQ(broken.turns, anew.turns);
      others += broken.turns != std::exchange(ends, broken.turns);
      std::vector<std::uint32_t> changed = {static_cast<std::uint32_t>(random() % chain.alternatives.size())};
      if (!broken.taken.empty()) changed.push_back(broken.taken[random() % broken.taken.size()]);
      for (const std::uint32_t a : changed) {
        Alternative& alternative = chain.alternatives[a];
        alternative.cost = static_cast<std::int64_t>(random() % 3'000);
        alternative.boxes.back().turn_cost = random() % 4 == 0 ? PageCosts::hyphen : 0;
      }
      breaker.changed(changed);
    }
  }
  EXPECT_GT(others, 100);
}

// Where a paragraph has notes, it is not known on which of its other lines they stand until those are known, which may
// be late: first they are impossible within the layout's limits.
TEST(BreakPages, NotesOfWhatWasForbiddenAreCounted) {
  std::mt19937 random(5);
  int taken = 0;
  for (int round = 0; round < 100; ++round) {
    SmallChain chain = small_chain(random, 40);
    for (const Alternative& alternative : chain.alternatives) {
      std::vector<int>& notes = chain.boxes[alternative.first].notes.edit();
      if (notes.empty()) notes = {1};
    }
    for (Alternative& alternative : chain.alternatives) alternative.cost = PageCosts::forbidden;
    PageBreaker breaker(chain.boxes, chain.alternatives, chain.shape);
    EXPECT_TRUE(breaker.run().taken.empty());
    std::vector<std::uint32_t> all;
    for (std::uint32_t a = 0; a < chain.alternatives.size(); ++a) {
      Alternative& alternative = chain.alternatives[a];
      alternative.cost = 20;
      alternative.boxes[random() % alternative.boxes.size()].notes.edit() = {1};
      all.push_back(a);
    }
    breaker.changed(all);
    const BrokenPages broken = breaker.run();
    int lines = 0, noted = 0;
    for (const PageRange& page : broken.pages) lines += page.note_lines;
    for (const Box& box : chain.boxes) noted += static_cast<int>(box.notes->size());
    EXPECT_EQ(lines, noted) << "round " << round;
    taken += static_cast<int>(broken.taken.size());
  }
  EXPECT_GT(taken, 100);
}

// A heading before a figure as high as a page: the margin is widened once for what nothing spares, not at every
// breaking.
TEST(BreakPages, AnUnavoidableFaultIsKnownTheNextTime) {
  std::vector<Box> boxes = paragraphs({12});
  boxes.push_back(text_line());
  Box figure = text_line(PageCosts::stranded);
  figure.height = line * 10;
  boxes.push_back(figure);
  for (const Box& box : paragraphs({12})) boxes.push_back(box);
  const PageShape shape = page_of(10);
  const std::vector<Alternative> no_others;
  PageBreaker breaker(boxes, no_others, shape);
  const BrokenPages first = breaker.run();
  EXPECT_EQ(first.cost, break_pages(boxes, {}, shape, widest_margin).cost);
  EXPECT_THAT(breaker.unavoidable(), testing::Contains(13u));
  const std::vector<std::uint32_t> known = breaker.unavoidable();
  EXPECT_EQ(breaker.run().pages.size(), first.pages.size());
  EXPECT_EQ(breaker.unavoidable(), known);
}

TEST(BreakPages, ANoteMayGoOnOverManyPages) {
  const PageShape shape = page_of(10);
  std::vector<Box> boxes = paragraphs({20});
  boxes[0].notes.edit() = {30};
  const BrokenPages broken = break_pages(boxes, {}, shape);
  std::size_t divided = 0;
  for (const PageRange& page : broken.pages) divided += page.cost.notes > 0 ? 1 : 0;
  EXPECT_GE(divided, 2u);
  EXPECT_LT(broken.cost, PageCosts::forbidden);
}

// Long chains: what the margin leaves aside.
TEST(BreakPages, TheMarginLosesLittle) {
  std::mt19937 random(13);
  std::int64_t all = 0, best = 0;
  for (int round = 0; round < 20; ++round) {
    const SmallChain chain = small_chain(random, 60);
    all += break_pages(chain.boxes, chain.alternatives, chain.shape).cost;
    best += break_pages(chain.boxes, chain.alternatives, chain.shape, widest_margin).cost;
  }
  EXPECT_GE(all, best);
  EXPECT_LE((all - best) * 1000, best * 10) << all << " instead of " << best;
}

// Window after window, while what alternatives cost becomes known in each: every box once and in order, at the cost
// that is said, and little more than that of the whole chain at once.
TEST(BreakPages, WindowsLoseLittle) {
  std::mt19937 random(23);
  std::int64_t all = 0, best = 0;
  int windows = 0;
  for (int round = 0; round < 20; ++round) {
    SmallChain chain = small_chain(random, 200);
    PageBreaker breaker(chain.boxes, chain.alternatives, chain.shape, widest_margin, {10, 5});
    std::vector<bool> known(chain.alternatives.size());
    BrokenPages broken;
    while (true) {
      broken = breaker.run();
      std::vector<std::uint32_t> unknown;
      for (const std::uint32_t a : broken.taken) {
        if (known[a]) continue;
        known[a] = true;
        chain.alternatives[a].cost += 300;
        unknown.push_back(a);
      }
      if (!unknown.empty()) {
        breaker.changed(unknown);
      } else if (!broken.complete) {
        EXPECT_GT(broken.pages.size(), broken.settled);
        breaker.go_on();
        ++windows;
      } else {
        break;
      }
    }
    std::int64_t cost = 0;
    const std::vector<Box> boxes = with(chain, broken.taken, cost);
    std::vector<std::uint32_t> ends;
    std::uint32_t next = 0;
    for (const PageRange& page : broken.pages) {
      EXPECT_EQ(page.first, next);
      ends.push_back(next = page.last);
    }
    EXPECT_EQ(next, boxes.size());
    EXPECT_EQ(cost += cost_of_pages(boxes, chain.shape, ends), broken.cost) << "round " << round;
    all += cost;
    const BrokenPages whole = break_pages(chain.boxes, chain.alternatives, chain.shape, widest_margin, {1'000'000, 1});
    EXPECT_TRUE(whole.complete);
    EXPECT_LE(whole.cost, cost);
    best += whole.cost;
  }
  EXPECT_GT(windows, 100);
  EXPECT_LE((all - best) * 100, best * 2) << all << " instead of " << best;
}

}  // namespace
}  // namespace epitome::typeset
