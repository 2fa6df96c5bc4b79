#include "app/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "app/files.hpp"

namespace epitome::app {

namespace {

constexpr int usage = 2;

// YYYY-MM-DDThh:mm:ssZ of seconds since 1970 (days to a date after H. Hinnant, chrono-compatible date algorithms).
std::string time_of(std::int64_t seconds) {
  const std::int64_t days = seconds / 86400, rest = seconds % 86400;
  const std::int64_t z = days + 719468, era = z / 146097, day_of_era = z - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;  // months from March
  const std::int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1, month = shifted < 10 ? shifted + 3 : shifted - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, month, day, rest / 3600, rest / 60 % 60, rest % 60);
}

const std::string& text_of(const Message& message, MessageFormat format) {
  return format == MessageFormat::json ? message.json : format == MessageFormat::brief ? message.brief : message.full;
}

Parsed wrong(std::string text) { return {std::nullopt, usage, "epitome: " + std::move(text) + "\n", false}; }

// Sets the formats of "pdf,epub"; an error's text if it names another.
std::string set_formats(const std::string& list, Options& options) {
  for (const OutputFormat& format : output_formats) options.*format.wanted = false;
  std::size_t at = 0;
  while (at <= list.size()) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const std::string name = list.substr(at, end - at);
    const auto* const known = std::find_if(std::begin(output_formats), std::end(output_formats),
                                           [&](const OutputFormat& f) { return f.name == name; });
    if (known == std::end(output_formats))
      return fmt::format("--to: there is no format '{}'; there are pdf and epub", name);
    options.*known->wanted = true;
    at = end + 1;
  }
  return {};
}

