#include "api/journey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/check.hpp"
#include "api/embedded_fonts.hpp"
#include "api/images.hpp"
#include "api/message.hpp"
#include "api/parts.hpp"
#include "book/words.hpp"
#include "cover/small_cover.hpp"
#include "epub/accessibility.hpp"
#include "model/title.hpp"
#include "reader/read_document.hpp"

namespace epitome {

std::vector<Message> messages_of(const diag::Sink& sink, const std::shared_ptr<const diag::SourceText>& source,
                                 Syntax syntax) {
  std::vector<Message> messages;
  if (sink.diagnostics().empty()) return messages;
  const auto pointer = reader::pointers(*source, syntax);
  for (diag::Diagnostic diagnostic : sink.diagnostics()) {
    if (pointer && diagnostic.span != diag::Span{}) diagnostic.pointer = pointer(diagnostic.span.offset);
    messages.push_back(to_message(std::move(diagnostic), source));
  }
  return messages;
}

std::string producer() { return "Epitome " + version(); }

namespace {

// The rows of the table that are asked for.
std::vector<const Format*> wanted_formats(const Options& options) {
  std::vector<const Format*> wanted;
  for (const Format& format : formats()) {
    if (std::find(options.formats.begin(), options.formats.end(), format.name) != options.formats.end())
      wanted.push_back(&format);
  }
  return wanted;
}

bool any_needs(const std::vector<const Format*>& wanted, Format::Needs need) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const Format* f) { return f->needs == need; });
}

text::MissingGlyphs::Way way(const Options& options) {
  using Way = text::MissingGlyphs::Way;
  return options.on_missing_glyph == OnMissingGlyph::replace ? Way::replace : Way::refuse;
}

text::Replacements replacements(const Shared& shared, const book::Book& book) {
  return {shared.data_folder, book.language.tag};
}

void check_formats(const Options& options, diag::Sink& sink) {
  for (const std::string& name : options.formats) {
    if (find_format(name) != nullptr) continue;
    std::vector<std::string_view> names;
    for (const Format& format : formats()) names.push_back(format.name);
    sink.report(diag::Code::E0205, {}, fmt::format("there is no format '{}'", name),
                {fmt::format("there are {}", fmt::join(names, ", "))});
  }
}

}  // namespace

Journey::Journey(Shared& shared, std::string name, std::string source, const FileReader& files, const Options& options,
                 const CheckInputs* inputs)
    : shared_(shared),
      source_(std::make_shared<const diag::SourceText>(std::move(name), std::move(source))),
      syntax_(syntax_of(source_->name(), options)),
      files_(files),
      options_(options),
      inputs_(inputs),
      wanted_(wanted_formats(options)) {}

bool Journey::read() {
  layout_ = shared_.layout(options_.layout, {}, sink_);
  const std::set<model::PartKind> kinds = api::kinds_named(options_.parts, sink_);
  const bool dated = !options_.date.empty() && is_date(options_.date);
  if (std::optional<model::Document> document = reader::read_document(*source_, sink_, syntax_)) {
    result_.file_stem = model::file_stem(document->work.title, document->edition.work_uuid);
    result_.language = document->edition.lang;
    if (!kinds.empty() && !api::has_any(*document, kinds, sink_)) return false;
    // A check looks into every bit of a picture; an export need not, each time.
    const image::Depth depth = inputs_ != nullptr ? image::Depth::whole : image::Depth::segments;
    book::Images images = api::load_images(*document, files_, depth, sink_);
    if (std::optional<style::Language> language = shared_.language(document->edition, sink_)) {
      if (inputs_ != nullptr) api::proofread({*document, *language, *source_, syntax_}, *inputs_, shared_, sink_);
      book_ = book::prepare(
          std::move(*document), std::move(*language), std::move(images), sink_,
          [&](std::string_view tag) { return shared_.language_of_text(tag, sink_); },
          dated ? options_.date : std::string(), kinds);
      if (layout_ != nullptr) layout_ = shared_.layout(options_.layout, book_->language.lines, sink_);
    }
  }
  if (!options_.date.empty() && !dated) {
    sink_.report(diag::Code::E0205, {}, fmt::format("'{}' is not a date", options_.date), {"write YYYY-MM-DD"});
  }
  check_formats(options_, sink_);
  shared_.read_fonts(sink_);
  return !sink_.has_errors();
}

