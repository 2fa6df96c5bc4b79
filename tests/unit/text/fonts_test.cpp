// The manifest and the faces it names.
#include "text/fonts.hpp"

#include <gmock/gmock.h>

#include "setting.hpp"
#include "sha256.hpp"

namespace epitome::text {
namespace {

using testing::HasSubstr;

std::string bytes_of(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

TEST(Fonts, EveryFaceOfTheManifestIsInstalledAndIsTheOneItNames) {
  Setting setting;
  for (const FontEntry& entry : setting.fonts.entries()) {
    const Face* face = setting.fonts.face(entry.family, entry.style, setting.sink);
    ASSERT_NE(face, nullptr) << entry.family;
    EXPECT_FALSE(entry.credit.empty());
    EXPECT_FALSE(entry.licence.empty());
    EXPECT_EQ(face->is_truetype(), entry.file.ends_with(".ttf")) << entry.file;
    EXPECT_EQ(sha256_hex(bytes_of("/usr/share/fonts/" + entry.file)), entry.sha256) << entry.file;
  }
  for (const diag::Diagnostic& d : setting.sink.diagnostics()) ADD_FAILURE() << d.message;
}

TEST(Fonts, AFaceKnowsItsMeasures) {
  Setting setting;
  const Face& face = *setting.regular();
  EXPECT_GT(face.x_height(Length::pt(100)), Length::pt(35));
  EXPECT_LT(face.x_height(Length::pt(100)), Length::pt(60));
  EXPECT_EQ(face.glyph(0x13000), 0u);
  const std::uint32_t h = face.glyph('H');
  const Length bearing = face.side_bearing(h, Length::pt(100)), end = face.end_bearing(h, Length::pt(100));
  EXPECT_GT(bearing, Length());
  EXPECT_GT(face.advance(h, Length::pt(100)), bearing + end);
}

// A manifest that names one font by a file of the test's own.
class OwnManifest : public testing::Test {
 protected:
  OwnManifest() : folder_(testing::TempDir()) {}
  bool read(const std::string& rows) {
    std::ofstream(folder_ + "manifest.xml") << "<fonts root=\".\">" << rows << "</fonts>";
    return fonts_.read_manifest(folder_ + "manifest.xml", sink_);
  }
  std::string folder_;
  diag::Sink sink_;
  FontSet fonts_;
};

TEST_F(OwnManifest, AMissingFontNamesItsPackageOnce) {
  ASSERT_TRUE(read("<font family='A' style='Regular' file='none.ttf' package='fonts-a'/>"));
  EXPECT_EQ(fonts_.face("A", "Regular", sink_), nullptr);
  EXPECT_EQ(fonts_.face("A", "Regular", sink_), nullptr);
  ASSERT_EQ(sink_.diagnostics().size(), 1u);
  EXPECT_EQ(sink_.diagnostics()[0].code, diag::Code::E0503);
  EXPECT_THAT(sink_.diagnostics()[0].hints.at(0), HasSubstr("fonts-a"));
}

TEST_F(OwnManifest, AFontThatTheManifestDoesNotNameIsAnError) {
  ASSERT_TRUE(read("<font family='A' style='Regular' file='none.ttf' package='fonts-a'/>"));
  EXPECT_EQ(fonts_.face("A", "Bold", sink_), nullptr);
  ASSERT_EQ(sink_.error_count(), 1u);
  EXPECT_EQ(sink_.diagnostics()[0].code, diag::Code::E0506);
}

TEST_F(OwnManifest, AFileThatIsNoFontIsAnError) {
  std::ofstream(folder_ + "text.ttf") << "not a font";
  ASSERT_TRUE(read("<font family='A' style='Regular' file='text.ttf' package='fonts-a'/>"));
  EXPECT_EQ(fonts_.face("A", "Regular", sink_), nullptr);
  EXPECT_EQ(sink_.error_count(), 1u);
}

TEST_F(OwnManifest, AFileOfAnotherSizeIsAWarning) {
  Setting setting;
  std::ofstream(folder_ + "own.ttf") << bytes_of("/usr/share/fonts/" + setting.regular()->entry().file);
  ASSERT_TRUE(read("<font family='A' style='Regular' file='own.ttf' package='fonts-a' bytes='5' sha256='0'/>"));
  EXPECT_NE(fonts_.face("A", "Regular", sink_), nullptr);
  ASSERT_EQ(sink_.diagnostics().size(), 1u);
  EXPECT_EQ(sink_.diagnostics()[0].code, diag::Code::W0504);
}

// A byte changed anywhere, a file cut off: the font's own checksum tells.
TEST_F(OwnManifest, ADamagedFileIsAnError) {
  Setting setting;
  const std::string good = bytes_of("/usr/share/fonts/" + setting.regular()->entry().file);
  std::string spoilt = good;
  spoilt[good.size() / 2] = static_cast<char>(spoilt[good.size() / 2] ^ 1);
  for (const std::string& bytes : {spoilt, good.substr(0, good.size() - 5000)}) {
    std::ofstream(folder_ + "own.ttf") << bytes;
    diag::Sink sink;
    FontSet fonts;
    ASSERT_TRUE(read("<font family='A' style='Regular' file='own.ttf' package='fonts-a'/>"));
    ASSERT_TRUE(fonts.read_manifest(folder_ + "manifest.xml", sink));
    EXPECT_EQ(fonts.face("A", "Regular", sink), nullptr);
    ASSERT_EQ(sink.error_count(), 1u);
    EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::E0503);
    EXPECT_THAT(sink.diagnostics()[0].message, HasSubstr("is damaged"));
  }
}

TEST(Fonts, AManifestThatCanNotBeReadIsAnError) {
  diag::Sink sink;
  FontSet fonts;
  EXPECT_FALSE(fonts.read_manifest("/nowhere/manifest.xml", sink));
  EXPECT_EQ(sink.error_count(), 1u);
}

TEST(Sha256, DigestsTheStandardsExamples) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

}  // namespace
}  // namespace epitome::text
