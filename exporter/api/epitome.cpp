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
#include "report/report.hpp"
#include "style/read_language.hpp"
#include "style/read_layout.hpp"
#include "text/fonts.hpp"
#include "text/missing_glyphs.hpp"
#include "typeset/figures.hpp"
#include "typeset/typeset.hpp"

namespace epitome {

namespace {

Message to_message(const diag::Diagnostic& diagnostic, const diag::SourceText& source) {
  Message message;
  message.severity = static_cast<Severity>(diagnostic.severity);
  message.code = diag::code_name(diagnostic.code);
  if (diagnostic.span != diag::Span{}) {
    const diag::Place place = source.place(diagnostic.span.offset);
    message.line = place.line;
    message.column = place.column;
  }
  message.text = diagnostic.message;
  message.hints = diagnostic.hints;
  message.full = diag::render(diagnostic, source, diag::Format::full);
  message.brief = diag::render(diagnostic, source, diag::Format::brief);
  message.json = diag::render(diagnostic, source, diag::Format::json);
  return message;
}
static_assert(static_cast<int>(Severity::error) == static_cast<int>(diag::Severity::error) &&
              static_cast<int>(Severity::note) == static_cast<int>(diag::Severity::note));

}  // namespace

std::string version() { return EPITOME_VERSION; }

std::size_t largest_source() { return limits::input_bytes; }

bool is_date(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    for (const char c : text.substr(at, length)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  if (text.size() != 10 && text.size() != 20) return false;
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (text[4] != '-' || text[7] != '-' || year < 1 || month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (day > lengths[month - 1] + (month == 2 && leap ? 1 : 0)) return false;
  if (text.size() == 10) return true;
  const int hour = number(11, 2), minute = number(14, 2), second = number(17, 2);
  return text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == 'Z' && hour >= 0 && hour < 24 &&
         minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

Message input_fault(const std::string& name, const std::string& why) {
  return to_message({diag::Severity::error,
                     diag::Code::E0106,
                     {},
                     why,
                     {"name a file that is there and may be read, or - for standard input"}},
                    diag::SourceText(name, {}));
}

Message output_fault(const std::string& name, const std::string& why) {
  return to_message({diag::Severity::error, diag::Code::E0701, {}, why, {"-o names another folder or file"}},
                    diag::SourceText(name, {}));
}

Message memory_fault() {
  return to_message({diag::Severity::error,
                     diag::Code::E0903,
                     {},
                     "memory ran out",
                     {"give the program more memory (ulimit -v, the limit of a container), or a smaller document"}},
                    diag::SourceText("epitome", {}));
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
  return to_message({diag::Severity::error,
                     diag::Code::E0902,
                     {},
                     fmt::format("the program's data is not found: {} lacks {}", where, lacks),
                     {"EPITOME_DATA names another folder of data; cmake --install puts one beside the program"}},
                    diag::SourceText("epitome", {}));
}

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

// One document on its way through the rooms. A step that comes after others runs them first.
class Journey {
 public:
  Journey(Shared& shared, std::string name, std::string source, const FileReader& files, const Options& options)
      : shared_(shared), source_(std::move(name), std::move(source)), files_(files), options_(options) {}

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
    shared_.read_fonts(sink_);
    return !sink_.has_errors();
  }

  bool set_pages() {
    if (!read()) return false;
    const Way way = options_.on_missing_glyph == OnMissingGlyph::replace ? Way::replace : Way::refuse;
    missing_.emplace(epub_alone() ? Way::draft : way, replacements());
    typeset_ = typeset::typeset({drawing(), producer(), options_.report != ReportForm::none, source_.bytes()}, sink_);
    // Of an EPUB alone nobody sees the pages: they say where its pages turn.
    if (!epub_alone()) missing_->report(source_.bytes(), sink_);
    return typeset_ && !sink_.has_errors();
  }

  std::optional<std::string> pdf() { return pdf::write_pdf(typeset_->pages, {producer()}, sink_); }

  std::string report() const {
    return options_.report == ReportForm::html ? report::write_html(*typeset_, source_)
                                               : report::write_json(*typeset_, source_);
  }

  std::optional<epub::Package> package() {
    const image::Image* given = nullptr;
    diag::Span place;
    if (const std::optional<model::CoverImage>& named = book_->document.work.cover) {
      given = &book_->images.at(named->path);
      place = named->path_span;
    }
    if (epub_alone()) missing_.emplace(Way::draft, replacements());  // its cover's own
    std::optional<std::string> jpeg = cover::cover_jpeg(drawing(), given, place, sink_);
    missing_->report(source_.bytes(), sink_);
    if (!jpeg) return std::nullopt;
    return epub::package({*book_, *layout_, typeset_->page_map, std::move(*jpeg), producer()}, sink_);
  }

  // What can be said of the document, and the diagnostics. The words are counted for those who ask for them.
  Result result(bool with_words) {
    Result result;
    for (const diag::Diagnostic& diagnostic : sink_.diagnostics()) {
      result.messages.push_back(to_message(diagnostic, source_));
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

 private:
  using Way = text::MissingGlyphs::Way;
  bool epub_alone() const { return options_.epub && !options_.pdf; }
  text::Replacements replacements() const { return {shared_.data_folder, book_->language.tag}; }
  cover::Inputs drawing() {
    return {*book_, *layout_, shared_.fonts, shared_.data_folder + "/hyphenation", &*missing_};
  }

  Shared& shared_;
  diag::SourceText source_;
  const FileReader& files_;
  const Options& options_;
  diag::Sink sink_;
  const style::Layout* layout_ = nullptr;
  std::string file_stem_;
  std::unique_ptr<const book::Book> book_;
  std::optional<text::MissingGlyphs> missing_;
  std::optional<typeset::Typeset> typeset_;
};

std::string dump_page_map(const model::PageMap& map) {
  std::string out = "page map\n";
  for (const model::PageBreak& turn : map.breaks) {
    fmt::format_to(std::back_inserter(out), "  {} {} {}\n", turn.label, turn.id, turn.offset);
  }
  return out;
}

}  // namespace

struct Session::Data {
  Shared shared;
};

Session::Session(std::string data_folder) : data_(new Data{Shared(std::move(data_folder))}) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Result Session::run(std::string name, std::string source, const FileReader& files, const Options& options) {
  Journey journey(data_->shared, std::move(name), std::move(source), files, options);
  std::optional<std::string> pdf, epub;
  if (journey.set_pages()) {
    if (options.pdf) pdf = journey.pdf();
    if (options.epub) {
      if (const std::optional<epub::Package> package = journey.package())
        epub = epub::write_epub(*package, journey.sink());
    }
  }
  Result result = journey.result(true);
  if (result.errors == 0) {
    if (options.report != ReportForm::none) result.report = journey.report();
    result.pdf = std::move(pdf).value_or(std::string());
    result.epub = std::move(epub).value_or(std::string());
  }
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

std::string Session::dump(std::string name, std::string source, const FileReader& files, const Options& options,
                          Stage stage, Result& result) {
  Journey journey(data_->shared, std::move(name), std::move(source), files, options);
  std::string text;
  switch (stage) {
    case Stage::document:
      if (journey.read()) text = model::dump_document(journey.book().document);
      break;
    case Stage::words:
      if (journey.read()) text = book::dump_words(journey.book());
      break;
    case Stage::pages:
      if (journey.set_pages()) {
        text = page::dump_pages(journey.typeset().pages) + dump_page_map(journey.typeset().page_map) +
               typeset::dump_figures(journey.typeset().figures);
      }
      break;
    case Stage::package:
      if (journey.set_pages()) {
        if (const std::optional<epub::Package> package = journey.package()) text = epub::dump_package(*package);
      }
      break;
  }
  result = journey.result(stage == Stage::words);
  if (result.errors != 0) text.clear();
  return text;
}

}  // namespace epitome
