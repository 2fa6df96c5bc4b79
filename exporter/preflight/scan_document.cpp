// One content document: what its own elements do wrong, and what is remembered of it for the checks of the whole book.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diag/utf8.hpp"
#include "preflight/book.hpp"

namespace epitome::preflight {

namespace {

using diag::Code;
using Names = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view name, Names names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// HTML, 13.1.2: these have no end tag.
bool is_void(std::string_view name) {
  return is_one_of(name, {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
                          "track", "wbr"});
}

// What HTML 4 hasn't, and is a block.
bool is_new_block(std::string_view name) {
  return is_one_of(name, {"section", "nav", "aside", "figure", "figcaption", "header", "footer", "main", "article",
                          "hgroup", "details", "summary"});
}

bool is_block(std::string_view name) {
  return is_new_block(name) ||
         is_one_of(name, {"p",          "div", "h1", "h2",   "h3",      "h4",    "h5",      "h6", "ul",
                          "ol",         "dl",  "li", "dd",   "dt",      "table", "td",      "th", "tr",
                          "blockquote", "pre", "hr", "body", "address", "form",  "fieldset"});
}

// What may hold blocks and nothing else of its own.
bool is_section(std::string_view name) {
  return is_one_of(name, {"body", "section", "div", "article", "main", "nav", "aside", "header"});
}

int heading_level(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0' : 0;
}

// A type of structure and the role that means the same (EPUB Type to ARIA Role Authoring Guide).
struct TypeAndRole {
  std::string_view type, role;
};
constexpr auto roles = std::to_array<TypeAndRole>({{"noteref", "doc-noteref"},
                                                   {"backlink", "doc-backlink"},
                                                   {"pagebreak", "doc-pagebreak"},
                                                   {"footnote", "doc-footnote"},
                                                   {"endnotes", "doc-endnotes"}});

bool is_note_type(std::string_view types, std::string_view role) {
  for (const std::string_view type : {"footnote", "endnote", "rearnote", "note"})
    if (has_token(types, type)) return true;
  return has_token(role, "doc-footnote") || has_token(role, "doc-endnote");
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// "fig-1.jpg", "IMG_0231.PNG".
bool is_file_name(std::string_view text) {
  const std::string small = lower(trimmed(text));
  if (small.empty() || small.find_first_of(" \t\n") != std::string::npos) return false;
  for (const std::string_view ending : {".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp"})
    if (small.ends_with(ending)) return true;
  return false;
}

class Scan {
 public:
  Scan(Check& check, const Item& item, const Xml& xml)
      : check_(check), item_(item), xml_(xml), out_(check.book.documents[item.path]) {
    out_.path = item.path;
    base_.path = item.path;
  }

  void run() {
    check_encoding();
    check_entities();
    walk(
        xml_.tree, [&](const pugi::xml_node& node) { enter(node); }, [&](const pugi::xml_node& node) { leave(node); });
    finish();
  }

 private:
  // An element whose end was not yet seen.
  struct Open {
    std::uint32_t order = 0, characters = 0;
    Anchor* anchor = nullptr;
    std::vector<Anchor*> phrases;  // anchors right below it that are phrases
    bool has_content = false;
    bool holds_note = false;
  };

  void tell(Code code, diag::Span place, std::string_view text) {
    check_.findings.report(code, item_.path, place, text);
  }

  void enter(const pugi::xml_node& node) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) return text(node);
    if (node.type() != pugi::node_element) return;
    ++order_;
    const std::string_view name = local_name(node);
    const std::string_view types = node.attribute("epub:type").value(), role = node.attribute("role").value();
    if (in_body_) mark(node, name, types, role);
    if (!open_.empty()) open_.back().has_content = true;
    open_.push_back({order_, characters_, nullptr, {}, false, false});
    if (is_note_type(types, role) && open_.size() > 1) open_[open_.size() - 2].holds_note = true;
    anchor(node, name, types, role);
    if (foreign_ == 0) html(node, name, types, role);
    if (name == "svg" || name == "math") {
      ++foreign_;
      (name == "svg" ? out_.has_svg : out_.has_math) = true;
      has_picture_ = true;
    }
    uses(node, name);
    if (name == "a" || name == "area") link(node, types, role);
    if (name == "body") in_body_ = true;
  }

