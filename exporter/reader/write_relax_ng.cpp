#include "reader/write_relax_ng.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "reader/values.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

namespace {

constexpr std::string_view grammar_head =
    R"rnc(# The vocabulary of source documents, version 1, for editors and for jing. reference.md explains it.
#
# Made from the program's table of elements:  epitome schema --for relaxng
# The XML form is made from this one:         trang source/summary.rnc source/summary.rng
#
# The program accepts what this schema accepts, except where a schema of this kind can't look. These are
# the program's alone: what must hold words does; ids are unique and references name one; a reference
# without words names something with a name; no link stands in a link, no note in a note, a heading or a link, no
# ruby in ruby, at whatever depth; table rows fill the same number of columns; language tags, ISBNs, addresses
# and paths are what they look like; a decorative figure has no alternative text and every other has; an edition is not
# modified before its date; no namespace is declared; no document type is declared.

datatypes xsd = "http://www.w3.org/2001/XMLSchema-datatypes"

start = summary

# ---- values

words = xsd:token { minLength = "1" }
id = xsd:ID { pattern = "[A-Za-z](-?[A-Za-z0-9_])*-?" }
language = xsd:token { pattern = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*" }
day = xsd:date { pattern = "[0-9]{4}-[0-9]{2}-[0-9]{2}" }
year = xsd:gYear { pattern = "-?[0-9]{4}" }
link = xsd:token { pattern = "([hH][tT][tT][pP][sS]?://|[mM][aA][iI][lL][tT][oO]:)[^ ]+" }
uri = xsd:token { pattern = "[A-Za-z][A-Za-z0-9+.\-]*:[^ ]+" }
path = xsd:token { pattern = "[^/\\:][^\\:]*\.([pP][nN][gG]|[jJ][pP][eE]?[gG])" }
standard = xsd:token { pattern = "EPUB Accessibility 1\.[12] - WCAG 2\.[0-2] Level A{1,3}" }
variant = xsd:token { pattern = "[a-z][a-z0-9_\-]*" }
number = xsd:token { pattern = "[0-9][0-9 \-]*[0-9Xx]" }
first = xsd:token { pattern = "0|[1-9][0-9]{0,3}" }
cells = xsd:token { pattern = "[1-9][0-9]?|100" }

# What language and direction the words are in; and what a reference can name.
dir = attribute dir { "ltr" | "rtl" }?
called = attribute id { id }?
worded = attribute xml:lang { language }?, dir
named = worded, called
)rnc";

// The heading before an element's pattern.
struct Heading {
  Type type;
  std::string_view text;
};
constexpr auto headings = std::to_array<Heading>({{Type::summary, "the document"},
                                                  {Type::work_title, "the work: what is summarised"},
                                                  {Type::identifier, "the edition: this summary"},
                                                  {Type::hook, "the parts: each at most once, in any order"},
                                                  {Type::part_title, "what parts hold"},
                                                  {Type::p, "blocks"},
                                                  {Type::li, "what blocks hold"},
                                                  {Type::em, "inlines"}});

std::string quoted_choice(const std::vector<std::string_view>& words) {
  return fmt::format("\"{}\"", fmt::join(words, "\" | \""));
}

std::string value_pattern(Value value) {
  switch (value) {
    case Value::words:
    case Value::reference:
      return "words";
    case Value::article:
      return "words | \"\"";
    case Value::id:
      return "id";
    case Value::language:
      return "language";
    case Value::direction:
      return quoted_choice({"ltr", "rtl"});
    case Value::version:
      return quoted_choice({"1"});
    case Value::role:
      return quoted_choice(role_names());
    case Value::day:
      return "day";
    case Value::published:
      return "day | year";
    case Value::isbn:
      return "number";
    case Value::path:
      return "path";
    case Value::link:
      return "link";
    case Value::uri:
      return "uri";
    case Value::start:
      return "first";
    case Value::span:
      return "cells";
    case Value::scope:
      return quoted_choice({"col", "row"});
    case Value::alignments:
      return R"(list { ("auto" | "start" | "center" | "end")+ })";
    case Value::truth:
      return quoted_choice({"true", "false"});
    case Value::variant:
      return "variant";
    case Value::conformance:
      return "standard";
    case Value::maker:
      return quoted_choice({"person", "assisted", "generated"});
  }
  return "text";
}

std::vector<Type> every_type() {
  std::vector<Type> types;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Type::count); ++i) types.push_back(static_cast<Type>(i));
  return types;
}

// The name of an element's pattern: the element's own, or with its parent's before it where several elements are
// called so.
std::string pattern_of(Type type) {
  const std::string_view own = rule(type).name;
  const std::vector<Type> types = every_type();
  if (std::count_if(types.begin(), types.end(), [own](Type one) { return rule(one).name == own; }) == 1)
    return std::string(own);
  const auto parent = std::find_if(types.begin(), types.end(), [type](Type one) {
    const std::span<const Child> children = rule(one).children;
    return std::any_of(children.begin(), children.end(), [type](const Child& child) { return child.type == type; });
  });
  if (parent == types.end()) return std::string(own);
  return fmt::format("{}-{}", is_part(*parent) && type == Type::part_title ? "part" : rule(*parent).name, own);
}

std::string_view mark_of(Occurs occurs) {
  switch (occurs) {
    case Occurs::once:
      return "";
    case Occurs::optional:
      return "?";
    case Occurs::any:
      return "*";
    case Occurs::some:
      return "+";
  }
  return "";
}

std::string child_pattern(const Child& one) {
  return (one.type == any_block ? "block" : pattern_of(one.type)).append(mark_of(one.occurs));
}

