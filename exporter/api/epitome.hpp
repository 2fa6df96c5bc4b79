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
using diag::Syntax;
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
  // A JSON Pointer (RFC 6901) to the place, if the source is JSON; empty: the whole, or another file.
  const std::string& pointer() const;
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
// The kinds of parts, as the source document names them.
std::vector<std::string> part_names();
// Memory ran out.
Message memory_fault();  // E0903

// The largest EPUB that is checked; more bytes need not be given.
std::size_t largest_epub();
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

// The format booklet.
struct BookletOptions {
  int signature = 0;      // pages that are folded together, a multiple of 4; 0: by the length of the book
  int paper_weight = 80;  // g/m²
  bool marks = false;     // where to fold, and where to cut if the paper is larger than two pages
};

enum class CardSize : std::uint8_t {
  a7,             // 105 mm × 74 mm on A4
  three_by_five,  // inches, on Letter
};

// The format cards.
struct CardOptions {
  CardSize size = CardSize::a7;
  bool duplex = false;                // answers on the sheet's back; else beside the prompts, to be folded over
  int back_right = 0, back_down = 0;  // by which backs are moved, in 1/100 mm
  bool registration = false;          // duplex: also a sheet that shows by how much to move them
};

// What is said at once in an EPUB that is read aloud: a sentence, a picture's description, a page's number.
struct Utterance {
  std::string_view id;  // of its element in the EPUB
  std::string_view text, language;
};
// Says it: the bytes of a WAV (PCM of 16 bits, one channel or two) or MP3 file, all for one document of a kind and
// rate. Nothing if it can't, and why not (E0704). Same in, same out, or the EPUB's bytes differ from run to run.
using Voice = std::function<std::optional<std::string>(const Utterance& utterance, std::string& why_not)>;

// A human voice: a WAV or MP3 file, and labels that say where in it which sentence or paragraph is, by the ids in the
// EPUB: begin and end in seconds and id, with tabs between, a line each, as Audacity exports them.
struct Recording {
  std::string name, audio;  // the names are printed in diagnostics
  std::string labels_name, labels;
};

// The format epub as an edition that is read aloud (EPUB 3.3, 9: media overlays): by one of the two, else it isn't.
struct ReadAloud {
  Voice voice;
  std::vector<Recording> recordings;
  std::string narrator;  // whose voice it is; empty: nobody is named
  bool is_asked_for() const { return voice != nullptr || !recordings.empty(); }
};

struct Options {
  std::string layout = "book";      // a layout's name or a folder
  std::string brief_layout = "a4";  // the same: of the format brief
  std::string date;  // see is_date: overrides the edition's date of modification; empty: the edition's own
  std::vector<std::string> formats = {"pdf", "epub"};  // names of api/formats.hpp's; E0205 for another
  // An EPUB alone needs no font: it is made either way, and only what its drawn cover can't show is told (W0609).
  OnMissingGlyph on_missing_glyph = OnMissingGlyph::error;
  // The kinds of parts that all files hold, as the source document names them (part_names); empty: all. Pages that the
  // program writes of itself stay.
  std::vector<std::string> parts;
  bool black = false;  // PDFs in black and greys alone
  BookletOptions booklet;
  CardOptions cards;
  std::optional<Syntax> from;  // what the source is written in; nothing: by the ending of its name, else XML
  bool embed_fonts = false;    // EPUBs hold the fonts of the pages, cut to their characters
  bool check_epub = false;     // EPUBs are held against the rules of check_epub; an error there is one of the document
  bool describe = false;       // also what a page on the web says of the summary: Result::description
  ReadAloud read_aloud;
};

// What check is given besides the document. Files by their name, which diagnostics print, and their bytes.
struct NamedBytes {
  std::string name, bytes;
};
struct CheckInputs {
  std::optional<NamedBytes> ignores;  // lines of CODE | TEXT | REASON: warnings that are meant so (source/reference.md)
  std::optional<NamedBytes> book;     // the work, as an EPUB or as text: quotations are looked for in it
  // Folders of Hunspell's dictionaries (de_DE.aff, de_DE.dic), in the order in which they are looked for: spelling is
  // checked. Nothing: it isn't.
  std::optional<std::vector<std::string>> dictionaries;
};

