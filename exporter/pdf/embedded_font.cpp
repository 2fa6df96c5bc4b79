#include "pdf/embedded_font.hpp"

#include <fmt/format.h>
#include <hb-ot.h>
#include <hb.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "pdf/syntax.hpp"
#include "pdf/to_unicode.hpp"

namespace epitome::pdf {
namespace {

// A glyph without a character of its own needs some text all the same (ISO 19005-2 6.2.11.7.2): the word joiner,
// which readers drop or don't show.
constexpr std::string_view no_text = "\xE2\x81\xA0";

// A text of up to seven bytes as a number, so that comparing is; 0 for a longer one.
std::uint64_t text_key(std::string_view text) {
  if (text.size() > 7) return 0;
  std::uint64_t key = text.size();
  for (const char c : text) key = key << 8 | static_cast<unsigned char>(c);
  return key;
}

// Six letters that tell subsets of one face apart, from the program's bytes (FNV-1a).
std::string subset_tag(std::string_view program) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : program) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  std::string tag;
  for (int i = 0; i < 6; ++i, hash /= 26) tag.push_back(static_cast<char>('A' + hash % 26));
  return tag;
}

std::string postscript_name(hb_face_t* face, const text::FontEntry& entry) {
  char buffer[128];
  unsigned size = sizeof buffer;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, buffer);
  if (size > 0) return std::string(buffer, size);
  return entry.family + "-" + entry.style;
}

}  // namespace

EmbeddedFont::EmbeddedFont(const text::Face& face)
    : face_(face), glyph_count_(hb_face_get_glyph_count(face.hb_face())), first_use_(glyph_count_, -1) {}

std::uint32_t EmbeddedFont::composed(const SlotList& list, const Slot& slot) {
  const auto first = list.parts.begin() + slot.first_part;
  const auto last = first + slot.parts;
  // One glyph at its own place, with its own advance, needs no composite.
  if (slot.parts == 1 && first->x == 0 && first->y == 0 &&
      hb_font_get_glyph_h_advance(face_.hb_font(), first->glyph) == slot.width)
    return first->glyph;
  std::uint64_t hash = static_cast<std::uint64_t>(slot.width);
  const auto mix = [&](std::uint64_t n) { hash = (hash ^ n) * 1099511628211u; };
  for (auto part = first; part != last; ++part) {
    mix(part->glyph);
    mix(static_cast<std::uint64_t>(part->x));
    mix(static_cast<std::uint64_t>(part->y));
  }
  const auto [begin, end] = composite_numbers_.equal_range(hash);
  for (auto i = begin; i != end; ++i) {
    const Composite& made = composites_[i->second];
    if (made.width == slot.width && std::equal(first, last, made.parts.begin(), made.parts.end()))
      return glyph_count_ + i->second;
  }
  const auto number = static_cast<std::uint32_t>(composites_.size());
  composites_.push_back({{first, last}, slot.width});
  composite_numbers_.emplace(hash, number);
  return glyph_count_ + number;
}

std::uint32_t EmbeddedFont::use(std::uint32_t glyph, std::string_view text) {
  if (text.empty()) text = no_text;
  if (glyph >= first_use_.size()) first_use_.resize(glyph + 1, -1);
  const std::uint64_t key = text_key(text);
  std::int32_t last = -1;
  for (std::int32_t i = first_use_[glyph]; i >= 0; i = uses_[static_cast<std::size_t>(i)].next) {
    const Use& u = uses_[static_cast<std::size_t>(i)];
    if (u.key == key && (key != 0 || u.text == text)) return static_cast<std::uint32_t>(i);
    last = i;
  }
  const auto added = static_cast<std::int32_t>(uses_.size());
  (last < 0 ? first_use_[glyph] : uses_[static_cast<std::size_t>(last)].next) = added;
  uses_.push_back({glyph, -1, key, std::string(text), {}, 0});
  return static_cast<std::uint32_t>(added);
}

std::optional<EmbeddedFont::Fault> EmbeddedFont::finish() {
  if (hb_ot_var_has_data(face_.hb_face())) return Fault{diag::Code::E0901, "a variable font can't be embedded"};
  if (uses_.size() >= most_glyphs) return Fault{diag::Code::E0606, "more than 65,534 pairs of glyph and text"};
  const auto em = static_cast<std::int64_t>(face_.units_per_em());
  for (Use& u : uses_) {
    const std::int64_t advance = u.glyph < glyph_count_ ? hb_font_get_glyph_h_advance(face_.hb_font(), u.glyph)
                                                        : composites_[u.glyph - glyph_count_].width;
    u.width = static_cast<int>((advance * 1000 + em / 2) / em);
  }
  std::optional<Fault> fault = make_codes();
  if (std::all_of(uses_.begin(), uses_.end(), [](const Use& u) { return u.code.code <= 0xFF; })) code_bytes_ = 1;
  return fault;
}

