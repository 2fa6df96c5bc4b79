#include "site/entry.hpp"

#include <simdjson.h>

#include <algorithm>
#include <type_traits>

#include "site/json.hpp"

namespace epitome::site {

namespace {

// One list of members for writing and reading, so that neither forgets one.
template <typename OneEntry, typename Field>
void each_field(OneEntry& entry, const Field& field) {
  field("page", entry.page);
  field("stem", entry.stem);
  field("work", entry.work);
  field("work-keys", entry.work_keys);
  field("lang", entry.lang);
  field("language-name", entry.language_name);
  field("rtl", entry.rtl);
  field("variant", entry.variant);
  field("identifier", entry.identifier);
  field("title", entry.title);
  field("subtitle", entry.subtitle);
  field("title-lang", entry.title_lang);
  field("sort-title", entry.sort_title);
  field("name", entry.name);
  field("kind", entry.kind);
  field("contains", entry.contains);
  field("authors", entry.authors);
  field("subjects", entry.subjects);
  field("author-line", entry.author_line);
  field("description", entry.description);
  field("date", entry.date);
  field("modified", entry.modified);
  field("editor", entry.editor);
  field("brand", entry.brand);
  field("licence", entry.licence);
  field("licence-href", entry.licence_href);
  field("rights", entry.rights);
  field("isbn", entry.isbn);
  field("published", entry.published);
  field("original-language", entry.original_language);
  field("cover-alternative", entry.cover_alternative);
  field("accessibility", entry.accessibility);
  field("accessibility-summary", entry.accessibility_summary);
  field("cues", entry.has_cues);
  field("fragments", entry.fragments);
  field("questions", entry.questions);
  field("downloads", entry.downloads);
}

template <typename Row, typename Field>
void each_member(Row& row, const Field& field) {
  if constexpr (std::is_same_v<std::remove_const_t<Row>, Fragment>) {
    field("kind", row.kind);
    field("html", row.html);
  } else if constexpr (std::is_same_v<std::remove_const_t<Row>, Question>) {
    field("question", row.question);
    field("answer", row.answer);
  } else if constexpr (std::is_same_v<std::remove_const_t<Row>, Download>) {
    field("product", row.product);
    field("path", row.path);
    field("bytes", row.bytes);
    field("pages", row.pages);
    field("width", row.width);
    field("height", row.height);
  } else {
    field("property", row.first);
    field("value", row.second);
  }
}

void put(Json& json, const std::string& text) { json.item(text); }
void put(Json& json, bool value) { json.item(std::uint64_t{value}); }
void put(Json& json, std::uint64_t number) { json.item(number); }
template <typename Row>
void put(Json& json, const Row& row) {
  json.begin();
  each_member(row, [&](const char* key, const auto& value) {
    json.name(key);
    put(json, value);
  });
  json.end();
}
template <typename Item>
void put(Json& json, const std::vector<Item>& items) {
  json.begin_list();
  for (const Item& item : items) put(json, item);
  json.end_list();
}

using Value = simdjson::dom::element;

bool get(const Value& from, std::string& text) {
  std::string_view found;
  if (from.get(found) != simdjson::SUCCESS) return false;
  text = found;
  return true;
}
bool get(const Value& from, std::uint64_t& number) { return from.get(number) == simdjson::SUCCESS; }
bool get(const Value& from, bool& value) {
  std::uint64_t number = 0;
  const bool found = get(from, number);
  value = number != 0;
  return found;
}
template <typename Item>
bool get(const Value& from, const char* key, Item& item);
template <typename Row>
bool get(const Value& from, Row& row) {
  bool whole = true;
  each_member(row, [&](const char* key, auto& value) { whole = get(from, key, value) && whole; });
  return whole;
}
template <typename Item>
bool get(const Value& from, std::vector<Item>& items) {
  simdjson::dom::array found;
  if (from.get(found) != simdjson::SUCCESS) return false;
  return std::all_of(found.begin(), found.end(), [&](const Value& one) { return get(one, items.emplace_back()); });
}
template <typename Item>
bool get(const Value& from, const char* key, Item& item) {
  Value found;
  return from[key].get(found) == simdjson::SUCCESS && get(found, item);
}

}  // namespace

const Download* Entry::download(std::string_view product) const {
  const auto at =
      std::find_if(downloads.begin(), downloads.end(), [&](const Download& one) { return one.product == product; });
  return at == downloads.end() ? nullptr : &*at;
}

std::string write_entry(const Entry& entry) {
  Json json;
  json.begin();
  each_field(entry, [&](const char* key, const auto& value) {
    json.name(key);
    put(json, value);
  });
  json.end();
  return json.take();
}

std::optional<Entry> read_entry(std::string_view json) {
  simdjson::dom::parser parser;
  Value tree;
  if (parser.parse(json.data(), json.size()).get(tree) != simdjson::SUCCESS) return std::nullopt;
  Entry entry;
  bool whole = true;
  each_field(entry, [&](const char* key, auto& value) { whole = get(tree, key, value) && whole; });
  return whole ? std::optional(std::move(entry)) : std::nullopt;
}

}  // namespace epitome::site
