// What `epitome compare` runs, with the same arguments.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <new>

#include "app/command_line.hpp"
#include "app/files.hpp"
#include "app/memory.hpp"
#include "app/output_files.hpp"
#include "app/run.hpp"
#include "compare/report.hpp"

namespace {

using namespace epitome;
using namespace epitome::app;

// More than any book's file.
constexpr std::size_t largest_file = std::size_t{1} << 30;

class Comparison {
 public:
  explicit Comparison(const CommandLine& line)
      : line_(line), data_folder_(find_data_folder(std::getenv("EPITOME_DATA"))) {}

  int run() {
    tell_memory_fault(memory_fault().render(line_.format));
    if (line_.sources.size() == 3) {
      if (const std::optional<Message> fault = data_fault(data_folder_)) {
        print(*fault);
        return status_of(fault->category());
      }
    }
    const std::optional<std::string> pdf = read(line_.sources[0], largest_file);
    const std::optional<std::string> epub = read(line_.sources[1], largest_file);
    std::optional<std::string> words;
    if (line_.sources.size() == 3) {
      int status = errors_in_input;
      words = words_of(line_.sources[2], status);
      if (!words) return status;
    }
    if (!pdf || !epub) return errors_in_input;
    std::optional<compare::Input> source;
    if (words) source = compare::Input{name_of(line_.sources[2]), *words};
    const compare::Report report =
        compare::report({name_of(line_.sources[0]), *pdf}, {name_of(line_.sources[1]), *epub}, source, line_.format);
    (void)write_all(STDERR_FILENO, report.messages);
    if (const std::string why = write_all(STDOUT_FILENO, report.summary); !why.empty()) {
      print(output_fault("<stdout>", why));
      return could_not_write;
    }
    return report.same ? done : errors_in_input;
  }

 private:
  static std::string name_of(const std::string& path) { return path == "-" ? "<stdin>" : path; }

  void print(const Message& message) const { (void)write_all(STDERR_FILENO, message.render(line_.format)); }

  std::optional<std::string> read(const std::string& path, std::size_t most) const {
    std::string why_not;
    std::optional<std::string> bytes = read_source(path, most, why_not);
    if (bytes && bytes->size() > most) {
      why_not = "it is too large";
      bytes.reset();
    }
    if (!bytes) print(input_fault(name_of(path), why_not));
    return bytes;
  }

  // `status` becomes 70 where the program's own files can't be read.
  std::optional<std::string> words_of(const std::string& path, int& status) const {
    std::optional<std::string> source = read(path, largest_source());
    if (!source) return std::nullopt;
    Options options;
    options.formats = {"words"};
    const Result result =
        Session(data_folder_)
            .run(name_of(path), std::move(*source), reader_in(path == "-" ? std::string() : folder_of(path)), options);
    for (const Message& message : result.messages) {
      print(message);
      if (message.severity() == Severity::error) status = std::max(status, status_of(message.category()));
    }
    if (result.errors != 0) return std::nullopt;
    return std::string(result.bytes("words"));
  }

  const CommandLine& line_;
  const std::string data_folder_;
};

}  // namespace

int main(int argc, char** argv) {
  prepare_signals();
  try {
    const Parsed parsed = parse_command_line(argc, argv, std::getenv("SOURCE_DATE_EPOCH"), {});
    if (!parsed.line || parsed.line->command != Command::compare) {
      (void)write_all(STDERR_FILENO, "epitome-compare: epitome compare runs this program\n");
      return wrong_usage;
    }
    return Comparison(*parsed.line).run();
  } catch (const std::bad_alloc&) {
    end_without_memory();
  } catch (const std::exception& error) {
    (void)write_all(STDERR_FILENO, fmt::format("epitome: a fault of the program's own: {}\n", visible(error.what())));
    return our_own_fault;
  }
}
