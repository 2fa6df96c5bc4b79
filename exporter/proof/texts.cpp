#include "proof/texts.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "model/walk.hpp"

namespace epitome::proof {

namespace {

constexpr std::string_view something = "\uFFFC";

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The source's texts by their places.
class Places {
 public:
  explicit Places(const diag::SourceTexts& source) {
    source([&](std::string_view text, std::span<const std::uint32_t> begins, bool apart) {
      if (!apart && !text.empty()) pieces_.push_back({std::string(text), {begins.begin(), begins.end()}});
    });
  }

  // Where each byte of a text stands whose white space was collapsed; one more for its end. Comments may part a text.
  std::vector<std::uint32_t> of(const model::Text& text, std::vector<std::uint32_t>& ends, bool& exact) const {
    std::vector<std::uint32_t> out;
    out.reserve(text.text.size() + 1);
    auto piece = std::upper_bound(pieces_.begin(), pieces_.end(), text.span.offset,
                                  [](std::uint32_t at, const Piece& p) { return at < p.begins.front(); });
    if (piece == pieces_.begin()) {
      exact = false;
      ends.resize(ends.size() + text.text.size(), text.span.offset);
      return std::vector<std::uint32_t>(text.text.size() + 1, text.span.offset);
    }
    --piece;
    std::size_t at = static_cast<std::size_t>(
        std::lower_bound(piece->begins.begin(), piece->begins.end() - 1, text.span.offset) - piece->begins.begin());
    // To the next byte that isn't passed over.
    const auto find = [&](bool white) {
      while (true) {
        if (at < piece->text.size() && (white || !is_white(piece->text[at]))) return;
        if (at < piece->text.size()) {
          ++at;
        } else if (std::next(piece) == pieces_.end()) {
          return;
        } else {
          ++piece;
          at = 0;
        }
      }
    };
    std::uint32_t end = text.span.offset;
    for (std::size_t i = 0; i < text.text.size(); ++i) {
      const char c = text.text[i];
      find(is_white(c));
      out.push_back(piece->begins[at]);
      const bool there =
          at < piece->text.size() && (piece->text[at] == c || (is_white(c) && is_white(piece->text[at])));
      exact = exact && (there || stands_for(*piece, at, std::string_view(text.text).substr(i)));
      at += there ? 1 : reference(piece->text, at).size();
      at = std::min(at, piece->text.size());
      end = piece->begins[at];
      ends.push_back(end);
    }
    out.push_back(end);
    return out;
  }

  // Where the source has a text of the metadata, if it has it as one piece. The search begins at `next`, which then is
  // behind it: they are asked for in their order.
  std::optional<diag::Span> find(std::string_view text, std::size_t& next) const {
    constexpr std::size_t most_looked_at = 500;  // work and edition stand at the beginning
    const std::size_t count = std::min(pieces_.size(), most_looked_at);
    for (std::size_t looked_at = 0; looked_at < count; ++looked_at) {
      const std::size_t i = (next + looked_at) % count;
      const Piece& piece = pieces_[i];
      const auto begin = std::find_if_not(piece.text.begin(), piece.text.end(), is_white) - piece.text.begin();
      if (!same(std::string_view(piece.text).substr(static_cast<std::size_t>(begin)), text)) continue;
      next = i + 1;
      return diag::Span{piece.begins[static_cast<std::size_t>(begin)], 1};
    }
    return std::nullopt;
  }

 private:
  // But for white space.
  static bool same(std::string_view written, std::string_view said) {
    std::size_t at = 0;
    for (const char c : said) {
      const bool white = is_white(c);
      if (at >= written.size() || (white ? !is_white(written[at]) : written[at] != c)) return false;
      ++at;
      while (white && at < written.size() && is_white(written[at])) ++at;
    }
    return std::all_of(written.begin() + static_cast<std::ptrdiff_t>(at), written.end(), is_white);
  }
  struct Piece {
    std::string text;
    std::vector<std::uint32_t> begins;
  };
  // A character's name or number in markup that stands in a string of JSON; else one byte.
  static std::string_view reference(std::string_view text, std::size_t at) {
    if (at >= text.size()) return {};
    const std::size_t end = text[at] == '&' ? text.substr(at, 10).find(';') : std::string_view::npos;
    return text.substr(at, end == std::string_view::npos ? 1 : end + 1);
  }
  // Of one byte: what else a reference may stand for isn't looked at.
  static bool stands_for(const Piece& piece, std::size_t at, std::string_view rest) {
    static constexpr std::pair<std::string_view, char> names[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    const std::string_view written = reference(piece.text, at);
    return std::any_of(std::begin(names), std::end(names),
                       [&](const auto& name) { return name.first == written && name.second == rest.front(); });
  }
  std::vector<Piece> pieces_;
};

class Collector {
 public:
  Collector(const style::Language& language, const Places& places, Languages languages, std::vector<Text>& out)
      : language_(language), places_(places), languages_(languages), out_(out) {}

