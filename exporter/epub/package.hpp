// Book + Layout + PageMap to an EPUB 3.3 package, and the package to bytes. The only room that sees libzip.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "diag/diagnostic.hpp"
#include "model/page_map.hpp"
#include "style/layout.hpp"

namespace epitome::epub {

struct Resource {
  std::string path;  // in the container: "EPUB/story.xhtml"
  std::string media_type;
  std::string bytes;
};

// All that the container holds, in its order; `mimetype` first.
struct Package {
  std::vector<Resource> resources;
};

struct Inputs {
  const book::Book& book;
  const style::Layout& layout;
  const model::PageMap& page_map;  // without breaks: no page list
  std::string cover_jpeg;
  std::string program;  // "Epitome 0.1.0": generator
};

// A pure step: no file is read or written.
std::optional<Package> package(const Inputs& inputs, diag::Sink& sink);

// The ZIP's bytes: mimetype first and stored, fixed order, times and attributes.
std::optional<std::string> write_epub(const Package& package, diag::Sink& sink);

// The package as readable text (XML as it is, binary resources by size and hash): what goldens compare.
std::string dump_package(const Package& package);

}  // namespace epitome::epub
