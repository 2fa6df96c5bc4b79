#include "pdf_reader.hpp"

#include <fmt/format.h>
#include <libdeflate.h>

#include <array>
#include <cctype>
#include <stdexcept>

namespace epitome::test {
namespace {

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

int to_int(std::string_view text) { return std::stoi(std::string(text)); }

// Tokens of content streams, arrays and CMaps: strings come back with their bracket in front, decoded.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  bool next(std::string& token) {
    token.clear();
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    if (at_ >= text_.size()) return false;
    const char c = text_[at_];
    if (c == '(') return literal(token);
    if (text_.substr(at_, 2) == "<<" || text_.substr(at_, 2) == ">>") {
      token = text_.substr(at_, 2);
      at_ += 2;
    } else if (c == '<') {
      const std::size_t end = text_.find('>', at_);
      token = text_.substr(at_, end - at_);
      at_ = end + 1;
    } else if (c == '[' || c == ']') {
      token = c;
      ++at_;
    } else {
      do token += text_[at_++];
      while (at_ < text_.size() && std::string_view(" \n[]()<>/").find(text_[at_]) == std::string_view::npos);
    }
    return true;
  }

 private:
  bool literal(std::string& token) {
    token = "(";
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '\\') {
        c = text_[++at_];
        token += c == 'r' ? '\r' : c;
        continue;
      }
      if (c == '(' && depth++ == 0) continue;
      if (c == ')' && --depth == 0) break;
      token += c;
    }
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

PdfReader::PdfReader(std::string_view file) {
  if (!file.starts_with("%PDF-1.7\n")) fail("no header");
  const std::size_t start = file.rfind("startxref\n");
  if (start == file.npos) fail("no startxref");
  const std::size_t table_at = static_cast<std::size_t>(to_int(file.substr(start + 10, 12)));
  PdfObject table;
  read_stream(file, table_at, std::nullopt, table);
  trailer_ = table.body;
  if (trailer_.find("/W[1 4 2]") == std::string::npos) fail("the table's columns are not known");
  const std::string rows = inflate(table.stream);
  const std::uint32_t count = reference(trailer_, "/Size");
  if (rows.size() != count * 8u) fail("the table has not as many rows as it says");
  std::vector<std::array<unsigned, 7>> entries;
  std::array<unsigned, 7> entry{};
  for (std::uint32_t i = 0; i < count; ++i) {
    if (rows[i * 8] != 2) fail("a row's filter is not Up");
    for (std::size_t c = 0; c < 7; ++c) entry[c] = (entry[c] + static_cast<unsigned char>(rows[i * 8 + 1 + c])) & 0xFF;
    entries.push_back(entry);
  }
  if (entries[0][0] != 0) fail("object 0 is not free");
  const auto second = [](const std::array<unsigned, 7>& e) { return e[1] << 24 | e[2] << 16 | e[3] << 8 | e[4]; };
  for (std::uint32_t i = 1; i < count; ++i)
    if (entries[i][0] == 1) read_stream(file, second(entries[i]), i, objects_[i]);
  for (std::uint32_t i = 1; i < count; ++i) {
    if (entries[i][0] != 2) continue;
    const std::uint32_t container = second(entries[i]);
    const std::string contents = inflated(container);
    Tokens numbers(contents);
    std::string number, offset, next_offset;
    for (unsigned n = 0; n <= (entries[i][5] << 8 | entries[i][6]); ++n) numbers.next(number), numbers.next(offset);
    if (to_int(number) != static_cast<int>(i)) fail("an object is not where the table says");
    const std::size_t first = reference(object(container).body, "/First");
    const std::size_t from = first + static_cast<std::size_t>(to_int(offset));
    numbers.next(number);
    numbers.next(next_offset);
    const bool last = reference(object(container).body, "/N") == (entries[i][5] << 8 | entries[i][6]) + 1;
    const std::size_t to = last ? contents.size() : first + static_cast<std::size_t>(to_int(next_offset));
    objects_[i].body = contents.substr(from, to - from);
    if (!objects_[i].body.starts_with("<<") || !objects_[i].body.ends_with(">>")) fail("an object is cut wrongly");
  }
}

