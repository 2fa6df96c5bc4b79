#include <fmt/format.h>
#include <simdjson.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "app/batch_names.hpp"
#include "app/batch_sources.hpp"
#include "app/fingerprint.hpp"
#include "app/run.hpp"
#include "worker/broker.hpp"
#include "worker/job.hpp"
#include "worker/worker.hpp"

namespace epitome::worker {

namespace {

using namespace app;

class Submission {
 public:
  Submission(const CommandLine& line, const std::string& data_folder)
      : line_(line), data_folder_(data_folder), broker_(line.worker), store_(line.worker.store) {
    if (!store_.empty() && !store_.ends_with('/')) store_ += '/';
  }

  int run() {
    if (!plan()) return status_;
    if (const std::string why = broker_.connect(); !why.empty()) return broker_fault(why);
    for (const BatchSource& source : sources_) {
      if (!give(source)) break;
    }
    if (!line_.quiet)
      (void)write_all(STDOUT_FILENO, fmt::format("{} jobs are published; {} were there before\n", given_, known_));
    return status_;
  }

 private:
  void tell(const Message& message) {
    (void)write_all(STDERR_FILENO, message.render(line_.format));
    status_ = std::max(status_, status_of(message.category()));
  }
  int broker_fault(const std::string& why) {
    (void)write_all(STDERR_FILENO, visible(fmt::format("epitome: {}: {}", line_.worker.nats, why)) + "\n");
    return status_ = could_not_write;
  }
  int wrong(const std::string& why) {
    (void)write_all(STDERR_FILENO, visible("epitome: " + why) + "\n");
    return status_ = wrong_usage;
  }

  // All that can be known before a job is published; false if none should be.
  bool plan() {
    job_.options = line_.worker.options.empty() ? "{}" : line_.worker.options;
    const auto options = read_options(job_.options, data_folder_);
    if (const auto* const fault = std::get_if<std::string>(&options)) return wrong(*fault) == done;
    // Two spellings of one object are one job.
    simdjson::dom::parser parser;
    job_.options = simdjson::to_string(parser.parse(job_.options).value());
    FoundSources found = find_sources(line_.sources, line_.batch.list);
    for (const Message& fault : found.faults) tell(fault);
    sources_ = std::move(found.sources);
    std::map<std::string, std::string> names;
    for (BatchSource& source : sources_) {
      if (!source.path.starts_with(store_)) {
        tell(input_fault(source.path, fmt::format("it doesn't stand in {}", store_)));
        continue;
      }
      source.below = store_.size();
      const auto name = path_of_files({}, std::get<CommandLine>(options).batch.name, source, {});
      const auto [other, is_new] = names.try_emplace(name.value_or(source.path), source.path);
      if (!is_new)
        tell(output_fault(other->first, fmt::format("{} and {} both lead to it", other->second, source.path)));
    }
    return status_ == done;
  }

  // False: no more.
  bool give(const BatchSource& source) {
    std::string why_not;
    const std::optional<std::string> text = read_source(source.path, largest_source(), why_not);
    if (!text) {
      tell(input_fault(source.path, why_not));
      return true;
    }
    job_.source = source.path.substr(source.below);
    job_.sha256 = sha256(*text);
    job_.text.reset();
    if (line_.worker.by_value) {
      if (!simdjson::validate_utf8(text->data(), text->size())) {
        tell(input_fault(source.path, "it is no UTF-8, as --by-value needs it"));
        return true;
      }
      job_.text = text;
    }
    const std::string json = json_of(job_);
    const auto checked = parse_job(json);
    if (const auto* const fault = std::get_if<std::string>(&checked)) {
      tell(input_fault(source.path, *fault));
      return true;
    }
    if (json.size() > broker_.largest_message()) {
      tell(input_fault(source.path, fmt::format("NATS takes {} bytes a message, and the job has {}",
                                                broker_.largest_message(), json.size())));
      return true;
    }
    bool is_known = false;
    if (const std::string why = broker_.submit(json, id_of(job_), is_known); !why.empty()) {
      broker_fault(why);
      return false;
    }
    ++(is_known ? known_ : given_);
    return true;
  }

  const CommandLine& line_;
  const std::string& data_folder_;
  Broker broker_;
  std::string store_;  // empty or with a slash at its end
  Job job_;
  std::vector<BatchSource> sources_;
  std::size_t given_ = 0, known_ = 0;
  int status_ = done;
};

}  // namespace

int submit(const CommandLine& line, const std::string& data_folder) { return Submission(line, data_folder).run(); }

}  // namespace epitome::worker
