// md4c's blocks; markdown_inlines.cpp has its spans and texts.
#include "reader/markdown_markup.hpp"

#include <fmt/format.h>
#include <md4c.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "diag/limits.hpp"
#include "reader/footnotes.hpp"
#include "reader/markdown_headings.hpp"
#include "reader/markdown_html.hpp"
#include "reader/markdown_inlines.hpp"
#include "reader/markdown_parts.hpp"
#include "reader/markdown_pieces.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

using diag::Code;
using diag::Span;

namespace {

constexpr std::size_t none = std::string::npos;
// Lines are kept until all are known, as signs are. A novel has 20,000.
constexpr std::size_t markdown_lines = limits::markdown_signs / 4;
constexpr std::string_view dash = "\u2014 ";

// The name of the tag that a text begins with: "p" of "<p>" and of "</p>".
std::string_view tag_name(std::string_view text) {
  if (!text.starts_with('<')) return {};
  text.remove_prefix(text.starts_with("</") ? 2 : 1);
  return text.substr(0, std::min(text.find_first_of(" \t\r\n/>"), text.size()));
}

// A row's cells beyond the columns of the head, which md4c leaves out. `row`: anywhere in the row's line.
void tell_more_cells(std::size_t row, std::size_t columns, MarkupSink& sink) {
  const std::string_view source = sink.source;
  const std::size_t line = row == 0 ? 0 : source.rfind('\n', row - 1) + 1;
  const std::size_t end = std::min(source.find('\n', row), source.size());
  // Behind the signs of a quotation or a list, and the row's first |.
  std::size_t sign = std::min(source.find_first_not_of("> \t-*+", line), end);
  if (sign < end && source[sign] == '|') ++sign;
  for (std::size_t cells = 0; sign < end && cells < columns; ++sign) {
    if (source[sign] == '|' && !sink.is_escaped(sign)) ++cells;
    // A | in code parts nothing.
    if (source[sign] == '`') sign = std::min(source.find('`', sign + 1), end);
  }
  const std::size_t first = std::min(source.find_first_not_of("| \t\r", sign), end);
  if (sign >= end || first >= end) return;
  const std::size_t length = source.find_last_not_of("| \t\r", end - 1) + 1 - first;
  constexpr std::size_t most = 60;
  const std::string_view text = source.substr(first, length);
  sink.told({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(length)},
            fmt::format("'{}' stands in no column of the table: it is left out",
                        length > most ? std::string(text.substr(0, text.find(' ', most))) + "…" : std::string(text)),
            "give the head as many cells, or write \\| for a sign that parts none");
}

std::size_t next_line(std::string_view source, std::size_t at) {
  return std::min(source.find('\n', at), source.size() - 1) + 1;
}

// A head that nothing follows is a row.
void head_alone(const PlacedText& table, MarkupSink& sink) {
  sink.told({table.begins.front(), 1}, "a table of a head alone becomes one of a row",
            "write the rows below the line of ---, or a paragraph");
  for (std::size_t i = 0; i < table.text.size();) {
    const std::string_view rest = std::string_view(table.text).substr(i);
    std::string_view head, row;
    for (const auto& [old, made] : {std::pair<std::string_view, std::string_view>{"<thead>", "<tbody>"},
                                    {"</thead>", "</tbody>"},
                                    {"<th>", "<td>"},
                                    {"</th>", "</td>"}}) {
      if (rest.starts_with(old)) head = old, row = made;
    }
    sink.out.add(head.empty() ? rest.substr(0, 1) : row, table.begins[i]);
    i += head.empty() ? 1 : head.size();
  }
}

class Translator {
 public:
  Translator(std::string_view source, std::size_t from, const MarkdownHeading& known, bool usual, PlacedText& out,
             Faults& faults)
      : body_(source.substr(from)),
        from_(from),
        usual_(usual),
        sink_(source, out, faults),
        headings_(sink_, known),
        inlines_(sink_, usual, take_footnotes(source, from, body_, faults),
                 [this](std::string_view text, std::size_t at) { return parse(text, at); }) {
    sink_.last = static_cast<std::uint32_t>(from);
  }

