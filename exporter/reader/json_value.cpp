#include "reader/json_value.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <string>
#include <utility>

#include "diag/limits.hpp"
#include "diag/utf8.hpp"
#include "reader/well_formed.hpp"

namespace epitome::reader {

using diag::Code;
using diag::Span;
using simdjson::error_code;

namespace {

// simdjson keeps four bytes for each sign of the whole source. What lies behind the first value beyond a limit is cut
// off before: there reading ends. `values`: how many there are, or one more than may be.
simdjson::padded_string what_is_read(std::string_view bytes, std::size_t start, std::size_t& values) {
  std::size_t depth = 0;
  bool token = false, in_string = false;  // a scalar that may be a key
  for (std::size_t i = start; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
      continue;
    }
    switch (c) {
      case '"':
        in_string = token = true;
        break;
      case ':':
        token = false;
        break;
      case '[':
      case '{':
        ++values;
        ++depth;
        break;
      case ']':
      case '}':
        depth -= depth > 0 ? 1 : 0;
        [[fallthrough]];
      case ',':
        values += std::exchange(token, false) ? 1 : 0;
        break;
      default:
        token = token || !is_space(c);
    }
    // The parser asks that an object is closed before it reads it.
    if (values <= limits::nodes && depth <= limits::nesting) continue;
    simdjson::padded_string cut(i + 2 - start);
    std::copy_n(bytes.data() + start, i + 1 - start, cut.data());
    cut.data()[i + 1 - start] = '}';
    return cut;
  }
  return simdjson::padded_string(bytes.substr(start));
}

}  // namespace

// simdjson's names for what may stand in the source are the same as ours: it alone is meant by `ondemand`.
class JsonParser {
 public:
  JsonParser(const std::string& bytes, Faults& faults, JsonValues& out)
      : bytes_(bytes),
        start_(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0),
        padded_(what_is_read(bytes, start_, expected_)),
        faults_(faults),
        out_(out) {}

  bool run(JsonValues::Root due) {
    out_.values_.reserve(expected_);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    if (const error_code error = parser.iterate(padded_).get(document)) return whole_fault(error);
    simdjson::ondemand::json_type type{};
    if (const error_code error = document.type().get(type)) return fault(document, error);
    const bool array = due == JsonValues::Root::any && type == simdjson::ondemand::json_type::array;
    if (type != simdjson::ondemand::json_type::object && !array) {
      faults_.add(Code::E0214, {static_cast<std::uint32_t>(first_behind(0)), 1},
                  "a source document in JSON is an object", {"write {\"version\": \"1\", \"lang\": …}"});
      return false;
    }
    simdjson::ondemand::value root;
    if (const error_code error = document.get_value().get(root)) return fault(document, error);
    if (!value(document, root, JsonValue::none, {}, {})) return false;
    const std::size_t rest = first_behind(out_.values_.front().end);
    if (rest < bytes_.size()) return is_comment(rest) ? comment(rest) : behind(rest);
    return true;
  }

 private:
  using Document = simdjson::ondemand::document;

  std::uint32_t offset_of(const char* at) const {
    return static_cast<std::uint32_t>(static_cast<std::size_t>(at - padded_.data()) + start_);
  }
  std::size_t first_behind(std::size_t at) const {
    at = std::max(at, start_);
    while (at < bytes_.size() && is_space(bytes_[at])) ++at;
    return at;
  }

  // ---- values -------------------------------------------------------------------------------------

  bool value(Document& document, simdjson::ondemand::value& given, JsonValue::Index parent, Span key_span,
             Tree::Piece key) {
    using simdjson::ondemand::json_type;
    json_type type{};
    if (const error_code error = given.type().get(type)) return fault(document, error);
    const std::uint32_t from = offset_of(given.raw_json_token().data());
    if (out_.values_.size() == limits::nodes) {
      faults_.add(Code::E0109, {from, 1}, fmt::format("the input has more than {} values", limits::nodes),
                  {"no summary needs as many: is it another file?"});
      return false;
    }
    const JsonValue::Index own = add(parent, key_span, key);
    switch (type) {
      case json_type::object:
        return deeper(from) && object(document, given, own, from);
      case json_type::array:
        return deeper(from) && array(document, given, own, from);
      case json_type::string:
        return string(document, given, own, from);
      case json_type::number: {
        simdjson::ondemand::number number;
        if (const error_code error = given.get_number().get(number)) return fault(document, error, from);
        return token(own, JsonValue::Kind::number, from);
      }
      case json_type::boolean: {
        bool truth = false;
        if (const error_code error = given.get_bool().get(truth)) return fault(document, error, from);
        return token(own, JsonValue::Kind::truth, from);
      }
      case json_type::null: {
        // What begins with n and is something else is an error or "no", as it happens.
        bool is_null = false;
        if (given.is_null().get(is_null) != simdjson::SUCCESS || !is_null)
          return told(from, "this is no JSON value", {"strings stand in double quotation marks"});
        return token(own, JsonValue::Kind::null, from);
      }
    }
    return false;
  }

