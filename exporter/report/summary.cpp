#include "report/summary.hpp"

#include <algorithm>
#include <array>

namespace epitome::report {

namespace {

constexpr std::array<FaultName, fault_count> names = {{
    {"overfull", "overfull line", "overfull lines"},
    {"underfull", "underfull line", "underfull lines (spaces above 1.5 times the font’s)"},
    {"loose", "loose line", "loose lines (above 1.33 times)"},
    {"channel", "channel of white", "channels of white"},
    {"stack", "stack of words", "stacks of words"},
    {"fragment", "last line that is the end of a divided word", "last lines that are the end of a divided word"},
    {"widow", "widow", "widows"},
    {"orphan", "orphan", "orphans"},
    {"stranded", "heading stranded at the foot", "stranded headings"},
    {"hyphen_at_page_end", "hyphen at the page’s end", "hyphens at pages’ ends"},
    {"split", "a piece that belongs together is divided", "divided pieces"},
    {"parted", "parted from what it announces", "announcements parted from what they announce"},
    {"footnote_continues", "footnote goes on on the next page", "divided footnotes"},
    {"short_page", "short page", "short pages"},
    {"uneven_spread", "not as deep as the page it faces", "uneven spreads"},
    {"thin_end", "a part’s last page is thin", "thin ends of parts"},
    {"too_high", "something is higher than the page", "things higher than their page"},
}};

std::int64_t square_root(std::int64_t of) {
  if (of <= 0) return 0;
  std::int64_t root = of, next = of / 2 + 1;
  while (next < root) {
    root = next;
    next = (root + of / root) / 2;
  }
  return root;
}

struct Sample {
  std::vector<std::int64_t> values;
  std::int64_t mean() const {
    std::int64_t sum = 0;
    for (const std::int64_t v : values) sum += v;
    return sum / static_cast<std::int64_t>(values.size());
  }
  // Ten times the standard deviation.
  std::int64_t deviation() const {
    const std::int64_t middle = mean();
    std::int64_t sum = 0;
    for (const std::int64_t v : values) sum += (v - middle) * (v - middle);
    return square_root(sum * 100 / static_cast<std::int64_t>(values.size()));
  }
};

std::vector<Found> faults_of(const typeset::InspectedPage& page, const typeset::PageFigures& figures) {
  std::vector<Found> found;
  const auto on_line = [&](Fault fault, std::uint32_t line) {
    found.push_back({fault, line, page.lines[line].place, 0});
  };
  const auto where = [&](Fault fault, bool is_so, const diag::Span& place, int by = 0) {
    if (is_so) found.push_back({fault, no_line, place, by});
  };
  for (std::uint32_t i = 0; i < page.lines.size(); ++i) {
    const typeset::InspectedLine& line = page.lines[i];
    if (line.overfull) on_line(Fault::overfull, i);
    if (line.underfull()) {
      on_line(Fault::underfull, i);
    } else if (line.loose()) {
      on_line(Fault::loose, i);
    }
    if (line.fragment) on_line(Fault::fragment, i);
  }
  for (const typeset::Channel& channel : page.channels) on_line(Fault::channel, channel.first);
  for (const typeset::Stack& stack : page.stacks) on_line(Fault::stack, stack.first);
  where(Fault::widow, figures.widow, page.first_place);
  where(Fault::orphan, figures.orphan, page.last_place);
  where(Fault::stranded, page.stranded, page.last_place);
  where(Fault::hyphen_at_page_end, figures.hyphen_at_end, page.last_place);
  where(Fault::split, page.split, page.last_place);
  where(Fault::parted, page.parted, page.last_place);
  where(Fault::note_continues, page.note_continues, page.lines.empty() ? diag::Span{} : page.lines.back().place);
  where(Fault::short_page, page.short_by > 0, {}, page.short_by);
  where(Fault::uneven_spread, page.uneven, {});
  where(Fault::thin_end, page.thin_by > 0, {}, page.thin_by);
  where(Fault::too_high, page.too_high, page.first_place);
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.fault < b.fault; });
  return found;
}

Totals totals_of(const typeset::Inspection& inspection) {
  Totals totals;
  Sample spaces, letters;
  for (const typeset::InspectedPage& page : inspection.pages) {
    for (const typeset::InspectedLine& line : page.lines) {
      if (!line.justified) continue;
      ++totals.justified;
      letters.values.push_back(line.letter_fit);
      if (std::count(line.text.begin(), line.text.end(), ' ') > 1) spaces.values.push_back(line.space_ratio);
    }
  }
  if (!spaces.values.empty()) {
    totals.space_mean = spaces.mean();
    totals.space_spread = spaces.deviation() * 1000 / std::max<std::int64_t>(totals.space_mean, 1);
    totals.space_least = *std::min_element(spaces.values.begin(), spaces.values.end());
    totals.space_most = *std::max_element(spaces.values.begin(), spaces.values.end());
  }
  if (!letters.values.empty()) totals.letter_spread = letters.deviation() / 10;
  for (const typeset::ResetParagraph& paragraph : inspection.paragraphs) {
    ++(paragraph.extra > 0 ? totals.longer : paragraph.extra < 0 ? totals.shorter : totals.unhyphenated);
  }
  return totals;
}

}  // namespace

const FaultName& name_of(Fault fault) { return names[static_cast<std::size_t>(fault)]; }

Summary summarize(const typeset::Typeset& set) {
  Summary summary;
  const typeset::Inspection& inspection = *set.inspection;
  for (std::size_t i = 0; i < inspection.pages.size(); ++i) {
    summary.pages.push_back(faults_of(inspection.pages[i], set.figures.pages[i]));
  }
  summary.totals = totals_of(inspection);
  return summary;
}

}  // namespace epitome::report
