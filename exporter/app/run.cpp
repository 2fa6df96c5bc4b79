#include "app/run.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <map>

#include "app/files.hpp"

namespace epitome::app {

namespace {

// 12,345
std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

class Program {
 public:
  Program(const CommandLine& line, const std::string& data_folder) : line_(line), session_(data_folder) {}

  int run() {
    for (const std::string& source : line_.sources) one(source);
    return status_;
  }

 private:
  // The worst status wins: our own fault, then writing, then the input.
  void fail(int status) { status_ = std::max(status_, status); }

  void print(const Message& message) {
    const std::string& text = line_.format == MessageFormat::json    ? message.json
                              : line_.format == MessageFormat::brief ? message.brief
                                                                     : message.full;
    // Nobody is left to tell if standard error itself can't be written.
    (void)write_all(STDERR_FILENO, text);
  }

  // Prints what was found; false if the result can't be used.
  bool report(const Result& result) {
    for (const Message& message : result.messages) {
      print(message);
      if (message.code == "E0901") fail(our_own_fault);
    }
    const bool good = result.errors == 0 && (result.warnings == 0 || !line_.warnings_are_errors);
    if (!good) fail(errors_in_input);
    return good;
  }

  void cant_write(const std::string& name, const std::string& why) {
    print(output_fault(name, why));
    fail(could_not_write);
  }

  void print_output(std::string_view bytes) {
    const std::string why = write_all(STDOUT_FILENO, bytes);
    if (!why.empty()) cant_write("<stdout>", why);
  }

  void one(const std::string& source) {
    started_ = std::chrono::steady_clock::now();
    const std::string name = source == "-" ? "<stdin>" : source;
    std::string why_not;
    std::optional<std::string> bytes = read_source(source, largest_source(), why_not);
    if (!bytes) {
      print(input_fault(name, why_not));
      return fail(errors_in_input);
    }
    const FileReader files = reader_in(source == "-" ? std::string() : folder_of(source));
    switch (line_.command) {
      case Command::exporting:
        return write_files(name, session_.run(name, std::move(*bytes), files, line_.options));
      case Command::check:
        report(session_.check(name, std::move(*bytes), files, line_.options));
        return;
      case Command::dump: {
        Result result;
        const std::string text = session_.dump(name, std::move(*bytes), files, line_.options, line_.stage, result);
        if (report(result)) print_output(text);
        return;
      }
    }
  }

  // Where a format's file goes. A folder that is not there is made.
  std::optional<std::string> target(const Result& result, const OutputFormat& format) {
    std::string folder = line_.output;
    const std::string file = result.file_stem + "." + format.name;
    if (folder.empty()) return file;
    if (!is_folder(folder) && !folder.ends_with('/')) {
      if (folder.ends_with(".pdf") || folder.ends_with(".epub") || is_file(folder)) return folder;
    }
    if (!is_folder(folder) && mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) {
      cant_write(folder, strerrordesc_np(errno));
      return std::nullopt;
    }
    if (!folder.ends_with('/')) folder += '/';
    return folder + file;
  }

  void write_files(const std::string& name, const Result& result) {
    if (!report(result)) return;
    if (line_.output == "-") {
      for (const OutputFormat& format : output_formats) {
        if (line_.options.*format.wanted) print_output(result.*format.bytes);
      }
      return;
    }
    // All files are on the disk under other names before the first gets its own.
    std::vector<std::pair<std::string, PendingFile>> pending;
    std::string written;
    for (const OutputFormat& format : output_formats) {
      if (!(line_.options.*format.wanted)) continue;
      const std::optional<std::string> path = target(result, format);
      if (!path) return;
      if (const auto [at, first] = written_.try_emplace(*path, name); !first) {
        return cant_write(*path,
                          fmt::format("it was just written from {}: two sources have the same name", at->second));
      }
      const std::string& bytes = result.*format.bytes;
      pending.emplace_back(*path, PendingFile());
      if (const std::string why = pending.back().second.write(*path, bytes); !why.empty())
        return cant_write(*path, why);
      fmt::format_to(std::back_inserter(written), ", {} ({} bytes)", *path, grouped(bytes.size()));
    }
    for (auto& [path, file] : pending) {
      if (const std::string why = file.commit(); !why.empty()) return cant_write(path, why);
    }
    if (line_.quiet) return;
    const auto passed = std::chrono::steady_clock::now() - started_;
    print_output(fmt::format("{}: {} pages, {} words{}, {} ms\n", name, result.figures.pages,
                             grouped(result.figures.words), written,
                             std::chrono::duration_cast<std::chrono::milliseconds>(passed).count()));
  }

  const CommandLine& line_;
  Session session_;
  int status_ = done;
  std::map<std::string, std::string> written_;  // path, source
  std::chrono::steady_clock::time_point started_;
};

}  // namespace

int run(const CommandLine& line, const std::string& data_folder) {
  if (line.command == Command::exporting && line.output != "-" && is_file(line.output)) {
    const auto wanted = std::count_if(std::begin(output_formats), std::end(output_formats),
                                      [&](const OutputFormat& f) { return line.options.*f.wanted; });
    if (wanted != 1 || line.sources.size() != 1) {
      (void)write_all(
          STDERR_FILENO,
          fmt::format("epitome: -o {} is a file: give a single source and a single format with --to\n", line.output));
      return wrong_usage;
    }
  }
  return Program(line, data_folder).run();
}

}  // namespace epitome::app
