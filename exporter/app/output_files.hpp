// Files written whole or not at all, and together or not at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace epitome::app {

// Where a file written as `path` will stand: what its links lead to, also where nothing is there yet. The path itself
// if its folder is not there.
std::string target_of(const std::string& path);

// Files that replace older ones or not: written beside them under other names, synced to the disk, and renamed together
// by commit(). Until then, and if anything fails, the old files are untouched; what was begun is removed, also by a
// signal that ends the program and when memory runs out. /dev/null and standard output (/dev/stdout) are written to
// directly; any other device, pipe or socket is refused.
class OutputFiles {
 public:
  OutputFiles() = default;
  OutputFiles(const OutputFiles&) = delete;
  OutputFiles& operator=(const OutputFiles&) = delete;
  ~OutputFiles();  // removes what was not committed

  // Writes one file's bytes; the reason if that fails, else empty.
  std::string write(const std::string& path, std::string_view bytes);

  struct Fault {
    std::string path, why;
  };
  // Gives all files their names, or none: what fails is told, and those that had theirs get their old files back.
  // Allocates nothing unless something fails. A fault after that, of a folder that can't be synced, says so.
  std::vector<Fault> commit();

 private:
  struct File {
    std::string path, target, folder, temporary;
    std::string old;         // a second name of what stands at the target, until all files have their names
    bool keeps_old = false;  // whether it is there
    int error = 0;
  };
  static int keep_old(File& file);
  static void put_back(File& file);
  std::vector<Fault> undo(std::size_t failed);
  std::vector<Fault> sync_folders() const;

  std::vector<File> files_;
};

// Removes the unfinished files of all OutputFiles. Allocates nothing.
void remove_unfinished();

// A signal that ends the program removes unfinished files first. What is written to a closed pipe, or beyond the limit
// of a file's size, fails as other writing does instead of ending the program. Once, at the start.
void prepare_signals();

}  // namespace epitome::app
