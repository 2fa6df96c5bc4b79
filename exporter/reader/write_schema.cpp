#include "reader/write_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "reader/json_shape.hpp"
#include "reader/values.hpp"
#include "reader/write_relax_ng.hpp"

namespace epitome::reader {

namespace {

constexpr SchemaDialectName dialects[] = {{"portable", SchemaDialect::portable},
                                          {"openai", SchemaDialect::openai},
                                          {"anthropic", SchemaDialect::anthropic},
                                          {"gemini", SchemaDialect::gemini},
                                          {"relaxng", SchemaDialect::relaxng}};

constexpr std::string_view string_schema = R"({"type": "string"})";

std::string any_of(const std::vector<std::string>& choices) {
  return choices.size() == 1 ? choices.front() : fmt::format("{{\"anyOf\": [{}]}}", fmt::join(choices, ", "));
}

std::string list_of(const std::string& entries) { return fmt::format(R"({{"type": "array", "items": {}}})", entries); }

std::string closed(const std::vector<std::pair<std::string, std::string>>& members) {
  std::vector<std::string> properties, required;
  for (const auto& [key, schema] : members) {
    properties.push_back(fmt::format("{}: {}", diag::json_string(key), schema));
    required.push_back(diag::json_string(key));
  }
  return fmt::format(R"({{"type": "object", "additionalProperties": false, "required": [{}], "properties": {{{}}}}})",
                     fmt::join(required, ", "), fmt::join(properties, ", "));
}

std::string choice_of(const std::vector<std::string_view>& words) {
  std::vector<std::string> quoted;
  for (const std::string_view word : words) quoted.push_back(diag::json_string(word));
  return fmt::format(R"({{"type": "string", "enum": [{}]}})", fmt::join(quoted, ", "));
}

std::string of_value(Value value) {
  switch (value) {
    case Value::direction:
      return choice_of({"ltr", "rtl"});
    case Value::version:
      return choice_of({"1"});
    case Value::scope:
      return choice_of({"col", "row"});
    case Value::maker:
      return choice_of({"person", "assisted", "generated"});
    case Value::role:
      return choice_of(role_names());
    case Value::start:
    case Value::span:
      return R"({"type": "integer"})";
    case Value::truth:
      return R"({"type": "boolean"})";
    case Value::words:
    case Value::article:
    case Value::id:
    case Value::reference:
    case Value::language:
    case Value::day:
    case Value::published:
    case Value::isbn:
    case Value::path:
    case Value::link:
    case Value::uri:
    case Value::alignments:
    case Value::variant:
    case Value::conformance:
      break;
  }
  return std::string(string_schema);
}

// What a writer should keep to, by element; models read it as they write.
struct HouseRule {
  Type type;
  std::string_view rule;
};
constexpr auto house_rules = std::to_array<HouseRule>(
    {{Type::summary, "One summary of one book. Say nothing that the book does not say, and nothing of another book."},
     {Type::work_title,
      "The title without its article; the article stands in prefix: The, and Push. prefix is empty if there is none."},
     {Type::contributor, "One person a contributor, the name as the title page has it."},
     {Type::edition, "This summary itself. date is a day, YYYY-MM-DD."},
     {Type::hook, "Two or three sentences that make a reader want more. No praise that nobody gave."},
     {Type::overview, "What the book is about, without its ending."},
     {Type::takeaways, "Three to seven, each one thought that holds without the others."},
     {Type::takeaway, "headline: one sentence that says the thought, without a full stop."},
     {Type::cue, "prompt: a few words; answer: one sentence to remember."},
     {Type::qa, "A question of a reader, ending with a question mark, and its own answer, not another question's."},
     {Type::comparison, "One other book, named in with; what both do, and each does otherwise."},
     {Type::person, "A person of the book, by the name that the book uses most."},
     {Type::warning, "term: what may hurt; places: where in the summary it stands."},
     {Type::blockquote,
      "The book's own words, letter for letter, with who says them and where. If you are not sure of them, write no "
      "quotation."},
     {Type::figure, "alt says what the picture shows to one who cannot see it; no: image of."},
     {Type::note_source, "A book or page that was used, with author, title, publisher and year."}});

class SchemaWriter {
 public:
  explicit SchemaWriter(SchemaDialect dialect) : dialect_(dialect) {}

