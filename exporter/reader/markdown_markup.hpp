// The text of a Markdown document as markup of the vocabulary, each byte with its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reader/faults.hpp"
#include "reader/part_names.hpp"

namespace epitome::reader {

// Characters, and by byte where the source writes each. What is written by a construct of Markdown is where that is.
struct PlacedText {
  std::string text;
  std::vector<std::uint32_t> begins;

  void add(std::string_view more, std::uint32_t at) {
    text += more;
    begins.resize(text.size(), at);
  }
  // Each byte is one byte of the source, from `at` on.
  void add_source(std::string_view more, std::uint32_t at) {
    text += more;
    for (std::size_t i = 0; i < more.size(); ++i) begins.push_back(at + static_cast<std::uint32_t>(i));
  }
  void append(const PlacedText& more, std::size_t from = 0) {
    text.append(more.text, from);
    begins.insert(begins.end(), more.begins.begin() + static_cast<std::ptrdiff_t>(from), more.begins.end());
  }
  void insert(std::size_t at, const PlacedText& more) {
    text.insert(at, more.text);
    begins.insert(begins.begin() + static_cast<std::ptrdiff_t>(at), more.begins.begin(), more.begins.end());
  }
  // Takes what stands from `at` on.
  PlacedText cut(std::size_t at) {
    PlacedText out;
    out.append(*this, at);
    text.resize(at);
    begins.resize(at);
    return out;
  }
  void keep(std::size_t from, std::size_t length) {
    text = text.substr(from, length);
    begins = {begins.begin() + static_cast<std::ptrdiff_t>(from),
              begins.begin() + static_cast<std::ptrdiff_t>(from + text.size())};
  }
  void trim();
};

// Ours: headings begin parts and items, XML stands for itself. Usual: headings become <h1> to <h6> among the blocks, as
// they come; HTML is left out and told (guess.cpp makes parts of it).
enum class MarkdownShape : std::uint8_t { ours, usual };

// What the front matter says that headings are held against.
struct MarkdownHeading {
  std::string title;  // the work's, article included, which may stand above the parts
  PartNames parts;
};

// The parts, for the root of a tree: what is written there of the body that begins at `from`. False: nothing more can
// be said.
bool translate_markdown(std::string_view source, std::size_t from, const MarkdownHeading& known, MarkdownShape shape,
                        PlacedText& out, Faults& faults);

}  // namespace epitome::reader
