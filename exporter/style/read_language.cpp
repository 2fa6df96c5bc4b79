#include "style/read_language.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <unicode/uloc.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "diag/utf8.hpp"
#include "style/borrow.hpp"
#include "style/settings.hpp"

namespace epitome::style {

namespace {

bool is_tag_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_tag(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_tag_character); }

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
    if (const Setting* const s = settings.require(key)) settings.integer(*s, 0, 100, out);
  };
  integer("hyphenation/start-min", hyphenation.start_min);
  integer("hyphenation/end-min", hyphenation.end_min);
  integer("hyphenation/word-min", hyphenation.word_min);
  if (const Setting* const s = settings.require("hyphenation/capitals")) settings.flag(*s, hyphenation.capitals);
}

// The characters or words of a value, which spaces part.
std::vector<std::string> parts_of(std::string_view value) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; (at = value.find_first_not_of(' ', at)) != std::string_view::npos;) {
    const std::size_t end = std::min(value.find(' ', at), value.size());
    parts.emplace_back(value.substr(at, end - at));
    at = end;
  }
  return parts;
}

void fill_rules(Settings& settings, Language& language) {
  const auto text = [&](std::string_view key, std::string& out) {
    if (const Setting* const s = settings.require(key)) out = s->value;
  };
  const auto character = [&](std::string_view key, char32_t& out) {
    const Setting* const s = settings.require(key);
    if (s == nullptr) return;
    const diag::CodePoint c = s->value.empty() ? diag::CodePoint{} : diag::decode_utf8(s->value, 0);
    if (!s->value.empty() && c.length == s->value.size()) {
      out = c.value;
    } else {
      settings.fault(*s, fmt::format("'{}' is not one character", s->value), "");
    }
  };
  const auto words = [&](std::string_view key, std::vector<std::string>& out) {
    if (const Setting* const s = settings.require(key)) out = parts_of(s->value);
  };
  const auto marks = [&](std::string_view key, std::u32string& out) {
    std::vector<std::string> list;
    words(key, list);
    for (const std::string& mark : list) out += diag::decode_utf8(mark, 0).value;
  };
  if (const Setting* const s = settings.find("lines/size")) {
    settings.per_mille(*s, 500, 2000, language.lines.size);
    if (const Setting* const leading = settings.require("lines/leading"))
      settings.per_mille(*leading, 1000, 4000, language.lines.leading);
    if (const Setting* const ragged = settings.require("lines/ragged")) settings.flag(*ragged, language.lines.ragged);
  }
  if (const Setting* const s = settings.find("indent/ems")) {
    settings.integer(*s, 0, 100, language.indent_ems);
    if (const Setting* const first = settings.require("indent/first")) settings.flag(*first, language.indent_first);
  }
  if (const Setting* const s = settings.find("kashida/joins")) settings.flag(*s, language.kashida);
  if (const Setting* const s = settings.find("emphasis/dots")) {
    language.emphasis_dots = s->value == "over" ? Dots::over : Dots::under;
    if (s->value != "over" && s->value != "under")
      settings.fault(*s, fmt::format("'{}' is neither 'over' nor 'under'", s->value), "");
  }
  character("hyphen/character", language.hyphen);
  if (const Setting* const s = settings.require("hyphen/repeat")) settings.flag(*s, language.hyphen_repeat);
  words("bind/after", language.bind_after);
  words("bind/before", language.bind_before);
  for (const std::string& name : settings.names("spaced")) {
    MarkSpacing& spacing = language.mark_spacing.emplace_back();
    text(fmt::format("spaced.{}/space", name), spacing.space);
    marks(fmt::format("spaced.{}/before", name), spacing.before);
    marks(fmt::format("spaced.{}/after", name), spacing.after);
  }
  marks("note-mark/behind", language.note_behind);
  if (const Setting* const s = settings.find("note-mark/between")) language.note_between = s->value;
  if (settings.find("articles/words") != nullptr) words("articles/words", language.articles);
  character("digits/zero", language.zero);
  text("digits/list", language.list_digits);
  text("sentences/join", language.sentence_join);
  text("sentences/stop", language.sentence_stop);
  text("reference/join", language.reference_join);
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

  fill_rules(settings, language);
  if (const Setting* const s = settings.find("language/draft")) settings.flag(*s, language.draft);
  if (const Setting* const s = settings.find("language/also")) language.also = parts_of(s->value);

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

std::vector<std::string> tags_in(const std::string& languages) {
  std::vector<std::string> tags;
  if (DIR* const folder = opendir(languages.c_str())) {
    while (const dirent* const entry = readdir(folder)) {
      const std::string_view name = entry->d_name;
      if (name.ends_with(".xml") && !name.starts_with('.')) tags.emplace_back(name.substr(0, name.size() - 4));
    }
    closedir(folder);
  }
  std::sort(tags.begin(), tags.end());
  return tags;
}

constexpr std::string_view shared_folder = "/layouts/languages/";

// Language and script of a tag, the script being the likeliest where the tag has none (UTS #35): "zh-Hant" of zh-TW,
// "sr-Cyrl" of sr. Extensions and private use, which begin at the first subtag of one character, don't decide it.
std::string with_script(std::string_view tag) {
  for (std::size_t at = 0; at < tag.size(); at = std::min(tag.find('-', at), tag.size() - 1) + 1)
    if (at + 1 == tag.size() || tag[at + 1] == '-') tag = tag.substr(0, at == 0 ? 0 : at - 1);
  UErrorCode status = U_ZERO_ERROR;
  const auto failed = [&] { return U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING; };
  char locale[ULOC_FULLNAME_CAPACITY], full[ULOC_FULLNAME_CAPACITY];
  uloc_forLanguageTag(std::string(tag).c_str(), locale, sizeof locale, nullptr, &status);
  if (failed()) return {};
  uloc_addLikelySubtags(locale, full, sizeof full, &status);
  if (failed()) return {};
  std::string out(ULOC_FULLNAME_CAPACITY, '\0'), script(ULOC_FULLNAME_CAPACITY, '\0');
  out.resize(static_cast<std::size_t>(uloc_getLanguage(full, out.data(), ULOC_FULLNAME_CAPACITY, &status)));
  script.resize(static_cast<std::size_t>(uloc_getScript(full, script.data(), ULOC_FULLNAME_CAPACITY, &status)));
  return U_SUCCESS(status) ? out + "-" + script : std::string();
}

}  // namespace

