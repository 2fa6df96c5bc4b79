// XML: the one file that sees pugixml's tree. pugixml knows the offset of a node but not of an attribute; the original
// bytes tell the rest.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>
#include <string>
#include <utility>
#include <vector>

#include "diag/utf8.hpp"
#include "reader/syntax.hpp"
#include "reader/well_formed.hpp"

namespace epitome::reader {

namespace {

using diag::Span;

// White space between inlines counts, so nodes of white space alone are kept; the rest is as XML asks.
constexpr unsigned parse_options =
    pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;

Span make_span(std::size_t from, std::size_t to) {
  return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
}

// What stands behind another piece may be written before it: a footnote of Markdown.
Span span_between(std::uint32_t from, std::uint32_t to) { return {from, std::max(from, to) - from}; }

// From pugixml's tree of `bytes`.
class TreeMaker {
 public:
  // `parsed`: the bytes that pugixml parsed in place, in which names and values lie; they stand in the tree's
  // characters from `base` on. `begins`: by byte, where the source has it; null: `bytes` are the source.
  TreeMaker(std::string_view bytes, const char* parsed, std::uint32_t base, const std::vector<std::uint32_t>* begins,
            Tree& tree)
      : bytes_(bytes), parsed_(parsed), base_(base), begins_(begins), tree_(tree) {}

  void element(pugi::xml_node node, Tree::Index parent) {
    const auto from = static_cast<std::size_t>(node.offset_debug());
    const Tree::Piece name = piece(node.name());
    const Tree::Index own = tree_.add_element(parent, name, place(from, from + name.length));
    at_ = from + name.length;
    for (const pugi::xml_attribute attribute : node.attributes()) add(attribute);
    children(node, own);
  }

  void children(pugi::xml_node node, Tree::Index own) {
    for (const pugi::xml_node child : node.children()) {
      if (child.type() == pugi::node_element) {
        element(child, own);
      } else {
        text(child, own);
      }
    }
  }

 private:
  Span place(std::size_t from, std::size_t to) const {
    return begins_ == nullptr ? make_span(from, to) : span_between((*begins_)[from], (*begins_)[to]);
  }

  // An empty value may lie elsewhere.
  Tree::Piece piece(std::string_view text) const {
    if (text.empty()) return {};
    return {base_ + static_cast<std::uint32_t>(text.data() - parsed_), static_cast<std::uint32_t>(text.size())};
  }

  void skip_space() {
    while (at_ < bytes_.size() && is_space(bytes_[at_])) ++at_;
  }

  // The next one of the tag, which is well-formed: check_well_formed saw it.
  void add(pugi::xml_attribute attribute) {
    skip_space();
    const std::size_t name = at_;
    at_ = std::min(bytes_.find('=', at_), bytes_.size());
    const Tree::Piece called = piece(attribute.name());
    at_ = std::min(bytes_.find_first_of("\"'", at_), bytes_.size() - 1);
    const std::size_t from = at_ + 1;
    const std::size_t to = std::min(bytes_.find(bytes_[at_], from), bytes_.size());
    at_ = to + 1;
    tree_.add_attribute({called, piece(attribute.value()), place(name, name + called.length), place(from, to)});
  }

  void text(pugi::xml_node node, Tree::Index parent) {
    const auto from = static_cast<std::size_t>(node.offset_debug());
    const std::size_t to = node.type() == pugi::node_cdata ? bytes_.find("]]>", from) : bytes_.find('<', from);
    tree_.add_text(parent, piece(node.value()), place(from, std::min(to, bytes_.size())));
  }

