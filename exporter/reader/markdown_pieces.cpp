#include "reader/markdown_pieces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>
#include <utility>

#include "reader/markdown_inlines.hpp"
#include "reader/markdown_parts.hpp"
#include "reader/values.hpp"
#include "reader/well_formed.hpp"

namespace epitome::reader {

void add_item_line(Type type, const PlacedText& content, MarkupSink& sink) {
  constexpr std::string_view open = "<strong>", close = "</strong>";
  if (type != Type::warning) return sink.out.append(content);
  const std::size_t term = content.text.starts_with(open) ? content.text.find(close) : std::string::npos;
  if (term == std::string::npos) return sink.element("term", content);
  PlacedText name = content, places = content;
  name.keep(open.size(), term - open.size());
  places.keep(term + close.size(), std::string::npos);
  places.trim();
  sink.element("term", name);
  if (!places.text.empty()) sink.element("places", places);
}

void add_attribution(const PlacedText& content, MarkupSink& sink) {
  const auto [from, to] = source_in(content.text);
  const auto piece = [&](std::size_t begin, std::size_t length) {
    PlacedText out = content;
    out.keep(begin, length);
    out.trim();
    return out;
  };
  PlacedText speaker = piece(0, from);
  if (speaker.text.ends_with(',')) speaker.keep(0, speaker.text.size() - 1);
  const std::uint32_t at = content.begins.empty() ? sink.last : content.begins.front();
  sink.out.add("<attribution>", at);
  if (!speaker.text.empty()) sink.element("speaker", speaker);
  if (from != std::string::npos) {
    PlacedText source = piece(from, to - from);
    constexpr std::string_view em = "<em>", em_end = "</em>";
    if (source.text.starts_with(em)) {
      source.keep(em.size(), source.text.size() - em.size() - em_end.size());
      PlacedText cited;
      cited.add("<cite>", source.begins.empty() ? sink.last : source.begins.front());
      cited.append(source);
      cited.add("</cite>", sink.last);
      source = std::move(cited);
    }
    sink.element("source", source);
    PlacedText locator = piece(to, std::string::npos);
    if (locator.text.starts_with(',')) locator.keep(1, std::string::npos);
    locator.trim();
    if (!locator.text.empty()) sink.element("locator", locator);
  }
  sink.out.add("</attribution>", sink.last);
}

void drop_comments(PlacedText& content) {
  std::size_t at = content.text.find("<!--");
  if (at == std::string::npos) return;
  PlacedText out;
  std::size_t done = 0;
  while (at != std::string::npos) {
    const std::size_t close = content.text.find("-->", at);
    if (close == std::string::npos) break;
    out.text.append(content.text, done, at - done);
    out.begins.insert(out.begins.end(), content.begins.begin() + static_cast<std::ptrdiff_t>(done),
                      content.begins.begin() + static_cast<std::ptrdiff_t>(at));
    done = close + 3;
    at = content.text.find("<!--", done);
  }
  out.append(content, done);
  content = std::move(out);
}

namespace {

// What a reference becomes; empty: it is none.
std::string settled(std::string_view reference) {
  for (const std::string_view known : {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"})
    if (reference == known) return std::string(known);
  if (!reference.starts_with("&#")) return std::string(reference_named(reference));
  reference.remove_prefix(2);
  reference.remove_suffix(1);
  const bool hexadecimal = reference.starts_with('x') || reference.starts_with('X');
  if (hexadecimal) reference.remove_prefix(1);
  unsigned value = 0;
  const char* const end = reference.data() + reference.size();
  const auto [stopped, fault] = std::from_chars(reference.data(), end, value, hexadecimal ? 16 : 10);
  return fault == std::errc() && stopped == end && is_allowed_character(value) ? fmt::format("&#{};", value)
                                                                               : std::string();
}

}  // namespace

void settle_references(PlacedText& markup) {
  constexpr std::string_view close = "]]>";
  const std::string_view text = markup.text;
  if (text.find('&') == std::string_view::npos && text.find(close) == std::string_view::npos) return;
  PlacedText out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = end_of_reference(text, i);
    const std::string written = end == std::string_view::npos ? std::string() : settled(text.substr(i, end + 1 - i));
    const bool closes = text.substr(i, close.size()) == close;
    out.add(!written.empty() ? written
            : closes         ? "]]&gt;"
            : text[i] == '&' ? "&amp;"
                             : text.substr(i, 1),
            markup.begins[i]);
    i = !written.empty() ? end + 1 : closes ? i + close.size() : i + 1;
  }
  markup = std::move(out);
}

void PlacedText::trim() {
  std::size_t from = 0, to = text.size();
  while (from < to && is_space(text[from])) ++from;
  while (to > from && is_space(text[to - 1])) --to;
  if (from != 0 || to != text.size()) keep(from, to - from);
}

}  // namespace epitome::reader