  void leave(const pugi::xml_node& node) {
    if (node.type() != pugi::node_element) return;
    const std::string_view name = local_name(node);
    if (name == "svg" || name == "math") --foreign_;
    if (name == "p" && foreign_ == 0) --paragraphs_;
    Open& ended = open_.back();
    for (Anchor* const phrase : ended.phrases) phrase->scope_end = order_;
    if (ended.anchor != nullptr) {
      ended.anchor->characters = characters_ - ended.characters;
      if (ended.anchor->scope_begin == ended.order) ended.anchor->scope_end = order_;
      if (ended.holds_note) ended.anchor->note_inside = true;
    }
    open_.pop_back();
  }

  void text(const pugi::xml_node& node) {
    for (const char c : std::string_view(node.value())) {
      const bool white = is_white(c);
      if (!white && !open_.empty()) open_.back().has_content = true;
      if (!white && in_body_) out_.has_text = true;
      if (white ? !after_white_ : (static_cast<unsigned char>(c) & 0xC0) != 0x80) ++characters_;
      after_white_ = white;
    }
  }

  void anchor(const pugi::xml_node& node, std::string_view name, std::string_view types, std::string_view role) {
    const pugi::xml_attribute id = node.attribute("id");
    if (!id) return;
    const std::string_view value = id.value();
    if (value.empty() || value.find_first_of(" \t\r\n\f") != std::string_view::npos)
      return tell(Code::E1053, span_of(xml_, node, "id"), fmt::format("'{}' is no id", value));
    const auto [at, first] = out_.anchors.try_emplace(std::string(value));
    if (!first) return tell(Code::E1053, span_of(xml_, node, "id"), fmt::format("the id '{}' is used twice", value));
    Anchor& out = at->second;
    out.order = order_;
    out.span = span_of(xml_, node, "id");
    out.note_type = is_note_type(types, role);
    const pugi::xml_node parent = node.parent();
    out.note_inside = is_note_type(parent.attribute("epub:type").value(), parent.attribute("role").value());
    const bool phrase = !is_block(name) && open_.size() > 1;
    out.scope_begin = phrase ? open_[open_.size() - 2].order : order_;
    out.scope_end = order_;
    open_.back().anchor = &out;
    if (phrase) open_[open_.size() - 2].phrases.push_back(&out);
  }

  // A page's mark that is the first thing in a section, and a phrase before a block.
  void mark(const pugi::xml_node& node, std::string_view name, std::string_view types, std::string_view role) {
    if ((!has_token(types, "pagebreak") && !has_token(role, "doc-pagebreak")) || is_block(name)) return;
    if (open_.empty() || open_.back().has_content || !is_section(local_name(node.parent()))) return;
    pugi::xml_node next = node.next_sibling();
    while (next && next.type() == pugi::node_pcdata && trimmed(next.value()).empty()) next = next.next_sibling();
    if (next.type() == pugi::node_element && is_block(local_name(next))) out_.early_marks.push_back(span_of(node));
  }

