// Lines of display text: broken between words only (where scripts have no spaces, wherever they may break), by total
// fit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cover/cover.hpp"
#include "text/paragraph.hpp"

namespace epitome::cover {

// How a text is to be set; the size is per call.
struct DisplayStyle {
  text::CharacterStyle character;
  std::string_view lang;        // of the book's
  std::int64_t leading = 1000;  // in 1/1000 of the size
};

struct DisplayLines {
  std::vector<std::string> lines;  // each with the space at its end, unless a word without one goes on
  Length size;
  bool word_too_wide = false;
  bool short_word_alone = false;  // a line of one short word or character, though there are more than two
};

// A text whose words have been measured once, at the size of 1 e. A word wider than `most` there, which no language
// has, is parted between letters.
class DisplayText {
 public:
  DisplayText(text::Typesetter& typesetter, const style::Language& language, DisplayStyle style, std::string_view text,
              Length most, Length unit, diag::Sink& sink);
  // The best lines at size parts/1000 of the unit, none wider than `measure` unless a word is.
  DisplayLines lines(std::int64_t parts, Length measure) const;
  Length widest_word() const;  // at the unit's size

 private:
  struct Word {
    std::string text;
    Length width;
    bool space_before = true;   // none between ideographs
    Length joint = {};          // what it is wider by behind the word before, or the space, than at a line's start
    std::int64_t end_cost = 0;  // of a line that ends behind it
  };
  void part(const Word& word, std::int64_t parts, std::vector<Word>& out) const;

  DisplayStyle style_;
  Length unit_, space_;
  std::vector<Word> words_;
  int spaced_words_ = 0;
};

// One line's runs as drawing items, at x from the left with its baseline at y; `align_end`: x is its right end.
// optical: the first glyph's ink stands at x.
void draw_line(text::Typesetter& typesetter, const style::Language& language, const DisplayStyle& style, Length size,
               std::string_view text, model::Point place, bool align_end, bool optical, style::Colour colour,
               model::Direction direction, std::vector<page::Item>& items, diag::Sink& sink);

}  // namespace epitome::cover
