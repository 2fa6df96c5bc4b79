#include "compare/compare.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "compare/tables.hpp"

namespace epitome::compare {

namespace {

constexpr std::size_t shown_before = 40, shown_after = 40;

using View = std::u32string_view;

std::string place_of(const Text& text, std::size_t offset) {
  const Place* const place = offset < text.characters.size() ? text.place(offset) : nullptr;
  if (place == nullptr) return {};
  return place->file.empty() ? fmt::format("page {}, {}", place->page, place->element)
                             : fmt::format("{}, {}", place->file, place->element);
}

Side side(const Text& text, std::size_t offset) {
  const std::size_t from = offset - std::min(offset, shown_before);
  return {place_of(text, offset), text.characters.substr(from, offset - from),
          text.characters.substr(offset, shown_after)};
}

// Digits of any script as ASCII's.
std::u32string with_plain_digits(View text) {
  std::u32string out(text);
  for (char32_t& c : out) {
    const int digit = u_charDigitValue(static_cast<UChar32>(c));
    if (digit >= 0) c = U'0' + static_cast<char32_t>(digit);
  }
  return out;
}

bool is_digit(char32_t c) { return u_charDigitValue(static_cast<UChar32>(c)) >= 0; }

// The end of the block that holds `offset`, without the space after it.
std::size_t block_end(const Text& text, std::size_t offset) {
  const auto next = std::upper_bound(text.blocks.begin(), text.blocks.end(), offset);
  return next == text.blocks.end() ? text.characters.size() : *next - 1;
}
std::size_t block_begin(const Text& text, std::size_t offset) {
  const auto next = std::upper_bound(text.blocks.begin(), text.blocks.end(), offset);
  return next == text.blocks.begin() ? 0 : *std::prev(next);
}

// Two texts side by side, over all parts of two files.
class Alignment {
 public:
  // The first difference, as offsets into both.
  std::optional<std::pair<std::size_t, std::size_t>> first_difference(const Text& pdf, const Text& epub, bool front) {
    std::size_t at = 0, in_epub = 0;
    bool fonts_named = !front;
    quoted_until_.clear();
    while (true) {
      skip_number(pdf, at, epub, in_epub);
      skip_quotation_marks(pdf, at, epub, in_epub);
      if (skip_link_text(pdf, at, epub, in_epub)) skip_quotation_marks(pdf, at, epub, in_epub);
      skip_warning(pdf, at, epub, in_epub);
      if (tables_.skip(pdf, epub, {at, in_epub}, !is_in_table(pdf, at))) skip_quotation_marks(pdf, at, epub, in_epub);
      const bool pdf_ends = at == pdf.characters.size(), epub_ends = in_epub == epub.characters.size();
      if (!quoted_until_.empty() && quoted_until_.back() <= in_epub)
        return std::pair(at, in_epub);  // no mark closes it
      if (pdf_ends && epub_ends) return std::nullopt;
      if (!pdf_ends && !epub_ends && pdf.characters[at] == epub.characters[in_epub]) {
        ++at, ++in_epub;
      } else if (fonts_named || !skip_fonts(pdf, at, epub, in_epub)) {
        return std::pair(at, in_epub);
      } else {
        fonts_named = true;
      }
    }
  }

 private:
  // The space after a cell belongs to the cell.
  static bool is_in_table(const Text& pdf, std::size_t at) {
    const bool space = at != 0 && at < pdf.characters.size() && pdf.characters[at] == ' ';
    const Place* const place = pdf.place(space ? at - 1 : at);
    return place != nullptr && (place->element == "TH" || place->element == "TD");
  }

