#include <pugixml.hpp>
#include <set>

#include "../image/decode.hpp"
#include "../image/png_file.hpp"
#include "epub/accessibility.hpp"
#include "sample.hpp"

namespace epitome::epub {

using testing::AllOf;
using testing::ContainsRegex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr std::string_view parts =
    "<story><chapter id=\"ch\"><title>Night</title><p id=\"p\">He said <q>it is <q>so</q></q>.<note>Or so.</note></p>"
    "</chapter></story>"
    "<questions><qa id=\"q\"><question>Why?</question><answer><p>See <ref to=\"ch\"/>.</p></answer></qa></questions>"
    "<warnings><warning><term>Dark</term><places><ref to=\"story\"/></places></warning></warnings>";

std::vector<std::string> paths(const Container& container) {
  std::vector<std::string> out;
  for (const Container::File& r : container.files) out.push_back(r.path);
  return out;
}

// Every id of the package's files with the path of its file.
std::set<std::string> ids(const Container& container) {
  std::set<std::string> out;
  for (const Container::File& r : container.files) {
    if (!r.path.ends_with(".xhtml")) continue;
    pugi::xml_document xml;
    EXPECT_TRUE(xml.load_string(r.bytes.c_str()));
    for (const pugi::xpath_node& node : xml.select_nodes("//@id")) {
      EXPECT_TRUE(out.insert(r.path + "#" + node.attribute().value()).second) << node.attribute().value();
    }
  }
  return out;
}

}  // namespace

TEST(Package, HoldsOneFileASectionInTheOrderOfThePages) {
  Sample sample(parts);
  EXPECT_THAT(paths(sample.container()),
              ElementsAre("mimetype", "META-INF/container.xml", "EPUB/package.opf", "EPUB/cover.xhtml",
                          "EPUB/title-page.xhtml", "EPUB/imprint.xhtml", "EPUB/contents.xhtml", "EPUB/warnings.xhtml",
                          "EPUB/story.xhtml", "EPUB/questions.xhtml", "EPUB/nav.xhtml", "EPUB/toc.ncx",
                          "EPUB/css/first.css", "EPUB/css/second.css", "EPUB/images/cover.jpg"));
}

