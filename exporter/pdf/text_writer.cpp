#include "pdf/text_writer.hpp"

#include <algorithm>
#include <cstdlib>

namespace epitome::pdf {

using model::Length;

namespace {

// A glyph may stand this far from its place before it is corrected: one dot at 2,400 to the inch. It keeps
// roundings from splitting the strings.
constexpr Length tolerance = Length::ratio_pt(72, 2400);

std::int64_t divide(std::int64_t n, std::int64_t d) { return n >= 0 ? (n + d / 2) / d : -((-n + d / 2) / d); }

}  // namespace

void TextWriter::begin() {
  out_ += "BT\n";
  line_x_ = line_y_ = 0;
  at_line_start_ = true;
}

void TextWriter::end() { out_ += "ET\n"; }

void TextWriter::select(std::uint32_t font, Milli size, std::int32_t scale) {
  if (font != font_ || size != size_) {
    out_ += "/F";
    put_int(out_, font);
    out_ += ' ';
    put_milli(out_, size);
    out_ += " Tf\n";
    if (std::find(used_fonts_.begin(), used_fonts_.end(), font) == used_fonts_.end()) used_fonts_.push_back(font);
  }
  if (scale != scale_) {
    put_milli(out_, scale * 100);
    out_ += " Tz\n";
  }
  font_ = font;
  if (size == size_ && scale == scale_) return;
  size_ = size;
  scale_ = scale;
  // 1/65536 pt in 10⁻⁶ of size × scale, both in thousandths.
  __extension__ using Wide = __int128;
  unit_ = static_cast<std::int64_t>((static_cast<Wide>(1'000'000'000'000) << 32) / (65536 * size_ * scale_));
}

void TextWriter::set_spacing(Milli spacing) {
  if (spacing == spacing_) return;
  spacing_ = spacing;
  put_milli(out_, spacing);
  out_ += " Tc\n";
}

void TextWriter::set_word_spacing(Milli spacing) {
  if (spacing == word_spacing_) return;
  word_spacing_ = spacing;
  put_milli(out_, spacing);
  out_ += " Tw\n";
}

// The move is the difference of two rounded places, and not rounded itself: so errors don't add up.
void TextWriter::start(Length x, Length y) {
  const Milli to_x = to_milli(x), to_y = to_milli(y);
  if (to_x != line_x_ || to_y != line_y_ || !at_line_start_) {
    put_milli(out_, to_x - line_x_);
    out_ += ' ';
    put_milli(out_, to_y - line_y_);
    out_ += " Td\n";
  }
  line_x_ = to_x;
  line_y_ = to_y;
  at_line_start_ = true;
  pen_ = 0;
}

TextWriter::Micro TextWriter::micro(Length distance) const {
  __extension__ using Wide = __int128;
  return static_cast<Micro>((static_cast<Wide>(distance.raw()) * unit_ + (Wide{1} << 31)) >> 32);
}

void TextWriter::put_code(std::uint16_t code, int bytes) {
  if (!in_string_) line_.push_back('(');
  in_string_ = true;
  if (bytes == 2) put_byte(static_cast<char>(code >> 8));
  put_byte(static_cast<char>(code & 0xFF));
}

void TextWriter::put_byte(char c) {
  if (c == '(' || c == ')' || c == '\\') line_.push_back('\\');
  if (c == '\r')
    line_ += "\\r";
  else
    line_.push_back(c);
}

void TextWriter::close_string() {
  if (in_string_) line_ += ')';
  in_string_ = false;
}

void TextWriter::close_line() {
  close_string();
  if (line_.empty()) return;
  if (has_numbers_) {
    out_ += '[';
    out_ += line_;
    out_ += "]TJ\n";
  } else {
    out_ += line_;
    out_ += "Tj\n";
  }
  line_.clear();
  has_numbers_ = false;
  at_line_start_ = false;
}

// Letter-spacing that most of the run's slots share: as character spacing it costs nothing a glyph.
Milli TextWriter::usual_spacing(const text::GlyphRun& run, const EmbeddedFont& font) {
  constexpr Micro least = 200;  // less needs a correction only once in a line
  const std::size_t count = list_.slots.size();
  if (run.rtl || count < 3) return 0;
  extra_.resize(count);
  std::size_t spaced = 0;
  const Length end = run.width();
  for (std::size_t i = 0; i < count; ++i) {
    const Length next = i + 1 < count ? list_.slots[i + 1].x : end;
    extra_[i] = micro(next - list_.slots[i].x) - font.width(uses_[i]) * 1000;
    if (std::abs(extra_[i]) >= least) ++spaced;
  }
  if (spaced * 2 < count) return 0;
  const auto middle = extra_.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(extra_.begin(), middle, extra_.end());
  const Micro usual = *middle;
  const auto near = std::count_if(extra_.begin(), extra_.end(), [&](Micro e) { return std::abs(e - usual) <= 1000; });
  if (std::abs(usual) < least || static_cast<std::size_t>(near) * 2 < count) return 0;
  return divide(usual * size_, 1'000'000);
}

bool TextWriter::takes_word_spacing(const EmbeddedFont& font, std::size_t slot) const {
  return font.code_bytes() == 1 && font.code(uses_[slot]).code == word_space;
}

// What most of a line's word spaces are stretched by, as word spacing: a number less at each.
Milli TextWriter::usual_word_spacing(const text::GlyphRun& run, const EmbeddedFont& font) {
  if (run.rtl) return word_spacing_;
  extra_.clear();
  const Micro spacing = divide(spacing_ * 1'000'000, size_);
  for (std::size_t i = 0; i + 1 < list_.slots.size(); ++i) {
    if (!takes_word_spacing(font, i)) continue;
    const Micro advance = micro(list_.slots[i + 1].x - list_.slots[i].x);
    extra_.push_back(divide((advance - font.width(uses_[i]) * 1000 - spacing) * size_, 1'000'000));
  }
  if (extra_.size() < 2) return word_spacing_;
  const auto middle = extra_.begin() + static_cast<std::ptrdiff_t>(extra_.size() / 2);
  std::nth_element(extra_.begin(), middle, extra_.end());
  return *middle;
}

void TextWriter::open_actual_text(const text::GlyphRun& run, std::size_t slot) {
  const Slot& first = list_.slots[slot];
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < first.crowded; ++i) length += list_.slots[slot + i].length;
  out_ += "/Span<</ActualText<FEFF";
  put_utf16_hex(out_, std::string_view(run.text).substr(first.begin, length));
  out_ += ">>>BDC\n";
}

