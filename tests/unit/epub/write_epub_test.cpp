// The container's bytes, field by field (APPNOTE 4.3.7; EPUB 3.3, 4.2).
#include "sample.hpp"

namespace epitome::epub {

namespace {

unsigned at16(const std::string& bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes.at(at)) | static_cast<unsigned>(static_cast<unsigned char>(bytes.at(at + 1)))
                                                        << 8;
}

Container three_files() {
  Container container;
  container.files = {{"mimetype", "", "application/epub+zip"},
                     {"EPUB/a.xhtml", "application/xhtml+xml", std::string(4000, 'a')},
                     {"EPUB/b.jpg", "image/jpeg", std::string(4000, 'b')}};
  return container;
}

}  // namespace

TEST(WriteEpub, StartsWithTheStoredMimetypeWithoutExtraField) {
  diag::Sink sink;
  const std::string bytes = write_epub(three_files(), sink).value();
  EXPECT_EQ(bytes.substr(0, 4), "PK\x03\x04");
  EXPECT_EQ(at16(bytes, 6) & 0x0008u, 0U) << "sizes stand in the header";
  EXPECT_EQ(at16(bytes, 8), 0U) << "stored";
  EXPECT_EQ(at16(bytes, 28), 0U) << "no extra field";
  EXPECT_EQ(bytes.substr(30, 28), "mimetypeapplication/epub+zip");
}

TEST(WriteEpub, HasNoExtraFieldsAndOneTimeEverywhere) {
  diag::Sink sink;
  const std::string bytes = write_epub(three_files(), sink).value();
  std::size_t headers = 0;
  for (std::size_t at = bytes.find("PK\x01\x02"); at != std::string::npos; at = bytes.find("PK\x01\x02", at + 4)) {
    ++headers;
    EXPECT_EQ(at16(bytes, at + 12), 0U) << "midnight";
    EXPECT_EQ(at16(bytes, at + 14), 0x21U) << "1 January 1980";
    EXPECT_EQ(at16(bytes, at + 30), 0U) << "extra field";
  }
  EXPECT_EQ(headers, 3U);
}

TEST(WriteEpub, DeflatesTextAndStoresPictures) {
  diag::Sink sink;
  const std::string bytes = write_epub(three_files(), sink).value();
  EXPECT_EQ(bytes.find(std::string(4000, 'a')), std::string::npos);
  EXPECT_NE(bytes.find(std::string(4000, 'b')), std::string::npos);
}

TEST(WriteEpub, TheSamePackageGivesTheSameBytes) {
  diag::Sink sink;
  EXPECT_EQ(write_epub(three_files(), sink), write_epub(three_files(), sink));
  Sample one("<overview><p>Text.</p></overview>"), two("<overview><p>Text.</p></overview>");
  EXPECT_EQ(write_epub(one.container(), one.sink), write_epub(two.container(), two.sink));
}

TEST(WriteEpub, APathTwiceIsAFault) {
  diag::Sink sink;
  Container container = three_files();
  container.files.push_back(container.files.back());
  EXPECT_FALSE(write_epub(container, sink));
  EXPECT_TRUE(sink.has_errors());
}

}  // namespace epitome::epub
