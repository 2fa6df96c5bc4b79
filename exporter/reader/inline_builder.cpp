#include "reader/inline_builder.hpp"

#include <optional>
#include <string>
#include <utility>

#include "diag/utf8.hpp"
#include "model/kinds.hpp"
#include "reader/build.hpp"
#include "reader/tree.hpp"
#include "reader/values.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

using namespace model;

namespace {

// Takes the white space from the end of a run.
void trim_end(Inlines& run) {
  while (!run.empty()) {
    Inline& last = run.back();
    if (Text* const text = std::get_if<Text>(&last)) {
      if (text->text.ends_with(' ')) text->text.pop_back();
      if (!text->text.empty()) return;
      run.pop_back();
      continue;
    }
    if (Phrase* const phrase = std::get_if<Phrase>(&last)) {
      trim_end(phrase->content);
    } else if (Link* const link = std::get_if<Link>(&last)) {
      trim_end(link->content);
    } else if (CrossReference* const reference = std::get_if<CrossReference>(&last)) {
      trim_end(reference->content);
    } else if (Ruby* const ruby = std::get_if<Ruby>(&last)) {
      trim_end(ruby->base);
    }
    return;
  }
}

// White space at an element's edges stands outside of it: what the program writes at its ends (quotation marks, a page,
// a note's number) joins its words.
bool take_leading(Inlines& content) {
  Text* const text = content.empty() ? nullptr : std::get_if<Text>(&content.front());
  if (text == nullptr || !text->text.starts_with(' ')) return false;
  text->text.erase(0, 1);
  if (text->text.empty()) content.erase(content.begin());
  return true;
}

std::optional<Text> take_trailing(Inlines& content) {
  Text* const text = content.empty() ? nullptr : std::get_if<Text>(&content.back());
  if (text == nullptr || !text->text.ends_with(' ')) return std::nullopt;
  text->text.pop_back();
  Text space{" ", {text->span.offset + text->span.length, 0}};
  if (text->text.empty()) content.pop_back();
  return space;
}

// Adds the element whose content is built.
template <class Element>
void add(Inlines& out, Element element, Inlines Element::*content) {
  if (take_leading(element.*content)) {
    Text* const before = out.empty() ? nullptr : std::get_if<Text>(&out.back());
    if (before != nullptr) {
      before->text += ' ';
    } else {
      out.emplace_back(Text{" ", {element.attributes.span.offset, 0}});
    }
  }
  std::optional<Text> behind = take_trailing(element.*content);
  out.emplace_back(std::move(element));
  if (behind) out.emplace_back(std::move(*behind));
}

// The first character after `node` in its block that is not white space; 0 where something else comes first.
char32_t next_character(Node node, Node block) {
  for (;;) {
    Node next = node.first_child();
    while (!next && node != block) {
      next = node.next_sibling();
      if (!next) node = node.parent();
    }
    if (!next) return 0;
    node = next;
    if (!node.is_text()) {
      const bool element = node.is_element();
      if (element && (inline_called(node.name()) == Type::note || inline_called(node.name()) == Type::ref)) return 0;
      continue;
    }
    const std::string_view text = node.value();
    for (std::size_t i = 0; i < text.size(); ++i)
      if (!is_space(text[i])) return diag::decode_utf8(text, i).value;
  }
}

std::string_view language_at(Node node) {
  for (; node; node = node.parent())
    if (node.has_attribute("xml:lang")) return node.attribute("xml:lang");
  return {};
}

// Of the text in `node`: what it or the nearest element around says, or else that one's language.
Direction direction_in(Node node) {
  for (; node; node = node.parent()) {
    const std::string dir = attribute_text(node, "dir"), lang = attribute_text(node, "xml:lang");
    if (!dir.empty() || !lang.empty()) {
      return (dir.empty() ? is_right_to_left(lang) : dir == "rtl") ? Direction::rtl : Direction::ltr;
    }
  }
  return Direction::ltr;
}

}  // namespace

char32_t last_character(std::string_view text) {
  return diag::decode_utf8(text, diag::start_of_character(text, text.size())).value;
}

bool is_ideographic(char32_t c) {
  return (c >= 0x2E80 && c <= 0x312F) || (c >= 0x3190 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF01 && c <= 0xFF9F) ||
         (c >= 0x20000 && c <= 0x3FFFD);
}

