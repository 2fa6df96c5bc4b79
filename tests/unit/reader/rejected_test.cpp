// Every file of tests/suite/rejected is refused for what its table says, and for nothing else.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "reader/read_document.hpp"
#include "support.hpp"

namespace epitome::reader {
namespace {

const std::filesystem::path folder = std::filesystem::path(EPITOME_SOURCE_DIR) / "tests/suite/rejected";

struct Row {
  std::string file, stage, code, place, message;
};

// The fields of the table: file, stage, schema, code, line, column, message.
std::vector<Row> table() {
  std::vector<Row> rows;
  std::istringstream lines(contents(folder / "expected.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> fields;
    std::istringstream split(line);
    for (std::string field; std::getline(split, field, '\t');) fields.push_back(field);
    if (fields.size() != 7) {
      ADD_FAILURE() << "a row has seven fields: " << line;
      continue;
    }
    EXPECT_TRUE(fields[1] == "reader" || fields[1] == "program") << line;
    EXPECT_TRUE(fields[2] == "valid" || fields[2] == "invalid") << line;
    rows.push_back({fields[0], fields[1], fields[3], fields[4] + ":" + fields[5], fields[6]});
  }
  return rows;
}

TEST(Rejected, EachFileForWhatTheTableSays) {
  std::map<std::string, std::vector<Row>> expected;
  for (const Row& row : table()) expected[row.file].push_back(row);
  ASSERT_GE(expected.size(), 70u);
  for (const auto& [file, rows] : expected) {
    SCOPED_TRACE(file);
    const diag::SourceText source(file, contents(folder / file));
    diag::Sink sink;
    if (rows.front().stage == "program") {  // suite.rejected runs the program on it
      EXPECT_TRUE(read_document(source, sink, syntax_of(file)).has_value());
      EXPECT_TRUE(sink.diagnostics().empty());
      continue;
    }
    EXPECT_FALSE(read_document(source, sink, syntax_of(file)).has_value());
    EXPECT_TRUE(sink.has_errors());
    std::vector<std::string> want, got;
    for (const Row& row : rows) want.push_back(fmt::format("{} {} {}", row.code, row.place, row.message));
    for (const diag::Diagnostic& d : sink.diagnostics()) {
      const diag::Place place = source.place(d.span.offset);
      got.push_back(fmt::format("{} {}:{} {}", diag::code_name(d.code), place.line, place.column, d.message));
    }
    ASSERT_EQ(got.size(), want.size()) << ::testing::PrintToString(got);
    for (std::size_t i = 0; i < got.size(); ++i) EXPECT_THAT(got[i], ::testing::StartsWith(want[i]));
  }
}

TEST(Rejected, TableNamesEveryFileOfTheFolder) {
  std::set<std::string> named, there;
  for (const Row& row : table()) named.insert(row.file);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() != ".tsv") there.insert(entry.path().filename());
  }
  EXPECT_EQ(named, there);
}

// Whatever is found, it can be printed: no span leads outside the input.
TEST(Rejected, EveryDiagnosticCanBePrinted) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    SCOPED_TRACE(entry.path().filename());
    const diag::SourceText source(entry.path().filename(), contents(entry.path()));
    diag::Sink sink;
    read_document(source, sink, syntax_of(source.name()));
    for (const diag::Diagnostic& d : sink.diagnostics()) {
      EXPECT_LE(d.span.offset + std::size_t{d.span.length}, source.bytes().size());
      EXPECT_FALSE(d.message.empty());
      EXPECT_THAT(diag::render(d, source, diag::Format::full), ::testing::EndsWith("\n"));
    }
  }
}

}  // namespace
}  // namespace epitome::reader
