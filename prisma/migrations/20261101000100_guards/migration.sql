-- What Prisma's schema cannot say: whose rows are whose, what never changes, and that every journal is balanced.
-- Roles (made before migrations run): filigree_owner owns the tables, filigree_app runs the app, filigree_directory may see which shops have
-- work due and nothing else.

-- 1. Tenancy -----------------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION app_shop_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.shop_id', true), '')::int $$;
CREATE FUNCTION app_shop_domain() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.shop_domain', true), '') $$;

-- FORCE binds the tables' owner too. The sub-select makes the planner evaluate the setting once a query instead of once a row.
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOR tenant_table IN
    SELECT c.table_name FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.column_name = 'shop_id' ORDER BY 1
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (shop_id = (SELECT app_shop_id())) WITH CHECK (shop_id = (SELECT app_shop_id()))',
      tenant_table);
  END LOOP;
END $$;

-- A shop is also found by its domain: webhooks and sessions know that before they know the id.
ALTER TABLE shop ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON shop
  USING (id = (SELECT app_shop_id()) OR domain = (SELECT app_shop_domain()))
  WITH CHECK (id = (SELECT app_shop_id()) OR domain = (SELECT app_shop_domain()));

-- The ticker asks over all shops what is due; it learns ids and kinds of work, nothing else.
CREATE POLICY directory ON due_date FOR SELECT TO filigree_directory USING (true);
GRANT SELECT ON due_date TO filigree_directory;
GRANT USAGE, CREATE ON SCHEMA public TO filigree_directory;
CREATE FUNCTION work_due(as_of timestamptz, at_most int) RETURNS TABLE (shop_id int, kind text, due_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT d.shop_id, d.kind, d.due_at FROM due_date d WHERE d.due_at <= as_of ORDER BY d.due_at LIMIT at_most $$;
ALTER FUNCTION work_due(timestamptz, int) OWNER TO filigree_directory;
-- Runners of acts likewise: which acts are due until then, of which drop, and when. What they are about is read inside the shop.
CREATE POLICY directory ON act FOR SELECT TO filigree_directory USING (true);
GRANT SELECT (shop_id, drop_id, id, runs_at) ON act TO filigree_directory;
CREATE POLICY directory ON drop FOR SELECT TO filigree_directory USING (true);
GRANT SELECT (shop_id, id, settles_at) ON drop TO filigree_directory;
-- What is due in a shop that took the app away stays there until it comes back, in nobody's way.
CREATE POLICY directory ON shop FOR SELECT TO filigree_directory USING (true);
GRANT SELECT (id, uninstalled_at) ON shop TO filigree_directory;
CREATE FUNCTION acts_due(until timestamptz, at_most int) RETURNS TABLE (shop_id int, drop_id uuid, act_id uuid, runs_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ (SELECT a.shop_id, a.drop_id, a.id, a.runs_at FROM act a JOIN shop s ON s.id = a.shop_id
    WHERE a.runs_at <= until AND s.uninstalled_at IS NULL ORDER BY a.runs_at LIMIT at_most)
   UNION ALL
   -- Without an act: the drop itself is to be settled.
   (SELECT d.shop_id, d.id, NULL, d.settles_at FROM drop d JOIN shop s ON s.id = d.shop_id
    WHERE d.settles_at <= until AND s.uninstalled_at IS NULL ORDER BY d.settles_at LIMIT at_most)
   ORDER BY 4 $$;
ALTER FUNCTION acts_due(timestamptz, int) OWNER TO filigree_directory;
REVOKE CREATE ON SCHEMA public FROM filigree_directory;

-- 2. What never changes ------------------------------------------------------------------------------------------------------------------
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Only erase_shop() sets this, and only the tables' owner may delete here at all.
  IF TG_OP = 'DELETE' AND current_setting('app.erasing', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation', HINT = 'Correct it by a new journal or a new version.';
END $$;
CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: TRUNCATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DO $$
DECLARE
  frozen_table text;
BEGIN
  FOREACH frozen_table IN ARRAY ARRAY['journal', 'posting', 'royalty_entry', 'sale', 'line_attribution', 'order_state', 'order_settlement', 'dispute_state', 'inventory_observation',
    'creator_event', 'statement', 'statement_period', 'statement_acceptance', 'payout_event', 'dated_fact', 'act_receipt', 'drop_event',
    'claim', 'claim_check']
  LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', frozen_table);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()', frozen_table);
  END LOOP;
END $$;

-- Terms are frozen from the moment they are offered; a decision is final.
CREATE FUNCTION guard_agreement_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.status = 'draft' OR current_setting('app.erasing', true) = 'on' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'agreement_version is kept once offered: DELETE refused' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status IN ('accepted', 'declined', 'withdrawn') THEN
    RAISE EXCEPTION 'agreement_version % is %: it cannot change', OLD.id, OLD.status USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status = 'offered' AND (NEW.terms, NEW.terms_hash, NEW.effective_from, NEW.retroactive, NEW.number, NEW.agreement_id)
      IS DISTINCT FROM (OLD.terms, OLD.terms_hash, OLD.effective_from, OLD.retroactive, OLD.number, OLD.agreement_id) THEN
    RAISE EXCEPTION 'agreement_version % is offered: its terms cannot change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen_terms BEFORE UPDATE OR DELETE ON agreement_version FOR EACH ROW EXECUTE FUNCTION guard_agreement_version();

-- 3. Balanced journals -------------------------------------------------------------------------------------------------------------------
ALTER TABLE posting ADD CONSTRAINT posting_amount_not_zero CHECK (amount_minor <> 0);
ALTER TABLE journal ADD CONSTRAINT journal_has_two_postings CHECK (posting_count >= 2);
ALTER TABLE royalty_hold ADD CONSTRAINT reserve_in_range CHECK (reserve_bps BETWEEN 0 AND 10000 AND (reserve_bps = 0 OR reserve_until IS NOT NULL));
ALTER TABLE advance ADD CONSTRAINT advance_positive CHECK (amount_minor > 0 AND recoup_bps BETWEEN 1 AND 10000);
ALTER TABLE advance ADD CONSTRAINT advance_withholds_a_part CHECK (withheld_minor >= 0 AND withheld_minor < amount_minor);
ALTER TABLE advance ADD CONSTRAINT advance_agreed_before_paid CHECK (paid_at IS NULL OR status = 'agreed');
ALTER TABLE payout ADD CONSTRAINT payout_adds_up CHECK (gross_minor > 0 AND net_minor > 0 AND withheld_minor >= 0 AND withheld_minor + net_minor = gross_minor);
ALTER TABLE agreement_version ADD CONSTRAINT agreement_version_number_from_one CHECK (number >= 1);
ALTER TABLE statement ADD CONSTRAINT statement_payable_not_negative CHECK (payable_minor >= 0);
ALTER TABLE shop ADD CONSTRAINT shop_cap_in_range CHECK (max_total_share_bps BETWEEN 0 AND 10000);
-- What was true at a sale stands with its first decision and nowhere else; later ones say from which journal on they count.
ALTER TABLE line_attribution ADD CONSTRAINT circumstances_with_first_decision
  CHECK ((revision = 1) = (circumstances IS NOT NULL) AND (revision = 1) = (after_seq IS NULL));
ALTER TABLE line_attribution ADD CONSTRAINT drop_as_circumstances_say
  CHECK (drop_id IS NOT DISTINCT FROM (circumstances->'drop'->>'id')::uuid);
ALTER TABLE period ADD CONSTRAINT period_has_length CHECK (ends_at > starts_at);

-- A journal and its postings come in one statement: as many as it declares, numbered from 0, on accounts of its shop and currency.
-- Checked once a statement, by sets: comparing with EXCEPT needs no join, and EXECUTE plans anew each time. A join would be planned by
-- statistics that bulk loads outrun, and a plan cached while the tables were empty would scan them whole for the life of the connection.
-- Tables are named with their schema: a session's own of the same names come first in its search path, and must not answer for the books.
CREATE FUNCTION check_postings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shop int;
  shops int;
  first_seq bigint;
  last_seq bigint;
  used int[];
  found int;
  currencies text[];
  offender text;
BEGIN
  SELECT min(shop_id), count(DISTINCT shop_id), min(journal_seq), max(journal_seq), array_agg(DISTINCT account_id)
    INTO shop, shops, first_seq, last_seq, used FROM inserted;
  IF shops IS NULL OR shops = 0 THEN RETURN NULL; END IF;
  IF shops > 1 THEN RAISE EXCEPTION 'postings of several shops in one statement' USING ERRCODE = 'check_violation'; END IF;
  SELECT format('journal %s is off by %s', journal_seq, sum(amount_minor)) INTO offender
    FROM inserted GROUP BY journal_seq HAVING sum(amount_minor) <> 0 LIMIT 1;
  IF offender IS NOT NULL THEN
    RAISE EXCEPTION 'unbalanced: %', offender USING ERRCODE = 'check_violation';
  END IF;
  EXECUTE 'SELECT count(*), array_agg(DISTINCT currency::text) FROM public.account WHERE id = ANY($1) AND shop_id = $2' INTO found, currencies USING used, shop;
  IF found < cardinality(used) THEN
    RAISE EXCEPTION 'posting on an account of another shop or currency' USING ERRCODE = 'check_violation';
  END IF;
  -- Numbered from 0 without a gap, and each number once by the primary key: nothing can be added to a journal that has its postings.
  EXECUTE 'SELECT format(''journal %s has %s postings from %s to %s'', journal_seq, postings, first_line, next_line - 1) FROM (
             SELECT journal_seq, count(*)::int AS postings, min(line)::int AS first_line, max(line) + 1 AS next_line FROM inserted GROUP BY journal_seq
             EXCEPT SELECT seq, posting_count::int, 0, posting_count::int FROM public.journal
             WHERE shop_id = $1 AND seq BETWEEN $2 AND $3 AND xmin = pg_current_xact_id()::xid) other LIMIT 1'
    INTO offender USING shop, first_seq, last_seq;
  IF offender IS NOT NULL THEN
    RAISE EXCEPTION 'postings without their journal in the same transaction, or not as many as it declares: %', offender
      USING ERRCODE = 'check_violation';
  END IF;
  IF cardinality(currencies) = 1 THEN
    EXECUTE 'SELECT format(''journal %s'', seq) FROM public.journal WHERE shop_id = $1 AND seq BETWEEN $2 AND $3 AND currency <> $4
             AND seq IN (SELECT journal_seq FROM inserted) LIMIT 1' INTO offender USING shop, first_seq, last_seq, currencies[1];
  ELSE
    EXECUTE 'SELECT format(''account %s of journal %s'', i.account_id, i.journal_seq) FROM inserted i
             JOIN public.journal j ON j.seq = i.journal_seq AND j.shop_id + 0 = $1 JOIN public.account a ON a.id = i.account_id
             WHERE a.currency <> j.currency LIMIT 1' INTO offender USING shop;
  END IF;
  IF offender IS NOT NULL THEN
    RAISE EXCEPTION 'posting on an account of another shop or currency: %', offender USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER balanced AFTER INSERT ON posting REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION check_postings();

-- The other way round: no journal without postings. Their number and sum are checked with the postings.
CREATE FUNCTION check_journals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shop int;
  first_seq bigint;
  last_seq bigint;
  bare bigint;
BEGIN
  SELECT min(shop_id), min(seq), max(seq) INTO shop, first_seq, last_seq FROM inserted;
  EXECUTE 'SELECT min(seq) FROM (SELECT shop_id, seq FROM inserted
             EXCEPT SELECT shop_id, journal_seq FROM public.posting WHERE shop_id = $1 AND journal_seq BETWEEN $2 AND $3 AND line = 0) bare'
    INTO bare USING shop, first_seq, last_seq;
  IF bare IS NOT NULL THEN
    RAISE EXCEPTION 'journal % comes without its postings in the same statement', bare USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER complete AFTER INSERT ON journal REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION check_journals();

