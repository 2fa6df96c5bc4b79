#include "book/check_title.hpp"

#include <gtest/gtest.h>

#include <string>

#include "style/read_language.hpp"

namespace epitome::book {

using namespace style;
namespace {

// What of the title is reported: its bytes; "-" if nothing is.
std::string reported(const char* tag, const char* title, bool prefix_given = false, const char* lang = "") {
  diag::Sink sink;
  const Language language = read_language(tag, EPITOME_SOURCE_DIR, sink).value();
  model::Title value;
  value.main = title;
  value.prefix_given = prefix_given;
  value.lang = lang;
  value.span = {100, 20};
  check_title(value, language, sink);
  if (sink.diagnostics().empty()) return "-";
  EXPECT_EQ(sink.diagnostics().size(), 1U);
  EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::W0405);
  EXPECT_EQ(sink.diagnostics()[0].span.offset, 100U);
  return value.main.substr(0, sink.diagnostics()[0].span.length);
}

TEST(CheckTitle, ArticlesThatAreNotSetApartAreReported) {
  EXPECT_EQ(reported("en", "The Push"), "The");
  EXPECT_EQ(reported("en-US", "an Idea"), "an");
  EXPECT_EQ(reported("de", "Der Verdacht"), "Der");
  EXPECT_EQ(reported("fr", "L’Étranger"), "L’");
  EXPECT_EQ(reported("el", "Ο Ζορμπάς"), "Ο");
  EXPECT_EQ(reported("pt-BR", "As Meninas"), "As");
}

TEST(CheckTitle, OthersAreNot) {
  EXPECT_EQ(reported("en", "Push"), "-");
  EXPECT_EQ(reported("en", "Theory of Lamps"), "-");
  EXPECT_EQ(reported("en", "A"), "-");
  EXPECT_EQ(reported("en", "Der Verdacht"), "-");
  EXPECT_EQ(reported("en", "An Outpost", false, "pl"), "-");
  EXPECT_EQ(reported("en", "The Push", false, "en-GB"), "The");
  EXPECT_EQ(reported("ja", "The Push"), "-");
}

TEST(CheckTitle, AnEmptyPrefixSaysThatThereIsNone) { EXPECT_EQ(reported("en", "A Is for Alibi", true), "-"); }

}  // namespace
}  // namespace epitome::book
