#include "app/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

#include "app/files.hpp"
#include "app/signals.hpp"

namespace epitome::app {

namespace {

using Clock = std::chrono::steady_clock;

constexpr timespec short_while{0, 500'000};

// A program that runs, kept where a signal's handler finds it. Never freed: a handler may be reading the list at any
// moment. A node that is free is used again.
struct Running {
  static constexpr pid_t free = 0, starting = -1;
  std::atomic<pid_t> pid{starting};
  Running* next = nullptr;
};
std::atomic<Running*> running{nullptr};
// Set once, when no more shall be started.
std::atomic<bool> no_more_children{false};
static_assert(std::atomic<Running*>::is_always_lock_free && std::atomic<pid_t>::is_always_lock_free);

// A place to remember a program in, taken before it is started.
Running& place_for_child() {
  for (Running* node = running.load(); node != nullptr; node = node->next) {
    pid_t expected = Running::free;
    if (node->pid.compare_exchange_strong(expected, Running::starting)) return *node;
  }
  auto* const node = new Running;
  node->next = running.load();
  while (!running.compare_exchange_weak(node->next, node)) {
  }
  return *node;
}

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

// The error's number, or 0; then the place knows the program.
int start(const Child& child, const Pipe& input, const Pipe& output, Running*& place) {
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
  const std::vector<char*> arguments = pointers(words), environment = pointers(variables);
  int error = 0;
  {
    // A handler on this thread would wait for ever for what is being started.
    const SignalsWait wait;
    place = &place_for_child();
    pid_t pid = 0;
    error = no_more_children ? ECANCELED
                             : posix_spawnp(&pid, words.front().c_str(), &actions, &attributes, arguments.data(),
                                            environment.data());
    place->pid.store(error == 0 ? pid : Running::free);
  }
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

// Whether it has ended, which is waited for until `end`. It isn't reaped: until then its number is no other program's.
bool ended_until(pid_t pid, Clock::time_point end) {
  for (;;) {
    siginfo_t info{};
    const int failed = waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
    if (failed == 0 ? info.si_pid == pid : errno != EINTR) return true;
    if (Clock::now() >= end) return false;
    nanosleep(&short_while, nullptr);
  }
}

// Its status; the place is free before its number is.
int reap(Running& place) {
  const pid_t pid = place.pid.exchange(Running::free);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

std::optional<std::string> output_of(const Child& child, std::string_view input, std::string& why_not) {
  const Clock::time_point end = Clock::now() + child.limit;
  Pipe to_child, from_child;
  if (!to_child.open() || !from_child.open()) {
    why_not = reason(errno);
    return std::nullopt;
  }
  Running* place = nullptr;
  if (const int error = start(child, to_child, from_child, place); error != 0) {
    why_not = fmt::format("'{}' can't be run: {}", child.words.front(), reason(error));
    return std::nullopt;
  }
  to_child.from = Descriptor(-1);
  from_child.to = Descriptor(-1);
  std::string output;
  why_not = exchange(child, input, to_child.to, from_child.from, end, output);
  if (why_not.empty() && !ended_until(place->pid, end))
    why_not = fmt::format("it took more than {} s", child.limit.count());
  // This program is ending: end_children() sees to what this one started, too.
  while (no_more_children) pause();
  if (!why_not.empty()) {
    kill(-place->pid, SIGKILL);
    reap(*place);
    return std::nullopt;
  }
  const int status = reap(*place);
  if (WIFSIGNALED(status)) {
    why_not = fmt::format("signal {} ended it", WTERMSIG(status));
  } else if (WEXITSTATUS(status) != 0) {
    why_not = fmt::format("it ended with status {}", WEXITSTATUS(status));
  } else {
    return output;
  }
  return std::nullopt;
}

void end_children(int signal) {
  no_more_children = true;
  // Another thread may be starting one; to know it takes a moment. Half a second for all to end as they like.
  int patience = 1000;
  const auto wait_while = [&](const auto& still) {
    while (still() && patience-- > 0) nanosleep(&short_while, nullptr);
  };
  for (Running* node = running.load(); node != nullptr; node = node->next) {
    wait_while([&] { return node->pid.load() == Running::starting; });
    if (const pid_t pid = node->pid.load(); pid > 0) kill(-pid, signal);
  }
  for (Running* node = running.load(); node != nullptr; node = node->next) {
    const pid_t pid = node->pid.load();
    if (pid <= 0) continue;
    siginfo_t info{};
    wait_while([&] {
      info.si_pid = 0;
      return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
    });
    // Also what it started and left.
    kill(-pid, SIGKILL);
    while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
}

}  // namespace epitome::app
