// What readers' engines ask of the markup: ids, page breaks, end tags, scripts without an italic.
#include <functional>
#include <pugixml.hpp>
#include <regex>
#include <set>

#include "sample.hpp"

namespace epitome::epub {

using testing::HasSubstr;
using testing::Not;

namespace {

// Every block, item and inline that can stand in a document.
constexpr std::string_view everything =
    "<hook><p>Lit.</p><source>Ann</source></hook>"
    "<takeaways id=\"t\"><takeaway><headline>Trim it</headline><p>Daily.</p></takeaway></takeaways>"
    "<cues><cue><prompt>Who?</prompt><answer>He.</answer></cue></cues>"
    "<story><chapter><title>Night</title><p id=\"first\">Dark.<note>So.</note></p><separator id=\"s\"/><p "
    "id=\"next\">Late.</p>"
    "<ul><li>One</li></ul><ol><li><p>Two</p></li></ol><dl><dt>Wick</dt><dd>A thread.</dd></dl>"
    "<table "
    "id=\"tab\"><caption>Oil</caption><thead><tr><th>Year</th><td></td></tr></thead><tbody><tr><th>1801</th><td>yes</"
    "td>"
    "</tr><tr><td></td><td>no</td></tr></tbody></table><blockquote><p>Light.</p><attribution><speaker>Ann</speaker></"
    "attribution>"
    "</blockquote><verse><stanza><line>O "
    "lamp</line></stanza></verse><letter><p>Dear.</p><signature>Ben</signature></letter>"
    "<aside><title>Aside</title><p>Oil is dear.</p></aside></chapter></story>"
    "<questions><qa><question>Why?</question><answer><p>Rocks.</p></answer></qa></questions>"
    "<people><person><name>Ben</name><description>A keeper.</description></person></people>"
    "<discussion><question>Would you?</question></discussion>"
    "<warnings><warning><term>Dark</term></warning></warnings>"
    "<notes><p>Text.</p><source>One.</source></notes>";

void each_element(pugi::xml_node node, const std::function<void(pugi::xml_node)>& visit) {
  if (node.type() == pugi::node_element) visit(node);
  for (const pugi::xml_node child : node.children()) each_element(child, visit);
}

bool is_inline(std::string_view name) {
  static const std::set<std::string_view> names = {"a",  "cite", "em",     "i",   "img", "ruby",
                                                   "rt", "span", "strong", "sub", "sup"};
  return names.contains(name);
}

// The ids of a document, block by block, in its order.
std::vector<std::string> ids_in_order(Sample& sample) {
  std::vector<std::string> out;
  for (const Container::File& file : sample.container().files) {
    pugi::xml_document xml;
    if (!file.path.ends_with(".xhtml") || !xml.load_string(file.bytes.c_str())) continue;
    each_element(xml, [&](pugi::xml_node node) {
      const std::string id = node.attribute("id").value();
      if (!id.empty() && !is_inline(node.name()) && id.find("note-") == id.npos) out.push_back(id);
    });
  }
  return out;
}

}  // namespace

TEST(Markup, EveryIdIsASelectorByItself) {
  Sample sample(everything);
  sample.page_map.breaks = {{"i", "title-page", 0}, {"1", "first", 2}};
  std::size_t count = 0;
  const std::regex form("[A-Za-z][A-Za-z0-9_-]*");
  for (const Container::File& file : sample.container().files) {
    pugi::xml_document xml;
    if (!xml.load_string(file.bytes.c_str())) continue;
    each_element(xml, [&](pugi::xml_node node) {
      for (const char* name : {"id", "idref", "toc"}) {
        if (!node.attribute(name)) continue;
        ++count;
        EXPECT_TRUE(std::regex_match(node.attribute(name).value(), form))
            << file.path << ": " << node.attribute(name).value();
      }
    });
  }
  EXPECT_GT(count, 60U);
}

// A marker beside a block would be a line of its own, behind which readers may turn the page: each in turn at every
// place.
TEST(Markup, PageBreaksStandInsideText) {
  Sample plain(everything);
  std::size_t count = 0;
  for (const std::string& id : ids_in_order(plain)) {
    Sample sample(everything);
    sample.page_map.breaks = {{"7", id, 0}};
    const std::optional<Package> made = sample.make();
    if (!made) continue;  // no place of a page map's: a notes list, say
    for (const Resource& resource : made->resources) {
      const auto* const xml = std::get_if<pugi::xml_document>(&resource.content);
      if (xml == nullptr || resource.media_type != content_document_type) continue;
      each_element(*xml, [&](pugi::xml_node node) {
        if (std::string_view(node.attribute("role").value()) != "doc-pagebreak") return;
        ++count;
        bool block_beside = std::string_view(node.parent().name()) == "body";
        for (const pugi::xml_node beside : node.parent().children()) {
          const std::string_view name = beside.name();
          block_beside =
              block_beside || (beside.type() == pugi::node_element && !is_inline(name) && name != "figcaption");
        }
        EXPECT_FALSE(block_beside) << id << " in " << node.parent().name();
      });
    }
  }
  EXPECT_GT(count, 30U);
}

TEST(Markup, NoElementIsLeftOpenByAnHtmlParser) {
  Sample sample(everything);
  sample.page_map.breaks = {{"7", "first", 2}};
  for (const Container::File& file : sample.container().files) {
    if (!file.path.ends_with(".xhtml")) continue;
    const std::regex closed("<([a-z0-9]+)[^<>]*/>");
    for (std::sregex_iterator at(file.bytes.begin(), file.bytes.end(), closed), end; at != end; ++at) {
      const std::set<std::string> allowed = {"br", "hr", "img", "link"};
      EXPECT_TRUE(allowed.contains((*at)[1])) << file.path << ": " << (*at)[0];
    }
  }
  EXPECT_THAT(sample.file("EPUB/story.xhtml"), HasSubstr("\"></td>"));
}

TEST(Markup, LettersWithoutAnItalicAreNamed) {
  Sample sample(
      "<overview><p>So <foreign xml:lang=\"ar\">السلام</foreign>, <em xml:lang=\"ja\">灯台</em>, <foreign "
      "xml:lang=\"fr\">nuit"
      "</foreign>, <foreign xml:lang=\"ru\">ночь</foreign>.</p><p xml:lang=\"he\">ערב</p></overview>");
  const std::string overview = sample.file("EPUB/overview.xhtml");
  EXPECT_THAT(overview, HasSubstr("<i lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\" class=\"upright\">"));
  EXPECT_THAT(overview, HasSubstr("<em lang=\"ja\" xml:lang=\"ja\" class=\"upright\">"));
  EXPECT_THAT(overview, HasSubstr("<i lang=\"fr\" xml:lang=\"fr\">"));
  EXPECT_THAT(overview, HasSubstr("<i lang=\"ru\" xml:lang=\"ru\">"));
  EXPECT_THAT(overview, HasSubstr("xml:lang=\"he\" dir=\"rtl\" class=\"upright\">ערב"));
}

TEST(Markup, OfNarrowTablesSaysWhatAValueIsCalled) {
  Sample sample(everything);
  EXPECT_THAT(sample.file("EPUB/story.xhtml"), Not(HasSubstr("data-head=\"\"")));
  Sample years(
      "<overview><table><thead><tr><th>Year</th><th>Oil</th></tr></thead><tbody><tr><th>1801</th><td>dear</td></tr></"
      "tbody>"
      "</table></overview>");
  EXPECT_THAT(years.file("EPUB/overview.xhtml"), HasSubstr(" data-head=\"Oil: \">dear</td>"));
}

}  // namespace epitome::epub
