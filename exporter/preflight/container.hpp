// The ZIP container of an EPUB (EPUB 3.3, 4), read within bounds.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct zip;

namespace epitome::preflight {

struct Entry {
  std::string name;
  std::uint64_t size = 0;  // unpacked, as the container says
};

class Container {
 public:
  // `bytes` must outlive it.
  explicit Container(std::string_view bytes);
  ~Container();
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;

  // Why it can't be read; empty if it can.
  const std::string& fault() const { return fault_; }
  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(const std::string& name) const;
  // The name that differs in capitals alone; empty if there is none.
  std::string other_case(const std::string& name) const;

  // Nothing, and `why` says so, if the entry is missing, damaged or larger than `most`, or if all that was read is more
  // than a book has.
  std::optional<std::string> read(const std::string& name, std::uint64_t most, std::string& why);
  // The first bytes of an entry, `most` of them; fewer if it has fewer or is damaged.
  std::string read_start(const std::string& name, std::uint64_t most);

 private:
  zip* archive_ = nullptr;
  std::string fault_;
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::map<std::string, std::size_t, std::less<>> by_folded_;
  std::uint64_t unpacked_ = 0;
};

// In small ASCII letters.
std::string lower(std::string_view text);

}  // namespace epitome::preflight
