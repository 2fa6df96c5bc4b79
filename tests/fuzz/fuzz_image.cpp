// Whatever the bytes are: check_image ends, tells of every refusal, and what it returns can be checked again and read
// by every path that a file takes.
#include <libdeflate.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "image/image.hpp"
#include "image/png_data.hpp"
#include "image/rows.hpp"

using namespace epitome;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

// A PNG's checksums set right: else no changed chunk would be looked into.
std::string with_checksums(std::string bytes) {
  const auto octet = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(bytes[at])}; };
  for (std::size_t at = 8; bytes.starts_with("\x89PNG") && at + 12 <= bytes.size();) {
    const std::size_t length = octet(at) << 24 | octet(at + 1) << 16 | octet(at + 2) << 8 | octet(at + 3);
    if (length > bytes.size() - at - 12) break;
    const std::uint32_t sum = libdeflate_crc32(0, bytes.data() + at + 4, 4 + length);
    for (std::size_t i = 0; i < 4; ++i) bytes[at + 8 + length + i] = static_cast<char>(sum >> (24 - 8 * i) & 0xFF);
    at += 12 + length;
  }
  return bytes;
}

void read_on(const image::Image& image) {
  diag::Sink sink;
  require(image.width > 0 && image.height > 0 && (image.components == 1 || image.components == 3), "it is measured");
  const std::optional<image::Image> again = image::check_image(image.bytes, "again", {}, sink);
  require(again && again->bytes == image.bytes && sink.diagnostics().empty(), "what was checked holds nothing else");
  // Large ones take time and tell nothing more.
  if (std::uint64_t{image.width} * image.height > 100'000) return;
  if (image.kind == image::Kind::png) png_data(image);
  const std::optional<image::Separated> parts = separate(image, {}, sink);
  require(parts.has_value() && parts->alpha.empty() != image.has_alpha, "what was checked can be read");
  const std::size_t size = std::size_t{image.width} * image.height * static_cast<std::size_t>(image.components);
  const image::Pixels grey{image.width, image.height, image.components, std::string(size, '\x80')};
  require(!encode_jpeg(grey, 80).empty(), "its size can be written");
}

void check(std::string bytes) {
  diag::Sink sink;
  const std::optional<image::Image> image = image::check_image(std::move(bytes), "fuzz.png", {0, 1}, sink);
  require(image.has_value() == !sink.has_errors(), "an image is returned exactly if no error was reported");
  for (const diag::Diagnostic& d : sink.diagnostics())
    require(d.code != diag::Code::E0901, "no fault of the program's own");
  if (image) read_on(*image);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  check(bytes);
  if (std::string repaired = with_checksums(bytes); repaired != bytes) check(std::move(repaired));
  return 0;
}
