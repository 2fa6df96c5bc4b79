// Whatever the bytes are: both readers end and tell of every refusal, and what they return can be compared.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "compare/compare.hpp"
#include "compare/read_epub.hpp"
#include "compare/read_pdf.hpp"
#include "compare/report.hpp"

using namespace epitome;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

// With itself as what the source says.
std::string words_of(const compare::Said& said) {
  std::string out;
  for (const compare::Part& part : said.parts) out += "body\t" + compare::to_utf8(part.text.characters) + '\n';
  return out + "note\t" + compare::to_utf8(said.notes.characters) + '\n';
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  diag::Sink of_pdf, of_epub;
  const std::optional<compare::Said> pdf = compare::read_pdf(bytes, of_pdf), epub = compare::read_epub(bytes, of_epub);
  require(pdf.has_value() == !of_pdf.has_errors(), "a PDF's text is returned exactly if no error was reported");
  require(epub.has_value() == !of_epub.has_errors(), "an EPUB's text is returned exactly if no error was reported");
  for (const compare::Said* const said : {pdf ? &*pdf : nullptr, epub ? &*epub : nullptr}) {
    if (said == nullptr) continue;
    compare::compare_files(*said, *said);
    compare::compare_with_source(*said, compare::read_words(words_of(*said)));
  }
  const compare::Input input{"fuzz", bytes};
  for (const diag::Format format : {diag::Format::full, diag::Format::brief, diag::Format::json}) {
    const compare::Report report = compare::report(input, input, input, format);
    require(!report.same && !report.messages.empty(), "no file is a PDF and an EPUB at once");
  }
  return 0;
}
