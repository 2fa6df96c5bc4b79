#include "style/read_layout.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace epitome::style {
namespace {

using model::Length;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string source_folder = EPITOME_SOURCE_DIR;

// A folder that goes when the test ends.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "epitome-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << text;
    return path_;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Layout sound_layout(const std::string& name) {
  diag::Sink sink;
  std::optional<Layout> layout = read_layout(name, source_folder, sink);
  for (const diag::Diagnostic& d : sink.diagnostics()) ADD_FAILURE() << d.message;
  return layout.value_or(Layout());
}

// The messages of a layout in a folder of its own, relative to it.
std::vector<std::string> faults_of(const std::string& xml) {
  const Folder folder;
  folder.write("layout.xml", xml);
  diag::Sink sink;
  EXPECT_FALSE(read_layout(folder.path(), source_folder, sink));
  std::vector<std::string> messages;
  for (const diag::Diagnostic& d : sink.diagnostics()) {
    EXPECT_EQ(d.code, diag::Code::E0501);
    std::string message = d.message;
    if (message.starts_with(folder.path() + "/")) message.erase(0, folder.path().size() + 1);
    messages.push_back(message);
  }
  return messages;
}

// A script that needs 2.2 times its size, where the layout gives 4/3, and is set larger: the block keeps its height.
TEST(ReadLayout, LinesAreAsFarApartAsTheScriptNeeds) {
  const Layout latin = sound_layout("book");
  diag::Sink sink;
  const Layout urdu = read_layout("book", source_folder, sink, {1200, 2200, true}).value();
  EXPECT_TRUE(sink.diagnostics().empty());
  const auto of = [](const Layout& layout, StyleName name) { return layout.style(name); };
  EXPECT_EQ(of(urdu, StyleName::text).size, Length::ratio_pt(126, 10));
  // 10.5 pt × 1.2 × 2.2 on 14 pt
  EXPECT_EQ(of(urdu, StyleName::text).leading, Length::pt(14).scaled(1980, 1000));
  EXPECT_EQ(of(urdu, StyleName::part_title).leading, Length::pt(28).scaled(1980, 1000));
  EXPECT_EQ(urdu.geometry.grid, of(urdu, StyleName::text).leading);
  EXPECT_EQ(urdu.geometry.lines, 15);
  EXPECT_EQ(urdu.geometry.measure, latin.geometry.measure);
  EXPECT_EQ(urdu.pieces.hook.sink_lines, 4);
  EXPECT_EQ(urdu.pieces.opener.picked_on_line, 1);
  EXPECT_EQ(urdu.geometry.folio_drop, 1);
  EXPECT_EQ(of(latin, StyleName::text).alignment, Alignment::justified);
  EXPECT_EQ(of(urdu, StyleName::text).alignment, Alignment::start);
  // What already has enough keeps its lines, also where they are given in lines of the grid.
  const Layout large = sound_layout("large"),
               same = read_layout("large", source_folder, sink, {1000, 1400, false}).value();
  EXPECT_EQ(same.geometry.lines, large.geometry.lines);
  EXPECT_EQ(of(same, StyleName::text).leading, of(large, StyleName::text).leading);
  const Layout wide = read_layout("large", source_folder, sink, {1000, 3000, false}).value();
  EXPECT_EQ(of(wide, StyleName::text).leading, Length::pt(54));
  EXPECT_EQ(of(wide, StyleName::text).after, Length::pt(54));
}

// page-design.md, section 1.
TEST(ReadLayout, BookHasTheDesignsMeasures) {
  const Layout book = sound_layout("book");
  const Geometry& g = book.geometry;
  EXPECT_EQ(book.name, "book");
  EXPECT_NEAR(g.page_width.to_pt(), 419.53, 0.005);
  EXPECT_NEAR(g.page_height.to_pt(), 595.28, 0.005);
  EXPECT_TRUE(g.facing);
  EXPECT_EQ(g.module, Length::ratio_pt(7, 2));
  EXPECT_EQ(g.measure, Length::ratio_pt(609, 2));
  EXPECT_NEAR(g.margin_start.to_pt(), 46.0, 0.05);
  EXPECT_NEAR(g.margin_head.to_pt(), 64.5, 0.05);
  EXPECT_EQ(g.grid, Length::pt(14));
  EXPECT_EQ(g.first_baseline_drop, Length::pt(4));
  EXPECT_EQ(g.lines, 31);
  EXPECT_EQ(book.style(StyleName::text).size, Length::ratio_pt(21, 2));
  EXPECT_EQ(book.style(StyleName::title).size, Length::pt(35));
  EXPECT_EQ(book.style(StyleName::caption).before, Length::pt(7));
  EXPECT_TRUE(book.part_opens[static_cast<std::size_t>(model::PartKind::overview)]);
  EXPECT_FALSE(book.part_opens[static_cast<std::size_t>(model::PartKind::notes)]);
  EXPECT_EQ(book.accent, (Colour{138, 42, 31}));
}

TEST(ReadLayout, A4AndLetterDifferFromBookInModulePageAndLines) {
  const Layout a4 = sound_layout("a4");
  const Layout letter = sound_layout("letter");
  EXPECT_NEAR(a4.geometry.margin_start.to_pt(), 90.2, 0.05);
  EXPECT_NEAR(a4.geometry.margin_head.to_pt(), 71.6, 0.05);
  EXPECT_EQ(a4.geometry.lines, 39);
  EXPECT_NEAR(letter.geometry.margin_start.to_pt(), 96.9, 0.05);
  EXPECT_EQ(letter.geometry.margin_head, Length::pt(72));
  EXPECT_EQ(letter.geometry.page_width, Length::pt(612));
  EXPECT_EQ(letter.geometry.lines, 36);
  EXPECT_EQ(letter.geometry.measure, a4.geometry.measure);
  EXPECT_EQ(letter.style(StyleName::text).size, Length::ratio_pt(51, 4));
  EXPECT_FALSE(a4.part_opens[static_cast<std::size_t>(model::PartKind::overview)]);
  const Layout book = sound_layout("book");
  // The same lines: every measure that breaks them is the same multiple of u.
  for (std::size_t i = 0; i < book.styles.size(); ++i) {
    EXPECT_EQ(book.styles[i].size.scaled(17, 14), a4.styles[i].size) << style_name(static_cast<StyleName>(i));
    EXPECT_EQ(book.styles[i].start_indent.scaled(17, 14), a4.styles[i].start_indent);
    EXPECT_EQ(book.styles[i].features, a4.styles[i].features);
  }
}

// page-design.md, section 8; UKAAF G003; ACB's Best Practices and Guidelines for Large Print Documents.
class LargePrint : public testing::TestWithParam<const char*> {};

TEST_P(LargePrint, IsLargeRaggedAndUndivided) {
  const Layout large = sound_layout(GetParam());
  const Geometry& g = large.geometry;
  const Length inch = Length::pt(72), foot = g.page_height - g.margin_head - g.grid * g.lines;
  EXPECT_GE(g.margin_start, inch);
  EXPECT_GE(g.page_width - g.margin_start - g.measure, inch);
  EXPECT_GE(g.margin_head, inch);
  EXPECT_GE(foot, inch);
  EXPECT_EQ(g.grid, Length::pt(27));
  EXPECT_EQ(large.script_size_min, Length::pt(18));
  EXPECT_GE(large.pieces.tables.narrow_size, Length::pt(18));
  for (const StyleName heading : {StyleName::part_title, StyleName::chapter_title, StyleName::headline})
    EXPECT_GT(large.style(heading).size, large.style(StyleName::text).size);
  for (std::size_t i = 0; i < large.styles.size(); ++i) {
    const TextStyle& style = large.styles[i];
    const std::string_view name = style_name(static_cast<StyleName>(i));
    EXPECT_GE(style.size, Length::pt(18)) << name;
    EXPECT_FALSE(style.hyphenate) << name;
    EXPECT_FALSE(style.small_caps) << name;
    EXPECT_NE(style.alignment, Alignment::justified) << name;
  }
  for (const FaceChoice& face : large.faces) EXPECT_EQ(face.family, "Andika");
  EXPECT_TRUE(large.meanings[static_cast<std::size_t>(model::Meaning::work_title)].marks);
  EXPECT_TRUE(large.pieces.definitions.stacked);
}

INSTANTIATE_TEST_SUITE_P(ReadLayout, LargePrint, testing::Values("large", "large-letter"));

// BDA Style Guide 2023: 12 to 14 pt, one and a half lines, headings a fifth larger than the text.
TEST(ReadLayout, DyslexiaIsSetAsTheAssociationAsks) {
  const Layout layout = sound_layout("dyslexia");
  const Length text = layout.style(StyleName::text).size;
  EXPECT_EQ(layout.geometry.grid, text.scaled(3, 2));
  for (std::size_t i = 0; i < layout.styles.size(); ++i) {
    const TextStyle& style = layout.styles[i];
    const std::string_view name = style_name(static_cast<StyleName>(i));
    EXPECT_GE(style.size, Length::pt(12)) << name;
    EXPECT_GT(style.tracking, 0) << name;
    EXPECT_FALSE(style.hyphenate) << name;
    EXPECT_NE(style.alignment, Alignment::justified) << name;
  }
  for (const StyleName heading : {StyleName::part_title, StyleName::chapter_title, StyleName::headline})
    EXPECT_GE(layout.style(heading).size, text.scaled(6, 5));
}

TEST(ReadLayout, PrintLayoutsSaveSidesAndSayHowTheyArePrinted) {
  for (const char* const name : {"print-a4", "print-letter"}) {
    const Layout layout = sound_layout(name);
    EXPECT_TRUE(layout.front_runs_on);
    EXPECT_EQ(layout.printing, (Printing{Printing::Duplex::long_edge, true, true}));
    // The sides of a leaf back each other up.
    const Geometry& g = layout.geometry;
    EXPECT_NEAR(g.margin_start.to_pt(), (g.page_width - g.measure - g.margin_start).to_pt(), 0.001);
    // Nothing nearer than 8 mm to the edge: from the running head's capitals to the folio's figures.
    const Length edge = Length::pt(72).scaled(8 * 10, 254);
    const Length head = g.margin_head + g.grid - g.first_baseline_drop - g.grid * g.running_head_rise;
    EXPECT_GE(head - layout.style(StyleName::running_head).size.scaled(6, 10), edge);
    EXPECT_GE(g.page_height - (g.margin_head + g.grid * (g.lines + g.folio_drop) - g.first_baseline_drop), edge);
  }
  EXPECT_EQ(sound_layout("book").printing, Printing());
  EXPECT_FALSE(sound_layout("book").front_runs_on);
}

TEST(ReadLayout, MeaningsChangeFaces) {
  const Layout book = sound_layout("book");
  const auto& emphasis = book.meanings[static_cast<std::size_t>(model::Meaning::emphasis)];
  EXPECT_THAT(emphasis.by_face, ElementsAre(1, 0, 1));
  EXPECT_THAT(book.meanings[static_cast<std::size_t>(model::Meaning::strong)].by_face, ElementsAre(2, 2, 2));
  EXPECT_TRUE(book.meanings[static_cast<std::size_t>(model::Meaning::superscript)].superior);
  const auto hang = std::find_if(book.protrusion.begin(), book.protrusion.end(),
                                 [](const Protrusion& p) { return p.character == U'‐'; });
  ASSERT_NE(hang, book.protrusion.end());
  EXPECT_EQ(hang->end, 600);
  EXPECT_EQ(book.justification.letter_min, -3);
  EXPECT_EQ(book.justification.letter_max, 3);
}

TEST(ReadLayout, AFolderOfOnesOwnBuildsOnANamedOne) {
  const Folder folder;
  folder.write("layout.xml", "<layout base=\"book/layout.xml\">\n  <module u=\"3pt\"/>\n</layout>\n");
  const Layout own = sound_layout(folder.path() + "/");
  EXPECT_EQ(own.geometry.measure, Length::pt(261));
  EXPECT_EQ(own.style(StyleName::text).size, Length::pt(9));
  EXPECT_EQ(own.name, folder.path().substr(folder.path().rfind('/') + 1));
}

TEST(ReadLayout, AnUnknownNameIsToldWithTheKnownOnes) {
  diag::Sink sink;
  EXPECT_FALSE(read_layout("quarto", source_folder, sink));
  ASSERT_EQ(sink.diagnostics().size(), 1U);
  EXPECT_EQ(sink.diagnostics()[0].message, "there is no layout 'quarto'");
  EXPECT_THAT(sink.diagnostics()[0].hints,
              ElementsAre(HasSubstr("a4, book, dyslexia, half-letter, large, large-letter, letter, phone")));
}

TEST(ReadLayout, FaultsHaveTheirPlace) {
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\">\n  <module u=\"3,5pt\"/>\n</layout>\n"),
              testing::Contains("layout.xml:2:11: '3,5pt' is not a length"));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\">\n  <stlye name=\"text\" size=\"3u\"/>\n</layout>\n"),
              ElementsAre("layout.xml:2:22: 'stlye.text/size' is not known"));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><style name=\"text\" face=\"bold\"/></layout>"),
              ElementsAre("layout.xml:1:51: there is no face 'bold'"));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><style name=\"text\" align=\"left\"/></layout>"),
              ElementsAre("layout.xml:1:51: 'left' is not an alignment"));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><block lines=\"60\"/></layout>"),
              ElementsAre(HasSubstr("the block is larger than the page")));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><colour ink=\"red\"/></layout>"),
              ElementsAre("layout.xml:1:40: 'red' is not a colour"));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><printing duplex=\"both\"/></layout>"),
              ElementsAre("layout.xml:1:42: 'both' is not a way to print on both sides"));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><switches front-runs-on=\"on\"/></layout>"),
              ElementsAre(HasSubstr("layout.xml:1:42: ")));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><scripts size-min=\"18\"/></layout>"),
              ElementsAre("layout.xml:1:41: '18' is not a length"));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><hang name=\"stop\" end=\"half\"/></layout>"),
              ElementsAre("layout.xml:1:50: 'half' is not a share"));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><opener parts=\"hook prologue\"/></layout>"),
              ElementsAre("layout.xml:1:40: 'prologue' is not a part"));
  EXPECT_THAT(faults_of("<layout base=\"book/layout.xml\"><epub first-sheet=\"no.css\"/></layout>"),
              ElementsAre("layout.xml:1:38: style sheet 'no.css' can't be read"));
  EXPECT_THAT(
      faults_of("<layout base=\"book/layout.xml\"><turns lines-after=\"2\"/><turns lines-after=\"3\"/></layout>"),
      ElementsAre("layout.xml:1:63: 'turns/lines-after' is given twice"));
}

