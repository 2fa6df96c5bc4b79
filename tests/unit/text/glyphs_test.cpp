#include "text/glyphs.hpp"

#include <gtest/gtest.h>

namespace epitome::text {
namespace {

Glyph glyph(std::uint32_t id, std::uint32_t cluster, int advance, int x = 0, int y = 0) {
  return {id, cluster, Length::pt(advance), Length::pt(x), Length::pt(y)};
}

void expect_same(const Glyphs& kept, const std::vector<Glyph>& given) {
  ASSERT_EQ(kept.size(), given.size());
  Length advance;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Glyph is = kept[i];
    EXPECT_EQ(is.id, given[i].id);
    EXPECT_EQ(is.cluster, given[i].cluster);
    EXPECT_EQ(is.advance.raw(), given[i].advance.raw());
    EXPECT_EQ(is.x_offset.raw(), given[i].x_offset.raw());
    EXPECT_EQ(is.y_offset.raw(), given[i].y_offset.raw());
    advance += given[i].advance;
  }
  EXPECT_EQ(kept.advance(), advance);
  EXPECT_EQ(kept.list().size(), given.size());
}

// Whatever needs more than two words is kept too: marks, backward advances, a cluster behind 64 kB of text.
TEST(Glyphs, AreAsTheyWereGiven) {
  const std::vector<std::vector<Glyph>> lists{
      {},
      {glyph(65'535, 65'535, -3)},
      {glyph(7, 65'536, 4)},
      {glyph(65'536, 7, 4)},
      {glyph(1, 0, 5, -2, 0)},
      {glyph(1, 0, 5), glyph(2, 1, 0, 3, -4)},
      {glyph(1, 0, 5), glyph(2, 1, -6), glyph(3, 4, 7)},
      {glyph(1, 0, 5), glyph(2, 70'000, 6)},
  };
  for (const std::vector<Glyph>& given : lists) {
    Glyphs kept = given;
    expect_same(kept, given);
    const Glyphs copy = kept;
    expect_same(copy, given);
    const Glyphs moved = std::move(kept);
    expect_same(moved, given);
    for (const std::vector<Glyph>& other : lists) {
      Glyphs over = other;
      over = copy;
      expect_same(over, given);
    }
  }
}

}  // namespace
}  // namespace epitome::text
