// The check of boxes: each rule with a page that keeps it and one that doesn't, and what the program says of a
// document.
#include "typeset/place/check_boxes.hpp"

#include "book.hpp"

namespace epitome::typeset {
namespace {

Rect rect(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height) {
  return {Length::pt(x), Length::pt(y), Length::pt(width), Length::pt(height)};
}

constexpr std::int64_t size = 10, capitals = 7;

class CheckBoxes : public testing::Test {
 protected:
  PageBox& put(PageBox::Kind kind, const Rect& ink) {
    PageBox box;
    box.kind = kind;
    box.ink = ink;
    box.home = rect(50, 50, 200, 300);
    if (kind != PageBox::Kind::picture) box.size = Length::pt(size);
    box.owner = &owners_[boxes_.size()];
    boxes_.push_back(box);
    return boxes_.back();
  }
  // Letters from x on, standing on the baseline.
  PageBox& text(std::int64_t x, std::int64_t baseline, std::int64_t width) {
    return put(PageBox::Kind::text, rect(x, baseline - capitals, width, capitals));
  }
  PageBox& picture(const Rect& ink) { return put(PageBox::Kind::picture, ink); }

  std::string faults() const {
    std::string said;
    for (const BoxFault& fault : check_boxes(boxes_)) {
      said += fault.kind == BoxFault::Kind::outside ? "outside" : "overlap";
      said += " " + std::to_string(fault.first) + " " + std::to_string(fault.second) + "; ";
    }
    return said;
  }

  std::vector<PageBox> boxes_;

