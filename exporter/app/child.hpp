// Another program, run with text in and bytes out.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::app {

struct Child {
  std::vector<std::string> words;        // the program, found by PATH, and its arguments
  std::vector<std::string> environment;  // "NAME=value", besides this program's own
  std::chrono::seconds limit{60};        // then it is killed, and what it started too
  std::size_t most = 0;                  // bytes of output
};

// What it wrote to standard output, if it ended with status 0; else nothing, and why not. Standard error is this
// program's. Signals that this program ignores are as usual in it; it has a process group of its own.
std::optional<std::string> output_of(const Child& child, std::string_view input, std::string& why_not);

// Ends the programs that output_of() runs on any thread, and what they started: by this signal, or, where that leaves
// one, by SIGKILL half a second later. They are gone when it returns, and no other is started. For a signal's handler:
// allocates nothing.
void end_children(int signal);

}  // namespace epitome::app
