// The EPUB that is read aloud: sentences go to the caller's voice or are found in his recordings. Internal to api.
#pragma once

#include <string>
#include <vector>

#include "api/epitome.hpp"
#include "book/book.hpp"
#include "diag/diagnostic.hpp"
#include "epub/package.hpp"

namespace epitome::api {

// Adds the sound to the package. False if an error was reported (E0704 to E0706); what concerns a file of labels is
// added to `messages`, all else to the sink. One sentence that isn't spoken is the last that is asked for.
bool read_aloud(epub::Package& package, const book::Book& book, const ReadAloud& asked, diag::Sink& sink,
                std::vector<Message>& messages);

// A line for each sentence: id, language, text, with tabs between.
std::string dump_sentences(epub::Package& package, const book::Book& book);

}  // namespace epitome::api
