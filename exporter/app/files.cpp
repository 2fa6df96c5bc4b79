#include "app/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace epitome::app {

namespace {

// What a system call's error means, in English whatever the locale.
std::string reason(int error) {
  const char* const text = strerrordesc_np(error);
  return text != nullptr ? text : "error " + std::to_string(error);
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  // close() can report a write that failed late (NFS, quotas).
  int close_now() { return close(std::exchange(fd_, -1)); }

 private:
  int fd_;
};

std::optional<std::string> read_all(int fd, std::size_t most, std::string& why_not) {
  std::string bytes;
  struct stat status {};
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    bytes.reserve(std::min(static_cast<std::size_t>(status.st_size), most) + 1);
  }
  constexpr std::size_t step = 1 << 16;
  while (bytes.size() <= most) {
    const std::size_t have = bytes.size();
    bytes.resize(have + std::min(step, most + 1 - have));
    const ssize_t n = read(fd, bytes.data() + have, bytes.size() - have);
    bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    if (n == 0) break;
    if (n < 0 && errno != EINTR) {
      why_not = reason(errno);
      return std::nullopt;
    }
  }
  return bytes;
}

// Names of unfinished files where a signal's handler can read them: no allocation, no lock.
struct Unfinished {
  std::array<char, PATH_MAX> name;
  volatile std::sig_atomic_t used = 0;
};
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
  for (Unfinished& slot : unfinished) {
    if (slot.used != 0) unlink(slot.name.data());
  }
  // The handler was for once (SA_RESETHAND): now the signal ends the program as if it had not been caught.
  raise(signal);
}

}  // namespace

void remove_unfinished_on_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    // What the caller has the program ignore (nohup) stays ignored.
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_DFL) sigaction(signal, &action, nullptr);
  }
}

std::optional<std::string> read_source(const std::string& path, std::size_t most, std::string& why_not) {
  if (path == "-") return read_all(STDIN_FILENO, most, why_not);
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() >= 0) return read_all(file.get(), most, why_not);
  why_not = reason(errno);
  return std::nullopt;
}

FileReader reader_in(std::string folder) {
  return [folder = std::move(folder)](const std::string& path, std::string& why_not) -> std::optional<std::string> {
    // Larger than any picture that image::check_image accepts.
    constexpr std::size_t most = std::size_t{1} << 29;
    // A pipe would be waited for.
    const Descriptor file(open((folder + path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (file.get() >= 0 && fstat(file.get(), &status) == 0 && !S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode)) {
      why_not = "it is no ordinary file";
      return std::nullopt;
    }
    if (file.get() >= 0) return read_all(file.get(), most, why_not);
    if (errno != ENOENT && errno != ENOTDIR) why_not = reason(errno);
    return std::nullopt;
  };
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_file(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

bool is_ordinary_file(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool is_same_file(const std::string& a, const std::string& b) {
  struct stat first {
  }, second{};
  return stat(a.c_str(), &first) == 0 && stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

std::string write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return reason(errno);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : temporary_(std::exchange(other.temporary_, {})), target_(std::exchange(other.target_, {})) {}

PendingFile::~PendingFile() {
  if (temporary_.empty()) return;
  unlink(temporary_.c_str());
  forget(temporary_);
}

std::string PendingFile::write(const std::string& path, std::string_view bytes) {
  struct stat old {};
  const bool exists = stat(path.c_str(), &old) == 0;
  if (exists && !S_ISREG(old.st_mode)) {
    Descriptor device(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (device.get() < 0) return reason(errno);
    std::string why = write_all(device.get(), bytes);
    if (device.close_now() != 0 && why.empty()) why = reason(errno);
    return why;
  }
  // Through links, so that the file they lead to is replaced and not they.
  std::string target = path;
  if (exists) {
    std::array<char, PATH_MAX> resolved{};
    if (realpath(path.c_str(), resolved.data()) == nullptr) return reason(errno);
    target = resolved.data();
  }
  const std::string folder = folder_of(target);
  std::string temporary = folder + ".epitome-XXXXXX";
  Descriptor file(mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) return reason(errno);
  temporary_ = temporary;
  target_ = target;
  remember(temporary_);

  std::string why = write_all(file.get(), bytes);
  if (!why.empty()) return why;
  // The rights of the old file, or those that an ordinary new one gets.
  const mode_t mask = umask(0);
  umask(mask);
  if (fchmod(file.get(), exists ? old.st_mode & 07777 : 0666 & ~mask) != 0) return reason(errno);
  if (fsync(file.get()) != 0 && errno != EINVAL && errno != EROFS) return reason(errno);
  if (file.close_now() != 0) return reason(errno);
  return {};
}

std::string PendingFile::commit() {
  if (temporary_.empty()) return {};
  if (rename(temporary_.c_str(), target_.c_str()) != 0) return reason(errno);
  forget(std::exchange(temporary_, {}));
  // The new name itself must reach the disk; where folders can't be synced, there is nothing more to do.
  const std::string folder = folder_of(target_);
  const Descriptor opened(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() >= 0 && fsync(opened.get()) != 0 && errno == EIO) return reason(errno);
  return {};
}

std::string program_folder() {
  std::array<char, PATH_MAX> program{};
  const ssize_t length = readlink("/proc/self/exe", program.data(), program.size());
  if (length <= 0) return {};
  return folder_of(std::string(program.data(), static_cast<std::size_t>(length)));
}

std::string find_data_folder(const char* variable) {
  if (variable != nullptr && *variable != '\0') return variable;
  const std::string bin = program_folder();
  if (bin.empty()) return {};
  const std::string folder = bin + "../share/epitome";
  return is_folder(folder + "/layouts") ? folder : std::string();
}

}  // namespace epitome::app
