#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "api/epitome.hpp"
#include "image/image.hpp"

namespace epitome {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

// The build tree's share/epitome, beside bin/.
std::string data_folder() {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "../share/epitome").string();
}

std::string source_with(const std::string& parts, const std::string& lang = "en", const std::string& work = "") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<summary version=\"1\" xml:lang=\"" + lang +
         "\">\n<work><title prefix=\"The\">Lamp</title><contributor role=\"author\" sort=\"Example, Ann\">Ann Example"
         "</contributor>" +
         work + "</work>\n<edition><date>2024-05-31</date></edition>\n" + parts + "\n</summary>\n";
}

const FileReader no_files = [](const std::string&, std::string&) { return std::nullopt; };

Result run_as(Session& session, const std::string& format, const std::string& source) {
  Options options;
  options.formats = {format};
  return session.run("lamp.xml", source, no_files, options);
}

std::string brief(const Result& result) {
  std::string text;
  for (const Message& message : result.messages) text += message.render(MessageFormat::brief);
  return text;
}

TEST(Dates, OnlyThoseThatExist) {
  for (const char* const good : {"2026-11-22", "2024-02-29", "2000-02-29", "2026-11-22T23:59:59Z", "0001-01-01"}) {
    EXPECT_TRUE(is_date(good)) << good;
  }
  for (const char* const bad : {"", "2026", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
                                "2026-04-31", "2026/11/22", "2026-11-2x", "+026-11-22", "2026-11-22T24:00:00Z",
                                "2026-11-22T00:00:00+", "2026-11-22 00:00:00Z", "0000-01-01"}) {
    EXPECT_FALSE(is_date(bad)) << bad;
  }
}

TEST(Session, AHeadingNeedsNoMoreThanItsPart) {
  const std::string source = source_with("<overview><p>A lamp is lit.</p></overview>");
  const std::string whole = source_with("<overview><p>A lamp is lit.");  // not well-formed behind the edition
  for (const std::string_view beginning : {std::string_view(source), std::string_view(whole)}) {
    const std::optional<Heading> heading = Session::heading(beginning);
    ASSERT_TRUE(heading);
    EXPECT_EQ(heading->file_stem, "the-lamp");
    EXPECT_EQ(heading->language, "en");
  }
  const std::string_view cut = std::string_view(source).substr(0, source.find("</edition>"));
  EXPECT_FALSE(Session::heading(cut));
  EXPECT_FALSE(Session::heading(""));
  // The edition behind the parts; a comment that looks like its end.
  const std::string edition =
      source.substr(source.find("<edition>"), source.find("</edition>") + 10 - source.find("<edition>"));
  std::string other = source;
  other.erase(other.find("<edition>"), edition.size());
  other.insert(other.rfind("</summary>"), edition);
  EXPECT_EQ(Session::heading(other).value_or(Heading()).file_stem, "the-lamp");
  std::string commented = source;
  commented.insert(commented.find("<work>"), "<!-- </edition> -->");
  EXPECT_EQ(Session::heading(commented).value_or(Heading()).file_stem, "the-lamp");
}

TEST(Session, MakesBothFiles) {
  Session session(data_folder());
  const std::string source = source_with("<overview><p>A lamp is lit.</p></overview>");
  const Result first = session.run("lamp.xml", source, no_files, {});
  EXPECT_EQ(brief(first), "");
  EXPECT_THAT(first.bytes("pdf"), testing::StartsWith("%PDF-1.7\n"));
  EXPECT_THAT(first.bytes("epub"), testing::StartsWith("PK"));
  EXPECT_EQ(first.file_stem, "the-lamp");
  EXPECT_EQ(first.figures.words, 4U);
  EXPECT_GT(first.figures.pages, 4U);
  // What a session keeps from one document changes nothing in the next.
  const Result second = session.run("lamp.xml", source, no_files, {});
  EXPECT_EQ(first.bytes("pdf"), second.bytes("pdf"));
  EXPECT_EQ(first.bytes("epub"), second.bytes("epub"));
  Options only_epub;
  only_epub.formats = {"epub"};
  const Result epub = session.run("lamp.xml", source, no_files, only_epub);
  EXPECT_EQ(epub.bytes("pdf"), "");
  EXPECT_EQ(epub.bytes("epub"), first.bytes("epub"));
}

