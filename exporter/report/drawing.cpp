#include "report/drawing.hpp"

#include <algorithm>
#include <cstdlib>

#include "diag/escaping.hpp"
#include "diag/utf8.hpp"
#include "text/fonts.hpp"

namespace epitome::report {

namespace {

using model::Length;
using page::points;

std::string colour(style::Colour c) { return fmt::format("#{:02x}{:02x}{:02x}", c.red, c.green, c.blue); }

// A name of CSS Fonts: "EB Garamond", "SemiBold Italic" to one declaration.
std::string font(const text::GlyphRun& run, style::Colour ink) {
  std::string css = "font:";
  if (run.face != nullptr) {
    const std::string_view style = run.face->entry().style;
    const auto says = [&](std::string_view word) { return style.find(word) != std::string_view::npos; };
    if (says("Italic") || says("Oblique")) css += "italic ";
    css += says("SemiBold") || says("Semibold") ? "600 " : says("Medium") ? "500 " : says("Bold") ? "700 " : "";
    css += fmt::format("{}px '{}',serif", points(run.size), run.face->entry().family);
  } else {
    css += points(run.size) + "px serif";
  }
  return css + ";fill:" + colour(ink);
}

// A stretch of a run's text without spaces, and where its glyphs stand.
struct Word {
  std::size_t begin = 0, end = 0;
  Length left, right;
  bool drawn = false;
};

std::vector<Word> words_of(const text::GlyphRun& run) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < run.text.size();) {
    const std::size_t end = std::min(run.text.find(' ', at), run.text.size());
    if (end > at) words.push_back({at, end, {}, {}, false});
    at = end + 1;
  }
  Length x;
  for (const text::Glyph& glyph : run.glyphs) {
    const Length end = x + glyph.advance;
    const auto after = std::upper_bound(words.begin(), words.end(), std::size_t{glyph.cluster},
                                        [](std::size_t cluster, const Word& word) { return cluster < word.begin; });
    if (after != words.begin() && glyph.cluster < std::prev(after)->end) {
      Word& word = *std::prev(after);
      word.left = word.drawn ? std::min(word.left, x) : x;
      word.right = word.drawn ? std::max(word.right, end) : end;
      word.drawn = true;
    }
    x = end;
  }
  return words;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string shown, out;
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    if (c.value == 0xAD) {
      shown += '-';
    } else if (!c.valid || c.value < 0x20 || c.value == 0xFFFE || c.value == 0xFFFF) {
      shown += "\xEF\xBF\xBD";  // a file's name can hold anything
    } else {
      shown += text.substr(at, c.length);
    }
    at += c.length;
  }
  diag::append_escaped(out, shown);
  return out;
}

std::string place_of(const diag::Span& span, const diag::SourceText& source) {
  if (span == diag::Span{}) return {};
  const diag::Place place = source.place(span.offset);
  // rfind's npos is one before the first.
  return fmt::format("{}:{}:{}", source.name().substr(source.name().rfind('/') + 1), place.line, place.column);
}

std::string percent(std::int64_t of) {
  const std::int64_t tenths = (std::abs(of) + 5) / 10;
  return fmt::format("{}{}.{} %", tenths == 0 ? "" : of < 0 ? "−" : "+", tenths / 10, tenths % 10);
}

std::string Drawing::fonts() const {
  std::vector<std::string_view> by_number(fonts_.size());
  for (const auto& [css, number] : fonts_) by_number[number] = css;
  std::string out;
  for (std::size_t i = 0; i < by_number.size(); ++i) out += fmt::format(".f{}{{{}}}\n", i, by_number[i]);
  return out;
}

std::string Drawing::page(std::size_t number, const std::vector<Found>& found) {
  out_.clear();
  const page::Page& page = set_.pages.pages[number];
  const typeset::InspectedPage& inspected = set_.inspection->pages[number];
  put("<svg viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" aria-label=\"Page {2}\">\n",
      points(page.trim.width), points(page.trim.height), escaped(page.label));
  for (const typeset::InspectedLine& line : inspected.lines) tint(line);
  for (const page::Item& item : page.items) {
    std::visit([&](const auto& value) { draw(value); }, item.value);
  }
  for (const typeset::Channel& channel : inspected.channels) {
    const typeset::InspectedLine& first = inspected.lines[channel.first];
    const typeset::InspectedLine& last = inspected.lines[channel.last];
    const Length top = first.baseline - first.height * 3 / 4;
    put("<rect class=\"channel\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n", points(channel.left), points(top),
        points(channel.right - channel.left), points(last.baseline + last.height / 4 - top));
  }
  for (const typeset::Stack& stack : inspected.stacks) {
    const typeset::InspectedLine& first = inspected.lines[stack.first];
    const typeset::InspectedLine& last = inspected.lines[stack.last];
    const bool left = stack.at_start != set_.pages.metadata.rtl;
    Length x = left ? first.left : first.right;
    for (std::uint32_t i = stack.first; i <= stack.last; ++i) {
      x = left ? std::min(x, inspected.lines[i].left) : std::max(x, inspected.lines[i].right);
    }
    x += left ? Length::pt(-2) : Length::pt(2);
    put("<path class=\"stack\" d=\"M{} {}V{}\"><title>{}</title></path>\n", points(x),
        points(first.baseline - first.height / 2), points(last.baseline), escaped(stack.word));
  }
  for (const typeset::InspectedLine& line : inspected.lines) line_marks(line, inspected.block);
  page_marks(inspected, found);
  out_ += "</svg>\n";
  return std::move(out_);
}

