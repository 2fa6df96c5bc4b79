#include "model/dump.hpp"

#include <fmt/format.h>

#include <string_view>

#include "model/kinds.hpp"
#include "model/walk.hpp"

namespace epitome::model {

namespace {

// What an element carries besides its content: " #id xml:lang=de dir=rtl".
std::string carried(const Attributes& attributes, bool with_id) {
  std::string out;
  if (with_id && !attributes.id.empty()) out += " #" + *attributes.id;
  if (!attributes.lang.empty()) out += " xml:lang=" + *attributes.lang;
  if (attributes.dir != Direction::inherit) out += attributes.dir == Direction::rtl ? " dir=rtl" : " dir=ltr";
  return out;
}

struct InlineDump {
  std::string& out;

  void operator()(const Text& text) {
    for (const char c : text.text) {
      if (c == '{' || c == '}' || c == '[' || c == ']' || c == '\\') out += '\\';
      out += c;
    }
  }
  void braced(const std::string& head, const Attributes& attributes, const Inlines& content) {
    out += '{' + head + carried(attributes, true);
    if (!content.empty()) out += ": ";
    walk(content, *this);
    out += '}';
  }
  void operator()(const Phrase& phrase) {
    braced(std::string(row(phrase.meaning).element), phrase.attributes, phrase.content);
  }
  void operator()(const Link& link) { braced("a " + *link.href, link.attributes, link.content); }
  void operator()(const CrossReference& reference) {
    braced("ref " + *reference.target, reference.attributes, reference.content);
  }
  void operator()(const Footnote& note) { braced("note", note.attributes, note.content); }
  void operator()(const Ruby& ruby) {
    braced("ruby", ruby.attributes, ruby.base);
    out.back() = '|';
    walk(ruby.annotation, *this);
    out += '}';
  }
};

class Dump {
 public:
  std::string run(const Document& document) {
    work(document.work);
    edition(document.edition);
    walk(document, *this);
    return std::move(out_);
  }

  void operator()(const Line& line) { inlines(line.name, line.content); }

  // ---- parts --------------------------------------------------------------------------------------

  void operator()(const Part& part) {
    nested(head(row(part.kind()).element, part.id, part.attributes), [&] { walk_inside(part, *this); });
  }
  void operator()(const Takeaway& item) {
    nested(head("takeaway " + item.number, item.id, item.attributes), [&] { walk_inside(item, *this); });
  }
  void operator()(const Item auto& item) {
    nested(head(element_name(item), item.id, item.attributes), [&] { walk_inside(item, *this); });
  }
  void operator()(const DiscussionQuestion& item) {
    line(head(element_name(item), item.id, item.attributes) + " " + dump_inlines(item.question));
  }
  void operator()(const Comparison& part) {
    inlines("with", part.other_title);
    pair("by", part.other_author);
    walk(part.content, *this);
  }
  void operator()(const Warnings& part) {
    walk(part.introduction, *this);
    walk(part.items, *this);
    if (!part.closing.empty()) nested("closing", [&] { walk(part.closing, *this); });
  }

  // ---- blocks -------------------------------------------------------------------------------------

  void operator()(const Block& block) {
    std::visit([&](const auto& value) { this->block(block, value); }, block.value);
  }
  void operator()(const ListItem& item) {
    nested(head("li", item.id, item.attributes), [&] { walk_inside(item, *this); });
  }
  void operator()(const Definition& item) {
    line(head("dt", item.term_id, item.attributes) + " " + dump_inlines(item.term));
    nested(fmt::format("dd [{}]", item.definition_id), [&] { walk(item.definition, *this); });
  }
  void operator()(const Cell& cell) {
    std::string what = cell.scope == Scope::none ? "td" : cell.scope == Scope::column ? "th of column" : "th of row";
    if (cell.column_span != 1) what += fmt::format(" over {} columns", cell.column_span);
    if (cell.row_span != 1) what += fmt::format(" over {} rows", cell.row_span);
    const std::string content = dump_inlines(cell.content);
    line(head(what, cell.id, cell.attributes) + (content.empty() ? "" : " ") + content);
  }
  void operator()(const Stanza& stanza) {
    nested("stanza", [&] {
      for (const Inlines& content : stanza) line(dump_inlines(content));
    });
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
      pair("rights", edition.rights);
      pair("conforms to", edition.conformance.standard);
      pair("certifier", edition.conformance.certifier);
      pair("certifier's credential", edition.conformance.credential);
      pair("certifier's report", edition.conformance.report);
      pair("made", digital_source_type(edition.maker));
      pair("reviewed by", edition.reviewed_by);
      for (const Label& l : edition.labels) pair("label", l.name + " " + l.text);
      for (const Sibling& s : edition.siblings) {
        pair("sibling", s.lang + (s.variant.empty() ? "" : " " + s.variant) + " " + s.href);
      }
    });
  }

  // ---- blocks -------------------------------------------------------------------------------------

  static std::string head(std::string_view what, const Block& block) { return head(what, block.id, block.attributes); }
  template <class Value>
  void nested(std::string_view what, const Block& block, const Value& value) {
    nested(head(what, block), [&] { walk_inside(value, *this); });
  }
  // Of most blocks what they hold says all.
  template <class Value>
  void block(const Block& block, const Value& value) {
    nested(element_name(value), block, value);
  }

  void block(const Block& block, const Paragraph& paragraph) {
    line(head("p", block) + " " + dump_inlines(paragraph.content));
  }
  void block(const Block& block, const List& list) {
    nested(!list.ordered ? "ul" : list.start == 1 ? "ol" : fmt::format("ol from {}", list.start), block, list);
  }
  void block(const Block& block, const Table& table) {
    nested(head("table", block), [&] {
      inlines("caption", table.caption);
      if (!table.align.empty()) {
        std::string words;
        for (const ColumnAlign align : table.align)
          words += fmt::format(" {}", column_align_names[static_cast<std::size_t>(align)]);
        line("align" + words);
      }
      rows("head", table.head);
      rows("body", table.body);
    });
  }
  void rows(std::string_view section, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      nested(fmt::format("row of the {}{}", section, carried(row.attributes, true)), [&] { walk_inside(row, *this); });
    }
  }
  void block(const Block& block, const Figure& figure) {
    nested(head("figure", block) + " " + figure.path, [&] {
      if (figure.decorative) line("decorative");
      pair("alternative", figure.alternative);
      inlines("caption", figure.caption);
    });
  }
  void block(const Block& block, const Separator&) { line(head("separator", block)); }

  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string dump_inlines(const Inlines& inlines) {
  std::string out;
  InlineDump dump{out};
  walk(inlines, dump);
  return out;
}

std::string dump_document(const Document& document) { return Dump().run(document); }

}  // namespace epitome::model
