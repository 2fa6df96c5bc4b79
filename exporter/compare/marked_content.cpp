#include "compare/marked_content.hpp"

#include <algorithm>
#include <vector>

#include "compare/said.hpp"

namespace epitome::compare {

std::u32string text_string(QPDFObjectHandle string) { return to_utf32(string.getUTF8Value()); }

const Font* MarkedContent::font(QPDFObjectHandle dictionary) {
  if (!dictionary.isDictionary()) return nullptr;
  QPDFObjectHandle cmap = dictionary.getKey("/ToUnicode");
  if (!cmap.isStream()) return nullptr;
  const std::pair key(dictionary.getObjGen(), cmap.getObjGen());
  const auto known = fonts_.find(key);
  if (known != fonts_.end()) return &known->second;
  const std::shared_ptr<Buffer> data = cmap.getStreamData(qpdf_dl_generalized);
  const std::string_view bytes(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
  return &fonts_.emplace(key, Font{ToUnicode(bytes, room_), Widths(dictionary, room_)}).first->second;
}

class ContentReader : public QPDFObjectHandle::ParserCallbacks {
 public:
  ContentReader(MarkedContent& owner, QPDFPageObjectHelper page)
      : owner_(owner), resources_(page.getAttribute("/Resources", false)), position_(page) {}

  void handleObject(QPDFObjectHandle object) override {
    if (!object.isOperator()) {
      // An operator has few operands; a damaged stream may have any number.
      if (operands_.size() < 64) operands_.push_back(object);
      return;
    }
    operate(object.getOperatorValue());
    operands_.clear();
  }
  void handleEOF() override {}

  MarkedText result;

 private:
  struct Sequence {
    int mcid = -1;
    bool artifact = false;
    bool replaced = false;  // by an ActualText
  };

  QPDFObjectHandle resource(const char* kind, QPDFObjectHandle& name) {
    QPDFObjectHandle of_kind = resources_.isDictionary() ? resources_.getKey(kind) : QPDFObjectHandle::newNull();
    return of_kind.isDictionary() && name.isName() ? of_kind.getKey(name.getName()) : QPDFObjectHandle::newNull();
  }

  void operate(const std::string& name) {
    position_.operate(name, operands_);
    if (name == "BDC" || name == "BMC") {
      begin();
    } else if (name == "EMC") {
      if (!open_.empty()) open_.pop_back();
    } else if (name == "q") {
      saved_.push_back(font_);
    } else if (name == "Q") {
      if (!saved_.empty()) font_ = saved_.back(), saved_.pop_back();
    } else if (name == "Tf" && operands_.size() == 2) {
      font_name_ = operands_[0].isName() ? operands_[0].getName() : std::string();
      font_ = owner_.font(resource("/Font", operands_[0]));
    } else if ((name == "Tj" || name == "'" || name == "\"" || name == "TJ") && !operands_.empty()) {
      if (operands_.back().isArray()) {
        for (QPDFObjectHandle& item : operands_.back().getArrayAsVector()) {
          if (item.isNumber()) position_.adjust(item.getNumericValue());
          show(item);
        }
      } else {
        show(operands_.back());
      }
    }
  }

  void begin() {
    Sequence sequence = open_.empty() ? Sequence() : open_.back();
    if (!operands_.empty() && operands_[0].isNameAndEquals("/Artifact")) sequence.artifact = true;
    QPDFObjectHandle properties = operands_.size() > 1 ? operands_[1] : QPDFObjectHandle::newNull();
    if (properties.isName()) properties = resource("/Properties", properties);
    if (properties.isDictionary()) {
      if (properties.getKey("/MCID").isInteger()) sequence.mcid = properties.getKey("/MCID").getIntValueAsInt();
      if (!sequence.replaced && properties.getKey("/ActualText").isString()) {
        put(sequence, text_string(properties.getKey("/ActualText")));
        sequence.replaced = true;
      }
    }
    open_.push_back(sequence);
  }

  void show(QPDFObjectHandle& string) {
    if (!string.isString()) return;
    const Sequence sequence = open_.empty() ? Sequence() : open_.back();
    if (font_ == nullptr) {
      if (!sequence.artifact && !sequence.replaced) result.unreadable_font = font_name_.empty() ? "(none)" : font_name_;
      return;
    }
    const std::string bytes = string.getStringValue();
    std::u32string seen;
    for (std::string_view rest = bytes; !rest.empty();) {
      const ToUnicode::Code code = font_->text.first(rest);
      const double width = font_->widths.of(code.code);
      const bool on_page = position_.on_page(width);
      // A space may hang beyond the edge, with a mark of direction in right-to-left text.
      const bool blank = code.text.find_first_not_of(U" \x200E\x200F") == std::u32string::npos;
      if (!sequence.artifact && (blank || on_page)) seen += code.text;
      if (!sequence.artifact && !on_page && !(blank && result.beside.empty())) result.beside += code.text;
      position_.advance(width, code.length == 1 && code.code == ' ');
      rest.remove_prefix(code.length);
    }
    if (!sequence.replaced) put(sequence, seen);
  }

  void put(const Sequence& sequence, const std::u32string& text) {
    if (sequence.artifact) return;
    if (sequence.mcid >= 0) {
      result.marks[sequence.mcid] += text;
    } else if (text.find_first_not_of(U' ') != std::u32string::npos) {
      result.has_unmarked = true;
    }
  }

  MarkedContent& owner_;
  QPDFObjectHandle resources_;
  std::vector<QPDFObjectHandle> operands_;
  std::vector<Sequence> open_;
  const Font* font_ = nullptr;
  std::string font_name_;
  std::vector<const Font*> saved_;
  TextPosition position_;
};

MarkedText MarkedContent::read(QPDFPageObjectHelper page) {
  ContentReader reader(*this, page);
  page.parseContents(&reader);
  return std::move(reader.result);
}

}  // namespace epitome::compare
