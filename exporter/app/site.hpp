// The command site: a folder that any server can give out.
#pragma once

#include "app/command_line.hpp"

namespace epitome::app {

// Makes the summaries' files as a batch does, then what leads to them. A file that holds what it should is left as it
// is; what the site doesn't have any more is removed last. Without sources nothing is made. Returns the exit status.
int run_site(const CommandLine& line, const std::string& data_folder);

}  // namespace epitome::app
