// The kinds of embedding: TrueType, CFF by glyph name, CFF by CID.
#include <fmt/format.h>
#include <hb.h>

#include <algorithm>

#include "pdf/cff_charset.hpp"
#include "pdf/embedded_font.hpp"
#include "pdf/subset.hpp"

namespace epitome::pdf {
namespace {

class TrueTypeFont final : public EmbeddedFont {
 public:
  explicit TrueTypeFont(const text::Face& face) : EmbeddedFont(face) {}
  bool composes() const override { return true; }

 private:
  // Codes in the order of the texts: neighbouring characters make ranges in the ToUnicode map.
  std::optional<Fault> make_codes() override {
    std::vector<std::uint32_t> order(uses_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const int texts = uses_[a].text.compare(uses_[b].text);
      return texts != 0 ? texts < 0 : uses_[a].glyph < uses_[b].glyph;
    });
    // The space's is the one that word spacing acts on.
    const auto space = std::find_if(order.begin(), order.end(), [&](std::uint32_t i) { return uses_[i].text == " "; });
    std::uint16_t last = 0;
    for (auto i = order.begin(); i != order.end(); ++i) {
      if (i != space && ++last == word_space && space != order.end()) ++last;
      uses_[*i].code.code = i == space ? word_space : last;
    }

    std::vector<std::uint32_t> glyphs;  // of the face: those that are used by themselves, then those of composites
    for (const std::uint32_t i : order)
      if (uses_[i].glyph < glyph_count_) glyphs.push_back(uses_[i].glyph);
    const std::size_t alone = glyphs.size();
    for (const Composite& composite : composites_)
      for (const SlotPart& part : composite.parts) glyphs.push_back(part.glyph);
    std::optional<Subset> subset = make_subset(face_.hb_face(), glyphs, 0);
    if (!subset) return Fault{diag::Code::E0901, "hb-subset can't read it"};
    program_ = std::move(subset->bytes);
    std::uint32_t own = 0;
    if (!composites_.empty()) {
      std::vector<Composite> composites = composites_;
      std::size_t next = alone;
      for (Composite& composite : composites)
        for (SlotPart& part : composite.parts) part.glyph = subset->new_glyphs[next++];
      own = subset->count;
      if (own + composites.size() > most_glyphs) return Fault{diag::Code::E0606, "more than 65,535 glyphs"};
      program_ = add_composites(program_, composites);
      if (program_.empty()) return Fault{diag::Code::E0901, "composite glyphs can't be added to it"};
    }
    const std::uint16_t greatest = space == order.end() ? last : std::max(last, word_space);
    glyph_map_.assign(2 * (std::size_t{greatest} + 1), '\0');
    std::size_t next = 0;
    for (const std::uint32_t i : order) {
      const std::uint32_t used = uses_[i].glyph;
      const std::uint32_t glyph = used < glyph_count_ ? subset->new_glyphs[next++] : own + used - glyph_count_;
      glyph_map_[2 * uses_[i].code.code] = static_cast<char>(glyph >> 8);
      glyph_map_[2 * uses_[i].code.code + 1] = static_cast<char>(glyph & 0xFF);
    }
    return {};
  }

  std::string write_program(ObjectFile& file) const override {
    const std::uint32_t object = file.reserve();
    file.set_stream(object, fmt::format("/Length1 {}", program_.size()), program_);
    return "/FontFile2 " + reference(object);
  }
  std::string cid_entries(ObjectFile& file) const override {
    const std::uint32_t object = file.reserve();
    file.set_stream(object, "", glyph_map_);
    return "/Subtype/CIDFontType2/CIDToGIDMap " + reference(object);
  }

  std::string glyph_map_;  // two bytes a code
};

class CffFont final : public EmbeddedFont {
 public:
  explicit CffFont(const text::Face& face) : EmbeddedFont(face) {}

 private:
  std::optional<Fault> make_codes() override {
    std::vector<std::uint32_t> glyphs;
    for (const Use& u : uses_) glyphs.push_back(u.glyph);
    std::optional<Subset> subset = make_subset(face_.hb_face(), glyphs, HB_TAG('C', 'F', 'F', ' '));
    if (!subset) return Fault{diag::Code::E0901, "hb-subset can't read it"};
    program_ = std::move(subset->bytes);
    const std::optional<CffCharset> charset = read_cff_charset(program_);
    if (!charset) return Fault{diag::Code::E0901, "its CFF table is damaged"};
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      // ISO 32000-1 9.7.4.2: without CIDs in the program the code is the glyph.
      const std::uint32_t glyph = subset->new_glyphs[i];
      if (charset->cid_keyed && glyph >= charset->cids.size())
        return Fault{diag::Code::E0901, "its CFF table is damaged"};
      uses_[i].code.code = static_cast<std::uint16_t>(charset->cid_keyed ? charset->cids[glyph] : glyph);
    }
    // A glyph's second text goes to the second variant.
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      const std::int32_t next = uses_[i].next;
      if (next < 0) continue;
      const auto variant = static_cast<std::uint16_t>(uses_[i].code.variant + 1);
      uses_[static_cast<std::size_t>(next)].code.variant = variant;
      variants_ = std::max<std::size_t>(variants_, variant + 1u);
    }
    return {};
  }

  std::string write_program(ObjectFile& file) const override {
    const std::uint32_t object = file.reserve();
    file.set_stream(object, "/Subtype/CIDFontType0C", program_);
    return "/FontFile3 " + reference(object);
  }
  std::string cid_entries(ObjectFile&) const override { return "/Subtype/CIDFontType0"; }
};

}  // namespace

std::unique_ptr<EmbeddedFont> make_embedded_font(const text::Face& face) {
  if (face.is_truetype()) return std::make_unique<TrueTypeFont>(face);
  return std::make_unique<CffFont>(face);
}

}  // namespace epitome::pdf