TEST(Session, CountsTheCharactersOfTextsWithoutSpaces) {
  Session session(data_folder());
  const std::string source = source_with("<overview><p>灯台の番人、PDF を読む。</p></overview>", "ja");
  const Result result = run_as(session, "words", source);
  EXPECT_EQ(result.figures.words, 9U);
}

TEST(Session, AMissingImageIsToldWhereItIsNamed) {
  Session session(data_folder());
  const Result result = session.run(
      "lamp.xml", source_with("<overview><figure src=\"fig/a.png\" alt=\"A lamp\"/></overview>"), no_files, {});
  ASSERT_EQ(result.messages.size(), 1U);
  const Message& message = result.messages[0];
  EXPECT_EQ(message.code(), "E0301");
  EXPECT_EQ(message.line(), 5U);
  EXPECT_EQ(message.column(), 24U);
  EXPECT_EQ(message.text(), "image 'fig/a.png' not found");
  EXPECT_THAT(message.hints(), ElementsAre("paths start at the source document's folder"));
  EXPECT_EQ(message.severity(), Severity::error);
  EXPECT_TRUE(result.files.empty());
  EXPECT_EQ(result.errors, 1U);
}

TEST(Session, AnUnreadableImageAndOneThatIsNoImage) {
  Session session(data_folder());
  const std::string source = source_with(
      "<overview><figure src=\"a.png\" alt=\"A\"/><figure src=\"b.png\" alt=\"B\"/><figure src=\"b.png\" "
      "alt=\"B\"/></overview>");
  const FileReader files = [](const std::string& path, std::string& why_not) -> std::optional<std::string> {
    if (path == "b.png") return "no image";
    why_not = "Permission denied";
    return std::nullopt;
  };
  const Result result = session.check("lamp.xml", source, files, {});
  EXPECT_THAT(brief(result), HasSubstr("error[E0302]: image 'a.png' can't be read: Permission denied"));
  EXPECT_EQ(result.errors, 2U);
}

Result with_cover(const std::string& name, const std::string& bytes) {
  Session session(data_folder());
  const FileReader files = [&](const std::string&, std::string&) { return std::optional<std::string>(bytes); };
  return session.run(
      "lamp.xml",
      source_with("<overview><p>A lamp is lit.</p></overview>", "en", "<cover src=\"" + name + "\" alt=\"A lamp\"/>"),
      files, {});
}

TEST(Session, APngCoverIsInBothFiles) {
  std::ostringstream bytes;  // 1600 × 2400, grey
  bytes
      << std::ifstream(std::string(EPITOME_SOURCE_DIR) + "/examples/frankenstein/cover.png", std::ios::binary).rdbuf();
  const Result result = with_cover("cover.png", bytes.str());
  EXPECT_EQ(brief(result), "");
  EXPECT_THAT(result.bytes("pdf"), HasSubstr("/Width 1600"));
  // The EPUB's keeps its pixels and has three components: 1600 by 2400, 8 bits, by a palette.
  EXPECT_THAT(result.bytes("epub"), HasSubstr(std::string("IHDR\x00\x00\x06\x40\x00\x00\x09\x60\x08\x03", 14)));
}

// What is laid out otherwise is another PDF; the EPUB stays the same publication and says whose pages it names.
TEST(Session, EachLayoutsPdfHasAnIdentifierOfItsOwn) {
  Session session(data_folder());
  std::set<std::string> pdfs, epubs;
  for (const char* const layout : {"book", "a4", "large"}) {
    for (const char* const date : {"", "2027-01-01"}) {
      Options options;
      options.layout = layout;
      options.date = date;
      options.formats = {"pdf", "package"};
      const Result result =
          session.run("lamp.xml", source_with("<overview><p>A lamp is lit.</p></overview>"), no_files, options);
      const auto between = [&](std::string_view file, std::string_view before, std::string_view after) {
        const std::size_t at = file.find(before) + before.size();
        return std::string(file.substr(at, file.find(after, at) - at));
      };
      const std::string pdf = between(result.bytes("pdf"), "<dc:identifier>", "<");
      EXPECT_EQ(between(result.bytes("package"), "pageBreakSource\">", "<"), pdf);
      pdfs.insert(pdf);
      epubs.insert(between(result.bytes("package"), "<dc:identifier id=\"identifier\">", "<"));
    }
  }
  EXPECT_EQ(pdfs.size(), 3U);
  EXPECT_EQ(epubs.size(), 1U);
  EXPECT_FALSE(pdfs.contains(*epubs.begin()));
}

