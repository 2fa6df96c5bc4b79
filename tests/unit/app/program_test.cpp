// The program itself: what is run, the status it ends with, what it writes.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string source = R"(<?xml version="1.0" encoding="UTF-8"?>
<summary version="1" xml:lang="en">
  <work><title prefix="The">Lamp</title><contributor role="author" sort="Example, Ann">Ann Example</contributor></work>
  <edition><date>2024-05-31</date></edition>
  <overview><p>A lamp is lit, and the room is seen.</p></overview>
</summary>
)";
const std::string rejected = "<summary version=\"1\" xml:lang=\"en\"/>";

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class Program : public testing::Test {
 protected:
  Program() {
    std::string name = (fs::temp_directory_path() / "epitome-program-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    std::ofstream(folder_ / "lamp.xml") << source;
    std::ofstream(folder_ / "bad.xml") << rejected;
    fs::create_directory(folder_ / "other");
    std::ofstream(folder_ / "other/lamp.xml") << source;
  }
  ~Program() override { fs::remove_all(folder_); }

  struct Ended {
    int status;
    std::string out, err;
  };
  // `command`: the arguments as the shell reads them; the program is $E.
  Ended run(const std::string& command) const {
    const fs::path program = fs::read_symlink("/proc/self/exe").parent_path() / "epitome";
    const std::string line = "cd '" + folder_.string() + "' && E='" + program.string() +
                             "' && unset SOURCE_DATE_EPOCH EPITOME_DATA && { " + command + "; } >stdout 2>stderr";
    const int status = std::system(line.c_str());
    Ended ended{WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder_ / "stdout"), text_of(folder_ / "stderr")};
    fs::remove(folder_ / "stdout");
    fs::remove(folder_ / "stderr");
    return ended;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_)) found.push_back(entry.path().filename());
    std::sort(found.begin(), found.end());
    return found;
  }

  fs::path folder_;
};

