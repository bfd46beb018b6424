/* SPDX-License-Identifier: MIT
 * Interruption: long loops look at `interrupted` and end cleanly, with what is done kept. */
#ifndef STANCE_CLI_INTERRUPT_H
#define STANCE_CLI_INTERRUPT_H

#include <stdatomic.h>

/* The number of the signal, SIGINT or SIGTERM; 0: none came. A second signal ends the program at once. May be set back to 0 by a
 * command that goes on with what it has. */
extern atomic_int interrupted;

void interrupt_catch(void); /* from now on; once, by main */
/* While nothing is done yet that is worth an orderly end, as while labels are read: a signal ends the program at once, with
 * "stance WHAT: interrupted; SO". NULL: no more. */
void interrupt_at_once(const char *what, const char *so);

#endif
