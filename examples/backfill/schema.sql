-- Everything that the backfill keeps. Redis holds only what can be made again from here.
CREATE SCHEMA IF NOT EXISTS backfill;

-- One row for each participant, with its place in the listing.
CREATE TABLE IF NOT EXISTS backfill.participants (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL,
  -- What listParticipantConversations() takes as `participant`.
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
