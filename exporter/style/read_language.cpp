#include "style/read_language.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "style/settings.hpp"

namespace epitome::style {

namespace {

bool is_tag_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// The names in braces, sorted and separated by spaces; nothing if the braces don't match.
std::optional<std::string> places_of(std::string_view pattern) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; (at = pattern.find_first_of("{}", at)) != std::string_view::npos; ++at) {
    const std::size_t close = pattern.find_first_of("{}", at + 1);
    if (pattern[at] == '}' || close == std::string_view::npos || pattern[close] == '{') return std::nullopt;
    std::string_view name = pattern.substr(at + 1, close - at - 1);
    if (name == "title-bare") name = "title";
    names.push_back(name);
    at = close;
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return fmt::format("{}", fmt::join(names, " "));
}

// Patterns with where they come from (the build reads that: text/patterns/CMakeLists.txt), or why there are none.
void fill_hyphenation(Settings& settings, Hyphenation& hyphenation) {
  const Setting* const patterns = settings.require("hyphenation/patterns");
  if (patterns == nullptr) return;
  if (patterns->value == "none") {
    settings.require("hyphenation/why");
    return;
  }
  hyphenation.patterns = patterns->value;
  if (const Setting* const s = settings.require("hyphenation/package")) hyphenation.package = s->value;
  for (const char* const key : {"hyphenation/file", "hyphenation/licence"}) settings.require(key);
  const auto integer = [&](std::string_view key, int& out) {
    if (const Setting* const s = settings.require(key)) settings.integer(*s, out);
  };
  integer("hyphenation/start-min", hyphenation.start_min);
  integer("hyphenation/end-min", hyphenation.end_min);
  integer("hyphenation/word-min", hyphenation.word_min);
  if (const Setting* const s = settings.require("hyphenation/capitals")) settings.flag(*s, hyphenation.capitals);
}

void fill_language(Settings& settings, Language& language) {
  const auto text = [&](std::string_view key, std::string& out) {
    if (const Setting* const s = settings.require(key)) out = s->value;
  };
  text("language/tag", language.tag);
  text("language/name", language.name);
  if (const Setting* const s = settings.require("language/dir")) {
    language.direction = s->value == "rtl" ? model::Direction::rtl : model::Direction::ltr;
    if (s->value != "rtl" && s->value != "ltr")
      settings.fault(*s, fmt::format("'{}' is neither 'ltr' nor 'rtl'", s->value), "");
  }
  text("quotation.outer/open", language.quotation[0].open);
  text("quotation.outer/close", language.quotation[0].close);
  text("quotation.nested/open", language.quotation[1].open);
  text("quotation.nested/close", language.quotation[1].close);
  fill_hyphenation(settings, language.hyphenation);
  if (const Setting* const s = settings.require("foreign/italic")) settings.flag(*s, language.foreign_in_italic);

  for (const LabelKey& key : label_keys()) {
    const Setting* const label = settings.require(fmt::format("label.{}", key.key));
    if (label == nullptr) continue;
    const std::optional<std::string> places = places_of(label->value);
    if (places != key.places) {
      settings.fault(*label,
                     fmt::format("label '{}' must hold {}", key.key,
                                 key.places.empty() ? std::string("no {…} place")
                                                    : fmt::format("the places {{{}}} and no others", key.places)),
                     "");
    }
    language.labels.emplace(key.key, label->value);
  }
  settings.report_unused();
}

}  // namespace

std::vector<std::string> language_tags(const std::string& data_folder) {
  std::vector<std::string> tags;
  if (DIR* const folder = opendir((data_folder + "/layouts/languages").c_str())) {
    while (const dirent* const entry = readdir(folder)) {
      const std::string_view name = entry->d_name;
      if (name.ends_with(".xml") && !name.starts_with('.')) tags.emplace_back(name.substr(0, name.size() - 4));
    }
    closedir(folder);
  }
  std::sort(tags.begin(), tags.end());
  return tags;
}

std::optional<Language> read_language(std::string_view tag, const std::string& data_folder, diag::Sink& sink) {
  const std::vector<std::string> tags = language_tags(data_folder);
  const auto same = [](std::string_view a, std::string_view b) {  // subtags are not case-sensitive (RFC 5646 2.1.1)
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
  };
  auto found = tags.end();
  if (std::all_of(tag.begin(), tag.end(), is_tag_character)) {
    for (std::string_view range = tag; !range.empty() && found == tags.end();) {
      found = std::find_if(tags.begin(), tags.end(), [&](const std::string& t) { return same(t, range); });
      // RFC 4647 3.4: a single-letter subtag goes with the one that it introduces.
      std::size_t dash = range.rfind('-');
      range = range.substr(0, dash == std::string_view::npos ? 0 : dash);
      dash = range.rfind('-');
      if (dash != std::string_view::npos && range.size() - dash == 2) range = range.substr(0, dash);
    }
  }
  if (found == tags.end()) {
    sink.report(diag::Code::E0502, {}, fmt::format("there is no language file for '{}'", tag),
                {fmt::format("there are files for: {}", fmt::join(tags, ", ")),
                 "a language is one file in layouts/languages/"});
    return std::nullopt;
  }
  const std::string folder = data_folder + "/layouts/languages/";
  Settings settings(sink, diag::Code::E0505);
  if (!settings.read(folder + *found + ".xml", "layouts/languages/" + *found + ".xml", "language", folder,
                     "layouts/languages/")) {
    return std::nullopt;
  }
  Language language;
  fill_language(settings, language);
  if (!settings.sound()) return std::nullopt;
  return language;
}

}  // namespace epitome::style
