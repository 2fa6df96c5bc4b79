#include "reader/markdown_html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "diag/escaping.hpp"
#include "diag/limits.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

namespace {

using diag::Code;
using diag::Span;

// What stands in a line; all else of HTML's elements parts texts.
bool is_in_line(std::string_view name) {
  constexpr std::string_view names[] = {"a",   "abbr", "b",  "bdi",  "bdo",   "br",   "cite",   "code",   "del",
                                        "em",  "font", "i",  "img",  "ins",   "kbd",  "mark",   "q",      "rp",
                                        "rt",  "ruby", "s",  "samp", "small", "span", "strike", "strong", "sub",
                                        "sup", "time", "tt", "u",    "var",   "wbr"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_heading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

std::string small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// The value of an attribute as a tag writes it; nothing if the tag has none.
std::optional<std::string_view> attribute_of(std::string_view tag, std::string_view name) {
  constexpr std::string_view white = " \t\r\n\f";
  const auto behind_white = [&](std::size_t from) { return std::min(tag.find_first_not_of(white, from), tag.size()); };
  std::size_t at = std::min(tag.find_first_of(white), tag.size());
  while ((at = behind_white(at)) < tag.size()) {
    const std::size_t end = std::min(tag.find_first_of(" \t\r\n\f=>", at + 1), tag.size());
    const std::string_view found = tag.substr(at, end - at);
    at = behind_white(end);
    std::string_view value;
    if (at < tag.size() && tag[at] == '=') {
      at = behind_white(at + 1);
      const bool quoted = at < tag.size() && (tag[at] == '"' || tag[at] == '\'');
      const std::size_t begin = quoted ? at + 1 : at;
      const std::size_t close =
          quoted ? tag.find(tag[at], begin) : tag.find_first_of(" \t\r\n\f>", std::min(begin, tag.size()));
      value = tag.substr(std::min(begin, tag.size()), std::min(close, tag.size()) - std::min(begin, tag.size()));
      at = std::min(close, tag.size() - 1) + 1;
    }
    if (small_letters(found) == name) return value;
  }
  return {};
}

// A value as an attribute of ours; its references are settled later.
std::string in_attribute(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '<' || c == '"') {
      diag::append_escaped(out, std::string_view(&c, 1));
    } else {
      out += c;
    }
  }
  return out;
}

class HtmlBlocks {
 public:
  HtmlBlocks(const PlacedText& content, bool headings, MarkupSink& sink)
      : content_(content), headings_(headings), sink_(sink) {
    frames_.emplace_back();
  }

  void run() {
    const std::string_view text = content_.text;
    std::size_t end = text.find('>');  // sought once for all tags that may begin before it
    for (std::size_t i = 0; i < text.size();) {
      if (end != std::string_view::npos && end < i) end = text.find('>', i);
      if (text[i] != '<' || end == std::string_view::npos || !begins_tag(i)) {
        text_.add(text[i] == '<' ? "&lt;" : text.substr(i, 1), content_.begins[i]);
        ++i;
        continue;
      }
      at_ = content_.begins[i];
      const std::size_t close = end_of_tag(i, end);
      const std::string_view tag = text.substr(i, close - i);
      i = close + 1;
      if (const std::string name = name_of_tag(tag); (name == "style" || name == "script") && !tag.starts_with("</")) {
        i = behind_code(name, close);
      } else {
        take(tag, name);
      }
    }
    while (frames_.size() > 1) close();
    flush();
    sink_.out.append(frames_.front().content);
  }

 private:
  // What is open, with what it holds so far.
  struct Frame {
    std::string name = {};
    PlacedText content = {};
    PlacedText lead = {};  // of an entry of a list: its words, as long as nothing follows them
    std::uint32_t at = 0;
    struct Cell {
      PlacedText content;
      bool head;
      std::uint32_t at;
    };
    struct Row {
      std::vector<Cell> cells = {};
      bool head = false;
    };
    std::vector<Row> rows = {};  // of a table
    PlacedText caption = {};
    bool in_head = false;
    std::string start = {};  // the number of a list's first entry, if it isn't 1
  };

