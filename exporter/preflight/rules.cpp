#include "preflight/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace epitome::preflight {

namespace {

using diag::Code;

// A new rule is a row here, one in diag/codes.hpp, and a bad and a good file (tests/preflight).
constexpr auto table = std::to_array<Rule>({
    {Code::E1001, "all", "EPUB 3.3, OCF ZIP container; EPUBCheck PKG-005, PKG-006, PKG-007",
     "make the file mimetype the first of the container: stored, not compressed, no extra field, no line end"},
    {Code::E1002, "all", "EPUB 3.3, File paths and file names; EPUBCheck PKG-009",
     "use letters, digits, hyphen, low line and full stop; two names may not differ in capitals alone"},
    {Code::W1003, "Kobo, old readers", "Kobo EPUB Guidelines, OPF; EPUBCheck PKG-010, PKG-012",
     "name the file with letters, digits, hyphen, low line and full stop"},
    {Code::E1004, "all", "EPUB 3.3, Relative-URL-with-fragment strings; EPUBCheck RSC-026",
     "write a path from the file itself that stays in the container"},
    {Code::W1005, "all", "EPUB 3.3, The manifest element; EPUBCheck OPF-003",
     "add an item to the manifest, or leave the file out"},
    {Code::E1006, "all",
     "EPUB 3.3, Publication resources; EPUBCheck RSC-001, RSC-007; Kindle Publishing Guidelines 6.5",
     "add the file, or write its name as it is, capitals too"},
    {Code::W1007, "Kindle", "Amazon, Send to Kindle: file size limit of 200 MB", "make the pictures smaller"},
    {Code::W1008, "RMSDK, old readers", "calibre User Manual, EPUB output options: files above 260 KB",
     "begin a new file at a chapter or section"},
    {Code::E1009, "all", "EPUB 3.3, Resource locations; EPUBCheck RSC-006",
     "put the file into the EPUB: pictures, style sheets and documents have to be in it"},
    {Code::E1010, "all", "EPUB 3.3, Metadata section; Kindle Publishing Guidelines 10.1",
     "add dc:title, dc:language and the dc:identifier that unique-identifier names"},
    {Code::E1011, "all, Send to Kindle", "EPUB 3.3, The dc:language element; BCP 47 (RFC 5646)",
     "write a tag as en, pt-BR or zh-Hant"},
    {Code::E1012, "all", "EPUB 3.3, Last modified date; EPUBCheck RSC-005",
     "add one <meta property=\"dcterms:modified\"> of the form 2026-11-29T12:00:00Z"},
    {Code::W1013, "all", "RFC 9562; EPUBCheck OPF-085",
     "write urn:uuid: and 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12, other ones for each book"},
    {Code::E1014, "all", "EPUB 3.3, The spine element; EPUBCheck OPF-033, OPF-034, OPF-049",
     "name each document of the book once, by the id of its item"},
    {Code::E1015, "all", "EPUB 3.3, The item element; EPUBCheck OPF-074, RSC-005",
     "give each file one item, and each item an id of its own"},
    {Code::W1016, "Apple Books, Kobo, Kindle",
     "Kobo EPUB Guidelines, Right to left page and text direction; Kindle Publishing Guidelines 10.1",
     "write page-progression-direction=\"rtl\" on the spine"},
    {Code::W1017, "all, shops in the European Union",
     "EPUB Accessibility 1.1, Discovery metadata; Ace metadata-accessmode and others",
     "add what is missing as <meta property=\"schema:…\">, if it is so"},
    {Code::W1018, "all", "Schema.org Accessibility Properties for Discoverability Vocabulary, accessibilityHazard",
     "write none, unknown, or one value for each hazard"},
    {Code::W1019, "all", "EPUB Accessibility 1.1, Page breaks; Ace epub-pagesource",
     "name the printed book in <meta property=\"pageBreakSource\"> or dc:source"},
    {Code::E1020, "all", "EPUB 3.3, Publication resources; EPUBCheck OPF-029, PKG-021",
     "correct media-type, or the file"},
    {Code::E1021, "all", "EPUB 3.3, Manifest properties; EPUBCheck OPF-014",
     "add the property to the item: scripted, svg, mathml, remote-resources"},
    {Code::W1022, "all", "Kindle Publishing Guidelines 4.2; Kobo EPUB Guidelines, Cover images",
     "give the picture's item properties=\"cover-image\", in EPUB 2 <meta name=\"cover\">"},
    {Code::W1023, "Kobo, old readers", "Kobo EPUB Guidelines, Cover images; EPUB 3.3, Legacy features",
     "add <meta name=\"cover\" content=\"the id of the picture's item\"/>"},
    {Code::W1024, "Kindle", "Kindle Publishing Guidelines 10.4.2, Cover images",
     "give a picture of 1200 pixels in width or 1800 in height at least, better 1600 × 2560"},
    {Code::W1025, "all", "Kobo EPUB Guidelines, Cover images: 3:4; Amazon KDP, Cover image guidelines: 1.6:1",
     "give an upright picture: shelves have room for these"},
    {Code::W1026, "Kindle, Kobo, Apple Books",
     "Kindle Publishing Guidelines 4.1; Kobo EPUB Guidelines, Image formatting; Apple Books Asset Guide 5.3, Images",
     "save it with three components, as sRGB"},
    {Code::W1027, "Kindle, Kobo, old readers",
     "Kindle Publishing Guidelines 10.4.1; Kobo EPUB Guidelines, Cover images", "use JPEG or PNG"},
    {Code::W1028, "Apple Books", "Apple Books Asset Guide 5.3, Images: 5.6 million pixels", "make it smaller"},
    {Code::W1029, "Kobo", "Kobo EPUB Guidelines, Limitations and maximums: 10 MB a file",
     "make the pictures smaller, or begin a new file"},
    {Code::W1030, "Apple Books, all with a night mode",
     "Apple Books Asset Guide 5.3, Images; Standard Ebooks, compatibility.css",
     "give it a white ground instead of a transparent one"},
    {Code::W1031, "Kobo", "Kobo EPUB Guidelines, Cover images", "leave the cover alone in its document"},
    {Code::E1032, "all", "EPUB 3.3, EPUB navigation document; EPUBCheck RSC-005, NCX; Kindle Publishing Guidelines 5.2",
     "add a document with <nav epub:type=\"toc\"> and properties=\"nav\", in EPUB 2 an NCX"},
    {Code::E1033, "all", "EPUB 3.3, The nav element: restrictions; EPUBCheck RSC-005",
     "write the heading that it leads to"},
    {Code::W1034, "all", "EPUB 3.3, The toc nav element; EPUBCheck NAV-011", "list the chapters in the spine's order"},
    {Code::W1035, "RMSDK, old readers", "EPUB 3.3, Legacy features: NCX; Open Packaging Format 2.0.1, 2.4.1",
     "add an NCX and name its item in the spine's toc"},
    {Code::W1036, "Kindle, old readers", "Kindle Publishing Guidelines 5.2.2",
     "list the chapters in the spine's order"},
    {Code::W1037, "old readers", "ANSI/NISO Z39.86-2005, 8: dtb:maxPageNumber", "write the largest number of a page"},
    {Code::W1038, "Kindle", "Kindle Publishing Guidelines 5.3", "add a guide, or <nav epub:type=\"landmarks\">"},
    {Code::W1039, "Kindle, RMSDK, FBReader", "Kindle Publishing Guidelines 5.2.1",
     "make the contents' page a document of its own, and leave the navigation document out of the spine"},
    {Code::W1040, "Kobo, Kindle",
     "Kobo EPUB Guidelines, Table of contents: three levels; Kindle Publishing Guidelines 5.2: two",
     "leave the deepest level out"},
    {Code::W1041, "Kindle", "Kindle Publishing Guidelines 10.3.11", "write each number once, without a word"},
    {Code::E1042, "all", "EPUB 3.3, Publication resources; EPUBCheck RSC-007; Kindle Publishing Guidelines 6.5",
     "correct the address"},
    {Code::E1043, "all", "EPUBCheck RSC-012", "give the place that is meant the id that the link names"},
    {Code::W1044, "Kobo", "Kobo EPUB Guidelines, Footnotes/Endnotes: later nodes of 9 to 5,000 characters",
     "link to the file alone, or to an empty element with an id at the place's start"},
    {Code::W1045, "Thorium, Readium", "Readium r2-navigator-js, popupFootNotes.ts; Selectors Level 4, ID selectors",
     "begin ids with a letter, and use letters, digits, hyphen and low line only"},
    {Code::W1046, "Kindle", "Kindle Publishing Guidelines 7 and 10.3.12", "link the note back to its mark"},
    {Code::W1047, "Kobo, Apple Books",
     "Kobo EPUB Guidelines, Footnotes/Endnotes; Apple Books Asset Guide 5.3, Pop-up footnotes",
     "write epub:type=\"footnote\" on the element that has the id"},
    {Code::W1048, "Kobo", "Standard Ebooks, se_epub_build.py: ↩ is replaced for Kobo", "use ← or a word"},
    {Code::W1049, "screen readers", "EPUB Type to ARIA Role Authoring Guide; Ace epub-type-has-matching-role",
     "add the role that goes with it"},
    {Code::E1050, "all", "EPUB 3.3, XML conformance; EPUBCheck RSC-016; Kindle Publishing Guidelines 6.1",
     "make it well-formed XML in UTF-8"},
    {Code::W1051, "Kindle", "Kindle Publishing Guidelines 6.6",
     "begin it with <?xml version=\"1.0\" encoding=\"UTF-8\"?>"},
    {Code::E1052, "all", "EPUB 3.3, XML conformance; EPUBCheck RSC-016, HTM-003; Kindle Publishing Guidelines 6.7",
     "write the character itself"},
    {Code::E1053, "all", "HTML, The id attribute; EPUBCheck RSC-005",
     "give each element an id of its own, without spaces"},
    {Code::W1054, "readers with an HTML parser", "W3C, Polyglot Markup, Empty elements; HTML, Void elements",
     "write <span></span>"},
    {Code::W1055, "screen readers, all", "WCAG 2.2, 3.1.1; Ace html-has-lang; EPUBCheck ACC",
     "write xml:lang and lang on html"},
    {Code::W1056, "all", "W3C, Structural markup and right-to-left text in HTML", "write dir=\"rtl\" on html"},
    {Code::W1057, "screen readers", "WCAG 2.2, 2.4.2; Ace document-title; EPUBCheck RSC-017",
     "write the chapter's name into <title>"},
    {Code::W1058, "screen readers", "DAISY Accessible Publishing Knowledge Base, Page title; WCAG 2.2, H25",
     "give each document the title of its chapter"},
    {Code::W1059, "all", "Kindle Publishing Guidelines 9, QA standards: missing content", "leave it out of the spine"},
    {Code::W1060, "screen readers, Kindle", "WCAG 2.2, G141; Ace heading-order; Kindle Publishing Guidelines 9",
     "use the next level"},
    {Code::W1061, "screen readers, Kindle", "WCAG 2.2, 1.1.1; Ace image-alt; Kindle Publishing Guidelines 10.4.1",
     "write alt, empty for a decoration"},
    {Code::W1062, "screen readers", "WCAG 2.2, F30", "say what the picture shows, or write alt=\"\" for a decoration"},
    {Code::W1063, "Kindle, Kobo, old readers",
     "Kindle Publishing Guidelines 6.3; Kobo EPUB Guidelines, JavaScript support", "make the book readable without it"},
    {Code::W1064, "Kindle, readers with an HTML parser", "Kindle Publishing Guidelines 6.4",
     "end the first before the second"},
    {Code::W1065, "Kobo", "Kobo EPUB Guidelines, Tables: four columns",
     "turn the table, part it, or write its rows as lists"},
    {Code::W1066, "Readium, Thorium, foliate, epub.js",
     "CSS Fragmentation Level 3, Possible break points; CSS 2.2, 9.2.1.1 Anonymous block boxes",
     "put the mark into the heading or paragraph that begins the page"},
    {Code::W1067, "Kobo", "Kobo EPUB Guidelines, Style locations", "write them into a style sheet"},
    {Code::E1068, "all", "EPUB 3.3, Fixed-layout documents; EPUBCheck HTM-046",
     "add <meta name=\"viewport\" content=\"width=…, height=…\"/>"},
    {Code::W1069, "RMSDK, old readers",
     "Standard Ebooks, compatibility.css: for legacy reading systems; Blitz, blitz-reset.css",
     "write display: block for it in a style sheet"},
    {Code::W1070, "RMSDK, Nook; all that set pages in columns",
     "gutenbergtools/ebookmaker issue 212; dvschultz/99problems issue 22; w3c/epub-specs issue 685",
     "leave the query out, or put what it holds into a style sheet of its own that may be lost"},
    {Code::W1071, "RMSDK, old readers", "dvschultz/99problems issue 53: calc() loses the whole sheet",
     "write a plain value, or put the rule into @supports or a style sheet of its own"},
    {Code::W1072, "RMSDK, Adobe Digital Editions", "dvschultz/99problems issue 30: vh, vw and ch in shorthands",
     "write the longhand, or another unit"},
    {Code::W1073, "Adobe Digital Editions, tolino", "dvschultz/99problems issue 44", "leave it out"},
    {Code::W1074, "Kindle, all that turn pages",
     "EPUB 3.3, CSS requirements; EPUBCheck CSS-006; Kindle Publishing Guidelines 10.2",
     "leave position out: pages of text flow"},
    {Code::W1075, "Kindle", "Kindle Publishing Guidelines 6.2",
     "use positive values; a hanging indent needs a padding as wide"},
    {Code::W1076, "all", "Standard Ebooks lint c-023; WCAG 2.2, C14", "write em or %"},
    {Code::W1077, "all", "Standard Ebooks lint c-024; Kindle Publishing Guidelines 10.3.2",
     "write a number without a unit"},
    {Code::W1078, "Kindle, all with a night mode", "Kindle Publishing Guidelines 10.3.2",
     "leave the colours of body, paragraphs and everything to the reader"},
    {Code::W1079, "Kobo, all with a night mode", "WCAG 2.2, F24; Kobo EPUB Guidelines, Background colors",
     "give both colours, or neither"},
    {Code::W1080, "Kobo, calibre", "Kobo EPUB Guidelines, Page breaks", "begin a new file instead"},
    {Code::W1081, "Kobo", "Kobo EPUB Guidelines, Using em units for margins", "use at most 2em, or %"},
    {Code::W1082, "Apple Books", "Standard Ebooks, compatibility.css", "leave hanging-punctuation out"},
    {Code::W1083, "all",
     "W3C, Using b and i elements; Requirements for Japanese Text Layout; Arabic & Persian Layout Requirements",
     "use a weight, or limit the rule with :lang()"},
    {Code::W1084, "all", "CSS Text Level 3, Cursive scripts",
     "leave letter-spacing out, or limit the rule with :lang()"},
    {Code::W1085, "all",
     "CSS Logical Properties and Values Level 1, Flow-relative margins; W3C, Structural markup and right-to-left text "
     "in HTML",
     "swap the second and the fourth value, or use margin-inline-start"},
    {Code::E1086, "readers that read aloud", "EPUB 3.3, Media overlays metadata; EPUBCheck MED, RSC-005",
     "add media:duration for each overlay and for the whole"},
    {Code::W1087, "Apple Books, Kobo", "w3c/epub-tests pull request 12", "use MP3, or AAC in MP4"},
});

}  // namespace

std::span<const Rule> rules() { return table; }

const Rule& rule_of(Code code) {
  const auto* const at = std::find_if(table.begin(), table.end(), [&](const Rule& rule) { return rule.code == code; });
  return at == table.end() ? table.front() : *at;
}

std::string rules_page() {
  std::string out = fmt::format(
      "# Rules for any EPUB\n\n"
      "`epitome check --epub FILE…` holds EPUB 2 and 3 files of any origin against these {} rules; `export "
      "--check-epub` asks it of its own. E is an error, W a\n"
      "warning: the book can be read, but not everywhere. Each has a public source; “readers” are those that it "
      "protects.\n"
      "`./run golden` writes this page from the program's own table.\n\n"
      "| Code | What | Readers | Source | Better |\n|---|---|---|---|---|\n",
      table.size());
  for (const Rule& rule : table) {
    fmt::format_to(std::back_inserter(out), "| {} | {} | {} | {} | {} |\n", diag::code_name(rule.code),
                   diag::summary_of(rule.code), rule.readers, rule.source, rule.hint);
  }
  return out;
}

}  // namespace epitome::preflight
