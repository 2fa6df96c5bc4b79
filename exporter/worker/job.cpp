#include "worker/job.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <vector>

#include "api/epitome.hpp"
#include "app/batch_names.hpp"
#include "app/fingerprint.hpp"
#include "diag/diagnostic.hpp"

namespace epitome::worker {

namespace {

using diag::json_string;
using simdjson::dom::element;

// Those of export's options that a job may have: they concern one document, and lead to no file or program of the
// worker's machine.
constexpr std::array<std::string_view, 18> a_jobs = {
    "to",     "layout",      "date",       "from",        "name",         "on-missing-glyph",
    "werror", "embed-fonts", "check-epub", "black",       "signature",    "paper-weight",
    "marks",  "card-size",   "duplex",     "back-offset", "registration", "parts"};
constexpr std::string_view usual_name = "{folder}/{source}";
constexpr std::size_t digits = 64;  // of a SHA-256

// A path that never leaves the folder it starts in.
bool stays_below(std::string_view path) {
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = end + 1;
  }
  return path.find('\0') == std::string_view::npos;
}

bool is_sha256(std::string_view text) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Sets a member of the job; what is wrong with it, or empty.
std::string set_member(Job& job, std::string_view key, const element& value) {
  std::string_view text;
  const bool is_text = value.get(text) == simdjson::SUCCESS;
  if (key == "options") {
    if (!value.is_object()) return "options is no object";
    job.options = simdjson::to_string(value);
  } else if (!is_text) {
    return fmt::format("{} is no string", key);
  } else if (key == "source") {
    job.source = text;
  } else if (key == "sha256") {
    job.sha256 = text;
  } else if (key == "text") {
    job.text = text;
  } else {
    return fmt::format("a job has no {}", key);
  }
  return {};
}

// "--layout=a4"; nothing: an option that isn't set. `fault` says what is wrong with it.
std::optional<std::string> argument_of(std::string_view key, const element& value, std::string& fault) {
  std::string_view text;
  bool flag = false;
  if (std::find(a_jobs.begin(), a_jobs.end(), key) == a_jobs.end()) {
    fault = fmt::format("options: {} is none of a job's", key);
    return std::nullopt;
  }
  if (value.get(flag) == simdjson::SUCCESS) return flag ? std::optional(fmt::format("--{}", key)) : std::nullopt;
  if (value.get(text) == simdjson::SUCCESS) return fmt::format("--{}={}", key, text);
  if (value.is_number()) return fmt::format("--{}={}", key, simdjson::to_string(value));
  fault = fmt::format("options: {} is no string, number or true", key);
  return std::nullopt;
}

}  // namespace

std::string json_of(const Job& job) {
  std::string out = fmt::format(R"({{"source":{})", json_string(job.source));
  if (!job.sha256.empty()) out += fmt::format(R"(,"sha256":{})", json_string(job.sha256));
  if (job.text) out += fmt::format(R"(,"text":{})", json_string(*job.text));
  return out + fmt::format(R"(,"options":{}}})", job.options);
}

std::string id_of(const Job& job) { return app::sha256(json_of({job.source, job.sha256, std::nullopt, job.options})); }

std::variant<Job, std::string> parse_job(std::string_view json) {
  simdjson::dom::parser parser;
  element tree;
  simdjson::dom::object members;
  if (parser.parse(json.data(), json.size()).get(tree) != simdjson::SUCCESS || tree.get(members) != simdjson::SUCCESS)
    return std::string("the message is no JSON object");
  Job job;
  for (const auto& [key, value] : members) {
    if (std::string fault = set_member(job, key, value); !fault.empty()) return fault;
  }
  if (!stays_below(job.source)) return fmt::format("source: '{}' is no path below the store", job.source);
  if (!job.sha256.empty() && !is_sha256(job.sha256)) return std::string("sha256: it is no 64 digits of a SHA-256");
  return job;
}

std::variant<app::CommandLine, std::string> read_options(const std::string& json, const std::string& data_folder) {
  simdjson::dom::parser parser;
  simdjson::dom::object members;
  if (parser.parse(json).get(members) != simdjson::SUCCESS) return std::string("options: no JSON object");
  std::vector<std::string> arguments = {"epitome", "export", "-q", "document"};
  for (const auto& [key, value] : members) {
    std::string fault;
    std::optional<std::string> argument = argument_of(key, value, fault);
    if (!fault.empty()) return fault;
    if (argument) arguments.push_back(std::move(*argument));
  }
  std::vector<const char*> pointers;
  pointers.reserve(arguments.size());
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  // The environment of a machine must not show in the files.
  app::Parsed parsed =
      app::parse_command_line(static_cast<int>(pointers.size()), pointers.data(), nullptr, data_folder);
  if (!parsed.line) return fmt::format("options: {}", parsed.text.substr(0, parsed.text.find('\n')));
  app::CommandLine line = std::move(*parsed.line);
  const std::vector<std::string> known = layouts(data_folder);
  if (std::find(known.begin(), known.end(), line.options.layout) == known.end())
    return fmt::format("options: there is no layout '{}'", line.options.layout);
  if (line.batch.name.empty()) {
    line.batch.name = usual_name;
  } else if (app::needs_heading(line.batch.name)) {
    return std::string("options: name of a job may say {folder} and {source}");
  }
  line.batch.skip_unchanged = true;
  return line;
}

}  // namespace epitome::worker
