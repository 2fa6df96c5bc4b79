// Markdown with front matter to a Tree: the front matter by the shape of JSON, the text by way of the vocabulary's
// markup.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "diag/limits.hpp"
#include "diag/utf8.hpp"
#include "reader/front_matter.hpp"
#include "reader/json_value.hpp"
#include "reader/markdown_markup.hpp"
#include "reader/syntax.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

namespace {

using diag::Code;

// The work's title as it is said.
std::string full_title(Node root) {
  const Node title = root.child("work").child("title");
  const std::string prefix = collapsed(title.attribute("prefix"));
  std::string text = collapsed(title.first_text());
  if (prefix.empty()) return text;
  return prefix + (prefix.ends_with("’") || prefix.ends_with('\'') ? "" : " ") + text;
}

// Parts stand in the text.
bool check_keys(const JsonValues& values, Faults& faults) {
  bool good = true;
  for (JsonValue::Index i = values[0].first; i != JsonValue::none; i = values[i].next) {
    if (values.text(values[i].key) != "parts") continue;
    faults.add(Code::E0201, values[i].key_span, "the parts don't stand in the front matter",
               {"write them below it: ## Overview"});
    good = false;
  }
  return good;
}

// A document without its texts: a tree whose root has work and edition.
bool add_front_matter(std::string_view bytes, const FrontMatter& front, Tree& tree, std::size_t& nodes,
                      Faults& faults) {
  if (!front.present) {
    faults.add(
        Code::E0111, {static_cast<std::uint32_t>(front.begin), 0}, "there is no front matter",
        {front.begin != 0 ? "a line --- ends it" : "it begins with a line --- and holds the work and the edition",
         "epitome convert makes a document of Markdown of any shape"});
    return false;
  }
  JsonValues values;
  if (!parse_yaml(bytes, front, values, faults) || !check_keys(values, faults)) return false;
  nodes = add_values(values, bytes, tree, faults);
  return true;
}

}  // namespace

std::optional<Tree> parse_markdown(const diag::SourceText& source, Faults& faults) {
  std::string bytes = source.bytes();
  if (!check_bytes(bytes, faults)) return {};
  const FrontMatter front = front_matter_of(bytes);
  Tree tree;
  tree.syntax = diag::Syntax::markdown;
  std::size_t nodes = 0;
  if (!add_front_matter(bytes, front, tree, nodes, faults)) return {};
  PlacedText markup;
  if (!translate_markdown(bytes, front.body, full_title(tree.root()), MarkdownShape::ours, markup, faults)) return {};
  markup.begins.push_back(static_cast<std::uint32_t>(bytes.size()));
  if (!add_markup(markup.text, markup.begins, 0, {1, &nodes}, tree, faults)) return {};
  return tree;
}

namespace {

// The texts of well-formed markup, without its tags; references stand for their characters.
class MarkupTexts {
 public:
  explicit MarkupTexts(const PlacedText& markup) : markup_(markup) {}

  std::vector<PlacedText> run() {
    const std::string_view text = markup_.text;
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '<') {
        keep();
        at = behind_tag(at);
      } else {
        at += character(at);
      }
    }
    keep();
    return std::move(found_);
  }

 private:
  void keep() {
    if (!now_.text.empty()) {
      now_.begins.push_back(now_.begins.back() + 1);
      found_.push_back(std::move(now_));
    }
    now_ = {};
  }
  std::size_t behind_tag(std::size_t at) const {
    char quote = '\0';
    for (; at < markup_.text.size(); ++at) {
      const char c = markup_.text[at];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return at + 1;
      }
    }
    return at;
  }
  std::size_t character(std::size_t at) {
    const std::string_view text = markup_.text;
    const std::size_t semicolon = text[at] == '&' ? text.find(';', at) : std::string_view::npos;
    const std::string_view name =
        semicolon == std::string_view::npos ? std::string_view() : text.substr(at + 1, semicolon - at - 1);
    char32_t value = name == "lt"     ? U'<'
                     : name == "gt"   ? U'>'
                     : name == "amp"  ? U'&'
                     : name == "quot" ? U'"'
                     : name == "apos" ? U'\''
                                      : U'\0';
    if (name.starts_with("#") && name.size() < 10) {
      const bool hexadecimal = name.starts_with("#x") || name.starts_with("#X");
      value = static_cast<char32_t>(
          std::strtoul(std::string(name.substr(hexadecimal ? 2 : 1)).c_str(), nullptr, hexadecimal ? 16 : 10));
    }
    if (value == 0) {
      const std::size_t length = diag::decode_utf8(text, at).length;
      now_.add(text.substr(at, length), markup_.begins[at]);
      return length;
    }
    std::string written;
    diag::append_utf8(written, value);
    now_.add(written, markup_.begins[at]);
    return name.size() + 2;
  }

  const PlacedText& markup_;
  PlacedText now_;
  std::vector<PlacedText> found_;
};

}  // namespace

void each_markdown_text(const diag::SourceText& source, const diag::TextVisitor& visit) {
  Faults told_already;
  std::string bytes = source.bytes();
  const FrontMatter front = front_matter_of(bytes);
  JsonValues values;
  if (!check_bytes(bytes, told_already) || !front.present || !parse_yaml(bytes, front, values, told_already)) return;
  for (JsonValue::Index i = 0; i < values.size(); ++i) {
    if (values[i].kind != JsonValue::Kind::string) continue;
    // Escapes and folded lines aren't followed: what stands there begins where the value does.
    const std::string_view text = values.text(values[i].text);
    const diag::Span span = values[i].span;
    std::vector<std::uint32_t> begins;
    for (std::size_t b = 0; b <= text.size(); ++b)
      begins.push_back(span.offset + (text.size() == span.length ? static_cast<std::uint32_t>(b) : 0));
    visit(text, begins, false);
  }
  PlacedText markup;
  if (!translate_markdown(bytes, front.body, {}, MarkdownShape::ours, markup, told_already)) return;
  std::vector<PlacedText> texts = MarkupTexts(markup).run();
  // A footnote is called before it is written.
  std::stable_sort(texts.begin(), texts.end(),
                   [](const PlacedText& a, const PlacedText& b) { return a.begins.front() < b.begins.front(); });
  for (const PlacedText& text : texts) visit(text.text, text.begins, false);
}

}  // namespace epitome::reader
