// A PDF file's objects, written by libharu, which nothing but this header's .cpp sees.
//
// libharu is used below its text and page calls, which can't do tagged text: an object here is a dictionary
// whose body is a ready string, and libharu numbers the objects, writes them and their cross-reference table.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace epitome::pdf {

class ObjectFile {
 public:
  // Takes no memory pool and no global state: any number may live at once.
  ObjectFile();
  ~ObjectFile();
  ObjectFile(const ObjectFile&) = delete;
  ObjectFile& operator=(const ObjectFile&) = delete;

  // The number of a new object, from 1. Every reserved object must be set before save(). 0 after a failure.
  std::uint32_t reserve();
  // Makes the object a dictionary; `body` is what stands between << and >>.
  void set(std::uint32_t object, std::string body);
  // Makes the object a stream of `data`, deflated if that makes it smaller and `deflate` allows it. `body` is the
  // dictionary without Length and Filter.
  void set_stream(std::uint32_t object, std::string body, std::string_view data, bool deflate = true);
  // The same for data that is encoded already: `body` holds its Filter.
  void set_encoded_stream(std::uint32_t object, std::string body, std::string data);

  // The whole file: header, objects in the order of their numbers, cross-reference table, trailer with an
  // identifier that is a hash of everything before it. Nothing if libharu failed, now or before.
  std::optional<std::string> save(std::uint32_t root, std::uint32_t info);

  // What failed, for a report: libharu's error number in hexadecimal.
  std::string failure() const;

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

// "12 0 R".
std::string reference(std::uint32_t object);

}  // namespace epitome::pdf
