// PNG (ISO/IEC 15948): chunks, checksums and compressed data checked here; pixels from libpng's simplified
// interface, which keeps its longjmp inside itself.
#include <fmt/format.h>
#include <libdeflate.h>
#include <png.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "image/bytes.hpp"
#include "image/formats.hpp"
#include "image/png_data.hpp"

namespace epitome::image {
namespace {

struct Inflater {
  Inflater() : handle(libdeflate_alloc_decompressor()) {}
  ~Inflater() { libdeflate_free_decompressor(handle); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  libdeflate_decompressor* handle;
};

struct Header {
  std::uint32_t width = 0, height = 0, bits = 0, colour = 0;
  bool interlaced = false;
  std::uint32_t channels() const { return colour == 2 ? 3 : colour == 4 ? 2 : colour == 6 ? 4 : 1; }
  std::uint64_t row_bytes(std::uint64_t columns) const { return (columns * channels() * bits + 7) / 8; }
};

struct Pass {
  std::uint32_t x, y, dx, dy;
};
// The whole image, or the seven passes of Adam7 (8.2).
constexpr Pass whole[] = {{0, 0, 1, 1}};
constexpr Pass adam7[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                          {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};

template <class F>
void for_each_pass(const Header& h, F f) {
  const Pass* passes = h.interlaced ? adam7 : whole;
  for (int i = 0, n = h.interlaced ? 7 : 1; i < n; ++i) {
    const Pass& p = passes[i];
    if (p.x >= h.width || p.y >= h.height) continue;
    const std::uint64_t columns = (h.width - p.x + p.dx - 1) / p.dx, rows = (h.height - p.y + p.dy - 1) / p.dy;
    f(h.row_bytes(columns) + 1, rows);
  }
}

std::string check_header(std::string_view data, Header& h) {
  h.width = read_u32(data, 0);
  h.height = read_u32(data, 4);
  h.bits = byte_at(data, 8);
  h.colour = byte_at(data, 9);
  h.interlaced = byte_at(data, 12) == 1;
  if (h.width == 0 || h.height == 0 || h.width > 0x7FFFFFFF || h.height > 0x7FFFFFFF)
    return "its width or height is zero or negative";
  // 11.2.2, table 11.1: allowed bit depths by colour type.
  const std::uint32_t allowed[] = {1 | 2 | 4 | 8 | 16, 0, 8 | 16, 1 | 2 | 4 | 8, 8 | 16, 0, 8 | 16};
  const bool power = h.bits != 0 && (h.bits & (h.bits - 1)) == 0;
  if (h.colour > 6 || !power || (allowed[h.colour] & h.bits) == 0)
    return fmt::format("colour type {} with {} bits doesn't exist", h.colour, h.bits);
  if (byte_at(data, 10) != 0 || byte_at(data, 11) != 0 || byte_at(data, 12) > 1)
    return "its compression, filter or interlace method is unknown";
  return {};
}

std::string check_data(const Header& h, std::string_view idat) {
  std::uint64_t expected = 0;
  for_each_pass(h, [&](std::uint64_t row, std::uint64_t rows) { expected += row * rows; });
  // Not a vector: that would touch every byte before they are written.
  const std::unique_ptr<char[]> raw(new char[expected]);
  std::size_t used = 0, made = 0;
  const Inflater inflater;
  const libdeflate_result result =
      libdeflate_zlib_decompress_ex(inflater.handle, idat.data(), idat.size(), raw.get(), expected, &used, &made);
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return "its data is longer than its size says";
  if (result != LIBDEFLATE_SUCCESS) return "its compressed data is damaged or cut off";
  if (made != expected) return "its data is shorter than its size says";
  if (used != idat.size()) return "there is something behind its compressed data";
  std::string fault;
  std::uint64_t at = 0;
  for_each_pass(h, [&](std::uint64_t row, std::uint64_t rows) {
    for (std::uint64_t y = 0; y < rows; ++y, at += row)
      if (static_cast<unsigned char>(raw[at]) > 4) fault = "a row has an unknown filter";
  });
  return fault;
}

std::string unpack_profile(std::string_view data) {
  const std::size_t name_end = data.find('\0');
  if (name_end == data.npos || data.size() < name_end + 2) return {};
  const std::string_view packed = data.substr(name_end + 2);
  constexpr std::size_t room = 1u << 20;
  const std::unique_ptr<char[]> profile(new char[room]);
  std::size_t made = 0;
  const Inflater inflater;
  const libdeflate_result result =
      libdeflate_zlib_decompress(inflater.handle, packed.data(), packed.size(), profile.get(), room, &made);
  // What can't be unpacked is not sRGB either.
  return result == LIBDEFLATE_SUCCESS ? std::string(profile.get(), made) : "?";
}

class Checker {
 public:
  explicit Checker(std::string_view bytes) : bytes_(bytes) {}

  Checked run() {
    std::size_t at = 8;
    while (out_.fault.empty() && !ended_) {
      if (bytes_.size() - at < 12) {
        out_.fault = "it is cut off";
        break;
      }
      const std::uint32_t length = read_u32(bytes_, at);
      if (length > 0x7FFFFFFF || bytes_.size() - at - 12 < length) {
        out_.fault = "it is cut off, or a chunk's length is wrong";
        break;
      }
      const std::string_view type = bytes_.substr(at + 4, 4), data = bytes_.substr(at + 8, length);
      if (libdeflate_crc32(0, type.data(), 4 + length) != read_u32(bytes_, at + 8 + length)) {
        out_.fault = "a chunk's checksum is wrong";
        break;
      }
      out_.fault = chunk(type, data);
      at += 12 + length;
    }
    if (out_.fault.empty() && !out_.too_large) out_.fault = check_data(header_, idat_);
    return std::move(out_);
  }

 private:
  std::string chunk(std::string_view type, std::string_view data) {
    if (last_.empty() != (type == "IHDR")) return "its header isn't in its place";
    const bool idat_over = !idat_.empty() && last_ != "IDAT";
    last_ = type;
    if (type == "IHDR") {
      if (data.size() != 13) return "its header has a wrong length";
      std::string fault = check_header(data, header_);
      if (fault.empty()) measure();
      return fault;
    }
    if (type == "IDAT") {
      if (idat_over) return "its data is interrupted";
      if (header_.colour == 3 && palette_ == 0) return "it has no palette";
      idat_.append(data);
      if (data.empty()) return {};
    } else if (type == "IEND") {
      ended_ = true;
      if (idat_.empty()) return "it has no data";
    } else if (type == "PLTE") {
      if (palette_ != 0 || !idat_.empty() || data.empty() || data.size() % 3 != 0 || data.size() > 768 ||
          header_.colour == 0 || header_.colour == 4)
        return "its palette is wrong";
      palette_ = data.size() / 3;
      if (header_.colour == 3 && palette_ > (1u << header_.bits)) return "its palette is too long";
    } else if (type == "tRNS") {
      const std::size_t expected = header_.colour == 0 ? 2 : header_.colour == 2 ? 6 : 0;
      const bool fits =
          header_.colour == 3 ? !data.empty() && data.size() <= palette_ : expected != 0 && data.size() == expected;
      if (!fits || !idat_.empty()) return "its transparency is wrong";
      out_.image.has_alpha = true;
    } else if (type == "pHYs") {
      // Pixels a metre, unit 1; 39.37 a metre to one an inch.
      if (data.size() == 9 && byte_at(data, 8) == 1)
        out_.image.resolution = static_cast<std::uint32_t>((std::uint64_t{read_u32(data, 0)} * 254 + 5000) / 10000);
    } else if (type == "iCCP") {
      out_.profile = unpack_profile(data);
    } else if ((byte_at(type, 0) & 0x20) == 0) {
      return "it has a critical chunk that isn't known";
    }
    return {};
  }

  void measure() {
    Image& image = out_.image;
    image.kind = Kind::png;
    image.width = header_.width;
    image.height = header_.height;
    image.bits = static_cast<int>(header_.bits);
    image.components = (header_.colour & 2) != 0 ? 3 : 1;
    image.indexed = header_.colour == 3;
    image.interlaced = header_.interlaced;
    image.has_alpha = header_.colour >= 4;
    out_.too_large = std::max(header_.width, header_.height) > max_side ||
                     std::uint64_t{header_.width} * header_.height > max_pixels ||
                     (header_.row_bytes(header_.width) + 1) * header_.height > max_unpacked;
    ended_ = out_.too_large;
  }

  std::string_view bytes_, last_;
  Checked out_;
  Header header_;
  std::string idat_;
  std::size_t palette_ = 0;
  bool ended_ = false;
};

}  // namespace

Checked check_png(std::string_view bytes) { return Checker(bytes).run(); }

PngData png_data(const Image& image) {
  PngData out;
  const std::string_view bytes = image.bytes;
  std::size_t size = 0;
  for (int pass = 0; pass < 2; ++pass) {
    if (pass == 1) out.compressed.reserve(size);
    for (std::size_t at = 8; at + 12 <= bytes.size(); at += 12 + read_u32(bytes, at)) {
      const std::string_view type = bytes.substr(at + 4, 4), data = bytes.substr(at + 8, read_u32(bytes, at));
      if (type == "IEND") break;
      if (type == "PLTE") out.palette = data;
      if (type != "IDAT") continue;
      if (pass == 0) size += data.size();
      if (pass == 1) out.compressed.append(data);
    }
  }
  return out;
}

std::string decode_png(const Image& image, Pixels& pixels) {
  png_image reader;
  std::memset(&reader, 0, sizeof reader);
  reader.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&reader, image.bytes.data(), image.bytes.size()) == 0) return reader.message;
  // Else 16 bits a component would be taken as linear light.
  reader.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  reader.format = (image.components == 3 ? PNG_FORMAT_FLAG_COLOR : 0u) | (image.has_alpha ? PNG_FORMAT_FLAG_ALPHA : 0u);
  const std::size_t colours = image.components == 3 ? 3 : 1, channels = colours + (image.has_alpha ? 1 : 0);
  const std::size_t count = std::size_t{image.width} * image.height;
  std::string buffer(count * channels, '\0');
  if (png_image_finish_read(&reader, nullptr, buffer.data(), 0, nullptr) == 0) return reader.message;
  pixels.width = image.width;
  pixels.height = image.height;
  pixels.components = static_cast<int>(colours);
  pixels.alpha.clear();
  if (!image.has_alpha) {
    pixels.colour = std::move(buffer);
    return {};
  }
  pixels.colour.resize(count * colours);
  pixels.alpha.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t c = 0; c < colours; ++c) pixels.colour[i * colours + c] = buffer[i * channels + c];
    pixels.alpha[i] = buffer[i * channels + colours];
  }
  return {};
}

}  // namespace epitome::image
