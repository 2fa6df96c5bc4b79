#include "image/image.hpp"

#include <fmt/format.h>

#include "diag/limits.hpp"
#include "image/convert.hpp"
#include "image/formats.hpp"

namespace epitome::image {
namespace {

using diag::Code;

constexpr std::string_view png_signature = "\x89PNG\r\n\x1A\n";

// The name of a format that we know and don't take; empty if it is none.
std::string_view other_format(std::string_view bytes) {
  const std::string_view brand = bytes.size() >= 12 ? bytes.substr(4, 8) : std::string_view{};
  if (bytes.starts_with("GIF8")) return "GIF";
  if (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP") return "WebP";
  if (bytes.starts_with(std::string_view{"II*\0", 4}) || bytes.starts_with(std::string_view{"MM\0*", 4})) return "TIFF";
  if (brand == "ftypavif" || brand == "ftypavis") return "AVIF";
  if (brand.starts_with("ftyphei") || brand == "ftypmif1") return "HEIF";
  if (bytes.starts_with(std::string_view{"\0\0\0\x0CjP  ", 8})) return "JPEG 2000";
  if (bytes.starts_with("\xFF\x0A") || bytes.starts_with(std::string_view{"\0\0\0\x0CJXL ", 8})) return "JPEG XL";
  if (bytes.starts_with("BM")) return "BMP";
  if (bytes.starts_with("%PDF-")) return "PDF";
  const std::string_view head = bytes.substr(0, 1024);
  if (head.find("<svg") != head.npos) return "SVG";
  return {};
}

std::string size_of(const Image& image) { return fmt::format("{} × {} pixels", image.width, image.height); }

bool report_size(const Checked& checked, std::string_view name, diag::Span place, diag::Sink& sink) {
  if (checked.too_large) {
    sink.report(Code::E0304, place, fmt::format("image '{}' is too large: {}", name, size_of(checked.image)),
                {fmt::format("the limits are {} megapixels and {} pixels a side", limits::image_pixels / 1'000'000,
                             limits::image_side)});
  } else if (checked.fault.empty() && !checked.why_whole.empty()) {
    sink.report(Code::E0304, place,
                fmt::format("image '{}' is too large to be {}: {}", name, checked.why_whole, size_of(checked.image)),
                {"save it upright and neither interlaced nor progressive, or smaller"});
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::optional<Image> check_image(std::string bytes, std::string_view name, diag::Span place, diag::Sink& sink,
                                 Depth depth) {
  const bool is_png = bytes.starts_with(png_signature), is_jpeg = bytes.starts_with("\xFF\xD8\xFF");
  if (!is_png && !is_jpeg) {
    const std::string_view other = other_format(bytes);
    if (bytes.empty()) {
      sink.report(Code::E0302, place, fmt::format("image '{}' is an empty file", name), {"save the picture anew"});
    } else if (!other.empty()) {
      sink.report(Code::E0303, place, fmt::format("image '{}' is {}, which is not supported", name, other),
                  {"save it as PNG or JPEG"});
    } else {
      sink.report(Code::E0303, place, fmt::format("'{}' is not an image in a format that is known", name),
                  {"images are PNG or JPEG"});
    }
    return std::nullopt;
  }
  Checked checked = is_png ? check_png(bytes) : check_jpeg(bytes, depth);
  bytes.clear();
  bytes.shrink_to_fit();
  if (report_size(checked, name, place, sink)) return std::nullopt;
  if (!checked.fault.empty() && checked.unsupported) {
    sink.report(Code::E0303, place, fmt::format("image '{}' is not supported: {}", name, checked.fault),
                {"save it as an RGB or grey JPEG, or as PNG"});
    return std::nullopt;
  }
  Image image = std::move(checked.image);
  if (checked.fault.empty() && (checked.orientation != 1 || checked.plain_rgb)) {
    checked.fault = is_png ? set_png_upright(image, checked.orientation) : set_jpeg_upright(image, checked.orientation);
  }
  if (!checked.fault.empty()) {
    sink.report(Code::E0302, place, fmt::format("image '{}' can't be read: {}", name, checked.fault),
                {"the file is damaged: save it again from its source"});
    return std::nullopt;
  }
  if (!checked.colours.empty()) {
    sink.report(Code::W0306, place,
                fmt::format("image '{}' has {}; its colours are taken as sRGB", name, checked.colours),
                {"convert it to sRGB if its colours matter"});
  }
  return image;
}

Image measure(std::string bytes) {
  Image out = bytes.starts_with(png_signature) ? measure_png(bytes) : measure_jpeg(bytes);
  out.bytes = std::move(bytes);
  return out;
}

}  // namespace epitome::image