// In capitals too.
bool ends_with(const std::string& name, const std::string& format) {
  const std::string ending = "." + format;
  return name.size() >= ending.size() &&
         std::equal(ending.begin(), ending.end(), name.end() - static_cast<std::ptrdiff_t>(ending.size()),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

// -o and --to must fit each other; a file's ending says the format where --to doesn't.
std::string check_output(CommandLine& line) {
  const bool may_be_file = !line.output.empty() && !line.output.ends_with('/') && !is_folder(line.output);
  const auto count = std::count_if(std::begin(output_formats), std::end(output_formats),
                                   [&](const OutputFormat& f) { return line.options.*f.wanted; });
  const auto* const named =
      std::find_if(std::begin(output_formats), std::end(output_formats),
                   [&](const OutputFormat& f) { return may_be_file && ends_with(line.output, f.name); });
  if (line.output == "-") {
    if (count != 1) return "-o - writes one file: give a single format with --to";
    if (line.sources.size() != 1) return "-o - writes one file: give a single source";
  } else if (named != std::end(output_formats)) {
    if (line.sources.size() != 1)
      return fmt::format("-o {} is one file: give a single source, or a folder", line.output);
    if (!line.formats_given) {
      for (const OutputFormat& f : output_formats) line.options.*f.wanted = &f == named;
    } else if (count != 1 || !(line.options.*named->wanted)) {
      return fmt::format("-o {} ends in .{}, but --to asks for something else", line.output, named->name);
    }
    line.output_is_file = true;
  } else if (may_be_file && is_file(line.output)) {
    if (count != 1 || line.sources.size() != 1) {
      return fmt::format("-o {} is a file: give a single source and a single format with --to", line.output);
    }
    line.output_is_file = true;
  }
  return {};
}

// A report's form is what its file's name ends in; false if that is neither.
bool set_report(CommandLine& line) {
  if (ends_with(line.report, "json")) line.options.report = ReportForm::json;
  if (ends_with(line.report, "html")) line.options.report = ReportForm::html;
  return line.options.report != ReportForm::none;
}

std::string check_dates(CommandLine& line, const char* source_date_epoch) {
  if (!line.options.date.empty()) {
    return is_date(line.options.date) ? std::string()
                                      : fmt::format("--date: '{}' is not a date; write YYYY-MM-DD", line.options.date);
  }
  if (source_date_epoch == nullptr || *source_date_epoch == '\0') return {};
  const std::string_view text = source_date_epoch;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  // The last second of the year 9999 is the last that the files' dates can say.
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > 253402300799) {
    return fmt::format("SOURCE_DATE_EPOCH: '{}' is not a number of seconds since 1970", text);
  }
  line.options.date = time_of(seconds);
  return {};
}

// CLI11's App with the options of one command; `line` is filled when it parses.
struct Parser {
  CommandLine line;
  std::string formats, message_format = "full", on_missing_glyph = "error";
  bool document = false, pages = false, package = false, words = false;
  CLI::App app{"Writes a typeset, tagged PDF and an EPUB from one structured book summary.", "epitome"};
  CLI::App *exporting, *check, *dump, *compare, *help;
  std::string help_about;
  std::array<std::string, 3> compared;
  bool version = false;

  Parser() {
    app.require_subcommand(0, 1);
    app.set_help_flag("-h,--help", "Explain the command line");
    app.add_flag("--version", version, "The version, and those of the libraries and fonts that the files depend on");
    app.footer(
        "A SOURCE of - is standard input. Exit status: 0 done, 1 errors in the input, 2 wrong usage,\n"
        "3 a file could not be written, 70 a fault of the program or its installation.");

    exporting = app.add_subcommand("export", "Write the files, whole or not at all");
    add_sources(*exporting);
    exporting
        ->add_option("-o,--output", line.output,
                     "A folder; or a file, with one source and one format; or - for standard output. "
                     "Default: the current folder")
        ->type_name("DIR|FILE");
    exporting->add_option("--to", formats, "pdf, epub or both (the default), with a comma between")
        ->type_name("FORMATS");
    add_layout(*exporting);
    exporting
        ->add_option("--report", line.report,
                     "Also say what lines and pages are like, in a file that ends in .json or, with drawings, .html")
        ->type_name("FILE");
    exporting->add_flag("-q,--quiet", line.quiet, "No summary of what was written");

    check = app.add_subcommand("check", "Print every diagnostic and write nothing");
    add_sources(*check);
    add_layout(*check);

    dump = app.add_subcommand("dump", "Print one stage as readable text");
    dump->add_option("SOURCE", line.sources, "The summary, or -")->type_name("")->required()->expected(1);
    dump->add_flag("--document", document, "What was read");
    dump->add_flag("--pages", pages, "What stands on the pages");
    dump->add_flag("--package", package, "What the EPUB holds");
    dump->add_flag("--words", words, "What the document says, a line a piece");
    add_layout(*dump);

    compare = app.add_subcommand("compare", "Say whether a PDF and an EPUB hold the same text, part by part");
    compare->set_help_flag("-h,--help", "Explain this command");
    compare->add_option("PDF", compared[0], "The two files")->type_name("")->required();
    compare->add_option("EPUB", compared[1])->type_name("")->required();
    compare->add_option("SOURCE", compared[2], "The summary whose words both must hold")->type_name("");
    add_message_format(*compare);

    help = app.add_subcommand("help", "Explain the command line");
    help->add_option("COMMAND", help_about)->type_name("");
  }

  void add_sources(CLI::App& command) {
    command.add_option("SOURCE", line.sources, "Summaries, or - for standard input")->type_name("")->required();
    command.add_flag("--werror", line.warnings_are_errors, "Warnings are errors");
  }
  void add_layout(CLI::App& command) {
    command.set_help_flag("-h,--help", "Explain this command");
    command
        .add_option("--layout", line.options.layout,
                    "book (A5, the default), a4, letter, large, or a folder of your own")
        ->type_name("NAME|DIR");
    command
        .add_option("--on-missing-glyph", on_missing_glyph,
                    "What becomes of a character that no font has: error (the default), or replace: the PDF shows a "
                    "sign much like it or its name in brackets, with a warning")
        ->type_name("ACTION");
    command.add_option("--date", line.options.date, "The edition's date, instead of the document's own")
        ->type_name("YYYY-MM-DD");
    add_message_format(command);
  }
  void add_message_format(CLI::App& command) {
    command.add_option("--format", message_format, "How diagnostics are printed: full, short or json")
        ->type_name("FORMAT");
  }
};

}  // namespace