-- One living payout a creator, run and currency, and one living repetition of a failed one: nothing is paid twice, whatever is clicked.
CREATE UNIQUE INDEX payout_once_in_run ON payout (run_id, creator_id) WHERE status NOT IN ('failed', 'voided');
CREATE UNIQUE INDEX payout_repeated_once ON payout (shop_id, repeats_id) WHERE repeats_id IS NOT NULL AND status <> 'voided';
CREATE UNIQUE INDEX one_payout_method ON payout_method (shop_id, creator_id, currency) WHERE replaced_at IS NULL;

-- What needs a second person is never carried out by the first: whatever the app is led to.
ALTER TABLE adjustment ADD CONSTRAINT adjustment_second_person CHECK (NOT needs_second OR status <> 'posted' OR (decided_by <> proposed_by) IS TRUE);
ALTER TABLE advance ADD CONSTRAINT advance_undone_whole
  CHECK (num_nonnulls(undone_at, undone_by, undone_reason, reversal_seq) IN (0, 4) AND (undone_at IS NULL OR paid_at IS NOT NULL));
ALTER TABLE advance ADD CONSTRAINT advance_undone_by_second CHECK (undone_at IS NULL OR NOT needs_second OR (undone_by <> paid_by) IS TRUE);
ALTER TABLE advance ADD CONSTRAINT advance_second_person CHECK (NOT needs_second OR status <> 'agreed' OR (decided_by <> proposed_by) IS TRUE);
ALTER TABLE approval_rule_change ADD CONSTRAINT rule_second_person
  CHECK ((needs_second OR to_level >= from_level) AND (NOT needs_second OR status <> 'agreed' OR (decided_by <> proposed_by) IS TRUE));
