#include "style/read_layout.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <hb.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "diag/utf8.hpp"
#include "style/settings.hpp"

namespace epitome::style {

namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end != 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// A page has no longer side (ISO 32000-1, annex C.2).
constexpr Length largest_page = Length::pt(14400);

// Fills one Layout from the settings: a method for each of its structs, each line a field's key and the field.
class Filler {
 public:
  Filler(Settings& settings, Layout& layout, const ScriptLines& lines)
      : settings_(settings), layout_(layout), lines_(lines) {}

  void fill() {
    geometry();
    faces();
    for (std::size_t i = 0; i < layout_.styles.size(); ++i) style(static_cast<StyleName>(i));
    for (const model::MeaningRow& row : model::meanings) meaning(row);
    justification();
    for (const std::string& name : settings_.names("hang")) hang(name);
    switches();
    page_kinds();
    text_pieces();
    drawn_pieces();
    sheet("epub/first-sheet", layout_.epub_first_sheet);
    sheet("epub/second-sheet", layout_.epub_second_sheet);
    settings_.report_unused();
  }

 private:
  // A value that must be there, from `least` to `most`. What is more than a page can hold is a slip of the pen, and
  // would take the time of a million lines.
  void read(std::string_view key, Length& out, Length least = {}, Length most = Length::pt(1000)) {
    if (const Setting* const s = settings_.require(key)) settings_.length(*s, u_, g_, least, most, out);
  }
  void read(std::string_view key, int& out, int least = 0, int most = 100) {
    if (const Setting* const s = settings_.require(key)) settings_.integer(*s, least, most, out);
  }
  // Sizes, leading and numbers of lines are as the document's script needs them.
  void read_size(std::string_view key, Length& out, Length least, Length most) {
    read(key, out, least, most);
    out = out.scaled(lines_.size, 1000);
  }
  void read_leading(std::string_view key, Length& out, Length least, Length most) {
    if (const Setting* const s = settings_.require(key)) settings_.length(*s, u_, layouts_grid_, least, most, out);
    out = out.scaled(widened_, 1000);
  }
  void read_lines(std::string_view key, int& out, int least = 0, int most = 100) {
    read(key, out, least, most);
    if (out > 0) out = std::max({1, least, (out * 1000 + widened_ / 2) / widened_});
  }
  // By how much the grid is widened, in 1/1000.
  void widen() {
    if (lines_.leading == 0) return;
    Length size, leading;
    read("style.text/size", size, Length::pt(1));
    if (const Setting* const s = settings_.require("style.text/leading"))
      settings_.length(*s, u_, layouts_grid_, Length::pt(1), Length::pt(1000), leading);
    if (!settings_.sound()) return;
    const Length wanted = size.scaled(lines_.size, 1000).scaled(lines_.leading, 1000);
    widened_ = std::max(1000, static_cast<int>((wanted * 1000).raw() / leading.raw()));
  }
  void read(std::string_view key, bool& out) {
    if (const Setting* const s = settings_.require(key)) settings_.flag(*s, out);
  }
  void read(std::string_view key, std::string& out) {
    if (const Setting* const s = settings_.require(key)) out = s->value;
  }
  void read(std::string_view key, Colour& out) {
    const Setting* const s = settings_.require(key);
    if (s == nullptr) return;
    std::uint32_t value = 0;
    const char* const end = s->value.data() + s->value.size();
    if (s->value.size() == 7 && s->value[0] == '#') {
      const auto [at, error] = std::from_chars(s->value.data() + 1, end, value, 16);
      if (error == std::errc() && at == end) {
        out = {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8 & 0xFF),
               static_cast<std::uint8_t>(value & 0xFF)};
        return;
      }
    }
    settings_.fault(*s, fmt::format("'{}' is not a colour", s->value), "write sRGB in hexadecimal digits: #8A2A1F");
  }
  void read_per_mille(std::string_view key, int& out, int least, int most) {
    if (const Setting* const s = settings_.require(key)) settings_.per_mille(*s, least, most, out);
  }
  // The second of two values can't be less than the first.
  template <class T>
  void in_order(T first, T second, std::string_view key) {
    const Setting* const s = settings_.find(key);
    if (s != nullptr && second < first) settings_.fault(*s, "the least is more than the most", "change one of the two");
  }
  std::vector<std::string> features_of(const Setting& setting) {
    std::vector<std::string> features;
    for (const std::string_view feature : words_of(setting.value)) {
      hb_feature_t parsed;
      if (hb_feature_from_string(feature.data(), static_cast<int>(feature.size()), &parsed) != 0) {
        features.emplace_back(feature);
      } else {
        settings_.fault(setting, fmt::format("'{}' is not an OpenType feature", feature),
                        "write four letters or digits, with - before them to switch it off: onum -liga ss11");
      }
    }
    return features;
  }
  // Lines of the grid, or "always".
  void whole(const Setting& s, int& out) {
    if (s.value == "always") {
      out = always_whole;
    } else {
      settings_.integer(s, 0, 1000, out);
    }
  }

