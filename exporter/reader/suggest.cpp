#include "reader/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace epitome::reader {

namespace {

// Names longer than this are no slip of the pen, and the distance takes time with the square.
constexpr std::size_t longest_name = 40;

// Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, longest_name + 1>;
  Row before{}, above{}, row{};
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u), above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

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

std::string_view nearest(std::string_view name, std::span<const std::string_view> names) {
  if (name.size() > longest_name) return {};
  std::string_view best;
  // A third of the letters, and never all of them.
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  if (name.size() < 2) return {};
  for (const std::string_view candidate : names) {
    if (candidate.size() > longest_name) continue;
    if (const std::size_t d = distance(name, candidate); d < least && d < candidate.size()) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

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

std::string_view nearest_child(std::string_view name, const Rule& parent) { return nearest(name, allowed_in(parent)); }

std::vector<std::string> hints_for(std::string_view name, const Rule& parent) {
  if (const std::string_view near = nearest_child(name, parent); !near.empty()) {
    return {fmt::format("did you mean <{}>?", near)};
  }
  const auto habit = std::find_if(habits.begin(), habits.end(), [&](const Habit& known) { return known.name == name; });
  if (habit != habits.end()) return {std::string(habit->hint)};
  std::vector<std::string_view> homes;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Type::count); ++i) {
    const Rule& home = rule(static_cast<Type>(i));
    for (const Child& child : home.children) {
      if (child.type != any_block && rule(child.type).name == name && !contains(homes, home.name)) {
        homes.push_back(home.name);
      }
    }
  }
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

std::vector<std::string> attribute_hints(std::string_view name, const Rule& r) {
  if (name == "xmlns" || name.starts_with("xmlns:")) return {"the vocabulary has no namespace"};
  if (name == "xml:space") return {"white space is collapsed everywhere; the lines of a poem are <verse>"};
  if (name == "lang") return {"write xml:lang"};
  std::vector<std::string_view> names;
  for (const std::span<const Attribute> attributes : {r.attributes, common_of(r)}) {
    for (const Attribute& attribute : attributes) names.push_back(attribute.name);
  }
  if (const std::string_view near = nearest(name, names); !near.empty()) {
    return {fmt::format("did you mean '{}'?", near)};
  }
  if (names.empty()) return {"it takes none"};
  return {fmt::format("it takes {}", fmt::join(names, ", "))};
}

std::string text_hint(const Rule& parent) {
  for (const Child& child : parent.children) {
    if (child.type == any_block || child.type == Type::p) return "wrap it in <p>…</p>";
  }
  return "text stands in " + listed(allowed_in(parent));
}

}  // namespace epitome::reader
