/* The SQLite file: opening, its structure and versions, what can go wrong with it. */
#include "base/mem.h"
#include "incident/sql.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID 0x4d6e4a31 /* "MnJ1" */
#define BUSY_SECONDS 10
#define STATEMENTS 32

struct mn_store {
    sqlite3 *db;
    char *path;
    int depth; /* of nested transactions */
    struct {
        const char *sql;
        sqlite3_stmt *q;
    } kept[STATEMENTS];
};

/* What brings a file of version i to version i + 1. Never change one that was released: add
 * another. */
static const char *const migrations[] = {
    "CREATE TABLE blob ("
    " hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),"
    " bytes BLOB NOT NULL) STRICT;"
    "CREATE TABLE incident ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " year INTEGER NOT NULL,"
    " number INTEGER NOT NULL,"
    " UNIQUE (year, number)) STRICT;"
    "CREATE TABLE event ("
    " incident TEXT NOT NULL REFERENCES incident (id),"
    " seq INTEGER NOT NULL CHECK (seq > 0),"
    " at INTEGER NOT NULL,"
    " actor TEXT NOT NULL,"
    " type TEXT NOT NULL,"
    " payload TEXT NOT NULL,"
    " prev TEXT NOT NULL CHECK (length(prev) = 64),"
    " hash TEXT NOT NULL CHECK (length(hash) = 64),"
    " PRIMARY KEY (incident, seq)) STRICT;"
    "CREATE INDEX event_type ON event (incident, type, seq);"
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event"
    " BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;"
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event"
    " BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;"
    "CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob"
    " BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;"
    "CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob"
    " BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;"
    "CREATE TRIGGER incident_no_update BEFORE UPDATE ON incident"
    " BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;"
    "CREATE TRIGGER incident_no_delete BEFORE DELETE ON incident"
    " BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;",
};
#define VERSION ((int)MN_COUNT(migrations))

static void cannot_open(const char *path, int error, struct mn_diags *d) {
    enum mn_code code = error == ENOENT                     ? MN_D_store_no_folder
                        : error == EACCES || error == EPERM ? MN_D_store_denied
                                                            : MN_D_store_open;
    mn_diag_refused(d, code, MN_NOWHERE, path, error);
}

/* Says what SQLite's last error means for a person. Always false. */
static bool failed(const struct mn_store *s, struct mn_diags *d) {
    int code = sqlite3_extended_errcode(s->db);
    int system = sqlite3_system_errno(s->db);
    const char *why = sqlite3_errmsg(s->db);
    bool no_room = system == ENOSPC || system == EDQUOT || system == EFBIG;
    bool denied = system == EROFS || system == EACCES || system == EPERM;
    switch (code & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        mn_diag(d, MN_D_store_damaged, MN_NOWHERE, MN_ARGS(s->path));
        mn_diag_note(d, MN_D_store_damaged_note, MN_NOWHERE, MN_NO_ARGS);
        return false;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        mn_diag(d, MN_D_store_busy, MN_NOWHERE, MN_ARGS(s->path, "10"));
        break;
    case SQLITE_FULL:
        mn_diag(d, MN_D_store_full, MN_NOWHERE, MN_ARGS(s->path));
        break;
    case SQLITE_READONLY:
        mn_diag(d, MN_D_store_read_only, MN_NOWHERE, MN_ARGS(s->path));
        break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        if (no_room || code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_FSYNC ||
            code == SQLITE_IOERR_TRUNCATE)
            mn_diag(d, MN_D_store_full, MN_NOWHERE, MN_ARGS(s->path));
        else if (denied && s->depth)
            mn_diag(d, MN_D_store_read_only, MN_NOWHERE, MN_ARGS(s->path));
        else if (system)
            cannot_open(s->path, system, d);
        else
            mn_diag(d, MN_D_store_open, MN_NOWHERE, MN_ARGS(s->path, why));
        break;
    default:
        mn_diag(d, MN_D_store_failed, MN_NOWHERE, MN_ARGS(s->path, why));
        break;
    }
    if (s->depth)
        mn_diag_note(d, MN_D_store_kept, MN_NOWHERE, MN_NO_ARGS);
    return false;
}

