#include "app/batch_worker.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>

#include "app/files.hpp"
#include "app/fingerprint.hpp"
#include "app/memory.hpp"
#include "app/progress.hpp"
#include "app/run.hpp"

namespace epitome::app {

namespace {

using State = BatchOutcome::State;

std::string name_of_source(const std::string& path) { return path == "-" ? "<stdin>" : path; }

// Are they there, as long as the manifest says?
bool are_there(const std::vector<ManifestFile>& files) {
  return !files.empty() && std::all_of(files.begin(), files.end(), [](const ManifestFile& file) {
    struct stat there {};
    return stat(file.path.c_str(), &there) == 0 && S_ISREG(there.st_mode) &&
           static_cast<std::uint64_t>(there.st_size) == file.bytes;
  });
}

}  // namespace

void BatchOutcome::tell(const Message& message, MessageFormat format, bool for_manifest) {
  told += message.render(format);
  if (message.severity() == Severity::error) status = std::max(status, status_of(message.category()));
  if (!for_manifest) return;
  std::string json = message.render(MessageFormat::json);
  json.pop_back();
  record.diagnostics.push_back(std::move(json));
}

void BatchWorker::tell(BatchOutcome& outcome, const Message& message) const {
  outcome.tell(message, plan_->line.format, plan_->known != nullptr);
}

BatchOutcome BatchWorker::make(const BatchPlan& plan, std::size_t document) {
  plan_ = &plan;
  const std::size_t number = plan_->documents[document];
  const BatchSource& source = plan_->sources[number];
  const auto started = std::chrono::steady_clock::now();
  BatchOutcome outcome;
  outcome.document = document;
  outcome.record.source = source.path;
  outcome.record.settings = plan_->settings;
  try {
    if (plan_->line.batch.resume && is_done(outcome, source)) return outcome;
    const auto refused = plan_->refused.find(number);
    if (refused != plan_->refused.end()) {
      tell(outcome, output_fault(refused->second.path, refused->second.why));
    } else if (make_files(outcome, source, number)) {
      if (outcome.state == State::failed) outcome.state = State::written;
    }
  } catch (const std::bad_alloc&) {
    end_without_memory();
  } catch (const std::exception& error) {
    // What the session holds may be half made.
    session_ = Session(data_folder_, languages_);
    outcome.files = OutputFiles();
    outcome.status = our_own_fault;
    outcome.told += visible(fmt::format("epitome: {}: a fault of the program's own: {}; none of its files is written",
                                        name_of_source(source.path), error.what())) +
                    "\n";
  }
  const auto passed = std::chrono::steady_clock::now() - started;
  outcome.record.ms = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(passed).count());
  if (outcome.state == State::written && !plan_->line.quiet)
    outcome.summary += fmt::format(", {} ms\n", outcome.record.ms);
  return outcome;
}

// A run before wrote it with the same settings.
bool BatchWorker::is_done(BatchOutcome& outcome, const BatchSource& source) {
  std::optional<ManifestRecord> known = plan_->known->known(source.path);
  if (!known || known->settings != plan_->settings || !are_there(known->files)) return false;
  outcome.record = std::move(*known);
  outcome.state = State::kept;
  return true;
}

bool BatchWorker::is_unchanged(BatchOutcome& outcome, const std::string& bytes, const FileReader& reader) {
  std::optional<ManifestRecord> known = plan_->known->known(outcome.record.source);
  if (!known || known->settings != plan_->settings || !are_there(known->files)) return false;
  if (document_fingerprint(plan_->settings, bytes, known->images, reader) != known->fingerprint) return false;
  outcome.record = std::move(*known);
  outcome.record.status = "unchanged";
  outcome.state = State::unchanged;
  return true;
}