TEST_F(Program, Statuses) {
  const struct {
    const char* command;
    int status;
    const char* says;  // on standard error
  } cases[] = {
      {"$E export lamp.xml -o out", 0, ""},
      {"$E export lamp.xml -o out/", 0, ""},
      {"$E export lamp.xml -o a.pdf", 0, ""},
      {"$E export lamp.xml -o a.epub --to epub", 0, ""},
      {"$E export - -o out <lamp.xml", 0, ""},
      {"$E export lamp.xml --to pdf -o - >/dev/null", 0, ""},
      {"$E export lamp.xml --to pdf -o /dev/null", 0, ""},
      {"$E check lamp.xml", 0, ""},
      {"$E dump lamp.xml --words", 0, ""},
      {"$E help", 0, ""},
      {"mkdir dir.pdf; $E export lamp.xml -o dir.pdf && ls dir.pdf/the-lamp.pdf dir.pdf/the-lamp.epub", 0, ""},
      {"$E export lamp.xml -o .pdf && head -c5 .pdf | grep -q PDF", 0, ""},
      {"$E export lamp.xml -o OUT.EPUB && test -f OUT.EPUB", 0, ""},
      {"$E --version", 0, ""},
      {"$E export bad.xml -o out", 1, "bad.xml:1:"},
      {"$E export lamp.xml bad.xml -o out", 1, "bad.xml:1:"},
      {"$E check bad.xml", 1, "error[E0"},
      {"$E dump bad.xml --pages", 1, "error[E0"},
      {"$E check none.xml", 1, "none.xml: error[E0106]"},
      {"$E check .", 1, "Is a directory"},
      {"$E export lamp.xml --layout quarto -o out", 1, "error[E0501]"},
      {"$E", 2, "export"},
      {"$E export lamp.xml --to docx", 2, "docx"},
      {"$E export lamp.xml -o -", 2, "single format"},
      {"$E export lamp.xml -o other/lamp.xml", 2, "is a file"},
      {"SOURCE_DATE_EPOCH=now $E export lamp.xml -o out", 2, "SOURCE_DATE_EPOCH"},
      {"$E export lamp.xml -o none/a.pdf", 3, "error[E0701]"},
      {"$E export lamp.xml -o none/deep/", 3, "error[E0701]"},
      {"$E export lamp.xml --to pdf -o - >/dev/full", 3, "error[E0701]"},
      {"$E export lamp.xml --to pdf -o /dev/full", 3, "it is a device, a pipe or a socket"},
      {"$E export lamp.xml --to pdf -o /dev/null", 0, ""},
      {"$E export lamp.xml --to pdf -q -o /dev/stdout | head -c 5 | grep -q %PDF-", 0, ""},
      {"$E export lamp.xml --to pdf -q -o /dev/stdout >direct.pdf && head -c 5 direct.pdf | grep -q %PDF-", 0, ""},
      {"mkfifo fifo.pdf; timeout 9 $E export lamp.xml -o fifo.pdf", 3,
       "fifo.pdf: error[E0701]: it is a device, a pipe"},
      {"$E dump lamp.xml --words >/dev/full", 3, "error[E0701]"},
      {"mkfifo pipe.png; sed 's|<overview>|&<figure src=\"pipe.png\" alt=\"x\"/>|' lamp.xml >pipe.xml; timeout 9 $E "
       "check pipe.xml",
       1, "error[E0302]: image 'pipe.png' can't be read: it is no ordinary file"},
      {"mkdir l; mkfifo l/layout.xml; timeout 9 $E check lamp.xml --layout ./l", 1, "error[E0501]"},
      {"EPITOME_DATA=/none $E compare a.pdf a.epub lamp.xml", 70, "error[E0902]"},
      {"mkdir -p data && cp -RL $(dirname $E)/../share/epitome/* data && rm data/layouts/styles.xml && mkdir "
       "data/layouts/styles.xml; EPITOME_DATA=data $E check lamp.xml",
       70, "error[E0902]: layouts/book/../styles.xml: the file can't be read"},
      {"$E export -q lamp.xml -o own; EPITOME_DATA=data $E compare own/the-lamp.pdf own/the-lamp.epub lamp.xml", 70,
       "error[E0902]"},
      {"$E help >/dev/full", 3, "error[E0701]"},
      {"$E export lamp.xml other/lamp.xml -o clash", 3, "lamp.xml and other/lamp.xml both lead to it"},
      {"$E export - other/lamp.xml --to epub -o clash <lamp.xml", 3, "<stdin> and other/lamp.xml both lead to it"},
      {"$E export lamp.xml --to pdf -o lamp.xml", 3, "it is a source document"},
      {"cp " EPITOME_SOURCE_DIR
       "/tests/trials/cases/pages-there-and-back/picture-0.png p.png; sed 's|</overview>|<figure "
       "src=\"p.png\" alt=\"A wall.\"/></overview>|' lamp.xml >p.xml; $E export p.xml --to pdf -o p.png",
       3, "p.png: error[E0701]: it is a file that the document is made of"},
      {"$E export p.xml -o out --deps p.png", 3, "it is a file that the document is made of"},
      {"ln -s p.png q.pdf; $E export p.xml --to pdf -o q.pdf", 3, "it is a file that the document is made of"},
      {"cp lamp.xml out/the-lamp.pdf; $E export other/lamp.xml out/the-lamp.pdf -o out", 3, "E0701"},
      {"$E export lamp.xml -o out --report out/r.json", 0, ""},
      {"$E export lamp.xml --to epub -o - --report out/r.html >/dev/null", 0, ""},
      {"$E export lamp.xml -o out --report r.txt", 2, "error[E0701]"},
      {"$E export lamp.xml -o reported --report none/r.json", 3, "none/r.json: error[E0701]: No such file"},
      {"cp lamp.xml s.html; $E export s.html -o out --report s.html", 3, "it is a source document"},
      {"$E export s.html -o - --to pdf --report s.html", 3, "it is a source document"},
      {"touch t.html; $E export lamp.xml -o t.html --to pdf --report t.html", 3, "--report leads to it too"},
      {"EPITOME_DATA=/none $E check lamp.xml", 70,
       "error[E0902]: the program's data is not found: '/none' lacks layouts"},
  };
  for (const auto& c : cases) {
    const Ended ended = run(c.command);
    EXPECT_EQ(ended.status, c.status) << c.command << '\n' << ended.err;
    EXPECT_THAT(ended.err, *c.says == '\0' ? testing::Matcher<std::string>(IsEmpty()) : HasSubstr(c.says)) << c.command;
  }
}

