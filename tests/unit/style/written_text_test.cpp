#include "style/written_text.hpp"

#include <gtest/gtest.h>

#include "style/read_language.hpp"

namespace epitome::style {
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
  note.number = "1";
  note.content = {model::Text{"Voir: ici", {}}};
  EXPECT_EQ(applied(french, {model::Text{"mot", {}}, note, model::Text{" !", {}}}), "mot\u202F!");
}

TEST_F(WrittenText, OtherLanguagesStayAsTheyAre) {
  const char* const text = "What? Yes: 50% «a»!";
  for (const char* const tag : {"en", "de", "es", "ru"}) EXPECT_EQ(applied(read(tag), text), text) << tag;
}

TEST_F(WrittenText, NumbersComeIntoTheLanguagesDigits) {
  model::Document document;
  model::Footnote note;
  note.number = "12";
  model::Takeaway item;
  item.number = "1";
  item.headline = {model::Text{"a", {}}, note};
  model::Part part;
  part.value = model::Takeaways{{}, {item}};
  document.parts.push_back(std::move(part));
  apply_language(document, read("ne"));
  const model::Takeaway& written = std::get<model::Takeaways>(document.parts[0].value).items[0];
  EXPECT_EQ(written.number, "१");
  EXPECT_EQ(std::get<model::Footnote>(written.headline[1]).number, "१२");
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

}  // namespace
}  // namespace epitome::style
