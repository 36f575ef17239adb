/** Marks a database of a devnet (`pragma application_id`): "XMTP". */
export const applicationId = 0x584d5450;

/** The format of the tables (`pragma user_version`); 0 is a folder of before it was numbered. */
export const formatVersion = 1;

/** Every table that makes up a network; the first column of each is its key. */
export const tables = [
  'group_message',
  'welcome_message',
  'key_package',
  'identity_update',
  'inbox',
  'identifier',
  'commit_log',
  'file',
  'setting',
] as const;

export const schema = `
  create table if not exists group_message (
    id integer primary key autoincrement, created_ns integer not null unique, group_id blob not null, data blob not null,
    data_hash blob not null unique, sender_hmac blob not null, should_push integer not null, is_commit integer not null,
    originator integer not null default 10, envelope blob) strict;
  create index if not exists group_message_topic on group_message (group_id, id);
  create table if not exists welcome_message (
    id integer primary key autoincrement, created_ns integer not null, installation_key blob not null, kind integer not null,
    data blob not null, data_hash blob not null unique, hpke_public_key blob not null, wrapper_algorithm integer not null,
    welcome_metadata blob not null, originator integer not null default 11, envelope blob) strict;
  create index if not exists welcome_message_topic on welcome_message (installation_key, id);
  create table if not exists key_package (
    installation_key blob primary key, data blob not null, updated_ns integer not null,
    id integer not null default 0, originator integer not null default 13, envelope blob) strict, without rowid;
  create table if not exists identity_update (
    id integer primary key autoincrement, created_ns integer not null, inbox_id text not null, data blob not null,
    envelope blob) strict;
  create index if not exists identity_update_inbox on identity_update (inbox_id, id);
  create table if not exists inbox (inbox_id text primary key, state text not null) strict, without rowid;
  create table if not exists identifier (
    id integer primary key autoincrement, identifier text not null, kind integer not null, inbox_id text not null,
    added_at integer not null, revoked_at integer) strict;
  create index if not exists identifier_lookup on identifier (identifier, kind);
  create table if not exists commit_log (
    id integer primary key autoincrement, created_ns integer not null, group_id blob not null, data blob not null,
    signature blob not null) strict;
  create index if not exists commit_log_topic on commit_log (group_id, id);
  create table if not exists file (id text primary key, created_ns integer not null, data blob not null) strict, without rowid;
  create table if not exists setting (name text primary key, value text not null) strict, without rowid;
`;

/** What a folder of before the decentralised network lacks. */
export const additions: readonly { table: string; column: string; definition: string; fill?: string }[] = [
  {
    table: 'group_message',
    column: 'originator',
    definition: 'integer not null default 10',
    fill: 'update group_message set originator = 0 where is_commit = 1',
  },
  { table: 'group_message', column: 'envelope', definition: 'blob' },
  { table: 'welcome_message', column: 'originator', definition: 'integer not null default 11' },
  { table: 'welcome_message', column: 'envelope', definition: 'blob' },
  { table: 'key_package', column: 'id', definition: 'integer not null default 1' },
  { table: 'key_package', column: 'originator', definition: 'integer not null default 13' },
  { table: 'key_package', column: 'envelope', definition: 'blob' },
  { table: 'identity_update', column: 'envelope', definition: 'blob' },
];

export const indexes = `
  create index if not exists group_message_origin on group_message (group_id, originator, id);
  create index if not exists welcome_message_origin on welcome_message (installation_key, originator, id);
`;
