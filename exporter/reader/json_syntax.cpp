// JSON to a Tree.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "diag/utf8.hpp"
#include "reader/json_hints.hpp"
#include "reader/json_shape.hpp"
#include "reader/json_value.hpp"
#include "reader/markup_texts.hpp"
#include "reader/suggest.hpp"
#include "reader/syntax.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

namespace {

using diag::Code;
using diag::Span;
using Json = JsonValue::Kind;

std::string_view kind_name(Json kind) {
  switch (kind) {
    case Json::null:
      return "null";
    case Json::truth:
      return "a truth value";
    case Json::number:
      return "a number";
    case Json::string:
      return "a string";
    case Json::array:
      return "an array";
    case Json::object:
      break;
  }
  return "an object";
}

class TreeOfJson {
 public:
  TreeOfJson(const JsonValues& values, std::string_view source, Tree& tree, Faults& faults)
      : values_(values), source_(source), tree_(tree), faults_(faults) {}

  // How many nodes were made.
  std::size_t run() {
    element(Type::summary, 0, Tree::none, values_[0].span, {});
    return nodes_;
  }

 private:
  using Index = JsonValue::Index;

  // Where an element stands.
  struct Context {
    std::size_t depth = 0;  // of the element around
    bool in_block = false;  // strings may stand for what is built of elements
    Type around = Type::count;
    bool typed = false;  // "type" said what it is
  };

  // `place`: of the key that names it, or of the value itself.
  void element(Type type, Index at, Tree::Index parent, Span place, Context context) {
    const JsonValue& value = values_[at];
    const Rule& r = rule(type);
    const JsonShape& shape = json_shape(type);
    const bool simple = is_plain(r) || is_markup(r);
    const bool may_be_string = simple || (context.in_block && r.content != Content::nothing);
    const bool has_keys = shape.alone == nullptr || shape.keys.size() > 1;
    const bool fits = (value.kind == Json::object && has_keys) || (value.kind == Json::string && may_be_string) ||
                      (value.kind == Json::array && shape.alone != nullptr && !simple);
    if (!fits) {
      const std::string_view due = simple ? "a string" : shape.alone != nullptr ? "an array" : "an object";
      return wrong_kind(at, fmt::format("\"{}\"", r.name),
                        has_keys && shape.alone != nullptr ? fmt::format("{} or an object", due) : std::string(due),
                        sample_of(type));
    }
    const Tree::Index own = tree_.add_element(parent, name_of(r), place);
    ++nodes_;
    context.depth += 1;
    if (value.kind == Json::string) {
      text(r, at, own, context);
    } else if (value.kind == Json::array) {
      list(*shape.alone, type, at, own, context);
    } else {
      object(type, at, own, context);
    }
  }

  Tree::Piece name_of(const Rule& r) {
    Tree::Piece& known = names_[static_cast<std::size_t>(r.type)];
    if (known.length == 0) known = tree_.add(r.name);
    return known;
  }

  void wrong_kind(Index at, std::string_view what, std::string_view due, const std::string& sample) {
    const JsonValue& value = values_[at];
    const bool token = value.kind == Json::number || value.kind == Json::truth;
    faults_.add(
        Code::E0214, value.span, fmt::format("{} is {} here, not {}", what, due, kind_name(value.kind)),
        {value.kind == Json::null               ? std::string("leave it out")
         : token && due.starts_with("a string") ? fmt::format("write it as a string: \"{}\"", values_.text(value.text))
                                                : fmt::format("write {}", sample)});
  }

  // ---- objects ------------------------------------------------------------------------------------

  void object(Type type, Index at, Tree::Index own, const Context& context) {
    const JsonShape& shape = json_shape(type);
    std::vector<Index> given(shape.keys.size(), JsonValue::none);
    for (Index i = values_[at].first; i != JsonValue::none; i = values_[i].next) member(type, i, given, context);
    for (std::size_t k = 0; k < shape.keys.size(); ++k) {
      if (shape.keys[k].kind == JsonKey::Kind::attribute && given[k] != JsonValue::none)
        attribute(shape.keys[k], given[k]);
    }
    for (std::size_t k = 0; k < shape.keys.size(); ++k) {
      if (shape.keys[k].kind != JsonKey::Kind::attribute && given[k] != JsonValue::none)
        content(shape.keys[k], type, given[k], own, context);
    }
  }

