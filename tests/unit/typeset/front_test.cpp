// Layouts for printing: the front runs on, memory cues are a list.
#include <gmock/gmock.h>

#include "book.hpp"

namespace epitome::typeset {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string parts =
    "<warnings><warning><term>Fire</term></warning></warnings><hook><p>It burns.</p></hook>"
    "<overview><p>A lamp is lit.</p></overview>"
    "<cues><cue><prompt>Oil</prompt><answer>What it burns.</answer></cue></cues>";

std::string all_text(const Book& book) { return book.text_of(0); }

TEST(Front, SharesAPageWhereItRunsOn) {
  const std::optional<Book> book = set_book(source_with(parts), "print-a4");
  ASSERT_TRUE(book);
  ASSERT_EQ(book->pages().pages.size(), 1U);
  EXPECT_EQ(book->pages().pages[0].label, "1");
  const std::string text = all_text(*book);
  // Title, warnings, hook and text; then the imprint, and the brand last.
  std::size_t at = 0;
  for (const char* const words :
       {"Ann Example", "The Lamp", "A summary", "Content warnings", "It burns.", "A lamp is lit.", "What it burns.",
        "Typeset by Epitome", "The lines worth keeping."}) {
    const std::size_t found = text.find(words, at);
    ASSERT_NE(found, std::string::npos) << words << " in " << text;
    at = found;
  }
  // Too few entries for contents.
  EXPECT_THAT(text, testing::Not(HasSubstr("Contents")));
  EXPECT_EQ(book->pages().printing.duplex, style::Printing::Duplex::long_edge);
}

// Cards would be cut out of the backs of the text.
TEST(Front, CuesAreAListThatNobodyCuts) {
  for (const char* const layout : {"book", "a4", "letter", "large", "print-a4", "half-letter"}) {
    const std::optional<Book> book = set_book(source_with(parts), layout);
    ASSERT_TRUE(book);
    for (const page::Page& page : book->pages().pages) {
      for (const page::Item& item : page.items) {
        const auto* const rule = std::get_if<page::Rule>(&item.value);
        EXPECT_FALSE(rule != nullptr && rule->dash_on > Length{}) << layout;
      }
    }
  }
}

TEST(Front, HasContentsFromSoManyEntriesOn) {
  std::string story = "<story>";
  for (int i = 0; i < 7; ++i) story += "<chapter><title>Part " + std::to_string(i) + "</title><p>Text.</p></chapter>";
  const std::optional<Book> book = set_book(source_with(parts + story + "</story>"), "print-letter");
  ASSERT_TRUE(book);
  EXPECT_THAT(all_text(*book), HasSubstr("Contents"));
}

// Each text of the title's head keeps its place where they need lines of their own.
TEST(Front, ALongTitleRunsOnTooAndIsReadInOrder) {
  std::string source = source_with(parts);
  const std::string title =
      "Lamp of Skerry Point and of All the Other Lamps That Were Ever Lit along the Northern Coast";
  source.replace(source.find(">Lamp<"), 6, ">" + title + "<");
  const std::optional<Book> book = set_book(source, "print-a4");
  ASSERT_TRUE(book);
  EXPECT_THAT(all_text(*book), HasSubstr(title));
  EXPECT_THAT(all_text(*book), StartsWith("Ann Example"));
}

}  // namespace
}  // namespace epitome::typeset
