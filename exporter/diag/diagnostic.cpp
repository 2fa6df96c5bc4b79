#include "diag/diagnostic.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "diag/utf8.hpp"

namespace epitome::diag {

Sink::Kind& Sink::kind(Code code) {
  const auto known = std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& k) { return k.code == code; });
  return known != kinds_.end() ? *known : kinds_.emplace_back(Kind{code});
}

void Sink::report(Code code, Span span, std::string message, std::vector<std::string> hints) {
  Kind& of_code = kind(code);
  if (of_code.told == limits::told) return leave_out(code, span, 1);
  ++of_code.told;
  const Severity severity = severity_of(code);
  tally(severity, 1);
  diagnostics_.push_back({severity, code, span, std::move(message), std::move(hints)});
}

void Sink::tally(Severity severity, std::size_t by) {
  if (severity == Severity::error) errors_ += by;
  if (severity == Severity::warning) warnings_ += by;
}

void Sink::leave_out(Code code, Span span, std::size_t count) {
  Kind& of_code = kind(code);
  const Severity severity = severity_of(code);
  tally(severity, count);
  if (of_code.left_out == 0) {
    of_code.summary = diagnostics_.size();
    diagnostics_.push_back({severity, code, span, {}, {}});
  }
  of_code.left_out += count;
  diagnostics_[of_code.summary].message = fmt::format("… and {} more of this kind", of_code.left_out);
}

void Sink::append(const Sink& other) {
  for (std::size_t i = 0; i < other.diagnostics_.size(); ++i) {
    const Diagnostic& d = other.diagnostics_[i];
    const auto summary = std::find_if(other.kinds_.begin(), other.kinds_.end(),
                                      [&](const Kind& k) { return k.left_out != 0 && k.summary == i; });
    if (summary != other.kinds_.end()) {
      leave_out(d.code, d.span, summary->left_out);
    } else {
      report(d.code, d.span, d.message, d.hints);
    }
  }
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (c.value == '"' || c.value == '\\') {
      out += '\\';
      out += static_cast<char>(c.value);
    } else if (c.value < 0x20 || c.value == 0x7F) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c.value));
    } else {
      append_utf8(out, c.value);
    }
    at += c.length;
  }
  return out + '"';
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

