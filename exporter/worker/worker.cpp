#include "worker/worker.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "app/batch.hpp"
#include "app/batch_worker.hpp"
#include "app/fingerprint.hpp"
#include "app/run.hpp"
#include "app/signals.hpp"
#include "diag/diagnostic.hpp"
#include "worker/broker.hpp"
#include "worker/job.hpp"

namespace epitome::worker {

namespace {

using namespace app;
using State = BatchOutcome::State;

constexpr std::int64_t retry_ms = 1000;
// Jobs of more sets of options than this one are rare; what is known of options is then begun anew.
constexpr std::size_t most_options = 1000;

void say(const std::string& text) { (void)write_all(STDERR_FILENO, "epitome: " + visible(text) + "\n"); }

// What a job's options mean.
struct Settings {
  std::variant<CommandLine, std::string> line;
  std::string fingerprint;
};

// All threads' knowledge of options, each read once.
class AllSettings {
 public:
  explicit AllSettings(const std::string& data_folder)
      : data_folder_(data_folder), installation_(installation_fingerprint(data_folder)) {}

  std::shared_ptr<const Settings> of(const std::string& options) {
    const std::lock_guard lock(lock_);
    if (known_.size() >= most_options) known_.clear();
    std::shared_ptr<const Settings>& settings = known_[options];
    if (!settings) {
      Settings read{read_options(options, data_folder_), {}};
      if (const auto* const line = std::get_if<CommandLine>(&read.line))
        read.fingerprint = settings_fingerprint(*line, installation_);
      settings = std::make_shared<const Settings>(std::move(read));
    }
    return settings;
  }

 private:
  const std::string& data_folder_;
  const std::string installation_;
  std::mutex lock_;
  std::map<std::string, std::shared_ptr<const Settings>> known_;
};

// Tells the broker of each job in work, again and again, that somebody lives.
class Heartbeat {
 public:
  explicit Heartbeat(unsigned ack_wait)
      : every_(std::chrono::milliseconds(ack_wait * 1000 / 3)),
        thread_([this](const std::stop_token& stops) { beat(stops); }) {}

  void begin(natsMsg* message) {
    const std::lock_guard lock(lock_);
    in_work_.insert(message);
  }
  void end(natsMsg* message) {
    const std::lock_guard lock(lock_);
    in_work_.erase(message);
  }

 private:
  void beat(const std::stop_token& stops) {
    std::unique_lock lock(lock_);
    while (!stops.stop_requested()) {
      (void)changed_.wait_for(lock, stops, every_, [] { return false; });
      for (natsMsg* const message : in_work_) (void)natsMsg_InProgress(message, nullptr);
    }
  }

  const std::chrono::milliseconds every_;
  std::mutex lock_;
  std::condition_variable_any changed_;
  std::set<natsMsg*> in_work_;
  std::jthread thread_;  // ends before what it uses
};

// What was made of the one job, told by the broker.
class LastRecord final : public KnownRecords {
 public:
  explicit LastRecord(std::optional<ManifestRecord> record) : record_(std::move(record)) {}
  std::optional<ManifestRecord> known(const std::string& /*source*/) const override { return record_; }

 private:
  std::optional<ManifestRecord> record_;
};

struct Delivery {
  natsMsg* message = nullptr;
  std::string bytes, id;  // id: of the job, or the hash of what is none
  std::uint64_t count = 0;
};

class Worker {
 public:
  Worker(const CommandLine& line, const std::string& data_folder)
      : line_(line),
        options_(line.worker),
        data_folder_(data_folder),
        store_(with_slash(line.worker.store)),
        folder_(with_slash(line.output)),
        broker_(line.worker),
        settings_(data_folder) {}