static bool run(struct mn_store *s, const char *sql, struct mn_diags *d) {
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || failed(s, d);
}

/* The first column of the first row, as a number; -1 with a diagnostic when there is none. */
static int64_t number_of(struct mn_store *s, const char *sql, struct mn_diags *d) {
    sqlite3_stmt *q = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
        value = sqlite3_column_int64(q, 0);
    else
        failed(s, d);
    sqlite3_finalize(q);
    return value;
}

char *mn_store_default_path(struct mn_diags *d) {
    struct mn_buf b = MN_BUF_INIT;
    const char *state = getenv("XDG_STATE_HOME");
    if (state && state[0] == '/') {
        mn_buf_printf(&b, "%s/metronet/journal.db", state);
        return mn_buf_take(&b);
    }
    const char *home = getenv("HOME");
    if (!home || home[0] != '/') {
        const struct passwd *me = getpwuid(geteuid());
        home = me ? me->pw_dir : NULL;
    }
    if (!home || home[0] != '/') {
        mn_diag(d, MN_D_store_no_home, MN_NOWHERE, MN_NO_ARGS);
        return NULL;
    }
    mn_buf_printf(&b, "%s/.local/state/metronet/journal.db", home);
    return mn_buf_take(&b);
}

static bool make_folder(char *path, struct mn_diags *d) {
    if (mkdir(path, 0700) == 0)
        return true;
    struct stat st;
    if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return true;
    if (errno == ENOENT) {
        char *copy = mn_strdup(path);
        bool ok = make_folder(dirname(copy), d);
        free(copy);
        if (!ok)
            return false;
        if (mkdir(path, 0700) == 0 || errno == EEXIST)
            return true;
    }
    mn_diag_refused(d, MN_D_store_folder, MN_NOWHERE, path, errno);
    return false;
}

bool mn_store_make_folder(const char *path, struct mn_diags *d) {
    char *copy = mn_strdup(path);
    bool ok = make_folder(dirname(copy), d);
    free(copy);
    return ok;
}

/* Looks at the file before SQLite does, and creates it so that nobody else may read it: SQLite
 * gives its rollback journal the same mode. *missing: there is no file, and none is wanted. */
static bool prepare_file(const char *path, enum mn_store_mode mode, bool *missing,
                         struct mn_diags *d) {
    struct stat st;
    *missing = false;
    if (stat(path, &st) == 0) {
        if (S_ISDIR(st.st_mode)) {
            mn_diag(d, MN_D_store_directory, MN_NOWHERE, MN_ARGS(path));
            return false;
        }
        if (!S_ISREG(st.st_mode)) {
            mn_diag(d, MN_D_store_special, MN_NOWHERE, MN_ARGS(path));
            return false;
        }
        *missing = mode == MN_STORE_READ &&
                   st.st_size == 0; /* created, and killed before its first page */
        return true;
    }
    if (errno == ENOENT && mode != MN_STORE_WRITE) {
        *missing = true;
        return true;
    }
    int fd = -1;
    if (errno == ENOENT)
        fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        cannot_open(path, errno, d);
        return false;
    }
    close(fd);
    return true;
}

static bool migrate(struct mn_store *s, int from, struct mn_diags *d) {
    if (!mn__sql_begin(s, d))
        return false;
    /* Another process may have done it while we waited for the lock. */
    int64_t version = number_of(s, "PRAGMA user_version", d);
    bool ok = version >= 0;
    if (ok && version < from)
        version = from;
    for (; ok && version < VERSION; version++)
        ok = run(s, migrations[version], d);
    char text[96];
    snprintf(text, sizeof text, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             APPLICATION_ID, VERSION);
    ok = ok && run(s, text, d) && mn__sql_commit(s, d);
    if (!ok)
        mn__sql_rollback(s);
    return ok;
}

