import { earlySchema } from './early-schema.ts';

/** Version 6: conversations as they are listed, kept by the database itself like the rest. */
const version6 = `
-- Conversations that are listened to, or in which something was heard or sent. Unread: came to be delivered, and was
-- not marked read since.
create table conversations (
  conversation_id text primary key,
  last_at integer not null,
  is_used integer not null default 0,
  pending integer not null default 0,
  unread integer not null default 0,
  read_seq integer not null default 0
) strict, without rowid;
create index conversations_activity on conversations (last_at, conversation_id);
create index inbound_conversation on inbound (conversation_id, seq);
create index inbound_sender on inbound (sender_inbox_id, seq);

-- Which inboxes wrote as which address.
create table inbox_addresses (
  address text not null,
  inbox_id text not null,
  primary key (address, inbox_id)
) strict, without rowid;

insert into conversations (conversation_id, last_at, is_used, pending, unread)
  select conversation_id, max(min(sent_at, received_at)), 1, sum(state = 'pending'), sum(state = 'pending')
  from inbound group by conversation_id;
insert or ignore into inbox_addresses (address, inbox_id)
  select json_each.value, sender_inbox_id from inbound, json_each(sender_addresses);

create trigger inbound_listed after insert on inbound begin
  insert into conversations (conversation_id, last_at, is_used, pending, unread)
    values (new.conversation_id, min(new.sent_at, new.received_at), 1, new.state = 'pending', new.state = 'pending')
    on conflict (conversation_id) do update set last_at = max(last_at, excluded.last_at), is_used = 1,
      pending = pending + excluded.pending, unread = unread + excluded.unread;
  insert or ignore into inbox_addresses (address, inbox_id)
    select value, new.sender_inbox_id from json_each(new.sender_addresses);
end;
create trigger inbound_moved after update of state on inbound begin
  update conversations set pending = pending + (new.state = 'pending') - (old.state = 'pending')
    where conversation_id = new.conversation_id;
end;
`;

/** Version 7: what is owed to those who were dropped, and what they may cost. */
const version7 = `
-- Since when somebody is heard, by the network's clock: 'heard', 'unlisted' or 'denied', and what it was before. '*' is everybody
-- whom no list names.
create table standings (
  address text primary key,
  state text not null,
  was text not null,
  since integer not null
) strict, without rowid;

-- Dropped messages whose text the SDK's database holds, until it is deleted there; one that is deleted counts for its day.
create table dropped_texts (
  message_id text primary key,
  group_id text not null,
  conversation_id text not null,
  conversation_type text not null,
  sender_inbox_id text not null,
  bytes integer not null,
  stranger integer not null,
  deleted integer not null default 0,
  at integer not null
) strict, without rowid;
create index dropped_texts_age on dropped_texts (deleted, at);
create index dropped_texts_strangers on dropped_texts (at, sender_inbox_id, bytes) where deleted = 0 and stranger = 1;
create index dropped_texts_group on dropped_texts (group_id, sender_inbox_id);
create index dropped_texts_today on dropped_texts (group_id, at) where stranger = 1;
create index dropped_texts_sender on dropped_texts (sender_inbox_id, at) where deleted = 0;

alter table dropped_senders add column conversation_type text not null default 'dm';
alter table dropped_senders add column stranger integer not null default 1;
alter table dropped_senders add column at_least integer not null default 0;

alter table denied add column reason text not null default 'nobody-heard';
alter table denied add column at integer not null default 0;
alter table denied add column until integer;

alter table inbound add column knock integer not null default 0;
`;

/** Version 8. */
const version8 = `
-- Messages that belong to another one, such as reactions, and when those that disappear do.
alter table inbound add column target_id text;
alter table inbound add column expires_at integer;
create index inbound_target on inbound (target_id, seq) where target_id is not null;

-- Messages that were taken back by who may: their text is shown no more.
create table deletions (
  message_id text primary key,
  deleted_by text not null,
  at integer not null
) strict, without rowid;
`;

/** Version 9. */
const version9 = `
-- What somebody who is heard elsewhere wrote in a group that is not listed has 2 for stranger.
create index dropped_texts_outside on dropped_texts (group_id, at) where deleted = 0 and stranger = 2;
`;

