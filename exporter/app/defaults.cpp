#include "app/defaults.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "app/choices.hpp"
#include "app/files.hpp"
#include "reader/guess_source.hpp"

namespace epitome::app {

using diag::Code;

namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 10;

// What a file can't say: it holds for this run alone, or is the file itself.
bool is_left_out(const std::string& option) { return option == "help" || option == "config" || option == "verbose"; }

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* const option : command.get_options())
    for (const std::string& name : option->get_lnames())
      if (!is_left_out(name)) out.push_back(name);
  return out;
}

diag::Span span_of(const diag::SourceText& text, const toml::source_region& region) {
  const std::uint32_t begin = text.offset({region.begin.line, region.begin.column});
  const std::uint32_t end = text.offset({region.end.line, region.end.column});
  // A place of no length would be the whole file.
  return {begin, std::max(end, begin + 1) - begin};
}

// A value as the command line has it; nothing if it is of no such kind.
std::optional<std::string> text_of(const toml::node& value) {
  if (const auto* const text = value.as_string()) return **text;
  if (const auto* const number = value.as_integer()) return fmt::format("{}", **number);
  if (const auto* const number = value.as_floating_point()) return fmt::format("{}", **number);
  // A day that isn't in quotation marks.
  if (const auto* const day = value.as_date())
    return fmt::format("{:04}-{:02}-{:02}", (*day)->year, (*day)->month, (*day)->day);
  const toml::array* const list = value.as_array();
  if (list == nullptr) return std::nullopt;
  std::string out;
  for (const toml::node& one : *list) {
    const std::optional<std::string> text = one.is_array() ? std::nullopt : text_of(one);
    if (!text) return std::nullopt;
    out += (out.empty() ? "" : ",") + *text;
  }
  return out;
}

// A path of the file's folder; names of layouts and "-" stay.
std::string beside(const std::string& folder, const CLI::Option& option, const std::string& value) {
  static const std::set<std::string> paths = {"FILE", "DIR", "DIR|FILE", "EPUB|TXT", "NAME|DIR"};
  const std::string kind = option.get_type_name();
  if (!paths.contains(kind) || value.starts_with('/') || value == "-") return value;
  if (kind == "NAME|DIR" && value.find('/') == std::string::npos) return value;
  return folder + value;
}

// What the program would write, or keep.
bool is_written(std::string_view option) {
  constexpr std::string_view written[] = {"output", "manifest", "deps", "report", "voice-cache"};
  return std::find(std::begin(written), std::end(written), option) != std::end(written);
}

// Whether a path stays in a folder, through symbolic links too; what isn't there yet is taken as it is written.
bool leads_inside(const std::string& path, const std::string& folder) {
  std::error_code failed;
  const auto whole = [&](const std::string& of) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(of.empty() ? "." : of, failed), failed);
  };
  const std::filesystem::path inside = whole(path).lexically_relative(whole(folder));
  return !failed && !inside.empty() && *inside.begin() != "..";
}

// What stands for an option; else what is wrong with it, in `why`.
std::string argument_for(const CLI::Option& option, const std::string& key, const toml::node& value,
                         const std::string& folder, std::string& why) {
  const bool is_flag = option.get_expected_min() == 0;
  if (const auto* const yes = value.as_boolean()) {
    if (!is_flag) why = fmt::format("'{}' needs a value: {}", key, option.get_type_name());
    return is_flag && **yes ? "--" + key : std::string();
  }
  const std::optional<std::string> text = text_of(value);
  if (is_flag) {
    why = fmt::format("'{}' is true or false", key);
  } else if (!text || text->empty() || text->find('\0') != std::string::npos) {
    why = fmt::format("'{}' is a text, a number or a list of these: {}", key, option.get_type_name());
  }
  return why.empty() ? "--" + key + "=" + beside(folder, option, *text) : std::string();
}

// Throws toml::parse_error.
toml::table parsed(const diag::SourceText& text) {
  if (const std::optional<std::size_t> deep = reader::deep_toml_key(text.bytes())) {
    const diag::Place at = text.place(static_cast<std::uint32_t>(*deep));
    throw toml::parse_error("a key has too many parts", {{at.line, at.column}, {at.line, at.column + 1}, nullptr});
  }
  return toml::parse(text.bytes(), text.name());
}

}  // namespace

Defaults::Defaults(std::string path, std::string bytes, bool named)
    : text_(std::move(path), std::move(bytes)), named_(named) {}

