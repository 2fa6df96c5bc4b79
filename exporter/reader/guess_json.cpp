#include "reader/guess_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "diag/limits.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

namespace {

using Json = JsonValue::Kind;
using Index = JsonValue::Index;
using diag::Code;

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}
// Objects whose members are the work's.
bool is_about(std::string_view key) {
  return is_one_of(key, {"book", "work", "metadata", "meta", "edition", "itemReviewed", "data", "result"});
}
// Lists of pieces that bring their own headings.
bool is_list_of_pieces(std::string_view key) {
  return is_one_of(key, {"sections", "parts", "content", "contents", "body", "blocks", "pages", "items"});
}
bool is_line(std::string_view key) {
  return is_one_of(key, {"title", "name", "heading", "headline", "question", "prompt", "q", "front", "term", "takeaway",
                         "chapter", "idea", "point", "header"});
}
bool is_text(std::string_view key) {
  return is_one_of(key, {"text", "content", "body", "summary", "description", "answer", "a", "back", "definition",
                         "explanation", "detail", "details", "paragraph", "paragraphs", "blocks", "value", "bio"});
}
bool is_kind(std::string_view key) { return is_one_of(key, {"type", "kind", "@type", "@context", "id", "version"}); }

// "key_takeaways", "keyTakeaways": Key takeaways.
std::string said(std::string_view key) {
  std::string out;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool capital = key[i] >= 'A' && key[i] <= 'Z';
    const bool small_before = i > 0 && key[i - 1] >= 'a' && key[i - 1] <= 'z';
    if (capital && small_before) out += ' ';
    out += key[i] == '_' || key[i] == '-'                  ? ' '
           : capital && small_before                       ? static_cast<char>(key[i] - 'A' + 'a')
           : out.empty() && key[i] >= 'a' && key[i] <= 'z' ? static_cast<char>(key[i] - 'a' + 'A')
                                                           : key[i];
  }
  return out;
}

class Flat {
 public:
  Flat(const JsonValues& values, std::string_view source, GuessedWork& work, Faults& faults)
      : values_(values), source_(source), work_(work), faults_(faults), used_(values.size()), holds_(values.size()) {
    // What a value holds stands behind it.
    for (Index i = static_cast<Index>(values.size()); i-- > 0;) {
      holds_[i] = is_scalar(i) && values[i].kind != Json::null && !is_blank(values.text(values[i].text));
      each(i, [&](Index k) { holds_[i] = holds_[i] || holds_[k]; });
    }
  }

  PlacedText run() {
    if (values_[0].kind == Json::object) {
      about(0);
      members(0, 2);
    } else {
      value(0, 2);
    }
    return std::move(out_);
  }

 private:
  std::string_view key_of(Index at) const { return values_.text(values_[at].key); }
  bool is_scalar(Index at) const { return values_[at].kind != Json::array && values_[at].kind != Json::object; }
  // Behind the characters of a string.
  std::uint32_t end_of(Index at) const { return values_[at].span.offset + values_[at].span.length; }
  template <typename Each>
  void each(Index at, Each visit) const {
    for (Index i = values_[at].first; i != JsonValue::none; i = values_[i].next) visit(i);
  }

  // What the members of an object say of the work; they are not said again.
  void about(Index at) {
    const bool in_book = at != 0 && is_one_of(key_of(at), {"book", "work", "itemReviewed"});
    each(at, [&](Index i) {
      const JsonValue& member = values_[i];
      if (member.kind == Json::string || member.kind == Json::number) {
        const std::string_view key = in_book && key_of(i) == "name" ? "title" : key_of(i);
        if (work_.take(key, collapsed(values_.text(member.text)), member.span, faults_)) used_[i] = true;
      } else if (is_one_of(key_of(i), {"author", "authors"})) {
        authors(i);
      } else if (member.kind == Json::object && is_about(key_of(i))) {
        about(i);
      }
    });
  }
  void authors(Index at) {
    const auto name = [&](Index i) {
      if (values_[i].kind == Json::string &&
          work_.take("author", collapsed(values_.text(values_[i].text)), values_[i].span, faults_))
        used_[i] = true;
    };
    const auto named = [&](Index i) {
      if (values_[i].kind == Json::string) return name(i);
      each(i, [&](Index k) {
        if (key_of(k) == "name") name(k);
      });
    };
    values_[at].kind == Json::array ? each(at, named) : named(at);
  }

  void members(Index at, int level) {
    each(at, [&](Index i) {
      if (used_[i] || values_[i].kind == Json::null) return;
      if (!holds_[i]) return empty(i);
      const std::string_view key = key_of(i);
      const JsonValue& member = values_[i];
      if (is_scalar(i) && (is_kind(key) || member.kind != Json::string)) {
        faults_.add(Code::W0113, member.key_span, fmt::format("\"{}\" is left out: {}", key, values_.text(member.text)),
                    {"a text may say it; what a document has besides is listed in source/reference.md"});
      } else if ((is_about(key) && member.kind == Json::object) ||
                 (is_list_of_pieces(key) && member.kind == Json::array)) {
        member.kind == Json::object ? members(i, level) : value(i, level);
      } else if (!all_used(i)) {
        heading(level, i);
        value(i, level + 1);
      }
    });
  }
  bool all_used(Index at) const {
    if (is_scalar(at)) return used_[at];
    bool all = values_[at].first != JsonValue::none;
    each(at, [&](Index i) { all = all && (is_kind(key_of(i)) || all_used(i)); });
    return all;
  }