  static void skip_number(const Text& pdf, std::size_t& at, const Text& epub, std::size_t in_epub) {
    for (const Number& number : epub.numbers) {
      if (number.offset != in_epub) continue;
      std::size_t end = at;
      while (end < pdf.characters.size() && is_digit(pdf.characters[end])) ++end;
      const std::u32string digits = with_plain_digits(View(pdf.characters).substr(at, end - at));
      if (digits != to_utf32(std::to_string(number.value))) continue;
      if (end < pdf.characters.size() && u_ispunct(static_cast<UChar32>(pdf.characters[end]))) ++end;
      while (end < pdf.characters.size() && pdf.characters[end] == ' ') ++end;
      // What begins with that number itself has no other.
      if (end < pdf.characters.size() && in_epub < epub.characters.size() &&
          pdf.characters[end] == epub.characters[in_epub]) {
        at = end;
        return;
      }
    }
  }

  // Marks about titles of works, each with the space that its language sets beside it: an opening one, then its closing
  // one. A title may hold another.
  void skip_quotation_marks(const Text& pdf, std::size_t& at, const Text& epub, std::size_t in_epub) {
    while (!quoted_until_.empty() && quoted_until_.back() == in_epub) {
      const std::size_t mark = at + (is_space(character(pdf, at)) ? 1 : 0);
      if (!is_mark(character(pdf, mark))) break;
      at = mark + 1;
      quoted_until_.pop_back();
    }
    // One that holds another ends after it, and so stands after it in the list.
    for (auto title = epub.titles.rbegin(); title != epub.titles.rend(); ++title) {
      // What begins with such a mark itself has one more.
      if (title->begin != in_epub || marks_from(pdf, at) <= marks_from(epub, in_epub)) continue;
      ++at;
      // Not the title's own.
      if (spaces_from(pdf, at) > spaces_from(epub, in_epub)) ++at;
      quoted_until_.push_back(title->end);
    }
  }

  static char32_t character(const Text& text, std::size_t i) {
    return i < text.characters.size() ? text.characters[i] : U'\0';
  }

  static bool is_space(char32_t c) { return c == 0xA0 || c == 0x202F; }

  static std::size_t spaces_from(const Text& text, std::size_t at) {
    std::size_t spaces = 0;
    while (is_space(character(text, at + spaces))) ++spaces;
    return spaces;
  }

  static std::size_t marks_from(const Text& text, std::size_t at) {
    std::size_t marks = 0;
    for (; is_mark(character(text, at)); ++at, ++marks) {
      if (is_space(character(text, at + 1))) ++at;
    }
    return marks;
  }

  static bool is_mark(char32_t c) {
    return c == '"' || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_QUOTATION_MARK);
  }

  bool skip_link_text(const Text& pdf, std::size_t& at, const Text& epub, std::size_t in_epub) {
    const auto open = std::find_if(pdf.links.begin(), pdf.links.end(),
                                   [&](const Link& link) { return link.begin < at && at < link.end; });
    if (open == pdf.links.end()) return false;
    for (const Link& link : epub.links) {
      if (link.end != in_epub || link.internal != open->internal) continue;
      const std::u32string rest = with_plain_digits(View(pdf.characters).substr(at, open->end - at));
      if (open->internal ? is_page_reference(rest, with_plain_digits(open->target), page_reference_)
                         : is_address(rest, link.target)) {
        at = open->end;
        return true;
      }
    }
    return false;
  }

  // "Spoiler, see page 8": a block that is a link as a whole, where the EPUB has its beginning alone.
  void skip_warning(const Text& pdf, std::size_t& at, const Text& epub, std::size_t in_epub) {
    const std::size_t begin = in_epub == 0 ? 0 : block_begin(epub, in_epub - 1);
    if (in_epub == 0 || at == 0 || in_epub != block_end(epub, begin)) return;
    const std::size_t block = block_begin(pdf, at - 1), end = block_end(pdf, block);
    for (const Link& link : pdf.links) {
      if (!link.internal || link.begin != block || at <= block || at >= end || (link.end != end && link.end != end + 1))
        continue;
      if (View(pdf.characters).substr(block, at - block) != View(epub.characters).substr(begin, in_epub - begin))
        continue;
      const std::u32string rest = with_plain_digits(View(pdf.characters).substr(at, end - at));
      if (!is_page_reference(rest, with_plain_digits(link.target), warning_)) continue;
      at = end;
      return;
    }
  }