Attributes InlineBuilder::attributes(Node node) const {
  Attributes out;
  out.id = attribute_text(node, "id");
  out.lang = attribute_text(node, "xml:lang");
  // A direction is said by `dir`, or by a language that is written the other way than the text around.
  const Direction own = direction_in(node);
  const bool said = node.has_attribute("dir") || (!out.lang.empty() && own != direction_in(node.parent()));
  out.dir = said ? own : Direction::inherit;
  out.span = node.span();
  return out;
}

Inlines InlineBuilder::content(Node node) {
  Inlines out;
  bool space = true;
  const char32_t last = std::exchange(last_, 0);
  const Node block = std::exchange(block_, node);
  append(node, out, space);
  trim_end(out);
  last_ = last;
  block_ = block;
  return out;
}

Inlines InlineBuilder::line(Node node) {
  Inlines inner = content(node);
  Attributes own = attributes(node);
  own.id.clear();  // it is the element's around
  if (own.lang.empty() && own.dir == Direction::inherit) return inner;
  Inlines out;
  out.emplace_back(Phrase{Meaning::span, std::move(own), std::move(inner)});
  return out;
}

void InlineBuilder::append(Node node, Inlines& out, bool& space) {
  const auto children = node.children();
  if (out.empty()) out.reserve(static_cast<std::size_t>(std::distance(children.begin(), children.end())));
  for (const Node child : children) {
    if (child.is_text()) {
      append_text(child, out, space);
    } else if (child.is_element()) {
      append_element(child, out, space);
    }
  }
}

void InlineBuilder::append_text(Node node, Inlines& out, bool& space) {
  const std::string_view value = node.value();
  std::string text;
  text.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (!reader::is_space(c)) {
      text += c;
      space = false;
    } else if (!space) {
      if (!joins_lines(node, i, text)) text += ' ';
      space = true;
    }
  }
  if (text.empty()) return;
  last_ = last_character(text);
  const Span span = node.span();
  // Comments and CDATA sections cut a text that is one.
  Text* const last = out.empty() ? nullptr : std::get_if<Text>(&out.back());
  if (last == nullptr) {
    out.emplace_back(Text{std::move(text), span});
  } else {
    last->text += text;
    last->span.length = span.offset + span.length - last->span.offset;
  }
}

bool InlineBuilder::joins_lines(Node node, std::size_t at, std::string_view before) const {
  const char32_t last = before.empty() ? last_ : static_cast<unsigned char>(before.back());
  if (last < 0x80) return false;
  if (!is_ideographic(before.empty() ? last_ : last_character(before))) return false;
  const std::string_view value = node.value();
  bool line_end = false;
  for (; at < value.size() && is_space(value[at]); ++at) line_end = line_end || value[at] == '\n' || value[at] == '\r';
  if (!line_end) return false;
  const char32_t next = at < value.size() ? diag::decode_utf8(value, at).value : next_character(node, block_);
  return is_ideographic(next) && !language_at(node).starts_with("ko");
}

void InlineBuilder::append_element(Node node, Inlines& out, bool& space) {
  const Type type = inline_called(node.name());
  switch (type) {
    case Type::count:
      return;  // <rt>, which the ruby's own case reads
    case Type::a: {
      Link link{attributes(node), attribute_text(node, "href"), {}};
      append(node, link.content, space);
      add(out, std::move(link), &Link::content);
      return;
    }
    case Type::ref: {
      CrossReference reference{attributes(node), attribute_text(node, "to"), {}};
      if (!is_blank(node)) {
        append(node, reference.content, space);
      } else {
        space = false;  // the target's name comes here
        last_ = 0;
      }
      add(out, std::move(reference), &CrossReference::content);
      return;
    }
    case Type::note: {
      // The mark stands at the word before it, with no space between.
      if (Text* const last = out.empty() ? nullptr : std::get_if<Text>(&out.back())) {
        if (last->text.ends_with(' ')) last->text.pop_back(), space = false;
        if (last->text.empty()) out.pop_back();
      }
      Footnote note;
      note.attributes = attributes(node);
      note.content = content(node);
      out.emplace_back(std::move(note));
      return;
    }
    case Type::ruby: {
      Ruby ruby{attributes(node), {}, {}};
      append(node, ruby.base, space);
      ruby.annotation = line(node.child("rt"));
      add(out, std::move(ruby), &Ruby::base);
      return;
    }
    default: {
      Phrase phrase{meaning_by_name(rule(type).name).value(), attributes(node), {}};
      append(node, phrase.content, space);
      add(out, std::move(phrase), &Phrase::content);
      return;
    }
  }
}

}  // namespace epitome::reader
