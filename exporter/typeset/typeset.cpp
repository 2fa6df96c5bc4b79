#include "typeset/typeset.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diag/utf8.hpp"
#include "model/uuid.hpp"
#include "style/read_language.hpp"
#include "typeset/blocks/blocks.hpp"
#include "typeset/parts/collect.hpp"
#include "typeset/place/place.hpp"

namespace epitome::typeset {

namespace {

// The most passes. A page number that changes may change the number of its paragraph's lines, and these the pages:
// there and back for ever, unless it is at last set in the lines that the pages have room for.
constexpr int passes_max = 4, passes_free = 2;

// Each layout's PDF is another file and has an identifier of its own.
std::string identifier(const model::Edition& edition, const style::Layout& layout) {
  return "urn:uuid:" + model::uuid_v5(edition.work_uuid, edition.identifier + "\n" + layout.name);
}

// Credits of the layout's fonts, or, for a language in other letters than Latin, Greek and Cyrillic, of the fallback
// font that has its letters.
std::vector<std::string> font_credits(const Inputs& inputs) {
  const std::vector<text::FontEntry>& all = inputs.fonts.entries();
  // Before U+0530 stand Latin, Greek and Cyrillic letters.
  if (diag::decode_utf8(inputs.book.language.label("contents"), 0).value >= 0x530) {
    const std::string script = style::script_of(inputs.book.language.tag);
    for (const text::FontEntry& entry : all)
      if (entry.role == "fallback" && !script.empty() && entry.scripts.find(script) != std::string::npos)
        return {entry.credit};
  }
  std::vector<std::string> credits;
  for (const style::FaceChoice& choice : inputs.layout.faces) {
    for (const text::FontEntry& entry : all) {
      if (entry.family != choice.family || entry.style != choice.style || entry.credit.empty()) continue;
      if (std::find(credits.begin(), credits.end(), entry.credit) == credits.end()) credits.push_back(entry.credit);
    }
  }
  return credits;
}

}  // namespace

page::Metadata metadata(const book::Book& book, const style::Layout& layout) {
  const model::Document& document = book.document;
  const model::Edition& edition = document.edition;
  page::Metadata made;
  made.title = book.sentence("document-title");
  // As the EPUB's creators: the summary's own author; where nobody is named, the book's.
  if (!edition.author.empty()) made.authors.push_back(edition.author);
  for (const model::Contributor& contributor : document.work.contributors) {
    if (contributor.role == "aut" && edition.author.empty()) made.authors.push_back(contributor.name);
  }
  made.description = book.sentence("description");
  made.subject = made.description;
  made.keywords = document.work.subjects;
  made.lang = edition.lang;
  made.identifier = identifier(edition, layout);
  made.publisher = edition.brand_name;
  made.rights = edition.rights + (edition.rights.empty() || edition.licence.empty() ? "" : " ") + edition.licence;
  made.rights_href = edition.licence_href;
  made.source_type = model::digital_source_type(edition.maker);
  made.created = book.created;
  made.modified = book.modified;
  made.rtl = edition.dir == model::Direction::rtl;
  return made;
}

std::optional<Typeset> typeset(const Inputs& inputs, diag::Sink& sink) {
  const std::size_t errors_before = sink.error_count();
  std::vector<model::Inlines> imprint = inputs.book.imprint(font_credits(inputs));
  ParagraphCache cache(text_options(inputs), inputs.book.language);

  PageLabels labels = guess_pages(inputs.book, inputs.layout);
  Flow flow;
  std::vector<PlannedPage> pages;
  std::uint32_t passes = 0;
  diag::Sink pass_sink;
  for (bool settled = false; !settled && passes < passes_max;) {
    pass_sink = {};
    cache.start_pass();
    Collected collected = collect(inputs, imprint, cache, labels, pass_sink);
    if (pass_sink.has_errors()) {
      sink.append(pass_sink);
      return std::nullopt;
    }
    flow = std::move(collected.flow);
    pages = plan_pages(flow, inputs.layout, inputs.book.language, cache);
    ++passes;
    PageLabels found = labels_of(flow, pages);
    settled = cache.show_pages(flow, found, passes > passes_free);
    for (const std::string& id : collected.shown) {
      const auto before = labels.find(id), after = found.find(id);
      const std::string_view shown = before == labels.end() ? unknown_label : std::string_view(before->second);
      if (after != found.end() && after->second != shown) settled = false;
    }
    for (const std::string& id : collected.spoilers) {
      if (spoiler_elsewhere(found, id) != spoiler_elsewhere(labels, id)) settled = false;
    }
    labels = std::move(found);
    if (!settled && passes == passes_max) {
      sink.report(diag::Code::W0603, {}, fmt::format("page numbers in the text did not settle in {} passes", passes),
                  {"a cross-reference pushes its own target to another page: change the paragraph that holds it"});
    }
  }
  sink.append(pass_sink);

  Placer placer(inputs, std::move(flow), std::move(pages), labels, cache);
  Placed placed = placer.place(sink);
  cache.report(sink);  // with what only pages hold
  if (sink.error_count() != errors_before) return std::nullopt;
  placed.figures.passes = passes;
  Typeset result{std::move(placed.pages), std::move(placed.page_map), std::move(placed.figures),
                 std::move(placed.inspection), std::move(imprint)};
  result.pages.metadata = metadata(inputs.book, inputs.layout);
  result.pages.printing = inputs.layout.printing;
  result.page_map.source = result.pages.metadata.identifier;
  return result;
}

}  // namespace epitome::typeset
