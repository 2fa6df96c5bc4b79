// All words of small documents made at random come out once and in order, and each page break stands
// before the word with which its page begins.
#include <gmock/gmock.h>

#include <random>

#include "book.hpp"

namespace epitome::typeset {
namespace {

// A document whose words all differ, and these words in reading order; notes apart.
class RandomDocument {
 public:
  explicit RandomDocument(unsigned seed) : random_(seed) {}

  std::string make() {
    out_ = "<story>";
    blocks(14 + pick(12));
    tag("<chapter id=\"ch\"><title>").words(3).tag("</title>");
    blocks(4 + pick(8));
    tag("</chapter></story><takeaways>");
    for (int i = 0; i < 5; ++i) {
      tag("<takeaway><headline>").words(4).tag("</headline>");
      blocks(1 + pick(3), false);
      tag("</takeaway>");
    }
    tag("</takeaways><people>");
    for (int i = 0; i < 4; ++i) {
      tag("<person><name>").words(1 + pick(4)).tag("</name><description>").words(3 + pick(30));
      tag("</description></person>");
    }
    tag("</people>");
    return source_with(out_);
  }
  const std::vector<std::string>& body() const { return body_; }
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  // Long words of letters that hyphenate, a number to tell them apart.
  std::string word() {
    static const char* const stems[] = {"interpretation", "lamp", "reading",      "a",
                                        "considerable",   "of",   "understanding"};
    return stems[pick(7)] + std::string("q") + letters(next_++);
  }
  static std::string letters(int number) {
    std::string out;
    for (int i = 0; i < 4; ++i, number /= 20) out += "bcdfghjklmnpqrstvwxz"[number % 20];
    return out;
  }
  RandomDocument& tag(const char* text) {
    out_ += text;
    return *this;
  }
  RandomDocument& words(int count) {
    for (int i = 0; i < count; ++i) {
      body_.push_back(word());
      out_ += (i > 0 ? " " : "") + body_.back();
    }
    return *this;
  }
  void text(int count) {
    for (int left = count; left > 0;) {
      const int some = std::min(left, 3 + pick(12));
      if (left < count) tag(" ");
      left -= some;
      switch (pick(6)) {
        case 0:
          tag("<em>").words(some).tag("</em>");
          break;
        case 1:
          tag("<span xml:lang=\"fr\">").words(some).tag("</span>");
          break;
        case 2:
          words(some).tag("<note>");
          for (int i = 0; i < 6; ++i) {
            notes_.push_back(word());
            out_ += (i > 0 ? " " : "") + notes_.back();
          }
          tag("</note>");
          break;
        default:
          words(some);
      }
    }
  }
  void blocks(int count, bool all = true) {
    for (int i = 0; i < count; ++i) {
      switch (all ? pick(9) : 8) {
        case 0:
          tag("<ul><li>")
              .words(20)
              .tag("</li><li><p>")
              .words(8)
              .tag("</p><ol><li>")
              .words(5)
              .tag("</li></ol></li></ul>");
          break;
        case 1:
          tag("<dl><dt>");
          text(6);
          tag("</dt><dd>").words(30).tag("</dd></dl>");
          break;
        case 2:
          tag("<verse><stanza><line>").words(6).tag("</line><line>").words(20).tag("</line></stanza></verse>");
          break;
        case 3:
          tag("<aside><title>").words(2).tag("</title><p>").words(40).tag("</p></aside>");
          break;
        case 4:
          tag("<letter><salutation>").words(2).tag("</salutation><p>").words(50).tag("</p><signature>").words(1);
          tag("</signature></letter>");
          break;
        case 5:
          tag("<table><caption>").words(3).tag("</caption><tbody><tr><th scope=\"row\">").words(2).tag("</th><td>");
          words(9).tag("</td></tr><tr><th scope=\"row\">").words(1).tag("</th><td>").words(4);
          tag("</td></tr></tbody></table>");
          break;
        default:
          tag("<p>");
          text(10 + pick(90));
          tag("</p>");
      }
    }
  }

