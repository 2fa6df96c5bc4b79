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

std::optional<std::string> read_all(int fd, std::size_t most, std::string& why_not) {
  constexpr std::size_t step = 1 << 16;
  std::string bytes;
  struct stat status {};
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    bytes.reserve(std::min(static_cast<std::size_t>(status.st_size), most) + step);
  }
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

// Does the open file stand in that folder, whatever links its path goes through? The folder itself may be a link. The
// kernel could be asked (openat2, RESOLVE_BENEATH), but not every kernel, and it refuses links that lead back inside.
bool stands_in(const std::string& folder, const std::string& path, const struct stat& opened) {
  std::string root = resolved(folder.empty() ? "." : folder);
  const std::string place = resolved(path);
  if (root.empty() || place.empty()) return false;
  if (root != "/") root += '/';
  struct stat there {};
  return place.starts_with(root) && stat(place.c_str(), &there) == 0 && there.st_dev == opened.st_dev &&
         there.st_ino == opened.st_ino;
}

}  // namespace

std::string reason(int error) {
  const char* const text = strerrordesc_np(error);
  return text != nullptr ? text : "error " + std::to_string(error);
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) close(fd_);
}

int Descriptor::close_now() { return close(std::exchange(fd_, -1)); }

std::optional<std::string> read_source(const std::string& path, std::size_t most, std::string& why_not) {
  if (path == "-") return read_all(STDIN_FILENO, most, why_not);
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() >= 0) return read_all(file.get(), most, why_not);
  why_not = reason(errno);
  return std::nullopt;
}

std::string resolved(const std::string& path) {
  std::array<char, PATH_MAX> found{};
  return realpath(path.c_str(), found.data()) != nullptr ? found.data() : std::string();
}

FileReader reader_in(std::string folder) {
  return [folder = std::move(folder)](const std::string& path, std::string& why_not) -> std::optional<std::string> {
    // Larger than any picture that image::check_image accepts.
    constexpr std::size_t most = std::size_t{1} << 29;
    // A pipe would be waited for.
    const Descriptor file(open((folder + path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (file.get() < 0 || fstat(file.get(), &status) != 0) {
      if (errno != ENOENT && errno != ENOTDIR) why_not = reason(errno);
    } else if (!stands_in(folder, folder + path, status)) {
      why_not = leads_outside;
    } else if (!S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode)) {
      why_not = "it is no ordinary file";
    } else {
      return read_all(file.get(), most, why_not);
    }
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
