#include "reader/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reader/part_names.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

namespace {

// What writers of HTML reach for.
struct Habit {
  std::string_view name, hint;
};
constexpr auto habits = std::to_array<Habit>({
    {"i", "say what the italics mean: <em>, <cite> for a title, <foreign>"},
    {"b", "say what the bold means: <strong>"},
    {"h1", "a heading is the <title> of its part or <chapter>"},
    {"h2", "a heading is the <title> of its part or <chapter>"},
    {"h3", "a heading is the <title> of its part or <chapter>"},
    {"br", "a new paragraph is <p>, a line of verse <line>"},
    {"hr", "a break between scenes is <separator/>"},
    {"img", "a picture is <figure src=\"…\" alt=\"…\"/>, between paragraphs"},
    {"div", "a box apart from the text is <aside>"},
});

constexpr Attribute common_attributes[] = {{"xml:lang", Value::language}, {"dir", Value::direction}, {"id", Value::id}};

std::span<const Attribute> common_of(const Rule& rule) {
  switch (rule.common) {
    case Common::none:
      return {};
    case Common::language:
      return std::span(common_attributes).first(2);
    case Common::all:
      break;
  }
  return common_attributes;
}

std::string listed(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) out += (out.empty() ? "<" : ", <") + std::string(name) + ">";
  return out;
}

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void append_names(std::vector<std::string_view>& names, std::span<const Type> types) {
  for (const Type type : types) names.push_back(rule(type).name);
}

}  // namespace

std::vector<std::string_view> allowed_in(const Rule& parent) {
  std::vector<std::string_view> names;
  for (const Child& child : parent.children) {
    if (child.type != any_block) {
      names.push_back(rule(child.type).name);
    } else if (!contains(names, rule(block_types().front()).name)) {
      append_names(names, block_types());
    }
  }
  const bool inlines =
      parent.content == Content::inlines || parent.content == Content::flow || parent.content == Content::ruby;
  if (inlines) append_names(names, inline_types());
  if (parent.content == Content::flow) append_names(names, block_types());
  return names;
}

std::string_view nearest_child(std::string_view name, const Rule& parent) {
  return diag::nearest(name, allowed_in(parent));
}

std::string_view habit_hint(std::string_view name) {
  const auto* const habit =
      std::find_if(habits.begin(), habits.end(), [&](const Habit& known) { return known.name == name; });
  return habit == habits.end() ? std::string_view() : habit->hint;
}

std::string_view part_meant(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  static const PartNames english("en");
  const Type part = english.find(words).type;
  return part == Type::count ? std::string_view() : rule(part).name;
}

std::string_view role_meant(std::string_view name) {
  if (name.ends_with('s')) name.remove_suffix(1);
  for (const std::string_view role : role_names())
    if (role == name) return role;
  return {};
}

std::vector<std::string> hints_for(std::string_view name, const Rule& parent) {
  const bool of_book = parent.type == Type::work || parent.type == Type::summary;
  if (const std::string_view role = role_meant(name); of_book && !role.empty() && role != "contributor")
    return {fmt::format("who made the book stands in <work>: <contributor role=\"{}\">…</contributor>", role)};
  if (const std::string_view near = nearest_child(name, parent); !near.empty()) {
    return {fmt::format("did you mean <{}>?", near)};
  }
  if (parent.type == Type::summary)
    if (const std::string_view part = part_meant(name); !part.empty() && part != name)
      return {fmt::format("did you mean <{}>?", part)};
  if (const std::string_view hint = habit_hint(name); !hint.empty()) return {std::string(hint)};
  std::vector<std::string_view> homes;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Type::count); ++i) {
    const Rule& home = rule(static_cast<Type>(i));
    for (const Child& child : home.children) {
      if (child.type != any_block && rule(child.type).name == name && !contains(homes, home.name)) {
        homes.push_back(home.name);
      }
    }
  }
  if (parent.type == Type::summary && block_called(name) != Type::count)
    return {"a text stands in a part: <overview>, <takeaways> …"};
  const bool in_text = parent.content == Content::inlines || parent.content == Content::ruby;
  std::vector<std::string> hints;
  if (block_called(name) != Type::count) {
    if (in_text) return {fmt::format("<{}> stands between paragraphs, not in one", name)};
  } else if (inline_called(name) != Type::count) {
    hints.push_back(fmt::format("<{}> stands in a text, for instance in <p>", name));
  } else if (!homes.empty()) {
    hints.push_back(fmt::format("<{}> stands in {}", name, listed(homes)));
  } else if (name.find(':') != std::string_view::npos) {
    return {"the vocabulary has no namespace"};
  }
  const std::vector<std::string_view> allowed = allowed_in(parent);
  if (!allowed.empty()) hints.push_back("allowed here: " + listed(allowed));
  return hints;
}

const Attribute* find_attribute(const Rule& r, std::string_view name) {
  for (const std::span<const Attribute> attributes : {r.attributes, common_of(r)}) {
    for (const Attribute& attribute : attributes) {
      if (attribute.name == name) return &attribute;
    }
  }
  return nullptr;
}

