#include "app/dependencies.hpp"

#include <dirent.h>
#include <fmt/format.h>

#include <algorithm>

#include "app/files.hpp"

namespace epitome::app {

void add_files_of(const std::string& folder, std::vector<std::string>& out) {
  DIR* const opened = opendir(folder.c_str());
  if (opened == nullptr) return;
  while (const dirent* const entry = readdir(opened)) {
    std::string path = folder;
    path.append("/").append(entry->d_name);
    if (is_ordinary_file(path)) out.push_back(std::move(path));
  }
  closedir(opened);
}

namespace {

// Spaces and signs of Make in a name.
std::string in_rule(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == ' ' || c == '#') out += '\\';
    out += c == '$' ? "$$" : std::string(1, c);
  }
  return out;
}

}  // namespace

std::vector<std::string> dependencies_of(const CommandLine& line, const std::string& data_folder,
                                         const std::string& tag, std::vector<std::string> images) {
  const std::string layouts = data_folder + "/layouts";
  std::vector<std::string> out = std::move(images);
  for (const std::string& layout : {line.options.layout, line.options.brief_layout})
    add_files_of(is_folder(layout) ? layout : fmt::format("{}/{}", layouts, layout), out);
  add_files_of(layouts, out);
  if (!line.languages.empty()) add_files_of(line.languages, out);
  if (!line.config.empty()) out.push_back(line.config);
  for (const std::string& name : {tag, tag.substr(0, tag.find('-'))}) {
    std::string path = layouts;
    path.append("/languages/").append(name).append(".xml");
    if (is_ordinary_file(path)) out.push_back(std::move(path));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (line.sources.front() != "-") out.insert(out.begin(), line.sources.front());
  return out;
}

std::string dependency_rule(const std::vector<std::string>& targets, const std::vector<std::string>& files) {
  std::string out;
  for (const std::string& target : targets) out += (out.empty() ? "" : " ") + in_rule(target);
  out += ':';
  for (const std::string& file : files) out += " \\\n  " + in_rule(file);
  return out + '\n';
}

}  // namespace epitome::app
