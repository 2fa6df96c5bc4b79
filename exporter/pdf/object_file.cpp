#include "pdf/object_file.hpp"

#include <fmt/format.h>
#include <hpdf.h>
#include <hpdf_objects.h>
#include <sha1.h>

#include <array>
#include <deque>
#include <iterator>
#include <vector>

#include "pdf/deflate.hpp"

namespace epitome::pdf {
namespace {

struct Object {
  std::string body, data;
  bool is_stream = false, is_set = false;
  // Its place in the file: of a stream its offset, of another object its object stream and its index in that.
  std::size_t offset = 0, index = 0;
  std::uint32_t container = 0;
};

HPDF_STATUS write(HPDF_Stream stream, std::string_view bytes) {
  if (bytes.empty()) return HPDF_OK;
  return HPDF_Stream_Write(stream, reinterpret_cast<const HPDF_BYTE*>(bytes.data()),
                           static_cast<HPDF_UINT>(bytes.size()));
}

// Called by libharu between << and >>.
HPDF_STATUS write_body(HPDF_Dict dict, HPDF_Stream stream) {
  return write(stream, static_cast<Object*>(dict->attr)->body);
}

HPDF_STATUS write_data(const Object& object, HPDF_Stream stream) {
  if (!object.is_stream) return HPDF_OK;
  HPDF_STATUS status = write(stream, "\nstream\n");
  if (status == HPDF_OK) status = write(stream, object.data);
  if (status == HPDF_OK) status = write(stream, "\nendstream");
  return status;
}

// Nothing may be thrown through libharu's frames.
HPDF_STATUS append(HPDF_Stream stream, const HPDF_BYTE* bytes, HPDF_UINT size) {
  try {
    static_cast<std::string*>(stream->attr)->append(reinterpret_cast<const char*>(bytes), size);
    return HPDF_OK;
  } catch (...) {
    return HPDF_FAILD_TO_ALLOC_MEM;
  }
}

// The file identifier: the first 16 bytes of the SHA-1 of `file`, as 32 hexadecimal digits.
std::string identifier(std::string_view file) {
  SHA1_CTX hash;
  SHA1Init(&hash);
  SHA1Update(&hash, reinterpret_cast<const std::uint8_t*>(file.data()), file.size());
  std::uint8_t digest[SHA1_DIGEST_LENGTH];
  SHA1Final(digest, &hash);
  std::string id;
  for (int i = 0; i < 16; ++i) fmt::format_to(std::back_inserter(id), "{:02X}", digest[i]);
  return id;
}

// Objects in one object stream: a reader unpacks all of them to get one.
constexpr std::size_t stream_objects = 200;

}  // namespace

struct ObjectFile::Data {
  HPDF_Error_Rec error{};
  HPDF_MMgr memory = nullptr;
  HPDF_Dict dict = nullptr;    // writes each object in its turn
  std::deque<Object> objects;  // index + 1 is the object's number; addresses stay
  Deflater deflater;
  HPDF_STATUS failed = HPDF_OK;

