#include "reader/guess_work.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "diag/utf8.hpp"
#include "reader/guess_blocks.hpp"
#include "reader/guess_headings.hpp"
#include "reader/guess_keys.hpp"
#include "reader/json_value.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

namespace {

using diag::Code;
using diag::Span;

constexpr std::size_t longest_title = 80;

void append_text(Node node, std::string& out) {
  for (const Node child : node.children()) {
    if (child.is_text()) out += child.value();
    append_text(child, out);
  }
}

void append_pictures(Node node, std::vector<Node>& out) {
  for (const Node child : node.children()) {
    if (child.name() == "figure") out.push_back(child);
    append_pictures(child, out);
  }
}

// An entry of a list is a line too.
void append_lines(Node node, std::string& out) {
  for (const Node child : node.children()) {
    if (child.is_text()) out += child.value();
    append_lines(child, out);
    if (child.name() == "li" || child.name() == "p") out += '\n';
  }
}

// A title in quotation marks that a line begins with, a dash behind it: “The Push” - a novel; empty if there is none.
std::string quoted_title(std::string_view line) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> marks = {
      {{"\"", "\""}, {"“", "”"}, {"«", "»"}}};
  for (const auto& [open, close] : marks) {
    const std::size_t end = line.starts_with(open) ? line.find(close, open.size()) : std::string_view::npos;
    if (end > longest_title) continue;  // or there is none
    const std::string_view rest = line.substr(end + close.size());
    for (const std::string_view dash : {" - ", " – ", " — ", ":", " by "})
      if (rest.starts_with(dash)) return std::string(line.substr(open.size(), end - open.size()));
  }
  return {};
}

bool is_quoted(std::string_view title) {
  for (const std::string_view mark : {"\"", "“", "«", "„"})
    if (title.starts_with(mark)) return true;
  return false;
}

// Whether a text begins with an emoji or what belongs to one.
bool is_picture(std::string_view text) {
  const auto first = static_cast<UChar32>(diag::decode_utf8(text, 0).value);
  return first == 0xFE0F || first == 0x200D ||
         (first > 0xFF && u_hasBinaryProperty(first, UCHAR_EXTENDED_PICTOGRAPHIC) != 0);
}

// A title without what says that this is about it: "Summary of …", "… – Book notes"; without marks around it. Titles
// of works begin "Notes of …" too.
std::string bare_title(std::string title) {
  while (!title.empty() && is_picture(title)) title = collapsed(title.substr(diag::decode_utf8(title, 0).length));
  constexpr std::string_view kinds[] = {"summary",       "a summary",  "book summary", "notes",
                                        "book notes",    "my notes",   "review",       "book review",
                                        "reading notes", "highlights", "key takeaways"};
  const auto is_kind = [&](std::string_view text) {
    std::string small(text);
    for (char& c : small)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::find(std::begin(kinds), std::end(kinds), small) != std::end(kinds);
  };
  for (const std::string_view joint : {" – ", " — ", " - ", ": ", " | "}) {
    const std::size_t first = title.find(joint), last = title.rfind(joint);
    if (first == std::string::npos) continue;
    if (is_kind(std::string_view(title).substr(last + joint.size()))) title.resize(last);
    if (first < title.size() && is_kind(std::string_view(title).substr(0, first))) title.erase(0, first + joint.size());
  }
  const std::size_t of = title.find(" of ");
  const bool own = title.starts_with("Notes ") || title.starts_with("Review ") || title.starts_with("Highlights ");
  if (of != std::string::npos && is_kind(std::string_view(title).substr(0, of)) &&
      (!own || is_quoted(std::string_view(title).substr(of + 4))))
    title.erase(0, of + 4);
  title = behind_summary_label(title);
  constexpr std::pair<std::string_view, std::string_view> marks[] = {{"\"", "\""}, {"“", "”"},   {"«", "»"},
                                                                     {"„", "“"},   {"『", "』"}, {"《", "》"}};
  for (const auto& [open, close] : marks)
    if (title.size() > open.size() + close.size() && title.starts_with(open) && title.ends_with(close))
      return title.substr(open.size(), title.size() - open.size() - close.size());
  return title;
}

