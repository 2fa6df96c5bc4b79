#include "reader/markup_texts.hpp"

#include <cstdlib>
#include <string>
#include <utility>

#include "diag/utf8.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

namespace {

class MarkupTexts {
 public:
  explicit MarkupTexts(const PlacedText& markup) : markup_(markup) {}

  std::vector<PlacedText> run() {
    const std::string_view text = markup_.text;
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '<') {
        keep();
        at = behind_tag(at);
      } else {
        at += character(at);
      }
    }
    keep();
    return std::move(found_);
  }

 private:
  void keep() {
    if (!now_.text.empty()) {
      now_.begins.push_back(now_.begins.back() + 1);
      found_.push_back(std::move(now_));
    }
    now_ = {};
  }
  std::size_t behind_tag(std::size_t at) const {
    char quote = '\0';
    for (; at < markup_.text.size(); ++at) {
      const char c = markup_.text[at];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return at + 1;
      }
    }
    return at;
  }
  std::size_t character(std::size_t at) {
    const std::string_view text = markup_.text;
    const std::size_t semicolon = end_of_reference(text, at);
    const std::string_view name =
        semicolon == std::string_view::npos ? std::string_view() : text.substr(at + 1, semicolon - at - 1);
    char32_t value = name == "lt"     ? U'<'
                     : name == "gt"   ? U'>'
                     : name == "amp"  ? U'&'
                     : name == "quot" ? U'"'
                     : name == "apos" ? U'\''
                                      : U'\0';
    if (name.starts_with("#") && name.size() < 10) {
      const bool hexadecimal = name.starts_with("#x") || name.starts_with("#X");
      value = static_cast<char32_t>(
          std::strtoul(std::string(name.substr(hexadecimal ? 2 : 1)).c_str(), nullptr, hexadecimal ? 16 : 10));
    }
    if (value == 0) {
      const std::size_t length = diag::decode_utf8(text, at).length;
      now_.add(text.substr(at, length), markup_.begins[at]);
      return length;
    }
    std::string written;
    diag::append_utf8(written, value);
    now_.add(written, markup_.begins[at]);
    return name.size() + 2;
  }

  const PlacedText& markup_;
  PlacedText now_;
  std::vector<PlacedText> found_;
};

}  // namespace

std::vector<PlacedText> texts_of_markup(const PlacedText& markup) { return MarkupTexts(markup).run(); }

}  // namespace epitome::reader
