#include "api/epitome.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>

#include "api/images.hpp"
#include "book/book.hpp"
#include "book/words.hpp"
#include "cover/cover.hpp"
#include "diag/limits.hpp"
#include "epub/package.hpp"
#include "model/dump.hpp"
#include "model/title.hpp"
#include "page/pages.hpp"
#include "pdf/write_pdf.hpp"
#include "reader/read_document.hpp"
#include "reader/values.hpp"
#include "report/report.hpp"
#include "style/read_language.hpp"
#include "style/read_layout.hpp"
#include "text/fonts.hpp"
#include "text/missing_glyphs.hpp"
#include "typeset/figures.hpp"
#include "typeset/typeset.hpp"

namespace epitome {

struct Message::Data {
  diag::Diagnostic diagnostic;
  std::shared_ptr<const diag::SourceText> source;

  bool has_place() const { return diagnostic.span != diag::Span{}; }
};

Severity Message::severity() const { return data_->diagnostic.severity; }
Category Message::category() const { return diag::category_of(data_->diagnostic.code); }
std::string_view Message::code() const { return diag::code_name(data_->diagnostic.code); }
std::uint32_t Message::line() const {
  return data_->has_place() ? data_->source->place(data_->diagnostic.span.offset).line : 0;
}
std::uint32_t Message::column() const {
  return data_->has_place() ? data_->source->place(data_->diagnostic.span.offset).column : 0;
}
const std::string& Message::text() const { return data_->diagnostic.message; }
const std::vector<std::string>& Message::hints() const { return data_->diagnostic.hints; }
std::string Message::render(MessageFormat format) const {
  return diag::render(data_->diagnostic, *data_->source, format);
}

namespace {

Message to_message(diag::Diagnostic diagnostic, std::shared_ptr<const diag::SourceText> source) {
  return Message(std::make_shared<const Message::Data>(Message::Data{std::move(diagnostic), std::move(source)}));
}

// Of a file called `name`, or of the program: a fault without a place.
Message fault(diag::Code code, const std::string& name, std::string text, std::string hint) {
  return to_message({diag::severity_of(code), code, {}, std::move(text), {std::move(hint)}},
                    std::make_shared<const diag::SourceText>(name, std::string()));
}

}  // namespace

std::string version() { return EPITOME_VERSION; }

std::size_t largest_source() { return limits::input_bytes; }

bool is_date(std::string_view text) {
  if (reader::check_value(reader::Value::day, text.substr(0, 10))) return false;
  if (text.size() == 10) return true;
  const auto number = [&](std::size_t at) {
    const char tens = text[at], ones = text[at + 1];
    return tens < '0' || tens > '9' || ones < '0' || ones > '9' ? -1 : 10 * (tens - '0') + (ones - '0');
  };
  const auto below = [](int value, int end) { return value >= 0 && value < end; };
  return text.size() == 20 && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == 'Z' &&
         below(number(11), 24) && below(number(14), 60) && below(number(17), 60);
}

Message input_fault(const std::string& name, const std::string& why) {
  return fault(diag::Code::E0106, name, why, "name a file that is there and may be read, or - for standard input");
}

Message output_fault(const std::string& name, const std::string& why) {
  return fault(diag::Code::E0701, name, why, "-o names another folder or file");
}

Message memory_fault() {
  return fault(diag::Code::E0903, "epitome", "memory ran out",
               "give the program more memory (ulimit -v, the limit of a container), or a smaller document");
}

std::string visible(std::string_view text) { return diag::visible(text); }

std::optional<Message> data_fault(const std::string& folder) {
  std::string lacks;
  for (const char* const part :
       {"/layouts/book/layout.xml", "/layouts/replacements.xml", "/fonts/manifest.xml", "/hyphenation", "/names"}) {
    if (access((folder + part).c_str(), R_OK) != 0) lacks += (lacks.empty() ? "" : ", ") + std::string(part + 1);
  }
  if (lacks.empty()) return std::nullopt;
  const std::string where = folder.empty() ? "../share/epitome, beside the program's folder," : "'" + folder + "'";
  return fault(diag::Code::E0902, "epitome", fmt::format("the program's data is not found: {} lacks {}", where, lacks),
               "EPITOME_DATA names another folder of data; cmake --install puts one beside the program");
}

std::vector<std::string> layouts(const std::string& data_folder) { return style::layout_names(data_folder); }

namespace {

// What many documents share, read when it is first needed.
struct Shared {
  explicit Shared(std::string folder) : data_folder(std::move(folder)) {}

