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
// program's. Signals that this program ignores are as usual in it.
std::optional<std::string> output_of(const Child& child, std::string_view input, std::string& why_not);

}  // namespace epitome::app