  // Finds the key of a member. Of two with the same key the first counts.
  void member(Type type, Index at, std::vector<Index>& given, const Context& context) {
    const JsonValue& value = values_[at];
    const std::string_view key = values_.text(value.key);
    const std::vector<JsonKey>& keys = json_shape(type).keys;
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const JsonKey& known) { return known.name == key; });
    if (found == keys.end()) {
      if (key == "type" && context.typed) return;  // it was read before
      return faults_.add(Code::E0201, value.key_span, fmt::format("\"{}\" is no key of \"{}\"", key, rule(type).name),
                         faults_.full(Code::E0201) ? std::vector<std::string>() : key_hints(key, type));
    }
    Index& place = given[static_cast<std::size_t>(found - keys.begin())];
    if (place != JsonValue::none) return twice(at);
    place = at;
  }
  void twice(Index at) {
    faults_.add(Code::E0212, values_[at].key_span,
                fmt::format("the key \"{}\" appears twice", values_.text(values_[at].key)), {"keep one of the two"});
  }

  void attribute(const JsonKey& key, Index at) {
    const JsonValue& value = values_[at];
    if (value.kind == Json::null) return;
    const JsonScalar due = json_scalar(key.attribute->value);
    const Json kind = due == JsonScalar::string    ? Json::string
                      : due == JsonScalar::integer ? Json::number
                                                   : Json::truth;
    if (value.kind != kind) {
      if (kind == Json::string) return wrong_kind(at, fmt::format("\"{}\"", key.name), "a string", "\"…\"");
      return faults_.add(Code::E0214, value.span,
                         fmt::format("\"{}\" is {} here, not {}", key.name, kind_name(kind), kind_name(value.kind)),
                         {kind == Json::number ? "write digits without quotation marks" : "write true or false"});
    }
    const std::string_view text = values_.text(value.text);
    characters(at);
    tree_.add_attribute({tree_.add(key.attribute->name), tree_.add(text), value.key_span, value.span});
    ++nodes_;
  }

  // ---- what an element holds ----------------------------------------------------------------------

  void content(const JsonKey& key, Type type, Index at, Tree::Index own, Context context) {
    const JsonValue& value = values_[at];
    if (value.kind == Json::null) return;
    context.in_block = context.in_block || is_block(type);
    switch (key.kind) {
      case JsonKey::Kind::attribute:
        return;
      case JsonKey::Kind::text:
        return text(rule(type), at, own, context);
      case JsonKey::Kind::child:
        return element(key.types.front(), at, own, value.key_span, inside(context, type));
      case JsonKey::Kind::list:
      case JsonKey::Kind::any_of:
      case JsonKey::Kind::pairs:
        return list(key, type, at, own, context);
    }
  }
  static Context inside(Context context, Type type) {
    context.typed = false;
    if (type != Type::tr) context.around = type;
    return context;
  }

  void list(const JsonKey& key, Type type, Index at, Tree::Index own, const Context& context) {
    const JsonValue& value = values_[at];
    if (value.kind == Json::string && context.in_block) return markup(at, own, context);
    if (value.kind != Json::array)
      return wrong_kind(at, fmt::format("\"{}\"", key.name), context.in_block ? "an array or a string" : "an array",
                        sample_of(key, context.around));
    for (Index i = value.first; i != JsonValue::none; i = values_[i].next) {
      const Span place = values_[i].span;
      if (key.kind == JsonKey::Kind::list) {
        element(key.types.front(), i, own, place, inside(context, type));
      } else if (key.kind == JsonKey::Kind::any_of) {
        one_of(key, type, i, own, context);
      } else {
        pair(key, i, own, context);
      }
    }
  }

  void one_of(const JsonKey& key, Type type, Index at, Tree::Index own, const Context& context) {
    const JsonValue& value = values_[at];
    const Type simple = json_default(key.types, context.around);
    if (value.kind == Json::string && simple != Type::count)
      return element(simple, at, own, value.span, inside(context, type));
    if (value.kind != Json::object)
      return wrong_kind(
          at, fmt::format("an entry of \"{}\"", key.name),
          simple == Type::count ? "an object" : "a string or an object",
          simple == Type::count ? fmt::format("{{\"type\": \"{}\", …}}", rule(key.types.front()).name) : "\"…\"");
    Index named = JsonValue::none;
    for (Index i = value.first; i != JsonValue::none; i = values_[i].next) {
      if (values_.text(values_[i].key) != "type") continue;
      if (named != JsonValue::none) return twice(i);
      named = i;
    }
    std::vector<std::string_view> known;
    for (const Type one : key.types) known.push_back(rule(one).name);
    if (named == JsonValue::none)
      return faults_.add(Code::E0204, value.span, fmt::format("an entry of \"{}\" needs the key \"type\"", key.name),
                         choices({}, known));
    if (values_[named].kind != Json::string) return wrong_kind(named, "\"type\"", "a string", "\"…\"");
    const std::string_view name = values_.text(values_[named].text);
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end())
      return faults_.add(Code::E0201, values_[named].span,
                         fmt::format("\"{}\" is not allowed in \"{}\"", name, key.name),
                         faults_.full(Code::E0201) ? std::vector<std::string>() : type_hints(name, known));
    Context here = inside(context, type);
    here.typed = true;
    element(key.types[static_cast<std::size_t>(found - known.begin())], at, own, value.span, here);
  }

  // {"dt": …, "dd": …}
  void pair(const JsonKey& key, Index at, Tree::Index own, const Context& context) {
    const JsonValue& value = values_[at];
    if (value.kind != Json::object)
      return wrong_kind(at, fmt::format("an entry of \"{}\"", key.name), "an object", "{\"dt\": \"…\", \"dd\": \"…\"}");
    std::vector<Index> given(key.types.size(), JsonValue::none);
    std::vector<std::string_view> known;
    for (const Type one : key.types) known.push_back(rule(one).name);
    for (Index i = value.first; i != JsonValue::none; i = values_[i].next) {
      const std::string_view name = values_.text(values_[i].key);
      const auto found = std::find(known.begin(), known.end(), name);
      if (found == known.end()) {
        faults_.add(Code::E0201, values_[i].key_span,
                    fmt::format("\"{}\" is no key of an entry of \"{}\"", name, key.name), choices(name, known));
      } else if (Index& place = given[static_cast<std::size_t>(found - known.begin())]; place != JsonValue::none) {
        twice(i);
      } else {
        place = i;
      }
    }
    for (std::size_t k = 0; k < given.size(); ++k) {
      if (given[k] == JsonValue::none || values_[given[k]].kind == Json::null) {
        faults_.add(Code::E0202, value.span, fmt::format("an entry of \"{}\" has no \"{}\"", key.name, known[k]),
                    {"a term \"dt\" and its definition \"dd\" make an entry"});
      } else {
        element(key.types[k], given[k], own, values_[given[k]].key_span, inside(context, Type::dl));
      }
    }
  }

  // ---- texts --------------------------------------------------------------------------------------

  void text(const Rule& r, Index at, Tree::Index own, const Context& context) {
    const JsonValue& value = values_[at];
    if (value.kind != Json::string) return wrong_kind(at, "\"text\"", "a string", "\"…\"");
    if (!is_plain(r)) return markup(at, own, context);
    if (value.text.length == 0) return;
    characters(at);
    tree_.add_text(own, tree_.add(values_.text(value.text)), value.span);
    ++nodes_;
  }

  void markup(Index at, Tree::Index own, const Context& context) {
    const JsonValue& value = values_[at];
    const std::string_view written = values_.text(value.text);
    characters(at);
    if (written.find_first_of("<&") == std::string_view::npos) {
      if (!written.empty()) tree_.add_text(own, tree_.add(written), value.span);
      ++nodes_;
      return;
    }
    add_markup(written, begins_of(source_, value.span, written), own, {context.depth, &nodes_}, tree_, faults_);
  }

  // Escapes can write characters that no text should hold.
  void characters(Index at) {
    const JsonValue& value = values_[at];
    if (source_.substr(value.span.offset, value.span.length).find('\\') == std::string_view::npos) return;
    const std::string_view text = values_.text(value.text);
    std::vector<std::uint32_t> begins;
    for (std::size_t i = 0; i < text.size();) {
      const diag::CodePoint c = diag::decode_utf8(text, i);
      if (!is_allowed_character(c.value)) {
        // YAML has other escapes than JSON.
        const bool known = tree_.syntax == diag::Syntax::json;
        if (known && begins.empty()) begins = begins_of(source_, value.span, text);
        const Span place = known ? Span{begins[i], begins[i + c.length] - begins[i]} : value.span;
        faults_.add(Code::E0104, place,
                    fmt::format("the control character U+{:04X} is not allowed", static_cast<unsigned>(c.value)),
                    {"remove it; of control characters only \\t, \\n and \\r may stand in a text"});
      }
      i += c.length;
    }
  }

  const JsonValues& values_;
  std::string_view source_;
  Tree& tree_;
  Faults& faults_;
  std::size_t nodes_ = 0;
  Tree::Piece names_[static_cast<std::size_t>(Type::count)];
};

}  // namespace

