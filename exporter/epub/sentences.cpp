#include <fmt/format.h>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

#include "epub/publication.hpp"
#include "epub/read_aloud.hpp"
#include "model/ids.hpp"
#include "style/language.hpp"

namespace epitome::epub {

namespace {

using Names = std::initializer_list<std::string_view>;

bool is_named(pugi::xml_node node, Names names) {
  return std::find(names.begin(), names.end(), std::string_view(node.name())) != names.end();
}

// Elements that stand in lines of text; all others are blocks.
bool is_inline(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata ||
         is_named(node, {"a", "b", "bdi", "bdo", "br", "cite", "code", "em", "i", "q", "rt", "ruby", "s", "small",
                         "span", "strong", "sub", "sup", "u"});
}

bool is_page_break(pugi::xml_node node) { return std::string_view(node.attribute("epub:type").value()) == "pagebreak"; }

// A note's number and what parts two of them, and the reading beside a word: nobody says them.
bool is_unsaid(pugi::xml_node node) {
  const std::string_view role = node.attribute("role").value(), style_class = node.attribute("class").value();
  return role == "doc-noteref" || role == "doc-backlink" || style_class == "between-notes" || is_named(node, {"rt"});
}

std::string said_in(pugi::xml_node node) {
  if (node.type() == pugi::node_pcdata) return node.value();
  std::string out;
  if (is_unsaid(node)) return out;
  for (const pugi::xml_node child : node.children()) out += said_in(child);
  return out;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view space = " \n";
  const std::size_t first = text.find_first_not_of(space);
  return first == std::string_view::npos ? std::string()
                                         : std::string(text.substr(first, text.find_last_not_of(space) - first + 1));
}

// Where sentences of a language end.
class Sentences {
 public:
  // The ends, in bytes, of all sentences of `text`.
  std::vector<std::size_t> ends(std::string_view text, const std::string& language) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator>& known = iterators_[language];
    if (known == nullptr) {
      icu::Locale locale = icu::Locale::forLanguageTag(language, status);
      locale.setUnicodeKeywordValue("ss", "standard", status);  // CLDR's abbreviations end no sentence
      known.reset(icu::BreakIterator::createSentenceInstance(locale, status));
    }
    UText bytes = UTEXT_INITIALIZER;
    utext_openUTF8(&bytes, text.data(), static_cast<std::int64_t>(text.size()), &status);
    std::vector<std::size_t> out;
    if (U_SUCCESS(status)) known->setText(&bytes, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU doesn't know where sentences end");
    for (std::int32_t end = known->first(); (end = known->next()) != icu::BreakIterator::DONE;)
      out.push_back(static_cast<std::size_t>(end));
    utext_close(&bytes);
    return out;
  }

 private:
  std::map<std::string, std::unique_ptr<icu::BreakIterator>> iterators_;
};

// Adds where an element may not be parted: links, readings, and what is called by its id.
void add_wholes(pugi::xml_node node, std::size_t& at, std::vector<std::pair<std::size_t, std::size_t>>& wholes) {
  const std::size_t begin = at;
  if (node.type() == pugi::node_pcdata) {
    at += std::string_view(node.value()).size();
  } else if (!is_unsaid(node)) {
    for (const pugi::xml_node child : node.children()) add_wholes(child, at, wholes);
    if (is_named(node, {"a", "ruby"}) || node.attribute("id")) wholes.emplace_back(begin, at);
  }
}

// Parts `node`, of which `at` bytes are said before the place; what stands behind it is a node of its own, which is
// returned. What is unsaid stays before it.
pugi::xml_node part(pugi::xml_node node, std::size_t at) {
  pugi::xml_node parent = node.parent();
  if (node.type() == pugi::node_pcdata) {
    const std::string text = node.value();
    pugi::xml_node behind = parent.insert_child_after(pugi::node_pcdata, node);
    behind.set_value(text.substr(at).c_str());
    node.set_value(text.substr(0, at).c_str());
    return behind;
  }
  pugi::xml_node behind = parent.insert_child_after(node.name(), node);
  for (const pugi::xml_attribute attribute : node.attributes()) behind.append_copy(attribute);
  pugi::xml_node child = node.first_child();
  for (std::size_t size = 0; child && (size = said_in(child).size()) <= at && (at > 0 || is_unsaid(child));) {
    at -= size;
    child = child.next_sibling();
  }
  if (at > 0) child = part(child, at);
  while (child) {
    const pugi::xml_node next = child.next_sibling();
    behind.append_move(child);
    child = next;
  }
  return behind;
}

class Marking {
 public:
  Marking(const book::Book& book, std::vector<Utterance>& out) : book_(book), out_(out) {}