std::vector<std::string> language_tags(const std::string& data_folder) {
  return tags_in(data_folder + std::string(shared_folder));
}

LanguageFiles::LanguageFiles(LanguageFolders folders)
    : folders_(std::move(folders)), tags_(language_tags(folders_.data)) {
  if (folders_.own.empty()) return;
  own_tags_ = tags_in(folders_.own);
  tags_.insert(tags_.end(), own_tags_.begin(), own_tags_.end());
  std::sort(tags_.begin(), tags_.end());
  tags_.erase(std::unique(tags_.begin(), tags_.end()), tags_.end());
}

bool LanguageFiles::is_own(const std::string& tag) const {
  return std::binary_search(own_tags_.begin(), own_tags_.end(), tag);
}

std::string LanguageFiles::path(const std::string& tag) const {
  return (is_own(tag) ? folders_.own + "/" : folders_.data + std::string(shared_folder)) + tag + ".xml";
}

const std::string* LanguageFiles::file(std::string_view tag) const {
  const auto at = std::find_if(tags_.begin(), tags_.end(), [&](const std::string& t) { return same_tag(t, tag); });
  return at == tags_.end() ? nullptr : &*at;
}

void LanguageFiles::read_others() {
  if (std::exchange(others_read_, true)) return;
  for (const std::string& name : tags_) {
    const std::string bytes = read_file(path(name)).value_or(std::string());
    constexpr std::string_view attribute = " also=\"";
    const std::size_t at = bytes.find(attribute);
    if (at == std::string::npos) continue;
    const std::string_view value = std::string_view(bytes).substr(at + attribute.size());
    for (std::string& other : parts_of(value.substr(0, value.find('"')))) others_.push_back({std::move(other), name});
  }
}

// The file of that tag; else of the tag cut from its end (RFC 4647 3.4), if it is in the same script; else of language
// and likely script; else the one whose attribute `also` names the language.
const std::string* LanguageFiles::find(std::string_view tag) {
  if (!is_tag(tag)) return nullptr;
  if (const std::string* const exact = file(tag)) return exact;
  const std::string wanted = with_script(tag);
  for (std::size_t dash = tag.rfind('-'); dash != std::string_view::npos; dash = tag.rfind('-', dash - 1)) {
    const std::string* const cut = file(tag.substr(0, dash));
    if (cut != nullptr && with_script(*cut) == wanted) return cut;
    if (dash == 0) break;
  }
  if (const std::string* const likely = file(wanted)) return likely;
  const std::string_view primary = tag.substr(0, tag.find('-'));
  read_others();
  for (const Other& other : others_)
    if (same_tag(other.tag, primary)) return &other.file;
  return nullptr;
}

// English, the script's most read language, else the first in the script.
const std::string* LanguageFiles::lender(std::string_view tag) const {
  constexpr std::pair<std::string_view, std::string_view> most_read[] = {
      {"Arab", "ar"}, {"Beng", "bn"}, {"Cyrl", "ru"}, {"Deva", "hi"}, {"Ethi", "am"}, {"Hebr", "he"}, {"Latn", "en"}};
  if (!is_tag(tag)) return nullptr;
  const std::string script = script_of(tag);
  for (const auto& [of, lends] : most_read) {
    const std::string* const known = script == of ? file(lends) : nullptr;
    if (known != nullptr) return known;
  }
  const auto same = std::find_if(tags_.begin(), tags_.end(),
                                 [&](const std::string& t) { return !script.empty() && script_of(t) == script; });
  return same != tags_.end() ? &*same : file("en");
}

