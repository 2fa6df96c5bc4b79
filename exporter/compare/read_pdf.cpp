#include "compare/read_pdf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFNameTreeObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageLabelDocumentHelper.hh>
#include <set>
#include <stdexcept>

#include "compare/marked_content.hpp"

namespace epitome::compare {

namespace {

using diag::Code;

constexpr int deepest = 200;

std::string figures(long long number, const std::string& style) {
  if (style == "/D") return std::to_string(number);
  if ((style == "/r" || style == "/R") && number > 0 && number < 100000) {
    static constexpr std::array<std::pair<int, std::string_view>, 13> roman = {{{1000, "m"},
                                                                                {900, "cm"},
                                                                                {500, "d"},
                                                                                {400, "cd"},
                                                                                {100, "c"},
                                                                                {90, "xc"},
                                                                                {50, "l"},
                                                                                {40, "xl"},
                                                                                {10, "x"},
                                                                                {9, "ix"},
                                                                                {5, "v"},
                                                                                {4, "iv"},
                                                                                {1, "i"}}};
    std::string out;
    for (const auto& [value, letters] : roman) {
      for (; number >= value; number -= value) out += letters;
    }
    if (style == "/R")
      std::transform(out.begin(), out.end(), out.begin(), [](char c) { return static_cast<char>(c - 32); });
    return out;
  }
  return {};
}

bool is_inline(std::string_view role) {
  static constexpr std::array roles = {"Span", "Quote", "Link",   "Reference", "Ruby",  "RB",      "RT",
                                       "RP",   "Em",    "Strong", "Code",      "Annot", "BibEntry"};
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool is_heading(std::string_view role) {
  return role == "H" || role == "Title" || (role.size() == 2 && role[0] == 'H' && role[1] >= '1' && role[1] <= '6');
}

class Reader {
 public:
  explicit Reader(QPDF& file) : file_(file) {}

  Said read(diag::Sink& sink) {
    QPDFObjectHandle root = file_.getRoot().getKey("/StructTreeRoot");
    if (!root.isDictionary()) {
      sink.report(Code::E0803, {}, "the PDF has no structure tree",
                  {"only a tagged PDF says in which order its text is read"});
      return {};
    }
    read_pages(sink);
    roles_ = root.getKey("/RoleMap");
    // Parts are what stands under Document.
    std::vector<QPDFObjectHandle> tops = kids(root.getKey("/K"));
    if (tops.size() == 1 && role(tops[0]) == "Document") tops = kids(tops[0].getKey("/K"));
    for (QPDFObjectHandle& top : tops) {
      Part& part = said_.parts.emplace_back();
      part_ = &part;
      walk(top, {&part.text, {}, {}, false}, 0);
      part.text.finish();
    }
    said_.notes.finish();
    report_unreached(sink);
    return std::move(said_);
  }

 private:
  struct State {
    Text* out;
    QPDFObjGen page;
    std::string element;  // the block's role
    bool silent;          // a picture's own words, the contents: read but not said
  };

  void read_pages(diag::Sink& sink) {
    MarkedContent content;
    QPDFPageLabelDocumentHelper labels(file_);
    int number = 0;
    for (const QPDFPageObjectHelper& page : QPDFPageDocumentHelper(file_).getAllPages()) {
      MarkedText text = content.read(page);
      std::string label;
      QPDFObjectHandle of_page = labels.getLabelForPage(number);
      if (of_page.isDictionary()) {
        if (of_page.getKey("/P").isString()) label = of_page.getKey("/P").getUTF8Value();
        QPDFObjectHandle style = of_page.getKey("/S"), start = of_page.getKey("/St");
        label += figures(start.isInteger() ? start.getIntValue() : 1, style.isName() ? style.getName() : std::string());
      } else {
        label = std::to_string(number + 1);
      }
      if (text.has_unmarked) {
        sink.report(Code::E0803, {}, fmt::format("page {} has text that is neither marked nor an artifact", label));
      }
      if (!text.unreadable_font.empty()) {
        sink.report(Code::E0803, {},
                    fmt::format("page {}: the font {} has no ToUnicode map", label, text.unreadable_font),
                    {"without one, nothing says which characters its glyphs stand for"});
      }
      if (!text.beside.empty()) {
        constexpr std::size_t most = 60;
        sink.report(Code::E0803, {},
                    fmt::format("page {}: “{}” stands beside the page", label,
                                to_utf8(std::u32string_view(text.beside).substr(0, most))),
                    {"what lies outside of a page's boxes is read by programs but not by people"});
      }
      pages_.emplace(QPDFPageObjectHelper(page).getObjectHandle().getObjGen(),
                     PageText{std::move(label), std::move(text.marks), {}});
      ++number;
    }
  }

  static std::vector<QPDFObjectHandle> kids(QPDFObjectHandle k) {
    if (k.isArray()) return k.getArrayAsVector();
    if (k.isNull()) return {};
    return {k};
  }

  // The standard structure type, without its slash.
  std::string role(QPDFObjectHandle element) {
    if (!element.isDictionary() || !element.getKey("/S").isName()) return {};
    std::string name = element.getKey("/S").getName();
    for (int i = 0; i < 8 && roles_.isDictionary() && roles_.getKey(name).isName(); ++i)
      name = roles_.getKey(name).getName();
    return name.substr(1);
  }

  static bool is_numbered(QPDFObjectHandle list) {
    for (QPDFObjectHandle& attributes : kids(list.getKey("/A"))) {
      if (attributes.isDictionary() && attributes.getKey("/ListNumbering").isName() &&
          attributes.getKey("/ListNumbering").getName() != "/None") {
        return true;
      }
    }
    return false;
  }

  void walk(QPDFObjectHandle& element, State state, int depth) {
    if (depth > deepest) throw std::runtime_error("its structure tree is nested too deeply");
    if (!element.isDictionary()) return;
    if (element.isIndirect() && !seen_.insert(element.getObjGen()).second)
      throw std::runtime_error("an element stands twice in its structure tree");
    const std::string name = role(element);
    if (element.getKey("/Pg").isDictionary()) state.page = element.getKey("/Pg").getObjGen();
    if (name == "TOC") part_->kind = PartKind::contents;
    if (name == "TOC" || name == "Figure" || name == "RP") state.silent = true;
    if (name == "Caption") state.silent = false;
    // Marks of items and notes: generated.
    if (name == "Lbl" && (in_note_ || (!numbered_.empty() && numbered_.back()))) state.silent = true;
    if (name == "Reference") state.silent = true;
    const bool note_before = in_note_;
    if (name == "Note") {
      state.out = &said_.notes;
      in_note_ = true;
    }
    if (name == "L") numbered_.push_back(is_numbered(element));

    const bool block = !is_inline(name) && !(name == "Lbl" && in_note_);
    if (block) {
      state.out->part_block();
      state.element = name;
    }
    const std::size_t begin = state.out->characters.size();
    if (element.getKey("/ActualText").isString()) {
      say(text_string(element.getKey("/ActualText")), state);
      state.silent = true;
    }
    std::optional<Link> link;
    for (QPDFObjectHandle& kid : kids(element.getKey("/K"))) {
      if (kid.isInteger()) {
        mark(kid.getIntValueAsInt(), state.page, state);
      } else if (kid.isDictionary() && kid.getKey("/Type").isNameAndEquals("/OBJR")) {
        if (name == "Link") link = link_of(kid.getKey("/Obj"));
      } else if (kid.isDictionary() && kid.getKey("/MCID").isInteger()) {
        const QPDFObjGen page = kid.getKey("/Pg").isDictionary() ? kid.getKey("/Pg").getObjGen() : state.page;
        mark(kid.getKey("/MCID").getIntValueAsInt(), page, state);
      } else {
        walk(kid, state, depth + 1);
      }
    }
    if (link) {
      link->begin = begin;
      link->end = state.out->characters.size();
      if (link->end > begin && state.out->characters.back() == ' ') --link->end;
      state.out->links.push_back(std::move(*link));
    }
    if (is_heading(name) && !part_->has_heading && state.out == &part_->text) {
      part_->has_heading = true;
      part_->name = to_utf8(std::u32string_view(state.out->characters).substr(begin));
      // Print may set a space behind its last word.
      if (!part_->name.empty() && part_->name.back() == ' ') part_->name.pop_back();
    }
    if (block) state.out->part_block();
    if (name == "L") numbered_.pop_back();
    in_note_ = note_before;
  }

  void mark(int mcid, const QPDFObjGen& page, const State& state) {
    const auto known = pages_.find(page);
    if (known == pages_.end()) throw std::runtime_error("its structure names a page that it doesn't have");
    if (!known->second.reached.insert(mcid).second)
      throw std::runtime_error("a marked content stands twice in its structure tree");
    const auto text = known->second.marks.find(mcid);
    if (text == known->second.marks.end() || state.silent) return;
    const std::vector<Place>& places = state.out->places;
    if (places.empty() || places.back().page != known->second.label || places.back().element != state.element)
      state.out->at({0, {}, known->second.label, state.element});
    say(text->second, state);
  }

  static void say(const std::u32string& text, const State& state) {
    if (state.silent) return;
    for (const char32_t c : text) state.out->append(c);
  }

  // Where an annotation leads: a page's label or an address.
  std::optional<Link> link_of(QPDFObjectHandle annotation) {
    if (!annotation.isDictionary()) return std::nullopt;
    QPDFObjectHandle action = annotation.getKey("/A"), destination = annotation.getKey("/Dest");
    if (action.isDictionary() && action.getKey("/URI").isString()) {
      return Link{0, 0, false, to_utf32(action.getKey("/URI").getStringValue())};
    }
    if (destination.isNull() && action.isDictionary()) destination = action.getKey("/D");
    if (destination.isString()) destination = named(destination.getUTF8Value());
    if (destination.isDictionary()) destination = destination.getKey("/D");
    if (!destination.isArray() || destination.getArrayNItems() == 0) return std::nullopt;
    const auto page = pages_.find(destination.getArrayItem(0).getObjGen());
    if (page == pages_.end()) return std::nullopt;
    return Link{0, 0, true, to_utf32(page->second.label)};
  }

  QPDFObjectHandle named(const std::string& name) {
    if (!names_) {
      names_.emplace();
      QPDFObjectHandle names = file_.getRoot().getKey("/Names");
      if (names.isDictionary() && names.getKey("/Dests").isDictionary()) {
        for (const auto& [key, value] : QPDFNameTreeObjectHelper(names.getKey("/Dests"), file_, false).getAsMap())
          names_->emplace(key, value);
      }
    }
    const auto known = names_->find(name);
    return known == names_->end() ? QPDFObjectHandle::newNull() : known->second;
  }

  void report_unreached(diag::Sink& sink) {
    for (const auto& [id, page] : pages_) {
      for (const auto& [mcid, text] : page.marks) {
        if (page.reached.count(mcid) != 0 || text.find_first_not_of(U' ') == std::u32string::npos) continue;
        sink.report(Code::E0803, {},
                    fmt::format("page {}: marked content {} stands nowhere in the structure tree", page.label, mcid));
      }
    }
  }

  struct PageText {
    std::string label;
    std::map<int, std::u32string> marks;
    std::set<int> reached;
  };

  QPDF& file_;
  QPDFObjectHandle roles_ = QPDFObjectHandle::newNull();
  std::map<QPDFObjGen, PageText> pages_;
  std::set<QPDFObjGen> seen_;
  std::optional<std::map<std::string, QPDFObjectHandle>> names_;
  std::vector<bool> numbered_;
  bool in_note_ = false;
  Said said_;
  Part* part_ = nullptr;
};

}  // namespace

std::optional<Said> read_pdf(std::string_view bytes, diag::Sink& sink) {
  const auto damaged = [&](const std::string& why) {
    sink.report(Code::E0801, {}, why);
    return std::nullopt;
  };
  QPDF file;
  file.setSuppressWarnings(true);
  // What was repaired by guessing is not the text that another reader sees.
  file.setAttemptRecovery(false);
  try {
    file.processMemoryFile("the PDF", bytes.data(), bytes.size());
    const std::size_t before = sink.error_count();
    Said said = Reader(file).read(sink);
    const std::vector<QPDFExc> warnings = file.getWarnings();
    if (!warnings.empty()) return damaged(warnings.front().getMessageDetail());
    if (sink.error_count() != before) return std::nullopt;
    return said;
  } catch (const QPDFExc& error) {
    return damaged(error.getMessageDetail());
  } catch (const std::runtime_error& error) {
    return damaged(error.what());
  } catch (const std::logic_error& error) {
    // qpdf's answer to an object of another type than is asked for.
    return damaged(error.what());
  }
}

}  // namespace epitome::compare
