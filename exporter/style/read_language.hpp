// Language files to Language.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"

namespace epitome::style {

// Where language files are looked for, one after the other.
struct LanguageFolders {
  LanguageFolders(std::string data_folder, std::string own_folder = {})
      : data(std::move(data_folder)), own(std::move(own_folder)) {}
  std::string data;  // its layouts/languages/
  std::string own;   // a caller's, whose files go before those; empty: none
};

// The language files there are, and the way from a tag to one of them.
class LanguageFiles {
 public:
  explicit LanguageFiles(LanguageFolders folders);
  // The tag of the file for `tag` by RFC 4647's lookup: <tag>.xml, else with the last subtag left off, and so on
  // (en-AU: en), but never in another script; else that of the tag's likely script (zh-TW: zh-Hant), else the file that
  // names the tag as another of its own (`also`; no: nb). Null: there is none.
  const std::string* find(std::string_view tag);
  // The tag of the file that a language without one borrows from: one in its script, else English. Null: not even that.
  const std::string* lender(std::string_view tag) const;
  // All of them, sorted.
  const std::vector<std::string>& tags() const { return tags_; }
  // That file, whose `asked` is still empty. Reports E0505 if it can't be read, lacks a label or has one too many; then
  // returns nothing.
  std::optional<Language> read(const std::string& file_tag, diag::Sink& sink) const;

 private:
  struct Other {
    std::string tag, file;
  };
  const std::string* file(std::string_view tag) const;
  bool is_own(const std::string& tag) const;
  std::string path(const std::string& tag) const;
  void read_others();

  LanguageFolders folders_;
  std::vector<std::string> tags_, own_tags_;
  std::vector<Other> others_;  // that files name in `also`, read at first need
  bool others_read_ = false;
};

// The language for a document's tag. Without a file for it (W0508) what another file says of script and labels is
// borrowed, and what CLDR knows of the language itself goes before it; reports E0502 if there is nothing to borrow, and
// what LanguageFiles::read does; then returns nothing. A draft is told (N0509). `place`: where the source names the
// tag.
std::optional<Language> read_language(std::string_view tag, LanguageFiles& files, diag::Sink& sink,
                                      diag::Span place = {});
std::optional<Language> read_language(std::string_view tag, const std::string& data_folder, diag::Sink& sink,
                                      diag::Span place = {});

// The same where files are read once: `file` gives that of a file's tag, null if it can't be read. `own`: labels that
// the document says itself, which go before the file's; E0205 for one that no file has, or whose places are others.
// With all of them nothing is borrowed, and nothing told.
std::optional<Language> find_language(std::string_view tag, LanguageFiles& files,
                                      const std::function<const Language*(const std::string&)>& file, diag::Sink& sink,
                                      diag::Span place = {}, const std::vector<model::Label>& own = {});

// The script (ISO 15924) of text in the language `tag`: the likeliest where the tag has none (UTS #35); empty if that
// is not known.
std::string script_of(std::string_view tag);

// The tags of all language files of the program's data, sorted.
std::vector<std::string> language_tags(const std::string& data_folder);

}  // namespace epitome::style
