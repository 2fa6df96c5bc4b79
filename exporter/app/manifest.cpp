#include "app/manifest.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "app/output_files.hpp"
#include "diag/diagnostic.hpp"

namespace epitome::app {

namespace {

using diag::json_string;
using simdjson::dom::element;

std::string text_in(const element& object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::uint64_t number_in(const element& object, std::string_view key) {
  std::uint64_t number = 0;
  return object[key].get(number) == simdjson::SUCCESS ? number : 0;
}

// The members of an array; none if it isn't there.
std::vector<element> members_of(const element& object, std::string_view key) {
  simdjson::dom::array members;
  if (object[key].get(members) != simdjson::SUCCESS) return {};
  return {members.begin(), members.end()};
}

// Calls `line` with the offset and text of each whole line; the offset behind the last one, or nothing and `why_not`.
template <typename Line>
std::optional<std::uint64_t> each_line(int fd, std::string& why_not, const Line& line) {
  std::string kept;
  std::uint64_t offset = 0;
  std::vector<char> buffer(std::size_t{1} << 20);
  for (std::uint64_t at = 0;;) {
    const ssize_t n = pread(fd, buffer.data(), buffer.size(), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      why_not = reason(errno);
      return std::nullopt;
    }
    if (n == 0) return offset;
    at += static_cast<std::uint64_t>(n);
    kept.append(buffer.data(), static_cast<std::size_t>(n));
    std::size_t start = 0;
    for (std::size_t end = kept.find('\n'); end != std::string::npos; end = kept.find('\n', start)) {
      line(offset, std::string_view(kept).substr(start, end + 1 - start));
      offset += end + 1 - start;
      start = end + 1;
    }
    kept.erase(0, start);
  }
}

// A file of another kind (a picture of a document, say) isn't replaced.
bool may_be_manifest(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  char first = '{';
  return file.get() < 0 || (::read(file.get(), &first, 1) >= 0 && first == '{');
}

}  // namespace

std::string manifest_line(const ManifestRecord& record) {
  std::vector<std::string> files, images;
  for (const ManifestFile& file : record.files)
    files.push_back(fmt::format(R"({{"path":{},"bytes":{},"sha256":{}}})", json_string(visible(file.path)), file.bytes,
                                json_string(file.sha256)));
  for (const std::string& image : record.images) images.push_back(json_string(image));
  return fmt::format(
      R"({{"source":{},"status":{},"files":[{}],"pages":{},"words":{},"ms":{},"fingerprint":{},"settings":{},"images":[{}],"diagnostics":[{}]{}}})"
      "\n",
      json_string(visible(record.source)), json_string(record.status), fmt::join(files, ","), record.pages,
      record.words, record.ms, json_string(record.fingerprint), json_string(record.settings), fmt::join(images, ","),
      fmt::join(record.diagnostics, ","), record.entry.empty() ? "" : ",\"entry\":" + record.entry);
}

std::optional<ManifestRecord> read_manifest_line(std::string_view line) {
  simdjson::dom::parser parser;
  element tree;
  if (parser.parse(line.data(), line.size()).get(tree) != simdjson::SUCCESS) return std::nullopt;
  ManifestRecord record;
  record.source = text_in(tree, "source");
  record.status = text_in(tree, "status");
  if (record.source.empty() || record.status.empty()) return std::nullopt;
  for (const element& file : members_of(tree, "files"))
    if (file.is_object())
      record.files.push_back({text_in(file, "path"), number_in(file, "bytes"), text_in(file, "sha256")});
  record.pages = number_in(tree, "pages");
  record.words = number_in(tree, "words");
  record.ms = number_in(tree, "ms");
  record.fingerprint = text_in(tree, "fingerprint");
  record.settings = text_in(tree, "settings");
  for (const element& image : members_of(tree, "images")) {
    std::string_view path;
    if (image.get(path) == simdjson::SUCCESS) record.images.emplace_back(path);
  }
  for (const element& diagnostic : members_of(tree, "diagnostics"))
    record.diagnostics.push_back(simdjson::to_string(diagnostic));
  element entry;
  if (tree["entry"].get(entry) == simdjson::SUCCESS) record.entry = simdjson::to_string(entry);
  return record;
}

std::string each_record(const std::string& path, const std::function<void(const ManifestRecord&)>& take) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return reason(errno);
  std::string why_not;
  (void)each_line(file.get(), why_not, [&](std::uint64_t /*offset*/, std::string_view line) {
    if (const std::optional<ManifestRecord> record = read_manifest_line(line)) take(*record);
  });
  return why_not;
}

std::string Manifest::index(int fd, bool in_part, std::uint64_t& whole) {
  std::string why_not;
  const std::optional<std::uint64_t> end = each_line(fd, why_not, [&](std::uint64_t offset, std::string_view line) {
    if (const std::optional<ManifestRecord> record = read_manifest_line(line))
      known_[record->source] = {offset, static_cast<std::uint32_t>(line.size()), in_part};
  });
  if (end) whole = *end;
  return end ? std::string() : why_not;
}

std::string Manifest::open(const std::string& path, std::size_t documents, bool keeps) {
  path_ = path;
  lines_.resize(documents);
  if (is_folder(path)) return reason(EISDIR);
  if (is_file(path) && !is_ordinary_file(path)) return "it is no ordinary file";
  if (is_file(path) && !may_be_manifest(path)) return "it is there and is no manifest";
  part_ = Descriptor(::open(part().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (part_.get() < 0) return reason(errno);
  if (flock(part_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return "another run is writing it";
  std::uint64_t unused = 0;
  if (keeps) {
    before_ = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (before_.get() < 0 && errno != ENOENT) return reason(errno);
    if (before_.get() >= 0) {
      if (std::string why = index(before_.get(), false, unused); !why.empty()) return why;
    }
    if (std::string why = index(part_.get(), true, end_); !why.empty()) return why;
  }
  // Behind the last whole line.
  return ftruncate(part_.get(), static_cast<off_t>(end_)) == 0 &&
                 lseek(part_.get(), static_cast<off_t>(end_), SEEK_SET) >= 0
             ? std::string()
             : reason(errno);
}

std::optional<std::string> Manifest::line_at(const Place& place) const {
  std::string line(place.length, '\0');
  const int fd = place.in_part ? part_.get() : before_.get();
  const ssize_t n = pread(fd, line.data(), line.size(), static_cast<off_t>(place.offset));
  return n == static_cast<ssize_t>(line.size()) ? std::optional(std::move(line)) : std::nullopt;
}

std::optional<ManifestRecord> Manifest::known(const std::string& source) const {
  const auto at = known_.find(source);
  // A name that isn't shown as it is could be another's.
  if (at == known_.end() || visible(source) != source) return std::nullopt;
  const std::optional<std::string> line = line_at(at->second);
  return line ? read_manifest_line(*line) : std::nullopt;
}

std::string Manifest::add(std::size_t document, const std::string& line) {
  if (std::string why = write_all(part_.get(), line); !why.empty()) return why;
  lines_[document] = {end_, static_cast<std::uint32_t>(line.size()), true};
  end_ += line.size();
  return {};
}

void Manifest::keep(std::size_t document, const std::string& source) {
  const auto at = known_.find(source);
  if (at != known_.end()) lines_[document] = at->second;
}

bool Manifest::part_is_all() const {
  std::uint64_t at = 0;
  for (const Place& place : lines_) {
    if (place.length == 0) continue;
    if (!place.in_part || place.offset != at) return false;
    at += place.length;
  }
  return at == end_;
}

std::string Manifest::finish() {
  struct stat old {};
  const bool is_there = lstat(path_.c_str(), &old) == 0;
  if (part_is_all() && (!is_there || S_ISREG(old.st_mode))) {
    if (is_there) (void)fchmod(part_.get(), old.st_mode & 0777);
    return fsync(part_.get()) == 0 && rename(part().c_str(), path_.c_str()) == 0 ? std::string() : reason(errno);
  }
  std::string all;
  OutputFiles files;
  for (const Place& place : lines_) {
    const std::optional<std::string> line = place.length == 0 ? std::string() : line_at(place);
    if (!line) return "its lines can't be read back";
    all += *line;
  }
  if (std::string why = files.write(path_, all); !why.empty()) return why;
  if (const std::vector<OutputFiles::Fault> faults = files.commit(); !faults.empty()) return faults.front().why;
  (void)unlink(part().c_str());
  return {};
}

}  // namespace epitome::app
