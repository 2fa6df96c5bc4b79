#include "app/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "app/batch.hpp"
#include "app/batch_names.hpp"
#include "app/dependencies.hpp"
#include "app/diff.hpp"
#include "app/files.hpp"
#include "app/memory.hpp"
#include "app/output_files.hpp"
#include "app/progress.hpp"
#include "app/sarif.hpp"
#include "app/site.hpp"
#include "app/site_watch.hpp"
#include "app/templates.hpp"
#include "app/watch.hpp"

namespace epitome::app {

namespace {

// A folder of the user's own, then those of the environment as hunspell knows it, then those of systems.
std::vector<std::string> dictionary_folders(const std::string& own) {
  std::vector<std::string> out;
  if (!own.empty()) out.push_back(own);
  if (const char* const given = std::getenv("DICPATH"); given != nullptr) {
    const std::string_view list = given;
    for (std::size_t at = 0; at <= list.size();) {
      const std::size_t end = std::min(list.find(':', at), list.size());
      if (end > at) out.emplace_back(list.substr(at, end - at));
      at = end + 1;
    }
  }
  for (const char* const usual : {"/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/share/myspell",
                                  "/usr/local/share/hunspell", "/Library/Spelling"})
    out.emplace_back(usual);
  return out;
}

class Program {
 public:
  Program(const CommandLine& line, const std::string& data_folder)
      : line_(line), data_folder_(data_folder), session_(data_folder, line.languages), claims_(line.sources) {}

  int run() {
    tell_memory_fault(memory_fault().render(line_.format == MessageFormat::sarif ? MessageFormat::full : line_.format));
    if (std::optional<Message> fault = needs_data() ? data_fault(data_folder_) : std::nullopt) {
      tell(*fault);
      return status_;
    }
    if (!line_.languages.empty() && !is_folder(line_.languages)) {
      tell(input_fault(line_.languages, no_folder));
      return status_;
    }
    if (line_.command == Command::schema) print_output(schema(line_.dialect));
    if (line_.command == Command::init) begin();
    for (const std::string& source : line_.sources) one(source);
    if (line_.format == MessageFormat::sarif) (void)write_all(STDERR_FILENO, sarif_log(results_));
    return status_;
  }

  // What the last run read.
  std::vector<std::string> dependencies() const {
    return dependencies_of(line_, data_folder_, session_language_, images_read_);
  }

 private:
  bool needs_data() const {
    return !line_.epub && line_.command != Command::convert && line_.command != Command::schema &&
           line_.command != Command::init;
  }

  // The worst status wins: our own fault, then writing, then the input.
  void fail(int status) { status_ = std::max(status_, status); }

