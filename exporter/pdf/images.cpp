#include "pdf/images.hpp"

#include <fmt/format.h>

#include <iterator>

#include "image/png_data.hpp"
#include "image/rows.hpp"
#include "pdf/syntax.hpp"

namespace epitome::pdf {
namespace {

std::string entries(const image::Image& image, int bits, std::string_view space) {
  return fmt::format("/Type/XObject/Subtype/Image/Width {}/Height {}/BitsPerComponent {}/ColorSpace{}", image.width,
                     image.height, bits, space);
}

std::string_view device_space(int components) { return components == 1 ? "/DeviceGray" : "/DeviceRGB"; }

std::uint32_t pass_png(ObjectFile& file, const image::Image& image) {
  image::PngData png = png_data(image);
  std::string space(device_space(image.components));
  if (image.indexed) {
    space = fmt::format("[/Indexed/DeviceRGB {}<", png.palette.size() / 3 - 1);
    for (const char c : png.palette)
      fmt::format_to(std::back_inserter(space), "{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    space += ">]";
  }
  // Predictor 15: rows with PNG's own filters.
  const std::uint32_t object = file.reserve();
  file.set_encoded_stream(
      object,
      entries(image, image.bits, space) +
          fmt::format("/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {}/BitsPerComponent {}/Columns {}>>",
                      image.indexed ? 1 : image.components, image.bits, image.width),
      std::move(png.compressed));
  return object;
}

}  // namespace

std::uint32_t write_image(ObjectFile& file, const image::Image& image, diag::Sink& sink) {
  if (image.kind == image::Kind::jpeg) {
    const std::uint32_t object = file.reserve();
    file.set_encoded_stream(object, entries(image, 8, device_space(image.components)) + "/Filter/DCTDecode",
                            image.bytes);
    return object;
  }
  if (!image.interlaced && !image.has_alpha) return pass_png(file, image);
  std::optional<image::Separated> parts = image::separate(image, {}, sink);
  if (!parts) return 0;
  const std::uint32_t object = file.reserve();
  std::string body = entries(image, 8, device_space(image.components)) + "/Filter/FlateDecode";
  if (image.has_alpha) {
    const std::uint32_t mask = file.reserve();
    file.set_encoded_stream(mask, entries(image, 8, "/DeviceGray") + "/Filter/FlateDecode", std::move(parts->alpha));
    body += "/SMask " + reference(mask);
  }
  file.set_encoded_stream(object, std::move(body), std::move(parts->colour));
  return object;
}

}  // namespace epitome::pdf
