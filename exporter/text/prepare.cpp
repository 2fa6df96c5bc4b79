// From styled spans to shaped pieces.
#include <hb-ot.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "diag/utf8.hpp"
#include "text/candidates.hpp"
#include "text/cjk_spacing.hpp"
#include "text/itemize.hpp"
#include "text/joins.hpp"
#include "text/language_rules.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {
namespace {

// Superiors and inferiors of fonts that lack them: of 65 % of the size; up by 35 %, down by 15 % of it, so that figures
// end near the ascender line and hang a little below the baseline, as fonts' own do.
constexpr std::int64_t script_size = 650, superior_rise = 350, inferior_drop = 150;

bool is_letter_or_figure(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word_character(char32_t c) { return is_letter(c) || (c >= U'0' && c <= U'9'); }

hb_script_t most_frequent(const std::vector<hb_script_t>& scripts) {
  std::vector<std::pair<hb_script_t, std::size_t>> counts;
  for (const hb_script_t script : scripts) {
    const auto found =
        std::find_if(counts.begin(), counts.end(), [&](const auto& count) { return count.first == script; });
    if (found == counts.end())
      counts.emplace_back(script, 1);
    else
      ++found->second;
  }
  const auto less = [](const auto& a, const auto& b) { return a.second < b.second; };
  return counts.empty() ? HB_SCRIPT_LATIN : std::max_element(counts.begin(), counts.end(), less)->first;
}

PieceKind kind_at(std::string_view text, std::uint32_t at, std::uint32_t& length) {
  const char c = text[at];
  length = 1;
  if (c == ' ') return PieceKind::space;
  if (c == '\xC2' && text[at + 1] == '\xA0') {
    length = 2;
    return PieceKind::nb_space;
  }
  if (c == '\xE2' && text[at + 1] == '\x80' && text[at + 2] == '\xA8') {
    length = 3;
    return PieceKind::newline;
  }
  return PieceKind::word;
}

// A keycap or a circle around a letter: it stands beside the letter in a face that places no marks.
bool ends_in_enclosing_mark(std::string_view cluster) {
  std::size_t last = cluster.size();
  while (last > 0 && (static_cast<unsigned char>(cluster[--last]) & 0xC0u) == 0x80u) {
  }
  return !cluster.empty() &&
         u_charType(static_cast<UChar32>(diag::decode_utf8(cluster, last).value)) == U_ENCLOSING_MARK;
}

bool is_east_asian(hb_script_t script) {
  return script == HB_SCRIPT_HAN || script == HB_SCRIPT_HIRAGANA || script == HB_SCRIPT_KATAKANA ||
         script == HB_SCRIPT_HANGUL;
}

// The manifest's name for the script, which for ideographs and Arabic depends on the language.
std::string fallback_script(const ShapeStyle& style) {
  const std::string& lang = style.lang;
  std::string tag(4, '\0');
  switch (style.script) {
    case HB_SCRIPT_HAN:
      if (lang.starts_with("zh-Hant") || lang.starts_with("zh-TW") || lang.starts_with("zh-HK")) return "Hant";
      if (lang.starts_with("zh")) return "Hans";
      return lang.starts_with("ko") ? "Kore" : "Hani";
    case HB_SCRIPT_ARABIC:
      return lang.starts_with("ur") ? "Aran" : "Arab";
    default:
      hb_tag_to_string(hb_script_to_iso15924_tag(style.script), tag.data());
      return tag;
  }
}

Length narrowest_line(const ParagraphShape& shape) {
  return shape.measure - shape.start_indent - shape.end_indent -
         std::max(shape.first_line_indent, shape.turnover_indent);
}

// Where nothing else lets a line end before its measure does, it may end at a hyphenation point, or between clusters.
enum class Emergency : std::uint8_t { space, hyphens, letters, any };
bool is_emergency_place(const std::string& text, std::uint32_t at, Emergency kind) {
  const char32_t before = diag::decode_utf8(text, diag::start_of_character(text, at)).value;
  const char32_t after = diag::decode_utf8(text, at).value;
  if (kind == Emergency::space) return before == 0xA0;
  if (kind == Emergency::letters) return is_word_character(before) && is_word_character(after);
  return after != 0xA0;
}

class Preparation {
 public:
  Preparation(Typesetter::Data& typesetter, const Paragraph& paragraph, const style::Language& language,
              diag::Span place, diag::Sink& sink)
      : typesetter_(typesetter), shaper_(typesetter.shaper), source_(paragraph), language_(language), sink_(sink) {
    out_.shape = paragraph.shape;
    out_.place = place;
  }

  void shape_all() {
    collect();
    itemize();
    shape();
    stiffen_addresses();
  }
  const std::vector<MissingPiece>& missing() const { return missing_; }

  // The paragraph with the annotations that are wider than its lines behind their bases; nothing: there are none.
  std::optional<Paragraph> with_readings_in_line() const {
    if (wide_.empty()) return std::nullopt;
    Paragraph made;
    made.shape = source_.shape;
    for (std::uint32_t s = 0; s < source_.spans.size(); ++s) {
      made.spans.push_back(source_.spans[s]);
      if (!std::binary_search(wide_.begin(), wide_.end(), s)) continue;
      TextSpan reading = made.spans.back();
      made.spans.back().annotation = {};
      made.spans.back().unbreakable = reading.unbreakable = false;
      reading.text = reading.annotation->text;
      reading.style = reading.annotation->style;
      reading.annotation = {};
      reading.hyphenate = false;
      reading.reading = true;
      made.spans.push_back(std::move(reading));
    }
    return made;
  }

  PreparedParagraph::Data finish() {
    kern_spaces(typesetter_, out_);
    join_spans(typesetter_, breaks_, out_);
    if (!levels_.empty()) out_.gaps = ideographic_gaps(typesetter_, out_);
    find_candidates(typesetter_, language_, breaks_, sink_, out_);
    // At no-break spaces, then by the language's rules, then between letters, then anywhere.
    for (const Emergency kind : {Emergency::space, Emergency::hyphens, Emergency::letters, Emergency::any}) {
      if (!allow_emergencies(kind)) continue;
      out_.candidates.clear();
      out_.points.clear();
      find_candidates(typesetter_, language_, breaks_, sink_, out_);
    }
    count_addresses();
    add_glue(out_);
    return std::move(out_);
  }

 private:
  // ---- collect: one text, one style a span -----------------------------------------------------

  void collect() {
    for (const TextSpan& span : source_.spans) {
      SpanInfo info;
      info.begin = static_cast<std::uint32_t>(out_.text.size());
      out_.text += span.text;
      info.end = static_cast<std::uint32_t>(out_.text.size());
      info.face = span.style.face;
      info.size = span.style.size;
      info.tag = span.tag;
      info.offset = span.offset;
      info.stands_for = span.stands_for;
      info.lang = span.lang.empty() ? std::string_view(language_.tag) : span.lang;
      info.own_language = language_.covers(info.lang);
      if (info.own_language) info.hyphen = language_.hyphen;
      info.kashida = info.own_language && language_.kashida;
      info.hyphenate = span.hyphenate && source_.shape.hyphenate;
      info.unbreakable = span.unbreakable || !span.annotation.empty();
      ShapeStyle shape{span.style.face,       {},
                       span.style.small_caps, span.style.superior,
                       span.style.inferior,   shaping_language(info.lang),
                       HB_SCRIPT_LATIN,       false};
      if (span.style.features != nullptr) shape.features = *span.style.features;
      if (span.style.superior || span.style.inferior) choose_script_form(span, shape, info);
      info.reading = span.reading;
      if (span.reading) info.shift = info.size.scaled(superior_rise, 1000);
      info.latin = shaper_.style(shape);
      info.tracking = info.size.scaled(span.style.tracking, 1000).raw();
      info.scale = UnitScale(*info.face, info.size);
      out_.spans.push_back(info);
    }
  }

  // The font's own superiors (inferiors) if it has one for each letter and figure of the span, else smaller and moved;
  // so is a span of marks alone.
  void choose_script_form(const TextSpan& span, ShapeStyle& shape, SpanInfo& info) {
    ShapeStyle plain = shape;
    plain.superior = plain.inferior = false;
    const StyleId with = shaper_.style(shape), without = shaper_.style(plain);
    bool all = true, any = false;
    for (const char& c : span.text) {
      if (!is_letter_or_figure(static_cast<unsigned char>(c))) continue;
      const std::string_view one(&c, 1);
      const WordId a = shaper_.shape(with, one), b = shaper_.shape(without, one);
      const auto first = [&](WordId id) { return shaper_.glyphs(shaper_.word(id)).front().id; };
      all = all && first(a) != first(b);
      any = true;
    }
    const Length small = info.size.scaled(script_size, 1000);
    const bool too_small = small < span.style.script_size_min;
    if (all && any && !too_small) return;
    shape = std::move(plain);
    info.shift = info.size.scaled(span.style.superior ? superior_rise : -inferior_drop, 1000);
    info.size = too_small ? std::min(info.size, span.style.script_size_min) : small;
  }

  // ---- itemize: directions, scripts, opportunities ---------------------------------------------

  void itemize() {
    const std::string& text = out_.text;
    typesetter_.break_finder.find(text, language_.tag, breaks_);
    bool plain = is_plain_latin(text) && out_.shape.direction != model::Direction::rtl;
    for (const TextSpan& span : source_.spans) plain = plain && span.direction != model::Direction::rtl;
    if (!plain) {
      std::vector<Isolate> isolates;
      for (std::size_t i = 0; i < source_.spans.size(); ++i) {
        if (source_.spans[i].direction == model::Direction::inherit || source_.spans[i].text.empty()) continue;
        if (goes_on(i)) {
          isolates.back().end = out_.spans[i].end;
        } else {
          isolates.push_back({out_.spans[i].begin, out_.spans[i].end, source_.spans[i].direction});
        }
      }
      levels_ = bidi_levels(text, out_.shape.direction, isolates);
      scripts_ = scripts(text);
      main_script_ = most_frequent(scripts_);
      keep_clusters(text, breaks_);
    }
    if (!plain && language_.tag.starts_with("zh")) free_quotation_marks(text, breaks_);
    // A note's mark stays with what it belongs to: UAX #14 would let it begin a line after "?" and an ellipsis.
    for (std::size_t i = 0; i < source_.spans.size(); ++i) {
      const std::uint32_t begin = out_.spans[i].begin;
      if (source_.spans[i].style.superior && begin > 0 && text[begin - 1] != ' ') breaks_[begin] = Opportunity::none;
    }
    keep_dashes(text, breaks_);
    out_.addresses = find_addresses(text);
    break_addresses(text, out_.addresses, breaks_);
    if (!plain && !out_.addresses.empty()) keep_clusters(text, breaks_);
    for (std::size_t s = 0; s < out_.spans.size(); ++s) {
      const SpanInfo& span = out_.spans[s];
      if (span.unbreakable)
        for (std::uint32_t i = span.begin + (goes_on(s) ? 0 : 1); i < span.end; ++i) breaks_[i] = Opportunity::none;
    }
    for (const SpanInfo& span : out_.spans)
      if (span.own_language) bind_words(text, span.begin, span.end, language_, breaks_);
    bind_figures_and_initials(text, breaks_);
  }

  // Whether the span and the one before it are of one span of the caller's.
  bool goes_on(std::size_t span) const { return span > 0 && source_.spans[span].offset != 0; }

  // ---- addresses, and what is wider than its line ------------------------------------------------

  void stiffen_addresses() {
    if (out_.addresses.empty()) return;
    auto address = out_.addresses.begin();
    for (Piece& piece : out_.pieces) {
      while (address != out_.addresses.end() && address->end <= piece.begin) ++address;
      if (address == out_.addresses.end()) return;
      piece.rigid = piece.rigid || (piece.kind == PieceKind::word && address->begin < piece.end);
    }
  }

  void count_addresses() {
    if (out_.addresses.empty()) return;
    CandidateAddresses count;
    for (const BreakPoint& point : out_.points) {
      while (count.begun < out_.addresses.size() && out_.addresses[count.begun].begin <= point.offset) ++count.begun;
      while (count.ended < out_.addresses.size() && out_.addresses[count.ended].end <= point.offset) ++count.ended;
      out_.beside.push_back(count);
    }
  }

  bool allow_emergencies(Emergency kind) {
    const BreakOptions options = break_options(out_, typesetter_.options.layout->justification);
    const std::int64_t measure = narrowest_line(out_.shape).raw();
    bool found = false;
    std::int64_t begin = 0;
    for (std::size_t i = 0; i < out_.candidates.size(); ++i) {
      const Candidate& c = out_.candidates[i];
      const bool wide = c.before.width - begin > measure;
      begin = c.after.width;
      if (!wide || !is_overfull(static_cast<int>(i), options)) continue;
      const std::uint32_t from = i == 0 ? 0 : out_.points[i - 1].offset, to = out_.points[i].offset;
      found = (kind == Emergency::hyphens ? allow_hyphens(out_, from, to) : allow_between_clusters(from, to, kind)) ||
              found;
    }
    return found;
  }

  // Whether what stands between that candidate and the one before is wider than a line, even set as narrow as can be.
  bool is_overfull(int candidate, const BreakOptions& options) const {
    return fit_line(out_.candidates, out_.first_hang, candidate - 1, candidate, options).overfull;
  }

  bool allow_between_clusters(std::uint32_t begin, std::uint32_t end, Emergency kind) {
    bool found = false;
    std::uint32_t span = 0;
    for (const std::uint32_t cluster : cluster_starts(std::string_view(out_.text).substr(begin, end - begin))) {
      const std::uint32_t at = begin + cluster;
      while (span + 1 < out_.spans.size() && out_.spans[span].end <= at) ++span;
      if (at == begin || at == end || breaks_[at] != Opportunity::none) continue;
      // The base of an annotation is parted where it alone is wider than a line.
      if (out_.spans[span].unbreakable && source_.spans[span].annotation.empty()) continue;
      if (!is_emergency_place(out_.text, at, kind)) continue;
      breaks_[at] = Opportunity::emergency;
      found = true;
    }
    return found;
  }

  // ---- shape: pieces ---------------------------------------------------------------------------

  void shape() {
    for (std::uint32_t s = 0; s < out_.spans.size(); ++s) {
      const std::size_t first = out_.pieces.size();
      shape_span(s);
      if (!source_.spans[s].annotation.empty()) set_annotation(s, first);
    }
  }

  void shape_span(std::uint32_t s) {
    const SpanInfo& span = out_.spans[s];
    const std::string_view text = out_.text;
    std::uint32_t length = 0;
    for (std::uint32_t at = span.begin; at < span.end;) {
      const PieceKind kind = kind_at(text, at, length);
      if (kind != PieceKind::word) {
        add_piece(s, at, at + length, space_style_at(s, at, at + length), kind);
        at += length;
        continue;
      }
      const std::uint32_t end = end_of_word(at, span.end);
      shape_word(s, at, end, style_at(s, at));
      at = end;
    }
  }

  // Of a word, or of what is one without word spaces. What is measured in a piece walks all its glyphs, for each place
  // where it may be divided: so one of thousands of characters is several pieces.
  std::uint32_t end_of_word(std::uint32_t at, std::uint32_t span_end) const {
    constexpr std::uint32_t longest_piece = 1024;  // bytes
    const std::string_view text = out_.text;
    const std::uint32_t most = std::min(span_end, at + 2 * longest_piece);
    const auto goes_on = [&](std::uint32_t i) {
      std::uint32_t length = 0;
      return (levels_.empty() || (levels_[i] == levels_[at] && scripts_[i] == scripts_[at])) &&
             kind_at(text, i, length) == PieceKind::word;
    };
    std::uint32_t end = at + 1;
    while (end < most && goes_on(end)) ++end;
    if (end - at <= longest_piece) return end;
    for (const std::uint32_t start : cluster_starts(text.substr(at, end - at)))
      if (start >= longest_piece) return at + start;
    return end;
  }

  StyleId style_at(std::uint32_t s, std::uint32_t at) {
    const SpanInfo& span = out_.spans[s];
    if (levels_.empty()) return span.latin;
    ShapeStyle style = shaper_.style(span.latin);
    style.script = scripts_[at];
    style.rtl = (levels_[at] & 1) != 0;
    return shaper_.style(style);
  }

  // A space goes with the word before it in its span, else with what follows, so that a phrase in a fallback face is
  // one run with its own spaces.
  StyleId space_style_at(std::uint32_t s, std::uint32_t at, std::uint32_t next) {
    if (levels_.empty()) return out_.spans[s].latin;
    const bool first = out_.pieces.empty() || out_.pieces.back().span != s;
    if (first && next < out_.spans[s].end && levels_[next] == levels_[at]) return style_of_space(s, next);
    const StyleId own = style_of_space(s, at);
    if (first || out_.pieces.back().level != levels_[at]) return own;
    const StyleId before = shaper_.word(out_.pieces.back().word).style;
    return shaper_.style(before).face->glyph(' ') != 0 ? before : own;
  }

  StyleId style_of_space(std::uint32_t s, std::uint32_t at) {
    const StyleId style = style_at(s, at);
    return is_of_other_face(shaper_.style(style)) ? style_for_cluster(" ", style).value_or(style) : style;
  }

  void add_piece(std::uint32_t s, std::uint32_t begin, std::uint32_t end, StyleId style, PieceKind kind) {
    Piece piece;
    piece.begin = begin;
    piece.end = end;
    piece.span = s;
    piece.kind = kind;
    piece.level = levels_.empty() ? 0 : levels_[begin];
    if (kind == PieceKind::newline) {
      piece.word = shaper_.shape(style, "");
    } else {
      piece.word = shaper_.shape(style, std::string_view(out_.text).substr(begin, end - begin));
    }
    out_.pieces.push_back(piece);
  }

  // A word in its face; where that has no glyph, cluster by cluster in fallbacks.
  void shape_word(std::uint32_t s, std::uint32_t begin, std::uint32_t end, StyleId style) {
    const std::string_view text = std::string_view(out_.text).substr(begin, end - begin);
    const bool whole =
        levels_.empty() || !(has_ideographic_mark(text, out_.spans[s].lang) || is_of_other_face(shaper_.style(style)));
    if (whole && !shaper_.word(shaper_.shape(style, text)).missing) {
      add_piece(s, begin, end, style, PieceKind::word);
      return;
    }
    const std::vector<std::uint32_t> clusters = cluster_starts(text);
    std::uint32_t from = 0;
    StyleId current = style;
    for (std::size_t i = 0; i + 1 < clusters.size(); ++i) {
      const std::string_view cluster = text.substr(clusters[i], clusters[i + 1] - clusters[i]);
      const std::optional<StyleId> found = style_for_cluster(cluster, style);
      if (!found) miss(s, begin + clusters[i], cluster, style);
      const StyleId chosen = found.value_or(style);
      if (clusters[i] != from && chosen != current) {
        add_piece(s, begin + from, begin + clusters[i], current, PieceKind::word);
        from = clusters[i];
      }
      current = chosen;
    }
    add_piece(s, begin + from, end, current, PieceKind::word);
  }

  // A face that has all of the cluster's glyphs; none if there is none. One that places enclosing marks comes first.
  std::optional<StyleId> style_for_cluster(std::string_view cluster, StyleId style) {
    ShapeStyle preferred = shaper_.style(style);
    const char32_t first = diag::decode_utf8(cluster, 0).value;
    const bool mark = !levels_.empty() && is_ideographic_mark(first, preferred.lang);
    const bool has = !mark && !shaper_.word(shaper_.shape(style, cluster)).missing;
    if (has && (levels_.empty() || !is_of_other_face(preferred))) return style;
    // A mark of several scripts goes with the language's ideographs, whatever stands before it.
    if (mark || (is_wide(first) && !is_east_asian(preferred.script))) preferred.script = HB_SCRIPT_HAN;
    const bool encloses = ends_in_enclosing_mark(cluster);
    std::optional<StyleId> unplaced;
    for (const std::string& script : {fallback_script(preferred), std::string("Zsym")}) {
      if (has && script == "Zsym") return style;
      for (const Face* face : typesetter_.fallback_faces(script, *preferred.face, sink_)) {
        ShapeStyle other = preferred;
        other.face = face;
        other.features.clear();  // they are the layout's for its own face
        // Ideographs and kana are set solid (JLREQ 2.3.2): fonts' kerning belongs to proportional kana.
        if (is_east_asian(other.script) && other.script != HB_SCRIPT_HANGUL) other.features.emplace_back("-kern");
        const StyleId id = shaper_.style(other);
        if (shaper_.word(shaper_.shape(id, cluster)).missing) continue;
        if (!encloses || hb_ot_layout_has_positioning(face->hb_face())) return id;
        if (!unplaced) unplaced = id;
      }
    }
    return unplaced;
  }

  // Of an emoji the whole has no glyph; of a letter with marks the marks behind those that a face has with it.
  void miss(std::uint32_t s, std::uint32_t begin, std::string_view cluster, StyleId style) {
    constexpr std::size_t longest_sign = 128, marks_tried = 8;  // bytes of an emoji are fewer; letters have three marks
    std::size_t kept = 0;
    if (!is_emoji(cluster)) {
      std::size_t end = 0;
      for (std::size_t n = 0; n <= marks_tried && end < cluster.size(); ++n) {
        end += diag::decode_utf8(cluster, end).length;
        if (end < cluster.size() && style_for_cluster(cluster.substr(0, end), style)) kept = end;
      }
    }
    begin -= out_.spans[s].begin;
    const bool whole = kept == 0 && cluster.size() <= longest_sign;
    while (kept < cluster.size()) {
      const std::size_t length = whole ? cluster.size() : diag::decode_utf8(cluster, kept).length;
      const auto from = begin + static_cast<std::uint32_t>(kept);
      missing_.push_back({s, from, from + static_cast<std::uint32_t>(length)});
      kept += length;
    }
  }

  // Whether the script is the paragraph's own and none of the face's: then its figures, brackets and commas too are
  // taken from the face that sets its letters, if that has them, so that weight and height agree. Not so in Chinese,
  // Japanese and Korean, whose figures are the Latin face's by custom; nor for superiors and inferiors, which others
  // lack.
  bool is_of_other_face(const ShapeStyle& style) const {
    if (style.script != main_script_ || style.script == HB_SCRIPT_LATIN) return false;
    if (is_east_asian(style.script) || style.script == HB_SCRIPT_BOPOMOFO) return false;
    if (style.superior || style.inferior) return false;
    std::array<char, 4> tag{};
    hb_tag_to_string(hb_script_to_iso15924_tag(style.script), tag.data());
    return style.face->entry().scripts.find(std::string_view(tag.data(), tag.size())) == std::string::npos;
  }

  // The annotation as a line of its own; a base narrower than it gets the difference, half at each side.
  void set_annotation(std::uint32_t s, std::size_t first_piece) {
    const TextSpan& span = source_.spans[s];
    if (first_piece == out_.pieces.size()) return;
    Paragraph paragraph;
    TextSpan text;
    text.text = span.annotation->text;
    text.style = span.annotation->style;
    text.lang = span.lang;
    text.tag = span.tag;
    text.unbreakable = true;
    paragraph.spans.push_back(std::move(text));
    paragraph.shape.measure = Length::pt(100'000);
    paragraph.shape.alignment = style::Alignment::start;
    paragraph.shape.hyphenate = false;
    paragraph.shape.protrude = false;
    PreparedParagraph::Data prepared = prepare_paragraph(typesetter_, paragraph, language_, out_.place, sink_);
    const BreakOptions options = break_options(prepared, {});
    std::vector<Line> lines =
        finalize_lines(typesetter_, prepared, total_fit(prepared.candidates, 0, options), options);
    if (lines.empty()) return;
    if (lines.front().width > narrowest_line(out_.shape)) {
      wide_.push_back(s);
      return;
    }
    Length base;
    for (std::size_t i = first_piece; i < out_.pieces.size(); ++i)
      base += out_.spans[s].scale_of(face_of(out_.pieces[i]))(shaper_.word(out_.pieces[i].word).width);
    const Length more = lines.front().width - base;
    if (more > Length()) {
      out_.pieces[first_piece].pad_before = more / 2;
      out_.pieces.back().pad_after = more - more / 2;
      // Base and padding are as wide as the annotation, whatever their line lacks.
      for (std::size_t i = first_piece; i < out_.pieces.size(); ++i) {
        out_.pieces[i].rigid = true;
        out_.pieces[i].kind = PieceKind::word;  // a space would stretch
      }
    }
    out_.spans[s].annotation = static_cast<std::int32_t>(out_.annotations.size());
    out_.annotations.push_back({std::move(lines.front()), span.annotation->style.size});
  }

  const Face& face_of(const Piece& piece) const { return *shaper_.style(shaper_.word(piece.word).style).face; }

  Typesetter::Data& typesetter_;
  Shaper& shaper_;
  const Paragraph& source_;
  const style::Language& language_;
  diag::Sink& sink_;
  PreparedParagraph::Data out_;
  std::vector<Opportunity> breaks_;
  std::vector<std::uint8_t> levels_;  // by byte; empty: all left to right
  std::vector<hb_script_t> scripts_;  // by byte; empty: all Latin
  hb_script_t main_script_ = HB_SCRIPT_LATIN;
  std::vector<MissingPiece> missing_;
  std::vector<std::uint32_t> wide_;  // spans whose annotations are wider than a line, in their order
};

}  // namespace

PreparedParagraph::Data prepare_paragraph(Typesetter::Data& typesetter, const Paragraph& paragraph,
                                          const style::Language& language, diag::Span place, diag::Sink& sink) {
  Paragraph changed;
  const Paragraph* shown = &paragraph;
  // Each time less of the text is its own: a letter whose mark is replaced may lack another of its marks.
  while (true) {
    Preparation preparation(typesetter, *shown, language, place, sink);
    preparation.shape_all();
    if (std::optional<Paragraph> other = preparation.with_readings_in_line()) {
      changed = std::move(*other);
      shown = &changed;
      continue;
    }
    if (preparation.missing().empty()) return preparation.finish();
    const auto fits = [&](const TextSpan& span) {
      Paragraph alone;
      alone.spans = {span};
      Preparation trial(typesetter, alone, language, place, sink);
      trial.shape_all();
      return trial.missing().empty();
    };
    std::optional<Paragraph> other =
        with_replacements(typesetter.missing(), *shown, preparation.missing(), place, fits);
    typesetter.report_own(sink);
    if (!other) return preparation.finish();
    changed = std::move(*other);
    shown = &changed;
  }
}

}  // namespace epitome::text
