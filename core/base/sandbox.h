/* What a disposable worker may still ask of the kernel. The one gate to libseccomp. */
#ifndef MN_BASE_SANDBOX_H
#define MN_BASE_SANDBOX_H

#include <stdbool.h>

/* Leaves this process only the system calls that computing and writing to open descriptors need,
 * and with `files` also reading files; everything else fails with EPERM. There is no way back.
 * False when the kernel refuses. */
bool mn_sandbox_enter(bool files);

#endif