  std::string run() {
    const std::string root = object(Type::summary, false, {});
    const std::string_view inside = std::string_view(root).substr(1, root.size() - 2);
    // Gemini takes references, but only so many: none is left.
    if (dialect_ == SchemaDialect::gemini) return "{" + without_references(inside) + "}";
    std::vector<std::string> kept;
    for (const auto& [name, schema] : definitions_)
      kept.push_back(fmt::format("{}: {}", diag::json_string(name), schema));
    constexpr std::string_view head =
        "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"title\": \"A book summary\", ";
    return fmt::format("{{{}{}, \"$defs\": {{{}}}}}", dialect_ == SchemaDialect::portable ? head : "", inside,
                       fmt::join(kept, ", "));
  }

 private:
  // Definitions name others in turn; none itself.
  std::string without_references(std::string_view text) const {
    constexpr std::string_view open = R"({"$ref": "#/$defs/)", close = R"("})";
    std::string out;
    for (std::size_t at = text.find(open); at != std::string_view::npos; at = text.find(open)) {
      const std::size_t end = text.find(close, at);
      out += text.substr(0, at);
      out += without_references(definitions_.at(std::string(text.substr(at + open.size(), end - at - open.size()))));
      text.remove_prefix(end + close.size());
    }
    return out.append(text);
  }

  // What an element may be, in the order in which a writer should think of it.
  std::vector<std::string> element(Type type, bool typed, const JsonPlace& stand) {
    const Rule& r = rule(type);
    const JsonShape& shape = json_shape(type);
    const bool simple = is_plain(r) || is_markup(r);
    const bool has_keys = shape.alone == nullptr || shape.keys.size() > 1;
    std::vector<std::string> choices;
    if (!typed && (simple || (stand.in_block && r.content != Content::nothing))) choices.emplace_back(string_schema);
    if (!typed && shape.alone != nullptr && !simple) {
      JsonPlace inside = stand;
      if (type != Type::tr) inside.around = type;
      choices.push_back(list(*shape.alone, type, inside));
    }
    if ((has_keys || typed) && stand.level <= json_levels) choices.push_back(defined(type, typed, stand));
    return choices;
  }

