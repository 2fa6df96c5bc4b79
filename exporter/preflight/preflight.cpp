#include "preflight/preflight.hpp"

#include "preflight/book.hpp"

namespace epitome::preflight {

namespace {

// The bytes of texts, so that places can be shown. What was read once is read again: a book is not kept in memory.
Report with_bytes(Container& container, std::vector<Findings::OfFile> found) {
  Report report;
  for (Findings::OfFile& of_file : found) {
    File file{std::move(of_file.path), {}, std::move(of_file.found)};
    bool has_place = false;
    for (const diag::Diagnostic& diagnostic : file.found) {
      ++(diagnostic.severity == diag::Severity::error ? report.errors : report.warnings);
      has_place = has_place || diagnostic.span != diag::Span{};
    }
    std::string why;
    if (has_place) {
      if (std::optional<std::string> bytes = container.read(file.path, limits::input_bytes, why))
        file.bytes = as_utf8(std::move(*bytes)).value_or(std::string());
      // What can't be read again has no places: all together is larger than any book.
      if (file.bytes.empty()) {
        for (diag::Diagnostic& diagnostic : file.found) diagnostic.span = {};
      }
    }
    report.files.push_back(std::move(file));
  }
  return report;
}

}  // namespace

Report inspect(std::string_view epub) {
  Container container(epub);
  Book book;
  Findings findings;
  Check check{container, book, findings};
  if (!container.fault().empty()) {
    findings.unreadable({}, container.fault());
  } else if (read_package(check)) {
    check_container(check, epub);
    for (const Item& item : book.items) {
      if (item.is_document() && !item.remote) scan_document(check, item);
    }
    check_sheets(check);
    check_navigation(check);
    check_links(check);
    check_pictures(check);
  } else {
    check_container(check, epub);
  }
  return with_bytes(container, findings.finish());
}

}  // namespace epitome::preflight
