// From a breaking to lines: the pieces of each line, cut where it ends, stretched to the measure, put in visual order.
#include <algorithm>
#include <utility>

#include "diag/utf8.hpp"
#include "text/kashida.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {
namespace {

constexpr std::string_view soft_hyphen = "\xC2\xAD";

// A piece, or the part of one that stands on a line.
struct Fragment {
  const Piece* piece = nullptr;
  const SpanInfo* span = nullptr;
  WordId word = 0;
  std::uint32_t begin = 0, end = 0;            // in the paragraph's text
  std::uint32_t word_begin = 0, word_end = 0;  // what of the shaped word stands for it
  bool hyphen = false;                         // the word's last character is a hyphen that stands for U+00AD
  bool hanging_space = false;
  // What the join after the cluster of this byte (in the fragment) is drawn out by, raw length.
  std::uint32_t kashida_at = 0;
  std::int64_t kashida = 0;
  int spaced = 0;  // clusters that letter-spacing parts from the next: not from a space, nor at the line's end
};

// How a line's stretch is shared out.
struct Stretch {
  std::int64_t to_spaces = 0, to_letters = 0;  // raw length, all of the line's; letters: by letter-spacing
  std::int64_t spaces = 0, letters = 0;        // over which weights: raw widths of spaces, ems of letters
  std::int64_t to_gaps = 0, gaps = 0;          // and their weights: Gap::stretch or shrink
  std::int32_t scale = 1000;                   // of glyphs, 1/1000
};

// What letters take is shared by scaling and letter-spacing in proportion to their limits; what the steps of the scale
// leave goes to letter-spacing, or, where the layout forbids that, to the spaces.
Stretch divide(std::int64_t missing, Measure m, Glue glue, const BreakOptions& o, std::int64_t edge) {
  const Shares shares = share(missing, m, glue, o, edge);
  missing -= shares.edge;
  Stretch s;
  s.spaces = m.spaces;
  s.letters = m.letters;
  s.to_letters = shares.letters;
  s.to_gaps = shares.gaps;
  s.gaps = shares.gaps < 0 ? glue.shrink : glue.stretch;
  const std::int64_t most_scale = missing < 0 ? 1000 - o.scale_min : o.scale_max - 1000;
  const std::int64_t most_tracking = m.letters * (missing < 0 ? -o.letter_min : o.letter_max) / 1000;
  const std::int64_t most_scaled = m.glyphs * most_scale / 1000;
  if (most_scaled > 0) {
    const std::int64_t scaled =
        std::clamp(shares.letters * most_scaled / (most_scaled + most_tracking), -most_scaled, most_scaled);
    // To the nearest step: what is cut off would add to the spaces' spread, always on the same side.
    const std::int64_t half = scaled < 0 ? -m.glyphs / 2 : m.glyphs / 2;
    s.scale = static_cast<std::int32_t>(1000 + (scaled * 1000 + half) / m.glyphs);
    s.to_letters -= m.glyphs * (s.scale - 1000) / 1000;
  }
  if (most_tracking == 0 && m.spaces > 0) s.to_letters = 0;
  s.to_spaces = m.spaces > 0 ? missing - s.to_gaps - s.to_letters - m.glyphs * (s.scale - 1000) / 1000 : 0;
  return s;
}

// Shares a length out by weights, each share by what the weights add up to so far, so that roundings don't add up;
// where the weights come to `weights`, the parts come to the whole.
class ByWeight {
 public:
  ByWeight(std::int64_t total, std::int64_t weights) : total_(total), weights_(weights) {}
  // A page is 14,400 pt at most: the product of two widths on it fits 63 bits.
  Length next(std::int64_t weight) {
    if (total_ == 0 || weights_ == 0) return {};
    so_far_ += weight;
    const std::int64_t given = std::exchange(given_, total_ * so_far_ / weights_);
    return Length::from_raw(given_ - given);
  }

 private:
  std::int64_t total_, weights_;
  std::int64_t so_far_ = 0, given_ = 0;
};

class LineFinalizer {
 public:
  LineFinalizer(Typesetter::Data& typesetter, const PreparedParagraph::Data& paragraph, const BreakOptions& options)
      : shaper_(typesetter.shaper), paragraph_(paragraph), options_(options) {}