  // By reference: the same element stands in many places.
  std::string defined(Type type, bool typed, const JsonPlace& stand) {
    std::string name = fmt::format("{}{}.{}", typed ? "" : "one-", rule(type).name, stand.level);
    if (stand.around == Type::thead) name += ".head";
    const auto at = names_.find({type, typed, name});
    if (at == names_.end()) {
      // Two elements of one name (the <title> of a part and of the work) are two definitions.
      std::string unique = name;
      for (int n = 2; definitions_.contains(unique); ++n) unique = fmt::format("{}-{}", name, n);
      definitions_.emplace(unique, std::string());
      names_.emplace(std::tuple(type, typed, name), unique);
      definitions_[unique] = object(type, typed, stand);
      return reference(unique);
    }
    return reference(at->second);
  }
  static std::string reference(const std::string& name) { return fmt::format(R"({{"$ref": "#/$defs/{}"}})", name); }

  std::string object(Type type, bool typed, const JsonPlace& stand) {
    JsonPlace inside = stand;
    inside.level += 1;
    inside.in_block = inside.in_block || is_block(type);
    if (type != Type::tr) inside.around = type;
    std::vector<std::pair<std::string, std::string>> members;
    const auto* const known =
        std::find_if(house_rules.begin(), house_rules.end(), [type](const HouseRule& one) { return one.type == type; });
    if (typed) members.emplace_back("type", choice_of({rule(type).name}));
    for (const JsonKey& key : json_shape(type).keys) {
      std::vector<std::string> choices = value(key, type, inside);
      if (!key.required) choices.emplace_back(R"({"type": "null"})");
      members.emplace_back(key.name, any_of(choices));
    }
    std::string made = closed(members);
    if (known != house_rules.end())
      made.insert(made.size() - 1, fmt::format(", \"description\": {}", diag::json_string(known->rule)));
    return made;
  }

  std::vector<std::string> value(const JsonKey& key, Type type, const JsonPlace& inside) {
    switch (key.kind) {
      case JsonKey::Kind::attribute:
        return {of_value(key.attribute->value)};
      case JsonKey::Kind::text:
        return {std::string(string_schema)};
      case JsonKey::Kind::child:
        return element(key.types.front(), false, inside);
      case JsonKey::Kind::list:
      case JsonKey::Kind::any_of:
      case JsonKey::Kind::pairs:
        break;
    }
    std::vector<std::string> choices = {list(key, type, inside)};
    if (inside.in_block) choices.emplace_back(string_schema);
    if (key.kind == JsonKey::Kind::pairs && inside.level > json_levels) choices.erase(choices.begin());
    return choices;
  }

  std::string list(const JsonKey& key, Type type, const JsonPlace& stand) {
    if (key.kind == JsonKey::Kind::pairs) {
      JsonPlace inside = stand;
      inside.level += 1;
      std::vector<std::pair<std::string, std::string>> members;
      for (const Type one : key.types) members.emplace_back(rule(one).name, any_of(element(one, false, inside)));
      return list_of(closed(members));
    }
    if (key.kind == JsonKey::Kind::list) return list_of(any_of(element(key.types.front(), false, stand)));
    const Type simple = json_default(key.types, stand.around);
    std::vector<std::string> choices;
    if (simple != Type::count) choices.emplace_back(string_schema);
    for (const Type one : key.types) {
      const std::vector<std::string> found = element(one, true, stand);
      choices.insert(choices.end(), found.begin(), found.end());
    }
    (void)type;
    return list_of(any_of(choices));
  }

  SchemaDialect dialect_;
  std::map<std::tuple<Type, bool, std::string>, std::string> names_;
  std::map<std::string, std::string> definitions_;
};

// With a line for each member and entry that holds others.
std::string indented(std::string_view compact) {
  std::string out;
  std::size_t depth = 0;
  bool in_string = false;
  // Short values stay on one line.
  constexpr std::size_t short_value = 100;
  const auto end_of = [&](std::size_t at) {
    std::size_t open = 0;
    bool inside = false;
    for (; at < compact.size(); ++at) {
      const char c = compact[at];
      if (c == '"') inside = !inside;
      if (inside) continue;
      open += c == '{' || c == '[' ? 1 : 0;
      if ((c == '}' || c == ']') && --open == 0) break;
    }
    return at + 1;
  };
  for (std::size_t at = 0; at < compact.size(); ++at) {
    const char c = compact[at];
    if (c == '"') in_string = !in_string;
    if (in_string || (c != '{' && c != '[' && c != '}' && c != ']' && c != ',')) {
      if (in_string || c != ' ' || out.empty() || out.back() != ' ') out += c;
      continue;
    }
    if (c == '{' || c == '[') {
      if (const std::size_t end = end_of(at); end - at <= short_value) {
        out += compact.substr(at, end - at);
        at = end - 1;
        continue;
      }
      ++depth;
    } else if (c != ',') {
      --depth;
      out += '\n';
      out.append(2 * depth, ' ');
      out += c;
      continue;
    }
    out += c;
    out += '\n';
    out.append(2 * depth, ' ');
    if (at + 1 < compact.size() && compact[at + 1] == ' ') ++at;
  }
  return out;
}

}  // namespace

std::span<const SchemaDialectName> schema_dialects() { return dialects; }

std::string write_schema(SchemaDialect dialect) {
  if (dialect == SchemaDialect::relaxng) return write_relax_ng();
  const std::string compact = SchemaWriter(dialect).run();
  return (dialect == SchemaDialect::gemini ? compact : indented(compact)) + "\n";
}

}  // namespace epitome::reader