  // Prints it; an error decides the status by its category.
  void tell(const Message& message) {
    if (line_.format == MessageFormat::sarif) {
      results_.push_back(message.render(line_.format));
      if (message.severity() == Severity::error) fail(status_of(message.category()));
      return;
    }
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

  // Says so and returns false if a file of the document can't be its: it is another format's too, or the source.
  bool claim(const Result& result) {
    for (const File& file : result.files) {
      const std::string path = path_of(result.file_stem, *file.format);
      const auto fault = claims_.claim(path, 0, file.format->use == Format::Use::report);
      if (fault) {
        cant_write(fault->path, fault->why);
        return false;
      }
    }
    return true;
  }

  // Says so and returns false if that file is a source, or what is read with it.
  bool differs_from_sources(const std::string& path) {
    const std::string_view why = claims_.why_kept(path);
    if (!why.empty()) cant_write(path, std::string(why));
    return why.empty();
  }

  void one(const std::string& source) {
    started_ = std::chrono::steady_clock::now();
    const std::string name = name_of(source);
    std::string why_not;
    std::optional<std::string> bytes = read_source(source, line_.epub ? largest_epub() : largest_source(), why_not);
    if (!bytes) {
      return tell(input_fault(name, why_not));
    }
    if (line_.epub) {
      report(check_epub(name, *bytes));
      return;
    }
    const std::string folder = source == "-" ? std::string() : folder_of(source);
    const FileReader files = [this, folder, read = reader_in(folder)](const std::string& path, std::string& why) {
      images_read_.push_back(folder + path);
      return read(path, why);
    };
    if (!line_.deps.empty() || line_.watch) {
      const std::optional<Heading> heading = Session::heading(*bytes, syntax_of(name, line_.options));
      session_language_ = heading ? heading->language : std::string();
    }
    switch (line_.command) {
      case Command::exporting:
        return write_files(name, session_.run(name, std::move(*bytes), files, line_.options));
      case Command::check:
        return check(name, std::move(*bytes), files);
      case Command::dump: {
        const Result result = session_.run(name, std::move(*bytes), files, line_.options);
        if (report(result)) print_output(result.files.front().bytes);
        return;
      }
      case Command::convert:
        return convert(name, std::move(*bytes));
      case Command::init:
      case Command::schema:
      case Command::site:  // a batch
      case Command::compare:
      case Command::worker:
      case Command::submit:
        return;  // no source; of programs of their own: see main/main.cpp
    }
  }

  // A file that is there is nobody's to replace.
  void begin() {
    std::string path = line_.output;
    if (path.empty()) {
      path = "summary";
      for (const SyntaxName& known : syntaxes())
        if (known.syntax == line_.to) path += known.ending;
    }
    const std::string_view text = starting_document(line_.to);
    if (path == "-") return print_output(text);
    if (is_file(path) || is_folder(path)) return cant_write(path, "it is there already");
    OutputFiles files;
    if (const std::string why = files.write(path, text); !why.empty()) return cant_write(path, why);
    const std::vector<OutputFiles::Fault> faults = files.commit();
    for (const auto& [file, why] : faults) cant_write(file, why);
    if (faults.empty()) print_output(visible(fmt::format("{}: next: epitome export {}", path, path)) + "\n");
  }

  void check(const std::string& name, std::string bytes, const FileReader& files) {
    if (!read_check_inputs()) return;
    if (line_.fix || line_.diff) {
      std::string mended = session_.mend(name, bytes, line_.options);
      print_output(unified_diff(name, bytes, mended));
      if (line_.fix && mended != bytes) {
        write_over(name, mended);
        bytes = std::move(mended);
      }
    }
    report(session_.check(name, std::move(bytes), files, line_.options, inputs_));
  }

  // What --ignores and --against name, and where dictionaries may be; false if a file can't be read.
  bool read_check_inputs() {
    if (line_.spelling) inputs_.dictionaries = dictionary_folders(line_.dictionaries);
    for (const auto& [name, input] : {std::pair(&line_.ignores, &inputs_.ignores), {&line_.against, &inputs_.book}}) {
      if (name->empty() || *input) continue;
      std::string why_not;
      std::optional<std::string> bytes = read_source(*name, largest_epub(), why_not);
      if (!bytes) {
        tell(input_fault(*name, why_not));
        return false;
      }
      *input = NamedBytes{*name, std::move(*bytes)};
    }
    return true;
  }

  void write_over(const std::string& name, const std::string& bytes) {
    OutputFiles files;
    if (const std::string why = files.write(name, bytes); !why.empty()) return cant_write(name, why);
    for (const auto& [path, why] : files.commit()) cant_write(path, why);
  }

  void convert(const std::string& name, std::string bytes) {
    std::string written;
    if (!report(Session::convert(name, std::move(bytes), line_.options, line_.to, written))) return;
    if (line_.output.empty() || line_.output == "-") return print_output(written);
    if (!differs_from_sources(line_.output)) return;
    write_over(line_.output, written);
  }

  // Where a format's file goes.
  std::string path_of(const std::string& stem, const Format& format) const {
    if (format.use == Format::Use::report) return line_.report;
    std::string path = line_.output;
    if (line_.output_is_file) return path;
    if (!path.empty() && !path.ends_with('/')) path += '/';
    return path + stem + std::string(format.ending);
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

  // Whether --deps names no source and none of the document's own files.
  bool may_be_rule(const Result& result) {
    if (!differs_from_sources(line_.deps)) return false;
    const auto same = [&](const File& file) {
      return target_of(path_of(result.file_stem, *file.format)) == target_of(line_.deps);
    };
    if (std::none_of(result.files.begin(), result.files.end(), same)) return true;
    cant_write(line_.deps, "it is another file of the document");
    return false;
  }

  void write_files(const std::string& name, const Result& result) {
    if (!report(result)) return;
    claims_.keep(dependencies());
    const bool to_stdout = line_.output == "-";
    if (to_stdout ? !differs_from_sources(line_.report) : !claim(result)) return;
    if (!line_.deps.empty() && !may_be_rule(result)) return;
    if (!to_stdout && !line_.output_is_file) {
      // A folder that is not there is made.
      if (const std::string why = make_folder(line_.output); !why.empty()) return cant_write(line_.output, why);
    }
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
    if (!line_.deps.empty()) {
      std::vector<std::string> targets;
      for (const File& file : result.files) targets.push_back(path_of(result.file_stem, *file.format));
      const std::string rule = dependency_rule(targets, dependencies());
      if (const std::string why = files.write(line_.deps, rule); !why.empty()) return cant_write(line_.deps, why);
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
  std::vector<std::string> results_;      // for a SARIF log
  std::vector<std::string> images_read_;  // paths, those that aren't there too
  std::string session_language_;
  Claims claims_;
  CheckInputs inputs_;
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

namespace {

// Opens what the options name; a status if that fails.
int prepare(CommandLine& line) {
  std::optional<Message> fault;
  if (!line.voice.command.empty()) line.options.read_aloud.voice = program_voice(line.voice, fault);
  if (!line.voice.narration.empty()) line.options.read_aloud.recordings = recordings_in(line.voice.narration, fault);
  if (!fault) return done;
  (void)write_all(STDERR_FILENO, fault->render(line.format));
  return status_of(fault->category());
}

}  // namespace

void read_again(CommandLine& line, const std::string& data_folder) {
  std::vector<const char*> words;
  for (const std::string& word : line.arguments) words.push_back(word.c_str());
  Parsed parsed =
      parse_command_line(static_cast<int>(words.size()), words.data(), std::getenv("SOURCE_DATE_EPOCH"), data_folder);
  if (!parsed.line) {
    (void)write_all(STDERR_FILENO, parsed.text);
  } else if (prepare(*parsed.line) == done && parsed.line->watch) {
    line = std::move(*parsed.line);
  }
}

int run(const CommandLine& given, const std::string& data_folder) {
  CommandLine line = given;
  if (const int status = prepare(line); status != done) return status;
  if (line.verbose)
    (void)write_all(STDERR_FILENO, line.config.empty() ? "epitome: no epitome.toml holds\n"
                                                       : visible("epitome: options of " + line.config) + "\n");
  if (line.command == Command::site) return line.watch ? watch_site(line, data_folder) : run_site(line, data_folder);
  if (is_batch(line)) return run_batch(line, data_folder);
  Watch watch;
  std::vector<std::string> files = line.sources;
  while (true) {
    if (line.watch) watch.note(files);
    Program program(line, data_folder);
    const int status = program.run();
    if (!line.watch || status == our_own_fault) return status;
    files = program.dependencies();
    files.insert(files.end(), line.config_places.begin(), line.config_places.end());
    watch.wait([&] { return files; }, [] { return true; });
    read_again(line, data_folder);
  }
}

}  // namespace epitome::app
