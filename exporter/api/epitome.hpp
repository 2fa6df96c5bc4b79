// The library's one public header: source bytes and options in, diagnostics and bytes out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/formats.hpp"
#include "diag/kinds.hpp"

namespace epitome {

using diag::Category;
using diag::Severity;
using MessageFormat = diag::Format;

// A diagnostic as a caller sees it. Cheap to copy; it stays whole when its session ends.
class Message {
 public:
  struct Data;
  explicit Message(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

  Severity severity() const;
  Category category() const;
  std::string_view code() const;  // "E0301"
  // From 1, columns in code points; 0: the input as a whole, or another file that the text names.
  std::uint32_t line() const;
  std::uint32_t column() const;
  const std::string& text() const;
  const std::vector<std::string>& hints() const;
  // As printed in that format, ending in a newline.
  std::string render(MessageFormat format) const;

 private:
  std::shared_ptr<const Data> data_;
};

// "0.1.0".
std::string version();
// All that the bytes depend on, a line each: the version, the libraries' versions, the fonts as the manifest in
// `data_folder` names them.
std::string build_information(const std::string& data_folder);

// A fault that a caller finds where it reads or writes files itself, told as the library tells its own. `name` is the
// file's, `why` a clause ("Permission denied").
Message input_fault(const std::string& name, const std::string& why);   // E0106
Message output_fault(const std::string& name, const std::string& why);  // E0701
// Nothing if `folder` can be the program's data; else E0902, which says what it lacks.
std::optional<Message> data_fault(const std::string& folder);
// The names of the layouts in `data_folder`, sorted.
std::vector<std::string> layouts(const std::string& data_folder);
// Memory ran out.
Message memory_fault();  // E0903

// A name as a diagnostic prints it: control characters and what is no UTF-8 are shown by U+FFFD.
std::string visible(std::string_view text);

// Reads a file that the source names (an image). `path` is relative to the document's folder and never leaves it.
// Nothing if there is no such file; if there is one that can't be read, `why_not` says why; `leads_outside` (E0305) if
// symbolic links lead out of the folder.
inline constexpr char leads_outside[] = "it leads outside the document's folder";
using FileReader = std::function<std::optional<std::string>(const std::string& path, std::string& why_not)>;

// True for YYYY-MM-DD and YYYY-MM-DDThh:mm:ssZ that exist.
bool is_date(std::string_view text);
// The largest source document that is read; more bytes need not be given.
std::size_t largest_source();

// What becomes of a character that no font has.
enum class OnMissingGlyph : std::uint8_t {
  error,    // E0601: no file is made
  replace,  // W0609: the PDF shows a sign much like it or its name in brackets, and says the character itself
};

struct Options {
  std::string layout = "book";  // a layout's name or a folder
  std::string date;             // see is_date: overrides the edition's date of modification; empty: the edition's own
  std::vector<std::string> formats = {"pdf", "epub"};  // names of api/formats.hpp's; E0205 for another
  // An EPUB alone needs no font: it is made either way, and only what its drawn cover can't show is told (W0609).
  OnMissingGlyph on_missing_glyph = OnMissingGlyph::error;
};

struct Figures {
  std::uint32_t pages = 0;
  std::uint32_t words = 0;  // counted by Session::run alone
};

// What was written in one format.
struct File {
  const Format* format = nullptr;
  std::string name;  // "the-push.pdf"
  std::string bytes;
};

struct Result {
  std::vector<Message> messages;
  std::size_t errors = 0, warnings = 0;
  std::string file_stem;    // "the-push"; empty if the source can't be read
  std::vector<File> files;  // those that were asked for, in the order of formats(); none if an error was reported
  Figures figures;

  // The bytes of the file in that format; empty if there is none.
  std::string_view bytes(std::string_view format) const;
};

// Holds what many documents share: fonts, layouts, languages, patterns. Not for two threads at once; take one a thread.
// Where memory runs out, std::bad_alloc is thrown; but C libraries inside (HarfBuzz) pass over some failed allocations
// in silence, and what they give then is not whole. A program that may run out of memory ends at the first failed
// allocation, as epitome does (app/main/allocation.cpp).
class Session {
 public:
  // `data_folder`: where layouts/, fonts/ and hyphenation/ are. Nothing is opened yet.
  explicit Session(std::string data_folder);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  // Writes the document in the formats that are asked for; pages are set only if one of them needs them. `name` is
  // printed in diagnostics. Never throws for bad input.
  Result run(std::string name, std::string source, const FileReader& files, const Options& options);
  // How the files of a source are named, read from its title alone; empty if the source can't be read.
  static std::string file_stem(std::string source);
  // All diagnostics of reading and typesetting, nothing made.
  Result check(std::string name, std::string source, const FileReader& files, const Options& options);

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace epitome
