#include "pdf/subset.hpp"

#include "text/owned.hpp"

namespace epitome::pdf {

using text::Owned;

std::optional<Subset> make_subset(hb_face_t* face, const std::vector<std::uint32_t>& glyphs, hb_tag_t table) {
  const Owned<hb_subset_input_t, hb_subset_input_destroy> input(hb_subset_input_create_or_fail());
  if (!input) return std::nullopt;
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
  for (const std::uint32_t glyph : glyphs) hb_set_add(wanted, glyph);
  // With GSUB dropped the glyphs are not closed over its substitutions. The rest is what an embedded TrueType
  // program doesn't need (ISO 32000-1 9.9).
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag :
       {"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "STAT", "DSIG", "name", "OS/2", "cmap", "post", "kern", "gasp",
        "meta", "hdmx", "VDMX", "LTSH", "PCLT", "vhea", "vmtx", "VORG", "cvt ", "fpgm", "prep", "COLR", "CPAL", "SVG "})
    hb_set_add(dropped, hb_tag_from_string(tag, 4));

  const Owned<hb_subset_plan_t, hb_subset_plan_destroy> plan(hb_subset_plan_create_or_fail(face, input.get()));
  if (!plan) return std::nullopt;
  const Owned<hb_face_t, hb_face_destroy> made(hb_subset_plan_execute_or_fail(plan.get()));
  if (!made) return std::nullopt;
  const Owned<hb_blob_t, hb_blob_destroy> blob(table == 0 ? hb_face_reference_blob(made.get())
                                                          : hb_face_reference_table(made.get(), table));
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob.get(), &length);
  if (length == 0) return std::nullopt;
  Subset out;
  out.bytes.assign(data, length);
  out.count = hb_face_get_glyph_count(made.get());
  const hb_map_t* map = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  out.new_glyphs.reserve(glyphs.size());
  for (const std::uint32_t glyph : glyphs) {
    const std::uint32_t made_glyph = hb_map_get(map, glyph);
    if (made_glyph == HB_MAP_VALUE_INVALID) return std::nullopt;
    out.new_glyphs.push_back(made_glyph);
  }
  return out;
}

}  // namespace epitome::pdf
