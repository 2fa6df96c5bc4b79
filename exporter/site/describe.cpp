#include "site/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "image/convert.hpp"
#include "model/title.hpp"
#include "site/addresses.hpp"
#include "site/fragment.hpp"

namespace epitome::site {

namespace {

// In the order of the page: what may be known before the warnings, then they, then what gives something away.
constexpr std::array<std::string_view, 7> shown_kinds = {"warnings",  "hook",  "overview", "takeaways",
                                                         "questions", "about", "imprint"};

// Of a picture that stands in lists: sharp at 160 pixels' width on a fine screen.
constexpr image::JpegLimits thumbnail{std::uint64_t{320} * 480, 40'000};

// What a section is called in shown_kinds.
std::string kind_of(const book::Section& section) {
  return section.part != nullptr ? std::string(model::row(section.part->kind()).element) : section.id;
}

class Describer {
 public:
  Describer(const epub::Inputs& inputs, const epub::Package& package, const std::string& stem, std::string small_cover,
            diag::Sink& sink)
      : in_(inputs),
        document_(inputs.book.document),
        package_(package),
        small_cover_(std::move(small_cover)),
        sink_(sink) {
    out_.entry.stem = stem;
  }

  Description describe() {
    who_and_what();
    cover();
    fragments();
    for (const model::Part& part : document_.parts) {
      if (const auto* const questions = std::get_if<model::Questions>(&part.value)) add_questions(*questions);
      if (const auto* const cues = std::get_if<model::Cues>(&part.value)) entry().has_cues |= !cues->items.empty();
    }
    return std::move(out_);
  }

 private:
  Entry& entry() { return out_.entry; }

  void who_and_what() {
    const model::Work& work = document_.work;
    const model::Edition& edition = document_.edition;
    const book::Book& book = in_.book;
    Entry& e = entry();
    std::string folder = e.lang = edition.lang;
    std::transform(folder.begin(), folder.end(), folder.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    e.variant = edition.variant;
    if (!e.variant.empty()) folder += '-' + key_of(e.variant);
    e.work = edition.work_uuid;
    e.work_keys = work_keys();
    e.page = fmt::format("s/{}-{}/{}/", e.stem, e.work.substr(0, 8), folder);
    e.language_name = book.language.name;
    e.rtl = edition.dir == model::Direction::rtl;
    e.identifier = edition.identifier;
    e.title = model::full_title(work.title);
    e.title_lang = work.title.lang;
    e.subtitle = work.subtitle;
    e.sort_title = model::sort_title(work.title);
    e.name = book.sentence("document-title");
    e.kind = book.generated.kind;
    e.contains = book.generated.contains;
    for (const model::Contributor& who : work.contributors)
      if (who.role == "aut") e.authors.push_back(who.name);
    e.author_line = book.generated.author;
    e.subjects = work.subjects;
    e.description = description();
    e.date = edition.date;
    e.modified = book.modified.substr(0, 10);
    e.editor = edition.author;
    e.brand = edition.brand_name;
    e.licence = edition.licence;
    e.licence_href = edition.licence_href;
    e.rights = edition.rights;
    e.isbn = work.isbn;
    std::erase_if(e.isbn, [](char c) { return c == '-' || c == ' '; });
    e.published = work.first_published;
    e.original_language = work.original_language;
    for (const epub::AccessibilityRow& row : epub::accessibility_rows(in_)) {
      std::string_view property = row.property;
      property.remove_prefix(property.find(':') + 1);
      e.accessibility.emplace_back(property, row.value);
    }
    e.accessibility_summary = book.language.label("accessibility-summary");
  }

  // A translation's title is another, and its author's name may be in another script; `sort` names him for shelves.
  std::vector<std::string> work_keys() const {
    const model::Work& work = document_.work;
    const auto author = std::find_if(work.contributors.begin(), work.contributors.end(),
                                     [](const model::Contributor& who) { return who.role == "aut"; });
    const model::Contributor& main = author != work.contributors.end() ? *author : work.contributors.front();
    const std::string title = work.original_title.empty() ? model::full_title(work.title) : work.original_title;
    std::vector<std::string> keys = {"title " + title + '\n' + main.sort, "id " + document_.edition.identifier};
    for (const model::Sibling& sibling : document_.edition.siblings) keys.push_back("id " + sibling.href);
    std::string isbn = work.isbn;
    std::erase_if(isbn, [](char c) { return c == '-' || c == ' '; });
    constexpr std::size_t short_isbn = 10;
    if (isbn.size() == short_isbn) isbn = "978" + isbn;
    if (!isbn.empty()) isbn.pop_back();  // the check digit, which differs between the two forms
    if (!isbn.empty()) keys.push_back("isbn " + isbn);
    return keys;
  }

  // The hook is written for exactly this.
  std::string description() const {
    std::string out;
    for (const model::Part& part : document_.parts) {
      if (const auto* const hook = std::get_if<model::Hook>(&part.value)) out += paragraphs(hook->content).value_or("");
    }
    return out.empty() ? in_.book.sentence("description") : out;
  }

  // Their texts; nothing if one gives something away.
  template <typename Blocks>
  std::optional<std::string> paragraphs(const Blocks& blocks) const {
    std::string out;
    for (const model::Block& block : blocks) {
      const auto* const paragraph = std::get_if<model::Paragraph>(&block.value);
      if (paragraph == nullptr) continue;
      if (model::holds_spoiler(paragraph->content)) return std::nullopt;
      if (!out.empty()) out += ' ';
      out += in_.book.shown(paragraph->content);
    }
    return out;
  }

  void add_questions(const model::Questions& questions) {
    for (const model::Question& one : questions.items) {
      std::optional<std::string> answer = paragraphs(one.answer);
      if (model::holds_spoiler(one.question) || !answer || answer->empty()) continue;
      entry().questions.push_back({in_.book.shown(one.question), std::move(*answer)});
    }
  }

  std::string add(Download file, const std::string& name, std::string bytes) {
    FileAddress address = file_address(name, bytes);
    file.path = std::move(address.path);
    file.bytes = bytes.size();
    entry().downloads.push_back(file);
    out_.pictures.push_back({std::move(file), std::move(bytes), std::move(address.sha256)});
    return out_.pictures.back().file.path;
  }
  void add_cover(const char* product, const std::string& name, std::string bytes, const image::Image& measured) {
    add({product, {}, 0, 0, measured.width, measured.height}, name, std::move(bytes));
  }

  void cover() {
    std::string bytes;
    for (const epub::Resource& resource : package_.resources)
      if (resource.path.starts_with("EPUB/images/cover.")) bytes = std::get<std::string>(resource.content);
    const std::string& stem = entry().stem;
    const std::string alternative = document_.work.cover ? document_.work.cover->alternative : std::string();
    entry().cover_alternative = alternative.empty() ? in_.book.sentence("cover.alternative") : alternative;
    const image::Image whole = image::measure(std::move(bytes));
    add_cover("cover", stem + (whole.kind == image::Kind::jpeg ? ".jpg" : ".png"), whole.bytes, whole);
    std::optional<std::string> small = std::move(small_cover_);
    if (small->empty()) small = image::as_jpeg(whole, thumbnail, {}, sink_);
    if (!small) return;
    image::Image measured = image::measure(std::move(*small));
    const char* const ending = measured.kind == image::Kind::png ? ".small.png" : ".small.jpg";
    add_cover("thumbnail", stem + ending, std::move(measured.bytes), measured);
  }

  // Content documents stand in the order of the sections; the navigation comes behind them.
  void fragments() {
    constexpr std::string_view folder = "EPUB/";
    std::map<std::string, pugi::xml_node, std::less<>> sections;
    Kept kept;
    std::size_t number = 0;
    for (const epub::Resource& resource : package_.resources) {
      if (resource.media_type != epub::content_document_type || number == in_.book.sections.size()) continue;
      const std::string kind = kind_of(in_.book.sections[number++]);
      if (std::find(shown_kinds.begin(), shown_kinds.end(), kind) == shown_kinds.end()) continue;
      const pugi::xml_node section =
          std::get<pugi::xml_document>(resource.content).child("html").child("body").child("section");
      sections.emplace(kind, section);
      kept.emplace(resource.path.substr(folder.size()), section.attribute("id").value());
    }
    for (const std::string_view kind : shown_kinds) {
      const auto found = sections.find(kind);
      if (found == sections.end()) continue;
      entry().fragments.push_back(
          {std::string(kind), html_of(found->second, kept, [&](std::string_view path) { return picture(path); })});
    }
  }

  // Where a picture of the text stands, from the page.
  std::string picture(std::string_view path) {
    const std::string name = path.empty() ? std::string() : std::string(path.substr(path.rfind('/') + 1));
    for (const epub::Resource& resource : package_.resources) {
      const auto* const bytes = std::get_if<std::string>(&resource.content);
      if (bytes == nullptr || !resource.path.ends_with(path)) continue;
      std::string address = file_address(name, *bytes).path;
      const auto is_there = [&](const Picture& known) { return known.file.path == address; };
      if (std::none_of(out_.pictures.begin(), out_.pictures.end(), is_there)) address = add({}, name, *bytes);
      return Addresses::relative(entry().page, address);
    }
    return {};
  }

  const epub::Inputs& in_;
  const model::Document& document_;
  const epub::Package& package_;
  std::string small_cover_;
  diag::Sink& sink_;
  Description out_;
};

}  // namespace

Description describe(const epub::Inputs& inputs, const epub::Package& package, const std::string& stem,
                     std::string small_cover, diag::Sink& sink) {
  return Describer(inputs, package, stem, std::move(small_cover), sink).describe();
}

}  // namespace epitome::site
