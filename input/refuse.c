/* SPDX-License-Identifier: MIT
 * Magic numbers of files that are often found beside articles. */
#include "refuse.h"

#include <stdbool.h>
#include <string.h>

static const struct {
  size_t at;
  const char *magic;
  size_t length;
  const char *sentence;
} kinds[] = {
#define MAGIC(at_, magic_, sentence_) \
  { at_, magic_, sizeof magic_ - 1, sentence_ }
    MAGIC(0, "{\\rtf", "is an RTF document; save it as plain text, or convert it: unrtf --text FILE"),
    MAGIC(0, "%PDF-", "is a PDF document; convert it with pdftotext FILE"),
    MAGIC(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
          "is a Word document (.doc) or another old Office file; save it as plain text, or convert it: libreoffice "
          "--convert-to txt FILE"),
    MAGIC(0, "%!PS", "is a PostScript document; convert it with ps2ascii FILE"),
    MAGIC(0, "SQLite format 3\0",
          "is an SQLite database; export a table: sqlite3 -csv -header FILE 'SELECT * FROM articles'"),
    MAGIC(0, "PAR1", "is a Parquet table; write it as CSV or JSON Lines"),
    MAGIC(0, "ARROW1", "is an Arrow or Feather table; write it as CSV or JSON Lines"),
    MAGIC(0, "RDX3", "is an R data file; write it as CSV: write.csv(articles, FILE)"),
    MAGIC(0, "RDX2", "is an R data file; write it as CSV: write.csv(articles, FILE)"),
    MAGIC(0, "X\n\0\0\0", "is an R data file (.rds); write it as CSV: write.csv(articles, FILE)"),
    MAGIC(0, "\x80\x04\x95", "is a Python pickle; write it as CSV or JSON Lines"),
    MAGIC(0, "\x80\x05\x95", "is a Python pickle; write it as CSV or JSON Lines"),
    MAGIC(0, "\x89HDF\r\n\x1a\n", "is an HDF5 file; write it as CSV or JSON Lines"),
    MAGIC(0, "\x89PNG\r\n\x1a\n", "is a PNG picture; expected text"),
    MAGIC(0, "\xff\xd8\xff", "is a JPEG picture; expected text"),
    MAGIC(0, "GIF87a", "is a GIF picture; expected text"),
    MAGIC(0, "GIF89a", "is a GIF picture; expected text"),
    MAGIC(0, "II*\0", "is a TIFF picture; expected text"),
    MAGIC(0, "MM\0*", "is a TIFF picture; expected text"),
    MAGIC(8, "WEBP", "is a WebP picture; expected text"),
    MAGIC(4, "ftyp", "is a video or a picture (MP4, HEIC); expected text"),
    MAGIC(0, "OggS", "is a sound or video file (Ogg); expected text"),
    MAGIC(0, "ID3", "is a sound file (MP3); expected text"),
    MAGIC(8, "WAVE", "is a sound file (WAVE); expected text"),
    MAGIC(0,
          "\x7f"
          "ELF",
          "is a program (ELF); expected text"),
    MAGIC(0, "MZ\x90\0", "is a program (Windows); expected text"),
    MAGIC(0, "\xcf\xfa\xed\xfe", "is a program (Mach-O); expected text"),
    MAGIC(0, "\xca\xfe\xba\xbe", "is a program (Java or Mach-O); expected text"),
    MAGIC(0, "7z\xbc\xaf\x27\x1c", "is a 7z archive; unpack it, or pack it as zip or tar"),
    MAGIC(0, "Rar!\x1a\x07", "is a RAR archive; unpack it, or pack it as zip or tar"),
    MAGIC(0, "\x1f\x9d", "is packed by compress (.Z); unpack it with uncompress FILE"),
    MAGIC(0, "\x04\x22\x4d\x18", "is packed by lz4; unpack it with unlz4 FILE"),
    MAGIC(0, "!<arch>\n", "is an ar archive or a Debian package; unpack it, or pack it as zip or tar"),
    MAGIC(0, "MSCF", "is a Windows cabinet; unpack it, or pack it as zip or tar"),
    MAGIC(0, "ITSF", "is a Windows help file (CHM); convert it to HTML"),
    MAGIC(60, "BOOKMOBI", "is an e-book (Mobipocket); convert it to text"),
#undef MAGIC
};

/* The kind of an Office or e-book file, by the first member of its zip archive; NULL: another. */
static const char *zip_kind(const char *start, size_t length) {
  if (length < 60 || memcmp(start, "PK\3\4", 4) != 0) return NULL;
  const char *end = start + length;
  static const char office[] =
      "is a Word document or another Office file (.docx, .xlsx); save it as plain text or CSV, or convert it: "
      "libreoffice --convert-to txt FILE";
  static const struct {
    const char *word, *sentence;
  } words[] = {
      {"application/epub+zip", "is an e-book (EPUB); convert it to text"},
      {"application/vnd.oasis.opendocument",
       "is an OpenDocument file; save it as plain text, or convert it: libreoffice --convert-to txt FILE"},
      {"[Content_Types].xml", office},
      {"_rels/.rels", office},
      {"word/", "is a Word document (.docx); save it as plain text, or convert it: libreoffice --convert-to txt FILE"},
      {"docProps/", office},
      {"META-INF/", "is a Java archive; expected text"},
  };
  size_t name_length = (size_t)((unsigned char)start[26] | (unsigned char)start[27] << 8);
  if (name_length > (size_t)(end - start) - 30) return NULL;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t size = strlen(words[i].word);
    bool is_name = name_length >= size && memcmp(start + 30, words[i].word, size) == 0;
    if (is_name || (i < 2 && memmem(start + 30, length - 30, words[i].word, size))) return words[i].sentence;
  }
  return NULL;
}

/* Recognises UTF-16, where Latin letters have a NUL in every second byte; NULL: it is not. */
static const char *utf16_kind(const char *start, size_t length) {
  size_t nul[2] = {0, 0}, pairs = length / 2;
  if (!length || !memchr(start, '\0', length)) return NULL; /* most files */
  for (size_t i = 0; i < pairs * 2; i++) nul[i % 2] += start[i] == '\0';
  if (pairs < 4) return NULL;
  if (nul[1] * 10 > pairs * 7 && nul[0] * 10 < pairs)
    return "is UTF-16 text without a byte order mark; say so: --encoding UTF-16LE";
  if (nul[0] * 10 > pairs * 7 && nul[1] * 10 < pairs)
    return "is UTF-16 text without a byte order mark; say so: --encoding UTF-16BE";
  return NULL;
}

const char *input_refusal(const char *start, size_t length) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (length >= kinds[i].at + kinds[i].length && memcmp(start + kinds[i].at, kinds[i].magic, kinds[i].length) == 0)
      return kinds[i].sentence;
  const char *zip = zip_kind(start, length);
  return zip ? zip : utf16_kind(start, length);
}
