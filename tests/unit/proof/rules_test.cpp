#include "proof/rules.hpp"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <filesystem>
#include <pugixml.hpp>

namespace epitome::proof {

// The program compiles a pattern when a text needs it: a wrong one would find nothing, and nobody would hear of it.
TEST(Rules, AllPatternsCompile) {
  int patterns = 0;
  for (const auto& file : std::filesystem::directory_iterator(EPITOME_SOURCE_DIR "/layouts/checks")) {
    pugi::xml_document xml;
    ASSERT_TRUE(xml.load_file(file.path().c_str())) << file.path();
    for (const pugi::xml_node rule : xml.child("checks").children("rule")) {
      for (const char* const name : {"pattern", "unless", "needs"}) {
        if (!rule.attribute(name)) continue;
        const RE2 expression(rule.attribute(name).value(), RE2::Quiet);
        EXPECT_TRUE(expression.ok()) << file.path() << ", " << rule.attribute("name").value() << ": "
                                     << expression.error();
        ++patterns;
      }
    }
  }
  EXPECT_GT(patterns, 100);
}

}  // namespace epitome::proof
