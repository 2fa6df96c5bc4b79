#include "style/language.hpp"

namespace epitome::style {

namespace {

constexpr LabelKey keys[] = {
    {"accessibility-summary", ""},          // EPUB metadata: what helps a reader who can't see the page
    {"attribution", "a b"},                 // joins speaker, source and locator, two at a time
    {"brand.more", "address"},              // brand page
    {"contains", "list"},                   // title page: "with takeaways and memory cues"
    {"contains.cues", ""},                  //
    {"contains.questions", ""},             //
    {"contains.story", ""},                 //
    {"contains.takeaways", ""},             //
    {"contents", ""},                       // the section's title and the navigation's
    {"cover", ""},                          // section, landmark
    {"cover.alternative", "author title"},  // alternative text of a drawn cover, or of one without
    {"cover.label", ""},                    // the small word over the title
    {"date.first", "month year"},           // the first of a month, where it is written otherwise
    {"date.full", "day month year"},        //
    {"date.month-01", ""},                  //
    {"date.month-02", ""},                  //
    {"date.month-03", ""},                  //
    {"date.month-04", ""},                  //
    {"date.month-05", ""},                  //
    {"date.month-06", ""},                  //
    {"date.month-07", ""},                  //
    {"date.month-08", ""},                  //
    {"date.month-09", ""},                  //
    {"date.month-10", ""},                  //
    {"date.month-11", ""},                  //
    {"date.month-12", ""},                  //
    {"description", "author title"},        // metadata of both files
    {"document-title", "title"},            // metadata of both files: "The Push: a summary"
    {"ellipsis", ""},                       // where a running head is cut
    {"figure", "n"},                        // name of a figure without a caption
    {"footnote", "n"},                      // description of a mark's link
    {"back-to-text", ""},                   // description of the link back
    {"footnotes", ""},                      // name of the notes' section
    {"imprint", ""},                        // section, landmark
    {"imprint.awards", "list"},             //
    {"imprint.date", "date"},               //
    {"imprint.fonts", "fonts"},             //
    {"imprint.identifier", "identifier"},   //
    {"imprint.independent", ""},            //
    {"imprint.isbn", "isbn"},               //
    {"imprint.language", ""},               // "Summary in English."
    {"imprint.made-assisted", ""},          // who or what wrote the summary
    {"imprint.made-generated", ""},         //
    {"imprint.made-person", ""},            //
    {"imprint.made-reviewed", "name"},      //
    {"imprint.original-title", "title"},    //
    {"imprint.program", "program"},         //
    {"imprint.publisher", "publisher"},     //
    {"imprint.series", "series"},           //
    {"imprint.series-number", "number series"},
    {"imprint.summary-by", "author"},  //
    {"imprint.work", "author title"},  //
    {"imprint.work-dated", "author title year"},
    {"landmark.start", ""},        // where the text begins
    {"landmarks", ""},             // name of the navigation
    {"link.page", "name page"},    // description of a link inside the PDF
    {"list.end", "a b"},           // joins the last item of three or more
    {"list.middle", "a b"},        //
    {"list.two", "a b"},           //
    {"notes-page", ""},            // title of a page of writing lines
    {"page", "n"},                 //
    {"page-list", ""},             // name of the navigation
    {"page-reference", "n"},       // after a cross-reference in print
    {"pair", "name value"},        // "Rights: sold in 41 territories"
    {"part.about", ""},            // names of the parts that have no title of their own
    {"part.brand", ""},            //
    {"part.comparison", "title"},  //
    {"part.cues", ""},             //
    {"part.discussion", ""},       //
    {"part.hook", ""},             // in navigation only: the hook's page shows no title
    {"part.notes", ""},            //
    {"part.overview", ""},         //
    {"part.people", ""},           //
    {"part.questions", ""},        //
    {"part.story", ""},            //
    {"part.takeaways", ""},        //
    {"part.warnings", ""},         //
    // Imprint: who else made the book (MARC relators).
    {"role.adp", "name"},
    {"role.aft", "name"},
    {"role.com", "name"},
    {"role.ctb", "name"},
    {"role.edt", "name"},
    {"role.ill", "name"},
    {"role.nrt", "name"},
    {"role.pht", "name"},
    {"role.trl", "name"},
    {"role.wfw", "name"},
    {"role.win", "name"},
    {"spoiler", ""},          // name of a hidden phrase
    {"spoiler.page", "n"},    //
    {"table", "n"},           // name of a table without a caption
    {"title-page", ""},       // section, landmark
    {"title-page.kind", ""},  // "A summary"
};

}  // namespace

std::span<const LabelKey> label_keys() { return keys; }

}  // namespace epitome::style
