#include "api/check.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "api/journey.hpp"
#include "api/message.hpp"
#include "proof/ignores.hpp"
#include "proof/proofread.hpp"
#include "proof/quotations.hpp"
#include "reader/read_document.hpp"

namespace epitome {

namespace api {

void proofread(const Checked& checked, const CheckInputs& inputs, Shared& shared, diag::Sink& sink) {
  if (const proof::Rules* const rules = shared.rules(checked.language.tag, sink))
    proof::proofread(checked.document, checked.language, *rules, reader::source_texts(checked.source, checked.syntax),
                     sink);
  if (inputs.dictionaries)
    proof::check_spelling(checked.document, checked.language, reader::source_texts(checked.source, checked.syntax),
                          shared.dictionaries_in(*inputs.dictionaries), sink);
  if (inputs.book) proof::prove_quotations(checked.document, inputs.book->name, inputs.book->bytes, sink);
}

void leave_out(const CheckInputs& inputs, const diag::Sink& sink, const diag::SourceText& source, Result& result) {
  const NamedBytes& ignores = *inputs.ignores;
  const auto file = std::make_shared<const diag::SourceText>(ignores.name, ignores.bytes);
  diag::Sink of_file;
  proof::Ignores meant(*file, of_file);
  std::vector<Message> left;
  for (std::size_t i = 0; i < result.messages.size(); ++i) {
    const diag::Diagnostic& diagnostic = sink.diagnostics()[i];
    if (!meant.covers(diagnostic, source.bytes())) {
      left.push_back(std::move(result.messages[i]));
    } else if (diagnostic.severity == diag::Severity::warning) {
      --result.warnings;
    }
  }
  using enum diag::Code;
  std::vector<diag::Code> unasked;
  if (!inputs.dictionaries) unasked.insert(unasked.end(), {W0437, N0438});
  if (!inputs.book) unasked.insert(unasked.end(), {N0431, W0432, W0433, N0434});
  meant.tell_unused(unasked, of_file);
  for (const diag::Diagnostic& diagnostic : of_file.diagnostics()) left.push_back(to_message(diagnostic, file));
  result.messages = std::move(left);
  result.errors += of_file.error_count();
  result.warnings += of_file.warning_count();
}

}  // namespace api

std::string Session::mend(const std::string& name, const std::string& source, const Options& options) {
  constexpr int most_rounds = 20;  // a mark that was set may let another rule see its place
  const Syntax syntax = syntax_of(name, options);
  std::string out = source;
  for (int round = 0; round < most_rounds; ++round) {
    const diag::SourceText text(name, out);
    diag::Sink sink;
    const std::optional<model::Document> document = reader::read_document(text, sink, syntax);
    if (!document || sink.has_errors()) return source;
    const std::optional<style::Language> language = data_->shared.language(document->edition, sink);
    const proof::Rules* const rules = language ? data_->shared.rules(language->tag, sink) : nullptr;
    if (rules == nullptr) return source;
    const std::vector<proof::Fix> fixes =
        proof::fixes(*document, *language, *rules, reader::source_texts(text, syntax), out);
    if (fixes.empty()) break;
    out = proof::mended(out, fixes);
  }
  return out;
}

}  // namespace epitome
