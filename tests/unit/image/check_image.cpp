#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decode.hpp"
#include "image/convert.hpp"
#include "image/formats.hpp"
#include "image/image.hpp"
#include "image/png_data.hpp"
#include "image/rows.hpp"
#include "image/upright.hpp"
#include "png_file.hpp"

namespace epitome::image {
namespace {

using diag::Code;
using test::decode;
using test::Decoded;
using test::png_chunk;
using test::PngFile;
using testing::HasSubstr;

struct Result {
  std::optional<Image> image;
  diag::Sink sink;
  std::string message() const { return sink.diagnostics().empty() ? "" : sink.diagnostics()[0].message; }
  std::optional<Code> code() const {
    if (sink.diagnostics().empty()) return std::nullopt;
    return sink.diagnostics()[0].code;
  }
};

Result check(std::string bytes, Depth depth = Depth::whole) {
  Result r;
  r.image = check_image(std::move(bytes), "fig.png", {3, 4}, r.sink, depth);
  return r;
}

void expect_refused(const std::string& bytes, Code code, const char* why) {
  const Result r = check(bytes);
  EXPECT_FALSE(r.image) << why;
  ASSERT_EQ(r.sink.diagnostics().size(), 1u) << why;
  EXPECT_EQ(r.code(), code) << r.message();
  EXPECT_THAT(r.message(), HasSubstr(why));
  EXPECT_EQ(r.sink.diagnostics()[0].span, (diag::Span{3, 4}));
}

Pixels gradient(std::uint32_t width, std::uint32_t height, int components) {
  Pixels p{width, height, components, {}};
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x)
      for (int c = 0; c < components; ++c)
        p.colour.push_back(
            static_cast<char>((x * 600 / width + y * 400 / height) / 5 + 10u * static_cast<unsigned>(c)));
  return p;
}

TEST(CheckImage, MeasuresEveryKindOfPng) {
  struct Kind {
    int bits, colour, components;
    bool alpha;
  };
  for (const Kind kind : {Kind{8, 0, 1, false},
                          {16, 0, 1, false},
                          {1, 0, 1, false},
                          {8, 2, 3, false},
                          {16, 2, 3, false},
                          {8, 4, 1, true},
                          {8, 6, 3, true},
                          {16, 6, 3, true},
                          {8, 3, 3, false},
                          {4, 3, 3, false}})
    for (const bool interlaced : {false, true}) {
      PngFile file;
      file.bits = kind.bits;
      file.colour = kind.colour;
      file.interlaced = interlaced;
      file.two_parts = true;
      if (kind.colour == 3) file.before_data = png_chunk("PLTE", std::string(12, '\x40'));
      if (kind.colour == 3) file.rows = std::string(PngFile(file).pattern().size(), '\0');
      const Result r = check(file.file());
      ASSERT_TRUE(r.image) << r.message();
      EXPECT_EQ(r.image->width, 7u);
      EXPECT_EQ(r.image->height, 5u);
      EXPECT_EQ(r.image->bits, kind.bits);
      EXPECT_EQ(r.image->components, kind.components);
      EXPECT_EQ(r.image->has_alpha, kind.alpha);
      EXPECT_EQ(r.image->interlaced, interlaced);
      EXPECT_EQ(r.image->indexed, kind.colour == 3);
      const std::optional<Decoded> pixels = decode(*r.image);
      ASSERT_TRUE(pixels);
      EXPECT_EQ(pixels->colour.size(), 35u * static_cast<std::size_t>(kind.components));
      EXPECT_EQ(pixels->alpha.size(), kind.alpha ? 35u : 0u);
    }
}

TEST(CheckImage, DecodesThePixelsThatWereWritten) {
  PngFile file;
  file.colour = 6;
  for (const bool interlaced : {false, true}) {
    file.interlaced = interlaced;
    const std::optional<Decoded> pixels = decode(*check(file.file()).image);
    ASSERT_TRUE(pixels);
    for (std::size_t y = 0; y < 5; ++y)
      for (std::size_t x = 0; x < 7; ++x) {
        EXPECT_EQ(pixels->colour[(y * 7 + x) * 3 + 1], static_cast<char>(x * 16 + y * 24 + 60));
        EXPECT_EQ(pixels->alpha[y * 7 + x], static_cast<char>(x * 16 + y * 24 + 180));
      }
  }
}

TEST(CheckImage, ReadsResolution) {
  PngFile file;
  std::string physical;
  test::put_u32(physical, 11811);  // 300 an inch
  test::put_u32(physical, 11811);
  file.before_data = png_chunk("pHYs", physical + '\1');
  EXPECT_EQ(check(file.file()).image->resolution, 300u);
  file.before_data = png_chunk("pHYs", physical + '\0');
  EXPECT_EQ(check(file.file()).image->resolution, 0u);
}

TEST(CheckImage, RefusesSpoiltPng) {
  const std::string good = PngFile{}.file();
  ASSERT_TRUE(check(good).image);
  // Cut off anywhere: never taken, never a crash.
  for (std::size_t length = 8; length < good.size(); ++length)
    EXPECT_FALSE(check(good.substr(0, length)).image) << length;
  // Any byte behind the signature changed: a checksum finds it.
  for (std::size_t at = 8; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x20);
    EXPECT_FALSE(check(bad).image) << at;
  }
  PngFile file;
  file.rows = file.pattern() + "x";
  expect_refused(file.file(), Code::E0302, "longer than its size");
  file.rows = PngFile{}.pattern().substr(1);
  expect_refused(file.file(), Code::E0302, "shorter than its size");
  file.rows = PngFile{}.pattern();
  file.rows[0] = 5;
  expect_refused(file.file(), Code::E0302, "unknown filter");
  file.rows.clear();
  file.data = test::zlib(PngFile{}.pattern());
  file.data[file.data.size() - 1] = static_cast<char>(file.data.back() ^ 1);
  expect_refused(file.file(), Code::E0302, "compressed data is damaged");
  file.data = test::zlib(PngFile{}.pattern()) + "behind";
  expect_refused(file.file(), Code::E0302, "something behind");
}