  void metadata(const std::string& said) {
    if (said.empty()) return;
    if (const std::optional<diag::Span> place = places_.find(said, next_piece_)) {
      element_ = "metadata";
      text({model::Text{said, *place}}, Kind::line);
    }
  }

  void operator()(const model::Line& line) {
    element_ = line.name;
    text(line.content, Kind::line);
  }
  // What stands before its items.
  template <class PartWithItems>
    requires requires(const PartWithItems& part) { part.introduction; }
  void operator()(const PartWithItems& part) {
    bool has_items = true;
    if constexpr (requires { part.chapters; }) has_items = !part.chapters.empty();
    introduction_ = has_items ? Introduction::yes : Introduction::opening;
    model::walk(part.introduction, *this);
    introduction_ = Introduction::no;
    if constexpr (requires { part.chapters; })
      model::walk(part.chapters, *this);
    else
      model::walk(part.items, *this);
    if constexpr (requires { part.closing; }) model::walk(part.closing, *this);
  }
  void operator()(const model::Part& part) {
    // Brands and hooks speak as they like.
    loose_ = part.kind() == model::PartKind::hook || part.kind() == model::PartKind::brand ||
             part.kind() == model::PartKind::notes;
    in(part.attributes, [&] { model::walk_inside(part, *this); });
  }
  void operator()(const model::Block& block) {
    in(block.attributes, [&] { model::walk_inside(block, *this); });
  }
  void operator()(const model::Paragraph& paragraph) {
    text(paragraph.content, inside_ != 0 || loose_ ? Kind::passage : Kind::paragraph);
  }
  void operator()(const model::Question& item) {
    in(item.attributes, [&] {
      question_ = ++questions_;
      item_ = ++items_;
      text(item.question, Kind::question);
      model::walk(item.answer, *this);
      question_ = item_ = 0;
    });
  }
  template <model::Item Item>
  void operator()(const Item& item) {
    in(item.attributes, [&] {
      if constexpr (std::is_same_v<Item, model::Chapter> || std::is_same_v<Item, model::Takeaway>) item_ = ++items_;
      model::walk_inside(item, *this);
      item_ = 0;
    });
  }
  void operator()(const model::Row& row) {
    in(row.attributes, [&] { model::walk_inside(row, *this); });
  }
  void operator()(const model::Cell& cell) {
    in(cell.attributes, [&] { model::walk_inside(cell, *this); });
  }
  void operator()(const model::ListItem& item) {
    in(item.attributes, [&] { inside(item); });
  }
  void operator()(const model::Definition& item) {
    in(item.attributes, [&] { inside(item); });
  }
  void operator()(const model::BlockQuotation& block) { quoted(block); }
  void operator()(const model::Letter& block) { quoted(block); }
  void operator()(const model::Aside& block) { inside(block); }
  void operator()(const model::Person& person) {
    in(person.attributes, [&] { inside(person); });
  }
  // Lines of verse go on in the next.
  void operator()(const model::Verse&) {}

  void operator()(const model::Text& piece) {
    const std::vector<std::uint32_t> begins = places_.of(piece, text_.ends, text_.exact);
    at_ = begins.back();
    text_.text += piece.text;
    text_.begins.insert(text_.begins.end(), begins.begin(), begins.end() - 1);
  }
  void operator()(const model::Phrase& phrase) {
    if (is_apart(phrase.attributes) || (phrase.meaning == model::Meaning::foreign && phrase.attributes.lang.empty()))
      return apart(phrase.attributes, phrase.content);
    if (phrase.meaning != model::Meaning::quotation) return model::walk_inside(phrase, *this);
    // All texts are each in its own words.
    if (languages_ == Languages::all) {
      generated(something);
      return notes_.push_back({&phrase.content, lang_, Kind::line, true});
    }
    generated(language_.quotation[0].open);
    model::walk_inside(phrase, *this);
    generated(language_.quotation[0].close);
  }
  void operator()(const model::CrossReference& reference) {
    if (reference.content.empty()) return generated(something);
    model::walk_inside(reference, *this);
  }
  void operator()(const model::Link& link) {
    if (is_apart(link.attributes)) return apart(link.attributes, link.content);
    model::walk_inside(link, *this);
  }
  void operator()(const model::Footnote& note) {
    if (languages_ == Languages::all || here(note.attributes))
      notes_.push_back({&note.content, language_of(note.attributes), Kind::passage});
  }
  void operator()(const model::Ruby& ruby) {
    if (is_apart(ruby.attributes)) return apart(ruby.attributes, ruby.base);
    model::walk(ruby.base, *this);
  }

