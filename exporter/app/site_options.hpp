// The options that site alone has.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "app/command_line.hpp"

namespace epitome::app {

// As they are given.
struct SiteArguments {
  std::string files, port;
};

// The names of what a site offers of each summary.
std::vector<std::string> site_file_names();

// Adds them; returns those whose values are site_file_names.
std::vector<const CLI::Option*> add_site_options(CLI::App& command, CommandLine& line, SiteArguments& arguments);

// Sets what they say; an error's text if it doesn't fit together.
std::string set_site(const CLI::App& command, const SiteArguments& arguments, CommandLine& line);

}  // namespace epitome::app