void PdfReader::read_stream(std::string_view file, std::size_t from, std::optional<std::uint32_t> number,
                            PdfObject& object) {
  const std::size_t line = file.find('\n', from);
  const std::string_view head = file.substr(from, line - from);
  if (!head.ends_with(" 0 obj") || (number && to_int(head) != static_cast<int>(*number))) fail("an offset is wrong");
  from = line + 1;
  const std::size_t data = file.find("stream\n", from);
  object.body = file.substr(from, data - from);
  const std::size_t key = object.body.find("/Length ");
  if (key == object.body.npos) fail("a stream has no length");
  const auto length = static_cast<std::size_t>(to_int(object.body.substr(key + 8)));
  object.stream = file.substr(data + 7, length);
  if (!file.substr(data + 7 + length).starts_with("\nendstream\nendobj\n")) fail("a stream's length is wrong");
}

std::uint32_t PdfReader::reference(std::string_view body, std::string_view key) {
  const std::size_t at = body.find(std::string(key) + " ");
  if (at == body.npos) fail(std::string(key) + " is not in " + std::string(body));
  return static_cast<std::uint32_t>(to_int(body.substr(at + key.size() + 1)));
}

std::string PdfReader::inflate(const std::string& packed) {
  std::string out(packed.size() * 1040 + 64, '\0');
  libdeflate_decompressor* handle = libdeflate_alloc_decompressor();
  std::size_t made = 0;
  const libdeflate_result result =
      libdeflate_zlib_decompress(handle, packed.data(), packed.size(), out.data(), out.size(), &made);
  libdeflate_free_decompressor(handle);
  if (result != LIBDEFLATE_SUCCESS) fail("a stream can't be inflated");
  out.resize(made);
  return out;
}

std::string PdfReader::inflated(std::uint32_t number) const {
  const PdfObject& o = object(number);
  return o.body.find("/FlateDecode") == o.body.npos ? o.stream : inflate(o.stream);
}

void PdfReader::walk_pages(std::uint32_t node, std::vector<std::uint32_t>& out) const {
  const std::string& body = object(node).body;
  const std::size_t kids = body.find("/Kids[");
  if (kids == body.npos) {
    out.push_back(node);
    return;
  }
  Tokens tokens(std::string_view(body).substr(kids + 6, body.find(']', kids) - kids - 6));
  std::string number, generation, r;
  while (tokens.next(number) && tokens.next(generation) && tokens.next(r)) {
    const auto kid = static_cast<std::uint32_t>(to_int(number));
    if (reference(object(kid).body, "/Parent") != node) fail("a page node names another parent");
    walk_pages(kid, out);
  }
}

std::vector<std::uint32_t> PdfReader::pages() const {
  std::vector<std::uint32_t> out;
  const std::uint32_t root = reference(object(reference(trailer_, "/Root")).body, "/Pages");
  walk_pages(root, out);
  if (reference(object(root).body, "/Count") != out.size()) fail("the page tree's count is wrong");
  return out;
}

PdfReader::Font PdfReader::font(std::uint32_t number) const {
  Font out;
  std::string body = object(number).body;
  const std::string cmap = inflated(reference(body, "/ToUnicode"));
  Tokens tokens(cmap);
  std::string kind, token, second, third;
  while (tokens.next(token)) {
    if (token == "begincodespacerange" && tokens.next(token)) out.code_bytes = token.size() / 2;
    if (token == "beginbfchar" || token == "beginbfrange") kind = token;
    if (token.starts_with("end")) kind.clear();
    if (kind.empty() || token[0] != '<') continue;
    const int code = std::stoi(token.substr(1), nullptr, 16);
    tokens.next(second);
    if (kind == "beginbfchar") {
      out.text[code] = second.substr(1);
      continue;
    }
    tokens.next(third);
    const int last = std::stoi(second.substr(1), nullptr, 16), first_text = std::stoi(third.substr(1), nullptr, 16);
    for (int c = code; c <= last; ++c) out.text[c] = fmt::format("{:04X}", first_text + c - code);
  }
  if (out.code_bytes == 1) {
    const std::string encoding = inflated(reference(body, "/Encoding"));
    if (encoding.find("<00><FF> 0") == std::string::npos) fail("an encoding that doesn't take bytes for CIDs");
  } else if (body.find("/Identity-H") == std::string::npos) {
    fail("an encoding that isn't Identity-H");
  }
  const std::size_t descendant = body.find("/DescendantFonts[");
  body = object(static_cast<std::uint32_t>(to_int(body.substr(descendant + 17)))).body;
  Tokens widths(std::string_view(body).substr(body.find("/W[") + 3));
  while (widths.next(token) && token != "]") {
    int code = to_int(token);
    widths.next(token);
    while (widths.next(token) && token != "]") out.widths[code++] = to_int(token);
  }
  return out;
}

