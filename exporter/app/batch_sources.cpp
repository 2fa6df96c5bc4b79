#include "app/batch_sources.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "app/choices.hpp"
#include "app/files.hpp"

namespace epitome::app {

namespace {

// A list of some millions.
constexpr std::size_t longest_list = std::size_t{1} << 31;

// In any of the syntaxes. A folder's README is about the others.
bool is_source_name(std::string_view name) {
  if (name == "README.md" || name == "readme.md") return false;
  const std::vector<SyntaxName> known = syntaxes();
  return std::any_of(known.begin(), known.end(),
                     [&](const SyntaxName& syntax) { return name.ends_with(syntax.ending); });
}

// ".xml, .json or .md".
std::string endings() {
  std::vector<std::string> all;
  for (const SyntaxName& syntax : syntaxes()) all.emplace_back(syntax.ending);
  return listed(all, "or");
}

class Finder {
 public:
  void argument(const std::string& path) {
    if (!is_pattern(path)) return one(path);
    glob_t matches{};
    if (glob(path.c_str(), 0, nullptr, &matches) == 0) {
      for (std::size_t i = 0; i < matches.gl_pathc; ++i) one(matches.gl_pathv[i]);
    } else {
      found.faults.push_back(input_fault(path, "nothing is called so"));
    }
    globfree(&matches);
  }

  void one(const std::string& path) {
    if (path == "-" || !is_folder(path)) {
      found.sources.push_back({path, 0});
      return;
    }
    const std::string folder = path.ends_with('/') ? path : path + '/';
    const std::size_t before = found.sources.size();
    walk(folder, folder.size());
    if (found.sources.size() == before && found.faults.empty())
      found.faults.push_back(input_fault(path, fmt::format("the folder holds no file that ends in {}", endings())));
  }

  void list(const std::string& file) {
    std::string why_not;
    const std::optional<std::string> read = read_source(file, longest_list, why_not);
    if (!read) return found.faults.push_back(input_fault(file == "-" ? "<stdin>" : file, why_not));
    if (read->empty()) found.faults.push_back(input_fault(file == "-" ? "<stdin>" : file, "the list is empty"));
    const char end = read->find('\0') != std::string::npos ? '\0' : '\n';
    for (std::size_t at = 0; at < read->size();) {
      const std::size_t next = std::min(read->find(end, at), read->size());
      if (next != at) one(read->substr(at, next - at));
      at = next + 1;
    }
  }

  FoundSources found;

 private:
  void walk(const std::string& folder, std::size_t below) {
    std::vector<std::string> files, folders;
    DIR* const opened = opendir(folder.c_str());
    if (opened == nullptr) return found.faults.push_back(input_fault(folder, reason(errno)));
    while (const dirent* const entry = readdir(opened)) {
      const std::string name = entry->d_name;
      if (name.starts_with('.')) continue;
      struct stat there {};
      // Links to folders could lead round.
      if (lstat((folder + name).c_str(), &there) == 0 && S_ISDIR(there.st_mode)) {
        folders.push_back(name + '/');
      } else if (is_source_name(name) && !is_folder(folder + name)) {
        files.push_back(name);
      }
    }
    closedir(opened);
    files.insert(files.end(), folders.begin(), folders.end());
    std::sort(files.begin(), files.end());
    for (const std::string& name : files) {
      if (name.ends_with('/')) {
        walk(folder + name, below);
      } else {
        found.sources.push_back({folder + name, below});
      }
    }
  }
};

}  // namespace

bool is_pattern(const std::string& path) {
  return path.find_first_of("*?[") != std::string::npos && !is_file(path) && !is_folder(path);
}

FoundSources find_sources(const std::vector<std::string>& given, const std::string& list) {
  Finder finder;
  for (const std::string& path : given) finder.argument(path);
  if (!list.empty()) finder.list(list);
  return std::move(finder.found);
}

bool in_shard(const BatchSource& source, std::uint64_t shard, std::uint64_t shards) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : std::string_view(source.path).substr(source.below)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return hash % shards == shard - 1;
}

}  // namespace epitome::app
