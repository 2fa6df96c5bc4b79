#include "app/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <map>
#include <set>

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

Parsed wrong(const std::string& text) { return {std::nullopt, usage, "epitome: " + visible(text) + "\n", false}; }

// "a, b and c".
std::string listed(const std::vector<std::string>& names, std::string_view last = "and") {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) out += i + 1 == names.size() ? fmt::format(" {} ", last) : ", ";
    out += names[i];
  }
  return out;
}

std::vector<const Format*> formats_of(Format::Use use) {
  std::vector<const Format*> out;
  for (const Format& format : formats()) {
    if (format.use == use) out.push_back(&format);
  }
  return out;
}

std::vector<std::string> names_of(Format::Use use) {
  std::vector<std::string> out;
  for (const Format* const format : formats_of(use)) out.emplace_back(format->name);
  return out;
}

std::vector<std::string> endings_of(Format::Use use) {
  std::vector<std::string> out;
  for (const Format* const format : formats_of(use)) out.emplace_back(format->ending);
  return out;
}

// Sets the formats of "pdf,epub", in the order of the table; an error's text if it names another.
std::string set_formats(const std::string& list, Options& options) {
  const std::vector<std::string> known = names_of(Format::Use::file);
  std::set<std::string> wanted;
  std::size_t at = 0;
  while (at <= list.size()) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const std::string name = list.substr(at, end - at);
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fmt::format("--to: there is no format '{}'; there are {}", name, listed(known));
    wanted.insert(name);
    at = end + 1;
  }
  options.formats.clear();
  std::copy_if(known.begin(), known.end(), std::back_inserter(options.formats),
               [&](const std::string& name) { return wanted.contains(name); });
  return {};
}

