#include <fmt/format.h>

#include "site/json.hpp"
#include "site/pages.hpp"
#include "site/products.hpp"

namespace epitome::site {

namespace {

class JsonLd {
 public:
  JsonLd(const Site& site, const Entry& entry)
      : entry_(entry), addresses_(site.addresses()), path_(entry.page + "index.html") {}

  std::string write() {
    json_.begin();
    json_.put("@context", "https://schema.org");
    json_.begin_list("@graph");
    summary();
    questions();
    json_.end_list();
    json_.end();
    return json_.take();
  }

 private:
  void person(std::string_view name) {
    json_.begin();
    json_.put("@type", "Person");
    json_.put("name", name);
    json_.end();
  }

  void summary() {
    json_.begin();
    json_.put("@type", "Book");
    json_.put("@id", entry_.identifier);
    if (addresses_.are_whole()) json_.put("url", addresses_.whole(path_, path_));
    json_.put("name", entry_.name);
    json_.put("inLanguage", entry_.lang);
    json_.put("abstract", entry_.description);
    json_.put("datePublished", entry_.date);
    json_.put("dateModified", entry_.modified);
    if (const std::uint64_t pages = page_count(entry_); pages != 0) json_.put("numberOfPages", pages);
    if (!entry_.editor.empty()) {
      json_.begin_list("author");
      person(entry_.editor);
      json_.end_list();
    }
    if (!entry_.brand.empty()) {
      json_.begin("publisher");
      json_.put("@type", "Organization");
      json_.put("name", entry_.brand);
      json_.end();
    }
    json_.put("license", entry_.licence_href.empty() ? entry_.licence : entry_.licence_href);
    json_.put("copyrightNotice", entry_.rights);
    texts("keywords", entry_.subjects);
    if (const Download* const cover = entry_.download("cover"))
      json_.put("image", addresses_.whole(path_, cover->path));
    accessibility();
    files();
    work();
    json_.end();
  }

  void texts(std::string_view key, const std::vector<std::string>& all) {
    if (all.empty()) return;
    json_.begin_list(key);
    for (const std::string& text : all) json_.item(text);
    json_.end_list();
  }

  // Rows of one property stand together.
  void accessibility() {
    std::string open;
    for (const auto& [property, value] : entry_.accessibility) {
      if (property != open) {
        if (!open.empty()) json_.end_list();
        json_.begin_list(property);
        open = property;
      }
      json_.item(value);
    }
    if (!open.empty()) json_.end_list();
    json_.put("accessibilitySummary", entry_.accessibility_summary);
  }

  void files() {
    json_.begin_list("encoding");
    for (const Product& product : products) {
      const Download* const file = entry_.download(product.name);
      if (file == nullptr) continue;
      json_.begin();
      json_.put("@type", "MediaObject");
      json_.put("name", product.label);
      json_.put("encodingFormat", product.media_type);
      json_.put("contentUrl", addresses_.whole(path_, file->path));
      json_.put("contentSize", fmt::format("{} B", file->bytes));
      json_.end();
    }
    json_.end_list();
  }

  // The book that is summarised.
  void work() {
    json_.begin("about");
    json_.put("@type", "Book");
    json_.put("name", entry_.title);
    json_.put("alternativeHeadline", entry_.subtitle);
    json_.begin_list("author");
    for (const std::string& author : entry_.authors) person(author);
    json_.end_list();
    json_.put("isbn", entry_.isbn);
    json_.put("datePublished", entry_.published);
    json_.put("inLanguage", entry_.original_language);
    json_.end();
  }

  void questions() {
    if (entry_.questions.empty()) return;
    json_.begin();
    json_.put("@type", "FAQPage");
    json_.put("inLanguage", entry_.lang);
    json_.begin_list("mainEntity");
    for (const auto& [question, answer] : entry_.questions) {
      json_.begin();
      json_.put("@type", "Question");
      json_.put("name", question);
      json_.begin("acceptedAnswer");
      json_.put("@type", "Answer");
      json_.put("text", answer);
      json_.end();
      json_.end();
    }
    json_.end_list();
    json_.end();
  }

  const Entry& entry_;
  const Addresses& addresses_;
  const std::string path_;
  Json json_;
};

}  // namespace

std::string json_ld(const Site& site, const Entry& entry) {
  const std::string json = JsonLd(site, entry).write();
  std::string out;
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";  // no end tag of the script, and no comment, begins
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace epitome::site
