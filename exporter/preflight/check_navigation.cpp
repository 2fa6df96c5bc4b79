// The contents, the page list, the landmarks and the NCX (EPUB 3.3, 7; Open Packaging Format 2.0.1, 2.4.1).
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "preflight/book.hpp"

namespace epitome::preflight {

namespace {

using diag::Code;

// Where an entry leads: by the spine, then by the element.
using Order = std::pair<int, std::uint32_t>;

class Navigation {
 public:
  Navigation(Check& check, const Item& item, const Xml& xml)
      : check_(check), book_(check.book), item_(item), xml_(xml) {}

  void document() {
    bool hides = false;
    diag::Span hidden;
    walk(xml_.tree, [&](const pugi::xml_node& node) {
      if (node.type() != pugi::node_element || local_name(node) != "nav") return;
      const std::string_view types = node.attribute("epub:type").value();
      if (node.attribute("hidden") && !hides) {
        hides = true;
        hidden = span_of(node);
      }
      if (has_token(types, "toc")) contents(node);
      if (has_token(types, "page-list")) page_list(node);
      if (has_token(types, "landmarks")) book_.has_landmarks = true;
    });
    if (hides && item_.spine >= 0)
      tell(Code::W1039, hidden, "the navigation document is in the spine and holds hidden lists");
    if (!book_.has_contents) tell(Code::E1032, {}, "it has no <nav epub:type=\"toc\"> with links");
  }

  void ncx() {
    long most = 0, said = -1;
    diag::Span said_at;
    bool has_pages = false;
    walk(xml_.tree, [&](const pugi::xml_node& node) {
      if (node.type() != pugi::node_element) return;
      const std::string_view name = local_name(node);
      if (name == "meta" && node.attribute("name").value() == std::string_view("dtb:maxPageNumber")) {
        said = number(node.attribute("content").value());
        said_at = span_of(xml_, node, "content");
      } else if (name == "pageTarget") {
        has_pages = true;
        most = std::max(most, number(node.attribute("value").value()));
      } else if (name == "navPoint") {
        if (text_of(child_of(node, "navLabel")).empty()) tell(Code::E1033, span_of(node), "the entry has no text");
        const pugi::xml_node content = child_of(node, "content");
        entry(content, "src", Code::W1036);
        book_.has_contents = true;
      }
    });
    if (has_pages && said >= 0 && most > 0 && said != most)
      tell(Code::W1037, said_at, fmt::format("it says {}, the largest number is {}", said, most));
    if (book_.version < 3 && !book_.has_contents) tell(Code::E1032, {}, "the NCX has no entries");
  }

 private:
  void tell(Code code, diag::Span place, std::string_view text) {
    check_.findings.report(code, item_.path, place, text);
  }

  static long number(std::string_view text) {
    long value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }

  void contents(const pugi::xml_node& nav) {
    int depth = 0, deepest = 0;
    diag::Span deep;
    walk(
        nav,
        [&](const pugi::xml_node& node) {
          const std::string_view name = local_name(node);
          if (name == "ol" && ++depth > deepest) {
            deepest = depth;
            deep = span_of(node);
          }
          if (name != "a") return;
          if (book_.has_contents = true; text_of(node).empty() && !holds_picture(node))
            tell(Code::E1033, span_of(node), "the entry has no text");
          entry(node, "href", Code::W1034);
        },
        [&](const pugi::xml_node& node) {
          if (local_name(node) == "ol") --depth;
        });
    if (deepest > 3) tell(Code::W1040, deep, fmt::format("they have {} levels", deepest));
  }

  static bool holds_picture(const pugi::xml_node& node) {
    return static_cast<bool>(node.find_child([](const pugi::xml_node& child) {
             return child.attribute("alt") || child.attribute("title") || child.attribute("aria-label");
           })) ||
           node.attribute("title") || node.attribute("aria-label");
  }

  void page_list(const pugi::xml_node& nav) {
    book_.has_page_list = true;
    std::set<std::string> labels;
    walk(nav, [&](const pugi::xml_node& node) {
      if (local_name(node) != "a") return;
      const std::string label = text_of(node);
      if (label.empty()) {
        tell(Code::W1041, span_of(node), "the page has no label");
      } else if (lower(label).starts_with("page ") || lower(label).starts_with("p. ")) {
        tell(Code::W1041, span_of(node), fmt::format("'{}' holds a word: Kindle adds one itself", label));
      } else if (!labels.insert(label).second) {
        tell(Code::W1041, span_of(node), fmt::format("'{}' is the label of another page", label));
      }
    });
  }

  // Whether it leads before what the entry before it leads to.
  void entry(const pugi::xml_node& node, const char* attribute, Code code) {
    if (!node.attribute(attribute)) return;
    const Target target = resolve(item_.path, node.attribute(attribute).value());
    if (target.where != Target::Where::inside) return;
    const diag::Span place = span_of(xml_, node, attribute);
    const Item* const to = book_.find(target.path);
    const auto document = book_.documents.find(target.path);
    std::uint32_t order = 0;
    if (document != book_.documents.end() && !target.fragment.empty()) {
      const auto anchor = document->second.anchors.find(target.fragment);
      if (anchor != document->second.anchors.end()) {
        order = anchor->second.order;
      } else if (attribute == std::string_view("src")) {
        tell(Code::E1043, place, fmt::format("'{}' has no element with the id '{}'", target.path, target.fragment));
      }
    }
    if (to == nullptr) {
      if (attribute == std::string_view("src") && check_.container.find(target.path) == nullptr)
        tell(Code::E1042, place, fmt::format("'{}' is not there", target.path));
      return;
    }
    if (to->spine < 0 || told_) return;
    const Order here{to->spine, order};
    if (here < last_) {
      told_ = true;
      tell(code, place, "it leads to a place before that of the entry above it");
    }
    last_ = std::max(last_, here);
  }

  Check& check_;
  Book& book_;
  const Item& item_;
  const Xml& xml_;
  Order last_{-1, 0};
  bool told_ = false;
};

}  // namespace

void check_navigation(Check& check) {
  Book& book = check.book;
  const auto tell = [&](Code code, std::string_view text) { check.findings.report(code, book.package_path, {}, text); };
  if (book.version >= 3) {
    if (book.nav == SIZE_MAX) {
      tell(Code::E1032, "no item has properties=\"nav\"");
    } else if (check.container.find(book.items[book.nav].path) != nullptr) {
      if (const std::unique_ptr<Xml> xml = check.xml(book.items[book.nav].path))
        Navigation(check, book.items[book.nav], *xml).document();
    }
  }
  if (book.ncx != SIZE_MAX && check.container.find(book.items[book.ncx].path) != nullptr) {
    if (const std::unique_ptr<Xml> xml = check.xml(book.items[book.ncx].path))
      Navigation(check, book.items[book.ncx], *xml).ncx();
  } else if (book.ncx == SIZE_MAX) {
    book.version < 3 ? tell(Code::E1032, "there is no NCX") : tell(Code::W1035, "the spine's toc names no NCX");
  }
  if (!book.has_guide && !book.has_landmarks) tell(Code::W1038, "there are neither landmarks nor a guide");
  if (book.has_page_list && !book.says_pages) tell(Code::W1019, "there is a page list, but no source of its pages");
}

}  // namespace epitome::preflight
