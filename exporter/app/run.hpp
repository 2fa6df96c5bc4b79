// The program after its command line was read.
#pragma once

#include "app/command_line.hpp"

namespace epitome::app {

// Exit statuses.
inline constexpr int done = 0, errors_in_input = 1, wrong_usage = 2, could_not_write = 3, our_own_fault = 70;

// Is it ours: a fault of the program, its data, a font that is missing or damaged, a language's file?
bool is_our_own_fault(const Message& message);

// Does what `line` says: diagnostics to standard error, results to files or standard output. Returns the exit status.
int run(const CommandLine& line, const std::string& data_folder);

}  // namespace epitome::app
