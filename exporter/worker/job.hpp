// A job as a message: what document, where, with which options.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "app/command_line.hpp"

namespace epitome::worker {

// {"source": "a/lamp.xml", "sha256": "…", "text": "<summary…", "options": {"to": "pdf,epub", "layout": "a4"}}
struct Job {
  std::string source;               // a path below the store; what diagnostics and the manifest call it
  std::string sha256;               // of the document, 64 digits; empty: not said
  std::optional<std::string> text;  // the document itself; nothing: `source` is read
  std::string options = "{}";       // a JSON object of what export has for one document
};

std::string json_of(const Job& job);
// The SHA-256 of what the job comes to, however it is written, with its document by value or not: source, options, and
// the document's hash, which must be there.
std::string id_of(const Job& job);

// Or what is wrong with it. The path stays below the store.
std::variant<Job, std::string> parse_job(std::string_view json);

// What export would do with those options; or what is wrong with them. Members are the long names of its options,
// values their texts, numbers, or true; `name` may name {folder} and {source} alone, so that nobody needs to read a
// document to know its files. What is not of the document (--output, --jobs …), and what leads to files or programs of
// the worker's machine (--voice), can't be given.
std::variant<app::CommandLine, std::string> read_options(const std::string& json, const std::string& data_folder);

}  // namespace epitome::worker