  void document(std::size_t number, pugi::xml_node html) {
    number_ = number;
    own_language_ = html.attribute("lang").value();
    inside(html.child("body"), "text", own_language_);
  }

 private:
  void tell(std::string id, const std::string& around, std::string text, const std::string& language) {
    out_.push_back({number_, std::move(id), false, around, std::move(text), language});
  }
  std::string unique(std::string id) {
    const std::size_t count = ++used_[id];
    return count == 1 ? id : fmt::format("{}-{}", id, count);
  }

  void inside(pugi::xml_node parent, std::string around, std::string language) {
    if (const pugi::xml_attribute id = parent.attribute("id")) around = id.value();
    if (const pugi::xml_attribute lang = parent.attribute("lang")) language = lang.value();
    for (pugi::xml_node node = parent.first_child(); node;) {
      std::vector<pugi::xml_node> line;
      for (; node && is_inline(node); node = node.next_sibling()) line.push_back(node);
      if (!line.empty()) sentences(line, around, language);
      if (!node) break;
      if (is_named(node, {"img"})) picture(node, around, language);
      inside(node, around, language);
      node = node.next_sibling();
    }
  }

  void picture(pugi::xml_node node, const std::string& around, const std::string& language) {
    const std::string text = node.attribute("alt").value();
    if (text.empty()) return;
    if (!node.attribute("id")) set_attribute(node, "id", unique(model::own_id(around, "picture")));
    tell(node.attribute("id").value(), around, text, language);
  }

  void page_breaks(pugi::xml_node node) {
    if (is_page_break(node)) {
      const std::string text = style::fill(book_.language.label("page"), {{"n", node.attribute("aria-label").value()}});
      out_.push_back({number_, node.attribute("id").value(), true, {}, text, own_language_});
      return;
    }
    for (const pugi::xml_node child : node.children()) page_breaks(child);
  }

  // Where a line of text is parted: the ends of sentences that hold a word and end in no element that stays whole.
  std::vector<std::size_t> ends_in(const std::vector<pugi::xml_node>& line, std::string_view text,
                                   const std::string& language) {
    std::vector<std::pair<std::size_t, std::size_t>> wholes;
    std::size_t at = 0, from = 0;
    for (const pugi::xml_node node : line) add_wholes(node, at, wholes);
    std::sort(wholes.begin(), wholes.end());
    std::vector<std::size_t> out;
    std::size_t next = 0, reach = 0;  // of those that begin before the end
    for (const std::size_t end : sentences_.ends(text, language)) {
      for (; next < wholes.size() && wholes[next].first < end; ++next) reach = std::max(reach, wholes[next].second);
      const bool in_whole = end < reach;
      const bool has_word = !model::key_of_text(text.substr(from, end - from)).empty();
      if (end != text.size() && (in_whole || !has_word)) continue;
      if (has_word || out.empty()) {
        out.push_back(end);
      } else {
        out.back() = end;
      }
      from = end;
    }
    return out;
  }