  std::string data_folder;
  text::FontSet fonts;
  bool fonts_read = false;
  std::map<std::pair<std::string, style::ScriptLines>, style::Layout> layouts;
  std::map<std::string, style::Language, std::less<>> languages;  // by the file's tag: documents' tags have no end
  std::optional<style::LanguageFiles> language_files;

  const style::Layout* layout(const std::string& name, const style::ScriptLines& lines, diag::Sink& sink) {
    auto at = layouts.find({name, lines});
    if (at == layouts.end()) {
      std::optional<style::Layout> read = style::read_layout(name, data_folder, sink, lines);
      if (!read) return nullptr;
      at = layouts.emplace(std::pair(name, lines), std::move(*read)).first;
    }
    return &at->second;
  }
  std::optional<style::Language> language(const std::string& tag, diag::Span place, diag::Sink& sink) {
    const std::optional<std::string> file = style::find_language(tag, data_folder, sink, place);
    const style::Language* const found = file ? language_of_file(*file, sink) : nullptr;
    if (found == nullptr) return std::nullopt;
    style::Language language = *found;
    language.asked = tag;
    return language;
  }
  // Of a text in a document of another language; null: there is no file for it.
  const style::Language* language_of_text(std::string_view tag, diag::Sink& sink) {
    if (!language_files) language_files.emplace(data_folder);
    const std::string* const file = language_files->find(tag);
    return file == nullptr ? nullptr : language_of_file(*file, sink);
  }
  // Null if it can't be read, which is told.
  const style::Language* language_of_file(const std::string& file, diag::Sink& sink) {
    auto at = languages.find(file);
    if (at == languages.end()) {
      std::optional<style::Language> read = style::read_language_file(file, data_folder, sink);
      if (!read) return nullptr;
      at = languages.emplace(file, std::move(*read)).first;
    }
    return &at->second;
  }
  bool read_fonts(diag::Sink& sink) {
    if (!fonts_read) fonts_read = fonts.read_manifest(data_folder + "/fonts/manifest.xml", sink);
    return fonts_read;
  }
};

std::string producer() { return "Epitome " + version(); }

}  // namespace

// One document on its way through the rooms. A step that comes after others runs them first.
class Journey {
 public:
  Journey(Shared& shared, std::string name, std::string source, const FileReader& files, const Options& options)
      : shared_(shared),
        kept_source_(std::make_shared<const diag::SourceText>(std::move(name), std::move(source))),
        files_(files),
        options_(options) {
    for (const Format& format : formats()) {
      if (std::find(options.formats.begin(), options.formats.end(), format.name) != options.formats.end())
        wanted_.push_back(&format);
    }
  }

  // The book and its layout; false if an error was reported. All that can be found is.
  bool read() {
    layout_ = shared_.layout(options_.layout, {}, sink_);
    const bool dated = !options_.date.empty() && is_date(options_.date);
    if (std::optional<model::Document> document = reader::read_document(source_, sink_)) {
      file_stem_ = model::file_stem(document->work.title, document->edition.work_uuid);
      book::Images images = api::load_images(*document, files_, sink_);
      if (std::optional<style::Language> language =
              shared_.language(document->edition.lang, document->edition.lang_span, sink_)) {
        book_ = book::prepare(
            std::move(*document), std::move(*language), std::move(images), sink_,
            [&](std::string_view tag) { return shared_.language_of_text(tag, sink_); },
            dated ? options_.date : std::string());
        if (layout_ != nullptr) layout_ = shared_.layout(options_.layout, book_->language.lines, sink_);
      }
    }
    if (!options_.date.empty() && !dated) {
      sink_.report(diag::Code::E0205, {}, fmt::format("'{}' is not a date", options_.date), {"write YYYY-MM-DD"});
    }
    check_formats();
    shared_.read_fonts(sink_);
    return !sink_.has_errors();
  }

