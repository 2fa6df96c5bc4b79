#include "pdf/structure.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "page/roles.hpp"
#include "pdf/syntax.hpp"
#include "pdf/trees.hpp"

namespace epitome::pdf {
namespace {

using page::Element;
using page::no_index;

class StructureWriter {
 public:
  StructureWriter(ObjectFile& file, const page::Pages& pages, const WrittenPages& written)
      : file_(file), pages_(pages), written_(written) {}

  std::uint32_t run() {
    const std::uint32_t root = file_.reserve();
    for (std::size_t i = 0; i < pages_.elements.size(); ++i) objects_.push_back(file_.reserve());
    mcids_.assign(pages_.marks.size(), no_index);
    for (const auto& marks : written_.marks)
      for (std::uint32_t mcid = 0; mcid < marks.size(); ++mcid) mcids_[marks[mcid]] = mcid;
    // Links by element: an element may have one on each of two pages.
    for (std::uint32_t i = 0; i < pages_.links.size(); ++i) links_.emplace_back(pages_.links[i].element, i);
    std::sort(links_.begin(), links_.end());
    for (std::size_t i = 0; i < pages_.elements.size(); ++i) write_element(i, root);
    write_root(root);
    return root;
  }

 private:
  void write_element(std::size_t index, std::uint32_t root) {
    const Element& e = pages_.elements[index];
    std::string body = "/S/";
    body += page::role_name(e.role);
    body += "/P ";
    put_reference(body, e.parent == no_index ? root : objects_[e.parent]);
    const auto text = [&](std::string_view name, const std::string& value) {
      if (value.empty()) return;
      body += name;
      body += text_string(value);
    };
    text("/T", e.details->title);
    text("/Lang", e.details->lang);
    text("/Alt", e.details->alternative);
    text("/ActualText", e.details->actual);
    if (!e.details->id.empty()) {
      body += "/ID";
      put_literal(body, e.details->id);
    }
    put_kids(body, index);
    put_attributes(body, index);
    file_.set(objects_[index], std::move(body));
  }

  // The page (Pg) of the element's first mark. MCIDs on other pages name theirs themselves.
  std::uint32_t page_of(std::size_t index) const {
    for (const page::Kid& kid : pages_.elements[index].kids)
      if (kid.is_mark && mcids_[kid.index] != no_index) return pages_.marks[kid.index].page;
    return no_index;
  }

  void put_kids(std::string& body, std::size_t index) {
    const std::uint32_t own_page = page_of(index);
    std::string kids;
    std::size_t count = 0;
    bool only_number = false;
    const auto next = [&] {
      if (count++ != 0) kids += ' ';
    };
    for (const page::Kid& kid : pages_.elements[index].kids) {
      if (!kid.is_mark) {
        next();
        put_reference(kids, objects_[kid.index]);
        continue;
      }
      // A mark without items isn't on the page.
      if (mcids_[kid.index] == no_index) continue;
      next();
      const std::uint32_t page = pages_.marks[kid.index].page;
      if (page == own_page) {
        put_int(kids, mcids_[kid.index]);
        only_number = true;
      } else {
        kids += "<</Type/MCR/Pg ";
        put_reference(kids, written_.objects[page]);
        kids += "/MCID ";
        put_int(kids, mcids_[kid.index]);
        kids += ">>";
      }
    }
    const std::pair<std::uint32_t, std::uint32_t> first(static_cast<std::uint32_t>(index), 0);
    for (auto it = std::lower_bound(links_.begin(), links_.end(), first); it != links_.end() && it->first == index;
         ++it) {
      next();
      kids += "<</Type/OBJR/Obj ";
      put_reference(kids, written_.links[it->second]);
      kids += "/Pg ";
      put_reference(kids, written_.objects[pages_.links[it->second].page]);
      kids += ">>";
    }
    if (own_page != no_index) {
      body += "/Pg ";
      put_reference(body, written_.objects[own_page]);
    }
    if (count == 0) return;
    if (count == 1 && only_number) {
      body += "/K ";
      body += kids;
    } else {
      body += "/K[";
      body += kids;
      body += ']';
    }
  }

