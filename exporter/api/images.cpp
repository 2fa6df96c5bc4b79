#include "api/images.hpp"

#include <fmt/format.h>

#include <set>

#include "image/image.hpp"

namespace epitome::api {

namespace {

class Loader {
 public:
  Loader(const FileReader& files, diag::Sink& sink) : files_(files), sink_(sink) {}

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
    } else if (std::optional<image::Image> image = image::check_image(std::move(*bytes), path, place, sink_)) {
      images.emplace(path, std::move(*image));
      failed_.erase(path);
    }
  }

  void blocks(const model::Blocks& content) {
    for (const model::Block& block : content) std::visit(*this, block.value);
  }

  // Parts.
  void operator()(const model::Hook& part) { blocks(part.content); }
  void operator()(const model::About& part) { blocks(part.content); }
  void operator()(const model::Overview& part) { blocks(part.content); }
  void operator()(const model::Takeaways& part) {
    blocks(part.introduction);
    for (const model::Takeaway& item : part.items) blocks(item.content);
  }
  void operator()(const model::Cues& part) { blocks(part.introduction); }
  void operator()(const model::Story& part) {
    blocks(part.introduction);
    for (const model::Chapter& chapter : part.chapters) blocks(chapter.content);
  }
  void operator()(const model::Questions& part) {
    blocks(part.introduction);
    for (const model::Question& item : part.items) blocks(item.answer);
  }
  void operator()(const model::Comparison& part) { blocks(part.content); }
  void operator()(const model::People& part) {
    blocks(part.introduction);
    for (const model::Person& person : part.items) blocks(person.description);
  }
  void operator()(const model::Discussion& part) { blocks(part.introduction); }
  void operator()(const model::Warnings& part) { blocks(part.introduction), blocks(part.closing); }
  void operator()(const model::Notes& part) { blocks(part.content); }
  void operator()(const model::Brand& part) { blocks(part.content); }

  // Blocks.
  void operator()(const model::Figure& figure) { load(figure.path, figure.path_span); }
  void operator()(const model::List& list) {
    for (const model::ListItem& item : list.items) blocks(item.content);
  }
  void operator()(const model::DefinitionList& list) {
    for (const model::Definition& item : list.items) blocks(item.definition);
  }
  void operator()(const model::BlockQuotation& quotation) { blocks(quotation.content); }
  void operator()(const model::Letter& letter) { blocks(letter.content); }
  void operator()(const model::Aside& aside) { blocks(aside.content); }
  void operator()(const model::Paragraph&) {}
  void operator()(const model::Table&) {}
  void operator()(const model::Verse&) {}
  void operator()(const model::Separator&) {}

  typeset::Images images;

 private:
  const FileReader& files_;
  diag::Sink& sink_;
  std::set<std::string, std::less<>> failed_;  // reported once
};

// Kindle Direct Publishing refuses a cover narrower or shorter than this; other shops ask for no less.
constexpr std::uint32_t least_cover_width = 625, least_cover_height = 1000;

void warn_if_unfit(const image::Image& image, const model::CoverImage& cover, diag::Sink& sink) {
  const auto warn = [&](const std::string& why) {
    sink.report(diag::Code::W0307, cover.path_span,
                fmt::format("the cover '{}' has {} × {} pixels; {}", cover.path, image.width, image.height, why),
                {"give one of 1600 × 2400 pixels, or leave <cover> out: then one is drawn from the title"});
  };
  if (image.width < least_cover_width || image.height < least_cover_height) {
    warn(fmt::format("shops refuse less than {} × {}", least_cover_width, least_cover_height));
  } else if (image.width > image.height) {
    warn("shops want one that is higher than wide");
  }
}

}  // namespace

typeset::Images load_images(const model::Document& document, const FileReader& files, diag::Sink& sink) {
  Loader loader(files, sink);
  if (document.work.cover) {
    const model::CoverImage& cover = *document.work.cover;
    loader.load(cover.path, cover.path_span);
    const auto found = loader.images.find(cover.path);
    if (found != loader.images.end()) warn_if_unfit(found->second, cover, sink);
  }
  for (const model::Part& part : document.parts) std::visit(loader, part.value);
  return std::move(loader.images);
}

}  // namespace epitome::api
