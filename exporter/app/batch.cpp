#include "app/batch.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "app/batch_worker.hpp"
#include "app/fingerprint.hpp"
#include "app/memory.hpp"
#include "app/progress.hpp"
#include "app/run.hpp"
#include "app/signals.hpp"

namespace epitome::app {

namespace {

using State = BatchOutcome::State;

// The beginning of a source, which most often holds its title.
constexpr std::size_t beginning = 1 << 14;
// Documents that wait for the disk; each has its files open.
constexpr std::size_t most_waiting = 32;

// What threads have made, in the order in which they are done.
class Queue {
 public:
  void put(BatchOutcome outcome) {
    std::unique_lock lock(lock_);
    has_room_.wait(lock, [&] { return outcomes_.size() < most_waiting; });
    outcomes_.push_back(std::move(outcome));
    changed_.notify_one();
  }
  void end_thread() {
    const std::lock_guard lock(lock_);
    --threads_;
    changed_.notify_one();
  }
  void begin_threads(unsigned count) { threads_ = count; }

  // What there is, after a while at most; false if nothing comes any more.
  bool take(std::deque<BatchOutcome>& taken) {
    std::unique_lock lock(lock_);
    changed_.wait_for(lock, std::chrono::milliseconds(100), [&] { return !outcomes_.empty() || threads_ == 0; });
    taken = std::move(outcomes_);
    outcomes_.clear();
    has_room_.notify_all();
    return !taken.empty() || threads_ != 0;
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_, has_room_;
  std::deque<BatchOutcome> outcomes_;
  unsigned threads_ = 0;
};

class Batch {
 public:
  Batch(const CommandLine& line, const std::string& data_folder) : line_(line), plan_(line, data_folder) {}

  int run() {
    // Documents that wait for the disk have their files open; a site's have many.
    if (rlimit open{}; getrlimit(RLIMIT_NOFILE, &open) == 0) {
      open.rlim_cur = std::max(open.rlim_cur, std::min<rlim_t>(open.rlim_max, 1 << 16));
      (void)setrlimit(RLIMIT_NOFILE, &open);
    }
    if (!plan()) return status_;
    Progress progress(plan_.documents.size(), !line_.quiet && isatty(STDERR_FILENO) != 0);
    progress_ = &progress;
    finish_at_signals();
    run_threads();
    end();
    if (const int signal = signal_that_came(); signal != 0) end_by(signal);
    return status_;
  }

 private:
  void fail(int status) { status_ = std::max(status_, status); }

  void tell(const Message& message) {
    (void)write_all(STDERR_FILENO, message.render(line_.format));
    if (message.severity() == Severity::error) fail(status_of(message.category()));
  }

  void say(const std::string& text) { (void)write_all(STDERR_FILENO, "epitome: " + visible(text) + "\n"); }

  bool wrong(const std::string& text) {
    say(text);
    fail(wrong_usage);
    return false;
  }

  void print(const std::string& text) {
    if (const std::string why = write_all(STDOUT_FILENO, text); !why.empty()) tell(output_fault("<stdout>", why));
  }

  // Everything that can be known before a file is written; false if none should be.
  bool plan() {
    tell_memory_fault(memory_fault().render(line_.format));
    if (const std::optional<Message> fault = data_fault(plan_.data_folder)) {
      tell(*fault);
      return false;
    }
    if (!line_.languages.empty() && !is_folder(line_.languages)) {
      tell(input_fault(line_.languages, no_folder));
      return false;
    }
    if (line_.output_is_file || line_.output == "-")
      return wrong(
          fmt::format("-o {} is one file: give a single source and no option for many, or a folder", line_.output));
    if (!line_.report.empty()) return wrong("--report is one file: give a single source and no option for many");
    if (!line_.output.empty()) plan_.folder = line_.output.ends_with('/') ? line_.output : line_.output + '/';

    FoundSources found = find_sources(line_.sources, line_.batch.list);
    for (const Message& fault : found.faults) tell(fault);
    if (!found.faults.empty() && !line_.batch.keep_going) return false;
    plan_.sources = std::move(found.sources);
    for (std::size_t i = 0; i < plan_.sources.size(); ++i)
      if (in_shard(plan_.sources[i], line_.batch.shard, line_.batch.shards)) plan_.documents.push_back(i);
    std::vector<std::string> paths;
    paths.reserve(plan_.sources.size());
    for (const BatchSource& source : plan_.sources) paths.push_back(source.path);
    claims_.emplace(std::move(paths));
    plan_.claims = &*claims_;
    return claim_files() && open_manifest();
  }

