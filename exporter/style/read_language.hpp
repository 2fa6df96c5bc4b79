// Language files to Language.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"

namespace epitome::style {

// The language for `tag` by RFC 4647's lookup: <data_folder>/layouts/languages/<tag>.xml, else with the
// last subtag left off, and so on (en-AU: en), but never in another script; else that of the tag's likely script
// (zh-TW: zh-Hant), else the file that names the tag as another of its own (`also`; no: nb). Reports E0502 with the
// languages there are if none fits, E0505 if the file can't be read, lacks a label or has one too many; then returns
// nothing.
// `place`: where the source names the tag.
std::optional<Language> read_language(std::string_view tag, const std::string& data_folder, diag::Sink& sink,
                                      diag::Span place = {});

// The same in two steps, for those who read a file once: the tag of the file for `tag` (E0502), and that file (E0505),
// whose `asked` is still empty.
std::optional<std::string> find_language(std::string_view tag, const std::string& data_folder, diag::Sink& sink,
                                         diag::Span place = {});
std::optional<Language> read_language_file(const std::string& tag, const std::string& data_folder, diag::Sink& sink);

// The languages that there are files for, looked up as read_language does.
class LanguageFiles {
 public:
  explicit LanguageFiles(std::string data_folder);
  // The tag of the file for `tag`; null: there is none.
  const std::string* find(std::string_view tag);
  // All of them, sorted.
  const std::vector<std::string>& tags() const { return tags_; }

 private:
  struct Other {
    std::string tag, file;
  };
  const std::string* file(std::string_view tag) const;
  void read_others();

  std::string folder_;
  std::vector<std::string> tags_;
  std::vector<Other> others_;  // that files name in `also`, read at first need
  bool others_read_ = false;
};

// The script (ISO 15924) of text in the language `tag`: the likeliest where the tag has none (UTS #35); empty if that
// is not known.
std::string script_of(std::string_view tag);

// The tags of all language files, sorted.
std::vector<std::string> language_tags(const std::string& data_folder);

}  // namespace epitome::style
