#include "pdf/metadata.hpp"

#include <fmt/format.h>

#include "diag/escaping.hpp"
#include "pdf/syntax.hpp"

namespace epitome::pdf {
namespace {

std::string joined(const std::vector<std::string>& values, std::string_view between) {
  std::string out;
  for (const std::string& value : values) {
    if (!out.empty()) out += between;
    out += value;
  }
  return out;
}

// Info's Subject and dc:description are the same thing by ISO 19005-1's table, so they have one source.
const std::string& description(const page::Metadata& m) { return m.description.empty() ? m.subject : m.description; }

class Packet {
 public:
  void raw(std::string_view text) { out_ += text; }
  void simple(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    open(name);
    diag::append_escaped(out_, value);
    close(name);
  }
  void language_alternative(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    open(name);
    out_ += "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    diag::append_escaped(out_, value);
    out_ += "</rdf:li></rdf:Alt>";
    close(name);
  }
  void list(std::string_view name, std::string_view kind, const std::vector<std::string>& values) {
    if (values.empty()) return;
    open(name);
    open(kind, "");
    for (const std::string& value : values) simple_item(value);
    close(kind, "");
    close(name);
  }
  std::string take() { return std::move(out_); }

 private:
  void open(std::string_view name, std::string_view indent = " ") {
    out_ += indent;
    out_ += '<';
    out_ += name;
    out_ += '>';
  }
  void close(std::string_view name, std::string_view end = "\n") {
    out_ += "</";
    out_ += name;
    out_ += '>';
    out_ += end;
  }
  void simple_item(std::string_view value) {
    out_ += "<rdf:li>";
    diag::append_escaped(out_, value);
    out_ += "</rdf:li>";
  }
  std::string out_;
};

// A schema that PDF/A doesn't know, which has to be described (ISO 19005-2 6.6.2.3); here each has one property.
struct Schema {
  std::string_view name, uri, prefix, property, type, category, about;
};
constexpr Schema pdfua = {"PDF/UA identification",
                          "http://www.aiim.org/pdfua/ns/id/",
                          "pdfuaid",
                          "part",
                          "Integer",
                          "internal",
                          "Part of PDF/UA that the file conforms to"};
constexpr Schema iptc = {
    "IPTC Extension", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",     "Iptc4xmpExt", "DigitalSourceType", "URI",
    "external",       "Who or what made the text, as a NewsCode of IPTC"};

void describe(Packet& p, const Schema& schema) {
  p.raw(fmt::format(R"(<rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>{}</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>{}</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>{}</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>{}</pdfaProperty:name>
   <pdfaProperty:valueType>{}</pdfaProperty:valueType>
   <pdfaProperty:category>{}</pdfaProperty:category>
   <pdfaProperty:description>{}</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li>)",
                    schema.name, schema.uri, schema.prefix, schema.property, schema.type, schema.category,
                    schema.about));
}

void describe_schemas(Packet& p, bool tagged, bool has_source_type) {
  if (!tagged && !has_source_type) return;
  p.raw(R"(<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag>)");
  if (tagged) describe(p, pdfua);
  if (has_source_type) describe(p, iptc);
  p.raw("</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

}  // namespace

std::string xmp_packet(const page::Metadata& m, const std::string& producer, bool tagged) {
  Packet p;
  p.raw(
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\"\n"
      " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
      " xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\"\n"
      " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
      " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"");
  if (!m.source_type.empty()) p.raw("\n xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"");
  p.raw(tagged ? "\n xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                 " <pdfaid:part>2</pdfaid:part>\n <pdfaid:conformance>A</pdfaid:conformance>\n"
                 " <pdfuaid:part>1</pdfuaid:part>\n"
               : ">\n <pdfaid:part>2</pdfaid:part>\n <pdfaid:conformance>B</pdfaid:conformance>\n");
  p.raw(" <dc:format>application/pdf</dc:format>\n");
  p.language_alternative("dc:title", m.title);
  p.list("dc:creator", "rdf:Seq", m.authors);
  p.language_alternative("dc:description", description(m));
  p.list("dc:subject", "rdf:Bag", m.keywords);
  p.list("dc:language", "rdf:Bag", {m.lang});
  if (!m.publisher.empty()) p.list("dc:publisher", "rdf:Bag", {m.publisher});
  p.language_alternative("dc:rights", m.rights);
  p.simple("dc:identifier", m.identifier);
  p.simple("xmpRights:WebStatement", m.rights_href);
  p.simple("Iptc4xmpExt:DigitalSourceType", m.source_type);
  p.simple("xmp:CreatorTool", producer);
  if (!pdf_date(m.created).empty()) p.simple("xmp:CreateDate", m.created);
  if (!pdf_date(m.modified).empty()) p.simple("xmp:ModifyDate", m.modified);
  p.simple("pdf:Producer", producer);
  p.simple("pdf:Keywords", joined(m.keywords, ", "));
  p.raw("</rdf:Description>\n");
  describe_schemas(p, tagged, !m.source_type.empty());
  p.raw("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
  return p.take();
}

std::string info_body(const page::Metadata& m, const std::string& producer) {
  std::string out;
  const auto entry = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    out += name;
    out += text_string(value);
  };
  entry("/Title", m.title);
  entry("/Author", joined(m.authors, ", "));
  entry("/Subject", description(m));
  entry("/Keywords", joined(m.keywords, ", "));
  entry("/Creator", producer);
  entry("/Producer", producer);
  entry("/CreationDate", pdf_date(m.created));
  entry("/ModDate", pdf_date(m.modified));
  return out;
}

}  // namespace epitome::pdf