  // Not the sign of "a < b".
  bool begins_tag(std::size_t at) const {
    const char next = at + 1 < content_.text.size() ? content_.text[at + 1] : ' ';
    return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' || next == '!' || next == '?';
  }
  // The first > outside of an attribute's value; `sign`, the first of all, if none is near.
  std::size_t end_of_tag(std::size_t at, std::size_t sign) const {
    constexpr std::size_t near = 4096;
    const std::string_view text = std::string_view(content_.text).substr(0, at + near);
    char quote = '\0';
    for (std::size_t i = at + 1; i < text.size(); ++i) {
      if (quote == '\0' && text[i] == '>') return i;
      if (quote != '\0' ? text[i] == quote : text[i - 1] == '=' && (text[i] == '"' || text[i] == '\''))
        quote = quote == '\0' ? text[i] : '\0';
    }
    return sign;
  }

  // Behind what a style or a script holds.
  std::size_t behind_code(const std::string& name, std::size_t from) {
    flush();
    sink_.told({at_, 1}, fmt::format("<{}> is left out with what it holds", name), "it is no text");
    const std::string_view text = content_.text;
    do {
      from = std::min(text.find("</", from + 1), text.size());
    } while (from < text.size() && name_of_tag(text.substr(from)) != name);
    return from;
  }

  void take(std::string_view tag, const std::string& name) {
    const bool closes = tag.starts_with("</");
    if (is_in_line(name)) return phrase(tag, name, closes);
    if (name == "li" || name == "ul" || name == "ol" || name == "blockquote" || name == "table")
      return closes ? close_all(name) : open(tag, name);
    if (in("table") && table_tag(tag, name, closes)) return;
    flush();
    if (name == "hr") return put("<separator/>");
    if (headings_ && frames_.size() == 1 && is_heading(name)) {
      if (!closes) element_ = name;
    } else if (name != "p") {
      told_once(tag, closes);
    }
  }

  void told_once(std::string_view tag, bool closes) {
    if (closes) return;
    std::string name = name_of_tag(tag);
    // Each address is one of its own.
    if (name == "a" || told_.insert(std::move(name)).second) tell_tag(tag, {at_, 1}, sink_);
  }

  // ---- phrases ------------------------------------------------------------------------------------

  void phrase(std::string_view tag, const std::string& name, bool closes) {
    if (name == "img") {
      const std::string figure = figure_of_tag(tag);
      return figure.empty() ? tell_tag(tag, {at_, 1}, sink_) : text_.add(figure, at_);
    }
    if (name == "br") text_.add(" ", at_);
    const std::string_view ours = phrase_of_tag(tag);
    if (ours.empty()) return told_once(tag, closes);
    if (!closes) {
      phrases_.push_back(ours);
      return text_.add(fmt::format("<{}>", ours), at_);
    }
    if (phrases_.empty() || phrases_.back() != ours) return;  // closed where another one ended
    phrases_.pop_back();
    text_.add(fmt::format("</{}>", ours), at_);
  }

  // The text so far, as what may stand here; phrases end with it.
  void flush() {
    for (; !phrases_.empty(); phrases_.pop_back()) text_.add(fmt::format("</{}>", phrases_.back()), at_);
    PlacedText text = std::exchange(text_, {});
    const std::string element = std::exchange(element_, "p");
    text.trim();
    if (text.text.empty()) return;
    Frame& frame = frames_.back();
    if (frame.name == "table") return stray(text);
    if (is_one_figure(text.text) && frame.name != "td" && frame.name != "caption") return put_figure(text);
    if (frame.name == "li" && frame.content.text.empty() && frame.lead.text.empty()) {
      frame.lead = std::move(text);
    } else if (frame.name == "td" || frame.name == "caption") {
      if (!frame.content.text.empty()) frame.content.add(" ", text.begins.front());
      frame.content.append(text);
    } else if (frame.name == "ul" || frame.name == "ol") {
      wrap("li", text, frame.content);
    } else {
      settle_lead();
      wrap(element, text, frame.content);
    }
  }
  // Beside the cells of a table: before it.
  void stray(const PlacedText& text) {
    sink_.told({text.begins.front(), 1}, "words beside a table's cells stand before it", "write them into a cell");
    Frame& around = frames_[frames_.size() - 2];
    wrap("p", text, around.content);
  }
  void put_figure(const PlacedText& figure) {
    const bool in_list = frames_.back().name == "ul" || frames_.back().name == "ol";
    settle_lead();
    if (in_list) return wrap("li", figure, frames_.back().content);
    frames_.back().content.append(figure);
  }
  void settle_lead() {
    Frame& frame = frames_.back();
    if (!frame.lead.text.empty()) wrap("p", std::exchange(frame.lead, {}), frame.content);
  }
  static void wrap(std::string_view name, const PlacedText& text, PlacedText& out) {
    const std::uint32_t at = text.begins.empty() ? 0 : text.begins.front();
    out.add(fmt::format("<{}>", name), at);
    out.append(text);
    out.add(fmt::format("</{}>", name), text.begins.empty() ? at : text.begins.back());
  }
  void put(std::string_view markup) {
    settle_lead();
    frames_.back().content.add(markup, at_);
  }

