#include "model/dump.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>

namespace epitome::model {

namespace {

std::string_view meaning_name(Meaning meaning) {
  static constexpr std::array<std::string_view, 10> names{"span", "em",      "strong",  "sc",  "cite",
                                                          "q",    "foreign", "spoiler", "sup", "sub"};
  return names.at(static_cast<std::size_t>(meaning));
}

// What an element carries besides its content: " #id xml:lang=de dir=rtl".
std::string carried(const Attributes& attributes, bool with_id) {
  std::string out;
  if (with_id && !attributes.id.empty()) out += " #" + attributes.id;
  if (!attributes.lang.empty()) out += " xml:lang=" + attributes.lang;
  if (attributes.dir != Direction::inherit) out += attributes.dir == Direction::rtl ? " dir=rtl" : " dir=ltr";
  return out;
}

struct InlineDump {
  std::string& out;

  void all(const Inlines& inlines) {
    for (const Inline& item : inlines) std::visit(*this, static_cast<const Inline::variant&>(item));
  }
  void operator()(const Text& text) {
    for (const char c : text.text) {
      if (c == '{' || c == '}' || c == '[' || c == ']' || c == '\\') out += '\\';
      out += c;
    }
  }
  void braced(const std::string& head, const Attributes& attributes, const Inlines& content) {
    out += '{' + head + carried(attributes, true);
    if (!content.empty()) out += ": ";
    all(content);
    out += '}';
  }
  void operator()(const Phrase& phrase) {
    braced(std::string(meaning_name(phrase.meaning)), phrase.attributes, phrase.content);
  }
  void operator()(const Link& link) { braced("a " + link.href, link.attributes, link.content); }
  void operator()(const CrossReference& reference) {
    braced("ref " + reference.target, reference.attributes, reference.content);
  }
  void operator()(const Footnote& note) { braced("note", note.attributes, note.content); }
  void operator()(const Ruby& ruby) {
    braced("ruby", ruby.attributes, ruby.base);
    out.back() = '|';
    all(ruby.annotation);
    out += '}';
  }
};

class Dump {
 public:
  std::string run(const Document& document) {
    work(document.work);
    edition(document.edition);
    for (const Part& part : document.parts) this->part(part);
    return std::move(out_);
  }

 private:
  // ---- lines --------------------------------------------------------------------------------------

  void line(std::string_view text) {
    out_.append(depth_ * 2, ' ');
    out_ += text;
    out_ += '\n';
  }
  void pair(std::string_view key, std::string_view value) {
    if (!value.empty()) line(fmt::format("{}: {}", key, value));
  }
  void inlines(std::string_view key, const Inlines& content) {
    if (!content.empty()) line(fmt::format("{}: {}", key, dump_inlines(content)));
  }
  template <class Body>
  void nested(std::string_view head, const Body& body) {
    line(head);
    ++depth_;
    body();
    --depth_;
  }
  static std::string head(std::string_view what, const std::string& id, const Attributes& attributes) {
    return fmt::format("{} [{}]{}", what, id, carried(attributes, false));
  }

  // ---- metadata -----------------------------------------------------------------------------------

  void work(const Work& work) {
    nested("work", [&] {
      pair("prefix", work.title.prefix);
      pair("title", work.title.main);
      pair("short title", work.title.short_form);
      pair("title's language", work.title.lang);
      pair("original title", work.original_title);
      pair("subtitle", work.subtitle);
      pair("series", work.series);
      pair("number in the series", work.series_number);
      for (const Contributor& c : work.contributors) pair(c.role, fmt::format("{} ({})", c.name, c.sort));
      pair("original language", work.original_language);
      pair("first published", work.first_published);
      pair("publisher", work.publisher);
      pair("isbn", work.isbn);
      for (const std::string& subject : work.subjects) pair("subject", subject);
      for (const std::string& award : work.awards) pair("award", award);
      for (const Fact& fact : work.facts) pair("fact", fmt::format("{}: {}", fact.label, fact.value));
      if (work.cover) pair("cover", fmt::format("{} ({})", work.cover->path, work.cover->alternative));
    });
  }

  void edition(const Edition& edition) {
    nested("edition", [&] {
      pair("language", edition.lang);
      pair("direction", edition.dir == Direction::rtl ? "rtl" : "ltr");
      pair("variant", edition.variant);
      pair("identifier", edition.identifier + (edition.identifier_given ? "" : " (made)"));
      pair("work", edition.work_uuid);
      pair("date", edition.date);
      pair("modified", edition.modified);
      pair("author", edition.author);
      pair("brand", edition.brand_name);
      pair("brand's line", edition.brand_line);
      pair("brand's link", edition.brand_href);
      pair("licence", edition.licence);
      pair("licence's link", edition.licence_href);
      for (const Sibling& s : edition.siblings) {
        pair("sibling", s.lang + (s.variant.empty() ? "" : " " + s.variant) + " " + s.href);
      }
    });
  }

  // ---- parts --------------------------------------------------------------------------------------

  void part(const Part& part) {
    static constexpr std::array<std::string_view, 13> names{
        "hook",       "about",  "overview",   "takeaways", "cues",  "story", "questions",
        "comparison", "people", "discussion", "warnings",  "notes", "brand"};
    nested(head(names.at(static_cast<std::size_t>(part.kind())), part.id, part.attributes), [&] {
      inlines("title", part.title);
      std::visit([&](const auto& value) { content(value); }, part.value);
    });
  }