-- Nor by changing afterwards who asked, what for, or whether a second person was needed.
CREATE FUNCTION guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked text;
BEGIN
  FOREACH asked IN ARRAY TG_ARGV LOOP
    IF to_jsonb(OLD) -> asked IS DISTINCT FROM to_jsonb(NEW) -> asked THEN
      RAISE EXCEPTION '% % is proposed: its % cannot change', TG_TABLE_NAME, OLD.id, asked
        USING ERRCODE = 'restrict_violation', HINT = 'Reject it and propose another one.';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen_proposal BEFORE UPDATE ON adjustment FOR EACH ROW EXECUTE FUNCTION guard_proposal(
  'id', 'shop_id', 'proposed_by', 'proposed_at', 'needs_second', 'kind', 'creator_id', 'order_id', 'account', 'amount_minor', 'currency', 'income_type', 'reason', 'facts');
CREATE TRIGGER frozen_proposal BEFORE UPDATE ON advance FOR EACH ROW EXECUTE FUNCTION guard_proposal(
  'id', 'shop_id', 'proposed_by', 'proposed_at', 'needs_second', 'creator_id', 'agreement_id', 'amount_minor', 'currency', 'recoup_bps', 'note');
CREATE TRIGGER frozen_proposal BEFORE UPDATE ON approval_rule_change FOR EACH ROW EXECUTE FUNCTION guard_proposal(
  'id', 'shop_id', 'proposed_by', 'proposed_at', 'needs_second', 'rule', 'from_level', 'to_level');