TEST(Session, EveryFlavourHasTheEpubsName) {
  Session session(data_folder());
  Options options;
  options.formats = {"epub", "kepub", "kindle"};
  const Result result = session.run("lamp.xml", source_with("<overview><p>A lamp.</p></overview>"), no_files, options);
  EXPECT_EQ(brief(result), "");
  std::vector<std::string> names;
  for (const File& file : result.files) names.push_back(file.name.substr(result.file_stem.size()));
  EXPECT_THAT(names, testing::ElementsAre(".epub", ".kepub.epub", ".kindle.epub"));
  EXPECT_THAT(result.bytes("epub"), HasSubstr("images/cover.png"));
  EXPECT_THAT(result.bytes("kindle"), HasSubstr("images/cover.jpg"));
  EXPECT_THAT(result.bytes("kindle"), testing::Not(HasSubstr("cover.xhtml")));
}

TEST(Session, ACoverTooSmallForTheShopsIsAWarning) {
  const auto jpeg = [](std::uint32_t width, std::uint32_t height) {
    return image::encode_jpeg({width, height, 1, std::string(std::size_t{width} * height, '\x80')}, 80);
  };
  EXPECT_EQ(brief(with_cover("cover.jpg", jpeg(625, 1000))), "");
  for (const auto& [width, height] : {std::pair(624U, 1000U), std::pair(625U, 999U)}) {
    const Result result = with_cover("cover.jpg", jpeg(width, height));
    EXPECT_THAT(brief(result), testing::StartsWith("lamp.xml:3:"));
    EXPECT_THAT(brief(result), HasSubstr("warning[W0307]: the cover 'cover.jpg' has " + std::to_string(width) + " × " +
                                         std::to_string(height) + " pixels; shops refuse less than 625 × 1000"));
    EXPECT_EQ(result.messages.size(), 1U);
    EXPECT_FALSE(result.bytes("epub").empty());
  }
}

TEST(Session, ACoverOfAShapeThatShopsDoNotWantIsAWarning) {
  const auto said = [](std::uint32_t width, std::uint32_t height) {
    return brief(with_cover(
        "cover.jpg", image::encode_jpeg({width, height, 1, std::string(std::size_t{width} * height, '\x80')}, 80)));
  };
  for (const auto& [width, height] : {std::pair(1001U, 1000U), std::pair(1000U, 1399U), std::pair(1000U, 1701U)}) {
    EXPECT_THAT(said(width, height), HasSubstr(std::to_string(height) + " pixels; shops want")) << width;
  }
  for (const std::uint32_t height : {1400U, 1500U, 1600U, 1700U}) EXPECT_EQ(said(1000, height), "") << height;
}

TEST(Session, FaultsOfSeveralKindsAreFoundInOneGo) {
  Session session(data_folder());
  Options options;
  options.layout = "quarto";
  options.date = "someday";
  const Result result = session.run(
      "lamp.xml", source_with("<overview><figure src=\"a.png\" alt=\"A\"/></overview>", "tlh"), no_files, options);
  std::vector<std::string> codes;
  for (const Message& message : result.messages) codes.emplace_back(message.code());
  EXPECT_THAT(codes, testing::UnorderedElementsAre("E0501", "E0301", "W0508", "E0205"));
  EXPECT_EQ(result.messages[0].line(), 0U);
}

TEST(Session, NothingButBytesNeverThrows) {
  Session session(data_folder());
  for (const std::string source : {"", "<", "\xFF", "<summary/>"}) {
    const Result result = session.run("x", source, no_files, {});
    EXPECT_GT(result.errors, 0U);
    EXPECT_EQ(result.file_stem, "");
    const Result dumped = run_as(session, "pages", source);
    EXPECT_TRUE(dumped.files.empty());
    EXPECT_GT(dumped.errors, 0U);
  }
}

