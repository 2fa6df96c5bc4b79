#include <algorithm>
#include <utility>

#include "diag/diagnostic.hpp"
#include "diag/utf8.hpp"

namespace epitome::diag {

// Lines end as in XML 1.0, 2.11: at LF, CR LF or a lone CR.
SourceText::SourceText(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < bytes_.size() && valid_;) {
    const CodePoint c = decode_utf8(bytes_, i);
    valid_ = c.valid;
    i += c.length;
  }
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    const bool ends = bytes_[i] == '\n' || (bytes_[i] == '\r' && (i + 1 == bytes_.size() || bytes_[i + 1] != '\n'));
    if (ends) line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

Place SourceText::place(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  Place place;
  place.line = static_cast<std::uint32_t>(after - line_starts_.begin());
  std::size_t at = *(after - 1);
  if (at == 0 && bytes_.starts_with("\xEF\xBB\xBF") && offset >= 3) at = 3;  // editors don't count a byte order mark
  if (valid_) {
    // A whole book on one line is counted fast enough for hundreds of diagnostics.
    place.column += static_cast<std::uint32_t>(
        std::count_if(bytes_.begin() + static_cast<std::ptrdiff_t>(at),
                      bytes_.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(at, offset)),
                      [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
    return place;
  }
  while (at < offset) {
    at += decode_utf8(bytes_, at).length;
    ++place.column;
  }
  return place;
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
