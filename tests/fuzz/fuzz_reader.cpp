// Whatever the bytes are: read_document ends, tells of every refusal, and what it returns keeps the
// model's promises.
#include <cstdint>
#include <set>
#include <string>

#include "diag/diagnostic.hpp"
#include "model/dump.hpp"
#include "model/title.hpp"
#include "reader/read_document.hpp"
#include "require.hpp"

using namespace epitome;

namespace {

// The dump writes each id in brackets and escapes those of the text.
void require_unique_ids(const std::string& dump) {
  std::set<std::string> ids;
  for (std::size_t at = 0; (at = dump.find('[', at)) != std::string::npos; ++at) {
    // A key such as "alternative: " takes its text as it is.
    const std::size_t line = dump.rfind('\n', at) + 1;
    const std::string head = dump.substr(line, at - line);
    if (head.find(':') != std::string::npos || head.find('\\') != std::string::npos || head.ends_with("] ")) continue;
    if (head.find('[') != std::string::npos) continue;
    const std::size_t end = dump.find(']', at);
    require(ids.insert(dump.substr(at, end - at)).second, "ids are unique");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const diag::SourceText source("fuzz.xml", std::string(reinterpret_cast<const char*>(data), size));
  diag::Sink sink;
  const std::optional<model::Document> document = reader::read_document(source, sink);
  require(document.has_value() == !sink.has_errors(), "a document is returned exactly if no error was reported");
  for (const diag::Diagnostic& d : sink.diagnostics()) {
    require(d.span.offset + std::size_t{d.span.length} <= size, "a span lies in the input");
    require(d.code != diag::Code::E0901, "no fault of the program's own");
    for (const diag::Format format : {diag::Format::full, diag::Format::brief, diag::Format::json}) {
      require(diag::render(d, source, format).ends_with('\n'), "a diagnostic is whole lines");
    }
  }
  if (!document) return 0;
  const model::Edition& edition = document->edition;
  require(!document->parts.empty() && !document->work.contributors.empty(), "parts and contributors are there");
  require(!edition.lang.empty() && !edition.date.empty() && !edition.modified.empty(), "language and dates are there");
  require(!edition.identifier.empty() && edition.work_uuid.size() == 36, "identifiers are there");
  require(edition.dir != model::Direction::inherit, "the direction is resolved");
  require(!model::file_stem(document->work.title, edition.work_uuid).empty(), "a file name is there");
  require_unique_ids(model::dump_document(*document));
  return 0;
}