TEST(Session, DumpsEveryStage) {
  Session session(data_folder());
  const std::string source = source_with("<overview><p>A lamp is lit.</p></overview>");
  const auto dump = [&](const std::string& stage) {
    const Result result = run_as(session, stage, source);
    EXPECT_EQ(brief(result), "");
    return std::string(result.bytes(stage));
  };
  EXPECT_THAT(dump("document"), HasSubstr("A lamp is lit."));
  EXPECT_THAT(dump("pages"), HasSubstr("page map\n  i cover 0\n"));
  EXPECT_THAT(dump("package"), HasSubstr("application/epub+zip"));
  EXPECT_THAT(dump("words"), HasSubstr("body\tA lamp is lit.\n"));
}

TEST(Session, WordsAreWhatBothFilesSay) {
  Session session(data_folder());
  const std::string source = source_with(R"(<overview><p id="p">She said <q>he said
      <q>no</q></q>.<note>Page 3.</note> See <ref to="story"/>.</p>
    <blockquote><p>One.</p><p>Two.</p><attribution><speaker>Ann</speaker><source>Letters</source></attribution></blockquote>
    </overview>
    <story><title>What happens</title><chapter><title>Night</title><p><ruby>a<rt>b</rt></ruby> <a
    href="mailto:x@y.example">me</a></p></chapter></story>)");
  const Result result = run_as(session, "words", source);
  const std::string text(result.bytes("words"));
  EXPECT_EQ(brief(result), "");
  EXPECT_THAT(text, HasSubstr("generated\tOverview\n"));
  EXPECT_THAT(text, HasSubstr("generated\t(page\u00A0\n"));
  EXPECT_THAT(text, testing::EndsWith("body\tShe said “he said ‘no’”. See “What happens”.\n"
                                      "note\tPage 3.\n"
                                      "body\t“One.\n"
                                      "body\t“Two.”\n"
                                      "body\tAnn, Letters\n"
                                      "body\tWhat happens\n"
                                      "body\tNight\n"
                                      "generated\tx@y.example\n"
                                      "body\tab me\n"));
  EXPECT_EQ(result.figures.words, 19U);
}

// An emoji in a title, a heading, and often enough to turn pages.
std::string source_with_emoji(const std::string& lang) {
  std::string words;
  for (int i = 0; i < 400; ++i) words += " ember " + std::to_string(i) + " \xF0\x9F\x94\xA5";
  std::string source =
      source_with("<overview><title>On \xF0\x9F\x94\xA5</title><p>It burns" + words + ".</p></overview>", lang);
  return source.replace(source.find("Lamp<"), 4, "Lamp \xF0\x9F\x94\xA5");
}

TEST(Session, AMissingGlyphIsToldOnceWithItsPlace) {
  for (const char* const layout : {"book", "a4", "letter", "large"}) {
    Options options;
    options.layout = layout;
    Session session(data_folder());
    Result result = session.run("lamp.xml", source_with_emoji("en"), no_files, options);
    ASSERT_EQ(result.messages.size(), 1u);
    EXPECT_EQ(result.messages[0].code(), "E0601");
    EXPECT_EQ(result.messages[0].line(), 3u);
    EXPECT_EQ(result.messages[0].column(), 32u);
    EXPECT_THAT(result.messages[0].text(), HasSubstr("here and at 401 more places"));
    EXPECT_TRUE(result.files.empty());
    options.on_missing_glyph = OnMissingGlyph::replace;
    result = session.run("lamp.xml", source_with_emoji("en"), no_files, options);
    ASSERT_EQ(result.messages.size(), 1u);
    EXPECT_EQ(result.messages[0].code(), "W0609");
    EXPECT_THAT(result.messages[0].text(), HasSubstr("'[fire]' is set instead"));
    EXPECT_EQ(result.files.size(), 2u);
  }
}

TEST(Session, AnEpubNeedsNoFontAndIsTheSameAloneAndBesideAPdf) {
  for (const char* const lang : {"en", "ar", "ja"}) {
    Session session(data_folder());
    Options replaced, alone, both_ways;
    replaced.on_missing_glyph = both_ways.on_missing_glyph = OnMissingGlyph::replace;
    alone.formats = both_ways.formats = {"epub"};
    const std::string source = source_with_emoji(lang);
    const Result beside = session.run("lamp.xml", source, no_files, replaced);
    EXPECT_EQ(beside.errors, 0u);
    for (const Options& options : {alone, both_ways}) {
      const Result result = session.run("lamp.xml", source, no_files, options);
      EXPECT_TRUE(result.bytes("epub") == beside.bytes("epub")) << lang;
      EXPECT_THAT(brief(result), HasSubstr("is drawn on the cover instead"));
      EXPECT_EQ(result.messages.size(), 1u);
    }
  }
  // Nothing is told where nothing else is seen.
  Options alone;
  alone.formats = {"epub"};
  EXPECT_EQ(brief(Session(data_folder())
                      .run("lamp.xml", source_with("<overview><p>\xF0\x9F\x94\xA5</p></overview>"), no_files, alone)),
            "");
}

