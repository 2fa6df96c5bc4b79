#include "app/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "app/files.hpp"

namespace epitome::app {

namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  Descriptor from{-1}, to{-1};
  bool open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    from = Descriptor(ends[0]);
    to = Descriptor(ends[1]);
    return true;
  }
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

// The error's number, or 0.
int start(const Child& child, const Pipe& input, const Pipe& output, pid_t& pid) {
  std::vector<std::string> words = child.words, variables = child.environment;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, input.from.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output.to.get(), STDOUT_FILENO);
  sigset_t usual;
  sigemptyset(&usual);
  for (const int signal : {SIGPIPE, SIGXFSZ}) sigaddset(&usual, signal);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  // A batch's threads hold all signals back; the child doesn't.
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  const int error = posix_spawnp(&pid, words.front().c_str(), &actions, &attributes, pointers(words).data(),
                                 pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}

// Gives the program its text and takes what it writes, until it closes its output. Why not, or empty.
std::string exchange(const Child& child, std::string_view input, Descriptor& to, Descriptor& from,
                     Clock::time_point end, std::string& output) {
  fcntl(to.get(), F_SETFL, O_NONBLOCK);
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return fmt::format("it took more than {} s", child.limit.count());
    std::array<pollfd, 2> ends = {{{from.get(), POLLIN, 0}, {to.get(), POLLOUT, 0}}};
    if (poll(ends.data(), ends.size(), static_cast<int>(std::min<long>(left, 1000))) < 0 && errno != EINTR)
      return reason(errno);
    if (to.get() >= 0 && ends[1].revents != 0) {
      const ssize_t n = write(to.get(), input.data(), input.size());
      if (n > 0) input.remove_prefix(static_cast<std::size_t>(n));
      // A program may say what it says without reading to the end.
      if (input.empty() || (n < 0 && errno != EAGAIN && errno != EINTR)) to = Descriptor(-1);
    }
    if (ends[0].revents == 0) continue;
    std::array<char, 1 << 16> bytes{};
    const ssize_t n = read(from.get(), bytes.data(), bytes.size());
    if (n == 0) return {};
    if (n < 0 && errno != EINTR) return reason(errno);
    if (n > 0) output.append(bytes.data(), static_cast<std::size_t>(n));
    if (output.size() > child.most) return fmt::format("it wrote more than {} bytes", child.most);
  }
}

// Its status when it has ended, which is waited for until `end`; nothing if it goes on.
std::optional<int> status_until(pid_t pid, Clock::time_point end) {
  for (;;) {
    int status = 0;
    const pid_t ended = waitpid(pid, &status, WNOHANG);
    if (ended == pid) return status;
    if (ended < 0 && errno != EINTR) return 0;
    if (Clock::now() >= end) return std::nullopt;
    constexpr timespec short_while{0, 500'000};
    nanosleep(&short_while, nullptr);
  }
}

}  // namespace

std::optional<std::string> output_of(const Child& child, std::string_view input, std::string& why_not) {
  const Clock::time_point end = Clock::now() + child.limit;
  Pipe to_child, from_child;
  if (!to_child.open() || !from_child.open()) {
    why_not = reason(errno);
    return std::nullopt;
  }
  pid_t pid = 0;
  if (const int error = start(child, to_child, from_child, pid); error != 0) {
    why_not = fmt::format("'{}' can't be run: {}", child.words.front(), reason(error));
    return std::nullopt;
  }
  to_child.from = Descriptor(-1);
  from_child.to = Descriptor(-1);
  std::string output;
  why_not = exchange(child, input, to_child.to, from_child.from, end, output);
  std::optional<int> status;
  if (why_not.empty()) status = status_until(pid, end);
  if (!status) {
    if (why_not.empty()) why_not = fmt::format("it took more than {} s", child.limit.count());
    kill(-pid, SIGKILL);
    int ignored = 0;
    while (waitpid(pid, &ignored, 0) < 0 && errno == EINTR) {
    }
    return std::nullopt;
  }
  if (WIFSIGNALED(*status)) {
    why_not = fmt::format("signal {} ended it", WTERMSIG(*status));
  } else if (WEXITSTATUS(*status) != 0) {
    why_not = fmt::format("it ended with status {}", WEXITSTATUS(*status));
  } else {
    return output;
  }
  return std::nullopt;
}

}  // namespace epitome::app
