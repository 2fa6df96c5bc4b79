#include "api/embedded_fonts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "diag/utf8.hpp"
#include "text/font_file.hpp"
#include "text/fonts.hpp"

namespace epitome::api {

namespace {

constexpr char32_t latin_end = 0x80;

struct Family {
  std::map<std::string_view, const text::Face*> faces;  // by style
  std::set<char32_t> characters;
  std::size_t bytes = 0;  // of text that is set in it
};

using Families = std::map<std::string_view, Family>;

Families families_of(const page::Pages& pages) {
  Families families;
  for (const page::Page& page : pages.pages) {
    for (const page::Item& item : page.items) {
      const auto* const text = std::get_if<page::Text>(&item.value);
      if (text == nullptr) continue;
      const text::FontEntry& entry = text->run.face->entry();
      Family& family = families[entry.family];
      family.faces[entry.style] = text->run.face;
      family.bytes += text->run.text.size();
      for (std::size_t at = 0; at < text->run.text.size();) {
        const diag::CodePoint character = diag::decode_utf8(text->run.text, at);
        family.characters.insert(character.value);
        at += character.length;
      }
    }
  }
  return families;
}

// Hyphens, bullets, numbers of lists; and the Latin of what they say themselves.
std::set<char32_t> written_by_readers(const style::Language& language) {
  std::set<char32_t> out = {language.hyphen, U'\u00A0', U'\u2010', U'\u2011',
                            U'\u2022',       U'\u25AA', U'\u25E6', U'\u2026'};
  for (char32_t character = U' '; character <= U'~'; ++character) out.insert(character);
  for (char32_t digit = 0; digit < 10; ++digit) out.insert(language.zero + digit);
  return out;
}

}  // namespace

std::vector<epub::Font> embedded_fonts(const page::Pages& pages, const style::Language& language, diag::Sink& sink) {
  const std::set<char32_t> besides = written_by_readers(language);
  Families families = families_of(pages);
  std::vector<Families::value_type*> order;
  for (Families::value_type& family : families) order.push_back(&family);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->second.bytes > b->second.bytes; });
  // The first family that has a character shows it, so that Latin is for the one that sets it.
  const auto latin = [](const Families::value_type* family) {
    return std::distance(family->second.characters.begin(), family->second.characters.lower_bound(latin_end));
  };
  const auto most_latin =
      std::max_element(order.begin(), order.end(), [&](const auto* a, const auto* b) { return latin(a) < latin(b); });
  for (auto family = order.begin(); family != order.end(); ++family) {
    for (const char32_t character : besides) {
      if (character >= latin_end || family == most_latin) (*family)->second.characters.insert(character);
    }
  }
  std::vector<epub::Font> fonts;
  for (std::size_t n = 0; n < order.size(); ++n) {
    Family& family = order[n]->second;
    const std::string name = fmt::format("Epitome Text {}", n + 1);
    for (const auto& [style, face] : family.faces) {
      std::optional<std::string> bytes = text::font_file(*face, family.characters, name, style);
      if (!bytes) {
        sink.report(diag::Code::E0901, {}, fmt::format("the font {} {} can't be cut", order[n]->first, style));
        return {};
      }
      const bool truetype = face->is_truetype();
      fonts.push_back({name, fmt::format("fonts/text-{}-{}.{}", n + 1, style, truetype ? "ttf" : "otf"),
                       truetype ? "font/ttf" : "font/otf", std::move(*bytes), style.find("Bold") != style.npos,
                       style.find("Italic") != style.npos});
    }
  }
  return fonts;
}

}  // namespace epitome::api
