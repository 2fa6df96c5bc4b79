#include "reader/guess_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "diag/limits.hpp"
#include "reader/guess_keys.hpp"
#include "reader/part_names.hpp"
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
  return is_one_of(key,
                   {"book", "work", "metadata", "meta", "edition", "itemReviewed", "data", "result", "attributes"});
}
// Lists of pieces that bring their own headings.
bool is_list_of_pieces(std::string_view key) {
  return is_one_of(key, {"sections", "parts", "content", "contents", "body", "blocks", "pages", "items"});
}
// In small letters, without what parts words: "chapter_title", "chapterTitle".
bool is_in(std::string_view words, std::string_view key) {
  std::string small = " ";
  for (const char c : key)
    if (c != '_' && c != '-' && c != ' ') small += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return words.find(small + ' ') != std::string_view::npos;
}
bool is_line(std::string_view key) {
  return is_in(
      " title name heading headline question prompt q front term takeaway chapter idea point header chaptertitle "
      "chaptername sectiontitle sectionname lesson concept character titel überschrift frage titre nom intitulé "
      "título titulo nombre pregunta titolo domanda заголовок вопрос имя 見出し タイトル 質問 标题 問題 العنوان "
      "السؤال ",
      key);
}
bool is_text(std::string_view key) {
  return is_in(
      " text content body summary description answer a back definition explanation detail details paragraph "
      "paragraphs blocks value bio inhalt beschreibung erklärung antwort zusammenfassung texte contenu réponse "
      "explication résumé texto contenido descripción respuesta explicación testo risposta descrizione текст "
      "описание ответ 本文 内容 説明 答え النص الوصف الجواب ",
      key);
}
bool is_quotation(std::string_view key) { return is_in(" quote quotation zitat citation cita citazione цитата ", key); }
bool is_speaker(std::string_view key) {
  return is_in(" speaker character author by attribution saidby who sprecher figur personnage personaje ", key);
}
bool is_place(std::string_view key) {
  return is_in(" page location locator chapter pagenumber seite kapitel página ", key);
}

// Whether a text is Markdown or HTML: with signs that plain words don't have.
bool is_marked(std::string_view text) {
  if (text.find("**") != std::string_view::npos || text.find("](") != std::string_view::npos) return true;
  // *Emphasis* begins behind a space and ends behind a letter.
  for (std::size_t at = text.find('*'); at != std::string_view::npos; at = text.find('*', at + 1)) {
    const std::size_t end = text.find_first_of("*\n", at + 1);
    if (end == std::string_view::npos || text[end] == '\n') continue;
    if ((at == 0 || text[at - 1] == ' ') && text[at + 1] != ' ' && text[end - 1] != ' ') return true;
  }
  constexpr std::string_view tags =
      " p br b i u em strong ul ol li a h1 h2 h3 h4 h5 h6 div span table blockquote code sup sub ";
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    // Looked for no further than a name goes.
    constexpr std::size_t longest = 11;
    const std::string_view name = text.substr(at + (text.substr(at + 1).starts_with('/') ? 2 : 1)).substr(0, longest);
    const std::size_t end = name.find_first_of(" />");
    if (end != std::string_view::npos && end > 0 && is_in(tags, name.substr(0, end))) return true;
  }
  if (text.starts_with("# ") || text.starts_with("## ") || text.starts_with("### ")) return true;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const std::string_view line = text.substr(at + 1);
    const std::size_t sign = line.find_first_not_of("#0123456789");
    for (const std::string_view begin : {"- ", "* ", "> ", "\xE2\x80\xA2 "})
      if (line.starts_with(begin)) return true;
    if (sign != 0 && sign != std::string_view::npos &&
        (line[0] == '#' ? line[sign] == ' ' : line.substr(sign).starts_with(". ")))
      return true;
  }
  return false;
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

