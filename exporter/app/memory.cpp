#include "app/memory.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "app/child.hpp"
#include "app/files.hpp"
#include "app/output_files.hpp"
#include "app/run.hpp"

namespace epitome::app {

namespace {

constexpr std::string_view before_options_are_known = "epitome: error[E0903]: memory ran out\n";
std::array<char, 1000> told_bytes;
std::size_t told_size = 0;

}  // namespace

void tell_memory_fault(std::string_view text) {
  told_size = std::min(text.size(), told_bytes.size());
  std::copy_n(text.begin(), told_size, told_bytes.begin());
}

void end_without_memory() {
  end_children(SIGTERM);
  remove_unfinished();
  const std::string_view told(told_bytes.data(), told_size);
  (void)write_all(STDERR_FILENO, told.empty() ? before_options_are_known : told);
  _exit(our_own_fault);
}

}  // namespace epitome::app
