#include "cover/lines.hpp"

#include <algorithm>
#include <limits>

#include "diag/utf8.hpp"
#include "text/break_opportunities.hpp"
#include "text/language_rules.hpp"

namespace epitome::cover {

namespace {

text::TextSpan span(const DisplayStyle& style, Length size, std::string_view text) {
  text::TextSpan out;
  out.text = text;
  out.style = style.character;
  out.style.size = size;
  out.lang = style.lang;
  out.hyphenate = false;
  return out;
}

std::size_t letters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += diag::decode_utf8(text, at).length) ++count;
  return count;
}

// Whether there are characters from U+2000 on: punctuation, ideographs, kana.
bool beyond_latin(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE2; });
}

// What a line costs that ends between two words of a title, where the sense isn't whole.
std::int64_t end_cost(const std::string& last, std::string_view next_without_space) {
  const text::Costs costs;
  switch (text::sense_of_end(last + std::string(next_without_space), last.size())) {
    case text::Sense::plain:
      return costs.balanced_plain;
    case text::Sense::mid_phrase:
      return costs.balanced_mid_phrase;
    case text::Sense::phrase_end:
      break;
  }
  return 0;
}

}  // namespace

DisplayText::DisplayText(text::Typesetter& typesetter, const style::Language& language, DisplayStyle style,
                         std::string_view text, Length most, Length unit, diag::Sink& sink)
    : style_(style), unit_(unit) {
  // Between words, and in scripts without spaces wherever text may break; not at hyphens.
  text::BreakFinder finder;
  std::vector<text::Opportunity> breaks;
  finder.find(text, style_.lang, breaks);
  text::keep_clusters(text, breaks);
  text::bind_figures_and_initials(text, breaks);
  bool space = true;
  char32_t previous = U' ';
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    if (c.value == ' ') {
      const bool bound = !words_.empty() && at + 1 < text.size() && breaks[at + 1] == text::Opportunity::none;
      if (bound) words_.back().text += ' ';
      space = !bound;
    } else {
      const bool hyphen = previous == U'-' || previous == U'\u2010';
      if (space || (breaks[at] == text::Opportunity::allowed && !hyphen)) words_.push_back({{}, {}, space});
      words_.back().text.append(text.substr(at, c.length));
      space = false;
    }
    previous = c.value;
    at += c.length;
  }
  const auto width_of = [&](const std::string& of) {
    return typesetter.set_line({span(style_, unit, of)}, language, model::Direction::inherit, sink).width;
  };
  std::vector<Word> whole;
  whole.swap(words_);
  for (Word& word : whole) {
    word.width = width_of(word.text);
    if (word.width <= most) {
      words_.push_back(std::move(word));
      continue;
    }
    const std::size_t first = words_.size();
    part(word, word.width.raw() * 2 / most.raw(), words_);
    for (std::size_t i = first; i < words_.size(); ++i) words_[i].width = width_of(words_[i].text);
  }
  for (const Word& word : words_) spaced_words_ += word.space_before ? 1 : 0;
  const text::Face& face = *style_.character.face;
  space_ = face.advance(face.glyph(U' '), unit) + unit.scaled(style_.character.tracking, 1000);
  for (std::size_t i = 1; i < words_.size(); ++i) {
    Word& before = words_[i - 1];
    Word& word = words_[i];
    before.end_cost = end_cost(before.text, word.space_before ? std::string_view() : word.text);
    if (!word.space_before) {
      word.joint = width_of(before.text + word.text) - before.width - word.width;
      continue;
    }
    // Beside a space an ideographic bracket has its blank half, which it lacks at a line's ends.
    if (!beyond_latin(before.text) && !beyond_latin(word.text)) continue;
    const Length more = width_of(before.text + ' ' + word.text) - before.width - space_ - word.width;
    if (more > unit / 4) word.joint = more;
  }
}

// Into about so many pieces of as many letters each.
void DisplayText::part(const Word& word, std::int64_t parts, std::vector<Word>& out) const {
  std::vector<text::Opportunity> breaks(word.text.size() + 1, text::Opportunity::allowed);
  text::keep_clusters(word.text, breaks);
  const auto clusters =
      static_cast<std::size_t>(std::count(breaks.begin(), breaks.end() - 1, text::Opportunity::allowed));
  const std::size_t each = std::max<std::size_t>(1, clusters / static_cast<std::size_t>(parts));
  std::size_t count = 0;
  for (std::size_t at = 0; at < word.text.size(); ++at) {
    if (breaks[at] == text::Opportunity::allowed && count++ % each == 0)
      out.push_back({{}, {}, at == 0 && word.space_before});
    out.back().text += word.text[at];
  }
}

