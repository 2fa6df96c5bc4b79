// Words to glyphs by HarfBuzz, each distinct word once: shaping is the largest cost of a paragraph, and text repeats
// its words. Glyph measures are in font units, so that one entry serves every size.
#pragma once

#include <hb.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/fonts.hpp"
#include "text/paragraph.hpp"

namespace epitome::text {

// Everything that shaping depends on but the text.
struct ShapeStyle {
  const Face* face = nullptr;
  std::vector<std::string> features;
  bool small_caps = false, superior = false, inferior = false;
  std::string lang;  // as of shaping_language
  hb_script_t script = HB_SCRIPT_LATIN;
  bool rtl = false;
  friend bool operator==(const ShapeStyle&, const ShapeStyle&) = default;
};
using StyleId = std::uint32_t;

struct ShapedGlyph {
  std::uint32_t id = 0;
  std::uint32_t cluster = 0;  // byte offset in the word
  std::int32_t advance = 0, x_offset = 0, y_offset = 0;
  bool unsafe_to_break = false;  // cutting the word before this cluster changes glyphs
  bool ends_cluster = false;     // the next glyph to the right belongs to another cluster
  bool ends_letter = false;      // ... and the cluster is one that letter-spacing may part: it has a width
};

using WordId = std::uint32_t;

struct ShapedWord {
  StyleId style = 0;
  std::uint32_t text_begin = 0, text_length = 0;
  std::uint32_t glyph_begin = 0, glyph_count = 0;
  std::int32_t width = 0;     // font units
  std::uint32_t letters = 0;  // glyphs with ends_letter; 0 in scripts that join
  std::uint32_t hash = 0;
  bool missing = false;  // has a .notdef
  // Hyphenation points, looked up at first use (see hyphenation.hpp): of which rules, and where.
  std::uint32_t hyphen_rules = 0, hyphen_begin = 0, hyphen_count = 0;
  // What the font puts between a space and the word after it, between the word and a space, in its units: found at
  // first use (see Shaper::kern_to_spaces).
  bool kerned = false;
  std::int32_t kerning_before = 0, kerning_after = 0;
};

class Shaper {
 public:
  Shaper();
  ~Shaper();
  Shaper(const Shaper&) = delete;
  Shaper& operator=(const Shaper&) = delete;

  StyleId style(const ShapeStyle& style);
  const ShapeStyle& style(StyleId id) const { return styles_[id].style; }

  static constexpr WordId not_found = ~WordId{0};
  // The word, shaped now if it was not before.
  WordId shape(StyleId style, std::string_view text);

  const ShapedWord& word(WordId id) const { return words_[id]; }
  ShapedWord& word(WordId id) { return words_[id]; }
  std::string_view text(const ShapedWord& word) const {
    return std::string_view(texts_).substr(word.text_begin, word.text_length);
  }
  // What the font puts between two texts that are shaped apart, in its units; nothing where they would become one
  // glyph.
  std::int32_t kerning(StyleId style, std::string_view left, std::string_view right);
  // The word with its kerning to spaces, which its first and last clusters decide. Left to right.
  const ShapedWord& kern_to_spaces(WordId id);
  // Visual order, left to right.
  std::span<const ShapedGlyph> glyphs(const ShapedWord& word) const {
    return std::span(glyphs_).subspan(word.glyph_begin, word.glyph_count);
  }
  // Whether the word can be cut before its byte `offset` with its glyphs as they are.
  bool safe_to_cut(const ShapedWord& word, std::uint32_t offset) const;
  // The width, in font units, and letters of the part before byte `offset`; a ligature across it is divided in
  // proportion to its bytes.
  struct Part {
    std::int32_t width = 0;
    std::uint32_t letters = 0;
  };
  Part part_before(const ShapedWord& word, std::uint32_t offset) const;
  // What the parts before and behind byte `offset` are wider than part_before says, in font units, when they stand on
  // lines of their own: a kerned letter isn't moved towards the next one, a ligature is two letters. Of text from left
  // to right; `anywhere`, where no rule divides the word, of joined letters too: at most so much.
  struct Cut {
    std::int32_t before = 0, after = 0;
  };
  Cut cut(WordId id, std::uint32_t offset, bool anywhere);

 private:
  struct Style {
    ShapeStyle style;
    std::vector<hb_feature_t> features;
    hb_language_t language = nullptr;
    bool spaced = true;  // letters may be spaced
  };
  static std::uint32_t hash(StyleId style, std::string_view text);
  std::size_t slot(StyleId style, std::string_view text, std::uint32_t hash) const;
  void grow();

  hb_buffer_t* buffer_;
  std::vector<Style> styles_;
  std::vector<ShapedWord> words_;
  std::vector<WordId> table_;  // open addressing; not_found: free
  std::string texts_;
  std::vector<ShapedGlyph> glyphs_;
};

// What of a tag (BCP 47) decides about glyphs: the language, and those subtags that OpenType has a language system for.
// A document may name any number of tags; these are few.
std::string shaping_language(std::string_view tag);

// Whether letters of a script stand apart, so that letter-spacing may part them.
bool script_is_spaced(hb_script_t script);

}  // namespace epitome::text
