#include "pdf/font_book.hpp"

#include <fmt/format.h>

#include "pdf/syntax.hpp"
#include "pdf/to_unicode.hpp"

namespace epitome::pdf {

FontBook::Entry& FontBook::entry(const text::Face& face) {
  for (Entry& e : entries_)
    if (e.face == &face) return e;
  entries_.push_back({&face, make_embedded_font(face), 0});
  return entries_.back();
}

bool FontBook::embed(const page::Pages& pages, ObjectFile& file, diag::Sink& sink) {
  SlotList list;
  for (const page::Page& page : pages.pages)
    for (const page::Item& item : page.items) {
      const page::Text* text = std::get_if<page::Text>(&item.value);
      if (text == nullptr || text->run.glyphs.empty()) continue;
      EmbeddedFont& font = *entry(*text->run.face).font;
      cut_slots(text->run, font.composes(), list);
      for (const Slot& slot : list.slots) font.use(list, slot, slot_text(text->run, slot));
    }
  bool sound = true;
  std::string byte_encoding;  // one stream for all faces that use it
  for (Entry& e : entries_) {
    if (const std::optional<EmbeddedFont::Fault> fault = e.font->finish()) {
      std::vector<std::string> hints;
      if (fault->code == diag::Code::E0606) hints = {"divide the document, or use fewer marks over letters"};
      sink.report(fault->code, {},
                  fmt::format("the face {} {} can't be embedded: {}", e.face->entry().family, e.face->entry().style,
                              fault->why),
                  hints);
      sound = false;
      continue;
    }
    const bool bytes = e.font->code_bytes() == 1;
    if (bytes && byte_encoding.empty()) {
      const std::uint32_t object = file.reserve();
      file.set_stream(object,
                      "/Type/CMap/CMapName/Byte-Identity-H"
                      "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
                      byte_cmap());
      byte_encoding = " " + reference(object);
    }
    const std::string_view encoding = bytes ? std::string_view(byte_encoding) : "/Identity-H";
    e.first_resource = static_cast<std::uint32_t>(objects_.size());
    for (const std::uint32_t object : e.font->write(file, encoding)) objects_.push_back(object);
  }
  return sound;
}

}  // namespace epitome::pdf