  bool run() {
    if (!parse(body_, from_)) return false;
    headings_.close_part();
    sink_.settle(sink_.last);
    inlines_.tell_unused();
    tell_unused_links(sink_.source.substr(from_), from_, sink_.faults);
    return true;
  }

 private:
  // What is open: a list, an item, a quotation.
  struct Frame {
    MD_BLOCKTYPE type = MD_BLOCK_DOC;
    bool tight = false;
    Type item = Type::count;  // of a list whose items are the part's
    std::size_t run = none;   // in a tight item: where its text begins
    bool has_block = false;
  };

  // ---- md4c ---------------------------------------------------------------------------------------

  bool parse(std::string_view text, std::size_t at) {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_NOINDENTEDCODEBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
      return static_cast<Translator*>(self)->enter(type, detail);
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
      return static_cast<Translator*>(self)->leave(type);
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
      return static_cast<Translator*>(self)->enter_span(type, detail);
    };
    parser.leave_span = [](MD_SPANTYPE type, void* detail, void* self) {
      return static_cast<Translator*>(self)->inlines_.leave(type, detail);
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* characters, MD_SIZE size, void* self) {
      return static_cast<Translator*>(self)->text({characters, size}, type);
    };
    const std::string_view text_around = std::exchange(text_, text);
    const std::size_t at_around = std::exchange(text_at_, at);
    const int stopped = md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, this);
    text_ = text_around;
    text_at_ = at_around;
    return stopped == 0;
  }

  // Where a text stands that md4c gives; what it makes itself stands behind the last.
  std::uint32_t place_of(std::string_view text) {
    if (text.data() >= text_.data() && text.data() + text.size() <= text_.data() + text_.size()) {
      const auto at = static_cast<std::uint32_t>(text_at_ + static_cast<std::size_t>(text.data() - text_.data()));
      sink_.settle(at);
      sink_.last = at + static_cast<std::uint32_t>(text.size());
      return at;
    }
    return sink_.last;
  }

  // ---- blocks -------------------------------------------------------------------------------------

  int enter(MD_BLOCKTYPE type, void* detail) {
    if (inlines_.in_note()) {
      if (type != MD_BLOCK_DOC && type != MD_BLOCK_P && type != MD_BLOCK_HTML) inlines_.block_in_note();
      return 0;
    }
    if (type == MD_BLOCK_DOC) return 0;
    end_run(true);
    in_line_ = type == MD_BLOCK_H || type == MD_BLOCK_CODE || type == MD_BLOCK_HTML || type == MD_BLOCK_P ||
               type == MD_BLOCK_TH || type == MD_BLOCK_TD;
    inlines_.in_html_block = type == MD_BLOCK_HTML;
    if (in_line_) content_ = sink_.out.text.size();
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        open_list(type, detail);
        break;
      case MD_BLOCK_LI:
        frames_.push_back({type, frames_.back().tight, frames_.back().item, none, false});
        sink_.begin(fmt::format("<{}>", frames_.back().item == Type::count ? "li" : rule(frames_.back().item).name));
        break;
      case MD_BLOCK_QUOTE:
        block();
        frames_.push_back({type});
        sink_.begin("<blockquote>");
        break;
      case MD_BLOCK_HR:
        block();
        sink_.begin("<separator/>");
        break;
      case MD_BLOCK_H:
        level_ = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
        break;
      case MD_BLOCK_CODE:
        sink_.in_code = true;
        break;
      case MD_BLOCK_TABLE:
        block();
        alignments_.clear();
        line_ = none;
        table_ = sink_.out.text.size();
        sink_.begin("<table>");
        captioned_ = sink_.out.text.size();
        break;
      case MD_BLOCK_THEAD:
        sink_.begin("<thead>");
        break;
      case MD_BLOCK_TBODY:
        in_body_ = true;
        if (line_ != none) line_ = next_line(sink_.source, line_);  // that of ---
        sink_.begin("<tbody>");
        break;
      case MD_BLOCK_TH:
        alignments_.push_back(static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align);
        break;
      case MD_BLOCK_TR:
        column_ = 0;
        row_ = sink_.last;
        sink_.begin("<tr>");
        break;
      default:
        break;
    }
    return sink_.counted();
  }

  int leave(MD_BLOCKTYPE type) {
    if (inlines_.in_note()) return 0;
    sink_.settle(sink_.last);
    if (in_line_) inlines_.close_html();
    in_line_ = false;
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        if (frames_.back().item == Type::count) sink_.end(type == MD_BLOCK_UL ? "</ul>" : "</ol>");
        frames_.pop_back();
        break;
      case MD_BLOCK_LI:
        end_run(false);
        captioned_ = none;
        sink_.end(fmt::format("</{}>", frames_.back().item == Type::count ? "li" : rule(frames_.back().item).name));
        frames_.pop_back();
        break;
      case MD_BLOCK_QUOTE:
        captioned_ = none;
        sink_.end("</blockquote>");
        frames_.pop_back();
        break;
      case MD_BLOCK_H:
        heading(sink_.out.cut(content_));
        break;
      case MD_BLOCK_CODE:
        code(sink_.out.cut(content_));
        sink_.in_code = false;
        break;
      case MD_BLOCK_HTML:
        raw(sink_.out.cut(content_));
        break;
      case MD_BLOCK_P:
        paragraph(sink_.out.cut(content_));
        break;
      case MD_BLOCK_TABLE:
        if (sink_.out.text.ends_with("</thead>")) head_alone(sink_.out.cut(table_), sink_);
        sink_.end("</table>");
        break;
      case MD_BLOCK_THEAD:
        sink_.end("</thead>");
        align();
        break;
      case MD_BLOCK_TBODY:
        in_body_ = false;
        sink_.end("</tbody>");
        break;
      case MD_BLOCK_TR:
        if (sink_.last != row_) {
          line_ = sink_.last - 1;
        } else if (line_ != none) {
          line_ = next_line(sink_.source, line_);
        }
        if (in_body_ && line_ != none) tell_more_cells(line_, alignments_.size(), sink_);
        sink_.end("</tr>");
        break;
      case MD_BLOCK_TH:
        header(sink_.out.cut(content_));
        break;
      case MD_BLOCK_TD:
        cell(sink_.out.cut(content_));
        break;
      default:
        break;
    }
    return 0;
  }

  // A block stands here: what it follows takes no caption any more, and the item around holds blocks.
  void block() {
    captioned_ = none;
    if (!frames_.empty()) frames_.back().has_block = true;
    if (frames_.empty()) headings_.has_block = true;
  }

  void open_list(MD_BLOCKTYPE type, void* detail) {
    const bool ordered = type == MD_BLOCK_OL;
    const unsigned start = ordered ? static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start : 1;
    Frame frame{type};
    frame.tight = (ordered ? static_cast<MD_BLOCK_OL_DETAIL*>(detail)->is_tight
                           : static_cast<MD_BLOCK_UL_DETAIL*>(detail)->is_tight) != 0;
    if (frames_.empty()) frame.item = listed_items(headings_.part());
    block();
    frames_.push_back(frame);
    if (frame.item != Type::count) return;
    sink_.begin(!ordered ? "<ul>" : start == 1 ? "<ol>" : fmt::format("<ol start=\"{}\">", start));
  }

  // The text of an item that no blank line parts: words, or a paragraph beside blocks.
  void begin_run() {
    if (in_line_ || frames_.empty() || frames_.back().type != MD_BLOCK_LI || !frames_.back().tight) return;
    if (frames_.back().run == none) frames_.back().run = sink_.out.text.size();
  }
  void end_run(bool block_follows) {
    if (frames_.empty() || frames_.back().run == none) return;
    sink_.settle(sink_.last);
    inlines_.close_html();
    Frame& frame = frames_.back();
    PlacedText content = sink_.out.cut(std::exchange(frame.run, none));
    content.trim();
    if (content.text.empty()) return;
    if (frame.item != Type::count && !frame.has_block) {
      add_item_line(frame.item, content, sink_);
    } else if (!is_one_figure(content.text) && (block_follows || frame.has_block)) {
      sink_.element("p", content);
    } else {
      sink_.out.append(content);
    }
    frame.has_block = true;
  }

  void paragraph(PlacedText content) {
    content.trim();
    if (content.text.empty()) return;
    const std::size_t caption_at = std::exchange(captioned_, none);
    if (caption_at != none && sink_.begins_with(content, ": ")) return caption(caption_at, content);
    // What only stands around blocks is none.
    const std::string_view tag = tag_name(content.text);
    const bool in_hook = frames_.empty() && headings_.part() == Type::hook;
    const bool in_quotation = !frames_.empty() && frames_.back().type == MD_BLOCK_QUOTE;
    const bool in_item = !frames_.empty() && frames_.back().type == MD_BLOCK_LI && frames_.back().item != Type::count &&
                         !frames_.back().has_block;
    if (is_one_figure(content.text)) {
      block();
      sink_.out.append(content);
      captioned_ = sink_.out.text.size() - std::string_view("</figure>").size();
    } else if (!tag.empty() && inline_called(tag) == Type::count && tag != "figure") {
      raw(std::move(content));
    } else if (in_item) {
      add_item_line(frames_.back().item, content, sink_);
      frames_.back().has_block = true;
    } else if (const std::size_t sign = in_hook || in_quotation ? dash_of(content) : 0; sign != 0) {
      content.keep(sign, none);
      in_hook ? sink_.element("source", content) : add_attribution(content, sink_);
    } else if (!usual_ && sink_.begins_with(content, "##")) {
      const std::size_t words = content.text.find_first_not_of('#');
      sink_.faults.add(Code::E0112, {content.begins.front(), static_cast<std::uint32_t>(words == none ? 2 : words)},
                       "a heading has a space behind its signs", {"write ## Its words"});
    } else if (frames_.empty() && headings_.item() == Type::cue && !headings_.has_block) {
      headings_.has_block = true;
      sink_.element("answer", content);
    } else {
      block();
      sink_.element("p", content);
    }
  }

  // The bytes of a dash and a space that an attribution begins with; 0 where there is none.
  std::size_t dash_of(const PlacedText& content) const {
    if (sink_.begins_with(content, dash)) return dash.size();
    for (const std::string_view sign : {"\u2013 ", "-- ", "\u2015 ", "\u2014"})
      if (usual_ && sink_.begins_with(content, sign)) return sign.size();
    return 0;
  }

  void caption(std::size_t at, PlacedText content) {
    content.keep(2, none);
    PlacedText made;
    made.add("<caption>", content.begins.empty() ? sink_.last : content.begins.front());
    made.append(content);
    made.add("</caption>", sink_.last);
    sink_.out.insert(at, made);
  }

  // The colons of the line under the head, as the table's attribute.
  void align() {
    const auto said = [](MD_ALIGN align) { return align != MD_ALIGN_DEFAULT; };
    if (std::none_of(alignments_.begin(), alignments_.end(), said)) return;
    std::string words;
    for (const MD_ALIGN align : alignments_) {
      words += words.empty() ? "" : " ";
      words += align == MD_ALIGN_LEFT ? "start" : align == MD_ALIGN_CENTER ? "center" : said(align) ? "end" : "auto";
    }
    PlacedText made;
    made.add(fmt::format(" align=\"{}\"", words), sink_.out.begins[captioned_ - 1]);
    sink_.out.insert(captioned_ - 1, made);
    captioned_ += made.text.size();
  }

  // A header cell can't be empty.
  void header(const PlacedText& content) { sink_.element(content.text.empty() ? "td" : "th", content); }

  void cell(PlacedText content) {
    constexpr std::string_view open = "<strong>", close = "</strong>";
    const bool first = column_++ == 0;
    const std::string_view text = content.text;
    if (first && in_body_ && text.starts_with(open) && text.find(close) + close.size() == text.size()) {
      content.keep(open.size(), text.size() - open.size() - close.size());
      return sink_.element("th", content);
    }
    sink_.element("td", content);
  }

  // XML of the vocabulary, which stands for itself.
  void raw(PlacedText content) {
    drop_comments(content);
    content.trim();
    if (content.text.empty()) return;
    if (usual_) {
      block();
      return add_html(content, frames_.empty(), sink_);
    }
    const std::string_view name = tag_name(content.text);
    if (frames_.empty() && starts_part(name)) headings_.close_part();
    if (frames_.empty() && starts_item(name)) headings_.close_item();
    block();
    if (inline_called(name) != Type::count) return sink_.element("p", content);
    sink_.out.append(content);
  }

  void code(PlacedText content) {
    content.trim();
    if (content.text.empty()) return;
    sink_.told({content.begins.front(), 1}, "a block of code has no element: it becomes a paragraph",
               "say what it is: a paragraph, or <verse> for lines");
    block();
    sink_.element("p", content);
  }

  // ---- headings and texts -------------------------------------------------------------------------

  void heading(PlacedText content) {
    content.trim();
    const std::uint32_t from = content.begins.empty() ? sink_.last : content.begins.front();
    const Span place{from, sink_.last - std::min(from, sink_.last)};
    HeadingAttributes attributes = take_attributes(sink_.source, content.text, content.begins, sink_.faults);
    content.begins.resize(content.text.size());
    content.trim();
    captioned_ = none;
    if (content.text.empty()) return;
    if (usual_) {
      block();
      if (frames_.empty()) return sink_.element(fmt::format("h{}", level_), content);
      PlacedText line;
      line.add("<strong>", from);
      line.append(content);
      line.add("</strong>", sink_.last);
      return sink_.element("p", line);
    }
    if (!frames_.empty()) {
      sink_.faults.add(Code::E0112, place, "a heading stands in a list or a quotation", {"make it a paragraph"});
    } else {
      headings_.take(level_, content, place, std::move(attributes));
    }
  }

  int enter_span(MD_SPANTYPE type, void* detail) {
    begin_run();
    return inlines_.enter(type, detail);
  }
  int text(std::string_view characters, MD_TEXTTYPE type) {
    begin_run();
    return inlines_.take(type, characters, place_of(characters));
  }

  std::string body_;  // footnotes taken out
  std::size_t from_;
  bool usual_;
  MarkupSink sink_;
  MarkdownHeadings headings_;
  MarkdownInlines inlines_;

  std::string_view text_;    // what md4c reads
  std::size_t text_at_ = 0;  // where it stands in the source
  std::vector<Frame> frames_;
  unsigned level_ = 0;
  std::size_t content_ = 0;       // where a block's text begins
  std::size_t table_ = 0;         // where a table begins
  std::uint32_t row_ = 0;         // behind the text before a row
  std::size_t line_ = none;       // in the line of the last row, if it is known
  std::size_t captioned_ = none;  // where the caption of the block before would stand
  std::size_t column_ = 0;
  bool in_body_ = false, in_line_ = false;
  std::vector<MD_ALIGN> alignments_;  // of the table's columns
};

// Before anything is copied.
bool is_within_limits(std::string_view body, std::size_t from, Faults& faults) {
  constexpr std::string_view signs = "*_[]<>&`\\!|";
  std::size_t count = 0, lines = 0;
  for (const char c : body) {
    count += signs.find(c) != std::string_view::npos ? 1 : 0;
    lines += c == '\n' ? 1 : 0;
  }
  const auto refused = [&](std::size_t most, std::string_view of_what) {
    faults.add(Code::E0109, {static_cast<std::uint32_t>(from), 1},
               fmt::format("the input has more than {} {} of Markdown", most, of_what),
               {"no summary needs as many: is it another file?"});
    return false;
  };
  if (lines > markdown_lines) return refused(markdown_lines, "lines");
  return count <= limits::markdown_signs || refused(limits::markdown_signs, "signs");
}

}  // namespace

bool translate_markdown(std::string_view source, std::size_t from, const MarkdownHeading& known, MarkdownShape shape,
                        PlacedText& out, Faults& faults) {
  if (!is_within_limits(source.substr(from), from, faults)) return false;
  return Translator(source, from, known, shape == MarkdownShape::usual, out, faults).run();
}

}  // namespace epitome::reader
