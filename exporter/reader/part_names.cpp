#include "reader/part_names.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "diag/utf8.hpp"
#include "reader/markdown_parts.hpp"
#include "reader/suggest.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

namespace {

using enum Type;

struct Label {
  std::string_view tags, part, text;  // tags: " nb no ", parted by spaces
};
constexpr auto labels_of_languages = std::to_array<Label>({
#include "part_labels.inc"
});
constexpr auto names_of_others = std::to_array<Label>({
#include "reader/other_part_names.inc"
});

// In English and in small letters. How ours are written comes first; what others call a part, and we don't, behind it.
struct PartName {
  Type part;
  std::string_view name;
  bool untitled = true;
};
constexpr auto part_names = std::to_array<PartName>({{hook, "hook"},
                                                     {hook, "to begin with"},
                                                     {about, "about the author"},
                                                     {about, "about"},
                                                     {overview, "overview"},
                                                     {overview, "summary"},
                                                     {takeaways, "takeaways"},
                                                     {takeaways, "key takeaways"},
                                                     {cues, "memory cues"},
                                                     {cues, "cues"},
                                                     {story, "story"},
                                                     {story, "the story"},
                                                     {questions, "questions"},
                                                     {questions, "questions and answers"},
                                                     {questions, "faq"},
                                                     {comparison, "comparison"},
                                                     {people, "people"},
                                                     {people, "people in the book"},
                                                     {discussion, "discussion"},
                                                     {discussion, "for discussion"},
                                                     {warnings, "content warnings"},
                                                     {warnings, "warnings"},
                                                     {notes, "notes"},
                                                     {notes, "notes and sources"},
                                                     {notes, "sources"},
                                                     {brand, "brand"},
                                                     {brand, "about this edition"},
                                                     {about, "author", false},
                                                     {about, "the author", false},
                                                     {about, "author bio", false},
                                                     {about, "meet the author", false},
                                                     {overview, "at a glance", false},
                                                     {overview, "in brief", false},
                                                     {overview, "in short", false},
                                                     {overview, "brief summary", false},
                                                     {overview, "short summary", false},
                                                     {overview, "executive summary", false},
                                                     {overview, "book summary", false},
                                                     {overview, "synopsis", false},
                                                     {overview, "tl dr", false},
                                                     {overview, "tldr", false},
                                                     {takeaways, "main takeaways", false},
                                                     {takeaways, "key ideas", false},
                                                     {takeaways, "main ideas", false},
                                                     {takeaways, "big ideas", false},
                                                     {takeaways, "key points", false},
                                                     {takeaways, "main points", false},
                                                     {takeaways, "key insights", false},
                                                     {takeaways, "key lessons", false},
                                                     {takeaways, "key concepts", false},
                                                     {takeaways, "lessons", false},
                                                     {takeaways, "lessons learned", false},
                                                     {takeaways, "insights", false},
                                                     {cues, "flashcards", false},
                                                     {cues, "flash cards", false},
                                                     {cues, "memory cards", false},
                                                     {story, "plot", false},
                                                     {story, "the plot", false},
                                                     {story, "plot summary", false},
                                                     {story, "chapters", false},
                                                     {story, "chapter summaries", false},
                                                     {story, "chapter by chapter", false},
                                                     {story, "chapter by chapter summary", false},
                                                     {questions, "q a", false},
                                                     {questions, "faqs", false},
                                                     {questions, "frequently asked questions", false},
                                                     {comparison, "compared", false},
                                                     {comparison, "in comparison", false},
                                                     {people, "characters", false},
                                                     {people, "main characters", false},
                                                     {people, "key characters", false},
                                                     {people, "the characters", false},
                                                     {people, "cast", false},
                                                     {people, "cast of characters", false},
                                                     {people, "dramatis personae", false},
                                                     {people, "key people", false},
                                                     {people, "who s who", false},
                                                     {discussion, "discussion questions", false},
                                                     {discussion, "questions for discussion", false},
                                                     {discussion, "book club questions", false},
                                                     {discussion, "reading group questions", false},
                                                     {warnings, "content warning", false},
                                                     {warnings, "content notes", false},
                                                     {warnings, "trigger warnings", false},
                                                     {notes, "references", false},
                                                     {notes, "bibliography", false},
                                                     {notes, "further reading", false},
                                                     {notes, "endnotes", false}});

// Whether a heading is nothing but its words: no figures that count it, no picture before it.
bool is_bare(std::string_view heading) {
  bool in_tag = false;
  for (std::size_t at = 0; at < heading.size();) {
    const diag::CodePoint c = diag::decode_utf8(heading, at);
    const auto sign = static_cast<UChar32>(c.value);
    if (c.value == U'<' || c.value == U'>') {
      in_tag = c.value == U'<';
    } else if (!in_tag && (u_isdigit(sign) != 0 || u_hasBinaryProperty(sign, UCHAR_EXTENDED_PICTOGRAPHIC) != 0)) {
      return false;
    }
    at += c.length;
  }
  return true;
}

// Whether one of a label's tags, parted by spaces, is the language's.
bool is_spoken(std::string_view tags, const std::string& wanted) {
  for (std::size_t at = 0; (at = tags.find_first_not_of(' ', at)) != std::string_view::npos;) {
    const std::size_t end = tags.find(' ', at);
    if (primary_language(tags.substr(at, end - at)) == wanted) return true;
    at = end;
  }
  return false;
}

std::string joined(const std::string& before, const std::string& behind) {
  return before.empty() || behind.empty() ? before + behind : before + ' ' + behind;
}

}  // namespace

