// Style sheets: what old engines fail at, what takes the page away from its reader, and what a script can't bear.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "preflight/book.hpp"
#include "preflight/style_sheet.hpp"

namespace epitome::preflight {

namespace {

using diag::Code;
using Languages = std::initializer_list<std::string_view>;

bool is_listed(std::string_view name, Languages list) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Languages whose scripts have no italic.
bool lacks_italic(const std::string& language) {
  return is_right_to_left(language) ||
         is_listed(primary_language(language),
                   {"zh", "ja", "ko", "yue", "th", "lo", "km", "my", "hi", "mr", "ne", "sa", "bn",
                    "as", "pa", "gu", "or",  "ta", "te", "kn", "ml", "si", "am", "ti", "bo", "dz"});
}

// Languages whose letters join: spaces between them tear words apart.
bool is_cursive(const std::string& language) {
  return is_right_to_left(language) && !is_listed(primary_language(language), {"he", "iw", "yi", "dv"});
}

// What running text is set in.
bool is_body_text(std::string_view subject, std::string_view selector) {
  return is_listed(subject, {"html", "body", "p"}) || (subject == "*" && trimmed(selector) == "*");
}

bool is_section_name(std::string_view subject) {
  return is_listed(subject, {"section", "nav", "article", "body", "main"});
}

bool is_colour(std::string_view value) {
  return !value.empty() && !is_listed(value, {"inherit", "currentcolor", "transparent", "initial", "unset", "revert",
                                              "canvastext", "canvas", "none"});
}

// A colour through which more than half of the page is seen: letters stay as legible as without it.
bool lets_page_through(std::string_view colour) {
  // "rgba(1, 2, 3, 0.4)", "rgb(1 2 3 / 40%)".
  std::size_t last = colour.find('/');
  if (std::count(colour.begin(), colour.end(), ',') == 3) last = colour.rfind(',');
  if (last == std::string_view::npos) return false;
  double alpha = 1;
  std::string_view unit;
  if (!parse_length(trimmed(colour.substr(last + 1)), alpha, unit)) return false;
  return alpha < (unit.starts_with('%') ? 50 : 0.5);
}

bool is_absolute(std::string_view unit) { return is_listed(unit, {"px", "pt", "cm", "mm", "in", "pc", "q"}); }

// A part of `background` that is a colour and no picture, place or repetition.
std::string_view ground_of(const StyleRule& rule) {
  if (const std::string_view colour = rule.value("background-color"); !colour.empty()) return colour;
  for (const std::string_view part : parts_of(rule.value("background"))) {
    const char c = part.front();
    if (part.starts_with("url(") || part.find("gradient(") != std::string_view::npos) return {};
    if (c == '#' || part.starts_with("rgb") || part.starts_with("hsl") || part == "white" || part == "black")
      return part;
  }
  return {};
}

class SheetCheck {
 public:
  SheetCheck(Check& check, const SheetPlace& place, std::string_view text, std::uint32_t base)
      : check_(check),
        book_(check.book),
        path_(place.path),
        of_fixed_pages_(place.of_fixed_pages),
        sheet_(parse_style_sheet(text, base)) {}

  void run() {
    for (const Address& address : sheet_.addresses) needed(address);
    for (const AtRule& rule : sheet_.at_rules) at_rule(rule);
    for (const StyleRule& rule : sheet_.rules) {
      remember(rule);
      if (rule.selector.starts_with('@')) continue;
      old_engines(rule);
      if (of_fixed_pages_) continue;
      type(rule);
      boxes(rule);
      colours(rule);
      scripts(rule);
    }
  }

 private:
  void tell(Code code, const Declaration& where, std::string_view text) {
    check_.findings.report(code, path_, {where.offset, where.length}, text);
  }
  static std::string said(const Declaration& what) { return fmt::format("'{}: {}'", what.property, what.value); }

  void needed(const Address& address) {
    if (address.href.starts_with("data:")) return;
    const Target target = resolve(path_, address.href);
    const diag::Span place{address.offset, 4};
    if (target.where == Target::Where::elsewhere) {
      // Fonts may be fetched (EPUB 3.3, 3.6); pictures and sheets may not.
      const std::string small = lower(address.href);
      for (const std::string_view font : {".woff", ".ttf", ".otf"})
        if (small.find(font) != std::string::npos) return;
      if (!small.starts_with("http://www.w3.org/") && !small.starts_with("http://www.idpf.org/"))
        check_.findings.report(Code::E1009, path_, place, fmt::format("'{}' is not in the EPUB", address.href));
    } else if (target.where == Target::Where::outside_container) {
      check_.findings.report(Code::E1004, path_, place, fmt::format("'{}' leads out of the container", address.href));
    } else if (check_.container.find(target.path) == nullptr && !address.href.starts_with('#')) {
      check_.findings.report(Code::E1006, path_, place, fmt::format("'{}' is not there", target.path));
    }
  }