  // Parts the nodes of a line so that each end is between two of them.
  static void part_at(std::vector<pugi::xml_node>& line, const std::vector<std::size_t>& ends) {
    std::vector<pugi::xml_node> parted;
    std::size_t begin = 0;
    auto end = ends.begin();
    for (const pugi::xml_node node : line) {
      parted.push_back(node);
      while (end != ends.end() && *end <= begin) ++end;
      const std::string text = said_in(node);
      const bool is_text = node.type() == pugi::node_pcdata;
      std::size_t from = 0;
      for (; end != ends.end() && *end < begin + text.size(); ++end) {
        const std::size_t to = *end - begin;
        if (is_text) {
          parted.back().set_value(text.substr(from, to - from).c_str());
          parted.push_back(parted.back().parent().insert_child_after(pugi::node_pcdata, parted.back()));
        } else {
          parted.push_back(part(parted.back(), to - from));
        }
        from = to;
      }
      if (is_text && from != 0) parted.back().set_value(text.substr(from).c_str());
      begin += text.size();
    }
    line = std::move(parted);
  }

  void sentences(std::vector<pugi::xml_node> line, const std::string& around, const std::string& language) {
    std::string text;
    for (const pugi::xml_node node : line) text += said_in(node);
    std::vector<std::size_t> ends;
    if (!model::key_of_text(text).empty()) ends = ends_in(line, text, language);
    part_at(line, ends);
    pugi::xml_node span, before;
    auto end = ends.begin();
    std::size_t at = 0, from = 0;
    for (pugi::xml_node node : line) {
      const std::size_t size = said_in(node).size();
      if (size == 0 || end == ends.end()) {
        // A note's mark belongs to the sentence before it; what else isn't said stands before the next.
        pugi::xml_node in = span ? span : is_unsaid(node) ? before : pugi::xml_node();
        if (!span) page_breaks(node);
        if (in) in.append_move(node);
        continue;
      }
      if (!span) span = node.parent().insert_child_before("span", node);
      span.append_move(node);
      at += size;
      if (at < *end) continue;
      close(span, trimmed(std::string_view(text).substr(from, at - from)), around, language);
      before = std::exchange(span, {});
      from = at;
      ++end;
    }
  }

  void close(pugi::xml_node span, std::string text, const std::string& around, const std::string& language) {
    const std::string id = unique(model::own_id(around, "s-" + model::key_of_text(text)));
    set_attribute(span, "id", id);
    tell(id, around, std::move(text), language);
    page_breaks(span);
  }

  const book::Book& book_;
  std::vector<Utterance>& out_;
  Sentences sentences_;
  std::map<std::string, std::size_t> used_;
  std::size_t number_ = 0;
  std::string own_language_;
};

void add_ids(pugi::xml_node parent, std::size_t document, std::map<std::string, std::size_t>& ids) {
  for (const pugi::xml_node node : parent.children()) {
    if (const pugi::xml_attribute id = node.attribute("id")) ids.emplace(id.value(), document);
    add_ids(node, document, ids);
  }
}

// Gives `read` the content documents but the navigation document.
template <class Read>
void each_document(const Package& package, const Read& read) {
  for (std::size_t i = 0; i < package.resources.size(); ++i) {
    const Resource& resource = package.resources[i];
    if (resource.media_type == content_document_type && !resource.path.ends_with(navigation_path))
      read(i, std::get<pugi::xml_document>(resource.content).document_element());
  }
}

}  // namespace

std::vector<Utterance> mark_sentences(Package& package, const book::Book& book) {
  std::vector<Utterance> out;
  Marking marking(book, out);
  each_document(package, [&](std::size_t number, pugi::xml_node html) { marking.document(number, html); });
  return out;
}

std::map<std::string, std::size_t> ids_in_documents(const Package& package) {
  std::map<std::string, std::size_t> ids;
  each_document(package, [&](std::size_t number, pugi::xml_node html) { add_ids(html, number, ids); });
  return ids;
}

}  // namespace epitome::epub