  std::string_view bytes_;
  const char* parsed_;
  std::uint32_t base_;
  const std::vector<std::uint32_t>* begins_;
  Tree& tree_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Tree> parse_xml(const diag::SourceText& source, Faults& faults) {
  std::string bytes = source.bytes();
  if (!check_bytes(bytes, faults) || !check_well_formed(bytes, faults)) return {};
  const bool well_formed = !faults.has_errors();
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer_inplace(bytes.data(), bytes.size(), parse_options, pugi::encoding_utf8);
  if (!result) {
    // After a fault that was reported pugixml may stumble too; alone it must not.
    if (well_formed) {
      faults.add(diag::Code::E0901, {static_cast<std::uint32_t>(result.offset), 1},
                 fmt::format("the parser refuses what the reader let through: {}", result.description()),
                 {"report this, with the source document if you can"});
    }
    return {};
  }
  Tree tree;
  tree.reserve(static_cast<std::size_t>(std::count(source.bytes().begin(), source.bytes().end(), '<')));
  TreeMaker(source.bytes(), bytes.data(), 0, nullptr, tree).element(document.document_element(), Tree::none);
  tree.take(std::move(bytes));
  return tree;
}

bool add_markup(std::string_view markup, const std::vector<std::uint32_t>& begins, Tree::Index parent, Inside inside,
                Tree& tree, Faults& faults) {
  Faults found;
  const bool trusted = check_well_formed_content(markup, inside, found);
  faults.add_all(found, [&](Span span) {
    const std::size_t from = std::min<std::size_t>(span.offset, markup.size());
    return span_between(begins[from], begins[std::min(from + span.length, markup.size())]);
  });
  if (!trusted) return false;
  std::string bytes(markup);
  pugi::xml_document document;
  // The string's terminator too: else a text at its end would lose its last character to pugixml's own.
  const pugi::xml_parse_result result = document.load_buffer_inplace(
      bytes.data(), bytes.size() + 1, parse_options | pugi::parse_fragment, pugi::encoding_utf8);
  // After a fault that was told pugixml may stumble too.
  if (!result) return false;
  const Tree::Piece parsed = tree.add(bytes);
  TreeMaker(markup, bytes.data(), parsed.offset, &begins, tree).children(document.root(), parent);
  return true;
}

namespace {

// The characters of a stretch of the source and where each is written; references stand for theirs.
class WrittenText {
 public:
  WrittenText(std::string_view bytes, const diag::TextVisitor& visit) : bytes_(bytes), visit_(visit) {}

  void tell(Span span, bool references, bool apart) {
    text_.clear();
    begins_.clear();
    const std::size_t end = span.offset + std::size_t{span.length};
    for (std::size_t at = span.offset; at < end;) {
      const diag::CodePoint c = character(at, end, references);
      diag::append_utf8(text_, c.value);
      begins_.resize(text_.size(), static_cast<std::uint32_t>(at));
      at += c.length;
    }
    begins_.push_back(static_cast<std::uint32_t>(end));
    visit_(text_, begins_, apart);
  }

 private:
  // The character at `at`, which a reference may write, and the bytes that write it.
  diag::CodePoint character(std::size_t at, std::size_t end, bool references) const {
    const std::size_t semicolon = references && bytes_[at] == '&' ? bytes_.find(';', at) : std::string_view::npos;
    if (semicolon >= end) return diag::decode_utf8(bytes_, at);
    for (const auto& [name, character] :
         {std::pair("lt", U'<'), {"gt", U'>'}, {"amp", U'&'}, {"quot", U'"'}, {"apos", U'\''}}) {
      if (bytes_.substr(at + 1, semicolon - at - 1) == name) return {character, semicolon + 1 - at, true};
    }
    if (bytes_[at + 1] != '#') return diag::decode_utf8(bytes_, at);
    const bool hexadecimal = bytes_[at + 2] == 'x';
    std::uint32_t value = 0;
    std::from_chars(bytes_.data() + at + (hexadecimal ? 3 : 2), bytes_.data() + semicolon, value,
                    hexadecimal ? 16 : 10);
    return {value, semicolon + 1 - at, true};
  }

  std::string_view bytes_;
  const diag::TextVisitor& visit_;
  std::string text_;
  std::vector<std::uint32_t> begins_;
};

}  // namespace

void each_xml_text(const diag::SourceText& source, const diag::TextVisitor& visit) {
  Faults told_already;
  const std::optional<Tree> tree = parse_xml(source, told_already);
  WrittenText written(source.bytes(), visit);
  constexpr std::string_view section = "<![CDATA[";
  for (Node node = tree ? tree->root() : Node(); node; node = node.next()) {
    for (std::size_t i = 0; i < node.attribute_count(); ++i)
      written.tell(node.value_span(node.attribute_name(i)), true, true);
    if (!node.is_text()) continue;
    const std::string_view before = std::string_view(source.bytes()).substr(0, node.span().offset);
    written.tell(node.span(), !before.ends_with(section), false);
  }
}

}  // namespace epitome::reader
