#include "preflight/xml.hpp"

#include <algorithm>
#include <charconv>

#include "diag/utf8.hpp"

namespace epitome::preflight {

namespace {

// Each becomes a node or an attribute at most: the bound keeps a tree below 100 MB. A novel in one file has 50,000.
constexpr std::ptrdiff_t most_nodes = 1'000'000;

std::string from_utf16(std::string_view bytes, bool little) {
  std::string out;
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? a | b << 8 : a << 8 | b);
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
    }
    diag::append_utf8(out, c);
  }
  return out;
}

}  // namespace

std::optional<std::string> as_utf8(std::string bytes) {
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes, true);
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes, false);
  for (std::size_t at = 0; at < bytes.size();) {
    const diag::CodePoint c = diag::decode_utf8(bytes, at);
    if (!c.valid) return std::nullopt;
    at += c.length;
  }
  return bytes;
}

std::unique_ptr<Xml> parse_xml(std::string text, std::string& why, diag::Span& where) {
  if (std::count(text.begin(), text.end(), '<') + std::count(text.begin(), text.end(), '=') > most_nodes) {
    why = "it has too many elements";
    return nullptr;
  }
  auto xml = std::make_unique<Xml>();
  xml->text = std::move(text);
  const pugi::xml_parse_result result = xml->tree.load_buffer(
      xml->text.data(), xml->text.size(),
      pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_declaration | pugi::parse_doctype, pugi::encoding_utf8);
  if (result) return xml;
  why = result.description();
  where = {static_cast<std::uint32_t>(std::min<std::size_t>(
               xml->text.size(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)))),
           1};
  return nullptr;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view whole = node.name();
  const std::size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child_of(const pugi::xml_node& parent, std::string_view name) {
  return parent.find_child([&](const pugi::xml_node& node) { return local_name(node) == name; });
}

std::string_view value_of(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    const std::string_view whole = attribute.name();
    if (whole.ends_with(name) && (whole.size() == name.size() || whole[whole.size() - name.size() - 1] == ':'))
      return attribute.value();
  }
  return {};
}

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::size_t place_of_token(std::string_view list, std::string_view token) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find_first_of(" \t\r\n\f", at), list.size());
    if (list.substr(at, end - at) == token) return at;
    at = end + 1;
  }
  return std::string_view::npos;
}

bool has_token(std::string_view list, std::string_view token) {
  return place_of_token(list, token) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  return text;
}

std::string text_of(const pugi::xml_node& root, std::size_t most) {
  std::string out;
  // A bound for elements in elements in elements, each asked for its text.
  int left = 100;
  for (pugi::xml_node node = root.first_child(); node && out.size() < most && --left > 0;) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      for (const char c : std::string_view(node.value()).substr(0, most)) {
        if (!is_white(c)) {
          out += c;
        } else if (!out.empty() && out.back() != ' ') {
          out += ' ';
        }
      }
    }
    pugi::xml_node next = node.first_child();
    while (!next && node != root) {
      next = node.next_sibling();
      if (!next) node = node.parent();
    }
    node = next;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

diag::Span span_of(const pugi::xml_node& node) {
  return {static_cast<std::uint32_t>(node.offset_debug()),
          static_cast<std::uint32_t>(std::string_view(node.name()).size())};
}

std::size_t tag_end(const std::string& text, const pugi::xml_node& node) {
  char quote = 0;
  std::size_t at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      break;
    }
  }
  return at;
}

diag::Span span_of(const Xml& xml, const pugi::xml_node& node, const char* attribute) {
  const diag::Span name = span_of(node);
  const std::size_t end = tag_end(xml.text, node);
  const std::string_view tag = std::string_view(xml.text).substr(name.offset, end - name.offset);
  char quote = 0;
  const std::string_view wanted = attribute;
  for (std::size_t at = name.length; at < tag.size(); ++at) {
    const char c = tag[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (is_white(c) && tag.substr(at + 1).starts_with(wanted)) {
      std::size_t after = at + 1 + wanted.size();
      while (after < tag.size() && is_white(tag[after])) ++after;
      if (after >= tag.size() || tag[after] != '=') continue;
      const std::size_t open = tag.find_first_of("\"'", after);
      const std::size_t close = open == std::string_view::npos ? open : tag.find(tag[open], open + 1);
      const std::size_t stop = close == std::string_view::npos ? tag.size() : close + 1;
      return {name.offset + static_cast<std::uint32_t>(at + 1), static_cast<std::uint32_t>(stop - at - 1)};
    }
  }
  return name;
}

Target resolve(const std::string& base, std::string_view href) {
  Target out;
  href = trimmed(href);
  const std::size_t colon = href.find(':');
  if (colon != std::string_view::npos && href.find_first_of("/?#") > colon) {
    out.where = Target::Where::elsewhere;
    return out;
  }
  if (href.starts_with("//")) {
    out.where = Target::Where::elsewhere;
    return out;
  }
  const auto decoded = [](std::string_view escaped) {
    std::string plain;
    for (std::size_t i = 0; i < escaped.size(); ++i) {
      int value = 0;
      if (escaped[i] == '%' && i + 2 < escaped.size() &&
          std::from_chars(escaped.data() + i + 1, escaped.data() + i + 3, value, 16).ptr == escaped.data() + i + 3) {
        plain += static_cast<char>(value);
        i += 2;
      } else {
        plain += escaped[i];
      }
    }
    return plain;
  };
  const std::size_t hash = href.find('#');
  if (hash != std::string_view::npos) out.fragment = decoded(href.substr(hash + 1));
  href = href.substr(0, std::min(hash, href.find('?')));
  if (href.empty()) {
    out.path = base;
    return out;
  }
  if (href.front() == '/') out.where = Target::Where::outside_container;
  const std::string path = base.substr(0, base.rfind('/') + 1) + decoded(href);
  std::string resolved;  // each segment with a slash before it
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view segment = std::string_view(path).substr(at, end - at);
    if (segment == "..") {
      if (resolved.empty()) out.where = Target::Where::outside_container;
      resolved.resize(resolved.empty() ? 0 : resolved.rfind('/'));
    } else if (segment != "." && !segment.empty()) {
      resolved.append("/").append(segment);
    }
    at = end + 1;
  }
  out.path = resolved.empty() ? resolved : resolved.substr(1);
  return out;
}

}  // namespace epitome::preflight
