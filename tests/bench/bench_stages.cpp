// Times of the stages on one real summary, in one process with files read beforehand: what a change costs, and where.
// The whole process beside other programs is peers.py's.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "book/book.hpp"
#include "cover/cover.hpp"
#include "diag/diagnostic.hpp"
#include "epub/package.hpp"
#include "image/image.hpp"
#include "model/document.hpp"
#include "pdf/write_pdf.hpp"
#include "reader/read_document.hpp"
#include "style/read_language.hpp"
#include "style/read_layout.hpp"
#include "text/fonts.hpp"
#include "text/paragraph.hpp"
#include "typeset/typeset.hpp"

namespace epitome {
namespace {

const std::filesystem::path example = std::filesystem::path(EPITOME_SOURCE_DIR) / "examples/the-push";
const std::string data_folder = EPITOME_SOURCE_DIR;
const std::string patterns_folder = EPITOME_PATTERNS_DIR;
const std::string program = "Epitome bench";

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// A stage that fails has no time: stop, and say why.
template <typename T>
T must(std::optional<T> value, const diag::Sink& sink) {
  if (!value) {
    std::cerr << (sink.diagnostics().empty() ? std::string("no diagnostic") : sink.diagnostics().front().message)
              << '\n';
    std::exit(1);
  }
  return std::move(*value);
}

// All that the stages share, made once.
struct Example {
  diag::Sink sink;
  diag::SourceText source{"summary.xml", read_file(example / "summary.xml")};
  model::Document document = must(reader::read_document(source, sink), sink);
  style::Layout layout = must(style::read_layout("book", data_folder, sink), sink);
  style::Language language = must(style::read_language(document.edition.lang, data_folder, sink), sink);
  text::FontSet fonts;
  std::unique_ptr<const book::Book> book;
  cover::CoverFile cover;

  Example() {
    if (!fonts.read_manifest(data_folder + "/fonts/manifest.xml", sink)) std::exit(1);
    book::Images images;
    for (const auto& entry : std::filesystem::directory_iterator(example)) {
      const std::string extension = entry.path().extension();
      if (extension != ".png" && extension != ".jpg") continue;
      const std::string name = entry.path().filename();
      images.emplace(name, must(image::check_image(read_file(entry.path()), name, {}, sink), sink));
    }
    book = book::prepare(document, language, std::move(images), sink);
    const std::optional<model::CoverImage>& named = document.work.cover;
    const auto given = named ? book->images.find(named->path) : book->images.end();
    cover = must(cover::cover_file(drawing(), given == book->images.end() ? nullptr : &given->second, {}, sink), sink);
  }
  cover::Inputs drawing() { return {*book, layout, fonts, patterns_folder}; }
  typeset::Inputs typeset_inputs() { return {drawing(), program}; }
  epub::Inputs epub_inputs(const model::PageMap& page_map) {
    return {*book, layout, page_map, cover.bytes, cover.kind, program};
  }
};

Example& shared() {
  static Example made;
  return made;
}

// The story's paragraphs as the typesetter of text gets them, without their inline styles.
std::vector<text::Paragraph> story_paragraphs(Example& e) {
  const text::Face* face = e.fonts.face(e.layout.faces.at(0).family, e.layout.faces.at(0).style, e.sink);
  if (!face) std::exit(1);
  std::vector<text::Paragraph> out;
  const auto take = [&](const model::Blocks& blocks) {
    for (const model::Block& block : blocks) {
      const auto* paragraph = std::get_if<model::Paragraph>(&block.value);
      if (!paragraph) continue;
      text::Paragraph made;
      text::TextSpan span;
      span.text = model::plain_text(paragraph->content);
      span.style.face = face;
      span.style.size = e.layout.style(style::StyleName::text).size;
      span.lang = e.document.edition.lang;
      made.spans.push_back(std::move(span));
      made.shape.measure = e.layout.geometry.measure;
      out.push_back(std::move(made));
    }
  };
  for (const model::Part& part : e.document.parts) {
    const auto* story = std::get_if<model::Story>(&part.value);
    if (!story) continue;
    take(story->introduction);
    for (const model::Chapter& chapter : story->chapters) take(chapter.content);
  }
  if (out.empty()) std::exit(1);
  return out;
}

void read(benchmark::State& state) {
  Example& e = shared();
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(reader::read_document(e.source, sink));
  }
}
BENCHMARK(read)->Unit(benchmark::kMillisecond);

// A new typesetter each time: its cache of words is part of what a first export pays.
void shape(benchmark::State& state) {
  Example& e = shared();
  const std::vector<text::Paragraph> paragraphs = story_paragraphs(e);
  for (auto _ : state) {
    text::Typesetter typesetter({&e.layout, &e.fonts, patterns_folder});
    for (const text::Paragraph& p : paragraphs) {
      benchmark::DoNotOptimize(typesetter.prepare(p, e.language, {}, e.sink));
    }
  }
}
BENCHMARK(shape)->Unit(benchmark::kMillisecond);

void break_lines(benchmark::State& state) {
  Example& e = shared();
  text::Typesetter typesetter({&e.layout, &e.fonts, patterns_folder});
  std::vector<text::PreparedParagraph> prepared;
  for (const text::Paragraph& p : story_paragraphs(e))
    prepared.push_back(typesetter.prepare(p, e.language, {}, e.sink));
  for (auto _ : state) {
    for (const text::PreparedParagraph& p : prepared) benchmark::DoNotOptimize(typesetter.break_lines(p));
  }
}
BENCHMARK(break_lines)->Unit(benchmark::kMillisecond);

void typeset_pages(benchmark::State& state) {
  Example& e = shared();
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(must(typeset::typeset(e.typeset_inputs(), sink), sink));
  }
}
BENCHMARK(typeset_pages)->Unit(benchmark::kMillisecond);