  std::string out_;
  std::mt19937 random_;
  int next_ = 0;
  std::vector<std::string> body_, notes_;
};

bool is_ours(const std::string& word) { return word.find('q') != std::string::npos && word.size() >= 6; }

// Without a footnote's mark or punctuation at its end.
std::string bare(std::string word) {
  while (!word.empty() && !(word.back() >= 'a' && word.back() <= 'z')) word.pop_back();
  return word;
}

std::vector<std::string> our_words(const std::string& text, std::size_t least_q) {
  std::vector<std::string> out;
  for (const std::string& word : words_of(text)) {
    if (std::count(word.begin(), word.end(), 'q') >= static_cast<long>(least_q) && is_ours(bare(word)))
      out.push_back(bare(word));
  }
  return out;
}

class Random : public testing::TestWithParam<unsigned> {};

TEST_P(Random, AllWordsOnceAndInOrder) {
  RandomDocument made(GetParam());
  const std::string source = made.make();
  for (const char* const layout : {"book", "a4"}) {
    std::vector<std::string> warnings;
    const auto book = set_book(source, layout, &warnings);
    ASSERT_TRUE(book);
    // The contents show titles again.
    std::string text;
    const std::uint32_t toc = book->elements(page::Role::toc).front();
    std::string without_contents = book->text_of(0, page::Role::note);
    const std::string contents = book->text_of(toc);
    const std::size_t at = without_contents.find(contents);
    ASSERT_NE(at, std::string::npos);
    without_contents.erase(at, contents.size());
    EXPECT_EQ(our_words(without_contents, 1), made.body()) << layout;
    std::string notes;
    for (const std::uint32_t note : book->elements(page::Role::note)) notes += book->text_of(note);
    EXPECT_EQ(our_words(notes, 1), made.notes()) << layout;
  }
}

// Finds the text of a paragraph by its id, anywhere in the document.
const model::Inlines* paragraph_of(const model::Blocks& blocks, const std::string& id) {
  for (const model::Block& block : blocks) {
    const auto* paragraph = std::get_if<model::Paragraph>(&block.value);
    if (paragraph != nullptr && block.id == id) return &paragraph->content;
  }
  return nullptr;
}

TEST_P(Random, PageBreaksStandBeforeTheFirstWord) {
  RandomDocument made(GetParam());
  std::vector<std::string> warnings;
  const auto book = set_book(made.make(), "book", &warnings);
  ASSERT_TRUE(book);
  const auto& breaks = book->set.page_map.breaks;
  ASSERT_EQ(breaks.size(), book->pages().pages.size());
  int checked = 0;
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    EXPECT_EQ(breaks[i].label, book->pages().pages[i].label);
    EXPECT_FALSE(breaks[i].id.empty());
    const model::Inlines* inlines = nullptr;
    for (const model::Part& part : book->made->document.parts) {
      const auto* story = std::get_if<model::Story>(&part.value);
      if (story == nullptr) continue;
      inlines = paragraph_of(story->introduction, breaks[i].id);
      if (inlines == nullptr) inlines = paragraph_of(story->chapters.front().content, breaks[i].id);
    }
    if (inlines == nullptr) continue;
    // What stands at the break, and what the page begins with; a divided word's end is enough.
    const std::string rest = model::plain_text(*inlines).substr(breaks[i].offset);
    const std::string word = rest.substr(0, rest.find(' '));
    std::string on_page;
    for (const page::Item& item : book->pages().pages[i].items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text != nullptr && book->pages().marks[item.mark].element != page::no_index) on_page += text->run.text;
      if (on_page.find(' ') != std::string::npos && on_page.size() > 40) break;
    }
    const std::string first = bare(words_of(on_page).front());
    ASSERT_LE(first.size(), bare(word).size());
    EXPECT_EQ(bare(word).substr(bare(word).size() - first.size()), first);
    EXPECT_TRUE(breaks[i].offset == 0 || model::plain_text(*inlines)[breaks[i].offset - 1] == ' ');
    ++checked;
  }
  EXPECT_GT(checked, 1);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Random, testing::Range(1u, 7u));

}  // namespace
}  // namespace epitome::typeset
