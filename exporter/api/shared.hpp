// What a session's documents share. Internal to api.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/epitome.hpp"
#include "diag/diagnostic.hpp"
#include "model/document.hpp"
#include "proof/rules.hpp"
#include "proof/spelling.hpp"
#include "style/language.hpp"
#include "style/layout.hpp"
#include "style/read_language.hpp"
#include "style/read_layout.hpp"
#include "text/fonts.hpp"

namespace epitome {

// What many documents share, read when it is first needed.
struct Shared {
  Shared(std::string folder, std::string languages_folder)
      : data_folder(std::move(folder)), own_languages(std::move(languages_folder)) {}

  std::string data_folder, own_languages;
  text::FontSet fonts;
  bool fonts_read = false;
  std::map<std::pair<std::string, style::ScriptLines>, style::Layout> layouts;
  std::map<std::string, style::Language, std::less<>> languages;  // by the file's tag: documents' tags have no end
  std::optional<style::LanguageFiles> language_files;
  std::map<std::string, proof::Rules> rules_of_check;
  std::unique_ptr<proof::Dictionaries> dictionaries;

  const style::Layout* layout(const std::string& name, const style::ScriptLines& lines, diag::Sink& sink) {
    auto at = layouts.find({name, lines});
    if (at == layouts.end()) {
      std::optional<style::Layout> read = style::read_layout(name, data_folder, sink, lines);
      if (!read) return nullptr;
      at = layouts.emplace(std::pair(name, lines), std::move(*read)).first;
    }
    return &at->second;
  }
  style::LanguageFiles& files_of_languages() {
    if (!language_files) language_files.emplace(style::LanguageFolders(data_folder, own_languages));
    return *language_files;
  }
  std::optional<style::Language> language(const model::Edition& edition, diag::Sink& sink) {
    return style::find_language(
        edition.lang, files_of_languages(), [&](const std::string& file) { return language_of_file(file, sink); }, sink,
        edition.lang_span, edition.labels);
  }
  // Of a text in a document of another language; null: there is no file for it.
  const style::Language* language_of_text(std::string_view tag, diag::Sink& sink) {
    const std::string* const file = files_of_languages().find(tag);
    return file == nullptr ? nullptr : language_of_file(*file, sink);
  }
  // Null if it can't be read, which is told.
  const style::Language* language_of_file(const std::string& file, diag::Sink& sink) {
    auto at = languages.find(file);
    if (at == languages.end()) {
      std::optional<style::Language> read = files_of_languages().read(file, sink);
      if (!read) return nullptr;
      at = languages.emplace(file, std::move(*read)).first;
    }
    return &at->second;
  }
  // Null if they can't be read, which is told.
  const proof::Rules* rules(const std::string& language, diag::Sink& sink) {
    auto at = rules_of_check.find(language);
    if (at == rules_of_check.end()) {
      std::optional<proof::Rules> read = proof::read_rules(language, data_folder, sink);
      if (!read) return nullptr;
      if (rules_of_check.size() == 100) rules_of_check.clear();  // documents' tags have no end
      at = rules_of_check.emplace(language, std::move(*read)).first;
    }
    return &at->second;
  }
  proof::Dictionaries& dictionaries_in(const std::vector<std::string>& folders) {
    if (!dictionaries || dictionaries->folders() != folders)
      dictionaries = std::make_unique<proof::Dictionaries>(folders);
    return *dictionaries;
  }
  bool read_fonts(diag::Sink& sink) {
    if (!fonts_read) fonts_read = fonts.read_manifest(data_folder + "/fonts/manifest.xml", sink);
    return fonts_read;
  }
};

struct Session::Data {
  Shared shared;
};

}  // namespace epitome
