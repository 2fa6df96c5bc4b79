// The files of one summary for a site.
#pragma once

#include <string>
#include <vector>

#include "app/command_line.hpp"
#include "site/products.hpp"

namespace epitome::app {

// One run of a session: the products that share a layout.
struct SiteRun {
  Options options;
  std::vector<const site::Product*> products;  // in the order of the options' formats
};
// The first also describes the summary.
std::vector<SiteRun> site_runs(const CommandLine& line);

struct SiteFiles {
  struct File {
    std::string path, bytes, sha256;  // the path in the site; of the bytes, 64 digits
  };
  Result result;      // all that was told, once; without files
  std::string entry;  // site::Entry as JSON; it names the files
  std::vector<File> files;
};
// None if an error was reported.
SiteFiles make_site_files(Session& session, const std::vector<SiteRun>& runs, const std::string& name,
                          const std::string& source, const FileReader& files);

}  // namespace epitome::app
