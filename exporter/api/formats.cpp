// The table of formats, and what writes each of a journey's.
#include "api/formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "anki/deck.hpp"
#include "api/journey.hpp"
#include "api/read_aloud.hpp"
#include "book/words.hpp"
#include "epub/flavours.hpp"
#include "impose/booklet.hpp"
#include "impose/cards.hpp"
#include "model/dump.hpp"
#include "model/uuid.hpp"
#include "page/black.hpp"
#include "pdf/write_pdf.hpp"
#include "report/report.hpp"

namespace epitome {

namespace {

std::string dump_page_map(const model::PageMap& map) {
  std::string out = "page map\n";
  for (const model::PageBreak& turn : map.breaks) {
    fmt::format_to(std::back_inserter(out), "  {} {} {}\n", turn.label, turn.id, turn.offset);
  }
  return out;
}

using Written = std::optional<std::string>;

Written write_own(Journey& journey, page::Pages pages) {
  if (journey.options().black && !page::make_black(pages, journey.sink())) return std::nullopt;
  return pdf::write_pdf(pages, {producer()}, journey.sink());
}

Written write_pdf(Journey& journey) {
  const page::Pages& pages = journey.typeset()->pages;
  return journey.options().black ? write_own(journey, pages) : pdf::write_pdf(pages, {producer()}, journey.sink());
}

// Sheets, which the summary counts if there is no PDF.
Written write_sheets(Journey& journey, page::Pages sheets) {
  journey.count_sheets(sheets.pages.size());
  return write_own(journey, std::move(sheets));
}

// Of a product that is made from the layout's pages.
void give_identifier(const Journey& journey, page::Pages& pages, std::string_view product) {
  const std::string& work = journey.book().document.edition.work_uuid;
  pages.metadata.identifier =
      "urn:uuid:" + model::uuid_v5(work, fmt::format("{}\n{}", pages.metadata.identifier, product));
}

bool has_cues(const book::Book& book) {
  const auto& parts = book.document.parts;
  return std::any_of(parts.begin(), parts.end(), [](const model::Part& part) {
    const auto* const cues = std::get_if<model::Cues>(&part.value);
    return cues != nullptr && !cues->items.empty();
  });
}

// Says so if there are none.
bool needs_cues(Journey& journey) {
  if (has_cues(journey.book())) return true;
  journey.sink().report(diag::Code::E0703, {}, "the summary has no memory cues",
                        {"<cues> holds them: a question or a name, and what to remember"});
  return false;
}

// The pages of a booklet: those of the PDF. Its file is another and has an identifier of its own.
std::optional<page::Pages> booklet_pages(Journey& journey) {
  std::optional<page::Pages> pages;
  if (journey.typeset() != nullptr && journey.pages_are_seen()) {
    pages = journey.typeset()->pages;
  } else {
    pages = journey.set_apart(journey.layout(), [](const typeset::Inputs& inputs, diag::Sink& sink) {
      std::optional<typeset::Typeset> set = typeset::typeset(inputs, sink);
      return set ? std::optional(std::move(set->pages)) : std::nullopt;
    });
  }
  if (pages) give_identifier(journey, *pages, "booklet");
  return pages;
}

// The sides of the cards; no more than `height_max` high.
std::optional<page::Pages> cue_pages(Journey& journey, const std::string& layout_name, model::Length height_max) {
  if (!needs_cues(journey)) return std::nullopt;
  Shared& shared = journey.shared();
  const style::Layout* const layout = shared.layout(shared.data_folder + "/layouts/sheets/" + layout_name,
                                                    journey.book().language.lines, journey.sink());
  if (layout == nullptr) return std::nullopt;
  return journey.set_apart(*layout, [height_max](const typeset::Inputs& inputs, diag::Sink& sink) {
    return typeset::cue_faces(inputs, height_max, sink);
  });
}

Written write_booklet(Journey& journey) {
  std::optional<page::Pages> pages = booklet_pages(journey);
  if (!pages) return std::nullopt;
  const BookletOptions& asked = journey.options().booklet;
  const book::Section& last = journey.book().sections.back();
  const bool brand = last.part == nullptr || last.part->kind() == model::PartKind::brand;
  const impose::Booklet options{asked.signature, asked.paper_weight, asked.marks,
                                brand && !journey.layout().front_runs_on};
  return write_sheets(journey, impose::booklet(std::move(*pages), options));
}

Written write_cards(Journey& journey) {
  const CardOptions& asked = journey.options().cards;
  const auto hundredths = [](int count) { return model::Length::pt(72).scaled(count, 2540); };
  const bool a7 = asked.size == CardSize::a7;
  impose::CardSheets options{a7 ? hundredths(21000) : model::Length::pt(792),
                             a7 ? hundredths(29700) : model::Length::pt(612),
                             asked.duplex,
                             hundredths(asked.back_right),
                             hundredths(asked.back_down),
                             asked.registration};
  std::optional<page::Pages> faces = cue_pages(journey, a7 ? "a7" : "3x5", options.height);
  if (!faces) return std::nullopt;
  return write_sheets(journey, impose::card_sheets(std::move(*faces), options));
}

// The summary on one page, on the paper of a layout that may be another than the PDF's: another file, with an
// identifier of its own.
Written write_brief(Journey& journey) {
  const style::Layout* const layout =
      journey.shared().layout(journey.options().brief_layout, journey.book().language.lines, journey.sink());
  if (layout == nullptr) return std::nullopt;
  std::optional<page::Pages> pages = journey.set_apart(*layout, typeset::brief);
  if (!pages) return std::nullopt;
  give_identifier(journey, *pages, "brief");
  return write_sheets(journey, std::move(*pages));
}

Written write_anki(Journey& journey) {
  if (!needs_cues(journey)) return std::nullopt;
  return anki::write_deck(journey.book(), journey.file_stem());
}

Written write_package(Journey& journey, std::optional<epub::Package> package) {
  return package ? epub::write_epub(epub::serialise(std::move(*package)), journey.sink()) : std::nullopt;
}

Written write_epub(Journey& journey) {
  const ReadAloud& asked = journey.options().read_aloud;
  std::optional<epub::Package> package = journey.package(asked.is_asked_for());
  if (package && asked.is_asked_for() &&
      !api::read_aloud(*package, journey.book(), asked, journey.sink(), journey.of_other_files()))
    return std::nullopt;
  return write_package(journey, std::move(package));
}

Written write_kepub(Journey& journey) {
  std::optional<epub::Package> package = journey.package();
  if (package) package = epub::kepub(std::move(*package));
  return write_package(journey, std::move(package));
}

Written write_kindle(Journey& journey) {
  std::optional<epub::Package> package = journey.package();
  if (package) package = epub::kindle(std::move(*package), journey.sink());
  return write_package(journey, std::move(package));
}

Written write_onix(Journey& journey) { return journey.onix(); }

Written write_json(Journey& journey) { return report::write_json(*journey.typeset(), journey.source()); }

Written write_html(Journey& journey) { return report::write_html(*journey.typeset(), journey.source()); }

Written write_document(Journey& journey) { return model::dump_document(journey.book().document); }

Written write_sentences(Journey& journey) {
  std::optional<epub::Package> package = journey.package();
  return package ? Written(api::dump_sentences(*package, journey.book())) : std::nullopt;
}

Written write_words(Journey& journey) { return book::dump_words(journey.book()); }

Written write_pages(Journey& journey) {
  const typeset::Typeset& set = *journey.typeset();
  return page::dump_pages(set.pages) + dump_page_map(set.page_map) + typeset::dump_figures(set.figures);
}

Written dump_package(Journey& journey) {
  std::optional<epub::Package> package = journey.package();
  return package ? Written(epub::dump_container(epub::serialise(std::move(*package)))) : std::nullopt;
}

using Use = Format::Use;
using Needs = Format::Needs;

// A new format is a row here.
constexpr Format table[] = {
    {"pdf", ".pdf", "application/pdf", "A typeset, tagged PDF", Use::file, Needs::pages, write_pdf},
    {"epub", ".epub", "application/epub+zip", "An EPUB with the PDF's pages", Use::file, Needs::page_turns, write_epub},
    {"kepub", ".kepub.epub", "application/epub+zip", "The same for Kobo's own reader", Use::file, Needs::page_turns,
     write_kepub},
    {"kindle", ".kindle.epub", "application/epub+zip", "The same for Send to Kindle", Use::file, Needs::page_turns,
     write_kindle},
    {"onix", ".onix.xml", "application/xml", "What ONIX's list 196 says of the EPUB's accessibility", Use::file,
     Needs::page_turns, write_onix},
    {"booklet", ".booklet.pdf", "application/pdf", "Sheets to print on both sides, fold and staple", Use::file,
     Needs::document, write_booklet},
    {"cards", ".cards.pdf", "application/pdf", "Memory cues as cards, on sheets of their own", Use::file,
     Needs::document, write_cards},
    {"brief", ".brief.pdf", "application/pdf", "The summary in brief, on one page", Use::file, Needs::document,
     write_brief},
    {"anki", ".anki.txt", "text/tab-separated-values", "Memory cues as a deck that Anki imports", Use::file,
     Needs::document, write_anki},
    {"report-json", ".json", "application/json", "What lines and pages are like, for programs", Use::report,
     Needs::inspection, write_json},
    {"report-html", ".html", "text/html", "What lines and pages are like, drawn", Use::report, Needs::inspection,
     write_html},
    {"document", ".txt", "text/plain", "What was read", Use::stage, Needs::document, write_document},
    {"pages", ".txt", "text/plain", "What stands on the pages", Use::stage, Needs::pages, write_pages},
    {"package", ".txt", "text/plain", "What the EPUB holds", Use::stage, Needs::page_turns, dump_package},
    {"sentences", ".txt", "text/plain", "What a voice says, a line each: id, language, text", Use::stage,
     Needs::page_turns, write_sentences},
    {"words", ".txt", "text/plain", "What the document says, a line a piece", Use::stage, Needs::document, write_words},
};

}  // namespace

std::span<const Format> formats() { return table; }

const Format* find_format(std::string_view name) {
  const auto* const at =
      std::find_if(std::begin(table), std::end(table), [&](const Format& f) { return f.name == name; });
  return at == std::end(table) ? nullptr : at;
}

}  // namespace epitome
