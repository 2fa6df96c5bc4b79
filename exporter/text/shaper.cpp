#include "text/shaper.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "style/language.hpp"

namespace epitome::text {

bool script_is_spaced(hb_script_t script) {
  switch (script) {
    case HB_SCRIPT_LATIN:
    case HB_SCRIPT_GREEK:
    case HB_SCRIPT_CYRILLIC:
    case HB_SCRIPT_ARMENIAN:
    case HB_SCRIPT_GEORGIAN:
    case HB_SCRIPT_HANGUL:
    case HB_SCRIPT_COMMON:
      return true;
    default:  // letters join, or have marks and conjuncts that spacing would tear; ideographs have gaps
              // (cjk_spacing.hpp); Hebrew by custom
      return false;
  }
}

std::string shaping_language(std::string_view tag) {
  constexpr auto kept =
      std::to_array<std::string_view>({"Hans", "Hant", "Latg", "Geok", "Syre", "Syrj", "Syrn", "CN", "HK", "MO", "SG",
                                       "TW", "MD", "fonipa", "fonnapa", "polyton", "arevmda", "provenc"});
  std::size_t end = std::min(tag.find('-'), tag.size());
  std::string out(tag.substr(0, end));
  while (end < tag.size()) {
    const std::size_t begin = end + 1;
    end = std::min(tag.find('-', begin), tag.size());
    const std::string_view subtag = tag.substr(begin, end - begin);
    if (subtag.size() == 1) break;  // extensions and private use
    const auto known = std::find_if(kept.begin(), kept.end(), [&](std::string_view k) {
      return k.size() == subtag.size() && style::same_tag(k, subtag);
    });
    if (known != kept.end()) out.append("-").append(*known);
  }
  return out;
}

Shaper::Shaper() : buffer_(hb_buffer_create()), table_(4096, not_found) {}

Shaper::~Shaper() { hb_buffer_destroy(buffer_); }

StyleId Shaper::style(const ShapeStyle& style) {
  for (StyleId i = 0; i < styles_.size(); ++i)
    if (styles_[i].style == style) return i;
  Style entry;
  entry.style = style;
  const auto add = [&](std::string_view name) {
    hb_feature_t feature;
    if (hb_feature_from_string(name.data(), static_cast<int>(name.size()), &feature)) entry.features.push_back(feature);
  };
  for (const std::string& f : style.features) add(f);
  if (!style.face->entry().feature.empty()) add(style.face->entry().feature);
  if (style.small_caps) {
    add("smcp");
    add("c2sc");
  }
  if (style.superior) add("sups");
  if (style.inferior) add("subs");
  entry.language = hb_language_from_string(style.lang.data(), static_cast<int>(style.lang.size()));
  entry.spaced = script_is_spaced(style.script) && !style.rtl;
  styles_.push_back(std::move(entry));
  return static_cast<StyleId>(styles_.size() - 1);
}

// FNV-1a: short keys, no need to resist attack beyond the bound that the input's size sets.
std::uint32_t Shaper::hash(StyleId style, std::string_view text) {
  std::uint32_t h = 2166136261u ^ (style * 0x9E3779B1u);
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  return h ^ (h >> 15);
}

std::size_t Shaper::slot(StyleId style, std::string_view text, std::uint32_t hash) const {
  std::size_t at = hash & (table_.size() - 1);
  while (table_[at] != not_found) {
    const ShapedWord& w = words_[table_[at]];
    if (w.hash == hash && w.style == style && this->text(w) == text) break;
    at = (at + 1) & (table_.size() - 1);
  }
  return at;
}

void Shaper::grow() {
  std::vector<WordId> larger(table_.size() * 2, not_found);
  for (WordId id = 0; id < words_.size(); ++id) {
    std::size_t at = words_[id].hash & (larger.size() - 1);
    while (larger[at] != not_found) at = (at + 1) & (larger.size() - 1);
    larger[at] = id;
  }
  table_ = std::move(larger);
}

WordId Shaper::shape(StyleId style, std::string_view text) {
  const std::uint32_t h = hash(style, text);
  const std::size_t at = slot(style, text, h);
  if (table_[at] != not_found) return table_[at];

  const Style& how = styles_[style];
  hb_buffer_clear_contents(buffer_);
  hb_buffer_set_script(buffer_, how.style.script);
  hb_buffer_set_language(buffer_, how.language);
  hb_buffer_set_direction(buffer_, how.style.rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_add_utf8(buffer_, text.data(), static_cast<int>(text.size()), 0, static_cast<int>(text.size()));
  const bool shaped = hb_shape_full(how.style.face->hb_font(), buffer_, how.features.data(),
                                    static_cast<unsigned>(how.features.size()), nullptr) != 0;
  if (!shaped || hb_buffer_allocation_successful(buffer_) == 0)
    throw std::runtime_error("HarfBuzz could not shape a word");

  ShapedWord word;
  word.style = style;
  word.hash = h;
  word.text_begin = static_cast<std::uint32_t>(texts_.size());
  word.text_length = static_cast<std::uint32_t>(text.size());
  texts_.append(text);
  word.glyph_begin = static_cast<std::uint32_t>(glyphs_.size());
  unsigned count = 0;
  const hb_glyph_info_t* info = hb_buffer_get_glyph_infos(buffer_, &count);
  const hb_glyph_position_t* position = hb_buffer_get_glyph_positions(buffer_, &count);
  word.glyph_count = count;
  std::int32_t cluster_width = 0;
  for (unsigned i = 0; i < count; ++i) {
    ShapedGlyph g;
    g.id = info[i].codepoint;
    g.cluster = info[i].cluster;
    g.advance = position[i].x_advance;
    g.x_offset = std::clamp(position[i].x_offset, -offset_limit, offset_limit);
    g.y_offset = std::clamp(position[i].y_offset, -offset_limit, offset_limit);
    g.unsafe_to_break = (hb_glyph_info_get_glyph_flags(&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0;
    g.ends_cluster = i + 1 == count || info[i + 1].cluster != info[i].cluster;
    word.width += g.advance;
    word.missing = word.missing || g.id == 0;
    cluster_width += g.advance;
    if (g.ends_cluster) g.ends_letter = how.spaced && std::exchange(cluster_width, 0) != 0;
    if (g.ends_letter) ++word.letters;
    glyphs_.push_back(g);
  }
  const WordId id = static_cast<WordId>(words_.size());
  words_.push_back(word);
  table_[at] = id;
  if (words_.size() * 2 > table_.size()) grow();
  return id;
}

std::int32_t Shaper::kerning(StyleId style, std::string_view left, std::string_view right) {
  const WordId pair = shape(style, std::string(left).append(right)), first = shape(style, left),
               second = shape(style, right);
  if (words_[pair].glyph_count != words_[first].glyph_count + words_[second].glyph_count) return 0;
  return words_[pair].width - words_[first].width - words_[second].width;
}

const ShapedWord& Shaper::kern_to_spaces(WordId id) {
  if (words_[id].kerned) return words_[id];
  words_[id].kerned = true;
  const std::span<const ShapedGlyph> all = glyphs(words_[id]);
  if (all.empty()) return words_[id];
  const std::uint32_t last_begin = all.back().cluster;
  std::uint32_t first_end = words_[id].text_length, last_count = 0;
  std::int32_t last_width = 0;
  for (const ShapedGlyph& glyph : all) {
    if (glyph.cluster > 0) first_end = std::min(first_end, glyph.cluster);
    if (glyph.cluster != last_begin) continue;
    last_width += glyph.advance;
    ++last_count;
  }
  const StyleId style = words_[id].style;
  // Copies: shaping adds to what the words' texts stand in.
  const std::string first = " " + std::string(text(words_[id]).substr(0, first_end));
  const std::string last = std::string(text(words_[id]).substr(last_begin)) + " ";
  const WordId space = shape(style, " "), before = shape(style, first), after = shape(style, last);
  // Kerning is in the advance of the first of two glyphs.
  ShapedWord& word = words_[id];
  word.kerning_before = glyphs(words_[before]).front().advance - words_[space].width;
  if (words_[after].glyph_count == last_count + 1)
    word.kerning_after = words_[after].width - last_width - words_[space].width;
  return word;
}

bool Shaper::safe_to_cut(const ShapedWord& word, std::uint32_t offset) const {
  if (offset == 0 || offset == word.text_length) return true;
  const std::span<const ShapedGlyph> all = glyphs(word);
  // HarfBuzz flags all glyphs of a cluster alike; a cluster that begins at `offset` must exist and be safe.
  const auto found = std::find_if(all.begin(), all.end(), [&](const ShapedGlyph& g) { return g.cluster == offset; });
  if (found == all.end()) return false;
  return !found->unsafe_to_break;
}

Shaper::Part Shaper::part_before(const ShapedWord& word, std::uint32_t offset) const {
  Part part;
  const std::span<const ShapedGlyph> all = glyphs(word);
  const bool rtl = styles_[word.style].style.rtl;
  // The end of the cluster that begins at `from`: the next cluster's begin in logical order.
  const auto cluster_end = [&](std::size_t i) {
    const std::uint32_t from = all[i].cluster;
    if (!rtl) {
      for (std::size_t k = i + 1; k < all.size(); ++k)
        if (all[k].cluster != from) return all[k].cluster;
    } else {
      for (std::size_t k = i; k-- > 0;)
        if (all[k].cluster != from) return all[k].cluster;
    }
    return word.text_length;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const ShapedGlyph& g = all[i];
    if (g.cluster >= offset) continue;
    const std::uint32_t end = cluster_end(i);
    if (end <= offset) {
      part.width += g.advance;
    } else {
      part.width +=
          static_cast<std::int32_t>(static_cast<std::int64_t>(g.advance) * (offset - g.cluster) / (end - g.cluster));
    }
    if (g.ends_letter) ++part.letters;
  }
  return part;
}

Shaper::Cut Shaper::cut(WordId id, std::uint32_t offset, bool anywhere) {
  const ShapedWord& whole = words_[id];
  const StyleId style = whole.style;
  if (safe_to_cut(whole, offset)) return {};
  if (anywhere && !styles_[style].spaced) {
    // Letters that no longer join have other forms. To shape what stands at each place where a word may be divided
    // would take many times its memory. None is wider by more than half an em; Nastaliq's words lean over one another.
    const Face& face = *styles_[style].style.face;
    const int halves = face.entry().scripts.find("Aran") != std::string::npos ? 3 : 1;
    const auto wider = static_cast<std::int32_t>(face.units_per_em() / 2) * halves;
    return {wider, wider};
  }
  if (styles_[style].style.rtl) return {};
  const std::span<const ShapedGlyph> all = glyphs(whole);
  const auto next = std::find_if(all.begin(), all.end(), [&](const ShapedGlyph& g) { return g.cluster >= offset; });
  if (next == all.begin()) return {};
  const ShapedGlyph last = *std::prev(next);
  if (last.advance == 0) return {};  // a mark
  if (next != all.end() && next->cluster == offset)
    return {hb_font_get_glyph_h_advance(styles_[style].style.face->hb_font(), last.id) - last.advance, 0};
  const std::uint32_t end = next == all.end() ? whole.text_length : next->cluster;
  const std::string before(text(whole).substr(last.cluster, offset - last.cluster));
  const std::string after(text(whole).substr(offset, end - offset));
  const auto share = static_cast<std::int32_t>(static_cast<std::int64_t>(last.advance) * (offset - last.cluster) /
                                               (end - last.cluster));
  const std::int32_t first = words_[shape(style, before)].width - share;
  return {first, words_[shape(style, after)].width - (last.advance - share)};
}

}  // namespace epitome::text
