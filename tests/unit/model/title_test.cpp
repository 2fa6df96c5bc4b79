#include "model/title.hpp"

#include <gtest/gtest.h>

namespace epitome::model {
namespace {

Title title(std::string prefix, std::string main) { return {std::move(prefix), std::move(main), {}, {}, {}}; }

TEST(Title, WithItsArticle) {
  EXPECT_EQ(full_title(title("The", "Push")), "The Push");
  EXPECT_EQ(full_title(title("L’", "Étranger")), "L’Étranger");
  EXPECT_EQ(full_title(title("", "Frankenstein")), "Frankenstein");
  EXPECT_EQ(sort_title(title("The", "Push")), "Push, The");
  EXPECT_EQ(sort_title(title("", "Frankenstein")), "Frankenstein");
  Title t = title("The", "Checklist Manifesto");
  EXPECT_EQ(short_title(t), "The Checklist Manifesto");
  t.short_form = "Checklist";
  EXPECT_EQ(short_title(t), "Checklist");
}

TEST(Title, AsAFileName) {
  const std::string uuid = "0b1c2d3e-0000-5000-8000-000000000000";
  EXPECT_EQ(file_stem(title("The", "Push"), uuid), "the-push");
  EXPECT_EQ(file_stem(title("L’", "Étranger"), uuid), "l-etranger");
  EXPECT_EQ(file_stem(title("", "Sophie’s Choice"), uuid), "sophies-choice");
  EXPECT_EQ(file_stem(title("", "  Straße & Œuvre:  Łódź—1984!  "), uuid), "strasse-oeuvre-lodz-1984");
  EXPECT_EQ(file_stem(title("", "E\u0301tude"), uuid), "etude");
  EXPECT_EQ(file_stem(title("", "../../etc"), uuid), "etc");
  EXPECT_EQ(file_stem(title("The", std::string(80, 'a') + " " + std::string(60, 'b')), uuid),
            "the-" + std::string(80, 'a'));
  EXPECT_EQ(file_stem(title("", std::string(115, 'a') + " bbbb c"), uuid), std::string(115, 'a') + "-bbbb");
  EXPECT_EQ(file_stem(title("", std::string(300, 'a')), uuid), std::string(120, 'a'));
  EXPECT_EQ(file_stem(title("", "…—!"), uuid), "summary-0b1c2d3e");
  // Windows gives these names to no file.
  for (const char* const name : {"CON", "nul", "Prn.", "«Aux»", "COM1", "com0", "LPT9", "Còn"}) {
    const std::string stem = file_stem(title("", name), uuid);
    EXPECT_TRUE(stem.ends_with("-summary")) << name << ' ' << stem;
  }
  EXPECT_EQ(file_stem(title("", "CON"), uuid), "con-summary");
  EXPECT_EQ(file_stem(title("", "COM 1"), uuid), "com-1");
  EXPECT_EQ(file_stem(title("", "COM10"), uuid), "com10");
  EXPECT_EQ(file_stem(title("", "COM¹"), uuid), "com");
  EXPECT_EQ(file_stem(title("The", "Con"), uuid), "the-con");
  EXPECT_EQ(file_stem(title("", "…"), "urn:uuid:" + uuid), "summary-0b1c2d3e");
}

// A reader of the language reads the name; no letter loses what makes it another.
TEST(Title, FileStemsInEveryScript) {
  const std::string uuid = "0b1c2d3e-0000-5000-8000-000000000000";
  const auto stem = [&](std::string main) { return file_stem(title("", std::move(main)), uuid); };
  EXPECT_EQ(stem("灯台"), "灯台");
  EXPECT_EQ(stem("プッシュ: 母の物語"), "プッシュ-母の物語");
  EXPECT_EQ(stem("Война и мир. Чайка"), "война-и-мир-чайка");
  EXPECT_EQ(stem("الدفعة"), "الدفعة");
  EXPECT_EQ(stem("גלי צה״ל"), "גלי-צה-ל");
  EXPECT_EQ(stem("हिन्दी की किताब"), "हिन्दी-की-किताब");
  EXPECT_EQ(stem("Ἀχιλλεύς Éa"), "ἀχιλλεύς-ea");
  EXPECT_EQ(stem("한글 책"), "한글-책");
  EXPECT_EQ(stem("می\u200Cخواهم"), "میخواهم");
  EXPECT_EQ(stem("\u202Eabc/\u2066灯\\台"), "abc-灯-台");
  std::string lengthy, hindi;
  for (int i = 0; i < 100; ++i) lengthy += "灯", hindi += "कि";
  EXPECT_EQ(stem(lengthy).size(), 120U);
  EXPECT_EQ(stem(hindi).size() % 6, 0U) << "no letter without its mark";
}

TEST(Articles, Doubled) {
  EXPECT_TRUE(has_doubled_article("Get the The Push summary"));
  EXPECT_TRUE(has_doubled_article("Read a “The Push” copy"));
  EXPECT_TRUE(has_doubled_article("the\nthe"));
  EXPECT_TRUE(has_doubled_article("a an"));
  EXPECT_FALSE(has_doubled_article("Get the Push summary"));
  EXPECT_FALSE(has_doubled_article("He took the. The end"));
  EXPECT_FALSE(has_doubled_article("on the A list"));
  EXPECT_FALSE(has_doubled_article(""));
}

}  // namespace
}  // namespace epitome::model
