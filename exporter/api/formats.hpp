// The formats that a document can be written in. The table of them is in api/formats.cpp; the command line, its help,
// the manual page and the shells' completions are made from it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace epitome {

class Journey;  // one document on its way through the library

struct Format {
  // How the command line asks for it.
  enum class Use : std::uint8_t {
    file,    // --to names it
    report,  // --report: the ending of the file's name says which
    stage,   // an option of dump: text for people, on standard output
  };
  // What is made of the document before it is written.
  enum class Needs : std::uint8_t {
    document,    // nothing more than what was read; or it sets pages of its own
    page_turns,  // the places where pages begin; the pages themselves are not seen
    pages,
    inspection,  // what the lines and pages are like
  };

  std::string_view name;        // "pdf": one word, without spaces and commas
  std::string_view ending;      // of the file's name: ".pdf"
  std::string_view media_type;  // RFC 6838
  std::string_view about;       // one sentence without a full stop, for help
  Use use;
  Needs needs;
  std::optional<std::string> (*write)(Journey&);  // the bytes; nothing if an error was reported
};

// All formats, in the order in which files are written.
std::span<const Format> formats();

// Null: there is no format of that name.
const Format* find_format(std::string_view name);

}  // namespace epitome