std::string lowered_ascii(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
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
      } else if (work_key(key_of(i)) == "author") {
        authors(i);
      } else if (member.kind == Json::object && (is_about(key_of(i)) || wraps(i))) {
        about(i);
      }
    });
  }
  // An object that is all that another holds, if its key says nothing, or the work and its parts stand in it.
  bool wraps(Index at) const {
    if (values_[values_[at].parent].first != at || values_[at].next != JsonValue::none || is_line(key_of(at)))
      return false;
    const auto is_part = [this](Index i) { return names_.find(said(key_of(i))).type != Type::count; };
    bool whole = !is_part(at) && !is_text(key_of(at));
    each(at, [&](Index i) { whole = whole || is_part(i) || work_key(key_of(i)) == "author"; });
    return whole;
  }
  void authors(Index at) {
    const auto name = [&](Index i) {
      if (values_[i].kind == Json::string &&
          work_.take("author", collapsed(values_.text(values_[i].text)), values_[i].span, faults_))
        used_[i] = true;
    };
    const auto named = [&](Index i) {
      if (values_[i].kind == Json::string) return name(i);
      std::string whole;
      bool said = false;
      each(i, [&](Index k) {
        if (key_of(k) == "name") name(k);
        said = said || key_of(k) == "name";
        if (is_in(" first firstname given givenname last lastname family familyname ", key_of(k)))
          whole += (whole.empty() ? "" : " ") + collapsed(values_.text(values_[k].text));
      });
      if (said || whole.empty() || !work_.take("author", whole, values_[i].span, faults_)) return;
      each(i, [&](Index k) {
        if (is_in(" first firstname given givenname last lastname family familyname ", key_of(k))) used_[k] = true;
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
      } else if ((member.kind == Json::object && (is_about(key) || wraps(i))) ||
                 (is_list_of_pieces(key) && member.kind == Json::array)) {
        if (member.kind == Json::object && !is_about(key))
          faults_.add(Code::W0113, member.key_span,
                      fmt::format("\"{}\" is left out: what it holds stands for itself", key),
                      {"nothing, if it is well so"});
        member.kind == Json::object ? members(i, level) : value(i, level);
      } else if (!all_used(i)) {
        heading(level, i);
        // The headings of a text of its own may be parts.
        is_scalar(i) ? text(i, {}) : value(i, level + 1);
      }
    });
  }
  bool all_used(Index at) const {
    if (is_scalar(at)) return used_[at];
    bool all = values_[at].first != JsonValue::none;
    each(at, [&](Index i) { all = all && (is_kind(key_of(i)) || all_used(i)); });
    return all;
  }

  void kind_left_out(Index at) {
    faults_.add(Code::W0113, values_[at].key_span, fmt::format("\"{}\" is left out", key_of(at)),
                {"what the document says stands under other keys"});
  }
  void empty(Index at) {
    faults_.add(Code::W0113, values_[at].key_span, fmt::format("\"{}\" is left out: it is empty", key_of(at)),
                {"delete it, or write what it announces"});
  }

  void value(Index at, int level) {
    if (!holds_[at]) return;
    if (is_scalar(at)) return text(at, {}, level);
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
      if (!marked_content(i)) content(i);
      out_.add("</li>", end_of(i));
    });
    out_.add("</ul>", place);
  }

  // {"quote": …, "speaker": …, "page": …}, or "text" in a list of quotations.
  bool quotation(Index at, int level) {
    const bool listed =
        is_quotations(values_[values_[at].parent].kind == Json::array ? key_of(values_[at].parent) : "");
    Index quote = JsonValue::none, speaker = JsonValue::none, place = JsonValue::none;
    bool scalars = true;
    each(at, [&](Index i) {
      scalars = scalars && is_scalar(i);
      if (!holds_[i]) return;
      if (is_quotation(key_of(i)) || (listed && key_of(i) == "text")) quote = i;
      if (is_speaker(key_of(i))) speaker = i;
      if (is_place(key_of(i))) place = i;
    });
    if (quote == JsonValue::none || !scalars) return false;
    out_.add("<blockquote>", values_[quote].span.offset);
    text(quote, {});
    if (speaker != JsonValue::none || place != JsonValue::none) {
      const Index first = speaker != JsonValue::none ? speaker : place;
      out_.add("<attribution>", values_[first].span.offset);
      if (speaker != JsonValue::none) element("speaker", speaker, {});
      const bool number = place != JsonValue::none && values_[place].kind == Json::number;
      if (place != JsonValue::none) element("locator", place, number ? lowered_ascii(said(key_of(place))) + " " : "");
      out_.add("</attribution>", end_of(first));
    }
    out_.add("</blockquote>", end_of(quote));
    each(at, [&](Index i) {
      if (i == quote || i == speaker || i == place || !holds_[i]) return;
      is_kind(key_of(i)) ? kind_left_out(i) : text(i, said(key_of(i)), level);
    });
    return true;
  }
  static bool is_quotations(std::string_view key) {
    return key.ends_with("quotes") || key.ends_with("Quotes") || key.ends_with("quotations") || key == "zitate" ||
           key == "citations" || key == "citas";
  }
  void element(std::string_view name, Index at, std::string_view before) {
    out_.add(fmt::format("<{}>{}", name, before), values_[at].span.offset);
    content(at);
    out_.add(fmt::format("</{}>", name), end_of(at));
  }

  // The first of its lines is a heading, the rest stands below it.
  void item(Index at, int level) {
    if (quotation(at, level)) return;
    Index line = JsonValue::none;
    each(at, [&](Index i) {
      if (line == JsonValue::none && is_line(key_of(i)) && values_[i].kind == Json::string && holds_[i]) line = i;
    });
    if (line != JsonValue::none) {
      out_.add(fmt::format("<h{}>", level), values_[line].span.offset);
      content(line);
      out_.add(fmt::format("</h{}>", level), end_of(line));
    }
    int below = line != JsonValue::none ? level + 1 : level;
    each(at, [&](Index i) {
      if (i == line || values_[i].kind == Json::null || used_[i]) return;
      if (!holds_[i]) return empty(i);
      const std::string_view key = key_of(i);
      if (is_kind(key) && is_scalar(i)) {
        // The kind of a section may be the part that it is.
        if (line != JsonValue::none || level > 2 || values_[i].kind != Json::string) return kind_left_out(i);
        below = level + 1;
        out_.add("<h2>", values_[i].span.offset);
        content(i);
        return out_.add("</h2>", end_of(i));
      }
      if (is_scalar(i)) return text(i, is_text(key) ? std::string() : said(key), below);
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
  // As paragraphs, which blank lines part. `level`: of the highest heading that stands in it; 0: as it says.
  void text(Index at, const std::string& label, int level = 0) {
    if (values_[at].kind == Json::null) return;
    const std::string_view characters = values_.text(values_[at].text);
    if (static_cast<std::size_t>(std::count(characters.begin(), characters.end(), '\n')) > limits::nodes)
      return faults_.add(Code::E0109, values_[at].span, fmt::format("a text has more than {} lines", limits::nodes),
                         {"no summary needs as many: is it another file?"});
    if (PlacedText made = marked(at); !made.text.empty()) {
      lower(made.text, level);
      if (!label.empty()) out_.add("<p>" + in_xml(label) + ":</p>", values_[at].span.offset);
      return out_.append(made);
    }
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
  // A string that is Markdown or HTML as blocks; nothing of another.
  PlacedText marked(Index at) {
    const JsonValue& given = values_[at];
    const std::string characters(values_.text(given.text));
    PlacedText made;
    if (given.kind != Json::string || !is_marked(characters)) return made;
    Faults found;
    if (!translate_markdown(characters, 0, MarkdownHeading{}, MarkdownShape::usual, made, found) || found.has_errors())
      return {};
    const std::vector<std::uint32_t> begins = begins_of(source_, given.span, characters);
    const auto place = [&](std::uint32_t offset) { return begins[std::min<std::size_t>(offset, characters.size())]; };
    for (std::uint32_t& begin : made.begins) begin = place(begin);
    faults_.add_all(found, [&](diag::Span span) { return diag::Span{place(span.offset), span.length}; });
    return made;
  }
  static void lower(std::string& made, int level) {
    constexpr char deepest = '6';
    std::vector<std::size_t> figures;
    for (const std::string_view tag : {"<h", "</h"})
      for (std::size_t at = made.find(tag); at != std::string::npos; at = made.find(tag, at + 1))
        if (const std::size_t figure = at + tag.size(); made[figure] >= '1' && made[figure] <= deepest)
          figures.push_back(figure);
    char highest = deepest;
    for (const std::size_t figure : figures) highest = std::min(highest, made[figure]);
    const int more = std::max(0, level - (highest - '0'));
    for (const std::size_t figure : figures)
      made[figure] = static_cast<char>(std::min<int>(made[figure] + more, deepest));
  }
  // Of one paragraph its words.
  bool marked_content(Index at) {
    constexpr std::string_view open = "<p>", close = "</p>";
    PlacedText made = marked(at);
    if (made.text.empty()) return false;
    if (made.text.starts_with(open) && made.text.find(close) + close.size() == made.text.size())
      made.keep(open.size(), made.text.size() - open.size() - close.size());
    out_.append(made);
    return true;
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
  const PartNames names_;
  PlacedText out_;
  std::vector<bool> used_;   // said of the work
  std::vector<bool> holds_;  // some text
};

}  // namespace

PlacedText flat_json(const JsonValues& values, std::string_view source, GuessedWork& work, Faults& faults) {
  return Flat(values, source, work, faults).run();
}

}  // namespace epitome::reader