static const char objects_sql[] = "SELECT name, sql FROM sqlite_schema"
                                  " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

/* The file holds exactly the tables and triggers that the migrations make: so a file from elsewhere
 * cannot bring triggers or views of its own. */
static bool check_structure(struct mn_store *s, struct mn_diags *d) {
    sqlite3 *fresh = NULL;
    sqlite3_stmt *want = NULL, *have = NULL;
    bool ok = sqlite3_open(":memory:", &fresh) == SQLITE_OK;
    for (int i = 0; ok && i < VERSION; i++)
        ok = sqlite3_exec(fresh, migrations[i], NULL, NULL, NULL) == SQLITE_OK;
    ok = ok && sqlite3_prepare_v2(fresh, objects_sql, -1, &want, NULL) == SQLITE_OK &&
         sqlite3_prepare_v2(s->db, objects_sql, -1, &have, NULL) == SQLITE_OK;
    if (!ok)
        failed(s, d);
    for (bool more = true; ok && more;) {
        more = sqlite3_step(want) == SQLITE_ROW;
        int got = sqlite3_step(have);
        if (got != SQLITE_ROW && got != SQLITE_DONE) {
            ok = failed(s, d);
            break;
        }
        bool same = more == (got == SQLITE_ROW);
        for (int c = 0; same && more && c < 2; c++)
            same = strcmp(mn__sql_column(want, c), mn__sql_column(have, c)) == 0;
        if (!same) {
            const char *name = mn__sql_column(got == SQLITE_ROW ? have : want, 0);
            mn_diag(d, MN_D_store_schema, MN_NOWHERE, MN_ARGS(s->path, name));
            ok = false;
        }
    }
    sqlite3_finalize(want);
    sqlite3_finalize(have);
    sqlite3_close(fresh);
    return ok;
}

static bool check_version(struct mn_store *s, enum mn_store_mode mode, struct mn_diags *d) {
    int64_t id = number_of(s, "PRAGMA application_id", d);
    if (id < 0)
        return false;
    int64_t version = number_of(s, "PRAGMA user_version", d);
    int64_t objects = number_of(s, "SELECT count(*) FROM sqlite_schema", d);
    if (version < 0 || objects < 0)
        return false;
    char has[24], knows[24];
    snprintf(has, sizeof has, "%lld", (long long)version);
    snprintf(knows, sizeof knows, "%d", VERSION);
    bool empty = objects == 0 && id == 0 && version == 0;
    if (!empty && id != APPLICATION_ID) {
        mn_diag(d, MN_D_store_foreign, MN_NOWHERE, MN_ARGS(s->path));
        return false;
    }
    if (version > VERSION) {
        mn_diag(d, MN_D_store_newer, MN_NOWHERE, MN_ARGS(s->path, has, knows));
        return false;
    }
    if (version < VERSION) {
        if (mode == MN_STORE_READ && !empty) {
            mn_diag(d, MN_D_store_older, MN_NOWHERE, MN_ARGS(s->path, has));
            return false;
        }
        if (sqlite3_db_readonly(s->db, "main") && !empty) {
            mn_diag(d, MN_D_store_read_only, MN_NOWHERE, MN_ARGS(s->path));
            return false;
        }
        if (!migrate(s, (int)version, d))
            return false;
    }
    return check_structure(s, d);
}

