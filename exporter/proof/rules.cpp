#include "proof/rules.hpp"

#include <fmt/format.h>
#include <re2/re2.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <sstream>
#include <utility>

#include "style/settings.hpp"

namespace epitome::proof {

using diag::Code;

// Compiled when it is first asked for: classes of letters take a millisecond. Threads may share one.
struct Rule::Pattern {
  explicit Pattern(std::string pattern) : text(std::move(pattern)) {}

  const RE2& expression() const {
    std::call_once(once, [this] { compiled.emplace(text, RE2::Quiet); });
    return *compiled;
  }

  std::string text;
  mutable std::once_flag once;
  mutable std::optional<RE2> compiled;
};

namespace {

constexpr std::string_view folder = "/layouts/checks/";

// What a rule finds, as the files call it.
constexpr std::pair<std::string_view, Code> kinds[] = {
    {"quotation", Code::W0402},   {"hyphen", Code::W0403}, {"ellipsis", Code::W0404},    {"garbled", Code::W0412},
    {"hidden", Code::W0413},      {"markup", Code::W0414}, {"placeholder", Code::W0415}, {"machine", Code::W0416},
    {"marks", Code::W0417},       {"space", Code::W0418},  {"dash", Code::W0419},        {"ordinal", Code::W0420},
    {"alternative", Code::W0424}, {"pair", Code::W0421},
};

std::vector<std::string> words_of(const std::string& value) {
  std::istringstream in(value);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

class Reader {
 public:
  Reader(std::string language, style::Settings& settings) : language_(std::move(language)), settings_(settings) {}

  void read(Rules& rules) {
    for (const std::string& name : settings_.names("rule")) one(name, rules);
    // What a nearer file says stands.
    const style::Setting* const doubled = settings_.find("doubled/allowed");
    if (doubled != nullptr && !rules.doubled) rules.doubled = words_of(doubled->value);
    for (const std::string& tag : settings_.names("words"))
      if (const style::Setting* const s = settings_.require(fmt::format("words.{}/common", tag)))
        rules.common_words.emplace_back(tag, words_of(s->value));
    const style::Setting* const mistaken = settings_.find("doubled/mistaken");
    if (mistaken != nullptr && rules.doubled_by_mistake.empty()) rules.doubled_by_mistake = words_of(mistaken->value);
    const auto text = [&](std::string_view key, std::optional<std::string>& out) {
      const style::Setting* const setting = settings_.find(key);
      if (setting != nullptr && !out) out = setting->value;
    };
    text("question/marks", rules.question_marks);
    const style::Setting* const words = settings_.find("question/words");
    if (words != nullptr && rules.question_words.empty()) rules.question_words = words_of(words->value);
    text("paragraph/ends", rules.end_marks);
    settings_.report_unused();
  }

 private:
  void one(const std::string& name, Rules& rules) {
    const auto key = [&](std::string_view attribute) { return fmt::format("rule.{}/{}", name, attribute); };
    Rule rule;
    rule.name = name;
    if (const style::Setting* const s = settings_.require(key("finds"))) {
      const auto* const kind =
          std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& k) { return k.first == s->value; });
      if (kind == std::end(kinds)) return settings_.fault(*s, fmt::format("there is no kind '{}'", s->value), "");
      rule.code = kind->second;
    }
    rule.fix_only = rule.code < Code::W0411;
    if (const style::Setting* const s = settings_.find(key("fix"))) {
      // What a string of JSON or markup would have to escape is none.
      if (s->value.find_first_of("\"\\<>\n\t") != std::string::npos)
        settings_.fault(*s, fmt::format("'{}' can't be put into a source", s->value), "");
      rule.fix = s->value;
    }
    rule.alternatives = rule.code == Code::W0424;
    rule.needs = pattern(settings_.find(key("needs")));
    rule.pattern = pattern(settings_.require(key("pattern")), rule.needs != nullptr);
    rule.unless = pattern(settings_.find(key("unless")), rule.needs != nullptr);
    if (const style::Setting* const s = settings_.require(key("says"))) rule.message = s->value;
    if (const style::Setting* const s = settings_.require(key("hint"))) rule.hint = s->value;
    const style::Setting* const except = settings_.find(key("except"));
    const std::vector<std::string> languages = except != nullptr ? words_of(except->value) : std::vector<std::string>();
    if (std::find(languages.begin(), languages.end(), language_) != languages.end()) return;
    const bool nearer =
        std::any_of(rules.rules.begin(), rules.rules.end(), [&](const Rule& r) { return r.name == name; });
    if (rule.pattern && !nearer) rules.rules.push_back(std::move(rule));
  }

