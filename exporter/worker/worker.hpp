// The program's two sides: who does jobs, and who gives them.
#pragma once

#include <string>

#include "app/command_line.hpp"

namespace epitome::worker {

// Does jobs on all cores until a signal comes, or none is left if that is asked for. Returns the exit status.
int work(const app::CommandLine& line, const std::string& data_folder);

// Publishes a job for each source. Returns the exit status.
int submit(const app::CommandLine& line, const std::string& data_folder);

}  // namespace epitome::worker
