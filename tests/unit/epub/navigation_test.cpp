// Contents, page list and landmarks say the same in the navigation document, the NCX and the package document.
#include <pugixml.hpp>

#include "sample.hpp"

namespace epitome::epub {

using testing::ElementsAre;
using testing::HasSubstr;

namespace {

constexpr std::string_view parts =
    "<hook><p>Lit.</p></hook>"
    "<takeaways><takeaway id=\"t\"><headline>Trim it</headline><p>Daily.</p></takeaway></takeaways>"
    "<story><chapter id=\"one\"><title>Night</title><p id=\"a\">Dark.</p></chapter>"
    "<chapter id=\"two\"><title>Day &amp; <em>light</em></title><p id=\"b\">Bright.</p></chapter></story>";

// The attribute or, without one, the text of all that `path` finds.
std::vector<std::string> found(const std::string& xml, const char* path, const char* attribute = nullptr) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(xml.c_str()));
  std::vector<std::string> out;
  for (const pugi::xpath_node& hit : document.select_nodes(path)) {
    out.emplace_back(attribute ? hit.node().attribute(attribute).value() : hit.node().text().get());
  }
  return out;
}

}  // namespace

TEST(Navigation, PartsAndTheirItemsAreTwoLevels) {
  Sample sample(parts);
  const std::string nav = sample.file("EPUB/nav.xhtml"), ncx = sample.file("EPUB/toc.ncx");
  EXPECT_THAT(found(nav, "//nav[1]/ol/li/a"), ElementsAre("Key takeaways", "The story"));
  EXPECT_THAT(found(nav, "//nav[1]/ol/li/ol/li/a"), ElementsAre("Trim it", "Night", "Day & light"));
  EXPECT_THAT(found(ncx, "//navPoint/navLabel/text"),
              ElementsAre("Key takeaways", "Trim it", "The story", "Night", "Day & light"));
  EXPECT_THAT(found(ncx, "//navPoint/content", "src"),
              ElementsAre("takeaways.xhtml", "takeaways.xhtml#t--start", "story.xhtml", "story.xhtml#one--start",
                          "story.xhtml#two--start"));
  EXPECT_THAT(found(ncx, "//meta[@name='dtb:depth']", "content"), ElementsAre("2"));
}

TEST(Navigation, ItemsWithoutAPageOfTheirOwnAreOnlyInTheReadersList) {
  Sample sample(parts);
  EXPECT_THAT(found(sample.file("EPUB/contents.xhtml"), "//section/ol//a"),
              ElementsAre("Key takeaways", "The story", "Night", "Day & light"));
}

TEST(Navigation, ThePlayOrderCountsPlacesInReadingOrder) {
  Sample sample(parts);
  sample.page_map.breaks = {{"i", "title-page", 0}, {"1", "takeaways", 0}, {"2", "a", 0}, {"3", "b", 3}};
  const std::string ncx = sample.file("EPUB/toc.ncx");
  const auto number = [&](const std::string& src) {
    const std::vector<std::string> all = found(ncx, ("//*[content/@src='" + src + "']").c_str(), "playOrder");
    return all.size() == 1 ? std::stoi(all[0]) : -1;
  };
  const std::vector<std::string> in_order = {"title-page.xhtml#page--i",
                                             "takeaways.xhtml",
                                             "takeaways.xhtml#page--1",
                                             "takeaways.xhtml#t--start",
                                             "story.xhtml",
                                             "story.xhtml#one--start",
                                             "story.xhtml#page--2",
                                             "story.xhtml#two--start",
                                             "story.xhtml#page--3"};
  for (std::size_t i = 0; i < in_order.size(); ++i)
    EXPECT_EQ(number(in_order[i]), static_cast<int>(i) + 1) << in_order[i];
}

TEST(Navigation, PageTargetsHaveATypeAndArabicOnesAValue) {
  Sample sample(parts);
  sample.page_map.breaks = {{"i", "title-page", 0}, {"1", "takeaways", 0}, {"٢", "a", 0}};
  const std::string ncx = sample.file("EPUB/toc.ncx");
  EXPECT_THAT(found(ncx, "//pageTarget", "type"), ElementsAre("front", "normal", "normal"));
  EXPECT_THAT(found(ncx, "//pageTarget", "value"), ElementsAre("", "1", ""));
  EXPECT_THAT(found(ncx, "//pageTarget", "id"), ElementsAre("target-1", "target-2", "target-3"));
  EXPECT_THAT(found(ncx, "//meta[@name='dtb:totalPageCount']", "content"), ElementsAre("3"));
}

// A reader that opens a book where it begins meets the warnings.
TEST(Navigation, ReadingBeginsWithTheWarnings) {
  Sample sample("<warnings><warning><term>Dark</term></warning></warnings><hook><p>Lit.</p></hook>");
  EXPECT_THAT(found(sample.file("EPUB/package.opf"), "//guide/reference[@type='text']", "href"),
              ElementsAre("warnings.xhtml"));
  EXPECT_THAT(found(sample.file("EPUB/nav.xhtml"), "//a[@epub:type='bodymatter']", "href"),
              ElementsAre("warnings.xhtml"));
}

TEST(Navigation, LandmarksAndGuideNameTheSamePlaces) {
  Sample sample(parts);
  const std::string nav = sample.file("EPUB/nav.xhtml"), opf = sample.file("EPUB/package.opf");
  const std::vector<std::string> places = found(opf, "//guide/reference", "href");
  EXPECT_THAT(places, ElementsAre("cover.xhtml", "title-page.xhtml", "contents.xhtml", "hook.xhtml"));
  EXPECT_EQ(found(nav, "//nav[last()]/ol/li/a", "href"), places);
  EXPECT_EQ(found(nav, "//nav[last()]/ol/li/a"), found(opf, "//guide/reference", "title"));
  EXPECT_THAT(found(nav, "//nav[last()]/ol/li/a", "epub:type"), ElementsAre("cover", "titlepage", "toc", "bodymatter"));
}

}  // namespace epitome::epub
