// What the files of a document are called, and whether those of many get into each other's way.
#pragma once

#include <sys/types.h>

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/batch_sources.hpp"
#include "app/output_files.hpp"

namespace epitome::app {

// What is wrong with a pattern of --name; empty if it is right. {title}: the stem of the title; {lang}: the language's
// tag; {source}: the source's name without its ending; {folder}: the folders that it stands in, below the folder given.
std::string pattern_fault(const std::string& pattern);

// Do a document's names depend on what it says?
bool needs_heading(const std::string& pattern);

// The path of a document's files without the formats' endings. `folder`: of the output, empty or with a slash at its
// end; `pattern` may be empty. Nothing if it would lead out of the folder.
std::optional<std::string> path_of_files(const std::string& folder, const std::string& pattern,
                                         const BatchSource& source, const Heading& heading);

// Which files belong to which document. Each source is looked at once, each file once a claim. For many threads.
class Claims {
 public:
  explicit Claims(std::vector<std::string> sources);

  // The file is the source's, which is told by its number; or why it can't be: it is another's too, or a source itself.
  // `is_report`: it is called by --report. Two ways to what is no ordinary file (/dev/null) do no harm.
  std::optional<OutputFiles::Fault> claim(const std::string& path, std::size_t source, bool is_report = false);

  // What else is read for a document: none of its files may take the place of that.
  void keep(const std::vector<std::string>& paths);

  // Why nothing may be written there; empty: it is no source, nor anything else that is kept.
  std::string_view why_kept(const std::string& path) const;

 private:
  struct Claim {
    std::string path;
    std::size_t source = 0;
  };

  const std::vector<std::string> names_;
  std::set<std::pair<dev_t, ino_t>> sources_, read_;
  std::mutex lock_;
  std::map<std::string, Claim> claimed_;  // by what stands there
};

}  // namespace epitome::app
