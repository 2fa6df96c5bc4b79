#include "book/book.hpp"

#include <gtest/gtest.h>

#include "book/words.hpp"
#include "style/read_language.hpp"

namespace epitome::book {
namespace {

model::Document lamp() {
  model::Document made;
  made.work.title = {"The", "Lamp", {}, {}, {}, true};
  made.work.contributors.push_back({"aut", "Ann Example", "Example, Ann", {}});
  made.edition.lang = "en";
  made.edition.date = "2024-05-31";
  made.edition.modified = "2024-06-01";
  model::Block paragraph;
  paragraph.id = "overview--p-1";
  paragraph.value = model::Paragraph{{model::Text{"A lamp is lit.", {}}}};
  model::Part part;
  part.id = "overview";
  part.value = model::Overview{{paragraph}};
  made.parts.push_back(part);
  return made;
}

std::unique_ptr<const Book> prepared(const std::string& modified = {}) {
  diag::Sink sink;
  auto made = prepare(lamp(), style::read_language("en", EPITOME_SOURCE_DIR, sink).value(), {}, sink, {}, modified);
  EXPECT_TRUE(sink.diagnostics().empty());
  return made;
}

TEST(Book, HoldsWhatBothFilesSay) {
  const auto book = prepared();
  EXPECT_EQ(book->sections.back().id, "overview");
  EXPECT_EQ(book->sections.back().part, &book->document.parts.front());
  EXPECT_EQ(book->names.name("overview--p-1"), "");  // nothing refers to it
  EXPECT_EQ(book->generated.author, "Ann Example");
  EXPECT_EQ(count_words(*book), 4U);
}

TEST(Book, ATitleGetsIntoASentenceInOneWay) {
  EXPECT_EQ(prepared()->sentence("document-title"), "The Lamp: a summary");
}

TEST(Book, ADayIsItsFirstSecondAndNothingIsChangedBeforeItIsMade) {
  EXPECT_EQ(prepared()->created, "2024-05-31T00:00:00Z");
  EXPECT_EQ(prepared()->modified, "2024-06-01T00:00:00Z");
  const auto earlier = prepared("2024-05-30T12:30:00Z");
  EXPECT_EQ(earlier->created, "2024-05-30T00:00:00Z");
  EXPECT_EQ(earlier->modified, "2024-05-30T12:30:00Z");
  EXPECT_EQ(earlier->document.edition.modified, "2024-05-30");
}

}  // namespace
}  // namespace epitome::book