  void at_rule(const AtRule& rule) {
    const diag::Span place{rule.offset, static_cast<std::uint32_t>(rule.name.size() + 1)};
    if (rule.name != "media") return;
    if (rule.empty) check_.findings.report(Code::W1073, path_, place, "the block is empty");
    for (const std::string_view feature : {"width", "height", "aspect-ratio", "device-width"}) {
      const std::size_t at = rule.prelude.find(feature);
      if (at == std::string::npos || rule.prelude.find("amzn") != std::string::npos) continue;
      check_.findings.report(Code::W1070, path_, place,
                             fmt::format("@media {} asks for the window's size", rule.prelude));
      break;
    }
  }

  void remember(const StyleRule& rule) {
    for (const Declaration& d : rule.declarations) {
      if (d.value == "avoid" && d.property.find("break") != std::string::npos) book_.avoids_breaks = true;
      if (d.property == "direction" && d.value == "rtl") book_.sheet_says_direction = true;
      if (d.property != "display" || !rule.media.empty() || rule.supports) continue;
      if (d.value == "block" || d.value == "none" || d.value == "table" || d.value == "flex" || d.value == "grid") {
        for (std::string& subject : subjects_of(rule.selector)) book_.set_as_blocks.insert(std::move(subject));
      }
    }
  }

  void old_engines(const StyleRule& rule) {
    for (const Declaration& d : rule.declarations) {
      if (!rule.supports && (d.value.find("calc(") != std::string::npos || d.value.find("var(") != std::string::npos))
        tell(Code::W1071, d, said(d));
      const std::vector<std::string_view> parts = parts_of(d.value);
      double number = 0;
      std::string_view unit;
      const bool shorthand = d.property == "margin" || d.property == "padding" || d.property == "border";
      for (const std::string_view part : parts) {
        if (shorthand && parse_length(part, number, unit) && is_listed(unit, {"vh", "vw", "vmin", "vmax", "ch"}))
          tell(Code::W1072, d, said(d));
      }
    }
  }

  void type(const StyleRule& rule) {
    const std::vector<std::string> subjects = subjects_of(rule.selector);
    const bool base =
        std::any_of(subjects.begin(), subjects.end(), [](const std::string& s) { return s == "html" || s == "body"; });
    double number = 0;
    std::string_view unit;
    for (const Declaration& d : rule.declarations) {
      // Kobo's guidelines allow a fixed size of the whole text.
      if (d.property == "font-size" && !base && parse_length(d.value, number, unit) && is_absolute(unit) && number > 0)
        tell(Code::W1076, d, said(d));
      if (d.property == "line-height" && parse_length(d.value, number, unit) && is_absolute(unit) && number > 0)
        tell(Code::W1077, d, said(d));
      if (d.property == "hanging-punctuation" && d.value != "none") tell(Code::W1082, d, said(d));
    }
  }

  void boxes(const StyleRule& rule) {
    const std::vector<std::string> subjects = subjects_of(rule.selector);
    for (const Declaration& d : rule.declarations) {
      if (d.property == "position" && (d.value == "fixed" || d.value == "absolute")) tell(Code::W1074, d, said(d));
      const bool breaks =
          is_listed(d.property, {"page-break-before", "page-break-after", "break-before", "break-after"});
      if (breaks && is_listed(d.value, {"always", "left", "right", "page", "recto", "verso"}) &&
          std::any_of(subjects.begin(), subjects.end(), is_section_name)) {
        tell(Code::W1080, d, said(d));
      }
      lengths(rule, d);
    }
  }

  void lengths(const StyleRule& rule, const Declaration& d) {
    double number = 0;
    std::string_view unit;
    if (d.property == "line-height" && parse_length(d.value, number, unit) && number < 0) tell(Code::W1075, d, said(d));
    if (d.property == "text-indent" && parse_length(d.value, number, unit) && number < 0 && !is_padded(rule))
      tell(Code::W1075, d, said(d));
    if (!d.property.starts_with("margin")) return;
    const std::vector<std::string_view> parts = parts_of(d.value);
    bool negative = false, wide = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!parse_length(parts[i], number, unit)) continue;
      negative = negative || number < 0;
      const bool side = d.property == "margin" ? i == 3 || i == 1 || parts.size() == 1
                                               : d.property != "margin-top" && d.property != "margin-bottom" &&
                                                     d.property.find("block") == std::string::npos;
      wide = wide || (side && unit == "em" && number > 2);
    }
    if (negative) tell(Code::W1075, d, said(d));
    if (wide) tell(Code::W1081, d, said(d));
  }

