// What the tests of this room share: a document from source text, its package, one of its files.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "book/book.hpp"
#include "epub/package.hpp"
#include "reader/read_document.hpp"
#include "style/read_language.hpp"
#include "style/read_layout.hpp"

namespace epitome::epub {

inline std::string source(std::string_view parts, std::string_view attributes = "xml:lang=\"en-GB\"",
                          std::string_view edition = {}) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<summary version=\"1\" ";
  out += attributes;
  out +=
      "><work><title prefix=\"The\">Lamp</title><subtitle>A tale</subtitle>"
      "<contributor role=\"author\" sort=\"Writer, Ann\">Ann Writer</contributor>"
      "<contributor role=\"illustrator\">Ida Drawer</contributor><series number=\"3\">Lights</series>"
      "<subject>Lamps</subject></work><edition><date>2026-11-22</date>";
  out += edition;
  out += "</edition>";
  out += parts;
  return out + "</summary>\n";
}

// A document with all that its package needs; the page map is empty until a test adds to it.
struct Sample {
  diag::Sink sink;
  std::unique_ptr<model::Document> document;
  style::Layout layout;
  style::Language language;
  book::Images images;
  model::PageMap page_map;

  explicit Sample(std::string_view parts, std::string_view attributes = "xml:lang=\"en-GB\"",
                  std::string_view edition = {}) {
    const diag::SourceText text("sample.xml", source(parts, attributes, edition));
    std::optional<model::Document> read = reader::read_document(text, sink);
    for (const diag::Diagnostic& d : sink.diagnostics()) {
      ADD_FAILURE() << diag::render(d, text, diag::Format::full);
    }
    if (!read) throw std::runtime_error("the sample is not valid");
    document = std::make_unique<model::Document>(std::move(*read));
    language = style::read_language(document->edition.lang, EPITOME_SOURCE_DIR, sink).value();
    layout = style::read_layout("book", EPITOME_SOURCE_DIR, sink).value();
    page_map.source = "urn:uuid:00000000-0000-5000-8000-000000000001";
  }

  std::optional<Package> make() {
    const auto made = book::prepare(*document, language, images, sink);
    return package({*made, layout, page_map, "JPEG", image::Kind::jpeg, "Epitome 1.2.3"}, sink);
  }

  // Its files as bytes; none, and a failure, if there is no package.
  Container container() {
    std::optional<Package> made = make();
    if (made) return serialise(std::move(*made));
    ADD_FAILURE() << "no package: " << (sink.diagnostics().empty() ? "" : sink.diagnostics().back().message);
    return {};
  }

  // The text of one file; a failure if there is no package or no such file.
  std::string file(std::string_view path) {
    for (const Container::File& file : container().files) {
      if (file.path == path) return file.bytes;
    }
    ADD_FAILURE() << "no file " << path;
    return {};
  }
};

// As a page break is written.
inline std::string page(std::string_view label) {
  std::string l(label);
  return "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page--" + l + "\" aria-label=\"" + l + "\"></span>";
}

}  // namespace epitome::epub
