#include "app/watch.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

#include "app/files.hpp"
#include "app/output_files.hpp"

namespace epitome::app {

namespace {

bool look(const std::string& path, struct stat& there) {
  return stat(path.c_str(), &there) == 0 && S_ISREG(there.st_mode);
}

std::tuple<std::int64_t, std::int64_t, std::int64_t, std::uint64_t> state_of(const std::string& path) {
  struct stat there {};
  if (!look(path, there)) return {0, 0, -1, 0};
  return {there.st_mtim.tv_sec, there.st_mtim.tv_nsec, there.st_size, there.st_ino};
}

}  // namespace

void Watch::note(const std::vector<std::string>& files) {
  // The clock by which the kernel dates files: a finer one would be ahead of it.
  timespec now{};
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  seconds_ = now.tv_sec;
  nanoseconds_ = now.tv_nsec;
  known_.clear();
  for (const std::string& file : files) known_.emplace(file, state_of(file));
}

bool Watch::is_changed(const std::string& path) {
  const auto [known, is_new] = known_.emplace(path, State{});
  if (!is_new) return state_of(path) != known->second;
  struct stat there {};
  known->second = state_of(path);
  return look(path, there) &&
         std::tuple(there.st_ctim.tv_sec, there.st_ctim.tv_nsec) >= std::tuple(seconds_, nanoseconds_);
}

bool Watch::wait(const std::function<std::vector<std::string>()>& list, const std::function<bool()>& goes_on) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds pause(200);
  constexpr int share = 9;  // of time between two looks: thousands of files take a tenth of a core, not all of it
  Clock::time_point next{};
  for (bool told = false;; std::this_thread::sleep_for(pause)) {
    const Clock::time_point begun = Clock::now();
    const bool ends = !goes_on();
    // Ctrl-C ends what runs beside this program, too: the signal goes before.
    if (const int signal = signal_that_came(); signal != 0) end_by(signal);
    if (ends) return false;
    if (begun < next) continue;
    const std::vector<std::string> files = list();
    const std::size_t before = known_.size();
    bool changed = std::any_of(files.begin(), files.end(), [&](const std::string& file) { return is_changed(file); });
    // A file that came after the first look is new, whenever it was written.
    changed = changed || (told && known_.size() != before);
    // What isn't listed any more because it is gone.
    changed = changed || std::any_of(known_.begin(), known_.end(), [](const auto& known) {
                return std::get<2>(known.second) >= 0 && state_of(known.first) != known.second;
              });
    if (changed) {
      // What an editor writes in several steps is whole a moment later.
      std::this_thread::sleep_for(pause);
      return true;
    }
    next = Clock::now() + (Clock::now() - begun) * share;
    if (!told) {
      (void)write_all(STDERR_FILENO, fmt::format("epitome: watching {} files; Ctrl-C ends\n", files.size()));
      told = true;
    }
  }
}

}  // namespace epitome::app