void TextWriter::write(const text::GlyphRun& run, Length x, Length y) {
  if (run.glyphs.empty()) return;
  EmbeddedFont& font = fonts_.font(*run.face);
  const std::uint32_t resource = fonts_.first_resource(*run.face);
  cut_slots(run, font.composes(), list_);
  uses_.clear();
  for (const Slot& slot : list_.slots) uses_.push_back(font.use(list_, slot, slot_text(run, slot)));

  const Milli size = to_milli(run.size);
  select(resource + font.code(uses_.front()).variant, size, run.glyph_scale);
  set_spacing(usual_spacing(run, font));
  set_word_spacing(usual_word_spacing(run, font));
  const Micro spacing = divide(spacing_ * 1'000'000, size_);
  const Micro word_spacing = divide(word_spacing_ * 1'000'000, size_);

  const Micro slack = micro(tolerance);
  bool started = false;
  Length start_x, start_y;
  std::uint32_t crowded = 0;
  for (std::size_t n = 0; n < list_.slots.size(); ++n) {
    const Slot& slot = list_.slots[n];
    const Code code = font.code(uses_[n]);
    const bool opens = slot.crowded != 0;
    const bool other_font = resource + code.variant != font_;
    Micro target = started ? micro(x + slot.x - start_x) : 0;
    // A new line matrix: for each slot from right to left; where the font or the height changes; where a
    // marked-content operator must stand between; where the gap is beyond what readers take in TJ.
    if (!started || run.rtl || opens || other_font || y + slot.y != start_y || std::abs(pen_ - target) > 30'000'000) {
      close_line();
      // pdf.js puts a mark into one piece of text with what stands before it and turns the piece around, unless the
      // font's size changes.
      if (slot.mark) select(font_, size_ == size ? size + 1 : size, scale_);
      if (other_font) select(resource + code.variant, size_, scale_);
      if (opens) {
        open_actual_text(run, n);
        crowded = slot.crowded;
      }
      start_x = x + slot.x;
      start_y = y + slot.y;
      start(start_x, start_y);
      started = true;
      target = 0;
    }
    if (std::abs(pen_ - target) > slack) {
      const std::int64_t back = divide(pen_ - target, 1000);
      close_string();
      put_int(line_, back);
      has_numbers_ = true;
      pen_ -= back * 1000;
    }
    put_code(code.code, font.code_bytes());
    pen_ += font.width(uses_[n]) * 1000 + spacing + (takes_word_spacing(font, n) ? word_spacing : 0);
    if (crowded != 0 && --crowded == 0) {
      close_line();
      out_ += "EMC\n";
      started = false;
    }
  }
  close_line();
}

}  // namespace epitome::pdf