CREATE UNIQUE INDEX one_waiting_rule_change ON approval_rule_change (shop_id, rule) WHERE status = 'proposed';

-- Drops: a timeline in order with one opening and one close, waves of real units, each wave moved once each way.
ALTER TABLE drop ADD CONSTRAINT drop_handle_form CHECK (handle ~ '^[a-z0-9-]{3,40}$');
ALTER TABLE drop ADD CONSTRAINT drop_known_status CHECK (status IN ('draft', 'scheduled', 'live', 'held', 'closed', 'aborted'));
ALTER TABLE drop ADD CONSTRAINT drop_held_says_from CHECK ((status = 'held') = (held_at IS NOT NULL) AND (held_at IS NULL) = (held_from IS NULL));
ALTER TABLE drop ADD CONSTRAINT drop_limit_positive CHECK (limit_per_customer > 0);
ALTER TABLE drop ADD CONSTRAINT drop_ends_after_opening CHECK (ended_at >= opened_at);
ALTER TABLE act ADD CONSTRAINT act_known_kind CHECK (kind IN ('teaser', 'early_access', 'open', 'wave', 'close', 'after'));
ALTER TABLE act ADD CONSTRAINT act_known_status CHECK (status IN ('planned', 'running', 'done', 'failed', 'skipped'));
ALTER TABLE act ADD CONSTRAINT act_runs_until_done CHECK (runs_at IS NULL OR status IN ('planned', 'running'));
CREATE UNIQUE INDEX act_once_in_drop ON act (drop_id, kind) WHERE kind <> 'wave';
ALTER TABLE drop_offer ADD CONSTRAINT drop_offer_hero_first CHECK ((position = 0) = (role = 'hero') AND role IN ('hero', 'offer'));
CREATE UNIQUE INDEX wave_once_at_act ON wave (act_id, variant_id, location_id) WHERE NOT withdrawn;
ALTER TABLE wave ADD CONSTRAINT wave_has_units CHECK (units > 0);
ALTER TABLE wave ADD CONSTRAINT wave_known_state CHECK (state IN ('planned', 'reserved', 'released', 'returned'));
ALTER TABLE stock_move ADD CONSTRAINT stock_move_has_units CHECK (units > 0);
ALTER TABLE stock_move ADD CONSTRAINT stock_move_ends
  CHECK (status IN ('intended', 'done', 'refused') AND (status = 'intended') = (finished_at IS NULL) AND (status = 'done') = (adjustment_group_gid IS NOT NULL));
