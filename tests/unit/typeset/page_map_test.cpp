// Each page's place in the page map, against what stands on the page.
#include "model/page_map.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "book.hpp"

namespace epitome::typeset {

namespace {

using page::ArtifactKind;

// The same numbers everywhere: a linear congruential generator (Knuth's MMIX constants).
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  std::uint32_t below(std::uint32_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(state_ >> 33) % limit;
  }

 private:
  std::uint64_t state_;
};

// Source documents whose words are all different, so that a word names its place.
class Writer {
 public:
  Writer(std::uint64_t seed, bool hebrew) : numbers_(seed), hebrew_(hebrew) {}

  std::string document() {
    std::string parts = "<overview>" + blocks(14) + "</overview><story>";
    for (std::uint32_t i = 0; i <= numbers_.below(3); ++i)
      parts += "<chapter><title>" + words(2) + "</title>" + blocks(6) + "</chapter>";
    parts += "</story><people>";
    for (std::uint32_t i = 0; i <= numbers_.below(4); ++i)
      parts += "<person><name>" + words(numbers_.below(6) == 0 ? 140 : 2) + "</name><description>" + blocks(2) +
               "</description></person>";
    parts += "</people><discussion>";
    for (std::uint32_t i = 0; i <= numbers_.below(6); ++i) parts += "<question>" + words(9) + "</question>";
    parts += "</discussion><notes>" + blocks(1);
    for (std::uint32_t i = 0; i <= numbers_.below(40); ++i) parts += "<source>" + words(20) + "</source>";
    return source_with(parts + "</notes>", hebrew_ ? "xml:lang=\"he\"" : "xml:lang=\"en\"");
  }

 private:
  std::string words(std::uint32_t count) {
    std::string out;
    for (; count > 0; --count) {
      out += hebrew_ ? "ש" : "w";
      for (const char c : std::to_string(++word_)) {
        static constexpr const char* letters[] = {"א", "ב", "ג", "ד", "ה", "ו", "ז", "ח", "ט", "י"};
        hebrew_ ? out += letters[c - '0'] : out += c;
      }
      if (count > 1) out += ' ';
    }
    return out;
  }
  std::string paragraph() { return "<p>" + words(3 + numbers_.below(80)) + "</p>"; }
  std::string several(const std::string& open, const std::string& close, std::uint32_t depth) {
    std::string out;
    for (std::uint32_t i = 0; i <= numbers_.below(3); ++i) out += open + block(depth + 1) + close;
    return out;
  }
  std::string blocks(std::uint32_t most) {
    std::string out;
    for (std::uint32_t i = 0; i <= numbers_.below(most); ++i) out += block(0);
    return out;
  }
  std::string block(std::uint32_t depth) {
    switch (numbers_.below(depth < 3 ? 12 : 6)) {
      case 0:
      case 1:
        return "<figure src=\"" + std::string(numbers_.below(2) == 0 ? "tall" : "wide") + ".png\" alt=\"A lamp\"" +
               (numbers_.below(3) == 0 ? "><caption>" + words(3 + numbers_.below(60)) + "</caption></figure>" : "/>");
      case 2:
        return numbers_.below(2) == 0 ? "<separator/>" : "<separator/><separator/><separator/><separator/><separator/>";
      case 3:
        return "<blockquote>" + paragraph() + "<attribution><speaker>" + words(1) +
               "</speaker></attribution></blockquote>";
      case 4:
        return "<letter>" + paragraph() + paragraph() + "<signature>" + words(2) + "</signature></letter>";
      case 6:
        return "<aside>" + several("", "", depth) + "</aside>";
      case 7:
        return "<ol>" + several("<li>", "</li>", depth) + "</ol>";
      case 8: {
        std::string items;
        for (std::uint32_t i = 0; i <= numbers_.below(3); ++i)
          items += "<dt>" + words(1 + numbers_.below(20)) + "</dt><dd>" + block(depth + 1) + "</dd>";
        return "<dl>" + items + "</dl>";
      }
      case 9: {
        std::string rows = "<table><thead><tr><th>" + words(2) + "</th><th>" + words(1) + "</th></tr></thead><tbody>";
        for (std::uint32_t i = 0; i <= numbers_.below(30); ++i)
          rows += "<tr><td>" + words(1 + numbers_.below(9)) + "</td><td>" + words(1) + "</td></tr>";
        return rows + "</tbody></table>";
      }
      default:
        return paragraph();
    }
  }

