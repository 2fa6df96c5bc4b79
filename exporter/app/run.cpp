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
  Program(const CommandLine& line, const std::string& data_folder)
      : line_(line), data_folder_(data_folder), session_(data_folder) {}

  int run() {
    if (std::optional<Message> fault = data_fault(data_folder_)) {
      print(*fault);
      return our_own_fault;
    }
    if (line_.command == Command::exporting && line_.sources.size() > 1 && !targets_differ()) return status_;
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
      // Ours: a fault of the program, a font that is missing or damaged, a language's file.
      for (const char* const code : {"E0901", "E0503", "E0505", "E0507"}) {
        if (message.code == code) fail(our_own_fault);
      }
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

  static std::string name_of(const std::string& source) { return source == "-" ? "<stdin>" : source; }

  std::optional<std::string> bytes_of(const std::string& source, std::string& why_not) {
    if (const auto kept = read_once_.find(source); kept != read_once_.end()) return kept->second;
    std::optional<std::string> bytes = read_source(source, largest_source(), why_not);
    if (bytes && line_.sources.size() > 1 && (source == "-" || !is_ordinary_file(source)))
      read_once_.emplace(source, *bytes);
    return bytes;
  }

  // Before anything is written: do the sources' files differ from each other, and from the sources?
  bool targets_differ() {
    for (const std::string& source : line_.sources) {
      std::string why_not;
      std::optional<std::string> bytes = bytes_of(source, why_not);
      const std::string stem = bytes ? Session::file_stem(std::move(*bytes)) : std::string();
      if (!stem.empty()) claim(stem, name_of(source));
    }
    return status_ == done;
  }

  // Says so and returns false if a file named so can't be that source's: it is another's, or a source itself.
  bool claim(const std::string& stem, const std::string& name) {
    const auto [at, first] = claimed_.try_emplace(stem, name);
    for (const OutputFormat& format : output_formats) {
      if (!(line_.options.*format.wanted)) continue;
      const std::string path = path_of(stem, format);
      if (!first) {
        cant_write(path, fmt::format("{} and {} both lead to it; give them different titles, or export them into "
                                     "different folders",
                                     at->second, name));
        return false;
      }
      if (!differs_from_sources(path)) return false;
      if (path == line_.report || is_same_file(path, line_.report)) {
        cant_write(path, "--report leads to it too");
        return false;
      }
    }
    return line_.report.empty() || differs_from_sources(line_.report);
  }

  // Says so and returns false if that file is a source.
  bool differs_from_sources(const std::string& path) {
    for (const std::string& source : line_.sources) {
      if (!is_same_file(source, path)) continue;
      cant_write(path, "it is a source document");
      return false;
    }
    return true;
  }

  void one(const std::string& source) {
    started_ = std::chrono::steady_clock::now();
    const std::string name = name_of(source);
    std::string why_not;
    std::optional<std::string> bytes = bytes_of(source, why_not);
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
      case Command::compare:
        return;  // of the program epitome-compare: see main/compare.cpp
    }
  }

  // Where a format's file goes.
  std::string path_of(const std::string& stem, const OutputFormat& format) const {
    std::string path = line_.output;
    if (line_.output_is_file) return path;
    if (!path.empty() && !path.ends_with('/')) path += '/';
    return path + stem + "." + format.name;
  }

  // The folder for the files; one that is not there is made.
  bool make_folder() {
    const std::string& folder = line_.output;
    if (folder.empty() || line_.output_is_file || is_folder(folder) || mkdir(folder.c_str(), 0777) == 0 ||
        errno == EEXIST) {
      return true;
    }
    cant_write(folder, strerrordesc_np(errno));
    return false;
  }

  void write_files(const std::string& name, const Result& result) {
    if (!report(result)) return;
    // All files are on the disk under other names before the first gets its own.
    std::vector<std::pair<std::string, PendingFile>> pending;
    std::string written;
    const auto write = [&](const std::string& path, const std::string& bytes) {
      pending.emplace_back(path, PendingFile());
      const std::string why = pending.back().second.write(path, bytes);
      if (!why.empty()) cant_write(path, why);
      fmt::format_to(std::back_inserter(written), ", {} ({} bytes)", path, grouped(bytes.size()));
      return why.empty();
    };
    const bool to_stdout = line_.output == "-";
    if (to_stdout ? !differs_from_sources(line_.report) : line_.sources.size() == 1 && !claim(result.file_stem, name))
      return;
    if (!to_stdout && !make_folder()) return;
    for (const OutputFormat& format : output_formats) {
      if (to_stdout || !(line_.options.*format.wanted)) continue;
      if (!write(path_of(result.file_stem, format), result.*format.bytes)) return;
    }
    if (!line_.report.empty() && !write(line_.report, result.report)) return;
    if (to_stdout) {
      for (const OutputFormat& format : output_formats) {
        if (line_.options.*format.wanted) print_output(result.*format.bytes);
      }
      if (status_ != done) return;
    }
    for (auto& [path, file] : pending) {
      if (const std::string why = file.commit(); !why.empty()) return cant_write(path, why);
    }
    if (line_.quiet || to_stdout) return;
    const auto passed = std::chrono::steady_clock::now() - started_;
    print_output(fmt::format("{}: {} pages, {} words{}, {} ms\n", name, result.figures.pages,
                             grouped(result.figures.words), written,
                             std::chrono::duration_cast<std::chrono::milliseconds>(passed).count()));
  }

  const CommandLine& line_;
  const std::string& data_folder_;
  Session session_;
  int status_ = done;
  std::map<std::string, std::string> claimed_;    // file stem, source
  std::map<std::string, std::string> read_once_;  // source, bytes: what a pipe gives is gone when it is read
  std::chrono::steady_clock::time_point started_;
};

}  // namespace

int run(const CommandLine& line, const std::string& data_folder) { return Program(line, data_folder).run(); }

}  // namespace epitome::app
