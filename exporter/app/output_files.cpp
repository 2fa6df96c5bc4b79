#include "app/output_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <span>

#include "app/files.hpp"

namespace epitome::app {

namespace {

// Names of unfinished files where a signal's handler can read them: no allocation, no lock.
struct Unfinished {
  std::array<char, PATH_MAX> name;
  volatile std::sig_atomic_t used = 0;
};
// The formats and a report.
std::array<Unfinished, 4> unfinished;

void remember(const std::string& name) {
  for (Unfinished& slot : unfinished) {
    if (slot.used != 0 || name.size() >= slot.name.size()) continue;
    std::copy(name.c_str(), name.c_str() + name.size() + 1, slot.name.begin());
    slot.used = 1;
    return;
  }
}

void forget(const std::string& name) {
  for (Unfinished& slot : unfinished) {
    if (slot.used != 0 && name == slot.name.data()) slot.used = 0;
  }
}

extern "C" void on_signal(int signal) {
  remove_unfinished();
  // The handler was for once (SA_RESETHAND): now the signal ends the program as if it had not been caught.
  raise(signal);
}

// While this lives, signals wait.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsWait() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;

 private:
  sigset_t before_{};
};

// Whatever is there but is no ordinary file. A pipe could wait for ever for a reader, and no device is a place for a
// book.
std::string write_directly(const struct stat& there, std::string_view bytes) {
  struct stat output {};
  const bool to_output =
      fstat(STDOUT_FILENO, &output) == 0 && output.st_dev == there.st_dev && output.st_ino == there.st_ino;
  if (to_output) return write_all(STDOUT_FILENO, bytes);
  if (S_ISCHR(there.st_mode) && there.st_rdev == makedev(1, 3)) return {};  // /dev/null
  return S_ISDIR(there.st_mode) ? reason(EISDIR) : "it is a device, a pipe or a socket; -o - writes to standard output";
}

}  // namespace

void remove_unfinished() {
  for (Unfinished& slot : unfinished) {
    if (slot.used != 0) unlink(slot.name.data());
  }
}

void prepare_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    // What the caller has the program ignore (nohup) stays ignored.
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_DFL) sigaction(signal, &action, nullptr);
  }
  for (const int fails_by_its_call : {SIGPIPE, SIGXFSZ}) signal(fails_by_its_call, SIG_IGN);
}

std::string target_of(const std::string& path) {
  if (std::string there = resolved(path); !there.empty()) return there;
  std::string target = path;
  std::array<char, PATH_MAX> link{};
  for (int links = 0; links < 40; ++links) {  // as many as Linux follows
    const ssize_t length = readlink(target.c_str(), link.data(), link.size());
    if (length < 0) break;
    target.resize(link.front() == '/' ? 0 : folder_of(target).size());
    target.append(link.data(), static_cast<std::size_t>(length));
  }
  const std::string folder = folder_of(target);
  std::string place = resolved(folder.empty() ? "." : folder);
  if (place.empty()) return target;
  if (place != "/") place += '/';
  return place + target.substr(folder.size());
}

OutputFiles::~OutputFiles() {
  for (const File& file : files_) {
    unlink(file.temporary.c_str());
    forget(file.temporary);
  }
}

std::string OutputFiles::write(const std::string& path, std::string_view bytes) {
  struct stat old {};
  const bool exists = stat(path.c_str(), &old) == 0;
  if (!exists && errno != ENOENT) return reason(errno);
  if (exists && !S_ISREG(old.st_mode)) return write_directly(old, bytes);

  File made;
  made.path = path;
  made.target = target_of(path);
  made.folder = folder_of(made.target);
  made.temporary = made.folder + ".epitome-XXXXXX";
  made.old = made.temporary + ".old";
  files_.reserve(files_.size() + 1);  // once the file is there, nothing may fail before it is remembered
  int fd = -1;
  {
    const SignalsWait wait;
    fd = mkostemp(made.temporary.data(), O_CLOEXEC);
    if (fd < 0) return reason(errno);
    remember(made.temporary);
  }
  Descriptor file(fd);
  made.old.replace(0, made.temporary.size(), made.temporary);
  files_.push_back(std::move(made));

  std::string why = write_all(file.get(), bytes);
  if (!why.empty()) return why;
  // The rights of the old file, but not what lets it run as another user; or those that an ordinary new one gets.
  const mode_t mask = umask(0);
  umask(mask);
  if (fchmod(file.get(), exists ? old.st_mode & 0777 : 0666 & ~mask) != 0) return reason(errno);
  if (fsync(file.get()) != 0 && errno != EINVAL && errno != EROFS) return reason(errno);
  if (file.close_now() != 0) return reason(errno);
  return {};
}

// Gives what stands at the target a second name; an error's number if it can't. File systems without hard links have it
// moved there instead.
int OutputFiles::keep_old(File& file) {
  file.keeps_old = link(file.target.c_str(), file.old.c_str()) == 0 ||
                   (errno != ENOENT && rename(file.target.c_str(), file.old.c_str()) == 0);
  return file.keeps_old || errno == ENOENT ? 0 : errno;
}

void OutputFiles::put_back(File& file) {
  const int returned = file.keeps_old ? rename(file.old.c_str(), file.target.c_str()) : unlink(file.target.c_str());
  file.error = returned == 0 ? 0 : errno;
  // Renaming one of two names of the same file to the other leaves both.
  if (file.error == 0 && file.keeps_old) unlink(file.old.c_str());
}

std::vector<OutputFiles::Fault> OutputFiles::commit() {
  const SignalsWait wait;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    File& file = files_[i];
    // Nothing is renamed behind the last one, so it needs no way back.
    file.error = i + 1 < files_.size() ? keep_old(file) : 0;
    if (file.error == 0 && rename(file.temporary.c_str(), file.target.c_str()) != 0) file.error = errno;
    if (file.error != 0) return undo(i);
  }
  for (const File& file : files_) {
    if (file.keeps_old) unlink(file.old.c_str());
    forget(file.temporary);
  }
  return sync_folders();
}

std::vector<OutputFiles::Fault> OutputFiles::undo(std::size_t failed) {
  // First the files, then the words: memory for those may lack.
  const int why = files_[failed].error;
  if (files_[failed].keeps_old) put_back(files_[failed]);
  for (std::size_t i = failed; i-- > 0;) put_back(files_[i]);
  std::vector<Fault> faults = {{files_[failed].path, reason(why)}};
  for (const File& file : std::span(files_).first(failed + 1)) {
    if (file.error == 0 || (&file == &files_[failed] && !file.keeps_old)) continue;
    const std::string old = file.keeps_old ? "; the old one is " + file.old : std::string();
    faults.push_back({file.path, fmt::format("the new file could not be taken back{}: {}", old, reason(file.error))});
  }
  return faults;
}

// The new names themselves must reach the disk; where folders can't be synced, there is nothing more to do.
std::vector<OutputFiles::Fault> OutputFiles::sync_folders() const {
  std::vector<Fault> faults;
  const File* before = nullptr;
  for (const File& file : files_) {
    if (before != nullptr && before->folder == file.folder) continue;
    before = &file;
    const Descriptor opened(open(file.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.get() < 0 || fsync(opened.get()) == 0 || errno != EIO) continue;
    faults.push_back({file.path,
                      "it is written, but its folder could not be synced to the disk: a power cut may bring "
                      "the old file back"});
  }
  return faults;
}

}  // namespace epitome::app
