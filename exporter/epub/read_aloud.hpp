// The edition that is read aloud while its text is shown (EPUB 3.3, 9: media overlays): first every sentence gets an id
// and is told, then the sound for each of them is put into the package.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "epub/package.hpp"

namespace epitome::epub {

// What is said at once: a sentence, the description of a picture, a page's number.
struct Utterance {
  std::size_t document = 0;  // its place in Package::resources
  std::string id;            // of the element; no two are alike
  bool is_page = false;      // a page's number: it may go unsaid
  std::string around;        // the nearest id of the document's own
  std::string text;          // without notes' marks and readings
  std::string language;      // BCP 47
};

// Puts each sentence of the content documents but the navigation document into a span with an id, and gives each
// picture that has a description one; all of them and the page breaks, in reading order. A sentence ends where ICU
// says so for its language (UAX #29, with the abbreviations of CLDR). A sentence's id is the id around it with a key of
// its words: other sentences may be mended, moved and put in between.
std::vector<Utterance> mark_sentences(Package& package, const book::Book& book);

// The ids of all elements in those documents, by which a recording may name what it says, with their documents.
std::map<std::string, std::size_t> ids_in_documents(const Package& package);

// Where an element's sound is.
struct Clip {
  std::string path;                 // in the content folder: "audio/story.mp3"
  std::int64_t begin = 0, end = 0;  // milliseconds; begin < end
};

struct Narration {
  std::map<std::string, Clip> clips;         // by the ids of elements
  std::map<std::string, std::string> files;  // MP3, by path
  std::set<std::string> expected;            // ids of what should have sound
  std::string narrator;                      // empty: not known
};

// What should not be: ids of elements that have sound inside of others that have some, and of those expected that have
// none and stand in nothing that has.
struct Said {
  std::vector<std::string> twice, missing;
};

// Adds the sound, an overlay (SMIL 3.0) for each document that has some, in the order of the text, durations and what
// the package says of all that, and the style of the place that is being read. What stands in notes and page breaks can
// be skipped by readers; tables, lists and figures can be left. If something is said twice, the package is to be given
// up.
Said add_overlays(Package& package, const Narration& narration);

}  // namespace epitome::epub