  void geometry() {
    Geometry& geometry = layout_.geometry;
    read("module/u", geometry.module, Length::ratio_pt(1, 2), Length::pt(100));
    // Where one of these can't be read, what is measured by it is still looked at.
    if (geometry.module == Length()) geometry.module = Length::pt(4);
    u_ = geometry.module;
    read("module/grid", geometry.grid, Length::pt(2), Length::pt(1000));
    if (geometry.grid == Length()) geometry.grid = Length::pt(16);
    layouts_grid_ = g_ = geometry.grid;
    widen();
    geometry.grid = g_ = g_.scaled(widened_, 1000);
    read("module/baseline-drop", geometry.first_baseline_drop, {}, geometry.grid);
    read("page/width", geometry.page_width, Length::pt(72), largest_page);
    read("page/height", geometry.page_height, Length::pt(72), largest_page);
    read("page/bleed", geometry.bleed, {}, Length::pt(72));
    read("page/facing", geometry.facing);
    read("block/measure", geometry.measure, Length::pt(36), largest_page);
    read("block/lines", geometry.lines, 6, 1000);
    layouts_lines_ = geometry.lines == 0 ? 1000 : geometry.lines;
    geometry.lines = std::max(6, layouts_lines_ * 1000 / widened_);
    read_lines("furniture/folio-drop", geometry.folio_drop);
    read_lines("furniture/running-head-rise", geometry.running_head_rise);
    if (geometry.measure == Length()) geometry.measure = largest_page;
    const bool sound = settings_.sound();
    const auto share = [&](const char* first, const char* second, Length rest) {
      int before = 0, after = 0;
      read(first, before, 0, 1000000);
      read(second, after, 0, 1000000);
      const Setting* const s = settings_.find(first);
      if (s == nullptr) return Length();
      if (rest < Length() && sound) {
        settings_.fault(*s, "the block is larger than the page",
                        "make the page larger, or u, the measure or the lines smaller");
      } else if (before + after == 0 && sound) {
        settings_.fault(*s, "margins need a share of what the block leaves", "for instance start=\"2\" end=\"3\"");
      } else if (before + after != 0) {
        return rest.scaled(before, before + after);
      }
      return Length();
    };
    geometry.margin_start = share("margins/start", "margins/end", geometry.page_width - geometry.measure);
    geometry.margin_head = share("margins/head", "margins/foot", geometry.page_height - geometry.grid * geometry.lines);
  }

  void faces() {
    for (const std::string& name : settings_.names("face")) {
      FaceChoice& face = layout_.faces.emplace_back();
      face.name = name;
      read("face." + name + "/family", face.family);
      read("face." + name + "/style", face.style);
    }
    if (layout_.faces.empty() || layout_.faces.size() > 200) {
      settings_.fault("a layout has from 1 to 200 faces",
                      "<face name=\"regular\" family=\"Vollkorn\" style=\"Regular\"/>");
    }
    if (const Setting* const s = settings_.require("features/value")) features_ = features_of(*s);
  }

  std::optional<FaceIndex> face(const Setting& setting, std::string_view name) {
    for (std::size_t i = 0; i < layout_.faces.size(); ++i) {
      if (layout_.faces[i].name == name) return static_cast<FaceIndex>(i);
    }
    settings_.fault(setting, fmt::format("there is no face '{}'", name), "faces are declared by <face name=…/>");
    return std::nullopt;
  }