// The words behind a title in brackets, which are its author's: 『こころ』夏目漱石.
std::string behind_brackets(std::string_view title) {
  for (const auto& [open, close] : {std::pair("『", "』"), std::pair("《", "》")}) {
    const std::size_t end = title.starts_with(open) ? title.find(close) : std::string_view::npos;
    if (end != std::string_view::npos) return std::string(title.substr(end + std::string_view(close).size()));
  }
  return {};
}

// A phrase in bold or italics that a paragraph begins with, an author behind it.
std::string emphasised_title(Node paragraph) {
  const Node phrase = paragraph.first_child();
  if (phrase.name() != "strong" && phrase.name() != "em") return {};
  const Node behind = phrase.next_sibling();
  return behind.is_text() && behind.value().starts_with(" by ") ? said_in(phrase) : std::string();
}

// The words in capitals that a text begins with.
std::string name_at(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" ,;:)(]\"\n", at), text.size());
    std::string_view word = text.substr(at, end - at);
    const bool capital =
        !word.empty() && (static_cast<unsigned char>(word[0]) >= 0x80 || (word[0] >= 'A' && word[0] <= 'Z'));
    if (!capital) break;
    const bool stop = word.ends_with('.') && word.size() > diag::decode_utf8(word, 0).length + 1;
    const bool last = end == text.size() || text[end] != ' ' || stop;
    if (stop) word.remove_suffix(1);
    for (const std::string_view genitive : {"’s", "'s"})
      if (word.ends_with(genitive)) word.remove_suffix(genitive.size());
    out += (out.empty() ? "" : " ") + std::string(word);
    if (last) break;
    at = end + 1;
  }
  return out;
}