std::string joined(std::span<const Child> children, std::string_view between) {
  std::vector<std::string> patterns;
  for (const Child& one : children) patterns.push_back(child_pattern(one));
  return fmt::format("{}", fmt::join(patterns, between));
}

// One of the children at least: the first of them that is there, then the rest, or the second, and so on.
std::string one_at_least(std::span<const Child> children, std::string_view between) {
  std::vector<std::string> choices;
  for (std::size_t i = 0; i < children.size(); ++i) {
    Child first = children[i];
    first.occurs = first.occurs == Occurs::any ? Occurs::some : Occurs::once;
    std::string choice = child_pattern(first);
    if (i + 1 < children.size())
      choice = fmt::format("({}{}{})", choice, between, joined(children.subspan(i + 1), between));
    choices.push_back(std::move(choice));
  }
  return choices.size() == 1 ? choices.front() : fmt::format("({})", fmt::join(choices, " | "));
}

bool is_needed(const Child& one) { return one.occurs == Occurs::once || one.occurs == Occurs::some; }

std::string children_of(const Rule& r) {
  const std::string_view between = r.content == Content::any_order ? " & " : ", ";
  std::span<const Child> children = r.children;
  if (r.type == Type::summary) {
    const auto part =
        std::find_if(children.begin(), children.end(), [](const Child& one) { return is_part(one.type); });
    return fmt::format("({} & parts)", joined({children.begin(), part}, between));
  }
  if (r.may_be_blank || std::any_of(children.begin(), children.end(), is_needed))
    return children.size() > 1 && between == " & " ? fmt::format("({})", joined(children, between))
                                                   : joined(children, between);
  // A title alone fills no part.
  std::string title;
  if (children.front().occurs == Occurs::optional &&
      std::any_of(children.begin(), children.end(), [](const Child& one) { return one.occurs == Occurs::any; })) {
    title = child_pattern(children.front()).append(", ");
    children = children.subspan(1);
  }
  return title + one_at_least(children, between);
}

std::string content_of(const Rule& r) {
  switch (r.content) {
    case Content::nothing:
      return {};
    case Content::text:
      return r.may_be_blank ? "text" : value_pattern(r.value);
    case Content::inlines:
      return "inlines";
    case Content::flow:
      return "flow";
    case Content::sequence:
    case Content::any_order:
      return children_of(r);
    case Content::pairs: {
      std::vector<std::string> pair;
      for (const Child& one : r.children) pair.push_back(pattern_of(one.type));
      return fmt::format("({})+", fmt::join(pair, ", "));
    }
    case Content::ruby:
      return "inlines, " + joined(r.children, ", ");
  }
  return {};
}

std::string element_pattern(const Rule& r) {
  std::vector<std::string> held;
  const bool language = std::any_of(r.attributes.begin(), r.attributes.end(),
                                    [](const Attribute& one) { return one.name == "xml:lang"; });
  if (r.common == Common::language) held.emplace_back("worded");
  if (r.common == Common::all) held.emplace_back(language ? "dir, called" : "named");
  for (const Attribute& one : r.attributes)
    held.push_back(fmt::format("attribute {} {{ {} }}{}", one.name, value_pattern(one.value), one.required ? "" : "?"));
  if (std::string content = content_of(r); !content.empty()) held.push_back(std::move(content));
  return fmt::format("{} =\n  element {} {{ {} }}", pattern_of(r.type), r.name, fmt::join(held, ", "));
}

std::string choice_pattern(std::string_view name, std::span<const Type> types) {
  std::vector<std::string> names;
  for (const Type type : types) names.push_back(pattern_of(type));
  return fmt::format("{} =\n  {}", name, fmt::join(names, " | "));
}

// A pattern on one line if it fits, else from its second line on indented and broken behind a comma, & or | outside of
// strings.
std::string laid_out(std::string_view pattern) {
  constexpr std::size_t measure = 110;
  const std::size_t end = pattern.find('\n');
  std::string flat(pattern);
  flat.replace(end, 3, " ");
  if (flat.size() <= measure) return flat + "\n";
  std::string out(pattern.substr(0, end + 1));
  std::string line(pattern.substr(end + 1, 2));
  std::size_t space = 0;
  bool in_string = false;
  for (const char c : pattern.substr(end + 3)) {
    if (c == '"') in_string = !in_string;
    if (c == ' ' && !in_string && std::string_view(",&|").find(line.back()) != std::string_view::npos)
      space = line.size();
    line += c;
    if (line.size() <= measure || space == 0) continue;
    out.append(line, 0, space) += '\n';
    line = "    " + line.substr(space + 1);
    space = 0;
  }
  return out + line + "\n";
}

std::string groups() {
  std::vector<Child> parts;
  for (const Child& one : rule(Type::summary).children)
    if (is_part(one.type)) parts.push_back(one);
  return "\n# One part at least.\n" + laid_out("parts =\n  " + one_at_least(parts, " & ")) + "\n" +
         laid_out(choice_pattern("block", block_types())) + laid_out(choice_pattern("inline", inline_types())) +
         "inlines = (text | inline)*\nflow = inlines | block+\n";
}

}  // namespace

std::string write_relax_ng() {
  std::string out(grammar_head);
  for (const Type type : every_type()) {
    const auto heading =
        std::find_if(headings.begin(), headings.end(), [type](const Heading& one) { return one.type == type; });
    if (heading != headings.end()) out += fmt::format("\n# ---- {}\n\n", heading->text);
    out += laid_out(element_pattern(rule(type)));
    if (type == Type::summary) out += groups();
  }
  return out;
}

}  // namespace epitome::reader
