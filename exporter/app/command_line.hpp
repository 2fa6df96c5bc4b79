// The command line as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/epitome.hpp"

namespace epitome::app {

enum class Command : std::uint8_t { exporting, check, dump, compare };
enum class MessageFormat : std::uint8_t { full, brief, json };

// A message as printed in that format.
const std::string& text_of(const Message& message, MessageFormat format);

struct CommandLine {
  Command command = Command::exporting;
  std::vector<std::string> sources;  // at least one; "-": standard input; compare: a PDF, an EPUB and perhaps a source
  std::string output;                // -o; empty: the current folder
  // Whether it names the one file: by its ending, .pdf or .epub, or because that file, which is no folder, is there.
  bool output_is_file = false;
  std::string report;  // --report: a file; empty: none
  Options options;
  bool formats_given = false;  // --to
  Session::Stage stage = Session::Stage::document;
  MessageFormat format = MessageFormat::full;
  bool warnings_are_errors = false;
  bool quiet = false;
};

// What to do, or what was said instead: help or the version (status 0, for standard output), wrong usage
// (status 2, for standard error).
struct Parsed {
  std::optional<CommandLine> line;
  int status = 0;
  std::string text;
  bool wants_version = false;  // the caller writes build_information
};

// `source_date_epoch`: that variable's value, or null. Of files it looks at nothing
// but whether `output` is a folder.
Parsed parse_command_line(int argc, const char* const* argv, const char* source_date_epoch);

// One format of output: what --to calls it, how its files end.
struct OutputFormat {
  const char* name;
  bool Options::*wanted;
  std::string Result::*bytes;
};
inline constexpr OutputFormat output_formats[] = {
    {"pdf", &Options::pdf, &Result::pdf},
    {"epub", &Options::epub, &Result::epub},
};

}  // namespace epitome::app
