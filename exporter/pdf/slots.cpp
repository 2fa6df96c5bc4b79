#include "pdf/slots.hpp"

#include <hb.h>

#include <algorithm>
#include <cstdlib>

#include "diag/utf8.hpp"
#include "text/fonts.hpp"

namespace epitome::pdf {
namespace {

using model::Length;

// A mark's share of its cluster, beside a letter's 100: about an eighth, which every reader tried takes for a character
// of the same word.
constexpr std::int64_t letter_weight = 100, mark_weight = 14;
// An advance that differs by less from the glyphs' own (kerning, letter-spacing) is corrected by the next slot's place,
// so that it makes no glyph of its own. In 1/1000 em.
constexpr std::int64_t spacing_limit = 80;

enum class CharacterKind : std::uint8_t { letter, mark, format };

CharacterKind kind_of(char32_t c) {
  if (c < 0x300) return c == 0xAD ? CharacterKind::format : CharacterKind::letter;
  switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), c)) {
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
      return CharacterKind::mark;
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
      return CharacterKind::format;
    default:
      return CharacterKind::letter;
  }
}

struct Cluster {
  std::uint32_t first = 0, last = 0;  // glyphs in logical order
  std::uint32_t begin = 0, end = 0;   // text
  Length left, advance;
};

class Cutter {
 public:
  Cutter(const text::GlyphRun& run, SlotList& out) : run_(run), out_(out) {
    count_ = static_cast<std::uint32_t>(run.glyphs.size());
  }

  void cut() {
    Length at = run_.rtl ? run_.width() : Length();
    for (std::uint32_t first = 0, begin = 0; first < count_;) {
      Cluster cluster{first, first, begin, begin, {}, {}};
      // Clusters without an advance of their own share their neighbour's: format characters (ZERO WIDTH NON-JOINER …)
      // that of the next; glyphs that are kerned or joined into the one before them (lam-alef in two glyphs) its.
      do {
        extend(cluster);
      } while (cluster.last < count_ && (cluster.advance <= Length() || follows_without_advance(cluster)));
      if (run_.rtl) at -= cluster.advance;
      cluster.left = at;
      if (!run_.rtl) at += cluster.advance;
      if (is_plain(cluster)) {
        add_plain(cluster);
      } else {
        add_slots(cluster);
      }
      first = cluster.last;
      begin = cluster.end;
    }
  }

 private:
  text::Glyph glyph(std::uint32_t n) const { return run_.glyphs[run_.rtl ? count_ - 1 - n : n]; }
  char32_t character(std::uint32_t at) const { return diag::decode_utf8(run_.text, at).value; }

  void extend(Cluster& cluster) const {
    const std::uint32_t start = glyph(cluster.last).cluster;
    do {
      cluster.advance += glyph(cluster.last).advance;
      ++cluster.last;
    } while (cluster.last < count_ && glyph(cluster.last).cluster == start);
    cluster.end = cluster.last < count_ ? glyph(cluster.last).cluster : static_cast<std::uint32_t>(run_.text.size());
  }

  bool follows_without_advance(const Cluster& cluster) const {
    if (glyph(cluster.last).advance > Length()) return false;
    Cluster next{cluster.last, cluster.last, cluster.end, cluster.end, {}, {}};
    extend(next);
    return next.advance <= Length() && kind_of(character(next.begin)) != CharacterKind::format;
  }

  // One glyph at its place for one character; from left to right also for a ligature's characters, but not for marks,
  // after which pdf.js doesn't advance.
  bool is_plain(const Cluster& cluster) const {
    if (cluster.last - cluster.first != 1) return false;
    const text::Glyph g = glyph(cluster.first);
    if (g.x_offset != Length() || g.y_offset != Length()) return false;
    const std::uint32_t length = cluster.end - cluster.begin;
    if (length == 1 || diag::decode_utf8(run_.text, cluster.begin).length == length) return true;
    if (run_.rtl) return false;
    for (std::uint32_t at = cluster.begin; at < cluster.end;) {
      const diag::CodePoint c = diag::decode_utf8(run_.text, at);
      if (kind_of(c.value) != CharacterKind::letter) return false;
      at += static_cast<std::uint32_t>(c.length);
    }
    return true;
  }

  void add_plain(const Cluster& cluster) {
    Slot slot;
    slot.begin = cluster.begin;
    slot.length = cluster.end - cluster.begin;
    slot.x = cluster.left;
    slot.glyph = glyph(cluster.first).id;
    out_.slots.push_back(slot);
  }

  // The face's units: advances and offsets are multiples of them but for spacing, and rounding brings them back.
  std::int64_t units(Length length) const {
    const std::int64_t n = length.raw() * upem() * 1000, d = run_.size.raw() * run_.glyph_scale;
    return n >= 0 ? (n + d / 2) / d : -((-n + d / 2) / d);
  }
  Length length(std::int64_t units) const { return run_.size.scaled(units * run_.glyph_scale, upem() * 1000); }
  std::int64_t upem() const { return run_.face->units_per_em(); }

  // The cluster's advance without kerning and letter-spacing.
  std::int64_t own_advance(const Cluster& cluster) const {
    const std::int64_t actual = units(cluster.advance);
    std::int64_t own = 0;
    for (std::uint32_t n = cluster.first; n < cluster.last; ++n) {
      const std::int64_t advance = hb_font_get_glyph_h_advance(run_.face->hb_font(), glyph(n).id);
      if (units(glyph(n).advance) * 2 > advance) own += advance;
    }
    // A lone mark has no advance of its own, and letter-spacing may leave it less than none.
    return own > 0 && std::abs(own - actual) * 1000 <= spacing_limit * upem() ? own : std::max<std::int64_t>(0, actual);
  }