  // ---- lists, quotations, tables ------------------------------------------------------------------

  bool in(std::string_view name) const {
    return std::any_of(frames_.begin(), frames_.end(), [&](const Frame& frame) { return frame.name == name; });
  }

  void open(std::string_view tag, const std::string& name) {
    flush();
    // A cell holds words, and no text is as deep.
    if (in("td") || in("caption") || frames_.size() > deepest) {
      ++unopened_[name];
      return told_once(tag, false);
    }
    if (name == "li") {
      if (frames_.back().name == "li") close();
      if (frames_.back().name != "ul" && frames_.back().name != "ol") open("<ul", "ul");
    } else if (frames_.back().name == "ul" || frames_.back().name == "ol") {
      push("li");
    }
    if (frames_.back().name == "table") close();
    push(name);
    const std::string_view start = name == "ol" ? attribute_of(tag, "start").value_or("") : std::string_view();
    if (start.size() < 5 && start != "1" && start.find_first_not_of("0123456789") == std::string_view::npos)
      frames_.back().start = start;
  }
  void push(std::string name) {
    settle_lead();
    Frame& made = frames_.emplace_back();
    made.name = std::move(name);
    made.at = at_;
  }
  void close_all(std::string_view name) {
    flush();
    if (const auto unopened = unopened_.find(name); unopened != unopened_.end() && unopened->second > 0) {
      --unopened->second;
      return;
    }
    if (!in(name)) return;
    while (frames_.back().name != name) close();
    close();
  }

  void close() {
    flush();
    if (frames_.back().name == "td" || frames_.back().name == "caption") return close_cell();
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    PlacedText& out = frames_.back().content;
    if (frame.name == "table") return table(frame, out);
    frame.content.insert(0, frame.lead);
    if (frame.content.text.empty() && frame.name != "li") return;
    out.add(frame.start.empty() ? fmt::format("<{}>", frame.name) : fmt::format("<ol start=\"{}\">", frame.start),
            frame.at);
    out.append(frame.content);
    out.add(fmt::format("</{}>", frame.name), at_);
  }

  // Whether a tag is one of a table's own.
  bool table_tag(std::string_view tag, std::string_view name, bool closes) {
    const bool cell = name == "td" || name == "th" || name == "caption";
    if (!cell && name != "tr" && name != "thead" && name != "tbody" && name != "tfoot") return false;
    flush();
    if (const auto inner = unopened_.find("table"); inner != unopened_.end() && inner->second > 0) return true;
    while (frames_.back().name != "table") close();
    Frame& table = frames_.back();
    if (name == "thead") table.in_head = !closes;
    if (closes) return true;
    if (name == "tr") table.rows.push_back({{}, table.in_head});
    if (!cell) return true;
    for (const std::string_view span : {"colspan", "rowspan"})
      if (attribute_of(tag, span).value_or("1") != "1")
        sink_.told({at_, 1}, fmt::format("{} of a cell is left out: empty cells fill the row", span),
                   "look whether each cell stands in its column");
    if (name != "caption") {
      if (table.rows.empty()) table.rows.emplace_back();
      table.rows.back().cells.push_back({{}, name == "th", at_});
    }
    push(name == "caption" ? "caption" : "td");
    return true;
  }
  void close_cell() {
    Frame cell = std::move(frames_.back());
    frames_.pop_back();
    Frame& table = frames_.back();
    (cell.name == "caption" ? table.caption : table.rows.back().cells.back().content) = std::move(cell.content);
  }

