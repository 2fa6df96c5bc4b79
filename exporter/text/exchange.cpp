// Figures exchanged in a line that is set: a page's number that was not known when its paragraph was broken.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "diag/utf8.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {
namespace {

// What the spaces of a line may become wider or narrower by, in 1/1000 of the font's space: less than what is seen
// (Costs::seen), and the layout's limits hold besides.
constexpr std::int32_t most_change = 200;

// Whether the character at that byte is a space that stretches.
bool is_space(std::string_view text, std::size_t at) { return text[at] == ' ' || text.substr(at, 2) == "\xC2\xA0"; }

class Exchange {
 public:
  Exchange(Typesetter::Data& typesetter, const Line& line, const ParagraphShape& shape)
      : typesetter_(typesetter), shaper_(typesetter.shaper), shape_(shape), line_(line) {
    for (const PlacedRun& placed : line.runs) {
      widths_.push_back(placed.run.width());
      glyphs_.push_back(placed.run.glyphs.list());
    }
  }

  // Nothing if the line can't take it.
  std::optional<Line> run(const TextSpan& span, std::uint32_t offset, std::string_view before, std::string_view after) {
    if (line_.overfull || line_.divided || line_.least_leading > Length{} || shape_.optical_start) return {};
    if (before.size() != after.size() || !find(span, offset, before) || hangs(before) || hangs(after)) return {};
    if (!exchange(span, offset - line_.runs[at_].offset, after)) return {};
    if (line_.justified ? !fill() : line_.width + wider_ > line_.room) return {};
    for (std::size_t i = 0; i < glyphs_.size(); ++i) line_.runs[i].run.glyphs = glyphs_[i];
    move_runs();
    return std::move(line_);
  }

 private:
  // The run that holds the figures.
  bool find(const TextSpan& span, std::uint32_t offset, std::string_view figures) {
    for (at_ = 0; at_ < line_.runs.size(); ++at_) {
      const PlacedRun& placed = line_.runs[at_];
      if (placed.tag != span.tag || placed.annotation || placed.stands_for != 0 || placed.offset > offset) continue;
      const std::uint32_t from = offset - placed.offset;
      if (from >= placed.run.text.size() || placed.run.text.compare(from, figures.size(), figures) != 0) continue;
      return !placed.run.rtl && !span.style.superior && !span.style.inferior;
    }
    return false;
  }

  // Whether a figure stands beyond the measure at a line's edge.
  bool hangs(std::string_view figures) const {
    for (std::size_t i = 0; i < figures.size();) {
      const diag::CodePoint c = diag::decode_utf8(figures, i);
      const auto is_row = [&](const style::Protrusion& row) { return row.character == c.value; };
      if (std::any_of(typesetter_.protrusion.begin(), typesetter_.protrusion.end(), is_row)) return true;
      i += c.length;
    }
    return false;
  }

  StyleId style_of(const TextSpan& span) {
    const GlyphRun& run = line_.runs[at_].run;
    ShapeStyle style{run.face,
                     {},
                     span.style.small_caps,
                     false,
                     false,
                     shaping_language(run.lang),
                     static_cast<hb_script_t>(run.script),
                     false};
    if (span.style.features != nullptr && run.face == span.style.face) style.features = *span.style.features;
    return shaper_.style(style);
  }

  // The word around the figures, shaped with the others in their place, glyph by glyph.
  bool exchange(const TextSpan& span, std::uint32_t from, std::string_view figures) {
    GlyphRun& run = line_.runs[at_].run;
    const auto end_of_figures = static_cast<std::uint32_t>(from + figures.size());
    std::uint32_t begin = from, end = end_of_figures;
    while (begin > 0 && !is_space(run.text, diag::start_of_character(run.text, begin)))
      begin = static_cast<std::uint32_t>(diag::start_of_character(run.text, begin));
    while (end < run.text.size() && !is_space(run.text, end))
      end += static_cast<std::uint32_t>(diag::decode_utf8(run.text, end).length);
    const StyleId style = style_of(span);
    std::string text = run.text.substr(begin, end - begin);
    const WordId old_id = shaper_.shape(style, text);
    text.replace(from - begin, figures.size(), figures);
    const WordId new_id = shaper_.shape(style, text);
    const std::vector<Glyph>& glyphs = glyphs_[at_];
    const auto first =
        std::find_if(glyphs.begin(), glyphs.end(), [&](const Glyph& glyph) { return glyph.cluster >= begin; });
    if (!exchange_glyphs(run, static_cast<std::size_t>(first - glyphs.begin()), begin, old_id, new_id)) return false;
    if (end < run.text.size()) {
      kern(run, end, shaper_.kern_to_spaces(new_id).kerning_after - shaper_.kern_to_spaces(old_id).kerning_after);
    } else if (end == end_of_figures) {
      kern_to_next_run(style, old_id, new_id);
    }
    if (begin > 0) {
      kern(run, static_cast<std::uint32_t>(diag::start_of_character(run.text, begin)),
           shaper_.kern_to_spaces(new_id).kerning_before - shaper_.kern_to_spaces(old_id).kerning_before);
    }
    run.text.replace(from, figures.size(), figures);
    return true;
  }

