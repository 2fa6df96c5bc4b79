#include "reader/markdown_inlines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "diag/escaping.hpp"
#include "diag/limits.hpp"
#include "reader/address.hpp"
#include "reader/markdown_html.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

using diag::Code;
using diag::Span;

namespace {

// Characters that people write by name; XML has no names for them.
struct Entity {
  std::string_view name, reference;
};
constexpr auto entities = std::to_array<Entity>({{"&nbsp;", "&#160;"},
                                                 {"&ndash;", "&#8211;"},
                                                 {"&mdash;", "&#8212;"},
                                                 {"&lsquo;", "&#8216;"},
                                                 {"&rsquo;", "&#8217;"},
                                                 {"&ldquo;", "&#8220;"},
                                                 {"&rdquo;", "&#8221;"},
                                                 {"&laquo;", "&#171;"},
                                                 {"&raquo;", "&#187;"},
                                                 {"&hellip;", "&#8230;"},
                                                 {"&copy;", "&#169;"}});

// An attribute's value in double quotation marks.
std::string value_of(const MD_ATTRIBUTE& attribute) {
  std::string out;
  for (std::size_t i = 0; attribute.size != 0 && attribute.substr_offsets[i] < attribute.size; ++i) {
    const std::string_view piece(attribute.text + attribute.substr_offsets[i],
                                 attribute.substr_offsets[i + 1] - attribute.substr_offsets[i]);
    if (attribute.substr_types[i] == MD_TEXT_NORMAL) {
      diag::append_escaped(out, piece);
    } else {
      out += piece;
    }
  }
  return out;
}

bool is_web(std::string_view address) {
  const std::string scheme = scheme_of(address);
  return scheme == "http" || scheme == "https" || scheme == "mailto";
}

// Of an address that a source of another shape links to.
std::optional<Fault> fault_of(std::string_view address) {
  if (address.size() <= limits::address) return check_value(Value::link, address);
  return Fault{Code::E0108, fmt::format("has more than {} bytes", limits::address), "find a shorter one"};
}

}  // namespace

std::string_view reference_named(std::string_view entity) {
  const auto* const known =
      std::find_if(entities.begin(), entities.end(), [&](const Entity& one) { return one.name == entity; });
  return known == entities.end() ? std::string_view() : known->reference;
}

int MarkdownInlines::enter(MD_SPANTYPE type, void* detail) {
  open_.emplace_back();
  switch (type) {
    case MD_SPAN_EM:
      sink_.begin("<em>");
      break;
    case MD_SPAN_STRONG:
      sink_.begin("<strong>");
      break;
    case MD_SPAN_A:
      link(*static_cast<MD_SPAN_A_DETAIL*>(detail));
      break;
    case MD_SPAN_IMG:
      if (images_++ == 0) alternative_ = sink_.out.text.size();
      break;
    case MD_SPAN_CODE:
      sink_.in_code = true;
      sink_.told({sink_.last, 1}, "code has no element: it becomes words", "take the ` away");
      break;
    default:
      break;
  }
  return sink_.counted();
}

int MarkdownInlines::leave(MD_SPANTYPE type, void* detail) {
  sink_.settle(sink_.last);
  // What a tag began within is within.
  while (!open_.back().empty()) close_html(open_.size() - 1);
  open_.pop_back();
  switch (type) {
    case MD_SPAN_EM:
      sink_.end("</em>");
      break;
    case MD_SPAN_STRONG:
      sink_.end("</strong>");
      break;
    case MD_SPAN_A:
      if (!dropped_link_) sink_.end(links_to_id_ ? "</ref>" : "</a>");
      break;
    case MD_SPAN_IMG:
      if (--images_ == 0) figure(*static_cast<MD_SPAN_IMG_DETAIL*>(detail));
      break;
    case MD_SPAN_CODE:
      sink_.in_code = false;
      break;
    default:
      break;
  }
  return 0;
}

