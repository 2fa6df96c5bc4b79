#include "api/message.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace epitome {

struct Message::Data {
  diag::Diagnostic diagnostic;
  std::shared_ptr<const diag::SourceText> source;

  bool has_place() const { return diagnostic.span != diag::Span{}; }
};

Severity Message::severity() const { return data_->diagnostic.severity; }
Category Message::category() const { return diag::category_of(data_->diagnostic.code); }
std::string_view Message::code() const { return diag::code_name(data_->diagnostic.code); }
std::uint32_t Message::line() const {
  return data_->has_place() ? data_->source->place(data_->diagnostic.span.offset).line : 0;
}
std::uint32_t Message::column() const {
  return data_->has_place() ? data_->source->place(data_->diagnostic.span.offset).column : 0;
}
const std::string& Message::text() const { return data_->diagnostic.message; }
const std::vector<std::string>& Message::hints() const { return data_->diagnostic.hints; }
const std::string& Message::pointer() const { return data_->diagnostic.pointer; }
std::string Message::render(MessageFormat format) const {
  return diag::render(data_->diagnostic, *data_->source, format);
}

Message to_message(diag::Diagnostic diagnostic, std::shared_ptr<const diag::SourceText> source) {
  return Message(std::make_shared<const Message::Data>(Message::Data{std::move(diagnostic), std::move(source)}));
}

Message fault(diag::Code code, const std::string& name, std::string text, std::string hint) {
  return to_message({diag::severity_of(code), code, {}, std::move(text), {std::move(hint)}},
                    std::make_shared<const diag::SourceText>(name, std::string()));
}

Message input_fault(const std::string& name, const std::string& why) {
  return fault(diag::Code::E0106, name, why, "name a file that is there and may be read, or - for standard input");
}

Message output_fault(const std::string& name, const std::string& why) {
  const std::size_t slash = name.rfind('/');
  const std::string folder = slash == std::string::npos ? std::string() : name.substr(0, slash);
  const bool no_folder = !folder.empty() && access(folder.c_str(), F_OK) != 0 && errno == ENOENT;
  return fault(diag::Code::E0701, name, why,
               name == "<stdout>" ? "lead standard output to a file or a program that takes all of it"
               : no_folder        ? fmt::format("make the folder first: mkdir -p '{}'", folder)
                                  : "name another folder or file");
}

Message memory_fault() {
  return fault(diag::Code::E0903, "epitome", "memory ran out",
               "give the program more memory (ulimit -v, the limit of a container), or a smaller document");
}

std::optional<Message> data_fault(const std::string& folder) {
  std::string lacks;
  for (const char* const part :
       {"/layouts/book/layout.xml", "/layouts/replacements.xml", "/fonts/manifest.xml", "/hyphenation", "/names"}) {
    if (access((folder + part).c_str(), R_OK) != 0) lacks += (lacks.empty() ? "" : ", ") + std::string(part + 1);
  }
  if (lacks.empty()) return std::nullopt;
  const std::string where = folder.empty() ? "../share/epitome, beside the program's folder," : "'" + folder + "'";
  return fault(diag::Code::E0902, "epitome", fmt::format("the program's data is not found: {} lacks {}", where, lacks),
               "EPITOME_DATA names another folder of data; cmake --install puts one beside the program");
}

}  // namespace epitome
