// The one file that sees libfyaml.
#include "reader/front_matter.hpp"

#include <fmt/format.h>
#include <libfyaml.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "diag/limits.hpp"
#include "diag/utf8.hpp"

namespace epitome::reader {

using diag::Code;
using diag::Span;

namespace {

// The end of the line at `from`, behind its newline.
std::size_t next_line(std::string_view bytes, std::size_t from) {
  const std::size_t end = bytes.find('\n', from);
  return end == std::string_view::npos ? bytes.size() : end + 1;
}

bool is_fence(std::string_view bytes, std::size_t from) {
  std::string_view line = bytes.substr(from, next_line(bytes, from) - from);
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  return line == "---";
}

}  // namespace

FrontMatter front_matter_of(std::string_view bytes) {
  FrontMatter out;
  const std::size_t start = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  out.body = start;
  if (!is_fence(bytes, start)) return out;
  out.begin = next_line(bytes, start);
  for (std::size_t at = out.begin; at < bytes.size(); at = next_line(bytes, at)) {
    if (!is_fence(bytes, at)) continue;
    out.present = true;
    out.end = at;
    out.body = next_line(bytes, at);
    return out;
  }
  return out;
}

// libfyaml's events to values.
class YamlParser {
 public:
  YamlParser(std::string_view bytes, const FrontMatter& place, JsonValues& out, Faults& faults)
      : yaml_(bytes.substr(place.begin, place.end - place.begin)), base_(place.begin), out_(out), faults_(faults) {}

  bool run() {
    if (yaml_.size() > limits::front_matter)
      return told({static_cast<std::uint32_t>(base_), 3}, "the front matter is larger than 64 kB",
                  {"it holds the work and the edition alone"});
    fy_diag_cfg messages{};
    fy_diag_cfg_default(&messages);
    messages.fp = nullptr;
    messages.colorize = false;
    const std::unique_ptr<fy_diag, decltype(&fy_diag_destroy)> diag(fy_diag_create(&messages), fy_diag_destroy);
    fy_diag_set_collect_errors(diag.get(), true);
    fy_parse_cfg settings{};
    // Twice the same key is ours to tell.
    settings.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_ALLOW_DUPLICATE_KEYS);
    settings.diag = diag.get();
    const std::unique_ptr<fy_parser, decltype(&fy_parser_destroy)> parser(fy_parser_create(&settings),
                                                                          fy_parser_destroy);
    fy_parser_set_string(parser.get(), yaml_.data(), yaml_.size());
    bool good = true;
    while (good) {
      fy_event* const event = fy_parser_parse(parser.get());
      if (event == nullptr) break;
      good = take(*event);
      fy_parser_event_free(parser.get(), event);
    }
    if (!good) return false;
    if (fy_parser_get_stream_error(parser.get())) return syntax_fault(*diag);
    if (out_.values_.empty() || out_.values_.front().kind != JsonValue::Kind::object)
      return told({static_cast<std::uint32_t>(base_), 0}, "the front matter holds no keys",
                  {"write work and edition: see the template of epitome init"});
    return true;
  }

 private:
  bool told(Span span, std::string message, std::vector<std::string> hints) {
    faults_.add(Code::E0111, span, std::move(message), std::move(hints));
    return false;
  }

  bool syntax_fault(fy_diag& diag) {
    void* at = nullptr;
    const fy_diag_error* const error = fy_diag_errors_iterate(&diag, &at);
    if (error == nullptr) return told({static_cast<std::uint32_t>(base_), 0}, "this is no YAML", {});
    // Lines and columns are counted from 1, columns in characters.
    std::size_t offset = 0;
    for (int line = 1; line < error->line; ++line) offset = next_line(yaml_, offset);
    for (int column = 1; column < error->column && offset < yaml_.size() && yaml_[offset] != '\n'; ++column)
      offset += diag::decode_utf8(yaml_, offset).length;
    offset = std::min(offset, yaml_.size());
    return told({static_cast<std::uint32_t>(base_ + offset), 1}, fmt::format("this is no YAML: {}", error->msg),
                {std::string_view(error->msg).find("tab") != std::string_view::npos
                     ? "YAML is indented by spaces"
                     : "a text with ': ' or a sign at its beginning stands in quotation marks"});
  }

  Span place(fy_event& event) const {
    const fy_mark* const from = fy_event_start_mark(&event);
    const fy_mark* const to = fy_event_end_mark(&event);
    // An empty value has no place of its own: it stands behind its key.
    if (from == nullptr || to == nullptr) return {key_span_.offset + key_span_.length, 0};
    const std::size_t begin = std::min(from->input_pos, yaml_.size());
    const std::size_t end = std::clamp(to->input_pos, begin, yaml_.size());
    return {static_cast<std::uint32_t>(base_ + begin), static_cast<std::uint32_t>(end - begin)};
  }