  void empty(Index at) {
    faults_.add(Code::W0113, values_[at].key_span, fmt::format("\"{}\" is left out: it is empty", key_of(at)),
                {"delete it, or write what it announces"});
  }

  void value(Index at, int level) {
    if (!holds_[at]) return;
    if (is_scalar(at)) return text(at, {});
    if (values_[at].kind == Json::object) return item(at, level);
    bool scalars = true;
    each(at, [&](Index i) { scalars = scalars && is_scalar(i); });
    if (!scalars) return each(at, [&](Index i) { value(i, level); });
    if (level == 2) return each(at, [&](Index i) { text(i, {}); });
    const std::uint32_t place = values_[at].span.offset;
    out_.add("<ul>", place);
    each(at, [&](Index i) {
      if (values_[i].kind == Json::null) return;
      out_.add("<li>", values_[i].span.offset);
      content(i);
      out_.add("</li>", end_of(i));
    });
    out_.add("</ul>", place);
  }

  // The first of its lines is a heading, the rest stands below it.
  void item(Index at, int level) {
    Index line = JsonValue::none;
    each(at, [&](Index i) {
      if (line == JsonValue::none && is_line(key_of(i)) && values_[i].kind == Json::string && holds_[i]) line = i;
    });
    if (line != JsonValue::none) {
      out_.add(fmt::format("<h{}>", level), values_[line].span.offset);
      content(line);
      out_.add(fmt::format("</h{}>", level), end_of(line));
    }
    each(at, [&](Index i) {
      if (i == line || values_[i].kind == Json::null || used_[i]) return;
      if (!holds_[i]) return empty(i);
      const std::string_view key = key_of(i);
      if (is_kind(key) && is_scalar(i)) {
        // The kind of a section may be the part that it is.
        if (line != JsonValue::none || level > 2 || values_[i].kind != Json::string)
          return faults_.add(Code::W0113, values_[i].key_span, fmt::format("\"{}\" is left out", key),
                             {"what the document says stands under other keys"});
        out_.add("<h2>", values_[i].span.offset);
        content(i);
        return out_.add("</h2>", end_of(i));
      }
      if (is_scalar(i)) return text(i, is_text(key) ? std::string() : said(key));
      if (!is_text(key)) {
        out_.add("<p><strong>", values_[i].key_span.offset);
        out_.add(in_xml(said(key)), values_[i].key_span.offset);
        out_.add("</strong></p>", values_[i].key_span.offset);
      }
      value(i, std::min(level + 1, 6));
    });
  }

  void heading(int level, Index at) {
    const std::uint32_t place = values_[at].key_span.offset;
    out_.add(fmt::format("<h{0}>{1}</h{0}>", level, in_xml(said(key_of(at)))), place);
  }
  // As paragraphs, which blank lines part.
  void text(Index at, const std::string& label) {
    if (values_[at].kind == Json::null) return;
    const std::string_view characters = values_.text(values_[at].text);
    if (static_cast<std::size_t>(std::count(characters.begin(), characters.end(), '\n')) > limits::nodes)
      return faults_.add(Code::E0109, values_[at].span, fmt::format("a text has more than {} lines", limits::nodes),
                         {"no summary needs as many: is it another file?"});
    PlacedText whole = std::move(out_);
    out_ = {};
    content(at);
    PlacedText said_here = std::move(out_);
    out_ = std::move(whole);
    bool first = true;
    for (std::size_t from = 0; from < said_here.text.size();) {
      const std::size_t end = std::min(said_here.text.find("\n\n", from), said_here.text.size());
      PlacedText paragraph{said_here.text.substr(from, end - from),
                           {said_here.begins.begin() + static_cast<std::ptrdiff_t>(from),
                            said_here.begins.begin() + static_cast<std::ptrdiff_t>(end)}};
      paragraph.trim();
      from = end + 2;
      if (paragraph.text.empty()) continue;
      out_.add("<p>", paragraph.begins.front());
      if (std::exchange(first, false) && !label.empty()) out_.add(in_xml(label) + ": ", paragraph.begins.front());
      out_.append(paragraph);
      out_.add("</p>", paragraph.begins.back());
    }
  }
  void content(Index at) {
    const JsonValue& given = values_[at];
    const std::string_view characters = values_.text(given.text);
    const bool string = given.kind == Json::string;
    const std::vector<std::uint32_t> begins =
        string ? begins_of(source_, given.span, characters) : std::vector<std::uint32_t>();
    for (std::size_t i = 0; i < characters.size(); ++i)
      out_.add(in_xml(characters.substr(i, 1)), string ? begins[i] : given.span.offset);
  }

  const JsonValues& values_;
  std::string_view source_;
  GuessedWork& work_;
  Faults& faults_;
  PlacedText out_;
  std::vector<bool> used_;   // said of the work
  std::vector<bool> holds_;  // some text
};

}  // namespace

PlacedText flat_json(const JsonValues& values, std::string_view source, GuessedWork& work, Faults& faults) {
  return Flat(values, source, work, faults).run();
}

}  // namespace epitome::reader
