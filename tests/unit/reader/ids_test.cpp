// Ids survive edits elsewhere, and are what CSS, XML and PDF take as they are.
#include "model/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <string>

#include "model/walk.hpp"
#include "support.hpp"

namespace epitome::reader {
namespace {

using ::testing::MatchesRegex;

// Every id of a document with the text that it stands for; a failure if one is there twice or of another form.
struct Named {
  std::map<std::string, std::string> texts = {};

  void add(const std::string& id, const model::Inlines& text) {
    EXPECT_THAT(id, MatchesRegex("[A-Za-z][-_A-Za-z0-9]*"));
    EXPECT_TRUE(texts.emplace(id, model::plain_text(text)).second) << id;
  }
  void operator()(const model::Item auto& item) {
    add(item.id, model::name_of(item));
    walk_inside(item, *this);
  }
  void operator()(const model::Block& block) {
    const auto* const paragraph = std::get_if<model::Paragraph>(&block.value);
    add(block.id, paragraph != nullptr ? paragraph->content : model::Inlines());
    walk_inside(block, *this);
  }
  void operator()(const model::ListItem& item) {
    add(item.id, {});
    walk_inside(item, *this);
  }
  void operator()(const model::Definition& item) {
    add(item.term_id, item.term);
    add(item.definition_id, {});
    walk_inside(item, *this);
  }
  void operator()(const model::Cell& cell) {
    add(cell.id, cell.content);
    walk_inside(cell, *this);
  }
  void operator()(const model::Footnote& note) { add(note.attributes.id, note.content); }
};

std::map<std::string, std::string> named(const std::string& parts) {
  const model::Document document = read_good(source_with(parts));
  Named visitor;
  walk(document, visitor);
  return visitor.texts;
}

std::string id_of(const std::map<std::string, std::string>& ids, const std::string& text) {
  for (const auto& [id, said] : ids) {
    if (said == text) return id;
  }
  ADD_FAILURE() << "no element says " << text;
  return {};
}

// `text` with its first `from` replaced.
std::string edited(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return at == text.npos ? text : text.replace(at, from.size(), to);
}

const std::string everything =
    "<takeaways><p>Three of them.</p><takeaway><headline>Trim the wick</headline><p>It burns longer.</p></takeaway>"
    "<takeaway><headline>Buy oil in spring</headline><p>It is cheap then.</p></takeaway></takeaways>"
    "<cues><cue><prompt>Who?</prompt><answer>The keeper.</answer></cue></cues>"
    "<story><chapter id=\"night\"><title>Night</title><p>The lamp was lit at six, as on every evening of the year.</p>"
    "<p>Nobody came.<note>Not even the ship.</note></p><separator/><p>The lamp burnt.</p>"
    "<ul><li>Oil</li><li><p>A wick</p><p>or two</p></li></ul>"
    "<dl><dt>Lens</dt><dd>A glass.</dd><dt>Wick</dt><dd>A thread.</dd></dl>"
    "<table><thead><tr><th>Year</th><th>Oil</th></tr></thead><tbody><tr><th>1801</th><td>yes</td></tr>"
    "<tr><th>1802</th><td>yes</td></tr></tbody></table>"
    "<blockquote><p>Light.</p></blockquote><aside><title>Aside</title><p>Oil is dear.</p></aside></chapter>"
    "<chapter><title>Day</title><p>He slept.</p></chapter></story>"
    "<questions><qa><question>Why?</question><answer><p>Because of the rocks.</p></answer></qa></questions>";

// What an edit took away and what it brought.
struct Change {
  std::set<std::string> gone, come;
};
Change change(const std::string& from, const std::string& to) {
  const std::map<std::string, std::string> before = named(everything), after = named(edited(everything, from, to));
  Change out;
  for (const auto& entry : before) {
    if (!after.contains(entry.first)) out.gone.insert(entry.first);
  }
  for (const auto& entry : after) {
    if (!before.contains(entry.first)) out.come.insert(entry.first);
  }
  return out;
}

TEST(Ids, StayWhenSomethingIsInsertedBeforeThem) {
  const auto inserted = [](const std::string& before, const std::string& piece) {
    const Change made = change(before, piece + before);
    EXPECT_TRUE(made.gone.empty()) << piece << " takes away " << *made.gone.begin();
    return made.come.size();
  };
  // What is said in a few words is called by all of them: a short list or table gets another name.
  const auto inserted_in_short = [](const std::string& before, const std::string& piece) {
    const Change made = change(before, piece + before);
    EXPECT_EQ(made.gone.size(), 1U) << piece;
    return made.come.size();
  };
  EXPECT_EQ(inserted("<p>The lamp was lit", "<p>It was dark.</p>"), 1U);
  EXPECT_EQ(inserted("<p>Nobody came", "<p>And the wind.<note>From the west.</note></p>"), 2U);
  EXPECT_EQ(inserted("<takeaway>", "<takeaway><headline>New</headline><p>Text.</p></takeaway>"), 2U);
  EXPECT_EQ(inserted_in_short("<li><p>A wick", "<li>Water</li>"), 3U);
  EXPECT_EQ(inserted_in_short("<dt>Wick", "<dt>Oil</dt><dd>A fat.</dd>"), 4U);
  EXPECT_EQ(inserted_in_short("<tr><th>1802", "<tr><th>1799</th><td>yes</td></tr>"), 3U);
  EXPECT_EQ(inserted("<chapter id", "<chapter><title>Dusk</title><p>He slept badly.</p></chapter>"), 2U);
  EXPECT_EQ(inserted("<cue>", "<cue><prompt>When?</prompt><answer>At six.</answer></cue>"), 1U);
  EXPECT_EQ(inserted("<qa>", "<qa><question>Where?</question><answer><p>There.</p></answer></qa>"), 2U);
}

TEST(Ids, StayWhenWordsBehindTheFirstAreMended) {
  const auto mended = [](const std::string& from, const std::string& to) {
    const Change made = change(from, to);
    EXPECT_TRUE(made.gone.empty() && made.come.empty()) << to << " takes away " << *made.gone.begin();
  };
  mended("of the year.", "of the years.");
  mended("The keeper.", "The lamp’s keeper.");
  mended("Nobody came.", "Nobody <em>came</em>!");
}

TEST(Ids, OfAParagraphChangeAloneWithItsFirstWords) {
  const Change made = change("Because of the rocks.", "For the rocks.");
  EXPECT_EQ(made.gone.size(), 1U);
  EXPECT_EQ(made.come.size(), 1U);
  // A list is called by its first item's words, and so are the item and its paragraph.
  EXPECT_EQ(change("<li>Oil", "<li>Lamp oil").gone.size(), 3U);
  EXPECT_EQ(change("<p>or two", "<p>or three").gone.size(), 3U);
}

TEST(Ids, OfPiecesThatBeginAlikeDiffer) {
  const std::string start = "When the lamp had been lit and the door had been shut he";
  const auto two = named("<about><p>" + start + " read.</p><p>" + start + " slept.</p></about>");
  const std::string second = id_of(two, start + " slept.");
  const auto three =
      named("<about><p>" + start + " read.</p><p>" + start + " ate.</p><p>" + start + " slept.</p></about>");
  EXPECT_EQ(id_of(three, start + " slept."), second);
}

TEST(Ids, OfPiecesThatSayTheSameAreCounted) {
  std::string parts;
  for (int i = 0; i < 50; ++i) parts += "<p>Again.</p><separator/>";
  EXPECT_EQ(named("<about>" + parts + "<p>End.</p></about>").size(), 101U);
  EXPECT_EQ(named("<about><p>…</p><p>!</p></about>").size(), 2U);
}

TEST(Ids, AreAsciiInEveryScript) {
  const auto ids =
      named("<about><p>كان المصباح مضاءً.</p><p>灯台の番人。</p><p>दीपक जल रहा था।</p><p>दीपक जला रहा था।</p></about>");
  EXPECT_EQ(ids.size(), 4U);
}

TEST(Ids, AnAuthorsIdIsTheBaseOfWhatItHolds) {
  const auto ids = named("<about><p>Out.</p><aside id=\"in\"><p>In.</p></aside></about>");
  EXPECT_TRUE(id_of(ids, "Out.").starts_with("about--p-"));
  EXPECT_TRUE(id_of(ids, "In.").starts_with("in--p-"));
  EXPECT_EQ(id_of(named("<about><p id=\"in\">In.</p></about>"), "In."), "in");
}

}  // namespace
}  // namespace epitome::reader