TEST(CheckImage, RefusesWrongChunks) {
  const auto with = [](PngFile file) { return file.file(); };
  expect_refused(with({.width = 0}), Code::E0302, "zero");
  expect_refused(with({.bits = 4, .colour = 2}), Code::E0302, "doesn't exist");
  expect_refused(with({.colour = 5}), Code::E0302, "doesn't exist");
  expect_refused(with({.colour = 3}), Code::E0302, "no palette");
  expect_refused(with({.colour = 0, .before_data = png_chunk("PLTE", "abc")}), Code::E0302, "palette is wrong");
  expect_refused(with({.bits = 1, .colour = 3, .before_data = png_chunk("PLTE", std::string(9, 'a'))}), Code::E0302,
                 "palette is too long");
  expect_refused(with({.before_data = png_chunk("tRNS", "ab")}), Code::E0302, "transparency is wrong");
  expect_refused(with({.before_data = png_chunk("ABCD", "")}), Code::E0302, "critical chunk");
  expect_refused(with({.before_data = PngFile{}.header()}), Code::E0302, "header isn't in its place");
  const std::string signature = "\x89PNG\r\n\x1A\n", end = png_chunk("IEND", "");
  expect_refused(signature + end, Code::E0302, "header isn't in its place");
  expect_refused(signature + PngFile{}.header() + end, Code::E0302, "no data");
  const std::string data = test::zlib(PngFile{}.pattern());
  expect_refused(signature + PngFile{}.header() + png_chunk("IDAT", data.substr(0, 5)) + png_chunk("tEXt", "a") +
                     png_chunk("IDAT", data.substr(5)) + end,
                 Code::E0302, "interrupted");
}

TEST(CheckImage, LimitsSize) {
  expect_refused(PngFile{.width = 1, .height = 1'000'001, .data = "x"}.file(), Code::E0304, "1000001 pixels");
  expect_refused(PngFile{.width = 9000, .height = 8000, .data = "x"}.file(), Code::E0304, "9000 × 8000");
  // Few pixels enough, too many bytes.
  expect_refused(PngFile{.width = 8000, .height = 7000, .bits = 16, .colour = 6, .data = "x"}.file(), Code::E0304,
                 "too large");
}