TEST(Formats, EachHasANameOfItsOwn) {
  for (const Format& format : formats()) {
    EXPECT_EQ(find_format(format.name), &format);
    EXPECT_THAT(std::string(format.ending), testing::StartsWith("."));
  }
  EXPECT_EQ(find_format("docx"), nullptr);
}

TEST(Formats, AFileEachInTheTablesOrder) {
  Session session(data_folder());
  Options options;
  options.formats = {"words", "report-html", "epub", "pdf", "epub"};
  const Result result =
      session.run("lamp.xml", source_with("<overview><p>A lamp is lit.</p></overview>"), no_files, options);
  EXPECT_EQ(brief(result), "");
  std::vector<std::string> names;
  for (const File& file : result.files) names.push_back(file.name);
  EXPECT_THAT(names, ElementsAre("the-lamp.pdf", "the-lamp.epub", "the-lamp.html", "the-lamp.txt"));
}

TEST(Formats, PagesAreSetOnlyForThoseThatNeedThem) {
  Session session(data_folder());
  const std::string source = source_with("<overview><p>A lamp is lit.</p></overview>");
  EXPECT_EQ(run_as(session, "document", source).figures.pages, 0U);
  EXPECT_EQ(run_as(session, "words", source).figures.pages, 0U);
  EXPECT_GT(run_as(session, "report-json", source).figures.pages, 4U);
}

TEST(Formats, OneThatIsNotThereIsTold) {
  Session session(data_folder());
  const Result result = run_as(session, "docx", source_with("<overview><p>A lamp is lit.</p></overview>"));
  EXPECT_EQ(brief(result), "lamp.xml: error[E0205]: there is no format 'docx'\n");
  EXPECT_TRUE(result.files.empty());
}

TEST(Messages, StayWholeWhenTheirSessionEnds) {
  std::vector<Message> messages;
  {
    Session session(data_folder());
    messages = session.check("lamp.xml", source_with("<overview><p>A</p><x/></overview>"), no_files, {}).messages;
  }
  ASSERT_FALSE(messages.empty());
  EXPECT_EQ(messages[0].category(), Category::input);
  EXPECT_THAT(messages[0].render(MessageFormat::full), HasSubstr("<overview><p>A</p><x/></overview>\n"));
  EXPECT_THAT(messages[0].render(MessageFormat::json), HasSubstr("\"line\":5,"));
  EXPECT_EQ(output_fault("a.pdf", "No space left on device").category(), Category::output);
  EXPECT_EQ(memory_fault().category(), Category::ours);
}

TEST(Session, FaultsOfFilesAreToldAlike) {
  EXPECT_EQ(input_fault("a.xml", "Permission denied").render(MessageFormat::brief),
            "a.xml: error[E0106]: Permission denied\n");
  EXPECT_EQ(output_fault("a.pdf", "No space left on device").code(), "E0701");
}

TEST(Session, FontsComeWithAnEpubOnRequest) {
  Session session(data_folder());
  const std::string source = source_with("<overview><p>A lamp is <em>lit</em>.</p></overview>");
  Options options;
  options.formats = {"epub"};
  const std::string without(session.run("lamp.xml", source, no_files, options).bytes("epub"));
  options.embed_fonts = true;
  const std::string with(session.run("lamp.xml", source, no_files, options).bytes("epub"));
  EXPECT_GT(with.size(), without.size() + 30'000);
  EXPECT_EQ(with, session.run("lamp.xml", source, no_files, options).bytes("epub"));
  EXPECT_NE(with.find("fonts/text-1-Regular.ttf"), std::string::npos);
  EXPECT_EQ(check_epub("lamp.epub", with).errors, 0U);
}

}  // namespace
}  // namespace epitome
