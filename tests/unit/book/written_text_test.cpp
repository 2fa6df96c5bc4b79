#include "book/written_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "book/sections.hpp"
#include "style/read_language.hpp"

namespace epitome::book {

using namespace style;
namespace {

class WrittenText : public testing::Test {
 protected:
  static Language read(const char* tag) {
    diag::Sink sink;
    return read_language(tag, EPITOME_SOURCE_DIR, sink).value();
  }

  // The paragraph's characters after the language's rules.
  static std::string applied(const Language& language, model::Inlines inlines) {
    model::Document document;
    model::Block block;
    block.value = model::Paragraph{std::move(inlines)};
    model::Overview overview;
    overview.content.push_back(std::move(block));
    model::Part part;
    part.value = std::move(overview);
    document.parts.push_back(std::move(part));
    apply_language(document, language);
    const auto& content = std::get<model::Overview>(document.parts[0].value).content;
    return model::plain_text(std::get<model::Paragraph>(content[0].value).content);
  }
  static std::string applied(const Language& language, const char* text) {
    return applied(language, model::Inlines{model::Text{text, {}}});
  }
  const Language french = read("fr");
};

TEST_F(WrittenText, FrenchMarksTakeTheirSpaces) {
  EXPECT_EQ(applied(french, "Quoi?"), "Quoi\u202F?");
  EXPECT_EQ(applied(french, "Quoi ?"), "Quoi\u202F?");
  EXPECT_EQ(applied(french, "Ainsi : oui; non !"), "Ainsi\u00A0: oui\u202F; non\u202F!");
  EXPECT_EQ(applied(french, "«Oui», dit-il. « Non » !"), "«\u202FOui\u202F», dit-il. «\u202FNon\u202F»\u202F!");
  EXPECT_EQ(applied(french, "« Non ! » et «Quoi?»"), "«\u202FNon\u202F!\u202F» et «\u202FQuoi\u202F?\u202F»");
  EXPECT_EQ(applied(french, "Quoi ?!"), "Quoi\u202F?!");
  EXPECT_EQ(applied(french, "50 % et 60%"), "50\u202F% et 60\u202F%");
}

TEST_F(WrittenText, AnotherSpaceIsTheAuthorsChoice) {
  for (const char* const text : {"Quoi\u00A0?", "Quoi\u202F?", "«\u00A0Oui\u00A0»", "Quoi\u2009!"})
    EXPECT_EQ(applied(french, text), text);
}

TEST_F(WrittenText, AddressesTimesAndStraysStay) {
  for (const char* const text : {"https://example.org/?a=b", "à 10:30", "(?)", "? ! :", "mailto:a@example.org", "!"})
    EXPECT_EQ(applied(french, text), text);
}

TEST_F(WrittenText, AcrossPhrases) {
  model::Phrase emphasis;
  emphasis.meaning = model::Meaning::emphasis;
  emphasis.content = {model::Text{"quoi ", {}}};
  EXPECT_EQ(applied(french, {model::Text{"Mais ", {}}, emphasis, model::Text{"?", {}}}), "Mais quoi\u202F?");
  model::Phrase foreign;
  foreign.meaning = model::Meaning::foreign;
  foreign.attributes.lang = "en";
  foreign.content = {model::Text{"What? Yes!", {}}};
  EXPECT_EQ(applied(french, {foreign, model::Text{"; oui", {}}}), "What? Yes!\u202F; oui");
  model::Footnote note;
  note.content = {model::Text{"Voir: ici", {}}};
  EXPECT_EQ(applied(french, {model::Text{"mot", {}}, note, model::Text{" !", {}}}), "mot\u202F!");
}

TEST_F(WrittenText, OtherLanguagesStayAsTheyAre) {
  const char* const text = "What? Yes: 50% «a»!";
  for (const char* const tag : {"en", "de", "es", "ru"}) EXPECT_EQ(applied(read(tag), text), text) << tag;
}

TEST_F(WrittenText, NumbersComeIntoTheLanguagesDigits) {
  model::Document document;
  model::Takeaway item;
  item.headline = {model::Text{"a", {}}};
  for (int i = 0; i < 12; ++i) item.headline.emplace_back(model::Footnote{});
  model::Part part;
  part.value = model::Takeaways{{}, {item}};
  document.parts.push_back(std::move(part));
  apply_language(document, read("ne"));
  const model::Takeaway& written = std::get<model::Takeaways>(document.parts[0].value).items[0];
  EXPECT_EQ(written.number, "१");
  EXPECT_EQ(std::get<model::Footnote>(written.headline[12]).number, "१२");
}

// Parts that run on share pages, so that no number may come twice.
TEST_F(WrittenText, NotesAreNumberedThroughThePartsInTheOrderOfTheFiles) {
  const model::ParagraphBlock paragraph(model::Paragraph{{model::Text{"a", {}}, model::Footnote{}}});
  model::Document document;
  document.parts.resize(3);
  document.parts[0].value = model::Overview{{paragraph}};
  document.parts[1].value = model::Notes{{paragraph}, {}};
  document.parts[2].value = model::Hook{{paragraph}, {}};  // the first in both files
  apply_language(document, read("en"));
  const auto number = [](const auto& blocks) {
    return std::get<model::Footnote>(std::get<model::Paragraph>(blocks[0].value).content[1]).number;
  };
  EXPECT_EQ(number(std::get<model::Hook>(document.parts[2].value).content), "1");
  EXPECT_EQ(number(std::get<model::Overview>(document.parts[0].value).content), "2");
  EXPECT_EQ(number(std::get<model::Notes>(document.parts[1].value).content), "3");
}

// A part with one block: "a: b", a note in another language, a note in a phrase of that, a block in it with a note, and
// a phrase in the document's language there.
model::Part part_with_notes(const std::string& own, const std::string& other) {
  const auto note = [](const char* number, const std::string& lang) {
    model::Footnote made;
    made.number = number;
    made.attributes.lang = lang;
    made.content = {model::Text{"c: d", {}}};
    return made;
  };
  const auto phrase = [](const std::string& lang, model::Inlines content) {
    model::Phrase made;
    made.meaning = model::Meaning::span;
    made.attributes.lang = lang;
    made.content = std::move(content);
    return made;
  };
  model::Overview overview;
  overview.content.resize(2);
  overview.content[0].value = model::Paragraph{
      {model::Text{"a: b", {}}, note("1", other), phrase(other, {model::Text{"e: f", {}}, note("2", "")})}};
  overview.content[1].attributes.lang = other;
  overview.content[1].value =
      model::Paragraph{{model::Text{"g: h", {}}, note("3", ""), phrase(own, {model::Text{"; i: j", {}}})}};
  model::Part part;
  part.value = std::move(overview);
  return part;
}

std::string numbers_of(const model::Inlines& content) {
  std::string numbers;
  for (const model::Inline& item : content) {
    if (const auto* note = std::get_if<model::Footnote>(&item)) numbers += note->number;
    if (const auto* phrase = std::get_if<model::Phrase>(&item)) numbers += numbers_of(phrase->content);
  }
  return numbers;
}

TEST_F(WrittenText, NotesAreNumberedWhateverTheirLanguage) {
  for (const char* const lang : {"", "en"}) {
    model::Document document;
    document.parts.push_back(part_with_notes("fa", "en"));
    document.parts[0].attributes.lang = lang;
    apply_language(document, read("fa"));
    std::string numbers;
    for (const model::Block& block : std::get<model::Overview>(document.parts[0].value).content)
      numbers += numbers_of(std::get<model::Paragraph>(block.value).content);
    EXPECT_EQ(numbers, "۱۲۳") << lang;
  }
}

TEST_F(WrittenText, OnlyTextInTheLanguageIsSpaced) {
  const auto texts = [&](const char* document_tag, const char* lang, const char* own) {
    model::Document document;
    document.parts.push_back(part_with_notes(own, "en"));
    document.parts[0].attributes.lang = lang;
    document.parts[0].title = {model::Text{"k: l", {}}};
    apply_language(document, read(document_tag));
    std::string text = model::plain_text(document.parts[0].title);
    for (const model::Block& block : std::get<model::Overview>(document.parts[0].value).content) {
      const model::Inlines& content = std::get<model::Paragraph>(block.value).content;
      text += "|" + model::plain_text(content) + "|";
      text += model::plain_text(std::get<model::Footnote>(content[1]).content);
    }
    return text;
  };
  for (const char* const tag : {"fr", "fr-CA", "FR"}) {
    EXPECT_EQ(texts(tag, "", tag), "k\u00A0: l|a\u00A0: be: f|c: d|g: h\u202F; i\u00A0: j|c: d") << tag;
    EXPECT_EQ(texts(tag, tag, tag), texts(tag, "", tag));
    // A part in another language.
    EXPECT_EQ(texts(tag, "en", "en"), "k: l|a: be: f|c: d|g: h; i: j|c: d");
  }
}

// "q" quotes what follows it; other tags are languages of phrases.
model::Inline nested(std::initializer_list<const char*> tags, model::Inlines content) {
  model::Inlines out = std::move(content);
  for (auto tag = std::rbegin(tags); tag != std::rend(tags); ++tag) {
    model::Phrase made;
    const bool quotation = std::string_view(*tag) == "q";
    made.meaning = quotation ? model::Meaning::quotation : model::Meaning::span;
    if (!quotation) made.attributes.lang = *tag;
    made.content = std::move(out);
    out = {std::move(made)};
  }
  return std::move(out.front());
}

TEST_F(WrittenText, QuotationMarksAreTheLanguagesOfTheText) {
  const Language english = read("en-GB"), german = read("de"), japanese = read("ja");
  const auto language_of = [&](std::string_view tag) -> const Language* {
    return tag == "fr" ? &french : tag == "de-AT" ? &german : tag == "ja" ? &japanese : nullptr;
  };
  const auto quoted = [&](std::initializer_list<const char*> tags, const char* part_lang = "") {
    model::Block block;
    block.value = model::Paragraph{{nested(tags, {model::Text{"a?", {}}})}};
    model::Overview overview;
    overview.content.push_back(std::move(block));
    model::Document document;
    document.parts.emplace_back();
    document.parts.front().attributes.lang = part_lang;
    document.parts.front().value = std::move(overview);
    apply_language(document, english, language_of);
    const auto& content = std::get<model::Overview>(document.parts.front().value).content;
    return shown_text(std::get<model::Paragraph>(content[0].value).content, ReferenceNames(document, english, {}));
  };
  EXPECT_EQ(quoted({"q", "q", "q"}), "“‘“a?”’”");
  EXPECT_EQ(quoted({"fr", "q"}), "«\u202Fa\u202F?\u202F»");
  EXPECT_EQ(quoted({"q"}, "fr"), "«\u202Fa\u202F?\u202F»");
  EXPECT_EQ(quoted({"q", "de-AT", "q"}), "“‚a?‘”");
  EXPECT_EQ(quoted({"fr", "en-GB", "q"}), "“a?”");
  EXPECT_EQ(quoted({"ja", "q", "q"}), "「『a?』」");
  // A language without a file.
  EXPECT_EQ(quoted({"la", "q"}), "“a?”");
  EXPECT_EQ(quoted({"q", "q"}, "la"), "“‘a?’”");
}

// Text with its notes as "^1" and its elements in braces.
std::string shown(const model::Inlines& content) {
  std::string out;
  for (const model::Inline& item : content) {
    if (const auto* text = std::get_if<model::Text>(&item)) out += text->text;
    if (const auto* note = std::get_if<model::Footnote>(&item)) out += "^" + *note->number + *note->attributes.lang;
    if (const auto* phrase = std::get_if<model::Phrase>(&item)) out += "{" + shown(phrase->content) + "}";
    if (const auto* link = std::get_if<model::Link>(&item)) out += "{" + shown(link->content) + "}";
  }
  return out;
}

// The other way: "{" begins emphasis, "<" a quotation, "[" a link, "(" a phrase in English, "^" a note.
model::Inlines made(std::string_view& text, char end = '\0') {
  model::Inlines out;
  const auto phrase = [&](model::Meaning meaning, const char* lang, char close) {
    model::Phrase value;
    value.meaning = meaning;
    value.attributes.lang = lang;
    value.content = made(text, close);
    out.emplace_back(std::move(value));
  };
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == end) break;
    if (c == '{') {
      phrase(model::Meaning::emphasis, "", '}');
    } else if (c == '<') {
      phrase(model::Meaning::quotation, "", '>');
    } else if (c == '(') {
      phrase(model::Meaning::foreign, "en", ')');
    } else if (c == '[') {
      model::Link link;
      link.content = made(text, ']');
      out.emplace_back(std::move(link));
    } else if (c == '^') {
      out.emplace_back(model::Footnote{});
    } else if (!out.empty() && std::holds_alternative<model::Text>(out.back())) {
      std::get<model::Text>(out.back()).text += c;
    } else {
      out.emplace_back(model::Text{std::string(1, c), {}});
    }
  }
  return out;
}

