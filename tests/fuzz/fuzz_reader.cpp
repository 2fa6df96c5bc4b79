#include "require_reading.hpp"

using namespace epitome;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const diag::SourceText source("fuzz.xml", std::string(reinterpret_cast<const char*>(data), size));
  require_reading(source, reader::Syntax::xml);
  return 0;
}
