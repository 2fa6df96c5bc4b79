#include "typeset/flow/paragraph_cache.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace epitome::typeset {

namespace {

// FNV-1a, 64 bits: everything that a paragraph's lines depend on.
class Key {
 public:
  void add(std::string_view text) {
    add(text.size());
    for (const char c : text) value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  }
  void add(std::uint64_t number) { value_ = (value_ ^ number) * 0x100000001b3u; }
  void add(Length length) { add(static_cast<std::uint64_t>(length.raw())); }
  void add(const text::CharacterStyle& style) {
    add(reinterpret_cast<std::uintptr_t>(style.face));
    add(style.size);
    add(reinterpret_cast<std::uintptr_t>(style.features));
    add(static_cast<std::uint64_t>(style.small_caps) | static_cast<std::uint64_t>(style.superior) << 1 |
        static_cast<std::uint64_t>(style.inferior) << 2 | static_cast<std::uint64_t>(style.tracking) << 8);
    if (style.superior || style.inferior) add(style.script_size_min);
  }
  void add(const text::TextSpan& span) {
    add(span.text);
    add(span.style);
    add(span.lang);
    add(static_cast<std::uint64_t>(span.direction) | static_cast<std::uint64_t>(span.hyphenate) << 8 |
        static_cast<std::uint64_t>(span.unbreakable) << 9 | static_cast<std::uint64_t>(span.tag) << 16);
    add(span.annotation->text);
    if (!span.annotation.empty()) add(span.annotation->style);
  }
  void add(const text::ParagraphShape& shape) {
    for (const Length length : {shape.measure, shape.first_line_indent, shape.start_indent, shape.end_indent,
                                shape.turnover_indent, shape.hang_most}) {
      add(length);
    }
    add(static_cast<std::uint64_t>(shape.alignment) | static_cast<std::uint64_t>(shape.hyphenate) << 8 |
        static_cast<std::uint64_t>(shape.balance) << 9 | static_cast<std::uint64_t>(shape.protrude) << 10 |
        static_cast<std::uint64_t>(shape.optical_start) << 11 | static_cast<std::uint64_t>(shape.direction) << 16);
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325u;
};

enum class Kept : std::uint64_t { lines = 1, one_line, extent, lines_and_others };

std::uint64_t key_of(const text::Paragraph& paragraph, Kept kept) {
  Key key;
  key.add(static_cast<std::uint64_t>(kept));
  key.add(paragraph.shape);
  for (const text::TextSpan& span : paragraph.spans) key.add(span);
  return key.value();
}

// Whether marks would stand farther from their letter than they are set.
bool marks_at_limit(const text::Line& line) {
  for (const text::PlacedRun& run : line.runs) {
    const std::int64_t em = run.run.face->units_per_em();
    const Length limit =
        std::min(run.run.size.scaled((text::offset_limit - 1) * std::int64_t{run.run.glyph_scale}, em * 1000),
                 text::GlyphLength::farthest());
    const auto at_limit = [&](const text::Glyph& glyph) { return glyph.y_offset >= limit || -glyph.y_offset >= limit; };
    if (std::any_of(run.run.glyphs.begin(), run.run.glyphs.end(), at_limit)) return true;
  }
  return false;
}

void report_lines(const Lines& lines, diag::Sink& sink) {
  // A hyphen where the language has one needs no word.
  const auto divided = std::find_if(lines.begin(), lines.end(), [](const text::Line& line) {
    return line.divided && !line.hyphenated && !line.overfull;
  });
  if (divided != lines.end()) {
    sink.report(diag::Code::W0602, lines.span,
                fmt::format("a word is wider than its column and is divided anywhere: \"{}\"", words_of(*divided)),
                {"divide it yourself: a soft hyphen is &#xAD;, a zero width space &#x200B;"});
  }
  for (const text::Line& line : lines) {
    if (marks_at_limit(line)) {
      sink.report(diag::Code::W0605, lines.span,
                  fmt::format("marks are stacked too high or too deep: \"{}\"", words_of(line)),
                  {"no letter has so many marks: take some away"});
    }
    if (!line.overfull) continue;
    sink.report(diag::Code::W0602, lines.span, fmt::format("a line is wider than its column: \"{}\"", words_of(line)),
                {"shorten or divide its longest word"});
  }
}

// Most paragraphs have nothing to report.
void keep(diag::Sink& heard, std::unique_ptr<const diag::Sink>& in) {
  if (!heard.diagnostics().empty()) in = std::make_unique<diag::Sink>(std::move(heard));
}

}  // namespace

Length natural_width(const text::Line& line) {
  Length end;
  for (const text::PlacedRun& run : line.runs) end = std::max(end, run.x + run.run.width());
  return end;
}

Length whole_width(const text::Line& line) {
  Length start;
  for (const text::PlacedRun& run : line.runs) start = std::min(start, run.x);
  return natural_width(line) - start;
}

std::string words_of(const text::Line& line) {
  std::string words;
  for (const std::uint32_t run : line.logical) words += line.runs[run].run.text;
  constexpr std::size_t most = 60;
  if (words.size() <= most) return words;
  std::size_t end = most;
  while ((static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) --end;
  return words.substr(0, end) + "…";
}

ParagraphCache::Entry& ParagraphCache::entry(std::uint64_t key, bool& fresh) {
  if (next_ == entries_.size()) entries_.emplace_back();
  Entry& found = entries_[next_++];
  fresh = found.key != key;
  if (fresh) {
    let_go(found);
    found = {};
    found.key = key;
  }
  return found;
}

void ParagraphCache::let_go(Entry& entry) {
  if (!entry.set) return;
  prepared_bytes_ -= std::exchange(entry.set->bytes_kept, 0);
  entry.set->prepared = {};
}

std::uint64_t ParagraphCache::key_of(const text::Paragraph& paragraph, Again again) {
  return typeset::key_of(paragraph, again.others ? Kept::lines_and_others : Kept::lines);
}

void ParagraphCache::keep_prepared(Set& set, const text::Paragraph& paragraph, text::PreparedParagraph prepared) {
  set.demerits = text::Typesetter::best_demerits(prepared);
  std::size_t bytes = 0;
  for (const text::TextSpan& span : paragraph.spans) bytes += span.text.size();
  if (prepared_bytes_ + bytes <= prepared_most) {
    set.prepared = std::move(prepared);
    prepared_bytes_ += set.bytes_kept = bytes;
  }
}

void ParagraphCache::fixed(std::size_t number) {
  Entry& entry = entries_[number];
  let_go(entry);
  if (entry.set && !entry.set->again.pages) entry.set = {};
}

ParagraphCache::Setting ParagraphCache::lines(text::Paragraph paragraph, diag::Span place, Again again) {
  bool fresh = false;
  Entry& result = entry(key_of(paragraph, again), fresh);
  result.place = place;
  if (!fresh) return {result.lines, next_ - 1};
  diag::Sink heard;
  text::PreparedParagraph prepared = typesetter_.prepare(paragraph, language_, place, heard);
  auto lines = std::make_shared<Lines>(typesetter_.break_lines(prepared), place);
  if (again.others || again.pages) {
    result.set = std::make_unique<Set>();
    result.set->again = again;
    if (again.others) keep_prepared(*result.set, paragraph, std::move(prepared));
    result.set->paragraph = std::move(paragraph);
  }
  report_lines(*lines, heard);
  keep(heard, result.heard);
  result.lines = std::move(lines);
  return {result.lines, next_ - 1};
}

// Prepared, a paragraph takes many times its text: in a long document it is made again when it is asked for.
text::Typesetter::OtherLines ParagraphCache::other_lines(Entry& entry, const text::LineRequest& request) {
  Set& set = *entry.set;
  if (!set.prepared.data) {
    diag::Sink known;  // heard when it was first set
    set.prepared = typesetter_.prepare(set.paragraph, language_, entry.place, known);
    text::Typesetter::know_best(set.prepared, *entry.lines, set.demerits);
  }
  return typesetter_.other_lines(set.prepared, request);
}

const ParagraphCache::Other* ParagraphCache::known_other(std::size_t number, const text::LineRequest& request) const {
  const std::vector<Other>& others = entries_[number].set->others;
  const auto found =
      std::find_if(others.begin(), others.end(), [&](const Other& other) { return other.request == request; });
  return found == others.end() ? nullptr : &*found;
}

const ParagraphCache::Other& ParagraphCache::other(std::size_t number, const text::LineRequest& request) {
  Entry& found = entries_[number];
  std::vector<Other>& others = found.set->others;
  const Other* const known = known_other(number, request);
  if (known != nullptr && !known->outdated) return *known;
  const text::Typesetter::OtherLines made = other_lines(found, request);
  Other& other = known == nullptr ? others.emplace_back() : others[static_cast<std::size_t>(known - others.data())];
  other = {};
  other.request = request;
  other.excess = made.excess;
  const auto unfit = [](const text::Line& line) { return line.overfull || line.least_leading > Length{}; };
  if (std::any_of(made.lines.begin(), made.lines.end(), unfit)) return other;
  for (std::uint32_t i = 0; i < made.lines.size(); ++i) {
    const text::Line& line = made.lines[i];
    other.hyphenated.push_back(line.hyphenated);
    for (const std::uint32_t run : line.logical) other.tags.emplace_back(i, line.runs[run].tag);
  }
  return other;
}

std::shared_ptr<const Lines> ParagraphCache::set_again(std::size_t number, const text::LineRequest& request) {
  Entry& found = entries_[number];
  const auto other = std::find_if(found.set->others.begin(), found.set->others.end(),
                                  [&](const Other& made) { return made.request == request; });
  if (!other->lines) {
    auto lines = std::make_shared<Lines>(other_lines(found, request).lines, found.place);
    lines->extra = request.extra_lines;
    other->lines = std::move(lines);
  }
  return other->lines;
}

void ParagraphCache::finish() {
  entries_.resize(next_);
  std::erase_if(entries_, [](const Entry& entry) { return entry.heard == nullptr; });
  for (Entry& entry : entries_) {
    entry.lines = {};
    entry.set = {};
  }
  next_ = entries_.size();
}

std::shared_ptr<const Lines> ParagraphCache::one_line(const std::vector<text::TextSpan>& spans,
                                                      model::Direction direction, diag::Span place) {
  text::Paragraph paragraph;
  paragraph.spans = spans;
  paragraph.shape.direction = direction;
  bool fresh = false;
  Entry& result = entry(typeset::key_of(paragraph, Kept::one_line), fresh);
  result.place = place;
  if (!fresh) return result.lines;
  std::vector<text::Line> line;
  diag::Sink heard;
  line.push_back(typesetter_.set_line(spans, language_, direction, heard, place));
  keep(heard, result.heard);
  result.lines = std::make_shared<Lines>(std::move(line), place);
  return result.lines;
}

text::Typesetter::Extent ParagraphCache::extent(const text::Paragraph& paragraph, diag::Span place) {
  bool fresh = false;
  Entry& result = entry(typeset::key_of(paragraph, Kept::extent), fresh);
  if (fresh) {
    diag::Sink unheard;  // the same paragraph is set, and reported, later
    result.extent = typesetter_.extent(typesetter_.prepare(paragraph, language_, place, unheard));
  }
  return result.extent;
}

void ParagraphCache::report(diag::Sink& sink) const {
  // A running head says the same on every page.
  std::set<std::pair<std::uint32_t, std::string>> reported;
  for (std::size_t i = 0; i < next_; ++i) {
    if (!entries_[i].heard) continue;
    for (const diag::Diagnostic& d : entries_[i].heard->diagnostics()) {
      if (reported.emplace(d.span.offset, d.message).second) sink.report(d.code, d.span, d.message, d.hints);
    }
  }
}

}  // namespace epitome::typeset
