#include <zip.h>

#include <cstring>
#include <memory>

#include "epub/package.hpp"

namespace epitome::epub {

namespace {

struct SourceFree {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct ArchiveDiscard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
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
  return file.media_type == "image/jpeg" || file.media_type == "image/png";
}

bool add(zip_t* archive, const Container::File& file) {
  std::unique_ptr<zip_source_t, SourceFree> source(zip_source_buffer(archive, file.bytes.data(), file.bytes.size(), 0));
  if (!source) return false;
  const zip_int64_t index = zip_file_add(archive, file.path.c_str(), source.get(), 0);
  if (index < 0) return false;
  static_cast<void>(source.release());  // the archive's now
  const auto at = static_cast<zip_uint64_t>(index);
  // EPUB 3.3, 4.2.2: mimetype is stored.
  const bool store = file.path == "mimetype" || compressed_already(file);
  return zip_set_file_compression(archive, at, store ? ZIP_CM_STORE : ZIP_CM_DEFLATE, store ? 0 : 9) == 0 &&
         zip_file_set_dostime(archive, at, dos_time, dos_date, 0) == 0;
}

}  // namespace

std::optional<std::string> write_epub(const Container& container, diag::Sink& sink) {
  const auto fail = [&](const char* what) -> std::optional<std::string> {
    sink.report(diag::Code::E0901, {}, std::string("the EPUB's container can't be made: ") + what);
    return {};
  };
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
  for (const Container::File& file : container.files) {
    if (!add(archive.get(), file)) return fail(zip_strerror(archive.get()));
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
