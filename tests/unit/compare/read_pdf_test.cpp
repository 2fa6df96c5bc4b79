// The text of small tagged PDFs: structure, marked content, what stands beside the page.
#include "compare/read_pdf.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>

namespace epitome::compare {
namespace {

using testing::HasSubstr;

// Codes 0001-001A are a-z, 0020 is a space; each glyph is half as wide as its font's size.
struct Pdf {
  std::string content;
  std::vector<std::string> elements;  // bodies of the structure elements under Document
  std::string tree = "/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>";
  std::string page = {};     // more of the page
  std::string catalog = {};  // more of the catalog
  std::string to_unicode = "/ToUnicode 8 0 R";
  std::vector<std::string> more = {};  // objects from 20 on
};

std::string stream(const std::string& text) {
  return fmt::format("<</Length {}>>\nstream\n{}\nendstream", text.size(), text);
}

std::string bytes_of(const Pdf& pdf) {
  std::string kids;
  for (std::size_t i = 0; i < pdf.elements.size(); ++i) kids += fmt::format("{} 0 R ", 9 + i);
  std::map<std::size_t, std::string> objects = {
      {1, "<</Type/Catalog/Pages 2 0 R" + pdf.tree + pdf.catalog + ">>"},
      {2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"},
      {3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]" + pdf.page +
              "/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"},
      {4, stream(pdf.content)},
      {5, "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</DW 500>>]" + pdf.to_unicode +
              ">>"},
      {6, "<</Type/StructTreeRoot/K 7 0 R/RoleMap<</Own/P>>>>"},
      {7, "<</Type/StructElem/S/Document/P 6 0 R/K[" + kids + "]>>"},
      {8, stream("1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n2 beginbfrange\n<0001><001A><0061>\n"
                 "<0020><0020><0020>\nendbfrange")}};
  for (std::size_t i = 0; i < pdf.elements.size(); ++i)
    objects[9 + i] = "<</Type/StructElem/P 7 0 R/Pg 3 0 R" + pdf.elements[i] + ">>";
  for (std::size_t i = 0; i < pdf.more.size(); ++i) objects[20 + i] = pdf.more[i];
  std::string out = "%PDF-1.7\n", table;
  for (std::size_t number = 1; number <= objects.rbegin()->first; ++number) {
    const auto found = objects.find(number);
    table += found == objects.end() ? "0000000000 65535 f \n" : fmt::format("{:010} 00000 n \n", out.size());
    if (found != objects.end()) out += fmt::format("{} 0 obj\n{}\nendobj\n", number, found->second);
  }
  const std::size_t size = objects.rbegin()->first + 1, start = out.size();
  return out + fmt::format("xref\n0 {}\n0000000000 65535 f \n{}trailer<</Root 1 0 R/Size {}>>\nstartxref\n{}\n%%EOF\n",
                           size, table, size, start);
}

// Marked text at a place on the page.
std::string shown(int mcid, const std::string& text, const std::string& place = "9 9 Td") {
  std::string codes;
  for (const char c : text) codes += fmt::format("{:04X}", c == ' ' ? 0x20 : c - 'a' + 1);
  return fmt::format("/P<</MCID {}>>BDC BT /F 10 Tf {} <{}>Tj ET EMC\n", mcid, place, codes);
}

std::optional<Said> read(const Pdf& pdf) {
  diag::Sink sink;
  std::optional<Said> said = read_pdf(bytes_of(pdf), sink);
  for (const diag::Diagnostic& d : sink.diagnostics()) ADD_FAILURE() << d.message;
  return said;
}

std::string text_of(const Pdf& pdf) {
  const std::optional<Said> said = read(pdf);
  EXPECT_TRUE(said);
  std::string out;
  for (std::size_t i = 0; said && i < said->parts.size(); ++i)
    out += (i > 0 ? "|" : "") + to_utf8(said->parts[i].text.characters);
  return out;
}

// The code and the message of the one fault of a file.
std::string fault_of(const std::string& bytes) {
  diag::Sink sink;
  EXPECT_FALSE(read_pdf(bytes, sink));
  EXPECT_EQ(sink.diagnostics().size(), 1u);
  if (sink.diagnostics().empty()) return {};
  return std::string(diag::code_name(sink.diagnostics()[0].code)) + " " + sink.diagnostics()[0].message;
}
std::string fault_of(const Pdf& pdf) { return fault_of(bytes_of(pdf)); }

TEST(ReadPdf, TheStructureGivesTheOrder) {
  const std::string content = shown(0, "first") + shown(1, "second");
  EXPECT_EQ(text_of({content, {"/S/P/K 1", "/S/P/K 0"}}), "second|first");
  EXPECT_EQ(text_of({content, {"/S/P/K[1 0]"}}), "secondfirst");
  EXPECT_EQ(text_of({content, {"/S/Sect/K[<</S/P/Pg 3 0 R/K 0>> <</S/Own/Pg 3 0 R/K 1>>]"}}), "first second");
  EXPECT_EQ(text_of({content, {"/S/P/K[<</S/Span/Pg 3 0 R/K 0>> <</Type/MCR/Pg 3 0 R/MCID 1>>]"}}), "firstsecond");
}

TEST(ReadPdf, ActualTextStandsForWhatItCovers) {
  EXPECT_EQ(text_of({shown(0, "shown"), {"/S/P/ActualText(said)/K 0"}}), "said");
  const std::string inside =
      "/P<</MCID 0>>BDC /Span<</ActualText<FEFF00660069>>>BDC BT /F 10 Tf 9 9 Td <0001>Tj ET EMC EMC";
  EXPECT_EQ(text_of({inside, {"/S/P/K 0"}}), "fi");
}

TEST(ReadPdf, ArtifactsFiguresAndContentsAreNotSaid) {
  const std::string artifact = "/Artifact BMC BT /F 10 Tf 9 9 Td <0001>Tj ET EMC\n";
  EXPECT_EQ(text_of({artifact + shown(0, "text"), {"/S/P/K 0"}}), "text");
  EXPECT_EQ(text_of({shown(0, "drawn") + shown(1, "under"), {"/S/Figure/K[0 <</S/Caption/Pg 3 0 R/K 1>>]"}}), "under");
  const auto contents = read({shown(0, "story"), {"/S/TOC/K 0"}});
  ASSERT_TRUE(contents);
  EXPECT_EQ(contents->parts[0].kind, PartKind::contents);
}

TEST(ReadPdf, MarksOfNotesAndOfNumberedItemsAreNotSaid) {
  const std::string content = shown(0, "text") + shown(1, "a") + shown(2, "note");
  const auto said = read({content, {"/S/P/K[0 <</S/Reference/Pg 3 0 R/K 1>> <</S/Note/Pg 3 0 R/K 2>>]"}});
  ASSERT_TRUE(said);
  EXPECT_EQ(to_utf8(said->parts[0].text.characters), "text");
  EXPECT_EQ(to_utf8(said->notes.characters), "note");
  const std::string item = "/K[<</S/LI/K[<</S/Lbl/Pg 3 0 R/K 1>> <</S/LBody/Pg 3 0 R/K[0 2]>>]>>]";
  EXPECT_EQ(text_of({content, {"/S/L/A<</O/List/ListNumbering/Decimal>>" + item}}), "textnote");
  EXPECT_EQ(text_of({content, {"/S/L/A<</O/List/ListNumbering/None>>" + item}}), "a textnote");
}

TEST(ReadPdf, APartIsNamedByItsFirstHeading) {
  const auto said =
      read({shown(0, "lamp") + shown(1, "text"), {"/S/Sect/K[<</S/H1/Pg 3 0 R/K 0>> <</S/P/Pg 3 0 R/K 1>>]"}});
  ASSERT_TRUE(said);
  EXPECT_EQ(said->parts[0].name, "lamp");
  const auto spaced = read({shown(0, "lamp ") + shown(1, "text"), {"/S/Sect/K[<</S/H1/Pg 3 0 R/K 0>> 1]"}});
  ASSERT_TRUE(spaced);
  EXPECT_EQ(spaced->parts[0].name, "lamp");
  EXPECT_TRUE(said->parts[0].has_heading);
  EXPECT_EQ(said->parts[0].text.place(5)->element, "P");
}

TEST(ReadPdf, PlacesHaveThePagesLabel) {
  const auto page = [](const std::string& label) {
    const auto said = read({shown(0, "a"), {"/S/P/K 0"}, Pdf{}.tree, {}, "/PageLabels<</Nums[0 <<" + label + ">>]>>"});
    return said ? said->parts[0].text.place(0)->page : std::string();
  };
  EXPECT_EQ(page("/S/D"), "1");
  EXPECT_EQ(page("/S/r/St 14"), "xiv");
  EXPECT_EQ(page("/S/R/St 1949"), "MCMXLIX");
  EXPECT_EQ(page("/P(A-)/S/D/St 7"), "A-7");
  EXPECT_EQ(page("/P(Cover)"), "Cover");
}

TEST(ReadPdf, LinksLeadToAPageOrAnAddress) {
  Pdf pdf{shown(0, "see") + shown(1, "that"), {"/S/P/K[0 <</S/Link/Pg 3 0 R/K[1 <</Type/OBJR/Obj 20 0 R>>]>>]"}};
  const auto link = [&](const std::string& annotation) {
    pdf.more = {"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]" + annotation + ">>"};
    const auto said = read(pdf);
    EXPECT_TRUE(said && said->parts[0].text.links.size() == 1);
    return said ? said->parts[0].text.links[0] : Link();
  };
  const Link outside = link("/A<</S/URI/URI(https://lamp.example/)>>");
  EXPECT_FALSE(outside.internal);
  EXPECT_EQ(outside.target, U"https://lamp.example/");
  EXPECT_EQ(outside.begin, 3u);
  EXPECT_EQ(outside.end, 7u);
  EXPECT_EQ(link("/Dest[3 0 R/Fit]").target, U"1");
  pdf.catalog = "/Names<</Dests<</Names[(end)[3 0 R/Fit]]>>>>";
  EXPECT_EQ(link("/A<</S/GoTo/D(end)>>").target, U"1");
}

TEST(ReadPdf, WhatStandsBesideThePageIsReported) {
  const auto one = [](const std::string& place) { return Pdf{shown(0, "ab", place), {"/S/P/K 0"}}; };
  EXPECT_EQ(text_of(one("190 9 Td")), "ab");  // each glyph's middle counts
  EXPECT_EQ(text_of(one("1 0 0 1 9 199 Tm")), "ab");
  EXPECT_THAT(fault_of(one("194 9 Td")), HasSubstr("E0803 page 1: “b” stands beside the page"));
  EXPECT_THAT(fault_of(one("9 -1 Td")), HasSubstr("“ab” stands beside"));
  EXPECT_THAT(fault_of(one("9 9 Td 192 Ts")), HasSubstr("“ab” stands beside"));
  Pdf trimmed = one("9 150 Td");
  trimmed.page = "/TrimBox[0 0 200 100]";
  EXPECT_THAT(fault_of(trimmed), HasSubstr("“ab” stands beside"));
  const Pdf moved{"q 1 0 0 1 300 0 cm Q " + shown(0, "ab"), {"/S/P/K 0"}};
  EXPECT_EQ(text_of(moved), "ab");
}

TEST(ReadPdf, SpacesMoveThePen) {
  const auto line = [](const std::string& more) {
    return Pdf{"/P<</MCID 0>>BDC BT /F 10 Tf 180 9 Td " + more + " ET EMC", {"/S/P/K 0"}};
  };
  EXPECT_EQ(text_of(line("[<0001>-1000<0001>]TJ")), "aa");
  EXPECT_THAT(fault_of(line("[<0001>-2000<0001>]TJ")), HasSubstr("“a” stands beside"));
  EXPECT_THAT(fault_of(line("20 Tc <00010001>Tj")), HasSubstr("“a” stands beside"));
  EXPECT_THAT(fault_of(line("400 Tz <00010001>Tj")), HasSubstr("“a” stands beside"));
}

TEST(ReadPdf, AStateThatIsTakenBackHasItsFont) {
  EXPECT_EQ(text_of({"BT /F 10 Tf q /None 10 Tf Q /P<</MCID 0>>BDC 9 9 Td <0001>Tj EMC ET", {"/S/P/K 0"}}), "a");
}

TEST(ReadPdf, TextThatNothingReachesIsReported) {
  const std::string content = shown(0, "text");
  Pdf pdf{content, {"/S/P/K 0"}};
  pdf.tree.clear();
  EXPECT_THAT(fault_of(pdf), HasSubstr("E0803 the PDF has no structure tree"));
  EXPECT_THAT(fault_of(Pdf{content + shown(1, "lost"), {"/S/P/K 0"}}),
              HasSubstr("E0803 page 1: marked content 1 stands nowhere"));
  EXPECT_THAT(fault_of(Pdf{content + "BT 9 9 Td <0001>Tj ET", {"/S/P/K 0"}}),
              HasSubstr("neither marked nor an artifact"));
  pdf = {content, {"/S/P/K 0"}};
  pdf.to_unicode.clear();
  EXPECT_THAT(fault_of(pdf), HasSubstr("the font /F has no ToUnicode map"));
}

TEST(ReadPdf, ADamagedFileIsTold) {
  const std::string content = shown(0, "text");
  EXPECT_THAT(fault_of(Pdf{content, {"/S/P/K[0 0]"}}), HasSubstr("E0801 a marked content stands twice"));
  EXPECT_THAT(fault_of(Pdf{content, {"/S/P/K[0 9 0 R]"}}), HasSubstr("E0801 an element stands twice"));
  std::string deep = "0";
  for (int i = 0; i < 250; ++i) deep = "<</S/Span/Pg 3 0 R/K " + deep + ">>";
  EXPECT_THAT(fault_of(Pdf{content, {"/S/P/K " + deep}}), HasSubstr("E0801 its structure tree is nested too deeply"));
  EXPECT_THAT(fault_of("PK\3\4"), HasSubstr("E0801"));
  const std::string bytes = bytes_of(Pdf{content, {"/S/P/K 0"}});
  EXPECT_THAT(fault_of(bytes.substr(0, bytes.size() / 2)), HasSubstr("E0801"));
}

}  // namespace
}  // namespace epitome::compare
