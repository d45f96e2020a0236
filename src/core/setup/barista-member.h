/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/*
 * How answers lie in memory and stand in the profile file, as tables (barista-setup-members.c) that
 * one engine reads: into fields and out of them (barista-member-json.c), as GObject properties
 * (barista-member-property.c). Private to this folder and its tests.
 */

G_BEGIN_DECLS

typedef struct _BaristaMember BaristaMember;
typedef struct _BaristaRecord BaristaRecord;

/* What a member is in the file, and the type of its field. */
typedef enum
{
  BARISTA_MEMBER_FIXED,   /* always the same: `text`, or else `fallback` as a number; no field */
  BARISTA_MEMBER_STRING,  /* char * */
  BARISTA_MEMBER_BOOLEAN, /* gboolean */
  BARISTA_MEMBER_WORD,    /* an enum, written as its nick */
  BARISTA_MEMBER_STRINGS, /* char **, NULL while not stated */
  BARISTA_MEMBER_RECORD,  /* an object: its struct lies in that of its parent */
  BARISTA_MEMBER_LIST,    /* objects: GListStore *, or GPtrArray * if the record has no GType */
} BaristaMemberKind;

typedef enum
{
  BARISTA_MEMBER_NULLABLE = 1 << 0,    /* null is as good as leaving it out */
  BARISTA_MEMBER_REQUIRED = 1 << 1,    /* its object can't do without it */
  BARISTA_MEMBER_FILLED = 1 << 2,      /* never "" */
  BARISTA_MEMBER_SECRET_NAME = 1 << 3, /* the name of a Tinybird secret, not its value */
  BARISTA_MEMBER_URL = 1 << 4,         /* a password in it is taken out */
  BARISTA_MEMBER_TIME = 1 << 5,        /* RFC 3339 */
} BaristaMemberFlags;

/**
 * BaristaMember:
 * @name: as in the file
 * @property: (nullable): the GObject property that shows it
 * @offset: of its field in its record's struct
 * @words: type of the enum of a word
 * @fallback: value of a boolean or word that is not stated
 * @text: (nullable): what a string property shows while it is not stated; text of a fixed member
 * @record: of the object or of each item
 */
struct _BaristaMember
{
  const char *name;
  BaristaMemberKind kind;
  BaristaMemberFlags flags;
  const char *property;
  gsize offset;
  GType (*words) (void);
  int fallback;
  const char *text;
  const BaristaRecord *record;
};

/**
 * BaristaRecordHead:
 * @stated: a bit for each member, in the table's order: it has a value
 * @as_null: the same: it stands there as null
 * @others: (nullable): members that the table doesn't know
 *
 * What each record's struct has beside its fields: enough to write the same object again.
 */
typedef struct
{
  guint32 stated;
  guint32 as_null;
  JsonObject *others;
} BaristaRecordHead;

/**
 * BaristaRecord:
 * @members: up to 32, the last followed by one without a name
 * @head: offset of the #BaristaRecordHead in the struct
 * @type: (nullable): of a list's items
 * @item_new: makes an empty item, initialised
 * @item_base: offset of the struct in an item
 */
struct _BaristaRecord
{
  const BaristaMember *members;
  gsize head;
  GType (*type) (void);
  gpointer (*item_new) (void);
  gsize item_base;
};

static inline BaristaRecordHead *
barista_record_head (const BaristaRecord *record, gpointer base)
{
  return (gpointer) ((char *) base + record->head);
}

static inline gpointer
barista_member_field (const BaristaMember *member, gpointer base)
{
  return (char *) base + member->offset;
}

void barista_record_init (const BaristaRecord *record, gpointer base);
void barista_record_clear (const BaristaRecord *record, gpointer base);
const BaristaMember *barista_record_find (const BaristaRecord *record, const char *name);
gboolean barista_record_is_stated (const BaristaRecord *record, gpointer base, gconstpointer field);
void barista_record_state (const BaristaRecord *record,
                           gpointer base,
                           gconstpointer field,
                           gboolean stated);
char *barista_member_clean (const BaristaMember *member, const char *text);
gboolean barista_member_is_time (const char *text);
guint barista_member_list_length (const BaristaMember *member, gpointer base);
gpointer barista_member_list_item (const BaristaMember *member, gpointer base, guint index);

/* As one value. */
typedef void (*BaristaMemberChanged) (GObject *owner,
                                      const BaristaMember *member,
                                      gpointer user_data);
gboolean barista_record_equal (const BaristaRecord *record, gpointer a, gpointer b);
void barista_record_assign (const BaristaRecord *record,
                            GObject *owner,
                            gpointer base,
                            gpointer from,
                            BaristaMemberChanged changed,
                            gpointer user_data);

/* As GObject properties: read and write, but for lists (read). */
void barista_record_install (const BaristaRecord *record, GObjectClass *klass, guint first_id);
void barista_record_get_property (const BaristaRecord *record,
                                  gpointer base,
                                  const char *property,
                                  GValue *value);
gboolean barista_record_set_property (const BaristaRecord *record,
                                      gpointer base,
                                      const char *property,
                                      const GValue *value);

/* A JSON pointer, "/topics/0/engine", for people: topics[0].engine */
char *barista_member_path_shown (const char *pointer);

/* In the file. @text is what @object was parsed from, for line numbers. */
gboolean barista_record_read (const BaristaRecord *record,
                              gpointer base,
                              JsonObject *object,
                              const char *text,
                              gssize length,
                              GError **error);
JsonObject *barista_record_write (const BaristaRecord *record, gpointer base);

G_END_DECLS
