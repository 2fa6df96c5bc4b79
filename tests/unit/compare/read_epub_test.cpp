// The text of small EPUBs, and what is said of those that can't be read.
#include "compare/read_epub.hpp"

#include <gmock/gmock.h>
#include <zip.h>

#include <map>

namespace epitome::compare {
namespace {

using testing::HasSubstr;

using Files = std::map<std::string, std::string>;

std::string zipped(const Files& files) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : files) {
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_stat_t status;
  EXPECT_EQ(zip_source_open(target), 0);
  EXPECT_EQ(zip_source_stat(target, &status), 0);
  std::string bytes(status.size, '\0');
  EXPECT_EQ(zip_source_read(target, bytes.data(), bytes.size()), static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

Files epub_files(const std::string& body) {
  return {{"META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"E/p.opf\"/></rootfiles></container>"},
          {"E/p.opf",
           "<package><manifest><item id=\"a\" href=\"./a%20b.xhtml\"/><item id=\"b\" href=\"../b.xhtml\"/></manifest>"
           "<spine><itemref idref=\"a\"/></spine></package>"},
          {"E/a b.xhtml", "<html><head><title>T</title></head><body>" + body + "</body></html>"},
          {"b.xhtml", "<html><head><title>B</title></head><body><p>Second.</p></body></html>"}};
}

std::optional<Said> read(const Files& files, std::string* says = nullptr) {
  diag::Sink sink;
  std::optional<Said> said = read_epub(zipped(files), sink);
  EXPECT_EQ(sink.diagnostics().size(), said ? 0u : 1u);
  for (const diag::Diagnostic& d : sink.diagnostics()) {
    EXPECT_EQ(d.code, diag::Code::E0802);
    if (says != nullptr) *says = d.message;
  }
  return said;
}

Said read_body(const std::string& body) {
  const std::optional<Said> said = read(epub_files(body));
  EXPECT_TRUE(said);
  return said ? *said : Said{{{}}, {}};
}

std::string text_of(const std::string& body) { return to_utf8(read_body(body).parts[0].text.characters); }

TEST(ReadEpub, ElementsOfALineDontPartWords) {
  EXPECT_EQ(text_of("<p>a<b>b</b><i>c</i> d</p><p>e</p>f<br/>g"), "abc d e f g");
  EXPECT_EQ(text_of("<p>&lt;<![CDATA[b]]></p>"), "<b");
}

TEST(ReadEpub, WhatPrintHasOtherwiseIsLeftOut) {
  EXPECT_EQ(text_of("<p>a<span epub:type=\"pagebreak\" title=\"9\">9</span>b<a role=\"doc-noteref\">1</a>c</p>"),
            "abc");
  EXPECT_EQ(text_of("<p>a<ruby>b<rp>(</rp><rt>c</rt><rp>)</rp></ruby></p><script>d</script><style>e</style>"), "abc");
}

TEST(ReadEpub, APartIsNamedByItsFirstHeading) {
  EXPECT_EQ(read_body("<p>a</p>").parts[0].name, "T");
  EXPECT_FALSE(read_body("<p>a</p>").parts[0].has_heading);
  const Said said = read_body("<p>a</p><h2>The <i>lamp</i></h2><h3>Other</h3>");
  EXPECT_EQ(said.parts[0].name, "The lamp");
  EXPECT_TRUE(said.parts[0].has_heading);
}

TEST(ReadEpub, KindsOfParts) {
  const auto kind = [](const std::string& body) { return read_body(body).parts[0].kind; };
  EXPECT_EQ(kind("<p>a</p>"), PartKind::text);
  EXPECT_EQ(kind("<section epub:type=\"cover\"><p>a</p></section>"), PartKind::cover);
  EXPECT_EQ(kind("<section epub:type=\"titlepage\"><p>a</p></section>"), PartKind::front);
  EXPECT_EQ(kind("<section epub:type=\"copyright-page\"><p>a</p></section>"), PartKind::front);
  EXPECT_EQ(kind("<nav><p>a</p></nav>"), PartKind::contents);
}

TEST(ReadEpub, OfAListOfNotesOnlyTheNotesAreText) {
  const Said said = read_body(
      "<p>a</p><section role=\"doc-endnotes\"><h2>Notes</h2><ol><li role=\"doc-footnote\"><p>One. "
      "<a role=\"doc-backlink\">back</a></p></li><li role=\"doc-footnote\"><p>Two.</p></li></ol></section>");
  EXPECT_EQ(to_utf8(said.parts[0].text.characters), "a");
  EXPECT_EQ(to_utf8(said.notes.characters), "One. Two.");
}

TEST(ReadEpub, ItemsHaveTheNumbersThatAReaderWrites) {
  const Text text =
      read_body("<ol start=\"3\"><li>a</li><li>b</li></ol><ol><li value=\"7\">c</li></ol><ul><li>d</li></ul>")
          .parts[0]
          .text;
  ASSERT_EQ(text.numbers.size(), 3u);
  EXPECT_EQ(text.numbers[0].value, 3);
  EXPECT_EQ(text.numbers[1].value, 4);
  EXPECT_EQ(text.numbers[2].value, 7);
}

TEST(ReadEpub, Links) {
  const Text text =
      read_body("<p>x<a href=\"b.xhtml#c\">in </a> <a href=\"https://\u00E9.example/\">out</a></p>").parts[0].text;
  ASSERT_EQ(text.links.size(), 2u);
  EXPECT_TRUE(text.links[0].internal);
  EXPECT_EQ(text.links[0].begin, 1u);
  EXPECT_EQ(text.links[0].end, 3u);  // without its space
  EXPECT_FALSE(text.links[1].internal);
  EXPECT_EQ(text.links[1].target, U"https://%C3%A9.example/");  // as a PDF has it
}

TEST(ReadEpub, PlacesNameTheElement) {
  const Text text = read_body("<p id=\"q\">a</p><p>b</p>").parts[0].text;
  EXPECT_EQ(text.place(0)->element, "p#q");
  EXPECT_EQ(text.place(0)->file, "E/a b.xhtml");
  EXPECT_EQ(text.place(2)->element, "p");
}

TEST(ReadEpub, HeadsAndValuesOfTablesAndOfTheirLists) {
  const Text table =
      read_body(
          "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>")
          .parts[0]
          .text;
  ASSERT_EQ(table.heads.size(), 2u);
  EXPECT_EQ(table.heads[1].gap, table.heads[0].end);
  EXPECT_FALSE(table.heads[1].listed);
  ASSERT_EQ(table.values.size(), 2u);
  const Text list = read_body(
                        "<div class=\"rows\"><p class=\"heads\"><span>A</span>, <span>B</span></p><p><span "
                        "class=\"of\">A</span>: c</p></div>")
                        .parts[0]
                        .text;
  ASSERT_EQ(list.heads.size(), 2u);
  EXPECT_TRUE(list.heads[0].listed);
  ASSERT_EQ(list.values.size(), 1u);
  EXPECT_EQ(list.values[0].name_end, list.values[0].begin + 1);
}

TEST(ReadEpub, PartsFollowTheSpine) {
  Files files = epub_files("<p>First.</p>");
  files["E/p.opf"].replace(files["E/p.opf"].find("<spine>"), 7, "<spine><itemref idref=\"b\"/>");
  const std::optional<Said> said = read(files);
  ASSERT_TRUE(said);
  ASSERT_EQ(said->parts.size(), 2u);
  EXPECT_EQ(said->parts[0].name, "B");
}

TEST(ReadEpub, WhatCantBeReadIsToldByName) {
  const auto says = [](const auto& change) {
    Files files = epub_files("<p>a</p>");
    change(files);
    std::string message;
    EXPECT_FALSE(read(files, &message));
    return message;
  };
  const auto other_package = [](const std::string& from, const std::string& to) {
    return [=](Files& files) { files["E/p.opf"].replace(files["E/p.opf"].find(from), from.size(), to); };
  };
  EXPECT_THAT(says([](Files& files) { files.erase("META-INF/container.xml"); }),
              HasSubstr("'META-INF/container.xml' is missing"));
  EXPECT_THAT(says([](Files& files) { files["META-INF/container.xml"] = "<container/>"; }),
              HasSubstr("names no package"));
  EXPECT_THAT(says([](Files& files) { files.erase("E/p.opf"); }), HasSubstr("'E/p.opf' is missing"));
  EXPECT_THAT(says([](Files& files) { files.erase("E/a b.xhtml"); }), HasSubstr("'E/a b.xhtml' is missing"));
  EXPECT_THAT(says([](Files& files) { files["E/a b.xhtml"] = "<html><body>"; }), HasSubstr("not well-formed"));
  EXPECT_THAT(says([](Files& files) { files["E/a b.xhtml"] = "<html/>"; }), HasSubstr("has no body"));
  EXPECT_THAT(says(other_package("idref=\"a\"", "idref=\"c\"")), HasSubstr("names 'c', which is not in the manifest"));
  EXPECT_THAT(says(other_package("</spine>", "<itemref idref=\"a\"/></spine>")), HasSubstr("names 'a' twice"));
  EXPECT_THAT(says(other_package("<itemref idref=\"a\"/>", "")), HasSubstr("the spine is empty"));
  EXPECT_THAT(says([](Files& files) {
                std::string deep;
                for (int i = 0; i < 600; ++i) deep = "<i>" + deep + "</i>";
                files["E/a b.xhtml"] = "<html><body>" + deep + "</body></html>";
              }),
              HasSubstr("nested too deeply"));
}

TEST(ReadEpub, WhatIsNoContainerIsTold) {
  diag::Sink sink;
  EXPECT_FALSE(read_epub("%PDF-1.7", sink));
  ASSERT_EQ(sink.diagnostics().size(), 1u);
  EXPECT_THAT(sink.diagnostics()[0].message, HasSubstr("not a ZIP container"));
}

}  // namespace
}  // namespace epitome::compare
