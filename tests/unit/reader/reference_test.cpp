// The examples of source/reference.md are what they teach.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reader/vocabulary.hpp"
#include "support.hpp"

namespace epitome::reader {
namespace {

const std::string work = "<work><title>T</title><contributor role=\"author\">A</contributor></work>";
const std::string edition = "<edition><date>2024-05-31</date></edition>";
const std::string part = "<overview><p>X.</p></overview>";

std::string around(const std::string& inside) {
  return "<summary version=\"1\" xml:lang=\"en\">" + inside + "</summary>";
}

TEST(Reference, EveryExampleIsRead) {
  const std::string text = contents(std::filesystem::path(EPITOME_SOURCE_DIR) / "source/reference.md");
  const std::string fence = "```xml\n";
  std::size_t documents = 0, others = 0;
  for (std::size_t at = 0; (at = text.find(fence, at)) != std::string::npos;) {
    at += fence.size();
    const std::string example = text.substr(at, text.find("```", at) - at);
    SCOPED_TRACE(example);
    if (example.starts_with("<?xml version")) {
      read_good(example);
      ++documents;
      continue;
    }
    ++others;
    if (example.starts_with("<?xml-model")) {
      read_good(example + around(work + edition + part));
    } else if (example.starts_with("<work")) {
      read_good(around(example + edition + part));
    } else if (example.starts_with("<edition")) {
      read_good(around(work + example + part));
    } else if (example.starts_with("<hook")) {
      read_good(around(work + edition + example));
    } else {
      read_good(around(work + edition + "<overview>" + example + "</overview>"));
    }
  }
  EXPECT_EQ(documents, 1u);
  EXPECT_GE(others, 10u);
}

// An element that the reference doesn't name can't be found by those who write from it.
TEST(Reference, NamesEveryElement) {
  const std::string text = contents(std::filesystem::path(EPITOME_SOURCE_DIR) / "source/reference.md");
  for (std::size_t i = 0; i < static_cast<std::size_t>(Type::count); ++i) {
    const std::string_view name = rule(static_cast<Type>(i)).name;
    EXPECT_NE(text.find(fmt::format("<{}", name)), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace epitome::reader