  // Rows of one width; the first is the head if it says so.
  void table(Frame& table, PlacedText& out) {
    std::erase_if(table.rows, [](const Frame::Row& row) { return row.cells.empty(); });
    std::size_t width = 0;
    for (const Frame::Row& row : table.rows) width = std::max(width, row.cells.size());
    sink_.cells += width * table.rows.size();
    if (width == 0 || sink_.cells > limits::nodes) {
      sink_.told({table.at, 1}, "a table without cells, or with too many, is left out", "write its rows");
      return;
    }
    std::size_t heads = 0;
    while (heads < table.rows.size() && (table.rows[heads].head || (heads == 0 && is_head(table.rows[heads])))) ++heads;
    if (heads == table.rows.size()) heads = 0;
    out.add("<table>", table.at);
    if (!table.caption.text.empty()) wrap("caption", table.caption, out);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      if (r == 0 && heads != 0) out.add("<thead>", table.at);
      if (r == heads) out.add(heads != 0 ? "</thead><tbody>" : "<tbody>", table.at);
      row(table.rows[r], r < heads, width, out);
    }
    out.add("</tbody></table>", at_);
  }
  static bool is_head(const Frame::Row& row) {
    return std::all_of(row.cells.begin(), row.cells.end(), [](const Frame::Cell& cell) { return cell.head; });
  }
  void row(const Frame::Row& row, bool head, std::size_t width, PlacedText& out) {
    const std::uint32_t at = row.cells.front().at;
    if (row.cells.size() < width)
      sink_.told(
          {at, 1},
          fmt::format("a row of {} cells, where another has {}, is filled with empty ones", row.cells.size(), width),
          "look whether each cell stands in its column");
    out.add("<tr>", at);
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const Frame::Cell& cell = row.cells[c];
      const bool th = !cell.content.text.empty() && (head || (cell.head && c == 0));
      out.add(th ? "<th>" : "<td>", cell.at);
      out.append(cell.content);
      out.add(th ? "</th>" : "</td>", cell.at);
    }
    for (std::size_t c = row.cells.size(); c < width; ++c) out.add("<td></td>", at);
    out.add("</tr>", at);
  }

  static constexpr std::size_t deepest = 8;
  const PlacedText& content_;
  bool headings_;
  MarkupSink& sink_;
  std::vector<Frame> frames_;
  PlacedText text_;  // since the last block's tag
  std::string element_ = "p";
  std::vector<std::string_view> phrases_;  // open in the text
  std::set<std::string> told_;
  std::map<std::string, std::size_t, std::less<>> unopened_;  // what stands open in the source and is none of ours
  std::uint32_t at_ = 0;                                      // of the tag that is read
};

}  // namespace

std::string name_of_tag(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  return small_letters(tag.substr(0, std::min(tag.find_first_of(" \t\r\n/>"), tag.size())));
}

std::string_view phrase_of_tag(std::string_view tag) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"b", "strong"}, {"strong", "strong"}, {"i", "em"}, {"em", "em"}, {"sup", "sup"}, {"sub", "sub"}};
  const std::string name = name_of_tag(tag);
  const auto* const found =
      std::find_if(std::begin(known), std::end(known), [&](const auto& one) { return one.first == name; });
  return found == std::end(known) ? std::string_view() : found->second;
}

bool is_one_figure(std::string_view text) {
  constexpr std::string_view close = "</figure>";
  return text.starts_with("<figure") && text.find(close) + close.size() == text.size();
}

std::string figure_of_tag(std::string_view tag) {
  const std::string_view src = attribute_of(tag, "src").value_or("");
  if (src.empty()) return {};
  const std::string_view alt = attribute_of(tag, "alt").value_or("");
  return fmt::format("<figure src=\"{}\"{}></figure>", in_attribute(src),
                     alt.empty() ? std::string() : fmt::format(" alt=\"{}\"", in_attribute(alt)));
}

void tell_tag(std::string_view tag, Span place, MarkupSink& sink) {
  const std::string name = name_of_tag(tag);
  if (name == "br") return sink.told(place, "a line's end <br> becomes a space", "a new paragraph is a blank line");
  if (name == "img")
    return sink.told(place, "a picture without src is left out", "name its file: ![what it shows](path)");
  if (const std::optional<std::string_view> link = name == "a" ? attribute_of(tag, "href") : std::nullopt)
    return sink.told(place, fmt::format("the link <a> to '{}' is left out, its words stay", *link),
                     "write it [words](https://…)");
  sink.told(place, fmt::format("HTML is left out, its text stays: <{}>", name), "say what it means");
}

void add_html(const PlacedText& content, bool headings, MarkupSink& sink) { HtmlBlocks(content, headings, sink).run(); }

}  // namespace epitome::reader
