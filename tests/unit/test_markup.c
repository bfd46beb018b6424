/* SPDX-License-Identifier: MIT
 * HTML that the reports share: what a text holds never becomes markup. */
#include <criterion/criterion.h>

#include "stance/base/markup.h"

Test(markup, text_does_not_become_markup) {
  struct stance_buffer out = {0};
  stance_markup_string(&out, "a<b>&\"c'\n\x7f\xc3\xa9");
  stance_markup_string(&out, NULL);
  stance_markup_text(&out, "<<<", 2);
  cr_expect_str_eq(out.data, "a&lt;b&gt;&amp;&quot;c&#39;  \xc3\xa9&lt;&lt;");
  stance_buffer_free(&out);
}

Test(markup, an_element_is_closed_by_its_name_alone) {
  struct stance_buffer out = {0};
  stance_markup_element(&out, "th scope=\"col\"", "R&D");
  stance_markup_element(&out, "td", NULL);
  cr_expect_str_eq(out.data, "<th scope=\"col\">R&amp;D</th><td></td>");
  stance_buffer_free(&out);
}

Test(markup, a_page_loads_nothing_and_escapes_its_title) {
  struct stance_buffer out = {0};
  stance_markup_page_start(&out, "</title><script>", "p{margin:0}");
  cr_expect(strstr(out.data, "<title>&lt;/title&gt;&lt;script&gt;</title>"));
  cr_expect(strstr(out.data, "<style>p{margin:0}</style></head><body>\n"));
  cr_expect_not(strstr(out.data, "http"));
  stance_buffer_free(&out);
}
