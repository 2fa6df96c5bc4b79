#include "reader/markdown_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diag/limits.hpp"
#include "reader/suggest.hpp"

namespace epitome::reader {

namespace {

using enum Type;
using diag::Code;

constexpr auto headed_items = std::to_array<HeadedItem>({{takeaways, takeaway, headline, Type::count},
                                                         {cues, cue, prompt, Type::count},
                                                         {story, chapter, chapter_title, Type::count},
                                                         {questions, qa, question, answer},
                                                         {people, person, name, description}});

// Where the braces at the end of a text begin; npos if there are none.
std::size_t braces_of(std::string_view source, std::string_view text, const std::vector<std::uint32_t>& begins) {
  if (!text.ends_with('}')) return std::string::npos;
  const std::size_t from = text.rfind('{');
  if (from == std::string::npos || from + 2 >= text.size()) return std::string::npos;
  const std::uint32_t at = begins[from];
  if (at > 0 && source[at - 1] == '\\') return std::string::npos;
  const std::string_view inside = text.substr(from + 1, text.size() - from - 2);
  const bool says = inside.front() == '#' || inside.front() == '.' || inside.find('=') != std::string::npos;
  return says ? from : std::string::npos;
}

std::string_view element_name(std::string_view key) { return key == "lang" ? "xml:lang" : key; }

}  // namespace

const HeadedItem* headed_item(Type part) {
  const auto* const at = std::find_if(headed_items.begin(), headed_items.end(),
                                      [part](const HeadedItem& item) { return item.part == part; });
  return at == headed_items.end() ? nullptr : at;
}

Type listed_items(Type part) {
  return part == discussion ? discussion_question
         : part == warnings ? warning
         : part == notes    ? note_source
                            : Type::count;
}

bool starts_part(std::string_view element) { return part_called(element) != Type::count; }
bool starts_item(std::string_view element) {
  return std::any_of(headed_items.begin(), headed_items.end(),
                     [element](const HeadedItem& item) { return rule(item.type).name == element; });
}

Type part_called(std::string_view element) {
  for (const Child& child : rule(summary).children)
    if (is_part(child.type) && rule(child.type).name == element) return child.type;
  return Type::count;
}

std::string part_names_hint(std::string_view given) {
  std::vector<std::string_view> known;
  for (const Child& child : rule(summary).children)
    if (is_part(child.type)) known.push_back(rule(child.type).name);
  if (const std::string_view near = diag::nearest(given, known); !near.empty())
    return fmt::format("did you mean {{.{}}}?", near);
  return fmt::format("there are {}", fmt::join(known, ", "));
}

std::pair<std::size_t, std::size_t> source_in(std::string_view markup) {
  constexpr std::size_t nowhere = std::string::npos;
  std::size_t depth = 0, from = nowhere;
  for (std::size_t at = markup.find('<'); at != nowhere; at = markup.find('<', at + 1)) {
    const std::string_view rest = markup.substr(at);
    const std::size_t end = rest.find('>');
    if (end == nowhere) break;
    if (rest.starts_with("</")) {
      if (depth > 0) --depth;
      if (depth == 0 && from != nowhere) return {from, at + end + 1};
    } else if (rest[end - 1] != '/') {
      if (depth == 0 && (rest.starts_with("<cite>") || rest.starts_with("<em>"))) from = at;
      ++depth;
    }
  }
  return {nowhere, nowhere};
}

HeadingAttributes take_attributes(std::string_view source, std::string& text, const std::vector<std::uint32_t>& begins,
                                  Faults& faults) {
  HeadingAttributes out;
  const std::size_t from = braces_of(source, text, begins);
  if (from == std::string::npos) return out;
  const std::size_t end = text.size() - 1;
  const auto place = [&](std::size_t a, std::size_t b) {
    return diag::Span{begins[a], std::max(begins[a], begins[b]) - begins[a]};
  };
  for (std::size_t at = from + 1; at < end;) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    bool quoted = false;
    while (at < end && (quoted || !is_space(text[at]))) quoted = quoted != (text[at++] == '"');
    const std::string_view word = std::string_view(text).substr(start, at - start);
    const std::size_t equals = word.find('=');
    std::size_t value = start + 1, value_end = at;
    std::string_view key;
    if (word.front() == '.') {
      if (out.part.empty()) {
        out.part = word.substr(1);
        continue;
      }
    } else if (word.front() == '#') {
      key = "id";
    } else if (equals != std::string_view::npos && equals != 0) {
      key = element_name(word.substr(0, equals));
      value = start + equals + 1;
      if (value_end - value >= 2 && text[value] == '"' && text[value_end - 1] == '"') ++value, --value_end;
    }
    const auto known = std::find_if(out.attributes.begin(), out.attributes.end(),
                                    [key](const HeadingAttribute& one) { return one.name == key; });
    if (key.empty() || known != out.attributes.end() || word.substr(1).find('<') != std::string_view::npos) {
      faults.add(Code::E0112, place(start, at), fmt::format("'{}' is not expected in the braces of a heading", word),
                 {"they hold {#id .part name=\"value\"}, each once"});
      continue;
    }
    if (out.attributes.size() == limits::attributes) {
      faults.add(Code::E0112, place(start, at),
                 fmt::format("a heading has more than {} attributes", limits::attributes),
                 {"they hold {#id .part name=\"value\"}, each once"});
      break;
    }
    HeadingAttribute made{std::string(key), begins[start], begins[value_end], {}};
    for (std::size_t i = value; i < value_end; ++i) {
      if (text[i] == '"') {
        made.value.add("&quot;", begins[i]);
      } else {
        made.value.add(std::string_view(text).substr(i, 1), begins[i]);
      }
    }
    out.attributes.push_back(std::move(made));
  }
  text.resize(from);
  return out;
}

}  // namespace epitome::reader
