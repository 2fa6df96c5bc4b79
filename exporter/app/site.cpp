#include "app/site.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <optional>
#include <set>

#include "app/batch.hpp"
#include "app/files.hpp"
#include "app/manifest.hpp"
#include "app/output_files.hpp"
#include "app/progress.hpp"
#include "app/run.hpp"
#include "site/site.hpp"

namespace epitome::app {

namespace {

// Files that get their names together; each is open until then.
constexpr std::size_t most_open = 64;

// What is there, hidden files included; nothing if it is no folder.
std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  DIR* const opened = opendir(folder.c_str());
  if (opened == nullptr) return names;
  while (const dirent* const entry = readdir(opened)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  closedir(opened);
  return names;
}

bool is_really_folder(const std::string& path) {
  struct stat there {};
  return lstat(path.c_str(), &there) == 0 && S_ISDIR(there.st_mode);
}

class SiteFolder {
 public:
  SiteFolder(const CommandLine& line, const std::string& data_folder)
      : line_(line), data_folder_(data_folder), folder_(line.output + '/') {}

  int run() {
    if (!is_ours()) return status_;
    status_ = run_batch(line_, data_folder_);
    // Errors in summaries leave these out; what else failed left no whole manifest.
    if (status_ != done && !(line_.batch.keep_going && status_ == errors_in_input)) return status_;
    std::optional<site::Site> site = read_site();
    if (!site || !write(*site)) return status_;
    remove_old();
    if (!line_.quiet)
      (void)write_all(STDOUT_FILENO,
                      visible(fmt::format("{}: {} summaries, {} pages and lists written, {} files removed",
                                          line_.output, site->entries().size(), written_, removed_)) +
                          "\n");
    return status_;
  }

 private:
  bool fail(const std::string& path, const std::string& why) {
    const Message message = output_fault(path, why);
    (void)write_all(STDERR_FILENO, message.render(line_.format));
    status_ = std::max(status_, status_of(message.category()));
    return false;
  }

  // What stands in the folder and is not the site's is removed: so nothing else may have been there before.
  bool is_ours() {
    if (is_file(line_.output)) return fail(line_.output, "it is a file; give a folder");
    if (!is_file(line_.batch.manifest) && !is_file(line_.batch.manifest + ".part") && !names_in(line_.output).empty())
      return fail(line_.output,
                  fmt::format("it holds files, and {}, which would say that they are a site's, is not there",
                              line_.batch.manifest));
    const std::string folder = resolved(line_.output);
    if (folder.empty()) return true;
    for (const std::string& source : line_.sources)
      if (resolved(source).starts_with(folder + '/') || resolved(source) == folder)
        return fail(line_.output, fmt::format("the source {} stands in it", source));
    return true;
  }

  // The files that the summaries have, and what is said of them but for the pieces of their pages.
  std::optional<site::Site> read_site() {
    std::optional<site::Settings> settings = read_settings();
    if (!settings) return std::nullopt;
    std::vector<site::Entry> entries;
    std::map<std::string, std::string> sources;  // by their pages
    bool whole = true;
    const std::string why = each_record(line_.batch.manifest, [&](const ManifestRecord& record) {
      std::optional<site::Entry> entry = entry_of(record);
      if (!entry) return;
      if (const auto [at, is_new] = sources.emplace(entry->page, record.source); !is_new) {
        whole = fail(record.source, fmt::format("it is the same edition of the same work as {}", at->second));
        return;
      }
      for (const site::Download& file : entry->downloads) wanted_.insert(file.path);
      entry->fragments.clear();
      entry->questions.clear();
      entries.push_back(std::move(*entry));
    });
    if (!why.empty()) whole = fail(line_.batch.manifest, why);
    if (!whole) return std::nullopt;
    return site::Site(std::move(*settings), std::move(entries));
  }

  static std::optional<site::Entry> entry_of(const ManifestRecord& record) {
    return record.status == "failed" || record.entry.empty() ? std::nullopt : site::read_entry(record.entry);
  }

  std::optional<site::Settings> read_settings() {
    site::Settings settings{line_.site.title, line_.site.base, {}, {}, {}};
    const std::pair<const char*, std::string*> parts[] = {
        {"site.css", &settings.style}, {"site.js", &settings.script}, {"icon.svg", &settings.icon}};
    for (const auto& [name, bytes] : parts) {
      const std::string path = data_folder_ + "/layouts/site/" + name;
      std::string why_not;
      std::optional<std::string> read = read_source(path, largest_source(), why_not);
      if (!read) {
        (void)write_all(STDERR_FILENO, input_fault(path, why_not).render(line_.format));
        status_ = std::max(status_, our_own_fault);
        return std::nullopt;
      }
      *bytes = std::move(*read);
    }
    return settings;
  }

  // What others lead to before those others: parts, pages, lists.
  bool write(const site::Site& site) {
    if (const std::string why = make_folder(line_.output); !why.empty()) return fail(line_.output, why);
    const site::Put put = [&](const std::string& path, const std::string& bytes) { put_file(path, bytes); };
    site.write_parts(put);
    const std::string why = each_record(line_.batch.manifest, [&](const ManifestRecord& record) {
      if (const std::optional<site::Entry> entry = entry_of(record)) put(entry->page + "index.html", site.page(*entry));
    });
    if (!why.empty()) fail(line_.batch.manifest, why);
    commit();
    site.write_lists(put);
    commit();
    return !failed_ && why.empty();
  }

  void put_file(const std::string& path, const std::string& bytes) {
    wanted_.insert(path);
    const std::string place = folder_ + path;
    if (failed_ || holds(place, bytes)) return;
    std::string why = make_folders(folder_, folder_of(place));
    if (why.empty()) why = files_.write(place, bytes);
    if (!why.empty()) {
      failed_ = !fail(place, why);
      return;
    }
    ++written_;
    if (++open_ == most_open) commit();
  }

  void commit() {
    if (failed_) return;
    for (const auto& [path, why] : files_.commit()) failed_ = !fail(path, why);
    files_ = OutputFiles();
    open_ = 0;
  }

  // Only where the site alone writes.
  void remove_old() {
    for (const char* const folder : {"f", "s", "lists", "opds"}) remove_old_in(folder);
    for (const char* const file : {"sitemap.xml", "rss.xml"})
      if (!wanted_.contains(file) && unlink((folder_ + file).c_str()) == 0) ++removed_;
  }

  void remove_old_in(const std::string& folder) {
    if (!is_really_folder(folder_ + folder)) return;
    for (const std::string& name : names_in(folder_ + folder)) {
      const std::string path = fmt::format("{}/{}", folder, name);
      const std::string place = folder_ + path;
      if (is_really_folder(place)) {
        remove_old_in(path);
      } else if (!wanted_.contains(path)) {
        if (unlink(place.c_str()) == 0) {
          ++removed_;
        } else {
          fail(place, reason(errno));
        }
      }
    }
    (void)rmdir((folder_ + folder).c_str());  // if nothing is left in it
  }

  const CommandLine& line_;
  const std::string& data_folder_;
  const std::string folder_;
  int status_ = done;
  std::set<std::string> wanted_;
  OutputFiles files_;
  std::size_t open_ = 0, written_ = 0, removed_ = 0;
  bool failed_ = false;
};

}  // namespace

int run_site(const CommandLine& line, const std::string& data_folder) {
  const bool has_sources = !line.sources.empty() || !line.batch.list.empty();
  if (has_sources) return SiteFolder(line, data_folder).run();
  return done;
}

}  // namespace epitome::app