  int run() {
    {
      const SignalsWait signals;
      std::string why = broker_.connect();
      if (why.empty()) why = broker_.make_consumer();
      if (!why.empty()) {
        say(fmt::format("{}: {}", options_.nats, why));
        return could_not_write;
      }
    }
    finish_at_signals();
    const unsigned count = line_.batch.jobs != 0 ? line_.batch.jobs : cores();
    heartbeat_.emplace(options_.ack_wait);
    running_ = count;
    std::vector<std::jthread> threads;
    {
      const SignalsWait signals;
      for (unsigned i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    }
    bool told = false;
    while (running_ != 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      if (signal_that_came() == 0 || told) continue;
      told = true;
      say("the jobs that are begun are finished; a second signal drops them");
    }
    threads.clear();
    heartbeat_.reset();
    if (!line_.quiet) print(fmt::format("{} jobs done, {} dead, {} to be tried again\n", done_, dead_, again_));
    return done;
  }

 private:
  static std::string with_slash(const std::string& folder) {
    return folder.empty() || folder.ends_with('/') ? folder : folder + '/';
  }
  static void print(const std::string& text) { (void)write_all(STDOUT_FILENO, text); }

  // One thread.
  void work() {
    BatchWorker documents(data_folder_, std::string());
    Subscription subscription;
    while (signal_that_came() == 0) {
      if (!subscription && !broker_.subscribe(subscription).empty()) {
        nats_Sleep(retry_ms);
        continue;
      }
      const Received message = Broker::next(*subscription);
      if (message) {
        take(documents, message.get());
      } else if (options_.until_empty && broker_.is_empty()) {
        break;
      }
    }
    --running_;
  }

  void take(BatchWorker& documents, natsMsg* message) {
    Delivery delivery;
    delivery.message = message;
    delivery.bytes.assign(natsMsg_GetData(message), static_cast<std::size_t>(natsMsg_GetDataLength(message)));
    delivery.id = sha256(delivery.bytes);
    jsMsgMetaData* about = nullptr;
    if (natsMsg_GetMetaData(&about, message) == NATS_OK) delivery.count = about->NumDelivered;
    jsMsgMetaData_Destroy(about);
    heartbeat_->begin(message);
    const bool answered = answer(documents, delivery);
    heartbeat_->end(message);
    // Where the broker is away it gives the job to somebody again, who finds it done.
    if (answered) {
      (void)natsMsg_AckSync(message, nullptr, nullptr);
    } else {
      ++again_;
      (void)natsMsg_NakWithDelay(message, retry_ms, nullptr);
    }
  }

  // False: it should be given again.
  bool answer(BatchWorker& documents, Delivery& delivery) {
    std::variant<Job, std::string> parsed = parse_job(delivery.bytes);
    auto* const job = std::get_if<Job>(&parsed);
    if (job == nullptr) return bury(delivery, "<job>", {input_fault("<job>", std::get<std::string>(parsed))});
    if (delivery.count > options_.max_deliver)
      return bury(delivery, job->source,
                  {input_fault(job->source, fmt::format("the job was begun {} times and never came to an end",
                                                        options_.max_deliver))});
    const std::shared_ptr<const Settings> settings = settings_.of(job->options);
    const auto* const line = std::get_if<CommandLine>(&settings->line);
    if (line == nullptr)
      return bury(delivery, job->source, {input_fault(job->source, std::get<std::string>(settings->line))});
    std::string why_not;
    std::optional<std::string> text = job->text ? job->text : reader_in(store_)(job->source, why_not);
    if (!text) {
      // A store may be slow to show a file.
      if (delivery.count < options_.max_deliver) return false;
      return bury(delivery, job->source,
                  {input_fault(job->source, why_not.empty() ? "there is no such file" : why_not)});
    }
    const std::string digest = sha256(*text);
    if (!job->sha256.empty() && digest != job->sha256)
      return bury(delivery, job->source, {input_fault(job->source, "it is not the document with the job's SHA-256")});
    job->sha256 = digest;
    delivery.id = id_of(*job);
    return make(documents, delivery, *job, *line, settings->fingerprint, std::move(*text));
  }

  bool make(BatchWorker& documents, const Delivery& delivery, const Job& job, const CommandLine& line,
            const std::string& fingerprint, std::string text) {
    BatchPlan plan(line, data_folder_);
    plan.folder = folder_;
    plan.sources = {{store_ + job.source, store_.size()}};
    plan.documents = {0};
    plan.read_once.emplace(0, std::move(text));
    plan.settings = fingerprint;
    Claims claims({plan.sources.front().path});
    plan.claims = &claims;
    const LastRecord last(last_record(delivery.id));
    plan.known = &last;
    // A worker that was killed may have left something.
    if (delivery.count > 1) (void)remove_left_over(folder_ + folder_of(job.source));

    BatchOutcome outcome = documents.make(plan, 0);
    if (outcome.state == State::written) {
      for (const auto& [path, why] : outcome.files.commit()) {
        outcome.tell(output_fault(path, why), line.format, true);
        outcome.state = State::failed;
      }
    }
    if (!outcome.told.empty()) (void)write_all(STDERR_FILENO, outcome.told);
    if (outcome.state == State::failed) {
      if (outcome.status != errors_in_input && delivery.count < options_.max_deliver) return false;
      if (outcome.record.diagnostics.empty())  // a fault of the program's own
        outcome.record.diagnostics.push_back(fmt::format(R"({{"message":{}}})", diag::json_string(outcome.told)));
      return bury(delivery, job.source, {}, std::move(outcome.record.diagnostics));
    }
    if (outcome.state == State::written) {
      outcome.record.status = "written";
      if (!tell_done(delivery, job, outcome.record)) return false;
      if (!line_.quiet) print(fmt::format("{}: {} pages\n", visible(job.source), outcome.record.pages));
    }
    ++done_;
    return true;
  }

  // Paths are told as other machines know them: below the store, below the output folder.
  bool tell_done(const Delivery& delivery, const Job& job, ManifestRecord& record) {
    record.source = job.source;
    for (ManifestFile& file : record.files) file.path.erase(0, folder_.size());
    return told(broker_.tell_done(delivery.id, manifest_line(record), record.fingerprint));
  }

  std::optional<ManifestRecord> last_record(const std::string& id) {
    const std::optional<std::string> line = broker_.done(id);
    std::optional<ManifestRecord> record = line ? read_manifest_line(*line) : std::nullopt;
    if (record) {
      for (ManifestFile& file : record->files) file.path.insert(0, folder_);
    }
    return record;
  }

  // A dead letter. False if it can't be sent now.
  bool bury(const Delivery& delivery, const std::string& source, const std::vector<Message>& messages,
            std::vector<std::string> diagnostics = {}) {
    for (const Message& message : messages) {
      (void)write_all(STDERR_FILENO, message.render(MessageFormat::full));
      diagnostics.push_back(message.render(MessageFormat::json));
      diagnostics.back().pop_back();
    }
    const std::string letter = fmt::format(
        R"({{"source":{},"status":"failed","deliveries":{},"diagnostics":[{}],"job":{}}})", diag::json_string(source),
        delivery.count, fmt::join(diagnostics, ","), diag::json_string(delivery.bytes));
    // A job as large as a message may be leaves no room for what is said of it; its id still names it.
    const bool fits = letter.size() <= broker_.largest_message();
    const std::string without = fmt::format(R"({{"source":{},"status":"failed","deliveries":{},"diagnostics":[]}})",
                                            diag::json_string(source), delivery.count);
    if (!told(broker_.tell_dead(delivery.id, fits ? letter : without))) return false;
    ++dead_;
    return true;
  }

  bool told(const std::string& why_not) const {
    if (!why_not.empty()) say(fmt::format("{}: {}", options_.nats, why_not));
    return why_not.empty();
  }

  const CommandLine& line_;
  const WorkerOptions& options_;
  const std::string& data_folder_;
  const std::string store_, folder_;  // empty or with a slash at their ends
  Broker broker_;
  AllSettings settings_;
  std::optional<Heartbeat> heartbeat_;
  std::atomic<unsigned> running_{0};
  std::atomic<std::size_t> done_{0}, dead_{0}, again_{0};
};

}  // namespace

int work(const CommandLine& line, const std::string& data_folder) {
  if (const std::optional<Message> fault = data_fault(data_folder)) {
    (void)write_all(STDERR_FILENO, fault->render(line.format));
    return our_own_fault;
  }
  return Worker(line, data_folder).run();
}

}  // namespace epitome::worker