  // What HTML asks of its own elements.
  void html(const pugi::xml_node& node, std::string_view name, std::string_view types, std::string_view role) {
    if (name == "html") return root(node);
    if (name == "title" && out_.title.empty()) {
      out_.title = text_of(node);
      out_.title_span = span_of(node);
    }
    if (name == "meta" && lower(node.attribute("name").value()) == "viewport") has_viewport_ = true;
    if (name == "body" && lower(node.attribute("dir").value()) == "rtl") out_.says_direction = true;
    if (item_.spine >= 0 && is_new_block(name))
      check_.book.new_elements.try_emplace(std::string(name), item_.path, span_of(node));
    if (!node.first_child() && !is_void(name) && name != "svg" && name != "math") self_closed(node);
    if (name == "p" && paragraphs_++ > 0) tell(Code::W1064, span_of(node), "a p stands in a p");
    if (const int level = heading_level(name); level != 0) {
      if (level_ != 0 && level > level_ + 1)
        tell(Code::W1060, span_of(node), fmt::format("h{} follows h{}", level, level_));
      level_ = level;
    }
    if (name == "tr") row(node);
    if (node.attribute("style") && ++styles_ == 1) first_style_ = span_of(xml_, node, "style");
    if (name == "script") script(node);
    if (is_one_of(name, {"audio", "video", "object", "iframe", "canvas", "embed"})) has_picture_ = true;
    if (check_.book.version < 3) return;
    for (const TypeAndRole& pair : roles) {
      if (has_token(types, pair.type) && role.empty() && name != "hr")
        tell(Code::W1049, span_of(xml_, node, "epub:type"),
             fmt::format("{} has the type {} and no role {}", name, pair.type, pair.role));
    }
  }

  void root(const pugi::xml_node& node) {
    out_.html_span = span_of(node);
    out_.language = value_of(node, "lang");
    if (trimmed(out_.language).empty()) tell(Code::W1055, span_of(node), "html has neither xml:lang nor lang");
    out_.says_direction = lower(node.attribute("dir").value()) == "rtl";
  }

  void self_closed(const pugi::xml_node& node) {
    const std::size_t end = tag_end(xml_.text, node);
    if (end == 0 || end >= xml_.text.size() || xml_.text[end - 1] != '/') return;
    if (++closed_ == 1) first_closed_ = span_of(node);
  }

  void script(const pugi::xml_node& node) {
    const std::string type = lower(node.attribute("type").value());
    // Data that nobody runs.
    if (type.find("json") != std::string::npos || type.find("xml") != std::string::npos || type == "text/plain") return;
    out_.has_script = true;
    tell(Code::W1063, span_of(node), "the document has a script");
  }

  void row(const pugi::xml_node& node) {
    int cells = 0;
    for (const pugi::xml_node cell : node.children()) {
      if (local_name(cell) == "td" || local_name(cell) == "th")
        cells += std::clamp(cell.attribute("colspan").as_int(1), 1, 1000);
    }
    pugi::xml_node owner = node.parent();
    if (cells <= 4) return;
    for (int up = 0; up < 10 && owner && local_name(owner) != "table"; ++up) owner = owner.parent();
    if (owner == last_table_) return;
    last_table_ = owner;
    tell(Code::W1065, span_of(node), fmt::format("a row has {} columns", cells));
  }

  // From the place that <base> names, if there is one (HTML, 4.2.3).
  Target resolved(std::string_view address) const {
    Target out = resolve(base_.path, address);
    if (base_.where == Target::Where::elsewhere) out.where = Target::Where::elsewhere;
    return out;
  }

  void uses(const pugi::xml_node& node, std::string_view name) {
    if (name == "base" && node.attribute("href")) base_ = resolve(item_.path, node.attribute("href").value());
    const char* attribute = nullptr;
    if (is_one_of(name, {"img", "audio", "video", "source", "track", "iframe", "embed", "script"})) attribute = "src";
    if (name == "image") attribute = node.attribute("xlink:href") ? "xlink:href" : "href";
    if (name == "object") attribute = "data";
    const bool sheet = name == "link" && has_token(lower(node.attribute("rel").value()), "stylesheet");
    if (sheet) attribute = "href";
    if (name == "img" && foreign_ == 0) alternative(node);
    if (attribute == nullptr || !node.attribute(attribute)) return;
    const std::string_view address = node.attribute(attribute).value();
    const diag::Span place = span_of(xml_, node, attribute);
    const Target target = resolved(address);
    if (target.where == Target::Where::elsewhere) {
      if (address.starts_with("data:")) return;
      out_.has_remote = true;
      const bool may_be_remote = is_one_of(name, {"audio", "video", "source", "script"});
      if (!may_be_remote) tell(Code::E1009, place, fmt::format("'{}' is not in the EPUB", address));
      return;
    }
    if (target.where == Target::Where::outside_container)
      return tell(Code::E1004, place, fmt::format("'{}' leads out of the container", address));
    out_.uses.push_back({place, target.path});
    if (name == "img" || name == "image") {
      has_picture_ = true;
      out_.pictures.push_back({place, target.path});
    }
  }

