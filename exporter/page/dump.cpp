// Pages as readable text. One line a thing; what is at its default is left out.
#include <fmt/format.h>

#include <cstdlib>
#include <iterator>

#include "diag/utf8.hpp"
#include "page/pages.hpp"
#include "page/roles.hpp"
#include "text/fonts.hpp"

namespace epitome::page {

std::string points(Length length) {
  const std::int64_t milli = length.scaled(1000, 65536).raw();
  std::string out = fmt::format("{}{}.{:03}", milli < 0 ? "-" : "", std::abs(milli) / 1000, std::abs(milli) % 1000);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

namespace {

// In double quotes; control and invisible characters that would mislead a reader are spelled out.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    const char32_t v = c.value;
    const bool invisible = v < 0x20 || (v >= 0x7F && v <= 0xA0) || v == 0xAD || (v >= 0x2000 && v <= 0x200F) ||
                           (v >= 0x2028 && v <= 0x202F) || (v >= 0x2060 && v <= 0x206F) || v == 0x3000 || v == 0xFEFF;
    if (!c.valid || invisible) {
      fmt::format_to(std::back_inserter(out), "\\u{{{:04X}}}", static_cast<std::uint32_t>(v));
    } else {
      if (v == '"' || v == '\\') out.push_back('\\');
      out.append(text.substr(at, c.length));
    }
    at += c.length;
  }
  return out + '"';
}

std::string_view artifact_name(ArtifactKind kind) {
  switch (kind) {
    case ArtifactKind::none:
      break;
    case ArtifactKind::header:
      return "header";
    case ArtifactKind::footer:
      return "footer";
    case ArtifactKind::layout:
      return "layout";
    case ArtifactKind::page:
      return "page";
    case ArtifactKind::background:
      return "background";
  }
  return "none";
}

class Dumper {
 public:
  explicit Dumper(const Pages& pages) : pages_(pages) {}

  std::string run() {
    metadata();
    for (std::size_t i = 0; i < pages_.pages.size(); ++i) one_page(i);
    put("structure\n");
    if (!pages_.elements.empty()) element(0, 1);
    navigation();
    return std::move(out_);
  }

 private:
  template <class... A>
  void put(fmt::format_string<A...> format, A&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<A>(arguments)...);
  }
  void field(std::string_view name, std::string_view value) {
    if (!value.empty()) put(" {}={}", name, quoted(value));
  }
  void box(const Rect& r) { put("{} {} {}x{}", points(r.x), points(r.y), points(r.width), points(r.height)); }
  void colour(Colour c) {
    if (c != Colour{}) put(" #{:02x}{:02x}{:02x}", c.red, c.green, c.blue);
  }