void Defaults::take(const CLI::App& command, const std::vector<const CLI::App*>& commands) {
  const std::string folder = folder_of(path());
  const auto report = [&](const toml::source_region& at, std::string what, std::string hint) {
    sink_.report(Code::E0439, span_of(text_, at), std::move(what), {std::move(hint)});
  };
  const auto add = [&](const CLI::App& of, const toml::key& key, const toml::node& value) {
    const std::string name(key.str());
    const CLI::Option* const option = is_left_out(name) ? nullptr : of.get_option_no_throw("--" + name);
    if (option == nullptr) return false;
    if (name == "voice" && !named_) {
      report(key.source(), "'voice' would run a program, which no file that is only found may do",
             fmt::format("name the file yourself, --config {}, or give --voice on the command line", path()));
      return true;
    }
    std::string why;
    std::string argument = argument_for(*option, name, value, folder, why);
    const std::string path_given = argument.substr(std::min(argument.size(), name.size() + 3));
    if (!why.empty()) {
      report(value.source(), why, option->get_description());
    } else if (!named_ && is_written(name) && path_given != "-" && !path_given.empty() &&
               !leads_inside(path_given, folder)) {
      report(value.source(), fmt::format("'{}' leads out of the folder of a file that is only found", name),
             fmt::format("name the file yourself, --config {}, or give --{} on the command line", path(), name));
      return true;
    }
    // What the command line says goes before.
    if (&of == &command && of.count("--" + name) == 0)
      taken_["--" + name] = {std::move(argument), span_of(text_, value.source())};
    return true;
  };
  const auto unknown = [&](const toml::key& key, const std::vector<std::string>& known, const std::string& of) {
    const std::string name(key.str());
    report(key.source(), fmt::format("{} has no option '{}'{}", of, name, meant(name, known)),
           "options stand as on the command line, without the hyphens before them: layout = \"print-a4\"");
  };
  toml::table root;
  try {
    root = parsed(text_);
  } catch (const toml::parse_error& error) {
    report(error.source(), std::string(error.description()), "the form is TOML's: name = \"value\" (toml.io)");
    return;
  }
  std::vector<std::string> names, all;
  for (const CLI::App* const one : commands) {
    names.push_back(one->get_name());
    for (std::string& option : options_of(*one)) all.push_back(std::move(option));
  }
  for (const auto& [key, value] : root) {
    if (value.is_table()) continue;
    bool known = false;
    for (const CLI::App* const one : commands) known = add(*one, key, value) || known;
    if (!known) unknown(key, all, listed(names, "or"));
  }
  for (const auto& [key, value] : root) {
    const toml::table* const table = value.as_table();
    if (table == nullptr) continue;
    const auto of = std::find(names.begin(), names.end(), std::string(key.str()));
    if (of == names.end()) {
      report(key.source(), fmt::format("there is no command [{}]{}", key.str(), meant(key.str(), names)),
             fmt::format("there are {}", listed(names)));
      continue;
    }
    const CLI::App& one = *commands[static_cast<std::size_t>(of - names.begin())];
    for (const auto& [option, given] : *table)
      if (!add(one, option, given)) unknown(option, options_of(one), *of);
  }
}

std::vector<std::string> Defaults::arguments() const {
  std::vector<std::string> out;
  for (const auto& [option, taken] : taken_)
    if (!taken.argument.empty()) out.push_back(taken.argument);
  return out;
}

std::string Defaults::faults(MessageFormat format) const {
  std::string out;
  for (const diag::Diagnostic& one : sink_.diagnostics()) out += diag::render(one, text_, format);
  return out;
}

std::string Defaults::placed(std::string_view message, MessageFormat format) const {
  const auto at = std::find_if(taken_.begin(), taken_.end(), [&](const auto& taken) {
    return message.starts_with(taken.first) && !std::isalnum(static_cast<unsigned char>(message[taken.first.size()])) &&
           message[taken.first.size()] != '-';
  });
  if (at == taken_.end()) return {};
  return diag::render({diag::severity_of(Code::E0439),
                       Code::E0439,
                       at->second.place,
                       std::string(message),
                       {"the command line goes before this file; --config none leaves it out"}},
                      text_, format);
}

std::vector<std::string> places_of_defaults(const std::string& source, const std::string& given) {
  if (given == "none") return {};
  if (!given.empty()) return {given};
  std::string folder = source == "-" ? std::string() : folder_of(source);
  if (is_folder(source)) folder = source.ends_with('/') ? source : source + "/";
  return {folder + defaults_name, defaults_name};
}

std::optional<Defaults> find_defaults(const std::vector<std::string>& places, bool named,
                                      std::optional<Message>& fault) {
  for (const std::string& path : places) {
    std::string why_not;
    std::optional<std::string> bytes = read_source(path, most_bytes, why_not);
    if (bytes && bytes->size() <= most_bytes) return Defaults(path, std::move(*bytes), named);
    if (bytes) why_not = fmt::format("it is longer than {} bytes", most_bytes);
    if (!named && !bytes && !is_file(path)) continue;
    fault = input_fault(path, why_not);
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace epitome::app