  // The names of the files, of all parts: those of others could be the same. A site's files are named by their bytes.
  bool claim_files() {
    if (line_.command == Command::site) return true;
    std::set<std::string> folders;
    for (std::size_t i = 0; i < plan_.sources.size(); ++i) {
      const BatchSource& source = plan_.sources[i];
      std::optional<Heading> heading = Heading{};
      if (needs_heading(line_.batch.name)) heading = heading_of(i);
      const std::optional<std::string> stem =
          heading ? path_of_files(plan_.folder, line_.batch.name, source, *heading) : std::nullopt;
      if (!stem) continue;  // told when its turn comes
      folders.insert(folder_of(*stem));
      for (const std::string& format : line_.options.formats) {
        const std::string path = *stem + std::string(find_format(format)->ending);
        if (std::optional<OutputFiles::Fault> fault = claims_->claim(path, i)) {
          plan_.refused.emplace(i, std::move(*fault));
          break;
        }
      }
    }
    if (!line_.batch.keep_going && !plan_.refused.empty()) {
      for (const auto& [source, fault] : plan_.refused) tell(output_fault(fault.path, fault.why));
      return false;
    }
    std::size_t removed = 0;
    for (const std::string& folder : folders) removed += remove_left_over(folder);
    if (removed != 0) say(fmt::format("{} unfinished files of runs that were killed are removed", removed));
    return true;
  }

  std::optional<Heading> heading_of(std::size_t number) {
    const std::string& path = plan_.sources[number].path;
    const bool once = path == "-" || !is_ordinary_file(path);
    std::string why_not;
    std::optional<std::string> bytes = read_source(path, once ? largest_source() : beginning, why_not);
    if (!bytes) return std::nullopt;
    std::optional<Heading> heading = Session::heading(*bytes, syntax_of(path, line_.options));
    if (!heading && !once && bytes->size() > beginning) {
      bytes = read_source(path, largest_source(), why_not);
      if (bytes) heading = Session::heading(*bytes, syntax_of(path, line_.options));
    }
    if (once && !is_folder(path)) plan_.read_once.emplace(number, std::move(*bytes));
    return heading;
  }

  bool open_manifest() {
    const BatchOptions& batch = line_.batch;
    if (batch.manifest.empty()) return true;
    std::string why(claims_->why_kept(batch.manifest));
    if (why.empty()) why = manifest_.open(batch.manifest, plan_.documents.size(), batch.resume || batch.skip_unchanged);
    if (!why.empty()) {
      tell(output_fault(batch.manifest, why));
      return false;
    }
    plan_.known = &manifest_;
    plan_.settings = settings_fingerprint(line_, installation_fingerprint(plan_.data_folder));
    if (line_.command == Command::site) plan_.site_runs = site_runs(line_);
    return true;
  }

