// Where things stand in a site, and how one place names another.
#pragma once

#include <string>
#include <string_view>

namespace epitome::site {

// "f/0123456789abcdef/the-push.pdf": by the first 16 of the 64 digits of the bytes' SHA-256. What stands there never
// changes.
struct FileAddress {
  std::string path, sha256;
};
FileAddress file_address(std::string_view name, std::string_view bytes);

// A name for a folder, made of any text: "true-crime-3f2a1b" (letters and digits of any script, hyphens; and six digits
// of the text's hash, since two texts may look alike).
std::string key_of(std::string_view text);
// The first `count` hexadecimal digits of the text's SHA-256.
std::string digits_of(std::string_view text, std::size_t count);

// A path as a relative reference's (RFC 3986, 4.2): what is no unreserved character, or slash, is percent-encoded.
std::string encoded(std::string_view path);

class Addresses {
 public:
  // `base`: where the site will be, with a slash at its end, or empty: then nothing can be called by a whole address.
  explicit Addresses(std::string base) : base_(std::move(base)) {}
  bool are_whole() const { return !base_.empty(); }
  // The reference from a file of the site to another; both paths in the site. A folder's index.html is called by the
  // folder.
  static std::string relative(std::string_view from, std::string_view to);
  // The whole address if the site has one, else the relative one: for what is read apart from the site (feeds).
  std::string whole(std::string_view from, std::string_view to) const;

 private:
  std::string base_;
};

}  // namespace epitome::site
