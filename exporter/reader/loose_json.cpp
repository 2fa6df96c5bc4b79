#include "reader/loose_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "diag/limits.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

namespace {

using diag::Code;

constexpr std::string_view blanks = " \t\r\n", mark = "\xEF\xBB\xBF", fence = "```";

// The JSON of a source: behind a fence or from a bracket, whichever begins a line first; else from the first bracket.
struct Stretch {
  std::size_t begin, end;
};
// Not "[Note] Here it is" and not "{name}".
bool opens_json(std::string_view bytes, std::size_t at) {
  const std::size_t next = std::min(bytes.find_first_not_of(blanks, at + 1), bytes.size());
  if (next == bytes.size()) return false;
  if (std::string_view("\"'{[]}/#").find(bytes[next]) != std::string_view::npos) return true;
  const std::size_t end = std::min(bytes.find_first_of(" \t\r\n,:]}", next), bytes.size());
  const std::size_t sign = std::min(bytes.find_first_not_of(blanks, end), bytes.size());
  return bytes[at] == '{' && sign < bytes.size() && bytes[sign] == ':';
}
Stretch json_in(std::string_view bytes) {
  for (std::size_t line = 0; line < bytes.size(); line = std::min(bytes.find('\n', line), bytes.size() - 1) + 1) {
    const std::size_t at = std::min(bytes.find_first_not_of(" \t", line), bytes.size());
    if (at == bytes.size()) break;
    if ((bytes[at] == '{' || bytes[at] == '[') && opens_json(bytes, at)) return {at, bytes.size()};
    if (!bytes.substr(at).starts_with(fence)) continue;
    const std::size_t begin = bytes.find_first_of("{[", std::min(bytes.find('\n', at), bytes.size()));
    if (begin != std::string_view::npos) return {begin, std::min(bytes.find("\n```", begin), bytes.size())};
  }
  return {std::min(bytes.find_first_of("{["), bytes.size()), bytes.size()};
}

class Mender {
 public:
  Mender(std::string_view bytes, Faults& faults) : bytes_(bytes), faults_(faults) {}

  // Nothing if the source is JSON as it is, or more is wrong than can be mended.
  std::optional<PlacedText> run() {
    const std::size_t from = bytes_.find_first_not_of(blanks, bytes_.starts_with(mark) ? mark.size() : 0);
    if (from == std::string_view::npos || bytes_.find('\0') != std::string_view::npos) return {};
    // A string, and a comment before the document.
    if (bytes_[from] == '"' || bytes_[from] == '\'') return {};
    std::size_t begin = from;
    end_ = bytes_.size();
    const bool opens = (bytes_[from] == '{' || bytes_[from] == '[') && opens_json(bytes_, from);
    if (!opens && comment_end(from) == from) {
      const Stretch json = json_in(bytes_);
      if (json.begin >= json.end) return {};
      around(from);
      begin = json.begin;
      end_ = json.end;
    }
    // A line of the source is one of what is read.
    for (std::size_t i = 0; i < begin; ++i)
      if (bytes_[i] == '\n') out_.add("\n", static_cast<std::uint32_t>(i));
    const std::size_t rest = document(begin);
    const std::size_t behind = bytes_.find_first_not_of(blanks, rest);
    if (closed_ && behind != std::string_view::npos) {
      // More of a book's words than a greeting: nobody's to leave out.
      const std::string_view more = bytes_.substr(behind);
      if (more.starts_with(',') || more.find('{') != std::string_view::npos ||
          more.find("\":") != std::string_view::npos)
        return {};
      around(behind);
    } else {
      out_.add_source(bytes_.substr(rest), static_cast<std::uint32_t>(rest));
    }
    if (!mended_ || unsure_) return {};
    out_.begins.push_back(static_cast<std::uint32_t>(bytes_.size()));
    for (auto& [at, what, hint] : found_)
      faults_.add(Code::W0116, {static_cast<std::uint32_t>(at), 1}, std::move(what), {std::move(hint)});
    return std::move(out_);
  }

 private:
  struct Found {
    std::size_t at;
    std::string what, hint;
  };

  void told(std::size_t at, std::string what, std::string hint) {
    mended_ = true;
    // As many as are said, and one more.
    if (found_.size() <= limits::told + 1) found_.push_back({at, std::move(what), std::move(hint)});
  }
  void around(std::size_t at) { told(at, "what stands around the JSON is left out", "take it away"); }

  // Behind the comment that begins at `at`; `at` itself if none does.
  std::size_t comment_end(std::size_t at) {
    const std::string_view rest = bytes_.substr(at);
    if (rest.starts_with("//") || rest.starts_with('#')) return std::min(bytes_.find('\n', at), bytes_.size());
    if (!rest.starts_with("/*")) return at;
    if (at >= unclosed_) return at;
    const std::size_t close = bytes_.find("*/", at + 2);
    if (close != std::string_view::npos && close + 2 <= end_) return close + 2;
    unclosed_ = at;
    return at;
  }

