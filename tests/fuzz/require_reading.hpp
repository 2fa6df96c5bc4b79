// Whatever the bytes are and whatever they are written in: read_document ends, tells of every refusal, and what it
// returns keeps the model's promises.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "diag/diagnostic.hpp"
#include "model/dump.hpp"
#include "model/title.hpp"
#include "reader/read_document.hpp"
#include "require.hpp"

namespace epitome {

// The dump writes each id in brackets and escapes those of the text.
inline void require_unique_ids(const std::string& dump) {
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

// The document, if there is one.
inline std::optional<model::Document> require_reading(const diag::SourceText& source, reader::Syntax syntax) {
  diag::Sink sink;
  std::optional<model::Document> document = reader::read_document(source, sink, syntax);
  require(document.has_value() == !sink.has_errors(), "a document is returned exactly if no error was reported");
  for (const diag::Diagnostic& d : sink.diagnostics()) {
    require(d.span.offset + std::size_t{d.span.length} <= source.bytes().size(), "a span lies in the input");
    require(d.code != diag::Code::E0901, "no fault of the program's own");
  }
  // One of them, another for another length: to render all takes thirty times as long as to read.
  if (!sink.diagnostics().empty()) {
    const diag::Diagnostic& d = sink.diagnostics()[source.bytes().size() % sink.diagnostics().size()];
    for (const diag::Format format : {diag::Format::full, diag::Format::brief, diag::Format::json}) {
      require(diag::render(d, source, format).ends_with('\n'), "a diagnostic is whole lines");
    }
  }
  if (!document) return document;
  const model::Edition& edition = document->edition;
  require(!document->parts.empty() && !document->work.contributors.empty(), "parts and contributors are there");
  require(!edition.lang.empty() && !edition.date.empty() && !edition.modified.empty(), "language and dates are there");
  require(!edition.identifier.empty() && edition.work_uuid.size() == 36, "identifiers are there");
  require(edition.dir != model::Direction::inherit, "the direction is resolved");
  require(!model::file_stem(document->work.title, edition.work_uuid).empty(), "a file name is there");
  require_unique_ids(model::dump_document(*document));
  return document;
}

}  // namespace epitome
