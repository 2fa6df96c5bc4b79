#include "reader/values.hpp"

#include <gtest/gtest.h>

#include "reader/suggest.hpp"

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

// What the URL standard's grammar and EPUBCheck make of hosts and ports.
TEST(Values, HostsOfLinks) {
  for (const char* host :
       {"example.org.", "a_b.example", "-a.example", "ab--c.example", "bücher.example", "日本.example",
        "ΕΛΛΆΔΑ.example", "xn--bcher-kva.example", "עברית.example", "192.0.2.1", "[::1]", "[2001:db8::1]",
        "[::ffff:192.0.2.1]", "localhost", "example.org:", "example.org:080", "[::1]:65535"}) {
    EXPECT_TRUE(good(Value::link, std::string("https://") + host)) << host;
    EXPECT_TRUE(good(Value::link, std::string("http://") + host + "/#a")) << host;
  }
  const std::string long_label(64, 'a');
  for (const char* host : {"a..b",
                           ".a",
                           "a..",
                           ".",
                           "xn--0.example",
                           "xn--",
                           "a b",
                           "a^b",
                           "a%41b",
                           "256.1.1.1",
                           "1.2.3",
                           "example.0x1",
                           "[::1",
                           "[]",
                           "[::1]a",
                           "[1::2::3]",
                           "[fe80::1%25eth0]",
                           "::1",
                           ":80",
                           "example.org:65536",
                           "example.org:8a",
                           "ann@example.org",
                           "ann:word@example.org",
                           "@a",
                           "a\u00ADb",
                           "\u0301a.example",
                           "אa.example",
                           long_label.c_str()}) {
    EXPECT_FALSE(good(Value::link, std::string("https://") + host)) << host;
    EXPECT_FALSE(good(Value::link, std::string("https://") + host + "/")) << host;
  }
}

TEST(Values, CharactersOfLinks) {
  const auto hint = [](std::string_view text) { return check_value(Value::link, text).value().hint; };
  const std::string path = "https://example.org/";
  for (const char* tail :
       {"!$&'()*+,-.;=:@_~/a//b", "?a=b?c/d", "#?a/b:@", "%5Ba%5d", "ü日本\u200C😀", "?", "#", "../.."})
    EXPECT_TRUE(good(Value::link, path + tail)) << tail;
  EXPECT_EQ(hint(path + "a b"), "a space is written %20");
  EXPECT_EQ(hint(path + "[1]"), "'[' is written %5B");
  EXPECT_EQ(hint(path + "?a|b"), "'|' is written %7C");
  EXPECT_EQ(hint(path + "a\\b"), "names in a path are parted by '/'; a backslash itself is written %5C");
  EXPECT_EQ(hint(path + "\u202Eb"), "U+202E can't be seen: remove it, or write %E2%80%AE");
  for (const char* tail : {"%", "%4", "%zz"})
    EXPECT_EQ(hint(path + tail), "an escape is '%' and two of 0–9, A–F; a percent sign itself is written %25") << tail;
  EXPECT_EQ(hint(path + "#a#b"), "the first '#' begins the fragment; another one is written %23");
  EXPECT_EQ(hint("doi:10.1000/182"), "a DOI is followed as https://doi.org/10.…");
}

TEST(Values, Mailboxes) {
  for (const char* text :
       {"mailto:a+b@example.org", "mailto:a@example.org,b@example.net?subject=x%20y&cc=c@example.org",
        "mailto:?to=a@example.org", "mailto:ü@bücher.example", "mailto:a%40b@example.org"})
    EXPECT_TRUE(good(Value::link, text)) << text;
  for (const char* text : {"mailto:", "mailto:a@", "mailto:@b", "mailto:a@b,", "mailto:a@b..c", "mailto:a@[192.0.2.1]",
                           "mailto:\"a b\"@c", "mailto:a@b?x[y]", "mailto:?subject=x"})
    EXPECT_FALSE(good(Value::link, text)) << text;
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

TEST(Values, Conformance) {
  EXPECT_TRUE(good(Value::conformance, "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"));
  EXPECT_TRUE(good(Value::conformance, "EPUB Accessibility 1.2 - WCAG 2.0 Level A"));
  EXPECT_FALSE(good(Value::conformance, "WCAG 2.2 Level AA"));
  EXPECT_FALSE(good(Value::conformance, "EPUB Accessibility 1.1 - WCAG 2.3 Level AA"));
  EXPECT_FALSE(good(Value::conformance, "EPUB Accessibility 1.1 - WCAG 2.2 Level AA "));
}

TEST(Suggest, TheNearestName) {
  EXPECT_EQ(nearest_child("headlin", rule(Type::takeaway)), "headline");
  EXPECT_EQ(nearest_child("haedline", rule(Type::takeaway)), "headline");
  EXPECT_EQ(nearest_child("chapter", rule(Type::takeaway)), "");
  EXPECT_EQ(nearest_child("stong", rule(Type::p)), "strong");
  EXPECT_EQ(nearest_child("x", rule(Type::p)), "");
  EXPECT_EQ(diag::nearest(std::string(10000, 'a'), allowed_in(rule(Type::p))), "");
}

}  // namespace
}  // namespace epitome::reader
