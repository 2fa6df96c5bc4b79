#include "pdf/deflate.hpp"

#include <libdeflate.h>

#include <new>

namespace epitome::pdf {

Deflater::~Deflater() {
  if (compressor_ != nullptr) libdeflate_free_compressor(compressor_);
}

std::string Deflater::deflate(std::string_view data) {
  if (compressor_ == nullptr) compressor_ = libdeflate_alloc_compressor(6);
  if (compressor_ == nullptr) throw std::bad_alloc();
  std::string out(libdeflate_zlib_compress_bound(compressor_, data.size()), '\0');
  out.resize(libdeflate_zlib_compress(compressor_, data.data(), data.size(), out.data(), out.size()));
  return out;
}

std::uint32_t crc32_of(std::string_view data) { return libdeflate_crc32(0, data.data(), data.size()); }

}  // namespace epitome::pdf