Parsed parse_command_line(int argc, const char* const* argv, const char* source_date_epoch) {
  Parser parser;
  try {
    parser.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    CLI::App* asked = &parser.app;
    for (CLI::App* const command : parser.app.get_subcommands()) asked = command;
    return {std::nullopt, 0, asked->help(asked == &parser.app ? "" : "epitome"), false};
  } catch (const CLI::ParseError& error) {
    return wrong(std::string(error.what()) + "; epitome help explains");
  }
  CommandLine& line = parser.line;
  if (parser.version) return {std::nullopt, 0, {}, true};
  if (parser.help->parsed()) {
    if (parser.help_about.empty()) return {std::nullopt, 0, Parser().app.help(), false};
    CLI::App* about = nullptr;
    for (CLI::App* const command : {parser.exporting, parser.check, parser.dump, parser.compare, parser.help}) {
      if (command->get_name() == parser.help_about) about = command;
    }
    if (about == nullptr) return wrong(fmt::format("there is no command '{}'", parser.help_about));
    return {std::nullopt, 0, about->help("epitome"), false};
  }
  if (parser.app.get_subcommands().empty()) return {std::nullopt, usage, parser.app.help(), false};

  line.command = parser.exporting->parsed() ? Command::exporting
                 : parser.check->parsed()   ? Command::check
                 : parser.compare->parsed() ? Command::compare
                                            : Command::dump;
  if (line.command == Command::compare) {
    for (const std::string& file : parser.compared)
      if (!file.empty()) line.sources.push_back(file);
  }
  if (std::count(line.sources.begin(), line.sources.end(), "-") > 1) return wrong("standard input can be read once");
  if (parser.message_format == "short") {
    line.format = MessageFormat::brief;
  } else if (parser.message_format == "json") {
    line.format = MessageFormat::json;
  } else if (parser.message_format != "full") {
    return wrong(
        fmt::format("--format: there is no format '{}'; there are full, short and json", parser.message_format));
  }
  if (parser.on_missing_glyph == "replace") {
    line.options.on_missing_glyph = OnMissingGlyph::replace;
  } else if (parser.on_missing_glyph != "error") {
    return wrong(
        fmt::format("--on-missing-glyph: there is no '{}'; there are error and replace", parser.on_missing_glyph));
  }
  if (std::string text = check_dates(line, source_date_epoch); !text.empty()) return wrong(std::move(text));
  if (line.command == Command::dump) {
    if (parser.document + parser.pages + parser.package + parser.words != 1) {
      return wrong("dump prints one stage: give one of --document, --pages, --package and --words");
    }
    line.stage = parser.document  ? Session::Stage::document
                 : parser.pages   ? Session::Stage::pages
                 : parser.package ? Session::Stage::package
                                  : Session::Stage::words;
  }
  if (line.command == Command::exporting) {
    line.formats_given = !parser.formats.empty();
    std::string text = line.formats_given ? set_formats(parser.formats, line.options) : std::string();
    if (text.empty()) text = check_output(line);
    if (!text.empty()) return wrong(std::move(text));
    const bool reports = parser.exporting->count("--report") > 0;
    if (reports && line.sources.size() != 1) return wrong("--report is one file: give a single source");
    if (reports && !set_report(line)) {
      const Message fault = output_fault(line.report, "a report's name ends in .json or .html");
      return {std::nullopt, usage, text_of(fault, line.format), false};
    }
  }
  return {std::move(line), 0, {}, false};
}

}  // namespace epitome::app
