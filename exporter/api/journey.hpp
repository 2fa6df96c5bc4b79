// One document on its way through the rooms. Internal to api.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/epitome.hpp"
#include "api/shared.hpp"
#include "book/book.hpp"
#include "cover/cover.hpp"
#include "epub/flavours.hpp"
#include "text/missing_glyphs.hpp"
#include "typeset/typeset.hpp"

namespace epitome {

// As a caller sees them, with what names their places in the source.
std::vector<Message> messages_of(const diag::Sink& sink, const std::shared_ptr<const diag::SourceText>& source,
                                 Syntax syntax);

// Who wrote a file: "Epitome 0.1.0".
std::string producer();

// One document on its way through the rooms. A step that comes after others runs them first.
class Journey {
 public:
  // `inputs`: what an editor would mark is told besides; null: it isn't. It must outlive the journey.
  Journey(Shared& shared, std::string name, std::string source, const FileReader& files, const Options& options,
          const CheckInputs* inputs = nullptr);

  // The book and its layout; false if an error was reported. All that can be found is.
  bool read();
  bool set_pages();
  // What is made for the formats that are asked for; false if an error was reported.
  bool prepare();
  // Pages that only say where an EPUB's pages turn may lack a glyph.
  bool pages_are_seen() const;
  // Sets pages in another layout than that of the PDF. What was told of the PDF's isn't told again.
  std::optional<page::Pages> set_apart(
      const style::Layout& layout,
      const std::function<std::optional<page::Pages>(const typeset::Inputs&, diag::Sink&)>& set);
  // `aloud`: it says that it is read aloud, which the caller sees to.
  std::optional<epub::Package> package(bool aloud = false);
  // The cover in small; empty if it is a given picture, which is made smaller. What it lacks the large one has told.
  std::string small_cover();
  std::string onix() const;
  // Forgets the pages if all formats that are still to be written need to know no more than where they turn. Fonts that
  // an EPUB embeds are those of the pages.
  void release_pages(std::span<const Format* const> left);
  // The summary counts the sheets of formats that set pages of their own, if there is no PDF.
  void count_sheets(std::size_t sheets) {
    if (!typeset_) result_.figures.pages += static_cast<std::uint32_t>(sheets);
  }
  // What can be said of the document, and the diagnostics. The words are counted for those who ask for them.
  Result result(bool with_words);

  diag::Sink& sink() { return sink_; }
  // Messages whose places aren't in the source.
  std::vector<Message>& of_other_files() { return of_other_files_; }
  Shared& shared() { return shared_; }
  const Options& options() const { return options_; }
  const std::vector<const Format*>& wanted() const { return wanted_; }
  const diag::SourceText& source() const { return *source_; }
  const std::string& file_stem() const { return result_.file_stem; }
  const book::Book& book() const { return *book_; }
  const style::Layout& layout() const { return *layout_; }
  // Null before the pages are set.
  const typeset::Typeset* typeset() const { return typeset_ ? &*typeset_ : nullptr; }

 private:
  void make_cover();
  cover::Inputs drawing(const style::Layout& layout, text::MissingGlyphs& missing);

  Shared& shared_;
  std::shared_ptr<const diag::SourceText> source_;  // the messages keep it, too
  Syntax syntax_;
  const FileReader& files_;
  const Options& options_;
  const CheckInputs* inputs_;
  std::vector<const Format*> wanted_;
  diag::Sink sink_;
  Result result_;  // what is known of it so far
  const style::Layout* layout_ = nullptr;
  std::unique_ptr<const book::Book> book_;
  std::optional<text::MissingGlyphs> missing_;
  std::optional<typeset::Typeset> typeset_;
  std::optional<cover::CoverFile> cover_;  // of all flavours of the EPUB, as the fonts are
  std::vector<epub::Font> fonts_;
  std::vector<Message> of_other_files_;
};

}  // namespace epitome