void MarkdownInlines::close_html(std::size_t down_to) {
  for (; open_.size() > down_to; open_.pop_back())
    if (!open_.back().empty()) sink_.out.add(fmt::format("</{}>", open_.back()), sink_.last);
}

// Of the usual shape: a phrase that ends within the one around it, a picture, or words.
void MarkdownInlines::html(std::string_view tag, std::uint32_t at) {
  const std::string_view phrase = phrase_of_tag(tag);
  const bool closes = tag.starts_with("</");
  const bool picture = name_of_tag(tag) == "img";
  if (images_ != 0) {
    if (picture) sink_.told({at, 1}, "a picture within the words of another is left out", "give it a line of its own");
  } else if (const std::string figure = picture ? figure_of_tag(tag) : std::string(); !figure.empty()) {
    sink_.out.add(figure, at);
  } else if (phrase.empty() && closes) {
    return;
  } else if (phrase.empty()) {
    tell_tag(tag, {at, 1}, sink_);
    // A line's end between words stays one.
    if (name_of_tag(tag) == "br") sink_.out.add(" ", at);
  } else if (!closes) {
    open_.push_back(phrase);
    sink_.out.add(fmt::format("<{}>", phrase), at);
  } else if (!open_.empty() && open_.back() == phrase) {
    open_.pop_back();
    sink_.out.add(fmt::format("</{}>", phrase), at);
  } else {
    sink_.told({at, 1}, fmt::format("</{}> ends nothing that begins here: it is left out", name_of_tag(tag)),
               "let it begin and end within the same phrase");
  }
}

void MarkdownInlines::link(const MD_SPAN_A_DETAIL& detail) {
  const std::string address = value_of(detail.href);
  links_to_id_ = address.starts_with('#');
  const std::string_view written(detail.href.text == nullptr ? "" : detail.href.text, detail.href.size);
  const std::optional<Fault> fault = usual_ ? fault_of(written) : std::nullopt;
  dropped_link_ = fault.has_value();
  if (dropped_link_)
    return sink_.told({sink_.last, 1},
                      is_web(written)
                          ? fmt::format("the link is left out, its words stay: '{}' {}", written, fault->message)
                          : fmt::format("the link to '{}' leads to nothing in a book: its words stay", written),
                      is_web(written) ? fault->hint : "give a whole address, https://…");
  if (detail.title.size != 0)
    sink_.told({sink_.last, 1}, "a link's title has no place: it is left out", "say it in the text");
  sink_.begin(links_to_id_ ? fmt::format("<ref to=\"{}\">", address.substr(1))
                           : fmt::format("<a href=\"{}\">", address));
}

// Its alternative text without markup.
void MarkdownInlines::figure(const MD_SPAN_IMG_DETAIL& detail) {
  PlacedText written = sink_.out.cut(alternative_), alt;
  bool in_tag = false;
  for (std::size_t i = 0; i < written.text.size(); ++i) {
    const char c = written.text[i];
    if (c == '<') in_tag = true;
    if (!in_tag) {
      if (c == '"') {
        alt.add("&quot;", written.begins[i]);
      } else {
        alt.add(std::string_view(&c, 1), written.begins[i]);
      }
    }
    if (c == '>') in_tag = false;
  }
  // One without words stands behind the last text.
  const std::size_t sign = std::min(sink_.source.find("![", sink_.last), sink_.source.size());
  const std::uint32_t at = written.begins.empty() ? static_cast<std::uint32_t>(sign) : written.begins.front();
  sink_.out.add(fmt::format("<figure src=\"{}\"", value_of(detail.src)), at);
  if (!alt.text.empty()) {
    sink_.out.add(" alt=\"", at);
    sink_.out.append(alt);
    sink_.out.add("\"", sink_.last);
  }
  sink_.out.add(">", sink_.last);
  if (detail.title.size != 0) {
    sink_.out.add("<caption>", sink_.last);
    sink_.out.add(value_of(detail.title), sink_.last);
    sink_.out.add("</caption>", sink_.last);
  }
  sink_.out.add("</figure>", sink_.last);
}

