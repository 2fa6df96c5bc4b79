// Many documents, on all cores.
#pragma once

#include "app/command_line.hpp"

namespace epitome::app {

// Is it more than one document, one of a folder or a pattern, or with the options for many?
bool is_batch(const CommandLine& line);

// Exports them. What is said, and the manifest, is in the order of the sources, whatever the order in which the threads
// are done. Returns the exit status: the worst of all.
int run_batch(const CommandLine& line, const std::string& data_folder);

// The threads that this process may run on.
unsigned cores();

}  // namespace epitome::app