void write_pdf(benchmark::State& state) {
  Example& e = shared();
  const typeset::Typeset made = must(typeset::typeset(e.typeset_inputs(), e.sink), e.sink);
  std::size_t bytes = 0;
  for (auto _ : state) {
    diag::Sink sink;
    bytes = must(pdf::write_pdf(made.pages, {program}, sink), sink).size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(write_pdf)->Unit(benchmark::kMillisecond);

void draw_cover(benchmark::State& state) {
  Example& e = shared();
  std::size_t bytes = 0;
  for (auto _ : state) {
    diag::Sink sink;
    bytes = must(cover::cover_file(e.drawing(), nullptr, {}, sink), sink).bytes.size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(draw_cover)->Unit(benchmark::kMillisecond);

void package_epub(benchmark::State& state) {
  Example& e = shared();
  const typeset::Typeset made = must(typeset::typeset(e.typeset_inputs(), e.sink), e.sink);
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(epub::serialise(must(epub::package(e.epub_inputs(made.page_map), sink), sink)));
  }
}
BENCHMARK(package_epub)->Unit(benchmark::kMillisecond);

// The EPUB as a whole but for its cover and its pages' labels.
void make_epub(benchmark::State& state) {
  Example& e = shared();
  const typeset::Typeset made = must(typeset::typeset(e.typeset_inputs(), e.sink), e.sink);
  std::size_t bytes = 0;
  for (auto _ : state) {
    diag::Sink sink;
    const epub::Container files = epub::serialise(must(epub::package(e.epub_inputs(made.page_map), sink), sink));
    bytes = must(epub::write_epub(files, sink), sink).size();
  }
  state.counters["besides_cover"] = static_cast<double>(bytes - e.cover.bytes.size());
}
BENCHMARK(make_epub)->Unit(benchmark::kMillisecond);

void write_epub(benchmark::State& state) {
  Example& e = shared();
  const typeset::Typeset made = must(typeset::typeset(e.typeset_inputs(), e.sink), e.sink);
  const epub::Container container = epub::serialise(must(epub::package(e.epub_inputs(made.page_map), e.sink), e.sink));
  std::size_t bytes = 0;
  for (auto _ : state) {
    diag::Sink sink;
    bytes = must(epub::write_epub(container, sink), sink).size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(write_epub)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace epitome

BENCHMARK_MAIN();
