// What shells and the manual know of the command line, made from its table.
#pragma once

#include <string>
#include <vector>

#include "app/command_line.hpp"

namespace epitome::app {

// The completion scripts of the shells, whole files.
std::string bash_completion(const std::vector<CommandRow>& commands);
std::string zsh_completion(const std::vector<CommandRow>& commands);
std::string fish_completion(const std::vector<CommandRow>& commands);

// The manual page: `text` in man(7) with @VERSION@, @SYNOPSIS@, @COMMANDS@, @OPTIONS@ and @FORMATS@ filled in.
std::string manual_page(std::string text, const std::vector<CommandRow>& commands);

}  // namespace epitome::app