TEST(CheckImage, NamesOtherFormats) {
  using namespace std::string_literals;
  expect_refused("GIF89a......", Code::E0303, "GIF");
  expect_refused("RIFF\1\2\3\4WEBPVP8 ", Code::E0303, "WebP");
  expect_refused("II*\0....."s, Code::E0303, "TIFF");
  expect_refused(
      "\0\0\0\x1C"
      "ftypavif...."s,
      Code::E0303, "AVIF");
  expect_refused("<?xml version=\"1.0\"?><svg/>", Code::E0303, "SVG");
  expect_refused("plain words", Code::E0303, "not an image");
  expect_refused("", Code::E0302, "empty");
}

TEST(CheckImage, TakesJpeg) {
  for (const int components : {1, 3}) {
    const std::string bytes = encode_jpeg(gradient(33, 21, components), 85);
    const Result r = check(bytes);
    ASSERT_TRUE(r.image) << r.message();
    EXPECT_TRUE(r.sink.diagnostics().empty());
    EXPECT_EQ(r.image->kind, Kind::jpeg);
    EXPECT_EQ(r.image->width, 33u);
    EXPECT_EQ(r.image->height, 21u);
    EXPECT_EQ(r.image->components, components);
    EXPECT_EQ(r.image->bytes, bytes);
    const std::optional<Decoded> pixels = decode(*r.image);
    ASSERT_TRUE(pixels);
    const Pixels original = gradient(33, 21, components);
    ASSERT_EQ(pixels->colour.size(), original.colour.size());
    for (std::size_t i = 0; i < original.colour.size(); ++i)
      ASSERT_NEAR(static_cast<unsigned char>(pixels->colour[i]), static_cast<unsigned char>(original.colour[i]), 12);
  }
}

// What was checked is measured by its header as it was by the whole of it.
TEST(CheckImage, MeasuresByTheHeader) {
  std::vector<std::string> files = {encode_jpeg(gradient(33, 21, 1), 85), encode_jpeg(gradient(7, 300, 3), 85),
                                    PngFile{.bits = 2, .colour = 3, .before_data = png_chunk("PLTE", "abcdef")}.file(),
                                    PngFile{.colour = 0, .before_data = png_chunk("tRNS", "ab")}.file()};
  for (const int colour : {0, 2, 4, 6})
    for (const bool interlaced : {false, true})
      files.push_back(PngFile{.width = 5, .height = 9, .colour = colour, .interlaced = interlaced}.file());
  for (const std::string& bytes : files) {
    const Result whole = check(bytes);
    ASSERT_TRUE(whole.image) << whole.message();
    const Image found = measure(whole.image->bytes);
    const auto facts = [](const Image& image) {
      return std::tuple(image.kind, image.bytes, image.width, image.height, image.components, image.bits,
                        image.has_alpha, image.interlaced, image.indexed);
    };
    EXPECT_EQ(facts(found), facts(*whole.image));
  }
}

// A JPEG that is made much smaller is decoded in part: it looks as one that was decoded whole does, whatever its sides.
TEST(CheckImage, MakesLargeJpegsSmaller) {
  for (const std::uint32_t width : {801U, 1280U, 1999U}) {
    const Result large = check(encode_jpeg(gradient(width, width * 3 / 2, 3), 90));
    ASSERT_TRUE(large.image) << large.message();
    diag::Sink sink;
    const std::optional<std::string> bytes = as_jpeg(*large.image, {.pixels = 150 * 225}, {}, sink);
    ASSERT_TRUE(bytes);
    const Result small = check(*bytes);
    ASSERT_TRUE(small.image) << small.message();
    EXPECT_NEAR(small.image->width, 150, 8);
    EXPECT_NEAR(small.image->height, small.image->width * 1.5, 1);
    const std::optional<Decoded> pixels = decode(*small.image), whole = decode(*large.image);
    ASSERT_TRUE(pixels && whole);
    for (std::uint32_t y = 0; y < pixels->height; ++y) {
      for (std::uint32_t x = 0; x < pixels->width; ++x) {
        const std::size_t from = std::size_t{y} * whole->height / pixels->height * whole->width +
                                 std::size_t{x} * whole->width / pixels->width;
        for (std::size_t c = 0; c < 3; ++c) {
          const int made = static_cast<unsigned char>(pixels->colour[(std::size_t{y} * pixels->width + x) * 3 + c]);
          ASSERT_NEAR(made, static_cast<unsigned char>(whole->colour[from * 3 + c]), 24)
              << width << ' ' << x << ' ' << y;
        }
      }
    }
  }
}

