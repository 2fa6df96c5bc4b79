#include "model/ids.hpp"

#include <unicode/uchar.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <vector>

#include "diag/utf8.hpp"
#include "model/walk.hpp"

namespace epitome::model {

namespace {

// Enough to tell paragraphs apart, and little enough that most corrections come behind it.
constexpr std::size_t first_letters = 40;
constexpr std::size_t all_letters = std::numeric_limits<std::size_t>::max();

// A hash (FNV-1a) of the first letters and digits of a piece, in small letters: marks and spaces may be mended.
// Notes and readings are texts of their own.
class Words {
 public:
  explicit Words(std::size_t most) : most_(most), left_(most) {}

  void add(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && left_ > 0;) {
      const diag::CodePoint c = diag::decode_utf8(text, at);
      at += c.length;
      const auto value = static_cast<UChar32>(c.value);
      if (u_isalnum(value) == 0 && (U_GET_GC_MASK(value) & U_GC_M_MASK) == 0) continue;
      mix(static_cast<std::uint64_t>(u_tolower(value)));
      --left_;
    }
  }

  void operator()(const Text& text) { add(text.text); }
  void operator()(const Footnote&) {}
  void operator()(const Ruby& ruby) { walk(ruby.base, *this); }
  // Nothing more is looked at when there are enough.
  void operator()(const Line& line) { inside(line); }
  void operator()(const Block& block) {
    if (const auto* const figure = std::get_if<Figure>(&block.value); figure != nullptr && left_ > 0) add(figure->path);
    inside(block);
  }
  void operator()(const ListItem& item) { inside(item); }
  void operator()(const Row& row) { inside(row); }

  bool empty() const { return left_ == most_; }
  // Six figures and consonants: no words.
  std::string key() const {
    constexpr std::string_view signs = "0123456789bcdfghjklmnpqrstvwxz";
    std::string out;
    for (std::uint64_t rest = hash_ ^ (hash_ >> 32); out.size() < 6; rest /= signs.size()) {
      out += signs[rest % signs.size()];
    }
    return out;
  }

 private:
  template <class Piece>
  void inside(const Piece& piece) {
    if (left_ > 0) walk_inside(piece, *this);
  }
  void mix(std::uint64_t value) {
    for (; value != 0; value >>= 8) hash_ = (hash_ ^ (value & 0xFF)) * 0x100000001B3;
  }

  std::size_t most_, left_;
  std::uint64_t hash_ = 0xCBF29CE484222325;
};

// The pieces that an element's key is made of.
template <class... Pieces>
std::string key_of(std::size_t most, const Pieces&... pieces) {
  Words words(most);
  (walk(pieces, words), ...);
  return words.key();
}

class Completion {
 public:
  void operator()(Part& part) {
    before_ = nullptr;
    const Around around(*this, part.id);
    walk_inside(part, *this);
  }

  void operator()(Item auto& item) {
    item.id = item.attributes.id;
    name(item.id, element_name(item), name_of(item));
    before_ = nullptr;
    const Around around(*this, item.attributes.id);
    walk_inside(item, *this);
  }

  void operator()(Block& block) {
    block.id = block.attributes.id;
    std::visit([&](const auto& value) { name(block.id, element_name(value), block); }, block.value);
    before_ = &block;
    const Around around(*this, block.attributes.id);
    walk_inside(block, *this);
    before_ = &block;
  }
  void operator()(ListItem& item) {
    item.id = item.attributes.id;
    name(item.id, "li", item);
    const Around around(*this, item.attributes.id);
    walk_inside(item, *this);
  }
  // A definition is called by its term.
  void operator()(Definition& item) {
    item.term_id = item.attributes.id;
    const std::string given = item.definition_id;
    name(item.term_id, "dt", item.term);
    name(item.definition_id, "dd", item.term);
    {
      const Around around(*this, item.attributes.id);
      walk(item.term, *this);
    }
    const Around around(*this, given);
    walk(item.definition, *this);
  }
  // A cell is called by its row's first one and its own words: rows come and go.
  void operator()(Row& row) {
    const Around around(*this, row.attributes.id);
    for (Cell& cell : row.cells) {
      cell.id = cell.attributes.id;
      const std::string_view element = cell.scope == Scope::none ? "td" : "th";
      if (&cell == &row.cells.front()) {
        name(cell.id, element, cell);
      } else {
        name(cell.id, element, row.cells.front(), cell);
      }
      const Around inside(*this, cell.attributes.id);
      walk_inside(cell, *this);
    }
  }
  void operator()(Footnote& note) {
    name(note.attributes.id.edit(), "note", note.content);
    walk_inside(note, *this);
  }

 private:
  // The author's id that others are made from, until this ends.
  class Around {
   public:
    Around(Completion& completion, const std::string& id) : completion_(completion), entered_(!id.empty()) {
      if (entered_) completion_.around_.push_back({id, {}});
    }
    ~Around() {
      if (entered_) completion_.around_.pop_back();
    }
    Around(const Around&) = delete;
    Around& operator=(const Around&) = delete;

   private:
    Completion& completion_;
    bool entered_;
  };

  struct Base {
    std::string id;
    std::set<std::string> taken = {};
    std::map<std::string, unsigned> counts = {};  // of pieces with the very same text
  };

  template <class... Pieces>
  void name(std::string& id, std::string_view element, const Pieces&... pieces) {
    if (!id.empty()) return;
    Base& base = around_.back();
    std::string own(element);
    own += '-';
    own += key_of(first_letters, pieces...);
    if (!base.taken.insert(own).second) {
      own += key_of(all_letters, pieces...);
      if (!base.taken.insert(own).second) own += '-' + std::to_string(++base.counts.try_emplace(own, 1U).first->second);
    }
    id = own_id(base.id, own);
  }
  // A break has no words: it is called by what it stands behind.
  void name(std::string& id, std::string_view element, const Block& block) {
    const bool wordless = std::holds_alternative<Separator>(block.value) && before_ != nullptr;
    name<Block>(id, element, wordless ? *before_ : block);
  }

  std::vector<Base> around_;
  const Block* before_ = nullptr;
};

}  // namespace

std::string key_of_text(std::string_view text) {
  Words words(all_letters);
  words.add(text);
  return words.empty() ? std::string() : words.key();
}

std::string own_id(std::string_view of, std::string_view name) {
  std::string out(of);
  return out.append("--").append(name);
}

std::string mark_of(std::string_view note_id) { return own_id(note_id, "mark"); }

void complete_ids(Document& document) {
  Completion completion;
  walk(document, completion);
}

}  // namespace epitome::model