// The lines of a block, white space collapsed in each.
std::vector<std::string> lines_in(Node block) {
  std::string text;
  append_lines(block, text);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(collapsed(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

// "Author: Peter Ransome", in whatever list of such lines; empty if none says it.
std::string author_said(Node block) {
  constexpr std::string_view link = "[[";
  for (const std::string& line : lines_in(block)) {
    std::size_t keyed = behind_author_label(line);
    // English ones may stand behind others.
    constexpr std::string_view key = "Author: ";
    if (keyed == std::string::npos && line.find(key) != std::string::npos) keyed = line.find(key) + key.size();
    if (keyed == std::string::npos) continue;
    std::string_view behind = std::string_view(line).substr(keyed);
    if (behind.starts_with(link)) behind.remove_prefix(link.size());
    std::string name = name_at(behind);
    // The last word may be the next key.
    if (behind.substr(name.size()).starts_with(":")) name.resize(std::min(name.rfind(' '), name.size()));
    if (!name.empty()) return name;
  }
  return {};
}

// Where a line goes on that begins as one that names an author does; npos if it doesn't.
std::size_t behind_by(std::string_view line, bool any_language, bool heading) {
  constexpr std::array<std::string_view, 2> english = {"by ", "By "};
  constexpr std::array<std::string_view, 14> all = {"von ", "Von ", "par ",  "Par ",  "por ", "Por ", "di ",
                                                    "Di ",  "de ",  "door ", "Door ", "av ",  "Av ",  "af "};
  for (const std::string_view beginning : english)
    if (line.starts_with(beginning)) return beginning.size();
  if (!any_language) return std::string_view::npos;
  // "Von Neumann" is a heading.
  for (const std::string_view beginning : all)
    if (line.starts_with(beginning) && (!heading || beginning[0] >= 'a')) return beginning.size();
  return behind_author_label(line);
}

}  // namespace

// ">" stays: text in which nothing is escaped keeps the place of each character.
std::string in_xml(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  return out;
}

std::string said_in(Node node) {
  std::string out;
  append_text(node, out);
  return collapsed(out);
}

bool GuessedWork::take(std::string_view key, const std::string& text, Span place, Faults& faults) {
  if (text.empty()) return false;
  const std::string_view meant = work_key(key);
  if (meant == "title" && title_.empty()) {
    title_ = bare_title(text);
    if (title_ != text) tell_title(place, faults);
  } else if (meant == "author") {
    add_author(text);
  } else if (meant == "lang") {
    return take_language(text);
  } else if (meant == "date" && !check_value(Value::day, text.substr(0, 10))) {
    say_date(text, place, faults);
  } else {
    return take_more(meant, text);
  }
  return true;
}

// "[[Cal Newport]]": a link of a notebook.
void GuessedWork::add_author(std::string name) {
  constexpr std::string_view open = "[[", close = "]]";
  if (name.starts_with(open) && name.ends_with(close))
    name = collapsed(std::string_view(name).substr(open.size(), name.size() - open.size() - close.size()));
  authors_.push_back(std::move(name));
}

bool GuessedWork::take_language(const std::string& text) {
  const std::string tag = check_value(Value::language, text) ? language_called(text) : text;
  if (tag.empty()) return false;
  language_ = tag;
  return true;
}

void GuessedWork::say_date(const std::string& text, Span place, Faults& faults) {
  date_ = text.substr(0, 10);
  if (text.size() > date_.size())
    faults.add(Code::W0113, place, fmt::format("'{}' of the date is left out", collapsed(text.substr(date_.size()))),
               {"a day is enough"});
}

void GuessedWork::tell_title(Span place, Faults& faults) const {
  faults.add(Code::N0114, place, fmt::format("'{}' is taken as the work's title", title_), {"nothing, if it is so"});
}

// What else the work may say of itself, if it is of the form that is due.
bool GuessedWork::take_more(std::string_view key, const std::string& text) {
  struct Known {
    std::string_view key, element;
    Value value = Value::words;
  };
  constexpr Known known[] = {
      {"subtitle", "subtitle"},
      {"publisher", "publisher"},
      {"isbn", "isbn", Value::isbn},
      {"isbn13", "isbn", Value::isbn},
      {"published", "published", Value::published},
  };
  for (const Known& one : known) {
    const bool again = std::any_of(more_.begin(), more_.end(), [&](const auto& m) { return m.first == one.element; });
    if (one.key != key || again || check_value(one.value, text)) continue;
    more_.emplace_back(one.element, text);
    return true;
  }
  return false;
}

bool GuessedWork::take(std::string_view bytes, const FrontMatter& front, Faults& faults) {
  JsonValues values;
  if (!parse_yaml(bytes, front, values, faults)) return false;
  Span title_place;
  for (JsonValue::Index i = values[0].first; i != JsonValue::none; i = values[i].next) {
    const JsonValue& value = values[i];
    const std::string_view key = work_key(values.text(value.key));
    const std::string text = collapsed(values.text(value.text));
    if (value.kind == JsonValue::Kind::string && key == "title" && title_.empty()) {
      title_ = text;
      title_place = value.key_span;
    } else if (value.kind == JsonValue::Kind::string && key == "author") {
      add_author(text);
    } else if (value.kind == JsonValue::Kind::array && key == "author") {
      for (JsonValue::Index k = value.first; k != JsonValue::none; k = values[k].next)
        if (values[k].kind == JsonValue::Kind::string) add_author(collapsed(values.text(values[k].text)));
    } else if (value.kind == JsonValue::Kind::string && key == "date" && !check_value(Value::day, text.substr(0, 10))) {
      say_date(text, value.span, faults);
    } else if (value.kind == JsonValue::Kind::string && key == "lang" && take_language(text)) {
      continue;
    } else if (value.kind != JsonValue::Kind::null &&
               (value.kind != JsonValue::Kind::string || !take_more(key, text))) {
      faults.add(Code::W0113, value.key_span,
                 fmt::format("'{}' of the front matter is left out", values.text(value.key)),
                 {"of such front matter title, author, date, lang, subtitle, publisher, isbn and year are taken"});
    }
  }
  if (bare_title(title_) != title_) by_line(std::move(title_), title_place, faults);
  return true;
}

// "The Push by Ashley Audrain", but not "Bird by Bird".
void GuessedWork::by_line(std::string title, Span place, Faults& faults) {
  const std::size_t by = title.rfind(" by ");
  const bool quoted = title.ends_with("”") || title.ends_with("“") || title.ends_with("»");
  if (by != std::string::npos && authors_.empty() && !quoted) {
    if (std::string name = name_at(std::string_view(title).substr(by + 4));
        !name.empty() && by + 4 + name.size() == title.size() && !title.substr(0, by).ends_with(name)) {
      authors_.push_back(std::move(name));
      title.resize(by);
      faults.add(Code::N0114, place, fmt::format("'{}' is taken as the author", authors_.back()),
                 {"nothing, if it is so"});
    }
  }
  if (std::string name = behind_brackets(title); !name.empty() && authors_.empty()) {
    title.resize(title.size() - name.size());
    faults.add(Code::N0114, place, fmt::format("'{}' is taken as the author", name), {"nothing, if it is so"});
    authors_.push_back(std::move(name));
  }
  title_ = bare_title(std::move(title));
  tell_title(place, faults);
}

// A line in bold where nothing is a heading, and one of the level 2 over others that are all deeper, if they name no
// part.
bool GuessedWork::stands_for_title(const std::vector<Node>& blocks) const {
  const Node first = blocks.front();
  if (!title_.empty() || PartNames().find(said_in(first)).type != Type::count) return false;
  if (first.name() != "h2") return bold_line(first) && !has_headings(blocks);
  const auto heads =
      std::count_if(blocks.begin() + 1, blocks.end(), [](Node node) { return heading_level(node) != 0; });
  return heads > 1 && std::all_of(blocks.begin() + 1, blocks.end(),
                                  [](Node node) { return heading_level(node) == 0 || heading_level(node) > 2; });
}

void GuessedWork::take(std::vector<Node>& blocks, bool lines, Faults& faults) {
  if (blocks.empty()) return;
  // A heading of its level alone is the title, whatever greets before it.
  const auto is_title = [](Node block) { return block.name() == "h1"; };
  const auto heading = std::find_if(blocks.begin(), blocks.end(), [](Node block) { return heading_level(block) != 0; });
  const bool preceded = heading != blocks.begin() && heading != blocks.end() && is_title(*heading) &&
                        std::count_if(blocks.begin(), blocks.end(), is_title) == 1;
  const auto at = preceded ? heading : blocks.begin();
  const Node first = *at;
  const std::string text = said_in(first);
  if (!lines && (first.name() == "h1" || stands_for_title(blocks))) {
    const bool said = !title_.empty();
    if (said && text != title_)
      faults.add(Code::W0113, place_of(first),
                 "the first heading is another title than the front matter's: it is left out", {"keep one of the two"});
    if (!said) by_line(text, place_of(first), faults);
    // A picture in it stands for itself.
    std::vector<Node> pictures;
    append_pictures(first, pictures);
    blocks.insert(blocks.erase(at), pictures.begin(), pictures.end());
  } else if (title_.empty() && lines && blocks.size() > 1 && text.size() <= longest_title &&
             std::string_view(".?!,;").find(text.back()) == std::string_view::npos) {
    by_line(text, place_of(first), faults);
    blocks.erase(blocks.begin());
  } else if (title_.empty()) {
    std::string title = quoted_title(text);
    if (title.empty()) title = emphasised_title(first);
    if (!title.empty()) by_line(std::move(title), place_of(first), faults);
  }
  if (authors_.empty()) author_from(blocks, faults);
}

// "by Ashley Audrain" alone on a line, or behind the title; in other languages on a line near the beginning.
void GuessedWork::author_from(std::vector<Node>& blocks, Faults& faults) {
  constexpr std::size_t most_before = 3, most_lines = 8;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Node block = blocks[i];
    const std::string text = said_in(block);
    const bool heading = heading_level(block) != 0 || (bold_line(block) && !has_headings(blocks));
    const std::size_t begun = behind_by(text, i < most_before, heading);
    std::string name = begun == std::string::npos ? std::string() : name_at(std::string_view(text).substr(begun));
    const bool line = !name.empty() && begun + name.size() == text.size();
    const std::string wanted = title_ + " by ";
    if (const std::size_t found = title_.empty() ? std::string::npos : text.find(wanted); !line)
      name = found == std::string::npos ? std::string() : name_at(std::string_view(text).substr(found + wanted.size()));
    if (name.empty() && begun != std::string::npos && i < most_before) {
      // A year or the like may stand behind the name.
      name = name_at(std::string_view(text).substr(begun));
      if (std::string_view rest = std::string_view(text).substr(begun + name.size()); !rest.starts_with(" ("))
        name.clear();
    }
    if (name.empty() && i < most_lines) name = author_said(block);
    if (name.empty()) continue;
    faults.add(Code::N0114, place_of(block), fmt::format("'{}' is taken as the author", name),
               {"nothing, if it is so"});
    authors_.push_back(std::move(name));
    if (line && block.name() == "p" && !block.child("a") && !block.child("note") && !block.child("figure"))
      blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
}

Tree GuessedWork::tree(Faults& faults) const {
  Tree tree;
  tree.syntax = diag::Syntax::markdown;
  const auto attribute = [&](std::string_view name, std::string_view value) {
    tree.add_attribute({tree.add(name), tree.add(value), {}, {}});
  };
  const auto text = [&](Tree::Index parent, std::string_view value) { tree.add_text(parent, tree.add(value), {}); };
  const auto missing = [&](std::string message, std::string hint) {
    faults.add(Code::W0115, {}, std::move(message), {std::move(hint)});
  };
  std::string title = title_, language = language_, date = date_;
  std::vector<std::string> authors = authors_;
  if (title.empty()) missing("no title is said: TODO stands there", "write it: # The title"), title = "TODO";
  if (authors.empty()) missing("no author is said: TODO stands there", "write the author's name"), authors = {"TODO"};
  if (language.empty()) missing("no language is said: English is taken", "write its tag: lang"), language = "en";
  if (date.empty())
    missing("no day is said: 2000-01-01 stands there", "write the day of publication"), date = "2000-01-01";
  const Tree::Index root = tree.add_element(Tree::none, tree.add("summary"), {});
  attribute("version", "1");
  attribute("xml:lang", language);
  const Tree::Index work = tree.add_element(root, tree.add("work"), {});
  const Tree::Index named = tree.add_element(work, tree.add("title"), {});
  for (const std::string_view article : {"The ", "A ", "An "}) {
    if (primary_language(language) != "en" || !title.starts_with(article)) continue;
    attribute("prefix", article.substr(0, article.size() - 1));
    title.erase(0, article.size());
    break;
  }
  text(named, title);
  for (const std::string& author : authors) {
    const Tree::Index contributor = tree.add_element(work, tree.add("contributor"), {});
    attribute("role", "author");
    text(contributor, author);
  }
  for (const auto& [element, said] : more_) text(tree.add_element(work, tree.add(element), {}), said);
  const Tree::Index edition = tree.add_element(root, tree.add("edition"), {});
  text(tree.add_element(edition, tree.add("date"), {}), date);
  return tree;
}

}  // namespace epitome::reader
