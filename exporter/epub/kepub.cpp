#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "diag/utf8.hpp"
#include "epub/flavours.hpp"
#include "epub/xml.hpp"

namespace epitome::epub {

namespace {

template <std::size_t n>
bool is_one_of(char32_t c, const std::array<char32_t, n>& list) {
  return std::find(list.begin(), list.end(), c) != list.end();
}

// The ends of the sentences in `text`: a stop, perhaps a mark that closes, white space; an ideographic stop needs none.
std::vector<std::size_t> sentence_ends(std::string_view text) {
  constexpr std::array stops = {U'.', U'!', U'?', U'؟', U'۔', U'।'};
  constexpr std::array wide_stops = {U'。', U'！', U'？'};
  constexpr std::array closing = {U'\'', U'"', U'”', U'’', U'“', U'…', U'»', U'」', U'』', U'）', U')'};
  std::vector<std::size_t> ends;
  enum class State { inside, stopped, wide_stopped, space } state = State::inside;
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    const bool space = c.value == U' ' || c.value == U'\n', closes = is_one_of(c.value, closing);
    if ((state == State::space && !space) || (state == State::wide_stopped && !space && !closes)) ends.push_back(at);
    if (is_one_of(c.value, wide_stops)) {
      state = State::wide_stopped;
    } else if (is_one_of(c.value, stops)) {
      state = State::stopped;
    } else if (space && state != State::inside) {
      state = State::space;
    } else if (!closes || state == State::space) {
      state = State::inside;
    }
    at += c.length;
  }
  ends.push_back(text.size());
  return ends;
}

bool is_space(std::string_view text) { return text.find_first_not_of(" \n") == std::string_view::npos; }

// Puts the text of one content document into spans: "kobo.12.3" is the third of the twelfth paragraph or picture.
class Spans {
 public:
  void put(pugi::xml_node parent) {
    for (pugi::xml_node node = parent.first_child(); node;) {
      const pugi::xml_node next = node.next_sibling();
      if (node.type() == pugi::node_pcdata) {
        text(parent, node);
      } else if (node.type() == pugi::node_element) {
        element(parent, node);
      }
      node = next;
    }
  }

 private:
  pugi::xml_node span_before(pugi::xml_node node) {
    pugi::xml_node span = node.parent().insert_child_before("span", node);
    set_attribute(span, "class", "koboSpan");
    set_attribute(span, "id", fmt::format("kobo.{}.{}", paragraph_, ++segment_));
    return span;
  }
  void text(pugi::xml_node parent, pugi::xml_node node) {
    const std::string all = node.value();
    // White space between elements is nobody's text.
    if (is_space(all) && std::string_view(parent.name()) != "p") return;
    if (std::exchange(begins_, false)) ++paragraph_, segment_ = 0;
    std::size_t from = 0;
    for (const std::size_t end : sentence_ends(all)) {
      append_text(span_before(node), std::string_view(all).substr(from, end - from));
      from = end;
    }
    parent.remove_child(node);
  }
  void element(pugi::xml_node parent, pugi::xml_node node) {
    constexpr std::array begin = {"p", "ol", "ul", "table", "h1", "h2"};
    const std::string_view name = node.name();
    if (name == "img") {
      ++paragraph_, segment_ = 0, begins_ = false;
      span_before(node).append_copy(node);
      parent.remove_child(node);
      return;
    }
    if (std::find(begin.begin(), begin.end(), name) != begin.end()) begins_ = true;
    put(node);
  }

  std::size_t paragraph_ = 0, segment_ = 0;
  bool begins_ = true;  // the next text is another paragraph's
};

// The elements that the reader pages, around all.
void wrap(pugi::xml_node body) {
  pugi::xml_node columns = body.prepend_child("div");
  set_attribute(columns, "id", "book-columns");
  pugi::xml_node inner = columns.append_child("div");
  set_attribute(inner, "id", "book-inner");
  while (columns.next_sibling()) inner.append_move(columns.next_sibling());
}

}  // namespace

Package kepub(Package package) {
  unfold(package);
  for (Resource& resource : package.resources) {
    if (resource.media_type != content_document_type) continue;
    const pugi::xml_node html = std::get<pugi::xml_document>(resource.content).document_element();
    pugi::xml_node style = append_line(html.child("head"), "style");
    set_attribute(style, "type", "text/css");
    set_attribute(style, "class", "kobostylehacks");
    append_text(style, "div#book-inner { margin-top: 0; margin-bottom: 0; }");
    const pugi::xml_node body = html.child("body");
    wrap(body);
    Spans().put(body);
  }
  return package;
}

}  // namespace epitome::epub
