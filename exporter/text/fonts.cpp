#include "text/fonts.hpp"

#include <fmt/format.h>
#include <hb-ot.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <pugixml.hpp>

namespace epitome::text {

namespace {

// Whether a font file is as its maker wrote it (OpenType 1.9, "Calculating checksums": with head's adjustment the
// file's sum is 0xB1B0AFBA). A collection has no such sum; its tables are too large to be summed at every run.
bool is_intact(std::string_view file) {
  if (file.starts_with("ttcf")) return true;
  const auto byte = [&](std::size_t at) -> std::uint32_t {
    return at < file.size() ? static_cast<unsigned char>(file[at]) : 0U;
  };
  const std::size_t whole = file.size() & ~std::size_t{3};
  std::uint32_t sum = 0;
  for (std::size_t at = 0; at < whole; at += 4) {
    std::uint32_t word = 0;
    std::memcpy(&word, file.data() + at, 4);
    sum += std::endian::native == std::endian::little ? __builtin_bswap32(word) : word;
  }
  if (whole != file.size()) sum += byte(whole) << 24 | byte(whole + 1) << 16 | byte(whole + 2) << 8;
  return sum == 0xB1B0AFBA;
}

}  // namespace

struct Face::Data {
  FontEntry entry;
  hb_face_t* face = nullptr;
  hb_font_t* font = nullptr;
  std::uint32_t units_per_em = 1000;
  bool truetype = false;
};

Face::Face() : data_(std::make_unique<Data>()) {}

Face::~Face() {
  hb_font_destroy(data_->font);
  hb_face_destroy(data_->face);
}

const FontEntry& Face::entry() const { return data_->entry; }
hb_face_t* Face::hb_face() const { return data_->face; }
hb_font_t* Face::hb_font() const { return data_->font; }
std::uint32_t Face::units_per_em() const { return data_->units_per_em; }
bool Face::is_truetype() const { return data_->truetype; }

Length Face::x_height(Length size) const {
  hb_position_t units = 0;
  hb_ot_metrics_get_position_with_fallback(data_->font, HB_OT_METRICS_TAG_X_HEIGHT, &units);
  return size.scaled(units, data_->units_per_em);
}

std::uint32_t Face::glyph(char32_t character) const {
  hb_codepoint_t id = 0;
  return hb_font_get_nominal_glyph(data_->font, character, &id) ? id : 0;
}

Length Face::advance(std::uint32_t glyph, Length size) const {
  return size.scaled(hb_font_get_glyph_h_advance(data_->font, glyph), data_->units_per_em);
}

Length Face::side_bearing(std::uint32_t glyph, Length size) const {
  hb_glyph_extents_t extents{};
  if (!hb_font_get_glyph_extents(data_->font, glyph, &extents)) return {};
  return size.scaled(extents.x_bearing, data_->units_per_em);
}

Length Face::end_bearing(std::uint32_t glyph, Length size) const {
  return size.scaled(end_bearing(glyph), data_->units_per_em);
}

std::int32_t Face::end_bearing(std::uint32_t glyph) const {
  hb_glyph_extents_t extents{};
  if (!hb_font_get_glyph_extents(data_->font, glyph, &extents)) return 0;
  return hb_font_get_glyph_h_advance(data_->font, glyph) - extents.x_bearing - extents.width;
}

struct FontSet::Data {
  std::string root;
  std::vector<FontEntry> entries;
  std::vector<std::unique_ptr<Face>> faces;  // by entry

  std::string path(const FontEntry& entry) const { return root + "/" + entry.file; }
  const Face* load(std::size_t at, diag::Sink& sink);
};

FontSet::FontSet() : data_(std::make_unique<Data>()) {}
FontSet::~FontSet() = default;
FontSet::FontSet(FontSet&&) noexcept = default;
FontSet& FontSet::operator=(FontSet&&) noexcept = default;

bool FontSet::read_manifest(const std::string& path, diag::Sink& sink) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_file(path.c_str());
  if (!result) {
    sink.report(diag::Code::E0503, {},
                fmt::format("the fonts' manifest '{}' can't be read: {}", path, result.description()));
    return false;
  }
  const pugi::xml_node root = document.child("fonts");
  data_->root = root.attribute("root").as_string("/usr/share/fonts");
  if (!data_->root.starts_with('/')) {
    const std::size_t slash = path.rfind('/');
    data_->root.insert(0, slash == std::string::npos ? "./" : path.substr(0, slash + 1));
  }
  for (const pugi::xml_node row : root.children("font")) {
    FontEntry e;
    const auto text = [&](const char* name) { return std::string(row.attribute(name).value()); };
    e.family = text("family");
    e.style = text("style");
    e.role = text("role");
    e.scripts = text("scripts");
    e.file = text("file");
    e.package = text("package");
    e.version = text("version");
    e.sha256 = text("sha256");
    e.licence = text("licence");
    e.feature = text("feature");
    e.credit = text("credit");
    e.bytes = row.attribute("bytes").as_ullong();
    e.index = row.attribute("index").as_uint();
    data_->entries.push_back(std::move(e));
  }
  data_->faces.resize(data_->entries.size());
  if (data_->entries.empty()) {
    sink.report(diag::Code::E0503, {}, fmt::format("the fonts' manifest '{}' names no font", path));
    return false;
  }
  return true;
}

