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
#include "reader/markup_texts.hpp"
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

MarkdownHeading known_of(Node root) { return {full_title(root), PartNames(root)}; }

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
  if (!translate_markdown(bytes, front.body, known_of(tree.root()), MarkdownShape::ours, markup, faults)) return {};
  markup.begins.push_back(static_cast<std::uint32_t>(bytes.size()));
  if (!add_markup(markup.text, markup.begins, 0, {1, &nodes}, tree, faults)) return {};
  return tree;
}

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
  Tree tree;
  tree.syntax = diag::Syntax::markdown;
  add_values(values, bytes, tree, told_already);
  PlacedText markup;
  if (!translate_markdown(bytes, front.body, known_of(tree.root()), MarkdownShape::ours, markup, told_already)) return;
  std::vector<PlacedText> texts = texts_of_markup(markup);
  // A footnote is called before it is written.
  std::stable_sort(texts.begin(), texts.end(),
                   [](const PlacedText& a, const PlacedText& b) { return a.begins.front() < b.begins.front(); });
  for (const PlacedText& text : texts) visit(text.text, text.begins, false);
}

}  // namespace epitome::reader