  // The glyphs of one word become those of the other. False: the line has others than the word, or they aren't alike.
  bool exchange_glyphs(const GlyphRun& run, std::size_t first, std::uint32_t begin, WordId old_id, WordId new_id) {
    const ShapedWord &old_word = shaper_.word(old_id), &new_word = shaper_.word(new_id);
    if (old_word.glyph_count != new_word.glyph_count || first + old_word.glyph_count > glyphs_[at_].size())
      return false;
    if (new_word.missing) return false;
    const std::span<const ShapedGlyph> before = shaper_.glyphs(old_word), after = shaper_.glyphs(new_word);
    const UnitScale scale(*run.face, run.size);
    const auto scaled = [&](std::int64_t raw) { return Length::from_raw(raw * run.glyph_scale / 1000); };
    for (std::size_t i = 0; i < before.size(); ++i) {
      Glyph& glyph = glyphs_[at_][first + i];
      const bool same = glyph.id == before[i].id && glyph.cluster == begin + before[i].cluster;
      if (!same || after[i].cluster != before[i].cluster) return false;
      const Length more = scaled(scale.raw(after[i].advance) - scale.raw(before[i].advance));
      glyph.id = after[i].id;
      glyph.advance += more;
      glyph.x_offset = scaled(scale.raw(after[i].x_offset));
      glyph.y_offset = scale(after[i].y_offset);
      wider_ += more;
    }
    return true;
  }

  // The space at that byte of the run becomes wider by so many units.
  void kern(const GlyphRun& run, std::uint32_t byte, std::int32_t units) {
    const Length more = UnitScale(*run.face, run.size)(units);
    for (Glyph& glyph : glyphs_[at_]) {
      if (glyph.cluster != byte) continue;
      glyph.advance += more;
      wider_ += more;
    }
  }

  // The figures end the run: what the font puts between them and a text that follows at once, a comma or a full stop.
  void kern_to_next_run(StyleId style, WordId old_id, WordId new_id) {
    if (at_ + 1 >= line_.runs.size() || shape_.direction == model::Direction::rtl) return;
    const PlacedRun &placed = line_.runs[at_], &next = line_.runs[at_ + 1];
    if (next.annotation || next.run.face != placed.run.face || next.run.size != placed.run.size) return;
    if (next.run.rtl || next.run.text.empty() || is_space(next.run.text, 0)) return;
    const std::string sign = next.run.text.substr(0, diag::decode_utf8(next.run.text, 0).length);
    const auto kerning = [&](WordId id) {
      const std::string text(shaper_.text(shaper_.word(id)));
      return shaper_.kerning(style, text.substr(diag::start_of_character(text, text.size())), sign);
    };
    const std::int32_t was = kerning(old_id);
    gap_ = UnitScale(*placed.run.face, placed.run.size)(kerning(new_id) - was);
    wider_ += gap_;
  }

  // The line's spaces take what its figures leave, or give what these take. False: that might be seen.
  bool fill() {
    if (wider_ == Length{}) return true;
    std::vector<Glyph*> spaces;
    std::int64_t natural = 0;
    for (std::uint32_t r = 0; r < line_.runs.size(); ++r) {
      const GlyphRun& run = line_.runs[r].run;
      const std::size_t content = r == line_.logical.back() ? run.text.find_last_not_of(' ') + 1 : run.text.size();
      for (Glyph& glyph : glyphs_[r]) {
        if (glyph.cluster >= content || !is_space(run.text, glyph.cluster)) continue;
        spaces.push_back(&glyph);
        natural += run.face->advance(glyph.id, run.size).raw();
      }
    }
    if (natural == 0) return false;
    const auto change = static_cast<std::int32_t>(-wider_.raw() * 1000 / natural);
    const style::Justification& limits = typesetter_.options.layout->justification;
    const std::int32_t ratio = line_.space_ratio + change;
    const bool is_within = ratio >= limits.space_min && ratio <= limits.space_max;
    if (std::abs(change) > most_change) return false;
    if (!is_within && std::abs(ratio - 1000) > std::abs(line_.space_ratio - 1000)) return false;
    line_.space_ratio = ratio;
    const auto count = static_cast<std::int64_t>(spaces.size());
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t share = wider_.raw() * (i + 1) / count - wider_.raw() * i / count;
      spaces[static_cast<std::size_t>(i)]->advance -= Length::from_raw(share);
    }
    wider_ = {};
    return true;
  }

  // Puts the runs where they stand now. `wider_`: what a line that isn't filled has become wider by.
  void move_runs() {
    const bool rtl = shape_.direction == model::Direction::rtl;
    Length move;
    if (shape_.alignment == style::Alignment::centre) {
      move = -(wider_ / 2);
    } else if ((shape_.alignment == style::Alignment::end) != rtl) {
      move = -wider_;
    }
    for (std::size_t r = 0; r < line_.runs.size(); ++r) {
      line_.runs[r].x += move;
      move += line_.runs[r].run.width() - widths_[r];
      if (r == at_) move += gap_;
    }
    line_.width += wider_;
  }

  Typesetter::Data& typesetter_;
  Shaper& shaper_;
  const ParagraphShape& shape_;
  Line line_;                               // a copy
  std::vector<Length> widths_;              // of its runs, as they were
  std::vector<std::vector<Glyph>> glyphs_;  // of its runs, to be changed
  std::size_t at_ = 0;                      // the run with the figures
  Length gap_;                              // what stands behind that run has become wider by
  Length wider_;                            // the line has
};

}  // namespace

bool Typesetter::exchange(Line& line, const TextSpan& span, const ParagraphShape& shape, std::uint32_t offset,
                          std::string_view before, std::string_view after) {
  std::optional<Line> made = Exchange(*data_, line, shape).run(span, offset, before, after);
  if (made) line = std::move(*made);
  return made.has_value();
}

}  // namespace epitome::text