  void alternative(const pugi::xml_node& node) {
    const pugi::xml_attribute alt = node.attribute("alt");
    if (!alt) {
      if (!node.attribute("aria-label") && !node.attribute("aria-labelledby") &&
          node.attribute("role").value() != std::string_view("presentation"))
        tell(Code::W1061, span_of(node), "the picture has no alt");
    } else if (is_file_name(alt.value())) {
      tell(Code::W1062, span_of(xml_, node, "alt"), fmt::format("'{}' is a file's name", alt.value()));
    }
  }

  void link(const pugi::xml_node& node, std::string_view types, std::string_view role) {
    const char* const attribute = node.attribute("xlink:href") ? "xlink:href" : "href";
    if (!node.attribute(attribute)) return;
    const std::string_view address = node.attribute(attribute).value();
    const Target target = resolved(address);
    const diag::Span place = span_of(xml_, node, attribute);
    const std::string shown = text_of(node);
    if (shown.find("\xE2\x86\xA9") != std::string::npos) tell(Code::W1048, span_of(node), "the link shows ↩ (U+21A9)");
    if (target.where == Target::Where::elsewhere || address.empty()) return;
    if (target.where == Target::Where::outside_container)
      return tell(Code::E1004, place, fmt::format("'{}' leads out of the container", address));
    Link out{order_, place, target.path, target.fragment, false, false, false};
    out.noteref = has_token(types, "noteref") || has_token(role, "doc-noteref");
    out.back = has_token(types, "backlink") || has_token(role, "doc-backlink");
    out.pops_up = out.noteref;
    for (const std::string_view type : {"annoref", "biblioref", "glossref"})
      out.pops_up = out.pops_up || has_token(types, type) || has_token(role, "doc-" + std::string(type));
    out_.links.push_back(std::move(out));
  }

  void check_encoding() {
    const std::string_view start = std::string_view(xml_.text).substr(0, 1000);
    const bool declared = start.find("encoding=") < start.find("?>");
    const std::string small = lower(start);
    if (declared || small.find("charset") != std::string::npos) return;
    if (std::any_of(xml_.text.begin(), xml_.text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
      tell(Code::W1051, {0, 1}, "it has characters beyond ASCII and no declared encoding");
  }

  // Entities that XML doesn't know: EPUB 2's documents have HTML's by their document type.
  void check_entities() {
    const pugi::xml_node type =
        xml_.tree.find_child([](const pugi::xml_node& n) { return n.type() == pugi::node_doctype; });
    const std::string_view declared = type.value();
    if (declared.find("<!ENTITY") != std::string_view::npos)
      return tell(Code::E1052, {0, 1}, "the document type defines entities");
    if (declared.find("XHTML") != std::string_view::npos || declared.find("OEB") != std::string_view::npos) return;
    const std::string_view all = xml_.text;
    for (std::size_t at = all.find_first_of("&<"); at < all.size(); at = all.find_first_of("&<", at + 1)) {
      if (all[at] == '<') {
        at = end_of_quoted(all, at);
        continue;
      }
      std::size_t end = at + 1;
      while (end < all.size() && end - at < 40 && is_letter_or_digit(all[end])) ++end;
      const std::string_view name = all.substr(at + 1, end - at - 1);
      if (name.empty() || end >= all.size() || all[end] != ';') continue;
      if (is_one_of(name, {"amp", "lt", "gt", "quot", "apos"})) continue;
      return tell(Code::E1052, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end - at + 1)},
                  fmt::format("XML has no entity '{}'", name));
    }
  }
  // Where a comment or a CDATA section ends that begins at `at`; `at` where none does.
  static std::size_t end_of_quoted(std::string_view all, std::size_t at) {
    for (const auto& [begin, end] : {std::pair("<!--", "-->"), std::pair("<![CDATA[", "]]>")}) {
      if (all.substr(at).starts_with(begin)) return std::min(all.find(end, at), all.size());
    }
    return at;
  }