-- Whatever two runners believe: units leave available once, and leave reserved once, to be sold or to go back.
CREATE UNIQUE INDEX stock_move_reserves_once ON stock_move (wave_id) WHERE kind = 'reserve' AND status <> 'refused';
CREATE UNIQUE INDEX stock_move_leaves_once ON stock_move (wave_id) WHERE kind <> 'reserve' AND status <> 'refused';
ALTER TABLE act_receipt ADD CONSTRAINT act_receipt_in_time CHECK (finished_at >= started_at AND outcome IN ('done', 'failed', 'retry', 'skipped'));
ALTER TABLE access_pass ADD CONSTRAINT access_pass_expires_later CHECK (expires_at > issued_at AND email_hash ~ '^[0-9a-f]{64}$');
ALTER TABLE access_pass ADD CONSTRAINT access_pass_known
  CHECK (origin IN ('guest', 'draw') AND mail_status IN ('none', 'queued', 'sending', 'sent', 'unsure', 'failed', 'dropped')
    AND locale IN ('en', 'de', 'fr', 'it', 'es') AND number > 0);
-- One living pass a person and drop; one that was taken back stays, so that the checkout goes on refusing it.
CREATE UNIQUE INDEX access_pass_lives_once ON access_pass (drop_id, email_hash) WHERE revoked_at IS NULL;
-- Taken back is taken back, and what was issued is not written anew.
CREATE FUNCTION keep_pass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
    RAISE EXCEPTION 'a pass that was taken back is given anew, not back';
  END IF;
  IF (NEW.shop_id, NEW.drop_id, NEW.number, NEW.expires_at) IS DISTINCT FROM (OLD.shop_id, OLD.drop_id, OLD.number, OLD.expires_at)
    OR (NEW.email_hash IS NOT NULL AND NEW.email_hash IS DISTINCT FROM OLD.email_hash) THEN
    RAISE EXCEPTION 'a pass says what it was issued with';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER access_pass_kept BEFORE UPDATE ON access_pass FOR EACH ROW EXECUTE FUNCTION keep_pass();
ALTER TABLE drop_draw ADD CONSTRAINT drop_draw_has_places CHECK (places > 0 AND (drawn_at IS NULL) = (list_hash IS NULL) AND (drawn_at IS NULL) = (selected IS NULL));