// Each of these crashed, hung or made nonsense of the pages.
TEST(ReadLayout, ValuesHaveALeastAndAMost) {
  const struct {
    const char *element, *says;
  } cases[] = {
      {"style name=\"text\" size=\"0.0004pt\"", "1:51: '0.0004pt' is too small"},
      {"style name=\"text\" size=\"2000pt\"", "1:51: '2000pt' is too large"},
      {"style name=\"text\" tracking=\"999999999%\"", "1:51: '999999999%' is too large"},
      {"style name=\"text\" keep-with-next=\"32\"", "1:51: '32' is not a whole number from 0 to 31"},
      {"writing pitch=\"0\"", "1:41: '0' is too small"},
      {"writing pitch=\"-1pt\"", "1:41: '-1pt' is too small"},
      {"writing lines-min=\"1000000\"", "1:41: '1000000' is not a whole number from 0 to 31"},
      {"page width=\"6000mm\"", "1:38: '6000mm' is too large"},
      {"page bleed=\"-1mm\"", "1:38: '-1mm' is too small"},
      {"block lines=\"1\"", "1:39: '1' is not a whole number from 6 to 1000"},
      {"module baseline-drop=\"-100g\"", "1:40: '-100g' is too small"},
      {"opener picked-on-line=\"1000000\"", "1:40: '1000000' is not a whole number from 0 to 31"},
      {"justification glyph-scale-min=\"-100%\"", "1:47: '-100%' is too small"},
      {"justification space-max=\"90%\"", "1:47: the least is more than the most"},
      {"separator rules=\"0\"", "1:43: '0' is not a whole number from 1 to 20"},
      {"features value=\"kern on,um\"", "1:42: 'on,um' is not an OpenType feature"},
      {"style name=\"text\" features=\"oldstyle\"", "1:51: 'oldstyle' is not an OpenType feature"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(faults_of(std::string("<layout base=\"book/layout.xml\"><") + c.element + "/></layout>"),
                ElementsAre("layout.xml:" + std::string(c.says)))
        << c.element;
  }
}

TEST(ReadLayout, FilesThatAreNoLayouts) {
  EXPECT_THAT(faults_of("<layout"), ElementsAre(HasSubstr("layout.xml:1:")));
  EXPECT_THAT(faults_of("<summary/>"), ElementsAre("layout.xml:1:2: the outermost element is <summary>, not <layout>"));
  EXPECT_THAT(faults_of("<layout base=\"none.xml\"/>"), ElementsAre("layout.xml:1:9: 'none.xml' is not found"));
  EXPECT_THAT(faults_of("<layout base=\"layout.xml\"/>"),
              ElementsAre("layout.xml:1:9: files build on each other too deeply"));
  EXPECT_THAT(faults_of("<layout><page><width/></page></layout>"),
              ElementsAre(HasSubstr("no element is allowed in <page>")));
  // Nothing has a default in the program: an empty layout lacks everything.
  EXPECT_GT(faults_of("<layout/>").size(), 100U);
}

TEST(ReadLayout, PathsStayInTheLayoutsFolderOrTheProgramsOwn) {
  const Folder folder;
  const std::string& path = folder.path();
  std::filesystem::create_directories(path + "/l/deep");
  folder.write("out.css", "secret");
  folder.write("out.xml", "<layout base=\"book/layout.xml\"/>");
  folder.write("l/in.css", "p {}");
  folder.write("l/in.xml", "<layout base=\"book/layout.xml\"/>");
  std::filesystem::create_symlink("../out.css", path + "/l/link.css");
  std::filesystem::create_symlink(path, path + "/l/deep/away");
  std::filesystem::create_symlink("../in.css", path + "/l/deep/link.css");
  std::filesystem::create_symlink("l", path + "/linked");
  const auto read = [&](const std::string& name, const std::string& xml, diag::Sink& sink) {
    folder.write("l/layout.xml", xml);
    return read_layout(path + "/" + name, source_folder, sink);
  };
  for (const std::string& sheet : {std::string("../out.css"), std::string("link.css"), std::string("deep/away/out.css"),
                                   std::string("deep/../../out.css"), std::string("../../../../../../../etc/passwd")}) {
    diag::Sink sink;
    EXPECT_FALSE(read("l", "<layout base=\"book/layout.xml\"><epub first-sheet=\"" + sheet + "\"/></layout>", sink));
    ASSERT_EQ(sink.diagnostics().size(), 1U) << sheet;
    EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::E0501);
    EXPECT_THAT(sink.diagnostics()[0].message,
                HasSubstr("layout.xml:1:38: style sheet '" + sheet + "' leads outside the layout's folder"));
  }
  for (const std::string& base :
       {std::string("../out.xml"), std::string("deep/away/out.xml"), "../../.." + path + "/out.xml"}) {
    diag::Sink sink;
    EXPECT_FALSE(read("l", "<layout base=\"" + base + "\"/>", sink));
    ASSERT_EQ(sink.diagnostics().size(), 1U) << base;
    EXPECT_THAT(sink.diagnostics()[0].message,
                HasSubstr("layout.xml:1:9: base '" + base + "' leads outside the layout's folder"));
  }
  // Through the program's folder and out of it again.
  diag::Sink away;
  EXPECT_FALSE(read("l", "<layout base=\"book/../../layouts/../README.md\"/>", away));
  EXPECT_THAT(away.diagnostics()[0].message, HasSubstr("is not found"));
  for (const char* const name : {"l", "linked"}) {
    for (const char* const sheet : {"in.css", "deep/link.css", "deep/../in.css"}) {
      diag::Sink sink;
      EXPECT_TRUE(
          read(name, std::string("<layout base=\"in.xml\"><epub first-sheet=\"") + sheet + "\"/></layout>", sink))
          << name << ' ' << sheet;
    }
  }
}