std::optional<Tree> parse_json(const diag::SourceText& source, Faults& faults) {
  JsonValues values;
  if (!values.parse(source, faults)) return {};
  Tree tree;
  tree.syntax = diag::Syntax::json;
  add_values(values, source.bytes(), tree, faults);
  return tree;
}

std::size_t add_values(const JsonValues& values, std::string_view source, Tree& tree, Faults& faults) {
  return TreeOfJson(values, source, tree, faults).run();
}

namespace {

// Elsewhere a string is characters alone.
bool stands_in_parts(const JsonValues& values, JsonValue::Index at) {
  while (values[at].parent != JsonValue::none && values[at].parent != 0) at = values[at].parent;
  return values.text(values[at].key) == "parts";
}

}  // namespace

void each_json_text(const diag::SourceText& source, const diag::TextVisitor& visit) {
  Faults told_already;
  JsonValues values;
  if (!values.parse(source, told_already)) return;
  for (JsonValue::Index i = 0; i < values.size(); ++i) {
    const JsonValue& value = values[i];
    if (value.kind != Json::string) continue;
    const std::string_view text = values.text(value.text);
    std::vector<std::uint32_t> begins = begins_of(source.bytes(), value.span, text);
    if (text.find_first_of("<&") == std::string_view::npos || !stands_in_parts(values, i)) {
      visit(text, begins, false);
      continue;
    }
    begins.pop_back();
    for (const PlacedText& piece : texts_of_markup({std::string(text), std::move(begins)}))
      visit(piece.text, piece.begins, false);
  }
}

}  // namespace epitome::reader