// Full strength at half as much again, or half, of the font's own space.
void Drawing::tint(const typeset::InspectedLine& line) {
  if (!line.justified) return;
  const std::int32_t off = line.space_ratio - 1000;
  const int strength = std::min(60, std::abs(off) * 60 / 500);
  put("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill-opacity=\".{:02}\"><title>spaces {}, "
      "letters "
      "{}",
      off < 0 ? "tighter" : "looser", points(line.left), points(line.baseline - line.height * 3 / 4),
      points(std::max(line.right - line.left, Length{})), points(line.height), strength,
      percent(std::int64_t{off} * 10), percent(line.letter_fit));
  if (const std::string place = place_of(line.place, source_); !place.empty()) put("; {}", escaped(place));
  put("</title></rect>\n");
}

void Drawing::draw(const page::Text& text) {
  const text::GlyphRun& run = text.run;
  const std::size_t number = fonts_.try_emplace(font(run, text.colour), fonts_.size()).first->second;
  for (const Word& word : words_of(run)) {
    if (!word.drawn) continue;
    put("<text class=\"f{}\" x=\"{}\" y=\"{}\"", number, points(text.origin.x + word.left), points(text.origin.y));
    if (run.rtl) put(" direction=\"rtl\" text-anchor=\"end\"");
    if (word.right > word.left) {
      put(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", points(word.right - word.left));
    }
    put(">{}</text>\n", escaped(std::string_view(run.text).substr(word.begin, word.end - word.begin)));
  }
}

void Drawing::draw(const page::Rule& rule) {
  const model::Rect& box = rule.box;
  if (rule.dash_off == Length{}) {
    put("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", points(box.x), points(box.y),
        points(box.width), points(box.height), colour(rule.colour));
    return;
  }
  const bool level = box.width >= box.height;
  const bool dots = rule.dash_on == Length{};
  const Length thickness = level ? box.height : box.width;
  const Length x = level ? box.x : box.x + box.width / 2, y = level ? box.y + box.height / 2 : box.y;
  put("<path d=\"M{} {}{}{}\" stroke=\"{}\" stroke-width=\"{}\" stroke-dasharray=\"{} {}\"{}/>\n", points(x), points(y),
      level ? 'h' : 'v', points(level ? box.width : box.height), colour(rule.colour), points(thickness),
      points(rule.dash_on), points(rule.dash_off), dots ? " stroke-linecap=\"round\"" : "");
}

void Drawing::draw(const page::Picture& picture) {
  const model::Rect& box = picture.box;
  put("<path class=\"picture\" d=\"M{0} {1}h{2}v{3}h-{2}zl{2} {3}m-{2} 0l{2} -{3}\"/>\n", points(box.x), points(box.y),
      points(box.width), points(box.height));
}

void Drawing::line_marks(const typeset::InspectedLine& line, const model::Rect& block) {
  const Length top = line.baseline - line.height * 3 / 4;
  const bool rtl = set_.pages.metadata.rtl;
  if (line.hyphenated) {
    put("<path class=\"hyphen\" d=\"M{} {}h4\"><title>hyphen</title></path>\n",
        points(rtl ? line.left - Length::pt(6) : line.right + Length::pt(2)), points(line.baseline - line.height / 5));
  }
  if (line.overfull || line.underfull()) {
    put("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>\n",
        line.overfull ? "overfull" : "underfull", points(line.left), points(top), points(line.right - line.left),
        points(line.height), line.overfull ? "overfull" : "underfull");
  }
  if (line.extra) {
    const Length x = rtl ? block.x + block.width + Length::pt(9) : block.x - Length::pt(9);
    put("<path class=\"reset\" d=\"M{} {}v{}\"><title>{}</title></path>\n", points(x), points(top), points(line.height),
        *line.extra > 0   ? "its paragraph is a line longer"
        : *line.extra < 0 ? "its paragraph is a line shorter"
                          : "its paragraph is set without a hyphen at the page's end");
  }
}

// What concerns the page as a whole, in words at its block's head and foot.
void Drawing::page_marks(const typeset::InspectedPage& page, const std::vector<Found>& found) {
  std::string head, foot;
  bool shallow = false;
  for (const Found& f : found) {
    if (f.line != no_line) continue;
    std::string& into = f.fault == Fault::widow || f.fault == Fault::too_high ? head : foot;
    into += (into.empty() ? "" : "; ") + std::string(name_of(f.fault).name);
    if (f.by != 0) into += fmt::format(", by {}", f.by);
    shallow = shallow || f.fault == Fault::short_page || f.fault == Fault::uneven_spread || f.fault == Fault::thin_end;
  }
  const model::Rect& block = page.block;
  if (!head.empty()) {
    put("<text class=\"says\" x=\"{}\" y=\"{}\">▼ {}</text>\n", points(block.x), points(block.y - Length::pt(3)),
        escaped(head));
  }
  if (foot.empty()) return;
  const Length y = block.y + (shallow ? page.depth : block.height);
  if (shallow) put("<path class=\"depth\" d=\"M{} {}h{}\"/>\n", points(block.x), points(y), points(block.width));
  put("<text class=\"says\" x=\"{}\" y=\"{}\">▲ {}</text>\n", points(block.x), points(y + Length::pt(8)),
      escaped(foot));
}

}  // namespace epitome::report
