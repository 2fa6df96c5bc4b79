#include "reader/json_hints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "reader/suggest.hpp"

namespace epitome::reader {

namespace {

// What other shapes call a key of ours.
struct Habit {
  Type in;
  std::string_view name, meant;
};
using enum Type;
constexpr auto habits = std::to_array<Habit>({
    {summary, "language", "lang"},
    {summary, "sections", "parts"},
    {summary, "content", "parts"},
    {summary, "book", "work"},
    {summary, "metadata", "work"},
    {work, "year", "published"},
    {work, "tags", "subjects"},
    {work, "genres", "subjects"},
    {work, "keywords", "subjects"},
    {work, "language", "original-language"},
    {takeaway, "title", "headline"},
    {takeaway, "text", "blocks"},
    {takeaway, "body", "blocks"},
    {chapter, "name", "title"},
    {chapter, "text", "blocks"},
    {chapter, "summary", "blocks"},
    {cue, "front", "prompt"},
    {cue, "question", "prompt"},
    {cue, "back", "answer"},
    {qa, "q", "question"},
    {qa, "a", "answer"},
    {person, "role", "description"},
    {person, "bio", "description"},
    {blockquote, "text", "paragraphs"},
    {blockquote, "quote", "paragraphs"},
    {blockquote, "speaker", "attribution"},
    {blockquote, "source", "attribution"},
    {blockquote, "locator", "attribution"},
    {warning, "text", "term"},
    {figure, "path", "src"},
    {figure, "url", "src"},
    {figure, "description", "alt"},
});

const JsonKey* key_named(Type type, std::string_view name) {
  const std::vector<JsonKey>& keys = json_shape(type).keys;
  const auto at = std::find_if(keys.begin(), keys.end(), [name](const JsonKey& key) { return key.name == name; });
  return at == keys.end() ? nullptr : &*at;
}

std::string with_sample(std::string_view key, Type type) {
  return fmt::format("\"{}\": {}", key, sample_of(*key_named(type, key), type));
}

}  // namespace

std::vector<std::string> choices(std::string_view given, const std::vector<std::string_view>& known) {
  if (const std::string_view near = diag::nearest(given, known); !near.empty())
    return {fmt::format("did you mean \"{}\"?", near)};
  return {fmt::format("there are {}", fmt::join(known, ", "))};
}

std::vector<std::string> type_hints(std::string_view given, const std::vector<std::string_view>& known) {
  constexpr std::pair<std::string_view, std::string_view> meant[] = {
      {"paragraph", "p"},          {"text", "p"},       {"list", "ul"},
      {"bullets", "ul"},           {"numbered", "ol"},  {"quote", "blockquote"},
      {"quotation", "blockquote"}, {"image", "figure"}, {"picture", "figure"},
      {"poem", "verse"},           {"box", "aside"},    {"callout", "aside"},
      {"divider", "separator"},    {"hr", "separator"}};
  std::string type(part_meant(given));
  for (const auto& [other, ours] : meant)
    if (other == given) type = ours;
  if (std::find(known.begin(), known.end(), type) != known.end()) return {fmt::format("did you mean \"{}\"?", type)};
  return choices(given, known);
}

std::vector<std::string> key_hints(std::string_view key, Type type) {
  const auto habit =
      std::find_if(habits.begin(), habits.end(), [&](const Habit& one) { return one.in == type && one.name == key; });
  if (habit != habits.end()) return {"it is written " + with_sample(habit->meant, type)};
  if (const std::string role(role_meant(key)); !role.empty() && (type == Type::work || type == Type::summary))
    return {fmt::format(
        "who made the book stands in \"work\": \"contributors\": [{{\"role\": \"{}\", \"text\": \"…\"}}]", role)};
  std::vector<std::string_view> known;
  for (const JsonKey& one : json_shape(type).keys) known.emplace_back(one.name);
  std::vector<std::string> hints = choices(key, known);
  if (hints.front().starts_with("did")) return hints;
  if (type == Type::summary || type == Type::work || type == Type::edition) {
    for (const Type home : {Type::work, Type::edition})
      if (home != type && key_named(home, key) != nullptr)
        return {fmt::format("it stands in \"{}\": {}", rule(home).name, with_sample(key, home))};
    for (const Child& child : rule(Type::summary).children)
      if (is_part(child.type) && rule(child.type).name == key)
        return {fmt::format("it is an entry of \"parts\": {{\"type\": \"{}\", …}}", key)};
  }
  return hints;
}

std::string sample_of(Type type) {
  const Rule& r = rule(type);
  const JsonShape& shape = json_shape(type);
  std::string inside;
  for (const JsonKey& key : shape.keys) {
    if (!key.required || (key.kind == JsonKey::Kind::text && inside.empty())) continue;
    const bool deep = key.kind != JsonKey::Kind::attribute && key.kind != JsonKey::Kind::text;
    inside += fmt::format("{}\"{}\": {}", inside.empty() ? "" : ", ", key.name,
                          deep && key.kind != JsonKey::Kind::child ? "[…]" : "\"…\"");
  }
  if ((is_plain(r) || is_markup(r)) && inside.empty()) return "\"…\"";
  if (!is_plain(r) && !is_markup(r) && shape.alone != nullptr) return sample_of(*shape.alone, type);
  return fmt::format("{{{}}}", inside.empty() ? std::string("…") : inside);
}

std::string sample_of(const JsonKey& key, Type around) {
  switch (key.kind) {
    case JsonKey::Kind::attribute:
    case JsonKey::Kind::text:
      return "\"…\"";
    case JsonKey::Kind::child:
      return sample_of(key.types.front());
    case JsonKey::Kind::list:
      return fmt::format("[{}]", sample_of(key.types.front()));
    case JsonKey::Kind::pairs:
      return "[{\"dt\": \"…\", \"dd\": \"…\"}]";
    case JsonKey::Kind::any_of:
      break;
  }
  return json_default(key.types, around) == Type::count
             ? fmt::format("[{{\"type\": \"{}\", …}}]", rule(key.types.front()).name)
             : std::string("[\"…\"]");
}

}  // namespace epitome::reader
