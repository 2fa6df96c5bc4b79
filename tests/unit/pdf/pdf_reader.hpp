// Enough of a PDF reader to check a file from outside: objects by the cross-reference table, streams inflated,
// and the glyphs that a content stream shows, with their text and place.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::test {

struct PdfObject {
  std::string body;    // from << to >>
  std::string stream;  // as it is stored
};

class PdfReader {
 public:
  // Throws std::runtime_error where the file is not as the standard says.
  explicit PdfReader(std::string_view file);

  const PdfObject& object(std::uint32_t number) const { return objects_.at(number); }
  const std::map<std::uint32_t, PdfObject>& objects() const { return objects_; }
  // The cross-reference stream's dictionary.
  const std::string& trailer() const { return trailer_; }
  // The number N of "/Key N 0 R" in a body; throws if it isn't there.
  static std::uint32_t reference(std::string_view body, std::string_view key);
  std::string inflated(std::uint32_t number) const;
  // The pages in their order.
  std::vector<std::uint32_t> pages() const;

  struct Shown {
    double x = 0, y = 0;
    std::string text;  // UTF-16BE in hexadecimal, from ToUnicode
    int mcid = -1;     // -1: in an artifact
  };
  // What a page's content shows; throws if marked content or text objects are not balanced, or a code has no text.
  std::vector<Shown> shown(std::uint32_t page) const;

 private:
  static std::string inflate(const std::string& packed);
  static void read_stream(std::string_view file, std::size_t from, std::optional<std::uint32_t> number,
                          PdfObject& object);
  void walk_pages(std::uint32_t node, std::vector<std::uint32_t>& out) const;
  struct Font {
    std::map<int, std::string> text;
    std::map<int, int> widths;
    std::size_t code_bytes = 2;
  };
  Font font(std::uint32_t number) const;

  std::map<std::uint32_t, PdfObject> objects_;
  std::string trailer_;
};

}  // namespace epitome::test
