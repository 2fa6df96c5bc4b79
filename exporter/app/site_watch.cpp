#include "app/site_watch.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <vector>

#include "app/batch_sources.hpp"
#include "app/dependencies.hpp"
#include "app/files.hpp"
#include "app/manifest.hpp"
#include "app/run.hpp"
#include "app/site.hpp"
#include "app/watch.hpp"
#include "site/products.hpp"

namespace epitome::app {

namespace {

// The images of the last run. Of one that failed, too: an image that isn't there may come. A long manifest takes a
// second to read: so it is read once a run.
std::vector<std::string> images_of(const CommandLine& line) {
  std::vector<std::string> out;
  for (const std::string& manifest : {line.batch.manifest, line.batch.manifest + ".part"})
    (void)each_record(manifest, [&](const ManifestRecord& record) {
      for (const std::string& image : record.images) out.push_back(folder_of(record.source) + image);
    });
  return out;
}

// Sources that are there now, what they lead to, and what their look comes from.
std::vector<std::string> files_of(const CommandLine& line, const std::string& data_folder,
                                  const std::vector<std::string>& images) {
  std::vector<std::string> out = images;
  for (BatchSource& source : find_sources(line.sources, line.batch.list).sources) out.push_back(std::move(source.path));
  if (!line.batch.list.empty()) out.push_back(line.batch.list);
  out.insert(out.end(), line.config_places.begin(), line.config_places.end());
  const std::string layouts = data_folder + "/layouts";
  for (const char* const folder : {"", "/site", "/epub", "/languages"}) add_files_of(layouts + folder, out);
  for (const site::Product& product : site::products) add_files_of(fmt::format("{}/{}", layouts, product.layout), out);
  if (!line.languages.empty()) add_files_of(line.languages, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// The preview beside this program. It ends with it, however this ends.
class Preview {
 public:
  explicit Preview(const CommandLine& line) : line_(line) {}

  void begin() {
    if (process_ > 0) return;
    const std::string program = program_folder() + "epitome-preview", port = std::to_string(line_.site.port);
    const pid_t parent = getpid();
    process_ = fork();
    if (process_ != 0) return;
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(done);
    for (const int by_default : {SIGINT, SIGTERM, SIGHUP}) {
      struct sigaction action {};
      action.sa_handler = SIG_DFL;
      struct sigaction before {};
      if (sigaction(by_default, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
        (void)sigaction(by_default, &action, nullptr);
    }
    execl(program.c_str(), "epitome-preview", line_.output.c_str(), port.c_str(), "reload", nullptr);
    (void)write_all(STDERR_FILENO, fmt::format("epitome: {}: {}\n", visible(program), reason(errno)));
    _exit(our_own_fault);
  }

  // Also false if there is none.
  bool has_ended() {
    int how = 0;
    if (process_ <= 0 || waitpid(process_, &how, WNOHANG) != process_) return false;
    const bool was_ended =
        WIFSIGNALED(how) && (WTERMSIG(how) == SIGINT || WTERMSIG(how) == SIGTERM || WTERMSIG(how) == SIGHUP);
    status_ = was_ended ? done : WIFEXITED(how) ? WEXITSTATUS(how) : our_own_fault;
    process_ = 0;
    return true;
  }
  int status() const { return status_; }

 private:
  const CommandLine& line_;
  pid_t process_ = 0;
  int status_ = done;
};

}  // namespace

int watch_site(const CommandLine& given, const std::string& data_folder) {
  CommandLine line = given;
  Watch watch;
  Preview preview(given);
  std::vector<std::string> images = images_of(line);
  const auto files = [&] { return files_of(line, data_folder, images); };
  while (true) {
    watch.note(files());
    const int status = run_site(line, data_folder);
    if (status != done && status != errors_in_input) return status;
    images = images_of(line);
    if (line.site.preview && is_file(line.output + "/index.html")) preview.begin();
    if (!watch.wait(files, [&] { return !preview.has_ended(); })) return preview.status();
    read_again(line, data_folder);
  }
}

}  // namespace epitome::app
