// The program after its command line was read.
#pragma once

#include "app/command_line.hpp"

namespace epitome::app {

// Exit statuses.
inline constexpr int done = 0, errors_in_input = 1, wrong_usage = 2, could_not_write = 3, our_own_fault = 70;

// What the program ends with after an error of that category.
int status_of(Category category);

// --watch: the options as epitome.toml has them now; as they were, if it isn't right, which is told.
void read_again(CommandLine& line, const std::string& data_folder);

// Does what `line` says: diagnostics to standard error, results to files or standard output. Returns the exit status.
int run(const CommandLine& line, const std::string& data_folder);

}  // namespace epitome::app
