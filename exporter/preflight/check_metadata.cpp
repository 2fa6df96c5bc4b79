// What the package document says of the book (EPUB 3.3, 5.5; EPUB Accessibility 1.1).
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "preflight/book.hpp"

namespace epitome::preflight {

namespace {

using diag::Code;

bool are_all(std::string_view text, bool (*is)(char)) { return std::all_of(text.begin(), text.end(), is); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }
bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Well-formed by its parts (RFC 5646, 2.1): language, then subtags of 1 to 8 letters and digits.
bool is_language_tag(std::string_view tag) {
  bool first = true;
  for (std::size_t at = 0; at <= tag.size();) {
    const std::size_t end = std::min(tag.find('-', at), tag.size());
    const std::string_view part = tag.substr(at, end - at);
    if (part.empty() || part.size() > 8 || !are_all(part, is_alphanumeric)) return false;
    if (first && part != "x" && part != "i" && (part.size() < 2 || !are_all(part, is_letter))) return false;
    first = false;
    at = end + 1;
  }
  return true;
}

// 8-4-4-4-12.
bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !is_hexadecimal(text[i])) return false;
  }
  return true;
}

bool is_time(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:ddZ";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != form[i]) return false;
  }
  return true;
}

// The package document's metadata, as far as the rules look at it.
class Metadata {
 public:
  Metadata(Check& check, const Xml& xml) : check_(check), book_(check.book), package_(child_of(xml.tree, "package")) {
    const pugi::xml_node metadata = child_of(package_, "metadata");
    place_ = metadata ? span_of(metadata) : diag::Span{};
    walk(metadata, [&](const pugi::xml_node& node) {
      if (node.type() == pugi::node_element) element(node);
    });
  }

  void check_all() {
    required();
    for (const auto& [tag, place] : languages_) language(tag, place);
    if (book_.version >= 3) {
      modified();
      accessibility();
      hazards();
      durations();
    }
    identifiers();
    cover();
    book_.says_pages = says_pages_;
  }

 private:
  struct Value {
    std::string text;
    diag::Span place;
  };

  void tell(Code code, diag::Span place, std::string_view text) {
    check_.findings.report(code, book_.package_path, place, text);
  }

  void element(const pugi::xml_node& node) {
    const std::string_view name = local_name(node);
    const diag::Span place = span_of(node);
    if (name == "title" && !text_of(node).empty()) has_title_ = true;
    if (name == "language") languages_.push_back({text_of(node), place});
    if (name == "source" && !text_of(node).empty()) says_pages_ = true;
    if (name == "identifier") {
      identifiers_.push_back({text_of(node), place});
      if (!unique().empty() && unique() == node.attribute("id").value() && !text_of(node).empty()) has_unique_ = true;
    }
    if (name != "meta") return;
    if (node.attribute("name").value() == std::string_view("cover")) old_cover_ = node.attribute("content").value();
    const std::string_view property = node.attribute("property").value();
    const bool of_whole = !node.attribute("refines");
    if (property == "dcterms:modified" && of_whole) modified_.push_back({text_of(node), place});
    if (property == "pageBreakSource") says_pages_ = true;
    if (property == "schema:accessibilityHazard") hazards_.push_back({text_of(node), place});
    if (property == "media:duration") {
      durations_.insert(of_whole ? std::string() : std::string(node.attribute("refines").value()));
    }
    if (property.starts_with("schema:") && !text_of(node).empty()) said_.insert(std::string(property.substr(7)));
  }

  std::string_view unique() const { return package_.attribute("unique-identifier").value(); }

  void required() {
    std::vector<std::string_view> lacks;
    if (!has_title_) lacks.emplace_back("a title");
    if (languages_.empty()) lacks.emplace_back("a language");
    if (!has_unique_) lacks.emplace_back("the identifier that unique-identifier names");
    if (!lacks.empty()) tell(Code::E1010, place_, fmt::format("it lacks {}", fmt::join(lacks, ", ")));
  }