std::vector<Attribute> all_attributes(const Rule& r) {
  std::vector<Attribute> all(r.attributes.begin(), r.attributes.end());
  for (const Attribute& attribute : common_of(r)) {
    const bool own = std::any_of(r.attributes.begin(), r.attributes.end(),
                                 [&](const Attribute& known) { return known.name == attribute.name; });
    if (!own) all.push_back(attribute);
  }
  return all;
}

std::vector<std::string> attribute_hints(std::string_view name, const Rule& r) {
  if (name == "xmlns" || name.starts_with("xmlns:")) return {"the vocabulary has no namespace"};
  if (name == "xml:space") return {"white space is collapsed everywhere; the lines of a poem are <verse>"};
  if (name == "lang") return {"write xml:lang"};
  std::vector<std::string_view> names;
  for (const std::span<const Attribute> attributes : {r.attributes, common_of(r)}) {
    for (const Attribute& attribute : attributes) names.push_back(attribute.name);
  }
  if (const std::string_view near = diag::nearest(name, names); !near.empty()) {
    return {fmt::format("did you mean '{}'?", near)};
  }
  if (names.empty()) return {"it takes none"};
  return {fmt::format("it takes {}", fmt::join(names, ", "))};
}

std::string child_sample(Node at, std::string_view name) {
  if (at.syntax() == diag::Syntax::json) return fmt::format("\"{}\": …", name);
  const bool in_front = at.name() == "work" || at.name() == "edition";
  if (at.syntax() == diag::Syntax::markdown && in_front) return fmt::format("{}: …", name);
  return fmt::format("<{0}>…</{0}>", name);
}

std::string attribute_sample(Node at, std::string_view name) {
  return at.syntax() == diag::Syntax::json ? fmt::format("\"{}\": \"…\"", name == "xml:lang" ? "lang" : name)
                                           : fmt::format("<{} {}=\"…\">", at.name(), name);
}

std::string text_hint(const Rule& parent) {
  for (const Child& child : parent.children) {
    if (child.type == any_block || child.type == Type::p) return "wrap it in <p>…</p>";
  }
  return "text stands in " + listed(allowed_in(parent));
}

namespace {

struct MarkdownTerm {
  std::string_view element, term;
};
constexpr auto markdown_terms = std::to_array<MarkdownTerm>({{"p", "a paragraph"},
                                                             {"ul", "a list (- …)"},
                                                             {"ol", "a numbered list (1. …)"},
                                                             {"li", "an entry (- …)"},
                                                             {"blockquote", "a quotation (> …)"},
                                                             {"attribution", "a last paragraph (— who, *work*, where)"},
                                                             {"table", "a table (| … |)"},
                                                             {"figure", "a picture (![…](path))"},
                                                             {"separator", "* * *"},
                                                             {"em", "*…*"},
                                                             {"strong", "**…**"},
                                                             {"a", "[…](https://…)"},
                                                             {"ref", "[…](#id)"},
                                                             {"note", "a footnote ([^1])"},
                                                             {"takeaway", "a takeaway (### …)"},
                                                             {"cue", "a cue (### …)"},
                                                             {"chapter", "a chapter (### …)"},
                                                             {"qa", "a question (### …)"},
                                                             {"person", "a person (### …)"},
                                                             {"warning", "a warning (- **what** where)"},
                                                             {"source", "a source (- …)"},
                                                             {"with", "the other book (### Its title)"},
                                                             {"work", "work: in the front matter"},
                                                             {"edition", "edition: in the front matter"}});

// How a syntax calls an element; empty: as XML does.
std::string term_of(diag::Syntax syntax, std::string_view element) {
  if (syntax == diag::Syntax::json)
    return inline_called(element) == Type::count ? fmt::format("\"{}\"", element) : std::string();
  const auto* const at = std::find_if(markdown_terms.begin(), markdown_terms.end(),
                                      [element](const MarkdownTerm& one) { return one.element == element; });
  return at == markdown_terms.end() ? std::string() : std::string(at->term);
}

}  // namespace

std::string in_terms_of(diag::Syntax syntax, std::string_view hint) {
  std::string out;
  for (std::size_t at = hint.find('<'); at != std::string_view::npos; at = hint.find('<')) {
    out += hint.substr(0, at);
    hint.remove_prefix(at);
    const std::size_t end = hint.find_first_not_of("abcdefghijklmnopqrstuvwxyz-123", 1);
    const std::string_view name = hint.substr(1, end == std::string_view::npos ? end : end - 1);
    const std::string_view behind = hint.substr(std::min(hint.size(), name.size() + 1));
    const std::string whole = fmt::format(">…</{}>", name);
    const std::size_t length = behind.starts_with(whole) ? whole.size() : behind.starts_with("/>") ? 2 : 1;
    const bool tag = !name.empty() && (length > 1 || behind.starts_with('>'));
    const std::string term = tag ? term_of(syntax, name) : std::string();
    const std::size_t taken = term.empty() ? 1 : 1 + name.size() + length;
    out += term.empty() ? std::string(1, '<') : term;
    hint.remove_prefix(taken);
  }
  return out.append(hint);
}

}  // namespace epitome::reader