std::string script_of(std::string_view tag) {
  const std::string whole = with_script(tag);
  return whole.empty() ? whole : whole.substr(whole.find('-') + 1);
}

std::optional<Language> LanguageFiles::read(const std::string& file_tag, diag::Sink& sink) const {
  const bool own = is_own(file_tag);
  Settings settings(sink, diag::Code::E0505);
  if (!settings.read(path(file_tag), own ? path(file_tag) : "layouts/languages/" + file_tag + ".xml", "language",
                     folders_.data + std::string(shared_folder), "layouts/languages/")) {
    return std::nullopt;
  }
  Language language;
  fill_language(settings, language);
  if (!settings.sound()) return std::nullopt;
  return language;
}

namespace {

// What the document says goes before what a file says.
void take_labels(Language& language, const std::vector<model::Label>& own, diag::Sink& sink) {
  for (const model::Label& label : own) {
    const std::span<const LabelKey> known_keys = label_keys();
    const auto key = std::find_if(known_keys.begin(), known_keys.end(),
                                  [&](const LabelKey& known) { return known.key == label.name; });
    if (key == known_keys.end()) {
      sink.report(diag::Code::E0205, label.span, fmt::format("there is no label '{}'", label.name),
                  {"labels are called as in layouts/languages/en.xml"});
    } else if (places_of(label.text) != key->places) {
      sink.report(diag::Code::E0205, label.span, fmt::format("label '{}' has other {{…}} places", label.name),
                  {key->places.empty() ? std::string("it has none") : fmt::format("it has {{{}}}", key->places)});
    } else {
      language.labels.insert_or_assign(label.name, label.text);
    }
  }
}

// The labels that the document doesn't say itself.
std::vector<std::string_view> borrowed_labels(const std::vector<model::Label>& own) {
  std::vector<std::string_view> out;
  for (const LabelKey& key : label_keys()) {
    if (std::none_of(own.begin(), own.end(), [&](const model::Label& label) { return label.name == key.key; }))
      out.emplace_back(key.key);
  }
  return out;
}

void tell_borrowed(std::string_view tag, const Language& lender, const std::vector<model::Label>& own,
                   const LanguageFiles& files, diag::Sink& sink, diag::Span place) {
  const std::vector<std::string_view> borrowed = borrowed_labels(own);
  if (borrowed.empty()) return;
  constexpr std::size_t most_named = 8;
  const auto end = borrowed.begin() + static_cast<std::ptrdiff_t>(std::min(borrowed.size(), most_named));
  const std::string which =
      own.empty() ? "headings and labels"
                  : fmt::format("{} labels ({}{})", borrowed.size(), fmt::join(borrowed.begin(), end, ", "),
                                end == borrowed.end() ? "" : " …");
  sink.report(
      diag::Code::W0508, place,
      fmt::format("there is no language file for '{}': {} are those of {} ('{}')", tag, which, lender.name, lender.tag),
      {"<labels> in <edition> says them in the document itself; or --languages DIR reads a file of yours: "
       "layouts/README.md says how it is written",
       fmt::format("there are files for: {}", fmt::join(files.tags(), ", "))});
}

}  // namespace

std::optional<Language> find_language(std::string_view tag, LanguageFiles& files,
                                      const std::function<const Language*(const std::string&)>& file, diag::Sink& sink,
                                      diag::Span place, const std::vector<model::Label>& own) {
  const std::string* const found = files.find(tag);
  const std::string* const taken = found != nullptr ? found : files.lender(tag);
  if (taken == nullptr) {
    sink.report(diag::Code::E0502, place, fmt::format("there is no language file for '{}'", tag),
                {"a language is one file in layouts/languages/"});
    return std::nullopt;
  }
  const Language* const read = file(*taken);
  if (read == nullptr) return std::nullopt;
  Language language = *read;
  language.asked = tag;
  if (found == nullptr) {
    borrow(language, tag);
    tell_borrowed(tag, *read, own, files, sink, place);
  } else if (language.draft) {
    sink.report(diag::Code::N0509, place,
                fmt::format("the labels of '{}' are a draft that no native reader has seen", *taken),
                {"--languages DIR takes a file of yours instead"});
  }
  take_labels(language, own, sink);
  return language;
}

std::optional<Language> read_language(std::string_view tag, LanguageFiles& files, diag::Sink& sink, diag::Span place) {
  std::optional<Language> kept;
  return find_language(
      tag, files,
      [&](const std::string& file) {
        kept = files.read(file, sink);
        return kept ? &*kept : nullptr;
      },
      sink, place);
}

std::optional<Language> read_language(std::string_view tag, const std::string& data_folder, diag::Sink& sink,
                                      diag::Span place) {
  LanguageFiles files{LanguageFolders(data_folder)};
  return read_language(tag, files, sink, place);
}

}  // namespace epitome::style
