// The library's one public header: source bytes and options in, diagnostics and bytes out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace epitome {

enum class Severity : std::uint8_t { note, warning, error };

// A diagnostic as a caller sees it: places are from 1, columns in code points.
struct Message {
  Severity severity = Severity::error;
  std::string code;                    // "E0301"
  std::uint32_t line = 0, column = 0;  // 0: the input as a whole
  std::string text;
  std::vector<std::string> hints;
  std::string full, brief, json;  // as printed in the three formats, each ending in a newline
};

// The names of the version of this library and of all that the bytes depend on: libraries and fonts.
std::string version();
std::string build_information();

// Reads a file that the source names (an image). `path` is relative to the document's folder and never leaves it.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

struct Options {
  std::string layout = "book";  // a layout's name or a folder
  std::string date;             // YYYY-MM-DD or a full ISO 8601 time: overrides the edition's modified date
  bool pdf = true, epub = true;
  std::string data_folder;  // layouts/, fonts/, hyphenation/; empty: as Session says
};

struct Figures {
  std::uint32_t pages = 0, words = 0;
};

struct Result {
  std::vector<Message> messages;
  std::size_t errors = 0, warnings = 0;
  std::string file_stem;  // "the-push"
  std::string pdf, epub;  // empty where not asked for or an error was reported
  Figures figures;
};

// Holds what many documents share: fonts, layouts, languages, patterns. Not for two threads at once; take one a thread.
class Session {
 public:
  // `data_folder`: where layouts/, fonts/ and hyphenation/ are.
  explicit Session(std::string data_folder);
  ~Session();
  // `name` is printed in diagnostics. Never throws for bad input; errors leave pdf and epub empty.
  Result run(std::string name, std::string source, const FileReader& files, const Options& options);
  // All diagnostics of reading and typesetting, nothing made.
  Result check(std::string name, std::string source, const FileReader& files, const Options& options);
  enum class Stage : std::uint8_t { document, pages, package, words };
  // The readable text of a stage; empty if an error was reported (then `result` has it).
  std::string dump(std::string name, std::string source, const FileReader& files, const Options& options, Stage stage,
                   Result& result);

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace epitome
