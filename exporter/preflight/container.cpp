#include "preflight/container.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <utility>

namespace epitome::preflight {

namespace {

// All texts of one book, read twice at most; a small file may claim anything.
constexpr std::uint64_t largest_sum = std::uint64_t{128} << 20;
constexpr zip_int64_t most_entries = 20'000;

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

Container::Container(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  // The archive frees its source.
  if (zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error)) {
    archive_ = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive_ == nullptr) zip_source_free(source);
  }
  if (archive_ == nullptr) fault_ = fmt::format("it is not a ZIP container: {}", zip_error_strerror(&error));
  zip_error_fini(&error);
  if (archive_ == nullptr) return;
  const zip_int64_t count = zip_get_num_entries(archive_, 0);
  if (count > most_entries) {
    fault_ = fmt::format("it has {} files, more than {}", count, most_entries);
    return;
  }
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t status;
    if (zip_stat_index(archive_, static_cast<zip_uint64_t>(i), 0, &status) != 0 ||
        (status.valid & ZIP_STAT_NAME) == 0) {
      continue;
    }
    const std::string_view name = status.name;
    by_name_.emplace(name, entries_.size());
    by_folded_.emplace(lower(name), entries_.size());
    entries_.push_back({std::string(name), (status.valid & ZIP_STAT_SIZE) == 0 ? UINT64_MAX : status.size});
  }
}

Container::~Container() {
  if (archive_ != nullptr) zip_discard(archive_);
}

const Entry* Container::find(const std::string& name) const {
  const auto at = by_name_.find(name);
  return at == by_name_.end() ? nullptr : &entries_[at->second];
}

std::string Container::other_case(const std::string& name) const {
  const auto at = by_folded_.find(lower(name));
  return at == by_folded_.end() || entries_[at->second].name == name ? std::string() : entries_[at->second].name;
}

std::optional<std::string> Container::read(const std::string& name, std::uint64_t most, std::string& why) {
  const Entry* const entry = find(name);
  if (entry == nullptr) {
    why = "it is not there";
    return std::nullopt;
  }
  if (entry->size > most) {
    why = fmt::format("it is larger than {} bytes", most);
    return std::nullopt;
  }
  if (unpacked_ + entry->size > largest_sum) {
    why = "all files together are too large";
    return std::nullopt;
  }
  unpacked_ += entry->size;
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(archive_, name.c_str(), 0), &zip_fclose);
  std::string out(entry->size, '\0');
  // One byte more is asked for so that the checksum at the end is looked at.
  char more = 0;
  if (!file || zip_fread(file.get(), out.data(), out.size()) != static_cast<zip_int64_t>(out.size()) ||
      zip_fread(file.get(), &more, 1) != 0) {
    why = "it can't be unpacked";
    return std::nullopt;
  }
  return out;
}

std::string Container::read_start(const std::string& name, std::uint64_t most) {
  const Entry* const entry = find(name);
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(archive_, name.c_str(), 0), &zip_fclose);
  if (entry == nullptr || !file) return {};
  std::string out(std::min(entry->size, most), '\0');
  const zip_int64_t count = zip_fread(file.get(), out.data(), out.size());
  out.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return out;
}

}  // namespace epitome::preflight
