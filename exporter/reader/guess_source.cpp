#include "reader/guess_source.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "diag/limits.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

namespace {

// Front matter in TOML as YAML that says the same.
class YamlOfToml {
 public:
  YamlOfToml(const diag::SourceText& toml, std::uint32_t begin) : toml_(toml), begin_(begin) {}

  PlacedText run(const toml::table& root) {
    keys(root);
    return std::move(out_);
  }

  std::uint32_t place(const toml::source_position& at) const { return begin_ + toml_.offset({at.line, at.column}); }

 private:
  using Entry = std::pair<const toml::key*, const toml::node*>;

  // In the order of the source.
  static std::vector<Entry> entries(const toml::table& table) {
    std::vector<Entry> out;
    for (const auto& [key, value] : table) out.emplace_back(&key, &value);
    std::sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) {
      const toml::source_position &first = a.first->source().begin, &second = b.first->source().begin;
      return std::tie(first.line, first.column) < std::tie(second.line, second.column);
    });
    return out;
  }

  // A line each; those of a [table] as if they stood before it.
  void keys(const toml::table& table) {
    for (const auto& [key, value] : entries(table)) {
      if (const toml::table* const inner = value->as_table(); inner != nullptr && !inner->is_inline()) {
        keys(*inner);
        continue;
      }
      entry(*key, *value);
      out_.add("\n", place(value->source().end));
    }
  }

  void entry(const toml::key& key, const toml::node& value) {
    out_.add(diag::json_string(key.str()) + ": ", place(key.source().begin));
    add(value);
  }

  void add(const toml::node& value) {
    const std::uint32_t begin = place(value.source().begin), end = place(value.source().end);
    if (const toml::array* const list = value.as_array()) {
      out_.add("[", begin);
      for (const toml::node& one : *list) {
        add(one);
        out_.add(", ", place(one.source().end));
      }
      out_.add("]", end);
    } else if (const toml::table* const inner = value.as_table()) {
      out_.add("{", begin);
      for (const auto& [key, one] : entries(*inner)) {
        entry(*key, *one);
        out_.add(", ", place(one->source().end));
      }
      out_.add("}", end);
    } else if (const toml::value<std::string>* const text = value.as_string()) {
      std::string words = text->get();
      std::replace_if(words.begin(), words.end(), is_space, ' ');  // white space in texts is one space
      out_.add(diag::json_string(words), begin);
    } else {
      out_.add_source(std::string_view(toml_.bytes()).substr(begin - begin_, end - begin), begin);
    }
  }

  const diag::SourceText& toml_;
  std::uint32_t begin_;
  PlacedText out_;
};

}  // namespace

std::optional<std::size_t> deep_toml_key(std::string_view toml) {
  char quote = '\0';
  std::size_t parts = 0;
  for (std::size_t i = 0; i < toml.size(); ++i) {
    const char c = toml[i];
    if (quote != '\0') {
      if (c == '\\' && quote == '"') ++i;
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#') {
      i = std::min(toml.find('\n', i), toml.size());
      parts = 0;
    } else if (c == '.') {
      if (++parts > limits::nesting) return i;
    } else if (c == '\n' || c == '=' || c == ',') {
      parts = 0;
    }
  }
  return {};
}

std::optional<PlacedText> yaml_of_toml(std::string_view bytes, std::size_t& body, Faults& faults) {
  constexpr std::string_view fence = "+++", blanks = " \t\r";
  const auto is_fence = [&](std::size_t at) {
    return bytes.substr(at).starts_with(fence) &&
           std::min(bytes.find_first_not_of(blanks, at + fence.size()), bytes.size()) ==
               std::min(bytes.find('\n', at), bytes.size());
  };
  if (!is_fence(0)) return {};
  const std::size_t first = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
  std::size_t end = bytes.find("\n+++", first - 1);
  while (end != std::string_view::npos && !is_fence(end + 1)) end = bytes.find("\n+++", end + 1);
  if (end == std::string_view::npos) return {};
  body = std::min(bytes.find('\n', end + 1), bytes.size() - 1) + 1;
  const std::string_view text = bytes.substr(first, end + 1 - std::min(first, end + 1));
  PlacedText out;
  if (text.size() > limits::front_matter) {
    out.add(text, 0);  // what is too long is told by who reads it
  } else if (const std::optional<std::size_t> deep = deep_toml_key(text)) {
    faults.add(diag::Code::E0111, {static_cast<std::uint32_t>(first + *deep), 1},
               fmt::format("a key has more than {} parts", limits::nesting), {"write it shorter"});
  } else {
    const diag::SourceText toml({}, std::string(text));
    YamlOfToml yaml(toml, static_cast<std::uint32_t>(first));
    try {
      out = yaml.run(toml::parse(text));
    } catch (const toml::parse_error& error) {
      faults.add(diag::Code::E0111, {yaml.place(error.source().begin), 1}, std::string(error.description()),
                 {"the form is TOML's: name = \"value\" (toml.io)"});
    }
  }
  out.begins.push_back(static_cast<std::uint32_t>(end));
  return out;
}

}  // namespace epitome::reader
