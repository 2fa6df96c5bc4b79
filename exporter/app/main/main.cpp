#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <new>

#include "app/command_line.hpp"
#include "app/files.hpp"
#include "app/memory.hpp"
#include "app/output_files.hpp"
#include "app/run.hpp"

namespace {

using namespace epitome;
using namespace epitome::app;

int print(const std::string& text) {
  const std::string why = write_all(STDOUT_FILENO, text);
  if (why.empty()) return done;
  (void)write_all(STDERR_FILENO, output_fault("<stdout>", why).render(MessageFormat::full));
  return could_not_write;
}

// Programs of their own: what they need would cost every export's start. Null: this one does the command itself.
const char* other_program(Command command) {
  if (command == Command::compare) return "epitome-compare";
  return command == Command::worker || command == Command::submit ? "epitome-worker" : nullptr;
}

int start(int argc, char** argv) {
  prepare_signals();
  const std::string data_folder = find_data_folder(std::getenv("EPITOME_DATA"));
  const Parsed parsed = parse_command_line(argc, argv, std::getenv("SOURCE_DATE_EPOCH"), data_folder);
  if (!parsed.line && !parsed.wants_version) {
    if (parsed.status == done) return print(parsed.text);
    (void)write_all(STDERR_FILENO, parsed.text);
    return parsed.status;
  }
  if (const char* const other = parsed.line ? other_program(parsed.line->command) : nullptr; other != nullptr) {
    const std::string program = program_folder() + other;
    execv(program.c_str(), argv);
    (void)write_all(STDERR_FILENO, fmt::format("epitome: {}: {}\n", visible(program), reason(errno)));
    return our_own_fault;
  }
  if (parsed.wants_version) return print(build_information(data_folder));
  const int status = run(*parsed.line, data_folder);
  if (!parsed.line->site.preview || parsed.line->watch || status != done) return status;
  // A program of its own, as compare is.
  const std::string program = program_folder() + "epitome-preview", port = std::to_string(parsed.line->site.port);
  execl(program.c_str(), "epitome-preview", parsed.line->output.c_str(), port.c_str(), nullptr);
  (void)write_all(STDERR_FILENO, fmt::format("epitome: {}: {}\n", visible(program), reason(errno)));
  return our_own_fault;
}

}  // namespace

int main(int argc, char** argv) {
  const auto fault = [](const char* what) {
    (void)write_all(STDERR_FILENO,
                    fmt::format("epitome: a fault of the program's own: {}\nNo file is half written. Please "
                                "report this, with the source document if you can.\n",
                                visible(what)));
    return our_own_fault;
  };
  try {
    return start(argc, argv);
  } catch (const std::bad_alloc&) {
    end_without_memory();
  } catch (const std::exception& error) {
    return fault(error.what());
  } catch (...) {
    return fault("unknown");
  }
}
