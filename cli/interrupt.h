/* SPDX-License-Identifier: MIT
 * Interruption by signals: long loops check `interrupted` and end in good order; finished work is kept. */
#ifndef STANCE_CLI_INTERRUPT_H
#define STANCE_CLI_INTERRUPT_H

#include <stdatomic.h>

/* The number of the signal, SIGINT or SIGTERM; 0: none. A second signal ends the program immediately. A command that
 * continues with its results so far may reset it to 0. */
extern atomic_int interrupted;

void interrupt_catch(void); /* installs the handlers; once, by main */
/* While there is no work to save, as when labels are read, a signal ends the program immediately with the message
 * "stance WHAT: interrupted; SO". what NULL: back to orderly ends. */
void interrupt_at_once(const char *what, const char *so);

#endif
