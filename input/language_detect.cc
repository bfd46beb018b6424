// SPDX-License-Identifier: MIT
// CLD2 is C++: this is all of it that the rest of the program, which is C, sees.
#include <cstdio> // the header below needs it and does not say so

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

extern "C" const char *input_language_detect(const char *text, int length);

// The code of the language ("fr", "zh-Hant") that most of the UTF-8 text is in; nullptr where CLD2 is not sure.
extern "C" const char *input_language_detect(const char *text, int length) {
  CLD2::Language top[3];
  int percent[3], bytes, valid;
  double scores[3];
  bool is_reliable = false;
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::ExtDetectLanguageSummaryCheckUTF8(text, length, true, &hints, 0, top, percent, scores, nullptr, &bytes, &is_reliable, &valid);
  return is_reliable && top[0] != CLD2::UNKNOWN_LANGUAGE && percent[0] >= 60 ? CLD2::LanguageCode(top[0]) : nullptr;
}