bool Journey::set_pages() {
  if (!read()) return false;
  missing_.emplace(pages_are_seen() ? way(options_) : text::MissingGlyphs::Way::draft, replacements(shared_, *book_));
  typeset_ = typeset::typeset({drawing(*layout_, *missing_), producer(), any_needs(wanted_, Format::Needs::inspection),
                               reader::source_texts(*source_, syntax_)},
                              sink_);
  if (typeset_) result_.figures.pages = static_cast<std::uint32_t>(typeset_->pages.pages.size());
  if (pages_are_seen()) missing_->report(reader::source_texts(*source_, syntax_), sink_);
  return typeset_ && !sink_.has_errors();
}

bool Journey::prepare() {
  const bool read_alone = !options_.describe && std::all_of(wanted_.begin(), wanted_.end(), [](const Format* f) {
    return f->needs == Format::Needs::document;
  });
  return read_alone ? read() : set_pages();
}

std::optional<page::Pages> Journey::set_apart(
    const style::Layout& layout,
    const std::function<std::optional<page::Pages>(const typeset::Inputs&, diag::Sink&)>& set) {
  text::MissingGlyphs missing(way(options_), replacements(shared_, *book_));
  diag::Sink sink;
  std::optional<page::Pages> pages =
      set({drawing(layout, missing), producer(), false, reader::source_texts(*source_, syntax_)}, sink);
  missing.report(reader::source_texts(*source_, syntax_), sink);
  const std::vector<diag::Diagnostic> told = sink_.diagnostics();
  for (const diag::Diagnostic& found : sink.diagnostics()) {
    const bool again = std::any_of(told.begin(), told.end(), [&](const diag::Diagnostic& d) {
      return d.code == found.code && d.span == found.span && d.message == found.message;
    });
    if (!again) sink_.report(found.code, found.span, found.message, found.hints);
  }
  return sink_.has_errors() ? std::nullopt : std::move(pages);
}

std::optional<epub::Package> Journey::package(bool aloud) {
  if (!cover_) make_cover();
  if (!cover_) return std::nullopt;
  std::optional<epub::Package> made =
      epub::package({*book_, *layout_, typeset_->page_map, cover_->bytes, cover_->kind, producer(), aloud}, sink_);
  if (made && options_.embed_fonts) {
    if (fonts_.empty()) fonts_ = api::embedded_fonts(typeset_->pages, book_->language, sink_);
    if (sink_.has_errors()) return std::nullopt;
    epub::embed_fonts(*made, fonts_);
  }
  return made;
}

std::string Journey::onix() const {
  return epub::onix_features(
      {*book_, *layout_, typeset_->page_map, {}, {}, producer(), options_.read_aloud.is_asked_for()});
}

void Journey::release_pages(std::span<const Format* const> left) {
  if (options_.embed_fonts) return;
  const auto needs_map = [](const Format* f) { return f->needs == Format::Needs::page_turns; };
  if (typeset_ && std::all_of(left.begin(), left.end(), needs_map)) typeset_->pages = {};
}

Result Journey::result(bool with_words) {
  Result result = result_;
  result.messages = messages_of(sink_, source_, syntax_);
  result.errors = sink_.error_count();
  result.warnings = sink_.warning_count();
  for (const Message& message : of_other_files_) result.errors += message.severity() == Severity::error ? 1 : 0;
  result.messages.insert(result.messages.end(), of_other_files_.begin(), of_other_files_.end());
  if (with_words && book_) result.figures.words = book::count_words(*book_);
  return result;
}

bool Journey::pages_are_seen() const {
  return any_needs(wanted_, Format::Needs::pages) || any_needs(wanted_, Format::Needs::inspection) ||
         !any_needs(wanted_, Format::Needs::page_turns);
}

void Journey::make_cover() {
  const image::Image* given = nullptr;
  diag::Span place;
  if (const std::optional<model::CoverImage>& named = book_->document.work.cover) {
    given = &book_->images.at(named->path);
    place = named->path_span;
  }
  if (!pages_are_seen())
    missing_.emplace(text::MissingGlyphs::Way::draft, replacements(shared_, *book_));  // its cover's own
  cover_ = cover::cover_file(drawing(*layout_, *missing_), given, place, sink_);
  missing_->report(reader::source_texts(*source_, syntax_), sink_);
}

std::string Journey::small_cover() {
  if (book_->document.work.cover) return {};
  text::MissingGlyphs missing(text::MissingGlyphs::Way::draft, replacements(shared_, *book_));
  diag::Sink sink;
  const std::optional<cover::CoverFile> made = cover::small_cover(drawing(*layout_, missing), sink);
  return made ? made->bytes : std::string();
}

cover::Inputs Journey::drawing(const style::Layout& layout, text::MissingGlyphs& missing) {
  return {*book_, layout, shared_.fonts, shared_.data_folder + "/hyphenation", &missing};
}

}  // namespace epitome
