// The command line's grammar. Internal to app.
#pragma once

#include <CLI/CLI.hpp>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/command_line.hpp"
#include "app/site_options.hpp"

namespace epitome::app {

// CLI11's App with the options of all commands; `line` is filled when it parses.
struct Parser {
  // What a shell may offer for an option or argument.
  struct Choice {
    std::vector<std::string> values, endings;
  };

  CommandLine line;
  std::string formats, parts, message_format = "full", on_missing_glyph = "error", from, to, dialect = "portable";
  std::string card_size = "a7", back_offset;
  std::vector<std::string> stages;  // those that are asked for
  CLI::App app{"Writes a typeset, tagged PDF and an EPUB from one structured book summary.", "epitome"};
  CLI::App *exporting, *check, *dump, *compare, *convert, *init, *schema, *site, *worker, *submit, *help;
  std::string help_about;
  std::array<std::string, 3> compared;
  bool version = false;
  std::string jobs, shard, voice_timeout;
  SiteArguments site_arguments;
  std::vector<std::string> layouts;
  std::map<const CLI::Option*, Choice> choices;
  std::string config;              // --config
  std::set<std::string> defaults;  // options that epitome.toml gives: what they don't fit is no fault

  explicit Parser(std::vector<std::string> known_layouts = {});
  static Choice sources();
  void add_from(CLI::App& command);
  void add_convert();
  void add_init();
  void add_schema();
  void add_export();
  void add_read_aloud();
  void add_print();
  void add_batch();
  void add_site();
  void add_compare();
  void add_jobs();
  void add_sources(CLI::App& command);
  void add_layout(CLI::App& command);
  void add_common(CLI::App& command);  // what all that read a document have
  void add_message_format(CLI::App& command);
  void add_config(CLI::App& command);
  // On the command line.
  bool asked(const CLI::App& command, const std::string& option) const {
    return command.count(option) != 0 && !defaults.contains(option);
  }
  std::vector<CLI::App*> commands() const {
    return {exporting, check, dump, compare, convert, init, schema, site, worker, submit, help};
  }
};

}  // namespace epitome::app
