#include "typeset/place/inspect.hpp"

#include <algorithm>

#include "text/rescore.hpp"

namespace epitome::typeset {

namespace {

// Below a line on the same page, in the same column: its baseline is at most one and a half times its height deeper.
bool is_below(const InspectedLine& line, const InspectedLine& above) {
  const Length down = line.baseline - above.baseline;
  return down > Length{} && down * 2 < line.height * 3 && line.left < above.right && above.left < line.right;
}

// The lines of a paragraph's first atom that were set again; null if they weren't.
const Lines* set_again(const Atom& first) {
  for (const Content& content : first.contents) {
    const auto* text = std::get_if<TextBox>(&content);
    if (text != nullptr && text->lines->extra) return text->lines.get();
  }
  return nullptr;
}

std::vector<ResetParagraph> reset_paragraphs(const Flow& flow, const std::vector<PlannedPage>& planned) {
  std::vector<ResetParagraph> found;
  for (std::uint32_t p = 0; p < planned.size(); ++p) {
    const Chain& chain = flow.chains[planned[p].chain];
    const PageRange& range = planned[p].range;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      const std::uint32_t number = chain.atoms[i].paragraph;
      if (number == none || chain.paragraphs[number].first != i) continue;
      const Lines* const lines = set_again(chain.atoms[i]);
      if (lines == nullptr) continue;
      ResetParagraph reset{p, lines->span, *lines->extra, chain.paragraphs[number].cost, {}};
      for (const std::uint32_t run : lines->front().logical) reset.begins += lines->front().runs[run].run.text;
      found.push_back(std::move(reset));
    }
  }
  return found;
}

class Inspector {
 public:
  Inspector(const Flow& flow, const page::Elements& elements, const style::Layout& layout)
      : flow_(flow), elements_(elements), layout_(layout) {}
  InspectedPage page(const PlannedPage& planned, const PlacedLines& placed);

 private:
  void line(const TextBox& box, Length left, Length baseline);
  page::Role role_of(const text::Line& line) const;
  void follow_strips(const text::Line& line, Length left, std::uint32_t number);
  void follow_words(bool at_start, std::uint32_t number);
  void end_page(const PlannedPage& planned);

