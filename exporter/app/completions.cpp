#include "app/completions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace epitome::app {

namespace {

// An option of any command, and the commands that have it.
struct SharedOption {
  OptionRow row;
  std::vector<std::string> commands;
};

// Every option once, in the order of the table.
std::vector<SharedOption> shared_options(const std::vector<CommandRow>& commands) {
  std::vector<SharedOption> out;
  for (const CommandRow& command : commands) {
    for (const OptionRow& option : command.options) {
      const auto known =
          std::find_if(out.begin(), out.end(), [&](const SharedOption& o) { return o.row.name == option.name; });
      if (known == out.end()) {
        out.push_back({option, {command.name}});
      } else {
        known->commands.push_back(command.name);
      }
    }
  }
  return out;
}

bool names_file(const OptionRow& row) { return row.value.find("FILE") != std::string::npos; }
bool names_folder(const OptionRow& row) { return row.value.find("DIR") != std::string::npos; }

// `text` between single quotes of a shell.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::vector<std::string> command_names(const std::vector<CommandRow>& commands) {
  std::vector<std::string> out;
  for (const CommandRow& command : commands) {
    if (!command.name.empty()) out.push_back(command.name);
  }
  return out;
}

std::string option_words(const CommandRow& command) {
  std::string out;
  for (const OptionRow& option : command.options) {
    for (const std::string& name : {option.short_name, option.name}) {
      if (!name.empty()) out += (out.empty() ? "" : " ") + name;
    }
  }
  return out;
}

// One command that fills COMPREPLY with the words and paths that begin as the current word does.
std::string bash_reply(const std::vector<std::string>& values, bool files, bool folders) {
  std::vector<std::string> sources;
  if (!values.empty()) sources.push_back(fmt::format("compgen -W '{}' -- \"$current\"", fmt::join(values, " ")));
  if (files) sources.emplace_back("compgen -f -- \"$current\"");
  if (folders && !files) sources.emplace_back("compgen -d -- \"$current\"");
  return sources.empty() ? std::string(":") : fmt::format("mapfile -t COMPREPLY < <({})", fmt::join(sources, "; "));
}

// What a command's arguments may be; files of several kinds are not told apart.
std::string bash_arguments(const CommandRow& command) {
  if (command.arguments.empty()) return {};
  const OptionRow& first = command.arguments.front();
  if (command.arguments.size() > 1 || first.endings.size() != 1)
    return bash_reply(first.values, first.values.empty(), false);
  return fmt::format("mapfile -t COMPREPLY < <(compgen -f -X '!*{}' -- \"$current\"; compgen -d -S / -- \"$current\")",
                     first.endings.front());
}

// "*.xml", "*.(json|html)".
std::string zsh_pattern(const std::vector<std::string>& endings) {
  std::string out;
  for (const std::string& ending : endings) out += (out.empty() ? "" : "|") + ending.substr(1);
  return endings.size() == 1 ? "*." + out : "*.(" + out + ")";
}

// What follows the second colon of an option's or argument's description.
std::string zsh_action(const OptionRow& row, bool file) {
  if (!row.values.empty() && names_folder(row))
    return fmt::format("{{ compadd {}; _files -/ }}", fmt::join(row.values, " "));
  if (!row.values.empty()) return fmt::format("({})", fmt::join(row.values, " "));
  if (!row.endings.empty()) return fmt::format("_files -g \"{}\"", zsh_pattern(row.endings));
  return file ? "_files" : "";
}

// In zsh's descriptions a colon and brackets have a meaning.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_arguments(const CommandRow& command) {
  std::string out;
  for (const OptionRow& option : command.options) {
    const std::string value = option.value.empty()
                                  ? std::string()
                                  : fmt::format(":{}:{}", option.value, zsh_action(option, names_file(option)));
    const std::string rest = in_quotes(fmt::format("[{}]{}", zsh_text(option.about), value));
    const std::string names =
        option.short_name.empty() ? option.name : fmt::format("'({0} {1})'{{{0},{1}}}", option.short_name, option.name);
    out += fmt::format(" \\\n      {}{}", names, rest);
  }
  for (const OptionRow& argument : command.arguments) {
    out += " \\\n      " + in_quotes(fmt::format("{}:{}:{}",
                                                 argument.repeated   ? "*"
                                                 : argument.required ? ""
                                                                     : ":",
                                                 argument.name, zsh_action(argument, true)));
  }
  return out;
}

// For roff: hyphens that are typed, no escapes, no requests.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '-' ? std::string("\\-") : c == '\\' ? std::string("\\e") : std::string(1, c);
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string manual_synopsis(const std::vector<CommandRow>& commands) {
  std::string out;
  for (const CommandRow& command : commands) {
    if (command.name.empty()) continue;
    out += fmt::format("{}\\fBepitome {}\\fR", out.empty() ? "" : ".br\n", command.name);
    for (const OptionRow& argument : command.arguments) {
      const std::string name = fmt::format("\\fI{}\\fR{}", argument.name, argument.repeated ? "..." : "");
      out += argument.required ? " " + name : " [" + name + "]";
    }
    out += command.options.empty() ? "\n" : " [\\fIOPTIONS\\fR]\n";
  }
  return out + ".br\n\\fBepitome \\-\\-version\\fR\n";
}

std::string manual_commands(const std::vector<CommandRow>& commands) {
  std::string out;
  for (const CommandRow& command : commands) {
    if (!command.name.empty()) out += fmt::format(".TP\n.B {}\n{}.\n", command.name, roff(command.about));
  }
  return out;
}

