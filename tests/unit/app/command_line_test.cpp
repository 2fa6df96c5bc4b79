#include "app/command_line.hpp"

#include <gmock/gmock.h>

namespace epitome::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Parsed parse(std::vector<const char*> arguments, const char* epoch = nullptr) {
  arguments.insert(arguments.begin(), "epitome");
  return parse_command_line(static_cast<int>(arguments.size()), arguments.data(), epoch, EPITOME_SOURCE_DIR);
}

CommandLine line_of(const std::vector<const char*>& arguments, const char* epoch = nullptr) {
  Parsed parsed = parse(arguments, epoch);
  if (!parsed.line) ADD_FAILURE() << parsed.text;
  return parsed.line.value_or(CommandLine());
}

TEST(CommandLine, ExportWithEverything) {
  const CommandLine line =
      line_of({"export", "a.xml", "b.xml", "-o", "out", "--to", "pdf", "--layout", "a4", "--date", "2026-02-28",
               "--format=json", "--werror", "--on-missing-glyph", "replace", "-q", "--embed-fonts"});
  EXPECT_EQ(line.command, Command::exporting);
  EXPECT_TRUE(line.options.embed_fonts);
  EXPECT_THAT(line.sources, ElementsAre("a.xml", "b.xml"));
  EXPECT_EQ(line.output, "out");
  EXPECT_THAT(line.options.formats, ElementsAre("pdf"));
  EXPECT_EQ(line.options.layout, "a4");
  EXPECT_EQ(line.options.date, "2026-02-28");
  EXPECT_EQ(line.options.on_missing_glyph, OnMissingGlyph::replace);
  EXPECT_EQ(line.format, MessageFormat::json);
  EXPECT_TRUE(line.warnings_are_errors);
  EXPECT_TRUE(line.quiet);
}

TEST(CommandLine, ExportOfMany) {
  const BatchOptions batch = line_of({"export", "a", "--list", "l", "--jobs", "3", "--shard", "2/5", "--keep-going",
                                      "--manifest", "m", "--skip-unchanged", "--resume", "--name", "{title}-{lang}"})
                                 .batch;
  EXPECT_EQ(batch.list, "l");
  EXPECT_EQ(batch.jobs, 3U);
  EXPECT_EQ(batch.shard, 2U);
  EXPECT_EQ(batch.shards, 5U);
  EXPECT_EQ(batch.manifest, "m");
  EXPECT_EQ(batch.name, "{title}-{lang}");
  EXPECT_TRUE(batch.keep_going && batch.skip_unchanged && batch.resume && batch.asked_for);
  EXPECT_FALSE(line_of({"export", "a"}).batch.asked_for);
  EXPECT_TRUE(line_of({"export", "--list", "-"}).sources.empty());
}

TEST(CommandLine, SheetsForAPrinter) {
  const Options booklet =
      line_of({"export", "a.xml", "--to", "booklet", "--signature", "16", "--paper-weight", "100", "--marks"}).options;
  EXPECT_EQ(booklet.booklet.signature, 16);
  EXPECT_EQ(booklet.booklet.paper_weight, 100);
  EXPECT_TRUE(booklet.booklet.marks);
  EXPECT_FALSE(booklet.black);
  EXPECT_TRUE(line_of({"export", "a.xml", "--black"}).options.black);
  const Options cards = line_of({"export", "a.xml", "--to", "cards", "--card-size", "3x5", "--duplex", "--back-offset",
                                 "0.5,-1", "--registration"})
                            .options;
  EXPECT_EQ(cards.cards.size, CardSize::three_by_five);
  EXPECT_TRUE(cards.cards.duplex && cards.cards.registration);
  EXPECT_EQ(cards.cards.back_right, 50);
  EXPECT_EQ(cards.cards.back_down, -100);
  EXPECT_THAT(line_of({"export", "a.xml", "-o", "a.booklet.pdf"}).options.formats, ElementsAre("booklet"));
}

TEST(CommandLine, WrongSheets) {
  const auto said = [](std::vector<const char*> options) {
    options.insert(options.begin(), {"export", "a.xml"});
    const Parsed parsed = parse(std::move(options));
    EXPECT_EQ(parsed.status, 2);
    return parsed.text;
  };
  EXPECT_THAT(said({"--to", "epub", "--black"}), HasSubstr("--black is for --to pdf"));
  EXPECT_THAT(said({"--signature", "8"}), HasSubstr("--signature is for --to booklet"));
  EXPECT_THAT(said({"--to", "pdf,anki", "--duplex"}), HasSubstr("--duplex is for --to cards"));
  EXPECT_THAT(said({"--to", "booklet", "--signature", "6"}), HasSubstr("6 is not a multiple of 4"));
  EXPECT_THAT(said({"--to", "booklet", "--signature", "0"}), HasSubstr("0 is not a multiple of 4"));
  EXPECT_THAT(said({"--to", "booklet", "--paper-weight", "3"}), HasSubstr("3 is not from 30 to 400"));
  EXPECT_THAT(said({"--to", "cards", "--card-size", "a6"}), HasSubstr("there is no 'a6'; there are a7 and 3x5"));
  EXPECT_THAT(said({"--to", "cards", "--back-offset", "1,1"}), HasSubstr("--back-offset is for --duplex"));
  for (const char* const offset : {"1", "1,2,3", "a,b", "1,", ",1", "21,0", "nan,0", "1 ,0", "0x1,0"}) {
    EXPECT_THAT(said({"--to", "cards", "--duplex", "--back-offset", offset}), HasSubstr("is not two numbers"))
        << offset;
  }
}

