#include "reader/markdown_headings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace epitome::reader {

using diag::Code;
using diag::Span;

void MarkdownHeadings::take(unsigned level, const PlacedText& content, Span place, HeadingAttributes attributes) {
  if (level == 1) return title_heading(content, place);
  if (level == 2) return part_heading(content, place, std::move(attributes));
  if (level == 3) return item_heading(content, place, attributes);
  sink_.faults.add(Code::E0112, place, fmt::format("a heading of level {}", level),
                   {"## begins a part, ### an item of it; make this a paragraph, or the title of an <aside>"});
}

void MarkdownHeadings::title_heading(const PlacedText& content, Span place) {
  if (part_ == Type::count && !lost_ && content.text == known_.title) return;
  const bool names_part = known_.parts.find(content.text).type != Type::count;
  sink_.faults.add(Code::E0112, place, names_part ? "a part begins with ##" : "this heading is not the work's title",
                   {names_part ? fmt::format("write ## {}, and its items with ###", content.text)
                               : std::string("the title stands in the front matter; parts begin with ##")});
  if (names_part) {
    close_part();
    lost_ = true;
  }
}

void MarkdownHeadings::open_tag(std::string_view name, const std::vector<HeadingAttribute>& attributes, Span place) {
  const std::uint32_t end = place.offset + place.length;
  sink_.out.add(fmt::format("<{}", name), place.offset);
  for (const HeadingAttribute& attribute : attributes) {
    sink_.out.add(" ", end);
    sink_.out.add(attribute.name, attribute.name_at);
    sink_.out.add("=\"", attribute.name_at);
    sink_.out.append(attribute.value);
    sink_.out.add("\"", attribute.end);
  }
  // Behind the name: what it stands for ends there.
  sink_.out.add(">", end);
}

void MarkdownHeadings::part_heading(const PlacedText& content, Span place, HeadingAttributes given) {
  const bool titled = !given.part.empty();
  const NamedPart named = titled ? NamedPart{part_called(given.part), false} : known_.parts.find(content.text);
  const Type type = named.type;
  if (type == Type::count) {
    close_part();
    lost_ = true;
    if (sink_.faults.full(Code::E0112)) return sink_.faults.add(Code::E0112, place, {});
    sink_.faults.add(
        Code::E0112, place,
        titled ? fmt::format("there is no part '{}'", given.part) : fmt::format("no part is called '{}'", content.text),
        {titled ? part_names_hint(given.part) : known_.parts.hint(content.text)});
    return;
  }
  close_part();
  part_ = type;
  lost_ = false;
  open_tag(rule(type).name, given.attributes, place);
  title_begin_ = sink_.out.text.size();
  if (!named.untitled && !content.text.empty()) sink_.element("title", content);
  title_end_ = sink_.out.text.size();
  other_ = named.other;
}

void MarkdownHeadings::item_heading(const PlacedText& content, Span place, HeadingAttributes& given) {
  close_item();
  if (part_ == Type::comparison) return with(content, given);
  const HeadedItem* const item = headed_item(part_);
  if (item == nullptr) {
    const bool outside = part_ == Type::count;
    if (outside && lost_) return;
    sink_.faults.add(
        Code::E0112, place,
        outside ? "an item stands before the first part" : fmt::format("<{}> has no items", rule(part_).name),
        {outside ? "a part begins with ##" : "make it a paragraph, or the title of an <aside>"});
    return;
  }
  item_ = item->type;
  has_block = false;
  open_tag(rule(item->type).name, given.attributes, place);
  sink_.element(rule(item->line).name, content);
  if (item->content != Type::count) sink_.begin(fmt::format("<{}>", rule(item->content).name));
}

// "### Wreck {prefix="The" author="B. Other"}": the other book.
void MarkdownHeadings::with(const PlacedText& content, HeadingAttributes& given) {
  const std::uint32_t at = content.begins.empty() ? sink_.last : content.begins.front();
  const auto author = std::find_if(given.attributes.begin(), given.attributes.end(),
                                   [](const HeadingAttribute& one) { return one.name == "author"; });
  std::optional<PlacedText> name;
  if (author != given.attributes.end()) {
    name = std::move(author->value);
    given.attributes.erase(author);
  }
  // A part's heading that says no more than this title is the label itself.
  std::string words(content.text);
  for (const HeadingAttribute& one : given.attributes)
    if (one.name == "prefix") words.insert(0, one.value.text + ' ');
  if (!other_.empty() && sink_.out.text.size() == title_end_ && words_of(words) == other_) sink_.out.cut(title_begin_);
  sink_.out.add("<with>", at);
  open_tag("title", given.attributes, {at, sink_.last - std::min(at, sink_.last)});
  sink_.out.append(content);
  sink_.out.add("</title>", sink_.last);
  if (name) sink_.element("author", *name);
  sink_.out.add("</with>", sink_.last);
}

void MarkdownHeadings::close_item() {
  if (item_ == Type::count) return;
  const HeadedItem* const item = headed_item(part_);
  if (item->content != Type::count) sink_.end(fmt::format("</{}>", rule(item->content).name));
  sink_.end(fmt::format("</{}>", rule(item_).name));
  item_ = Type::count;
}

void MarkdownHeadings::close_part() {
  close_item();
  if (part_ == Type::count) return;
  sink_.end(fmt::format("</{}>", rule(part_).name));
  part_ = Type::count;
}

}  // namespace epitome::reader