const Face* FontSet::Data::load(std::size_t at, diag::Sink& sink) {
  if (faces[at]) return faces[at].get();
  const FontEntry& entry = entries[at];
  const std::string file = path(entry);
  const auto fail = [&](std::string_view why) {
    std::string message = fmt::format("the font {} {} {}: '{}'", entry.family, entry.style, why, file);
    // Once for each document: a sink is one document's.
    const auto is_same = [&](const diag::Diagnostic& told) { return told.message == message; };
    if (std::ranges::none_of(sink.diagnostics(), is_same))
      sink.report(diag::Code::E0503, {}, std::move(message), {fmt::format("install the package {}", entry.package)});
    return nullptr;
  };
  hb_blob_t* blob = hb_blob_create_from_file_or_fail(file.c_str());
  if (!blob) return fail("is not found");
  unsigned bytes = 0;
  const char* const content = hb_blob_get_data(blob, &bytes);
  const bool intact = is_intact({content, bytes});
  hb_face_t* hb = hb_face_create(blob, entry.index);
  hb_blob_destroy(blob);
  if (hb_face_get_glyph_count(hb) == 0) {
    hb_face_destroy(hb);
    return fail("can't be read");
  }
  if (!intact) {
    hb_face_destroy(hb);
    return fail("is damaged: its checksum is wrong");
  }
  if (bytes != entry.bytes)
    sink.report(diag::Code::W0504, {},
                fmt::format("the font {} {} is not the one that the manifest names ({} {}): pages may differ",
                            entry.family, entry.style, entry.package, entry.version),
                {fmt::format("'{}' has {} bytes, not {}", file, bytes, entry.bytes)});
  std::unique_ptr<Face> face(new Face);
  face->data_->entry = entry;
  face->data_->face = hb;
  face->data_->font = hb_font_create(hb);
  face->data_->units_per_em = hb_face_get_upem(hb);
  hb_blob_t* outlines = hb_face_reference_table(hb, HB_TAG('g', 'l', 'y', 'f'));
  face->data_->truetype = hb_blob_get_length(outlines) != 0;
  hb_blob_destroy(outlines);
  hb_face_make_immutable(hb);
  hb_font_make_immutable(face->data_->font);
  faces[at] = std::move(face);
  return faces[at].get();
}

const Face* FontSet::face(std::string_view family, std::string_view style, diag::Sink& sink) {
  for (std::size_t i = 0; i < data_->entries.size(); ++i)
    if (data_->entries[i].family == family && data_->entries[i].style == style) return data_->load(i, sink);
  sink.report(diag::Code::E0506, {}, fmt::format("the fonts' manifest has no font {} {}", family, style),
              {"a layout can only name fonts of fonts/manifest.xml"});
  return nullptr;
}

std::vector<const Face*> FontSet::fallbacks(std::string_view script, const Face& preferred, diag::Sink& sink) {
  const auto is_bold = [](const FontEntry& e) { return e.style.find("Bold") != std::string::npos; };
  const auto is_italic = [](const FontEntry& e) { return e.style.find("Italic") != std::string::npos; };
  const bool bold = is_bold(preferred.entry()), italic = is_italic(preferred.entry());
  const auto likeness = [&](const FontEntry& e) { return 2 * (is_bold(e) == bold) + (is_italic(e) == italic); };
  const auto sets_script = [&](const FontEntry& e) {
    return e.role == "fallback" && e.scripts.find(script) != std::string::npos;
  };
  // Of each family the style most like the preferred face's.
  std::vector<const Face*> found;
  std::vector<std::string_view> families;
  for (const FontEntry& first : data_->entries) {
    if (!sets_script(first) || std::find(families.begin(), families.end(), first.family) != families.end()) continue;
    families.push_back(first.family);
    std::size_t best = static_cast<std::size_t>(&first - data_->entries.data());
    for (std::size_t i = best + 1; i < data_->entries.size(); ++i) {
      const FontEntry& e = data_->entries[i];
      if (e.family == first.family && sets_script(e) && likeness(e) > likeness(data_->entries[best])) best = i;
    }
    if (const Face* face = data_->load(best, sink)) found.push_back(face);
  }
  return found;
}

const std::vector<FontEntry>& FontSet::entries() const { return data_->entries; }

}  // namespace epitome::text
