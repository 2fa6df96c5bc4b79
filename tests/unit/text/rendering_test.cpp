// Our lines beside HarfBuzz's own program: the same text, face, script, language and features, glyph for glyph.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <hb.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <set>

#include "diag/utf8.hpp"
#include "setting.hpp"

namespace epitome::text {
namespace {

struct Sample {
  std::string name, lang, direction, text;
};

// "&#x1798;" to the character.
std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "&#x") != 0) {
      out += text[i];
      continue;
    }
    const std::size_t end = text.find(';', i);
    std::uint32_t value = 0;
    std::from_chars(text.data() + i + 3, text.data() + end, value, 16);
    diag::append_utf8(out, value);
    i = end;
  }
  return out;
}

// The first article of each text of the corpus of Declarations.
std::vector<Sample> samples() {
  const char* folder = std::getenv("EPITOME_CORPUS");
  const std::filesystem::path path =
      folder != nullptr ? std::string(folder) : std::string(EPITOME_SOURCE_DIR) + "/../shared/corpus";
  std::vector<Sample> all;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path / "udhr", error)) {
    std::ifstream file(entry.path());
    const std::string xml{std::istreambuf_iterator<char>(file), {}};
    const auto between = [&](std::string_view open, std::string_view close, std::size_t from) {
      const std::size_t begin = xml.find(open, from);
      if (begin == std::string::npos) return std::string();
      return xml.substr(begin + open.size(), xml.find(close, begin + open.size()) - begin - open.size());
    };
    Sample sample;
    sample.name = entry.path().stem().string();
    sample.lang = between("xml:lang='", "'", 0);
    sample.direction = between("dir='", "'", 0);
    // In the corpus's files an article's number is a figure or the language's own.
    for (std::size_t at = xml.find("<article"); sample.text.size() < 100 && at != std::string::npos;
         at = xml.find("<para>", at + 1))
      sample.text = unescaped(between("<para>", "</para>", at));
    all.push_back(std::move(sample));
  }
  std::sort(all.begin(), all.end(), [](const Sample& a, const Sample& b) { return a.name < b.name; });
  return all;
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// What hb-shape prints for the run: "[id=cluster@x,y+advance|…]".
std::string shaped_by_harfbuzz(const GlyphRun& run, const std::string& features) {
  const FontEntry& entry = run.face->entry();
  std::array<char, 5> script{};
  hb_tag_to_string(hb_script_to_iso15924_tag(static_cast<hb_script_t>(run.script)), script.data());
  std::string text = run.text;
  if (run.ends_in_soft_hyphen) text.replace(text.size() - 2, 2, run.face->glyph(0x2010) != 0 ? "\u2010" : "-");
  const std::string command = fmt::format(
      "hb-shape --no-glyph-names --utf8-clusters --face-index={} --script={} --language={} --direction={} "
      "--features={} --text={} /usr/share/fonts/{}",
      entry.index, script.data(), shell_quoted(run.lang), run.rtl ? "rtl" : "ltr", shell_quoted(features),
      shell_quoted(text), shell_quoted(entry.file));
  std::string out;
  std::FILE* const pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe) != nullptr) out += buffer.data();
  EXPECT_EQ(pclose(pipe), 0) << command;
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

// The same of our run.
std::string printed(const GlyphRun& run) {
  const auto units = [&](Length length) {
    const std::int64_t upem = run.face->units_per_em(), size = run.size.raw();
    const std::int64_t twice = length.raw() * upem * 2;
    return (twice + (twice < 0 ? -size : size)) / (2 * size);
  };
  std::string out = "[";
  for (const Glyph& g : run.glyphs) {
    if (out.size() > 1) out += '|';
    out += fmt::format("{}={}", g.id, g.cluster);
    const std::int64_t x = units(g.x_offset), y = units(g.y_offset);
    if (x != 0 || y != 0) out += fmt::format("@{},{}", x, y);
    out += fmt::format("+{}", units(g.advance));
  }
  return out + "]";
}

// Without the advances that are not HarfBuzz's: all where gaps stand between ideographs (`all`), else those of spaces
// and of what stands beside them, for words are shaped one by one and not kerned with their spaces.
std::string without_gaps(const std::string& glyphs, const std::string& text, bool all) {
  std::vector<std::string> tokens;
  std::istringstream stream(glyphs.substr(1, glyphs.size() - 2));
  for (std::string token; std::getline(stream, token, '|');) tokens.push_back(token);
  const auto is_space = [&](std::size_t i) {
    return i < tokens.size() && text.at(std::stoul(tokens[i].substr(tokens[i].find('=') + 1))) == ' ';
  };
  std::string out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool beside = is_space(i) || is_space(i + 1) || (i > 0 && is_space(i - 1));
    out += (all || beside ? tokens[i].substr(0, tokens[i].rfind('+')) : tokens[i]) + '|';
  }
  return out;
}

TEST(Rendering, EveryScriptAsHarfBuzzShapesIt) {
  Setting setting;
  Typesetter typesetter(setting.options());
  const std::vector<Sample> all = samples();
  ASSERT_EQ(all.size(), 54u) << "the corpus of Declarations: see EPITOME_CORPUS";
  std::set<std::string> faces;
  int runs = 0, glyphs = 0;
  for (const Sample& sample : all) {
    ASSERT_GT(sample.text.size(), 100u) << sample.name;
    Paragraph paragraph = setting.paragraph(sample.text);
    paragraph.spans[0].lang = sample.lang;
    paragraph.shape.alignment = style::Alignment::start;
    paragraph.shape.hyphenate = false;
    paragraph.shape.direction = sample.direction == "rtl" ? model::Direction::rtl : model::Direction::ltr;
    style::Language language;
    language.tag = sample.lang;
    const std::vector<Line> lines = typesetter.break_lines(typesetter.prepare(paragraph, language, {}, setting.sink));
    for (const Line& line : lines) {
      for (const PlacedRun& placed : line.runs) {
        const GlyphRun& run = placed.run;
        const bool solid =
            run.script == HB_SCRIPT_HAN || run.script == HB_SCRIPT_HIRAGANA || run.script == HB_SCRIPT_KATAKANA;
        const bool east_asian = solid || sample.lang.starts_with("ja") || sample.lang.starts_with("zh");
        const std::string features = solid                           ? "-kern"
                                     : run.face == setting.regular() ? "ss11"
                                                                     : run.face->entry().feature;
        const std::string ours = printed(run), theirs = shaped_by_harfbuzz(run, features);
        EXPECT_EQ(without_gaps(ours, run.text, east_asian), without_gaps(theirs, run.text, east_asian))
            << sample.name << ": " << run.text;
        faces.insert(run.face->entry().family);
        ++runs;
        glyphs += static_cast<int>(run.glyphs.size());
      }
    }
  }
  EXPECT_GE(faces.size(), 16u);
  EXPECT_GT(runs, 200);
  EXPECT_GT(glyphs, 8000);
  for (const diag::Diagnostic& d : setting.sink.diagnostics()) ADD_FAILURE() << d.message;
}

}  // namespace
}  // namespace epitome::text
