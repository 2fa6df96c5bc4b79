#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "reader/json_shape.hpp"
#include "reader/values.hpp"
#include "reader/write.hpp"

namespace epitome::reader {

namespace {

using Written = JsonText;
using Member = JsonMember;
using Maybe = std::optional<Written>;

Written string_of(std::string_view text) { return {diag::json_string(text), '\0', {}}; }

void append(const Written& value, std::size_t indent, std::string& out) {
  if (value.bracket == '\0') {
    out += value.token;
    return;
  }
  out += value.bracket;
  for (std::size_t i = 0; i < value.inside.size(); ++i) {
    const auto& [key, inside] = value.inside[i];
    out += i == 0 ? "\n" : ",\n";
    out.append(indent + 2, ' ');
    if (value.bracket == '{') out += diag::json_string(key) + ": ";
    append(inside, indent + 2, out);
  }
  if (!value.inside.empty()) {
    out += '\n';
    out.append(indent, ' ');
  }
  out += value.bracket == '{' ? '}' : ']';
}

class JsonWriter {
 public:
  // `typed`: "type" says what it is. Nothing if an object would stand too deep.
  Maybe element(Node node, Type type, bool typed, const JsonPlace& place) {
    const Rule& r = rule(type);
    const JsonShape& shape = json_shape(type);
    const bool bare = !typed && node.attribute_count() == 0;
    if (bare && (is_plain(r) || is_markup(r))) return text(node, r);
    if (bare && shape.alone != nullptr && !is_plain(r) && !is_markup(r)) {
      JsonPlace inside = place;
      if (type != Type::tr) inside.around = type;
      if (Maybe made = list(*shape.alone, node, type, inside)) return made;
    } else if (place.level <= json_levels) {
      if (Maybe made = object(node, type, typed, place)) return made;
    }
    if (!bare || !place.in_block) return std::nullopt;
    return string_of(markup_of(node, r, '\''));
  }

 private:
  static Written text(Node node, const Rule& r) {
    return string_of(is_plain(r) ? plain_content(node) : markup_of(node, r, '\''));
  }

  Maybe object(Node node, Type type, bool typed, const JsonPlace& place) {
    Written made{{}, '{', {}};
    if (typed) made.inside.push_back({"type", string_of(rule(type).name)});
    JsonPlace inside = place;
    inside.level += 1;
    inside.in_block = inside.in_block || is_block(type);
    if (type != Type::tr) inside.around = type;
    for (const JsonKey& key : json_shape(type).keys) {
      Maybe value;
      if (key.kind == JsonKey::Kind::attribute) {
        if (!node.has_attribute(key.attribute->name)) continue;
        const std::string text = collapsed(node.attribute(key.attribute->name));
        value = json_scalar(key.attribute->value) == JsonScalar::string ? string_of(text) : Written{text, '\0', {}};
      } else if (key.kind == JsonKey::Kind::text) {
        value = text(node, rule(type));
        if (value->token == "\"\"") continue;
      } else if (key.kind == JsonKey::Kind::child) {
        const Node child = node.child(rule(key.types.front()).name);
        if (!child) continue;
        value = element(child, key.types.front(), false, inside);
      } else {
        value = list(key, node, type, inside);
        if (value && value->bracket == '[' && value->inside.empty()) continue;
      }
      if (!value) return std::nullopt;
      made.inside.push_back({key.name, std::move(*value)});
    }
    return made;
  }

  // The elements that a list takes. Blocks stand before other children or, if closing, behind them.
  static std::vector<std::pair<Node, Type>> taken(const JsonKey& key, Node node, Type type) {
    std::vector<std::pair<Node, Type>> out;
    bool behind = false;
    for (const Node child : node.children()) {
      if (!child.is_element()) continue;
      const Type called = type_in(rule(type), child.name());
      const bool wanted = std::find(key.types.begin(), key.types.end(), called) != key.types.end();
      if (wanted && (!is_block(called) || key.kind == JsonKey::Kind::list || behind == (key.name == "closing")))
        out.emplace_back(child, called);
      behind = behind || (!wanted && called != Type::part_title && type == Type::warnings);
    }
    return out;
  }

  Maybe list(const JsonKey& key, Node node, Type type, const JsonPlace& place) {
    const std::vector<std::pair<Node, Type>> children = taken(key, node, type);
    Maybe made = key.kind == JsonKey::Kind::pairs ? pairs(children, place) : entries(key, children, place);
    if (made || !place.in_block) return made;
    std::string markup;
    for (const auto& [child, called] : children) markup += element_markup(child, called, '\'');
    return string_of(markup);
  }

  Maybe entries(const JsonKey& key, const std::vector<std::pair<Node, Type>>& children, const JsonPlace& place) {
    Written made{{}, '[', {}};
    for (const auto& [child, called] : children) {
      const bool simple = key.kind == JsonKey::Kind::list ||
                          (called == json_default(key.types, place.around) && child.attribute_count() == 0);
      Maybe entry = element(child, called, !simple, place);
      if (!entry) return std::nullopt;
      made.inside.push_back({{}, std::move(*entry)});
    }
    return made;
  }

  Maybe pairs(const std::vector<std::pair<Node, Type>>& children, const JsonPlace& place) {
    if (place.level > json_levels) return std::nullopt;
    Written made{{}, '[', {}};
    JsonPlace inside = place;
    inside.level += 1;
    for (const auto& [child, called] : children) {
      Maybe value = element(child, called, false, inside);
      if (!value) return std::nullopt;
      if (called == Type::dt) made.inside.push_back({{}, Written{{}, '{', {}}});
      made.inside.back().value.inside.push_back({std::string(rule(called).name), std::move(*value)});
    }
    return made;
  }
};

}  // namespace

std::vector<JsonMember> json_heading(Node root) {
  std::vector<JsonMember> out;
  for (const JsonKey& key : json_shape(Type::summary).keys) {
    if (key.kind == JsonKey::Kind::attribute) {
      if (root.has_attribute(key.attribute->name))
        out.push_back({key.name, string_of(collapsed(root.attribute(key.attribute->name)))});
    } else if (key.kind == JsonKey::Kind::child) {
      const Type type = key.types.front();
      out.push_back(
          {key.name, JsonWriter().element(root.child(rule(type).name), type, false, {2, false, type}).value()});
    }
  }
  return out;
}

std::string write_json(Node root) {
  std::string out;
  append(JsonWriter().element(root, Type::summary, false, {}).value(), 0, out);
  return out + "\n";
}

}  // namespace epitome::reader
