// JPEG through libjpeg-turbo. Its error handler leaves by longjmp: the functions that call the library hold
// no C++ objects with destructors, everything lives in the caller's frame.
#include <setjmp.h>
#include <stdio.h>  // jpeglib.h needs FILE

// The library's headers come after.
#include <jerror.h>
#include <jpeglib.h>

#include <cstdlib>
#include <cstring>

#include "image/bytes.hpp"
#include "image/formats.hpp"

namespace epitome::image {
namespace {

struct ErrorManager {
  jpeg_error_mgr base;
  jmp_buf leave;
  char message[JMSG_LENGTH_MAX];
  bool strict;
};

[[noreturn]] void leave(j_common_ptr info) {
  auto* manager = reinterpret_cast<ErrorManager*>(info->err);
  manager->base.format_message(info, manager->message);
  longjmp(manager->leave, 1);
}
// Level −1 is a warning: libjpeg would go on with grey pixels where the data is cut off.
void on_message(j_common_ptr info, int level) {
  auto* manager = reinterpret_cast<ErrorManager*>(info->err);
  if (level < 0 && manager->strict) leave(info);
}
// A progressive file may ask for any number of passes over the image; none needs so many.
void on_progress(j_common_ptr info) {
  if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > 200) {
    info->err->msg_code = JERR_BAD_PROGRESSION;
    leave(info);
  }
}

void start_errors(ErrorManager& manager, bool strict) {
  jpeg_std_error(&manager.base);
  manager.base.error_exit = leave;
  manager.base.emit_message = on_message;
  manager.message[0] = '\0';
  manager.strict = strict;
}

struct Probe {
  unsigned width, height;
  int components, colour_space, error;  // error: libjpeg's message code, 0 for none
  unsigned density, density_unit;
  bool arithmetic, too_large;
};

// Reads the header, then every coded bit as far as coefficients: a file that is cut off or damaged is found as surely
// as by decoding it (libjpeg's own warnings), at half the cost. No pixel is made but those of the last row.
void probe(const unsigned char* data, unsigned long size, ErrorManager* manager, Probe* out) {
  jpeg_decompress_struct info;
  std::memset(&info, 0, sizeof info);
  info.err = &manager->base;
  jpeg_progress_mgr progress;
  std::memset(&progress, 0, sizeof progress);
  progress.progress_monitor = on_progress;
  if (setjmp(manager->leave) != 0) {
    out->error = manager->base.msg_code != 0 ? manager->base.msg_code : -1;
    jpeg_destroy_decompress(&info);
    return;
  }
  jpeg_create_decompress(&info);
  info.progress = &progress;
  jpeg_mem_src(&info, data, size);
  jpeg_read_header(&info, TRUE);
  out->width = info.image_width;
  out->height = info.image_height;
  out->components = info.num_components;
  out->colour_space = info.jpeg_color_space;
  out->arithmetic = info.arith_code;
  out->density = info.X_density;
  out->density_unit = info.density_unit;
  out->too_large = std::uint64_t{info.image_width} * info.image_height > max_pixels;
  if (info.num_components <= 3 && !info.arith_code && !out->too_large) {
    info.scale_num = 1;
    info.scale_denom = 8;
    info.dct_method = JDCT_IFAST;
    info.do_fancy_upsampling = FALSE;
    info.out_color_space = info.jpeg_color_space;
    jpeg_start_decompress(&info);
    JSAMPARRAY row = (*info.mem->alloc_sarray)(reinterpret_cast<j_common_ptr>(&info), JPOOL_IMAGE,
                                               info.output_width * static_cast<JDIMENSION>(info.output_components), 1);
    // Skipping to the very end would read no further: the last row is what makes it read all.
    if (info.output_height > 1) jpeg_skip_scanlines(&info, info.output_height - 1);
    while (info.output_scanline < info.output_height) jpeg_read_scanlines(&info, row, 1);
    jpeg_finish_decompress(&info);
  }
  jpeg_destroy_decompress(&info);
}

// `out` has room for width × height × components.
bool read_pixels(const unsigned char* data, unsigned long size, ErrorManager* manager, unsigned char* out) {
  jpeg_decompress_struct info;
  std::memset(&info, 0, sizeof info);
  info.err = &manager->base;
  if (setjmp(manager->leave) != 0) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, data, size);
  jpeg_read_header(&info, TRUE);
  info.out_color_space = info.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_start_decompress(&info);
  const std::size_t stride = std::size_t{info.output_width} * static_cast<std::size_t>(info.output_components);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = out + stride * info.output_scanline;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return true;
}

