#include "text/missing_glyphs.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "diag/utf8.hpp"
#include "text/source_places.hpp"

namespace epitome::text {
namespace {

// "U+1F1E9 U+1F1EA"
std::string numbers_of(std::string_view characters) {
  std::string out;
  for (std::size_t at = 0; at < characters.size();) {
    const diag::CodePoint c = diag::decode_utf8(characters, at);
    fmt::format_to(std::back_inserter(out), "{}U+{:04X}", out.empty() ? "" : " ", static_cast<std::uint32_t>(c.value));
    at += c.length;
  }
  return out;
}

bool is_one(std::string_view characters) { return diag::decode_utf8(characters, 0).length == characters.size(); }

}  // namespace

bool is_emoji(std::string_view cluster) {
  for (std::size_t at = 0; at < cluster.size();) {
    const diag::CodePoint c = diag::decode_utf8(cluster, at);
    const auto value = static_cast<UChar32>(c.value);
    constexpr UChar32 keycap = 0x20E3;
    if (value == keycap || u_hasBinaryProperty(value, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ||
        u_hasBinaryProperty(value, UCHAR_REGIONAL_INDICATOR) != 0)
      return true;
    at += c.length;
  }
  return false;
}

const Replacements::Candidate* MissingGlyphs::replacement(
    std::string_view characters, const Face& face, const std::function<bool(const Replacements::Candidate&)>& fits) {
  if (way_ == Way::refuse) return nullptr;
  const auto [at, is_new] = chosen_.try_emplace({std::string(characters), &face});
  if (is_new) {
    for (Replacements::Candidate& candidate : replacements_.candidates(characters)) {
      if (!fits(candidate)) continue;
      at->second = std::move(candidate);
      break;
    }
  }
  return at->second ? &*at->second : nullptr;
}

void MissingGlyphs::add(std::string_view characters, const Face& face, diag::Span place,
                        const Replacements::Candidate* instead) {
  const auto [at, is_new] = index_.try_emplace(std::string(characters), missing_.size());
  if (is_new) {
    Missing& made = missing_.emplace_back();
    made.characters = characters;
    made.face = fmt::format("{} {}", face.entry().family, face.entry().style);
    if (instead != nullptr) made.instead = instead->text;
  }
  Missing& missing = missing_[at->second];
  if (instead == nullptr) missing.instead.clear();  // one place without is an error
  if (place == diag::Span{}) {
    missing.placed = false;
  } else if (!missing.place || place.offset < missing.place->offset) {
    missing.place = place;
  }
}

std::uint32_t MissingGlyphs::keep(std::string_view characters) {
  const auto [at, is_new] =
      kept_.try_emplace(std::string(characters), static_cast<std::uint32_t>(originals_.size()) + 1);
  if (is_new) originals_.emplace_back(characters);
  return at->second;
}

std::string MissingGlyphs::message_of(const Missing& missing, std::size_t more) {
  const std::string name = replacements_.name(missing.characters);
  const bool one = is_one(missing.characters), drawn = way_ == Way::draft;
  std::string message = fmt::format("the character{} {} '{}'{} {} no glyph in {} nor in any fallback font",
                                    one ? "" : "s", numbers_of(missing.characters), missing.characters,
                                    name.empty() ? "" : fmt::format(" ({})", name), one ? "has" : "have", missing.face);
  if (!missing.instead.empty())
    message += fmt::format(": '{}' is {} instead", missing.instead, drawn ? "drawn on the cover" : "set");
  if (more > 0 && !drawn) message += fmt::format(", here and at {} more place{}", more, more == 1 ? "" : "s");
  return message;
}

void MissingGlyphs::report(const diag::SourceTexts& source, diag::Sink& sink) {
  SourcePlaces places;
  for (const Missing& missing : missing_)
    if (!missing.reported) places.try_emplace(missing.characters);
  if (places.empty()) return;
  if (source) find_in_source(source, places);
  std::vector<diag::Diagnostic> told;
  for (Missing& missing : missing_) {
    if (std::exchange(missing.reported, true)) continue;
    const std::vector<diag::Span>& found = places.find(missing.characters)->second;
    // Text that is set in several places (a title) doesn't say where it comes from: the first place is its own.
    const std::uint32_t from = missing.placed && missing.place ? missing.place->offset : 0;
    const auto first =
        std::find_if(found.begin(), found.end(), [&](const diag::Span& span) { return span.offset >= from; });
    const auto more = static_cast<std::size_t>(first == found.end() ? 0 : found.end() - first - 1);
    diag::Diagnostic& made = told.emplace_back();
    made.code = missing.instead.empty() ? diag::Code::E0601 : diag::Code::W0609;
    made.span = first == found.end() ? missing.place.value_or(diag::Span{}) : *first;
    made.message = message_of(missing, more);
  }
  std::stable_sort(told.begin(), told.end(),
                   [](const diag::Diagnostic& a, const diag::Diagnostic& b) { return a.span.offset < b.span.offset; });
  for (diag::Diagnostic& d : told)
    sink.report(d.code, d.span, std::move(d.message),
                {d.code == diag::Code::W0609
                     ? "write it otherwise if it should read otherwise"
                     : "write it otherwise, add a font that has it to the fonts' manifest, or let --on-missing-glyph "
                       "replace set a sign or its name instead"});
}

}  // namespace epitome::text