// False if an error was told.
bool BatchWorker::make_files(BatchOutcome& outcome, const BatchSource& source, std::size_t number) {
  const std::string name = name_of_source(source.path);
  const auto kept = plan_->read_once.find(number);
  std::string why_not;
  std::optional<std::string> bytes =
      kept != plan_->read_once.end() ? kept->second : read_source(source.path, largest_source(), why_not);
  if (!bytes) {
    tell(outcome, input_fault(name, why_not));
    return false;
  }
  const FileReader files = reader_in(source.path == "-" ? std::string() : folder_of(source.path));
  if (plan_->line.batch.skip_unchanged && is_unchanged(outcome, *bytes, files)) return true;
  const bool for_manifest = plan_->known != nullptr;
  std::vector<std::string>& images = outcome.record.images;
  const FileReader noting = [&](const std::string& path, std::string& why) {
    if (for_manifest) images.push_back(path);
    return files(path, why);
  };
  const std::string source_bytes = for_manifest ? *bytes : std::string();
  const bool is_site = plan_->line.command == Command::site;
  SiteFiles for_site;
  Result result;
  if (is_site) {
    for_site = make_site_files(session_, plan_->site_runs, name, *bytes, noting);
    result = std::move(for_site.result);
  } else {
    result = session_.run(name, std::move(*bytes), noting, plan_->line.options);
  }
  for (const Message& message : result.messages) tell(outcome, message);
  outcome.record.pages = result.figures.pages;
  outcome.record.words = result.figures.words;
  if (for_manifest) outcome.record.fingerprint = document_fingerprint(plan_->settings, source_bytes, images, files);
  if (result.errors != 0) return false;
  if (result.warnings != 0 && plan_->line.warnings_are_errors) {
    outcome.status = std::max(outcome.status, errors_in_input);
    return false;
  }
  return is_site ? write_site(outcome, name, std::move(for_site)) : write(outcome, source, number, result);
}

bool BatchWorker::cant_write(BatchOutcome& outcome, const std::string& path, const std::string& why) const {
  tell(outcome, output_fault(path, why));
  outcome.files = OutputFiles();
  return false;
}

// The files stand where their bytes say: what is there stays.
bool BatchWorker::write_site(BatchOutcome& outcome, const std::string& source, SiteFiles made) const {
  if (const std::string why = make_folder(plan_->folder); !why.empty()) return cant_write(outcome, plan_->folder, why);
  std::size_t all = 0;
  for (SiteFiles::File& file : made.files) {
    const std::string path = plan_->folder + file.path;
    if (const std::string why = make_folders(plan_->folder, folder_of(path)); !why.empty())
      return cant_write(outcome, folder_of(path), why);
    if (!holds(path, file.bytes)) {
      if (const std::string why = outcome.files.write(path, file.bytes); !why.empty())
        return cant_write(outcome, path, why);
    }
    outcome.record.files.push_back({path, file.bytes.size(), std::move(file.sha256)});
    all += file.bytes.size();
  }
  outcome.record.entry = std::move(made.entry);
  if (!plan_->line.quiet) {
    outcome.summary = visible(fmt::format("{}: {} pages, {} words, {} files ({} bytes)", source, outcome.record.pages,
                                          grouped(outcome.record.words), made.files.size(), grouped(all)));
  }
  return true;
}

bool BatchWorker::write(BatchOutcome& outcome, const BatchSource& source, std::size_t number, const Result& result) {
  const std::optional<std::string> stem =
      path_of_files(plan_->folder, plan_->line.batch.name, source, {result.file_stem, result.language});
  if (!stem) return cant_write(outcome, source.path, "--name leads out of the folder for the files");
  if (const std::string why = make_folder(plan_->folder); !why.empty()) return cant_write(outcome, plan_->folder, why);
  if (const std::string why = make_folders(plan_->folder, folder_of(*stem)); !why.empty())
    return cant_write(outcome, folder_of(*stem), why);
  std::string written;
  for (const File& file : result.files) {
    const std::string path = *stem + std::string(file.format->ending);
    if (const auto fault = plan_->claims->claim(path, number)) return cant_write(outcome, fault->path, fault->why);
    if (const std::string why = outcome.files.write(path, file.bytes); !why.empty())
      return cant_write(outcome, path, why);
    if (plan_->known != nullptr) outcome.record.files.push_back({path, file.bytes.size(), sha256(file.bytes)});
    if (!plan_->line.quiet) written += fmt::format(", {} ({} bytes)", path, grouped(file.bytes.size()));
  }
  if (!plan_->line.quiet) {
    outcome.summary = visible(fmt::format("{}: {} pages, {} words{}", name_of_source(source.path), result.figures.pages,
                                          grouped(result.figures.words), written));
  }
  return true;
}

}  // namespace epitome::app
