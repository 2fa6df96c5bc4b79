// What the flow is built by: elements and destinations that can be taken back, atoms below one another.
#include <gtest/gtest.h>

#include "typeset/flow/builder.hpp"
#include "typeset/flow/structure.hpp"

namespace epitome::typeset {
namespace {

const Length line = Length::pt(14);

style::Layout layout_of_lines() {
  style::Layout layout;
  layout.geometry.grid = line;
  layout.geometry.lines = 30;
  layout.pieces.lines_before_turn = layout.pieces.lines_after_turn = 2;
  return layout;
}

std::shared_ptr<const Lines> lines(std::size_t count) {
  return std::make_shared<const Lines>(std::vector<text::Line>(count), diag::Span{});
}

TEST(Structure, WhatIsTakenBackCanBeMadeAnew) {
  Flow flow;
  Structure structure(flow);
  const std::uint32_t kept = structure.destination("kept");
  const Structure::Mark mark = structure.mark();
  structure.element(page::Role::p, 0);
  structure.destination("gone");
  structure.link({"gone", {}, {}, none});
  structure.tag({});
  structure.roll_back(mark);
  EXPECT_EQ(flow.elements.size(), 1u);
  EXPECT_EQ(flow.links.size(), 0u);
  EXPECT_EQ(flow.tags.size(), 1u);
  EXPECT_EQ(structure.destination("kept"), kept);
  const std::uint32_t again = structure.destination("gone");
  ASSERT_LT(again, flow.destinations.size());
  EXPECT_EQ(flow.destinations[again].id, "gone");
}

TEST(Builder, TheLargerSpaceHoldsAndNoneStandsBelowAPartsTitle) {
  const style::Layout layout = layout_of_lines();
  Flow flow;
  Builder builder(flow, layout);
  builder.start_chain("story");
  builder.add(line);
  builder.space_after(line * 2);
  builder.add(line, line);
  builder.space_after(line);
  builder.add(line, line * 3);
  builder.title_ends();
  builder.add(line, line);
  const std::vector<Box>& boxes = builder.chain().boxes;
  EXPECT_EQ(boxes[1].before, line * 2);
  EXPECT_EQ(boxes[2].before, line * 3);
  EXPECT_EQ(boxes[3].before, Length{});
}

TEST(Builder, APieceHigherThanItsLimitMayDivide) {
  const style::Layout layout = layout_of_lines();
  Flow flow;
  Builder builder(flow, layout);
  builder.start_chain("story");
  for (const int whole_up_to : {4, 3}) {
    const Builder::Piece piece = builder.begin_piece();
    for (int i = 0; i < 4; ++i) builder.add(line);
    builder.end_piece(piece, whole_up_to);
  }
  const std::vector<Box>& boxes = builder.chain().boxes;
  EXPECT_EQ(boxes[0].keep_cost, 0);
  EXPECT_EQ(boxes[3].keep_cost, PageCosts::piece_split);
  EXPECT_EQ(boxes[7].keep_cost, 0);
}

// A label beside the first line moves with it; what stands beside further lines is placed by them.
TEST(Builder, AParagraphBesideSeveralLinesIsNotSetAgain) {
  const style::Layout layout = layout_of_lines();
  Flow flow;
  Builder builder(flow, layout);
  builder.start_chain("story");
  style::TextStyle style;
  style.leading = line;
  for (const std::size_t beside : {std::size_t{1}, std::size_t{2}}) {
    const auto text = lines(3);
    const std::size_t first = builder.add_lines(text, style, {}, line * 20, {}, 0);
    builder.offer_again(first, 0, *text, line * 20);
    EXPECT_FALSE(builder.chain().paragraphs.back().fixed);
    builder.beside(first, lines(beside), {}, line, style);
    EXPECT_EQ(builder.chain().paragraphs.back().fixed, beside == 2);
  }
}

}  // namespace
}  // namespace epitome::typeset