class NoteMarks : public WrittenText {
 protected:
  static model::Blocks written(const char* tag, model::Block block) {
    model::Overview overview;
    overview.content.push_back(std::move(block));
    model::Document document;
    document.parts.emplace_back();
    document.parts.front().value = std::move(overview);
    apply_language(document, read(tag));
    return std::get<model::Overview>(document.parts.front().value).content;
  }
  static model::Paragraph paragraph(std::string_view text) { return {made(text)}; }
  static std::string stepped(const char* tag, std::string_view text) {
    model::Block block;
    block.value = paragraph(text);
    return shown(std::get<model::Paragraph>(written(tag, std::move(block))[0].value).content);
  }
};

TEST_F(NoteMarks, StepBehindPunctuationAsTheLanguageHasIt) {
  EXPECT_EQ(stepped("en", "word^, and word^. Next^; end^?!”^"), "word,^1 and word.^2 Next;^3 end?!”^4^5");
  EXPECT_EQ(stepped("en", "word^—then^ more^"), "word^1—then^2 more^3");
  EXPECT_EQ(stepped("en-US", "word^."), "word.^1");
  EXPECT_EQ(stepped("fr", "mot^, mot^. <mot^>."), "mot^1, mot^2. {mot^3}.");
  EXPECT_EQ(stepped("de", "Wort^, Satz.^ <Wort^>."), "Wort^1, Satz.^2 {Wort^3}.");
  EXPECT_EQ(stepped("da", "ord^« <ord^>."), "ord«^1 {ord}.^2");
  EXPECT_EQ(stepped("ru", "слово^. Слово^! <слово^>."), "слово^1. Слово!^2 {слово^3}.");
  EXPECT_EQ(stepped("ja", "本^。「本^」、<本^>。"), "本^1。「本」^2、{本}^3。");
  EXPECT_EQ(stepped("zh-Hans", "书^，书^。<书^>。"), "书，^1书。^2{书}。^3");
  EXPECT_EQ(stepped("ar", "كلمة^، كلمة^؟"), "كلمة،^1 كلمة؟^2");
  EXPECT_EQ(stepped("hi", "शब्द^।"), "शब्द।^1");
}