int MarkdownInlines::take(MD_TEXTTYPE type, std::string_view text, std::uint32_t at) {
  switch (type) {
    case MD_TEXT_NORMAL:
      return normal(text, at);
    case MD_TEXT_CODE:
      return sink_.characters(text, at);
    case MD_TEXT_BR:
      sink_.told({sink_.last, 1}, "a line's end has no element: it becomes a space",
                 "a new paragraph is a blank line; lines are <verse>");
      sink_.out.add("\n", sink_.last);
      break;
    case MD_TEXT_SOFTBR:
      sink_.out.add("\n", sink_.last);
      break;
    case MD_TEXT_ENTITY: {
      if (const std::string_view known = reference_named(text); !known.empty()) {
        sink_.out.add(known, at);
      } else {
        sink_.out.add_source(text, at);
      }
      return sink_.counted();
    }
    case MD_TEXT_HTML:
      if (text.starts_with("<!--") && text.ends_with("-->")) break;
      if (usual_ && !in_html_block) {
        html(text, at);
        break;
      }
      sink_.out.add_source(text, at);
      break;
    default:
      sink_.out.add("\uFFFD", at);
      break;
  }
  return 0;
}

// Text in which footnotes are called.
int MarkdownInlines::normal(std::string_view text, std::uint32_t at) {
  std::size_t done = 0;
  for (std::size_t i = text.find("[^"); i != std::string_view::npos; i = text.find("[^", i + 1)) {
    const std::string_view label = footnote_label(text.substr(i));
    if (label.empty() || sink_.is_escaped(at + i)) continue;
    const auto note = footnotes_.find(label);
    const Span place{at + static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(label.size() + 3)};
    if (note == footnotes_.end()) {
      sink_.told(place, fmt::format("there is no footnote [^{}]: the sign stays in the text", label),
                 fmt::format("write it on a line of its own: [^{}]: …", label));
      continue;
    }
    if (sink_.characters(text.substr(done, i - done), at + static_cast<std::uint32_t>(done)) != 0) return 1;
    done = i + place.length;
    if (footnote(note->second, label, place) != 0) return 1;
  }
  return sink_.characters(text.substr(done), at + static_cast<std::uint32_t>(done));
}

// A footnote that is called again is said again: each mark has its note, on its own page.
int MarkdownInlines::footnote(MarkdownNote& note, std::string_view label, Span place) {
  if (in_note_) {
    sink_.faults.add(usual_ ? Code::W0113 : Code::E0112, place, fmt::format("[^{}] stands in a footnote", label),
                     {"say in the text what it says"});
    return 0;
  }
  said_again_ += note.used ? note.text.size() : 0;
  if (said_again_ > limits::input_bytes) {
    sink_.faults.add(Code::E0109, place,
                     fmt::format("footnotes are said again with more than {} bytes", limits::input_bytes),
                     {"refer to [^" + std::string(label) + "] less often"});
    return 1;
  }
  note.used = true;
  in_note_ = true;
  note_blocks_ = false;
  sink_.out.add("<note>", place.offset);
  const std::uint32_t last = sink_.last;
  open_.emplace_back();
  const std::size_t around = open_.size();
  const bool good = parse_(note.text, static_cast<std::size_t>(note.text.data() - sink_.source.data()));
  close_html(around);
  open_.pop_back();
  if (note_blocks_)
    sink_.faults.add(usual_ ? Code::W0113 : Code::E0112, note.label, "a footnote holds words alone",
                     {"no list, quotation or table stands in it"});
  sink_.out.add("</note>", sink_.last);
  sink_.last = last;
  in_note_ = false;
  return good ? sink_.counted() : 1;
}

void MarkdownInlines::tell_unused() {
  for (const auto& [label, note] : footnotes_) {
    if (!note.used)
      sink_.told(note.label, fmt::format("nothing refers to the footnote [^{}]: it is left out", label),
                 fmt::format("write [^{}] where it belongs, or delete it", label));
  }
}

}  // namespace epitome::reader
