#include "text/font_file.hpp"

#include <gtest/gtest.h>
#include <hb-ot.h>

#include <memory>

#include "setting.hpp"

namespace epitome::text {
namespace {

struct FaceFree {
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
};
using OwnedFace = std::unique_ptr<hb_face_t, FaceFree>;

OwnedFace opened(const std::string& bytes) {
  hb_blob_t* const blob =
      hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr);
  OwnedFace face(hb_face_create(blob, 0));
  hb_blob_destroy(blob);
  return face;
}

std::string name_of(hb_face_t* face, unsigned id) {
  char text[4000];
  unsigned size = sizeof text;
  hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, text);
  return text;
}

std::uint32_t first_glyph(hb_face_t* face, const char* text, const char* feature) {
  hb_font_t* const font = hb_font_create(face);
  hb_buffer_t* const buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text, -1, 0, -1);
  hb_buffer_guess_segment_properties(buffer);
  hb_feature_t asked{};
  hb_feature_from_string(feature, -1, &asked);
  hb_shape(font, buffer, &asked, 1);
  const std::uint32_t glyph = hb_buffer_get_glyph_infos(buffer, nullptr)->codepoint;
  hb_buffer_destroy(buffer);
  hb_font_destroy(font);
  return glyph;
}

TEST(FontFile, HoldsWhatIsAskedForUnderAnotherName) {
  diag::Sink sink;
  FontSet fonts;
  ASSERT_TRUE(fonts.read_manifest(std::string(EPITOME_SOURCE_DIR) + "/fonts/manifest.xml", sink));
  for (const auto& [family, style] : {std::pair("Vollkorn", "Regular"), std::pair("EB Garamond", "Italic")}) {
    const Face* const face = fonts.face(family, style, sink);
    ASSERT_NE(face, nullptr);
    const std::string bytes = font_file(*face, {U'A', U'a', U'é', U' '}, "Epitome Text 1", style).value();
    EXPECT_LT(bytes.size(), face->entry().bytes / 5);
    EXPECT_EQ(bytes.substr(0, 4), face->is_truetype() ? std::string("\0\1\0\0", 4) : "OTTO");
    const OwnedFace made = opened(bytes);
    hb_font_t* const font = hb_font_create(made.get());
    std::uint32_t glyph = 0;
    for (const hb_codepoint_t character : {U'A', U'a', U'é'})
      EXPECT_TRUE(hb_font_get_nominal_glyph(font, character, &glyph)) << family;
    EXPECT_FALSE(hb_font_get_nominal_glyph(font, U'Z', &glyph));
    hb_font_destroy(font);
    EXPECT_NE(first_glyph(made.get(), "a", "smcp"), first_glyph(made.get(), "a", "-smcp")) << "small capitals";
    EXPECT_EQ(name_of(made.get(), 1), "Epitome Text 1");
    EXPECT_EQ(name_of(made.get(), 6), std::string("EpitomeText1-") + style);
    for (const unsigned kept : {0U, 13U}) EXPECT_EQ(name_of(made.get(), kept), name_of(face->hb_face(), kept));
    EXPECT_NE(name_of(made.get(), 13), "");
    EXPECT_EQ(bytes, font_file(*face, {U'A', U'a', U'é', U' '}, "Epitome Text 1", style).value());
  }
}

}  // namespace
}  // namespace epitome::text
