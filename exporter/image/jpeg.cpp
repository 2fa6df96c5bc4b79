// JPEG through libjpeg-turbo. Its error handler leaves by longjmp: the functions that call the library hold
// no C++ objects with destructors, everything lives in the caller's frame.
#include <setjmp.h>
#include <stdio.h>  // jpeglib.h needs FILE

// The library's headers come after.
#include <jerror.h>
#include <jpeglib.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

#include "diag/limits.hpp"
#include "image/bytes.hpp"
#include "image/formats.hpp"
#include "image/upright.hpp"

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
void on_progress(j_common_ptr info) {
  if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > limits::image_scans) {
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
  std::uint64_t coefficients;  // bytes of those that libjpeg keeps until the last scan
};

std::uint64_t coefficient_bytes(jpeg_decompress_struct& info) {
  std::uint64_t bytes = 0;
  if (!jpeg_has_multiple_scans(&info)) return 0;
  for (int i = 0; i < info.num_components; ++i) {
    const jpeg_component_info& component = info.comp_info[i];
    bytes += std::uint64_t{component.width_in_blocks} * component.height_in_blocks * sizeof(JBLOCK);
  }
  return bytes;
}

// Reads the header, then, if `depth` is whole, every coded bit as far as coefficients: a file that is damaged is found
// as surely as by decoding it (libjpeg's own warnings), at half the cost. No pixel is made but those of the last row.
void probe(const unsigned char* data, unsigned long size, Depth depth, ErrorManager* manager, Probe* out) {
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
  out->too_large = std::uint64_t{info.image_width} * info.image_height > limits::image_pixels;
  out->coefficients = coefficient_bytes(info);
  if (depth == Depth::whole && info.num_components <= 3 && !info.arith_code && !out->too_large &&
      out->coefficients <= limits::image_coefficients) {
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

class JpegRows final : public Rows {
 public:
  JpegRows(const Image& image, unsigned part)
      : Rows((image.width + part - 1) / part, image.components), bytes_(image.bytes), part_(part) {
    start_errors(manager_, true);
    std::memset(&info_, 0, sizeof info_);
    info_.err = &manager_.base;
  }
  ~JpegRows() override { jpeg_destroy_decompress(&info_); }
  JpegRows(const JpegRows&) = delete;
  JpegRows& operator=(const JpegRows&) = delete;

  bool next(unsigned char* row) override {
    if (read(row)) return true;
    if (manager_.base.msg_code == JERR_OUT_OF_MEMORY) throw std::bad_alloc();
    fault_ = manager_.message[0] != '\0' ? manager_.message : "it is damaged";
    return false;
  }

 private:
  bool read(unsigned char* row) {
    if (setjmp(manager_.leave) != 0) return false;
    if (!started_) {
      started_ = true;
      jpeg_create_decompress(&info_);
      jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size());
      jpeg_read_header(&info_, TRUE);
      info_.out_color_space = info_.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
      info_.scale_num = 1;
      info_.scale_denom = part_;
      jpeg_start_decompress(&info_);
    }
    return jpeg_read_scanlines(&info_, &row, 1) == 1;
  }

  std::string_view bytes_;
  unsigned part_;
  ErrorManager manager_;
  jpeg_decompress_struct info_;
  bool started_ = false;
};

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

const unsigned char* octets(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

Checked check_jpeg(std::string_view bytes, Depth depth) {
  Checked out;
  Probe found{};
  ErrorManager manager;
  start_errors(manager, true);
  probe(octets(bytes), bytes.size(), depth, &manager, &found);
  if (found.error == JERR_OUT_OF_MEMORY) throw std::bad_alloc();
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
  const std::uint64_t pixels = std::uint64_t{found.width} * found.height * static_cast<std::uint64_t>(found.components);
  const bool anew = out.orientation != 1 || out.plain_rgb;
  if (found.coefficients > limits::image_coefficients) {
    out.why_whole = "progressive";
  } else if (anew && found.coefficients + pixels > limits::image_whole) {
    out.why_whole = "stored turned";
  }
  if (out.too_large || !out.why_whole.empty()) return out;
  out.image.bytes = jpeg_picture(bytes);
  if (out.image.bytes.empty()) out.fault = "it is cut off, a segment's length is wrong, or it has too many scans";
  return out;
}

Image measure_jpeg(std::string_view bytes) {
  Probe found{};
  ErrorManager manager;
  start_errors(manager, false);
  probe(octets(bytes), bytes.size(), Depth::segments, &manager, &found);
  Image out;
  out.kind = Kind::jpeg;
  out.width = found.width;
  out.height = found.height;
  out.components = found.components;
  return out;
}

std::unique_ptr<Rows> jpeg_rows(const Image& image, unsigned part) { return std::make_unique<JpegRows>(image, part); }

std::string set_jpeg_upright(Image& image, int orientation) {
  JpegRows rows(image, 1);
  Upright upright(image.width, image.height, rows.stride() / image.width, orientation);
  std::vector<unsigned char> row(rows.stride());
  for (std::uint32_t y = 0; y < image.height; ++y) {
    if (!rows.next(row.data())) return rows.fault();
    upright.put(y, row.data());
  }
  image.width = upright.width();
  image.height = upright.height();
  image.bytes = encode_jpeg({image.width, image.height, image.components, std::move(upright.pixels())}, 92);
  return {};
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
