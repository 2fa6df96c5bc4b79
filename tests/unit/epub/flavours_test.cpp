#include "epub/flavours.hpp"

#include <pugixml.hpp>
#include <set>

#include "../image/decode.hpp"
#include "sample.hpp"

namespace epitome::epub {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr std::string_view parts =
    "<overview><p id=\"p\">“So?” he said. It was… late! <em>Go. Now.</em></p><p>第一。「第二。」第三</p>"
    "<figure src=\"a.png\" alt=\"A\"/></overview>";

std::string bytes_of(const Container& container, std::string_view path) {
  for (const Container::File& file : container.files) {
    if (file.path == path) return file.bytes;
  }
  return {};
}

std::vector<std::string> texts(const std::string& document, const char* xpath) {
  pugi::xml_document xml;
  EXPECT_TRUE(xml.load_string(document.c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
  std::vector<std::string> out;
  for (const pugi::xpath_node& node : xml.select_nodes(xpath)) {
    out.push_back(node.attribute() ? node.attribute().value() : node.node().text().get());
  }
  return out;
}

// A picture with noise in it, which packs badly.
image::Image noise(std::uint32_t width, std::uint32_t height, int quality, diag::Sink& sink) {
  image::Pixels pixels{width, height, 3, std::string(std::size_t{3} * width * height, '\0')};
  std::uint32_t state = 1;
  for (char& c : pixels.colour) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return image::check_image(image::encode_jpeg(pixels, quality), "a.jpg", {}, sink).value();
}

}  // namespace

TEST(Kepub, EachSentenceAndPictureHasASpan) {
  Sample sample(parts);
  sample.images.emplace("a.png", image::Image{.bytes = "PNG"});
  const std::string before = sample.file("EPUB/overview.xhtml");
  const Container made = serialise(kepub(sample.make().value()));
  const std::string overview = bytes_of(made, "EPUB/overview.xhtml");
  EXPECT_THAT(texts(overview, "//p/span[@class='koboSpan']"),
              ElementsAre("“So?” ", "he said. ", "It was… late! ", "第一。", "「第二。」", "第三"));
  EXPECT_THAT(texts(overview, "//em/span/@id"), ElementsAre("kobo.2.4", "kobo.2.5"));
  EXPECT_THAT(texts(overview, "//span[img]/@id"), ElementsAre("kobo.4.1"));
  EXPECT_THAT(texts(overview, "//body/div[@id='book-columns']/div[@id='book-inner']/section/@id"),
              ElementsAre("overview"));
  // No word is lost, and no id is there twice.
  const auto said = [](const std::string& document) {
    std::string out;
    for (const std::string& text : texts(document, "//body//text()[normalize-space()]")) out += text;
    return out;
  };
  EXPECT_EQ(said(overview), said(before));
  const std::vector<std::string> all = texts(overview, "//@id");
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

TEST(EmbedFonts, AreListedAndTakenByAllText) {
  Sample sample(parts);
  sample.images.emplace("a.png", image::Image{.bytes = "PNG"});
  Package made = sample.make().value();
  embed_fonts(made, {{"T 1", "fonts/text-1-Regular.ttf", "font/ttf", "regular", false, false},
                     {"T 1", "fonts/text-1-BoldItalic.ttf", "font/ttf", "italic", true, true},
                     {"T 2", "fonts/text-2-Regular.otf", "font/otf", "other", false, false}});
  const Container container = serialise(std::move(made));
  EXPECT_EQ(bytes_of(container, "EPUB/css/fonts.css"),
            "@font-face { font-family: \"T 1\"; font-style: normal; font-weight: normal; src: "
            "url(../fonts/text-1-Regular.ttf); }\n"
            "@font-face { font-family: \"T 1\"; font-style: italic; font-weight: bold; src: "
            "url(../fonts/text-1-BoldItalic.ttf); }\n"
            "@font-face { font-family: \"T 2\"; font-style: normal; font-weight: normal; src: "
            "url(../fonts/text-2-Regular.otf); }\n"
            "body { font-family: \"T 1\", \"T 2\", serif; }\n");
  EXPECT_EQ(bytes_of(container, "EPUB/fonts/text-2-Regular.otf"), "other");
  const std::string package = bytes_of(container, "EPUB/package.opf");
  EXPECT_THAT(package, AllOf(HasSubstr("<item id=\"css-fonts-css\" href=\"css/fonts.css\" media-type=\"text/css\"/>"),
                             HasSubstr("<item id=\"fonts-text-2-Regular-otf\" href=\"fonts/text-2-Regular.otf\" "
                                       "media-type=\"font/otf\"/>")));
  for (const char* const path : {"EPUB/overview.xhtml", "EPUB/nav.xhtml"})
    EXPECT_THAT(texts(bytes_of(container, path), "//head/link/@href"),
                ElementsAre("css/fonts.css", "css/first.css", "css/second.css"));
}

TEST(Flavours, FoldNothing) {
  const std::string_view folded = "<overview><p id=\"a\">So <spoiler>it ends</spoiler>.</p></overview>";
  Sample sample(folded), kindled(folded);
  const std::string kobo = bytes_of(serialise(kepub(sample.make().value())), "EPUB/overview.xhtml");
  const std::string amazon =
      bytes_of(serialise(kindle(kindled.make().value(), kindled.sink).value()), "EPUB/overview.xhtml");
  EXPECT_THAT(
      kobo,
      HasSubstr("<div id=\"a\">\n<p class=\"label\"><span class=\"koboSpan\" id=\"kobo.2.1\">Spoiler</span></p>"));
  EXPECT_THAT(amazon, HasSubstr("<div id=\"a\">\n<p class=\"label\">Spoiler</p>\n<p class=\"first\">So "));
  for (const std::string& file : {kobo, amazon}) EXPECT_THAT(file, Not(HasSubstr("<details")));
}

TEST(Kindle, HasNoPageForTheCover) {
  Sample sample("<overview><p id=\"p\">Lit.</p></overview>");
  sample.page_map.breaks = {{"i", "cover", 0}, {"ii", "title-page", 0}, {"1", "p", 0}};
  const Container made = serialise(kindle(sample.make().value(), sample.sink).value());
  for (const Container::File& file : made.files) {
    EXPECT_THAT(file.path, Not(HasSubstr("cover.xhtml")));
    if (!file.media_type.starts_with("image/")) {
      EXPECT_THAT(file.bytes, Not(HasSubstr("cover.xhtml"))) << file.path;
    }
  }
  const std::string opf = bytes_of(made, "EPUB/package.opf");
  EXPECT_THAT(opf, AllOf(HasSubstr("properties=\"cover-image\""), HasSubstr("<meta name=\"cover\"")));
  EXPECT_THAT(texts(bytes_of(made, "EPUB/toc.ncx"), "//pageTarget/navLabel/text"), ElementsAre("ii", "1"));
  EXPECT_THAT(texts(bytes_of(made, "EPUB/toc.ncx"), "//meta[@name='dtb:totalPageCount']/@content"), ElementsAre("2"));
  const std::vector<std::string> orders = texts(bytes_of(made, "EPUB/toc.ncx"), "//@playOrder");
  const std::set<std::string> places(orders.begin(), orders.end());
  for (std::size_t i = 1; i <= places.size(); ++i) EXPECT_TRUE(places.contains(std::to_string(i))) << i;
  EXPECT_GT(places.size(), 1U);
}

TEST(Kindle, TheCoverIsASmallJpeg) {
  Sample sample("<overview><p>Lit.</p></overview>");
  std::optional<Package> whole = sample.make();
  const std::string large = noise(1600, 2400, 95, sample.sink).bytes;
  EXPECT_GT(large.size(), 127U * 1024);
  for (Resource& r : whole->resources) {
    if (r.media_type == "image/jpeg") r.content = large;
  }
  const Container made = serialise(kindle(std::move(*whole), sample.sink).value());
  const std::string cover = bytes_of(made, "EPUB/images/cover.jpg");
  EXPECT_LE(cover.size(), 127U * 1024);
  const image::Image seen = image::check_image(cover, "cover.jpg", {}, sample.sink).value();
  EXPECT_NEAR(seen.height * 100.0 / seen.width, 150, 1);
  EXPECT_GE(seen.width, 250U);
}

// Few bytes, but more pixels than Amazon wants.
TEST(Kindle, ALargeFlatPictureIsMadeSmaller) {
  Sample sample(parts);
  const image::Pixels flat{2600, 2000, 1, std::string(std::size_t{2600} * 2000, '\x80')};
  sample.images.emplace("a.png", image::check_image(image::encode_jpeg(flat, 80), "a.jpg", {}, sample.sink).value());
  const Container made = serialise(kindle(sample.make().value(), sample.sink).value());
  const std::string picture = bytes_of(made, "EPUB/images/a.jpg");
  ASSERT_FALSE(picture.empty());
  const image::Image seen = image::check_image(picture, "a.jpg", {}, sample.sink).value();
  EXPECT_LE(seen.width * seen.height, 4'000'000U);
  EXPECT_GE(seen.width * seen.height, 3'800'000U);
}

TEST(Kindle, TellsWhatItDoesNotKnow) {
  for (const auto& [tag, warnings] : {std::pair("cs", 1U), std::pair("en-GB", 0U), std::pair("zh-Hans", 0U)}) {
    Sample sample("<overview><p>A</p></overview>", "xml:lang=\"" + std::string(tag) + "\"");
    EXPECT_TRUE(kindle(sample.make().value(), sample.sink));
    ASSERT_EQ(sample.sink.diagnostics().size(), warnings) << tag;
    if (warnings != 0) {
      EXPECT_EQ(sample.sink.diagnostics()[0].code, diag::Code::W0702);
    }
  }
}

}  // namespace epitome::epub