  // The line from candidate `from` (−1: the paragraph's begin) to `to`.
  Line finalize(int from, int to) {
    const Candidate& end = paragraph_.candidates[static_cast<std::size_t>(to)];
    Line line;
    line.last = end.kind == BreakKind::end;
    line.hyphenated = end.kind == BreakKind::hyphen;
    line.end = static_cast<std::uint32_t>(to);
    gather(from, to);
    measure();
    const Fit fit = fit_line(paragraph_.candidates, paragraph_.first_hang, from, to, options_);
    line.overfull = fit.overfull;
    const std::int64_t measure = from < 0 ? options_.first_measure : options_.measure;
    line.room = Length::from_raw(measure);
    const std::int64_t start_hang =
        from < 0 ? paragraph_.first_hang : paragraph_.candidates[static_cast<std::size_t>(from)].start_hang;
    const std::int64_t end_hang = hang_at_end(end) + fit.dropped;
    const std::int64_t natural = natural_.width - start_hang - end_hang;
    const bool full = is_full(end, measure - fit.natural, measure, options_);
    // The exact width differs a little from what the breaker knew where a word was cut; a line that was chosen to fit
    // is made to fit.
    const bool fitted = options_.justified && (full || natural > measure);
    const std::int64_t lacks = fitted ? measure - natural : 0;
    std::int64_t missing = taken_up(lacks, natural_, glue_, from, to, options_);
    if (fit.overfull) missing = -most_shrink(natural_, glue_, options_);
    Stretch stretch = divide(missing, natural_, glue_, options_, fitted ? options_.edge : 0);
    const std::int64_t drawn_out = draw_out(stretch);
    line.justified = options_.justified && full && missing == lacks;
    const BreakPoint& point = paragraph_.points[static_cast<std::size_t>(to)];
    line.divided = point.emergency && !ends_in_address();
    if (line.divided) line.hyphenated = point.adds_hyphen;
    place(line, stretch);
    const std::int64_t scaled = natural_.glyphs * (stretch.scale - 1000) / 1000;
    line.width =
        Length::from_raw(natural + stretch.to_spaces + drawn_out + stretch.to_letters + stretch.to_gaps + scaled);
    if (stretch.spaces > 0)
      line.space_ratio = static_cast<std::int32_t>(1000 + stretch.to_spaces * 1000 / stretch.spaces);
    if (natural_.glyphs > 0)
      line.letter_fit = static_cast<std::int32_t>((stretch.to_letters + scaled) * 10000 / natural_.glyphs);
    align(line, from < 0, Length::from_raw(start_hang), Length::from_raw(end_hang + options_.edge),
          Length::from_raw(measure));
    set_annotations(line, from < 0);
    return line;
  }

 private:
  bool ends_in_address() const { return !fragments_.empty() && fragments_.back().piece->rigid; }

  // What of the end's extra hangs: all but the hyphen's own width.
  std::int64_t hang_at_end(const Candidate& end) const {
    if (!fragments_.empty() && fragments_.back().hyphen) {
      const SpanInfo& span = *fragments_.back().span;
      const Face& face = *shaper_.style(shaper_.word(fragments_.back().word).style).face;
      return face.advance(face.glyph(Typesetter::Data::hyphen_of(face, span)), span.size).raw() - end.end_extra;
    }
    return -end.end_extra;
  }

  // ---- the fragments of a line, logical order --------------------------------------------------

  void gather(int from, int to) {
    fragments_.clear();
    const BreakPoint& point = paragraph_.points[static_cast<std::size_t>(to)];
    const std::uint32_t begin = from < 0 ? 0 : paragraph_.points[static_cast<std::size_t>(from)].offset;
    const std::uint32_t end = point.offset;
    while (next_piece_ < paragraph_.pieces.size() && paragraph_.pieces[next_piece_].end <= begin) ++next_piece_;
    for (std::size_t p = next_piece_; p < paragraph_.pieces.size() && paragraph_.pieces[p].begin < end; ++p) {
      const Piece& piece = paragraph_.pieces[p];
      if (piece.kind == PieceKind::newline) continue;
      Fragment f;
      f.piece = &piece;
      f.span = &paragraph_.spans[piece.span];
      f.word = piece.word;
      f.begin = std::max(piece.begin, begin);
      f.end = std::min(piece.end, end);
      f.word_begin = f.begin - piece.begin;
      f.word_end = f.end - piece.begin;
      const bool at_end = f.end == end;
      f.hyphen = at_end && (point.adds_hyphen || point.at_soft_hyphen);
      if (f.begin != piece.begin || f.end != piece.end || f.hyphen) cut(f, point);
      fragments_.push_back(f);
    }
    for (std::size_t i = fragments_.size(); i-- > 0 && fragments_[i].piece->kind == PieceKind::space;)
      fragments_[i].hanging_space = true;
  }

