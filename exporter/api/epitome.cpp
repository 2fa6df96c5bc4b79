#include "api/epitome.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <span>

#include "api/check.hpp"
#include "api/journey.hpp"
#include "api/message.hpp"
#include "api/shared.hpp"
#include "diag/limits.hpp"
#include "model/title.hpp"
#include "preflight/preflight.hpp"
#include "reader/read_document.hpp"
#include "reader/values.hpp"
#include "reader/write_schema.hpp"
#include "site/describe.hpp"
#include "style/read_layout.hpp"

namespace epitome {

std::string version() { return EPITOME_VERSION; }

std::size_t largest_source() { return limits::input_bytes; }

std::size_t largest_epub() { return limits::epub_bytes; }

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

std::string visible(std::string_view text) { return diag::visible(text); }

std::vector<std::string> layouts(const std::string& data_folder) { return style::layout_names(data_folder); }

std::string_view Result::bytes(std::string_view format) const {
  const auto at = std::find_if(files.begin(), files.end(), [&](const File& f) { return f.format->name == format; });
  return at == files.end() ? std::string_view() : at->bytes;
}

Result check_epub(const std::string& name, std::string_view epub) {
  Result result;
  if (epub.size() > limits::epub_bytes) {
    result.messages.push_back(
        fault(diag::Code::E0802, name, "the EPUB is too large", "an EPUB has a gigabyte at most"));
    result.errors = 1;
    return result;
  }
  preflight::Report report = preflight::inspect(epub);
  result.errors = report.errors;
  result.warnings = report.warnings;
  for (preflight::File& file : report.files) {
    const auto source = std::make_shared<const diag::SourceText>(file.path.empty() ? name : name + "/" + file.path,
                                                                 std::move(file.bytes));
    for (diag::Diagnostic& diagnostic : file.found)
      result.messages.push_back(to_message(std::move(diagnostic), source));
  }
  return result;
}

namespace {

// What a page on the web says; nothing if an error was reported.
std::optional<Description> describe(Journey& journey) {
  const std::optional<epub::Package> made = journey.package();
  if (!made) return std::nullopt;
  site::Description found =
      site::describe({journey.book(), journey.layout(), journey.typeset()->page_map, {}, {}, producer()}, *made,
                     journey.file_stem(), journey.small_cover(), journey.sink());
  Description out{site::write_entry(found.entry), {}};
  for (site::Picture& picture : found.pictures)
    out.pictures.push_back({std::move(picture.file.path), std::move(picture.bytes), std::move(picture.sha256)});
  return out;
}

// What readers would stumble over in the EPUBs.
void add_rules_of_epub(const std::vector<File>& files, Result& result) {
  for (const File& file : files) {
    if (file.format->media_type != "application/epub+zip") continue;
    Result found = check_epub(file.name, file.bytes);
    result.errors += found.errors;
    result.warnings += found.warnings;
    std::move(found.messages.begin(), found.messages.end(), std::back_inserter(result.messages));
  }
}

}  // namespace

Session::Session(std::string data_folder, std::string languages_folder)
    : data_(new Data{Shared(std::move(data_folder), std::move(languages_folder))}) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Result Session::run(std::string name, std::string source, const FileReader& files, const Options& options) {
  Journey journey(data_->shared, std::move(name), std::move(source), files, options);
  std::vector<File> written;
  std::optional<Description> description;
  if (journey.prepare()) {
    const std::span<const Format* const> wanted = journey.wanted();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      journey.release_pages(wanted.subspan(i));
      if (std::optional<std::string> bytes = wanted[i]->write(journey))
        written.push_back({wanted[i], {}, std::move(*bytes)});
    }
    if (options.describe) description = describe(journey);
  }
  Result result = journey.result(true);
  for (File& file : written) file.name = result.file_stem + std::string(file.format->ending);
  if (options.check_epub) add_rules_of_epub(written, result);
  if (result.errors != 0) return result;
  result.files = std::move(written);
  result.description = std::move(description);
  return result;
}

Syntax syntax_of(std::string_view name, const Options& options) {
  return options.from ? *options.from : reader::syntax_of(name);
}

std::string schema(std::string_view dialect) {
  for (const reader::SchemaDialectName& known : reader::schema_dialects())
    if (known.name == dialect) return reader::write_schema(known.value);
  return {};
}

std::vector<std::string> schema_dialects() {
  std::vector<std::string> out;
  for (const reader::SchemaDialectName& known : reader::schema_dialects()) out.emplace_back(known.name);
  return out;
}

std::vector<SyntaxName> syntaxes() {
  std::vector<SyntaxName> out;
  for (const reader::SyntaxName& known : reader::syntaxes()) out.push_back({known.syntax, known.name, known.ending});
  return out;
}

Result Session::convert(std::string name, std::string source, const Options& options, Syntax to, std::string& written) {
  const auto text = std::make_shared<const diag::SourceText>(std::move(name), std::move(source));
  const Syntax from = syntax_of(text->name(), options);
  diag::Sink sink;
  written = reader::convert(*text, from, to, sink).value_or(std::string());
  Result result;
  result.messages = messages_of(sink, text, from);
  result.errors = sink.error_count();
  result.warnings = sink.warning_count();
  return result;
}

std::optional<Heading> Session::heading(std::string_view beginning, Syntax syntax) {
  const auto read = [syntax](std::string source) {
    diag::Sink sink;
    return reader::read_document(diag::SourceText(std::string(), std::move(source)), sink, syntax);
  };
  constexpr std::string_view end_tag = "</edition>";
  const std::size_t end = beginning.find(end_tag);
  std::optional<model::Document> document;
  // Most often what stands before is enough: a document that says nothing more.
  if (syntax == Syntax::xml && end != std::string_view::npos)
    document = read(std::string(beginning.substr(0, end + end_tag.size())) + "<overview><p>.</p></overview></summary>");
  if (!document) document = read(std::string(beginning));
  if (!document) return std::nullopt;
  return Heading{model::file_stem(document->work.title, document->edition.work_uuid), document->edition.lang};
}

Result Session::check(std::string name, std::string source, const FileReader& files, const Options& options,
                      const CheckInputs& inputs) {
  Journey journey(data_->shared, std::move(name), std::move(source), files, options, &inputs);
  journey.set_pages();
  Result result = journey.result(false);
  if (inputs.ignores) api::leave_out(inputs, journey.sink(), journey.source(), result);
  return result;
}

}  // namespace epitome
