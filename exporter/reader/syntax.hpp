// The syntaxes that a source document is written in: bytes to a Tree.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/source_texts.hpp"
#include "reader/faults.hpp"
#include "reader/json_value.hpp"
#include "reader/tree.hpp"
#include "reader/well_formed.hpp"

namespace epitome::reader {

// XML 1.0 without a document type. Nothing if the bytes can't be understood; faults that leave a tree are told too.
std::optional<Tree> parse_xml(const diag::SourceText& source, Faults& faults);

// The characters of the document's texts and attributes, of a source that parse_xml() reads without an error.
void each_xml_text(const diag::SourceText& source, const diag::TextVisitor& visit);

// JSON as json_shape.hpp says.
std::optional<Tree> parse_json(const diag::SourceText& source, Faults& faults);
void each_json_text(const diag::SourceText& source, const diag::TextVisitor& visit);

// Markdown with front matter as source/reference.md says.
std::optional<Tree> parse_markdown(const diag::SourceText& source, Faults& faults);
void each_markdown_text(const diag::SourceText& source, const diag::TextVisitor& visit);

// ---- for the syntaxes themselves ------------------------------------------------------------------

// The root of a tree and what stands in it, of values as json_shape.hpp says; how many nodes were made.
std::size_t add_values(const JsonValues& values, std::string_view source, Tree& tree, Faults& faults);

// Adds the content of an element as XML writes it (well_formed.hpp: check_well_formed_content). `begins`: by byte of
// `markup`, where the source writes that character; one more for its end. False after a fault.
bool add_markup(std::string_view markup, const std::vector<std::uint32_t>& begins, Tree::Index parent, Inside inside,
                Tree& tree, Faults& faults);

}  // namespace epitome::reader