  // 14.8.5: owners Layout, List and Table.
  void put_attributes(std::string& body, std::size_t index) {
    const Element& e = pages_.elements[index];
    std::string layout, list, table;
    if (e.details->box.width != model::Length{}) {
      std::uint32_t on = page_of(index);
      for (std::size_t at = index; on == no_index && !pages_.elements[at].kids.empty();) {
        const page::Kid& kid = pages_.elements[at].kids.front();
        if (kid.is_mark) break;
        at = kid.index;
        on = page_of(at);
      }
      if (on != no_index) {
        const page::Page& page = pages_.pages[on];
        const model::Rect box = on_paper(page, e.details->box);
        const model::Length foot = page.bleed + on_paper(page, page.trim).height;
        layout = "<</O/Layout/Placement/Block/BBox[";
        put_milli(layout, to_milli(page.bleed + box.x));
        layout += ' ';
        put_milli(layout, to_milli(foot - box.y - box.height));
        layout += ' ';
        put_milli(layout, to_milli(page.bleed + box.x + box.width));
        layout += ' ';
        put_milli(layout, to_milli(foot - box.y));
        layout += "]>>";
      }
    }
    if (e.numbering != Element::Numbering::none) {
      const bool numbered = e.numbering == Element::Numbering::decimal || e.numbering == Element::Numbering::ordered;
      list = numbered ? "<</O/List/ListNumbering/Decimal>>" : "<</O/List/ListNumbering/Disc>>";
    }
    if (e.scope != Element::ThScope::none || e.column_span != 1 || e.row_span != 1) {
      table = "<</O/Table";
      if (e.scope == Element::ThScope::column) table += "/Scope/Column";
      if (e.scope == Element::ThScope::row) table += "/Scope/Row";
      if (e.column_span != 1) {
        table += "/ColSpan ";
        put_int(table, e.column_span);
      }
      if (e.row_span != 1) {
        table += "/RowSpan ";
        put_int(table, e.row_span);
      }
      table += ">>";
    }
    const int owners = !layout.empty() + !list.empty() + !table.empty();
    if (owners == 0) return;
    body += owners == 1 ? "/A" : "/A[";
    body += layout;
    body += list;
    body += table;
    if (owners > 1) body += ']';
  }

  void write_root(std::uint32_t root) {
    std::vector<std::pair<std::int64_t, std::string>> parents;
    for (std::size_t page = 0; page < pages_.pages.size(); ++page) {
      std::string row = "[";
      for (const std::uint32_t mark : written_.marks[page]) {
        if (row.size() > 1) row += ' ';
        put_reference(row, objects_[pages_.marks[mark].element]);
      }
      parents.emplace_back(static_cast<std::int64_t>(page), row + ']');
    }
    for (std::size_t i = 0; i < pages_.links.size(); ++i)
      parents.emplace_back(static_cast<std::int64_t>(link_key(pages_, i)),
                           reference(objects_[pages_.links[i].element]));
    std::vector<std::pair<std::string, std::string>> ids;
    for (std::size_t i = 0; i < pages_.elements.size(); ++i)
      if (const std::string& id = pages_.elements[i].details->id; !id.empty())
        ids.emplace_back(id, reference(objects_[i]));
    std::sort(ids.begin(), ids.end());

    std::string body = "/Type/StructTreeRoot/K[" + reference(objects_[0]) + "]/ParentTree ";
    put_reference(body, write_number_tree(file_, parents));
    body += "/ParentTreeNextKey ";
    put_int(body, static_cast<std::int64_t>(link_key(pages_, pages_.links.size())));
    if (!ids.empty()) {
      body += "/IDTree ";
      put_reference(body, write_name_tree(file_, ids));
    }
    file_.set(root, std::move(body));
  }

  ObjectFile& file_;
  const page::Pages& pages_;
  const WrittenPages& written_;
  std::vector<std::uint32_t> objects_;  // by element
  std::vector<std::uint32_t> mcids_;    // by mark
  std::vector<std::pair<std::uint32_t, std::uint32_t>> links_;
};

}  // namespace

std::uint32_t write_structure(ObjectFile& file, const page::Pages& pages, const WrittenPages& written) {
  return StructureWriter(file, pages, written).run();
}

}  // namespace epitome::pdf
