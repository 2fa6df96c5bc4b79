#include "reader/json_shape.hpp"

#include <algorithm>
#include <array>

#include "reader/suggest.hpp"

namespace epitome::reader {

namespace {

using Kind = JsonKey::Kind;

std::vector<Type> types_of(const Child& child) {
  if (child.type != any_block) return {child.type};
  const std::span<const Type> blocks = block_types();
  return {blocks.begin(), blocks.end()};
}

bool is_needed(Occurs occurs) { return occurs == Occurs::once || occurs == Occurs::some; }
bool is_list(const Child& child) {
  return child.type == any_block || child.occurs == Occurs::any || child.occurs == Occurs::some;
}

// The key of a list of children.
std::string list_name(const Rule& parent, const Child& child, const JsonShape& shape) {
  if (child.type == any_block) {
    const bool again =
        std::any_of(shape.keys.begin(), shape.keys.end(), [](const JsonKey& key) { return key.name == "blocks"; });
    return again ? "closing" : "blocks";
  }
  if (child.type == Type::p) return "paragraphs";
  if (parent.type == Type::work || parent.type == Type::edition) return std::string(rule(child.type).name) + "s";
  return "items";
}

void add_children(const Rule& r, JsonShape& shape) {
  JsonKey together{r.type == Type::tr ? "cells" : "parts", Kind::any_of, true, nullptr, {}};
  for (const Child& child : r.children) {
    if (is_part(child.type) || r.type == Type::tr) {
      together.types.push_back(child.type);
    } else if (is_list(child)) {
      shape.keys.push_back({list_name(r, child, shape), child.type == any_block ? Kind::any_of : Kind::list,
                            is_needed(child.occurs), nullptr, types_of(child)});
    } else {
      shape.keys.push_back(
          {std::string(rule(child.type).name), Kind::child, is_needed(child.occurs), nullptr, types_of(child)});
    }
  }
  if (!together.types.empty()) shape.keys.push_back(std::move(together));
}

JsonShape shape_of(const Rule& r) {
  JsonShape shape;
  for (const Attribute& attribute : all_attributes(r)) {
    shape.keys.push_back({attribute.name == "xml:lang" ? "lang" : std::string(attribute.name),
                          Kind::attribute,
                          attribute.required,
                          find_attribute(r, attribute.name),
                          {}});
  }
  switch (r.content) {
    case Content::nothing:
      break;
    case Content::text:
    case Content::inlines:
    case Content::flow:
    case Content::ruby:
      shape.keys.push_back({"text", Kind::text, !r.may_be_blank, nullptr, {}});
      break;
    case Content::pairs: {
      JsonKey pairs{"items", Kind::pairs, true, nullptr, {}};
      for (const Child& child : r.children) pairs.types.push_back(child.type);
      shape.keys.push_back(std::move(pairs));
      break;
    }
    case Content::sequence:
    case Content::any_order:
      add_children(r, shape);
      break;
  }
  return shape;
}

std::array<JsonShape, static_cast<std::size_t>(Type::count)> all_shapes() {
  std::array<JsonShape, static_cast<std::size_t>(Type::count)> shapes;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    JsonShape& shape = shapes[i] = shape_of(rule(static_cast<Type>(i)));
    const JsonKey* content = nullptr;
    std::size_t count = 0;
    for (const JsonKey& key : shape.keys) {
      if (key.kind == Kind::attribute) continue;
      content = &key;
      ++count;
    }
    if (count == 1 && content->kind != Kind::child && content->kind != Kind::pairs) shape.alone = content;
  }
  return shapes;
}

}  // namespace

const JsonShape& json_shape(Type type) {
  static const std::array<JsonShape, static_cast<std::size_t>(Type::count)> shapes = all_shapes();
  return shapes[static_cast<std::size_t>(type)];
}

Type json_default(std::span<const Type> types, Type parent) {
  if (types.size() == 1) return types.front();
  for (const Type type : types) {
    if (type == Type::p) return type;
    if (type == (parent == Type::thead ? Type::th : Type::td)) return type;
  }
  return Type::count;
}

JsonScalar json_scalar(Value value) {
  if (value == Value::start || value == Value::span) return JsonScalar::integer;
  return value == Value::truth ? JsonScalar::truth : JsonScalar::string;
}

}  // namespace epitome::reader