  // One that is compiled later matches nothing if it is none: unit.proof compiles all that the files hold.
  std::shared_ptr<const Rule::Pattern> pattern(const style::Setting* setting, bool later = false) {
    if (setting == nullptr) return nullptr;
    auto made = std::make_shared<const Rule::Pattern>(setting->value);
    if (later || made->expression().ok()) return made;
    settings_.fault(*setting, fmt::format("not a pattern: {}", made->expression().error()), "patterns are RE2's");
    return nullptr;
  }

  std::string language_;  // without script and region
  style::Settings& settings_;
};

bool read_file_of(const std::string& name, std::string_view language, const std::string& data_folder, diag::Sink& sink,
                  Rules& rules) {
  const std::string own = data_folder + std::string(folder);
  style::Settings settings(sink, Code::E0510);
  if (!settings.read(fmt::format("{}{}.xml", own, name), fmt::format("layouts/checks/{}.xml", name), "checks", own,
                     "layouts/checks/"))
    return false;
  Reader(std::string(language.substr(0, language.find('-'))), settings).read(rules);
  return settings.sound();
}

}  // namespace

std::optional<Rules> read_rules(std::string_view language, const std::string& data_folder, diag::Sink& sink) {
  Rules rules;
  // The nearest file's rules go first: those of the same name in a file further off are left out.
  for (std::string_view tag = language; !tag.empty(); tag = tag.substr(0, std::min(tag.rfind('-'), tag.size()))) {
    const std::string name(tag);
    const bool is_there = access(fmt::format("{}{}{}.xml", data_folder, folder, name).c_str(), F_OK) == 0;
    if (is_there && !read_file_of(name, language, data_folder, sink, rules)) return std::nullopt;
    if (tag.find('-') == std::string_view::npos) break;
  }
  if (!read_file_of("all", language, data_folder, sink, rules)) return std::nullopt;
  return rules;
}

std::optional<Match> next_match(const Rule& rule, std::string_view text, std::size_t from) {
  const re2::StringPiece whole(text.data(), text.size());
  if (rule.needs && !rule.needs->expression().Match(whole, from, whole.size(), RE2::UNANCHORED, nullptr, 0))
    return std::nullopt;
  while (from < text.size()) {
    constexpr int most_groups = 4;
    re2::StringPiece groups[most_groups + 1];
    const RE2& expression = rule.pattern->expression();
    const int asked = std::min(most_groups, expression.NumberOfCapturingGroups()) + 1;
    if (!expression.Match(whole, from, whole.size(), RE2::UNANCHORED, groups, asked)) return std::nullopt;
    // Of a pattern's choices one group has matched; without groups the whole is meant.
    const re2::StringPiece* const matched =
        std::find_if(groups + 1, groups + asked, [](const re2::StringPiece& group) { return group.data() != nullptr; });
    const re2::StringPiece& place = matched != groups + asked ? *matched : groups[0];
    const auto begin = static_cast<std::size_t>(place.data() - text.data());
    from = std::max(from + 1, static_cast<std::size_t>(groups[0].data() - text.data()) + groups[0].size());
    if (place.empty() || (rule.unless && RE2::PartialMatch(groups[0], rule.unless->expression()))) continue;
    return Match{begin, begin + place.size()};
  }
  return std::nullopt;
}

}  // namespace epitome::proof
