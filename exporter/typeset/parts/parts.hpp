// Sections to chains: the parts of a summary, one function a kind, and the pages that the program writes itself.
#pragma once

#include "book/sections.hpp"
#include "typeset/blocks/blocks.hpp"

namespace epitome::typeset {

void set_part(Setter& setter, const book::Section& section, const model::Hook& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::About& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Overview& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Takeaways& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Cues& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Story& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Questions& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Comparison& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::People& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Discussion& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Warnings& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Notes& value, const Column& column);
void set_part(Setter& setter, const book::Section& section, const model::Brand& value, const Column& column);

// Each begins a chain of its own, but for imprint and contents where Layout::front_runs_on.
void cover_page(Setter& setter, const book::Section& section);
void endpaper(Setter& setter);
void title_page(Setter& setter, const book::Section& section, const Column& column);
// The same as the head of a page on which the text follows. `contains`: it says which parts there are.
void title_head(Setter& setter, const book::Section& section, const Column& column, bool contains = true);
void imprint(Setter& setter, const book::Section& section, const std::vector<model::Inlines>& lines,
             const Column& column);
void contents(Setter& setter, const book::Section& section, const Column& column);
int contents_entries(const book::Book& book);
// A page of lines to write on, headed: what stands where a blank page would be.
void writing_page(Setter& setter, Numbering numbering);
// In the chain that has begun; `content`: the author's own, or null.
void brand_page(Setter& setter, const book::Section& section, const model::Blocks* content, const Column& column);

// ---- what several of them share (titles.cpp)

// Blocks before a part's items, a line above them.
void introduction(Setter& setter, const model::Blocks& blocks, const Column& column);

// Picked line and title as one atom: an opener at a page's head, else what a part that runs on begins with.
void part_title(Setter& setter, const book::Section& section, const Column& column);
// A heading inside a part; the index of its first atom.
std::size_t heading(Setter& setter, StyleName name, const model::Inlines& title, std::string_view id,
                    const Column& column, diag::Span span);
RuleBox picked_line(const Setter& setter, Length baseline);
// The baseline of the first line of a part that runs on, from the part's top. The picked line is placed by it.
Length run_on_baseline(const Setter& setter);

}  // namespace epitome::typeset
