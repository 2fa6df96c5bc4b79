#include <libdeflate.h>
#include <zip.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <memory>
#include <new>

#include "epub/package.hpp"

namespace epitome::epub {

namespace {

struct SourceFree {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct ArchiveDiscard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CompressorFree {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
struct Error {
  zip_error_t value{};
  Error() { zip_error_init(&value); }
  ~Error() { zip_error_fini(&value); }
};

// 1 January 1980, 00:00: the first time that a ZIP can say, so that the clock has no part in the bytes.
constexpr zip_uint16_t dos_date = (0 << 9) | (1 << 5) | 1;
constexpr zip_uint16_t dos_time = 0;

bool compressed_already(const Container::File& file) {
  return file.media_type == "image/jpeg" || file.media_type == "image/png" || file.media_type == "audio/mpeg";
}

// A file's bytes deflated, for libzip to copy: its own zlib needs three times as long for the same size.
struct Deflated {
  std::string data;
  std::size_t size = 0, at = 0;  // of the file; how much of `data` has been read
  std::uint32_t crc = 0;
};

Deflated deflate(libdeflate_compressor* compressor, const std::string& bytes) {
  Deflated out;
  out.size = bytes.size();
  out.crc = libdeflate_crc32(0, bytes.data(), bytes.size());
  out.data.resize(libdeflate_deflate_compress_bound(compressor, bytes.size()));
  out.data.resize(
      libdeflate_deflate_compress(compressor, bytes.data(), bytes.size(), out.data.data(), out.data.size()));
  return out;
}

zip_int64_t give_deflated(void* state, void* to, zip_uint64_t length, zip_source_cmd_t command) {
  Deflated& from = *static_cast<Deflated*>(state);
  switch (command) {
    case ZIP_SOURCE_SUPPORTS:
      return ZIP_SOURCE_SUPPORTS_READABLE;
    case ZIP_SOURCE_OPEN:
      from.at = 0;
      return 0;
    case ZIP_SOURCE_READ: {
      const std::size_t count = std::min<std::size_t>(length, from.data.size() - from.at);
      std::memcpy(to, from.data.data() + from.at, count);
      from.at += count;
      return static_cast<zip_int64_t>(count);
    }
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:  // the bytes are write_epub's
      return 0;
    case ZIP_SOURCE_STAT: {
      zip_stat_t* const stat = ZIP_SOURCE_GET_ARGS(zip_stat_t, to, length, nullptr);
      if (stat == nullptr) return -1;
      zip_stat_init(stat);
      stat->size = from.size;
      stat->comp_size = from.data.size();
      stat->crc = from.crc;
      stat->comp_method = ZIP_CM_DEFLATE;
      stat->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
      return sizeof *stat;
    }
    default:
      return -1;
  }
}

// `deflated`: null if the file is stored as it is.
bool add(zip_t* archive, const Container::File& file, Deflated* deflated) {
  std::unique_ptr<zip_source_t, SourceFree> source(
      deflated != nullptr ? zip_source_function(archive, give_deflated, deflated)
                          : zip_source_buffer(archive, file.bytes.data(), file.bytes.size(), 0));
  if (!source) return false;
  const zip_int64_t index = zip_file_add(archive, file.path.c_str(), source.get(), 0);
  if (index < 0) return false;
  static_cast<void>(source.release());  // the archive's now
  const auto at = static_cast<zip_uint64_t>(index);
  return zip_set_file_compression(archive, at, deflated != nullptr ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0 &&
         zip_file_set_dostime(archive, at, dos_time, dos_date, 0) == 0;
}

}  // namespace

std::optional<std::string> write_epub(const Container& container, diag::Sink& sink) {
  const auto fail = [&](const char* what) -> std::optional<std::string> {
    sink.report(diag::Code::E0901, {}, std::string("the EPUB's container can't be made: ") + what);
    return {};
  };
  std::deque<Deflated> deflated;  // until the archive is closed; addresses stay
  Error error;
  std::unique_ptr<zip_source_t, SourceFree> out(zip_source_buffer_create(nullptr, 0, 0, &error.value));
  if (!out) return fail(zip_error_strerror(&error.value));
  zip_source_keep(out.get());  // one for the archive, one to read the bytes from
  std::unique_ptr<zip_t, ArchiveDiscard> archive(
      zip_open_from_source(out.get(), ZIP_CREATE | ZIP_TRUNCATE, &error.value));
  if (!archive) {
    zip_source_free(out.get());
    return fail(zip_error_strerror(&error.value));
  }
  const std::unique_ptr<libdeflate_compressor, CompressorFree> compressor(libdeflate_alloc_compressor(6));
  if (!compressor) throw std::bad_alloc();
  for (const Container::File& file : container.files) {
    // EPUB 3.3, 4.2.2: mimetype is stored.
    const bool store = file.path == "mimetype" || compressed_already(file);
    Deflated* const ready = store ? nullptr : &deflated.emplace_back(deflate(compressor.get(), file.bytes));
    if (!add(archive.get(), file, ready)) return fail(zip_strerror(archive.get()));
  }
  if (zip_close(archive.get()) != 0) return fail(zip_strerror(archive.get()));
  static_cast<void>(archive.release());  // closed

  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(out.get(), &stat) != 0 || zip_source_open(out.get()) != 0) {
    return fail(zip_error_strerror(zip_source_error(out.get())));
  }
  std::string bytes(stat.size, '\0');
  const zip_int64_t read = zip_source_read(out.get(), bytes.data(), bytes.size());
  zip_source_close(out.get());
  if (read < 0 || static_cast<std::size_t>(read) != bytes.size()) return fail("its bytes can't be read back");
  return bytes;
}

}  // namespace epitome::epub