  // libharu's low-level calls set an error that stays, and call no handler.
  bool sound() {
    if (failed == HPDF_OK) failed = error.error_no;
    return failed == HPDF_OK;
  }
  HPDF_STATUS write_value(Object& object, HPDF_Stream stream) {
    dict->attr = &object;
    const HPDF_STATUS status = HPDF_Obj_WriteValue(dict, stream, nullptr);
    return status == HPDF_OK ? write_data(object, stream) : status;
  }
};

ObjectFile::ObjectFile() : data_(std::make_unique<Data>()) {
  HPDF_Error_Init(&data_->error, nullptr);
  data_->memory = HPDF_MMgr_New(&data_->error, 0, nullptr, nullptr);
  if (data_->memory != nullptr) data_->dict = HPDF_Dict_New(data_->memory);
  if (data_->dict != nullptr) data_->dict->write_fn = write_body;
  if (data_->dict == nullptr && data_->sound()) data_->failed = HPDF_FAILD_TO_ALLOC_MEM;
}

ObjectFile::~ObjectFile() {
  if (data_->dict != nullptr) HPDF_Dict_Free(data_->dict);
  if (data_->memory != nullptr) HPDF_MMgr_Free(data_->memory);
}

std::uint32_t ObjectFile::reserve() {
  if (!data_->sound()) return 0;
  data_->objects.emplace_back();
  return static_cast<std::uint32_t>(data_->objects.size());
}

void ObjectFile::set(std::uint32_t number, std::string body) {
  if (number == 0 || number > data_->objects.size()) return;
  Object& object = data_->objects[number - 1];
  object.body = std::move(body);
  object.is_set = true;
}

void ObjectFile::set_stream(std::uint32_t number, std::string body, std::string_view data, bool deflate) {
  if (deflate) {
    std::string packed = data_->deflater.deflate(data);
    if (packed.size() < data.size()) return set_encoded_stream(number, body + "/Filter/FlateDecode", std::move(packed));
  }
  set_encoded_stream(number, std::move(body), std::string(data));
}

void ObjectFile::set_encoded_stream(std::uint32_t number, std::string body, std::string data) {
  if (number == 0 || number > data_->objects.size()) return;
  set(number, std::move(body) + fmt::format("/Length {}", data.size()));
  data_->objects[number - 1].data = std::move(data);
  data_->objects[number - 1].is_stream = true;
}

void ObjectFile::pack_objects() {
  const std::size_t count = data_->objects.size();
  std::string numbers, values;
  std::vector<Object*> packed;
  HPDF_Stream writer = HPDF_CallbackWriter_New(data_->memory, append, &values);
  const auto close = [&] {
    if (packed.empty()) return;
    const std::uint32_t container = reserve();
    for (Object* object : packed) object->container = container;
    set_stream(container, fmt::format("/Type/ObjStm/N {}/First {}", packed.size(), numbers.size()), numbers + values);
    numbers.clear();
    values.clear();
    packed.clear();
  };
  for (std::size_t i = 0; i < count && writer != nullptr; ++i) {
    Object& object = data_->objects[i];
    if (object.is_stream) continue;
    object.index = packed.size();
    packed.push_back(&object);
    fmt::format_to(std::back_inserter(numbers), "{} {} ", i + 1, values.size());
    if (data_->write_value(object, writer) != HPDF_OK) break;
    object.body = {};
    if (packed.size() == stream_objects) close();
  }
  close();
  if (writer != nullptr) HPDF_Stream_Free(writer);
}

// Entries of 1, 4 and 2 bytes (7.5.8.3), each row the difference from the one above (PNG's filter Up).
std::string ObjectFile::cross_reference_rows(std::size_t own_offset) const {
  std::string rows;
  std::array<unsigned char, 7> above{};
  const auto row = [&](unsigned type, std::size_t second, std::size_t third) {
    const std::array<unsigned char, 7> entry = {
        static_cast<unsigned char>(type),         static_cast<unsigned char>(second >> 24),
        static_cast<unsigned char>(second >> 16), static_cast<unsigned char>(second >> 8),
        static_cast<unsigned char>(second),       static_cast<unsigned char>(third >> 8),
        static_cast<unsigned char>(third)};
    rows.push_back(2);
    for (std::size_t i = 0; i < entry.size(); ++i) rows.push_back(static_cast<char>(entry[i] - above[i]));
    above = entry;
  };
  row(0, 0, 65535);
  for (const Object& object : data_->objects)
    if (object.container != 0)
      row(2, object.container, object.index);
    else
      row(1, object.offset, 0);
  row(1, own_offset, 0);
  return rows;
}

// A text that differs whenever a stream does: each one's dictionary and the CRC-32 of its data. Objects that aren't
// streams are packed in streams, so they count too.
std::string ObjectFile::stream_sums() const {
  std::string sums;
  for (const Object& object : data_->objects)
    if (object.is_stream) fmt::format_to(std::back_inserter(sums), "{} {:08x}\n", object.body, crc32_of(object.data));
  return sums;
}

std::optional<std::string> ObjectFile::save(std::uint32_t root, std::uint32_t info) {
  for (const Object& object : data_->objects)
    if (!object.is_set && data_->failed == HPDF_OK) data_->failed = HPDF_INVALID_OBJECT;
  if (data_->sound()) pack_objects();
  if (!data_->sound()) return std::nullopt;
  std::size_t size = 4096;
  for (const Object& object : data_->objects)
    if (object.is_stream) size += object.body.size() + object.data.size() + 60;
  std::string out;
  out.reserve(size);
  HPDF_Stream output = HPDF_CallbackWriter_New(data_->memory, append, &out);
  if (output == nullptr) {
    data_->sound();
    return std::nullopt;
  }
  // The second line's bytes above 127 tell transfer programs that the file is binary (7.5.2).
  HPDF_STATUS status = write(output, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
  const auto write_object = [&](std::size_t number) {
    if (status == HPDF_OK) status = write(output, fmt::format("{} 0 obj\n", number));
    if (status == HPDF_OK) status = data_->write_value(data_->objects[number - 1], output);
    if (status == HPDF_OK) status = write(output, "\nendobj\n");
  };
  for (std::size_t i = 0; i < data_->objects.size(); ++i) {
    Object& object = data_->objects[i];
    if (!object.is_stream) continue;
    object.offset = out.size();
    write_object(i + 1);
  }
  const std::size_t start = out.size(), count = data_->objects.size() + 2;
  const std::string rows = cross_reference_rows(start), id = identifier(rows + stream_sums());
  const std::uint32_t table = reserve();
  std::string packed = data_->deflater.deflate(rows);
  set_encoded_stream(table,
                     fmt::format("/Type/XRef/Size {}/W[1 4 2]/Root {} 0 R/Info {} 0 R/ID[<{}><{}>]/Filter/FlateDecode"
                                 "/DecodeParms<</Predictor 12/Columns 7>>",
                                 count, root, info, id, id),
                     std::move(packed));
  if (table != 0) write_object(table);
  if (status == HPDF_OK) status = write(output, fmt::format("startxref\n{}\n%%EOF\n", start));
  HPDF_Stream_Free(output);
  if (data_->failed == HPDF_OK) data_->failed = status;
  if (!data_->sound()) return std::nullopt;
  return out;
}

std::string ObjectFile::failure() const { return fmt::format("libharu error 0x{:04X}", data_->failed); }

std::string reference(std::uint32_t object) { return fmt::format("{} 0 R", object); }

}  // namespace epitome::pdf