 private:
  // What stands in a text and is none of it.
  struct Apart {
    const model::Inlines* content;
    std::string lang;
    Kind kind;
    bool quoted = false;
  };
  // Whether the document's language is spoken in what has these.
  bool here(const model::Attributes& attributes) const {
    return attributes.lang.empty() || language_.covers(attributes.lang);
  }
  // What Text::lang is of what has these.
  std::string language_of(const model::Attributes& attributes) const {
    if (attributes.lang.empty()) return lang_;
    return here(attributes) ? std::string() : *attributes.lang;
  }
  bool is_apart(const model::Attributes& attributes) const {
    return !attributes.lang.empty() && language_of(attributes) != lang_;
  }
  void apart(const model::Attributes& attributes, const model::Inlines& content) {
    generated(something);
    if (languages_ == Languages::all && !attributes.lang.empty())
      notes_.push_back({&content, language_of(attributes), Kind::line});
  }
  // Reads what has these, if its language is asked for.
  void in(const model::Attributes& attributes, const auto& read) {
    if (languages_ == Languages::own && !here(attributes)) return;
    const std::string before = std::exchange(lang_, language_of(attributes));
    read();
    lang_ = before;
  }
  void inside(const auto& piece) {
    ++inside_;
    model::walk_inside(piece, *this);
    --inside_;
  }
  void quoted(const auto& piece) {
    quoted_ = true;
    inside(piece);
    quoted_ = false;
  }
  void generated(std::string_view words) {
    text_.text += words;
    text_.begins.insert(text_.begins.end(), words.size(), at_);
    text_.ends.insert(text_.ends.end(), words.size(), at_);
  }
  void text(const model::Inlines& content, Kind kind) {
    text_ = {};
    text_.kind = kind;
    text_.element = std::exchange(element_, {});
    text_.question = question_;
    text_.item = item_;
    text_.introduction = introduction_;
    text_.quoted = quoted_;
    text_.lang = lang_;
    at_ = 0;
    model::walk(content, *this);
    text_.begins.push_back(at_);
    // What is generated at the beginning stands where the text does.
    const auto first = std::find_if(text_.begins.begin(), text_.begins.end(), [](std::uint32_t b) { return b != 0; });
    if (first != text_.begins.end()) std::fill(text_.begins.begin(), first, *first);
    if (!text_.text.empty()) out_.push_back(std::move(text_));
    if (introduction_ == Introduction::opening) introduction_ = Introduction::no;
    for (const Apart& note : std::exchange(notes_, {})) {
      const std::string before = std::exchange(lang_, note.lang);
      const bool was_quoted = std::exchange(quoted_, quoted_ || note.quoted);
      text(*note.content, note.kind);
      quoted_ = was_quoted;
      lang_ = before;
    }
  }

  const style::Language& language_;
  const Places& places_;
  std::size_t next_piece_ = 0;  // where the next text of the metadata is looked for
  Languages languages_;
  std::vector<Text>& out_;
  Text text_;
  std::string lang_;      // what is read is in that one; empty: the document's
  std::uint32_t at_ = 0;  // behind what was read last
  std::string_view element_;
  std::size_t question_ = 0, questions_ = 0, item_ = 0, items_ = 0;
  int inside_ = 0;
  bool loose_ = false, quoted_ = false;
  Introduction introduction_ = Introduction::no;
  std::vector<Apart> notes_;
};

}  // namespace

std::vector<Text> texts_of(const model::Document& document, const style::Language& language,
                           const diag::SourceTexts& source, Languages languages) {
  std::vector<Text> out;
  const Places places(source);
  Collector collector(language, places, languages, out);
  const model::Work& work = document.work;
  if (work.title.lang.empty() || language.covers(work.title.lang)) collector.metadata(work.title.main);
  for (const std::string* const said : {&work.subtitle, &work.series, &document.edition.brand_line,
                                        &document.edition.licence, &document.edition.rights})
    collector.metadata(*said);
  for (const std::string& award : work.awards) collector.metadata(award);
  for (const std::string& subject : work.subjects) collector.metadata(subject);
  for (const model::Fact& fact : work.facts) collector.metadata(fact.value);
  model::walk(document, collector);
  return out;
}

}  // namespace epitome::proof
