#include "reader/read_document.hpp"

#include <algorithm>
#include <memory>

#include "reader/build.hpp"
#include "reader/faults.hpp"
#include "reader/guess.hpp"
#include "reader/json_value.hpp"
#include "reader/loose_json.hpp"
#include "reader/suggest.hpp"
#include "reader/syntax.hpp"
#include "reader/validate.hpp"
#include "reader/write.hpp"

namespace epitome::reader {

namespace {

struct SyntaxRow {
  std::optional<Tree> (*parse)(const diag::SourceText&, Faults&);
  std::string (*write)(Node root);
  void (*each_text)(const diag::SourceText&, const diag::TextVisitor&);
};
// Both in the order of the enumeration.
constexpr SyntaxName syntax_names[] = {
    {Syntax::xml, "xml", ".xml"}, {Syntax::json, "json", ".json"}, {Syntax::markdown, "markdown", ".md"}};
constexpr SyntaxRow rows[] = {{parse_xml, write_xml, each_xml_text},
                              {parse_json, write_json, each_json_text},
                              {parse_markdown, write_markdown, each_markdown_text}};

const SyntaxRow& row_of(Syntax syntax) { return rows[static_cast<std::size_t>(syntax)]; }

// A tree that can be built from; nothing after an error.
std::optional<Tree> read_tree(const diag::SourceText& source, Syntax syntax, Faults& faults) {
  std::optional<Tree> tree = row_of(syntax).parse(source, faults);
  // What JSON or front matter have in a wrong shape is missing in the tree: that it is missing is no fault of its own.
  if (!tree || (syntax != Syntax::xml && faults.has_errors())) return {};
  validate(tree->root(), source, faults);
  if (syntax != Syntax::xml) faults.rewrite_hints([syntax](const std::string& h) { return in_terms_of(syntax, h); });
  if (faults.has_errors()) return {};
  return tree;
}

}  // namespace

bool is_plain_text(std::string_view file_name) { return file_name.ends_with(".txt"); }

std::span<const SyntaxName> syntaxes() { return syntax_names; }

Syntax syntax_of(std::string_view file_name) {
  if (is_plain_text(file_name)) return Syntax::markdown;
  for (const SyntaxName& known : syntax_names) {
    if (file_name.size() < known.ending.size()) continue;
    const std::string_view end = file_name.substr(file_name.size() - known.ending.size());
    const bool same = std::equal(end.begin(), end.end(), known.ending.begin(),
                                 [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
    if (same) return known.syntax;
  }
  return Syntax::xml;
}

std::optional<model::Document> read_document(const diag::SourceText& source, diag::Sink& sink, Syntax syntax) {
  Faults faults;
  std::optional<model::Document> document;
  if (const std::optional<Tree> tree = read_tree(source, syntax, faults))
    document = build_document(tree->root(), source.bytes());
  faults.report_to(sink);
  return document;
}

namespace {

// A tree of a source of any shape; nothing after an error.
std::optional<Tree> tree_of_any(const diag::SourceText& source, Syntax from, Faults& faults) {
  const bool lines = is_plain_text(source.name());
  const bool guessed =
      from == Syntax::markdown ? lines || !has_front_matter(source) : from == Syntax::json && !is_ours(source);
  if (!guessed) return read_tree(source, from, faults);
  std::optional<Tree> tree = from == Syntax::json ? guess_json(source, faults) : guess_document(source, lines, faults);
  if (faults.has_errors()) tree.reset();
  if (tree) validate(tree->root(), source, faults);
  if (faults.has_errors()) tree.reset();
  return tree;
}

}  // namespace

std::optional<std::string> convert(const diag::SourceText& source, Syntax from, Syntax to, diag::Sink& sink) {
  Faults faults;
  std::optional<Tree> tree;
  std::optional<PlacedText> mended;
  if (from == Syntax::json && source.bytes().size() <= limits::input_bytes)
    mended = mended_json(source.bytes(), faults);
  if (mended) {
    Faults found;
    tree = tree_of_any(diag::SourceText(source.name(), mended->text), from, found);
    const auto place = [&](std::size_t at) { return mended->begins[std::min(at, mended->text.size())]; };
    faults.add_all(found, [&](diag::Span span) {
      const std::uint32_t begin = place(span.offset);
      return diag::Span{begin, place(span.offset + std::size_t{span.length}) - begin};
    });
  } else {
    tree = tree_of_any(source, from, faults);
  }
  std::optional<std::string> written;
  if (tree) written = row_of(to).write(tree->root());
  faults.report_to(sink);
  return written;
}

std::function<std::string(std::uint32_t)> pointers(const diag::SourceText& source, Syntax syntax) {
  if (syntax != Syntax::json) return {};
  const auto values = std::make_shared<JsonValues>();
  Faults told_already;
  values->parse(source, told_already);
  return [values](std::uint32_t offset) { return values->pointer(offset); };
}

diag::SourceTexts source_texts(const diag::SourceText& source, Syntax syntax) {
  return [&source, &row = row_of(syntax)](const diag::TextVisitor& visit) { row.each_text(source, visit); };
}

}  // namespace epitome::reader