bool write_pixels(const Pixels* pixels, int quality, ErrorManager* manager, unsigned char** out, unsigned long* size) {
  jpeg_compress_struct info;
  std::memset(&info, 0, sizeof info);
  info.err = &manager->base;
  if (setjmp(manager->leave) != 0) {
    jpeg_destroy_compress(&info);
    return false;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, out, size);
  info.image_width = pixels->width;
  info.image_height = pixels->height;
  info.input_components = pixels->components;
  info.in_color_space = pixels->components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  // Full chroma at high quality, where coloured lettering would show its loss; else half of it each way.
  if (pixels->components == 3 && quality >= 90) info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(&info, TRUE);
  const std::size_t stride = std::size_t{pixels->width} * static_cast<std::size_t>(pixels->components);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row =
        reinterpret_cast<unsigned char*>(const_cast<char*>(pixels->colour.data())) + stride * info.next_scanline;
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  return true;
}

// Orientation from an Exif segment's TIFF structure (Exif 2.32, 4.6.2); 1 if it doesn't say.
int exif_orientation(std::string_view tiff) {
  if (tiff.size() < 14) return 1;
  const bool little = tiff.substr(0, 2) == "II";
  const auto u16 = [&](std::size_t at) {
    return little ? byte_at(tiff, at + 1) << 8 | byte_at(tiff, at) : read_u16(tiff, at);
  };
  const auto u32 = [&](std::size_t at) { return little ? u16(at + 2) << 16 | u16(at) : read_u32(tiff, at); };
  const std::size_t directory = u32(4);
  if (directory > tiff.size() - 2) return 1;
  const std::size_t count = u16(directory);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (entry + 12 > tiff.size()) return 1;
    if (u16(entry) != 0x0112) continue;
    const std::uint32_t value = u16(entry + 8);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

// The Exif and ICC segments before the first scan (ITU T.81 B.1.1).
void read_segments(std::string_view bytes, Checked& out) {
  constexpr std::string_view exif{"Exif\0\0", 6}, icc{"ICC_PROFILE\0", 12};
  for (std::size_t at = 2; at + 4 <= bytes.size() && byte_at(bytes, at) == 0xFF;) {
    const std::uint32_t marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == 0xDA || marker == 0xD9) return;
    const std::uint32_t length = read_u16(bytes, at + 2);
    if (length < 2 || bytes.size() - at - 2 < length) return;
    const std::string_view data = bytes.substr(at + 4, length - 2);
    if (marker == 0xE1 && data.substr(0, 6) == exif) out.orientation = exif_orientation(data.substr(6));
    // Parts come in order, as every writer makes them; two bytes say which of how many.
    if (marker == 0xE2 && data.substr(0, 12) == icc && data.size() > 14) out.profile += data.substr(14);
    at += 2 + length;
  }
}

const unsigned char* octets(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

Checked check_jpeg(std::string_view bytes) {
  Checked out;
  Probe found{};
  ErrorManager manager;
  start_errors(manager, true);
  probe(octets(bytes), bytes.size(), &manager, &found);
  out.image.kind = Kind::jpeg;
  out.image.width = found.width;
  out.image.height = found.height;
  out.image.components = found.components;
  out.too_large = found.too_large;
  if (found.error != 0) {
    out.unsupported = found.error == JERR_SOF_UNSUPPORTED || found.error == JERR_BAD_PRECISION;
    out.fault = manager.message[0] != '\0' ? manager.message : "it is damaged";
    return out;
  }
  if (found.arithmetic || found.components == 4 || found.components == 2) {
    out.unsupported = true;
    out.fault = found.arithmetic ? "a JPEG with arithmetic coding" : "a CMYK JPEG";
    return out;
  }
  if (found.density > 1)
    out.image.resolution = found.density_unit == 1   ? found.density
                           : found.density_unit == 2 ? (found.density * 254 + 50) / 100
                                                     : 0;
  out.plain_rgb = found.colour_space == JCS_RGB;
  read_segments(bytes, out);
  return out;
}

std::string decode_jpeg(std::string_view bytes, Pixels& pixels) {
  const std::size_t size = std::size_t{pixels.width} * pixels.height * static_cast<std::size_t>(pixels.components);
  pixels.colour.resize(size);
  pixels.alpha.clear();
  ErrorManager manager;
  start_errors(manager, true);
  if (read_pixels(octets(bytes), bytes.size(), &manager, reinterpret_cast<unsigned char*>(pixels.colour.data())))
    return {};
  return manager.message[0] != '\0' ? manager.message : "it is damaged";
}

std::string encode_jpeg(const Pixels& pixels, int quality) {
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  ErrorManager manager;
  start_errors(manager, false);
  const bool done = write_pixels(&pixels, quality, &manager, &bytes, &size);
  std::string out;
  if (done) out.assign(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return out;
}

}  // namespace epitome::image
