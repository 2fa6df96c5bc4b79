#include "anki/deck.hpp"

#include <gmock/gmock.h>

#include "reader/read_document.hpp"
#include "style/read_language.hpp"

namespace epitome::anki {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string deck_of(const std::string& cues, const std::string& lang = "en", const std::string& title = "Lamp",
                    const std::string& others = "") {
  diag::Sink sink;
  const diag::SourceText text("x.xml", "<summary version=\"1\" xml:lang=\"" + lang + "\"><work><title>" + title +
                                           "</title><contributor role=\"author\">Ann Example</contributor></work>"
                                           "<edition><date>2024-05-31</date></edition>" +
                                           others + (cues.empty() ? "" : "<cues>" + cues + "</cues>") + "</summary>");
  std::optional<model::Document> document = reader::read_document(text, sink);
  const auto language = style::read_language(lang, EPITOME_SOURCE_DIR, sink);
  EXPECT_FALSE(sink.has_errors());  // straight quotation marks are warned of
  if (!document || !language) return {};
  return write_deck(*book::prepare(std::move(*document), *language, {}, sink), "lamp");
}

std::string cue(const std::string& prompt, const std::string& answer, const std::string& id = "") {
  return "<cue" + (id.empty() ? "" : " id=\"" + id + "\"") + "><prompt>" + prompt + "</prompt><answer>" + answer +
         "</answer></cue>";
}

// The lines behind the head lines, by columns.
std::vector<std::vector<std::string>> notes_of(const std::string& deck) {
  std::vector<std::vector<std::string>> notes;
  std::size_t at = 0;
  while (at < deck.size()) {
    const std::size_t end = deck.find('\n', at);
    const std::string line = deck.substr(at, end - at);
    at = end + 1;
    if (line.starts_with('#')) continue;
    std::vector<std::string>& columns = notes.emplace_back();
    for (std::size_t from = 0; from <= line.size();) {
      const std::size_t to = std::min(line.find('\t', from), line.size());
      columns.push_back(line.substr(from, to - from));
      from = to + 1;
    }
  }
  return notes;
}

TEST(Deck, SaysWhatItsColumnsAre) {
  EXPECT_THAT(deck_of(cue("Oil", "It burns.")), testing::StartsWith("#separator:tab\n#html:true\n#notetype:Basic\n"
                                                                    "#deck:Lamp\n#guid column:1\n#tags column:4\n"));
  EXPECT_THAT(deck_of(cue("Oil", "It burns."), "en", "Lamp::Oil"), HasSubstr("#deck:Lamp:Oil\n"));
  EXPECT_EQ(deck_of("", "en", "Lamp", "<overview><p>Text.</p></overview>"), "");
}

TEST(Deck, IsALineACueInFourColumns) {
  const auto notes = notes_of(deck_of(cue("Oil", "It burns.") + cue("Wick", "It draws.")));
  ASSERT_EQ(notes.size(), 2U);
  for (const auto& note : notes) ASSERT_EQ(note.size(), 4U);
  EXPECT_EQ(notes[1][1], "Wick");
  EXPECT_EQ(notes[1][2], "It draws.");
  EXPECT_EQ(notes[1][3], "lamp");
}

TEST(Deck, EscapesWhatTheImporterWouldRead) {
  const auto notes = notes_of(deck_of(cue("a &lt;b&gt; &amp; \"c\"", "one&#9;two&#10;three")));
  ASSERT_EQ(notes.size(), 1U);
  ASSERT_EQ(notes[0].size(), 4U);
  EXPECT_THAT(notes[0][1], testing::StartsWith("a &lt;b&gt; &amp; "));
  EXPECT_THAT(notes[0][1], Not(HasSubstr("\"")));
  EXPECT_EQ(notes[0][2], "one two three");
}

TEST(Deck, KeepsWhatPhrasesMean) {
  const auto notes =
      notes_of(deck_of(cue("<em>Oil</em> in <cite>The Lamp</cite>",
                           "<q>It burns</q>, <strong>long</strong>: H<sub>2</sub> "
                           "<a href=\"https://epitome.example/?a=1&amp;b='2'\">more</a> <ruby>灯<rt>hi</rt></ruby>")));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0][1], "<em>Oil</em> in <cite>The Lamp</cite>");
  EXPECT_EQ(notes[0][2],
            "“It burns”, <strong>long</strong>: H<sub>2</sub> "
            "<a href='https://epitome.example/?a=1&amp;b=%272%27'>more</a> <ruby>灯<rt>hi</rt></ruby>");
}

TEST(Deck, ANewEditionUpdatesItsNotes) {
  const auto before = notes_of(deck_of(cue("Oil", "It burns.", "oil") + cue("Wick", "It draws.")));
  const auto after =
      notes_of(deck_of(cue("Glass", "It shields.") + cue("Oil", "It burns longer.", "oil") + cue("Wick", "It draws.")));
  ASSERT_EQ(before.size(), 2U);
  ASSERT_EQ(after.size(), 3U);
  EXPECT_EQ(after[1][0], before[0][0]);
  EXPECT_EQ(after[2][0], before[1][0]);
  EXPECT_NE(after[0][0], after[1][0]);
}

TEST(Deck, LinesFromRightToLeftSaySo) {
  const auto notes = notes_of(deck_of(cue("زيت", "يحترق."), "ar"));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0][1], "<div dir='rtl' lang='ar'>زيت</div>");
}

}  // namespace
}  // namespace epitome::anki
