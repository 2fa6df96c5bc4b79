#include "reader/guess_keys.hpp"

#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "diag/utf8.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

namespace {

// Small letters alone: "Book_Title" and "bookTitle" are one key.
std::string letters_of(std::string_view key) {
  std::string out;
  for (std::size_t at = 0; at < key.size();) {
    const diag::CodePoint c = diag::decode_utf8(key, at);
    const auto letter = static_cast<UChar32>(c.value);
    const bool mark = (U_MASK(u_charType(letter)) & U_GC_M_MASK) != 0;
    if (u_isalnum(letter) != 0 || mark)
      diag::append_utf8(out, static_cast<char32_t>(u_foldCase(letter, U_FOLD_CASE_DEFAULT)));
    at += c.length;
  }
  return out;
}

struct KeyMeaning {
  std::string_view key, words;  // " titre titel ", parted by spaces
};
// Of author_words only what may stand before a colon too.
constexpr std::string_view author_words =
    " author authors auteur auteure autrice autor autora autorin autoren autore autores автор автори авторы συγγραφέας "
    "yazar "
    "forfatter författare kirjailija autorka schrijver szerző pengarang penulis tácgiả 作者 著者 저자 지은이 المؤلف "
    "الكاتب "
    "تأليف مؤلف نویسنده מחבר המחבר מאת लेखक ";
constexpr KeyMeaning key_meanings[] = {
    {"title",
     " title booktitle fulltitle titre titredulivre titel buchtitel título títulodellibro titulo titolo tytuł название "
     "назва τίτλος tittel otsikko başlık judul タイトル 書名 书名 标题 標題 제목 العنوان عنوان عنوانالكتاب כותרת "
     "शीर्षक "},
    {"author", author_words},
    {"author", " bookauthor bookauthors writtenby "},
    {"lang",
     " lang language languagecode inlanguage langue sprache idioma língua lingua язык мова dil språk sprog taal 言語 "
     "语言 "
     "語言 언어 اللغة भाषा "},
    {"date", " date createdat fecha datum "},
    {"publisher", " publisher éditeur verlag editorial editora editore издательство uitgeverij 出版社 출판사 الناشر "},
    {"published",
     " year published datepublished publicationyear publicationdate releasedate année jahr erscheinungsjahr año ano "
     "anno год 出版年 "},
    {"subtitle", " subtitle soustitre untertitel subtítulo sottotitolo подзаголовок "}};

bool holds(std::string_view words, const std::string& word) {
  return !word.empty() && words.find(" " + word + " ") != std::string_view::npos;
}

}  // namespace

std::string_view work_key(std::string_view key) {
  if (key == "date_published") return "date";  // a page's
  const std::string letters = letters_of(key);
  for (const KeyMeaning& one : key_meanings)
    if (holds(one.words, letters)) return one.key;
  return key;
}

std::string language_called(std::string_view name) {
  const std::string wanted = letters_of(name);
  for (const char* const* tag = uloc_getISOLanguages(); !wanted.empty() && *tag != nullptr; ++tag) {
    for (const char* const shown_in : {"en", *tag}) {
      UErrorCode status = U_ZERO_ERROR;
      UChar shown[128];
      char bytes[512];
      int32_t length = uloc_getDisplayLanguage(*tag, shown_in, shown, std::size(shown), &status);
      u_strToUTF8(bytes, sizeof bytes, &length, shown, length, &status);
      if (U_SUCCESS(status) && letters_of({bytes, static_cast<std::size_t>(length)}) == wanted) return *tag;
    }
  }
  return {};
}

std::size_t behind_author_label(std::string_view line, std::size_t at) {
  constexpr std::size_t longest = 40;
  std::string_view rest = line.substr(at);
  for (const std::string_view colon : {":", "："}) {
    const std::size_t sign = rest.substr(0, longest).find(colon);
    if (sign == std::string_view::npos || !holds(author_words, letters_of(rest.substr(0, sign)))) continue;
    std::size_t behind = at + sign + colon.size();
    while (behind < line.size() && line[behind] == ' ') ++behind;
    return behind;
  }
  return std::string_view::npos;
}

std::string_view behind_summary_label(std::string_view title) {
  constexpr std::array<std::string_view, 30> labels = {"Zusammenfassung: ",
                                                       "Zusammenfassung von ",
                                                       "Buchzusammenfassung: ",
                                                       "Rezension: ",
                                                       "Résumé : ",
                                                       "Résumé: ",
                                                       "Résumé de ",
                                                       "Résumé du livre ",
                                                       "Fiche de lecture : ",
                                                       "Resumen de ",
                                                       "Resumen: ",
                                                       "Resumen del libro ",
                                                       "Reseña de ",
                                                       "Resumo de ",
                                                       "Resumo: ",
                                                       "Riassunto di ",
                                                       "Riassunto: ",
                                                       "Samenvatting van ",
                                                       "Samenvatting: ",
                                                       "Краткое содержание: ",
                                                       "Краткое содержание ",
                                                       "Пересказ: ",
                                                       "Streszczenie: ",
                                                       "Sammanfattning av ",
                                                       "Özet: ",
                                                       "ملخص كتاب ",
                                                       "ملخص: ",
                                                       "सारांश: ",
                                                       "要約：",
                                                       "読書メモ："};
  for (const std::string_view label : labels)
    if (title.size() > label.size() && title.starts_with(label)) return title.substr(label.size());
  return title;
}

}  // namespace epitome::reader
