#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "page/roles.hpp"
#include "report/report.hpp"
#include "report/summary.hpp"

namespace epitome::report {

namespace {

using diag::json_string;
using page::points;

constexpr std::string_view units =
    R"({"lengths":"pt, from the page's top left corner","space":"the line's word spaces over the font's own, less 1",)"
    R"("letters":"what letters are widened by, of their own width: scale and spacing together",)"
    R"("shortfall":"what a line lacks of its measure; negative: it sticks out",)"
    R"("cost":"a line whose word spaces differ from the font's by a tenth costs 1","depth":"grid lines"})";

// 1/10000 as a decimal number.
std::string decimal(std::int64_t of) {
  std::string out = fmt::format("{}{}.{:04}", of < 0 ? "-" : "", std::abs(of) / 10000, std::abs(of) % 10000);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

class JsonWriter {
 public:
  JsonWriter(const typeset::Typeset& set, const diag::SourceText& source)
      : set_(set), inspection_(*set.inspection), source_(source), summary_(summarize(set)) {}

  std::string run() {
    put("{{\"report\":1,\n\"source\":{},\n\"title\":{},\n\"units\":{},\n\"totals\":", json_string(source_.name()),
        json_string(set_.pages.metadata.title), units);
    totals();
    put(",\n\"costs\":");
    costs();
    put(",\n\"paragraphs\":[");
    between_ = "\n";
    for (const typeset::ResetParagraph& paragraph : inspection_.paragraphs) reset(paragraph);
    put("],\n\"pages\":[");
    for (std::size_t i = 0; i < inspection_.pages.size(); ++i) {
      put("{}", i == 0 ? "\n" : ",\n");
      page(i);
    }
    put("]}}\n");
    return std::move(out_);
  }

 private:
  template <class... A>
  void put(fmt::format_string<A...> format, A&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<A>(arguments)...);
  }
  // Where a paragraph is in the source, as members of an object that has others before.
  void place(const diag::Span& span) {
    if (span == diag::Span{}) return;
    const diag::Place at = source_.place(span.offset);
    put(",\"line\":{},\"column\":{}", at.line, at.column);
  }
  void next(std::string_view after = ",\n") { put("{}", std::exchange(between_, after)); }

  void totals() {
    const Totals& t = summary_.totals;
    const typeset::Figures& f = set_.figures;
    put(R"({{"pages":{},"lines":{},"justified":{},"hyphens":{},"space_mean":{},"space_spread":{},"space_least":{},)"
        R"("space_most":{},"letter_spread":{},"paragraphs_longer":{},"paragraphs_shorter":{},"paragraphs_unhyphenated":{})",
        inspection_.pages.size(), f.text_lines, t.justified, f.hyphens, decimal((t.space_mean - 1000) * 10),
        decimal(t.space_spread), decimal((t.space_least - 1000) * 10), decimal((t.space_most - 1000) * 10),
        decimal(t.letter_spread), t.longer, t.shorter, t.unhyphenated);
    std::array<std::size_t, fault_count> counts{};
    for (const std::vector<Found>& page : summary_.pages) {
      for (const Found& found : page) ++counts[static_cast<std::size_t>(found.fault)];
    }
    for (std::size_t i = 0; i < fault_count; ++i) put(",\"{}\":{}", name_of(static_cast<Fault>(i)).key, counts[i]);
    put("}}");
  }

  void costs() {
    put("{{");
    between_ = "\n";
    for (const CostName& name : cost_names) {
      std::int64_t sum = 0;
      for (const typeset::InspectedPage& page : inspection_.pages) sum += page.cost.*name.cost;
      next();
      put("\"{}\":{{\"cost\":{},\"pages\":[", name.key, sum);
      bool first = true;
      // What each page costs by being one is the same for all.
      for (std::size_t i = 0; i < inspection_.pages.size() && name.cost != &typeset::PageCost::other; ++i) {
        if (inspection_.pages[i].cost.*name.cost == 0) continue;
        put("{}{}", first ? "" : ",", i + 1);
        first = false;
      }
      put("]}}");
    }
    put("}}");
  }

  void reset(const typeset::ResetParagraph& paragraph) {
    next();
    put("{{\"page\":{},\"lines\":{},\"cost\":{},\"begins\":{}", paragraph.page + 1, paragraph.extra, paragraph.cost,
        json_string(paragraph.begins));
    place(paragraph.place);
    put("}}");
  }

  void page(std::size_t number) {
    const page::Page& made = set_.pages.pages[number];
    const typeset::PageFigures& figures = set_.figures.pages[number];
    const typeset::InspectedPage& page = inspection_.pages[number];
    put(R"({{"page":{},"label":{},"width":{},"height":{},"depth":{},"full_depth":{},"part_end":{},"faults":[)",
        number + 1, json_string(made.label), points(made.trim.width), points(made.trim.height), figures.lines,
        inspection_.full_depth, figures.part_end);
    between_ = "";
    for (const Found& found : summary_.pages[number]) {
      next(",");
      put("{{\"fault\":\"{}\"", name_of(found.fault).key);
      if (found.line != no_line) put(",\"on_line\":{}", found.line + 1);
      if (found.by != 0) put(",\"by\":{}", found.by);
      place(found.place);
      put("}}");
    }
    put("],\"costs\":{{");
    between_ = "";
    for (const CostName& name : cost_names) {
      if (page.cost.*name.cost == 0) continue;
      next(",");
      put("\"{}\":{}", name.key, page.cost.*name.cost);
    }
    put("}},\"channels\":[");
    between_ = "";
    for (const typeset::Channel& channel : page.channels) {
      next(",");
      put("{{\"first_line\":{},\"last_line\":{},\"left\":{},\"right\":{}}}", channel.first + 1, channel.last + 1,
          points(channel.left), points(channel.right));
    }
    put("],\"stacks\":[");
    between_ = "";
    for (const typeset::Stack& stack : page.stacks) {
      next(",");
      put("{{\"first_line\":{},\"last_line\":{},\"at\":\"{}\",\"word\":{}}}", stack.first + 1, stack.last + 1,
          stack.at_start ? "start" : "end", json_string(stack.word));
    }
    put("],\"lines\":[");
    between_ = "\n";
    for (const typeset::InspectedLine& of : page.lines) line(of);
    put("]}}");
  }

  void line(const typeset::InspectedLine& line) {
    next();
    put(R"(  {{"text":{},"left":{},"right":{},"baseline":{},"width":{},"shortfall":{})", json_string(line.text),
        points(line.left), points(line.right), points(line.baseline), points(line.width),
        points(line.room - line.width));
    if (line.role != page::Role::document) put(",\"role\":\"{}\"", page::role_name(line.role));
    if (line.justified) {
      put(R"(,"justified":true,"space":{},"letters":{},"letter_spacing":{},"glyph_scale":{})",
          decimal((line.space_ratio - 1000) * 10), decimal(line.letter_fit), decimal(letter_spacing(line)),
          decimal(line.glyph_scale * 10));
    }
    const auto mark = [&](std::string_view key, bool is_so) {
      if (is_so) put(",\"{}\":true", key);
    };
    mark("hyphen", line.hyphenated);
    mark("fragment", line.fragment);
    mark("channel", line.channel);
    mark("stack", line.stack);
    mark("overfull", line.overfull);
    mark("underfull", line.underfull());
    if (line.extra) put(",\"paragraph_lines\":{}", *line.extra);
    place(line.place);
    put("}}");
  }

  const typeset::Typeset& set_;
  const typeset::Inspection& inspection_;
  const diag::SourceText& source_;
  Summary summary_;
  std::string_view between_;
  std::string out_;
};

}  // namespace

std::string write_json(const typeset::Typeset& set, const diag::SourceText& source) {
  return JsonWriter(set, source).run();
}

}  // namespace epitome::report
