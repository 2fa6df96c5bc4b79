#include "reader/read_document.hpp"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <string>

#include "reader/build.hpp"
#include "reader/faults.hpp"
#include "reader/validate.hpp"
#include "reader/well_formed.hpp"

namespace epitome::reader {

namespace {

// White space between inlines counts, so nodes of white space alone are kept; the rest is as XML asks.
constexpr unsigned parse_options =
    pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;

std::optional<model::Document> read(const diag::SourceText& source, Faults& faults) {
  std::string bytes = source.bytes();
  if (!check_bytes(bytes, faults) || !check_well_formed(bytes, faults)) return {};
  const bool well_formed = !faults.has_errors();
  pugi::xml_document tree;
  const pugi::xml_parse_result result =
      tree.load_buffer_inplace(bytes.data(), bytes.size(), parse_options, pugi::encoding_utf8);
  if (!result) {
    // After a fault that was reported pugixml may stumble too; alone it must not.
    if (well_formed) {
      faults.add(diag::Code::E0901, {static_cast<std::uint32_t>(result.offset), 1},
                 fmt::format("the parser refuses what the reader let through: {}", result.description()),
                 {"report this, with the source document if you can"});
    }
    return {};
  }
  validate(tree.document_element(), source, faults);
  if (faults.has_errors()) return {};
  return build_document(tree.document_element(), source.bytes());
}

}  // namespace

std::optional<model::Document> read_document(const diag::SourceText& source, diag::Sink& sink) {
  Faults faults;
  std::optional<model::Document> document = read(source, faults);
  faults.report_to(sink);
  return document;
}

}  // namespace epitome::reader