  Numbers numbers_;
  bool hebrew_;
  int word_ = 0;
};

// The place of each word, and the ids of figures and separators, in the document's order.
struct Places {
  std::map<std::string, std::pair<std::string, std::uint32_t>> of_word;
  std::map<std::string, std::size_t> order;  // by id
  std::vector<std::string> figures;

  void text(const std::string& id, const model::Inlines& inlines, std::uint32_t offset = 0) {
    order.emplace(id, order.size());
    const std::string text = model::plain_text(inlines);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      of_word[text.substr(at, end - at)] = {id, offset + static_cast<std::uint32_t>(at)};
      at = end + 1;
    }
  }
  void blocks(const auto& blocks) {
    for (const model::Block& block : blocks) std::visit([&](const auto& value) { (*this)(block, value); }, block.value);
  }
  void operator()(const model::Block& b, const model::Paragraph& v) { text(b.id, v.content); }
  void operator()(const model::Block&, const model::List& v) {
    for (const model::ListItem& item : v.items) blocks(item.content);
  }
  void operator()(const model::Block&, const model::DefinitionList& v) {
    for (const model::Definition& item : v.items) text(item.term_id, item.term), blocks(item.definition);
  }
  void operator()(const model::Block&, const model::Table& v) {
    for (const auto* rows : {&v.head, &v.body})
      for (const model::Row& row : *rows)
        for (const model::Cell& cell : row.cells) text(cell.id, cell.content);
  }
  void operator()(const model::Block& b, const model::Figure& v) {
    figures.push_back(b.id);
    text(b.id, v.caption);
  }
  void operator()(const model::Block& b, const model::BlockQuotation& v) {
    blocks(v.content);
    text(model::closing_place(b.id), v.attribution.speaker);
  }
  void operator()(const model::Block&, const model::Verse&) {}
  void operator()(const model::Block& b, const model::Letter& v) {
    blocks(v.content);
    text(model::closing_place(b.id), v.signature);
  }
  void operator()(const model::Block&, const model::Aside& v) { blocks(v.content); }
  void operator()(const model::Block& b, const model::Separator&) { order.emplace(b.id, order.size()); }

  explicit Places(const model::Document& document) {
    blocks(std::get<model::Overview>(document.parts[0].value).content);
    for (const model::Chapter& chapter : std::get<model::Story>(document.parts[1].value).chapters)
      text(chapter.id, chapter.title), blocks(chapter.content);
    for (const model::Person& person : std::get<model::People>(document.parts[2].value).items)
      text(person.id, person.name), blocks(person.description);
    for (const model::DiscussionQuestion& item : std::get<model::Discussion>(document.parts[3].value).items)
      text(item.id, item.question);
    const auto& notes = std::get<model::Notes>(document.parts[4].value);
    blocks(notes.content);
    std::uint32_t offset = 0;
    for (const model::Inlines& source : notes.sources) {
      text(model::closing_place(document.parts[4].id), source, offset);
      offset += static_cast<std::uint32_t>(model::plain_text(source).size());
    }
  }
};

using Place = std::pair<std::size_t, std::uint32_t>;  // in Places::order; offset

