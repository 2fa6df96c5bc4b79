// Diagnostics on their way out of the library. Internal to api.
#pragma once

#include <memory>
#include <string>

#include "api/epitome.hpp"
#include "diag/diagnostic.hpp"

namespace epitome {

// `source`: the document or file that the diagnostic's place is in; it is kept as long as the message.
Message to_message(diag::Diagnostic diagnostic, std::shared_ptr<const diag::SourceText> source);

// Of a file called `name`, or of the program: a fault without a place.
Message fault(diag::Code code, const std::string& name, std::string text, std::string hint);

}  // namespace epitome
