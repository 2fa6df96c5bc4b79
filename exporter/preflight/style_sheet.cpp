#include "preflight/style_sheet.hpp"

#include <algorithm>
#include <charconv>

#include "preflight/container.hpp"
#include "preflight/xml.hpp"

namespace epitome::preflight {

namespace {

// Deeper blocks are passed over.
constexpr std::size_t deepest_block = 8;
// More is no address of a file.
constexpr std::size_t longest_address = 4096;

// Comments as spaces, so that places stay.
std::string without_comments(std::string_view text) {
  std::string out(text);
  for (std::size_t at = out.find("/*"); at != std::string::npos; at = out.find("/*", at)) {
    const std::size_t end = std::min(out.find("*/", at + 2), out.size() - 2) + 2;
    for (std::size_t i = at; i < end; ++i) {
      if (out[i] != '\n') out[i] = ' ';
    }
    at = end;
  }
  return out;
}

// The first of `ends` from `at` on that stands in no string and no brackets.
std::size_t find_outside(std::string_view text, std::size_t at, std::string_view ends) {
  char quote = 0;
  int brackets = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\') {
      ++at;
    } else if (quote != 0) {
      if (c == quote || c == '\n') quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '(' || c == '[') {
      ++brackets;
    } else if ((c == ')' || c == ']') && brackets > 0) {
      --brackets;
    } else if (ends.find(c) != std::string_view::npos && (brackets == 0 || c == '{' || c == '}')) {
      return at;
    }
  }
  return text.size();
}

class Parser {
 public:
  Parser(std::string_view text, std::uint32_t base) : text_(without_comments(text)), base_(base) {}

  StyleSheet run() {
    while (at_ < text_.size()) step();
    addresses();
    return std::move(out_);
  }

 private:
  // An @-rule with rules inside whose block is open.
  struct Block {
    std::string name, prelude;
    std::size_t at_rule;
  };

  std::uint32_t place(std::size_t at) const { return base_ + static_cast<std::uint32_t>(at); }

  void step() {
    while (at_ < text_.size() && (is_white(text_[at_]) || text_[at_] == ';')) ++at_;
    if (at_ >= text_.size()) return;
    if (text_[at_] == '}') {
      if (!blocks_.empty()) blocks_.pop_back();
      ++at_;
      return;
    }
    const std::size_t end = find_outside(text_, at_, "{};");
    if (end < text_.size() && text_[end] == '{') return begin_block(end);
    if (text_[at_] == '@') at_rule(end, false);
    at_ = end < text_.size() && text_[end] == '}' ? end : end + 1;
  }

  std::size_t at_rule(std::size_t end, bool empty) {
    const std::string_view whole = trimmed(std::string_view(text_).substr(at_ + 1, end - at_ - 1));
    const std::size_t space = std::min(whole.find_first_of(" \t\r\n("), whole.size());
    out_.at_rules.push_back({lower(whole.substr(0, space)), lower(trimmed(whole.substr(space))), place(at_), empty});
    return out_.at_rules.size() - 1;
  }

  void begin_block(std::size_t open) {
    const std::size_t begin = at_;
    for (Block& block : blocks_) out_.at_rules[block.at_rule].empty = false;
    if (text_[begin] == '@') {
      const std::size_t index = at_rule(open, true);
      const std::string name = out_.at_rules[index].name;
      if (name == "media" || name == "supports" || name == "layer") {
        at_ = open + 1;
        if (blocks_.size() < deepest_block) {
          blocks_.push_back({name, out_.at_rules[index].prelude, index});
        } else {
          at_ = std::min(find_outside(text_, at_, "}") + 1, text_.size());
        }
        return;
      }
      out_.at_rules[index].empty = false;
    }
    StyleRule rule;
    rule.selector = trimmed(std::string_view(text_).substr(begin, open - begin));
    rule.offset = place(begin);
    for (const Block& block : blocks_) {
      if (block.name == "media") rule.media = block.prelude;
      if (block.name == "supports") rule.supports = true;
    }
    at_ = open + 1;
    declarations(rule);
    out_.rules.push_back(std::move(rule));
  }