TEST_F(Program, FormatsThatLeadToOneFileWriteNothing) {
  fs::create_directory(folder_ / "out");
  fs::create_symlink("the-lamp.epub", folder_ / "out/the-lamp.pdf");
  for (const bool there : {false, true}) {
    if (there) std::ofstream(folder_ / "out/the-lamp.epub") << "old";
    const Ended ended = run("$E export lamp.xml -o out");
    EXPECT_EQ(ended.status, 3);
    EXPECT_THAT(ended.err, HasSubstr("out/the-lamp.epub: error[E0701]: out/the-lamp.pdf leads to it too"));
    EXPECT_EQ(fs::exists(folder_ / "out/the-lamp.epub"), there);
    fs::remove(folder_ / "out/the-lamp.epub");
  }
  fs::create_symlink("the-lamp.epub", folder_ / "out/r.json");
  EXPECT_THAT(run("$E export lamp.xml --to epub -o out --report out/r.json").err,
              HasSubstr("out/the-lamp.epub: error[E0701]: --report leads to it too"));
  // Two sources, and a link from the one's file to the other's.
  std::ofstream(folder_ / "lantern.xml") << std::regex_replace(source, std::regex("Lamp<"), "Lantern<");
  fs::create_directory(folder_ / "two");
  fs::create_symlink("the-lantern.pdf", folder_ / "two/the-lamp.pdf");
  const Ended ended = run("$E export lantern.xml lamp.xml -o two");
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("lantern.xml and lamp.xml both lead to it"));
  EXPECT_FALSE(fs::exists(folder_ / "two/the-lantern.pdf"));
}

TEST_F(Program, NamesReachNoTerminalAsTheyAre) {
  const std::string escape = "\x1B[31m", shown = "\uFFFD[31m";
  fs::copy(folder_ / "lamp.xml", folder_ / (escape + ".xml"));
  for (const char* const command :
       {"$E export \"$(printf '\\033[31m')\".xml -o \"$(printf '\\033[31m')\"",
        "$E export lamp.xml --to \"$(printf '\\033[31m')\"", "$E export lamp.xml --\"$(printf '\\033[31m')\"",
        "$E export lamp.xml --date \"$(printf '\\033[31m')\"", "$E check lamp.xml --format \"$(printf '\\033[31m')\"",
        "$E help \"$(printf '\\033[31m')\"",
        "$E export -q lamp.xml && cp the-lamp.pdf \"$(printf '\\033[31m')\" && $E compare \"$(printf '\\033[31m')\" "
        "the-lamp.epub",
        "SOURCE_DATE_EPOCH=\"$(printf '\\033[31m')\" $E check lamp.xml"}) {
    const Ended ended = run(command);
    EXPECT_THAT(ended.out + ended.err, HasSubstr(shown)) << command;
    EXPECT_THAT(ended.out + ended.err, testing::Not(HasSubstr("\x1B"))) << command;
  }
}

TEST_F(Program, WhatNobodyReadsOrHasNoRoomIsAFault) {
  // A reader that goes at once; a limit of 8 KB a file.
  for (const char* const command : {"{ $E export lamp.xml --to epub -o - --report r.html; echo $? >status; } | true",
                                    "{ $E dump lamp.xml --pages; $E dump lamp.xml --pages; echo $? >status; } | true",
                                    "(ulimit -f 8; $E export lamp.xml -o .; echo $? >status)"}) {
    const std::vector<std::string> before = names();
    const Ended ended = run(command);
    EXPECT_EQ(text_of(folder_ / "status"), "3\n") << command;
    EXPECT_THAT(ended.err, HasSubstr("error[E0701]")) << command;
    fs::remove(folder_ / "status");
    EXPECT_EQ(names(), before) << command;
  }
}

TEST_F(Program, ALayoutReadsNothingOutsideOfItsFolder) {
  const auto layout = [&](const std::string& text) {
    fs::create_directories(folder_ / "l");
    std::ofstream(folder_ / "l/layout.xml") << "<layout base=\"book/layout.xml\">" << text << "</layout>";
  };
  std::ofstream(folder_ / "secret.css") << "secret {}";
  layout("<epub first-sheet=\"../secret.css\"/>");
  Ended ended = run("$E export lamp.xml --layout ./l -o out");
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("error[E0501]: ./l/layout.xml:1:38: style sheet '../secret.css' leads outside the "
                                   "layout's folder"));
  EXPECT_FALSE(fs::exists(folder_ / "out"));
  layout("<epub first-sheet=\"mine.css\"/>");
  std::ofstream(folder_ / "l/mine.css") << "p {}";
  EXPECT_EQ(run("$E export lamp.xml --layout ./l -o out").status, 0);
}