// Below a width that shops ask for it is quality that gives way, not pixels.
TEST(CheckImage, KeepsAWidthThatIsAskedFor) {
  Pixels grain{400, 600, 3, {}};
  for (std::uint32_t i = 0, n = 1; i < 400U * 600 * 3; ++i)
    grain.colour.push_back(static_cast<char>((n = n * 48271 % 65521) >> 8));
  const Result large = check(encode_jpeg(grain, 90));
  ASSERT_TRUE(large.image) << large.message();
  diag::Sink sink;
  const std::size_t bytes = 66'000;
  const auto width = [&](std::uint32_t kept) {
    const std::optional<std::string> made =
        as_jpeg(*large.image, {.pixels = 1'000'000, .bytes = bytes, .width_kept = kept}, {}, sink);
    EXPECT_LE(made->size(), bytes);
    return check(*made).image->width;
  };
  EXPECT_LT(width(0), 300U);
  EXPECT_GE(width(300), 300U);
}

TEST(CheckImage, EncodesTheSameBytes) {
  EXPECT_EQ(encode_jpeg(gradient(64, 48, 3), 90), encode_jpeg(gradient(64, 48, 3), 90));
  EXPECT_NE(encode_jpeg(gradient(64, 48, 3), 90), encode_jpeg(gradient(64, 48, 3), 50));
}

TEST(CheckImage, RefusesSpoiltJpeg) {
  const std::string good = encode_jpeg(gradient(64, 48, 3), 85);
  for (const Depth depth : {Depth::segments, Depth::whole}) {
    for (std::size_t length = 3; length < good.size(); ++length) {
      const Result r = check(good.substr(0, length), depth);
      EXPECT_FALSE(r.image) << length;
      EXPECT_EQ(r.sink.error_count(), 1u) << length;
    }
    EXPECT_TRUE(check(good, depth).image);
  }
}

// By its segments a file with a thousand scans is refused too: whoever decodes it would take a minute.
TEST(CheckImage, RefusesJpegWithManyScans) {
  const std::string good = encode_jpeg(gradient(16, 8, 1), 85);
  const std::size_t scan = good.find("\xFF\xDA");
  std::string many = good.substr(0, good.size() - 2);
  for (int i = 1; i < 1000; ++i) many += good.substr(scan, good.size() - 2 - scan);
  EXPECT_TRUE(check(good, Depth::segments).image);
  EXPECT_FALSE(check(many + "\xFF\xD9", Depth::segments).image);
}

// A file cut off in its picture and closed again with an end marker; one without the table that its picture needs.
TEST(CheckImage, RefusesJpegWhosePictureIsDamaged) {
  const std::string good = encode_jpeg(gradient(64, 48, 3), 85);
  for (const std::size_t left : {std::size_t{40}, std::size_t{200}, good.size() / 4}) {
    expect_refused(good.substr(0, good.size() - left) + "\xFF\xD9", Code::E0302, "can't be read");
  }
  std::string bad = good;
  bad.replace(bad.size() - 60, 20, std::string(20, '\x7F'));
  EXPECT_FALSE(check(bad).image);
  EXPECT_TRUE(check(bad, Depth::segments).image) << "what it costs to look no further";
}

// A JPEG with an Exif segment that holds nothing but the orientation, in either byte order.
std::string with_orientation(std::string jpeg, int orientation, bool little) {
  using namespace std::string_literals;
  const char o = static_cast<char>(orientation);
  const std::string exif = little ? "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + o + "\0\0\0\0\0\0\0"s
                                  : "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + o + "\0\0\0\0\0\0"s;
  const std::size_t length = exif.size() + 2;
  std::string segment = "\xFF\xE1";
  segment.push_back(static_cast<char>(length >> 8));
  segment.push_back(static_cast<char>(length & 0xFF));
  return jpeg.insert(2, segment + exif);
}

