// What epitome.toml says for options that the command line doesn't give. Internal to app.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/epitome.hpp"
#include "diag/diagnostic.hpp"

namespace epitome::app {

inline constexpr char defaults_name[] = "epitome.toml";

class Defaults {
 public:
  // `path`: the file; `bytes`: its own; `named`: the user named it. Of one that was only found, perhaps in a folder
  // from somewhere else, no option may run a program.
  Defaults(std::string path, std::string bytes, bool named);
  // Takes what it says for `command`, one of `commands`, whose options are parsed: options of its table ([export]),
  // else of none. Paths stand for those beside the file. What is wrong for any of `commands` is told.
  void take(const CLI::App& command, const std::vector<const CLI::App*>& commands);

  const std::string& path() const { return text_.name(); }
  // As they stand on a command line: "--layout=print-a4".
  std::vector<std::string> arguments() const;
  bool has(const std::string& option) const { return taken_.contains(option); }
  // What was found wrong, rendered; empty: nothing.
  std::string faults(MessageFormat format) const;
  // The option that a message of ours ("--to: …") is about was taken from here: the message at its place. Else nothing.
  std::string placed(std::string_view message, MessageFormat format) const;

 private:
  struct Taken {
    std::string argument;
    diag::Span place;
  };
  diag::SourceText text_;
  bool named_;
  diag::Sink sink_;
  std::map<std::string, Taken> taken_;  // by "--layout"
};

// Where it is looked for: in a first source's folder (a folder's own, if it is one), then in the current folder;
// `given` names another, or "none".
std::vector<std::string> places_of_defaults(const std::string& source, const std::string& given);

// The first of these places that is a file. Nothing: there is none, or, with `fault`, it can't be read.
std::optional<Defaults> find_defaults(const std::vector<std::string>& places, bool named,
                                      std::optional<Message>& fault);

}  // namespace epitome::app