  void language(const std::string& tag, diag::Span place) {
    if (!is_language_tag(tag)) tell(Code::E1011, place, fmt::format("'{}' is not a language tag", tag));
  }

  void modified() {
    if (modified_.size() != 1) {
      tell(Code::E1012, modified_.empty() ? place_ : modified_[1].place,
           fmt::format("dcterms:modified stands there {} times", modified_.size()));
    } else if (!is_time(modified_.front().text)) {
      tell(Code::E1012, modified_.front().place,
           fmt::format("'{}' is not of the form 2026-11-29T12:00:00Z", modified_.front().text));
    }
  }

  void identifiers() {
    for (const auto& [text, place] : identifiers_) {
      const std::string small = lower(text);
      if (!small.starts_with("urn:uuid:")) continue;
      const std::string_view uuid = std::string_view(small).substr(9);
      if (!is_uuid(uuid)) {
        tell(Code::W1013, place, fmt::format("'{}' is not a UUID", uuid));
      } else if (uuid == "00000000-0000-0000-0000-000000000000") {
        tell(Code::W1013, place, "the UUID is the one that stands for none");
      }
    }
  }

  void accessibility() {
    std::vector<std::string_view> lacks;
    for (const char* const name : {"accessMode", "accessibilityFeature", "accessibilityHazard", "accessModeSufficient",
                                   "accessibilitySummary"}) {
      if (!said_.contains(name)) lacks.emplace_back(name);
    }
    if (!lacks.empty()) tell(Code::W1017, place_, fmt::format("schema: {} is missing", fmt::join(lacks, ", ")));
  }

  void hazards() {
    static constexpr std::array kinds = {"flashing", "motionSimulation", "sound"};
    static constexpr std::array without = {"noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"};
    std::set<std::string_view> all;
    for (const Value& value : hazards_) all.insert(value.text);
    if (all.size() > 1 && (all.contains("none") || all.contains("unknown"))) {
      tell(Code::W1018, hazards_.front().place, fmt::format("it says {}", fmt::join(all, " and ")));
      return;
    }
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      if (all.contains(kinds[i]) && all.contains(without[i]))
        tell(Code::W1018, hazards_.front().place, fmt::format("it says {} and {}", kinds[i], without[i]));
    }
  }

  void durations() {
    bool any = false;
    for (const Item& item : book_.items) {
      if (item.overlay.empty()) continue;
      any = true;
      if (!durations_.contains("#" + item.overlay) && told_.insert(item.overlay).second)
        tell(Code::E1086, item.span, fmt::format("the narration '{}' has no length", item.overlay));
    }
    if (any && !durations_.contains("")) tell(Code::E1086, place_, "the whole narration has no length");
  }

  void cover() {
    const auto named = book_.by_id.find(old_cover_);
    if (book_.cover == SIZE_MAX && named != book_.by_id.end()) {
      book_.cover = named->second;
      if (book_.version >= 3 && book_.items[book_.cover].is_picture())
        tell(Code::W1023, book_.items[book_.cover].span, "the item of the cover has no properties=\"cover-image\"");
    } else if (book_.cover == SIZE_MAX) {
      tell(Code::W1022, place_, "no picture is said to be the cover");
    } else if (named == book_.by_id.end()) {
      tell(Code::W1023, place_, "no <meta name=\"cover\"> names the cover");
    }
  }

  Check& check_;
  Book& book_;
  pugi::xml_node package_;

  diag::Span place_;
  bool has_title_ = false, has_unique_ = false, says_pages_ = false;
  std::string old_cover_;
  std::vector<Value> languages_, identifiers_, modified_, hazards_;
  std::set<std::string, std::less<>> said_, durations_, told_;
};

}  // namespace

void check_metadata(Check& check, const Xml& package) { Metadata(check, package).check_all(); }

}  // namespace epitome::preflight
