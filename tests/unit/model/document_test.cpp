#include "model/document.hpp"

#include <gtest/gtest.h>

#include "model/dump.hpp"

namespace epitome::model {
namespace {

Inlines sample_inlines() {
  Inlines out;
  out.emplace_back(Text{"A {b} ", {}});
  Phrase em{Meaning::emphasis, {"e", "fr", Direction::rtl, {}}, {}};
  em.content.emplace_back(Text{"c", {}});
  em.content.emplace_back(Footnote{{}, "1", {Text{"note", {}}}});
  out.emplace_back(em);
  out.emplace_back(Ruby{{}, {Text{"灯", {}}}, {Text{"hi", {}}}});
  out.emplace_back(CrossReference{{}, "x", {}});
  out.emplace_back(Link{{}, "https://a/", {Text{"d", {}}}});
  return out;
}

TEST(PlainText, IsWhatBothBackendsCount) { EXPECT_EQ(plain_text(sample_inlines()), "A {b} c灯d"); }

TEST(HoldsSpoiler, LooksIntoPhrasesButNotIntoNotes) {
  EXPECT_FALSE(holds_spoiler(sample_inlines()));
  const Phrase spoiler{Meaning::spoiler, {}, {Text{"s", {}}}};
  EXPECT_TRUE(holds_spoiler({Text{"a", {}}, Phrase{Meaning::emphasis, {}, {spoiler}}}));
  EXPECT_TRUE(holds_spoiler({Link{{}, "https://a/", {spoiler}}}));
  EXPECT_FALSE(holds_spoiler({Footnote{{}, "1", {spoiler}}}));
}

TEST(Dump, ShowsEveryInline) {
  EXPECT_EQ(dump_inlines(sample_inlines()),
            "A \\{b\\} {em #e xml:lang=fr dir=rtl: c{note: note}}{ruby: 灯|hi}{ref x}{a https://a/: d}");
}

}  // namespace
}  // namespace epitome::model