  void metadata() {
    const Metadata& m = pages_.metadata;
    put("pages {} images {}{}{}\n", pages_.pages.size(), pages_.images.size(), pages_.facing ? " facing" : "",
        m.rtl ? " rtl" : "");
    const auto line = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) put("  {} {}\n", name, quoted(value));
    };
    line("title", m.title);
    for (const std::string& author : m.authors) line("author", author);
    line("subject", m.subject);
    line("description", m.description);
    for (const std::string& keyword : m.keywords) line("keyword", keyword);
    line("lang", m.lang);
    line("identifier", m.identifier);
    line("publisher", m.publisher);
    line("rights", m.rights);
    line("rights-href", m.rights_href);
    line("source-type", m.source_type);
    line("created", m.created);
    line("modified", m.modified);
  }

  void one_page(std::size_t index) {
    const Page& page = pages_.pages[index];
    put("page {} {}x{}", quoted(page.label), points(page.trim.width), points(page.trim.height));
    if (page.bleed != Length{}) put(" bleed {}", points(page.bleed));
    put("{}\n", page.turned ? " turned" : "");
    std::uint32_t open = no_index;
    bool first = true;
    for (const Item& item : page.items) {
      if (first || item.mark != open) mark(item.mark);
      first = false;
      open = item.mark;
      std::visit([&](const auto& value) { draw(value); }, item.value);
    }
  }

  void mark(std::uint32_t index) {
    if (index >= pages_.marks.size()) {
      put("  unmarked\n");
      return;
    }
    const Mark& m = pages_.marks[index];
    if (m.element < pages_.elements.size())
      put("  {} {}\n", role_name(pages_.elements[m.element].role), m.element);
    else
      put("  artifact {}\n", artifact_name(m.artifact));
  }

  // Position, width, face, size, text: then what a reader of a golden dump needs to see moved glyphs.
  void draw(const Text& text) {
    const text::GlyphRun& run = text.run;
    put("    text {} {} w{}", points(text.origin.x), points(text.origin.y), points(run.width()));
    if (run.face != nullptr) put(" {} {}", run.face->entry().family, run.face->entry().style);
    put(" {} {}", points(run.size), quoted(run.text));
    colour(text.colour);
    if (!run.lang.empty() && run.lang != pages_.metadata.lang) put(" {}", run.lang);
    if (run.rtl) put(" rtl");
    if (run.glyph_scale != 1000) put(" scale {}", run.glyph_scale);
    bool raised = false;
    for (const text::Glyph& g : run.glyphs) raised = raised || g.x_offset != Length{} || g.y_offset != Length{};
    if (raised) put(" offsets");
    put(" glyphs {}\n", run.glyphs.size());
  }
  void draw(const Rule& rule) {
    put("    rule ");
    box(rule.box);
    colour(rule.colour);
    if (rule.dash_off != Length{}) put(" dash {} {}", points(rule.dash_on), points(rule.dash_off));
    put("\n");
  }
  void draw(const Picture& picture) {
    put("    picture {} ", picture.image);
    box(picture.box);
    put("\n");
  }

  void element(std::uint32_t index, int depth) {
    const Element& e = pages_.elements[index];
    put("{:{}}{} {}", "", depth * 2, role_name(e.role), index);
    field("lang", e.details->lang);
    field("alt", e.details->alternative);
    field("actual", e.details->actual);
    field("title", e.details->title);
    field("id", e.details->id);
    if (e.scope != Element::ThScope::none) put(" scope={}", e.scope == Element::ThScope::column ? "column" : "row");
    if (e.column_span != 1 || e.row_span != 1) put(" span={}x{}", e.column_span, e.row_span);
    if (e.numbering != Element::Numbering::none) {
      constexpr std::string_view names[] = {"none", "decimal", "unordered", "ordered"};
      put(" numbering={}", names[static_cast<std::size_t>(e.numbering)]);
    }
    if (e.details->box.width != Length{}) {
      put(" box=");
      box(e.details->box);
    }
    for (const Kid& kid : e.kids)
      if (kid.is_mark && kid.index < pages_.marks.size()) put(" @{}", pages_.marks[kid.index].page);
    put("\n");
    for (const Kid& kid : e.kids)
      if (!kid.is_mark && kid.index < pages_.elements.size() && depth < 64) element(kid.index, depth + 1);
  }

  void navigation() {
    put("links\n");
    for (const Link& link : pages_.links) {
      put("  page {} element {}", link.page, link.element);
      for (const Rect& r : link.boxes) {
        put(" [");
        box(r);
        put("]");
      }
      put(" {} -> {}{}\n", quoted(link.description), link.destination.empty() ? "" : "#",
          link.destination.empty() ? link.uri : link.destination);
    }
    put("destinations\n");
    for (const Destination& d : pages_.destinations) put("  {} page {} {}\n", d.name, d.page, points(d.y));
    put("outline\n");
    for (const OutlineEntry& o : pages_.outline)
      put("  {:{}}{} #{}\n", "", o.level * 2, quoted(o.title), o.destination);
    put("labels\n");
    for (const LabelRange& r : pages_.labels) {
      constexpr std::string_view names[] = {"none", "arabic", "roman"};
      put("  from page {} {} {}", r.first_page, names[static_cast<std::size_t>(r.style)], r.start);
      field("prefix", r.prefix);
      put("\n");
    }
  }

  const Pages& pages_;
  std::string out_;
};

}  // namespace

std::string dump_pages(const Pages& pages) { return Dumper(pages).run(); }

}  // namespace epitome::page