  bool take(fy_event& event) {
    const auto refused = [&](const char* what, fy_token* token = nullptr) {
      const fy_mark* const at = token == nullptr ? nullptr : fy_token_start_mark(token);
      const Span there = at == nullptr ? place(event) : Span{static_cast<std::uint32_t>(base_ + at->input_pos), 1};
      return told(there, fmt::format("{} is not allowed in front matter", what), {"write the value itself"});
    };
    if (event.type == FYET_ALIAS) return refused("an alias");
    if (fy_token* const token = fy_event_get_anchor_token(&event)) return refused("an anchor", token);
    if (fy_token* const token = fy_event_get_tag_token(&event)) return refused("a tag", token);
    switch (event.type) {
      case FYET_DOCUMENT_START:
        if (!out_.values_.empty()) return refused("a second document");
        return true;
      case FYET_MAPPING_START:
      case FYET_SEQUENCE_START:
        return open(event, event.type == FYET_MAPPING_START ? JsonValue::Kind::object : JsonValue::Kind::array);
      case FYET_MAPPING_END:
      case FYET_SEQUENCE_END:
        out_.values_[open_.back().own].end = place(event).offset;
        open_.pop_back();
        return true;
      case FYET_SCALAR:
        return scalar(event);
      default:
        return true;
    }
  }

  // A key is due next.
  bool key_is_due() const { return !open_.empty() && open_.back().is_mapping && !has_key_; }

  bool open(fy_event& event, JsonValue::Kind kind) {
    const Span span = place(event);
    if (key_is_due()) return told(span, "a key is not a text", {"write key: value"});
    if (open_.size() >= limits::nesting)
      return told(span, fmt::format("values are nested more than {} deep", limits::nesting), {});
    const JsonValue::Index own = add(span);
    out_.values_[own].kind = kind;
    open_.push_back({own, JsonValue::none, kind == JsonValue::Kind::object});
    return true;
  }

  bool scalar(fy_event& event) {
    fy_token* const token = fy_event_get_token(&event);
    std::size_t length = 0;
    const char* const characters = token == nullptr ? nullptr : fy_token_get_text(token, &length);
    const std::string_view text(characters == nullptr ? "" : characters, characters == nullptr ? 0 : length);
    const Span span = place(event);
    for (std::size_t i = 0; i < text.size();) {
      const diag::CodePoint c = diag::decode_utf8(text, i);
      if (!c.valid) return told(span, "an escape writes no character", {"write the character itself"});
      i += c.length;
    }
    if (key_is_due()) {
      key_span_ = span;
      key_ = keep(text);
      has_key_ = true;
      return true;
    }
    const JsonValue::Index own = add(span);
    const bool plain = token == nullptr || fy_scalar_token_get_style(token) == FYSS_PLAIN ||
                       fy_scalar_token_get_style(token) == FYSS_ANY;
    JsonValue& made = out_.values_[own];
    made.kind =
        plain && (text.empty() || text == "~" || text == "null") ? JsonValue::Kind::null : JsonValue::Kind::string;
    made.end = span.offset + span.length;
    made.text = keep(text);
    if (plain && is_curled(text))
      faults_.add(Code::W0113, span, "curled quotation marks are part of this value: YAML's own are straight",
                  {fmt::format("write \"…\" or leave them away; if they are meant, write '{}'", text)});
    return true;
  }
  // What an editor makes of "…".
  static bool is_curled(std::string_view text) {
    const auto among = [&](auto has) {
      constexpr std::string_view marks[] = {"“", "”", "„", "‘", "’"};
      return std::any_of(std::begin(marks), std::end(marks), has);
    };
    return text.size() > 6 && among([&](std::string_view one) { return text.starts_with(one); }) &&
           among([&](std::string_view one) { return text.ends_with(one); });
  }

  JsonValue::Index add(Span span) {
    const auto own = static_cast<JsonValue::Index>(out_.values_.size());
    JsonValue made;
    made.span = span;
    if (!open_.empty()) {
      Open& around = open_.back();
      made.parent = around.own;
      if (around.is_mapping) {
        made.key_span = key_span_;
        made.key = key_;
        has_key_ = false;
      }
      if (around.last == JsonValue::none) {
        out_.values_[around.own].first = own;
      } else {
        out_.values_[around.last].next = own;
        made.position = out_.values_[around.last].position + 1;
      }
      around.last = own;
    }
    out_.values_.push_back(made);
    return own;
  }

  Tree::Piece keep(std::string_view text) {
    const auto from = static_cast<std::uint32_t>(out_.characters_.size());
    out_.characters_ += text;
    return {from, static_cast<std::uint32_t>(text.size())};
  }

  struct Open {
    JsonValue::Index own, last;
    bool is_mapping;
  };
  std::string_view yaml_;
  std::size_t base_;
  JsonValues& out_;
  Faults& faults_;
  std::vector<Open> open_;
  Span key_span_;
  Tree::Piece key_;
  bool has_key_ = false;
};

bool parse_yaml(std::string_view bytes, const FrontMatter& place, JsonValues& values, Faults& faults) {
  return YamlParser(bytes, place, values, faults).run();
}

}  // namespace epitome::reader
