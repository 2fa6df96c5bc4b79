// Page numbers in lines that are set: when the pages are known, most of them change without another pass.
#include <algorithm>
#include <string>
#include <utility>

#include "typeset/flow/paragraph_cache.hpp"

namespace epitome::typeset {

namespace {

bool holds(const text::Line& line, std::uint32_t tag, std::uint32_t offset) {
  return std::any_of(line.runs.begin(), line.runs.end(), [&](const text::PlacedRun& placed) {
    return placed.tag == tag && !placed.annotation && placed.offset <= offset &&
           offset - placed.offset < placed.run.text.size();
  });
}

// The marks of notes and the destinations in lines: the number of the line, and the tag.
std::vector<std::pair<std::size_t, std::uint32_t>> anchors(const std::vector<text::Line>& lines, const Flow& flow) {
  std::vector<std::pair<std::size_t, std::uint32_t>> found;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const text::PlacedRun& placed : lines[i].runs) {
      const Tag& tag = flow.tags[placed.tag];
      if (tag.note != none || !tag.destinations.empty()) found.emplace_back(i, placed.tag);
    }
  }
  return found;
}

// Whether lines `b` may take the place of lines `a` on pages that are broken already: the page breaker sees no
// difference; `forced`, none but hyphens.
bool are_alike(const std::vector<text::Line>& a, const std::vector<text::Line>& b, const Flow& flow, bool forced) {
  const auto alike = [&](const text::Line& line, const text::Line& other) {
    return (forced || line.hyphenated == other.hyphenated) && line.least_leading == other.least_leading &&
           line.overfull == other.overfull && line.divided == other.divided;
  };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), alike) &&
         anchors(a, flow) == anchors(b, flow);
}

}  // namespace

bool ParagraphCache::show_pages(const Flow& flow, const PageLabels& labels, bool forced) {
  std::vector<bool> seen(flow.tags.size());
  const auto other_label = [&](const ShownPage& page) -> const std::string* {
    const auto found = labels.find(page.id);
    return found == labels.end() || found->second == page.label ? nullptr : &found->second;
  };
  bool all = true;
  for (std::size_t i = 0; i < next_; ++i) {
    Entry& entry = entries_[i];
    if (!entry.set) continue;
    std::vector<NewFigures> changes;
    const std::vector<text::TextSpan>& spans = entry.set->paragraph.spans;
    for (std::uint32_t s = 0; s < spans.size(); ++s) {
      const Tag& tag = flow.tags[spans[s].tag];
      if (tag.pages.empty()) continue;
      seen[spans[s].tag] = true;
      for (const ShownPage& page : *tag.pages)
        if (const std::string* const label = other_label(page)) changes.push_back({s, page.offset, page.label, *label});
    }
    if (!changes.empty()) all = change(entry, changes, flow, forced) && all;
  }
  for (std::size_t t = 0; t < seen.size(); ++t) {
    if (!seen[t]) all = all && std::none_of(flow.tags[t].pages->begin(), flow.tags[t].pages->end(), other_label);
  }
  return all;
}

bool ParagraphCache::change(Entry& entry, const std::vector<NewFigures>& changes, const Flow& flow, bool forced) {
  Set& set = *entry.set;
  let_go(entry);
  for (Other& other : set.others) other.outdated = !other.lines;
  const bool exchanged = exchange(*entry.lines, set.paragraph, changes) &&
                         std::all_of(set.others.begin(), set.others.end(), [&](const Other& other) {
                           return other.outdated || exchange(*other.lines, set.paragraph, changes);
                         });
  for (auto change = changes.rbegin(); change != changes.rend(); ++change)
    set.paragraph.spans[change->span].text.replace(change->offset, change->before.size(), change->after);
  const bool done = exchanged || set_anew(entry, flow, forced);
  entry.key = done ? key_of(set.paragraph, set.again) : 0;
  return done;
}

// The changes stand in the order of the text, as the lines do.
bool ParagraphCache::exchange(Lines& lines, const text::Paragraph& paragraph, const std::vector<NewFigures>& changes) {
  auto line = lines.begin();
  return std::all_of(changes.begin(), changes.end(), [&](const NewFigures& change) {
    const text::TextSpan& span = paragraph.spans[change.span];
    line =
        std::find_if(line, lines.end(), [&](const text::Line& each) { return holds(each, span.tag, change.offset); });
    return line != lines.end() &&
           typesetter_.exchange(*line, span, paragraph.shape, change.offset, change.before, change.after);
  });
}

bool ParagraphCache::set_anew(Entry& entry, const Flow& flow, bool forced) {
  Set& set = *entry.set;
  diag::Sink known;  // heard when it was first set
  const text::PreparedParagraph prepared = typesetter_.prepare(set.paragraph, language_, entry.place, known);
  std::vector<text::Line> best = typesetter_.break_lines(prepared);
  const auto best_count = static_cast<int>(best.size());
  const auto in_number_of = [&](const Lines& lines, text::LineRequest request) {
    request.extra_lines = static_cast<int>(lines.size()) - best_count;
    request.wide = true;
    return typesetter_.other_lines(prepared, request).lines;
  };
  if (forced && best.size() != entry.lines->size()) best = in_number_of(*entry.lines, {});
  if (!are_alike(*entry.lines, best, flow, forced)) return false;
  std::erase_if(set.others, [](const Other& other) { return other.outdated; });
  std::vector<std::vector<text::Line>> others;
  for (const Other& other : set.others) {
    others.push_back(forced ? in_number_of(*other.lines, other.request)
                            : typesetter_.other_lines(prepared, other.request).lines);
    if (!are_alike(*other.lines, others.back(), flow, forced)) return false;
  }
  set.demerits = text::Typesetter::best_demerits(prepared);
  entry.lines->assign(std::make_move_iterator(best.begin()), std::make_move_iterator(best.end()));
  for (std::size_t i = 0; i < others.size(); ++i)
    set.others[i].lines->assign(std::make_move_iterator(others[i].begin()), std::make_move_iterator(others[i].end()));
  return true;
}

}  // namespace epitome::typeset