TEST(CheckImage, SetsTurnedJpegUpright) {
  Pixels stored = gradient(32, 16, 1);
  for (const bool little : {true, false}) {
    const Result r = check(with_orientation(encode_jpeg(stored, 95), 6, little));
    ASSERT_TRUE(r.image) << r.message();
    EXPECT_EQ(r.image->width, 16u);
    EXPECT_EQ(r.image->height, 32u);
    // 6: the stored left bottom corner is the upright left top.
    const std::optional<Decoded> upright = decode(*r.image);
    ASSERT_TRUE(upright);
    EXPECT_NEAR(static_cast<unsigned char>(upright->colour[0]), static_cast<unsigned char>(stored.colour[15 * 32]), 6);
    EXPECT_NEAR(static_cast<unsigned char>(upright->colour[15]), static_cast<unsigned char>(stored.colour[0]), 6);
  }
  EXPECT_EQ(check(with_orientation(encode_jpeg(stored, 95), 1, true)).image->width, 32u);
}

// Exif 2.32, 4.6.5.1.6: where row 0 and column 0 of the stored picture are in the upright one.
TEST(CheckImage, KnowsEveryOrientation) {
  const char* const upright[] = {"abcdef", "cbafed", "fedcba", "defabc", "adbecf", "daebfc", "fcebda", "cfbead"};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    Upright p(3, 2, 1, orientation);
    p.put(0, reinterpret_cast<const unsigned char*>("abc"));
    p.put(1, reinterpret_cast<const unsigned char*>("def"));
    EXPECT_EQ(p.pixels(), upright[orientation - 1]) << orientation;
    EXPECT_EQ(p.width(), orientation >= 5 ? 2u : 3u);
  }
}

using namespace std::string_literals;

