// Book + Layout + PageMap to an EPUB 3.3, in three steps: package() makes it as trees, serialise() their bytes,
// write_epub() the ZIP of them. A flavour for one kind of reader (with a span around each sentence, say) is a function
// from Package to Package between the first two; it finds content documents, package document and style sheets by
// their media types.
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "book/book.hpp"
#include "diag/diagnostic.hpp"
#include "image/image.hpp"
#include "model/page_map.hpp"
#include "style/layout.hpp"

namespace epitome::epub {

inline constexpr std::string_view content_document_type = "application/xhtml+xml";

struct Resource {
  // Content documents, package document and NCX are trees; style sheets, pictures and all else are bytes.
  using Content = std::variant<std::string, pugi::xml_document>;
  std::string path;  // in the container: "EPUB/story.xhtml"
  std::string media_type;
  Content content;
};

// All that the container will hold, in its order; `mimetype` first.
struct Package {
  std::vector<Resource> resources;
};

// The files of a package as bytes, in the same order (EPUB 3.3, 4.2: the OCF abstract container).
struct Container {
  struct File {
    std::string path, media_type, bytes;
  };
  std::vector<File> files;
};

struct Inputs {
  const book::Book& book;
  const style::Layout& layout;
  const model::PageMap& page_map;  // without breaks: no page list
  std::string cover;               // its file's bytes
  image::Kind cover_kind = image::Kind::png;
  std::string program;      // "Epitome 0.1.0": generator
  bool read_aloud = false;  // it will have overlays (read_aloud.hpp)
};

// A pure step: no file is read or written. E0901, and nothing, if a page or a cross-reference finds no place.
std::optional<Package> package(const Inputs& inputs, diag::Sink& sink);

// The package's trees as XML in UTF-8.
Container serialise(Package package);

// The ZIP's bytes: mimetype first and stored, fixed order, times and attributes. E0901 if libzip refuses.
std::optional<std::string> write_epub(const Container& container, diag::Sink& sink);

// The container as readable text (XML as it is, pictures by size and hash): what goldens compare.
std::string dump_container(const Container& container);

}  // namespace epitome::epub
