#include <algorithm>
#include <optional>

#include "text/paragraph.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {

PreparedParagraph::PreparedParagraph() = default;
PreparedParagraph::~PreparedParagraph() = default;
PreparedParagraph::PreparedParagraph(PreparedParagraph&&) noexcept = default;
PreparedParagraph& PreparedParagraph::operator=(PreparedParagraph&&) noexcept = default;

const std::vector<const Face*>& Typesetter::Data::fallback_faces(std::string_view script, const Face& preferred,
                                                                 diag::Sink& sink) {
  for (const Fallback& f : fallbacks)
    if (f.script == script && f.preferred == &preferred) return f.faces;
  const bool needed = options.missing == nullptr || options.missing->way() != MissingGlyphs::Way::draft;
  diag::Sink unheard;
  fallbacks.push_back(
      {std::string(script), &preferred, options.fonts->fallbacks(script, preferred, needed ? sink : unheard)});
  return fallbacks.back().faces;
}

std::pair<std::uint32_t, std::uint32_t> Typesetter::Data::word_points(const HyphenationRules& rules, WordId id) {
  ShapedWord& word = shaper.word(id);
  if (word.hyphen_rules != rules.id) {
    word.hyphen_rules = rules.id;
    word.hyphen_begin = static_cast<std::uint32_t>(hyphen_points.size());
    hyphenation.points(rules, shaper.text(word), hyphen_points);
    word.hyphen_count = static_cast<std::uint32_t>(hyphen_points.size()) - word.hyphen_begin;
  }
  return {word.hyphen_begin, word.hyphen_count};
}

Typesetter::Data::Edges& Typesetter::Data::edges_of(const Face& face) {
  for (Edges& known : edges)
    if (known.face == &face) return known;
  Edges& made = edges.emplace_back();
  made.face = &face;
  for (const style::Protrusion& row : protrusion) {
    const std::uint32_t glyph = face.glyph(row.character);
    made.widths.push_back(glyph == 0 ? 0 : hb_font_get_glyph_h_advance(face.hb_font(), glyph));
  }
  made.end_bearings.resize(hb_face_get_glyph_count(face.hb_face()));
  return made;
}

std::int64_t Typesetter::Data::hang(char32_t character, const SpanInfo& span, bool at_start) {
  const auto row = std::lower_bound(protrusion.begin(), protrusion.end(), style::Protrusion{character}, by_character);
  if (row == protrusion.end() || row->character != character) return 0;
  const int share = at_start ? row->start : row->end;
  if (share == 0) return 0;
  const std::int32_t width = edges_of(*span.face).widths[static_cast<std::size_t>(row - protrusion.begin())];
  return span.size.scaled(width, span.face->units_per_em()).scaled(share, 1000).raw();
}

std::int32_t Typesetter::Data::end_bearing(const Face& face, std::uint32_t glyph) {
  std::optional<std::int32_t>& known = edges_of(face).end_bearings[glyph];
  if (!known) known = face.end_bearing(glyph);
  return *known;
}

BreakOptions break_options(const PreparedParagraph::Data& paragraph, const style::Justification& justification,
                           bool wide) {
  const ParagraphShape& shape = paragraph.shape;
  BreakOptions o;
  const Length measure = shape.measure - shape.start_indent - shape.end_indent;
  o.first_measure = (measure - shape.first_line_indent).raw();
  o.measure = (measure - shape.turnover_indent).raw();
  o.justified = shape.alignment == style::Alignment::justified;
  o.space_min = justification.space_min;
  o.space_ideal = justification.space;
  o.space_max = justification.space_max;
  o.letter_min = justification.letter_min;
  o.letter_max = justification.letter_max;
  o.scale_min = justification.glyph_scale_min;
  o.scale_max = justification.glyph_scale_max;
  o.edge = justification.edge.raw();
  o.hyphen_price = justification.hyphen_price;
  o.max_consecutive_hyphens = justification.max_consecutive_hyphens;
  o.last_line_min = justification.last_line_min.raw();
  o.kashida = o.justified && justification.kashida;
  o.balance = shape.balance;
  o.wide = wide;
  o.wide_difference = justification.page_space - 1000;
  for (const Candidate& c : paragraph.candidates) o.most_hang = std::max(o.most_hang, -c.end_extra);
  o.glue = paragraph.glue;
  o.addresses = paragraph.beside;
  std::int64_t most_drop = 0;
  for (const CandidateGlue& g : paragraph.glue) most_drop = std::max({most_drop, g.drops[0], g.drops[1]});
  o.most_hang += most_drop;
  return o;
}

namespace {

// A paragraph that is a line longer for its page's sake ends in a third of the measure: a line for a word or two would
// be seen. Not in layouts that go wide, to which full pages are worth more (a novel's, of little else than paragraphs).
constexpr std::int64_t longer_last_share = 3;

// What the best breaking's lines cost by themselves.
std::int64_t cost_of_lines(const PreparedParagraph::Data& paragraph, const BreakOptions& options) {
  std::int64_t cost = 0;
  int from = -1;
  for (const std::uint32_t end : paragraph.best_ends) {
    const auto to = static_cast<int>(end);
    cost += fit_line(paragraph.candidates, paragraph.first_hang, from, to, options).cost;
    from = to;
  }
  return cost;
}

}  // namespace

