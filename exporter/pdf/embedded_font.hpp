// A face as the file holds it: the glyphs that are used, under codes of the file's own, each with its text.
//
// A code has one byte where all of the face's fit, as those of an alphabet do: pages get a fifth shorter. Else it has
// two. Three kinds of embedding stand behind one interface. TrueType: a code for each pair of glyph and text, led to
// the glyph by a CIDToGIDMap; slots are composite glyphs of the program. CFF: the code is given by the font program
// (the subset's glyph number, or the CID of a CID-keyed font's charset), so a glyph with a second text needs a second
// font dictionary, a variant.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pdf/composites.hpp"
#include "pdf/object_file.hpp"
#include "pdf/slots.hpp"
#include "text/fonts.hpp"

namespace epitome::pdf {

// The code that word spacing acts on where codes have one byte (ISO 32000-1 9.3.3).
inline constexpr std::uint16_t word_space = 32;

struct Code {
  std::uint16_t code = 0;
  std::uint16_t variant = 0;
};

class EmbeddedFont {
 public:
  virtual ~EmbeddedFont() = default;
  EmbeddedFont(const EmbeddedFont&) = delete;
  EmbeddedFont& operator=(const EmbeddedFont&) = delete;

  // Whether slots may be composed of glyphs (see cut_slots).
  virtual bool composes() const { return false; }
  // The use of the list's slot for `text` (UTF-8), a new one if there is none yet: numbers from 0.
  std::uint32_t use(const SlotList& list, const Slot& slot, std::string_view text) {
    return use(slot.composed ? composed(list, slot) : slot.glyph, text);
  }
  // The same of `glyph` (in the face).
  std::uint32_t use(std::uint32_t glyph, std::string_view text);

  // Why a face can't be embedded: a fault of the program's or of its fonts (it is variable, hb-subset fails), or more
  // codes or glyphs than a font holds (E0606).
  struct Fault {
    diag::Code code = diag::Code::E0901;
    std::string why;
  };
  // After the last new use: makes the subset and the codes. Nothing if all went well.
  std::optional<Fault> finish();
  // After finish().
  Code code(std::uint32_t use) const { return uses_[use].code; }
  // The advance that a reader of the file gives the glyph, in 1/1000 em.
  int width(std::uint32_t use) const { return uses_[use].width; }
  std::size_t variants() const { return variants_; }
  // Bytes of a code in a page's content: 1 or 2.
  int code_bytes() const { return code_bytes_; }
  // Writes all objects; returns the Type0 font dictionary of each variant. `encoding`: what leads from code to CID, a
  // name or a reference to a stream.
  std::vector<std::uint32_t> write(ObjectFile& file, std::string_view encoding) const;

 protected:
  explicit EmbeddedFont(const text::Face& face);

  struct Use {
    std::uint32_t glyph = 0;
    std::int32_t next = -1;  // another use of the same glyph
    std::uint64_t key = 0;   // of the text, see text_key()
    std::string text;
    Code code;
    int width = 0;
  };
  // Fills program_ and the codes of uses_ from the subset of the face that holds all used glyphs.
  virtual std::optional<Fault> make_codes() = 0;
  // OpenType's limit of glyphs and the limit of two-byte codes.
  static constexpr std::size_t most_glyphs = 0xFFFF;
  // Writes the font program's stream and says how the descriptor names it: "/FontFile2 12 0 R".
  virtual std::string write_program(ObjectFile& file) const = 0;
  // The CIDFont's own entries: its subtype and the way from code to glyph.
  virtual std::string cid_entries(ObjectFile& file) const = 0;

  const text::Face& face_;
  std::uint32_t glyph_count_;          // of the face; numbers from here on are composites_
  std::vector<Composite> composites_;  // of the face's glyphs
  std::vector<Use> uses_;
  std::string program_;  // the subset, as it is embedded
  std::size_t variants_ = 1;
  int code_bytes_ = 2;

 private:
  std::uint32_t composed(const SlotList& list, const Slot& slot);
  std::string descriptor(const std::string& name, const std::string& program) const;

  std::unordered_multimap<std::uint64_t, std::uint32_t> composite_numbers_;  // by hash; only looked up, never walked
  std::vector<std::int32_t> first_use_;                                      // by glyph
};

// The kind that fits the face.
std::unique_ptr<EmbeddedFont> make_embedded_font(const text::Face& face);

}  // namespace epitome::pdf
