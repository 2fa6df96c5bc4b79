// Whatever a document is written in, it is the same one in every other syntax and back.
#pragma once

#include "require_reading.hpp"

namespace epitome {

// What convert writes is read without an error.
inline diag::SourceText converted(const diag::SourceText& source, reader::Syntax from, reader::Syntax to) {
  diag::Sink sink;
  std::optional<std::string> written = reader::convert(source, from, to, sink);
  require(written.has_value(), "what is read can be written");
  return {"fuzz", std::move(*written)};
}

inline std::string dump_of(const diag::SourceText& source, reader::Syntax syntax) {
  diag::Sink sink;
  const std::optional<model::Document> document = reader::read_document(source, sink, syntax);
  require(document.has_value(), "what was written is read");
  return model::dump_document(*document);
}

inline void require_trip(const diag::SourceText& source, const model::Document& document, reader::Syntax syntax) {
  reader::source_texts(source, syntax)([](std::string_view text, std::span<const std::uint32_t> begins, bool) {
    require(begins.size() == text.size() + 1, "each byte has its place");
  });
  const std::string dump = model::dump_document(document);
  const diag::SourceText xml = converted(source, syntax, reader::Syntax::xml);
  require(dump_of(xml, reader::Syntax::xml) == dump, "XML says the same");
  for (const reader::Syntax other : {reader::Syntax::json, reader::Syntax::markdown}) {
    const diag::SourceText there = converted(xml, reader::Syntax::xml, other);
    require(dump_of(there, other) == dump, "every syntax says the same");
  }
}

// A document that convert makes by guesses is one that can be read; without one an error says why.
inline void require_guess(const diag::SourceText& source, reader::Syntax syntax) {
  diag::Sink sink;
  std::optional<std::string> written = reader::convert(source, syntax, reader::Syntax::xml, sink);
  require(written.has_value() != sink.has_errors(), "a document or an error");
  if (written) (void)dump_of({"fuzz", std::move(*written)}, reader::Syntax::xml);
}

}  // namespace epitome
