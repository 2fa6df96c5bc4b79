// Besides what all syntaxes promise: a document in JSON is the same one in the others and back.
#include "require_trip.hpp"

using namespace epitome;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const diag::SourceText source("fuzz.json", std::string(reinterpret_cast<const char*>(data), size));
  const auto pointer = reader::pointers(source, reader::Syntax::json);
  for (const std::size_t at : {std::size_t{0}, size / 2, size}) (void)pointer(static_cast<std::uint32_t>(at));
  const std::optional<model::Document> document = require_reading(source, reader::Syntax::json);
  if (document) {
    require_trip(source, *document, reader::Syntax::json);
  } else {
    require_guess(source, reader::Syntax::json);
  }
  return 0;
}
