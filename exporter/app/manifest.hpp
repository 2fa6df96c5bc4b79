// The manifest of a batch: JSON Lines, an object a document, in the order of the sources.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files.hpp"

namespace epitome::app {

struct ManifestFile {
  std::string path;
  std::uint64_t bytes = 0;
  std::string sha256;  // as sha256sum prints it
};

struct ManifestRecord {
  std::string source;
  std::string status;  // "written", "unchanged" or "failed"
  std::vector<ManifestFile> files;
  std::uint64_t pages = 0, words = 0, ms = 0;
  std::string fingerprint;               // of all that the files' bytes depend on; empty: the source can't be read
  std::string settings;                  // of what all documents share
  std::vector<std::string> images;       // that the document names, in the order in which they were read
  std::vector<std::string> diagnostics;  // each a JSON object, as --format json prints them
  std::string entry;                     // of a site: what it says of the summary, a JSON object; else empty
};

// A line with its end.
std::string manifest_line(const ManifestRecord& record);
// Nothing if it is no line of a manifest: one that was cut when the program was killed.
std::optional<ManifestRecord> read_manifest_line(std::string_view line);

// What was made of sources before.
class KnownRecords {
 public:
  KnownRecords() = default;
  virtual ~KnownRecords() = default;
  KnownRecords(const KnownRecords&) = delete;
  KnownRecords& operator=(const KnownRecords&) = delete;
  virtual std::optional<ManifestRecord> known(const std::string& source) const = 0;
};

// Gives each record of a manifest that is done, in its order; the reason if the file can't be read.
std::string each_record(const std::string& path, const std::function<void(const ManifestRecord&)>& take);

// While a batch runs its lines go to FILE.part, one behind the other as documents are done; when all are, FILE is
// written from them, whole or not at all. So a run that ends early leaves FILE as it was, and what it did in FILE.part.
class Manifest final : public KnownRecords {
 public:
  // `documents`: how many there will be. `keeps`: what FILE and FILE.part say stays known, and FILE.part is continued;
  // else it begins anew. The reason if a file can't be read or written, else empty.
  std::string open(const std::string& path, std::size_t documents, bool keeps);

  // What is known of a source. Also from many threads while nothing is written by them.
  std::optional<ManifestRecord> known(const std::string& source) const override;

  // The document's line; the reason if it can't be written.
  std::string add(std::size_t document, const std::string& line);
  // The document's line is the one that is known of `source`.
  void keep(std::size_t document, const std::string& source);

  // Writes FILE, in the documents' order, and removes FILE.part. The reason if that fails.
  std::string finish();

  std::string part() const { return path_ + ".part"; }

 private:
  // A line in FILE or FILE.part.
  struct Place {
    std::uint64_t offset = 0;
    std::uint32_t length = 0;  // with its end; 0: none
    bool in_part = false;
  };
  std::string index(int fd, bool in_part, std::uint64_t& whole);
  std::optional<std::string> line_at(const Place& place) const;
  bool part_is_all() const;

  std::string path_;
  Descriptor before_{-1}, part_{-1};
  std::uint64_t end_ = 0;  // of FILE.part
  std::map<std::string, Place, std::less<>> known_;
  std::vector<Place> lines_;
};

}  // namespace epitome::app
