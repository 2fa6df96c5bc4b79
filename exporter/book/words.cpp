#include "book/words.hpp"

#include <algorithm>
#include <vector>

#include "diag/utf8.hpp"
#include "model/title.hpp"
#include "model/walk.hpp"

namespace epitome::book {

namespace {

// Calls `sink(kind, text)` for each piece.
template <class Sink>
class Pieces {
 public:
  // `labels`: with "Spoiler: " where both files have it inside of a text.
  Pieces(const Book& book, Sink sink, bool labels) : book_(book), sink_(std::move(sink)), labels_(labels) {}

  void all() {
    for (const Section& section : book_.sections) {
      if (section.part == nullptr) continue;
      if (!section.part->title.empty() && section.part->kind() != model::PartKind::brand) body(section.title);
      // A comparison's generated title holds the other book's.
      if (section.part->title.empty() && section.part->kind() == model::PartKind::comparison) body(section.title);
      std::visit([&](const auto& part) { model::walk(part, *this); }, section.part->value);
    }
  }

  void operator()(const model::Line& line) { body(line.content); }
  // The other book's title is in the part's own, where it is printed.
  void operator()(const model::Comparison& comparison) { model::walk(comparison.content, *this); }

  // Blocks.
  void operator()(const model::Paragraph& paragraph) { told(paragraph); }
  void operator()(const model::Table& table) {
    model::walk_inside(table, *this);
    // As lists, the heads in a line and again before each value.
    if (table.head.empty()) return;
    sink_("generated", style::joint(book_.language.label("attribution"), "a", "b"));
    sink_("generated", style::joint(book_.language.label("pair"), "name", "value"));
    for (const model::Row& row : table.head) {
      for (const model::Cell& cell : row.cells) {
        sink_("generated", book_.told(cell.content));
      }
    }
  }
  // A quotation of several paragraphs opens each and closes the last.
  void operator()(const model::BlockQuotation& quotation) {
    for (const model::ParagraphBlock& block : quotation.content) {
      const model::QuotationMarks& marks = book_.marks(block.paragraph().marks);
      told(block.paragraph(), marks.open, &block == &quotation.content.back() ? marks.close : std::string());
    }
    model::walk(quotation.attribution, *this);
  }
  void operator()(const model::Attribution& by) {
    const std::string& pattern = book_.language.label("attribution");
    text_.clear();
    for (const model::Inlines* const piece : {&by.speaker, &by.source, &by.locator}) {
      if (piece->empty()) continue;
      std::string before = std::exchange(text_, {});
      model::walk(*piece, *this);
      if (!before.empty()) text_ = style::fill(pattern, {{"a", before}, {"b", text_}});
    }
    const std::string text = std::exchange(text_, {});
    if (!text.empty()) body({model::Text{text, {}}});
  }

  // Inlines.
  void operator()(const model::Text& text) { text_ += text.text; }
  void operator()(const model::Phrase& phrase) {
    const bool spoiler = phrase.meaning == model::Meaning::spoiler;
    if (spoiler) call_spoiler();
    const bool told_before = std::exchange(told_, told_ || spoiler);
    if (phrase.meaning == model::Meaning::quotation) {
      const model::QuotationMarks& marks = book_.marks(phrase.marks);
      text_ += marks.open;
      model::walk_inside(phrase, *this);
      text_ += marks.close;
    } else {
      model::walk_inside(phrase, *this);
    }
    told_ = told_before;
  }
  void operator()(const model::Link& link) {
    model::walk_inside(link, *this);
    // Print loses nothing: the PDF writes the address after the link.
    sink_("generated", std::string_view(link.href).substr(link.href->starts_with("mailto:") ? 7 : 0));
  }
  void operator()(const model::CrossReference& reference) {
    if (!reference.content.empty()) return model::walk_inside(reference, *this);
    if (book_.names.gives_away(reference.target)) call_spoiler();
    text_ += book_.names.name(reference.target);
  }
  void operator()(const model::Footnote& note) { notes_.push_back(&note); }