-- Acts stay in the order of their kinds, whoever moves one. Looked at when the transaction ends: a timeline moves as a whole.
CREATE FUNCTION check_timeline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  offender text;
BEGIN
  SELECT format('%s at %s', a.kind, a.at) INTO offender FROM public.act a JOIN public.act b ON b.drop_id = a.drop_id AND b.id <> a.id
    WHERE a.drop_id = NEW.drop_id AND a.at >= b.at
      AND array_position(ARRAY['teaser', 'early_access', 'open', 'wave', 'close', 'after'], a.kind)
        < array_position(ARRAY['teaser', 'early_access', 'open', 'wave', 'close', 'after'], b.kind) LIMIT 1;
  IF offender IS NOT NULL THEN
    RAISE EXCEPTION 'the timeline is out of order: %', offender USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER in_order AFTER INSERT OR UPDATE OF at, kind ON act DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_timeline();

-- What shoppers were told: each row is sealed over its text, says in its columns what its text says, and follows the row before it.
ALTER TABLE claim ADD CONSTRAINT claim_known_event CHECK (event IN ('shown', 'ended') AND (event = 'shown') = (claim = seq));
ALTER TABLE claim ADD CONSTRAINT claim_known_kind CHECK (kind IN ('low_stock', 'last_pieces', 'sold_out', 'wave', 'ends'));
ALTER TABLE claim_check ADD CONSTRAINT claim_check_known CHECK (name IN ('one_minute', 'one_day', 'seven_days') AND verdict IN ('ended', 'continues', 'unknown'));
CREATE UNIQUE INDEX claim_ends_once ON claim (shop_id, claim) WHERE event = 'ended';
CREATE FUNCTION check_claim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  told jsonb := NEW.body::jsonb;
  before bytea;
BEGIN
  IF NEW.hash IS DISTINCT FROM sha256(convert_to(NEW.body, 'UTF8')) THEN
    RAISE EXCEPTION 'claim % is not sealed over its text', NEW.seq USING ERRCODE = 'check_violation';
  END IF;
  IF (told->>'seq', told->>'claim', told->>'event', told->>'drop', told->>'kind', told->>'variant', (told->>'at')::timestamptz, told->>'prev')
      IS DISTINCT FROM (NEW.seq::text, NEW.claim::text, NEW.event, NEW.drop_id::text, NEW.kind, NEW.variant_id::text, NEW.at, encode(NEW.previous_hash, 'hex'))
      OR told->>'shop' IS DISTINCT FROM (SELECT domain FROM public.shop WHERE id = NEW.shop_id) THEN
    RAISE EXCEPTION 'the text of claim % says otherwise than its columns', NEW.seq USING ERRCODE = 'check_violation';
  END IF;
  SELECT hash INTO before FROM public.claim WHERE shop_id = NEW.shop_id AND seq = NEW.seq - 1;
  IF NEW.previous_hash IS DISTINCT FROM (CASE WHEN NEW.seq = 1 THEN decode(repeat('00', 32), 'hex') ELSE before END) THEN
    RAISE EXCEPTION 'claim % does not follow the one before it', NEW.seq USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.event = 'ended' AND NOT EXISTS (SELECT 1 FROM public.claim
      WHERE shop_id = NEW.shop_id AND seq = NEW.claim AND event = 'shown' AND drop_id = NEW.drop_id) THEN
    RAISE EXCEPTION 'claim % ends one that was never shown', NEW.seq USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER chained BEFORE INSERT ON claim FOR EACH ROW EXECUTE FUNCTION check_claim();

ALTER TABLE restock_signup ADD CONSTRAINT restock_signup_position_from_one CHECK (position >= 1);
ALTER TABLE restock_signup ADD CONSTRAINT restock_signup_known CHECK (status IN ('waiting', 'noticed', 'left', 'redacted') AND (status IN ('waiting', 'noticed') OR email_sealed IS NULL));
ALTER TABLE claim_hold ADD CONSTRAINT claim_hold_known CHECK (status IN ('asked', 'held', 'bought', 'lapsed', 'left', 'refused')
  AND (status <> 'held' OR (held_until IS NOT NULL AND draft_order_gid IS NOT NULL)));
