#include "app/batch_names.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "app/files.hpp"

namespace epitome::app {

namespace {

constexpr std::array<std::string_view, 4> pattern_words = {"title", "lang", "source", "folder"};
constexpr std::string_view usual_pattern = "{title}", pattern_in_tree = "{folder}/{title}";

// Calls `text` with what stands between and `word` with each word in braces; false if a brace has no other or the word
// is unknown.
template <typename Text, typename Word>
bool take_apart(std::string_view pattern, const Text& text, const Word& word) {
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find_first_of("{}"), pattern.size());
    text(pattern.substr(0, open));
    pattern.remove_prefix(open);
    if (pattern.empty()) return true;
    const std::size_t close = pattern.find('}');
    if (pattern.front() == '}' || close == std::string_view::npos) return false;
    const std::string_view name = pattern.substr(1, close - 1);
    if (std::find(pattern_words.begin(), pattern_words.end(), name) == pattern_words.end()) return false;
    word(name);
    pattern.remove_prefix(close + 1);
  }
  return true;
}

std::string folder_word(const BatchSource& source) {
  std::string folder = folder_of(source.path.substr(source.below));
  while (folder.ends_with('/')) folder.pop_back();
  const std::size_t start = std::min(folder.find_first_not_of('/'), folder.size());
  return folder.substr(start);
}

std::string source_word(const std::string& path) {
  if (path == "-") return "stdin";
  const std::string name = path.substr(folder_of(path).size());
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string value_of(std::string_view word, const BatchSource& source, const Heading& heading) {
  if (word == "title") return heading.file_stem;
  if (word == "lang") return heading.language;
  return word == "source" ? source_word(source.path) : folder_word(source);
}

bool leads_out(std::string_view path) {
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

std::string pattern_fault(const std::string& pattern) {
  const auto nothing = [](std::string_view) {};
  if (take_apart(pattern, nothing, nothing)) return {};
  return fmt::format("'{}' is no pattern; what may stand in braces is {}", pattern, fmt::join(pattern_words, ", "));
}

bool needs_heading(const std::string& pattern) {
  return pattern.empty() || pattern.find("{title}") != std::string::npos || pattern.find("{lang}") != std::string::npos;
}

std::optional<std::string> path_of_files(const std::string& folder, const std::string& pattern,
                                         const BatchSource& source, const Heading& heading) {
  const std::string_view used = !pattern.empty()    ? std::string_view(pattern)
                                : source.below != 0 ? pattern_in_tree
                                                    : usual_pattern;
  std::string path;
  bool folder_is_empty = false;
  take_apart(
      used,
      [&](std::string_view text) {
        // No folder, no slash behind it.
        if (folder_is_empty && text.starts_with('/')) text.remove_prefix(1);
        path += text;
        folder_is_empty = false;
      },
      [&](std::string_view word) {
        const std::string value = value_of(word, source, heading);
        path += value;
        folder_is_empty = word == "folder" && value.empty();
      });
  if (leads_out(path)) return std::nullopt;
  return folder + path;
}

Claims::Claims(std::vector<std::string> sources) : names_(std::move(sources)) {
  struct stat there {};
  for (const std::string& source : names_) {
    if (source != "-" && stat(source.c_str(), &there) == 0) sources_.emplace(there.st_dev, there.st_ino);
  }
}

void Claims::keep(const std::vector<std::string>& paths) {
  struct stat there {};
  for (const std::string& path : paths) {
    if (stat(path.c_str(), &there) == 0) read_.emplace(there.st_dev, there.st_ino);
  }
}

std::string_view Claims::why_kept(const std::string& path) const {
  struct stat there {};
  if (stat(path.c_str(), &there) != 0) return {};
  const std::pair file(there.st_dev, there.st_ino);
  if (sources_.contains(file)) return "it is a source document";
  return read_.contains(file) ? "it is a file that the document is made of" : "";
}

std::optional<OutputFiles::Fault> Claims::claim(const std::string& path, std::size_t source, bool is_report) {
  if (const std::string_view why = why_kept(path); !why.empty()) return OutputFiles::Fault{path, std::string(why)};
  struct stat there {};
  if (stat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode)) return std::nullopt;
  const std::string target = target_of(path);
  const std::lock_guard lock(lock_);
  const auto [at, first] = claimed_.try_emplace(target, Claim{path, source});
  const Claim& other = at->second;
  if (first || (other.source == source && other.path == path && !is_report)) return std::nullopt;
  if (is_report) return OutputFiles::Fault{other.path, "--report leads to it too"};
  if (other.source == source) return OutputFiles::Fault{path, other.path + " leads to it too"};
  const auto name = [&](std::size_t number) { return names_[number] == "-" ? "<stdin>" : names_[number]; };
  return OutputFiles::Fault{path, fmt::format("{} and {} both lead to it; give them different titles, or export them "
                                              "into different folders, or by --name",
                                              name(other.source), name(source))};
}

}  // namespace epitome::app
