// What the text tests share: the fonts, a layout's limits, paragraphs from plain text.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"
#include "style/layout.hpp"
#include "text/paragraph.hpp"

namespace epitome::text {

struct Setting {
  diag::Sink sink;
  FontSet fonts;
  style::Layout layout;
  style::Language english;

  Setting() {
    EXPECT_TRUE(fonts.read_manifest(std::string(EPITOME_SOURCE_DIR) + "/fonts/manifest.xml", sink));
    english.tag = "en-GB";
    english.hyphenation.patterns = "en";
    english.hyphenation.start_min = english.hyphenation.end_min = 3;
    layout.justification.last_line_min = Length::pt(21);
    layout.protrusion = {{U'-', 0, 600},   {0x2010, 0, 600}, {U',', 0, 500},   {U'.', 0, 500},
                         {0x201C, 500, 0}, {0x201D, 0, 500}, {0x2018, 500, 0}, {0x2019, 0, 500}};
  }

  const Face* regular() { return fonts.face("Vollkorn", "Regular", sink); }
  const Face* italic() { return fonts.face("Vollkorn", "Italic", sink); }

  TextSpan span(std::string text, const Face* face = nullptr) {
    TextSpan s;
    s.text = std::move(text);
    s.style.face = face != nullptr ? face : regular();
    s.style.size = Length::ratio_pt(21, 2);
    static const std::vector<std::string> features{"ss11"};
    s.style.features = &features;
    return s;
  }

  Paragraph paragraph(std::string text, Length measure = Length::ratio_pt(609, 2)) {
    Paragraph p;
    p.spans = {span(std::move(text))};
    p.shape.measure = measure;
    return p;
  }

  TextOptions options() { return {&layout, &fonts, EPITOME_PATTERNS_DIR}; }
};

// The characters of a line in reading order, of spans' text only.
inline std::string text_of(const Line& line) {
  std::string text;
  for (const std::uint32_t i : line.logical)
    if (!line.runs[i].annotation) text += line.runs[i].run.text;
  return text;
}

// The paragraphs of a long English text, markup of emphasis taken out.
inline std::vector<std::string> corpus_paragraphs() {
  const char* folder = std::getenv("EPITOME_CORPUS");
  const std::string path =
      folder != nullptr ? std::string(folder) : std::string(EPITOME_SOURCE_DIR) + "/../shared/corpus";
  std::ifstream file(path + "/frankenstein.txt");
  std::vector<std::string> paragraphs;
  for (std::string line; std::getline(file, line);) {
    std::erase(line, '_');
    if (!line.empty() && line[0] != '#') paragraphs.push_back(line);
  }
  return paragraphs;
}

class ParagraphTest : public testing::Test {
 protected:
  std::vector<Line> lines_of(const Paragraph& paragraph, int extra = 0) {
    const PreparedParagraph prepared = typesetter_.prepare(paragraph, setting_.english, {}, setting_.sink);
    return extra == 0 ? typesetter_.break_lines(prepared) : typesetter_.other_lines(prepared, {extra, {}, false}).lines;
  }
  void expect_no_diagnostics() {
    for (const diag::Diagnostic& d : setting_.sink.diagnostics()) ADD_FAILURE() << d.message;
  }

  Setting setting_;
  Typesetter typesetter_{setting_.options()};
};

// All text of the lines in reading order, added hyphens (and nothing else) taken out.
inline std::string text_of(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    for (const std::uint32_t i : line.logical) {
      const PlacedRun& placed = line.runs[i];
      if (placed.annotation) continue;
      std::string run = placed.run.text;
      if (placed.run.ends_in_soft_hyphen) run.resize(run.size() - 2);
      text += run;
    }
  }
  return text;
}

}  // namespace epitome::text