ALTER TABLE restock_notice ADD CONSTRAINT restock_notice_known CHECK (status IN ('queued', 'sending', 'sent', 'unsure', 'failed', 'dropped'));

-- Whoever changes what a drop's live state is made of tells the processes that show it, in the same transaction.
CREATE FUNCTION tell_drop_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('filigree_drop_state', coalesce(NEW.shop_id, OLD.shop_id)::text);
  RETURN NULL;
END $$;
DO $$
DECLARE
  shown_table text;
BEGIN
  FOREACH shown_table IN ARRAY ARRAY['drop', 'drop_offer', 'act', 'wave', 'stock_move', 'stock_item', 'stock_level', 'claim']
  LOOP
    EXECUTE format('CREATE TRIGGER drop_state_told AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION tell_drop_state()', shown_table);
  END LOOP;
END $$;

-- Sales and maturities are nearly everything; whatever else is looked for by its kind is found at once.
CREATE INDEX journal_rare_kind ON journal (shop_id, kind, seq) WHERE kind NOT IN ('sale', 'maturity');

-- Few agreements promise more than a share, and every group of orders asks for them: in just these words, or the index is not seen to answer.
CREATE INDEX agreement_version_promises ON agreement_version (shop_id, agreement_id) WHERE status = 'accepted'
  AND (jsonb_typeof(terms->'tiers') = 'object' OR jsonb_typeof(terms->'retention') = 'object' OR jsonb_typeof(terms->'guarantee') = 'object');

-- What waits for a creator. Of what no longer waits a line is found by its key, and a planner without statistics must not think of its creator instead.
CREATE INDEX royalty_hold_waiting ON royalty_hold (shop_id, creator_id)
  WHERE released_at IS NULL OR (reserve_released_at IS NULL AND reserve_bps > 0);

-- Most sales are of no subscription.
CREATE INDEX sale_of_contract ON sale (shop_id, contract_id) WHERE contract_id IS NOT NULL;

-- Most lines are sold in no drop.
CREATE INDEX line_attribution_of_drop ON line_attribution (shop_id, drop_id) WHERE drop_id IS NOT NULL;

-- A journal is reversed at most once.
CREATE UNIQUE INDEX journal_reversed_once ON journal (shop_id, reverses_seq) WHERE reverses_seq IS NOT NULL;

-- 4. Erasure (shop/redact) ---------------------------------------------------------------------------------------------------------------
CREATE FUNCTION erase_shop(erased_shop_id int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  tenant_table text;
BEGIN
  IF erased_shop_id IS DISTINCT FROM app_shop_id() THEN
    RAISE EXCEPTION 'erase_shop runs only inside the shop that it erases' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.erasing', 'on', true);
  FOR tenant_table IN
    SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'shop_id' AND t.table_type = 'BASE TABLE' ORDER BY 1
  LOOP
    EXECUTE format('DELETE FROM %I WHERE shop_id = $1', tenant_table) USING erased_shop_id;
  END LOOP;
  DELETE FROM shop WHERE id = erased_shop_id;
  PERFORM set_config('app.erasing', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION erase_shop(int) FROM PUBLIC;

-- 5. Running balances, read as if they were stored: the sum of an account's months. Runs with the rights, and within the shop, of whoever asks.
CREATE VIEW account_balance WITH (security_invoker = true) AS
SELECT shop_id, account_id, sum(movement_minor)::bigint AS balance_minor FROM account_movement GROUP BY shop_id, account_id;

-- 6. What the app may do -----------------------------------------------------------------------------------------------------------------
GRANT USAGE ON SCHEMA public TO filigree_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO filigree_app;
REVOKE UPDATE, DELETE ON journal, posting, royalty_entry, sale, line_attribution, order_state, order_settlement, dispute_state, inventory_observation, creator_event,
  statement, statement_period, statement_acceptance, payout_event, dated_fact, act_receipt, drop_event, claim, claim_check FROM filigree_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO filigree_app;
GRANT EXECUTE ON FUNCTION erase_shop(int), work_due(timestamptz, int), acts_due(timestamptz, int) TO filigree_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO filigree_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO filigree_app;
