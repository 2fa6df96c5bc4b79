#include "reader/read_document.hpp"

#include <algorithm>
#include <memory>

#include "reader/build.hpp"
#include "reader/faults.hpp"
#include "reader/guess.hpp"
#include "reader/guess_source.hpp"
#include "reader/json_value.hpp"
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

std::optional<std::string> convert(const diag::SourceText& source, Syntax from, Syntax to, diag::Sink& sink) {
  Faults faults;
  std::optional<std::string> written;
  const bool lines = is_plain_text(source.name());
  std::optional<Tree> tree;
  std::optional<diag::SourceText> bare;
  if (from == Syntax::json) bare = bare_json(source, faults);
  const diag::SourceText& text = bare ? *bare : source;
  const bool guessed =
      from == Syntax::markdown ? lines || !has_front_matter(text) : from == Syntax::json && !is_ours(text);
  if (guessed) {
    tree = from == Syntax::json ? guess_json(text, faults) : guess_document(text, lines, faults);
    if (faults.has_errors()) tree.reset();
    if (tree) validate(tree->root(), text, faults);
    if (faults.has_errors()) tree.reset();
  } else {
    tree = read_tree(text, from, faults);
  }
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