 private:
  char owners_[100] = {};
};

TEST_F(CheckBoxes, LinesOfAColumnKeepApart) {
  for (std::int64_t baseline = 60; baseline < 340; baseline += size) text(50, baseline, 200);
  EXPECT_EQ(faults(), "");
}

TEST_F(CheckBoxes, TextOverTextIsAFault) {
  text(50, 60, 100);
  text(60, 64, 100);
  EXPECT_EQ(faults(), "overlap 0 1; ");
}

TEST_F(CheckBoxes, TheOrderOfTheBoxesIsOfNoMatter) {
  text(50, 100, 100);
  text(50, 200, 100);
  text(60, 64, 100);
  text(50, 60, 100);
  EXPECT_EQ(faults(), "overlap 2 3; ");
}

TEST_F(CheckBoxes, ALabelKeepsATenthOfItsSizeFree) {
  text(50, 60, 10);
  text(61, 60, 100);
  EXPECT_EQ(faults(), "");
  boxes_.back().ink.x -= Length::ratio_pt(1, 2);
  EXPECT_EQ(faults(), "overlap 0 1; ");
}

TEST_F(CheckBoxes, TextOverAPictureIsAFaultAndAPictureBesideAPictureIsNot) {
  picture(rect(50, 60, 100, 100));
  picture(rect(150, 60, 100, 100));
  picture(rect(50, 160, 100, 100));
  text(50, 267, 100);
  EXPECT_EQ(faults(), "");
  text(60, 120, 20);
  EXPECT_EQ(faults(), "overlap 0 4; ");
}

TEST_F(CheckBoxes, ATallBoxIsHeldAgainstAllBesideIt) {
  picture(rect(50, 60, 100, 200));
  for (std::int64_t baseline = 60; baseline < 250; baseline += size) text(151, baseline, 90);
  EXPECT_EQ(faults(), "");
  text(140, 250, 5);
  EXPECT_EQ(faults(), "overlap 0 20; ");
}

TEST_F(CheckBoxes, BoxesOfOneOwnerMayMeet) {
  const void* line = text(50, 60, 100).owner;
  text(60, 56, 20).owner = line;
  EXPECT_EQ(faults(), "");
}

TEST_F(CheckBoxes, TextKeepsToItsHome) {
  text(50, 60, 200);
  EXPECT_EQ(faults(), "");
  text(49, 80, 100);
  EXPECT_EQ(faults(), "outside 1 1; ");
  boxes_.back().ink = rect(160, 80 - capitals, 91, capitals);
  EXPECT_EQ(faults(), "outside 1 1; ");
}

TEST_F(CheckBoxes, ABaselineStandsOnTheBlock) {
  text(50, 350, 100);
  text(50, 51, 100);  // its letters rise above the block
  EXPECT_EQ(faults(), "");
  text(160, 351, 50);
  EXPECT_EQ(faults(), "outside 2 2; ");
  boxes_.back().ink.y = Length::pt(30);
  EXPECT_EQ(faults(), "outside 2 2; ");
}

TEST_F(CheckBoxes, FurnitureAndPicturesDoNotHang) {
  put(PageBox::Kind::furniture, rect(50, 53, 100, capitals));
  picture(rect(50, 100, 200, 250));
  EXPECT_EQ(faults(), "");
  boxes_.front().ink.x = Length::pt(49);
  EXPECT_EQ(faults(), "outside 0 0; ");
  boxes_.front().ink.x = Length::pt(50);
  boxes_.back().ink.height = Length::pt(251);
  EXPECT_EQ(faults(), "outside 1 1; ");
}

TEST_F(CheckBoxes, OneFaultOfAKindAPageIsSaid) {
  for (int i = 0; i < 20; ++i) text(300, 60, 100);
  EXPECT_EQ(faults(), "outside 0 0; overlap 0 1; ");
}

TEST_F(CheckBoxes, WhatHasNoInkStandsNowhere) {
  text(50, 60, 100);
  text(60, 60, 0);
  text(-100, 60, 0);
  EXPECT_EQ(faults(), "");
}

// The right edges of the ink of texts (the left ones in right-to-left text) that end with `end`.
std::vector<Length> ends_of(const Book& book, const std::string& end, bool rtl) {
  std::vector<Length> ends;
  for (const page::Page& page : book.pages().pages) {
    for (const page::Item& item : page.items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text == nullptr || !text->run.text.ends_with(end)) continue;
      ends.push_back(rtl ? text->origin.x : text->origin.x + text->run.width());
    }
  }
  return ends;
}

std::string items(int count, const std::string& open, const std::string& close) {
  std::string all;
  for (int i = 0; i < count; ++i) all += open + "Lamp" + close;
  return all;
}

TEST(Labels, NumbersOfAListHaveRoomAndTheirEndsAreInLine) {
  for (const char* const language : {"en", "ar", "he", "fa", "bn"}) {
    const bool rtl = std::string(language) != "en" && std::string(language) != "bn";
    for (const char* const layout : {"book", "a4", "letter", "large"}) {
      for (const char* const start : {"8", "98", "998", "9998"}) {
        const auto book = set_book(source_with(std::string("<about><ol start=\"") + start + "\">" +
                                                   items(4, "<li>", "</li>") + "</ol></about>",
                                               std::string("xml:lang=\"") + language + "\""),
                                   layout);  // any W0607 fails the test
        ASSERT_TRUE(book);
        std::vector<Length> ends = ends_of(*book, ". ", rtl);
        ASSERT_GE(ends.size(), 4u) << language << layout;
        ends.erase(ends.begin(), ends.end() - 4);
        for (const Length end : ends)
          EXPECT_LT(std::abs((end - ends.front()).raw()), 10) << language << layout << start;
      }
    }
  }
}

TEST(Labels, TakeawaysQuestionsAndNotesHaveRoomForThreeFigures) {
  std::string notes;
  for (int i = 0; i < 102; ++i) notes += "word<note>Lamp.</note> ";
  const std::string parts = "<about><p>" + notes + "</p></about><takeaways>" +
                            items(102, "<takeaway><headline>", "</headline><p>Oil.</p></takeaway>") +
                            "</takeaways><discussion>" + items(102, "<question>", "</question>") + "</discussion>";
  for (const char* const language : {"en", "ar"}) {
    for (const char* const layout : {"book", "large"}) {
      EXPECT_TRUE(set_book(source_with(parts, std::string("xml:lang=\"") + language + "\""), layout));
    }
  }
}

std::string person(const std::string& name, const std::string& description) {
  return "<person><name>" + name + "</name><description>" + description + "</description></person>";
}

TEST(Terms, AWordWiderThanTheColumnStandsAboveItsDescription) {
  const std::string name = "Donaudampfschifffahrtsgesellschaft";
  const auto book =
      set_book(source_with("<people>" + person("Sam", "The keeper.") + person(name, "The owner.") + "</people>"));
  ASSERT_TRUE(book);
  const auto at = [&](const std::string& text) {
    for (const page::Page& page : book->pages().pages) {
      for (const page::Item& item : page.items) {
        const auto* run = std::get_if<page::Text>(&item.value);
        if (run != nullptr && run->run.text.starts_with(text)) return run->origin;
      }
    }
    return model::Point{};
  };
  EXPECT_EQ(at("Sam").y, at("The keeper").y);
  EXPECT_LT(at("Donau").y, at("The owner").y);
  EXPECT_EQ(at("The owner").x, at("The keeper").x);
}

TEST(Terms, ATermOfManyLinesDividesWithItsPages) {
  std::string name;
  for (int i = 0; i < 120; ++i) name += (i == 0 ? "word" : " word") + std::to_string(i);
  for (const char* const layout : {"book", "a4", "letter", "large"}) {
    const auto book = set_book(
        source_with("<people>" + person("Sam", "The keeper.") + person(name, "The owner.") + "</people>"), layout);
    ASSERT_TRUE(book);
    std::string said;
    for (const std::uint32_t label : book->elements(page::Role::lbl)) said += book->text_of(label);
    std::size_t found = 0;
    for (const std::string& word : words_of(said)) found += word.starts_with("word") ? 1 : 0;
    EXPECT_EQ(found, 120u) << layout;
  }
}

}  // namespace
}  // namespace epitome::typeset
