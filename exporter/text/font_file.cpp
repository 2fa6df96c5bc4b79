#include "text/font_file.hpp"

#include <hb-ot.h>
#include <hb-subset.h>

#include <map>
#include <vector>

#include "text/owned.hpp"

namespace epitome::text {

namespace {

using OwnedFace = Owned<hb_face_t, hb_face_destroy>;
using OwnedBlob = Owned<hb_blob_t, hb_blob_destroy>;

// OpenType's naming table (name): which string is what.
constexpr std::uint16_t name_copyright = 0, name_family = 1, name_style = 2, name_unique = 3, name_full = 4,
                        name_postscript = 6, name_licence = 13, name_licence_address = 14;

OwnedFace subset_of(hb_face_t* face, const std::set<char32_t>& characters) {
  const Owned<hb_subset_input_t, hb_subset_input_destroy> input(hb_subset_input_create_or_fail());
  if (!input) return {};
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  hb_set_t* const wanted = hb_subset_input_unicode_set(input.get());
  for (const char32_t character : characters) hb_set_add(wanted, character);
  // What style sheets ask for besides what shaping does by itself: small capitals, figures, superiors.
  hb_set_t* const features = hb_subset_input_set(input.get(), HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
  for (const char* const tag : {"smcp", "c2sc", "lnum", "onum", "tnum", "pnum", "sups"})
    hb_set_add(features, hb_tag_from_string(tag, 4));
  const OwnedFace subset(hb_subset_or_fail(face, input.get()));
  if (!subset) return {};
  // Only a face that was read from bytes says which tables it has.
  const OwnedBlob bytes(hb_face_reference_blob(subset.get()));
  return OwnedFace(hb_face_create(bytes.get(), 0));
}

std::u16string name_in(hb_face_t* face, std::uint16_t id) {
  const hb_language_t english = hb_language_from_string("en", -1);
  unsigned length = hb_ot_name_get_utf16(face, id, english, nullptr, nullptr);
  std::vector<std::uint16_t> units(length + 1);
  length = static_cast<unsigned>(units.size());
  hb_ot_name_get_utf16(face, id, english, &length, units.data());
  return {units.begin(), units.begin() + length};
}

std::u16string ascii(std::string_view text) { return {text.begin(), text.end()}; }

void put_u16(std::string& out, std::size_t value) {
  out += static_cast<char>(value >> 8 & 0xFF);
  out += static_cast<char>(value & 0xFF);
}

// The table, format 0: strings of Windows' platform (3), UTF-16 (1), American English (0x409).
std::string naming_table(hb_face_t* face, std::string_view family, std::string_view style) {
  std::map<std::uint16_t, std::u16string> names;
  for (const std::uint16_t id : {name_copyright, name_licence, name_licence_address}) {
    if (std::u16string kept = name_in(face, id); !kept.empty()) names[id] = std::move(kept);
  }
  const std::string full = std::string(family).append(" ").append(style);
  std::string postscript = std::string(family).append("-").append(style);
  std::erase(postscript, ' ');
  names[name_family] = ascii(family);
  names[name_style] = ascii(style);
  names[name_unique] = names[name_full] = ascii(full);
  names[name_postscript] = ascii(postscript);
  std::string records, strings;
  for (const auto& [id, text] : names) {
    for (const std::size_t value :
         {std::size_t{3}, std::size_t{1}, std::size_t{0x409}, std::size_t{id}, text.size() * 2, strings.size()}) {
      put_u16(records, value);
    }
    for (const char16_t unit : text) put_u16(strings, unit);
  }
  std::string table;
  for (const std::size_t value : {std::size_t{0}, names.size(), 6 + records.size()}) put_u16(table, value);
  return table + records + strings;
}

}  // namespace

std::optional<std::string> font_file(const Face& face, const std::set<char32_t>& characters, std::string_view family,
                                     std::string_view style) {
  const OwnedFace subset = subset_of(face.hb_face(), characters);
  if (!subset) return std::nullopt;
  const OwnedFace built(hb_face_builder_create());
  const hb_tag_t name = hb_tag_from_string("name", 4);
  unsigned count = hb_face_get_table_tags(subset.get(), 0, nullptr, nullptr);
  std::vector<hb_tag_t> tags(count);
  hb_face_get_table_tags(subset.get(), 0, &count, tags.data());
  for (const hb_tag_t tag : tags) {
    const OwnedBlob table(hb_face_reference_table(subset.get(), tag));
    if (tag != name) hb_face_builder_add_table(built.get(), tag, table.get());
  }
  const std::string names = naming_table(face.hb_face(), family, style);
  const OwnedBlob naming(
      hb_blob_create(names.data(), static_cast<unsigned>(names.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  hb_face_builder_add_table(built.get(), name, naming.get());
  const OwnedBlob file(hb_face_reference_blob(built.get()));
  unsigned length = 0;
  const char* const data = hb_blob_get_data(file.get(), &length);
  if (length == 0) return std::nullopt;
  return std::string(data, length);
}

}  // namespace epitome::text
