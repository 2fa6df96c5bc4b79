#include "pdf/metadata.hpp"

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
    put_xml(out_, value);
    close(name);
  }
  void language_alternative(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    open(name);
    out_ += "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    put_xml(out_, value);
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
    put_xml(out_, value);
    out_ += "</rdf:li>";
  }
  std::string out_;
};

// PDF/A knows no pdfuaid, so its schema has to be described (ISO 19005-2 6.6.2.3).
constexpr std::string_view extension_schema = R"(<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of PDF/UA that the file conforms to</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
)";

}  // namespace

std::string xmp_packet(const page::Metadata& m, const std::string& producer) {
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
      " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
      " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
      " <pdfaid:part>2</pdfaid:part>\n <pdfaid:conformance>A</pdfaid:conformance>\n"
      " <pdfuaid:part>1</pdfuaid:part>\n <dc:format>application/pdf</dc:format>\n");
  p.language_alternative("dc:title", m.title);
  p.list("dc:creator", "rdf:Seq", m.authors);
  p.language_alternative("dc:description", description(m));
  p.list("dc:subject", "rdf:Bag", m.keywords);
  p.list("dc:language", "rdf:Bag", {m.lang});
  if (!m.publisher.empty()) p.list("dc:publisher", "rdf:Bag", {m.publisher});
  p.language_alternative("dc:rights", m.rights);
  p.simple("dc:identifier", m.identifier);
  p.simple("xmpRights:WebStatement", m.rights_href);
  p.simple("xmp:CreatorTool", producer);
  if (!pdf_date(m.created).empty()) p.simple("xmp:CreateDate", m.created);
  if (!pdf_date(m.modified).empty()) p.simple("xmp:ModifyDate", m.modified);
  p.simple("pdf:Producer", producer);
  p.simple("pdf:Keywords", joined(m.keywords, ", "));
  p.raw("</rdf:Description>\n");
  p.raw(extension_schema);
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
