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
#include "app/memory.hpp"
#include "app/output_files.hpp"

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
    tell_memory_fault(memory_fault().render(line_.format));
    if (std::optional<Message> fault = data_fault(data_folder_)) {
      tell(*fault);
      return status_;
    }
    if (line_.command == Command::exporting && line_.sources.size() > 1 && !targets_differ()) return status_;
    for (const std::string& source : line_.sources) one(source);
    return status_;
  }

 private:
  // A file that is written, and what for.
  struct Claim {
    std::string path, source;
  };

  // The worst status wins: our own fault, then writing, then the input.
  void fail(int status) { status_ = std::max(status_, status); }

  // Prints it; an error decides the status by its category.
  void tell(const Message& message) {
    // Nobody is left to tell if standard error itself can't be written.
    (void)write_all(STDERR_FILENO, message.render(line_.format));
    if (message.severity() == Severity::error) fail(status_of(message.category()));
  }

  // Prints what was found; false if the result can't be used.
  bool report(const Result& result) {
    for (const Message& message : result.messages) tell(message);
    if (result.warnings != 0 && line_.warnings_are_errors) {
      fail(errors_in_input);
      return false;
    }
    return result.errors == 0;
  }

  void cant_write(const std::string& name, const std::string& why) { tell(output_fault(name, why)); }

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

  // Says so and returns false if a file of that source can't be its: it is another's too, or a source itself.
  bool claim(const std::string& stem, const std::string& name) {
    for (const std::string& format : line_.options.formats) {
      if (!claim_file(path_of(stem, *find_format(format)), name)) return false;
    }
    return true;
  }

  // Two ways to what is no ordinary file (/dev/null) do no harm.
  bool claim_file(const std::string& path, const std::string& name) {
    if (!differs_from_sources(path)) return false;
    if (is_file(path) && !is_ordinary_file(path)) return true;
    const auto [at, first] = claimed_.try_emplace(target_of(path), Claim{path, name});
    if (first) return true;
    const Claim& other = at->second;
    if (path == line_.report) {
      cant_write(other.path, "--report leads to it too");
    } else if (other.source == name && other.path != path) {
      cant_write(path, other.path + " leads to it too");
    } else {
      cant_write(path, fmt::format("{} and {} both lead to it; give them different titles, or export them into "
                                   "different folders",
                                   other.source, name));
    }
    return false;
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
      return tell(input_fault(name, why_not));
    }
    const FileReader files = reader_in(source == "-" ? std::string() : folder_of(source));
    switch (line_.command) {
      case Command::exporting:
        return write_files(name, session_.run(name, std::move(*bytes), files, line_.options));
      case Command::check:
        report(session_.check(name, std::move(*bytes), files, line_.options));
        return;
      case Command::dump: {
        const Result result = session_.run(name, std::move(*bytes), files, line_.options);
        if (report(result)) print_output(result.files.front().bytes);
        return;
      }
      case Command::compare:
        return;  // of the program epitome-compare: see main/compare.cpp
    }
  }

  // Where a format's file goes.
  std::string path_of(const std::string& stem, const Format& format) const {
    if (format.use == Format::Use::report) return line_.report;
    std::string path = line_.output;
    if (line_.output_is_file) return path;
    if (!path.empty() && !path.ends_with('/')) path += '/';
    return path + stem + std::string(format.ending);
  }

  // The folder for the files; one that is not there is made.
  bool make_folder() {
    const std::string& folder = line_.output;
    if (folder.empty() || line_.output_is_file || is_folder(folder) || mkdir(folder.c_str(), 0777) == 0 ||
        errno == EEXIST) {
      return true;
    }
    cant_write(folder, reason(errno));
    return false;
  }

  // What is said of a document that was written.
  std::string summary_of(const std::string& name, const Result& result) const {
    std::string written;
    for (const File& file : result.files) {
      fmt::format_to(std::back_inserter(written), ", {} ({} bytes)", path_of(result.file_stem, *file.format),
                     grouped(file.bytes.size()));
    }
    const auto passed = std::chrono::steady_clock::now() - started_;
    return visible(fmt::format("{}: {} pages, {} words{}, {} ms", name, result.figures.pages,
                               grouped(result.figures.words), written,
                               std::chrono::duration_cast<std::chrono::milliseconds>(passed).count())) +
           "\n";
  }

  void write_files(const std::string& name, const Result& result) {
    if (!report(result)) return;
    const bool to_stdout = line_.output == "-";
    if (to_stdout ? !differs_from_sources(line_.report) : line_.sources.size() == 1 && !claim(result.file_stem, name))
      return;
    if (!to_stdout && !make_folder()) return;
    // All files are on the disk under other names before the first gets its own.
    OutputFiles files;
    for (const File& file : result.files) {
      if (to_stdout && file.format->use == Format::Use::file) continue;
      const std::string path = path_of(result.file_stem, *file.format);
      if (const std::string why = files.write(path, file.bytes); !why.empty()) return cant_write(path, why);
    }
    if (to_stdout) {
      print_output(result.files.front().bytes);
      if (status_ != done) return;
    }
    // Made before the files get their names: if memory runs out, they are the old ones.
    const std::string summary = line_.quiet || to_stdout ? std::string() : summary_of(name, result);
    const std::vector<OutputFiles::Fault> faults = files.commit();
    for (const auto& [path, why] : faults) cant_write(path, why);
    if (faults.empty() && !summary.empty()) print_output(summary);
  }

  const CommandLine& line_;
  const std::string& data_folder_;
  Session session_;
  int status_ = done;
  std::map<std::string, Claim> claimed_;          // by what stands there
  std::map<std::string, std::string> read_once_;  // source, bytes: what a pipe gives is gone when it is read
  std::chrono::steady_clock::time_point started_;
};

}  // namespace

int status_of(Category category) {
  switch (category) {
    case Category::input:
      return errors_in_input;
    case Category::output:
      return could_not_write;
    case Category::ours:
      break;
  }
  return our_own_fault;
}

int run(const CommandLine& line, const std::string& data_folder) { return Program(line, data_folder).run(); }

}  // namespace epitome::app