TEST_F(NoteMarks, LeaveTheElementThatEndsWithThem) {
  EXPECT_EQ(stepped("en", "a {word^}. b {word^} c"), "a {word}.^1 b {word^2} c");
  EXPECT_EQ(stepped("en", "{a [word^]^}^, b"), "{a {word}},^1^2^3 b");
  EXPECT_EQ(stepped("en", "He said <a {word^}>, then <b^> c"), "He said {a {word}},^1 then {b}^2 c");
  EXPECT_EQ(stepped("en", "<a <b^>>."), "{a {b}}.^1");
  EXPECT_EQ(stepped("en", "{^}. ^. b"), "{^1}. .^2 b");
  // In text in another language they stay; its language goes with one that leaves.
  EXPECT_EQ(stepped("da", "(word^, word^)."), "{word^1, word}.^2en");
}

TEST_F(NoteMarks, OfABlockQuotationStandBehindItsMark) {
  for (const char* const tag : {"en", "fr"}) {
    model::BlockQuotation quotation;
    quotation.content.resize(1);
    quotation.content[0].value = paragraph("a {word.^}^");
    model::Block block;
    block.value = std::move(quotation);
    const model::Blocks blocks = written(tag, std::move(block));
    const auto& content =
        std::get<model::Paragraph>(std::get<model::BlockQuotation>(blocks[0].value).content[0].value).content;
    const bool behind = std::string(tag) == "en";
    EXPECT_EQ(shown(content), behind ? "a {word.}^1^2" : "a {word.^1}^2");
    EXPECT_EQ(notes_behind_quotation(content, read(tag)), behind ? 2U : 0U);
  }
}