  // Shapes a part of a word anew where its glyphs differ from the whole's.
  void cut(Fragment& f, const BreakPoint& point) {
    const ShapedWord& whole = shaper_.word(f.word);
    const StyleId style = whole.style;
    const Face& face = *shaper_.style(style).face;
    if (!f.hyphen && shaper_.safe_to_cut(whole, f.word_begin) && shaper_.safe_to_cut(whole, f.word_end)) return;
    std::string part = paragraph_.text.substr(f.begin, f.end - f.begin);
    if (f.hyphen) {
      if (point.at_soft_hyphen) part.resize(part.size() - soft_hyphen.size());
      diag::append_utf8(part, Typesetter::Data::hyphen_of(face, *f.span));
    }
    f.word = shaper_.shape(style, part);
    f.word_begin = 0;
    f.word_end = static_cast<std::uint32_t>(part.size());
  }

  void measure() {
    natural_ = {};
    Fragment* open = nullptr;  // the last word
    const auto close = [&] {
      if (open == nullptr) return;
      --open->spaced;
      natural_.letters -= open->span->size.raw();
      open = nullptr;
    };
    for (Fragment& f : fragments_) {
      if (f.hanging_space) break;
      const ShapedWord& word = shaper_.word(f.word);
      const UnitScale scale = f.span->scale_of(*shaper_.style(word.style).face);
      const bool spaced = word.letters > 0 && !f.piece->rigid;
      std::int64_t width = 0, letters = 0;
      for (const ShapedGlyph& g : shaper_.glyphs(word)) {
        if (g.cluster < f.word_begin || g.cluster >= f.word_end) continue;
        width += scale.raw(g.advance);
        if (spaced && g.ends_letter) ++letters;
      }
      natural_.width += width + letters * f.span->tracking;
      natural_.width += pads(f).first.raw() + pads(f).second.raw() + f.piece->kerning.raw();
      if (f.piece->kind != PieceKind::word) {
        natural_.spaces += width;
        close();
      } else if (letters > 0) {
        natural_.letters += letters * f.span->size.raw();
        natural_.glyphs += width;
        f.spaced = static_cast<int>(letters);
        open = &f;
      }
    }
    close();
    glue_ = {};
    if (paragraph_.gaps.empty() || fragments_.empty()) return;
    while (next_gap_ < paragraph_.gaps.size() && paragraph_.gaps[next_gap_].offset <= fragments_.front().begin)
      ++next_gap_;
    for (std::size_t i = next_gap_; i < paragraph_.gaps.size() && paragraph_.gaps[i].offset < content_end(); ++i) {
      natural_.width += paragraph_.gaps[i].width;
      glue_.stretch += paragraph_.gaps[i].stretch;
      glue_.shrink += paragraph_.gaps[i].shrink;
    }
  }

  // Where the line's text ends, in the paragraph's, without the spaces that hang.
  std::uint32_t content_end() const {
    std::size_t count = fragments_.size();
    while (count > 0 && fragments_[count - 1].hanging_space) --count;
    return count > 0 ? fragments_[count - 1].end : fragments_.front().begin;
  }

  // A base's padding stands where the piece's own begin and end are.
  static std::pair<Length, Length> pads(const Fragment& f) {
    return {f.begin == f.piece->begin ? f.piece->pad_before : Length(),
            f.end == f.piece->end ? f.piece->pad_after : Length()};
  }

