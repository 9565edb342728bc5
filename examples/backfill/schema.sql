-- Everything that the backfill keeps. Redis holds only what can be made again from here.
CREATE SCHEMA IF NOT EXISTS backfill;

-- One row for each participant, with its place in the listing.
CREATE TABLE IF NOT EXISTS backfill.participants (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL,
  -- What listParticipantConversations() takes as `participant`: one reference, or an array of them.
  participant jsonb NOT NULL,
  -- Where the listing continues. NULL is the beginning.
  cursor text,
  conversations integer NOT NULL DEFAULT 0,
  -- How often the listing began again, because the provider refused the cursor.
  restarts smallint NOT NULL DEFAULT 0,
  finished_at timestamptz,
  failed_at timestamptz,
  error text,
  UNIQUE (account, participant)
);

CREATE TABLE IF NOT EXISTS backfill.conversations (
  provider text NOT NULL,
  id text NOT NULL,
  title text,
  status text NOT NULL,
  channel_id text,
  channel_type text,
  created_at timestamptz,
  updated_at timestamptz,
  -- The provider's own object, with every other field.
  raw jsonb NOT NULL,
  PRIMARY KEY (provider, id)
);

-- Two participants can be in the same conversation.
CREATE TABLE IF NOT EXISTS backfill.participant_conversations (
  participant_id bigint NOT NULL REFERENCES backfill.participants,
  provider text NOT NULL,
  conversation_id text NOT NULL,
  PRIMARY KEY (participant_id, provider, conversation_id),
  FOREIGN KEY (provider, conversation_id) REFERENCES backfill.conversations (provider, id)
);

-- What the workers have sent, one row for every five seconds of an account.
CREATE TABLE IF NOT EXISTS backfill.activity (
  account text NOT NULL,
  began_at timestamptz NOT NULL,
  requests integer NOT NULL DEFAULT 0,
  errors integer NOT NULL DEFAULT 0,
  rate_limited integer NOT NULL DEFAULT 0,
  PRIMARY KEY (account, began_at)
);

-- Why an account does not go on: wrong credentials, or a provider that is down.
CREATE TABLE IF NOT EXISTS backfill.stopped_accounts (
  account text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('paused', 'down')),
  error text NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  -- Of a provider that is down: how many attempts have failed, and when the next one is due.
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  PRIMARY KEY (account, reason)
);