namespace {

// Never sent to a terminal as they are: control characters, and those that turn the line around.
bool is_hidden(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
  if (c < 0x2000) return false;
  return c == 0x2028 || c == 0x2029 || c == 0xFEFF || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

constexpr std::size_t tab_width = 4;
// A paragraph is often one long line: at most about this many columns of it are shown.
constexpr std::size_t window = 96;
constexpr std::size_t window_before = 40;
// Bytes before and behind the span's start that can reach into the window: more are not looked at, for
// a line may be the whole input.
constexpr std::size_t reach_before = 512, reach_behind = 1024;

// A character of the printed line: what is written, its width, and whether it lies in the span.
struct Glyph {
  std::string text;
  std::size_t width = 1;
  bool marked = false;
};

// The source line and the underline below it, both after the same margin.
std::string excerpt(const Span& span, const SourceText& source, const Place& place) {
  const std::string_view line = source.line(place.line);
  const std::size_t line_start = static_cast<std::size_t>(line.data() - source.bytes().data());
  const std::size_t from = span.offset;
  const std::size_t to = std::max<std::size_t>(span.offset + std::size_t{span.length}, from + 1);

  const std::size_t mark = std::min(from - line_start, line.size());
  std::size_t at = mark > reach_before ? mark - reach_before : 0;
  while (at > 0 && at < mark && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) ++at;
  const bool cut_before = at > 0;
  const std::size_t stop = std::min(line.size(), mark + reach_behind);
  std::vector<Glyph> glyphs;
  std::size_t column = 0, first = 0;
  bool found = false;
  while (at < stop) {
    const CodePoint c = decode_utf8(line, at);
    const std::size_t offset = line_start + at;
    Glyph glyph{std::string(line.substr(at, c.length)), 1, offset >= from && offset < to};
    if (c.value == '\t') {
      glyph.width = tab_width - column % tab_width;
      glyph.text.assign(glyph.width, ' ');
    } else if (!c.valid || is_hidden(c.value)) {
      glyph.text = "\xEF\xBF\xBD";
    } else {
      glyph.width = columns(c.value);
    }
    if (glyph.marked && !found) first = glyphs.size(), found = true;
    column += glyph.width;
    at += c.length;
    glyphs.push_back(std::move(glyph));
  }
  if (!found) {  // the place is after the line's last character
    first = glyphs.size();
    glyphs.push_back({" ", 1, true});
  }

  std::size_t begin = 0, end = glyphs.size();
  if (column > window) {
    std::size_t before = 0;
    for (begin = first; begin > 0 && before < window_before; --begin) before += glyphs[begin - 1].width;
    std::size_t shown = 0;
    for (end = begin; end < glyphs.size() && shown < window; ++end) shown += glyphs[end].width;
  }

  const std::string number = std::to_string(place.line);
  std::string text = fmt::format("  {} | ", number), under = fmt::format("  {} | ", std::string(number.size(), ' '));
  if (begin > 0 || cut_before) text += "… ", under += "  ";
  bool caret = false;
  for (std::size_t i = begin; i < end; ++i) {
    text += glyphs[i].text;
    if (glyphs[i].marked && !caret) {
      under += '^';
      under.append(glyphs[i].width > 1 ? glyphs[i].width - 1 : 0, '~');
      caret = true;
    } else {
      under.append(glyphs[i].width, glyphs[i].marked ? '~' : ' ');
    }
  }
  if (end < glyphs.size() || stop < line.size()) text += " …";
  for (std::string* s : {&text, &under}) s->erase(s->find_last_not_of(' ') + 1);
  return text + "\n" + under + "\n";
}

std::string render_json(const Diagnostic& d, const SourceText& source, const Place& place) {
  const Place end = source.place(d.span.offset + d.span.length);
  std::string out = fmt::format(
      R"({{"file":{},"line":{},"column":{},"end_line":{},"end_column":{},"offset":{},"length":{},"severity":"{}","code":"{}","message":{},"hints":[)",
      json_string(source.name()), place.line, place.column, end.line, end.column, d.span.offset, d.span.length,
      severity_name(d.severity), code_name(d.code), json_string(d.message));
  for (std::size_t i = 0; i < d.hints.size(); ++i) {
    if (i != 0) out += ',';
    out += json_string(d.hints[i]);
  }
  out += ']';
  if (!d.pointer.empty()) out += ",\"pointer\":" + json_string(d.pointer);
  return out + "}\n";
}

// A relative reference of RFC 3986 to a file.
std::string uri_of(std::string_view name) {
  constexpr std::string_view plain = "-._~/";
  std::string out;
  for (const char c : name) {
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

// SARIF 2.1.0, 3.27; columns are counted in code points (3.14.17).
std::string render_sarif(const Diagnostic& d, const SourceText& source, const Place& place) {
  const Place end = source.place(d.span.offset + d.span.length);
  std::string text = d.message;
  for (const std::string& hint : d.hints) text += "\nHint: " + hint;
  std::string where;
  if (d.span != Span{})
    where = fmt::format(R"(,"region":{{"startLine":{},"startColumn":{},"endLine":{},"endColumn":{}}})", place.line,
                        place.column, end.line, end.column);
  std::string logical;
  if (!d.pointer.empty())
    logical = fmt::format(R"(,"logicalLocations":[{{"fullyQualifiedName":{}}}])", json_string(d.pointer));
  return fmt::format(
      R"({{"ruleId":"{}","level":"{}","message":{{"text":{}}},"locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":{}}}{}}}{}}}]}})",
      code_name(d.code), severity_name(d.severity), json_string(text), json_string(uri_of(source.name())), where,
      logical);
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    append_utf8(out, is_hidden(c.value) ? U'\xFFFD' : c.value);
    at += c.length;
  }
  return out;
}

std::size_t columns(char32_t c) {
  if (c < 0x300) return 1;
  const auto code_point = static_cast<UChar32>(c);
  const auto category = u_charType(code_point);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) return 0;
  const int width = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::string render(const Diagnostic& d, const SourceText& source, Format format) {
  const Place place = source.place(d.span.offset);
  if (format == Format::json) return render_json(d, source, place);
  if (format == Format::sarif) return render_sarif(d, source, place);
  const bool whole = d.span == Span{};
  std::string out = visible(source.name());
  if (!whole) fmt::format_to(std::back_inserter(out), ":{}:{}", place.line, place.column);
  fmt::format_to(std::back_inserter(out), ": {}[{}]: {}", severity_name(d.severity), code_name(d.code),
                 visible(d.message));
  if (!d.pointer.empty()) fmt::format_to(std::back_inserter(out), " (at {})", visible(d.pointer));
  out += '\n';
  if (format == Format::brief) return out;
  if (!whole) out += excerpt(d.span, source, place);
  for (const std::string& hint : d.hints) out += "  hint: " + visible(hint) + "\n";
  return out;
}

}  // namespace epitome::diag
