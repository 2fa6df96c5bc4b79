// PNG (ISO/IEC 15948): chunks, checksums and compressed data checked, and what isn't the picture left out.
#include <fmt/format.h>
#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "diag/limits.hpp"
#include "image/bytes.hpp"
#include "image/formats.hpp"
#include "image/png_data.hpp"
#include "image/upright.hpp"

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

void put(const Header& h, Image& image) {
  image.kind = Kind::png;
  image.width = h.width;
  image.height = h.height;
  image.bits = static_cast<int>(h.bits);
  image.components = (h.colour & 2) != 0 ? 3 : 1;
  image.indexed = h.colour == 3;
  image.interlaced = h.interlaced;
  image.has_alpha = h.colour >= 4;
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

// The compressed rows, chunk by chunk through a small window: they must have the size that the header says, and filters
// that exist.
class RowsChecker {
 public:
  ~RowsChecker() {
    if (open_) inflateEnd(&stream_);
  }
  RowsChecker() = default;
  RowsChecker(const RowsChecker&) = delete;
  RowsChecker& operator=(const RowsChecker&) = delete;

  void start(const Header& header) {
    for_each_pass(header, [&](std::uint64_t row, std::uint64_t rows) { passes_.push_back({row, rows}); });
    if (inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
    open_ = true;
  }
  std::string add(std::string_view data) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    stream_.avail_in = static_cast<uInt>(data.size());
    while (stream_.avail_in != 0) {
      if (ended_) return "there is something behind its compressed data";
      stream_.next_out = window_.data();
      stream_.avail_out = static_cast<uInt>(window_.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result == Z_MEM_ERROR) throw std::bad_alloc();
      if (result != Z_OK && result != Z_STREAM_END) return "its compressed data is damaged or cut off";
      ended_ = result == Z_STREAM_END;
      if (std::string fault = rows(window_.size() - stream_.avail_out); !fault.empty()) return fault;
    }
    return {};
  }
  std::string finish() const {
    if (!ended_) return "its compressed data is damaged or cut off";
    if (pass_ != passes_.size()) return "its data is shorter than its size says";
    return has_wrong_filter_ ? "a row has an unknown filter" : std::string();
  }

 private:
  struct PassRows {
    std::uint64_t bytes, count;
  };
  std::string rows(std::uint64_t made) {
    for (std::uint64_t at = 0; at < made;) {
      if (pass_ == passes_.size()) return "its data is longer than its size says";
      const PassRows& pass = passes_[pass_];
      has_wrong_filter_ = has_wrong_filter_ || (in_row_ == 0 && window_[at] > 4);
      const std::uint64_t step = std::min(pass.bytes - in_row_, made - at);
      at += step;
      in_row_ = (in_row_ + step) % pass.bytes;
      if (in_row_ == 0 && ++row_ == pass.count) ++pass_, row_ = 0;
    }
    return {};
  }

  z_stream stream_{};
  bool open_ = false, ended_ = false, has_wrong_filter_ = false;
  std::vector<PassRows> passes_;
  std::size_t pass_ = 0;
  std::uint64_t row_ = 0, in_row_ = 0;
  std::array<Bytef, 1 << 15> window_{};
};

std::string unpack_profile(std::string_view data) {
  const std::size_t name_end = data.find('\0');
  if (name_end == data.npos || data.size() < name_end + 2) return {};
  const std::string_view packed = data.substr(name_end + 2);
  constexpr std::size_t room = limits::image_profile;
  const std::unique_ptr<char[]> profile(new char[room]);
  std::size_t made = 0;
  const Inflater inflater;
  const libdeflate_result result =
      libdeflate_zlib_decompress(inflater.handle, packed.data(), packed.size(), profile.get(), room, &made);
  // What can't be unpacked is not sRGB either.
  return result == LIBDEFLATE_SUCCESS ? std::string(profile.get(), made) : "?";
}

// What the chunks besides the picture say of its colours (11.3.2). The first that is there counts: cICP, iCCP, sRGB,
// then gAMA and cHRM.
struct Colours {
  std::string_view cicp, iccp, gamma, primaries;
  bool srgb = false;

  std::string foreign(bool grey) const {
    if (cicp.size() == 4) return foreign_cicp();
    if (!iccp.empty()) return foreign_profile(unpack_profile(iccp));
    if (srgb) return {};
    if (gamma.size() == 4) {
      // Within 5 percent of sRGB's 1/2.2 the difference isn't seen: libpng looks no closer.
      const std::uint32_t value = read_u32(gamma, 0);
      if (value < 43182 || value > 47728) return fmt::format("a gamma of {}.{:05}", value / 100000, value % 100000);
    }
    return !grey && primaries.size() == 32 && !has_srgb_primaries() ? "primaries that aren't sRGB's" : std::string();
  }

 private:
  // H.273: BT.709's primaries, sRGB's transfer function, RGB.
  std::string foreign_cicp() const {
    if (byte_at(cicp, 0) == 1 && byte_at(cicp, 1) == 13 && byte_at(cicp, 2) == 0) return {};
    return fmt::format("the colours of H.273 {}/{}/{}", byte_at(cicp, 0), byte_at(cicp, 1), byte_at(cicp, 2));
  }
  // White, red, green, blue; in 1/100000, within 0.005.
  bool has_srgb_primaries() const {
    constexpr int expected[] = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
    for (std::size_t i = 0; i < 8; ++i) {
      if (std::abs(static_cast<std::int64_t>(read_u32(primaries, 4 * i)) - expected[i]) > 500) return false;
    }
    return true;
  }
};

class Checker {
 public:
  explicit Checker(std::string_view bytes) : bytes_(bytes) {}

  Checked run() {
    std::size_t at = 8;
    out_.image.bytes = bytes_.substr(0, at);
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
      if (is_picture(type, data)) out_.image.bytes += bytes_.substr(at, 12 + length);
      at += 12 + length;
    }
    if (!out_.fault.empty() || out_.too_large) return std::move(out_);
    out_.fault = rows_.finish();
    out_.colours = colours_.foreign(out_.image.components == 1);
    measure_whole();
    return std::move(out_);
  }

 private:
  // Nothing else goes on: what the other chunks say is in the picture by now, or for nobody's eyes.
  bool is_picture(std::string_view type, std::string_view data) const {
    return type == "IHDR" || type == "IDAT" || type == "IEND" || type == "tRNS" ||
           (type == "PLTE" && header_.colour == 3) || (type == "pHYs" && data.size() == 9);
  }

  std::string chunk(std::string_view type, std::string_view data) {
    if (last_.empty() != (type == "IHDR")) return "its header isn't in its place";
    const bool idat_over = has_data_ && last_ != "IDAT";
    last_ = type;
    if (type == "IHDR") return header(data);
    if (type == "IDAT") {
      if (idat_over) return "its data is interrupted";
      if (header_.colour == 3 && palette_ == 0) return "it has no palette";
      has_data_ = has_data_ || !data.empty();
      return rows_.add(data);
    }
    if (type == "IEND") {
      ended_ = true;
      return has_data_ ? std::string() : "it has no data";
    }
    if (type == "PLTE") return palette(data);
    if (type == "tRNS") return transparency(data);
    if ((byte_at(type, 0) & 0x20) == 0) return "it has a critical chunk that isn't known";
    ancillary(type, data);
    return {};
  }

  std::string header(std::string_view data) {
    if (data.size() != 13) return "its header has a wrong length";
    std::string fault = check_header(data, header_);
    if (!fault.empty()) return fault;
    measure();
    if (!out_.too_large) rows_.start(header_);
    return {};
  }

  std::string palette(std::string_view data) {
    if (palette_ != 0 || has_data_ || data.empty() || data.size() % 3 != 0 || data.size() > 768 ||
        header_.colour == 0 || header_.colour == 4)
      return "its palette is wrong";
    palette_ = data.size() / 3;
    return header_.colour == 3 && palette_ > (1u << header_.bits) ? "its palette is too long" : std::string();
  }

  std::string transparency(std::string_view data) {
    const std::size_t expected = header_.colour == 0 ? 2 : header_.colour == 2 ? 6 : 0;
    const bool fits =
        header_.colour == 3 ? !data.empty() && data.size() <= palette_ : expected != 0 && data.size() == expected;
    if (!fits || has_data_ || out_.image.has_alpha) return "its transparency is wrong";
    out_.image.has_alpha = true;
    return {};
  }

  void ancillary(std::string_view type, std::string_view data) {
    if (type == "pHYs") {
      // Pixels a metre, unit 1; 39.37 a metre to one an inch.
      if (data.size() == 9 && byte_at(data, 8) == 1)
        out_.image.resolution = static_cast<std::uint32_t>((std::uint64_t{read_u32(data, 0)} * 254 + 5000) / 10000);
    } else if (type == "eXIf") {
      out_.orientation = exif_orientation(data);
    } else if (type == "sRGB") {
      colours_.srgb = true;
    } else if (type == "cICP") {
      colours_.cicp = data;
    } else if (type == "iCCP") {
      colours_.iccp = data;
    } else if (type == "gAMA") {
      colours_.gamma = data;
    } else if (type == "cHRM") {
      colours_.primaries = data;
    }
  }

  void measure() {
    put(header_, out_.image);
    out_.too_large = std::max(header_.width, header_.height) > limits::image_side ||
                     std::uint64_t{header_.width} * header_.height > limits::image_pixels ||
                     (header_.row_bytes(header_.width) + 1) * header_.height > limits::image_unpacked;
    ended_ = out_.too_large;
  }

  // Turned or interlaced, its samples are whole in memory; both: twice.
  void measure_whole() {
    const Image& image = out_.image;
    const bool turned = out_.orientation != 1;
    const std::uint64_t stored = header_.channels() * (header_.bits == 16 ? 2u : 1u) * (image.interlaced ? 2u : 1u);
    const std::uint64_t shown = static_cast<std::uint64_t>(image.components) + (image.has_alpha ? 1u : 0u);
    const std::uint64_t needed = turned ? stored : image.interlaced ? shown : 0;
    if (needed * image.width * image.height > limits::image_whole)
      out_.why_whole = image.interlaced ? "interlaced" : "stored turned";
  }

  std::string_view bytes_, last_;
  Checked out_;
  Header header_;
  Colours colours_;
  RowsChecker rows_;
  std::size_t palette_ = 0;
  bool has_data_ = false, ended_ = false;
};

}  // namespace

Checked check_png(std::string_view bytes) { return Checker(bytes).run(); }

Image measure_png(std::string_view bytes) {
  Image out;
  Header header;
  (void)check_header(bytes.substr(16), header);
  put(header, out);
  for (std::size_t at = 8; at + 12 <= bytes.size(); at += 12 + read_u32(bytes, at)) {
    const std::string_view type = bytes.substr(at + 4, 4);
    out.has_alpha = out.has_alpha || type == "tRNS";
    if (type == "IDAT") break;
  }
  return out;
}

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
      if (type == "tRNS") out.transparency = data;
      if (type != "IDAT") continue;
      if (pass == 0) size += data.size();
      if (pass == 1) out.compressed.append(data);
    }
  }
  return out;
}

}  // namespace epitome::image