std::string manual_options(const std::vector<CommandRow>& commands) {
  std::string out;
  for (const SharedOption& option : shared_options(commands)) {
    out += ".TP\n";
    if (!option.row.short_name.empty()) out += fmt::format("\\fB{}\\fR, ", roff(option.row.short_name));
    out += fmt::format("\\fB{}\\fR", roff(option.row.name));
    if (!option.row.value.empty()) out += fmt::format(" \\fI{}\\fR", roff(option.row.value));
    const bool everywhere = option.commands.front().empty();
    const std::string of = everywhere ? "" : fmt::format(" ({})", fmt::join(option.commands, ", "));
    out += fmt::format("\n{}{}.\n", roff(option.row.about), of);
  }
  return out;
}

std::string manual_formats() {
  std::string out;
  for (const Format& format : formats()) {
    if (format.use == Format::Use::stage) continue;
    out += fmt::format(".TP\n\\fB{}\\fR\n{}: a file that ends in \\fI{}\\fR ({}).\n", roff(format.name),
                       roff(format.about), roff(format.ending), format.media_type);
  }
  return out;
}

}  // namespace

std::string bash_completion(const std::vector<CommandRow>& commands) {
  std::string out = "# bash completion for epitome\n_epitome() {\n";
  out +=
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}\n"
      "  COMPREPLY=()\n  if ((COMP_CWORD == 1)); then\n";
  out += fmt::format("    mapfile -t COMPREPLY < <(compgen -W '{} {}' -- \"$current\")\n    return\n  fi\n",
                     fmt::join(command_names(commands), " "), option_words(commands.front()));
  out += "  case $previous in\n";
  for (const SharedOption& option : shared_options(commands)) {
    if (option.row.value.empty()) continue;
    const std::string names =
        option.row.short_name.empty() ? option.row.name : option.row.short_name + " | " + option.row.name;
    out += fmt::format("    {}) {}; return ;;\n", names,
                       bash_reply(option.row.values, names_file(option.row), names_folder(option.row)));
  }
  out += "  esac\n  case $command in\n";
  for (const CommandRow& command : commands) {
    if (command.name.empty()) continue;
    out += fmt::format("    {})\n      if [[ $current == -* ]]; then\n        {}\n", command.name,
                       bash_reply({option_words(command)}, false, false));
    const std::string arguments = bash_arguments(command);
    if (!arguments.empty()) out += fmt::format("      else\n        {}\n", arguments);
    out += "      fi ;;\n";
  }
  return out + "  esac\n}\ncomplete -o filenames -F _epitome epitome\n";
}

std::string zsh_completion(const std::vector<CommandRow>& commands) {
  std::string out =
      "#compdef epitome\n# zsh completion for epitome\n\nif ((CURRENT == 2)); then\n  local -a commands=(";
  for (const CommandRow& command : commands) {
    if (!command.name.empty()) out += "\n    " + in_quotes(command.name + ":" + command.about);
  }
  out += ")\n  _describe command commands\n";
  out += fmt::format("  _arguments{}\n  return\nfi\n\n", zsh_arguments(commands.front()));
  out += "local command=$words[2]\nshift words\n((CURRENT--))\ncase $command in\n";
  for (const CommandRow& command : commands) {
    if (!command.name.empty()) out += fmt::format("  {})\n    _arguments{} ;;\n", command.name, zsh_arguments(command));
  }
  return out + "esac\n";
}

std::string fish_completion(const std::vector<CommandRow>& commands) {
  std::string out =
      fmt::format("# fish completion for epitome\nset -l commands {}\n", fmt::join(command_names(commands), " "));
  const std::string none = "-n \"not __fish_seen_subcommand_from $commands\"";
  for (const CommandRow& command : commands) {
    if (!command.name.empty())
      out += fmt::format("complete -c epitome {} -f -a {} -d {}\n", none, command.name, in_quotes(command.about));
  }
  for (const SharedOption& option : shared_options(commands)) {
    std::vector<std::string> in;
    for (const std::string& command : option.commands) {
      if (!command.empty()) in.push_back(command);
    }
    const bool everywhere = in.size() != option.commands.size();
    out += "complete -c epitome ";
    if (!in.empty() && !everywhere) out += fmt::format("-n '__fish_seen_subcommand_from {}' ", fmt::join(in, " "));
    if (in.empty()) out += none + " ";
    if (!option.row.short_name.empty()) out += fmt::format("-s {} ", option.row.short_name.substr(1));
    out += fmt::format("-l {} ", option.row.name.substr(2));
    std::vector<std::string> values = option.row.values;
    if (names_folder(option.row) && !names_file(option.row)) values.emplace_back("(__fish_complete_directories)");
    if (!option.row.value.empty()) out += names_file(option.row) ? "-r " : "-x ";
    if (!values.empty()) out += fmt::format("-a '{}' ", fmt::join(values, " "));
    out += fmt::format("-d {}\n", in_quotes(option.row.about));
  }
  for (const CommandRow& command : commands) {
    for (const OptionRow& argument : command.arguments) {
      if (!argument.values.empty())
        out += fmt::format("complete -c epitome -n '__fish_seen_subcommand_from {}' -f -a '{}'\n", command.name,
                           fmt::join(argument.values, " "));
    }
  }
  return out;
}

std::string manual_page(std::string text, const std::vector<CommandRow>& commands) {
  const std::map<std::string, std::string> fields = {{"@VERSION@", version()},
                                                     {"@SYNOPSIS@\n", manual_synopsis(commands)},
                                                     {"@COMMANDS@\n", manual_commands(commands)},
                                                     {"@OPTIONS@\n", manual_options(commands)},
                                                     {"@FORMATS@\n", manual_formats()}};
  for (const auto& [field, value] : fields) {
    const std::size_t at = text.find(field);
    if (at != std::string::npos) text.replace(at, field.size(), value);
  }
  return text;
}

}  // namespace epitome::app
