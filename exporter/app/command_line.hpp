// The command line as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/epitome.hpp"
#include "app/voice.hpp"
#include "app/worker_options.hpp"

namespace epitome::app {

enum class Command : std::uint8_t { exporting, check, dump, compare, convert, init, schema, site, worker, submit };

// What export has for many documents.
struct BatchOptions {
  std::string list;                     // --list: a file of sources; empty: none
  std::string name;                     // --name: a pattern; empty: the usual ones
  std::string manifest;                 // --manifest: a file; empty: none
  unsigned jobs = 0;                    // --jobs; 0: as many as cores
  std::uint64_t shard = 1, shards = 1;  // --shard 1/1
  bool keep_going = false, skip_unchanged = false, resume = false;
  bool asked_for = false;  // any of them
};

// What site has of its own.
struct SiteOptions {
  std::string title;               // --title
  std::string base;                // --base-url, with a slash at its end; empty: none
  std::vector<std::string> files;  // --files: names of site::products, in that table's order
  bool preview = false;
  unsigned port = 0;  // of the preview; 0: one that is free
};

struct CommandLine {
  Command command = Command::exporting;
  std::vector<std::string>
      sources;         // at least one, or batch.list; "-": standard input; compare: a PDF, an EPUB and perhaps a source
  std::string output;  // -o; empty: the current folder
  // Whether it names the one file: by its ending, a format's, or because that file, which is no folder, is there.
  bool output_is_file = false;
  std::string report;  // --report: a file; empty: none
  Options options;
  std::string languages;  // --languages: a folder; empty: none
  BatchOptions batch;
  SiteOptions site;
  VoiceOptions voice;
  WorkerOptions worker;     // worker and submit
  Syntax to = Syntax::xml;  // convert, init: what is written
  std::string dialect;      // schema --for
  std::string deps;         // --deps: a file; empty: none
  bool watch = false;
  MessageFormat format = MessageFormat::full;
  bool warnings_are_errors = false;
  bool epub = false;               // check: the sources are EPUBs
  bool fix = false, diff = false;  // check: mend the sources; show what would be mended
  std::string ignores, against;    // check: files; empty: none
  bool spelling = false;           // check
  std::string dictionaries;        // check: a folder before the usual ones; empty: none
  bool quiet = false;
  std::string config;                      // the epitome.toml that was taken; empty: none
  std::vector<std::string> config_places;  // where it was looked for
  bool verbose = false;                    // it is told which
  std::vector<std::string> arguments;      // the command line itself, for --watch: the file may change
};

// What to do, or what was said instead: help or the version (status 0, for standard output), wrong usage
// (status 2, for standard error).
struct Parsed {
  std::optional<CommandLine> line;
  int status = 0;
  std::string text;
  bool wants_version = false;  // the caller writes build_information
};

// `source_date_epoch`: that variable's value, or null. `data_folder`: whose layouts help names. Of files it looks at
// nothing but epitome.toml, whether `output` is a folder, and those layouts where help is asked for.
Parsed parse_command_line(int argc, const char* const* argv, const char* source_date_epoch,
                          const std::string& data_folder);

// An option, or an argument without a name of its own, as help explains it.
struct OptionRow {
  std::string short_name, name;  // "-o", "--output"; an argument: "", "SOURCE"
  std::string value;             // "DIR|FILE"; empty: it takes none
  std::string about;
  std::vector<std::string> values;          // what it may be, if there is a list
  std::vector<std::string> endings;         // of the files that it may name; empty: any
  bool required = false, repeated = false;  // arguments
};

struct CommandRow {
  std::string name, about;
  std::vector<OptionRow> options, arguments;
};

// What can be given on the command line: first the program itself, which has no name, then its commands.
std::vector<CommandRow> command_table(const std::string& data_folder);

}  // namespace epitome::app
