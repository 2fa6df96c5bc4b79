#include "app/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "app/files.hpp"

namespace epitome::app {

namespace {

// 59 s, 3:20 min, 2:05:10 h
std::string duration(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02} h", whole / 3600, whole / 60 % 60, whole % 60);
}

double rate(std::size_t documents, double seconds) {
  return seconds > 0 ? static_cast<double>(documents) / seconds : 0;
}

std::uint32_t percentile(std::vector<std::uint32_t>& values, std::size_t percent) {
  if (values.empty()) return 0;
  const std::size_t at = (values.size() * percent + 99) / 100 - 1;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

}  // namespace

std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string progress_line(const Tally& tally, std::size_t all, double seconds, std::size_t columns) {
  const std::size_t documents = tally.documents();
  // What needn't be made again goes by at another rate.
  const std::size_t made = tally.written + tally.failed;
  std::string text = fmt::format("{} of {}", grouped(documents), grouped(all));
  if (made != 0) {
    const double each = seconds / static_cast<double>(made);
    text += fmt::format(", {:.1f} a second, {} left", rate(made, seconds),
                        duration(each * static_cast<double>(all - documents)));
  }
  if (tally.failed != 0) text += fmt::format(", {} failed", grouped(tally.failed));
  if (columns < text.size() + 13) return text.substr(0, columns);
  const std::size_t width = std::min<std::size_t>(columns - text.size() - 3, 30);
  const std::size_t full = all == 0 ? width : width * documents / all;
  return fmt::format("[{}{}] {}", std::string(full, '#'), std::string(width - full, ' '), text);
}

std::string closing_line(Tally tally, double seconds) {
  std::string out = fmt::format("{} documents: {} written", grouped(tally.documents()), grouped(tally.written));
  if (tally.unchanged != 0) out += fmt::format(", {} as they were", grouped(tally.unchanged));
  if (tally.failed != 0) out += fmt::format(", {} failed", grouped(tally.failed));
  out += fmt::format("; {} pages in {:.1f} s, {:.1f} documents a second", grouped(tally.pages), seconds,
                     rate(tally.written + tally.failed, seconds));
  if (!tally.milliseconds.empty()) {
    const std::uint32_t half = percentile(tally.milliseconds, 50);
    out += fmt::format("; p50 {} ms, p99 {} ms", half, percentile(tally.milliseconds, 99));
  }
  return out + "\n";
}

double Progress::seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

void Progress::draw(const Tally& tally) {
  if (!shown_ || Clock::now() - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = Clock::now();
  winsize size{};
  const std::size_t columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1U : 79U;
  (void)write_all(STDERR_FILENO, "\r\x1B[K" + progress_line(tally, all_, seconds(), columns));
  is_there_ = true;
}

void Progress::clear() {
  if (is_there_) (void)write_all(STDERR_FILENO, "\r\x1B[K");
  is_there_ = false;
  drawn_ = {};
}

}  // namespace epitome::app