  // The words around a page's label: always the same ones.
  using Words = std::optional<std::pair<std::u32string, std::u32string>>;

  static bool is_page_reference(const std::u32string& rest, const std::u32string& label, Words& known) {
    const std::size_t found = label.empty() ? std::u32string::npos : rest.find(label);
    if (found == std::u32string::npos) return false;
    const std::size_t end = found + label.size();
    if ((found != 0 && is_digit(rest[found - 1])) || (end < rest.size() && is_digit(rest[end]))) return false;
    const std::pair<std::u32string, std::u32string> words(rest.substr(0, found), rest.substr(end));
    if (!known) known = words;
    return *known == words;
  }

  static bool is_address(View rest, View address) {
    if (address.starts_with(U"mailto:")) address.remove_prefix(7);
    const auto is_around = [](char32_t c) { return c == ' ' || u_ispunct(static_cast<UChar32>(c)); };
    const std::size_t found = rest.find(address);
    return !address.empty() && found != View::npos &&
           std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(found), is_around) &&
           std::all_of(rest.begin() + static_cast<std::ptrdiff_t>(found + address.size()), rest.end(), is_around);
  }

  // Print names its fonts before what the imprint says of its maker.
  static bool skip_fonts(const Text& pdf, std::size_t& at, const Text& epub, std::size_t& in_epub) {
    if (at == pdf.characters.size() || in_epub == epub.characters.size()) return false;
    const std::size_t begin = block_begin(epub, in_epub);
    const View wanted = View(epub.characters).substr(begin, block_end(epub, in_epub) - begin);
    const std::size_t end = block_end(pdf, at);
    const View block = View(pdf.characters).substr(block_begin(pdf, at), end - block_begin(pdf, at));
    if (!block.ends_with(wanted)) return false;
    at = end - wanted.size();
    in_epub = begin;
    return true;
  }

  std::vector<std::size_t> quoted_until_;  // in the EPUB's text: the ends of titles in quotation marks, the inner last
  Words page_reference_, warning_;
  TableAlignment tables_;
};

std::vector<const Part*> counted(const Said& said) {
  std::vector<const Part*> out;
  for (const Part& part : said.parts) {
    if (part.kind != PartKind::cover && part.kind != PartKind::contents && !part.text.characters.empty())
      out.push_back(&part);
  }
  return out;
}

// Nothing in a PDF says that a part is its cover: the first is, if the EPUB begins with one, and it has no heading (as
// a title page has, with which a file for printing begins) and fills one page.
bool begins_with_cover(const Said& pdf, const Said& epub) {
  if (epub.parts.empty() || epub.parts.front().kind != PartKind::cover || pdf.parts.empty()) return false;
  const std::vector<Place>& places = pdf.parts.front().text.places;
  return !pdf.parts.front().has_heading && std::all_of(places.begin(), places.end(), [&](const Place& place) {
    return place.page == places.front().page;
  });
}

// A heading and lines to write on: an EPUB has no use for them.
bool is_for_writing(const Part& part) { return part.has_heading && to_utf8(part.text.characters) == part.name; }

bool is_named(const Part& part, const Part& other) {
  return part.has_heading && other.has_heading && part.name == other.name;
}

bool stands_from(const std::vector<const Part*>& parts, std::size_t from, const Part& part) {
  return std::any_of(parts.begin() + static_cast<std::ptrdiff_t>(std::min(from, parts.size())), parts.end(),
                     [&](const Part* other) { return is_named(part, *other); });
}