  // Lengthens joins of Arabic letters, the best places first, by what spaces would else be too wide; what that is.
  std::int64_t draw_out(Stretch& stretch) {
    const std::int64_t wanted = stretch.to_spaces - stretch.spaces * widened_most / 1000;
    if (!options_.kashida || wanted <= 0) return 0;
    struct Place {
      Fragment* fragment;
      KashidaPlace place;
    };
    std::vector<Place> places;
    std::int64_t em = 0;
    for (Fragment& f : fragments_) {
      const ShapedWord& word = shaper_.word(f.word);
      const ShapeStyle& style = shaper_.style(word.style);
      if (f.piece->kind != PieceKind::word || style.script != HB_SCRIPT_ARABIC || !f.span->kashida) continue;
      const KashidaPlace place = kashida_place(std::string_view(paragraph_.text).substr(f.begin, f.end - f.begin));
      if (place.rank == 0 || !has_clusters(f, place)) continue;
      places.push_back({&f, place});
      em = std::max(em, f.span->size.raw());
    }
    std::stable_sort(places.begin(), places.end(),
                     [](const Place& a, const Place& b) { return a.place.rank < b.place.rank; });
    const std::int64_t step = em / 20;
    if (places.empty() || step == 0) return 0;
    // As few joins as will do are drawn out, none by more than half an em, in steps so that their glyphs recur.
    const std::int64_t least = 3 * step, most = 10 * step;
    const std::size_t count = std::min(places.size(), static_cast<std::size_t>((wanted + most - 1) / most));
    std::int64_t done = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::int64_t left = (wanted - done) / static_cast<std::int64_t>(count - i);
      const std::int64_t width = std::min(left / step * step, most);
      if (width < least) continue;
      places[i].fragment->kashida = width;
      places[i].fragment->kashida_at = places[i].place.letter;
      done += width;
    }
    stretch.to_spaces -= done;
    return done;
  }
  // Joins are drawn out only in lines whose spaces are wider than the font's by more than this, in 1/1000.
  static constexpr std::int64_t widened_most = 150;

  // Whether both letters have a glyph of their own.
  bool has_clusters(const Fragment& f, const KashidaPlace& place) const {
    bool letter = false, next = false;
    for (const ShapedGlyph& g : shaper_.glyphs(shaper_.word(f.word))) {
      letter = letter || g.cluster == f.word_begin + place.letter;
      next = next || (g.cluster == f.word_begin + place.next && g.advance > 0);
    }
    return letter && next;
  }

