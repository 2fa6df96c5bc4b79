// Text operators (ISO 32000-1 9.3, 9.4): glyph runs at their places, without drift.
#pragma once

#include <string>
#include <vector>

#include "page/pages.hpp"
#include "pdf/font_book.hpp"
#include "pdf/syntax.hpp"

namespace epitome::pdf {

class TextWriter {
 public:
  TextWriter(std::string& out, FontBook& fonts) : out_(out), fonts_(fonts) {}

  // Opens and closes a text object; the font and spacing last from one to the next on a page.
  void begin();
  void end();
  // `x`, `y`: the first glyph's origin in the page's coordinates, y upwards.
  void write(const text::GlyphRun& run, model::Length x, model::Length y);
  // Resource numbers that were selected, in the order of first use.
  const std::vector<std::uint32_t>& used_fonts() const { return used_fonts_; }

 private:
  // A millionth of the font size, which is a thousandth of the unit in TJ. The numbers that are written have no more
  // decimals, so sums of them are exact.
  using Micro = std::int64_t;

  void select(std::uint32_t font, Milli size, std::int32_t scale);
  void set_spacing(Milli spacing);
  void set_word_spacing(Milli spacing);
  void start(model::Length x, model::Length y);
  void close_string();
  void close_line();
  Micro micro(model::Length distance) const;
  Milli usual_spacing(const text::GlyphRun& run, const EmbeddedFont& font);
  Milli usual_word_spacing(const text::GlyphRun& run, const EmbeddedFont& font);
  bool takes_word_spacing(const EmbeddedFont& font, std::size_t slot) const;
  void open_actual_text(const text::GlyphRun& run, std::size_t slot);
  void put_code(std::uint16_t code, int bytes);
  void put_byte(char c);

  std::string& out_;
  FontBook& fonts_;
  std::vector<std::uint32_t> used_fonts_;
  SlotList list_;
  std::vector<std::uint32_t> uses_;  // by slot
  std::vector<Micro> extra_;

  // The state of a reader that has read everything written so far.
  std::uint32_t font_ = page::no_index;
  Milli size_ = 0, spacing_ = 0, word_spacing_ = 0;
  std::int32_t scale_ = 1000;
  std::int64_t unit_ = 0;  // Micro of a Length's raw unit at this size and scale, times 2³²
  Milli line_x_ = 0, line_y_ = 0;
  bool at_line_start_ = true;  // nothing shown since the last Td
  // The line that is being written: its strings and numbers, and the place that a reader reaches behind them.
  std::string line_;
  bool in_string_ = false, has_numbers_ = false;
  Micro pen_ = 0;
};

}  // namespace epitome::pdf