  bool set_pages() {
    if (!read()) return false;
    const Way way = options_.on_missing_glyph == OnMissingGlyph::replace ? Way::replace : Way::refuse;
    missing_.emplace(pages_are_seen() ? way : Way::draft, replacements());
    typeset_ = typeset::typeset({drawing(), producer(), needs(Format::Needs::inspection), source_.bytes()}, sink_);
    if (pages_are_seen()) missing_->report(source_.bytes(), sink_);
    return typeset_ && !sink_.has_errors();
  }

  // What is made for the formats that are asked for; false if an error was reported.
  bool prepare() {
    const bool read_alone = std::all_of(wanted_.begin(), wanted_.end(),
                                        [](const Format* f) { return f->needs == Format::Needs::document; });
    return read_alone ? read() : set_pages();
  }

  std::optional<epub::Package> package() {
    const image::Image* given = nullptr;
    diag::Span place;
    if (const std::optional<model::CoverImage>& named = book_->document.work.cover) {
      given = &book_->images.at(named->path);
      place = named->path_span;
    }
    if (!pages_are_seen()) missing_.emplace(Way::draft, replacements());  // its cover's own
    std::optional<std::string> jpeg = cover::cover_jpeg(drawing(), given, place, sink_);
    missing_->report(source_.bytes(), sink_);
    if (!jpeg) return std::nullopt;
    return epub::package({*book_, *layout_, typeset_->page_map, std::move(*jpeg), producer()}, sink_);
  }

  // What can be said of the document, and the diagnostics. The words are counted for those who ask for them.
  Result result(bool with_words) {
    Result result;
    for (const diag::Diagnostic& diagnostic : sink_.diagnostics()) {
      result.messages.push_back(to_message(diagnostic, kept_source_));
    }
    result.errors = sink_.error_count();
    result.warnings = sink_.warning_count();
    result.file_stem = file_stem_;
    if (with_words && book_) result.figures.words = book::count_words(*book_);
    if (typeset_) result.figures.pages = static_cast<std::uint32_t>(typeset_->pages.pages.size());
    return result;
  }

  diag::Sink& sink() { return sink_; }
  const book::Book& book() const { return *book_; }
  const typeset::Typeset& typeset() const { return *typeset_; }
  const diag::SourceText& source() const { return source_; }
  const std::vector<const Format*>& wanted() const { return wanted_; }

 private:
  using Way = text::MissingGlyphs::Way;
  bool needs(Format::Needs need) const {
    return std::any_of(wanted_.begin(), wanted_.end(), [&](const Format* f) { return f->needs == need; });
  }
  // Pages that only say where an EPUB's pages turn may lack a glyph.
  bool pages_are_seen() const {
    return needs(Format::Needs::pages) || needs(Format::Needs::inspection) || !needs(Format::Needs::page_turns);
  }
  void check_formats() {
    for (const std::string& name : options_.formats) {
      if (find_format(name) != nullptr) continue;
      std::vector<std::string_view> names;
      for (const Format& format : formats()) names.push_back(format.name);
      sink_.report(diag::Code::E0205, {}, fmt::format("there is no format '{}'", name),
                   {fmt::format("there are {}", fmt::join(names, ", "))});
    }
  }
  text::Replacements replacements() const { return {shared_.data_folder, book_->language.tag}; }
  cover::Inputs drawing() {
    return {*book_, *layout_, shared_.fonts, shared_.data_folder + "/hyphenation", &*missing_};
  }

