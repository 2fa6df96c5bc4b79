#include "reader/markup_sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "diag/limits.hpp"

namespace epitome::reader {

using diag::Code;
using diag::Span;

namespace {

constexpr std::uint32_t open_place = 0xFFFFFFFF;  // the next text of the source says it

}  // namespace

void MarkupSink::settle(std::uint32_t at) {
  for (std::size_t i = waiting_; i < out.begins.size(); ++i)
    if (out.begins[i] == open_place) out.begins[i] = at;
  waiting_ = std::string::npos;
}

int MarkupSink::counted() {
  // A link by reference writes its whole address each time.
  const bool large = out.text.size() > 4 * limits::input_bytes;
  if (++made_ <= limits::nodes && !large) return 0;
  if (!std::exchange(stopped_, true)) {
    faults.add(Code::E0109, {last, 1},
               large ? "links by reference make the text too large"
                     : fmt::format("the input has more than {} elements", limits::nodes),
               {"no summary needs as many: is it another file?"});
  }
  return 1;
}

void MarkupSink::begin(std::string_view tag) {
  waiting_ = std::min(waiting_, out.text.size());
  out.add(tag, open_place);
}

void MarkupSink::element(std::string_view name, const PlacedText& content) {
  const std::uint32_t at = content.begins.empty() ? last : content.begins.front();
  out.add(fmt::format("<{}>", name), at);
  out.append(content);
  out.add(fmt::format("</{}>", name), last);
}

int MarkupSink::characters(std::string_view text, std::uint32_t at) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool reference = text[i] == '&' && (is_escaped(at + i) || in_code);
    if (text[i] != '<' && !reference) continue;
    out.add_source(text.substr(done, i - done), at + static_cast<std::uint32_t>(done));
    out.add(text[i] == '<' ? "&lt;" : "&amp;", at + static_cast<std::uint32_t>(i));
    done = i + 1;
    if (counted() != 0) return 1;
  }
  out.add_source(text.substr(done), at + static_cast<std::uint32_t>(done));
  return 0;
}

bool MarkupSink::begins_with(const PlacedText& content, std::string_view sign) const {
  return content.text.starts_with(sign) && !is_escaped(content.begins.front()) &&
         source.substr(content.begins.front(), sign.size()) == sign;
}

void MarkupSink::told(Span place, std::string message, std::string hint) {
  faults.add(Code::W0113, place, std::move(message), {std::move(hint)});
}

}  // namespace epitome::reader