// A file for printing begins with its title and not with a cover, and has its imprint at the end, before the brand's
// part; an EPUB has it after the title page. Where it stands in the PDF; nothing: there too.
std::optional<std::size_t> imprint_at_end(const Said& file, const std::vector<const Part*>& pdf,
                                          const std::vector<const Part*>& epub) {
  if (file.parts.empty() || !file.parts.front().has_heading) return std::nullopt;
  if (epub.size() < 2 || epub[1]->kind != PartKind::front || epub[1]->has_heading) return std::nullopt;
  const std::size_t behind = !epub.back()->has_heading && epub.back()->kind != PartKind::front ? 2 : 1;
  if (pdf.size() < 1 + behind || pdf[pdf.size() - behind]->has_heading) return std::nullopt;
  return pdf.size() - behind;
}

PartResult only_one(const Part& part, bool in_pdf) {
  Difference difference{part.name, {}, {}};
  (in_pdf ? difference.left : difference.right) = side(part.text, 0);
  return {PartResult::Found::in_one, part.name, count_words(part.text.characters), std::move(difference)};
}

}  // namespace

std::vector<PartResult> compare_files(const Said& pdf, const Said& epub) {
  std::vector<const Part*> left = counted(pdf);
  const std::vector<const Part*> right = counted(epub);
  if (begins_with_cover(pdf, epub)) std::erase(left, &pdf.parts.front());
  std::erase_if(left, [&](const Part* part) { return is_for_writing(*part) && !stands_from(right, 0, *part); });
  std::vector<PartResult> out;
  Alignment alignment;
  const auto both = [&](std::string name, const Text& a, const Text& b, bool front) {
    PartResult result{PartResult::Found::in_both, std::move(name), count_words(b.characters), std::nullopt};
    if (const auto at = alignment.first_difference(a, b, front))
      result.difference = Difference{result.name, side(a, at->first), side(b, at->second)};
    out.push_back(std::move(result));
  };
  if (const auto end = imprint_at_end(pdf, left, right)) {
    const Part* const imprint = left[*end];
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(*end));
    left.insert(left.begin() + 1, imprint);
  }
  std::size_t i = 0, j = 0;
  while (i < left.size() || j < right.size()) {
    const bool more = i < left.size() && j < right.size(), named = more && is_named(*left[i], *right[j]);
    if (i == left.size() || (more && !named && left[i]->has_heading && stands_from(right, j + 1, *left[i]) &&
                             !stands_from(left, i + 1, *right[j]))) {
      out.push_back(only_one(*right[j++], false));
    } else if (j == right.size() || (!named && right[j]->has_heading && stands_from(left, i + 1, *right[j]) &&
                                     !stands_from(right, j + 1, *left[i]))) {
      out.push_back(only_one(*left[i++], true));
    } else {
      both(right[j]->name, left[i]->text, right[j]->text, right[j]->kind == PartKind::front);
      ++i, ++j;
    }
  }
  if (!pdf.notes.characters.empty() || !epub.notes.characters.empty()) both("footnotes", pdf.notes, epub.notes, false);
  return out;
}

Model read_words(std::string_view dump) {
  Model model;
  while (!dump.empty()) {
    const std::size_t end = std::min(dump.find('\n'), dump.size());
    const std::string_view line = dump.substr(0, end);
    const std::size_t tab = std::min(line.find('\t'), line.size());
    const std::string_view kind = line.substr(0, tab), words = line.substr(std::min(tab + 1, line.size()));
    if (kind == "generated") {
      Text phrase;
      phrase.append(words);
      phrase.finish();
      model.generated.push_back(std::move(phrase.characters));
    } else {
      Text& out = kind == "note" ? model.notes : model.body;
      out.part_block();
      out.append(words);
    }
    dump.remove_prefix(std::min(end + 1, dump.size()));
  }
  model.body.finish();
  model.notes.finish();
  return model;
}

namespace {

// The blocks of one text against a text, generated blocks left out: all places that can be reached are followed, since
// a generated heading may be an author's word too.
class Follower {
 public:
  Follower(const Text& source, const std::vector<std::u32string>& generated) : source_(source), generated_(generated) {}