  void style(StyleName which) {
    TextStyle& style = layout_.styles[static_cast<std::size_t>(which)];
    const std::string start = fmt::format("style.{}/", style_name(which));
    if (const Setting* const s = settings_.require(start + "face"))
      style.face = face(*s, s->value).value_or(FaceIndex{});
    const Length measure = layout_.geometry.measure, height = layout_.geometry.grid * layout_.geometry.lines / 2;
    read_size(start + "size", style.size, Length::pt(1), height);
    read_leading(start + "leading", style.leading, Length::pt(1), height);
    // What a style does not mention, it does not do.
    const auto length = [&](const char* name, Length& out, Length least, Length most) {
      if (const Setting* const s = settings_.find(start + name)) settings_.length(*s, u_, g_, least, most, out);
    };
    const auto flag = [&](const char* name, bool& out) {
      if (const Setting* const s = settings_.find(start + name)) settings_.flag(*s, out);
    };
    length("before", style.before, {}, height);
    length("after", style.after, {}, height);
    length("first-line-indent", style.first_line_indent, -measure / 3, measure / 3);
    length("start-indent", style.start_indent, {}, measure / 3);
    length("end-indent", style.end_indent, {}, measure / 3);
    length("turnover-indent", style.turnover_indent, -measure / 3, measure / 3);
    length("measure", style.measure, measure / 4, largest_page);
    flag("hyphenate", style.hyphenate);
    flag("balance", style.balance);
    flag("small-caps", style.small_caps);
    flag("accent", style.accent);
    flag("optical-start", style.optical_start);
    if (const Setting* const s = settings_.find(start + "tracking"))
      settings_.per_mille(*s, -200, 1000, style.tracking);
    if (const Setting* const s = settings_.find(start + "keep-with-next"))
      settings_.integer(*s, 0, layout_.geometry.lines, style.keep_with_next);
    if (const Setting* const s = settings_.find(start + "whole")) whole(*s, style.whole_up_to);
    if (const Setting* const s = settings_.find(start + "align")) {
      constexpr std::array<std::string_view, 4> names = {"justified", "start", "end", "centre"};
      const auto at = std::find(names.begin(), names.end(), s->value);
      if (at == names.end()) {
        settings_.fault(*s, fmt::format("'{}' is not an alignment", s->value), "it is justified, start, end or centre");
      } else {
        style.alignment = static_cast<Alignment>(at - names.begin());
        if (lines_.ragged && style.alignment == Alignment::justified) style.alignment = Alignment::start;
      }
    }
    style.features = features_;
    if (const Setting* const s = settings_.find(start + "features")) {
      for (std::string& feature : features_of(*s)) style.features.push_back(std::move(feature));
    }
  }

  // faces="regular:italic italic:regular": what is in force, and what it becomes.
  void meaning(const model::MeaningRow& row) {
    MeaningStyle& meaning = layout_.meanings[static_cast<std::size_t>(row.meaning)];
    const std::string start = fmt::format("meaning.{}/", row.style);
    const Setting* const faces = settings_.require(start + "faces");
    if (faces == nullptr) return;
    for (const std::string_view change : words_of(faces->value)) {
      const std::size_t colon = change.find(':');
      if (colon == std::string_view::npos) {
        settings_.fault(*faces, fmt::format("'{}' is not a change of face", change), "write regular:italic");
        return;
      }
      const auto from = face(*faces, change.substr(0, colon));
      const auto to = face(*faces, change.substr(colon + 1));
      if (!from || !to) return;
      if (meaning.by_face.empty()) {
        for (std::size_t i = 0; i < layout_.faces.size(); ++i) meaning.by_face.push_back(static_cast<FaceIndex>(i));
      }
      meaning.by_face[*from] = *to;
    }
    const auto flag = [&](const char* name, bool& out) {
      if (const Setting* const s = settings_.find(start + name)) settings_.flag(*s, out);
    };
    flag("small-caps", meaning.small_caps);
    flag("superior", meaning.superior);
    flag("inferior", meaning.inferior);
    flag("marks", meaning.marks);
    flag("hyphenate", meaning.hyphenate);
  }

