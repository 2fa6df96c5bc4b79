// Changes of files, seen whenever they come.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace epitome::app {

class Watch {
 public:
  // Before `files` are read: what they are like, and when that was.
  void note(const std::vector<std::string>& files);

  // Waits until a file is another than it was noted, is gone or new. Files that `list` names and nobody noted count as
  // changed if the kernel changed them since the note: so a change that came while they were read isn't missed. Pipes
  // and devices never change. False if `goes_on`, asked now and then, says so; a signal ends the program.
  bool wait(const std::function<std::vector<std::string>()>& list, const std::function<bool()>& goes_on);

 private:
  // Time of its bytes, size, which file; of none, and of no ordinary one, nothing.
  using State = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::uint64_t>;
  bool is_changed(const std::string& path);

  std::map<std::string, State> known_;
  std::int64_t seconds_ = 0, nanoseconds_ = 0;  // of the note
};

}  // namespace epitome::app
