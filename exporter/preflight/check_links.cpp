// Links, notes and what documents have in common: looked at once all documents are known.
#include <fmt/format.h>

#include <algorithm>

#include "preflight/book.hpp"

namespace epitome::preflight {

namespace {

using diag::Code;

// Kobo shows what has so many characters as a pop-up.
constexpr std::uint32_t pops_up_from = 9, pops_up_to = 5000;

bool is_plain_id(std::string_view id) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  // A hyphen or a low line may begin an identifier of CSS too; bytes beyond ASCII are letters to it.
  const auto may_begin = [&](char c) { return letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; };
  if (id.empty() || !(may_begin(id[0]) || (id[0] == '-' && id.size() > 1 && may_begin(id[1])))) return false;
  return std::all_of(id.begin(), id.end(), [&](char c) { return may_begin(c) || (c >= '0' && c <= '9') || c == '-'; });
}

// Whether a link back to `path` stands in the scope of a note.
bool leads_back(const Document& notes, const Anchor& note, const std::string& path) {
  auto at = std::lower_bound(notes.links.begin(), notes.links.end(), note.scope_begin,
                             [](const Link& link, std::uint32_t order) { return link.order < order; });
  // A note has few links; the bound is for files that are made to cost time.
  for (int left = 100; left > 0 && at != notes.links.end() && at->order <= note.scope_end; --left, ++at) {
    if (at->path == path) return true;
  }
  return false;
}

class LinkCheck {
 public:
  LinkCheck(Check& check, const Document& document)
      : check_(check), book_(check.book), document_(document), item_(check.book.find(document.path)) {}

  void run() {
    for (const Link& link : document_.links) one(link);
    for (const Use& use : document_.uses) {
      if (check_.container.find(use.path) == nullptr) missing(Code::E1006, use.span, use.path);
    }
  }

 private:
  void tell(Code code, diag::Span place, std::string_view text) {
    check_.findings.report(code, document_.path, place, text);
  }

  void missing(Code code, diag::Span place, const std::string& path) {
    const std::string other = check_.container.other_case(path);
    tell(code, place,
         fmt::format("'{}' is not there{}", path, other.empty() ? "" : fmt::format(", but '{}' is", other)));
  }

  void one(const Link& link) {
    if (check_.container.find(link.path) == nullptr) return missing(Code::E1042, link.span, link.path);
    const auto found = book_.documents.find(link.path);
    if (link.fragment.empty() || found == book_.documents.end()) return;
    const Document& to = found->second;
    const auto anchor = to.anchors.find(link.fragment);
    if (anchor == to.anchors.end()) {
      // A fragment may be a pointer of another kind (EPUB CFI, media fragments).
      if (link.fragment.find_first_of("(=") == std::string::npos)
        tell(Code::E1043, link.span, fmt::format("'{}' has no element with the id '{}'", link.path, link.fragment));
      return;
    }
    if (link.noteref && !link.back && is_later(link, to, anchor->second)) return note(link, to, anchor->second);
    if (!link.pops_up && !anchor->second.note_type) pop_up(link, to, anchor->second);
  }

  bool is_later(const Link& link, const Document& to, const Anchor& anchor) const {
    const Item* const there = book_.find(to.path);
    if (item_ == nullptr || there == nullptr || item_->spine < 0 || there->spine < 0) return false;
    return there->spine > item_->spine || (there == item_ && anchor.order > link.order);
  }

  void note(const Link& link, const Document& to, const Anchor& anchor) {
    if (!is_plain_id(link.fragment))
      tell(Code::W1045, link.span, fmt::format("'#{}' selects nothing, or something else", link.fragment));
    if (!leads_back(to, anchor, document_.path))
      check_.findings.report(Code::W1046, to.path, anchor.span, "the note has no link back to its mark");
    if (book_.version >= 3 && !anchor.note_type) {
      check_.findings.report(Code::W1047, to.path, anchor.span,
                             anchor.note_inside ? "the type of the note stands on another element"
                                                : "the element of the note has no type of a note");
    }
  }

  void pop_up(const Link& link, const Document& to, const Anchor& anchor) {
    if (anchor.characters < pops_up_from || anchor.characters > pops_up_to || !is_later(link, to, anchor)) return;
    tell(Code::W1044, link.span,
         fmt::format("it leads to {} characters that come later, and is no note", anchor.characters));
  }

  Check& check_;
  const Book& book_;
  const Document& document_;
  const Item* item_;
};

void check_titles(Check& check) {
  std::map<std::string, const Document*> first;
  for (const std::size_t index : check.book.spine) {
    const auto at = check.book.documents.find(check.book.items[index].path);
    if (at == check.book.documents.end() || at->second.title.empty()) continue;
    const auto [known, is_first] = first.try_emplace(at->second.title, &at->second);
    if (!is_first) {
      check.findings.report(Code::W1058, at->first, at->second.title_span,
                            fmt::format("'{}' is the title of '{}' too", at->second.title, known->second->path));
    }
  }
}

void check_directions(Check& check) {
  if (check.book.sheet_says_direction) return;
  for (const auto& [path, document] : check.book.documents) {
    if (document.has_text && is_right_to_left(document.language) && !document.says_direction)
      check.findings.report(Code::W1056, path, document.html_span,
                            fmt::format("the language is {}, and neither html nor body has dir", document.language));
  }
}

}  // namespace

void check_links(Check& check) {
  for (const auto& [path, document] : check.book.documents) LinkCheck(check, document).run();
  check_titles(check);
  check_directions(check);
  if (check.book.avoids_breaks) {
    for (const auto& [path, document] : check.book.documents) {
      for (const diag::Span place : document.early_marks)
        check.findings.report(Code::W1066, path, place, "the mark stands alone before the first block of its section");
    }
  }
  for (const auto& [name, where] : check.book.new_elements) {
    if (!check.book.set_as_blocks.contains(name))
      check.findings.report(Code::W1069, where.first, where.second,
                            fmt::format("no style sheet says display: block of {}", name));
  }
}

}  // namespace epitome::preflight