  void justification() {
    Justification& j = layout_.justification;
    read_per_mille("justification/space-min", j.space_min, 100, 5000);
    read_per_mille("justification/space", j.space, 100, 5000);
    read_per_mille("justification/space-max", j.space_max, 100, 5000);
    read_per_mille("justification/page-space", j.page_space, 1000, 5000);
    read_per_mille("justification/letter-min", j.letter_min, -200, 0);
    read_per_mille("justification/letter-max", j.letter_max, 0, 1000);
    read_per_mille("justification/glyph-scale-min", j.glyph_scale_min, 500, 1000);
    read_per_mille("justification/glyph-scale-max", j.glyph_scale_max, 1000, 2000);
    in_order(j.space_min, j.space, "justification/space");
    in_order(j.space, j.space_max, "justification/space-max");
    read_per_mille("justification/hyphen-price", j.hyphen_price, 0, 100'000);
    read("justification/edge", j.edge, {}, Length::pt(1));
    read("justification/hyphens-in-a-row", j.max_consecutive_hyphens, 0, 100);
    read("justification/kashida", j.kashida);
    read("justification/last-line-min", j.last_line_min, {}, layout_.geometry.measure);
  }

  void hang(const std::string& name) {
    std::string characters;
    int start = 0, end = 0;
    read("hang." + name + "/characters", characters);
    read_per_mille("hang." + name + "/start", start, -1000, 1000);
    read_per_mille("hang." + name + "/end", end, -1000, 1000);
    for (std::size_t at = 0; at < characters.size();) {
      const diag::CodePoint c = diag::decode_utf8(characters, at);
      layout_.protrusion.push_back({c.value, start, end});
      at += c.length;
    }
  }

  void switches() {
    read("colour/ink", layout_.ink);
    read("colour/accent", layout_.accent);
    read("colour/black-only", layout_.black_only);
    read("switches/endpaper", layout_.endpaper);
    read("switches/front-runs-on", layout_.front_runs_on);
    read("scripts/size-min", layout_.script_size_min, {}, Length::pt(72));
    printing();
    read("opener/chapters", layout_.chapters_open);
    const Setting* const opens = settings_.require("opener/parts");
    if (opens == nullptr) return;
    for (const std::string_view word : words_of(opens->value)) {
      const std::optional<model::PartKind> kind = model::part_kind_by_name(word);
      if (kind) {
        layout_.part_opens[static_cast<std::size_t>(*kind)] = true;
      } else {
        settings_.fault(*opens, fmt::format("'{}' is not a part", word),
                        "parts are named as in the source document: about, story …");
      }
    }
  }

  // One of some words; reports another. `what`: "a way to turn the paper".
  template <typename Value, std::size_t count>
  void read_word(std::string_view key, const std::array<std::pair<std::string_view, Value>, count>& words,
                 std::string_view what, Value& out) {
    const Setting* const s = settings_.require(key);
    if (s == nullptr) return;
    std::vector<std::string_view> known;
    for (const auto& [word, value] : words) {
      if (s->value == word) {
        out = value;
        return;
      }
      known.push_back(word);
    }
    settings_.fault(*s, fmt::format("'{}' is not {}", s->value, what),
                    fmt::format("it is one of: {}", fmt::join(known, ", ")));
  }

  void printing() {
    using Duplex = Printing::Duplex;
    constexpr std::array<std::pair<std::string_view, Duplex>, 4> sides = {{{"unsaid", Duplex::unsaid},
                                                                           {"no", Duplex::no},
                                                                           {"long-edge", Duplex::long_edge},
                                                                           {"short-edge", Duplex::short_edge}}};
    read_word("printing/duplex", sides, "a way to print on both sides", layout_.printing.duplex);
    read("printing/actual-size", layout_.printing.actual_size);
    read("printing/tray-by-size", layout_.printing.tray_by_size);
  }

  void group(const std::string& name, Group& out) {
    const std::string start = "group." + name;
    read(start + "/before", out.before);
    read(start + "/after", out.after);
    if (const Setting* const s = settings_.require(start + "/whole")) whole(*s, out.whole_up_to);
  }

  void page_kinds() {
    Pieces& p = layout_.pieces;
    const int lines = layouts_lines_;
    const Length column = layout_.geometry.measure.scaled(2, 3);
    read("turns/lines-before", p.lines_before_turn, 0, lines);
    read("turns/lines-after", p.lines_after_turn, 0, lines);
    read_lines("turns/part-end-lines", p.part_end_lines, 0, lines);
    read("picked-line/width", p.picked_line.width, {}, column);
    read("picked-line/thickness", p.picked_line.thickness);
    read("picked-line/rise", p.picked_line.rise, Length::pt(-1000));
    read_lines("opener/picked-on-line", p.opener.picked_on_line, 0, lines);
    read_lines("opener/empty-after-picked", p.opener.empty_after_picked, 0, lines);
    read_lines("opener/empty-after-title", p.opener.empty_after_title, 0, lines);
    read_lines("run-on/empty-before", p.run_on.empty_before, 0, lines);
    read_lines("run-on/empty-after-title", p.run_on.empty_after_title, 0, lines);
    read_lines("run-on/lines-min", p.run_on.lines_min, 0, lines);
    read_lines("hook/sink-lines", p.hook.sink_lines, 0, lines);
    read_lines("title-page/author-on-line", p.title_page.author_on_line, 0, lines);
    read_lines("title-page/title-on-line", p.title_page.title_on_line, 0, lines);
    read("title-page/lines-max", p.title_page.lines_max, 1, 20);
    read_lines("title-page/empty-before-picked", p.title_page.empty_before_picked, 0, lines);
    read_lines("title-page/empty-after-picked", p.title_page.empty_after_picked, 0, lines);
    read_lines("brand-page/field-lines", p.brand_page.field_lines, 0, lines);
    read("brand-page/field-picks", p.brand_page.field_picks, 0, 100);
    read("brand-page/field-width", p.brand_page.field_width, {}, column);
    read_lines("brand-page/empty-after-field", p.brand_page.empty_after_field, 0, lines);
    read_lines("brand-page/empty-before-link", p.brand_page.empty_before_link, 0, lines);
  }

  void text_pieces() {
    Pieces& p = layout_.pieces;
    const Length column = layout_.geometry.measure.scaled(2, 3), gap = layout_.geometry.measure / 10;
    group("takeaway", p.takeaway);
    group("question", p.question);
    group("list", p.list);
    group("pair", p.pair);
    group("stanza", p.stanza);
    read_size("columns/takeaway", p.takeaway_column, {}, column);
    read_size("columns/discussion", p.discussion_column, {}, column);
    read_size("lists/hang", p.lists.hang, {}, column);
    read("lists/marker", p.lists.marker);
    read("lists/spaced-over", p.lists.spaced_over);
    read("definitions/term-column", p.definitions.term_column, {}, column);
    read("definitions/warning-column", p.definitions.warning_column, {}, column);
    read("definitions/cue-column", p.definitions.cue_column, {}, column);
    read("definitions/gutter", p.definitions.gutter, {}, gap);
    read("definitions/stacked", p.definitions.stacked);
    read("footnotes/rule-width", p.footnotes.rule_width, {}, column);
    read("footnotes/rule-thickness", p.footnotes.rule_thickness);
    read("footnotes/rule-distance", p.footnotes.rule_distance);
    read_size("footnotes/hang", p.footnotes.hang, {}, column);
    read("contents/gap-before", p.contents.gap_before, {}, gap);
    read("contents/pitch-gap", p.contents.pitch_gap, {}, gap);
    read("contents/end-column", p.contents.end_column, {}, column);
    read("contents/dots-min", p.contents.dots_min);
    read("contents/entries-min", p.contents.entries_min, 0, 1000);
    read("contents/dot", p.contents.dot);
    read("figures/resolution", p.figures.resolution, 10, 10000);
  }

  void drawn_pieces() {
    Pieces& p = layout_.pieces;
    const int lines = layouts_lines_;
    const Length column = layout_.geometry.measure.scaled(2, 3), gap = layout_.geometry.measure / 10;
    read("aside/rule-thickness", p.aside.rule_thickness);
    read("aside/padding", p.aside.padding, {}, gap);
    read("separator/rules", p.separator.rules, 1, 20);
    read("separator/width", p.separator.width, {}, gap);
    read("separator/gap", p.separator.gap, {}, gap);
    read("separator/thickness", p.separator.thickness);
    read("separator/heavy-thickness", p.separator.heavy_thickness);
    read("separator/empty-before", p.separator.empty_before);
    read("separator/empty-after", p.separator.empty_after);
    read("tables/rule-heavy", p.tables.rule_heavy);
    read("tables/rule-head", p.tables.rule_head);
    read("tables/row-padding", p.tables.row_padding);
    read("tables/gutter", p.tables.gutter, {}, gap);
    read("tables/first-column", p.tables.first_column, {}, column);
    read_size("tables/narrow-size", p.tables.narrow_size, Length::pt(1), Length::pt(1000));
    read_leading("tables/narrow-leading", p.tables.narrow_leading, Length::pt(1), Length::pt(1000));
    read("tables/outer", p.tables.outer);
    // What stands on a page keeps 8 mm from its edge.
    const Geometry& g = layout_.geometry;
    const Length room = g.page_width - g.margin_start - g.measure - Length::pt(72).scaled(80, 254);
    p.tables.outer = std::min(p.tables.outer, std::max(Length{}, room));
    if (const Setting* const s = settings_.require("tables/turned")) settings_.flag(*s, p.tables.turned);
    read("writing/pitch", p.writing.pitch, Length::pt(4));
    read("writing/first-drop", p.writing.first_drop);
    read("writing/dot", p.writing.dot, Length::ratio_pt(1, 20));
    read("writing/dot-pitch", p.writing.dot_pitch, Length::pt(1));
    read_lines("writing/lines-min", p.writing.lines_min, 0, lines);
    read_lines("writing/lines-max", p.writing.lines_max, p.writing.lines_min, 1000);
  }

  // A style sheet: a path from the folder of the file that names it.
  void sheet(std::string_view key, StyleSheet& out) {
    const Setting* const s = settings_.require(key);
    if (s == nullptr) return;
    const std::optional<std::string> bytes = settings_.named_file(*s, "style sheet");
    if (!bytes) return;
    if (std::optional<StyleSheet> sheet = read_style_sheet(*bytes, settings_.shown_path(*s), settings_))
      out = std::move(*sheet);
  }

  Settings& settings_;
  Layout& layout_;
  const ScriptLines& lines_;
  int widened_ = 1000;
  int layouts_lines_ = 0;  // of the block, before it is widened
  Length u_, g_, layouts_grid_;
  std::vector<std::string> features_;
};

bool is_folder(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

std::vector<std::string> layout_names(const std::string& data_folder) {
  std::vector<std::string> names;
  const std::string layouts = data_folder + "/layouts/";
  if (DIR* const folder = opendir(layouts.c_str())) {
    while (const dirent* const entry = readdir(folder)) {
      const std::string name = entry->d_name;
      if (name[0] != '.' && access((layouts + name + "/layout.xml").c_str(), F_OK) == 0) names.push_back(name);
    }
    closedir(folder);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<Layout> read_layout(const std::string& folder_or_name, const std::string& data_folder, diag::Sink& sink,
                                  const ScriptLines& lines) {
  const std::string shared = data_folder + "/layouts/";
  std::string folder = folder_or_name;
  std::string shown = folder_or_name;
  const bool named =
      folder_or_name.find('/') == std::string::npos && is_folder(shared + folder_or_name) && !folder_or_name.empty();
  if (named) {
    folder = shared + folder_or_name;
    shown = "layouts/" + folder_or_name;
  } else if (folder_or_name.empty() || !is_folder(folder)) {
    sink.report(
        diag::Code::E0501, {}, fmt::format("there is no layout '{}'", folder_or_name),
        {fmt::format("give the folder of a layout, or one of: {}", fmt::join(layout_names(data_folder), ", "))});
    return std::nullopt;
  }
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  while (shown.size() > 1 && shown.ends_with('/')) shown.pop_back();

  Settings settings(sink, diag::Code::E0501);
  if (!settings.read(folder + "/layout.xml", shown + "/layout.xml", "layout", shared, "layouts/")) return std::nullopt;
  Layout layout;
  layout.name = folder.substr(folder.rfind('/') + 1);
  Filler(settings, layout, lines).fill();
  if (!settings.sound()) return std::nullopt;
  return layout;
}

}  // namespace epitome::style
