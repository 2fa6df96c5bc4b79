#include "proof/quotations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "model/walk.hpp"
#include "preflight/reading.hpp"
#include "proof/book_words.hpp"

namespace epitome::proof {

using diag::Code;

namespace {

struct Quotation {
  std::string text;
  diag::Span place;
  bool of_another = false;  // its source is named and isn't the work
};

class Quotations {
 public:
  explicit Quotations(const model::Work& work) : work_(work) {}

  void operator()(const model::Block& block) {
    place_ = block.attributes.span;
    model::walk_inside(block, *this);
  }
  void operator()(const model::BlockQuotation& block) {
    text_.clear();
    model::walk(block.content, *this);
    add(block.attribution);
  }
  void operator()(const model::Verse& block) {
    text_.clear();
    model::walk(block.stanzas, *this);
    add(block.attribution);
  }
  void operator()(const model::Line& line) {
    text_ += model::plain_text(line.content);
    text_ += '\n';
  }
  std::vector<Quotation> take() { return std::move(out_); }

 private:
  void add(const model::Attribution& by) {
    if (by.speaker.empty() && by.locator.empty()) return;
    const std::string source = model::plain_text(by.source);
    const bool own = source.empty() || source.find(work_.title.main) != std::string::npos;
    out_.push_back({text_, place_, !own});
  }

  const model::Work& work_;
  diag::Span place_;
  std::string text_;
  std::vector<Quotation> out_;
};

// The book's text, and where each of its files begins in it.
struct BookText {
  std::string text;
  std::vector<std::pair<std::size_t, std::string>> files;
};

std::optional<BookText> read_book(const std::string& name, std::string_view bytes, diag::Sink& sink) {
  std::string why;
  BookText book;
  if (bytes.starts_with("PK")) {
    const auto texts = preflight::spine_texts(bytes, why);
    if (!texts) {
      sink.report(Code::E0802, {}, fmt::format("{}: {}", name, why), {"--against takes an EPUB or a text"});
      return std::nullopt;
    }
    for (const preflight::DocumentText& document : *texts) {
      book.files.emplace_back(book.text.size(), document.path);
      book.text += document.text;
      book.text += '\n';
    }
    return book;
  }
  std::optional<std::string> text = preflight::plain_text(std::string(bytes));
  if (!text) {
    sink.report(Code::E0106, {}, fmt::format("{}: it is neither an EPUB nor text in UTF-8", name),
                {"--against takes an EPUB or a text"});
    return std::nullopt;
  }
  book.files.emplace_back(0, name);
  book.text = std::move(*text);
  return book;
}

class Prover {
 public:
  Prover(BookText book, bool is_text)
      : files_(std::move(book.files)), words_(std::move(book.text)), is_text_(is_text) {}

  void prove(const Quotation& quotation, diag::Sink& sink) {
    std::vector<std::vector<Token>> stretches(1);
    for (const Token& token : words_.quotation(quotation.text)) {
      if (token.kind == Token::Kind::gap)
        stretches.emplace_back();
      else
        stretches.back().push_back(token);
    }
    std::uint32_t from = 0, begin = 0;
    bool first = true;
    std::vector<std::string> differences;
    for (std::vector<Token>& stretch : stretches) {
      trim(stretch);
      if (stretch.empty()) continue;
      Found found = words_.find(quotation.text, stretch, from);
      if (found.begin == found.end) return missing(quotation, sink);
      if (std::exchange(first, false)) begin = found.begin;
      from = found.end;
      differences.insert(differences.end(), found.differences.begin(), found.differences.end());
    }
    if (first) return;  // it holds no words
    if (differences.empty()) {
      ++verbatim_;
      sink.report(Code::N0431, quotation.place,
                  fmt::format("the quotation is in the book, word for word: {}", where(begin)));
      return;
    }
    ++altered_;
    sink.report(Code::W0432, quotation.place,
                fmt::format("the quotation differs from the book: {}; {}", fmt::join(differences, ", "), where(begin)),
                {"quote it as it stands; … says that something is left out, [ ] that something is changed"});
  }

  void sum_up(diag::Sink& sink) const {
    sink.report(
        Code::N0434, {},
        fmt::format("quotations in the book: {} word for word, {} with differences, {} not found{}", verbatim_,
                    altered_, missing_, others_ == 0 ? std::string() : fmt::format("; {} of other works", others_)));
  }

 private:
  static void trim(std::vector<Token>& stretch) {
    const auto is_word = [](const Token& token) { return token.kind == Token::Kind::word; };
    stretch.erase(stretch.begin(), std::find_if(stretch.begin(), stretch.end(), is_word));
    stretch.erase(std::find_if(stretch.rbegin(), stretch.rend(), is_word).base(), stretch.end());
  }
  void missing(const Quotation& quotation, diag::Sink& sink) {
    if (quotation.of_another) {
      ++others_;
      return;
    }
    ++missing_;
    sink.report(Code::W0433, quotation.place, "the quotation is not in the book",
                {"look it up; words that nobody wrote are no quotation. One of another work names it in <source>"});
  }
  std::string where(std::size_t at) const {
    const auto file = std::prev(std::upper_bound(files_.begin(), files_.end(), at,
                                                 [](std::size_t place, const auto& f) { return place < f.first; }));
    const std::size_t inside = at - file->first;
    if (!is_text_) return fmt::format("{}, byte {} of its text", file->second, inside);
    const auto begin = words_.text().begin();
    const auto line = 1 + std::count(begin, begin + static_cast<std::ptrdiff_t>(at), '\n');
    return fmt::format("{}, line {}, byte {}", file->second, line, inside);
  }

  std::vector<std::pair<std::size_t, std::string>> files_;
  BookWords words_;
  bool is_text_;
  std::size_t verbatim_ = 0, altered_ = 0, missing_ = 0, others_ = 0;
};

}  // namespace

void prove_quotations(const model::Document& document, const std::string& name, std::string_view book,
                      diag::Sink& sink) {
  std::optional<BookText> text = read_book(name, book, sink);
  if (!text) return;
  Prover prover(std::move(*text), !book.starts_with("PK"));
  Quotations quotations(document.work);
  model::walk(document, quotations);
  for (const Quotation& quotation : quotations.take()) prover.prove(quotation, sink);
  prover.sum_up(sink);
}

}  // namespace epitome::proof
