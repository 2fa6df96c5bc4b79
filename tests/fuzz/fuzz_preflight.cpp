// Whatever the bytes are: the rules end, each finding has its place in the file that it names, and can be printed.
#include <cstdint>
#include <string>
#include <string_view>

#include "preflight/preflight.hpp"
#include "require.hpp"

using namespace epitome;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const preflight::Report report = preflight::inspect({reinterpret_cast<const char*>(data), size});
  std::size_t errors = 0, warnings = 0;
  for (const preflight::File& file : report.files) {
    const diag::SourceText source(file.path, file.bytes);
    for (const diag::Diagnostic& found : file.found) {
      ++(found.severity == diag::Severity::error ? errors : warnings);
      require(found.span.offset <= file.bytes.size(), "a place lies in its file");
      for (const diag::Format format : {diag::Format::full, diag::Format::brief, diag::Format::json})
        require(!diag::render(found, source, format).empty(), "a finding can be printed");
    }
  }
  require(errors == report.errors && warnings == report.warnings, "the findings are counted");
  return 0;
}
