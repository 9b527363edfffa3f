/* Inside incident/ only: statements on the store, and transactions. */
#ifndef MN_INCIDENT_SQL_H
#define MN_INCIDENT_SQL_H

#include "incident/journal.h"
#include "incident/store.h"

#include <sqlite3.h>
#include <stdint.h>

/* The statement, prepared once and kept; reset and without bindings. NULL with a diagnostic. `sql`
 * must be a string literal: it is compared by address. */
sqlite3_stmt *mn__sql(struct mn_store *s, const char *sql, struct mn_diags *d);

/* Binds text (NULL: null) or a number; never fails but by lack of memory, which step reports. */
void mn__sql_text(sqlite3_stmt *q, int place, const char *text);
void mn__sql_int(sqlite3_stmt *q, int place, int64_t value);

/* One row or the end. */
enum mn__row { MN__ROW, MN__DONE, MN__FAILED };
enum mn__row mn__sql_step(struct mn_store *s, sqlite3_stmt *q, struct mn_diags *d);

/* Text of a column, "" for null; valid until the next step. */
const char *mn__sql_column(sqlite3_stmt *q, int column);

/* A write transaction; nests (only the outermost commits). After a failure: mn__sql_rollback. */
bool mn__sql_begin(struct mn_store *s, struct mn_diags *d);
bool mn__sql_commit(struct mn_store *s, struct mn_diags *d);
void mn__sql_rollback(struct mn_store *s);
/* Ends a transaction in which something was to be appended: commits what was, takes back the rest.
 * Returns what came of it in the end. */
enum mn_append mn__sql_settle(struct mn_store *s, enum mn_append result, struct mn_diags *d);

#endif