/** Version 10: what was sent, by conversation. Rows are not deleted any more: their ids are cursors that others keep. */
const version10 = `
create index outbound_conversation on outbound (conversation_id, id);
`;

/** Version 11: what floods of strangers must not hide. */
const version11 = `
alter table denied add column inviter text;
alter table denied add column inviter_addresses text;

-- Forwards, what is forgotten first; backwards, what is shown first: whom the operator knows, the newest.
drop index dropped_senders_age;
create index dropped_senders_rank on dropped_senders (stranger desc, last_at);
`;

/** Version 12: what is shown of somebody who was denied once, or of whom a part is lost. Times of the network in microseconds. */
const version12 = `
alter table standings add column floor integer not null default 0;
update standings set floor = since where was = 'denied';
alter table dropped_texts add column sent_us integer not null default 0;
alter table dropped_senders add column lost_until_us integer not null default 0;
`;

/** Version 13: what was heard, sent and dropped in each hour since the epoch, kept for six weeks. */
const version13 = `
create table hours (
  hour integer not null,
  kind text not null,
  count integer not null,
  primary key (hour, kind)
) strict, without rowid;
insert into hours (hour, kind, count)
  select received_at / 3600000 as hour, 'in', count(*) from inbound group by hour order by hour desc limit 1000;
create trigger inbound_counted after insert on inbound begin
  insert into hours (hour, kind, count) values (new.received_at / 3600000, 'in', 1)
    on conflict (hour, kind) do update set count = count + 1;
end;
create trigger outbound_counted after insert on outbound when new.state = 'sent' begin
  insert into hours (hour, kind, count) values (new.created_at / 3600000, 'out', 1)
    on conflict (hour, kind) do update set count = count + 1;
end;
create trigger outbound_sent after update of state on outbound when new.state = 'sent' and old.state <> 'sent' begin
  insert into hours (hour, kind, count) values (coalesce(new.settled_at, new.created_at) / 3600000, 'out', 1)
    on conflict (hour, kind) do update set count = count + 1;
end;
create trigger dropped_counted after insert on dropped_senders begin
  insert into hours (hour, kind, count) values (new.last_at / 3600000, 'dropped', new.count)
    on conflict (hour, kind) do update set count = count + excluded.count;
end;
create trigger dropped_again after update of count on dropped_senders when new.count > old.count begin
  insert into hours (hour, kind, count) values (new.last_at / 3600000, 'dropped', new.count - old.count)
    on conflict (hour, kind) do update set count = count + excluded.count;
end;
create trigger hours_begun after insert on hours begin
  delete from hours where hour < new.hour - 1000;
end;
`;

/** Version 14: what is no longer listed, and what is gone. */
const version14 = `
-- Messages that were handled and are not listed any more, for as long as the SDK's database holds them: they are known by
-- their ids, and shown in their conversations.
create table past (
  message_id blob primary key,
  seq integer not null,
  received_at integer not null,
  content_bytes integer not null,
  expires_at integer,
  facts integer not null
) strict, without rowid;
create index inbox_addresses_inbox on inbox_addresses (inbox_id);

-- Of a group from which messages were deleted: nothing that the network stamped up to then is ever new.
create table floors (group_id text primary key, until_ns integer not null) strict, without rowid;

-- Counts of what is handled are of all that ever was.
drop trigger inbound_deleted;
create trigger inbound_deleted after delete on inbound when old.state in ('pending', 'dead') begin
  update tally set count = count - 1 where name = old.state;
  delete from oldest_pending where conversation_id = old.conversation_id;
  insert into oldest_pending (conversation_id, seq, due_at)
    select conversation_id, seq, coalesce(next_attempt_at, 0) from inbound indexed by inbound_pending
    where conversation_id = old.conversation_id and state = 'pending' order by seq limit 1;
end;
`;

/**
 * What makes version n + 1 of version n, from nothing on; `pragma user_version` says which one a journal has. A step that was
 * published is never edited: a change is a further step.
 */
export const schemaSteps: readonly string[] = [
  ...earlySchema,
  version6,
  version7,
  version8,
  version9,
  version10,
  version11,
  version12,
  version13,
  version14,
];
