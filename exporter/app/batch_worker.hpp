// One thread of a batch: takes documents and makes their files, as far as to wait for the disk.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/batch_names.hpp"
#include "app/batch_sources.hpp"
#include "app/command_line.hpp"
#include "app/manifest.hpp"
#include "app/output_files.hpp"
#include "app/site_files.hpp"

namespace epitome::app {

// What all threads read, and none changes.
struct BatchPlan {
  BatchPlan(const CommandLine& of_line, const std::string& of_data_folder)
      : line(of_line), data_folder(of_data_folder) {}

  const CommandLine& line;
  const std::string& data_folder;
  std::string folder;                                 // of the output, empty or with a slash at its end
  std::vector<BatchSource> sources;                   // all of them; those of this part:
  std::vector<std::size_t> documents;                 // numbers of sources
  std::map<std::size_t, std::string> read_once;       // what pipes gave, which is gone when it is read
  std::map<std::size_t, OutputFiles::Fault> refused;  // sources whose files would be another's
  Claims* claims = nullptr;
  const KnownRecords* known = nullptr;  // null: no records are made
  std::string settings;                 // the fingerprint of what all share, if records are made
  std::vector<SiteRun> site_runs;       // of a site: how its files are made
};

// What became of a document.
struct BatchOutcome {
  enum class State : std::uint8_t { written, unchanged, kept, failed };  // kept: done before, by a run that ended early
  std::size_t document = 0;                                              // a number of BatchPlan::documents
  State state = State::failed;
  int status = 0;       // that the program should end with
  std::string told;     // diagnostics, as printed
  std::string summary;  // of what was written, a line
  ManifestRecord record;
  OutputFiles files;  // written, but not yet under their names

  void tell(const Message& message, MessageFormat format, bool for_manifest);
};

class BatchWorker {
 public:
  BatchWorker(std::string data_folder, std::string languages)
      : data_folder_(std::move(data_folder)), languages_(std::move(languages)), session_(data_folder_, languages_) {}

  // Plans may differ from one document to the next; their folders of data and of languages are this one's.
  BatchOutcome make(const BatchPlan& plan, std::size_t document);

 private:
  bool make_files(BatchOutcome& outcome, const BatchSource& source, std::size_t number);
  bool is_done(BatchOutcome& outcome, const BatchSource& source);
  bool is_unchanged(BatchOutcome& outcome, const std::string& bytes, const FileReader& reader);
  bool write(BatchOutcome& outcome, const BatchSource& source, std::size_t number, const Result& result);
  bool write_site(BatchOutcome& outcome, const std::string& source, SiteFiles made) const;
  bool cant_write(BatchOutcome& outcome, const std::string& path, const std::string& why) const;
  void tell(BatchOutcome& outcome, const Message& message) const;

  const std::string data_folder_, languages_;
  const BatchPlan* plan_ = nullptr;
  Session session_;
};

}  // namespace epitome::app