  void run_threads() {
    const std::size_t wanted = line_.batch.jobs != 0 ? line_.batch.jobs : cores();
    const auto count = static_cast<unsigned>(std::min(wanted, plan_.documents.size()));
    queue_.begin_threads(count);
    std::vector<std::jthread> threads;
    {
      const SignalsWait signals;
      for (unsigned i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    }
    std::deque<BatchOutcome> taken;
    bool told = false;
    while (queue_.take(taken)) {
      finish(taken);
      progress_->draw(tally_);
      if (signal_that_came() == 0 || told) continue;
      told = true;
      progress_->clear();
      say("interrupted: the documents that are begun are finished; once more drops them");
    }
  }

  // One thread.
  void work() {
    BatchWorker worker(plan_.data_folder, line_.languages);
    while (!stops_ && signal_that_came() == 0) {
      const std::size_t document = next_++;
      if (document >= plan_.documents.size()) break;
      BatchOutcome outcome = worker.make(plan_, document);
      stop_after(outcome);
      queue_.put(std::move(outcome));
    }
    queue_.end_thread();
  }

  void stop_after(const BatchOutcome& outcome) {
    if (outcome.state == State::failed && !line_.batch.keep_going) stops_ = true;
  }

  // The files of these documents get their names; each folder is waited for once.
  void finish(std::deque<BatchOutcome>& outcomes) {
    std::vector<const OutputFiles*> written, named;
    for (const BatchOutcome& outcome : outcomes)
      if (outcome.state == State::written) written.push_back(&outcome.files);
    OutputFiles::sync_together(written);
    for (BatchOutcome& outcome : outcomes) {
      if (outcome.state != State::written) continue;
      const std::vector<OutputFiles::Fault> faults = outcome.files.take_names();
      for (const auto& [path, why] : faults)
        outcome.tell(output_fault(path, why), line_.format, !line_.batch.manifest.empty());
      if (faults.empty()) {
        named.push_back(&outcome.files);
      } else {
        outcome.state = State::failed;
      }
    }
    const std::vector<OutputFiles::Fault> faults = OutputFiles::sync_folders(named);
    for (BatchOutcome& outcome : outcomes) {
      stop_after(outcome);
      const std::size_t document = outcome.document;
      outcome.files = OutputFiles();
      waiting_.emplace(document, std::move(outcome));
    }
    while (!waiting_.empty() && waiting_.begin()->first == emitted_) {
      emit(waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
      ++emitted_;
    }
    for (const auto& [path, why] : faults) {
      progress_->clear();
      tell(output_fault(path, why));
    }
  }

  // All that is said of a document, at once.
  void emit(BatchOutcome& outcome) {
    count(outcome);
    fail(outcome.status);
    if (!outcome.told.empty()) {
      progress_->clear();
      (void)write_all(STDERR_FILENO, outcome.told);
    }
    // On a terminal the bar tells.
    if (outcome.state == State::written && !line_.quiet && isatty(STDOUT_FILENO) == 0) print(outcome.summary);
    if (plan_.known == nullptr || manifest_fails_) return;
    if (outcome.state == State::kept) return manifest_.keep(outcome.document, outcome.record.source);
    if (outcome.state != State::unchanged)
      outcome.record.status = outcome.state == State::written ? "written" : "failed";
    if (outcome.state == State::failed) outcome.record.files.clear();
    if (const std::string why = manifest_.add(outcome.document, manifest_line(outcome.record)); !why.empty()) {
      progress_->clear();
      tell(output_fault(manifest_.part(), why));
      manifest_fails_ = true;
      stops_ = true;
    }
  }

  void count(const BatchOutcome& outcome) {
    tally_.pages += outcome.state == State::failed ? 0 : outcome.record.pages;
    if (outcome.state == State::failed) {
      ++tally_.failed;
    } else if (outcome.state == State::written) {
      ++tally_.written;
      tally_.milliseconds.push_back(static_cast<std::uint32_t>(outcome.record.ms));
    } else {
      ++tally_.unchanged;
    }
  }

  void end() {
    progress_->clear();
    const std::size_t all = plan_.documents.size();
    if (!line_.quiet && all > 1) print(closing_line(std::move(tally_), progress_->seconds()));
    if (emitted_ != all) {
      say(fmt::format("{}: {} of {} documents are done or told of, from {} on none was begun",
                      signal_that_came() != 0 ? "interrupted" : "stopped at an error (--keep-going goes on)",
                      grouped(emitted_), grouped(all), plan_.sources[plan_.documents[emitted_]].path));
      if (plan_.known != nullptr)
        say(fmt::format("{} says so far; {} goes on from there", manifest_.part(),
                        line_.command == Command::site ? "the same command" : "--resume"));
    } else if (plan_.known != nullptr && !manifest_fails_) {
      if (const std::string why = manifest_.finish(); !why.empty()) tell(output_fault(line_.batch.manifest, why));
    }
  }

  const CommandLine& line_;
  BatchPlan plan_;
  std::optional<Claims> claims_;
  Manifest manifest_;
  bool manifest_fails_ = false;
  Queue queue_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stops_{false};
  std::map<std::size_t, BatchOutcome> waiting_;  // for those before them
  std::size_t emitted_ = 0;
  Tally tally_;
  Progress* progress_ = nullptr;
  int status_ = done;
};

}  // namespace

unsigned cores() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<unsigned>(std::max(CPU_COUNT(&set), 1));
  return std::max(std::thread::hardware_concurrency(), 1U);
}

bool is_batch(const CommandLine& line) {
  if (line.command != Command::exporting) return false;
  if (line.sources.size() != 1 || line.batch.asked_for) return true;
  const std::string& only = line.sources.front();
  return is_folder(only) || is_pattern(only);
}

int run_batch(const CommandLine& line, const std::string& data_folder) { return Batch(line, data_folder).run(); }

}  // namespace epitome::app