TEST_F(Program, SourcesThatLeadToOneFileWriteNothing) {
  std::ofstream(folder_ / "lantern.xml") << std::regex_replace(source, std::regex("Lamp<"), "Lantern<");
  EXPECT_EQ(run("$E export lantern.xml lamp.xml other/lamp.xml -o out").status, 3);
  EXPECT_FALSE(fs::exists(folder_ / "out"));
  EXPECT_EQ(run("$E export lantern.xml lamp.xml -o out").status, 0);
  EXPECT_TRUE(fs::exists(folder_ / "out/the-lantern.pdf"));
  EXPECT_EQ(run("mkfifo pipe && { cat lantern.xml >pipe & $E export pipe lamp.xml -o piped; }").status, 0);
  EXPECT_TRUE(fs::exists(folder_ / "piped/the-lantern.pdf"));
  EXPECT_EQ(run("$E export lamp.xml --to epub -o lamp.xml").status, 3);
  EXPECT_EQ(text_of(folder_ / "lamp.xml"), source);
}

// Data of its own: the manifest with one font's file spoilt or absent.
TEST_F(Program, ADamagedInstallationIsNotTheDocumentsFault) {
  const auto with_font = [&](const std::string& file, const std::string& arguments = "export lamp.xml -o out") {
    return run(
        "mkdir data && D=$(dirname \"$E\")/../share/epitome && cp -rL \"$D/layouts\" \"$D/fonts\" "
        "\"$D/hyphenation\" \"$D/names\" data && chmod -R u+w data && cp /usr/share/fonts/truetype/vollkorn/"
        "Vollkorn-Regular.ttf spoilt.ttf && printf spoilt | dd of=spoilt.ttf bs=1 seek=200000 conv=notrunc 2>/dev/null "
        "&& sed -i 's#truetype/vollkorn/Vollkorn-Regular.ttf#" +
        file + "#' data/fonts/manifest.xml && EPITOME_DATA=data $E " + arguments + "; S=$?; rm -r data; exit $S");
  };
  Ended ended = with_font("none.ttf");
  EXPECT_EQ(ended.status, 70) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("error[E0503]: the font Vollkorn Regular is not found"));
  EXPECT_THAT(ended.err, HasSubstr("hint: install the package fonts-vollkorn"));
  // Each document is told of it, and none is set without.
  ended = with_font("none.ttf", "check lamp.xml lamp.xml");
  EXPECT_EQ(ended.status, 70) << ended.err;
  ended = with_font("../../.." + folder_.string() + "/spoilt.ttf");
  EXPECT_EQ(ended.status, 70) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("error[E0503]: the font Vollkorn Regular is damaged"));
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(Program, MissingHyphenationPatternsAreTheInstallationsFault) {
  const Ended ended = run(
      "mkdir data && cp -RL $(dirname $E)/../share/epitome/* data && chmod -R u+w data && rm data/hyphenation/en*.hyp "
      "&& EPITOME_DATA=data $E export lamp.xml -o out");
  EXPECT_EQ(ended.status, 70) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("error[E0507]"));
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(Program, FilesAreNamedFromTheTitle) {
  const Ended ended = run("$E export lamp.xml");
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(names(), testing::ElementsAre("bad.xml", "lamp.xml", "other", "the-lamp.epub", "the-lamp.pdf"));
  EXPECT_THAT(ended.out, testing::MatchesRegex("lamp\\.xml: [0-9]+ pages, 9 words, the-lamp\\.pdf \\([0-9,]+ bytes\\), "
                                               "the-lamp\\.epub \\([0-9,]+ bytes\\), [0-9]+ ms\n"));
  EXPECT_THAT(text_of(folder_ / "the-lamp.pdf"), testing::StartsWith("%PDF-1.7"));
  EXPECT_THAT(text_of(folder_ / "the-lamp.epub"), testing::StartsWith("PK"));
}

TEST_F(Program, StandardOutputHoldsTheFileAlone) {
  run("$E export lamp.xml -q -o .");
  const Ended ended = run("$E export lamp.xml --to epub -o -");
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.out, text_of(folder_ / "the-lamp.epub"));
}

