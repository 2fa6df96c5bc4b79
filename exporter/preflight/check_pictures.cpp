// Pictures, the cover, sounds: what their first bytes say of them.
#include <fmt/format.h>
#include <png.h>

#include <algorithm>

#include "preflight/book.hpp"

namespace epitome::preflight {

namespace {

using diag::Code;

// A PNG whose pixels are looked at; they are unpacked only where they may vanish in the dark.
constexpr std::uint64_t largest_picture = std::uint64_t{16} << 20;
// Before a JPEG's frame header stand its colour profile and its metadata.
constexpr std::uint64_t start_of_picture = 512 << 10;
constexpr std::uint64_t most_unpacked = 8'000'000;  // pixels of four bytes
constexpr std::uint64_t apple_pixels = 5'600'000;
constexpr std::uint64_t kobo_bytes = 10'000'000;

struct Measured {
  std::string_view media_type;  // empty: not known
  std::uint32_t width = 0, height = 0;
  int components = 3;
  bool may_be_clear = false;
};

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < length && at + i < bytes.size(); ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// To the first frame header (ITU T.81, B.2.2).
void measure_jpeg(std::string_view bytes, Measured& out) {
  for (std::size_t at = 2; at + 9 < bytes.size();) {
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (static_cast<unsigned char>(bytes[at]) != 0xFF) return;
    if (marker == 0xFF || (marker >= 0xD0 && marker <= 0xD8)) {
      at += marker == 0xFF ? 1 : 2;
      continue;
    }
    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
      out.height = big_endian(bytes, at + 5, 2);
      out.width = big_endian(bytes, at + 7, 2);
      out.components = static_cast<int>(big_endian(bytes, at + 9, 1));
      return;
    }
    at += 2 + std::max<std::uint32_t>(2, big_endian(bytes, at + 2, 2));
  }
}

Measured measure(std::string_view bytes) {
  Measured out;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) {
    out.media_type = "image/png";
    out.width = big_endian(bytes, 16, 4);
    out.height = big_endian(bytes, 20, 4);
    const std::uint32_t type = big_endian(bytes, 25, 1);
    out.components = type == 0 || type == 4 ? 1 : 3;
    out.may_be_clear = type >= 4 || bytes.substr(0, 4096).find("tRNS") != std::string_view::npos;
  } else if (bytes.starts_with("\xFF\xD8\xFF")) {
    out.media_type = "image/jpeg";
    measure_jpeg(bytes, out);
  } else if (bytes.starts_with("GIF8") && bytes.size() > 10) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])); };
    out.media_type = "image/gif";
    out.width = byte(6) | byte(7) << 8;
    out.height = byte(8) | byte(9) << 8;
  } else if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) {
    out.media_type = "image/webp";
  } else if (bytes.starts_with("BM")) {
    out.media_type = "image/bmp";
  } else if (bytes.starts_with("II*") || bytes.starts_with("MM")) {
    out.media_type = "image/tiff";
  }
  return out;
}

// Dark strokes on nothing: nearly all that can be seen is dark, and a good part can be seen through.
bool is_dark_on_clear(const std::string& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return false;
  image.format = PNG_FORMAT_RGBA;
  if (std::uint64_t{image.width} * image.height > most_unpacked) {
    png_image_free(&image);
    return false;
  }
  std::vector<png_byte> pixels(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr) == 0) return false;
  std::size_t seen = 0, dark = 0;
  for (std::size_t at = 0; at + 3 < pixels.size(); at += 4) {
    if (pixels[at + 3] < 128) continue;
    ++seen;
    if (pixels[at] < 64 && pixels[at + 1] < 64 && pixels[at + 2] < 64) ++dark;
  }
  const std::size_t all = pixels.size() / 4;
  return seen != 0 && dark * 20 >= seen * 19 && (all - seen) * 4 >= all;
}

class PictureCheck {
 public:
  explicit PictureCheck(Check& check) : check_(check), book_(check.book) {}

