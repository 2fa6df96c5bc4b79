#include "pdf/write_pdf.hpp"

#include "pdf/content.hpp"
#include "pdf/images.hpp"
#include "pdf/metadata.hpp"
#include "pdf/navigation.hpp"
#include "pdf/srgb_profile.hpp"
#include "pdf/structure.hpp"
#include "pdf/syntax.hpp"
#include "pdf/trees.hpp"

namespace epitome::pdf {
namespace {

class FileWriter {
 public:
  FileWriter(const page::Pages& pages, const Options& options, diag::Sink& sink)
      : pages_(pages), options_(options), sink_(sink) {}

  std::optional<std::string> run() {
    const std::uint32_t catalog = file_.reserve(), info = file_.reserve();
    file_.set(info, info_body(pages_.metadata, options_.producer));
    if (!fonts_.embed(pages_, file_, sink_) || !write_images()) return std::nullopt;
    write_pages();
    write_catalog(catalog);
    std::optional<std::string> out = file_.save(catalog, info);
    if (!out) sink_.report(diag::Code::E0901, {}, "the PDF could not be put together: " + file_.failure());
    return out;
  }

 private:
  bool write_images() {
    std::vector<bool> used(pages_.images.size());
    for (const page::Page& page : pages_.pages)
      for (const page::Item& item : page.items)
        if (const auto* picture = std::get_if<page::Picture>(&item.value)) used[picture->image] = true;
    images_.assign(pages_.images.size(), 0);
    for (std::size_t i = 0; i < images_.size(); ++i) {
      if (!used[i]) continue;
      images_[i] = write_image(file_, pages_.images[i], sink_);
      if (images_[i] == 0) return false;
    }
    return true;
  }

  void write_pages() {
    for (std::size_t i = 0; i < pages_.pages.size(); ++i) written_.objects.push_back(file_.reserve());
    tree_ = write_page_tree(file_, written_.objects);
    std::vector<std::vector<std::uint32_t>> annotations(pages_.pages.size());
    for (std::size_t i = 0; i < pages_.links.size(); ++i) {
      const std::uint32_t object = file_.reserve(), page = pages_.links[i].page;
      written_.links.push_back(object);
      annotations[page].push_back(object);
      write_link(file_, object, pages_, i, written_.objects[page]);
    }
    written_.marks.resize(pages_.pages.size());
    for (std::uint32_t i = 0; i < pages_.pages.size(); ++i) write_page(i, annotations[i]);
  }

  void write_page(std::uint32_t index, const std::vector<std::uint32_t>& annotations) {
    PageContent content = write_content(pages_, index, fonts_);
    written_.marks[index] = std::move(content.marks);
    const std::uint32_t stream = file_.reserve();
    file_.set_stream(stream, "", content.stream);

    std::string body = "/Type/Page/Parent ";
    put_reference(body, tree_.parents[index]);
    put_boxes(body, pages_.pages[index]);
    body += "/Resources<<";
    bool transparent = false;
    if (!content.fonts.empty()) {
      body += "/Font<<";
      for (const std::uint32_t font : content.fonts) put_resource(body, "/F", font, fonts_.objects()[font]);
      body += ">>";
    }
    if (!content.images.empty()) {
      body += "/XObject<<";
      for (const std::uint32_t image : content.images) {
        put_resource(body, "/I", image, images_[image]);
        transparent = transparent || pages_.images[image].has_alpha;
      }
      body += ">>";
    }
    body += ">>/Contents ";
    put_reference(body, stream);
    if (transparent) body += "/Group<</S/Transparency/CS/DeviceRGB>>";
    // Tabs S: the keyboard follows the structure (ISO 14289-1 7.18.3).
    if (pages_.tagged) {
      body += "/Tabs/S/StructParents ";
      put_int(body, index);
    }
    if (!annotations.empty()) {
      body += "/Annots[";
      for (const std::uint32_t annotation : annotations) {
        put_reference(body, annotation);
        body += ' ';
      }
      body += ']';
    }
    file_.set(written_.objects[index], std::move(body));
  }