  // To behind the bracket that closes the document, or the end.
  std::size_t document(std::size_t at) {
    std::size_t depth = 0;
    while (at < end_) {
      const char c = bytes_[at];
      if (const std::size_t end = comment_end(at); end != at) {
        comment(at, end);
        at = end;
      } else if (c == '"') {
        at = string(at);
      } else if (c == '\'') {
        at = single(at);
      } else if (is_word(c) && !is_digit(c)) {
        at = word(at);
      } else {
        const bool closes = c == '}' || c == ']';
        if (closes && comma_ != none) drop_comma();
        if (!is_space(c)) comma_ = c == ',' ? out_.text.size() : none;
        if (c == '{' || c == '[') ++depth;
        copy(at, at + 1);
        ++at;
        if (closes && (depth == 0 || --depth == 0)) {
          closed_ = true;
          return comments_behind(at);
        }
      }
    }
    return end_;
  }
  std::size_t comments_behind(std::size_t at) {
    for (;;) {
      const std::size_t next = std::min(bytes_.find_first_not_of(blanks, at), bytes_.size());
      const std::size_t end = next < bytes_.size() ? comment_end(next) : next;
      if (end == next) return at;
      comment(next, end);
      at = end;
    }
  }

  void copy(std::size_t from, std::size_t to) {
    out_.add_source(bytes_.substr(from, to - from), static_cast<std::uint32_t>(from));
  }
  void comment(std::size_t from, std::size_t to) {
    told(from, "a comment is left out: JSON has none", "take it away");
    for (std::size_t i = from; i < to; ++i)
      if (bytes_[i] == '\n') out_.add("\n", static_cast<std::uint32_t>(i));
  }
  void drop_comma() {
    told(out_.begins[comma_], "a comma before a bracket that closes is left out", "take it away");
    out_.text[comma_] = ' ';
  }

  std::size_t string(std::size_t at) {
    std::size_t end = at + 1;
    while (end < end_ && bytes_[end] != '"') end += bytes_[end] == '\\' ? 2 : 1;
    end = std::min(end + 1, end_);
    copy(at, end);
    comma_ = none;
    return end;
  }
  // 'He said "no"' as "He said \"no\"".
  std::size_t single(std::size_t at) {
    told(at, "a string in single quotation marks is taken as one in double ones", "write \"…\"");
    out_.add("\"", static_cast<std::uint32_t>(at));
    std::size_t i = at + 1;
    while (i < end_ && bytes_[i] != '\'' && bytes_[i] != '\n') {
      const auto place = static_cast<std::uint32_t>(i);
      if (bytes_[i] == '\\' && i + 1 < end_ && bytes_[i + 1] == '\'') {
        out_.add("'", place);
        i += 2;
      } else if (bytes_[i] == '\\') {
        copy(i, std::min(i + 2, end_));
        i += 2;
      } else {
        out_.add(bytes_[i] == '"' ? "\\\"" : bytes_.substr(i, 1), place);
        ++i;
      }
    }
    unsure_ = unsure_ || i >= end_ || bytes_[i] != '\'';
    i = std::min(i, end_);
    out_.add("\"", static_cast<std::uint32_t>(i));
    comma_ = none;
    return std::min(i + 1, end_);
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '$';
  }
  // A key without quotation marks, or what other languages call true, false and null.
  std::size_t word(std::size_t at) {
    std::size_t end = at;
    while (end < end_ && is_word(bytes_[end])) ++end;
    const std::string_view text = bytes_.substr(at, end - at);
    const std::size_t next = std::min(bytes_.find_first_not_of(blanks, end), bytes_.size());
    comma_ = none;
    const auto place = static_cast<std::uint32_t>(at);
    constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"True", "true"}, {"False", "false"}, {"None", "null"}, {"undefined", "null"}, {"NaN", "null"}};
    const auto* const known =
        std::find_if(std::begin(words), std::end(words), [&](const auto& one) { return one.first == text; });
    if (next < end_ && bytes_[next] == ':' && text.size() > longest_key) {
      unsure_ = true;
      copy(at, end);
    } else if (next < end_ && bytes_[next] == ':') {
      told(at, fmt::format("the key {} stands without quotation marks", text), fmt::format("write \"{}\"", text));
      out_.add("\"", place);
      copy(at, end);
      out_.add("\"", static_cast<std::uint32_t>(end));
    } else if (known != std::end(words)) {
      told(at, fmt::format("{} is taken as {}", text, known->second), fmt::format("write {}", known->second));
      out_.add(known->second, place);
    } else {
      copy(at, end);
    }
    return end;
  }

  static constexpr std::size_t none = std::string::npos, longest_key = 60;
  std::string_view bytes_;
  Faults& faults_;
  PlacedText out_;
  std::vector<Found> found_;
  std::size_t end_ = 0;          // of what may be JSON
  std::size_t unclosed_ = none;  // from here on no comment /* ends
  std::size_t comma_ = none;     // in what is written, if nothing but blanks followed it
  bool mended_ = false, closed_ = false, unsure_ = false;
};

}  // namespace

std::optional<PlacedText> mended_json(std::string_view bytes, Faults& faults) { return Mender(bytes, faults).run(); }

}  // namespace epitome::reader