  void declarations(StyleRule& rule) {
    while (at_ < text_.size() && text_[at_] != '}') {
      const std::size_t end = find_outside(text_, at_, ";}{");
      const std::string_view whole = std::string_view(text_).substr(at_, end - at_);
      const std::size_t colon = whole.find(':');
      if (end < text_.size() && text_[end] == '{') {
        // A rule in a rule: passed over.
        at_ = std::min(find_outside(text_, end + 1, "}") + 1, text_.size());
        continue;
      }
      if (colon != std::string_view::npos) {
        const std::size_t begin = std::min(whole.find_first_not_of(" \t\r\n\f"), colon);
        std::string value = lower(trimmed(whole.substr(colon + 1)));
        if (const std::size_t mark = value.rfind('!'); mark != std::string::npos)
          value = trimmed(std::string_view(value).substr(0, mark));
        rule.declarations.push_back({lower(trimmed(whole.substr(0, colon))), std::move(value), place(at_ + begin),
                                     static_cast<std::uint32_t>(trimmed(whole).size())});
      }
      at_ = end < text_.size() && text_[end] == ';' ? end + 1 : end;
    }
    if (at_ < text_.size()) ++at_;
  }

  void address(std::string_view written, std::size_t at) {
    written = trimmed(written);
    if (written.size() >= 2 && (written.front() == '"' || written.front() == '\'')) {
      const std::size_t close = written.find(written.front(), 1);
      written = written.substr(1, close == std::string_view::npos ? close : close - 1);
    }
    if (!written.empty()) out_.addresses.push_back({std::string(written), place(at)});
  }

  std::string_view rest(std::size_t at) const { return std::string_view(text_).substr(at, longest_address); }

  void addresses() {
    const std::string small = lower(text_);
    for (std::size_t at = small.find("url("); at != std::string::npos; at = small.find("url(", at + 4)) {
      const std::size_t length = rest(at).find(')');
      if (length == std::string_view::npos) continue;
      address(std::string_view(text_).substr(at + 4, length - 4), at);
      at += length - 4;
    }
    for (const AtRule& rule : out_.at_rules) {
      if (rule.name != "import" || rule.prelude.starts_with("url(")) continue;
      const std::size_t at = std::min<std::size_t>(rule.offset - base_ + 7, text_.size()),
                        end = at + std::min(rest(at).find(';'), rest(at).size());
      if (at < text_.size()) address(std::string_view(text_).substr(at, end - at), at);
    }
  }

  std::string text_;
  std::uint32_t base_;
  std::size_t at_ = 0;
  std::vector<Block> blocks_;
  StyleSheet out_;
};

}  // namespace

std::string_view StyleRule::value(std::string_view property) const {
  for (auto at = declarations.rbegin(); at != declarations.rend(); ++at) {
    if (at->property == property) return at->value;
  }
  return {};
}

StyleSheet parse_style_sheet(std::string_view text, std::uint32_t base) { return Parser(text, base).run(); }

bool parse_length(std::string_view value, double& number, std::string_view& unit) {
  if (value.starts_with('+')) value.remove_prefix(1);
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), number, std::chars_format::fixed);
  if (error != std::errc()) return false;
  unit = value.substr(static_cast<std::size_t>(end - value.data()));
  return true;
}

std::vector<std::string_view> parts_of(std::string_view value) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < value.size();) {
    while (at < value.size() && is_white(value[at])) ++at;
    std::size_t end = at;
    int brackets = 0;
    while (end < value.size() && (brackets > 0 || !is_white(value[end]))) {
      if (value[end] == '(') ++brackets;
      if (value[end] == ')') --brackets;
      ++end;
    }
    if (end > at) out.push_back(value.substr(at, end - at));
    at = end;
  }
  return out;
}

std::vector<std::string> subjects_of(std::string_view selector) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < selector.size();) {
    const std::size_t end = find_outside(selector, at, ",");
    const std::string_view one = trimmed(selector.substr(at, end - at));
    std::size_t begin = one.find_last_of(" \t\r\n>+~");
    begin = begin == std::string_view::npos ? 0 : begin + 1;
    std::string_view last = one.substr(begin);
    last = last.substr(0, last.find_first_of(".#:[("));
    if (const std::size_t bar = last.find('|'); bar != std::string_view::npos) last = last.substr(bar + 1);
    out.push_back(lower(last));
    at = end + 1;
  }
  return out;
}

}  // namespace epitome::preflight