// In capitals too.
bool ends_with(const std::string& name, std::string_view ending) {
  return name.size() >= ending.size() &&
         std::equal(ending.begin(), ending.end(), name.end() - static_cast<std::ptrdiff_t>(ending.size()),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

// The format that a file's name ends like; of two the one with the longer ending. Null if none does.
const Format* format_of_file(const std::string& name, Format::Use use) {
  const Format* found = nullptr;
  for (const Format* const format : formats_of(use)) {
    if (ends_with(name, format->ending) && (found == nullptr || found->ending.size() < format->ending.size()))
      found = format;
  }
  return found;
}

// -o and --to must fit each other; a file's ending says the format where --to doesn't.
std::string check_output(CommandLine& line, bool formats_given) {
  // Behind the file's bytes no summary may follow there.
  if (line.output == "/dev/stdout" || line.output == "/dev/fd/1") line.output = "-";
  const bool may_be_file = !line.output.empty() && !line.output.ends_with('/') && !is_folder(line.output);
  const std::size_t count = line.options.formats.size();
  const Format* const named = may_be_file ? format_of_file(line.output, Format::Use::file) : nullptr;
  if (line.output == "-") {
    if (count != 1) return "-o - writes one file: give a single format with --to";
    if (line.sources.size() != 1) return "-o - writes one file: give a single source";
  } else if (named != nullptr) {
    if (line.sources.size() != 1)
      return fmt::format("-o {} is one file: give a single source, or a folder", line.output);
    if (!formats_given) {
      line.options.formats = {std::string(named->name)};
    } else if (count != 1 || line.options.formats.front() != named->name) {
      return fmt::format("-o {} ends in {}, but --to asks for something else", line.output, named->ending);
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

struct MessageFormatName {
  const char* name;
  MessageFormat value;
};
constexpr MessageFormatName message_formats[] = {
    {"full", MessageFormat::full}, {"short", MessageFormat::brief}, {"json", MessageFormat::json}};

struct ActionName {
  const char* name;
  OnMissingGlyph value;
};
constexpr ActionName glyph_actions[] = {{"error", OnMissingGlyph::error}, {"replace", OnMissingGlyph::replace}};

template <typename Table>
std::vector<std::string> names_in(const Table& table) {
  std::vector<std::string> out;
  for (const auto& row : table) out.emplace_back(row.name);
  return out;
}

// Sets `value` to the one that `name` has in `table`; false if it has none.
template <typename Table, typename Value>
bool choose(const Table& table, const std::string& name, Value& value) {
  const auto* const at =
      std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.name == name; });
  if (at == std::end(table)) return false;
  value = at->value;
  return true;
}

// CLI11's App with the options of all commands; `line` is filled when it parses.
struct Parser {
  // What a shell may offer for an option or argument.
  struct Choice {
    std::vector<std::string> values, endings;
  };

  CommandLine line;
  std::string formats, message_format = "full", on_missing_glyph = "error";
  std::vector<std::string> stages;  // those that are asked for
  CLI::App app{"Writes a typeset, tagged PDF and an EPUB from one structured book summary.", "epitome"};
  CLI::App *exporting, *check, *dump, *compare, *help;
  std::string help_about;
  std::array<std::string, 3> compared;
  bool version = false;
  std::vector<std::string> layouts;
  std::map<const CLI::Option*, Choice> choices;

  explicit Parser(std::vector<std::string> known_layouts = {}) : layouts(std::move(known_layouts)) {
    app.require_subcommand(0, 1);
    app.set_help_flag("-h,--help", "Explain the command line");
    app.add_flag("--version", version, "The version, and those of the libraries and fonts that the files depend on");
    app.footer(
        "A SOURCE of - is standard input. Exit status: 0 done, 1 errors in the input, 2 wrong usage,\n"
        "3 a file could not be written, 70 a fault of the program or its installation.");
    exporting = app.add_subcommand("export", "Write the files, whole or not at all");
    add_export();
    check = app.add_subcommand("check", "Print every diagnostic and write nothing");
    add_sources(*check);
    add_layout(*check);
    dump = app.add_subcommand("dump", "Print one stage as readable text");
    choices[dump->add_option("SOURCE", line.sources, "The summary, or -")->type_name("")->required()->expected(1)] =
        sources();
    for (const Format* const stage : formats_of(Format::Use::stage)) {
      dump->add_flag_callback(
          fmt::format("--{}", stage->name), [this, stage] { stages.emplace_back(stage->name); },
          std::string(stage->about));
    }
    add_layout(*dump);
    compare = app.add_subcommand("compare", "Say whether a PDF and an EPUB hold the same text, part by part");
    add_compare();
    help = app.add_subcommand("help", "Explain the command line");
    help->set_help_flag("-h,--help", "Explain this command");
    choices[help->add_option("COMMAND", help_about, "The command to explain")->type_name("")] = {
        {"export", "check", "dump", "compare", "help"}, {}};
  }

  static Choice sources() { return {{}, {".xml"}}; }

  void add_export() {
    add_sources(*exporting);
    exporting
        ->add_option("-o,--output", line.output,
                     "A folder; or a file, with one source and one format; or - for standard output. "
                     "Default: the current folder")
        ->type_name("DIR|FILE");
    const std::vector<std::string> names = names_of(Format::Use::file);
    std::vector<std::string> values = names;
    const std::string usual = fmt::format("{}", fmt::join(line.options.formats, ","));
    values.push_back(usual);
    choices[exporting
                ->add_option("--to", formats,
                             fmt::format("{}, with commas between. Default: {}", listed(names, "or"), usual))
                ->type_name("FORMATS")] = {values, {}};
    add_layout(*exporting);
    const std::vector<std::string> endings = endings_of(Format::Use::report);
    choices[exporting
                ->add_option("--report", line.report,
                             fmt::format("Also say what lines and pages are like, in a file that ends in {}",
                                         listed(endings, "or")))
                ->type_name("FILE")] = {{}, endings};
    exporting->add_flag("-q,--quiet", line.quiet, "No summary of what was written");
  }
  void add_compare() {
    compare->set_help_flag("-h,--help", "Explain this command");
    choices[compare->add_option("PDF", compared[0], "The two files")->type_name("")->required()] = {{}, {".pdf"}};
    choices[compare->add_option("EPUB", compared[1])->type_name("")->required()] = {{}, {".epub"}};
    choices[compare->add_option("SOURCE", compared[2], "The summary whose words both must hold")->type_name("")] =
        sources();
    add_message_format(*compare);
  }
  void add_sources(CLI::App& command) {
    choices
        [command.add_option("SOURCE", line.sources, "Summaries, or - for standard input")->type_name("")->required()] =
            sources();
    command.add_flag("--werror", line.warnings_are_errors, "Warnings are errors");
  }
  void add_layout(CLI::App& command) {
    command.set_help_flag("-h,--help", "Explain this command");
    std::vector<std::string> named = layouts;
    named.emplace_back("a folder of your own");
    choices[command
                .add_option("--layout", line.options.layout,
                            fmt::format("{}. Default: {}", listed(named, "or"), line.options.layout))
                ->type_name("NAME|DIR")] = {layouts, {}};
    choices[command
                .add_option("--on-missing-glyph", on_missing_glyph,
                            "What becomes of a character that no font has: error (the default), or replace: the PDF "
                            "shows a sign much like it or its name in brackets, with a warning")
                ->type_name("ACTION")] = {names_in(glyph_actions), {}};
    command.add_option("--date", line.options.date, "The edition's date, instead of the document's own")
        ->type_name("YYYY-MM-DD");
    add_message_format(command);
  }
  void add_message_format(CLI::App& command) {
    const std::vector<std::string> names = names_in(message_formats);
    choices[command
                .add_option("--format", message_format,
                            fmt::format("How diagnostics are printed: {}", listed(names, "or")))
                ->type_name("FORMAT")] = {names, {}};
  }
  std::vector<CLI::App*> commands() const { return {exporting, check, dump, compare, help}; }
};

// The help on a command, or ("") on all.
Parsed explain(const std::string& command, const std::string& data_folder) {
  const Parser parser(epitome::layouts(data_folder));
  if (command.empty()) return {std::nullopt, 0, parser.app.help(), false};
  for (CLI::App* const about : parser.commands()) {
    if (about->get_name() == command) return {std::nullopt, 0, about->help("epitome"), false};
  }
  return wrong(fmt::format("there is no command '{}'", command));
}

// The options that stand for a value of ours; an error's text if one has none.
std::string set_values(Parser& parser) {
  CommandLine& line = parser.line;
  if (!choose(message_formats, parser.message_format, line.format)) {
    return fmt::format("--format: there is no format '{}'; there are {}", parser.message_format,
                       listed(names_in(message_formats)));
  }
  if (!choose(glyph_actions, parser.on_missing_glyph, line.options.on_missing_glyph)) {
    return fmt::format("--on-missing-glyph: there is no '{}'; there are {}", parser.on_missing_glyph,
                       listed(names_in(glyph_actions)));
  }
  if (line.command == Command::dump) {
    if (parser.stages.size() != 1) {
      std::vector<std::string> options;
      for (const std::string& name : names_of(Format::Use::stage)) options.push_back("--" + name);
      return fmt::format("dump prints one stage: give one of {}", listed(options, "or"));
    }
    line.options.formats = parser.stages;
  }
  return {};
}

// What export alone has; nothing said if it is right.
std::optional<Parsed> finish_export(Parser& parser) {
  CommandLine& line = parser.line;
  const bool formats_given = !parser.formats.empty();
  std::string text = formats_given ? set_formats(parser.formats, line.options) : std::string();
  if (text.empty()) text = check_output(line, formats_given);
  if (!text.empty()) return wrong(text);
  if (parser.exporting->count("--report") == 0) return std::nullopt;
  if (line.sources.size() != 1) return wrong("--report is one file: give a single source");
  const Format* const report = format_of_file(line.report, Format::Use::report);
  if (report == nullptr) {
    const Message fault = output_fault(
        line.report, fmt::format("a report's name ends in {}", listed(endings_of(Format::Use::report), "or")));
    return Parsed{std::nullopt, usage, fault.render(line.format), false};
  }
  line.options.formats.emplace_back(report->name);
  return std::nullopt;
}

OptionRow row_of(const CLI::Option& option, const Parser& parser) {
  OptionRow row;
  row.name = option.get_positional() ? option.get_name(true) : "--" + option.get_lnames().front();
  if (!option.get_snames().empty()) row.short_name = "-" + option.get_snames().front();
  row.value = option.get_positional() || option.get_expected_min() == 0 ? std::string() : option.get_type_name();
  row.about = option.get_description();
  row.required = option.get_required();
  row.repeated = option.get_expected_max() > 1;
  if (const auto known = parser.choices.find(&option); known != parser.choices.end()) {
    row.values = known->second.values;
    row.endings = known->second.endings;
  }
  return row;
}

CommandRow row_of(const CLI::App& command, const Parser& parser) {
  CommandRow row{
      command.get_parent() == nullptr ? std::string() : command.get_name(), command.get_description(), {}, {}};
  for (const CLI::Option* const option : command.get_options())
    (option->get_positional() ? row.arguments : row.options).push_back(row_of(*option, parser));
  return row;
}

}  // namespace

std::vector<CommandRow> command_table(const std::string& data_folder) {
  const Parser parser(epitome::layouts(data_folder));
  std::vector<CommandRow> rows = {row_of(parser.app, parser)};
  for (const CLI::App* const command : parser.commands()) rows.push_back(row_of(*command, parser));
  return rows;
}

Parsed parse_command_line(int argc, const char* const* argv, const char* source_date_epoch,
                          const std::string& data_folder) {
  Parser parser;
  try {
    parser.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto asked = parser.app.get_subcommands();
    return explain(asked.empty() ? std::string() : asked.front()->get_name(), data_folder);
  } catch (const CLI::ParseError& error) {
    return wrong(std::string(error.what()) + "; epitome help explains");
  }
  CommandLine& line = parser.line;
  if (parser.version) return {std::nullopt, 0, {}, true};
  if (parser.help->parsed()) return explain(parser.help_about, data_folder);
  if (parser.app.get_subcommands().empty()) return {std::nullopt, usage, explain({}, data_folder).text, false};

  line.command = parser.exporting->parsed() ? Command::exporting
                 : parser.check->parsed()   ? Command::check
                 : parser.compare->parsed() ? Command::compare
                                            : Command::dump;
  if (line.command == Command::compare) {
    for (const std::string& file : parser.compared)
      if (!file.empty()) line.sources.push_back(file);
  }
  if (std::count(line.sources.begin(), line.sources.end(), "-") > 1) return wrong("standard input can be read once");
  if (std::string text = set_values(parser); !text.empty()) return wrong(text);
  if (std::string text = check_dates(line, source_date_epoch); !text.empty()) return wrong(text);
  if (line.command == Command::exporting) {
    if (std::optional<Parsed> said = finish_export(parser)) return *said;
  }
  return {std::move(line), 0, {}, false};
}

}  // namespace epitome::app