  const Flow& flow_;
  const page::Elements& elements_;
  const style::Layout& layout_;
  text::Channels channels_;
  InspectedPage page_;  // that is being looked at
};

InspectedPage Inspector::page(const PlannedPage& planned, const PlacedLines& placed) {
  page_ = {};
  page_.block = placed.block;
  channels_.restart();
  for (const PlacedLine& placed_line : placed.lines) line(*placed_line.box, placed_line.left, placed_line.baseline);
  end_page(planned);
  return std::move(page_);
}

void Inspector::line(const TextBox& box, Length left, Length baseline) {
  const text::Line& line = (*box.lines)[box.line];
  if (line.runs.empty()) return;
  InspectedLine seen;
  seen.place = box.lines->span;
  seen.role = role_of(line);
  seen.baseline = baseline;
  seen.height = box.leading;
  seen.width = line.width;
  seen.room = line.room;
  seen.extra = box.lines->extra;
  seen.justified = line.justified;
  seen.hyphenated = line.hyphenated;
  seen.overfull = line.overfull;
  seen.space_ratio = line.space_ratio;
  seen.letter_fit = line.letter_fit;
  Length from = line.runs.front().x, to = from;
  for (const text::PlacedRun& run : line.runs) {
    from = std::min(from, run.x);
    to = std::max(to, run.x + run.run.width());
  }
  for (const std::uint32_t index : line.logical) {
    const text::PlacedRun& run = line.runs[index];
    if (run.annotation) continue;
    seen.text += run.run.text;
    if (run.run.glyph_scale != 1000) seen.glyph_scale = run.run.glyph_scale;
  }
  // The space at the line's end hangs beyond the measure: at the left in right-to-left text.
  const text::GlyphRun& last = line.runs[line.logical.back()].run;
  if (last.text.ends_with(' ') && !last.glyphs.empty()) {
    (last.rtl ? from : to) += last.rtl ? Length(last.glyphs.front().advance) : -last.glyphs.back().advance;
  }
  seen.text.erase(seen.text.find_last_not_of(' ') + 1);
  seen.fragment = line.last && box.line > 0 && (*box.lines)[box.line - 1].hyphenated &&
                  seen.text.find(' ') == std::string::npos && seen.text.find("\xC2\xA0") == std::string::npos;
  seen.left = left + from;
  seen.right = left + to;
  std::vector<InspectedLine>& lines = page_.lines;
  lines.push_back(std::move(seen));
  const auto number = static_cast<std::uint32_t>(lines.size() - 1);
  if (number == 0 || !is_below(lines[number], lines[number - 1])) channels_.restart();
  follow_strips(line, left, number);
  for (const bool at_start : {true, false}) follow_words(at_start, number);
}

page::Role Inspector::role_of(const text::Line& line) const {
  std::uint32_t at = flow_.tags[line.runs[line.logical.front()].tag].element;
  while (at != none) {
    switch (elements_[at].role) {
      case page::Role::span:
      case page::Role::link:
      case page::Role::quote:
      case page::Role::reference:
      case page::Role::ruby:
      case page::Role::rb:
      case page::Role::rt:
        at = elements_[at].parent;
        break;
      default:  // a block's
        return elements_[at].role;
    }
  }
  return page::Role::document;
}

void Inspector::follow_strips(const text::Line& line, Length left, std::uint32_t number) {
  for (const text::Strip& strip : channels_.next(line, left, line.runs.front().run.size)) {
    if (strip.lines < text::channel_lines) continue;
    const auto first = number + 1 - static_cast<std::uint32_t>(strip.lines);
    const Channel now{first, number, Length::from_raw(strip.from), Length::from_raw(strip.to)};
    const auto before = std::find_if(page_.channels.begin(), page_.channels.end(), [&](const Channel& c) {
      return c.first == first && c.last + 1 == number && c.left <= now.left && now.right <= c.right;
    });
    if (before == page_.channels.end()) {
      page_.channels.push_back(now);
    } else {
      *before = now;
    }
    for (std::uint32_t i = first; i <= number; ++i) page_.lines[i].channel = true;
  }
}

void Inspector::follow_words(bool at_start, std::uint32_t number) {
  if (number == 0 || !is_below(page_.lines[number], page_.lines[number - 1])) return;
  const std::string word = text::edge_word(page_.lines[number].text, at_start);
  if (word.empty() || word != text::edge_word(page_.lines[number - 1].text, at_start)) return;
  const auto before = std::find_if(page_.stacks.begin(), page_.stacks.end(),
                                   [&](const Stack& s) { return s.at_start == at_start && s.last + 1 == number; });
  if (before == page_.stacks.end()) {
    page_.stacks.push_back({number - 1, number, at_start, word});
  } else {
    before->last = number;
  }
  page_.lines[number - 1].stack = page_.lines[number].stack = true;
}

void Inspector::end_page(const PlannedPage& planned) {
  const std::vector<Box>& boxes = flow_.chains[planned.chain].boxes;
  InspectedPage& page = page_;
  page.cost = planned.range.cost;
  page.depth = planned.range.depth;
  page.note_continues = page.cost.notes > 0;
  page.uneven = page.cost.uneven_spread > 0;
  page.too_high = page.cost.other >= PageCosts::overfull;
  page.thin_by = static_cast<int>(page.cost.thin_end / PageCosts::thin_end);
  if (planned.range.first >= planned.range.last) return;
  const auto text_place = [&](std::uint32_t atom, bool last) {
    diag::Span place;
    for (const Content& content : flow_.chains[planned.chain].atoms[atom].contents) {
      const auto* text = std::get_if<TextBox>(&content);
      if (text == nullptr) continue;
      place = text->lines->span;
      if (!last) break;
    }
    return place;
  };
  page.first_place = text_place(planned.range.first, false);
  page.last_place = text_place(planned.range.last - 1, true);
  if (planned.range.last == boxes.size()) return;
  const Box& following = boxes[planned.range.last];
  if (page.cost.short_page > 0 && !following.opens) {
    const PageShape shape = page_shape(layout_, flow_.chains[planned.chain], false);
    const Length room = shape.height - note_area(shape, planned.range.note_lines);
    page.short_by = static_cast<int>((room - page.depth).raw() / shape.grid.raw());
  }
  page.stranded = page.cost.turn >= PageCosts::stranded;
  page.split = following.keep_cost == PageCosts::piece_split && page.cost.turn >= PageCosts::piece_split;
  page.parted = page.cost.turn == PageCosts::introduced || page.cost.turn == PageCosts::announced;
}

}  // namespace

Inspection inspect(const Flow& flow, const page::Elements& elements, const std::vector<PlannedPage>& planned,
                   const std::vector<PlacedLines>& pages, const style::Layout& layout) {
  Inspection found;
  found.full_depth = layout.geometry.lines;
  found.paragraphs = reset_paragraphs(flow, planned);
  Inspector inspector(flow, elements, layout);
  for (std::size_t i = 0; i < planned.size(); ++i) found.pages.push_back(inspector.page(planned[i], pages[i]));
  return found;
}

}  // namespace epitome::typeset
