// Fonts by manifest: found in the places where the distribution's packages put them, checked, loaded once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/length.hpp"

struct hb_font_t;
struct hb_face_t;

namespace epitome::text {

using model::Length;

// One row of fonts/manifest.xml.
struct FontEntry {
  std::string family, style, role;
  std::string scripts;  // ISO 15924, separated by spaces
  std::string file;     // under the manifest's root
  std::string package, version, sha256, licence, credit;
  std::string feature;      // OpenType, HarfBuzz's notation: what the face always needs, or must not do; may be empty
  std::uint64_t bytes = 0;  // the file's size
  unsigned index = 0;       // in a collection
};

// A loaded face. Owned by FontSet; addresses stay valid as long as it lives.
class Face {
 public:
  ~Face();
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;

  const FontEntry& entry() const;
  hb_face_t* hb_face() const;
  hb_font_t* hb_font() const;  // scaled to units per em
  std::uint32_t units_per_em() const;
  bool is_truetype() const;  // has glyf (else CFF)
  Length x_height(Length size) const;
  // The nominal glyph for a character; 0 if the font has none.
  std::uint32_t glyph(char32_t character) const;
  // A glyph's advance at a size, unshaped.
  Length advance(std::uint32_t glyph, Length size) const;
  // The left side bearing of a glyph's ink at a size.
  Length side_bearing(std::uint32_t glyph, Length size) const;
  // The white between its ink and its advance's end, on the right: at a size; in the face's units.
  Length end_bearing(std::uint32_t glyph, Length size) const;
  std::int32_t end_bearing(std::uint32_t glyph) const;

 private:
  friend class FontSet;
  Face();
  struct Data;
  std::unique_ptr<Data> data_;
};

class FontSet {
 public:
  FontSet();
  ~FontSet();
  FontSet(FontSet&&) noexcept;
  FontSet& operator=(FontSet&&) noexcept;

  // Reads the manifest. Reports E0503 and returns false if it can't be read.
  bool read_manifest(const std::string& path, diag::Sink& sink);
  // The face of that family and style, loaded at the first call (mapped, not copied). Reports E0503 (with the package's
  // name in the hint) if its file is missing or damaged (by the font's own checksum), E0506 if the manifest doesn't
  // name it, and returns nullptr: nothing is substituted. W0504 if the file has another size than the manifest says.
  const Face* face(std::string_view family, std::string_view style, diag::Sink& sink);
  // The manifest's faces of role "fallback" that may set `script` (ISO 15924, "Arab") where `preferred` has no glyph,
  // best first: those as bold as `preferred` before the others. Reports E0503 for each that is missing.
  std::vector<const Face*> fallbacks(std::string_view script, const Face& preferred, diag::Sink& sink);
  const std::vector<FontEntry>& entries() const;

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace epitome::text