  // False at the first block that can't be followed.
  bool follow(const Text& text) {
    for (std::size_t i = 0; i < text.blocks.size(); ++i) {
      const std::size_t begin = text.blocks[i];
      const View block = View(text.characters).substr(begin, block_end(text, begin) - begin);
      const bool generated = is_generated(block);
      std::vector<std::size_t> next;
      furthest_ = {0, begin};
      for (const std::size_t from : reached_) {
        std::size_t in_source = std::min(from, source_.characters.size()), in_text = begin;
        follow_block(text, begin + block.size(), {in_source, in_text});
        if (in_source >= furthest_.first) furthest_ = {in_source, in_text};
        const bool ends = in_source == source_.characters.size() || source_.characters[in_source] == ' ';
        if (in_text == begin + block.size() && ends) next.push_back(in_source + 1);
        if (generated) next.push_back(from);
      }
      std::sort(next.begin(), next.end());
      next.erase(std::unique(next.begin(), next.end()), next.end());
      if (next.empty()) return false;
      reached_ = std::move(next);
    }
    return true;
  }
  bool is_at_end() const { return reached_.back() >= source_.characters.size(); }
  // Where it stopped: in the source and in the text.
  std::pair<std::size_t, std::size_t> furthest() const { return furthest_; }
  std::size_t reached() const { return std::min(reached_.back(), source_.characters.size()); }

 private:
  // As far as both say the same; the source has every table as such.
  void follow_block(const Text& text, std::size_t end, TableAlignment::At at) {
    TableAlignment tables;  // what a wrong place has for a separator is of no account elsewhere
    while (at.epub < end) {
      tables.skip(source_, text, at, false);
      if (at.epub >= end || at.other >= source_.characters.size() ||
          source_.characters[at.other] != text.characters[at.epub]) {
        return;
      }
      ++at.other, ++at.epub;
    }
  }

  // Generated phrases end to end, with figures and punctuation between them.
  bool is_generated(View block) const {
    std::vector<bool> reached(block.size() + 1);
    reached[0] = true;
    bool phrase_found = false;
    for (std::size_t at = 0; at < block.size(); ++at) {
      if (!reached[at]) continue;
      if (block[at] == ' ' || is_digit(block[at]) || u_ispunct(static_cast<UChar32>(block[at]))) reached[at + 1] = true;
      for (const std::u32string& phrase : generated_) {
        if (phrase.empty() || !block.substr(at).starts_with(phrase)) continue;
        reached[at + phrase.size()] = true;
        phrase_found = true;
      }
    }
    return phrase_found && reached.back();
  }

  const Text& source_;
  const std::vector<std::u32string>& generated_;
  std::vector<std::size_t> reached_ = {0};
  std::pair<std::size_t, std::size_t> furthest_;
};

PartResult follow_all(std::string name, const std::vector<const Part*>& parts, const Text& source,
                      const std::vector<std::u32string>& generated) {
  PartResult result{PartResult::Found::in_both, std::move(name), count_words(source.characters), std::nullopt};
  Follower follower(source, generated);
  for (const Part* const part : parts) {
    if (follower.follow(part->text)) continue;
    const auto [in_source, in_text] = follower.furthest();
    result.difference =
        Difference{part->name, side(part->text, in_text), side(source, std::min(in_source, source.characters.size()))};
    return result;
  }
  if (!follower.is_at_end()) result.difference = Difference{result.name, {}, side(source, follower.reached())};
  return result;
}

}  // namespace

std::vector<PartResult> compare_with_source(const Said& epub, const Model& source) {
  std::vector<const Part*> parts = counted(epub);
  std::erase_if(parts, [](const Part* part) { return part->kind == PartKind::front; });
  std::vector<PartResult> out = {follow_all("text", parts, source.body, source.generated)};
  if (!epub.notes.characters.empty() || !source.notes.characters.empty()) {
    const Part notes{"footnotes", false, PartKind::text, epub.notes};
    out.push_back(follow_all("footnotes", {&notes}, source.notes, {}));
  }
  return out;
}

}  // namespace epitome::compare
