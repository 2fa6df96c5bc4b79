// Mutations that keep the input an XML document: bytes changed at random hardly ever get past the parser.
#include <array>
#include <cstdint>
#include <cstring>
#include <pugixml.hpp>
#include <random>
#include <sstream>
#include <string>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

constexpr std::array texts{"word",
                           "a few words that make a line or two of running text, and a little more than that",
                           "10",
                           "1,234.5",
                           "—",
                           "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenvorsteher",
                           "https://example.org/a/very/long/path.html?query=value&other=%20x#fragment",
                           "שלום, עולם! (1)",
                           "مرحبا بالعالم ١٢",
                           "日本語の文章です。「引用」もある。",
                           "ภาษาไทยไม่มีช่องว่าง",
                           "हिन्दी में क्षत्रिय",
                           "e\u0301\u0323\u0302\u0308\u030a\u0327",
                           "🔥👨‍👩‍👧🇩🇪",
                           "a\u00ADb\u00ADc",
                           "\u00A0\u00A0\u00A0",
                           "\u202Eabc\u202C",
                           "\u200B\u200D\u2060",
                           "…?!",
                           "« »"};
constexpr std::array names{"xml:lang", "dir", "colspan", "rowspan", "start",  "src", "href",
                           "to",       "id",  "scope",   "role",    "prefix", "alt"};
constexpr std::array values{"fr",
                            "ar",
                            "ja",
                            "he",
                            "de-1901",
                            "en-x-a1",
                            "zz",
                            "rtl",
                            "ltr",
                            "2",
                            "3",
                            "40",
                            "1000",
                            "0",
                            "9999",
                            "tall.png",
                            "wide.png",
                            "small.png",
                            "lost.png",
                            "https://example.org/",
                            "mailto:a@example.org",
                            "a",
                            "b",
                            "story",
                            "row",
                            "col",
                            "author",
                            "The",
                            ""};

class Mutator {
 public:
  Mutator(pugi::xml_document& document, unsigned seed) : random_(seed) { collect(document); }

  bool change() {
    if (nodes_.size() < 2) return false;
    const int count = 1 + pick(3);
    for (int i = 0; i < count; ++i) change(nodes_[static_cast<std::size_t>(pick(static_cast<int>(nodes_.size())))]);
    return true;
  }

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  template <class List>
  const char* one_of(const List& list) {
    return list[static_cast<std::size_t>(pick(static_cast<int>(list.size())))];
  }
  void collect(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      nodes_.push_back(child);
      collect(child);
    }
  }
  pugi::xml_node any() { return nodes_[static_cast<std::size_t>(pick(static_cast<int>(nodes_.size())))]; }

  void change(pugi::xml_node node) {
    pugi::xml_node parent = node.parent();
    if (!parent || parent.type() != pugi::node_element) return;
    switch (pick(8)) {
      case 0:
        parent.remove_child(node);
        // Nodes inside the removed one are gone too.
        nodes_ = {parent};
        return;
      case 1:
        for (int copies = pick(4) == 0 ? 40 : 1 + pick(4); copies > 0; --copies) parent.insert_copy_after(node, node);
        return;
      case 2:
        parent.insert_copy_before(any(), node);
        return;
      case 3:
        if (node.type() == pugi::node_element) node.append_copy(any());
        return;
      case 4:
        if (node.type() == pugi::node_element) {
          const char* const name = one_of(names);
          pugi::xml_attribute at = node.attribute(name);
          (at ? at : node.append_attribute(name)).set_value(one_of(values));
        }
        return;
      case 5:
        if (node.type() == pugi::node_pcdata) node.set_value(one_of(texts));
        return;
      case 6:
        if (node.type() == pugi::node_pcdata) {
          std::string longer = node.value();
          for (int i = pick(6); i > 0 && longer.size() < 4000; --i) longer += (pick(2) == 0 ? " " : "") + longer;
          node.set_value(longer.c_str());
        }
        return;
      default:
        parent.insert_child_after(pugi::node_pcdata, node).set_value(one_of(texts));
        return;
    }
  }

  std::minstd_rand random_;
  std::vector<pugi::xml_node> nodes_;
};

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  pugi::xml_document document;
  if (seed % 8 == 0 || !document.load_buffer(data, size, pugi::parse_default | pugi::parse_ws_pcdata)) {
    return LLVMFuzzerMutate(data, size, max_size);
  }
  if (!Mutator(document, seed).change()) return LLVMFuzzerMutate(data, size, max_size);
  std::ostringstream out;
  document.save(out, "", pugi::format_raw);
  const std::string bytes = std::move(out).str();
  if (bytes.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, bytes.data(), bytes.size());
  return bytes.size();
}
