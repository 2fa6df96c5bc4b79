// What may differ between print and EPUB, each rule with a text that keeps it and texts that break it.
#include "compare/compare.hpp"

#include <gmock/gmock.h>

namespace epitome::compare {
namespace {

using testing::ElementsAre;

Text blocks(const std::vector<std::string>& texts) {
  Text made;
  for (const std::string& text : texts) {
    made.part_block();
    made.append(std::string_view(text));
  }
  made.finish();
  return made;
}

// Where `part` stands in a text, which has it once.
std::size_t at(const Text& text, std::u32string_view part) {
  const std::size_t found = text.characters.find(part);
  EXPECT_NE(found, std::u32string::npos);
  EXPECT_EQ(text.characters.rfind(part), found);
  return found;
}
std::size_t after(const Text& text, std::u32string_view part) { return at(text, part) + part.size(); }

Part part_of(Text text, std::string heading = {}) {
  return {heading, !heading.empty(), PartKind::text, std::move(text)};
}

std::optional<Difference> difference(const Text& pdf, const Text& epub, PartKind kind = PartKind::text) {
  Said left{{part_of(pdf)}, {}}, right{{part_of(epub)}, {}};
  right.parts[0].kind = kind;
  const std::vector<PartResult> results = compare_files(left, right);
  EXPECT_EQ(results.size(), 1u);
  return results.empty() ? std::nullopt : results[0].difference;
}

bool same(const Text& pdf, const Text& epub) { return !difference(pdf, epub); }

TEST(Compare, TheFirstDifferenceIsToldWithBothSidesAndPlaces) {
  Text pdf = blocks({"The lamp was lit."}), epub = blocks({"The lamp is lit."});
  pdf.places = {{0, {}, "9", "P"}};
  epub.places = {{0, "EPUB/story.xhtml", {}, "p#a"}};
  const auto found = difference(pdf, epub);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->left.before, U"The lamp ");
  EXPECT_EQ(found->left.from, U"was lit.");
  EXPECT_EQ(found->right.from, U"is lit.");
  EXPECT_EQ(found->left.place, "page 9, P");
  EXPECT_EQ(found->right.place, "EPUB/story.xhtml, p#a");
}

TEST(Compare, ATextThatEndsEarlierDiffers) {
  const auto found = difference(blocks({"One.", "Two."}), blocks({"One."}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->right.from, U"");
  EXPECT_TRUE(difference(blocks({"One."}), blocks({"One.", "Two."})));
}

TEST(Compare, EveryCharacterCounts) {
  EXPECT_FALSE(same(blocks({"e\u0301"}), blocks({"\u00E9"})));
  EXPECT_FALSE(same(blocks({"a\u00A0b"}), blocks({"a b"})));
  EXPECT_FALSE(same(blocks({"\u201Cso\u201D"}), blocks({"so"})));
}

TEST(Compare, AListItemsNumberIsPrintsButItsValueCounts) {
  Text epub = blocks({"Light it.", "Leave."});
  epub.numbers = {{0, 1}, {at(epub, U"Leave"), 2}};
  EXPECT_TRUE(same(blocks({"1. Light it.", "2. Leave."}), epub));
  EXPECT_TRUE(same(blocks({"\u0661. Light it.", "\u0662) Leave."}), epub));  // digits of its script
  EXPECT_TRUE(same(blocks({"Light it.", "Leave."}), epub));
  EXPECT_FALSE(same(blocks({"1. Light it.", "3. Leave."}), epub));
  Text years = blocks({"2 lamps."});
  years.numbers = {{0, 2}};
  EXPECT_TRUE(same(blocks({"2. 2 lamps."}), years));
  EXPECT_TRUE(same(blocks({"2 lamps."}), years));  // the item's own number
}

Text linked(const std::vector<std::string>& texts, std::u32string_view link, std::u32string target, bool internal) {
  Text made = blocks(texts);
  made.links = {{at(made, link), after(made, link), internal, std::move(target)}};
  return made;
}

TEST(Compare, AnInternalLinkHasItsPageInPrint) {
  const Text epub = linked({"See The end, please."}, U"The end", {}, true);
  EXPECT_TRUE(same(linked({"See The end (page 9), please."}, U"The end (page 9)", U"9", true), epub));
  EXPECT_FALSE(same(linked({"See The end (page 8), please."}, U"The end (page 8)", U"9", true), epub));
  EXPECT_FALSE(same(linked({"See The end (page 19), please."}, U"The end (page 19)", U"9", true), epub));
  EXPECT_FALSE(same(linked({"See The end (page 9), please."}, U"The end (page 9)", U"9", false), epub));
  EXPECT_FALSE(same(blocks({"See The end (page 9), please."}), epub));
}

TEST(Compare, TheWordsAboutAPageAreTheSameEverywhere) {
  const auto both = [](const std::string& second) {
    Text pdf = blocks({"See The end (page 9) and " + second + "."}), epub = blocks({"See The end and The lamp."});
    pdf.links = {{4, after(pdf, U"9)"), true, U"9"}, {at(pdf, U"The lamp"), after(pdf, U"12)"), true, U"12"}};
    epub.links = {{4, after(epub, U"The end"), true, {}}, {at(epub, U"The lamp"), after(epub, U"The lamp"), true, {}}};
    return same(pdf, epub);
  };
  EXPECT_TRUE(both("The lamp (page 12)"));
  EXPECT_FALSE(both("The lamp (leaf 12)"));
}

TEST(Compare, AnExternalLinkHasItsAddressInPrint) {
  const std::u32string address = U"https://lamp.example/a";
  const Text epub = linked({"Ask the maker today."}, U"the maker", address, false);
  const auto printed = [&](const std::string& text) {
    return linked({"Ask " + text + " today."}, to_utf32(text), address, false);
  };
  EXPECT_TRUE(same(printed("the maker (https://lamp.example/a)"), epub));
  EXPECT_FALSE(same(printed("the maker (https://lamp.example/b)"), epub));
  EXPECT_FALSE(same(printed("the maker, who is at https://lamp.example/a"), epub));
  const Text page = linked({"Ask the maker (page 9) today."}, U"the maker (page 9)", U"9", true);
  EXPECT_FALSE(same(page, epub));
  const Text mail = linked({"Ask the maker today."}, U"the maker", U"mailto:ann@lamp.example", false);
  EXPECT_TRUE(same(printed("the maker (ann@lamp.example)"), mail));
}

TEST(Compare, AWarningThatIsABlockHasItsPageInPrint) {
  const Text epub = blocks({"Spoiler", "It burns."});
  const auto pdf = [](const std::string& warning, std::u32string page) {
    Text made = blocks({warning, "It burns."});
    made.links = {{0, to_utf32(warning).size(), true, std::move(page)}};
    return made;
  };
  EXPECT_TRUE(same(pdf("Spoiler, see page 8", U"8"), epub));
  EXPECT_FALSE(same(pdf("Spoiler, see page 8", U"7"), epub));
  EXPECT_FALSE(same(blocks({"Spoiler, see page 8", "It burns."}), epub));
}

TEST(Compare, ATitleMayStandInQuotationMarks) {
  Text epub = blocks({"He read The Lamp twice."});
  epub.titles = {{at(epub, U"The"), after(epub, U"Lamp")}};
  EXPECT_TRUE(same(blocks({"He read The Lamp twice."}), epub));
  EXPECT_TRUE(same(blocks({"He read \u201CThe Lamp\u201D twice."}), epub));
  EXPECT_TRUE(same(blocks({"He read \u00AB\u202FThe Lamp\u202F\u00BB twice."}), epub));
  EXPECT_FALSE(same(blocks({"He read \u201CThe Lamp twice."}), epub));
  Text spaced = blocks({"He read \u00A0The Lamp\u00A0 twice."});
  spaced.titles = {{at(spaced, U"\u00A0The"), after(spaced, U"Lamp\u00A0")}};
  EXPECT_TRUE(same(blocks({"He read \u201C\u00A0The Lamp\u00A0\u201D twice."}), spaced));
  EXPECT_TRUE(same(blocks({"He read \u00AB\u202F\u00A0The Lamp\u00A0\u202F\u00BB twice."}), spaced));
  EXPECT_FALSE(same(blocks({"He read The Lamp\u201D twice."}), epub));
  EXPECT_FALSE(same(blocks({"He \u201Cread The Lamp\u201D twice."}), epub));
}

TEST(Compare, PrintAloneNamesItsFonts) {
  const Text epub = blocks({"Written by Ann.", "Made by hand."});
  const Text pdf = blocks({"Written by Ann.", "Set in Vollkorn. Made by hand."});
  EXPECT_FALSE(difference(pdf, epub, PartKind::front));
  EXPECT_TRUE(difference(pdf, epub, PartKind::text));
  EXPECT_TRUE(difference(blocks({"Written by Bob.", "Set in Vollkorn. Made by hand."}), epub, PartKind::front));
  EXPECT_TRUE(difference(blocks({"Written by Ann.", "Set in Vollkorn. Made by us."}), epub, PartKind::front));
}

// A table of two heads and a row, as a table and as a list.
Text as_table(const std::string& last = "full") {
  Text made = blocks({"Lamp", "Oil", "brass", last});
  made.heads = {{0, 0, 4, 1, false}, {4, 5, 8, 1, false}};
  made.values = {{9, 9, 1}, {15, 15, 1}};
  return made;
}
Text as_list(const std::string& heads = "Lamp, Oil", const std::string& name = "Lamp") {
  Text made = blocks({heads, name + ": brass", "Oil: full"});
  made.heads = {{0, 0, 4, 1, true}, {4, heads.size() - 3, heads.size(), 1, true}};
  const std::size_t first = heads.size() + 1, second = first + name.size() + 8;
  made.values = {{first, first + name.size(), 1}, {second, second + 3, 1}};
  return made;
}
Text in_cells(Text text) {
  text.places = {{0, {}, "1", "TD"}};
  return text;
}

TEST(Compare, ATableMayBeAListInTheOtherFile) {
  EXPECT_TRUE(same(in_cells(as_table()), as_table()));
  EXPECT_TRUE(same(as_list(), as_list()));
  EXPECT_TRUE(same(in_cells(as_table()), as_list()));
  EXPECT_TRUE(same(as_list(), as_table()));
  EXPECT_FALSE(same(as_list(), as_table("empty")));
  EXPECT_FALSE(same(in_cells(as_table("empty")), as_list()));
  EXPECT_FALSE(same(in_cells(as_table()), as_list("Lamp and Oil")));        // no separator
  EXPECT_FALSE(same(in_cells(as_table()), as_list("Lamp, Oil", "Lamps")));  // no head of the table
}

std::vector<std::string> names(const std::vector<PartResult>& results) {
  std::vector<std::string> out;
  for (const PartResult& result : results) {
    const bool both = result.found == PartResult::Found::in_both;
    const bool left = result.difference && result.difference->right.from.empty();
    out.push_back((!both ? left ? "PDF: " : "EPUB: " : result.difference ? "not " : "") + result.name);
  }
  return out;
}

Part chapter(const std::string& name, const std::string& text = "Text.") { return part_of(blocks({name, text}), name); }

TEST(Compare, APartInOneFileOnlyIsTold) {
  const Part a = chapter("A"), b = chapter("B"), c = chapter("C");
  EXPECT_THAT(names(compare_files({{a, b, c}, {}}, {{a, c}, {}})), ElementsAre("A", "PDF: B", "C"));
  EXPECT_THAT(names(compare_files({{a, c}, {}}, {{a, b, c}, {}})), ElementsAre("A", "EPUB: B", "C"));
  EXPECT_THAT(names(compare_files({{a}, {}}, {{a, b}, {}})), ElementsAre("A", "EPUB: B"));
  EXPECT_THAT(names(compare_files({{a, b}, {}}, {{a}, {}})), ElementsAre("A", "PDF: B"));
  EXPECT_THAT(names(compare_files({{a, chapter("B", "Other.")}, {}}, {{a, b}, {}})), ElementsAre("A", "not B"));
}

TEST(Compare, CoversContentsAndPagesToWriteOnAreLeftOut) {
  Part cover = part_of(blocks({"The Lamp"})), drawn = cover, contents = chapter("Contents"),
       writing = chapter("Notes", "");
  drawn.kind = PartKind::cover;
  contents.kind = PartKind::contents;
  cover.text.places = {{0, {}, "i", "P"}};
  const Part a = chapter("A");
  EXPECT_THAT(names(compare_files({{cover, contents, a, writing}, {}}, {{drawn, a}, {}})), ElementsAre("A"));
  // Two pages are no cover.
  cover.text.places.push_back({4, {}, "ii", "P"});
  EXPECT_EQ(compare_files({{cover, a}, {}}, {{drawn, a}, {}}).size(), 2u);
}

// A file for printing has no cover, and its imprint stands at the end.
TEST(Compare, AFileWithoutACoverHasItsImprintBeforeItsBrand) {
  Part drawn = part_of(blocks({"The Lamp"})), title = chapter("The Lamp", "A summary."),
       imprint = part_of(blocks({"Typeset by Epitome."})), brand = part_of(blocks({"Epitome"}));
  drawn.kind = PartKind::cover;
  title.kind = imprint.kind = PartKind::front;
  Part printed_title = title, printed_imprint = imprint;
  printed_title.kind = printed_imprint.kind = PartKind::text;
  printed_title.text.places = {{0, {}, "1", "P"}};
  const Part a = chapter("A"), b = chapter("B");
  const Said epub{{drawn, title, imprint, a, b, brand}, {}};
  EXPECT_THAT(names(compare_files({{printed_title, a, b, printed_imprint, brand}, {}}, epub)),
              ElementsAre("The Lamp", imprint.name, "A", "B", brand.name));
  EXPECT_THAT(names(compare_files({{printed_title, a, b, part_of(blocks({"By hand."})), brand}, {}}, epub)),
              ElementsAre("The Lamp", "not " + imprint.name, "A", "B", brand.name));
}

TEST(Compare, FootnotesAreTheLastResult) {
  const Part a = chapter("A");
  EXPECT_THAT(names(compare_files({{a}, blocks({"Note."})}, {{a}, blocks({"Note."})})), ElementsAre("A", "footnotes"));
  EXPECT_THAT(names(compare_files({{a}, blocks({"Note."})}, {{a}, {}})), ElementsAre("A", "not footnotes"));
}

const Model source = read_words("generated\tKey  takeaways\nbody\tA lamp.\nbody\tIt burns.\nnote\tSo it is said.\n");

TEST(CompareWithSource, ReadsTheDumpOfWords) {
  EXPECT_EQ(source.body.characters, U"A lamp. It burns.");
  EXPECT_THAT(source.body.blocks, ElementsAre(0, 8));
  EXPECT_EQ(source.notes.characters, U"So it is said.");
  EXPECT_THAT(source.generated, ElementsAre(U"Key takeaways"));
  EXPECT_TRUE(read_words("").body.characters.empty());
}

Said epub_of(const std::vector<std::string>& body) { return {{part_of(blocks(body))}, blocks({"So it is said."})}; }

TEST(CompareWithSource, GeneratedBlocksAreLeftOut) {
  const auto told = [](const std::vector<std::string>& body) {
    return names(compare_with_source(epub_of(body), source));
  };
  EXPECT_THAT(told({"A lamp.", "It burns."}), ElementsAre("text", "footnotes"));
  EXPECT_THAT(told({"Key takeaways", "A lamp.", "1. Key takeaways: 2", "It burns."}), ElementsAre("text", "footnotes"));
  EXPECT_THAT(told({"Key ideas", "A lamp.", "It burns."}), ElementsAre("not text", "footnotes"));
  EXPECT_THAT(told({"A lamp.", "It burned."}), ElementsAre("not text", "footnotes"));
  EXPECT_THAT(told({"A lamp."}), ElementsAre("not text", "footnotes"));
  EXPECT_THAT(told({"A lamp.", "It burns.", "More."}), ElementsAre("not text", "footnotes"));
}

TEST(CompareWithSource, AGeneratedPhraseMayBeTheAuthorsToo) {
  const Model own = read_words("generated\tNotes\nbody\tNotes\nbody\tA lamp.\n");
  EXPECT_THAT(names(compare_with_source({{part_of(blocks({"Notes", "A lamp."}))}, {}}, own)), ElementsAre("text"));
  EXPECT_THAT(names(compare_with_source({{part_of(blocks({"Notes", "Notes", "A lamp."}))}, {}}, own)),
              ElementsAre("text"));
  EXPECT_THAT(names(compare_with_source({{part_of(blocks({"A lamp."}))}, {}}, own)), ElementsAre("not text"));
}

TEST(CompareWithSource, FrontMatterIsLeftOutAndNotesAreNot) {
  Said epub = epub_of({"A lamp.", "It burns."});
  epub.parts.push_back(part_of(blocks({"Imprint"})));
  epub.parts.back().kind = PartKind::front;
  EXPECT_THAT(names(compare_with_source(epub, source)), ElementsAre("text", "footnotes"));
  epub.notes = {};
  EXPECT_THAT(names(compare_with_source(epub, source)), ElementsAre("text", "not footnotes"));
}

}  // namespace
}  // namespace epitome::compare
