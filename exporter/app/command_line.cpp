#include "app/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <set>
#include <tuple>

#include "app/batch.hpp"
#include "app/batch_names.hpp"
#include "app/choices.hpp"
#include "app/defaults.hpp"
#include "app/files.hpp"
#include "app/parser.hpp"

namespace epitome::app {

namespace {

constexpr int usage = 2;
constexpr std::uint64_t most_jobs = 256;

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

// What stands between commas.
std::vector<std::string> parted(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    names.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

// Sets the formats of "pdf,epub", in the order of the table; an error's text if it names another.
std::string set_formats(const std::string& list, Options& options) {
  const std::vector<std::string> known = names_of(Format::Use::file);
  std::set<std::string> wanted;
  for (const std::string& name : parted(list)) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fmt::format("--to: there is no format '{}'; there are {}{}", name, listed(known), meant(name, known));
    wanted.insert(name);
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
    } else if (count != 1 || !find_format(line.options.formats.front())->ending.ends_with(named->ending)) {
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

std::vector<std::string> command_names(const Parser& parser) {
  std::vector<std::string> out;
  for (const CLI::App* const command : parser.commands()) out.push_back(command->get_name());
  return out;
}

// The help on a command, or ("") on all.
Parsed explain(const std::string& command, const std::string& data_folder) {
  const Parser parser(epitome::layouts(data_folder));
  if (command.empty()) return {std::nullopt, 0, parser.app.help(), false};
  for (CLI::App* const about : parser.commands()) {
    if (about->get_name() == command) return {std::nullopt, 0, about->help("epitome"), false};
  }
  return wrong(fmt::format("there is no command '{}'{}", command, meant(command, command_names(parser))));
}

// What CLI11 found wrong, and what was perhaps meant: the first word that is no command, or no option of the command.
Parsed misunderstood(const std::string& what, const Parser& parser, int argc, const char* const* argv) {
  const std::vector<CLI::App*> asked = parser.app.get_subcommands();
  if (asked.empty()) {
    const std::vector<std::string> known = command_names(parser);
    for (int i = 1; i < argc; ++i) {
      if (argv[i][0] != '-')
        return wrong(fmt::format("there is no command '{}'{}; epitome help explains", argv[i], meant(argv[i], known)));
    }
    return wrong(what + "; epitome help explains");
  }
  std::vector<std::string> known;
  for (const CLI::Option* const option : asked.front()->get_options())
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  std::string hint;
  for (int i = 1; i < argc && hint.empty(); ++i) {
    const std::string_view word = std::string_view(argv[i]).substr(0, std::string_view(argv[i]).find('='));
    if (word.starts_with("--") && word.size() > 2 && std::find(known.begin(), known.end(), word) == known.end())
      hint = meant(word, known);
  }
  return wrong(what + hint + fmt::format("; epitome help {} explains", asked.front()->get_name()));
}

bool choose_syntax(const std::string& name, std::optional<Syntax>& syntax) {
  // Markdown is called by its ending too.
  for (const SyntaxName& known : syntaxes())
    if (known.name == name || known.ending.substr(1) == name) syntax = known.syntax;
  return syntax.has_value();
}

// What convert writes: as --to or the file's ending says, which must not differ. An error's text if neither does.
std::string choose_target(Parser& parser) {
  CommandLine& line = parser.line;
  const std::string names = listed(names_in(syntaxes()), "or");
  std::optional<Syntax> asked, ending;
  if (!parser.to.empty() && !choose_syntax(parser.to, asked))
    return fmt::format("--to: there is no '{}'; there are {}{}", parser.to, listed(names_in(syntaxes())),
                       meant(parser.to, names_in(syntaxes())));
  for (const SyntaxName& known : syntaxes())
    if (ends_with(line.output, known.ending)) ending = known.syntax;
  if (asked && ending && *asked != *ending)
    return fmt::format("-o {} and --to {} don't go together", line.output, parser.to);
  if (!asked && !ending) return fmt::format("convert needs --to {}, or -o with a file that ends so", names);
  line.to = asked ? *asked : *ending;
  return {};
}

// The options that stand for a value of ours; an error's text if one has none.
std::string set_values(Parser& parser) {
  CommandLine& line = parser.line;
  if (!choose(message_formats, parser.message_format, line.format)) {
    return fmt::format("--format: there is no format '{}'; there are {}{}", parser.message_format,
                       listed(names_in(message_formats)), meant(parser.message_format, names_in(message_formats)));
  }
  if (!choose(glyph_actions, parser.on_missing_glyph, line.options.on_missing_glyph)) {
    return fmt::format("--on-missing-glyph: there is no '{}'; there are {}", parser.on_missing_glyph,
                       listed(names_in(glyph_actions)));
  }
  if (!parser.from.empty() && !choose_syntax(parser.from, line.options.from))
    return fmt::format("--from: there is no '{}'; there are {}{}", parser.from, listed(names_in(syntaxes())),
                       meant(parser.from, names_in(syntaxes())));
  if (line.command == Command::init && line.options.from) line.to = *line.options.from;
  if (line.command == Command::init && !line.options.from && !line.output.empty())
    line.to = syntax_of(line.output, line.options);
  line.dialect = parser.dialect;
  if (const std::vector<std::string> known = schema_dialects();
      std::find(known.begin(), known.end(), line.dialect) == known.end())
    return fmt::format("--for: there is no '{}'; there are {}{}", line.dialect, listed(known),
                       meant(line.dialect, known));
  if (line.format == MessageFormat::sarif && (line.command == Command::compare || line.command == Command::site))
    return fmt::format("--format sarif is not for {}", line.command == Command::site ? "site" : "compare");
  if (!parser.parts.empty()) line.options.parts = parted(parser.parts);
  if (line.command == Command::convert) {
    if (std::string text = choose_target(parser); !text.empty()) return text;
  }
  if (line.epub) {
    for (const char* const option : {"--layout", "--date", "--languages", "--on-missing-glyph", "--parts", "--from",
                                     "--diff", "--fix", "--ignores", "--against", "--spelling", "--dictionaries"}) {
      if (parser.asked(*parser.check, option)) return fmt::format("--epub and {} don't go together", option);
    }
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

// A number from 1; 0 if `text` is none.
std::uint64_t counted(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

// An error's text if --jobs is no number of threads.
std::string set_jobs(Parser& parser) {
  if (parser.jobs.empty()) return {};
  const std::uint64_t jobs = counted(parser.jobs);
  if (jobs == 0 || jobs > most_jobs)
    return fmt::format("--jobs: '{}' is not a number from 1 to {}", parser.jobs, most_jobs);
  parser.line.batch.jobs = static_cast<unsigned>(jobs);
  return {};
}

// An error's text if what worker or submit has doesn't fit together.
std::string set_worker(Parser& parser) {
  if (parser.submit->parsed() && parser.line.sources.empty() && parser.line.batch.list.empty())
    return "SOURCE is required; epitome help submit explains";
  std::string text = set_jobs(parser);
  return text.empty() ? worker_fault(parser.line.worker) : text;
}

// An error's text if what export has for many documents doesn't fit together.
std::string set_batch(Parser& parser) {
  BatchOptions& batch = parser.line.batch;
  for (const char* const option :
       {"--list", "--name", "--jobs", "--shard", "--keep-going", "--manifest", "--skip-unchanged", "--resume"}) {
    // How a batch goes makes none of one document.
    const bool only_how = std::string_view(option) == "--jobs" || std::string_view(option) == "--keep-going";
    if (only_how ? parser.asked(*parser.exporting, option) : parser.exporting->count(option) != 0)
      batch.asked_for = true;
  }
  if (parser.line.sources.empty() && batch.list.empty()) return "SOURCE is required; epitome help export explains";
  if (std::string text = set_jobs(parser); !text.empty()) return text;
  if (!parser.shard.empty()) {
    const std::string_view text = parser.shard;
    const std::size_t slash = std::min(text.find('/'), text.size() - 1);
    batch.shard = counted(text.substr(0, slash));
    batch.shards = counted(text.substr(slash + 1));
    if (batch.shard == 0 || batch.shard > batch.shards)
      return fmt::format("--shard: '{}' is not a part of a whole; write 1/3, 2/3 and 3/3 for three", text);
  }
  if (std::string why = pattern_fault(batch.name); !why.empty()) return "--name: " + why;
  if ((batch.skip_unchanged || batch.resume) && batch.manifest.empty())
    return "--skip-unchanged and --resume need --manifest, the file that says what was done";
  if (batch.list == "-" && std::count(parser.line.sources.begin(), parser.line.sources.end(), "-") != 0)
    return "standard input can be read once";
  return {};
}

// "0.5,-1": hundredths of a millimetre, from -20 to 20 mm; nothing if it isn't one.
std::optional<std::pair<int, int>> offset_of(const std::string& text) {
  std::array<int, 2> out{};
  std::string_view rest = text;
  for (int& value : out) {
    const std::size_t end = rest.find(',');
    if ((end == std::string_view::npos) != (&value == &out.back())) return std::nullopt;
    const std::string_view number = rest.substr(0, end);
    double millimetres = 0;
    const auto [at, error] = std::from_chars(number.data(), number.data() + number.size(), millimetres);
    if (error != std::errc() || at != number.data() + number.size() || !(std::abs(millimetres) <= 20))
      return std::nullopt;
    value = static_cast<int>(std::lround(millimetres * 100));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return std::pair(out[0], out[1]);
}

// The options of formats for printing; an error's text if they say nothing, or don't fit the formats.
std::string set_print(Parser& parser) {
  Options& options = parser.line.options;
  const auto given = [&](const char* option) { return parser.exporting->count(option) != 0; };
  const auto asked = [&](const char* option) { return parser.asked(*parser.exporting, option); };
  const auto wanted = [&](const char* format) {
    return std::find(options.formats.begin(), options.formats.end(), format) != options.formats.end();
  };
  constexpr std::array<std::pair<const char*, const char*>, 7> needs = {{{"--signature", "booklet"},
                                                                         {"--paper-weight", "booklet"},
                                                                         {"--marks", "booklet"},
                                                                         {"--card-size", "cards"},
                                                                         {"--duplex", "cards"},
                                                                         {"--back-offset", "cards"},
                                                                         {"--registration", "cards"}}};
  for (const auto& [option, format] : needs)
    if (asked(option) && !wanted(format)) return fmt::format("{} is for --to {}", option, format);
  if (asked("--black") && !wanted("pdf") && !wanted("booklet") && !wanted("cards") && !wanted("brief"))
    return "--black is for --to pdf, booklet, cards or brief";
  if (given("--layout")) options.brief_layout = options.layout;
  const int signature = options.booklet.signature;
  if (given("--signature") && (signature < 4 || signature > 400 || signature % 4 != 0))
    return fmt::format("--signature: {} is not a multiple of 4 from 4 to 400", signature);
  if (options.booklet.paper_weight < 30 || options.booklet.paper_weight > 400)
    return fmt::format("--paper-weight: {} is not from 30 to 400 g/m2", options.booklet.paper_weight);
  if (!choose(card_sizes, parser.card_size, options.cards.size)) {
    return fmt::format("--card-size: there is no '{}'; there are {}", parser.card_size, listed(names_in(card_sizes)));
  }
  for (const char* const option : {"--back-offset", "--registration"})
    if (asked(option) && !options.cards.duplex) return fmt::format("{} is for --duplex", option);
  if (!given("--back-offset")) return {};
  const auto offset = offset_of(parser.back_offset);
  if (!offset) return fmt::format("--back-offset: '{}' is not two numbers of millimetres: 0.5,-1", parser.back_offset);
  std::tie(options.cards.back_right, options.cards.back_down) = *offset;
  return {};
}

// An error's text if what makes the EPUB that is read aloud doesn't fit together.
std::string set_read_aloud(Parser& parser) {
  CommandLine& line = parser.line;
  VoiceOptions& voice = line.voice;
  const auto given = [&](const char* option) { return parser.exporting->count(option) != 0; };
  const std::vector<std::string>& formats = line.options.formats;
  const bool epub = std::find(formats.begin(), formats.end(), "epub") != formats.end();
  const auto asked_for = [&](const char* option) { return parser.asked(*parser.exporting, option); };
  if (!epub && !asked_for("--voice")) voice.command.clear();
  if (!epub && !asked_for("--narration")) voice.narration.clear();
  const bool asked = !voice.command.empty() || !voice.narration.empty();
  if (!voice.command.empty() && !voice.narration.empty()) return "--voice and --narration don't go together";
  if (asked_for("--narrator") && !asked) return "--narrator is for --voice or --narration";
  for (const char* const option : {"--voice-cache", "--voice-timeout"})
    if (asked_for(option) && voice.command.empty()) return fmt::format("{} is for --voice", option);
  if (asked && !epub) return "--voice and --narration are for --to epub";
  if ((asked_for("--voice") || !voice.command.empty()) && words_of_command(voice.command).empty())
    return "--voice: it names no program, or a quotation mark has no partner";
  if (!voice.narration.empty() && (line.sources.size() != 1 || is_folder(line.sources.front())))
    return "--narration is of one document: give a single source";
  if (!given("--voice-timeout")) return {};
  constexpr std::uint64_t hour = 3600;
  const std::uint64_t seconds = counted(parser.voice_timeout);
  if (seconds == 0 || seconds > hour)
    return fmt::format("--voice-timeout: '{}' is not a number from 1 to {}", parser.voice_timeout, hour);
  voice.seconds = static_cast<unsigned>(seconds);
  return {};
}

// What export alone has; nothing said if it is right.
std::optional<Parsed> finish_export(Parser& parser) {
  CommandLine& line = parser.line;
  if (const std::string why = set_batch(parser); !why.empty()) return wrong(why);
  // A file's ending says more than epitome.toml.
  const bool formats_given = parser.asked(*parser.exporting, "--to");
  std::string text = !parser.formats.empty() ? set_formats(parser.formats, line.options) : std::string();
  if (text.empty()) text = check_output(line, formats_given);
  if (text.empty()) text = set_print(parser);
  if (text.empty()) text = set_read_aloud(parser);
  if (text.empty() && is_batch(line)) {
    for (const char* const option : {"--deps", "--watch"})
      if (parser.exporting->count(option) != 0) text = fmt::format("{} is for a single source", option);
    if (line.format == MessageFormat::sarif) text = "--format sarif is for a single source";
  }
  if (text.empty() && line.watch && (line.sources.front() == "-" || line.output == "-"))
    text = "--watch reads a file and writes files";
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

namespace {

// Parses; what was said instead, if there is nothing to do.
std::optional<Parsed> understand(Parser& parser, int argc, const char* const* argv, const std::string& data_folder) {
  try {
    parser.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto asked = parser.app.get_subcommands();
    return explain(asked.empty() ? std::string() : asked.front()->get_name(), data_folder);
  } catch (const CLI::ParseError& error) {
    return misunderstood(error.what(), parser, argc, argv);
  }
  if (parser.version) return Parsed{std::nullopt, 0, {}, true};
  if (parser.help->parsed()) return explain(parser.help_about, data_folder);
  if (parser.app.get_subcommands().empty()) return Parsed{std::nullopt, usage, explain({}, data_folder).text, false};
  return std::nullopt;
}

// What was parsed, if it fits together.
Parsed finish(Parser& parser, const char* source_date_epoch) {
  CommandLine& line = parser.line;
  line.command = parser.exporting->parsed() ? Command::exporting
                 : parser.check->parsed()   ? Command::check
                 : parser.compare->parsed() ? Command::compare
                 : parser.convert->parsed() ? Command::convert
                 : parser.init->parsed()    ? Command::init
                 : parser.schema->parsed()  ? Command::schema
                 : parser.worker->parsed()  ? Command::worker
                 : parser.submit->parsed()  ? Command::submit
                 : parser.site->parsed()    ? Command::site
                                            : Command::dump;
  if (line.command == Command::compare) {
    for (const std::string& file : parser.compared)
      if (!file.empty()) line.sources.push_back(file);
  }
  if (std::count(line.sources.begin(), line.sources.end(), "-") > 1) return wrong("standard input can be read once");
  if (std::string text = set_values(parser); !text.empty()) return wrong(text);
  if (line.command == Command::site) {
    if (std::string text = set_site(*parser.site, parser.site_arguments, line); !text.empty()) return wrong(text);
    if (std::string text = set_jobs(parser); !text.empty()) return wrong(text);
  }
  if (line.fix && std::count(line.sources.begin(), line.sources.end(), "-") != 0)
    return wrong("--fix mends files: standard input is none; --diff shows what it would do");
  if (std::string text = check_dates(line, source_date_epoch); !text.empty()) return wrong(text);
  if (line.command == Command::worker || line.command == Command::submit) {
    if (const std::string text = set_worker(parser); !text.empty()) return wrong(text);
  }
  if (line.command == Command::exporting) {
    if (std::optional<Parsed> said = finish_export(parser)) return *said;
  }
  return {std::move(line), 0, {}, false};
}

// What epitome.toml adds to the command line; nothing: no such file says anything, and `file` is empty if there is
// none. `places`: where it was looked for.
std::optional<Parsed> with_defaults(const Parser& parser, std::vector<const char*> argv, const char* source_date_epoch,
                                    const std::string& data_folder, std::string& file,
                                    std::vector<std::string>& places) {
  const CLI::App* const command = parser.app.get_subcommands().front();
  const std::vector<const CLI::App*> commands = {parser.exporting, parser.check, parser.site};
  if (std::find(commands.begin(), commands.end(), command) == commands.end()) return std::nullopt;
  MessageFormat format = MessageFormat::full;
  choose(message_formats, parser.message_format, format);
  std::optional<Message> fault;
  const std::vector<std::string>& sources = parser.line.sources;
  places = places_of_defaults(sources.empty() ? "-" : sources.front(), parser.config);
  std::optional<Defaults> defaults = find_defaults(places, !parser.config.empty(), fault);
  if (fault) return Parsed{std::nullopt, 1, fault->render(format), false};
  if (!defaults) return std::nullopt;
  defaults->take(*command, commands);
  if (std::string faults = defaults->faults(format); !faults.empty())
    return Parsed{std::nullopt, 1, std::move(faults), false};
  file = defaults->path();
  const std::vector<std::string> arguments = defaults->arguments();
  if (arguments.empty()) return std::nullopt;
  const auto name = std::find_if(argv.begin() + 1, argv.end(), [](const char* word) { return word[0] != '-'; });
  std::vector<const char*> added;
  for (const std::string& argument : arguments) added.push_back(argument.c_str());
  argv.insert(name + 1, added.begin(), added.end());
  Parser again;
  for (const CLI::Option* const option : command->get_options())
    for (const std::string& known : option->get_lnames())
      if (defaults->has("--" + known)) again.defaults.insert("--" + known);
  std::optional<Parsed> said = understand(again, static_cast<int>(argv.size()), argv.data(), data_folder);
  Parsed parsed = said ? std::move(*said) : finish(again, source_date_epoch);
  constexpr std::string_view ours = "epitome: ";
  if (!parsed.line && parsed.text.starts_with(ours)) {
    std::string_view text = std::string_view(parsed.text).substr(ours.size());
    text = text.substr(0, std::min(text.find("; epitome help"), text.find('\n')));
    if (std::string placed = defaults->placed(text, format); !placed.empty())
      return Parsed{std::nullopt, 1, std::move(placed), false};
  }
  return parsed;
}

}  // namespace

Parsed parse_command_line(int argc, const char* const* argv, const char* source_date_epoch,
                          const std::string& data_folder) {
  Parser parser;
  if (std::optional<Parsed> said = understand(parser, argc, argv, data_folder)) return *said;
  std::string file;
  std::vector<std::string> places;
  std::optional<Parsed> parsed =
      with_defaults(parser, {argv, argv + argc}, source_date_epoch, data_folder, file, places);
  if (!parsed) parsed = finish(parser, source_date_epoch);
  if (parsed->line) {
    parsed->line->config = file;
    parsed->line->config_places = std::move(places);
    parsed->line->arguments.assign(argv, argv + argc);
  }
  return *parsed;
}

}  // namespace epitome::app
