// What the files of an export depend on.
#pragma once

#include <string>
#include <vector>

#include "app/command_line.hpp"

namespace epitome::app {

// The source, `images`, epitome.toml, the files of the layout and of the language `tag` that are there; sorted but for
// the source, each once.
std::vector<std::string> dependencies_of(const CommandLine& line, const std::string& data_folder,
                                         const std::string& tag, std::vector<std::string> images);

// A rule of Make, as ninja reads it too: targets, a colon, what they depend on. Ends in a newline.
std::string dependency_rule(const std::vector<std::string>& targets, const std::vector<std::string>& files);

// The ordinary files that stand in a folder itself.
void add_files_of(const std::string& folder, std::vector<std::string>& out);

}  // namespace epitome::app
