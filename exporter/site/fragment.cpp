#include "site/fragment.hpp"

#include <algorithm>
#include <array>

#include "diag/escaping.hpp"
#include "site/markup_writer.hpp"

namespace epitome::site {

namespace {

class Fragmenter {
 public:
  Fragmenter(const Kept& kept, const PictureAddress& picture) : kept_(kept), picture_(picture) {}

  void put(pugi::xml_node node) {
    if (node.type() == pugi::node_pcdata) return diag::append_escaped(out_, node.value());
    if (node.type() != pugi::node_element) return;
    const std::string_view name = node.name();
    const std::string_view role = node.attribute("role").value();
    if (role == "doc-pagebreak") return;
    std::string href;
    if (name == "a") {
      href = address(node.attribute("href").value());
      if (href.empty()) return put_children(node);
    }
    const std::string_view tag = name == "h1" ? "h2" : name == "h2" ? "h3" : name;
    out_ += '<';
    out_ += tag;
    for (const pugi::xml_attribute attribute : node.attributes()) put(attribute, href);
    out_ += '>';
    if (is_void(name)) return;
    put_children(node);
    out_ += "</";
    out_ += tag;
    out_ += '>';
  }
  std::string take() { return std::move(out_); }

 private:
  static bool is_void(std::string_view name) {
    static constexpr std::array names = {"br", "col", "hr", "img", "wbr"};
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  void put(pugi::xml_attribute attribute, const std::string& href) {
    const std::string_view name = attribute.name();
    if (name.find(':') != std::string_view::npos) return;  // of EPUB and XML
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    const std::string_view value = attribute.value();
    if (name == "href") {
      diag::append_escaped(out_, href);
    } else if (name == "src") {
      diag::append_escaped(out_, picture_(value));
    } else {
      diag::append_escaped(out_, value);
    }
    out_ += '"';
    if (name == "src") out_ += " loading=\"lazy\"";
  }

  void put_children(pugi::xml_node node) {
    for (const pugi::xml_node child : node.children()) put(child);
  }

  // From the page; empty if it leads to what the page doesn't hold.
  std::string address(std::string_view href) const {
    for (const std::string_view scheme : {"http:", "https:", "mailto:"})
      if (href.starts_with(scheme)) return std::string(href);
    const std::size_t hash = href.find('#');
    if (hash == 0) return std::string(href);
    const auto document = kept_.find(href.substr(0, hash));
    if (document == kept_.end()) return {};
    return hash == std::string_view::npos ? '#' + document->second : std::string(href.substr(hash));
  }

  const Kept& kept_;
  const PictureAddress& picture_;
  std::string out_;
};

}  // namespace

std::string html_of(pugi::xml_node element, const Kept& kept, const PictureAddress& picture) {
  Fragmenter fragmenter(kept, picture);
  fragmenter.put(element);
  return fragmenter.take();
}

}  // namespace epitome::site
