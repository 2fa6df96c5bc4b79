#include "proof/ignores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace epitome::proof {

using diag::Code;

namespace {

constexpr std::string_view line_form = "write CODE | TEXT | REASON: W0411 | knock knock | He knocks twice.";

bool is_blank_byte(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank_byte(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank_byte(text.back())) text.remove_suffix(1);
  return text;
}

bool is_told(std::string_view code) {
  static constexpr std::string_view known[] = {
#define X(name, category, summary) #name,
      EPITOME_CODES(X)
#undef X
  };
  return std::find(std::begin(known), std::end(known), code) != std::end(known);
}

// Where `text` ends if the source has it at `at`, blanks in any number for its own; 0: it hasn't.
std::size_t end_of(std::string_view text, std::string_view source, std::size_t at) {
  for (std::size_t i = 0; i < text.size();) {
    if (!is_blank_byte(text[i])) {
      if (at >= source.size() || source[at] != text[i]) return 0;
      ++i, ++at;
      continue;
    }
    if (at >= source.size() || !is_blank_byte(source[at])) return 0;
    while (i < text.size() && is_blank_byte(text[i])) ++i;
    while (at < source.size() && is_blank_byte(source[at])) ++at;
  }
  return at;
}

bool meets(std::string_view text, std::string_view source, const diag::Span& span) {
  constexpr std::size_t most_blanks = 200;  // of the ends of lines inside
  const std::size_t reach = text.size() + most_blanks, end = span.offset + std::max<std::size_t>(span.length, 1);
  for (std::size_t at = span.offset > reach ? span.offset - reach : 0; at < end; ++at) {
    if (end_of(text, source, at) > span.offset) return true;
  }
  return false;
}

}  // namespace

Ignores::Ignores(const diag::SourceText& file, diag::Sink& sink) {
  const std::string_view bytes = file.bytes();
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = without_blanks(bytes.substr(at, end - at));
    const diag::Span span{
        static_cast<std::uint32_t>(line.empty() ? at : static_cast<std::size_t>(line.data() - bytes.data())),
        static_cast<std::uint32_t>(line.size())};
    at = end + 1;
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t first = line.find('|'), second = first == line.npos ? line.npos : line.find('|', first + 1);
    const std::string_view code = without_blanks(line.substr(0, first));
    const std::string_view text =
        first == line.npos ? std::string_view() : without_blanks(line.substr(first + 1, second - first - 1));
    const bool has_reason = second != line.npos && !without_blanks(line.substr(second + 1)).empty();
    const auto fault = [&](std::string message) {
      sink.report(Code::E0436, span, std::move(message), {std::string(line_form)});
    };
    if (!is_told(code)) {
      fault(fmt::format("'{}' is no code of a diagnostic", code));
    } else if (code.starts_with('E')) {
      fault(fmt::format("{} is an error, which can't be meant so", code));
    } else if (text.empty()) {
      fault("no text says where");
    } else if (!has_reason) {
      fault("no reason is given");
    } else {
      lines_.push_back({std::string(code), std::string(text), span});
    }
  }
}

bool Ignores::covers(const diag::Diagnostic& diagnostic, std::string_view source) {
  bool covered = false;
  for (Line& line : lines_) {
    if (line.code != diag::code_name(diagnostic.code)) continue;
    if (line.text != "*" && !meets(line.text, source, diagnostic.span)) continue;
    line.used = covered = true;
  }
  return covered;
}

void Ignores::tell_unused(std::span<const diag::Code> unasked, diag::Sink& sink) const {
  for (const Line& line : lines_) {
    const auto names = [&](Code code) { return diag::code_name(code) == line.code; };
    if (line.used || std::any_of(unasked.begin(), unasked.end(), names)) continue;
    sink.report(Code::W0435, line.span, fmt::format("no {} is told there", line.code),
                {"the fault is gone or the text has changed: take the line away"});
  }
}

}  // namespace epitome::proof