  JsonValue::Index add(JsonValue::Index parent, Span key_span, Tree::Piece key) {
    const auto own = static_cast<JsonValue::Index>(out_.values_.size());
    JsonValue made;
    made.parent = parent;
    made.key_span = key_span;
    made.key = key;
    if (parent != JsonValue::none) {
      JsonValue& around = out_.values_[parent];
      if (around.first == JsonValue::none) {
        around.first = own;
      } else {
        JsonValue& before = out_.values_[last_.back()];
        before.next = own;
        made.position = before.position + 1;
      }
      last_.back() = own;
    }
    out_.values_.push_back(made);
    return own;
  }

  bool deeper(std::uint32_t from) {
    if (last_.size() < limits::nesting) return true;
    faults_.add(Code::E0105, {from, 1}, fmt::format("values are nested more than {} deep", limits::nesting),
                {"no text needs as many"});
    return false;
  }

  bool object(Document& document, simdjson::ondemand::value& given, JsonValue::Index own, std::uint32_t from) {
    out_.values_[own].kind = JsonValue::Kind::object;
    out_.values_[own].span = {from, 1};
    simdjson::ondemand::object members;
    if (const error_code error = given.get_object().get(members)) return fault(document, error);
    last_.push_back(JsonValue::none);
    for (auto member : members) {
      simdjson::ondemand::field field;
      if (const error_code error = std::move(member).get(field)) return fault(document, error);
      const std::uint32_t begin = offset_of(field.key().raw());
      std::string_view key;
      if (const error_code error = field.unescaped_key().get(key)) return string_fault(begin, error);
      const Span key_span = {begin, end_of_string(begin) - begin};
      simdjson::ondemand::value inside = field.value();
      if (!value(document, inside, own, key_span, keep(key))) return false;
    }
    return closed(document, own, '}');
  }

  bool array(Document& document, simdjson::ondemand::value& given, JsonValue::Index own, std::uint32_t from) {
    out_.values_[own].kind = JsonValue::Kind::array;
    out_.values_[own].span = {from, 1};
    simdjson::ondemand::array entries;
    if (const error_code error = given.get_array().get(entries)) return fault(document, error);
    last_.push_back(JsonValue::none);
    for (auto entry : entries) {
      simdjson::ondemand::value inside;
      if (const error_code error = static_cast<decltype(entry)&&>(entry).get(inside)) return fault(document, error);
      if (!value(document, inside, own, {}, {})) return false;
    }
    return closed(document, own, ']');
  }

  // The bracket behind the last thing inside.
  bool closed(Document& document, JsonValue::Index own, char bracket) {
    const JsonValue::Index last = last_.back();
    last_.pop_back();
    const std::size_t at =
        first_behind(last == JsonValue::none ? out_.values_[own].span.offset + std::size_t{1} : out_.values_[last].end);
    if (at >= bytes_.size() || bytes_[at] != bracket) return fault(document, simdjson::TAPE_ERROR);
    out_.values_[own].end = static_cast<std::uint32_t>(at + 1);
    return true;
  }

  bool string(Document& document, simdjson::ondemand::value& given, JsonValue::Index own, std::uint32_t from) {
    std::string_view text;
    if (const error_code error = given.get_string().get(text))
      return error == simdjson::STRING_ERROR ? string_fault(from + 1, error) : fault(document, error);
    const std::uint32_t end = end_of_string(from + 1);
    JsonValue& made = out_.values_[own];
    made.kind = JsonValue::Kind::string;
    made.span = {from + 1, end - from - 1};
    made.end = end + 1;
    made.text = keep(text);
    return true;
  }

  bool token(JsonValue::Index own, JsonValue::Kind kind, std::uint32_t from) {
    std::size_t end = from;
    while (end < bytes_.size() && !is_space(bytes_[end]) && bytes_[end] != ',' && bytes_[end] != ']' &&
           bytes_[end] != '}')
      ++end;
    JsonValue& made = out_.values_[own];
    made.kind = kind;
    made.span = {from, static_cast<std::uint32_t>(end - from)};
    made.end = static_cast<std::uint32_t>(end);
    made.text = keep(std::string_view(bytes_).substr(from, end - from));
    return true;
  }

  Tree::Piece keep(std::string_view text) {
    const auto from = static_cast<std::uint32_t>(out_.characters_.size());
    out_.characters_ += text;
    return {from, static_cast<std::uint32_t>(text.size())};
  }

