// Markdown and the YAML at its head: what all syntaxes promise, and the same document in the others and back.
#include "require_trip.hpp"

using namespace epitome;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const diag::SourceText source("fuzz.md", std::string(reinterpret_cast<const char*>(data), size));
  const std::optional<model::Document> document = require_reading(source, reader::Syntax::markdown);
  if (document) {
    require_trip(source, *document, reader::Syntax::markdown);
  } else {
    require_guess(source, reader::Syntax::markdown);
  }
  return 0;
}
