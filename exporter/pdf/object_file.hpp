// A PDF file's objects, written by libharu, which nothing but this header's .cpp sees.
//
// libharu is used below its text and page calls, which can't do tagged text: an object here is a dictionary
// whose body is a ready string, and libharu numbers and writes the objects. Its own cross-reference table knows no
// object streams (ISO 32000-1 7.5.7), so the table is written here: a structure element costs 25 bytes, not 105.
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

  // The whole file: header, streams in the order of their numbers, the other objects in object streams, a
  // cross-reference stream with an identifier that is a hash of everything before it. Nothing if libharu failed,
  // now or before. Once only.
  std::optional<std::string> save(std::uint32_t root, std::uint32_t info);

  // What failed, for a report: libharu's error number in hexadecimal.
  std::string failure() const;

 private:
  // Puts every object that isn't a stream into object streams.
  void pack_objects();
  std::string cross_reference_rows(std::size_t own_offset) const;
  std::string stream_sums() const;

  struct Data;
  std::unique_ptr<Data> data_;
};

// "12 0 R".
std::string reference(std::uint32_t object);

}  // namespace epitome::pdf