  void run() {
    for (std::size_t i = 0; i < book_.items.size(); ++i) {
      const Item& item = book_.items[i];
      if (item.remote || check_.container.find(item.path) == nullptr) continue;
      if (item.is_picture()) picture(item, i == book_.cover);
      const bool opus = item.media_type.find("opus") != std::string::npos || item.media_type.starts_with("audio/ogg");
      if (opus) tell(Code::W1087, item, fmt::format("'{}' is {}", item.path, item.media_type));
    }
    for (const auto& [path, document] : book_.documents) weight(path, document);
    cover_page();
  }

 private:
  void tell(Code code, const Item& item, std::string_view text) {
    check_.findings.report(code, book_.package_path, item.span, text);
  }

  void picture(const Item& item, bool is_cover) {
    const Measured measured = measure(check_.container.read_start(item.path, start_of_picture));
    const std::string_view said = item.media_type == "image/jpg" ? std::string_view("image/jpeg") : item.media_type;
    const bool known = said == "image/png" || said == "image/jpeg" || said == "image/gif" || said == "image/webp";
    if (known && measured.media_type != said) {
      return tell(Code::E1020, item,
                  fmt::format("'{}' is said to be {}, but is {}", item.path, item.media_type,
                              measured.media_type.empty() ? "none" : measured.media_type));
    }
    const bool rare = said != "image/png" && said != "image/jpeg" && said != "image/gif";
    if (rare || (is_cover && said == "image/gif"))
      tell(Code::W1027, item, fmt::format("'{}' is {}", item.path, item.media_type));
    const std::uint64_t pixels = std::uint64_t{measured.width} * measured.height;
    if (pixels > apple_pixels)
      tell(Code::W1028, item, fmt::format("'{}' has {} × {} pixels", item.path, measured.width, measured.height));
    if (measured.components == 4 || (is_cover && measured.components == 1))
      tell(Code::W1026, item,
           fmt::format("'{}' has colours of {} component{}", item.path, measured.components,
                       measured.components == 1 ? "" : "s"));
    if (is_cover) cover(item, measured);
    if (said != "image/png" || !measured.may_be_clear || pixels > most_unpacked) return;
    std::string why;
    const std::optional<std::string> bytes = check_.container.read(item.path, largest_picture, why);
    if (bytes && is_dark_on_clear(*bytes))
      tell(Code::W1030, item, fmt::format("'{}' is dark on a transparent ground", item.path));
  }

  void cover(const Item& item, const Measured& measured) {
    if (measured.width == 0 || measured.height == 0) return;
    if (measured.width < 1200 && measured.height < 1800)
      tell(Code::W1024, item, fmt::format("the cover has {} × {} pixels", measured.width, measured.height));
    if (!book_.fixed && measured.width >= measured.height)
      tell(Code::W1025, item, fmt::format("the cover has {} × {} pixels", measured.width, measured.height));
  }

  void weight(const std::string& path, const Document& document) {
    std::uint64_t sum = 0;
    std::set<std::string_view> counted;
    for (const Use& use : document.pictures) {
      const Entry* const entry = check_.container.find(use.path);
      if (entry != nullptr && counted.insert(use.path).second) sum += std::min(entry->size, std::uint64_t{1} << 32);
    }
    if (sum > kobo_bytes)
      check_.findings.report(Code::W1029, path, document.html_span,
                             fmt::format("its pictures have {} MB", sum / 1'000'000));
  }

  // The first document, if it shows the cover and text or other pictures beside it.
  void cover_page() {
    if (book_.cover == SIZE_MAX || !book_.items[book_.cover].is_picture() || book_.spine.empty()) return;
    const auto first = book_.documents.find(book_.items[book_.spine.front()].path);
    if (first == book_.documents.end()) return;
    const Document& document = first->second;
    const auto shown = std::find_if(document.pictures.begin(), document.pictures.end(),
                                    [&](const Use& use) { return use.path == book_.items[book_.cover].path; });
    if (shown != document.pictures.end() && (document.has_text || document.pictures.size() > 1))
      check_.findings.report(Code::W1031, first->first, shown->span, "text or other pictures stand beside the cover");
  }

  Check& check_;
  Book& book_;
};

}  // namespace

void check_pictures(Check& check) { PictureCheck(check).run(); }

}  // namespace epitome::preflight
