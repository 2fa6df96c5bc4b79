// Blocks of a source of another shape written as the vocabulary has them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reader/faults.hpp"
#include "reader/guess_headings.hpp"
#include "reader/markdown_markup.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

// Where the first text of a node stands, or itself.
diag::Span place_of(Node node);
inline bool is_list(Node node) { return node.name() == "ul" || node.name() == "ol"; }

class GuessedBlocks {
 public:
  GuessedBlocks(Faults& faults, const GuessedHeadings& headings) : headings_(headings), faults_(faults) {}

  void append(const std::vector<Node>& blocks, PlacedText& out) {
    for (const Node node : blocks) {
      block(node, out);
      set_pictures(out);
    }
  }
  // The pictures of the texts that were written since the last ones, which is told.
  void set_pictures(PlacedText& out);
  // What a node holds as inline elements, without white space at the ends.
  void inlines(Node node, PlacedText& out);
  void inline_of(Node node, PlacedText& out);
  static void tagged(std::string_view name, const PlacedText& content, PlacedText& out);
  void told(diag::Code code, Node at, std::string message, std::string hint);
  // Whether a node holds nothing, which is told then.
  bool left_out(Node node);

 protected:
  const GuessedHeadings& headings_;
  Faults& faults_;
  std::vector<Node> pictures_;  // of texts, which don't stand yet

 private:
  void block(Node node, PlacedText& out);
  void said_by(Node node, PlacedText& out);
  void paragraph(Node node, PlacedText& out);
  void figure(Node node, PlacedText& out);
  void elsewhere(Node node, std::string_view path, PlacedText& out);
  void open(Node node, std::string_view name, PlacedText& out, std::string_view more = {});
  void bare_inline(Node node, PlacedText& out);

  std::uint32_t last_ = 0;
};

}  // namespace epitome::reader
