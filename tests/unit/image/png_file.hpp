// PNG files made for tests, chunk by chunk, so that each part can be spoilt.
#pragma once

#include <libdeflate.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::test {

inline void put_u32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 0xFF));
}

inline std::string png_chunk(std::string_view type, std::string_view data) {
  std::string out;
  put_u32(out, static_cast<std::uint32_t>(data.size()));
  out += type;
  out += data;
  put_u32(out, libdeflate_crc32(0, out.data() + 4, out.size() - 4));
  return out;
}

inline std::string zlib(std::string_view data) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_zlib_compress_bound(compressor, data.size()), '\0');
  out.resize(libdeflate_zlib_compress(compressor, data.data(), data.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

// Of a zlib stream that has that size.
inline std::string unpacked(std::string_view data, std::size_t size) {
  libdeflate_decompressor* decompressor = libdeflate_alloc_decompressor();
  std::string out(size, '\0');
  const bool done = libdeflate_zlib_decompress(decompressor, data.data(), data.size(), out.data(), size, nullptr) ==
                    LIBDEFLATE_SUCCESS;
  libdeflate_free_decompressor(decompressor);
  return done ? out : "damaged";
}

struct PngFile {
  std::uint32_t width = 7, height = 5;
  int bits = 8, colour = 2;
  bool interlaced = false;
  std::string before_data{};  // chunks between the header and the data
  std::string rows{};         // filtered; empty: a pattern
  std::string data{};         // compressed rows; empty: made from rows
  bool two_parts = false;     // the data in two chunks
  bool numbered = false;      // samples of less than a byte have values too, else 0

  std::uint32_t channels() const { return colour == 2 ? 3 : colour == 4 ? 2 : colour == 6 ? 4 : 1; }

  std::string header() const {
    std::string out;
    put_u32(out, width);
    put_u32(out, height);
    for (const int v : {bits, colour, 0, 0, interlaced ? 1 : 0}) out.push_back(static_cast<char>(v));
    return png_chunk("IHDR", out);
  }
  // Rows without a filter; a byte's value depends on its place.
  std::string pattern() const {
    struct Pass {
      std::uint32_t x, y, dx, dy;
    };
    std::vector<Pass> passes{{0, 0, 1, 1}};
    if (interlaced)
      passes = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    std::string out;
    for (const Pass& p : passes) {
      if (p.x >= width || p.y >= height) continue;
      const std::uint32_t columns = (width - p.x + p.dx - 1) / p.dx;
      for (std::uint32_t y = p.y; y < height; y += p.dy) {
        out.push_back(0);
        if (bits < 8) {
          for (std::uint32_t byte = 0; byte < (columns * static_cast<std::uint32_t>(bits) + 7) / 8; ++byte)
            out.push_back(numbered ? static_cast<char>((y * 8 + p.x + byte) * 57) : '\0');
          continue;
        }
        for (std::uint32_t c = 0; c < columns; ++c)
          for (std::uint32_t channel = 0; channel < channels(); ++channel)
            for (int byte = 0; byte < bits / 8; ++byte)
              out.push_back(static_cast<char>((p.x + c * p.dx) * 16 + y * 24 + channel * 60));
      }
    }
    return out;
  }
  std::string file() const {
    const std::string packed = data.empty() ? zlib(rows.empty() ? pattern() : rows) : data;
    std::string out = "\x89PNG\r\n\x1A\n" + header() + before_data;
    if (two_parts)
      out +=
          png_chunk("IDAT", packed.substr(0, packed.size() / 2)) + png_chunk("IDAT", packed.substr(packed.size() / 2));
    else
      out += png_chunk("IDAT", packed);
    return out + png_chunk("IEND", "");
  }
};

}  // namespace epitome::test