TEST_F(Program, AReportIsWrittenWithTheFilesOrNotAtAll) {
  const Ended ended = run("$E export lamp.xml -o . --to pdf --report r.json");
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("r.json ("));
  EXPECT_THAT(text_of(folder_ / "r.json"), testing::StartsWith("{\"report\":1,\n\"source\":\"lamp.xml\","));
  const std::string before = text_of(folder_ / "r.json");
  const std::string pdf = text_of(folder_ / "the-lamp.pdf");
  EXPECT_EQ(run("$E export bad.xml -o . --report r.json").status, 1);
  EXPECT_EQ(text_of(folder_ / "r.json"), before);
  // One file can't be written: the others stay as they were.
  EXPECT_EQ(run("$E export lamp.xml -o . --date 2025-01-01 --report none/r.json").status, 3);
  EXPECT_EQ(run("$E export lamp.xml -o /dev/full --to pdf --report r.html").status, 3);
  EXPECT_EQ(run("$E export lamp.xml -o - --to pdf --report r.html >/dev/full").status, 3);
  EXPECT_EQ(text_of(folder_ / "the-lamp.pdf"), pdf);
  EXPECT_THAT(names(), testing::ElementsAre("bad.xml", "lamp.xml", "other", "r.json", "the-lamp.pdf"));
  // It changes nothing of the others.
  EXPECT_EQ(run("$E export lamp.xml -q -o plain --to pdf && $E export lamp.xml -q -o - --to pdf --report r.html").out,
            pdf);
  EXPECT_EQ(text_of(folder_ / "plain/the-lamp.pdf"), pdf);
  EXPECT_THAT(text_of(folder_ / "r.html"), testing::StartsWith("<!DOCTYPE html>"));
}

TEST_F(Program, AnErrorLeavesNoFile) {
  EXPECT_EQ(run("$E export bad.xml -o .").status, 1);
  EXPECT_THAT(names(), testing::ElementsAre("bad.xml", "lamp.xml", "other"));
}

TEST_F(Program, FormatsOfDiagnostics) {
  EXPECT_THAT(run("$E check bad.xml --format short").err, testing::StartsWith("bad.xml:1:"));
  EXPECT_THAT(run("$E check bad.xml --format=json").err, testing::StartsWith("{"));
}

TEST_F(Program, WarningsCanBeErrors) {
  std::ofstream(folder_ / "mark.xml") << "\xEF\xBB\xBF" << source;
  EXPECT_EQ(run("$E export mark.xml -o out").status, 0);
  const Ended ended = run("$E export mark.xml --werror -o strict");
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("warning[W0103]"));
  EXPECT_FALSE(fs::exists(folder_ / "strict"));
}

TEST_F(Program, DatesChangeOnlyWhatTheyShould) {
  run("$E export lamp.xml -q -o own");
  run("$E export lamp.xml -q --date 2024-05-31 -o same");
  run("SOURCE_DATE_EPOCH=1717113600 $E export lamp.xml -q -o epoch");
  run("$E export lamp.xml -q --date 2025-01-01 -o later");
  EXPECT_EQ(text_of(folder_ / "own/the-lamp.pdf"), text_of(folder_ / "same/the-lamp.pdf"));
  EXPECT_EQ(text_of(folder_ / "own/the-lamp.epub"), text_of(folder_ / "epoch/the-lamp.epub"));
  EXPECT_NE(text_of(folder_ / "own/the-lamp.pdf"), text_of(folder_ / "later/the-lamp.pdf"));
  EXPECT_NE(text_of(folder_ / "own/the-lamp.epub"), text_of(folder_ / "later/the-lamp.epub"));
}

TEST_F(Program, ADateBeforeTheEditionsSetsBoth) {
  run("$E export lamp.xml --to pdf -o early.pdf --date 2020-01-02");
  const std::string pdf = text_of(folder_ / "early.pdf");
  EXPECT_THAT(pdf, HasSubstr("<xmp:CreateDate>2020-01-02T00:00:00Z"));
  EXPECT_THAT(pdf, HasSubstr("<xmp:ModifyDate>2020-01-02T00:00:00Z"));
}

TEST_F(Program, VersionNamesWhatTheBytesDependOn) {
  const std::string out = run("$E --version").out;
  for (const char* const name :
       {"Epitome 0.", "HarfBuzz", "ICU", "libdeflate", "libharu", "Vollkorn Regular", "hyphenation de sha1 "}) {
    EXPECT_THAT(out, HasSubstr(name));
  }
}

}  // namespace
