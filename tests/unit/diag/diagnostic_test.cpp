#include "diag/diagnostic.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "diag/utf8.hpp"

namespace epitome::diag {
namespace {

// The diagnostic of the bytes `what`, found in `text`.
std::string rendered(const std::string& text, const std::string& what, Format format = Format::full) {
  const SourceText source("push.xml", text);
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos);
  return render({Severity::error,
                 Code::E0301,
                 {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(what.size())},
                 "image 'a' not found",
                 {"paths start here"}},
                source, format);
}

TEST(Render, LikeACompiler) {
  EXPECT_EQ(rendered("<a>\n  <figure src=\"roof\"/>\n", "roof"),
            "push.xml:2:16: error[E0301]: image 'a' not found\n"
            "  2 |   <figure src=\"roof\"/>\n"
            "    |                ^~~~\n"
            "  hint: paths start here\n");
  EXPECT_EQ(rendered("<a>\n  <figure src=\"roof\"/>\n", "roof", Format::brief),
            "push.xml:2:16: error[E0301]: image 'a' not found\n");
}

TEST(Render, UnderlinesByColumnsOfTheTerminal) {
  EXPECT_EQ(rendered("\tx\troof", "roof"),
            "push.xml:1:4: error[E0301]: image 'a' not found\n"
            "  1 |     x   roof\n"
            "    |         ^~~~\n"
            "  hint: paths start here\n");
  EXPECT_EQ(rendered("灯台e\u0301 屋根 x", "屋根"),
            "push.xml:1:6: error[E0301]: image 'a' not found\n"
            "  1 | 灯台e\u0301 屋根 x\n"
            "    |       ^~~~\n"
            "  hint: paths start here\n");
}

TEST(Render, ShowsAWindowOfALongLine) {
  const std::string text = std::string(500, 'x') + "roof" + std::string(500, 'y');
  const std::string out = rendered(text, "roof");
  EXPECT_EQ(out, "push.xml:1:501: error[E0301]: image 'a' not found\n  1 | … " + std::string(40, 'x') + "roof" +
                     std::string(52, 'y') + " …\n    |   " + std::string(40, ' ') + "^~~~\n  hint: paths start here\n");
}

TEST(Render, ALineOfMegabytesTakesNoTime) {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += "\u706f\u53f0";
  text += "roof";
  for (int i = 0; i < 400'000; ++i) text += "\u706f\u53f0";
  const SourceText source("x", text);
  const Diagnostic d{Severity::error, Code::E0301, {2400'000, 4}, "m", {}};
  std::string shown;
  for (int i = 0; i < 100; ++i) shown = render(d, source, Format::full);
  EXPECT_TRUE(shown.starts_with("x:1:800001: error[E0301]: m\n  1 | … \u706f")) << shown;
  EXPECT_NE(shown.find("^~~~\n"), std::string::npos);
  EXPECT_LT(shown.size(), 1000u);
}

TEST(Render, ASpanOverLinesIsUnderlinedOnItsFirst) {
  EXPECT_EQ(rendered("a <b\nc> d", "b\nc"),
            "push.xml:1:4: error[E0301]: image 'a' not found\n  1 | a <b\n    |    ^\n  hint: paths start here\n");
}

TEST(Render, AtTheEndOfTheInput) {
  const SourceText source("x", "ab\n");
  EXPECT_EQ(render({Severity::warning, Code::W0103, {3, 0}, "m", {}}, source, Format::full),
            "x:2:1: warning[W0103]: m\n  2 |\n    | ^\n");
  EXPECT_EQ(render({Severity::error, Code::E0106, {}, "m", {}}, source, Format::full), "x: error[E0106]: m\n");
}

TEST(Render, ControlCharactersAreNotSentToATerminal) {
  const std::string out = rendered("a\x1b[31m\u202e roof", "roof");
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_EQ(out.find("\u202e"), std::string::npos);
}

TEST(Render, HiddenCharactersOfMessagesAreNotSentToATerminal) {
  const SourceText source("a\u202e\x1b.xml", "x");
  EXPECT_EQ(render({Severity::error, Code::E0106, {}, "'\u2066x\n' is “odd”", {"\u202ehint"}}, source, Format::full),
            "a\uFFFD\uFFFD.xml: error[E0106]: '\uFFFDx\uFFFD' is “odd”\n  hint: \uFFFDhint\n");
}

TEST(Render, Json) {
  EXPECT_EQ(rendered("<a>\n  <f \"roof\"/>", "roof", Format::json),
            R"({"file":"push.xml","line":2,"column":7,"end_line":2,"end_column":11,"offset":10,"length":4,)"
            R"("severity":"error","code":"E0301","message":"image 'a' not found","hints":["paths start here"]})"
            "\n");
  const SourceText source("a\"b\\c\n\x01\xff.xml", "x");
  EXPECT_EQ(
      render({Severity::error, Code::E0106, {}, "\t“", {}}, source, Format::json),
      "{\"file\":\"a\\\"b\\\\c\\u000a\\u0001\uFFFD.xml\",\"line\":1,\"column\":1,\"end_line\":1,\"end_column\":1,"
      "\"offset\":0,\"length\":0,\"severity\":\"error\",\"code\":\"E0106\",\"message\":\"\\u0009“\",\"hints\":[]}\n");
}

TEST(SourceText, Places) {
  const SourceText source("x",
                          "\xEF\xBB\xBF"
                          "aé\r\nb\rc\n");
  const auto at = [&](std::uint32_t offset) {
    const Place place = source.place(offset);
    return std::to_string(place.line) + ":" + std::to_string(place.column);
  };
  EXPECT_EQ(at(0), "1:1");
  EXPECT_EQ(at(3), "1:1");
  EXPECT_EQ(at(4), "1:2");
  EXPECT_EQ(at(6), "1:3");
  EXPECT_EQ(at(8), "2:1");
  EXPECT_EQ(at(10), "3:1");
  EXPECT_EQ(at(999), "4:1");
  for (const std::uint32_t offset : {3u, 4u, 6u, 8u, 10u}) EXPECT_EQ(source.offset(source.place(offset)), offset);
  EXPECT_EQ(source.offset({1, 99}), 6u);
  EXPECT_EQ(source.offset({9, 1}), source.bytes().size());
  EXPECT_EQ(source.line(2), "b");
  EXPECT_EQ(source.line(3), "c");
  EXPECT_EQ(source.line(9), "");
}

// A long line is counted from marks, which may stand within a character, before the line or at its end.
TEST(SourceText, PlacesInLongLines) {
  std::string bytes = "\xEF\xBB\xBFx\n";
  for (int i = 0; i < 9000; ++i) bytes += i % 5 == 0 ? "a" : i % 7 == 0 ? "\xFF" : "\u6B4C";
  const SourceText source("t.xml", bytes + "\nb\n");
  for (std::uint32_t column = 1; column <= 9001; ++column) {
    const std::uint32_t offset = source.offset({2, column});
    ASSERT_EQ(source.place(offset).column, column);
    ASSERT_EQ(source.place(offset).line, 2u);
  }
  EXPECT_EQ(source.offset({2, 99999}), bytes.size());
  EXPECT_EQ(source.offset({3, 2}), bytes.size() + 2);
}

TEST(SourceText, PlacesInALineLongerThanItsMarksAreApart) {
  std::string bytes;
  while (bytes.size() < 20'000) bytes += bytes.size() % 7 == 0 ? "\xFF" : "\u732B";
  const SourceText source("x", bytes);
  std::uint32_t column = 1;
  for (std::size_t at = 0; at < bytes.size(); ++column) {
    ASSERT_EQ(source.place(static_cast<std::uint32_t>(at)).column, column) << at;
    at += decode_utf8(bytes, at).length;
  }
  EXPECT_EQ(source.place(static_cast<std::uint32_t>(bytes.size())).column, column);
}

TEST(Sink, OfOneCodeSoManyAreKeptAndTheRestIsCounted) {
  Sink sink;
  for (std::uint32_t i = 0; i < limits::told + 7; ++i) sink.report(Code::W0602, {i, 1}, "wide");
  sink.report(Code::E0301, {}, "gone");
  ASSERT_EQ(sink.diagnostics().size(), limits::told + 2);
  EXPECT_EQ(sink.diagnostics()[limits::told].message, "… and 7 more of this kind");
  EXPECT_EQ(sink.diagnostics()[limits::told].span.offset, limits::told);
  EXPECT_EQ(sink.warning_count(), limits::told + 7);
  Sink twice;
  twice.append(sink);
  twice.append(sink);
  EXPECT_EQ(twice.diagnostics().size(), limits::told + 3);
  EXPECT_EQ(twice.diagnostics()[limits::told].message, "… and 114 more of this kind");
  EXPECT_EQ(twice.warning_count(), 2 * (limits::told + 7));
}

TEST(SourceText, AnInvalidByteIsOneColumn) {
  const SourceText source("x", "\xC3\xE2\x82z");
  EXPECT_EQ(source.place(3).column, 4u);
}

TEST(Sink, CountsAndAppends) {
  Sink a, b;
  a.report(Code::E0201, {}, "x");
  b.report(Code::W0402, {}, "y");
  EXPECT_FALSE(b.has_errors());
  a.append(b);
  EXPECT_EQ(a.error_count(), 1u);
  EXPECT_EQ(a.warning_count(), 1u);
  EXPECT_EQ(a.diagnostics().at(1).severity, Severity::warning);
}

TEST(Codes, AreNamedOnceAndExplained) {
  std::set<std::string_view> numbers;
#define X(name, category, summary)                                              \
  EXPECT_EQ(code_name(Code::name), #name);                                      \
  EXPECT_TRUE(numbers.insert(code_name(Code::name).substr(1)).second) << #name; \
  EXPECT_STRNE(summary, "");
  EPITOME_CODES(X)
#undef X
}

TEST(Codes, SayWhoseFaultTheyAre) {
  EXPECT_EQ(category_of(Code::E0201), Category::input);
  EXPECT_EQ(category_of(Code::E0501), Category::input);
  EXPECT_EQ(category_of(Code::E0701), Category::output);
  for (const Code code : {Code::E0503, Code::E0505, Code::E0507, Code::E0901, Code::E0902, Code::E0903})
    EXPECT_EQ(category_of(code), Category::ours) << code_name(code);
  EXPECT_EQ(severity_of(Code::W0504), Severity::warning);
}

}  // namespace
}  // namespace epitome::diag