  // Of the string whose first character is at `begin`: its closing quotation mark.
  std::uint32_t end_of_string(std::size_t begin) const {
    while (begin < bytes_.size() && bytes_[begin] != '"') begin += bytes_[begin] == '\\' ? 2 : 1;
    return static_cast<std::uint32_t>(std::min(begin, bytes_.size()));
  }

  // ---- faults -------------------------------------------------------------------------------------

  bool told(std::size_t at, std::string message, std::vector<std::string> hints) {
    const std::size_t length = at < bytes_.size() ? diag::decode_utf8(bytes_, at).length : 0;
    faults_.add(Code::E0110, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(length)}, std::move(message),
                std::move(hints));
    return false;
  }

  // An escape that stands for nothing.
  bool string_fault(std::size_t begin, error_code) {
    const std::size_t end = end_of_string(begin);
    for (std::size_t at = begin; at < end;) {
      if (bytes_[at] != '\\') {
        ++at;
      } else if (const std::size_t length = escape(at, end); length != 0) {
        at += length;
      } else {
        const bool unit = bytes_[at + 1] == 'u';
        return told(at, unit ? "this escape is half a character, or none" : "this escape means nothing",
                    {unit ? "characters beyond U+FFFF are two escapes, \\uD83D\\uDD25, or stand for themselves"
                          : "a backslash itself is \\\\; escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with "
                            "four digits"});
      }
    }
    return told(begin, "this string is not valid", {});
  }
  // The bytes of a valid escape; 0 of another.
  std::size_t escape(std::size_t at, std::size_t end) const {
    if (at + 1 >= end) return 0;
    if (bytes_[at + 1] != 'u') return std::string_view("\"\\/bfnrt").find(bytes_[at + 1]) != std::string::npos ? 2 : 0;
    const int unit = code_unit(at, end);
    if (unit < 0 || (unit >= 0xDC00 && unit < 0xE000)) return 0;
    if (unit < 0xD800 || unit >= 0xE000) return 6;
    const int low = code_unit(at + 6, end);
    return low >= 0xDC00 && low < 0xE000 ? 12 : 0;
  }
  int code_unit(std::size_t at, std::size_t end) const {
    if (at + 6 > end || bytes_[at] != '\\' || bytes_[at + 1] != 'u') return -1;
    int value = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
      const char c = bytes_[i];
      const char lower = static_cast<char>(c | 0x20);
      if (c >= '0' && c <= '9') {
        value = value * 16 + (c - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        value = value * 16 + (lower - 'a' + 10);
      } else {
        return -1;
      }
    }
    return value;
  }

  // Of the input as a whole: simdjson looks at all strings first and says no place.
  bool whole_fault(error_code error) {
    bool inside = false;
    std::size_t opened = 0;
    for (std::size_t at = start_; at < bytes_.size(); ++at) {
      const char c = bytes_[at];
      if (!inside) {
        inside = c == '"';
        opened = at;
      } else if (c == '"') {
        inside = false;
      } else if (c == '\\') {
        ++at;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        return told(at, "a line's end or another control character stands in a string",
                    {c == '\n' || c == '\r' ? "write \\n, or end the string: a quotation mark may be missing before"
                                            : "write it as an escape: \\t"});
      }
    }
    if (inside) return told(opened, "this string is not closed", {"the input ends in it: was it cut off?"});
    if (first_behind(start_) >= bytes_.size()) {
      faults_.add(Code::E0110, {}, "the input holds no value", {"a source document in JSON is an object"});
      return false;
    }
    return told(first_behind(start_), fmt::format("the input is no JSON: {}", simdjson::error_message(error)), {});
  }

  // Where simdjson stopped, or at `from`, what stands there says what is wrong.
  bool fault(Document& document, error_code error, std::size_t from = std::string::npos) {
    const char* stopped = nullptr;
    if (from == std::string::npos && document.current_location().get(stopped) == simdjson::SUCCESS)
      from = offset_of(stopped);
    if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT || from >= bytes_.size()) return cut_off();
    const std::size_t at = first_behind(from);
    if (at >= bytes_.size()) return cut_off();
    // Outside of strings: behind what came last.
    std::size_t before = at;
    while (before > start_ && is_space(bytes_[before - 1])) --before;
    const char c = bytes_[at], last = before > start_ ? bytes_[before - 1] : '\0';
    if ((c == '}' || c == ']') && last == ',')
      return told(before - 1, fmt::format("a comma stands before '{}'", c), {"remove it: nothing follows"});
    if (c == '\'') return told(at, "a string stands in single quotation marks", {"JSON has double ones: \"…\""});
    const std::string_view rest = std::string_view(bytes_).substr(at);
    for (const std::string_view mark : {"“", "”", "„", "«", "‘", "’"})
      if (rest.starts_with(mark))
        return told(at, "a string stands in curled quotation marks", {"JSON has straight ones: \"…\""});
    if (rest.starts_with("```")) return told(at, "this is the fence of a block of code", {"take the lines ``` away"});
    constexpr std::pair<std::string_view, std::string_view> words[] = {{"True", "true"},      {"False", "false"},
                                                                       {"None", "null"},      {"NaN", "null"},
                                                                       {"undefined", "null"}, {"Infinity", "null"}};
    for (const auto& [word, meant] : words)
      if (rest.starts_with(word))
        return told(at, fmt::format("JSON has no {}", word), {fmt::format("write {}", meant)});
    if (is_comment(at)) return comment(at);
    if (at == first_behind(start_))
      return told(at, "a text stands before the document", {"take it away: a document begins with {"});
    std::size_t end = at;
    while (end < bytes_.size() && (is_ascii_letter(bytes_[end]) || bytes_[end] == '_')) ++end;
    if (const std::size_t next = first_behind(end); end != at && next < bytes_.size() && bytes_[next] == ':')
      return told(at, "a key stands without quotation marks", {fmt::format("write \"{}\"", rest.substr(0, end - at))});
    if (c == '"' && last != ',' && last != '{' && last != '[' && last != ':')
      return told(at, "a comma is missing before this", {"members and entries are parted by commas"});
    if (error == simdjson::NUMBER_ERROR) return told(at, "this is no number of JSON", {"text stands in \"…\""});
    return told(at, "this is not expected here",
                {"members are \"key\": value, parted by commas; values are \"…\", [ … ], { … }, numbers, true, false "
                 "and null"});
  }
  static bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  bool is_comment(std::size_t at) const { return bytes_[at] == '/' || bytes_[at] == '#'; }
  bool comment(std::size_t at) {
    return told(at, "JSON has no comments", {"remove it; epitome convert reads JSON with comments"});
  }
  bool behind(std::size_t at) {
    const bool fence = bytes_.compare(at, 3, "```") == 0;
    return told(
        at, fence ? "the fence of a block of code stands behind the document" : "something stands behind the document",
        {fence ? "take the lines ``` away" : "take it away: a document is one object"});
  }
  bool cut_off() {
    std::size_t end = bytes_.size();
    while (end > start_ && is_space(bytes_[end - 1])) --end;
    return told(end > 0 ? end - 1 : 0, "the input ends before the document does",
                {"a bracket is missing: was it cut off?"});
  }

  const std::string& bytes_;
  std::size_t start_, expected_ = 0;
  simdjson::padded_string padded_;
  Faults& faults_;
  JsonValues& out_;
  std::vector<JsonValue::Index> last_;  // of each open array and object, what was added last
};

