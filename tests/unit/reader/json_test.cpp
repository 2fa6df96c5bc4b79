// JSON: the same documents as in XML, with the places of the JSON file.
#include <gmock/gmock.h>

#include "diag/limits.hpp"
#include "model/dump.hpp"
#include "reader/json_shape.hpp"
#include "reader/json_value.hpp"
#include "support.hpp"

namespace epitome::reader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string json_with(const std::string& parts) {
  return R"({"version": "1", "lang": "en", "work": {"title": {"prefix": "The", "text": "Lamp"}, "contributors": )"
         R"([{"role": "author", "text": "Ann Example"}]}, "edition": {"date": "2024-05-31"}, "parts": [)" +
         parts + "]}";
}

std::string overview(const std::string& blocks) { return R"({"type": "overview", "blocks": [)" + blocks + "]}"; }

// Read without an error, dumped.
std::string dumped(const std::string& bytes, Syntax syntax) {
  const diag::SourceText source("x", bytes);
  diag::Sink sink;
  const std::optional<model::Document> document = read_document(source, sink, syntax);
  EXPECT_TRUE(document) << (sink.diagnostics().empty()
                                ? std::string()
                                : diag::render(sink.diagnostics().front(), source, diag::Format::full));
  return document ? model::dump_document(*document) : std::string();
}

void expect_same(const std::string& parts_of_json, const std::string& parts_of_xml) {
  EXPECT_EQ(dumped(json_with(parts_of_json), Syntax::json), dumped(source_with(parts_of_xml), Syntax::xml));
}

// What is told of a document, a line each: code, pointer, what the span holds.
std::vector<std::string> told(const std::string& bytes) {
  const diag::SourceText source("x.json", bytes);
  diag::Sink sink;
  read_document(source, sink, Syntax::json);
  const auto pointer = pointers(source, Syntax::json);
  std::vector<std::string> out;
  for (const diag::Diagnostic& d : sink.diagnostics()) {
    out.push_back(std::string(diag::code_name(d.code)) + " " + pointer(d.span.offset) + " " +
                  bytes.substr(d.span.offset, d.span.length));
  }
  return out;
}

TEST(Json, StringsAreParagraphsItemsAndCells) {
  expect_same(overview(R"("One.", {"type": "ul", "items": ["Two.", {"id": "x", "text": "Three."}]},
                          {"type": "table", "thead": [["A", "B"]], "tbody": [[{"type": "th", "text": "1"}, "2"]]})"),
              "<overview><p>One.</p><ul><li>Two.</li><li id='x'>Three.</li></ul><table><thead><tr><th>A</th><th>B</th>"
              "</tr></thead><tbody><tr><th>1</th><td>2</td></tr></tbody></table></overview>");
}

TEST(Json, TextsHoldMarkupAndCharactersAreThemselves) {
  expect_same(overview(R"("A <em>k\u0065eper</em>’s R&D: 2 &lt; 3 \ud83d\udd25 \"x\"<note>So.</note>")"),
              "<overview><p>A <em>keeper</em>’s R&amp;D: 2 &lt; 3 🔥 \"x\"<note>So.</note></p></overview>");
}

TEST(Json, InsideABlockAStringIsTheContent) {
  expect_same(overview(R"({"type": "aside", "title": "T", "blocks": "<p>One.</p><ol start='3'><li>Two.</li></ol>"})"),
              "<overview><aside><title>T</title><p>One.</p><ol start='3'><li>Two.</li></ol></aside></overview>");
  EXPECT_THAT(told(json_with(R"({"type": "overview", "blocks": "<p>One.</p>"})")),
              ElementsAre("E0214 /parts/0/blocks <p>One.</p>"));
}

TEST(Json, NullIsAsIfItWereNotThereAndKeysStandInAnyOrder) {
  expect_same(R"({"items": [{"answer": "A.", "prompt": "Q?", "id": null}], "title": null, "type": "cues"})",
              "<cues><cue><prompt>Q?</prompt><answer>A.</answer></cue></cues>");
}

TEST(Json, PlacesAreThoseOfTheFile) {
  EXPECT_THAT(told(json_with(overview(R"("A \u2019<b>x</b>")"))), ElementsAre("E0201 /parts/0/blocks/0 b"));
  EXPECT_THAT(told(json_with(overview(R"({"type": "figure", "src": "/x.png", "alt": "A"})"))),
              ElementsAre("E0305 /parts/0/blocks/0/src /x.png"));
  EXPECT_THAT(told(json_with(overview(R"("See <ref to='a\u0062'/>.")"))),
              ElementsAre("E0210 /parts/0/blocks/0 a\\u0062"));
}

TEST(Json, PointersEscapeTheirTwoCharacters) {
  EXPECT_THAT(told(R"({"a/b~c": 1, "version": "1"})"), testing::Contains("E0201 /a~1b~0c a/b~c"));
}

TEST(Json, BoundsAreTold) {
  std::string many = "\"x\"";
  for (std::size_t i = 0; i < limits::nodes; ++i) many += ",\"x\"";
  EXPECT_THAT(told(json_with(overview(many))).front(), HasSubstr("E0109"));
  EXPECT_THAT(told("\xEF\xBB\xBF" + json_with(overview(R"("One.")"))), ElementsAre("W0103  \xEF\xBB\xBF"));
}

TEST(Json, AFaultOfTheSyntaxIsToldAtItsPlace) {
  const std::string good = json_with(overview(R"("One.")"));
  // Wherever the file is cut off, that is told once and nothing else.
  for (std::size_t length = 0; length < good.size(); ++length) {
    const std::vector<std::string> found = told(good.substr(0, length));
    ASSERT_EQ(found.size(), 1u) << length;
    EXPECT_THAT(found.front(), HasSubstr("E0110")) << good.substr(0, length);
  }
}

TEST(JsonShape, EveryElementCanBeSaidAndNoKeyTwice) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(Type::count); ++i) {
    const Rule& r = rule(static_cast<Type>(i));
    std::vector<std::string> keys = {"type"};
    std::size_t children = 0;
    for (const JsonKey& key : json_shape(r.type).keys) {
      EXPECT_EQ(std::count(keys.begin(), keys.end(), key.name), 0) << r.name << " " << key.name;
      keys.push_back(key.name);
      for (const Type type : key.types) children += static_cast<std::size_t>(type) <= i || type != Type::count ? 1 : 0;
    }
    EXPECT_TRUE(children != 0 || r.children.empty() || r.content == Content::ruby) << r.name;
  }
}

}  // namespace
}  // namespace epitome::reader
