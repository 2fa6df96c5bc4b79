#include "image/image.hpp"

#include <fmt/format.h>

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

}  // namespace

Pixels set_upright(Pixels pixels, int orientation) {
  if (orientation <= 1 || orientation > 8) return pixels;
  const bool turned = orientation >= 5;
  Pixels out;
  out.components = pixels.components;
  out.width = turned ? pixels.height : pixels.width;
  out.height = turned ? pixels.width : pixels.height;
  out.colour.resize(pixels.colour.size());
  out.alpha.resize(pixels.alpha.size());
  const auto n = static_cast<std::size_t>(pixels.components);
  for (std::size_t y = 0; y < out.height; ++y)
    for (std::size_t x = 0; x < out.width; ++x) {
      // Where in the stored picture the upright pixel comes from.
      std::size_t from_x = turned ? y : x, from_y = turned ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
        from_x = pixels.width - 1 - from_x;
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
        from_y = pixels.height - 1 - from_y;
      const std::size_t to = y * out.width + x, from = from_y * pixels.width + from_x;
      for (std::size_t c = 0; c < n; ++c) out.colour[to * n + c] = pixels.colour[from * n + c];
      if (!out.alpha.empty()) out.alpha[to] = pixels.alpha[from];
    }
  return out;
}

std::optional<Image> check_image(std::string bytes, std::string_view name, diag::Span place, diag::Sink& sink) {
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
  Checked checked = is_png ? check_png(bytes) : check_jpeg(bytes);
  if (checked.too_large) {
    sink.report(Code::E0304, place, fmt::format("image '{}' is too large: {}", name, size_of(checked.image)),
                {fmt::format("the limits are {} megapixels and {} pixels a side", max_pixels / 1'000'000, max_side)});
    return std::nullopt;
  }
  if (!checked.fault.empty()) {
    if (checked.unsupported)
      sink.report(Code::E0303, place, fmt::format("image '{}' is not supported: {}", name, checked.fault),
                  {"save it as an RGB or grey JPEG, or as PNG"});
    else
      sink.report(Code::E0302, place, fmt::format("image '{}' can't be read: {}", name, checked.fault),
                  {"the file is damaged: save it again from its source"});
    return std::nullopt;
  }
  if (!checked.profile.empty() && !is_srgb(checked.profile)) {
    const std::string profile = profile_name(checked.profile);
    sink.report(Code::W0306, place,
                fmt::format("image '{}' has the colour profile '{}'; its colours are taken as sRGB", name,
                            profile.empty() ? "unnamed" : profile),
                {"convert it to sRGB if its colours matter"});
  }
  Image image = std::move(checked.image);
  image.bytes = std::move(bytes);
  if (checked.orientation != 1 || checked.plain_rgb) {
    const std::optional<Pixels> pixels = decode(image, place, sink);
    if (!pixels) return std::nullopt;
    const Pixels upright = set_upright(*pixels, checked.orientation);
    image.width = upright.width;
    image.height = upright.height;
    image.bytes = encode_jpeg(upright, 92);
  }
  return image;
}

std::optional<Pixels> decode(const Image& image, diag::Span place, diag::Sink& sink) {
  Pixels pixels;
  pixels.width = image.width;
  pixels.height = image.height;
  pixels.components = image.components;
  const std::string fault = image.kind == Kind::png ? decode_png(image, pixels) : decode_jpeg(image.bytes, pixels);
  if (fault.empty()) return pixels;
  sink.report(Code::E0302, place, fmt::format("an image can't be read: {}", fault),
              {"the file is damaged: save it again from its source"});
  return std::nullopt;
}

}  // namespace epitome::image
