// Files written whole or not at all, and together or not at all.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/files.hpp"

namespace epitome::app {

// Where a file written as `path` will stand: what its links lead to, also where nothing is there yet. The path itself
// if its folder is not there.
std::string target_of(const std::string& path);

// Makes a folder that is not there; the reason if that fails, else empty. "" is the current one.
std::string make_folder(const std::string& folder);
// With those of its folders that stand in `above`, which is there.
std::string make_folders(const std::string& above, const std::string& folder);

// Does the file hold these bytes?
bool holds(const std::string& path, std::string_view bytes);

// The name of an unfinished file, kept where a signal's handler finds it.
struct Unfinished;

// Files that replace older ones or not: written beside them under other names, synced to the disk, and renamed together
// by commit(). Until then, and if anything fails, the old files are untouched; what was begun is removed, also by a
// signal that ends the program and when memory runs out. /dev/null and standard output (/dev/stdout) are written to
// directly; any other device, pipe or socket is refused. Each thread may have its own.
class OutputFiles {
 public:
  OutputFiles() = default;
  OutputFiles(OutputFiles&&) noexcept = default;
  // What this one has not committed is removed where the other ends.
  OutputFiles& operator=(OutputFiles&& other) noexcept {
    files_.swap(other.files_);
    return *this;
  }
  OutputFiles(const OutputFiles&) = delete;
  OutputFiles& operator=(const OutputFiles&) = delete;
  ~OutputFiles();  // removes what was not committed

  // Writes one file's bytes; the reason if that fails, else empty. The way to the disk has begun, and isn't waited for.
  std::string write(const std::string& path, std::string_view bytes);

  struct Fault {
    std::string path, why;
  };
  // Before take_names() of many files, and before their folders are synced: those of one file system reach the disk
  // together, by one write of its journal, and then there is little to wait for. Tells nothing: what fails fails again.
  static void sync_together(std::span<const OutputFiles* const> all);
  // Waits for the disk, then gives all files their names, or none: what fails is told, and those that had theirs get
  // their old files back. Allocates nothing unless something fails.
  std::vector<Fault> take_names();
  // Behind take_names(): the names themselves must reach the disk. Of many documents at once, each folder is synced
  // once.
  static std::vector<Fault> sync_folders(std::span<const OutputFiles* const> all);
  // Both. A fault of a folder that can't be synced says that the file is written.
  std::vector<Fault> commit();

 private:
  struct File {
    std::string path, target, folder, temporary;
    std::string old;         // a second name of what stands at the target, until all files have their names
    bool keeps_old = false;  // whether it is there
    int error = 0;
    Descriptor opened{-1};      // the temporary file, locked: a file without a lock is of a program that was killed
    Descriptor opened_old{-1};  // the old one, while it has two names
    Unfinished* remembered = nullptr;
  };
  static std::string make_temporary(File& file);
  static int sync(File& file);
  static int keep_old(File& file);
  static void put_back(File& file);
  std::vector<Fault> undo(std::size_t failed);

  std::vector<File> files_;
};

// Removes from a folder what programs that were killed left of their unfinished files. What a running program writes
// stays; an old file that lost its only name gets it back. How many files those were.
std::size_t remove_left_over(const std::string& folder);

// Removes the unfinished files of all OutputFiles, at the program's end: other threads make none from here on.
// Allocates nothing.
void remove_unfinished();

// A signal that ends the program removes unfinished files first, and ends the programs that it runs; with
// finish_at_signals() it does so the second time, and the first one only says that the program should come to its end.
// What is written to a closed pipe, or beyond the limit of a file's size, fails as other writing does instead of ending
// the program. Once, at the start.
void prepare_signals();
void finish_at_signals();
// The signal that came since finish_at_signals(); 0: none.
int signal_that_came();
// Ends the program by that signal, as if it had not been caught.
[[noreturn]] void end_by(int signal);

}  // namespace epitome::app