TEST(CommandLine, Defaults) {
  const CommandLine line = line_of({"export", "-"});
  EXPECT_THAT(line.sources, ElementsAre("-"));
  EXPECT_THAT(line.options.formats, ElementsAre("pdf", "epub"));
  EXPECT_EQ(line.options.layout, "book");
  EXPECT_EQ(line.options.date, "");
  EXPECT_EQ(line.options.on_missing_glyph, OnMissingGlyph::error);
  EXPECT_EQ(line.format, MessageFormat::full);
}

TEST(CommandLine, AFilesEndingSaysItsFormat) {
  const CommandLine line = line_of({"export", "a.xml", "-o", "x/b.epub"});
  EXPECT_THAT(line.options.formats, ElementsAre("epub"));
}

TEST(CommandLine, ComparedFilesInTheirOrder) {
  EXPECT_EQ(line_of({"convert", "a.xml", "-o", "b.json"}).to, Syntax::json);
  EXPECT_EQ(line_of({"convert", "-", "--from", "json", "--to", "xml"}).options.from, Syntax::json);
  EXPECT_EQ(line_of({"schema"}).command, Command::schema);
  EXPECT_THAT(line_of({"compare", "a.pdf", "a.epub"}).sources, ElementsAre("a.pdf", "a.epub"));
  EXPECT_THAT(line_of({"compare", "a.pdf", "a.epub", "a.xml"}).sources, ElementsAre("a.pdf", "a.epub", "a.xml"));
}

TEST(CommandLine, AReportsEndingSaysItsForm) {
  EXPECT_EQ(line_of({"export", "a.xml", "--report", "x/a.json"}).options.formats.back(), "report-json");
  const CommandLine line = line_of({"export", "a.xml", "--to=epub", "--report=a.html"});
  EXPECT_THAT(line.options.formats, ElementsAre("epub", "report-html"));
  EXPECT_EQ(line.report, "a.html");
  EXPECT_EQ(line_of({"export", "a.xml", "--report", "A.HTML"}).options.formats.back(), "report-html");
  const Parsed parsed = parse({"export", "a.xml", "--report", "a.txt", "--format=json"});
  EXPECT_EQ(parsed.status, 2);
  EXPECT_THAT(parsed.text, HasSubstr("\"code\":\"E0701\""));
}

TEST(CommandLine, Stages) {
  EXPECT_THAT(line_of({"dump", "a.xml", "--pages"}).options.formats, ElementsAre("pages"));
  EXPECT_THAT(line_of({"dump", "--words", "-"}).options.formats, ElementsAre("words"));
  EXPECT_EQ(line_of({"check", "a.xml", "--format", "short"}).format, MessageFormat::brief);
}

TEST(CommandLine, TheEpochIsADate) {
  EXPECT_EQ(line_of({"export", "a"}, "0").options.date, "1970-01-01T00:00:00Z");
  EXPECT_EQ(line_of({"export", "a"}, "951782399").options.date, "2000-02-28T23:59:59Z");
  EXPECT_EQ(line_of({"export", "a"}, "951782400").options.date, "2000-02-29T00:00:00Z");
  EXPECT_EQ(line_of({"export", "a"}, "1000000000").options.date, "2001-09-09T01:46:40Z");
  EXPECT_EQ(line_of({"export", "a"}, "253402300799").options.date, "9999-12-31T23:59:59Z");
  EXPECT_EQ(line_of({"export", "a"}, "").options.date, "");
  EXPECT_EQ(line_of({"export", "a", "--date", "2026-01-01"}, "0").options.date, "2026-01-01");
  for (const char* const epoch : {"-1", "1.5", "now", "253402300800", "99999999999999999999"}) {
    EXPECT_THAT(parse({"export", "a"}, epoch).text, HasSubstr("SOURCE_DATE_EPOCH"));
  }
}

