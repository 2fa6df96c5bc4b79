#include <algorithm>
#include <utility>

#include "diag/diagnostic.hpp"
#include "diag/utf8.hpp"

namespace epitome::diag {

namespace {
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
}  // namespace

// Lines end as in XML 1.0, 2.11: at LF, CR LF or a lone CR.
SourceText::SourceText(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {
  line_starts_.push_back(0);
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < bytes_.size(); ++number) {
    if (i >= marks_.size() * stride) marks_.push_back({static_cast<std::uint32_t>(i), number});
    const bool ends = bytes_[i] == '\n' || (bytes_[i] == '\r' && (i + 1 == bytes_.size() || bytes_[i + 1] != '\n'));
    if (ends) line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
    i += decode_utf8(bytes_, i).length;
  }
}

std::uint32_t SourceText::characters_before(std::size_t offset) const {
  if (offset == 0) return 0;
  std::size_t mark = offset / stride;
  // A character may begin before a multiple and end behind it: the mark is then behind the offset.
  mark = std::min(mark, marks_.size() - 1);
  if (marks_[mark].offset > offset) --mark;
  std::uint32_t number = marks_[mark].number;
  for (std::size_t at = marks_[mark].offset; at < offset; ++number) at += decode_utf8(bytes_, at).length;
  return number;
}

Place SourceText::place(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  Place place;
  place.line = static_cast<std::uint32_t>(after - line_starts_.begin());
  std::size_t start = *(after - 1);
  // Editors don't count a byte order mark.
  if (start == 0 && bytes_.starts_with(byte_order_mark) && offset >= byte_order_mark.size())
    start = byte_order_mark.size();
  place.column += characters_before(offset) - characters_before(start);
  return place;
}

std::uint32_t SourceText::offset(Place place) const {
  if (place.line == 0 || place.line > line_starts_.size()) return static_cast<std::uint32_t>(bytes_.size());
  const std::string_view text = line(place.line);
  std::size_t at = line_starts_[place.line - 1];
  const std::size_t end = at + text.size();
  if (place.line == 1 && text.starts_with(byte_order_mark)) at = byte_order_mark.size();
  std::uint32_t number = characters_before(at);
  const std::uint32_t wanted = number + std::max(place.column, 1u) - 1;
  // From the last mark before it, so that a long line costs no more than a short one.
  const auto behind = std::upper_bound(marks_.begin(), marks_.end(), wanted,
                                       [](std::uint32_t n, const Mark& mark) { return n < mark.number; });
  if (behind != marks_.begin() && (behind - 1)->offset > at) at = (behind - 1)->offset, number = (behind - 1)->number;
  for (; number < wanted && at < end; ++number) at += decode_utf8(bytes_, at).length;
  return static_cast<std::uint32_t>(std::min(at, end));
}

std::string_view SourceText::line(std::uint32_t line) const {
  if (line == 0 || line > line_starts_.size()) return {};
  const std::size_t start = line_starts_[line - 1];
  const std::size_t end = line < line_starts_.size() ? line_starts_[line] : bytes_.size();
  std::string_view text = std::string_view(bytes_).substr(start, end - start);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

}  // namespace epitome::diag
