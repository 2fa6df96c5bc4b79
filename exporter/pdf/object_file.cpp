#include "pdf/object_file.hpp"

#include <fmt/format.h>
#include <hpdf.h>
#include <hpdf_objects.h>
#include <sha1.h>

#include <deque>
#include <vector>

#include "pdf/deflate.hpp"

namespace epitome::pdf {
namespace {

struct Object {
  HPDF_Dict dict = nullptr;  // owned by the cross-reference table
  ObjectFile* file = nullptr;
  HPDF_Stream* output = nullptr;  // while saving
  std::string body, data;
  bool is_stream = false, is_set = false;
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

// Called by libharu after >>, without the stream: the object knows it.
HPDF_STATUS write_data(HPDF_Dict dict) {
  const Object& object = *static_cast<Object*>(dict->attr);
  if (!object.is_stream) return HPDF_OK;
  HPDF_STATUS status = write(*object.output, "\nstream\n");
  if (status == HPDF_OK) status = write(*object.output, object.data);
  if (status == HPDF_OK) status = write(*object.output, "\nendstream");
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

struct Trailer {
  const std::string* file;
  std::uint32_t root, info;
};

// The identifier: 16 bytes of SHA-1 over the file as far as it is written.
HPDF_STATUS write_trailer(HPDF_Dict dict, HPDF_Stream stream) {
  const Trailer& trailer = *static_cast<Trailer*>(dict->attr);
  SHA1_CTX hash;
  SHA1Init(&hash);
  SHA1Update(&hash, reinterpret_cast<const std::uint8_t*>(trailer.file->data()), trailer.file->size());
  std::uint8_t digest[SHA1_DIGEST_LENGTH];
  SHA1Final(digest, &hash);
  char id[33];
  for (int i = 0; i < 16; ++i) fmt::format_to_n(id + 2 * i, 2, "{:02X}", digest[i]);
  id[32] = '\0';
  char body[160];
  const auto end = fmt::format_to_n(body, sizeof body, "/Root {} 0 R/Info {} 0 R/ID[<{}><{}>]\n", trailer.root,
                                    trailer.info, id, id);
  return write(stream, {body, end.size});
}

}  // namespace

struct ObjectFile::Data {
  HPDF_Error_Rec error{};
  HPDF_MMgr memory = nullptr;
  HPDF_Xref xref = nullptr;
  HPDF_Stream output = nullptr;
  std::deque<Object> objects;  // index + 1 is the object's number; addresses stay
  Deflater deflater;
  HPDF_STATUS failed = HPDF_OK;

  // libharu's low-level calls set an error that stays, and call no handler.
  bool sound() {
    if (failed == HPDF_OK) failed = error.error_no;
    return failed == HPDF_OK;
  }
};

ObjectFile::ObjectFile() : data_(std::make_unique<Data>()) {
  HPDF_Error_Init(&data_->error, nullptr);
  data_->memory = HPDF_MMgr_New(&data_->error, 0, nullptr, nullptr);
  if (data_->memory != nullptr) data_->xref = HPDF_Xref_New(data_->memory, 0);
  if (data_->xref == nullptr && data_->sound()) data_->failed = HPDF_FAILD_TO_ALLOC_MEM;
}

ObjectFile::~ObjectFile() {
  if (data_->xref != nullptr) HPDF_Xref_Free(data_->xref);
  if (data_->memory != nullptr) HPDF_MMgr_Free(data_->memory);
}

std::uint32_t ObjectFile::reserve() {
  if (!data_->sound()) return 0;
  HPDF_Dict dict = HPDF_Dict_New(data_->memory);
  if (dict == nullptr || HPDF_Xref_Add(data_->xref, dict) != HPDF_OK) {
    data_->sound();
    return 0;
  }
  Object& object = data_->objects.emplace_back();
  object.dict = dict;
  object.output = &data_->output;
  dict->attr = &object;
  dict->write_fn = write_body;
  dict->after_write_fn = write_data;
  return dict->header.obj_id & 0xFFFFFF;
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
  set(number, body + fmt::format("/Length {}", data.size()));
  data_->objects[number - 1].data = std::move(data);
  data_->objects[number - 1].is_stream = true;
}

std::optional<std::string> ObjectFile::save(std::uint32_t root, std::uint32_t info) {
  std::size_t size = 4096;
  for (const Object& object : data_->objects) {
    size += object.body.size() + object.data.size() + 80;
    if (!object.is_set && data_->failed == HPDF_OK) data_->failed = HPDF_INVALID_OBJECT;
  }
  if (!data_->sound()) return std::nullopt;
  std::string out;
  out.reserve(size);
  data_->output = HPDF_CallbackWriter_New(data_->memory, append, &out);
  if (data_->output == nullptr) {
    data_->sound();
    return std::nullopt;
  }
  Trailer trailer{&out, root, info};
  data_->xref->trailer->attr = &trailer;
  data_->xref->trailer->write_fn = write_trailer;
  // The second line's bytes above 127 tell transfer programs that the file is binary (7.5.2).
  HPDF_STATUS status = write(data_->output, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
  if (status == HPDF_OK) status = HPDF_Xref_WriteToStream(data_->xref, data_->output, nullptr);
  HPDF_Stream_Free(data_->output);
  data_->output = nullptr;
  data_->xref->trailer->attr = nullptr;
  data_->xref->trailer->write_fn = nullptr;
  if (data_->failed == HPDF_OK) data_->failed = status;
  if (!data_->sound()) return std::nullopt;
  return out;
}

std::string ObjectFile::failure() const { return fmt::format("libharu error 0x{:04X}", data_->failed); }

std::string reference(std::uint32_t object) { return fmt::format("{} 0 R", object); }

}  // namespace epitome::pdf