TEST(CommandLine, HelpAndVersionAreNoFaults) {
  for (const auto& arguments : std::vector<std::vector<const char*>>{
           {"help"}, {"--help"}, {"-h"}, {"help", "export"}, {"export", "--help"}, {"dump", "-h"}}) {
    const Parsed parsed = parse(arguments);
    EXPECT_EQ(parsed.status, 0);
    EXPECT_FALSE(parsed.line);
    EXPECT_THAT(parsed.text, HasSubstr("epitome"));
  }
  EXPECT_THAT(parse({"help", "export"}).text, HasSubstr("--layout"));
  EXPECT_THAT(parse({"help"}).text, HasSubstr("export"));
  EXPECT_THAT(parse({"help", "compare"}).text, HasSubstr("PDF EPUB [SOURCE]"));
  EXPECT_TRUE(parse({"--version"}).wants_version);
}

TEST(CommandLine, WrongUsage) {
  const struct {
    std::vector<const char*> arguments;
    const char* says;
  } cases[] = {
      {{}, "export"},
      {{"print", "a.xml"}, "print"},
      {{"export"}, "SOURCE"},
      {{"export", "a", "--jobs", "0"}, "--jobs: '0'"},
      {{"export", "a", "--jobs", "257"}, "--jobs: '257'"},
      {{"export", "a", "--jobs", "2x"}, "--jobs: '2x'"},
      {{"export", "a", "--shard", "3"}, "--shard: '3'"},
      {{"export", "a", "--shard", "4/3"}, "--shard: '4/3'"},
      {{"export", "a", "--shard", "/"}, "--shard: '/'"},
      {{"export", "a", "--name", "{titel}"}, "--name: '{titel}'"},
      {{"export", "a", "--resume"}, "--manifest"},
      {{"export", "-", "--list", "-"}, "standard input can be read once"},
      {{"export", "a.xml", "--lay", "a4"}, "--lay"},
      {{"export", "a.xml", "--to", "docx"}, "docx"},
      {{"export", "a.xml", "--to", "pdf,"}, "format ''"},
      {{"export", "a.xml", "--date", "2026-02-29"}, "2026-02-29"},
      {{"export", "a.xml", "--date", "tomorrow"}, "tomorrow"},
      {{"export", "a.xml", "--format", "xml"}, "xml"},
      {{"export", "a.xml", "--on-missing-glyph", "ignore"}, "ignore"},
      {{"export", "a.xml", "-o", "-"}, "single format"},
      {{"export", "a.xml", "b.xml", "--to", "pdf", "-o", "-"}, "single source"},
      {{"export", "a.xml", "b.xml", "-o", "c.pdf"}, "single source"},
      {{"export", "a.xml", "--to", "epub", "-o", "c.pdf"}, "ends in .pdf"},
      {{"export", "a.xml", "--to", "pdf,epub", "-o", "c.pdf"}, "ends in .pdf"},
      {{"export", "-", "-"}, "once"},
      {{"export", "a.xml", "--report", "a.txt"}, "a.txt: error[E0701]: a report's name ends in .json or .html"},
      {{"export", "a.xml", "--report", "json"}, "E0701"},
      {{"export", "a.xml", "--report", "-"}, "E0701"},
      {{"export", "a.xml", "--report", ""}, "E0701"},
      {{"export", "a.xml", "b.xml", "--report", "a.json"}, "single source"},
      {{"check", "a.xml", "--report", "a.json"}, "--report"},
      {{"check"}, "SOURCE"},
      {{"check", "a.xml", "-o", "b"}, "-o"},
      {{"dump", "a.xml"}, "one stage"},
      {{"dump", "a.xml", "--pages", "--words"}, "one stage"},
      {{"dump", "a.xml", "b.xml", "--pages"}, "SOURCE"},
      {{"help", "print"}, "print"},
      {{"exprot", "a.xml"}, "did you mean export?"},
      {{"export", "a.xml", "--layot=a4"}, "did you mean --layout?"},
      {{"export", "a.xml", "b.xml", "--deps", "a.d"}, "single source"},
      {{"export", "-", "--watch"}, "--watch"},
      {{"schema", "--for", "gemeni"}, "did you mean gemini?"},
      {{"compare", "a.pdf"}, "EPUB"},
      {{"convert", "a.xml"}, "convert needs --to xml, json or markdown"},
      {{"convert", "a.xml", "-o", "b.json", "--to", "xml"}, "don't go together"},
      {{"check", "a.xml", "--from", "yaml"}, "there are xml, json and markdown"},
      {{"compare", "a.pdf", "a.epub", "a.xml", "b.xml"}, "b.xml"},
  };
  for (const auto& c : cases) {
    const Parsed parsed = parse(c.arguments);
    EXPECT_EQ(parsed.status, 2) << c.says;
    EXPECT_FALSE(parsed.line) << c.says;
    EXPECT_THAT(parsed.text, HasSubstr(c.says));
  }
}

}  // namespace
}  // namespace epitome::app
