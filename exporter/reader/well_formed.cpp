#include "reader/well_formed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "diag/limits.hpp"
#include "diag/utf8.hpp"
#include "reader/suggest.hpp"

namespace epitome::reader {

namespace {

using diag::Code;
using diag::Span;

bool is_xml_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// NameStartChar and NameChar of XML 1.0, 2.3.
bool starts_name(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x1FFF && c != 0x37E) ||
         c == 0x200C || c == 0x200D || (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) ||
         (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0xEFFFF);
}
bool continues_name(char32_t c) {
  return starts_name(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
         c == 0x203F || c == 0x2040;
}

constexpr const char* outside_hint = "everything stands inside <summary>; remove it, or make it a comment: <!-- … -->";

class Scanner {
 public:
  Scanner(std::string_view bytes, Faults& faults) : bytes_(bytes), faults_(faults) {}

  // The content of an element.
  bool run_inside(Inside inside) {
    inside_ = true;
    depth_ = inside.depth;
    nodes_ = *inside.nodes;
    while (trusted_ && at_ < bytes_.size()) {
      if (bytes_[at_] != '<') {
        text();
      } else if (rest().starts_with("<!") || rest().starts_with("<?")) {
        give_up(at_, at_ + 2, "a text holds characters and elements alone",
                {"remove it, or write &lt; for the character itself"});
      } else if (rest().starts_with("</")) {
        end_tag();
      } else {
        start_tag();
      }
    }
    *inside.nodes = nodes_;
    return trusted_ && closed();
  }

  bool run() {
    if (rest().starts_with("\xEF\xBB\xBF")) at_ += 3;
    if (rest().starts_with("<?xml") && at_ + 5 < bytes_.size() && is_xml_space(bytes_[at_ + 5])) declaration();
    while (trusted_ && at_ < bytes_.size()) {
      if (bytes_[at_] != '<') {
        text();
      } else if (rest().starts_with("<!--")) {
        comment();
      } else if (rest().starts_with("<![CDATA[")) {
        character_data();
      } else if (rest().starts_with("<!DOCTYPE")) {
        document_type();
      } else if (rest().starts_with("<?")) {
        instruction();
      } else if (rest().starts_with("</")) {
        end_tag();
      } else {
        start_tag();
      }
    }
    if (!trusted_) return false;
    if (!closed()) return false;
    if (!root_seen_) {
      faults_.add(Code::E0102, {}, "the input holds no element", {"a source document is a <summary>"});
      return false;
    }
    return true;
  }

 private:
  struct Open {
    std::string_view name;
    Span span;
  };

  bool closed() {
    if (open_.empty()) return true;
    faults_.add(Code::E0102, open_.back().span, fmt::format("<{}> is not closed", open_.back().name),
                {fmt::format("the {} ends before </{}>", inside_ ? "text" : "input", open_.back().name)});
    return false;
  }

  std::string_view rest() const { return bytes_.substr(at_); }
  static Span span(std::size_t from, std::size_t to) {
    return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
  }
  void fault(std::size_t from, std::size_t to, std::string message, std::vector<std::string> hints = {}) {
    faults_.add(Code::E0102, span(from, to), std::move(message), std::move(hints));
  }
  // The same, where what follows can't be understood.
  void give_up(std::size_t from, std::size_t to, std::string message, std::vector<std::string> hints = {}) {
    fault(from, to, std::move(message), std::move(hints));
    trusted_ = false;
  }
  void skip_space() {
    while (at_ < bytes_.size() && is_xml_space(bytes_[at_])) ++at_;
  }
  // The name at the cursor, which moves behind it; empty if none stands there.
  std::string_view name() {
    const std::size_t from = at_;
    while (at_ < bytes_.size()) {
      const diag::CodePoint c = diag::decode_utf8(bytes_, at_);
      if (!(at_ == from ? starts_name(c.value) : continues_name(c.value))) break;
      at_ += c.length;
    }
    return bytes_.substr(from, at_ - from);
  }
  // Moves behind `end`; gives up and returns npos if it never comes.
  std::size_t skip_to(std::string_view end, std::string_view what, std::size_t opener) {
    const std::size_t from = at_;
    const std::size_t found = bytes_.find(end, from + opener);
    if (found == std::string_view::npos) {
      give_up(from, from + opener, fmt::format("{} is not closed", what), {fmt::format("it ends with {}", end)});
      return found;
    }
    at_ = found + end.size();
    return found;
  }

  // <?xml version="1.0" encoding="UTF-8"?>
  void declaration() {
    const std::size_t from = at_;
    const std::size_t end = skip_to("?>", "the XML declaration", 5);
    if (end == std::string_view::npos) return;
    const std::string_view text = bytes_.substr(from, end - from);
    const auto value_of = [&](std::string_view key) -> Span {
      const std::size_t key_at = text.find(key);
      if (key_at == std::string_view::npos) return {};
      const std::size_t quote = text.find_first_of("\"'", key_at);
      if (quote == std::string_view::npos) return {};
      const std::size_t close = text.find(text[quote], quote + 1);
      if (close == std::string_view::npos) return {};
      return span(from + quote + 1, from + close);
    };
    const Span version = value_of("version");
    if (bytes_.substr(version.offset, version.length) != "1.0") {
      fault(version.length != 0 ? version.offset : from,
            version.length != 0 ? version.offset + version.length : from + 5,
            "the XML declaration must say version=\"1.0\"",
            {"write <?xml version=\"1.0\" encoding=\"UTF-8\"?>, or no declaration"});
    }
    if (const Span encoding = value_of("encoding"); encoding.length != 0) {
      std::string named(bytes_.substr(encoding.offset, encoding.length));
      for (char& c : named) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      if (named != "utf-8" && named != "us-ascii") {
        faults_.add(Code::E0101, encoding, fmt::format("the input declares the encoding '{}'", named),
                    {"save the file as UTF-8 and declare encoding=\"UTF-8\", or nothing"});
      }
    }
  }

  void comment() {
    const std::size_t from = at_;
    const std::size_t end = skip_to("-->", "a comment", 4);
    if (end == std::string_view::npos) return;
    count(span(from, from + 4));  // it parts the text around it: two nodes
    const std::size_t dashes = bytes_.find("--", from + 4);
    if (dashes < end || (end > from + 4 && bytes_[end - 1] == '-')) {
      const std::size_t at = std::min(dashes, end - 1);
      fault(at, at + 2, "'--' is not allowed inside a comment",
            {"write a dash – or — instead, or parted hyphens: - -"});
    }
  }

  void character_data() {
    const std::size_t from = at_;
    count(span(from, from + 9));
    if (skip_to("]]>", "a CDATA section", 9) != std::string_view::npos && open_.empty()) {
      fault(from, from + 9, "text outside the root element", {outside_hint});
    }
  }

  void document_type() {
    const std::size_t from = at_;
    faults_.add(Code::E0107, span(from, from + 9), "a document type declaration is not allowed",
                {"remove it: the vocabulary is built in, and characters stand for themselves or as &#…;"});
    // An internal subset may hold '>' in brackets and quotes.
    int depth = 0;
    for (char quote = 0; at_ < bytes_.size(); ++at_) {
      const char c = bytes_[at_];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[') {
        ++depth;
      } else if (c == ']') {
        --depth;
      } else if (c == '>' && depth <= 0) {
        ++at_;
        return;
      }
    }
    trusted_ = false;
  }

  void instruction() {
    const std::size_t from = at_;
    at_ += 2;
    const std::string_view target = name();
    const std::size_t target_end = at_;
    at_ = from;
    if (target.empty())
      return give_up(from, from + 2, "a processing instruction needs a name after '<?'",
                     {"remove it, or write &lt; for the character itself"});
    if (target.size() == 3 && (target[0] | 0x20) == 'x' && (target[1] | 0x20) == 'm' && (target[2] | 0x20) == 'l') {
      fault(from, target_end, "the XML declaration may stand only at the very start",
            {"remove it, or whatever stands before it: empty lines and spaces too"});
    }
    skip_to("?>", "a processing instruction", 2);
  }

  void end_tag() {
    const std::size_t from = at_;
    at_ += 2;
    const std::string_view element = name();
    const std::size_t end = at_;
    skip_space();
    if (element.empty())
      return give_up(from, from + 2, "an end tag needs a name after '</'",
                     {"write the name of the element that ends, or &lt; for the character itself"});
    if (at_ >= bytes_.size() || bytes_[at_] != '>') {
      return give_up(from, end, fmt::format("the end tag </{} is not closed with '>'", element),
                     {fmt::format("write </{}>", element)});
    }
    ++at_;
    if (open_.empty())
      return give_up(from + 2, end, fmt::format("</{}> closes nothing", element),
                     {"remove it; perhaps the element was closed before"});
    if (open_.back().name != element) {
      const Open& open = open_.back();
      // The end tag may be one that no source has, of a paragraph of Markdown.
      if (inside_)
        return give_up(open.span.offset, open.span.offset + open.span.length,
                       fmt::format("<{}> is not closed before </{}>", open.name, element),
                       {habit_hint(open.name).empty()
                            ? fmt::format("write </{0}> where it ends, or <{0}/> if it holds nothing", open.name)
                            : std::string(habit_hint(open.name))});
      const auto line = 1 + std::count(bytes_.begin(), bytes_.begin() + open.span.offset, '\n');
      return give_up(from + 2, end, fmt::format("</{}> stands where </{}> is due", element, open.name),
                     {fmt::format("<{}> was opened on line {}{}{}", open.name, line,
                                  habit_hint(open.name).empty() ? "" : "; ", habit_hint(open.name))});
    }
    open_.pop_back();
  }

  void start_tag() {
    const std::size_t from = at_++;
    const std::string_view element = name();
    if (element.empty()) {
      return give_up(from, from + 1, "'<' starts no tag here", {"write &lt; for the character itself"});
    }
    const Open opened{element, span(from + 1, at_)};
    if (open_.empty() && root_seen_ && !inside_) {
      return give_up(from + 1, at_, fmt::format("<{}> is a second root element", element),
                     {"a document has one: everything stands inside <summary>"});
    }
    root_seen_ = true;
    names_.clear();
    while (true) {
      const std::size_t before = at_;
      skip_space();
      if (at_ >= bytes_.size()) {
        return give_up(from, opened.span.offset + opened.span.length,
                       fmt::format("the tag <{} is not closed with '>'", element), {"the input ends inside it"});
      }
      if (bytes_[at_] == '>') {
        ++at_;
        open_.push_back(opened);
        break;
      }
      if (rest().starts_with("/>")) {
        at_ += 2;
        break;
      }
      attribute(element, at_ != before);
      if (!trusted_) return;
    }
    // The element just closed by "/>" counts too.
    const std::size_t depth = depth_ + open_.size();
    if (depth > limits::nesting || (depth == limits::nesting && bytes_[at_ - 2] == '/')) {
      faults_.add(Code::E0105, opened.span, fmt::format("elements are nested more than {} deep", limits::nesting),
                  {"perhaps an end tag is missing further up: no text needs as many"});
      trusted_ = false;
    }
    count(opened.span);
  }

  // The tree's size is that of its nodes, whatever they say.
  void count(Span place) {
    if (++nodes_ != limits::nodes + 1) return;
    faults_.add(
        Code::E0109, place,
        fmt::format("the input has more than {} elements, attributes, comments and CDATA sections", limits::nodes),
        {"no summary needs as many: is it another file?"});
    trusted_ = false;
  }

  void attribute(std::string_view element, bool spaced) {
    const std::size_t from = at_;
    const std::string_view key = name();
    if (key.empty()) {
      return give_up(from, from + 1,
                     fmt::format("'{}' is not allowed in the tag <{}>",
                                 bytes_.substr(from, diag::decode_utf8(bytes_, from).length), element),
                     {"a tag holds attributes, name=\"value\", and ends with > or />"});
    }
    if (!spaced)
      fault(from, at_, fmt::format("a space is missing before the attribute '{}'", key),
            {"put a space between the attributes"});
    if (std::find(names_.begin(), names_.end(), key) != names_.end()) {
      fault(from, at_, fmt::format("the attribute '{}' appears twice", key), {"keep one of the two"});
    }
    names_.push_back(key);
    count(span(from, at_));
    if (names_.size() > limits::attributes)
      return give_up(from, at_, fmt::format("the tag <{}> has more than {} attributes", element, limits::attributes),
                     {"perhaps a quotation mark is missing: no element takes as many"});
    const std::size_t end = at_;
    skip_space();
    if (at_ >= bytes_.size() || bytes_[at_] != '=') {
      return give_up(from, end, fmt::format("the attribute '{}' has no value", key),
                     {fmt::format("write {}=\"…\"", key)});
    }
    ++at_;
    skip_space();
    if (at_ >= bytes_.size() || (bytes_[at_] != '"' && bytes_[at_] != '\'')) {
      return give_up(from, end, fmt::format("the value of '{}' stands in no quotation marks", key),
                     {fmt::format("write {}=\"…\"", key)});
    }
    const std::size_t quote = at_++;
    while (at_ < bytes_.size() && bytes_[at_] != bytes_[quote]) {
      if (bytes_[at_] == '&') {
        reference();
      } else if (bytes_[at_] == '<') {
        // Most often the closing quotation mark is missing: what follows would be nonsense.
        return give_up(quote, quote + 1, fmt::format("the value of '{}' is not closed before '<'", key),
                       {"the closing quotation mark may be missing; write &lt; for the character itself"});
      } else {
        ++at_;
      }
    }
    if (at_ >= bytes_.size())
      return give_up(quote, quote + 1, fmt::format("the value of '{}' is not closed", key),
                     {"the closing quotation mark may be missing"});
    ++at_;
  }

  void text() {
    const std::size_t from = at_;
    const bool outside = open_.empty() && !inside_;
    while (at_ < bytes_.size() && bytes_[at_] != '<') {
      if (outside && !is_xml_space(bytes_[at_])) {
        const std::size_t first = at_;
        at_ = std::min(bytes_.find('<', at_), bytes_.size());
        std::size_t end = first + std::min(bytes_.substr(first, at_ - first).find_first_of("\r\n"), at_ - first);
        while (end > first + 1 && is_xml_space(bytes_[end - 1])) --end;
        fault(first, end, root_seen_ ? "text after the root element" : "text before the root element", {outside_hint});
      } else if (bytes_[at_] == '&') {
        reference();
      } else if (bytes_[at_] == '>' && at_ >= from + 2 && bytes_[at_ - 1] == ']' && bytes_[at_ - 2] == ']') {
        fault(at_ - 2, at_ + 1, "']]>' is not allowed in a text", {"write ]]&gt;"});
        ++at_;
      } else {
        ++at_;
      }
    }
  }

  // &name; &#160; &#xA0;
  void reference() {
    const std::size_t from = at_++;
    const bool numeric = at_ < bytes_.size() && bytes_[at_] == '#';
    if (!numeric) {
      const std::string_view entity = name();
      if (entity.empty() || at_ >= bytes_.size() || bytes_[at_] != ';') {
        at_ = from + 1;
        if (!inside_)
          fault(from, from + 1, "'&' starts no character reference", {"write &amp; for the character itself"});
        return;
      }
      ++at_;
      if (entity != "amp" && entity != "lt" && entity != "gt" && entity != "quot" && entity != "apos") {
        fault(from, at_, fmt::format("the entity '&{};' is not defined", entity),
              {entity == "nbsp" ? "write &#160; for a no-break space"
                                : "write the character itself, or &#…; with its number"});
      }
      return;
    }
    ++at_;
    const bool hexadecimal = at_ < bytes_.size() && bytes_[at_] == 'x';
    if (hexadecimal) ++at_;
    const std::size_t digits = at_;
    unsigned long value = 0;
    for (; at_ < bytes_.size(); ++at_) {
      const char c = bytes_[at_];
      unsigned digit = 0;
      if (c >= '0' && c <= '9') {
        digit = static_cast<unsigned>(c - '0');
      } else if (hexadecimal && (c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
        digit = static_cast<unsigned>((c | 0x20) - 'a') + 10;
      } else {
        break;
      }
      value = std::min(value * (hexadecimal ? 16 : 10) + digit, 0x110000ul);
    }
    if (at_ == digits || at_ >= bytes_.size() || bytes_[at_] != ';') {
      return fault(from, at_, "a character reference is not complete", {"it reads &#160; or &#xA0;"});
    }
    ++at_;
    if (!is_allowed_character(value)) {
      faults_.add(Code::E0104, span(from, at_),
                  fmt::format("the character reference '{}' is not allowed", bytes_.substr(from, at_ - from)),
                  {"it stands for a control character or for none"});
    }
  }

  std::string_view bytes_;
  Faults& faults_;
  std::size_t at_ = 0;
  bool trusted_ = true;
  bool root_seen_ = false;
  bool inside_ = false;
  std::size_t depth_ = 0;
  std::size_t nodes_ = 0;
  std::vector<Open> open_;
  std::vector<std::string_view> names_;  // of the attributes of the tag at hand
};

}  // namespace

bool is_allowed_character(unsigned long c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) return false;
  return c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF) && (c & 0xFFFE) != 0xFFFE;
}

bool check_well_formed(std::string_view bytes, Faults& faults) { return Scanner(bytes, faults).run(); }

bool check_well_formed_content(std::string_view bytes, Inside inside, Faults& faults) {
  return Scanner(bytes, faults).run_inside(inside);
}

}  // namespace epitome::reader
