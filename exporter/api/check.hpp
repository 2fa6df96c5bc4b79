// What check does besides reading a document and setting its pages. Internal to api.
#pragma once

#include "api/epitome.hpp"
#include "api/shared.hpp"
#include "diag/diagnostic.hpp"
#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::api {

// A document as the reader gave it.
struct Checked {
  const model::Document& document;
  const style::Language& language;
  const diag::SourceText& source;
  Syntax syntax;
};

// Reports what an editor would mark, and the quotations that are or are not in the book.
void proofread(const Checked& checked, const CheckInputs& inputs, Shared& shared, diag::Sink& sink);

// Takes out of `result`, whose messages are those of `sink` in their order, what `inputs.ignores` says is meant so;
// adds what is wrong with that file itself.
void leave_out(const CheckInputs& inputs, const diag::Sink& sink, const diag::SourceText& source, Result& result);

}  // namespace epitome::api
