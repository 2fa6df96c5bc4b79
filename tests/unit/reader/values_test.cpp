#include "reader/values.hpp"

#include <gtest/gtest.h>

#include "reader/suggest.hpp"
#include "reader/uuid.hpp"

namespace epitome::reader {
namespace {

bool good(Value value, std::string_view text) { return !check_value(value, text).has_value(); }

// The examples of RFC 5646, appendix A, and what it calls invalid.
TEST(Language, TagsOfRfc5646) {
  for (const char* tag : {"de", "fr", "zh-Hant", "zh-cmn-Hans-CN", "yue-HK", "sr-Latn-RS", "sl-rozaj-biske",
                          "de-CH-1901", "hy-Latn-IT-arevela", "es-419", "de-CH-x-phonebk", "x-whatever",
                          "qaa-Qaaa-QM-x-southern", "en-US-u-islamcal", "en-a-myext-b-another", "EN-gb", "ja-JP"}) {
    EXPECT_TRUE(good(Value::language, tag)) << tag;
  }
  for (const char* tag : {"de-419-DE", "a-DE", "ar-a-aaa-b-bbb-a-ccc", "en-", "-en", "en--GB", "en_GB", "C",
                          "i-klingon", "us", "xx", "de-1901-1901", "en-x", "en-u", "toolongtag", "en GB"}) {
    EXPECT_FALSE(good(Value::language, tag)) << tag;
  }
}

TEST(Values, Dates) {
  EXPECT_TRUE(good(Value::day, "2024-02-29"));
  EXPECT_TRUE(good(Value::day, "2000-02-29"));
  EXPECT_FALSE(good(Value::day, "1900-02-29"));
  EXPECT_FALSE(good(Value::day, "2024-13-01"));
  EXPECT_FALSE(good(Value::day, "2024-00-01"));
  EXPECT_FALSE(good(Value::day, "2024-04-31"));
  EXPECT_FALSE(good(Value::day, "2024-1-1"));
  EXPECT_FALSE(good(Value::day, "2024"));
  EXPECT_TRUE(good(Value::published, "1818"));
  EXPECT_TRUE(good(Value::published, "-0800"));
  EXPECT_TRUE(good(Value::published, "1818-01-01"));
  EXPECT_FALSE(good(Value::published, "800"));
  EXPECT_FALSE(good(Value::published, "0000"));
}

TEST(Values, Isbn) {
  EXPECT_TRUE(good(Value::isbn, "978-1-9848-8166-3"));
  EXPECT_TRUE(good(Value::isbn, "080442957X"));
  EXPECT_FALSE(good(Value::isbn, "0804429571"));
  EXPECT_FALSE(good(Value::isbn, "9781984881664"));
  EXPECT_FALSE(good(Value::isbn, "X781984881663"));
}

TEST(Values, Links) {
  EXPECT_TRUE(good(Value::link, "https://example.org"));
  EXPECT_TRUE(good(Value::link, "HTTP://example.org/%20?q=ü#f"));
  EXPECT_TRUE(good(Value::link, "mailto:a@example.org"));
  for (const char* text : {"//example.org", "ftp://example.org", "https:", "https://", "https:///x", "mailto:a",
                           "data:x", "https://a/%2", "https://a/<", "file:///etc/passwd"}) {
    EXPECT_FALSE(good(Value::link, text)) << text;
  }
}

TEST(Values, Paths) {
  EXPECT_TRUE(good(Value::path, "fig/roof.PNG"));
  EXPECT_TRUE(good(Value::path, "..roof.jpeg"));
  const auto code = [](std::string_view path) { return check_value(Value::path, path).value().code; };
  EXPECT_EQ(code("../roof.png"), diag::Code::E0305);
  EXPECT_EQ(code("fig/.."), diag::Code::E0305);
  EXPECT_EQ(code("/roof.png"), diag::Code::E0305);
  EXPECT_EQ(code("file:roof.png"), diag::Code::E0305);
  EXPECT_EQ(code("./roof.png"), diag::Code::E0205);
  EXPECT_EQ(code("fig\\roof.png"), diag::Code::E0205);
  EXPECT_EQ(code("roof.svg"), diag::Code::E0303);
}

// The example of RFC 9562, A.4.
TEST(Uuid, Version5) {
  EXPECT_EQ(uuid_v5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(Suggest, TheNearestName) {
  EXPECT_EQ(nearest_child("headlin", rule(Type::takeaway)), "headline");
  EXPECT_EQ(nearest_child("haedline", rule(Type::takeaway)), "headline");
  EXPECT_EQ(nearest_child("chapter", rule(Type::takeaway)), "");
  EXPECT_EQ(nearest_child("stong", rule(Type::p)), "strong");
  EXPECT_EQ(nearest_child("x", rule(Type::p)), "");
  EXPECT_EQ(nearest(std::string(10000, 'a'), allowed_in(rule(Type::p))), "");
}

}  // namespace
}  // namespace epitome::reader