// The first place in the document's order of the words and pictures on a page. `pictures`: on the pages before.
std::optional<Place> first_on(const page::Pages& pages, const page::Page& page, const Places& places,
                              std::size_t& pictures) {
  std::optional<Place> first;
  const auto stands = [&](const std::string& id, std::uint32_t offset) {
    const Place place(places.order.at(id), offset);
    if (!first || place < *first) first = place;
  };
  for (const page::Item& item : page.items) {
    if (std::holds_alternative<page::Picture>(item.value)) stands(places.figures.at(pictures++), 0);
    const auto* run = std::get_if<page::Text>(&item.value);
    if (run == nullptr || pages.marks[item.mark].artifact != ArtifactKind::none) continue;
    for (const std::string& word : words_of(run->run.text)) {
      const std::size_t begin = std::min(word.find_first_of("w\xD7"), word.size());  // not a quotation mark
      for (const std::string& name : {word, word.substr(begin)}) {
        const auto known = places.of_word.find(name);
        if (known != places.of_word.end()) stands(known->second.first, known->second.second);
      }
    }
  }
  return first;
}

image::Image image(std::uint32_t width, std::uint32_t height) {
  image::Image made;
  made.width = width;
  made.height = height;
  return made;
}

void check(std::uint64_t seed, bool hebrew, const std::string& layout) {
  SCOPED_TRACE(testing::Message() << "seed " << seed << ", layout " << layout);
  std::vector<std::string> warnings;
  const auto book = set_book(Writer(seed, hebrew).document(), layout, &warnings,
                             {{"tall.png", image(1000, 1500)}, {"wide.png", image(900, 400)}});
  ASSERT_TRUE(book);
  const Places places(book->made->document);
  const std::vector<model::PageBreak>& breaks = book->set.page_map.breaks;
  ASSERT_EQ(breaks.size(), book->pages().pages.size());
  Place before;
  std::size_t pictures = 0;  // on the pages before
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    const std::optional<Place> first = first_on(book->pages(), book->pages().pages[i], places, pictures);
    const auto known = places.order.find(breaks[i].id);
    if (known == places.order.end()) continue;  // a section's start
    SCOPED_TRACE(testing::Message() << "page " << breaks[i].label << ", " << breaks[i].id << " " << breaks[i].offset);
    const Place at(known->second, breaks[i].offset);
    EXPECT_LE(before, at);
    before = at;
    if (!first) continue;
    // A separator may stand before the rest.
    if (breaks[i].id.find("separator") != std::string::npos) {
      EXPECT_LT(at, *first);
    } else {
      EXPECT_EQ(at, *first);
    }
  }
}

}  // namespace

TEST(PageMap, PagesBeginAtWhatStandsFirstOnThemInOrder) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    check(seed, seed % 4 == 0, std::array{"book", "large", "a4", "letter"}[seed % 4]);
    check(seed + 100, seed % 4 == 1, "book");
  }
}

TEST(PageMap, APageWithAPictureAloneBeginsAtItsFigure) {
  const std::string figure = "<figure src=\"p.png\" alt=\"A lamp\"/>";
  const auto book = set_book(source_with("<overview><p>First.</p>" + figure + "<aside>" + figure + "</aside><ul><li>" +
                                         figure + "</li></ul></overview>"),
                             "book", nullptr, {{"p.png", image(1000, 1500)}});
  ASSERT_TRUE(book);
  std::vector<std::string> ids;
  for (const model::PageBreak& page : book->set.page_map.breaks)
    if (page.id.find("figure") != std::string::npos) ids.push_back(page.id);
  // The first stands under its part's title; no page holds an aside's rule alone.
  ASSERT_EQ(ids.size(), 2U);
  EXPECT_NE(ids[0], ids[1]);
}

TEST(PageMap, WhatHasNoPlaceStandsWithTheNext) {
  std::string questions;
  for (int i = 0; i < 12; ++i) questions += "<question>What did the keeper see?</question>";
  const auto book = set_book(source_with("<discussion>" + questions + "</discussion>"));
  ASSERT_TRUE(book);
  const auto& breaks = book->set.page_map.breaks;
  EXPECT_EQ(breaks[1].id, breaks[2].id);  // the endpaper, which the EPUB hasn't, with the title page
  for (const model::PageBreak& page : breaks) EXPECT_FALSE(page.id.empty());
}

}  // namespace epitome::typeset