// The syntaxes of source documents.
struct SyntaxName {
  Syntax syntax;
  std::string_view name, ending;  // "json", ".json"
};
std::vector<SyntaxName> syntaxes();
// As Options::from says, or else the ending of the source's name.
Syntax syntax_of(std::string_view name, const Options& options);
// The JSON Schema of a summary in JSON: source/summary.schema.json. `dialect`: one of schema_dialects(), whose rules
// for structured output it keeps, or relaxng for the grammar of a summary in XML: source/summary.rnc. Empty if there is
// no such.
std::string schema(std::string_view dialect = "portable");
std::vector<std::string> schema_dialects();

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

// What a page on the web says of a summary.
struct Description {
  std::string entry;  // site::write_entry's JSON; it names the pictures by their paths in a site
  struct Picture {
    std::string path, bytes, sha256;  // of the bytes, 64 digits
  };
  std::vector<Picture> pictures;  // the cover, once as a thumbnail, and those of the text
};

// What the files of a document may be named from.
struct Heading {
  std::string file_stem;  // "the-push"; empty if the source can't be read
  std::string language;   // its tag: "en-GB"
};

struct Result {
  std::vector<Message> messages;
  std::size_t errors = 0, warnings = 0;
  std::string file_stem;    // "the-push"; empty if the source can't be read
  std::string language;     // its tag: "en-GB"
  std::vector<File> files;  // those that were asked for, in the order of formats(); none if an error was reported
  Figures figures;
  std::optional<Description> description;  // if it was asked for, and no error was reported

  // The bytes of the file in that format; empty if there is none.
  std::string_view bytes(std::string_view format) const;
};

// The rules for any EPUB (source/epub-rules.md), held against one of any origin; `name` is printed in diagnostics,
// before the path inside the EPUB. Never throws for bad input.
Result check_epub(const std::string& name, std::string_view epub);

// Holds what many documents share: fonts, layouts, languages, patterns. Not for two threads at once; take one a thread:
// sessions share nothing that is written to.
// A run takes, besides 20 to 50 MB, for each byte of its source at most about: 30 bytes for running text, block
// quotations and verse; 50 for short paragraphs, chapters, takeaways, cues, links and quotations; 60 where every few
// words are a phrase, a note, a definition or a cell, and for Japanese; 110 for list items of two words
// (tests/bench/memory.py measures it).
// Where memory runs out, std::bad_alloc is thrown; but C libraries inside (HarfBuzz) pass over some failed allocations
// in silence, and what they give then is not whole. A program that may run out of memory ends at the first failed
// allocation, as epitome does (app/main/allocation.cpp).
class Session {
 public:
  // `data_folder`: where layouts/, fonts/ and hyphenation/ are. `languages_folder`: language files (layouts/README.md)
  // that are taken before those of the data; empty: none. Nothing is opened yet.
  explicit Session(std::string data_folder, std::string languages_folder = {});
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  // Writes the document in the formats that are asked for; pages are set only if one of them needs them. `name` is
  // printed in diagnostics. Never throws for bad input.
  Result run(std::string name, std::string source, const FileReader& files, const Options& options);
  // From a source or its beginning, as long as that holds work and edition; nothing if it doesn't, or they are not as
  // they should be. What stands behind them is looked at only if they don't come first.
  static std::optional<Heading> heading(std::string_view beginning, Syntax syntax = Syntax::xml);
  // The same document in another syntax: `written` is empty if an error was reported. No image is read, nothing set.
  static Result convert(std::string name, std::string source, const Options& options, Syntax to, std::string& written);
  // All diagnostics of reading and typesetting, and what an editor would mark (W0411 to E0436); nothing is made.
  Result check(std::string name, std::string source, const FileReader& files, const Options& options,
               const CheckInputs& inputs = {});
  // The source with what can be mended without a person's having looked at it; else byte for byte as it was. A source
  // with errors stays as it is. In as many lines as before.
  std::string mend(const std::string& name, const std::string& source, const Options& options);

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace epitome