  Shared& shared_;
  std::shared_ptr<const diag::SourceText> kept_source_;  // by the messages too
  const diag::SourceText& source_ = *kept_source_;
  const FileReader& files_;
  const Options& options_;
  std::vector<const Format*> wanted_;
  diag::Sink sink_;
  const style::Layout* layout_ = nullptr;
  std::string file_stem_;
  std::unique_ptr<const book::Book> book_;
  std::optional<text::MissingGlyphs> missing_;
  std::optional<typeset::Typeset> typeset_;
};

namespace {

std::string dump_page_map(const model::PageMap& map) {
  std::string out = "page map\n";
  for (const model::PageBreak& turn : map.breaks) {
    fmt::format_to(std::back_inserter(out), "  {} {} {}\n", turn.label, turn.id, turn.offset);
  }
  return out;
}

using Written = std::optional<std::string>;

Written write_pdf(Journey& journey) { return pdf::write_pdf(journey.typeset().pages, {producer()}, journey.sink()); }

Written write_epub(Journey& journey) {
  std::optional<epub::Package> package = journey.package();
  return package ? epub::write_epub(epub::serialise(std::move(*package)), journey.sink()) : std::nullopt;
}

Written write_json(Journey& journey) { return report::write_json(journey.typeset(), journey.source()); }

Written write_html(Journey& journey) { return report::write_html(journey.typeset(), journey.source()); }

Written write_document(Journey& journey) { return model::dump_document(journey.book().document); }

Written write_words(Journey& journey) { return book::dump_words(journey.book()); }

Written write_pages(Journey& journey) {
  const typeset::Typeset& set = journey.typeset();
  return page::dump_pages(set.pages) + dump_page_map(set.page_map) + typeset::dump_figures(set.figures);
}

Written write_package(Journey& journey) {
  std::optional<epub::Package> package = journey.package();
  return package ? Written(epub::dump_container(epub::serialise(std::move(*package)))) : std::nullopt;
}

using Use = Format::Use;
using Needs = Format::Needs;

// A new format is a row here.
constexpr Format table[] = {
    {"pdf", ".pdf", "application/pdf", "A typeset, tagged PDF", Use::file, Needs::pages, write_pdf},
    {"epub", ".epub", "application/epub+zip", "An EPUB with the PDF's pages", Use::file, Needs::page_turns, write_epub},
    {"report-json", ".json", "application/json", "What lines and pages are like, for programs", Use::report,
     Needs::inspection, write_json},
    {"report-html", ".html", "text/html", "What lines and pages are like, drawn", Use::report, Needs::inspection,
     write_html},
    {"document", ".txt", "text/plain", "What was read", Use::stage, Needs::document, write_document},
    {"pages", ".txt", "text/plain", "What stands on the pages", Use::stage, Needs::pages, write_pages},
    {"package", ".txt", "text/plain", "What the EPUB holds", Use::stage, Needs::page_turns, write_package},
    {"words", ".txt", "text/plain", "What the document says, a line a piece", Use::stage, Needs::document, write_words},
};

}  // namespace

std::span<const Format> formats() { return table; }

const Format* find_format(std::string_view name) {
  const auto* const at =
      std::find_if(std::begin(table), std::end(table), [&](const Format& f) { return f.name == name; });
  return at == std::end(table) ? nullptr : at;
}

std::string_view Result::bytes(std::string_view format) const {
  const auto at = std::find_if(files.begin(), files.end(), [&](const File& f) { return f.format->name == format; });
  return at == files.end() ? std::string_view() : at->bytes;
}

struct Session::Data {
  Shared shared;
};

Session::Session(std::string data_folder) : data_(new Data{Shared(std::move(data_folder))}) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Result Session::run(std::string name, std::string source, const FileReader& files, const Options& options) {
  Journey journey(data_->shared, std::move(name), std::move(source), files, options);
  std::vector<File> written;
  if (journey.prepare()) {
    for (const Format* const format : journey.wanted()) {
      if (std::optional<std::string> bytes = format->write(journey)) written.push_back({format, {}, std::move(*bytes)});
    }
  }
  Result result = journey.result(true);
  if (result.errors != 0) return result;
  for (File& file : written) file.name = result.file_stem + std::string(file.format->ending);
  result.files = std::move(written);
  return result;
}

std::string Session::file_stem(std::string source) {
  diag::Sink sink;
  const std::optional<model::Document> document =
      reader::read_document(diag::SourceText(std::string(), std::move(source)), sink);
  return document ? model::file_stem(document->work.title, document->edition.work_uuid) : std::string();
}

Result Session::check(std::string name, std::string source, const FileReader& files, const Options& options) {
  Journey journey(data_->shared, std::move(name), std::move(source), files, options);
  journey.set_pages();
  return journey.result(false);
}

}  // namespace epitome
