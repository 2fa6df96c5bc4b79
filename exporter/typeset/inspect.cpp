#include "typeset/inspect.hpp"

#include <algorithm>

namespace epitome::typeset {

namespace {

// Below a line on the same page, in the same column: its baseline is at most one and a half times its height deeper.
bool is_below(const InspectedLine& line, const InspectedLine& above) {
  const Length down = line.baseline - above.baseline;
  return down > Length{} && down * 2 < line.height * 3 && line.left < above.right && above.left < line.right;
}

}  // namespace

Inspector::Inspector(const Flow& flow, const std::vector<PlannedPage>& planned, const ParagraphCache& cache,
                     const style::Layout& layout)
    : flow_(flow), planned_(planned), layout_(layout), places_(cache.places()) {
  found_.full_depth = layout.geometry.lines;
  for (std::uint32_t c = 0; c < flow.chains.size(); ++c) {
    const Chain& chain = flow.chains[c];
    for (const SetParagraph& paragraph : chain.paragraphs) {
      if (!paragraph.extra) continue;
      const diag::Span place = cache.place(paragraph.number);
      ResetParagraph reset;
      if (const Lines* lines = set_again(chain, paragraph, places_)) {
        places_[lines] = place;
        extras_[lines] = *paragraph.extra;
        for (const std::uint32_t run : lines->front().logical) reset.begins += lines->front().runs[run].run.text;
      }
      const auto page = std::find_if(planned.begin(), planned.end(), [&](const PlannedPage& p) {
        return p.chain == c && p.range.first <= paragraph.first && paragraph.first < p.range.last;
      });
      if (page == planned.end()) continue;  // an optional chain that is not set
      reset.page = static_cast<std::uint32_t>(page - planned.begin());
      reset.place = place;
      reset.extra = *paragraph.extra;
      reset.cost = paragraph.cost;
      found_.paragraphs.push_back(std::move(reset));
    }
  }
}

void Inspector::page(const model::Rect& block) {
  found_.pages.emplace_back().block = block;
  channels_.restart();
}

void Inspector::line(const TextBox& box, Length left, Length baseline) {
  const text::Line& line = (*box.lines)[box.line];
  if (line.runs.empty()) return;
  InspectedLine seen;
  seen.place = place_of(box.lines);
  seen.role = role_of(line);
  seen.baseline = baseline;
  seen.height = box.leading;
  seen.width = line.width;
  seen.room = line.room;
  if (const auto reset = extras_.find(box.lines.get()); reset != extras_.end()) seen.extra = reset->second;
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
  // What hangs at the end, the left one in right-to-left text.
  const text::GlyphRun& last = line.runs[line.logical.back()].run;
  if (last.text.ends_with(' ') && !last.glyphs.empty()) {
    (last.rtl ? from : to) += last.rtl ? Length(last.glyphs.front().advance) : -last.glyphs.back().advance;
  }
  seen.text.erase(seen.text.find_last_not_of(' ') + 1);
  seen.fragment = line.last && box.line > 0 && (*box.lines)[box.line - 1].hyphenated &&
                  seen.text.find(' ') == std::string::npos && seen.text.find("\xC2\xA0") == std::string::npos;
  seen.left = left + from;
  seen.right = left + to;
  std::vector<InspectedLine>& lines = found_.pages.back().lines;
  lines.push_back(std::move(seen));
  const auto number = static_cast<std::uint32_t>(lines.size() - 1);
  if (number == 0 || !is_below(lines[number], lines[number - 1])) channels_.restart();
  follow_strips(line, left, number);
  for (const bool at_start : {true, false}) follow_words(at_start, number);
}

diag::Span Inspector::place_of(const std::shared_ptr<const Lines>& lines) const {
  const auto found = places_.find(lines.get());
  return found == places_.end() ? diag::Span{} : found->second;
}

page::Role Inspector::role_of(const text::Line& line) const {
  std::uint32_t at = flow_.tags[line.runs[line.logical.front()].tag].element;
  while (at != none) {
    switch (flow_.elements[at].role) {
      case page::Role::span:
      case page::Role::link:
      case page::Role::quote:
      case page::Role::reference:
      case page::Role::ruby:
      case page::Role::rb:
      case page::Role::rt:
        at = flow_.elements[at].parent;
        break;
      default:
        return flow_.elements[at].role;
    }
  }
  return page::Role::document;
}

void Inspector::follow_strips(const text::Line& line, Length left, std::uint32_t number) {
  InspectedPage& page = found_.pages.back();
  for (const text::Strip& strip : channels_.next(line, left, line.runs.front().run.size)) {
    if (strip.lines < text::channel_lines) continue;
    const auto first = number + 1 - static_cast<std::uint32_t>(strip.lines);
    const Channel now{first, number, Length::from_raw(strip.from), Length::from_raw(strip.to)};
    const auto before = std::find_if(page.channels.begin(), page.channels.end(), [&](const Channel& c) {
      return c.first == first && c.last + 1 == number && c.left <= now.left && now.right <= c.right;
    });
    if (before == page.channels.end()) {
      page.channels.push_back(now);
    } else {
      *before = now;
    }
    for (std::uint32_t i = first; i <= number; ++i) page.lines[i].channel = true;
  }
}

void Inspector::follow_words(bool at_start, std::uint32_t number) {
  InspectedPage& page = found_.pages.back();
  if (number == 0 || !is_below(page.lines[number], page.lines[number - 1])) return;
  const std::string word = text::edge_word(page.lines[number].text, at_start);
  if (word.empty() || word != text::edge_word(page.lines[number - 1].text, at_start)) return;
  const auto before = std::find_if(page.stacks.begin(), page.stacks.end(),
                                   [&](const Stack& s) { return s.at_start == at_start && s.last + 1 == number; });
  if (before == page.stacks.end()) {
    page.stacks.push_back({number - 1, number, at_start, word});
  } else {
    before->last = number;
  }
  page.lines[number - 1].stack = page.lines[number].stack = true;
}

void Inspector::end_page(std::size_t number) {
  const PlannedPage& planned = planned_[number];
  const std::vector<Box>& boxes = flow_.chains[planned.chain].boxes;
  InspectedPage& page = found_.pages[number];
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
      place = place_of(text->lines);
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
  page.parted = page.cost.turn == PageCosts::introduced;
}

}  // namespace epitome::typeset
