/** Version 1 of the journal. */
const version1 = `
create table if not exists meta (key text primary key, value text not null) strict, without rowid;

-- Accepted messages and how far they came on their way to the agent. Rows are never deleted: seq is a cursor
-- that others keep, and message_id is what makes a message be delivered once.
create table if not exists inbound (
  seq integer primary key autoincrement,
  message_id text not null unique,
  conversation_id text not null,
  conversation_type text not null,
  sender_inbox_id text not null,
  sender_addresses text not null,
  content_type text not null,
  content_bytes integer not null,
  sent_at integer not null,
  received_at integer not null,
  sender text not null,
  historical integer not null,
  state text not null,
  attempts integer not null default 0,
  next_attempt_at integer,
  last_error text
) strict;
create index if not exists inbound_pending on inbound (conversation_id, seq) where state = 'pending';
create index if not exists inbound_state on inbound (state, seq);

-- Messages that were looked at and not accepted, kept as long as a scan can meet them again.
create table if not exists passed (
  message_id text primary key,
  inserted_ns integer not null
) strict, without rowid;
create index if not exists passed_age on passed (inserted_ns);

create table if not exists dropped (
  sender_inbox_id text not null,
  reason text not null,
  sender_addresses text not null,
  count integer not null,
  first_at integer not null,
  last_at integer not null,
  primary key (sender_inbox_id, reason)
) strict, without rowid;
create index if not exists dropped_age on dropped (last_at);

-- The conversation under which all direct messages with one inbox are told to the agent.
create table if not exists direct (
  peer_inbox_id text primary key,
  conversation_id text not null
) strict, without rowid;

-- Sends. 'intent': about to be stored in the SDK's database; 'stored': has its id, is being published.
create table if not exists outbound (
  id integer primary key autoincrement,
  idempotency_key text unique,
  request_digest text not null,
  content_digest text not null,
  conversation_id text not null,
  message_id text unique,
  state text not null,
  created_at integer not null,
  settled_at integer
) strict;
create index if not exists outbound_open on outbound (state, id) where state in ('intent', 'stored');
create index if not exists outbound_settled on outbound (settled_at);
`;

/**
 * Version 2. What is read often, kept by the database itself in the transaction of the change: a change that is rolled back
 * takes its counts with it, and no reader's cost grows with the backlog.
 */
const version2 = `
-- The oldest pending message of each conversation, by the time it is due.
create table if not exists head (
  conversation_id text primary key,
  seq integer not null,
  due_at integer not null
) strict, without rowid;
create index if not exists head_due on head (due_at, seq);
create index if not exists inbound_waiting on inbound (next_attempt_at) where state = 'pending';

-- Messages by delivery state, refusals ('dropped') and rows of the table of that name ('dropped-rows').
create table if not exists tally (name text primary key, count integer not null) strict, without rowid;

-- Conversations that are denied.
create table if not exists denied (group_id text primary key, type text not null) strict, without rowid;

insert or ignore into head (conversation_id, seq, due_at)
  select conversation_id, min(seq), coalesce(next_attempt_at, 0) from inbound indexed by inbound_pending
  where state = 'pending' group by conversation_id;
insert into tally (name, count)
  select state, count(*) from inbound where not exists (select 1 from tally) group by state
  union all
  select 'dropped', coalesce(sum(count), 0) from dropped where not exists (select 1 from tally)
  union all
  select 'dropped-rows', count(*) from dropped where not exists (select 1 from tally)
  on conflict (name) do nothing;

create trigger if not exists inbound_inserted after insert on inbound begin
  insert into tally (name, count) values (new.state, 1) on conflict (name) do update set count = count + 1;
  insert into head (conversation_id, seq, due_at)
    select new.conversation_id, new.seq, coalesce(new.next_attempt_at, 0) where new.state = 'pending'
    on conflict (conversation_id) do nothing;
end;
create trigger if not exists inbound_updated after update of state, next_attempt_at on inbound begin
  update tally set count = count - 1 where name = old.state;
  insert into tally (name, count) values (new.state, 1) on conflict (name) do update set count = count + 1;
  delete from head where conversation_id = new.conversation_id;
  insert into head (conversation_id, seq, due_at)
    select conversation_id, seq, coalesce(next_attempt_at, 0) from inbound indexed by inbound_pending
    where conversation_id = new.conversation_id and state = 'pending' order by seq limit 1;
end;
create trigger if not exists inbound_deleted after delete on inbound begin
  update tally set count = count - 1 where name = old.state;
  delete from head where conversation_id = old.conversation_id;
  insert into head (conversation_id, seq, due_at)
    select conversation_id, seq, coalesce(next_attempt_at, 0) from inbound indexed by inbound_pending
    where conversation_id = old.conversation_id and state = 'pending' order by seq limit 1;
end;
create trigger if not exists dropped_inserted after insert on dropped begin
  update tally set count = count + 1 where name = 'dropped-rows';
end;
create trigger if not exists dropped_deleted after delete on dropped begin
  update tally set count = count - 1 where name = 'dropped-rows';
end;
`;

/** Version 3. */
const version3 = `
-- The address that a name meant when something was last sent to it, and since when: a name that moves is told.
create table if not exists written_names (
  name text primary key,
  address text not null,
  since integer not null
) strict, without rowid;

-- What the name of a keyed send meant, so that asking again never means somebody else.
create table if not exists keyed_names (
  idempotency_key text primary key,
  name text not null,
  meaning text not null,
  at integer not null
) strict, without rowid;
create index if not exists keyed_names_age on keyed_names (at);
`;

/** Version 4. */
const version4 = `
-- Messages that were seen and could not be decided on. Ids alone, and bounded.
create table if not exists waiting (
  seq integer primary key autoincrement,
  message_id text not null unique,
  group_id text not null,
  conversation_id text not null,
  conversation_type text not null,
  sender_inbox_id text not null,
  reason text not null,
  since integer not null
) strict;
create index if not exists waiting_group on waiting (group_id, seq);
create index if not exists waiting_sender on waiting (sender_inbox_id, group_id);
create index if not exists waiting_reason on waiting (reason, since);
`;

/**
 * Version 5: the words of the house. A message is admitted or dropped; `head` was the oldest of a conversation here and the
 * newest of all elsewhere.
 */
const version5 = `
alter table passed rename to dropped_messages;
drop index passed_age;
create index dropped_messages_age on dropped_messages (inserted_ns);

alter table dropped rename to dropped_senders;
drop index dropped_age;
create index dropped_senders_age on dropped_senders (last_at);

alter table head rename to oldest_pending;
drop index head_due;
create index oldest_pending_due on oldest_pending (due_at, seq);
`;

/** Versions 1 to 5. */
export const earlySchema = [version1, version2, version3, version4, version5] as const;