  void content(const Hook& part) {
    blocks(part.content);
    inlines("source", part.source);
  }
  void content(const About& part) { blocks(part.content); }
  void content(const Overview& part) { blocks(part.content); }
  void content(const Takeaways& part) {
    blocks(part.introduction);
    for (const Takeaway& item : part.items) {
      nested(head("takeaway " + item.number, item.id, item.attributes), [&] {
        inlines("headline", item.headline);
        blocks(item.content);
      });
    }
  }
  void content(const Cues& part) {
    blocks(part.introduction);
    for (const Cue& item : part.items) {
      nested(head("cue", item.id, item.attributes), [&] {
        inlines("prompt", item.prompt);
        inlines("answer", item.answer);
      });
    }
  }
  void content(const Story& part) {
    blocks(part.introduction);
    for (const Chapter& chapter : part.chapters) {
      nested(head("chapter", chapter.id, chapter.attributes), [&] {
        inlines("title", chapter.title);
        blocks(chapter.content);
      });
    }
  }
  void content(const Questions& part) {
    blocks(part.introduction);
    for (const Question& item : part.items) {
      nested(head("qa", item.id, item.attributes), [&] {
        inlines("question", item.question);
        blocks(item.answer);
      });
    }
  }
  void content(const Comparison& part) {
    inlines("with", part.other_title);
    pair("by", part.other_author);
    blocks(part.content);
  }
  void content(const People& part) {
    blocks(part.introduction);
    for (const Person& item : part.items) {
      nested(head("person", item.id, item.attributes), [&] {
        inlines("name", item.name);
        blocks(item.description);
      });
    }
  }
  void content(const Discussion& part) {
    blocks(part.introduction);
    for (const DiscussionQuestion& item : part.items) {
      line(head("question", item.id, item.attributes) + " " + dump_inlines(item.question));
    }
  }
  void content(const Warnings& part) {
    blocks(part.introduction);
    for (const Warning& item : part.items) {
      nested(head("warning", item.id, item.attributes), [&] {
        inlines("term", item.term);
        inlines("places", item.places);
      });
    }
    if (!part.closing.empty()) nested("closing", [&] { blocks(part.closing); });
  }
  void content(const Notes& part) {
    blocks(part.content);
    for (const Inlines& source : part.sources) inlines("source", source);
  }
  void content(const Brand& part) { blocks(part.content); }

  // ---- blocks -------------------------------------------------------------------------------------

  void blocks(const Blocks& content) {
    for (const Block& block : content) std::visit([&](const auto& value) { this->block(block, value); }, block.value);
  }
  static std::string head(std::string_view what, const Block& block) { return head(what, block.id, block.attributes); }

  void block(const Block& block, const Paragraph& paragraph) {
    line(head("p", block) + " " + dump_inlines(paragraph.content));
  }
  void block(const Block& block, const List& list) {
    const std::string what = !list.ordered ? "ul" : list.start == 1 ? "ol" : fmt::format("ol from {}", list.start);
    nested(head(what, block), [&] {
      for (const ListItem& item : list.items) {
        nested(head("li", item.id, item.attributes), [&] { blocks(item.content); });
      }
    });
  }
  void block(const Block& block, const DefinitionList& list) {
    nested(head("dl", block), [&] {
      for (const Definition& item : list.items) {
        line(head("dt", item.term_id, item.attributes) + " " + dump_inlines(item.term));
        nested(fmt::format("dd [{}]", item.definition_id), [&] { blocks(item.definition); });
      }
    });
  }
  void block(const Block& block, const Table& table) {
    nested(head("table", block), [&] {
      inlines("caption", table.caption);
      rows("head", table.head);
      rows("body", table.body);
    });
  }
  void rows(std::string_view section, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      nested(fmt::format("row of the {}{}", section, carried(row.attributes, true)), [&] {
        for (const Cell& cell : row.cells) this->cell(cell);
      });
    }
  }
  void cell(const Cell& cell) {
    std::string what = cell.scope == Scope::none ? "td" : cell.scope == Scope::column ? "th of column" : "th of row";
    if (cell.column_span != 1) what += fmt::format(" over {} columns", cell.column_span);
    if (cell.row_span != 1) what += fmt::format(" over {} rows", cell.row_span);
    const std::string content = dump_inlines(cell.content);
    line(head(what, cell.id, cell.attributes) + (content.empty() ? "" : " ") + content);
  }
  void block(const Block& block, const Figure& figure) {
    nested(head("figure", block) + " " + figure.path, [&] {
      if (figure.decorative) line("decorative");
      pair("alternative", figure.alternative);
      inlines("caption", figure.caption);
    });
  }
  void attribution(const Attribution& attribution) {
    inlines("speaker", attribution.speaker);
    inlines("source", attribution.source);
    inlines("locator", attribution.locator);
  }
  void block(const Block& block, const BlockQuotation& quotation) {
    nested(head("blockquote", block), [&] {
      blocks(quotation.content);
      attribution(quotation.attribution);
    });
  }
  void block(const Block& block, const Verse& verse) {
    nested(head("verse", block), [&] {
      for (const std::vector<Inlines>& stanza : verse.stanzas) {
        nested("stanza", [&] {
          for (const Inlines& content : stanza) line(dump_inlines(content));
        });
      }
      attribution(verse.attribution);
    });
  }
  void block(const Block& block, const Letter& letter) {
    nested(head("letter", block), [&] {
      inlines("salutation", letter.salutation);
      blocks(letter.content);
      inlines("signature", letter.signature);
    });
  }
  void block(const Block& block, const Aside& aside) {
    nested(head("aside", block), [&] {
      inlines("title", aside.title);
      blocks(aside.content);
    });
  }
  void block(const Block& block, const Separator&) { line(head("separator", block)); }

  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string dump_inlines(const Inlines& inlines) {
  std::string out;
  InlineDump{out}.all(inlines);
  return out;
}

std::string dump_document(const Document& document) { return Dump().run(document); }

}  // namespace epitome::model
