#include "app/worker_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

namespace epitome::app {

namespace {

void add_broker(CLI::App& command, WorkerOptions& options) {
  command.set_help_flag("-h,--help", "Explain this command");
  command
      .add_option("--nats", options.nats,
                  fmt::format("The address of NATS, several with commas between. Default: {}", options.nats))
      ->type_name("URL");
  command.add_option("--creds", options.credentials, "A file with credentials for NATS")->type_name("FILE");
  command.add_option("--stream", options.stream, "JetStream's stream of jobs; it is made if it isn't there")
      ->type_name("NAME")
      ->required();
  command
      .add_option("--store", options.store,
                  "The folder that jobs' sources are named from: a mounted store. Default: the current folder")
      ->type_name("DIR");
}

}  // namespace

void add_worker_options(CLI::App& command, WorkerOptions& options) {
  add_broker(command, options);
  command
      .add_option("--ack-wait", options.ack_wait,
                  fmt::format("After how many seconds without a sign of life another worker gets the job. Default: {}",
                              options.ack_wait))
      ->type_name("SECONDS");
  command
      .add_option(
          "--max-deliver", options.max_deliver,
          fmt::format("How often a job is begun at most before it is a dead letter. Default: {}", options.max_deliver))
      ->type_name("N");
  command.add_flag("--until-empty", options.until_empty, "End when no job waits and none is worked at");
}

void add_submit_options(CLI::App& command, WorkerOptions& options) {
  add_broker(command, options);
  command.add_flag("--by-value", options.by_value, "Jobs hold their documents; only images are read from the store");
  command
      .add_option("--options", options.options,
                  "What export has for each document, as a JSON object: {\"to\": \"pdf\", \"layout\": \"a4\"}")
      ->type_name("JSON");
}

std::string worker_fault(const WorkerOptions& options) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  if (options.stream.empty() || !std::all_of(options.stream.begin(), options.stream.end(), fits))
    return fmt::format("--stream: '{}' is no name of letters, digits, - and _", options.stream);
  if (options.ack_wait < 1 || options.ack_wait > 86400) return "--ack-wait is from 1 to 86400 seconds";
  if (options.max_deliver < 1 || options.max_deliver > 1000) return "--max-deliver is from 1 to 1000";
  return {};
}

}  // namespace epitome::app
