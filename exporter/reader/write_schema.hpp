// The JSON Schema (2020-12) of a summary, made from the vocabulary: what strict structured output of language models
// takes. Objects are closed, everything is required (what may be left out is nullable), nothing recurs, objects stand
// in each other at most json_levels deep, and no keyword counts anything.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace epitome::reader {

// Whose strict output the schema is for. openai and anthropic: what is portable without the keywords about the schema
// itself; gemini: also without references, each definition where it is used. relaxng is no JSON Schema: write_relax_ng.
enum class SchemaDialect : std::uint8_t { portable, openai, anthropic, gemini, relaxng };
struct SchemaDialectName {
  std::string_view name;
  SchemaDialect value;
};
std::span<const SchemaDialectName> schema_dialects();

// What fits the schema, the reader's shapes take too; the reader also takes keys that are left out instead of null, and
// objects that stand deeper. Ends in a newline.
std::string write_schema(SchemaDialect dialect = SchemaDialect::portable);

}  // namespace epitome::reader