bool JsonValues::parse(const diag::SourceText& source, Faults& faults, Root root) {
  if (std::string bytes = source.bytes(); !check_bytes(bytes, faults)) return false;
  return JsonParser(source.bytes(), faults, *this).run(root);
}

std::string JsonValues::pointer(std::uint32_t offset) const {
  const auto begin = [](const JsonValue& v) { return v.key_span.length != 0 ? v.key_span.offset : v.span.offset; };
  const auto behind = std::upper_bound(values_.begin(), values_.end(), offset,
                                       [&](std::uint32_t at, const JsonValue& v) { return at < begin(v); });
  if (behind == values_.begin()) return {};
  auto at = static_cast<Index>(behind - values_.begin() - 1);
  // A value that is not whole has no end: a fault lies in it.
  while (values_[at].parent != JsonValue::none && values_[at].end != 0 && offset >= values_[at].end)
    at = values_[at].parent;
  std::string out;
  for (; values_[at].parent != JsonValue::none; at = values_[at].parent) {
    const JsonValue& value = values_[at];
    std::string step = "/";
    if (values_[value.parent].kind == JsonValue::Kind::array) {
      step += std::to_string(value.position);
    } else {
      for (const char c : text(value.key)) step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    out.insert(0, step);
  }
  return out;
}

std::vector<std::uint32_t> begins_of(std::string_view source, Span span, std::string_view text) {
  std::vector<std::uint32_t> begins;
  begins.reserve(text.size() + 1);
  std::size_t at = span.offset;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = diag::decode_utf8(text, i).length;
    begins.resize(i + length, static_cast<std::uint32_t>(at));
    // Two escapes write a character beyond U+FFFF.
    at += source[at] != '\\' ? length : source[at + 1] != 'u' ? 2 : length == 4 ? 12 : 6;
    i += length;
  }
  begins.push_back(span.offset + span.length);
  return begins;
}

}  // namespace epitome::reader
