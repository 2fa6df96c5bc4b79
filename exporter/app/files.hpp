// Paths, and files read. Files written are output_files.hpp's.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "api/epitome.hpp"

namespace epitome::app {

// An open file, closed where this ends.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  // As close(), which can report a write that failed late (NFS, quotas).
  int close_now();

 private:
  int fd_;
};

// At most `most` bytes of a file, a pipe or ("-") standard input; nothing and the reason if it can't be read. What is
// longer comes with one byte more.
std::optional<std::string> read_source(const std::string& path, std::size_t most, std::string& why_not);

// Reads what a document in `folder` names ("" is the current one), and nothing that stands outside of it: not through
// symbolic links either.
FileReader reader_in(std::string folder);

// "a/b.xml": "a/"; "b.xml": "".
std::string folder_of(const std::string& path);

bool is_folder(const std::string& path);
inline constexpr char no_folder[] = "it is not a folder that can be read";  // why one can't be taken
// Is there something that is not a folder?
bool is_file(const std::string& path);

bool is_ordinary_file(const std::string& path);

// The path without links; empty, and errno says why, if nothing is there.
std::string resolved(const std::string& path);
// Do both lead to one file that is there?
bool is_same_file(const std::string& a, const std::string& b);

// What a system call's error means, in English whatever the locale.
std::string reason(int error);

// All of `bytes` to an open file; the reason if that fails, else empty.
std::string write_all(int fd, std::string_view bytes);

// The folder of the program itself, with a slash at its end; empty if it can't be found.
std::string program_folder();

// The folder with layouts/, fonts/ and hyphenation/: EPITOME_DATA (`variable`, may be null), else ../share/epitome from
// the program's own place; empty if there is none.
std::string find_data_folder(const char* variable);

}  // namespace epitome::app