  // Has the rule room for what hangs out?
  static bool is_padded(const StyleRule& rule) {
    return std::any_of(rule.declarations.begin(), rule.declarations.end(), [](const Declaration& d) {
      return d.property.starts_with("padding") || d.property.starts_with("margin");
    });
  }

  void colours(const StyleRule& rule) {
    if (rule.media.find("prefers-color-scheme") != std::string::npos) return;
    const std::vector<std::string> subjects = subjects_of(rule.selector);
    const bool running = std::any_of(subjects.begin(), subjects.end(),
                                     [&](const std::string& s) { return is_body_text(s, rule.selector); }) &&
                         rule.selector.find('.') == std::string::npos && rule.selector.find('#') == std::string::npos;
    const std::string_view colour = rule.value("color"), ground = ground_of(rule);
    for (const Declaration& d : rule.declarations) {
      const bool is_ground = d.property == "background-color" || d.property == "background";
      if (running && ((d.property == "color" && is_colour(d.value)) || (is_ground && is_colour(ground)))) {
        tell(Code::W1078, d, fmt::format("{} {}", rule.selector, said(d)));
      } else if (is_ground && is_colour(ground) && colour.empty() && !lets_page_through(ground) &&
                 !holds_no_text(subjects)) {
        tell(Code::W1079, d, said(d));
      }
    }
  }

  static bool holds_no_text(const std::vector<std::string>& subjects) {
    return std::all_of(subjects.begin(), subjects.end(), [](const std::string& subject) {
      return is_listed(subject, {"img", "hr", "svg", "image", "video", "audio", "col"});
    });
  }

  void scripts(const StyleRule& rule) {
    const bool limited = rule.selector.find("lang") != std::string::npos;
    for (const Declaration& d : rule.declarations) {
      if (!limited && (d.value == "italic" || d.value.starts_with("oblique")) && lacks_italic(book_.language) &&
          (d.property == "font-style" || d.property == "font"))
        tell(Code::W1083, d, fmt::format("{} in a book in {}", said(d), book_.language));
      double number = 0;
      std::string_view unit;
      if (!limited && d.property == "letter-spacing" && parse_length(d.value, number, unit) && number != 0 &&
          is_cursive(book_.language))
        tell(Code::W1084, d, fmt::format("{} in a book in {}", said(d), book_.language));
      if (book_.right_to_left && (d.property == "margin" || d.property == "padding")) sides(d);
    }
  }

  // Four values whose left is the greater one: an indent from the end of the line.
  void sides(const Declaration& d) {
    const std::vector<std::string_view> parts = parts_of(d.value);
    if (parts.size() != 4) return;
    double right = 0, left = 0;
    std::string_view of_right, of_left;
    if (!parse_length(parts[1], right, of_right) || !parse_length(parts[3], left, of_left)) return;
    if ((of_left == of_right || right == 0) && left > right)
      tell(Code::W1085, d, fmt::format("{} indents from the left in a book in {}", said(d), book_.language));
  }

  Check& check_;
  Book& book_;
  const std::string& path_;
  const bool of_fixed_pages_;
  StyleSheet sheet_;
};

}  // namespace

void check_sheet(Check& check, const SheetPlace& place, std::string_view text, std::uint32_t base) {
  SheetCheck(check, place, text, base).run();
}

void check_sheets(Check& check) {
  std::set<std::string_view> of_fixed, of_flowing;
  for (const auto& [path, document] : check.book.documents) {
    const Item* const item = check.book.find(path);
    for (const Use& use : document.uses) (item != nullptr && item->fixed ? of_fixed : of_flowing).insert(use.path);
  }
  for (const Item& item : check.book.items) {
    if (item.media_type != "text/css" || item.remote || check.container.find(item.path) == nullptr) continue;
    if (const std::optional<std::string> text = check.text(item.path))
      check_sheet(check, {item.path, of_fixed.contains(item.path) && !of_flowing.contains(item.path)}, *text, 0);
  }
}

}  // namespace epitome::preflight