TEST(Package, SaysItsEncodingAndLanguageAndHoldsNoComment) {
  Sample sample(parts, "xml:lang=\"en-gb\"");
  const Container made = sample.container();
  for (const Container::File& r : made.files) {
    if (!r.path.ends_with(".xhtml")) continue;
    EXPECT_TRUE(r.bytes.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html ")) << r.path;
    EXPECT_THAT(r.bytes, AllOf(HasSubstr("lang=\"en-GB\" xml:lang=\"en-GB\""), Not(HasSubstr("<!--")))) << r.path;
  }
}

TEST(Package, QuotationMarksAlternateAndNamesAreLinks) {
  Sample sample(parts);
  EXPECT_THAT(sample.file("EPUB/story.xhtml"), HasSubstr("He said “it is ‘so’”."));
  EXPECT_THAT(sample.file("EPUB/questions.xhtml"), HasSubstr("See <a href=\"story.xhtml#ch--start\">“Night”</a>."));
  EXPECT_THAT(sample.file("EPUB/warnings.xhtml"), HasSubstr("<a href=\"story.xhtml\">“The story”</a>"));
}

TEST(Package, NotesStandAtTheFilesEndAndLeadBack) {
  Sample sample(parts);
  const std::string story = sample.file("EPUB/story.xhtml");
  // Readers show what a mark leads to if that is a footnote itself.
  EXPECT_THAT(story,
              ContainsRegex("<a class=\"noteref\" epub:type=\"noteref\" role=\"doc-noteref\" id=\"p--note-[0-9a-z]+"
                            "--mark\" href=\"#p--note-[0-9a-z]+\">1</a></p>"));
  EXPECT_THAT(
      story,
      ContainsRegex(
          "<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"p--note-[0-9a-z]+\"><p><a "
          "class=\"back\" role=\"doc-backlink\" href=\"#p--note-[0-9a-z]+--mark\" title=\"[^\"]+\">1</a> Or so.</p>"));
}

TEST(Package, IdsStayWhenAnotherPartChanges) {
  Sample before(parts);
  Sample after("<overview><p>New.</p><ul><li>More</li></ul></overview>" + std::string(parts));
  const std::set<std::string> old_ids = ids(before.container()), new_ids = ids(after.container());
  EXPECT_GT(old_ids.size(), 10U);
  EXPECT_TRUE(std::includes(new_ids.begin(), new_ids.end(), old_ids.begin(), old_ids.end()));
}

TEST(Package, EveryLinkInsideLeadsToAnId) {
  Sample sample(parts);
  sample.page_map.breaks = {{"1", "story", 0}, {"2", "p", 8}};
  const Container made = sample.container();
  const std::set<std::string> all = ids(made);
  const std::vector<std::string> files = paths(made);
  std::size_t links = 0;
  for (const Container::File& r : made.files) {
    if (!r.path.ends_with(".xhtml")) continue;
    pugi::xml_document xml;
    ASSERT_TRUE(xml.load_string(r.bytes.c_str()));
    for (const pugi::xpath_node& node : xml.select_nodes("//a/@href")) {
      std::string href = node.attribute().value();
      if (href.find(':') != std::string::npos) continue;
      href = href.starts_with('#') ? r.path + href : "EPUB/" + href;
      ++links;
      const bool found = href.find('#') != std::string::npos
                             ? all.contains(href)
                             : std::find(files.begin(), files.end(), href) != files.end();
      EXPECT_TRUE(found) << href << " in " << r.path;
    }
  }
  EXPECT_GT(links, 10U);
}

TEST(Package, HeadingsSkipNoLevel) {
  Sample sample("<takeaways><takeaway><headline>One</headline><p>Text.</p></takeaway></takeaways>");
  EXPECT_THAT(sample.file("EPUB/takeaways.xhtml"),
              AllOf(HasSubstr("<h1>Key takeaways</h1>"), HasSubstr("<h2 class=\"headline\">"), HasSubstr("One</h2>"),
                    Not(HasSubstr("<h3"))));
}

TEST(Package, DescribesItself) {
  Sample sample(parts);
  sample.page_map.breaks = {{"1", "story", 0}};
  EXPECT_THAT(
      sample.file("EPUB/package.opf"),
      AllOf(HasSubstr("<dc:title id=\"title\">The Lamp: a summary</dc:title>"),
            HasSubstr("property=\"file-as\">Lamp, The</meta>"),
            HasSubstr("<dc:creator id=\"antecedent-1\">Ann Writer</dc:creator>"),
            HasSubstr("<meta refines=\"#antecedent-1\" property=\"role\" scheme=\"marc:relators\">ant</meta>"),
            HasSubstr("<dc:subject>Lamps</dc:subject>"),
            HasSubstr("<meta property=\"dcterms:modified\">2026-11-22T00:00:00Z</meta>"),
            HasSubstr("<meta property=\"pageBreakSource\">urn:uuid:00000000-0000-5000-8000-000000000001</meta>"),
            HasSubstr("<meta name=\"cover\" content=\"images-cover-jpg\"/>"), HasSubstr("properties=\"cover-image\""),
            Not(HasSubstr("conformsTo"))));
}

TEST(Package, ClaimsNothingOfTheWorkForTheSummary) {
  Sample sample(parts);
  EXPECT_THAT(sample.file("EPUB/package.opf"),
              AllOf(Not(HasSubstr("Drawer")), Not(HasSubstr("Lights")), Not(HasSubstr("A tale"))));
}

TEST(Package, WhoWroteTheSummaryIsItsCreator) {
  Sample sample(parts, "xml:lang=\"en-GB\"", "<author>The editors</author>");
  EXPECT_THAT(
      sample.file("EPUB/package.opf"),
      AllOf(HasSubstr("<dc:creator id=\"author\">The editors</dc:creator>"),
            HasSubstr("<meta refines=\"#author\" property=\"role\" scheme=\"marc:relators\">aut</meta>"),
            HasSubstr("<dc:contributor id=\"antecedent-1\">Ann Writer</dc:contributor>"),
            HasSubstr("<meta refines=\"#antecedent-1\" property=\"role\" scheme=\"marc:relators\">ant</meta>")));
}

TEST(Package, StatesWhatItsPublisherStates) {
  Sample sample(parts, "xml:lang=\"en-GB\"",
                "<modified>2026-11-29</modified><rights>© 2026 Ann</rights>"
                "<conformance certifier=\"A &amp; B\" credential=\"Guild\" report=\"https://a.example/r\">"
                "EPUB Accessibility 1.1 - WCAG 2.2 Level AA</conformance>");
  EXPECT_THAT(
      sample.file("EPUB/package.opf"),
      AllOf(
          HasSubstr("<dc:date>2026-11-29</dc:date>"), HasSubstr("<dc:rights>© 2026 Ann</dc:rights>"),
          HasSubstr("<meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.2 Level "
                    "AA</meta>\n<meta refines=\"#conformance\" property=\"a11y:certifiedBy\" id=\"certifier\">A &amp; "
                    "B</meta>\n<meta refines=\"#certifier\" property=\"a11y:certifierCredential\">Guild</meta>\n"
                    "<link refines=\"#certifier\" rel=\"a11y:certifierReport\" href=\"https://a.example/r\"/>")));
  EXPECT_THAT(sample.file("EPUB/imprint.xhtml"), HasSubstr("<p>© 2026 Ann</p>"));
}

std::vector<std::string> onix_codes(Sample& sample) {
  const auto made = book::prepare(*sample.document, sample.language, sample.images, sample.sink);
  pugi::xml_document xml;
  EXPECT_TRUE(xml.load_string(
      onix_features({*made, sample.layout, sample.page_map, {}, image::Kind::png, "Epitome 1.2.3"}).c_str()));
  std::vector<std::string> out;
  for (const pugi::xml_node node : xml.child("DescriptiveDetail").children("ProductFormFeature"))
    out.push_back(std::string(node.child_value("ProductFormFeatureType")) + "/" +
                  node.child_value("ProductFormFeatureValue"));
  return out;
}

TEST(Onix, SaysWhatThePackageDocumentSays) {
  Sample sample(
      parts, "xml:lang=\"en-GB\"",
      "<conformance certifier=\"Guild\" report=\"https://a.example/r\">EPUB Accessibility 1.1 - WCAG 2.2 Level "
      "AA</conformance>");
  sample.page_map.breaks = {{"1", "story", 0}};
  EXPECT_THAT(onix_codes(sample), ElementsAre("09/00", "09/52", "09/11", "09/13", "09/29", "09/14", "09/36", "09/30",
                                              "09/19", "12/00", "09/04", "09/82", "09/85", "09/90", "09/94"));
  Sample table(
      "<comparison><with><title>B</title></with><table><tbody><tr><td>A</td></tr></tbody></table></comparison>");
  EXPECT_THAT(onix_codes(table), ElementsAre("09/00", "09/52", "09/13", "09/29", "09/14", "09/36", "09/30", "12/00"));
}

// A paragraph has a line before it; all else says itself that it gives something away.
TEST(Package, SpoilersAreCalledSo) {
  Sample sample(
      "<takeaways><takeaway id=\"end\"><headline>How <spoiler>it</spoiler> ends</headline><p>So <spoiler>it "
      "<em>ends</em></spoiler>.<note>In <spoiler>fire</spoiler>.</note></p></takeaway></takeaways>"
      "<cues><cue><prompt>Why?</prompt><answer><ref to=\"end\"/> <spoiler>Oil <spoiler>ran</spoiler> "
      "out</spoiler></answer></cue></cues>"
      "<comparison><with><title>B</title></with><table><tbody><tr><td><spoiler>No one</spoiler></td></tr></tbody>"
      "</table></comparison>");
  const std::string word = "<span class=\"spoiler-word\">Spoiler: </span><span class=\"spoiler\">";
  EXPECT_THAT(sample.file("EPUB/takeaways.xhtml"),
              AllOf(HasSubstr("How " + word + "it</span> ends</h2>"),
                    HasSubstr("<p class=\"label\">Spoiler</p>\n<p class=\"first\""),
                    HasSubstr("So <span class=\"spoiler\">it <em>"), HasSubstr("In " + word + "fire")));
  EXPECT_THAT(sample.file("EPUB/cues.xhtml"),
              HasSubstr("><span class=\"spoiler-word\">Spoiler: </span>“How it ends”</a> " + word +
                        "Oil <span class=\"spoiler\">ran</span> out"));
  EXPECT_THAT(sample.file("EPUB/comparison.xhtml"),
              ContainsRegex("<td id=\"comparison--td-[0-9a-z]+\"><span class=\"spoiler-word\">Spoiler: </span>"));
  EXPECT_THAT(sample.file("EPUB/nav.xhtml"), HasSubstr(">Spoiler: How it ends</a>"));
}

// No reader opens a fold for a link: what a page's number, a note or a reference leads into stays open.
TEST(Package, AParagraphIsFoldedUnlessSomethingLeadsIntoIt) {
  Sample sample(
      "<overview><p id=\"a\">So <spoiler>it ends</spoiler>.</p><p id=\"b\">So <spoiler>it "
      "ends</spoiler>.<note>N</note></p>"
      "<p id=\"c\">So <spoiler id=\"end\">it ends</spoiler>.</p><p id=\"d\">So <spoiler>it ends</spoiler>.</p>"
      "<p id=\"e\">So <spoiler>it ends</spoiler>, says <ref to=\"a\">one</ref>.</p></overview>");
  sample.page_map.breaks = {{"1", "d", 5}, {"2", "e", 0}};
  const std::string overview = sample.file("EPUB/overview.xhtml");
  const std::string said = "So <span class=\"spoiler\">it ends</span>";
  EXPECT_THAT(
      overview,
      HasSubstr("<details id=\"a\">\n<summary><span id=\"a--start\"></span>Spoiler</summary>\n<p class=\"first\">" +
                said + ".</p></details>"));
  for (const char* const open : {"b", "c", "d"})
    EXPECT_THAT(overview,
                HasSubstr("<p class=\"label\">Spoiler</p>\n<p class=\"first\" id=\"" + std::string(open) + "\">So "));
  EXPECT_THAT(overview, HasSubstr("<details id=\"e\">\n<summary><span epub:type=\"pagebreak\""));
}

TEST(Package, TransparentPicturesStandOnWhite) {
  Sample sample("<overview><figure src=\"a.png\" alt=\"A\"/><figure src=\"b.png\" alt=\"B\"/></overview>");
  const auto png = [&](int type, std::string row) {
    return image::check_image(test::PngFile{.width = 2, .height = 1, .colour = type, .rows = std::move(row)}.file(),
                              "a.png", {}, sample.sink)
        .value();
  };
  // Black on nothing: a pixel that is there, one that is half there.
  sample.images.emplace("a.png", png(4, std::string("\0\0\xFF\0\x80", 5)));
  sample.images.emplace("b.png", png(0, std::string("\0\0\xFF", 3)));
  const image::Image as_it_was = sample.images.at("b.png");
  const image::Image flat = image::check_image(sample.file("EPUB/images/a.png"), "a.png", {}, sample.sink).value();
  EXPECT_FALSE(flat.has_alpha);
  EXPECT_EQ(test::decode(flat).value().colour, std::string("\0\x7F", 2));
  EXPECT_EQ(sample.file("EPUB/images/b.png"), as_it_was.bytes);
}

TEST(Package, TheOldContentsHaveTheShelfsTitle) {
  Sample sample(parts);
  EXPECT_THAT(sample.file("EPUB/toc.ncx"), HasSubstr("<text>The Lamp: a summary</text></docTitle>"));
}

TEST(Package, WithoutPagesClaimsNone) {
  Sample sample(parts);
  EXPECT_THAT(sample.file("EPUB/package.opf"), Not(HasSubstr("pageBreak")));
  EXPECT_THAT(sample.file("EPUB/nav.xhtml"), Not(HasSubstr("page-list")));
}

TEST(Package, FillsItsSheetsForRightToLeft) {
  Sample sample("<overview><p>Text.</p></overview>", "xml:lang=\"en\" dir=\"rtl\"");
  sample.layout.epub_first_sheet.pieces = {{"p { margin-", style::SheetValue::start, {}, {}}, {": 1em; }", {}, {}, {}}};
  sample.layout.epub_second_sheet.pieces = {{"float: ", style::SheetValue::end, {}, {}}};
  EXPECT_EQ(sample.file("EPUB/css/first.css"), "p { margin-right: 1em; }");
  EXPECT_EQ(sample.file("EPUB/css/second.css"), "float: left");
  EXPECT_THAT(sample.file("EPUB/package.opf"), HasSubstr("page-progression-direction=\"rtl\""));
  EXPECT_THAT(sample.file("EPUB/overview.xhtml"), HasSubstr("dir=\"rtl\">"));
}

TEST(Package, ImagesThatShareANameAreKeptApart) {
  Sample sample(
      "<overview><figure src=\"a/Map 1.png\" alt=\"A map\"/><figure src=\"a-map-1.png\" decorative=\"true\"/>"
      "</overview>");
  image::Image picture;
  picture.bytes = "PNG";
  sample.images.emplace("a/Map 1.png", picture);
  sample.images.emplace("a-map-1.png", picture);
  EXPECT_THAT(sample.file("EPUB/overview.xhtml"),
              AllOf(HasSubstr("<img src=\"images/a-map-1.png\" alt=\"A map\"/>"),
                    HasSubstr("<img src=\"images/a-map-1-2.png\" alt=\"\" role=\"presentation\"/>")));
}

// Every ZIP, system and reader can hold the name: other scripts, punctuation alone, names that Windows reserves, long
// ones, ones that differ by case only, hidden ones.
TEST(Package, EveryImageHasAName) {
  const std::string lengthy(200, 'x');
  const std::pair<std::string, std::string> names[] = {{"日本.png", "image-1.png"},
                                                       {"图/灯.png", "image-2.png"},
                                                       {"—.png", "image-3.png"},
                                                       {"Lamp.png", "lamp.png"},
                                                       {"lamp.png", "lamp-2.png"},
                                                       {"con.png", "image-con.png"},
                                                       {"COM1.tar.png", "com1-tar.png"},
                                                       {"console.png", "console.png"},
                                                       {".lamp.png", "lamp-3.png"},
                                                       {"..lit-.png", "lit.png"},
                                                       {"été.png", "t.png"},
                                                       {lengthy + ".png", std::string(100, 'x') + ".png"},
                                                       {lengthy + "y.png", std::string(100, 'x') + "-2.png"},
                                                       {"cover.png", "cover.png"}};
  std::string figures;
  for (const auto& [path, name] : names) figures += "<figure src=\"" + path + "\" alt=\"A lamp\"/>";
  Sample sample("<overview>" + figures + "</overview>");
  for (const auto& [path, name] : names) sample.images.emplace(path, image::Image{.bytes = "PNG"});
  const std::string content = sample.file("EPUB/overview.xhtml"), manifest = sample.file("EPUB/package.opf");
  std::size_t at = 0;
  for (const auto& [path, name] : names) {
    at = content.find("<img ", at + 1);
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(content.substr(at, content.find(" alt", at) - at), "<img src=\"images/" + name + "\"") << path;
    std::string id = "images-" + name;
    id[id.rfind('.')] = '-';
    EXPECT_THAT(manifest, HasSubstr("<item id=\"" + id + "\" href=\"images/" + name + "\""));
  }
}

TEST(Package, AMissingImageIsAFault) {
  Sample sample("<overview><figure src=\"a.png\" alt=\"A map\"/></overview>");
  EXPECT_FALSE(sample.make());
  ASSERT_EQ(sample.sink.diagnostics().size(), 1U);
  EXPECT_EQ(sample.sink.diagnostics()[0].code, diag::Code::E0901);
}

TEST(Package, HoldsTreesUntilItIsSerialised) {
  Sample sample(parts);
  const Package made = sample.make().value();
  for (const Resource& r : made.resources) {
    const bool tree = r.path.ends_with(".xhtml") || r.path.ends_with(".ncx") || r.path.ends_with(".opf");
    EXPECT_EQ(std::holds_alternative<pugi::xml_document>(r.content), tree) << r.path;
  }
}

// As a flavour of EPUB does: content documents are found by their media type, sheets by theirs; the package document
// is a tree too.
TEST(Package, CanBeChangedBeforeItIsSerialised) {
  Sample sample(parts);
  Package made = sample.make().value();
  std::size_t paragraphs = 0;
  for (Resource& resource : made.resources) {
    auto* const tree = std::get_if<pugi::xml_document>(&resource.content);
    if (resource.media_type == "text/css") std::get<std::string>(resource.content) += "b { color: red }";
    if (resource.path == "EPUB/package.opf") tree->document_element().set_name("parcel");
    if (resource.media_type != content_document_type) continue;
    for (const pugi::xpath_node& found : tree->select_nodes("//body//p")) {
      pugi::xml_node span = found.node().prepend_child("span");
      span.append_attribute("id").set_value(++paragraphs);
      while (span.next_sibling()) span.append_move(span.next_sibling());
    }
  }
  EXPECT_GT(paragraphs, 3U);
  EXPECT_THAT(dump_container(serialise(std::move(made))),
              AllOf(HasSubstr("<span id=\"1\">Ann Writer</span></p>"),
                    HasSubstr("b { color: red }\n=== EPUB/css/second"), HasSubstr("</parcel>")));
}

TEST(Package, DumpShowsTextAndNamesPictures) {
  Sample sample(parts);
  const std::string dump = dump_container(sample.container());
  EXPECT_THAT(dump,
              AllOf(HasSubstr("=== EPUB/story.xhtml\n<?xml "), HasSubstr("=== EPUB/images/cover.jpg\n4 bytes, ")));
}

}  // namespace epitome::epub