std::string EmbeddedFont::descriptor(const std::string& name, const std::string& program) const {
  hb_font_t* font = face_.hb_font();
  const auto em = static_cast<std::int64_t>(face_.units_per_em());
  const auto metric = [&](hb_ot_metrics_tag_t tag) {
    hb_position_t value = 0;
    hb_ot_metrics_get_position_with_fallback(font, tag, &value);
    return value * 1000 / em;
  };
  // FontBBox: xMin, yMin, xMax, yMax of the `head` table.
  std::int64_t box[4] = {};
  hb_blob_t* head = hb_face_reference_table(face_.hb_face(), HB_TAG('h', 'e', 'a', 'd'));
  unsigned length = 0;
  const char* data = hb_blob_get_data(head, &length);
  for (std::size_t i = 0; i < 4 && length >= 44; ++i) {
    const auto high = static_cast<unsigned char>(data[36 + 2 * i]), low = static_cast<unsigned char>(data[37 + 2 * i]);
    box[i] = static_cast<std::int16_t>(high << 8 | low) * 1000 / em;
  }
  hb_blob_destroy(head);
  const bool italic = hb_style_get_value(font, HB_STYLE_TAG_ITALIC) > 0.5F;
  const auto slant = static_cast<std::int64_t>(hb_style_get_value(font, HB_STYLE_TAG_SLANT_ANGLE));
  const auto weight = static_cast<std::int64_t>(hb_style_get_value(font, HB_STYLE_TAG_WEIGHT));
  // Symbolic (4): codes of its own. StemV isn't in OpenType: the usual estimate from the weight.
  return fmt::format(
      "/Type/FontDescriptor/FontName/{}/Flags {}/FontBBox[{} {} {} {}]/ItalicAngle {}/Ascent {}/Descent {}/CapHeight "
      "{}/StemV {}{}",
      name, italic ? 4 + 64 : 4, box[0], box[1], box[2], box[3], slant, metric(HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER),
      metric(HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER), metric(HB_OT_METRICS_TAG_CAP_HEIGHT), 50 + weight * weight / 4225,
      program);
}

std::vector<std::uint32_t> EmbeddedFont::write(ObjectFile& file, std::string_view encoding) const {
  const std::string name = subset_tag(program_) + "+" + name_of(postscript_name(face_.hb_face(), face_.entry()));
  std::vector<std::uint32_t> by_code(uses_.size());
  for (std::uint32_t i = 0; i < by_code.size(); ++i) by_code[i] = i;
  std::sort(by_code.begin(), by_code.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Code x = uses_[a].code, y = uses_[b].code;
    return x.code != y.code ? x.code < y.code : x.variant < y.variant;
  });

  std::vector<std::uint32_t> variants;
  for (std::size_t i = 0; i < variants_; ++i) variants.push_back(file.reserve());
  const std::uint32_t cid_font = file.reserve(), descriptor_object = file.reserve();
  // Widths, one array for each row of neighbouring codes.
  std::string widths;
  int last = -2;
  for (const std::uint32_t i : by_code) {
    const int code = uses_[i].code.code;
    if (code == last) continue;
    if (code != last + 1) {
      if (last >= 0) widths += ']';
      put_int(widths, code);
      widths += '[';
    } else {
      widths += ' ';
    }
    put_int(widths, uses_[i].width);
    last = code;
  }
  if (last >= 0) widths += ']';
  file.set(descriptor_object, descriptor(name, write_program(file)));
  file.set(cid_font,
           fmt::format("/Type/Font/BaseFont/{}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                       "/FontDescriptor {} 0 R/W[{}]{}",
                       name, descriptor_object, widths, cid_entries(file)));
  for (std::size_t variant = 0; variant < variants_; ++variant) {
    std::vector<std::pair<std::uint16_t, std::string_view>> codes;
    for (const std::uint32_t i : by_code)
      if (uses_[i].code.variant == variant) codes.emplace_back(uses_[i].code.code, uses_[i].text);
    const std::uint32_t map = file.reserve();
    file.set_stream(map, "", to_unicode_cmap(codes, code_bytes_));
    file.set(variants[variant],
             fmt::format("/Type/Font/Subtype/Type0/BaseFont/{}/Encoding{}/DescendantFonts[{} 0 R]/ToUnicode {} 0 R",
                         name, encoding, cid_font, map));
  }
  return variants;
}

}  // namespace epitome::pdf
