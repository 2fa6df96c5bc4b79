#include "cover/cover.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <set>
#include <string>

#include "../image/decode.hpp"
#include "../image/png_file.hpp"
#include "book/book.hpp"
#include "reader/read_document.hpp"
#include "style/read_language.hpp"
#include "style/read_layout.hpp"

namespace epitome::cover {

namespace {

constexpr std::string_view source_text =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<summary version=\"1\" xml:lang=\"en-GB\">"
    "<work><title prefix=\"The\">Lamp</title><contributor role=\"author\" sort=\"Writer, Ann\">Ann Writer</contributor>"
    "</work><edition><date>2026-11-22</date><brand name=\"Epitome\" href=\"https://epitome.example/\">Line.</brand>"
    "</edition><takeaways><takeaway><headline>One</headline><p>Text.</p></takeaway>"
    "<takeaway><headline>Two</headline><p>Text.</p></takeaway></takeaways></summary>\n";

struct Sample {
  diag::Sink sink;
  model::Document document;
  style::Layout layout;
  style::Language language;
  text::FontSet fonts;

  Sample() {
    const diag::SourceText text("sample.xml", std::string(source_text));
    document = reader::read_document(text, sink).value();
    language = style::read_language("en-GB", EPITOME_SOURCE_DIR, sink).value();
    layout = style::read_layout("book", EPITOME_SOURCE_DIR, sink).value();
    EXPECT_TRUE(fonts.read_manifest(std::string(EPITOME_SOURCE_DIR) + "/fonts/manifest.xml", sink));
  }
  Sample& titled(std::string prefix, std::string main, std::string subtitle = {}) {
    document.work.title.prefix = std::move(prefix);
    document.work.title.main = std::move(main);
    document.work.subtitle = std::move(subtitle);
    return *this;
  }
  Inputs inputs() {
    diag::Sink of_the_book;
    book_ = book::prepare(document, language, {}, of_the_book);
    return {*book_, layout, fonts, {}};
  }
  Cover draw(Length width = Length::pt(1100), Length height = Length::pt(1650)) {
    return draw_cover(inputs(), width, height, sink);
  }

 private:
  std::unique_ptr<const book::Book> book_;
};

std::vector<const page::Text*> texts(const Cover& cover) {
  std::vector<const page::Text*> out;
  for (const page::Item& item : cover.text) out.push_back(&std::get<page::Text>(item.value));
  return out;
}
std::vector<std::string> words(const Cover& cover) {
  std::vector<std::string> out;
  for (const page::Text* text : texts(cover)) {
    out.push_back(text->run.text);
    while (out.back().ends_with(' ')) out.back().pop_back();
  }
  return out;
}
std::vector<page::Rule> rules(const std::vector<page::Item>& items) {
  std::vector<page::Rule> out;
  for (const page::Item& item : items) out.push_back(std::get<page::Rule>(item.value));
  return out;
}
std::size_t picks(const std::vector<page::Rule>& all, style::Colour accent) {
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const page::Rule& r) { return r.colour == accent; }));
}

}  // namespace

// A page of 1100 pt: e is 100 pt.
TEST(DrawCover, SetsAShortTitleInTheLargestSizeWordByWord) {
  Sample sample;
  const Cover cover = sample.draw();
  EXPECT_THAT(words(cover), testing::ElementsAre("summary", "The", "Lamp", "Ann Writer", "Epitome"));
  EXPECT_EQ(texts(cover)[1]->run.size, Length::pt(250));
  EXPECT_EQ(texts(cover)[4]->origin.y, Length::pt(1550)) << "the brand's baseline is e above the foot";
}

TEST(DrawCover, KeepsEveryLineInsideTheBlock) {
  for (const auto& [prefix, main, subtitle] :
       {std::tuple{"The", "Lamp", ""},
        {"Die", "Donaudampfschifffahrtsgesellschaftskapitänswitwe", ""},
        {"The", "Extraordinary and Unabridged History of a Family Correspondence, Lost, Found and Finally Understood",
         "Letters between two sisters on three continents, 1871–1919, with a note on the paper they used"}}) {
    Sample sample;
    const Cover cover = sample.titled(prefix, main, subtitle).draw();
    for (const page::Text* text : texts(cover)) {
      const Length ink = text->run.face->side_bearing(text->run.glyphs.front().id, text->run.size);
      EXPECT_GE(text->origin.x + ink, Length::pt(99)) << text->run.text;
      EXPECT_LE(text->origin.x + text->run.width(), Length::pt(1005)) << text->run.text;
    }
    EXPECT_FALSE(sample.sink.has_errors());
  }
}

