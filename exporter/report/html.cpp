#include <fmt/format.h>

#include <cstdlib>
#include <iterator>

#include "report/drawing.hpp"
#include "report/report.hpp"
#include "typeset/pages/plan.hpp"

namespace epitome::report {

namespace {

constexpr std::string_view look = R"(body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:1000px;
padding:0 1em;color:#222;background:#f3f2ef}
h1,h2{font-weight:600;line-height:1.2}
h2{margin-top:2em}
table{border-collapse:collapse;background:#fff}
th,td{text-align:start;vertical-align:top;padding:.25em .7em;border:1px solid #ddd}
td.n{text-align:end;font-variant-numeric:tabular-nums}
tr.bad th,tr.bad td.n{color:#a3140f}
details{display:inline-block}
.spread{display:flex;flex-wrap:wrap;justify-content:center;margin:2em 0}
.spread.facing figure:only-child.recto{margin-inline-start:50%}
figure{margin:0 1px;scroll-margin-top:1em}
figure:target svg{outline:3px solid #2a62b8}
figcaption{max-width:26em;font-size:13px;padding:.3em .5em}
figcaption ul{margin:.2em 0;padding-inline-start:1.2em;color:#a3140f}
svg{display:block;max-width:100%;height:auto;background:#fff;box-shadow:0 0 3px #999}
svg path{fill:none}
svg text{pointer-events:none}
.looser{fill:#e2711d}
.tighter{fill:#2a62b8}
.channel{fill:#d81b60;fill-opacity:.55}
svg .stack{stroke:#8e24aa;stroke-width:1.2}
svg .hyphen{stroke:#a3140f;stroke-width:1.2}
svg .reset{stroke:#2e7d32;stroke-width:1.6}
svg .depth{stroke:#a3140f;stroke-width:.7;stroke-dasharray:4 2}
svg .picture{fill:#eee;stroke:#bbb;stroke-width:.5}
.overfull{fill:#d50000;fill-opacity:.18;stroke:#d50000;stroke-width:1}
.underfull{fill:none;stroke:#a3140f;stroke-width:.8;stroke-dasharray:3 2}
.says{font:600 7px system-ui,sans-serif;fill:#a3140f}
.key span{display:inline-block;padding:0 .5em;margin:0 .4em .3em 0;border:1px solid #ccc;background:#fff}
.key .looser{background:#f0b88e}
.key .tighter{background:#94b0db}
.key .channel{background:#ea8caf}
@media print{body{background:#fff}figure{break-inside:avoid}}
)";

// More pages than that are folded away.
constexpr std::size_t most_links = 40;

class HtmlWriter {
 public:
  HtmlWriter(const typeset::Typeset& set, const diag::SourceText& source)
      : set_(set), inspection_(*set.inspection), source_(source), summary_(summarize(set)), drawing_(set, source) {}

  std::string run() {
    totals();
    costs();
    paragraphs();
    pages();
    const std::string title = escaped("Lines and pages of " + set_.pages.metadata.title);
    return fmt::format(
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta "
        "charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>{}</title>\n<style>\n{}{}</style>\n</head>\n"
        "<body>\n<h1>{}</h1>\n{}</body>\n</html>\n",
        title, look, drawing_.fonts(), title, out_);
  }

 private:
  template <class... A>
  void put(fmt::format_string<A...> format, A&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<A>(arguments)...);
  }

  void link(std::size_t page) { put("<a href=\"#page{}\">{}</a> ", page + 1, escaped(set_.pages.pages[page].label)); }
  void links(const std::vector<std::size_t>& pages) {
    if (pages.size() > most_links) put("<details><summary>{} pages</summary>", pages.size());
    for (const std::size_t page : pages) link(page);
    if (pages.size() > most_links) put("</details>");
  }

  void row(std::string_view name, const std::string& value) {
    put("<tr><th>{}</th><td class=\"n\">{}</td><td></td></tr>\n", name, value);
  }

  void totals() {
    const Totals& t = summary_.totals;
    const typeset::Figures& f = set_.figures;
    put("<p>Of <code>{}</code>, {} pages. Pages are named by their folios; the links lead to the drawings.</p>\n",
        escaped(source_.name()), inspection_.pages.size());
    put("<table>\n<thead><tr><th>What</th><th>How much</th><th>Pages</th></tr></thead>\n<tbody>\n");
    for (std::size_t i = 0; i < fault_count; ++i) {
      const auto fault = static_cast<Fault>(i);
      std::size_t count = 0;
      std::vector<std::size_t> pages;
      for (std::size_t page = 0; page < summary_.pages.size(); ++page) {
        for (const Found& found : summary_.pages[page]) {
          if (found.fault != fault) continue;
          ++count;
          if (pages.empty() || pages.back() != page) pages.push_back(page);
        }
      }
      put("<tr{}><th>{}</th><td class=\"n\">{}</td><td>", count > 0 ? " class=\"bad\"" : "", name_of(fault).many,
          count);
      links(pages);
      put("</td></tr>\n");
    }
    std::vector<std::size_t> hyphens;
    for (std::size_t page = 0; page < inspection_.pages.size(); ++page) {
      for (const typeset::InspectedLine& line : inspection_.pages[page].lines) {
        if (line.hyphenated && (hyphens.empty() || hyphens.back() != page)) hyphens.push_back(page);
      }
    }
    put("<tr><th>Lines that end in a hyphen</th><td class=\"n\">{}</td><td>", f.hyphens);
    links(hyphens);
    put("</td></tr>\n");
    row("Lines", fmt::format("{}", f.text_lines));
    row("Lines set to the full measure", fmt::format("{}", t.justified));
    if (t.justified > 0) {
      row("Their word spaces against the font’s, mean", percent((t.space_mean - 1000) * 10));
      row("… from", percent((t.space_least - 1000) * 10));
      row("… to", percent((t.space_most - 1000) * 10));
      row("… spread", fmt::format(".{:04}", t.space_spread));
      row("Spread of what letters are widened by", fmt::format(".{:04}", t.letter_spread));
    }
    put("</tbody>\n</table>\n");
  }

  void costs() {
    put("<h2>What page breaking paid</h2>\n<p>A unit is a line whose word spaces differ from the font’s by a "
        "tenth.</p>\n"
        "<table>\n<thead><tr><th>For</th><th>Cost</th><th>Pages</th></tr></thead>\n<tbody>\n");
    for (const CostName& name : cost_names) {
      std::int64_t sum = 0;
      std::vector<std::size_t> pages;
      for (std::size_t page = 0; page < inspection_.pages.size(); ++page) {
        const std::int64_t cost = inspection_.pages[page].cost.*name.cost;
        sum += cost;
        if (cost != 0 && name.cost != &typeset::PageCost::other) pages.push_back(page);
      }
      put("<tr><th>{}</th><td class=\"n\">{}</td><td>", name.name, sum);
      links(pages);
      put("</td></tr>\n");
    }
    put("</tbody>\n</table>\n");
  }

  void paragraphs() {
    if (inspection_.paragraphs.empty()) return;
    put("<h2>Paragraphs set otherwise than is best for "
        "them: longer, shorter, or without a hyphen at a page’s "
        "end</h2>\n<table>\n<thead><tr><th>Page</th><th>Lines</th>"
        "<th>Cost</th><th>Begins</th><th>Place</th></tr></thead>\n<tbody>\n");
    for (const typeset::ResetParagraph& paragraph : inspection_.paragraphs) {
      put("<tr><td>");
      link(paragraph.page);
      put("</td><td class=\"n\">{}{}</td><td class=\"n\">{}</td><td dir=\"auto\">{}</td><td>{}</td></tr>\n",
          paragraph.extra > 0   ? "+"
          : paragraph.extra < 0 ? "−"
                                : "±",
          std::abs(paragraph.extra), paragraph.cost, escaped(paragraph.begins),
          escaped(place_of(paragraph.place, source_)));
    }
    put("</tbody>\n</table>\n");
  }

  void pages() {
    put("<h2>The pages</h2>\n<p class=\"key\"><span class=\"looser\">spaces wider than the font’s</span>"
        "<span class=\"tighter\">narrower</span><span class=\"channel\">channel of white</span>"
        "<span>violet bar: neighbours begin or end alike</span><span>red dash: hyphen</span>"
        "<span>red frame: overfull; broken: underfull</span>"
        "<span>green bar: a paragraph set otherwise for a page’s sake</span> Point at a line for its figures.</p>\n");
    bool open = false;
    for (std::size_t i = 0; i < inspection_.pages.size(); ++i) {
      const bool verso = set_.pages.facing && typeset::is_verso(i);
      if (!open) {
        put("<div class=\"spread{}\"{}>\n", set_.pages.facing ? " facing" : "",
            set_.pages.metadata.rtl ? " dir=\"rtl\"" : "");
      }
      page(i);
      open = verso && i + 1 < inspection_.pages.size();
      if (!open) put("</div>\n");
    }
  }

  void page(std::size_t number) {
    const typeset::PageFigures& figures = set_.figures.pages[number];
    put("<figure id=\"page{}\" dir=\"ltr\"{}>\n", number + 1,
        set_.pages.facing && !typeset::is_verso(number) ? " class=\"recto\"" : "");
    out_ += drawing_.page(number, summary_.pages[number]);
    put("<figcaption><b>{}</b> · {} of {} lines", escaped(set_.pages.pages[number].label), figures.lines,
        inspection_.full_depth);
    if (!summary_.pages[number].empty()) {
      put("\n<ul>\n");
      for (const Found& found : summary_.pages[number]) fault(found, inspection_.pages[number]);
      put("</ul>");
    }
    put("</figcaption>\n</figure>\n");
  }

  void fault(const Found& found, const typeset::InspectedPage& page) {
    put("<li>{}", name_of(found.fault).name);
    if (found.by != 0) put(", by {} {}", found.by, found.by == 1 ? "line" : "lines");
    if (found.line != no_line) put(": “{}”", escaped(page.lines[found.line].text));
    if (const std::string place = place_of(found.place, source_); !place.empty()) put(" ({})", escaped(place));
    put("</li>\n");
  }

  const typeset::Typeset& set_;
  const typeset::Inspection& inspection_;
  const diag::SourceText& source_;
  Summary summary_;
  Drawing drawing_;
  std::string out_;
};

}  // namespace

std::string write_html(const typeset::Typeset& set, const diag::SourceText& source) {
  return HtmlWriter(set, source).run();
}

}  // namespace epitome::report
