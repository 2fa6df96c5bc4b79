// What happens when memory runs out.
#pragma once

#include <string_view>

namespace epitome::app {

// How the end is told from now on; at most 1,000 bytes.
void tell_memory_fault(std::string_view text);

// Removes unfinished files, tells of it on standard error and ends the program with status 70. Allocates nothing.
[[noreturn]] void end_without_memory();

}  // namespace epitome::app
