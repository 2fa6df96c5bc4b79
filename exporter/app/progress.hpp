// How far a batch has come, told while it runs and when it ends.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace epitome::app {

// 12,345
std::string grouped(std::size_t number);

struct Tally {
  std::size_t written = 0, unchanged = 0, failed = 0;
  std::size_t pages = 0;
  std::vector<std::uint32_t> milliseconds;  // of each document that was written

  std::size_t documents() const { return written + unchanged + failed; }
};

// The line that a terminal shows: a bar of so many columns, the rate, what remains, the failures.
std::string progress_line(const Tally& tally, std::size_t all, double seconds, std::size_t columns);

// What is said at the end; ends in a newline. Of the times the median and the 99th percentile (the least time that so
// many are not above).
std::string closing_line(Tally tally, double seconds);

// The line on a terminal, drawn anew at most ten times a second.
class Progress {
 public:
  // `shown`: whether standard error is a terminal and the user wants it.
  Progress(std::size_t all, bool shown) : all_(all), shown_(shown) {}
  void draw(const Tally& tally);
  void clear();  // before anything else is printed
  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  const std::size_t all_;
  const bool shown_;
  const Clock::time_point started_ = Clock::now();
  Clock::time_point drawn_;
  bool is_there_ = false;
};

}  // namespace epitome::app