// A program's folder may be put together from links, file by file.
TEST(ReadLayout, TheProgramsFolderMayHoldLinks) {
  const Folder folder;
  const std::filesystem::path layouts = folder.path() + "/layouts";
  for (const auto& file : std::filesystem::recursive_directory_iterator(source_folder + "/layouts")) {
    const auto name = std::filesystem::relative(file, source_folder + "/layouts");
    if (!file.is_regular_file()) continue;
    std::filesystem::create_directories((layouts / name).parent_path());
    std::filesystem::create_symlink(file, layouts / name);
  }
  diag::Sink sink;
  EXPECT_TRUE(read_layout("book", folder.path(), sink));
  // What can't be read in it is no fault of an editor's.
  std::filesystem::remove(layouts / "styles.xml");
  std::filesystem::create_directory(layouts / "styles.xml");
  EXPECT_FALSE(read_layout("book", folder.path(), sink));
  ASSERT_EQ(sink.diagnostics().size(), 1U);
  EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::E0902);
}

TEST(ReadLayout, AFolderWithoutALayoutFile) {
  const Folder folder;
  diag::Sink sink;
  EXPECT_FALSE(read_layout(folder.path(), source_folder, sink));
  ASSERT_EQ(sink.diagnostics().size(), 1U);
  EXPECT_THAT(sink.diagnostics()[0].message, HasSubstr("/layout.xml: the file can't be read"));
}

}  // namespace
}  // namespace epitome::style
