// The last step before the ZIP: trees become bytes, all else stays as it is.
#include <utility>

#include "sample.hpp"

namespace epitome::epub {

namespace {

Resource tree(const char* path, const char* xml) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(xml, pugi::parse_full | pugi::parse_ws_pcdata));
  return {path, std::string(content_document_type), std::move(document)};
}

}  // namespace

TEST(Serialise, KeepsOrderPathsMediaTypesAndBytes) {
  Package package;
  package.resources.push_back({"mimetype", "", "application/epub+zip"});
  package.resources.push_back(tree("EPUB/a.xhtml", "<p/>"));
  package.resources.push_back({"EPUB/b.jpg", "image/jpeg", std::string("\xFF\0\xD8", 3)});
  const Container made = serialise(std::move(package));
  ASSERT_EQ(made.files.size(), 3U);
  EXPECT_EQ(made.files[0].bytes, "application/epub+zip");
  EXPECT_EQ(made.files[1].path, "EPUB/a.xhtml");
  EXPECT_EQ(made.files[1].media_type, "application/xhtml+xml");
  EXPECT_EQ(made.files[2].bytes, std::string("\xFF\0\xD8", 3));
}

TEST(Serialise, AddsADeclarationAndNoWhiteSpaceOfItsOwn) {
  Package package;
  package.resources.push_back(tree("EPUB/a.xhtml", "<!DOCTYPE html><p id=\"x\"> a <b>&lt;&amp;</b>é\n<br/> </p>"));
  EXPECT_EQ(serialise(std::move(package)).files.at(0).bytes,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<!DOCTYPE html><p id=\"x\"> a <b>&lt;&amp;</b>é\n<br/> </p>\n");
}

TEST(Serialise, GivesEveryElementAnEndTagButWhatHtmlWritesWithoutOne) {
  Package package;
  package.resources.push_back(tree("EPUB/a.xhtml", "<p><span id=\"x\"/><img src=\"a\"/><i/></p>"));
  EXPECT_THAT(serialise(std::move(package)).files.at(0).bytes,
              testing::HasSubstr("<p><span id=\"x\"></span><img src=\"a\"/><i></i></p>"));
}

TEST(Serialise, NothingGivesAnEmptyContainer) { EXPECT_TRUE(serialise({}).files.empty()); }

}  // namespace epitome::epub