 private:
  // A paragraph that gives something away is called so in a line before it.
  void told(const model::Paragraph& paragraph, const std::string& before = {}, const std::string& after = {}) {
    told_ = model::holds_spoiler(paragraph.content);
    body(paragraph.content, before, after);
    told_ = false;
  }
  void call_spoiler() {
    if (told_ || !labels_) return;
    text_ += book_.spoiler_word();
  }
  void body(const model::Inlines& content, const std::string& before = {}, const std::string& after = {}) {
    text_ = before;
    model::walk(content, *this);
    text_ += after;
    sink_("body", text_);
    const std::vector<const model::Footnote*> notes = std::exchange(notes_, {});
    const bool told_before = std::exchange(told_, false);
    for (const model::Footnote* const note : notes) {
      text_.clear();
      model::walk(note->content, *this);
      sink_("note", text_);
    }
    told_ = told_before;
  }

  const Book& book_;
  Sink sink_;
  bool labels_;
  bool told_ = false;  // it was said already that what is read gives something away
  std::string text_;
  std::vector<const model::Footnote*> notes_;
};

// The text between the places of a pattern, each as a phrase of its own.
void add_pieces(std::vector<std::string>& phrases, std::string_view pattern) {
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    const std::string_view piece = pattern.substr(0, open);
    const auto is_letter = [](char c) { return static_cast<unsigned char>(c | 0x20) >= 'a'; };  // or not ASCII
    if (std::any_of(piece.begin(), piece.end(), is_letter)) phrases.emplace_back(piece);
    const std::size_t close = pattern.find('}', open);
    pattern.remove_prefix(close == std::string_view::npos ? pattern.size() : close + 1);
  }
}

std::vector<std::string> generated_phrases(const Book& book) {
  const GeneratedText& text = book.generated;
  std::vector<std::string> phrases = {text.title,      text.subtitle,   text.author,
                                      text.kind,       text.contains,   text.brand,
                                      text.brand_line, text.brand_href, model::short_title(book.document.work.title)};
  for (const model::Inlines& paragraph : book.imprint({})) {
    phrases.push_back(book.shown(paragraph));
  }
  for (const Section& section : book.sections) {
    phrases.push_back(book.name(section));
  }
  for (const char* const key : {"cover.label", "footnotes", "notes-page", "ellipsis", "spoiler"}) {
    phrases.push_back(book.language.label(key));
  }
  for (const char* const key : {"brand.more", "page", "page-reference", "spoiler.page", "footnote", "table", "figure",
                                "imprint.fonts", "imprint.program"}) {
    add_pieces(phrases, book.language.label(key));
  }
  return phrases;
}

void append_line(std::string& out, std::string_view kind, std::string_view text) {
  const std::size_t before = out.size();
  out.append(kind).append(1, '\t');
  const std::size_t start = out.size();
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (!space) out.push_back(c);
    if (space && out.size() != start && out.back() != ' ') out.push_back(' ');
  }
  while (out.size() > start && out.back() == ' ') out.pop_back();
  if (out.size() == start) {
    out.resize(before);
  } else {
    out.push_back('\n');
  }
}

}  // namespace

std::string dump_words(const Book& book) {
  std::string out;
  std::vector<std::string> seen;
  for (std::string& phrase : generated_phrases(book)) {
    if (std::find(seen.begin(), seen.end(), phrase) != seen.end()) continue;
    append_line(out, "generated", phrase);
    seen.push_back(std::move(phrase));
  }
  const auto sink = [&](std::string_view kind, std::string_view text) { append_line(out, kind, text); };
  Pieces(book, sink, true).all();
  return out;
}

std::uint32_t count_words(const Book& book) {
  std::uint32_t words = 0;
  const auto sink = [&](std::string_view kind, std::string_view text) {
    if (kind == "generated") return;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
      const diag::CodePoint c = diag::decode_utf8(text, at);
      at += c.length;
      const bool space = c.value == ' ' || c.value == '\n' || c.value == '\t' ||
                         (c.value >= 0x3000 && c.value <= 0x303F) || (c.value >= 0xFF01 && c.value <= 0xFF0F);
      // Chinese and Japanese have no spaces: their characters are counted, as their publishers do.
      const bool character = (c.value >= 0x3041 && c.value <= 0x30FF) || (c.value >= 0x3400 && c.value <= 0x9FFF) ||
                             (c.value >= 0xF900 && c.value <= 0xFAFF) || (c.value >= 0x20000 && c.value <= 0x3FFFD);
      if (character || (!space && !inside)) ++words;
      inside = !space && !character;
    }
  };
  Pieces(book, sink, false).all();
  return words;
}

}  // namespace epitome::book