// An eXIf chunk that holds nothing but the orientation.
std::string exif_chunk(int orientation) {
  return png_chunk(
      "eXIf", "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + static_cast<char>(orientation) + "\0\0\0\0\0\0"s);
}

// Every orientation of every kind of PNG: the upright picture has the stored one's samples, bit for bit.
TEST(CheckImage, SetsTurnedPngUpright) {
  struct Kind {
    int bits, colour;
    std::string before;
  };
  const std::string palette = png_chunk("PLTE", "\x10\x20\x30\x40\x50\x60\x70\x80\x90\xA0\xB0\xC0"s);
  for (const Kind& kind : {Kind{1, 0, ""}, Kind{8, 0, ""}, Kind{8, 0, png_chunk("tRNS", "\0\x10"s)}, Kind{16, 0, ""},
                           Kind{8, 2, ""}, Kind{8, 2, png_chunk("tRNS", "\0\x10\0\x4C\0\x88"s)}, Kind{16, 2, ""},
                           Kind{2, 3, palette}, Kind{2, 3, palette + png_chunk("tRNS", "\x80\x40"s)}, Kind{8, 4, ""},
                           Kind{16, 4, ""}, Kind{8, 6, ""}, Kind{16, 6, ""}}) {
    for (const bool interlaced : {false, true}) {
      PngFile file{.bits = kind.bits,
                   .colour = kind.colour,
                   .interlaced = interlaced,
                   .before_data = kind.before,
                   .numbered = true};
      const Image stored = *check(file.file()).image;
      const Decoded as_stored = *decode(stored);
      for (int orientation = 1; orientation <= 8; ++orientation) {
        file.before_data = kind.before + exif_chunk(orientation);
        const Result r = check(file.file());
        ASSERT_TRUE(r.image) << r.message();
        EXPECT_TRUE(r.sink.diagnostics().empty());
        EXPECT_EQ(r.image->bytes.find("eXIf"), std::string::npos);
        EXPECT_EQ(std::tuple(r.image->bits, r.image->components, r.image->has_alpha, r.image->indexed),
                  std::tuple(stored.bits, stored.components, stored.has_alpha, stored.indexed));
        const std::optional<Decoded> pixels = decode(*r.image);
        ASSERT_TRUE(pixels);
        const auto turned = [&](const std::string& from, std::size_t unit) {
          Upright upright(7, 5, unit, orientation);
          for (std::uint32_t y = 0; y < 5; ++y)
            upright.put(y, reinterpret_cast<const unsigned char*>(from.data()) + y * 7 * unit);
          return upright.pixels();
        };
        EXPECT_EQ(pixels->width, orientation >= 5 ? 5u : 7u);
        EXPECT_EQ(pixels->colour, turned(as_stored.colour, static_cast<std::size_t>(stored.components)))
            << kind.colour << ' ' << kind.bits << ' ' << orientation;
        if (as_stored.alpha.empty()) {
          EXPECT_TRUE(pixels->alpha.empty());
        } else {
          EXPECT_EQ(pixels->alpha, turned(as_stored.alpha, 1));
        }
        // What was written anew is a whole PNG itself.
        EXPECT_TRUE(check(r.image->bytes).image);
      }
    }
  }
}

// Text, times, places where a photo was taken, chunks that nobody knows, bytes behind the end.
TEST(CheckImage, LeavesOutWhatIsNotThePicture) {
  PngFile file;
  const std::string plain = file.file();
  for (const char* const type :
       {"tEXt", "zTXt", "iTXt", "tIME", "pHYs", "sRGB", "bKGD", "hIST", "sBIT", "sPLT", "abCd"})
    file.before_data += png_chunk(type, "private");
  file.before_data += png_chunk("zTXt", "bomb\0\0"s + test::zlib(std::string(1 << 22, 'x')));
  const Result r = check(file.file() + "behind");
  ASSERT_TRUE(r.image) << r.message();
  EXPECT_EQ(r.image->bytes, plain);
  EXPECT_TRUE(r.sink.diagnostics().empty());
}

TEST(CheckImage, LeavesOutWhatIsNotTheJpegsPicture) {
  const std::string plain = encode_jpeg(gradient(33, 21, 3), 85);
  const auto segment = [](char marker, const std::string& data) {
    const std::size_t size = data.size() + 2;
    return "\xFF"s + marker + static_cast<char>(size >> 8) + static_cast<char>(size & 0xFF) + data;
  };
  std::string rich = plain;
  // Behind JFIF's segment, which takes a thumbnail of 1 × 1.
  const std::string others = segment('\xE0', "JFXX\0thumbnail"s) +
                             segment('\xE1', "http://ns.adobe.com/xap/1.0/\0gps"s) + segment('\xED', "Photoshop 3.0") +
                             segment('\xFE', "a comment") + segment('\xEF', "more");
  rich.insert(20, others);
  rich.replace(18, 2, "\1\1rgb");
  rich[5] = 19;
  const Result r = check(rich + "behind\xFF\xD9");
  ASSERT_TRUE(r.image) << r.message();
  EXPECT_EQ(r.image->bytes, plain);
  // Between scans of a progressive file too, restarts and bytes stuffed with zeros left as they are.
  const std::string scans = "\xFF\xD8\xFF\xDA\0\3z\1\xFF\0\2\xFF\xD0\3"s, scan = "\xFF\xDA\0\3z\4\xFF\xD9"s;
  EXPECT_EQ(jpeg_picture(scans + segment('\xFE', "comment") + "\xFF" + scan + "behind"), scans + scan);
}

TEST(CheckImage, WarnsOfAPngsColours) {
  const auto number = [](std::initializer_list<std::uint32_t> values) {
    std::string out;
    for (const std::uint32_t v : values) test::put_u32(out, v);
    return out;
  };
  const std::string srgb = png_chunk("sRGB", "\0"s), gamma = png_chunk("gAMA", number({100000})),
                    usual = png_chunk("gAMA", number({45455})),
                    primaries = png_chunk("cHRM", number({31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000})),
                    wide = png_chunk("cHRM", number({31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000}));
  const auto message = [](const std::string& chunks, int colour = 2) {
    const Result r = check(PngFile{.colour = colour, .before_data = chunks}.file());
    EXPECT_TRUE(r.image);
    EXPECT_EQ(r.image->bytes, (PngFile{.colour = colour}.file()));
    EXPECT_TRUE(!r.code() || r.code() == Code::W0306);
    return r.message();
  };
  EXPECT_THAT(message(gamma), HasSubstr("a gamma of 1.00000"));
  EXPECT_THAT(message(wide), HasSubstr("primaries that aren't sRGB's"));
  EXPECT_THAT(message(png_chunk("cICP", "\x0C\x0D\0\1"s)), HasSubstr("H.273 12/13/0"));
  EXPECT_THAT(message(png_chunk("iCCP", "bomb\0\0"s + test::zlib(std::string(1 << 22, 'x')))), HasSubstr("'unnamed'"));
  EXPECT_EQ(message(usual + primaries), "");
  EXPECT_EQ(message(srgb + gamma + wide), "");
  EXPECT_EQ(message(png_chunk("cICP", "\1\x0D\0\1"s) + gamma), "");
  EXPECT_EQ(message(wide, 0), "") << "grey has no primaries";
}

// What must be whole in memory has a smaller limit than what is read row by row.
TEST(CheckImage, LimitsWhatMustBeWhole) {
  PngFile file{.width = 7200, .height = 7200, .bits = 1, .colour = 0, .interlaced = true};
  file.rows = file.pattern();
  EXPECT_TRUE(check(file.file()).image);
  file.before_data = exif_chunk(6);  // the stored picture and the upright one
  expect_refused(file.file(), Code::E0304, "too large to be interlaced");
  file = {.width = 3600, .height = 3600, .bits = 16, .colour = 6};
  file.rows.assign(std::size_t{3600} * 28801, '\0');
  EXPECT_TRUE(check(file.file()).image);
  file.before_data = exif_chunk(3);
  expect_refused(file.file(), Code::E0304, "too large to be stored turned");
}

TEST(Separate, PartsColourAndAlpha) {
  for (const bool interlaced : {false, true}) {
    const Image image = *check(PngFile{.colour = 6, .interlaced = interlaced}.file()).image;
    diag::Sink sink;
    const Decoded pixels = *decode(image);
    const Separated parts = *separate(image, {}, sink);
    EXPECT_EQ(test::unpacked(parts.colour, pixels.colour.size()), pixels.colour);
    EXPECT_EQ(test::unpacked(parts.alpha, pixels.alpha.size()), pixels.alpha);
  }
  const Image opaque = *check(PngFile{.interlaced = true}.file()).image;
  diag::Sink sink;
  EXPECT_EQ(separate(opaque, {}, sink)->alpha, "");
}

TEST(CheckImage, WarnsOfForeignColours) {
  // A profile with Display P3's red primary.
  std::string profile(128, '\0');
  profile.replace(16, 4, "RGB ").replace(36, 4, "acsp");
  test::put_u32(profile, 2);
  profile += "desc";
  test::put_u32(profile, 156);
  test::put_u32(profile, 24);
  profile += "rXYZ";
  test::put_u32(profile, 180);
  test::put_u32(profile, 20);
  profile += std::string(
      "desc\0\0\0\0\0\0\0\x0B"
      "Display P3\0\0",
      24);
  profile += std::string("XYZ \0\0\0\0", 8);
  for (const std::uint32_t v : {33759u, 15807u, 0xFFFFFFBBu}) test::put_u32(profile, v);
  PngFile file;
  file.before_data = png_chunk("iCCP", std::string("P3\0\0", 4) + test::zlib(profile));
  const Result r = check(file.file());
  EXPECT_TRUE(r.image);
  EXPECT_EQ(r.code(), Code::W0306);
  EXPECT_THAT(r.message(), HasSubstr("Display P3"));
}

TEST(CheckImage, GivesThePngsInside) {
  PngFile file;
  file.bits = 4;
  file.colour = 3;
  file.two_parts = true;
  file.before_data = png_chunk("PLTE", "abcdef");
  const Image image = *check(file.file()).image;
  const PngData data = png_data(image);
  EXPECT_EQ(data.palette, "abcdef");
  EXPECT_EQ(data.compressed, test::zlib(file.pattern()));
}

TEST(InGrey, KeepsTheKindAndLosesColourAndTransparency) {
  const auto grey = [](const std::string& bytes) {
    const Result found = check(bytes);
    diag::Sink sink;
    return found.image ? in_grey(*found.image, {}, sink) : std::nullopt;
  };
  const std::optional<Image> jpeg = grey(encode_jpeg(gradient(40, 30, 3), 95));
  ASSERT_TRUE(jpeg);
  EXPECT_EQ(jpeg->kind, Kind::jpeg);
  EXPECT_EQ(jpeg->components, 1);
  EXPECT_EQ(check(jpeg->bytes).image->components, 1);
  // Red is as dark as Rec. 601 says: 299 of a thousand.
  std::string red;
  for (int i = 0; i < 256; ++i) red += std::string("\xFF\0\0", 3);
  const std::optional<Image> made = grey(encode_jpeg({16, 16, 3, red}, 95));
  ASSERT_TRUE(made);
  std::string row(16, '\0');
  ASSERT_TRUE(open_rows(*made)->next(reinterpret_cast<unsigned char*>(row.data())));
  EXPECT_NEAR(static_cast<unsigned char>(row[5]), 76, 2);
}

}  // namespace
}  // namespace epitome::image