  // Tatweels at the end of a cluster, laid over one another as far as they are too long.
  void add_kashida(const GlyphRun& run, std::uint32_t cluster, std::int64_t width) {
    Glyph out;
    out.id = run.face->glyph(0x640);
    out.cluster = cluster;
    const std::int64_t own = run.face->advance(out.id, run.size).raw();
    if (own <= 0) return;
    const std::int64_t count = (width + own - 1) / own;
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t advance = width * (i + 1) / count - width * i / count;
      out.advance = Length::from_raw(advance);
      out.x_offset = Length::from_raw((advance - own) / 2);
      glyphs_.push_back(out);
    }
  }

  // ---- runs --------------------------------------------------------------------------------------

  bool same_run(const Fragment& a, const Fragment& b) const {
    return a.span == b.span && level_of(a) == level_of(b) && shaper_.word(a.word).style == shaper_.word(b.word).style &&
           a.piece->rigid == b.piece->rigid && pads(a).second == Length() && pads(b).first == Length();
  }

  // UAX #9, L1: white space at a line's end has the paragraph's level.
  std::uint8_t level_of(const Fragment& f) const {
    if (f.hanging_space) return paragraph_.shape.direction == model::Direction::rtl ? 1 : 0;
    return f.piece->level;
  }

  // What a line's glyphs take of its stretch, from one to the next, and the gap that comes next.
  struct Given {
    const Stretch& stretch;
    ByWeight to_spaces, to_letters, to_gaps, by_scale;
    std::size_t gap;
    std::uint32_t gaps_end;
  };

  void place(Line& line, const Stretch& stretch) {
    Given given{stretch,
                {stretch.to_spaces, stretch.spaces},
                {stretch.to_letters, stretch.letters},
                {stretch.to_gaps, stretch.gaps},
                {stretch.scale - 1000, 1000},
                next_gap_,
                paragraph_.gaps.empty() || fragments_.empty() ? 0 : content_end()};
    std::vector<std::uint8_t> levels;
    for (std::size_t begin = 0; begin < fragments_.size();) {
      std::size_t end = begin + 1;
      while (end < fragments_.size() && same_run(fragments_[begin], fragments_[end]) &&
             pads(fragments_[end - 1]).second == Length())
        ++end;
      const Fragment& first = fragments_[begin];
      PlacedRun placed = empty_run(begin, end);
      parts_.clear();
      glyphs_.clear();
      const UnitScale scale = first.span->scale_of(*placed.run.face);
      for (std::size_t i = begin; i < end; ++i) add_fragment(placed.run, fragments_[i], scale, given);
      if (placed.run.rtl) reverse_parts();
      placed.run.glyphs = glyphs_;
      // Of a base wider than a line the part on its first line is annotated.
      if (first.span->annotation >= 0 && fragments_.front().begin <= first.span->begin)
        annotated_.push_back({line.runs.size(), first.span->annotation});
      levels.push_back(level_of(first));
      pads_.push_back({pads(first).first, pads(fragments_[end - 1]).second});
      line.runs.push_back(std::move(placed));
      begin = end;
    }
    reorder(line, levels);
  }

  // The run of the fragments [begin, end), without their glyphs.
  PlacedRun empty_run(std::size_t begin, std::size_t end) const {
    const Fragment &first = fragments_[begin], &last = fragments_[end - 1];
    const ShapeStyle& style = shaper_.style(shaper_.word(first.word).style);
    PlacedRun placed;
    placed.tag = first.span->tag;
    placed.stands_for = first.span->stands_for;
    placed.annotation = first.span->reading;
    placed.offset = first.span->offset + (placed.stands_for != 0 ? 0 : first.begin - first.span->begin);
    placed.baseline_shift = first.span->shift;
    GlyphRun& run = placed.run;
    run.face = style.face;
    run.size = first.span->size;
    run.script = style.script;
    run.lang = first.span->lang;
    run.rtl = (level_of(first) & 1) != 0;
    run.text.reserve(last.end - first.begin + (last.hyphen ? soft_hyphen.size() : 0));
    return placed;
  }

  void add_fragment(GlyphRun& run, const Fragment& f, const UnitScale& scale, Given& given) {
    const ShapedWord& word = shaper_.word(f.word);
    const auto base = static_cast<std::uint32_t>(run.text.size());
    run.text.append(paragraph_.text, f.begin, f.end - f.begin);
    if (f.hyphen && !run.text.ends_with(soft_hyphen)) run.text += soft_hyphen;
    run.ends_in_soft_hyphen = run.ends_in_soft_hyphen || f.hyphen;
    int clusters = 0;
    const bool scaled = word.letters > 0 && given.stretch.scale != 1000 && !f.piece->rigid;
    if (scaled) run.glyph_scale = static_cast<std::int16_t>(given.stretch.scale);
    const std::size_t first_glyph = glyphs_.size();
    const std::span<const ShapedGlyph> glyphs = shaper_.glyphs(word);
    for (std::size_t k = 0; k < glyphs.size(); ++k) {
      const ShapedGlyph& g = glyphs[k];
      if (g.cluster < f.word_begin || g.cluster >= f.word_end) continue;
      Glyph out;
      out.id = g.id;
      out.cluster = base + g.cluster - f.word_begin;
      if (f.kashida != 0 && g.cluster == f.word_begin + f.kashida_at && (k == 0 || glyphs[k - 1].cluster != g.cluster))
        add_kashida(run, out.cluster, f.kashida);
      const std::int64_t width = scale.raw(g.advance);
      out.advance = Length::from_raw(width);
      if (g.x_offset != 0) out.x_offset = scale(g.x_offset);
      if (scaled && f.piece->kind == PieceKind::word) {
        out.advance += given.by_scale.next(width);
        if (g.x_offset != 0) out.x_offset = Length(out.x_offset).scaled(given.stretch.scale, 1000);
      }
      if (g.y_offset != 0) out.y_offset = scale(g.y_offset);
      if (g.ends_letter && !f.piece->rigid && !f.hanging_space) {
        out.advance += Length::from_raw(f.span->tracking);
        if (clusters++ < f.spaced) out.advance += given.to_letters.next(run.size.raw());
      }
      if (f.piece->kind != PieceKind::word && !f.hanging_space)
        out.advance += f.piece->kerning + given.to_spaces.next(width);
      if (g.ends_cluster && given.gaps_end != 0 && (f.piece->level & 1) == 0) {
        const bool more = k + 1 < glyphs.size() && glyphs[k + 1].cluster < f.word_end;
        out.advance += gaps_up_to(more ? f.begin + glyphs[k + 1].cluster - f.word_begin : f.end, given);
      }
      glyphs_.push_back(out);
    }
    parts_.push_back(glyphs_.size() - first_glyph);
  }

  // What the gaps up to the end of a cluster take.
  Length gaps_up_to(std::uint32_t cluster_end, Given& given) const {
    Length out;
    for (; given.gap < paragraph_.gaps.size() && paragraph_.gaps[given.gap].offset <= cluster_end &&
           cluster_end < given.gaps_end;
         ++given.gap) {
      const Gap& here = paragraph_.gaps[given.gap];
      out += Length::from_raw(here.width) + given.to_gaps.next(given.stretch.to_gaps < 0 ? here.shrink : here.stretch);
    }
    return out;
  }

  // Fragments of a right-to-left run stand from right to left; the glyphs of each are in visual order already.
  void reverse_parts() {
    std::reverse(glyphs_.begin(), glyphs_.end());
    auto at = glyphs_.begin();
    for (std::size_t i = parts_.size(); i-- > 0;) {
      std::reverse(at, at + static_cast<std::ptrdiff_t>(parts_[i]));
      at += static_cast<std::ptrdiff_t>(parts_[i]);
    }
  }

  // UAX #9, L2, on runs; sets x from the line's left end.
  void reorder(Line& line, const std::vector<std::uint8_t>& levels) {
    const std::size_t count = line.runs.size();
    std::vector<std::uint32_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::uint32_t>(i);
    const int highest = count == 0 ? 0 : *std::max_element(levels.begin(), levels.end());
    for (int level = highest; level > 0; --level) {
      for (std::size_t i = 0; i < count;) {
        if (levels[order[i]] < level) {
          ++i;
          continue;
        }
        std::size_t end = i;
        while (end < count && levels[order[end]] >= level) ++end;
        std::reverse(order.begin() + static_cast<std::ptrdiff_t>(i), order.begin() + static_cast<std::ptrdiff_t>(end));
        i = end;
      }
    }
    std::vector<PlacedRun> visual;
    visual.reserve(count);
    line.logical.resize(count);
    Length x;
    for (std::size_t v = 0; v < count; ++v) {
      PlacedRun& run = line.runs[order[v]];
      const auto [before, after] = pads_[order[v]];
      x += run.run.rtl ? after : before;
      run.x = x;
      x += run.run.width() + (run.run.rtl ? before : after);
      line.logical[order[v]] = static_cast<std::uint32_t>(v);
      visual.push_back(std::move(run));
    }
    line.runs = std::move(visual);
    pads_.clear();
  }

  // ---- place on the measure ------------------------------------------------------------------------

  void align(Line& line, bool first, Length start_hang, Length end_hang, Length measure) {
    const ParagraphShape& shape = paragraph_.shape;
    const bool rtl = shape.direction == model::Direction::rtl;
    const Length indent = shape.start_indent + (first ? shape.first_line_indent : shape.turnover_indent);
    Length gap;  // at the start side, inside the line's measure
    if (shape.alignment == style::Alignment::end) gap = measure - line.width;
    if (shape.alignment == style::Alignment::centre) gap = (measure - line.width) / 2;
    const Length from_start = indent + gap - start_hang;
    Length left = from_start;
    if (rtl) {
      Length all;
      for (const PlacedRun& run : line.runs) all = std::max(all, run.x + run.run.width());
      left = shape.measure - from_start - all;
    }
    const Length outwards = !shape.optical_start ? Length{} : rtl ? ink_gap_right(line) : ink_gap_left(line);
    left += rtl ? outwards : -outwards;
    for (PlacedRun& run : line.runs) run.x += left;
    (rtl ? line.hang_right : line.hang_left) = start_hang + outwards;
    (rtl ? line.hang_left : line.hang_right) = end_hang - outwards;
  }

  // The white between the line's edge and the ink of the glyph that stands there.
  static Length ink_gap_left(const Line& line) {
    if (line.runs.empty() || line.runs.front().run.glyphs.empty()) return {};
    const GlyphRun& run = line.runs.front().run;
    return run.face->side_bearing(run.glyphs.front().id, run.size);
  }
  static Length ink_gap_right(const Line& line) {
    if (line.runs.empty() || line.runs.back().run.glyphs.empty()) return {};
    const GlyphRun& run = line.runs.back().run;
    return run.face->end_bearing(run.glyphs.back().id, run.size);
  }

  // ---- ruby ----------------------------------------------------------------------------------------

  // An annotation is centred over all runs of its base; its feet stand on the base's em box (0.88 of the size above
  // the baseline, as fonts for Japanese have it), its own em box above that. It is read after its base.
  void set_annotations(Line& line, bool first_line) {
    if (annotated_.empty()) return;
    const ParagraphShape& shape = paragraph_.shape;
    const Length indent = shape.start_indent + (first_line ? shape.first_line_indent : shape.turnover_indent);
    const Length edge = shape.direction == model::Direction::rtl ? shape.measure - indent - line.room : indent;
    for (std::size_t end = annotated_.size(); end > 0;) {
      std::size_t begin = end - 1;
      while (begin > 0 && annotated_[begin - 1].second == annotated_[end - 1].second) --begin;
      const Annotation& annotation = paragraph_.annotations[static_cast<std::size_t>(annotated_[begin].second)];
      const PlacedRun& first = line.runs[line.logical[annotated_[begin].first]];
      Length left = first.x, right = first.x, size;
      for (std::size_t i = begin; i < end; ++i) {
        const PlacedRun& base = line.runs[line.logical[annotated_[i].first]];
        left = std::min(left, base.x);
        right = std::max(right, base.x + base.run.width());
        size = std::max(size, base.run.size);
      }
      // Over the part of a base that goes on on the next line it has not all of its room.
      const Length centred = left + (right - left - annotation.line.width) / 2;
      const Length start = std::max(edge, std::min(centred, edge + line.room - annotation.line.width));
      auto reading = line.logical.begin() + static_cast<std::ptrdiff_t>(annotated_[end - 1].first) + 1;
      for (const std::uint32_t at : annotation.line.logical) {
        PlacedRun run = annotation.line.runs[at];
        run.x += start;
        run.baseline_shift += size.scaled(880, 1000) + annotation.size.scaled(120, 1000);
        run.annotation = run.above = true;
        reading = std::next(line.logical.insert(reading, static_cast<std::uint32_t>(line.runs.size())));
        line.runs.push_back(std::move(run));
      }
      // Above the ruby hang the letters of the line before, by a quarter of their size.
      line.least_leading = std::max(line.least_leading, size.scaled(1130, 1000) + annotation.size);
      // A base that was parted may have a reading that no line holds.
      line.overfull = line.overfull || annotation.line.width > line.room;
      end = begin;
    }
    annotated_.clear();
  }

  Shaper& shaper_;
  const PreparedParagraph::Data& paragraph_;
  const BreakOptions& options_;
  std::size_t next_piece_ = 0;
  std::vector<Fragment> fragments_;
  Measure natural_;
  Glue glue_;                  // of the gaps inside the line
  std::size_t next_gap_ = 0;   // the first of them
  std::vector<Glyph> glyphs_;  // of the run that is being made
  std::vector<std::size_t> parts_;
  std::vector<std::pair<Length, Length>> pads_;
  std::vector<std::pair<std::size_t, std::int32_t>> annotated_;  // run in reading order, annotation
};

}  // namespace

std::vector<Line> finalize_lines(Typesetter::Data& typesetter, const PreparedParagraph::Data& paragraph,
                                 const Breaking& breaking, const BreakOptions& options) {
  std::vector<Line> lines;
  lines.reserve(breaking.ends.size());
  LineFinalizer finalizer(typesetter, paragraph, options);
  int from = -1;
  for (const std::uint32_t to : breaking.ends) {
    lines.push_back(finalizer.finalize(from, static_cast<int>(to)));
    from = static_cast<int>(to);
  }
  return lines;
}

}  // namespace epitome::text
