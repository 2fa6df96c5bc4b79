#include "api/labels.hpp"

#include <charconv>
#include <cmath>

namespace epitome::api {

namespace {

// Seconds, "12.345678", as milliseconds.
std::optional<std::int64_t> milliseconds(std::string_view text) {
  constexpr double most = 1e6;  // 11 days
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || !(seconds >= 0 && seconds <= most))
    return std::nullopt;
  return std::llround(seconds * 1000);
}

}  // namespace

std::vector<Label> read_labels(const diag::SourceText& file, diag::Sink& sink) {
  std::vector<Label> out;
  const std::string_view all = file.bytes();
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find('\n', at), all.size());
    std::string_view line = all.substr(at, end - at);
    const diag::Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(line.size())};
    at = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('\\')) continue;
    const std::size_t first = line.find('\t'),
                      second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    std::optional<std::int64_t> begin, finish;
    if (second != std::string_view::npos) {
      begin = milliseconds(line.substr(0, first));
      finish = milliseconds(line.substr(first + 1, second - first - 1));
    }
    const std::string_view text = second == std::string_view::npos ? std::string_view() : line.substr(second + 1);
    const std::string_view id = text.substr(0, text.find(' '));
    if (!begin || !finish || id.empty()) {
      sink.report(diag::Code::E0706, span, "this is no label",
                  {"write begin and end in seconds and an id, with tabs between: 0.5<tab>3.25<tab>id"});
    } else if (*begin >= *finish) {
      sink.report(diag::Code::E0706, span, "the label ends where it begins, or before",
                  {"select what is said, then name it"});
    } else {
      out.push_back({*begin, *finish, id, span});
    }
  }
  return out;
}

}  // namespace epitome::api
