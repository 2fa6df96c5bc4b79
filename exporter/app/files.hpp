// Files read, and written whole or not at all.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "api/epitome.hpp"

namespace epitome::app {

// At most `most` bytes of a file, a pipe or ("-") standard input; nothing and the reason if it can't be read. What is
// longer comes with one byte more.
std::optional<std::string> read_source(const std::string& path, std::size_t most, std::string& why_not);

// Reads what a document in `folder` names ("" is the current one).
FileReader reader_in(std::string folder);

// "a/b.xml": "a/"; "b.xml": "".
std::string folder_of(const std::string& path);

bool is_folder(const std::string& path);
// Is there something that is not a folder?
bool is_file(const std::string& path);

bool is_ordinary_file(const std::string& path);
// Do both lead to one file that is there?
bool is_same_file(const std::string& a, const std::string& b);

// All of `bytes` to an open file; the reason if that fails, else empty.
std::string write_all(int fd, std::string_view bytes);

// A file that will replace `path` (or what it links to) or not: written beside it under another name, synced to the
// disk, and renamed by commit(). Until then, and if anything fails, an old file of that name is untouched; what was
// begun is removed, on a signal that ends the program too. What is there but is not an ordinary file (a device, a
// pipe) is written to directly.
class PendingFile {
 public:
  PendingFile() = default;
  PendingFile(PendingFile&& other) noexcept;
  PendingFile& operator=(PendingFile&&) = delete;
  ~PendingFile();  // removes what was not committed

  // Writes the bytes; the reason if that fails, else empty.
  std::string write(const std::string& path, std::string_view bytes);
  // Gives the file its name; the reason if that fails, else empty.
  std::string commit();

 private:
  std::string temporary_, target_;
};

// The signals that end the program remove unfinished files first. Once, at the start.
void remove_unfinished_on_signals();

// The folder of the program itself, with a slash at its end; empty if it can't be found.
std::string program_folder();

// The folder with layouts/, fonts/ and hyphenation/: EPITOME_DATA (`variable`, may be null), else ../share/epitome from
// the program's own place; empty if there is none.
std::string find_data_folder(const char* variable);

}  // namespace epitome::app
