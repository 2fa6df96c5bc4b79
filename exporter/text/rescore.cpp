// What no sum over single lines sees: channels of white that run down through lines, and words that stand over one
// another at the lines' edges. The best breaking is set, looked at, and where it has such a fault the best breakings
// that end one of the lines in question elsewhere are set and looked at too.
#include "text/rescore.hpp"

#include <algorithm>

#include "diag/utf8.hpp"
#include "text/hyphenation.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {
namespace {

// In the unit of Costs, each run of lines once.
constexpr std::int64_t channel_cost = Costs::square(2000);    // a strip of white through three lines or more
constexpr std::int64_t long_stack_cost = Costs::square(300);  // three lines or more that begin (end) with the same word
constexpr std::int64_t stack_cost = Costs::square(80);        // two; half of them or more are chance (tests/quality)
constexpr int most_rounds = 3;                                // each mends at least one fault or is the last
// For each line tried the whole paragraph is broken again: of a paragraph's faulty lines the first are tried, and fewer
// in a paragraph of more than a hundred lines, so that a round sets no more lines than this in all.
constexpr std::size_t most_lines = 40, most_set = 4000;

struct Faults {
  std::int64_t cost = 0;
  std::vector<std::uint32_t> lines;  // whose ends may be changed against them
};

class Inspection {
 public:
  Inspection(const PreparedParagraph::Data& paragraph, const Breaking& breaking, const std::vector<Line>& lines)
      : paragraph_(paragraph), breaking_(breaking), lines_(lines) {}

  Faults run() {
    channels();
    stacks(true);
    stacks(false);
    std::sort(found_.lines.begin(), found_.lines.end());
    found_.lines.erase(std::unique(found_.lines.begin(), found_.lines.end()), found_.lines.end());
    found_.lines.resize(std::min({found_.lines.size(), most_lines, most_set / lines_.size()}));
    return std::move(found_);
  }

 private:
  // Lines [first, last] have a fault: the ends before and in them may be moved, but for the paragraph's own.
  void add(std::size_t first, std::size_t last, std::int64_t cost) {
    found_.cost += cost;
    for (std::size_t i = first == 0 ? 0 : first - 1; i <= last && i + 1 < lines_.size(); ++i)
      found_.lines.push_back(static_cast<std::uint32_t>(i));
  }

  void channels() {
    if (paragraph_.spans.empty()) return;
    const Length em = paragraph_.spans.front().size;
    Channels channels;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      for (const Strip& strip : channels.next(lines_[i], {}, em)) {
        if (strip.lines == channel_lines) add(i - 2, i, channel_cost);
      }
    }
  }

  std::string word_at(std::size_t line, bool first) const {
    const std::uint32_t begin = line == 0 ? 0 : paragraph_.points[breaking_.ends[line - 1]].offset;
    const std::uint32_t end = paragraph_.points[breaking_.ends[line]].offset;
    return edge_word(std::string_view(paragraph_.text).substr(begin, end - begin), first);
  }

  void stacks(bool first) {
    std::string above = word_at(0, first), here;
    std::size_t run = 1;
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      here = word_at(i, first);
      run = !here.empty() && here == above ? run + 1 : 1;
      if (run == 2) add(i - 1, i, stack_cost);
      if (run == 3) add(i - 2, i, long_stack_cost);
      above.swap(here);
    }
  }

  const PreparedParagraph::Data& paragraph_;
  const Breaking& breaking_;
  const std::vector<Line>& lines_;
  Faults found_;
};

// The white between a line's words, from left to right; not the space that hangs at its end.
void gaps_of(const Line& line, std::int64_t left, std::vector<Strip>& out) {
  out.clear();
  const GlyphRun* last = nullptr;
  for (auto at = line.logical.rbegin(); at != line.logical.rend() && last == nullptr; ++at) {
    if (!line.runs[*at].annotation) last = &line.runs[*at].run;
  }
  const std::size_t content = last == nullptr ? 0 : last->text.find_last_not_of(' ') + 1;
  for (const PlacedRun& placed : line.runs) {
    if (placed.annotation) continue;
    std::int64_t x = left + placed.x.raw();
    for (const Glyph& glyph : placed.run.glyphs) {
      const std::int64_t end = x + glyph.advance.raw();
      if (placed.run.text[glyph.cluster] == ' ' && (&placed.run != last || glyph.cluster < content)) {
        out.push_back({x, end, 1});
      }
      x = end;
    }
  }
}

}  // namespace

const std::vector<Strip>& Channels::next(const Line& line, Length left, Length em) {
  const std::int64_t least = em.scaled(strip_width, 1000).raw();
  above_.swap(here_);
  gaps_of(line, left.raw(), here_);
  for (Strip& gap : here_) {
    for (const Strip& strip : above_) {
      const std::int64_t from = std::max(gap.from, strip.from), to = std::min(gap.to, strip.to);
      if (to - from < least) continue;
      gap = {from, to, strip.lines + 1};
      break;
    }
  }
  return here_;
}

std::string edge_word(std::string_view text, bool first) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  text = first ? text.substr(0, text.find(' ')) : text.substr(text.rfind(' ') + 1);
  std::string word;
  for (std::size_t i = 0; i < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, i);
    if (is_letter(c.value)) diag::append_utf8(word, to_lower(c.value));
    i += c.length;
  }
  return word;
}

SetLines set_best(Typesetter::Data& typesetter, const PreparedParagraph::Data& paragraph, const BreakOptions& options,
                  std::optional<std::uint32_t> not_at) {
  std::vector<Candidate> candidates;
  if (not_at) {
    candidates = paragraph.candidates;
    candidates[*not_at].barred = true;
  }
  Breaking best = total_fit(not_at ? candidates : paragraph.candidates, paragraph.first_hang, options);
  if (best.ends.empty()) return {};
  std::vector<Line> lines = finalize_lines(typesetter, paragraph, best, options);
  if (!options.justified || lines.size() < 2) return {std::move(lines), best.demerits};
  Faults faults = Inspection(paragraph, best, lines).run();
  for (int round = 0; round < most_rounds && faults.cost > 0; ++round) {
    if (candidates.empty()) candidates = paragraph.candidates;
    Breaking better;
    std::vector<Line> better_lines;
    Faults better_faults;
    std::uint32_t barred = 0;
    std::int64_t least = best.demerits + faults.cost;
    for (const std::uint32_t line : faults.lines) {
      const std::uint32_t end = best.ends[line];
      candidates[end].barred = true;
      // In a later pass other rules hold: not to be compared. The number of lines is the page breaker's.
      const auto count = static_cast<int>(best.ends.size());
      Breaking other = fit_within(candidates, paragraph.first_hang, options, best.pass, options.lines, least);
      if (!other.ends.empty() && other.ends.size() != best.ends.size()) {
        other = fit_within(candidates, paragraph.first_hang, options, best.pass, count, least);
      }
      candidates[end].barred = false;
      if (other.ends.empty()) continue;
      std::vector<Line> other_lines = finalize_lines(typesetter, paragraph, other, options);
      Faults other_faults = Inspection(paragraph, other, other_lines).run();
      if (other.demerits + other_faults.cost >= least) continue;
      least = other.demerits + other_faults.cost;
      better = std::move(other);
      better_lines = std::move(other_lines);
      better_faults = std::move(other_faults);
      barred = end;
    }
    if (better.ends.empty()) break;
    candidates[barred].barred = true;
    best = std::move(better);
    lines = std::move(better_lines);
    faults = std::move(better_faults);
  }
  return {std::move(lines), best.demerits};
}

}  // namespace epitome::text
