#include "api/images.hpp"

#include <fmt/format.h>

#include <set>

#include "image/image.hpp"
#include "model/walk.hpp"

namespace epitome::api {

namespace {

class Loader {
 public:
  Loader(const FileReader& files, image::Depth depth, diag::Sink& sink) : files_(files), depth_(depth), sink_(sink) {}

  void load(const std::string& path, diag::Span place) {
    if (images.find(path) != images.end() || !failed_.insert(path).second) return;
    std::string why_not;
    std::optional<std::string> bytes = files_(path, why_not);
    if (!bytes && why_not.empty()) {
      sink_.report(diag::Code::E0301, place, fmt::format("image '{}' not found", path),
                   {"paths start at the source document's folder"});
    } else if (!bytes && why_not == leads_outside) {
      sink_.report(diag::Code::E0305, place, fmt::format("image '{}' leads outside the document's folder", path),
                   {"put the image itself, not a symbolic link to it, into the document's folder"});
    } else if (!bytes) {
      sink_.report(diag::Code::E0302, place, fmt::format("image '{}' can't be read: {}", path, why_not),
                   {"name a file that may be read"});
    } else if (std::optional<image::Image> image = image::check_image(std::move(*bytes), path, place, sink_, depth_)) {
      images.emplace(path, std::move(*image));
      failed_.erase(path);
    }
  }

  void operator()(const model::Figure& figure) { load(figure.path, figure.path_span); }
  void operator()(const model::Line&) {}

  book::Images images;

 private:
  const FileReader& files_;
  image::Depth depth_;
  diag::Sink& sink_;
  std::set<std::string, std::less<>> failed_;  // reported once
};

// Kindle Direct Publishing refuses a cover narrower or shorter than this; other shops ask for no less.
constexpr std::uint32_t least_cover_width = 625, least_cover_height = 1000;
// A shop's shelf is made for covers of 1.5 or 1.6 (Kindle's ideal) times their width; height in 1/100 of the width.
constexpr std::uint64_t shape_min = 140, shape_max = 170;

void warn_if_unfit(const image::Image& image, const model::CoverImage& cover, diag::Sink& sink) {
  const auto warn = [&](const std::string& why) {
    sink.report(diag::Code::W0307, cover.path_span,
                fmt::format("the cover '{}' has {} × {} pixels; {}", cover.path, image.width, image.height, why),
                {"give one of 1600 × 2400 pixels, or leave <cover> out: then one is drawn from the title"});
  };
  if (image.width < least_cover_width || image.height < least_cover_height) {
    warn(fmt::format("shops refuse less than {} × {}", least_cover_width, least_cover_height));
  } else if (image.height * std::uint64_t{100} < image.width * shape_min ||
             image.height * std::uint64_t{100} > image.width * shape_max) {
    warn("shops want one 1.4 to 1.7 times as high as wide");
  }
}

}  // namespace

book::Images load_images(const model::Document& document, const FileReader& files, image::Depth depth,
                         diag::Sink& sink) {
  Loader loader(files, depth, sink);
  if (document.work.cover) {
    const model::CoverImage& cover = *document.work.cover;
    loader.load(cover.path, cover.path_span);
    const auto found = loader.images.find(cover.path);
    if (found != loader.images.end()) warn_if_unfit(found->second, cover, sink);
  }
  model::walk(document, loader);
  return std::move(loader.images);
}

}  // namespace epitome::api