Typesetter::Typesetter(TextOptions options) : data_(std::make_unique<Data>(std::move(options))) {}
Typesetter::~Typesetter() = default;

PreparedParagraph Typesetter::prepare(const Paragraph& paragraph, const style::Language& language, diag::Span place,
                                      diag::Sink& sink) {
  PreparedParagraph prepared;
  prepared.data =
      std::make_unique<PreparedParagraph::Data>(prepare_paragraph(*data_, paragraph, language, place, sink));
  return prepared;
}

std::vector<Line> Typesetter::break_lines(const PreparedParagraph& paragraph) {
  PreparedParagraph::Data& data = *paragraph.data;
  SetLines best = set_best(*data_, data, break_options(data, data_->options.layout->justification));
  know_best(paragraph, best.lines, best.demerits);
  return std::move(best.lines);
}

std::int64_t Typesetter::best_demerits(const PreparedParagraph& paragraph) { return paragraph.data->best_demerits; }

void Typesetter::know_best(const PreparedParagraph& paragraph, const std::vector<Line>& lines, std::int64_t demerits) {
  PreparedParagraph::Data& data = *paragraph.data;
  data.best_ends.clear();
  for (const Line& line : lines) data.best_ends.push_back(line.end);
  data.best_demerits = demerits;
}

Typesetter::OtherLines Typesetter::other_lines(const PreparedParagraph& paragraph, LineRequest request) {
  const PreparedParagraph::Data& data = *paragraph.data;
  if (data.best_ends.empty()) break_lines(paragraph);
  BreakOptions options = break_options(data, data_->options.layout->justification, request.wide);
  options.lines = static_cast<int>(data.best_ends.size()) + request.extra_lines;
  if (request.extra_lines != 0) {
    // Half of the layout's least is about an indent: a shorter line above the next paragraph's indent looks like an
    // empty one.
    options.asked_last_min = options.last_line_min / (request.wide ? 2 : 1);
    const bool goes_wide = data_->options.layout->justification.page_space > style::Justification::widest_usual;
    if (request.extra_lines > 0 && !goes_wide) {
      options.asked_last_min = std::max(options.asked_last_min, options.measure / longer_last_share);
    }
  }
  if (options.lines < 1) return {};
  SetLines other = set_best(*data_, data, options, request.not_at);
  std::int64_t best = data.best_demerits;
  if (request.wide) {  // by the same costs
    best -= cost_of_lines(data, break_options(data, data_->options.layout->justification));
    best += cost_of_lines(data, options);
  }
  return {std::move(other.lines), other.demerits - best};
}

Line Typesetter::set_line(const std::vector<TextSpan>& spans, const style::Language& language,
                          model::Direction direction, diag::Sink& sink, diag::Span place) {
  Paragraph paragraph;
  paragraph.spans = spans;
  for (TextSpan& span : paragraph.spans) span.unbreakable = true;
  // Wider than any text of one line can be; the line is not aligned within it.
  paragraph.shape.measure = Length::pt(100'000);
  paragraph.shape.alignment = style::Alignment::start;
  paragraph.shape.hyphenate = false;
  paragraph.shape.protrude = false;
  paragraph.shape.direction = direction;
  PreparedParagraph::Data data = prepare_paragraph(*data_, paragraph, language, place, sink);
  if (data.candidates.empty()) return {};
  // One line, whatever breaks there are: the last candidate alone.
  data.candidates.erase(data.candidates.begin(), data.candidates.end() - 1);
  data.points.erase(data.points.begin(), data.points.end() - 1);
  if (!data.glue.empty()) data.glue.erase(data.glue.begin(), data.glue.end() - 1);
  data.beside.clear();
  BreakOptions options = break_options(data, {});
  options.first_measure = data.candidates.back().before.width;
  data.shape.measure = Length::from_raw(options.first_measure);
  Breaking breaking;
  breaking.ends = {0};
  std::vector<Line> lines = finalize_lines(*data_, data, breaking, options);
  return std::move(lines.front());
}

std::string Typesetter::shown_text(const TextSpan& span, const style::Language& language, diag::Sink& sink) {
  Paragraph paragraph;
  paragraph.spans = {span};
  paragraph.spans.front().unbreakable = true;  // where lines end is not asked
  paragraph.shape.hyphenate = false;
  return prepare_paragraph(*data_, paragraph, language, {}, sink).text;
}

Length Typesetter::widest_start_hang(const Face& face, Length size) {
  const Data::Edges& edges = data_->edges_of(face);
  Length widest;
  for (std::size_t row = 0; row < data_->protrusion.size(); ++row) {
    const Length width = size.scaled(edges.widths[row], face.units_per_em());
    widest = std::max(widest, width.scaled(data_->protrusion[row].start, 1000));
  }
  return widest;
}

Typesetter::Extent Typesetter::extent(const PreparedParagraph& paragraph) {
  const PreparedParagraph::Data& data = *paragraph.data;
  Extent extent;
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < data.candidates.size(); ++i) {
    if (data.points[i].emergency) continue;
    const Candidate& c = data.candidates[i];
    extent.min = std::max(extent.min, Length::from_raw(c.before.width - begin + c.end_extra));
    extent.max = Length::from_raw(c.before.width);
    begin = c.after.width;
  }
  return extent;
}

}  // namespace epitome::text
