// What `epitome worker` and `epitome submit` run, with the same arguments.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>

#include "app/memory.hpp"
#include "app/output_files.hpp"
#include "app/run.hpp"
#include "worker/worker.hpp"

int main(int argc, char** argv) {
  using namespace epitome;
  using namespace epitome::app;
  prepare_signals();
  try {
    const std::string data_folder = find_data_folder(std::getenv("EPITOME_DATA"));
    const Parsed parsed = parse_command_line(argc, argv, nullptr, data_folder);
    if (!parsed.line) {
      (void)write_all(parsed.status == done ? STDOUT_FILENO : STDERR_FILENO, parsed.text);
      return parsed.status;
    }
    tell_memory_fault(memory_fault().render(parsed.line->format));
    if (parsed.line->command == Command::worker) return worker::work(*parsed.line, data_folder);
    if (parsed.line->command == Command::submit) return worker::submit(*parsed.line, data_folder);
    (void)write_all(STDERR_FILENO, "epitome-worker: its commands are worker and submit\n");
    return wrong_usage;
  } catch (const std::bad_alloc&) {
    end_without_memory();
  } catch (const std::exception& error) {
    (void)write_all(STDERR_FILENO, fmt::format("epitome: a fault of the program's own: {}\n", visible(error.what())));
    return our_own_fault;
  }
}