TEST(DrawCover, MakesATitleOfOneLongWordSmallerInsteadOfCuttingIt) {
  Sample sample;
  const Cover cover = sample.titled("", "Donaudampfschifffahrtsgesellschaftskapitänswitwe").draw();
  EXPECT_EQ(words(cover)[1], "Donaudampfschifffahrtsgesellschaftskapitänswitwe");
}

TEST(DrawCover, MakesATitleOfManyLinesSmallerInsteadOfCuttingIt) {
  Sample sample;
  std::string title = "A history";
  for (int i = 0; i < 15; ++i) title += ", of what was said and done and lost in the year " + std::to_string(1800 + i);
  const std::vector<std::string> found = words(sample.titled("", title, "A subtitle").draw());
  EXPECT_EQ(std::count(found.begin(), found.end(), "A subtitle"), 0);
  EXPECT_EQ(found[1].substr(0, 9), "A history");
  // The author and the brand follow.
  EXPECT_TRUE(found[found.size() - 3].ends_with("1814")) << found[found.size() - 3];
  ASSERT_EQ(sample.sink.diagnostics().size(), 1u);
  EXPECT_THAT(sample.sink.diagnostics()[0].message, testing::HasSubstr("the whole subtitle"));
}

TEST(DrawCover, CutsATitleForWhichThereIsNoRoomAndSaysSo) {
  Sample sample;
  std::string title = "A history";
  for (int i = 0; i < 100; ++i) title += ", of what was said and done and lost in the year " + std::to_string(1800 + i);
  const std::vector<std::string> found = words(sample.titled("", title, "A subtitle").draw());
  EXPECT_TRUE(found[found.size() - 3].ends_with("…")) << found[found.size() - 3];
  ASSERT_EQ(sample.sink.diagnostics().size(), 2u);
  EXPECT_THAT(sample.sink.diagnostics()[0].message, testing::HasSubstr("the whole title"));
  EXPECT_THAT(sample.sink.diagnostics()[1].message, testing::HasSubstr("the whole subtitle"));
}

TEST(DrawCover, CutsASubtitleOfManyLinesBehindAWord) {
  Sample sample;
  std::string subtitle = "With all";
  for (int i = 0; i < 60; ++i) subtitle += " that was found";
  const std::vector<std::string> found = words(sample.titled("", "Lamp", subtitle).draw());
  EXPECT_TRUE(found[found.size() - 3].ends_with("…")) << found[found.size() - 3];
  ASSERT_EQ(sample.sink.diagnostics().size(), 1u);
  EXPECT_THAT(sample.sink.diagnostics()[0].message, testing::HasSubstr("the whole subtitle"));
}