std::string words_of(std::string_view heading) {
  std::string out;
  bool apart = false, in_tag = false;
  for (std::size_t at = 0; at < heading.size();) {
    const diag::CodePoint c = diag::decode_utf8(heading, at);
    const auto letter = static_cast<UChar32>(c.value);
    const std::size_t end = end_of_reference(heading, at);
    at += c.length;
    if (c.value == U'<' || c.value == U'>') {
      in_tag = c.value == U'<';
    } else if (in_tag) {
      continue;
    } else if (end != std::string_view::npos) {
      apart = true;
      at = end + 1;
    } else if (u_isalpha(letter) != 0 || (U_MASK(u_charType(letter)) & U_GC_M_MASK) != 0) {
      // U+FE0F says that the sign before it is an emoji.
      if (c.value == 0xFE0F) continue;
      if (std::exchange(apart, false) && !out.empty()) out += ' ';
      diag::append_utf8(out, static_cast<char32_t>(u_foldCase(letter, U_FOLD_CASE_DEFAULT)));
    } else {
      apart = true;
    }
  }
  return out;
}

// What comes first goes before what is called the same.
PartNames::PartNames(std::string_view lang, const Own& own) {
  // How we write a part means that part, whatever a language calls others.
  for (const Child& child : rule(summary).children)
    if (is_part(child.type)) add(part_name(child.type), {child.type, true});
  for (const auto& [part, label] : own) add(label, {part, true});
  const std::string wanted = primary_language(lang);
  for (const Label& label : labels_of_languages)
    if (!wanted.empty() && is_spoken(label.tags, wanted)) add(label.text, {part_called(label.part), true});
  for (const Label& label : names_of_others)
    if (!wanted.empty() && is_spoken(label.tags, wanted)) add(label.text, {part_called(label.part), false});
  for (const PartName& one : part_names) add(one.name, {one.part, one.untitled});
  for (const Label& label : labels_of_languages)
    if (wanted.empty() || label.tags == " en ") add(label.text, {part_called(label.part), true});
  for (const Label& label : names_of_others)
    if (wanted.empty()) add(label.text, {part_called(label.part), false});
}