Length DisplayText::widest_word() const {
  Length widest;
  for (const Word& word : words_) widest = std::max(widest, word.width);
  return widest;
}

DisplayLines DisplayText::lines(std::int64_t parts, Length measure) const {
  DisplayLines out;
  out.size = unit_.scaled(parts, 1000);
  if (words_.empty()) return out;
  // Measured at the unit's size: only the measure scales.
  const Length room = measure.scaled(1000, parts);
  out.word_too_wide = widest_word() > room;

  // Fewest lines; among these, the least sum of squared remainders, the last line's counting half, no line of one short
  // word (of one character in scripts without spaces), and ends that leave the sense whole, as in a balanced paragraph.
  struct Best {
    int count = std::numeric_limits<int>::max();
    std::int64_t cost = 0;
    std::size_t from = 0;
  };
  const std::size_t n = words_.size();
  std::vector<Best> best(n + 1);
  best[0].count = 0;
  const auto lone = [&](std::size_t i) {
    const std::size_t count = letters(words_[i].text);
    const bool part = !words_[i].space_before || (i + 1 < n && !words_[i + 1].space_before);  // an ideograph or kana
    return part ? n > 2 && count == 1 : spaced_words_ > 2 && count <= 3;
  };
  for (std::size_t end = 1; end <= n; ++end) {
    Length width;
    for (std::size_t start = end; start-- > 0;) {
      if (start + 1 != end) width += (words_[start + 1].space_before ? space_ : Length{}) + words_[start + 1].joint;
      width += words_[start].width;
      if (width > room && start + 1 != end) break;
      const std::int64_t left = std::max<std::int64_t>(0, (room - width).raw() * 1000 / room.raw());
      std::int64_t cost = end == n ? left * left / 2 : left * left;
      if (start + 1 == end && lone(start)) cost += 10'000'000;
      if (end != n) cost += words_[end - 1].end_cost;
      const Best via{best[start].count + 1, best[start].cost + cost, start};
      if (via.count < best[end].count || (via.count == best[end].count && via.cost < best[end].cost)) best[end] = via;
    }
  }
  for (std::size_t end = n; end > 0; end = best[end].from) {
    std::string line;
    for (std::size_t i = best[end].from; i < end; ++i) {
      if (i != best[end].from && words_[i].space_before) line += ' ';
      line += words_[i].text;
    }
    if (end == n || words_[end].space_before) line += ' ';
    if (best[end].from + 1 == end && lone(end - 1)) out.short_word_alone = true;
    out.lines.insert(out.lines.begin(), std::move(line));
  }
  return out;
}

void draw_line(text::Typesetter& typesetter, const style::Language& language, const DisplayStyle& style, Length size,
               std::string_view text, model::Point place, bool align_end, bool optical, style::Colour colour,
               model::Direction direction, std::vector<page::Item>& items, diag::Sink& sink) {
  text::Line line = typesetter.set_line({span(style, size, text)}, language, direction, sink);
  Length x = align_end ? place.x - line.width : place.x;
  if (optical && !align_end && !line.runs.empty() && !line.runs.front().run.glyphs.empty()) {
    const text::GlyphRun& run = line.runs.front().run;
    const Length white = run.face->side_bearing(run.glyphs.front().id, run.size), hung = -line.runs.front().x;
    x -= hung > Length{} ? std::max(Length{}, white - hung) : white;  // a bracket's white may hang already
  } else if (optical && align_end && !line.runs.empty() && !line.runs.back().run.glyphs.empty()) {
    // Nastaliq's first letters reach far out to the right.
    const text::GlyphRun& run = line.runs.back().run;
    const Length out = run.face->end_bearing(run.glyphs.back().id, run.size);
    x += out < -size / 20 ? out : Length{};
  }
  for (const std::uint32_t index : line.logical) {
    text::PlacedRun& placed = line.runs[index];
    const model::Point origin{x + placed.x, place.y - placed.baseline_shift};
    items.push_back({page::no_index, page::Text{std::move(placed.run), origin, colour}});
  }
}

}  // namespace epitome::cover