  void add_slots(const Cluster& cluster) {
    const std::size_t first_slot = out_.slots.size();
    std::int64_t weights = 0;
    ends_.clear();
    bool joined = false;  // the character goes into the slot of the one before it
    for (std::uint32_t at = cluster.begin; at < cluster.end;) {
      const diag::CodePoint c = diag::decode_utf8(run_.text, at);
      const CharacterKind kind = kind_of(c.value);
      if (!joined) {
        Slot slot;
        slot.begin = at;
        slot.composed = true;
        out_.slots.push_back(slot);
        ends_.push_back(weights);
      }
      Slot& slot = out_.slots.back();
      slot.length += static_cast<std::uint32_t>(c.length);
      slot.mark = slot.mark || (run_.rtl && kind == CharacterKind::mark);
      // A text that ends in a format character is nothing to pdf.js; from right to left it would turn two around.
      joined = kind == CharacterKind::format && !run_.rtl && at + c.length < cluster.end;
      if (!joined) weights += kind == CharacterKind::letter ? letter_weight : mark_weight;
      ends_.back() = weights;
      at += static_cast<std::uint32_t>(c.length);
    }
    if (out_.slots.size() == first_slot) {  // a glyph without characters
      Slot slot;
      slot.begin = cluster.begin;
      slot.composed = true;
      out_.slots.push_back(slot);
      ends_.push_back(weights = letter_weight);
    }

    const std::int64_t advance = own_advance(cluster);
    const auto count = static_cast<std::uint32_t>(out_.slots.size() - first_slot);
    const std::uint32_t glyphs = cluster.last - cluster.first;
    Length pen = run_.rtl ? cluster.advance : Length();  // of the next glyph in logical order, from the cluster's left
    std::int64_t start = 0;
    for (std::uint32_t i = 0, n = 0; i < count; ++i) {
      Slot& slot = out_.slots[first_slot + i];
      const std::int64_t end = advance * ends_[i] / weights;
      const std::int64_t left = run_.rtl ? advance - end : start;
      slot.width = static_cast<std::int32_t>(end - start);
      slot.x = cluster.left + length(left);
      slot.first_part = static_cast<std::uint32_t>(out_.parts.size());
      // Each character gets one glyph, the last character all that are left.
      for (const std::uint32_t stop = i + 1 == count ? glyphs : std::min(glyphs, n + 1); n < stop; ++n) {
        const text::Glyph g = glyph(cluster.first + n);
        if (run_.rtl) pen -= g.advance;
        out_.parts.push_back({g.id, static_cast<std::int32_t>(units(pen + g.x_offset) - left),
                              static_cast<std::int32_t>(units(g.y_offset))});
        if (!run_.rtl) pen += g.advance;
      }
      slot.parts = static_cast<std::uint32_t>(out_.parts.size()) - slot.first_part;
      start = end;
    }
  }

  const text::GlyphRun& run_;
  SlotList& out_;
  std::uint32_t count_ = 0;
  std::vector<std::int64_t> ends_;  // by slot of the cluster: the weights up to its end
};

// Makes one slot of each glyph.
void deal_glyphs(const text::GlyphRun& run, SlotList& out) {
  const auto count = static_cast<std::uint32_t>(run.glyphs.size());
  const auto text_size = static_cast<std::uint32_t>(run.text.size());
  // The n-th glyph in logical order.
  const auto glyph = [&](std::uint32_t n) { return run.glyphs[run.rtl ? count - 1 - n : n]; };
  Length pen = run.rtl ? run.width() : Length();
  std::uint32_t at = 0;  // characters in front of the first cluster go with it
  for (std::uint32_t first = 0; first < count;) {
    const std::uint32_t cluster = glyph(first).cluster;
    std::uint32_t last = first + 1;
    while (last < count && glyph(last).cluster == cluster) ++last;
    const std::uint32_t end = last < count ? glyph(last).cluster : text_size;
    const std::size_t start = out.slots.size();
    for (std::uint32_t n = first; n < last; ++n) {
      Slot slot;
      slot.begin = at;
      slot.length = end - at;
      if (n + 1 < last && at < end) slot.length = static_cast<std::uint32_t>(diag::decode_utf8(run.text, at).length);
      slot.glyph = glyph(n).id;
      if (run.rtl) pen -= glyph(n).advance;
      slot.x = pen + glyph(n).x_offset;
      slot.y = glyph(n).y_offset;
      if (!run.rtl) pen += glyph(n).advance;
      at += slot.length;
      out.slots.push_back(slot);
      if (slot.length == 0) out.slots[start].crowded = last - first;
    }
    first = last;
  }
}

}  // namespace

void cut_slots(const text::GlyphRun& run, bool compose, SlotList& out) {
  out.slots.clear();
  out.parts.clear();
  if (compose) {
    Cutter(run, out).cut();
  } else {
    deal_glyphs(run, out);
  }
}

std::string_view slot_text(const text::GlyphRun& run, const Slot& slot) {
  const std::string_view text = std::string_view(run.text).substr(slot.begin, slot.length);
  return run.rtl && text == " " ? "\xE2\x80\x8F " : text;
}

}  // namespace epitome::pdf