TEST(DrawCover, PartsAWordThatNoSizeHolds) {
  Sample sample;
  const std::vector<std::string> found = words(sample.titled("", std::string(10'000, 'W'), "").draw());
  EXPECT_GT(found.size(), 10u);
  EXPECT_LT(found[1].size(), 100u);
}

std::string text_of(const Cover& cover) {
  std::string out;
  for (const page::Text* text : texts(cover)) out += text->run.text;
  return out;
}

TEST(DrawCover, ItsTextHasASpaceBetweenWordsAndNoOther) {
  Sample sample;
  EXPECT_EQ(text_of(sample.titled("", "The lamp", "And the ship").draw()),
            "summary The lamp And the ship Ann Writer Epitome");
  Sample japanese;
  japanese.document.edition.lang = "ja";
  EXPECT_EQ(text_of(japanese.titled("", "吾輩は猫である、という本").draw()),
            "summary 吾輩は猫である、という本 Ann Writer Epitome");
  Sample hebrew;
  hebrew.document.edition.lang = "he";
  hebrew.document.edition.dir = model::Direction::rtl;
  EXPECT_EQ(text_of(hebrew.titled("", "המנורה שעל המגדל הגבוה").draw()),
            "summary המנורה שעל המגדל הגבוה Ann Writer Epitome");
}

TEST(DrawCover, ATitleWithoutSpacesBreaksBetweenWords) {
  Sample sample;
  sample.document.edition.lang = "th";
  const Cover cover = sample.titled("", "ความทรงจำของผู้เฝ้าประภาคารบนเกาะที่ไม่มีเรือผ่าน").draw();
  Length size;
  std::set<std::int64_t> baselines;
  for (const page::Text* text : texts(cover)) {
    if (text->run.text.find("ประ") == std::string::npos && text->run.text.find("ความ") == std::string::npos) continue;
    size = text->run.size;
    baselines.insert(text->origin.y.raw());
  }
  EXPECT_GT(size, Length::pt(70));
  EXPECT_GT(baselines.size(), 1u);
}

TEST(DrawCover, LeavesNoShortWordAlone) {
  Sample sample;
  EXPECT_THAT(words(sample.titled("The", "Great Gatsby").draw()), testing::Contains("The Great"));
}

TEST(DrawCover, TitlesAreBrokenBySense) {
  Sample sample;
  EXPECT_THAT(words(sample.titled("The", "Lion, the Witch and the Wardrobe").draw()), testing::Contains("The Lion,"));
  // A number is one word, whatever the line is like.
  for (const char* const title : {"Leagues 20 000 Down", "Journeys 500 km North", "Letters of J. R. R. Tolkien"})
    for (const std::string& line : words(sample.titled("", title).draw()))
      for (const char* const end : {" 20", " 500", "J.", "R."}) EXPECT_FALSE(line.ends_with(end)) << title;
}

TEST(DrawCover, PicksAsManyLinesAsThereAreTakeaways) {
  Sample sample;
  EXPECT_EQ(picks(rules(sample.draw().field), sample.layout.accent), 2U);
  sample.layout.black_only = true;
  EXPECT_EQ(picks(rules(sample.draw().field), style::Colour{138, 42, 31}), 0U);
}

TEST(DrawCover, TheFieldIsTheWorksOwn) {
  Sample one, other, translated;
  other.document.edition.work_uuid = "00000000-0000-5000-8000-000000000001";
  translated.document.edition.identifier = "urn:uuid:00000000-0000-5000-8000-000000000002";
  const auto ends = [](const Cover& cover) {
    std::vector<std::int64_t> out;
    for (const page::Rule& rule : rules(cover.field)) out.push_back(rule.box.width.raw());
    return out;
  };
  EXPECT_EQ(ends(one.draw()), ends(translated.draw()));
  EXPECT_NE(ends(one.draw()), ends(other.draw()));
}

TEST(DrawCover, TheEndpaperIsTheFieldSeenThroughThePaper) {
  Sample sample;
  const Length width = Length::pt(1100);
  const std::vector<page::Rule> front = rules(sample.draw().field);
  const std::vector<page::Rule> back = rules(draw_endpaper(sample.inputs(), width, Length::pt(1650), sample.sink));
  ASSERT_EQ(back.size() + 2, front.size()) << "no picks";
  for (std::size_t i = 0; i < back.size(); ++i) {
    EXPECT_EQ(back[i].box.y, front[i].box.y);
    EXPECT_EQ(back[i].box.x, width - front[i].box.x - front[i].box.width);
  }
}

TEST(DrawCover, RightToLeftMirrorsIt) {
  Sample sample;
  sample.document.edition.dir = model::Direction::rtl;
  const Cover cover = sample.draw();
  const std::vector<std::string> found = words(cover);
  const auto at = std::find(found.begin(), found.end(), "Ann Writer") - found.begin();
  ASSERT_LT(static_cast<std::size_t>(at), found.size());
  const page::Text& author = *texts(cover)[static_cast<std::size_t>(at)];
  EXPECT_NEAR((author.origin.x + author.run.width()).to_pt(), 1000, 0.01);
}

TEST(PlaceCoverImage, StandsUnderTheLabelWhateverItsShape) {
  Sample sample;
  image::Image image;
  image.width = 1600, image.height = 2400;
  const ImageCover full = place_cover_image(sample.inputs(), image, Length::pt(1100), Length::pt(1620), sample.sink);
  EXPECT_EQ(full.text.size(), 2U);
  EXPECT_EQ(full.picture.x, Length::pt(100));
  EXPECT_EQ(full.picture.height, Length::pt(1100));
  image.height = 1600;
  const ImageCover square = place_cover_image(sample.inputs(), image, Length::pt(1100), Length::pt(1620), sample.sink);
  EXPECT_EQ(square.picture.x, Length::pt(100));
  EXPECT_EQ(square.picture.width, Length::pt(900));
  EXPECT_EQ(square.picture.height, Length::pt(900));
  EXPECT_EQ(square.text.size(), 2U);
}

TEST(CoverFile, IsASmallPngOf1600By2400AndAlwaysTheSame) {
  Sample sample, again;
  const CoverFile made = cover_file(sample.inputs(), nullptr, {}, sample.sink).value();
  EXPECT_EQ(made.kind, image::Kind::png);
  const image::Image checked = image::check_image(made.bytes, "cover.png", {}, sample.sink).value();
  EXPECT_EQ(checked.width, 1600U);
  EXPECT_EQ(checked.height, 2400U);
  EXPECT_FALSE(checked.has_alpha);
  EXPECT_LT(made.bytes.size(), 40U * 1024);
  EXPECT_EQ(made.bytes, cover_file(again.inputs(), nullptr, {}, again.sink).value().bytes);
}

// A title and a subtitle of more words than there is room for fill it with small letters: the worst that can be.
TEST(CoverFile, NoTitleMakesItLarge) {
  Sample sample;
  std::string title;
  for (int i = 0; i < 60; ++i) title += "Wretched wanderings ";
  sample.titled("The", title, title);
  const CoverFile made = cover_file(sample.inputs(), nullptr, {}, sample.sink).value();
  EXPECT_LT(made.bytes.size(), 200U * 1024);
}

// WCAG 2.2, 1.4.3 and 1.4.11: letters have a contrast of 7 at least, lines one of 3.
TEST(CoverFile, EveryLayoutsColoursHaveContrast) {
  const auto linear = [](std::uint8_t value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  const auto contrast_on_white = [&](style::Colour c) {
    return 1.05 / (0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue) + 0.05);
  };
  for (const std::string& name : style::layout_names(EPITOME_SOURCE_DIR)) {
    Sample sample;
    sample.layout = style::read_layout(name, EPITOME_SOURCE_DIR, sample.sink).value();
    const Cover cover = sample.draw();
    std::size_t letters = 0;
    for (const page::Item& item : cover.text) {
      if (const auto* const text = std::get_if<page::Text>(&item.value)) {
        EXPECT_GE(contrast_on_white(text->colour), 7) << name << ++letters;
      }
    }
    EXPECT_GT(cover.text.size(), 2U);
    EXPECT_GT(cover.field.size(), 5U);
    for (const page::Rule& rule : rules(cover.field)) EXPECT_GE(contrast_on_white(rule.colour), 3) << name;
  }
}

TEST(CoverFile, ShowsWhatWasDrawn) {
  Sample sample;
  const std::string png = cover_file(sample.inputs(), nullptr, {}, sample.sink).value().bytes;
  const std::optional<image::Image> checked = image::check_image(png, "cover.png", {}, sample.sink);
  ASSERT_TRUE(checked);
  const test::Decoded pixels = test::decode(*checked).value();
  const auto at = [&](std::size_t x, std::size_t y, std::size_t c) {
    return static_cast<int>(static_cast<unsigned char>(pixels.colour[(y * 1600 + x) * 3 + c]));
  };
  EXPECT_EQ(at(20, 20, 0), 255) << "white inside the frame";
  EXPECT_LT(at(800, 4, 1), 30) << "the frame";
  // A pick: the accent, 138 42 31, at the middle of its rule.
  const Cover cover = draw_cover(sample.inputs(), Length::pt(1600), Length::pt(2400), sample.sink);
  const page::Rule pick = rules(cover.field).back();
  const auto middle = [](Length from, Length size) { return static_cast<std::size_t>((from + size / 2).raw() >> 16); };
  const std::size_t x = middle(pick.box.x, pick.box.width), y = middle(pick.box.y, pick.box.height);
  EXPECT_NEAR(at(x, y, 0), 138, 1);
  EXPECT_NEAR(at(x, y, 1), 42, 1);
  EXPECT_NEAR(at(x, y, 2), 31, 1);
}

TEST(CoverFile, PassesAGivenJpegThrough) {
  Sample sample;
  image::Pixels pixels;
  pixels.width = pixels.height = 700;
  pixels.colour.assign(std::size_t{700} * 700 * 3, '\x80');
  image::Image jpeg = image::check_image(image::encode_jpeg(pixels, 90), "a.jpg", {}, sample.sink).value();
  EXPECT_EQ(cover_file(sample.inputs(), &jpeg, {}, sample.sink).value().bytes, jpeg.bytes);
}

TEST(CoverFile, AGreyPictureGetsThreeComponents) {
  Sample sample;
  image::Pixels pixels;
  pixels.width = 600, pixels.height = 1000, pixels.components = 1;
  pixels.colour.assign(std::size_t{600} * 1000, '\x40');
  image::Image grey = image::check_image(image::encode_jpeg(pixels, 90), "a.jpg", {}, sample.sink).value();
  const CoverFile made = cover_file(sample.inputs(), &grey, {}, sample.sink).value();
  EXPECT_EQ(made.kind, image::Kind::jpeg);
  const image::Image checked = image::check_image(made.bytes, "b.jpg", {}, sample.sink).value();
  EXPECT_EQ(checked.components, 3);
  EXPECT_NEAR(static_cast<unsigned char>(test::decode(checked).value().colour[300'000]), 0x40, 2);
}

TEST(CoverFile, MakesAGivenPictureOfMoreThanFourMegapixelsSmaller) {
  Sample sample;
  image::Pixels pixels;
  pixels.width = 2000, pixels.height = 3000;
  pixels.colour.assign(std::size_t{2000} * 3000 * 3, '\x80');
  image::Image jpeg = image::check_image(image::encode_jpeg(pixels, 90), "a.jpg", {}, sample.sink).value();
  const std::string made = cover_file(sample.inputs(), &jpeg, {}, sample.sink).value().bytes;
  const image::Image small = image::check_image(made, "b.jpg", {}, sample.sink).value();
  EXPECT_LE(small.width * small.height, 4'000'000U);
  EXPECT_GT(small.width, 1500U);
  EXPECT_NEAR(small.height * 1000.0 / small.width, 1500, 5);
}

// No smaller size has the shape of a strip, and a JPEG has no side as long.
TEST(CoverFile, AStripOfAFewPixelsLosesItsShape) {
  for (const auto& [width, height] : {std::pair(7U, 720'000U), std::pair(720'000U, 7U), std::pair(70U, 70'000U)}) {
    Sample sample;
    image::Image strip =
        image::check_image(
            test::PngFile{
                .width = width, .height = height, .rows = std::string((width * 3 + 1) * std::size_t{height}, '\0')}
                .file(),
            "a.png", {}, sample.sink)
            .value();
    const std::string made = cover_file(sample.inputs(), &strip, {}, sample.sink).value().bytes;
    const image::Image small = image::check_image(made, "b.jpg", {}, sample.sink).value();
    EXPECT_LE(std::max(small.width, small.height), 65'500U);
  }
}

TEST(CoverFile, ASmallOpaquePngKeepsItsPixels) {
  for (const auto& [bits, colour] :
       {std::pair(1, 0), std::pair(2, 0), std::pair(4, 0), std::pair(8, 0), std::pair(8, 2)}) {
    Sample sample;
    const image::Image png =
        image::check_image(
            test::PngFile{.width = 701, .height = 1001, .bits = bits, .colour = colour, .numbered = true}.file(),
            "a.png", {}, sample.sink)
            .value();
    const CoverFile made = cover_file(sample.inputs(), &png, {}, sample.sink).value();
    EXPECT_EQ(made.kind, image::Kind::png);
    const image::Image checked = image::check_image(made.bytes, "b.png", {}, sample.sink).value();
    EXPECT_EQ(checked.components, 3);
    const std::string before = test::decode(png).value().colour, after = test::decode(checked).value().colour;
    const std::size_t times = before.size() == after.size() ? 1 : 3;
    ASSERT_EQ(before.size() * times, after.size());
    for (std::size_t i = 0; i < after.size(); ++i) ASSERT_EQ(before[i / times], after[i]) << bits << ' ' << i;
  }
}

TEST(CoverFile, AnyOtherPngBecomesAJpeg) {
  for (const auto& [bits, colour, height] :
       {std::tuple(8, 6, 1000U), std::tuple(8, 4, 1000U), std::tuple(16, 2, 1000U), std::tuple(8, 2, 6000U)}) {
    Sample sample;
    const image::Image png =
        image::check_image(test::PngFile{.width = 700, .height = height, .bits = bits, .colour = colour}.file(),
                           "a.png", {}, sample.sink)
            .value();
    EXPECT_EQ(cover_file(sample.inputs(), &png, {}, sample.sink).value().kind, image::Kind::jpeg) << bits << colour;
  }
  Sample sample;
  std::mt19937 random(14);
  std::string noise(1901 * std::size_t{1000}, '\0');
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = i % 1901 == 0 ? '\0' : static_cast<char>(random());
  const image::Image photo =
      image::check_image(test::PngFile{.width = 1900, .height = 1000, .colour = 0, .rows = noise}.file(), "a.png", {},
                         sample.sink)
          .value();
  EXPECT_EQ(cover_file(sample.inputs(), &photo, {}, sample.sink).value().kind, image::Kind::jpeg) << "large";
}

}  // namespace epitome::cover