std::vector<PdfReader::Shown> PdfReader::shown(std::uint32_t page) const {
  const std::string& page_body = object(page).body;
  const std::string content = inflated(reference(page_body, "/Contents"));
  std::map<std::string, Font> fonts;
  std::vector<Shown> out;
  std::vector<std::string> operands;
  std::vector<int> marks;
  const Font* current = nullptr;
  bool in_text = false;
  double size = 0, scale = 1, spacing = 0, word_spacing = 0, line_x = 0, line_y = 0, x = 0;
  const auto show = [&](const std::string& bytes) {
    if (!in_text || current == nullptr || marks.empty()) fail("text outside text object or marked content");
    for (std::size_t i = 1; i + current->code_bytes <= bytes.size(); i += current->code_bytes) {
      int code = static_cast<unsigned char>(bytes[i]);
      if (current->code_bytes == 2) code = code << 8 | static_cast<unsigned char>(bytes[i + 1]);
      if (!current->text.contains(code) || !current->widths.contains(code)) fail("a code without text or width");
      int mcid = -1;
      for (const int mark : marks)
        if (mark >= 0) mcid = mark;
      out.push_back({x, line_y, current->text.at(code), mcid});
      const bool stretched = current->code_bytes == 1 && code == 32;
      x += (current->widths.at(code) / 1000.0 * size + spacing + (stretched ? word_spacing : 0)) * scale;
    }
  };
  Tokens tokens(content);
  std::string token;
  const auto number = [&](std::size_t from_end) { return std::stod(operands.at(operands.size() - from_end)); };
  while (tokens.next(token)) {
    if (token == "BT") {
      if (in_text) fail("BT in BT");
      in_text = true;
      line_x = line_y = x = 0;
    } else if (token == "ET") {
      in_text = false;
    } else if (token == "BDC") {
      int mcid = -1;
      for (std::size_t i = 0; i + 1 < operands.size(); ++i)
        if (operands[i] == "/MCID") mcid = to_int(operands[i + 1]);
      marks.push_back(mcid);
    } else if (token == "EMC") {
      if (marks.empty()) fail("EMC without BDC");
      marks.pop_back();
    } else if (token == "Tf") {
      const std::string& name = operands.at(operands.size() - 2);
      if (!fonts.contains(name)) fonts[name] = font(reference(page_body, name));
      current = &fonts[name];
      size = number(1);
    } else if (token == "Tz") {
      scale = number(1) / 100;
    } else if (token == "Tc") {
      spacing = number(1);
    } else if (token == "Tw") {
      word_spacing = number(1);
    } else if (token == "Td") {
      x = line_x += number(2);
      line_y += number(1);
    } else if (token == "Tj" || token == "TJ") {
      for (const std::string& operand : operands)
        if (operand[0] == '(')
          show(operand);
        else if (operand != "[" && operand != "]")
          x -= std::stod(operand) / 1000 * size * scale;
    } else if (token == "f" || token == "S" || token == "Do") {
      if (in_text || marks.empty()) fail("drawing in a text object or outside marked content");
    } else if (std::isalpha(static_cast<unsigned char>(token[0])) == 0) {
      operands.push_back(token);
      continue;
    }
    operands.clear();
  }
  if (in_text || !marks.empty()) fail("text or marked content is left open");
  return out;
}

}  // namespace epitome::test