  void finish() {
    if (closed_ != 0) {
      tell(Code::W1054, first_closed_,
           closed_ == 1 ? "an element closes itself" : fmt::format("{} elements close themselves", closed_));
    }
    if (styles_ != 0) {
      tell(Code::W1067, first_style_,
           styles_ == 1 ? "an element has a style of its own"
                        : fmt::format("{} elements have a style of their own", styles_));
    }
    if (out_.title.empty()) tell(Code::W1057, out_.html_span, "the document has no title");
    if (item_.spine >= 0 && !item_.fixed && !out_.has_text && !has_picture_)
      tell(Code::W1059, out_.html_span, "the document has neither text nor picture");
    if (item_.fixed && !has_viewport_) tell(Code::E1068, out_.html_span, "the page doesn't say its size");
    check_properties();
  }

  void check_properties() {
    if (check_.book.version < 3) return;
    const auto property = [&](bool needed, std::string_view name) {
      if (needed && !has_token(item_.properties, name))
        check_.findings.report(Code::E1021, check_.book.package_path, item_.span,
                               fmt::format("'{}' needs the property {}", item_.path, name));
    };
    property(out_.has_script, "scripted");
    property(out_.has_svg, "svg");
    property(out_.has_math, "mathml");
    property(out_.has_remote, "remote-resources");
  }

  Check& check_;
  const Item& item_;
  const Xml& xml_;
  Document& out_;
  Target base_;  // of relative addresses
  std::vector<Open> open_;
  std::uint32_t order_ = 0, characters_ = 0;
  int foreign_ = 0, paragraphs_ = 0, level_ = 0, closed_ = 0, styles_ = 0;
  bool in_body_ = false, after_white_ = true, has_picture_ = false, has_viewport_ = false;
  diag::Span first_closed_, first_style_;
  pugi::xml_node last_table_;
};

// The style sheets inside a document.
void check_inner_sheets(Check& check, const Item& item, const Xml& xml) {
  walk(xml.tree, [&](const pugi::xml_node& node) {
    if (node.type() != pugi::node_element || local_name(node) != "style") return;
    const std::size_t begin = tag_end(xml.text, node) + 1;
    if (begin > xml.text.size()) return;
    const std::size_t end = std::min(xml.text.find("</", begin), xml.text.size());
    check_sheet(check, {item.path, item.fixed}, std::string_view(xml.text).substr(begin, end - begin),
                static_cast<std::uint32_t>(begin));
  });
}

}  // namespace

void scan_document(Check& check, const Item& item) {
  // What calibre's manual gives as the limit of Adobe Digital Editions.
  constexpr std::uint64_t largest_for_old = 260'000;
  const Entry* const entry = check.container.find(item.path);
  if (entry == nullptr || check.book.documents.contains(item.path)) return;
  if (item.spine >= 0 && entry->size > largest_for_old)
    check.findings.report(Code::W1008, item.path, {}, fmt::format("it has {} kB", entry->size / 1000));
  const std::unique_ptr<Xml> xml = check.xml(item.path);
  if (!xml) return;
  Scan(check, item, *xml).run();
  check_inner_sheets(check, item, *xml);
}

}  // namespace epitome::preflight
