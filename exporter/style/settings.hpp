// The data files of this room as one flat table: element, its name and attribute to a value, with the
// place for diagnostics. Internal to style.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/length.hpp"

namespace pugi {
class xml_node;
}

namespace epitome::style {

using model::Length;

struct Setting {
  std::string value;
  std::uint32_t file = 0, offset = 0;
  bool used = false;
};

// The whole file, or nothing if it can't be read or is larger than limits::layout_file_bytes.
std::optional<std::string> read_file(const std::string& path);

// Files of the form <root base="…"><element name="n" attribute="value"/>…</root>. The key of a value is
// "element.n/attribute" ("element/attribute" without a name; "element.n" for an element's text). What a file
// says goes before what its base says.
class Settings {
 public:
  // `code` is what faults are reported as.
  Settings(diag::Sink& sink, diag::Code code) : sink_(sink), code_(code) {}

  // Reads `path`, shown as `shown` in diagnostics, and the files it builds on. A base is a path from the file's own
  // folder, or from `shared` (the program's own folder, shown as `shared_shown`). What files name stays in the folder
  // of `path` or in `shared`. False if a fault was reported.
  bool read(const std::string& path, const std::string& shown, std::string_view root, const std::string& shared,
            const std::string& shared_shown);

  // Marks it as used; null if no file gives it.
  const Setting* find(std::string_view key);
  // The value; reports that it is missing (then returns null).
  const Setting* require(std::string_view key);
  // The names that elements of that kind have, in the order of their first appearance; a base comes after.
  std::vector<std::string> names(std::string_view element) const;

  // The following turn a value into what it means, or report it; also one under `least` or over `most`.
  // An exact fraction of the unit: "0.6u", "1/2g".
  bool length(const Setting& setting, Length u, Length g, Length least, Length most, Length& out);
  bool integer(const Setting& setting, int least, int most, int& out);
  bool per_mille(const Setting& setting, int least, int most, int& out);  // "60%", "-0.8%"
  bool flag(const Setting& setting, bool& out);                           // "yes", "no"

  // Reports a fault at a value, or of the whole first file.
  void fault(const Setting& setting, const std::string& message, const std::string& hint);
  void fault(std::string message, std::string hint);
  // Reports a fault in a file that a value names.
  void fault(const diag::SourceText& file, std::size_t offset, const std::string& message, const std::string& hint) {
    fault_at(code_, file, offset, message, hint);
  }
  // Reports each value that nothing asked for.
  void report_unused();
  // The bytes of the file that a value names by a path from the folder of the file it stands in; reports what can't be
  // read or stands elsewhere. `what`: "style sheet".
  std::optional<std::string> named_file(const Setting& setting, std::string_view what);
  // Its path as diagnostics show it.
  std::string shown_path(const Setting& setting) const;
  bool sound() const { return sound_; }

 private:
  struct File {
    std::string path;
    diag::SourceText source;
  };
  bool read_one(const std::string& path, const std::string& shown, std::string_view root, const std::string& shared,
                const std::string& shared_shown, int depth);
  // What an element of a file says.
  void read_element(pugi::xml_node element, std::uint32_t file);
  bool is_ours(const std::string& path) const;
  bool may_be_read(const std::string& path) const;
  void put(std::string key, std::string value, std::uint32_t file, std::size_t offset);
  void fault_at(std::uint32_t file, std::size_t offset, const std::string& message, const std::string& hint) {
    fault_at(code_, files_[file].source, offset, message, hint);
  }
  void fault_at(diag::Code code, const diag::SourceText& file, std::size_t offset, const std::string& message,
                const std::string& hint);

  diag::Sink& sink_;
  diag::Code code_;
  bool sound_ = true;
  std::string own_, ours_;  // the folders that may be read: of the first file, and the program's
  std::vector<File> files_;
  std::map<std::string, Setting, std::less<>> values_;
  std::vector<std::pair<std::string, std::string>> names_;  // element, name
};

}  // namespace epitome::style
