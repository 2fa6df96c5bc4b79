#include "epub/accessibility.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <utility>

#include "epub/xml.hpp"
#include "model/walk.hpp"

namespace epitome::epub {

namespace {

constexpr const char *mode = "schema:accessMode", *sufficient = "schema:accessModeSufficient",
                     *feature = "schema:accessibilityFeature";

// Every picture has its text or is decoration.
constexpr AccessibilityRow all_rows[] = {
    {mode, "textual", nullptr},
    {mode, "visual", nullptr},
    {sufficient, "textual", "52"},
    {sufficient, "textual,visual", nullptr},
    {feature, "tableOfContents", "11"},
    {feature, "readingOrder", "13"},
    {feature, "structuralNavigation", "29"},
    {feature, "alternativeText", "14"},
    {feature, "displayTransformability", "36"},
    {feature, "ARIA", "30"},
    {feature, "pageBreakMarkers", "19"},
    {feature, "pageNavigation", "19"},
    {"schema:accessibilityHazard", "none", nullptr},
};

// List 79: what a feature's value is a code of.
constexpr const char *list_196 = "09", *hazards = "12";

void put(pugi::xml_node parent, const char* type, const char* value, std::string_view description = {}) {
  const pugi::xml_node node = append_line(parent, "ProductFormFeature");
  append_text(append_line(node, "ProductFormFeatureType"), type);
  append_text(append_line(node, "ProductFormFeatureValue"), value);
  if (!description.empty()) append_text(append_line(node, "ProductFormFeatureDescription"), description);
}

// Tables and figures, to which no list leads.
struct Unlisted {
  bool found = false;
  void operator()(const model::Table&) { found = true; }
  void operator()(const model::Figure&) { found = true; }
};

// Of a stated conformance: "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" (EPUB Accessibility 1.1, 4.3).
void put_conformance(pugi::xml_node parent, const model::Conformance& stated) {
  constexpr std::array<std::pair<std::string_view, const char*>, 4> parts = {
      {{"EPUB Accessibility 1.1", "04"}, {"WCAG 2.0", "80"}, {"WCAG 2.1", "81"}, {"WCAG 2.2", "82"}}};
  constexpr std::array<std::pair<std::string_view, const char*>, 3> levels = {
      {{"Level A", "84"}, {"Level AA", "85"}, {"Level AAA", "86"}}};
  if (stated.standard.empty()) return;
  for (const auto& [words, code] : parts) {
    if (stated.standard.find(words) != std::string::npos) put(parent, list_196, code);
  }
  for (const auto& [words, code] : levels) {
    if (stated.standard.ends_with(words)) put(parent, list_196, code);
  }
  put(parent, list_196, "90", stated.certifier);
  if (!stated.report.empty()) put(parent, list_196, "94", stated.report);
}

}  // namespace

std::vector<AccessibilityRow> accessibility_rows(const Inputs& inputs) {
  std::vector<AccessibilityRow> rows(std::begin(all_rows), std::end(all_rows));
  if (inputs.page_map.breaks.empty())
    std::erase_if(
        rows, [](const AccessibilityRow& row) { return row.onix != nullptr && row.onix == std::string_view("19"); });
  if (inputs.read_aloud) {
    rows.push_back({mode, "auditory", nullptr});
    rows.push_back({feature, "synchronizedAudioText", "20"});
  }
  return rows;
}

std::string onix_features(const Inputs& inputs) {
  pugi::xml_document xml;
  pugi::xml_node detail = xml.append_child("DescriptiveDetail");
  set_attribute(detail, "xmlns", "http://ns.editeur.org/onix/3.1/reference");
  put(detail, list_196, "00", inputs.book.language.label("accessibility-summary"));
  Unlisted unlisted;
  model::walk(inputs.book.document, unlisted);
  std::string_view before;
  for (const AccessibilityRow& row : accessibility_rows(inputs)) {
    const std::string_view code = row.onix == nullptr ? "" : row.onix;
    // Code 11 asks for more than EPUB does: links to all tables and figures as well.
    if (code.empty() || code == before || (code == "11" && unlisted.found)) continue;
    put(detail, list_196, row.onix);
    before = code;
  }
  put(detail, hazards, "00");  // List 143: none known
  put_conformance(detail, inputs.book.document.edition.conformance);
  std::ostringstream out;
  xml.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str() + '\n';
}

}  // namespace epitome::epub
