// What the reader's tests share.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/document.hpp"
#include "reader/read_document.hpp"

namespace epitome::reader {

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// A document around `parts`.
inline std::string source_with(const std::string& parts, const std::string& lang = "en") {
  return "<summary version=\"1\" xml:lang=\"" + lang +
         "\"><work><title prefix=\"The\">Lamp</title><contributor role=\"author\">Ann Example</contributor></work>"
         "<edition><date>2024-05-31</date></edition>" +
         parts + "</summary>";
}

// Reads what must have no error; `codes` takes the warnings, which otherwise fail the test too.
inline model::Document read_good(const std::string& bytes, std::vector<std::string>* codes = nullptr) {
  const diag::SourceText source("x.xml", bytes);
  diag::Sink sink;
  std::optional<model::Document> document = read_document(source, sink);
  for (const diag::Diagnostic& d : sink.diagnostics()) {
    if (codes != nullptr && d.severity == diag::Severity::warning) {
      codes->push_back(std::string(diag::code_name(d.code)) + " " +
                       std::string(bytes.substr(d.span.offset, d.span.length)));
    } else {
      ADD_FAILURE() << diag::render(d, source, diag::Format::full);
    }
  }
  EXPECT_TRUE(document.has_value());
  return document.value_or(model::Document{});
}

}  // namespace epitome::reader