  static void put_resource(std::string& body, std::string_view kind, std::uint32_t number, std::uint32_t object) {
    body += kind;
    put_int(body, number);
    body += ' ';
    put_reference(body, object);
  }

  static void put_boxes(std::string& body, const page::Page& page) {
    const Milli bleed = to_milli(page.bleed);
    const model::Rect paper = on_paper(page, page.trim);
    const Milli width = to_milli(paper.width), height = to_milli(paper.height);
    const auto box = [&](std::string_view name, Milli from, Milli right, Milli top) {
      body += name;
      for (const Milli v : {from, from, right, top}) {
        put_milli(body, v);
        body += ' ';
      }
      body.back() = ']';
    };
    box("/MediaBox[", 0, width + 2 * bleed, height + 2 * bleed);
    box("/BleedBox[", 0, width + 2 * bleed, height + 2 * bleed);
    box("/TrimBox[", bleed, width + bleed, height + bleed);
    // What viewers show and office printers fit to the sheet: without it they would take the bleed for the page.
    if (bleed != 0) box("/CropBox[", bleed, width + bleed, height + bleed);
    if (page.turned) body += "/Rotate 90";
  }

  // ISO 32000-1, table 150.
  static void put_printing(std::string& body, const style::Printing& printing) {
    using Duplex = style::Printing::Duplex;
    if (printing.actual_size) body += "/PrintScaling/None";
    switch (printing.duplex) {
      case Duplex::unsaid:
        break;
      case Duplex::no:
        body += "/Duplex/Simplex";
        break;
      case Duplex::long_edge:
        body += "/Duplex/DuplexFlipLongEdge";
        break;
      case Duplex::short_edge:
        body += "/Duplex/DuplexFlipShortEdge";
        break;
    }
    if (printing.tray_by_size) body += "/PickTrayByPDFSize true";
  }

  void write_catalog(std::uint32_t catalog) {
    std::string body = "/Type/Catalog/Pages " + reference(tree_.root);
    body += "/Lang" + text_string(pages_.metadata.lang);
    if (pages_.tagged) {
      body += "/MarkInfo<</Marked true>>/StructTreeRoot ";
      put_reference(body, write_structure(file_, pages_, written_));
    }
    body += "/ViewerPreferences<</DisplayDocTitle true";
    if (pages_.metadata.rtl) body += "/Direction/R2L";
    put_printing(body, pages_.printing);
    body += pages_.facing ? ">>/PageLayout/TwoPageRight" : ">>/PageLayout/SinglePage";
    const auto entry = [&](std::string_view before, std::uint32_t object, std::string_view after = "") {
      if (object == 0) return;
      body += before;
      put_reference(body, object);
      body += after;
    };
    entry("/Names<</Dests ", write_destinations(file_, pages_, written_.objects), ">>");
    entry("/PageMode/UseOutlines/Outlines ", write_outline(file_, pages_));
    entry("/PageLabels ", write_page_labels(file_, pages_));

    const std::uint32_t profile = file_.reserve();
    file_.set_stream(profile, "/N 3", srgb_profile());
    body +=
        "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        "/Info(sRGB IEC61966-2.1)";
    entry("/DestOutputProfile ", profile, ">>]");
    const std::uint32_t metadata = file_.reserve();
    // Not compressed, so that programs that don't read PDF find it.
    file_.set_stream(metadata, "/Type/Metadata/Subtype/XML",
                     xmp_packet(pages_.metadata, options_.producer, pages_.tagged), false);
    entry("/Metadata ", metadata);
    file_.set(catalog, std::move(body));
  }

  const page::Pages& pages_;
  const Options& options_;
  diag::Sink& sink_;
  ObjectFile file_;
  FontBook fonts_;
  std::vector<std::uint32_t> images_;  // objects, by Pages::images
  WrittenPages written_;
  PageTree tree_;
};

}  // namespace

std::optional<std::string> write_pdf(const page::Pages& pages, const Options& options, diag::Sink& sink) {
  if (!check_pages(pages, sink)) return std::nullopt;
  return FileWriter(pages, options, sink).run();
}

}  // namespace epitome::pdf