struct mn_store *mn_store_open(const char *path, enum mn_store_mode mode, struct mn_diags *d) {
    bool missing;
    if (!prepare_file(path, mode, &missing, d))
        return NULL;
    struct mn_store *s = mn_new0(1, sizeof *s);
    s->path = mn_strdup(path);
    /* For reading too: after a crash the first to come undoes what was left half written. Where the
     * file may not be written SQLite opens it for reading only. */
    int flags = SQLITE_OPEN_READWRITE | (missing ? SQLITE_OPEN_MEMORY : 0);
    int rc = sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_EXRESCODE, NULL);
    if (!s->db) {
        mn_diag(d, MN_D_store_open, MN_NOWHERE, MN_ARGS(path, sqlite3_errstr(rc)));
        mn_store_close(s);
        return NULL;
    }
    bool ok = rc == SQLITE_OK || failed(s, d);
    if (ok) {
        sqlite3_busy_timeout(s->db, BUSY_SECONDS * 1000);
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
        /* A file that may not be written opens for reading all the same. */
        if (mode != MN_STORE_READ && !missing && sqlite3_db_readonly(s->db, "main")) {
            mn_diag(d, MN_D_store_read_only, MN_NOWHERE, MN_ARGS(path));
            ok = false;
        }
    }
    ok = ok && run(s, "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON", d);
    if (ok && mode != MN_STORE_READ)
        ok = run(s, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA", d);
    ok = ok && check_version(s, missing ? MN_STORE_WRITE : mode, d);
    if (ok && mode == MN_STORE_READ)
        ok = run(s, "PRAGMA query_only = ON", d);
    struct stat st;
    if (ok && mode != MN_STORE_READ && stat(path, &st) == 0 && (st.st_mode & 077))
        mn_diag(d, MN_D_store_public, MN_NOWHERE, MN_ARGS(path));
    if (ok)
        return s;
    mn_store_close(s);
    return NULL;
}

struct mn_store *mn_store_scratch(struct mn_diags *d) {
    return mn_store_open("", MN_STORE_ADD, d); /* no file has an empty name */
}

void mn_store_close(struct mn_store *s) {
    if (!s)
        return;
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(s->kept[i].q);
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

const char *mn_store_path(const struct mn_store *s) {
    return s->path;
}

sqlite3_stmt *mn__sql(struct mn_store *s, const char *sql, struct mn_diags *d) {
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (s->kept[i].sql == sql) {
            sqlite3_reset(s->kept[i].q);
            sqlite3_clear_bindings(s->kept[i].q);
            return s->kept[i].q;
        }
        if (!s->kept[i].sql) {
            if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->kept[i].q,
                                   NULL) != SQLITE_OK) {
                failed(s, d);
                return NULL;
            }
            s->kept[i].sql = sql;
            return s->kept[i].q;
        }
    }
    assert(!"more statements than places for them");
    return NULL;
}

void mn__sql_text(sqlite3_stmt *q, int place, const char *text) {
    sqlite3_bind_text(q, place, text, -1, SQLITE_TRANSIENT);
}

void mn__sql_int(sqlite3_stmt *q, int place, int64_t value) {
    sqlite3_bind_int64(q, place, value);
}

enum mn__row mn__sql_step(struct mn_store *s, sqlite3_stmt *q, struct mn_diags *d) {
    int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        return MN__ROW;
    if (rc != SQLITE_DONE)
        failed(s, d);
    /* Reset at the end, so that no read lock is left behind. */
    sqlite3_reset(q);
    return rc == SQLITE_DONE ? MN__DONE : MN__FAILED;
}

const char *mn__sql_column(sqlite3_stmt *q, int column) {
    const char *text = (const char *)sqlite3_column_text(q, column);
    return text ? text : "";
}

bool mn__sql_begin(struct mn_store *s, struct mn_diags *d) {
    if (s->depth++ > 0)
        return true;
    if (run(s, "BEGIN IMMEDIATE", d))
        return true;
    s->depth = 0;
    return false;
}

bool mn__sql_commit(struct mn_store *s, struct mn_diags *d) {
    assert(s->depth > 0);
    if (s->depth > 1) {
        s->depth--;
        return true;
    }
    if (!run(s, "COMMIT", d))
        return false;
    s->depth = 0;
    return true;
}

void mn__sql_rollback(struct mn_store *s) {
    s->depth = 0;
    for (size_t i = 0; i < STATEMENTS && s->kept[i].q; i++)
        sqlite3_reset(s->kept[i].q);
    if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}