namespace {

std::vector<std::pair<Type, std::string>> labels_of(Node root) {
  constexpr std::string_view prefix = "part.";
  std::vector<std::pair<Type, std::string>> out;
  for (const Node label : root.child("edition").child("labels").children("label")) {
    const std::string name = collapsed(label.attribute("name"));
    const Type part = name.starts_with(prefix) ? part_called(name.substr(prefix.size())) : Type::count;
    if (part != Type::count) out.emplace_back(part, label.first_text());
  }
  return out;
}

}  // namespace

PartNames::PartNames(Node root) : PartNames(root.attribute("xml:lang"), labels_of(root)) {}

void PartNames::add(std::string_view label, NamedPart named) {
  const std::size_t place = label.find("{title}");
  const std::string_view behind = place == std::string_view::npos ? "" : label.substr(label.find('}', place) + 1);
  Pattern pattern{words_of(label.substr(0, place)), words_of(behind), named};
  const std::string words = joined(pattern.before, pattern.behind);
  // A label without letters would name what has none, or anything.
  if (words.empty()) return;
  names_.try_emplace(words, named);
  if (place != std::string_view::npos) patterns_.push_back(std::move(pattern));
}

NamedPart PartNames::find(std::string_view heading) const {
  const std::string wanted = words_of(heading);
  NamedPart found;
  if (const auto at = names_.find(wanted); at != names_.end()) {
    found = at->second;
  } else {
    const auto says = [&](const Pattern& one) {
      return wanted.size() > joined(one.before, one.behind).size() + 1 &&
             (one.before.empty() || wanted.starts_with(one.before + ' ')) &&
             (one.behind.empty() || wanted.ends_with(' ' + one.behind));
    };
    const auto pattern = std::find_if(patterns_.begin(), patterns_.end(), says);
    if (pattern != patterns_.end()) {
      found = {pattern->named.type, false, {}};
      if (!is_bare(heading)) return found;
      found.other = wanted;
      if (!pattern->before.empty()) found.other.erase(0, pattern->before.size() + 1);
      if (!pattern->behind.empty()) found.other.resize(found.other.size() - pattern->behind.size() - 1);
    }
  }
  found.untitled = found.untitled && is_bare(heading);
  return found;
}

std::vector<std::string> PartNames::languages(std::string_view heading) {
  const std::string wanted = words_of(heading);
  std::vector<std::string> out;
  const auto take = [&](const Label& label) {
    if (!wanted.empty() && words_of(label.text) == wanted)
      out.emplace_back(label.tags.substr(1, label.tags.find(' ', 1) - 1));
  };
  // What English says too tells no other language.
  for (const PartName& one : part_names)
    if (one.name == wanted) out.emplace_back("en");
  std::for_each(labels_of_languages.begin(), labels_of_languages.end(), take);
  std::for_each(names_of_others.begin(), names_of_others.end(), take);
  return out;
}

std::string PartNames::hint(std::string_view heading) const {
  std::vector<std::string_view> known;
  for (const auto& [name, named] : names_) known.push_back(name);
  if (const auto near = names_.find(diag::nearest(words_of(heading), known)); near != names_.end())
    return fmt::format("did you mean ## {}? Or say which part it is: ## Its title {{.{}}}",
                       part_name(near->second.type), rule(near->second.type).name);
  std::string listed;
  for (const Child& child : rule(summary).children)
    if (is_part(child.type)) listed += (listed.empty() ? "" : ", ") + part_name(child.type);
  return fmt::format(
      "the parts are {}, also by what the summary's language calls them; or say which part it is: ## Its title "
      "{{.overview}}",
      listed);
}

std::string part_name(Type part) {
  const auto* const at =
      std::find_if(part_names.begin(), part_names.end(), [part](const PartName& known) { return known.part == part; });
  std::string out(at->name);
  out.front() = static_cast<char>(out.front() - 'a' + 'A');
  return out;
}

}  // namespace epitome::reader