TEST_F(NoteMarks, KnowTheirNeighbours) {
  // Of each note whether it stands right behind another.
  const auto neighbours = [](std::string_view text) {
    model::Block block;
    block.value = paragraph(text);
    const model::Blocks blocks = written("en", std::move(block));
    std::string out;
    const auto walk = [&](const auto& self, const model::Inlines& line) -> void {
      for (const model::Inline& item : line) {
        if (const auto* note = std::get_if<model::Footnote>(&item)) out += note->follows_note ? '+' : '-';
        if (const auto* phrase = std::get_if<model::Phrase>(&item)) self(self, phrase->content);
      }
    };
    walk(walk, std::get<model::Paragraph>(blocks[0].value).content);
    return out;
  };
  EXPECT_EQ(neighbours("a^^ b^ c^^^"), "-+--++");
  EXPECT_EQ(neighbours("{a^}^, b^.^"), "-+-+");
  EXPECT_EQ(neighbours("{a^}^ b"), "-+");
  EXPECT_EQ(neighbours("{a^} {^b^}"), "---");
  EXPECT_EQ(neighbours("a^<^b>"), "--");
}

TEST_F(NoteMarks, ChangeNoCharacterAndNoOrder) {
  for (const char* const text : {"a^, b^. {c^}, <d^>.", "^a^^b. <^>^."}) {
    model::Block block;
    block.value = paragraph(text);
    const std::string before = model::plain_text(std::get<model::Paragraph>(block.value).content);
    const model::Blocks blocks = written("en", std::move(block));
    const auto& content = std::get<model::Paragraph>(blocks[0].value).content;
    EXPECT_EQ(model::plain_text(content), before);
    std::string numbers;
    for (const char c : shown(content))
      if (c >= '0' && c <= '9') numbers += c;
    EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end())) << numbers;
  }
}

}  // namespace
}  // namespace epitome::book
