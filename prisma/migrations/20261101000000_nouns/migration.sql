-- CreateTable
CREATE TABLE "stock_item" (
    "shop_id" INTEGER NOT NULL,
    "inventory_item_id" BIGINT NOT NULL,
    "variant_id" BIGINT NOT NULL,
    "is_counted" BOOLEAN NOT NULL,
    "sells_beyond_stock" BOOLEAN NOT NULL,

    CONSTRAINT "stock_item_pkey" PRIMARY KEY ("shop_id","inventory_item_id")
);

-- CreateTable
CREATE TABLE "stock_level" (
    "shop_id" INTEGER NOT NULL,
    "inventory_item_id" BIGINT NOT NULL,
    "location_id" BIGINT NOT NULL,
    "available" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "kept_back" INTEGER NOT NULL DEFAULT 0,
    "incoming" INTEGER NOT NULL DEFAULT 0,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "triggered_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "stock_level_pkey" PRIMARY KEY ("shop_id","inventory_item_id","location_id")
);

-- CreateTable
CREATE TABLE "claim" (
    "shop_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "claim" BIGINT NOT NULL,
    "event" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "drop_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "variant_id" BIGINT,
    "body" TEXT NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("shop_id","seq")
);

-- CreateTable
CREATE TABLE "claim_check" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "observations" JSONB NOT NULL,
    "similar" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "claim_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "creator" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "follower_count" INTEGER,
    "channels" JSONB NOT NULL DEFAULT '[]',
    "notes" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "creator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "creator_event" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "creator_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "creator_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agreement" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "creator_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agreement_version" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "agreement_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "terms" JSONB NOT NULL,
    "terms_hash" TEXT NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "retroactive" BOOLEAN NOT NULL DEFAULT false,
    "offered_at" TIMESTAMPTZ(3),
    "invite_expires_at" TIMESTAMPTZ(3),
    "invite_nonce" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "evidence" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agreement_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "creator_code" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "creator_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "percent_bps" INTEGER NOT NULL,
    "shopify_discount_gid" TEXT,
    "share_url" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "last_error" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "creator_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "creator_link" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "creator_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "path" TEXT NOT NULL DEFAULT '/',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "creator_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drop" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "time_zone" TEXT NOT NULL,
    "creator_id" UUID,
    "agreement_id" UUID,
    "limit_per_customer" INTEGER,
    "early_access" JSONB,
    "price" JSONB,
    "scarcity" JSONB NOT NULL,
    "arrival" JSONB,
    "story" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "held_at" TIMESTAMPTZ(3),
    "held_from" TEXT,
    "publication_gid" TEXT,
    "told_revision" INTEGER NOT NULL DEFAULT 0,
    "settles_at" TIMESTAMPTZ(3),
    "settle_attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "drop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drop_offer" (
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "variant_id" BIGINT NOT NULL,
    "inventory_item_id" BIGINT NOT NULL,
    "role" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "was_published" BOOLEAN,

    CONSTRAINT "drop_offer_pkey" PRIMARY KEY ("drop_id","position")
);

-- CreateTable
CREATE TABLE "act" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "runs_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "progress" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "act_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drop_lease" (
    "drop_id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "owner" TEXT NOT NULL,
    "token" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drop_lease_pkey" PRIMARY KEY ("drop_id")
);

-- CreateTable
CREATE TABLE "wave" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "variant_id" BIGINT NOT NULL,
    "inventory_item_id" BIGINT NOT NULL,
    "location_id" BIGINT NOT NULL,
    "units" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "wave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_move" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "wave_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "idempotency_key" UUID NOT NULL,
    "ledger_document_uri" TEXT NOT NULL,
    "from_before" INTEGER NOT NULL,
    "to_before" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'intended',
    "adjustment_group_gid" TEXT,
    "outcome" JSONB,
    "intended_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "stock_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "act_receipt" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "act_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,
    "lateness_ms" INTEGER NOT NULL,
    "steps" JSONB NOT NULL,
    "outcome" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "act_receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drop_event" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "drop_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_pass" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "email_hash" CHAR(64),
    "email_key" CHAR(32),
    "email_sealed" TEXT,
    "locale" TEXT NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'guest',
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "issued_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "mail_status" TEXT NOT NULL DEFAULT 'none',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_pass_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drop_order_trace" (
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "order_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" CHAR(32) NOT NULL,

    CONSTRAINT "drop_order_trace_pkey" PRIMARY KEY ("drop_id","order_id","kind")
);

-- CreateTable
CREATE TABLE "drop_draw" (
    "drop_id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "places" INTEGER NOT NULL,
    "commitment" CHAR(64) NOT NULL,
    "seed" CHAR(64) NOT NULL,
    "committed_at" TIMESTAMPTZ(3) NOT NULL,
    "list_hash" CHAR(64),
    "entries" INTEGER,
    "drawn_at" TIMESTAMPTZ(3),
    "selected" JSONB,

    CONSTRAINT "drop_draw_pkey" PRIMARY KEY ("drop_id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" SERIAL NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "creator_id" UUID,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_head" (
    "shop_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "ledger_head_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "journal" (
    "shop_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "fact_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "period_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "order_id" BIGINT,
    "line_item_id" BIGINT,
    "sale_id" BIGINT,
    "reverses_seq" BIGINT,
    "arithmetic" JSON NOT NULL DEFAULT '{}',
    "posting_count" SMALLINT NOT NULL,
    "input_hash" BYTEA NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "journal_pkey" PRIMARY KEY ("shop_id","seq")
);

-- CreateTable
CREATE TABLE "posting" (
    "journal_seq" BIGINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "account_id" INTEGER NOT NULL,
    "line" SMALLINT NOT NULL,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("shop_id","journal_seq","line")
);

-- CreateTable
CREATE TABLE "account_movement" (
    "shop_id" INTEGER NOT NULL,
    "account_id" INTEGER NOT NULL,
    "period_id" UUID NOT NULL,
    "movement_minor" BIGINT NOT NULL,

    CONSTRAINT "account_movement_pkey" PRIMARY KEY ("shop_id","account_id","period_id")
);

-- CreateTable
CREATE TABLE "royalty_entry" (
    "shop_id" INTEGER NOT NULL,
    "journal_seq" BIGINT NOT NULL,
    "agreement_version_id" UUID NOT NULL,
    "creator_id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "period_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "income_type" TEXT NOT NULL,
    "sold_on" DATE NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "order_id" BIGINT,
    "line_item_id" BIGINT,
    "product_id" BIGINT,
    "drop_id" UUID,
    "award_id" UUID,
    "title" TEXT NOT NULL,
    "share_bps" INTEGER NOT NULL,
    "units" INTEGER NOT NULL DEFAULT 0,
    "list_minor" BIGINT NOT NULL DEFAULT 0,
    "discount_minor" BIGINT NOT NULL DEFAULT 0,
    "net_minor" BIGINT NOT NULL DEFAULT 0,
    "royalty_minor" BIGINT NOT NULL,

    CONSTRAINT "royalty_entry_pkey" PRIMARY KEY ("shop_id","journal_seq","agreement_version_id")
);

-- CreateTable
CREATE TABLE "award" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "creator_id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "agreement_version_id" UUID NOT NULL,
    "target_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "matures_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "award_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "royalty_hold" (
    "shop_id" INTEGER NOT NULL,
    "line_item_id" BIGINT NOT NULL,
    "creator_id" UUID NOT NULL,
    "order_id" BIGINT NOT NULL,
    "matures_at" TIMESTAMPTZ(3) NOT NULL,
    "disputed" BOOLEAN NOT NULL DEFAULT false,
    "unpaid" BOOLEAN NOT NULL DEFAULT false,
    "released_at" TIMESTAMPTZ(3),
    "journal_seq" BIGINT,
    "released_after_seq" BIGINT,
    "reserve_bps" INTEGER NOT NULL DEFAULT 0,
    "reserve_until" TIMESTAMPTZ(3),
    "reserve_released_at" TIMESTAMPTZ(3),
    "reserve_journal_seq" BIGINT,
    "reserve_released_after_seq" BIGINT,

    CONSTRAINT "royalty_hold_pkey" PRIMARY KEY ("shop_id","line_item_id","creator_id")
);

-- CreateTable
CREATE TABLE "period" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "period_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suspense_item" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,

    CONSTRAINT "suspense_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "adjustment" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "creator_id" UUID,
    "order_id" BIGINT,
    "account" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "income_type" TEXT,
    "reason" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'proposed',
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "needs_second" BOOLEAN NOT NULL DEFAULT false,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "journal_seq" BIGINT,

    CONSTRAINT "adjustment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "advance" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "creator_id" UUID NOT NULL,
    "agreement_id" UUID,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "recoup_bps" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'proposed',
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "needs_second" BOOLEAN NOT NULL DEFAULT false,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "paid_by" TEXT,
    "withheld_minor" BIGINT NOT NULL DEFAULT 0,
    "withholding" JSONB,
    "journal_seq" BIGINT,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,
    "undone_reason" TEXT,
    "reversal_seq" BIGINT,

    CONSTRAINT "advance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "long_task" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "input" JSONB NOT NULL DEFAULT '{}',
    "progress" JSONB NOT NULL DEFAULT '{}',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,
    "error" TEXT,
    "stop_requested" BOOLEAN NOT NULL DEFAULT false,
    "claim" UUID,
    "started_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "long_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout_method" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "creator_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "sealed" TEXT NOT NULL,
    "ending" TEXT NOT NULL,
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "hold_until" TIMESTAMPTZ(3),
    "replaced_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_method_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tax_profile" (
    "creator_id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "country" CHAR(2),
    "form_type" TEXT NOT NULL DEFAULT 'none',
    "form_received_on" DATE,
    "form_expires_on" DATE,
    "tax_number_ending" TEXT,
    "document_reference" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tax_profile_pkey" PRIMARY KEY ("creator_id")
);

-- CreateTable
CREATE TABLE "dated_fact" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "creator_id" UUID,
    "number" INTEGER NOT NULL,
    "in_force_from" DATE NOT NULL,
    "facts" JSONB NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dated_fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_rule_change" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "from_level" INTEGER NOT NULL,
    "to_level" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'proposed',
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "needs_second" BOOLEAN NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_rule_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout_run" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "currency" CHAR(3) NOT NULL,
    "execute_on" DATE NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "approvals" JSONB NOT NULL DEFAULT '[]',
    "approvals_needed" INTEGER NOT NULL DEFAULT 1,
    "sent_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "payout_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "run_id" UUID NOT NULL,
    "creator_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "gross_minor" BIGINT NOT NULL,
    "withheld_minor" BIGINT NOT NULL DEFAULT 0,
    "net_minor" BIGINT NOT NULL,
    "withholding" JSONB,
    "method_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "reference" TEXT NOT NULL,
    "repeats_id" UUID,
    "failure_reason" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "journal_seq" BIGINT,
    "reversal_seq" BIGINT,
    "income" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "payout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout_event" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "run_id" UUID NOT NULL,
    "payout_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "payout_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "shop_id" INTEGER NOT NULL,
    "product_id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "image_url" TEXT,
    "price_minor" BIGINT NOT NULL DEFAULT 0,
    "collection_ids" BIGINT[],
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("shop_id","product_id")
);

-- CreateTable
CREATE TABLE "collection" (
    "shop_id" INTEGER NOT NULL,
    "collection_id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "collection_pkey" PRIMARY KEY ("shop_id","collection_id")
);

-- CreateTable
CREATE TABLE "shop_order" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "is_test" BOOLEAN NOT NULL DEFAULT false,
    "currency" CHAR(3) NOT NULL,
    "presentment_currency" CHAR(3) NOT NULL,
    "current_total_minor" BIGINT NOT NULL,
    "residual_minor" BIGINT NOT NULL DEFAULT 0,
    "financial_status" TEXT NOT NULL,
    "discount_codes" TEXT[],
    "link_reference" TEXT,
    "customer_key" TEXT,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shop_order_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "sale" (
    "shop_id" INTEGER NOT NULL,
    "sale_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "sales_agreement_id" BIGINT NOT NULL,
    "agreement_kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "action_type" TEXT NOT NULL,
    "line_type" TEXT NOT NULL,
    "line_item_id" BIGINT,
    "product_id" BIGINT,
    "variant_id" BIGINT,
    "title" TEXT NOT NULL DEFAULT '',
    "quantity" INTEGER,
    "currency" CHAR(3) NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "discount_minor" BIGINT NOT NULL,
    "presentment_currency" CHAR(3) NOT NULL,
    "presentment_minor" BIGINT NOT NULL,
    "presentment_tax_minor" BIGINT NOT NULL DEFAULT 0,
    "contract_id" BIGINT,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sale_pkey" PRIMARY KEY ("shop_id","sale_id")
);

-- CreateTable
CREATE TABLE "line_attribution" (
    "shop_id" INTEGER NOT NULL,
    "line_item_id" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "rerate_id" UUID,
    "sold_at" TIMESTAMPTZ(3) NOT NULL,
    "order_id" BIGINT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "payees" JSONB NOT NULL,
    "candidates" JSONB NOT NULL,
    "capped" BOOLEAN NOT NULL DEFAULT false,
    "circumstances" JSONB,
    "drop_id" UUID,
    "after_seq" BIGINT,
    "matures_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "line_attribution_pkey" PRIMARY KEY ("shop_id","line_item_id","revision")
);

-- CreateTable
CREATE TABLE "dispute" (
    "shop_id" INTEGER NOT NULL,
    "dispute_id" BIGINT NOT NULL,
    "order_id" BIGINT,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "initiated_at" TIMESTAMPTZ(3) NOT NULL,
    "finalized_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("shop_id","dispute_id")
);

-- CreateTable
CREATE TABLE "order_state" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "current_total_minor" BIGINT NOT NULL,
    "financial_status" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_state_pkey" PRIMARY KEY ("shop_id","order_id","number")
);

-- CreateTable
CREATE TABLE "order_settlement" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "refunded_minor" BIGINT NOT NULL,
    "presentment_refunded_minor" BIGINT NOT NULL,
    "paid_rounding_minor" BIGINT NOT NULL,
    "refund_rounding_minor" BIGINT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_settlement_pkey" PRIMARY KEY ("shop_id","order_id","number")
);

-- CreateTable
CREATE TABLE "dispute_state" (
    "shop_id" INTEGER NOT NULL,
    "dispute_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dispute_state_pkey" PRIMARY KEY ("shop_id","dispute_id","number")
);

-- CreateTable
CREATE TABLE "inventory_observation" (
    "shop_id" INTEGER NOT NULL,
    "inventory_item_id" BIGINT NOT NULL,
    "location_id" BIGINT NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "product_id" BIGINT,
    "variant_id" BIGINT,
    "available" INTEGER NOT NULL,
    "event_id" TEXT NOT NULL,

    CONSTRAINT "inventory_observation_pkey" PRIMARY KEY ("shop_id","inventory_item_id","location_id","observed_at")
);

-- CreateTable
CREATE TABLE "shop" (
    "id" SERIAL NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "currency" CHAR(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "plan_key" TEXT NOT NULL DEFAULT 'free',
    "scopes" TEXT NOT NULL DEFAULT '',
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "uninstalled_at" TIMESTAMPTZ(3),
    "return_window_days" INTEGER NOT NULL DEFAULT 30,
    "max_total_share_bps" INTEGER NOT NULL DEFAULT 4000,
    "sender_name" TEXT,
    "reply_to" TEXT,
    "payout_approvals" INTEGER NOT NULL DEFAULT 1,
    "adjustments_need_second" BOOLEAN NOT NULL DEFAULT false,
    "answer_within_days" INTEGER NOT NULL DEFAULT 5,
    "payer_account_sealed" TEXT,
    "payer_account_ending" TEXT,
    "reconciled_through" TIMESTAMPTZ(3),
    "setup_dismissed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shopify_session" (
    "id" TEXT NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "is_online" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL DEFAULT '',
    "scope" TEXT,
    "access_token_sealed" TEXT,
    "refresh_token_sealed" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "refresh_expires_at" TIMESTAMPTZ(3),
    "user_id" BIGINT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shopify_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "billing_subscription" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "plan_key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "subscription_gid" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "activated_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "billing_subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_receipt" (
    "id" BIGSERIAL NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "topic" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "api_version" TEXT NOT NULL,
    "triggered_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "resource_id" BIGINT,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "processed_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "webhook_receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "compliance_request" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_key" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "answer" JSONB,

    CONSTRAINT "compliance_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "due_date" (
    "shop_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "due_date_pkey" PRIMARY KEY ("shop_id","kind")
);

-- CreateTable
CREATE TABLE "restock_signup" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "variant_id" BIGINT NOT NULL,
    "email_sealed" TEXT,
    "email_key" CHAR(32),
    "locale" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "idempotency_key" UUID NOT NULL,
    "consent_version" INTEGER NOT NULL,
    "consent_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "restock_signup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_hold" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "drop_id" UUID NOT NULL,
    "wave_id" UUID NOT NULL,
    "variant_id" BIGINT NOT NULL,
    "signup_id" UUID NOT NULL,
    "after_hold_id" UUID,
    "status" TEXT NOT NULL DEFAULT 'asked',
    "draft_order_gid" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "refusal" JSONB,

    CONSTRAINT "claim_hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "restock_notice" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "signup_id" UUID NOT NULL,
    "hold_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "message_id" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "restock_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "creator_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "period_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "opening_minor" BIGINT NOT NULL,
    "closing_minor" BIGINT NOT NULL,
    "payable_minor" BIGINT NOT NULL,
    "document" JSONB NOT NULL,
    "document_hash" TEXT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "chain_head" TEXT NOT NULL,
    "chain_seq" BIGINT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_period" (
    "shop_id" INTEGER NOT NULL,
    "creator_id" UUID NOT NULL,
    "period_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "statement_id" UUID NOT NULL,

    CONSTRAINT "statement_period_pkey" PRIMARY KEY ("shop_id","creator_id","period_id","currency")
);

-- CreateTable
CREATE TABLE "statement_question" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "statement_id" UUID NOT NULL,
    "creator_id" UUID NOT NULL,
    "line" JSONB NOT NULL,
    "question" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answer_due_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "answer" TEXT,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "adjustment_id" UUID,

    CONSTRAINT "statement_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_acceptance" (
    "shop_id" INTEGER NOT NULL,
    "statement_id" UUID NOT NULL,
    "how" TEXT NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "statement_acceptance_pkey" PRIMARY KEY ("statement_id")
);

-- CreateTable
CREATE TABLE "mail_delivery" (
    "id" UUID NOT NULL,
    "shop_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "creator_id" UUID NOT NULL,
    "to_address" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "message_id" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "claim_shop_id_drop_id_seq_idx" ON "claim"("shop_id", "drop_id", "seq");

-- CreateIndex
CREATE INDEX "claim_shop_id_claim_idx" ON "claim"("shop_id", "claim");

-- CreateIndex
CREATE INDEX "claim_check_shop_id_drop_id_idx" ON "claim_check"("shop_id", "drop_id");

-- CreateIndex
CREATE UNIQUE INDEX "claim_check_drop_id_name_attempt_key" ON "claim_check"("drop_id", "name", "attempt");

-- CreateIndex
CREATE INDEX "creator_shop_id_status_name_idx" ON "creator"("shop_id", "status", "name");

-- CreateIndex
CREATE UNIQUE INDEX "creator_shop_id_handle_key" ON "creator"("shop_id", "handle");

-- CreateIndex
CREATE UNIQUE INDEX "creator_shop_id_email_key" ON "creator"("shop_id", "email");

-- CreateIndex
CREATE INDEX "creator_event_shop_id_creator_id_at_idx" ON "creator_event"("shop_id", "creator_id", "at");

-- CreateIndex
CREATE INDEX "agreement_shop_id_creator_id_idx" ON "agreement"("shop_id", "creator_id");

-- CreateIndex
CREATE INDEX "agreement_shop_id_status_idx" ON "agreement"("shop_id", "status");

-- CreateIndex
CREATE INDEX "agreement_version_shop_id_status_effective_from_idx" ON "agreement_version"("shop_id", "status", "effective_from");

-- CreateIndex
CREATE UNIQUE INDEX "agreement_version_agreement_id_number_key" ON "agreement_version"("agreement_id", "number");

-- CreateIndex
CREATE INDEX "creator_code_shop_id_creator_id_idx" ON "creator_code"("shop_id", "creator_id");

-- CreateIndex
CREATE UNIQUE INDEX "creator_code_shop_id_code_key" ON "creator_code"("shop_id", "code");

-- CreateIndex
CREATE INDEX "creator_link_shop_id_creator_id_idx" ON "creator_link"("shop_id", "creator_id");

-- CreateIndex
CREATE UNIQUE INDEX "creator_link_shop_id_reference_key" ON "creator_link"("shop_id", "reference");

-- CreateIndex
CREATE INDEX "drop_shop_id_status_idx" ON "drop"("shop_id", "status");

-- CreateIndex
CREATE INDEX "drop_shop_id_ended_at_idx" ON "drop"("shop_id", "ended_at");

-- CreateIndex
CREATE INDEX "drop_settles_at_idx" ON "drop"("settles_at");

-- CreateIndex
CREATE UNIQUE INDEX "drop_shop_id_handle_key" ON "drop"("shop_id", "handle");

-- CreateIndex
CREATE INDEX "drop_offer_shop_id_variant_id_idx" ON "drop_offer"("shop_id", "variant_id");

-- CreateIndex
CREATE INDEX "drop_offer_shop_id_product_id_idx" ON "drop_offer"("shop_id", "product_id");

-- CreateIndex
CREATE UNIQUE INDEX "drop_offer_drop_id_variant_id_key" ON "drop_offer"("drop_id", "variant_id");

-- CreateIndex
CREATE INDEX "act_shop_id_drop_id_at_idx" ON "act"("shop_id", "drop_id", "at");

-- CreateIndex
CREATE INDEX "act_runs_at_idx" ON "act"("runs_at");

-- CreateIndex
CREATE INDEX "wave_shop_id_drop_id_idx" ON "wave"("shop_id", "drop_id");

-- CreateIndex
CREATE INDEX "stock_move_shop_id_wave_id_idx" ON "stock_move"("shop_id", "wave_id");

-- CreateIndex
CREATE INDEX "stock_move_shop_id_drop_id_idx" ON "stock_move"("shop_id", "drop_id");

-- CreateIndex
CREATE UNIQUE INDEX "stock_move_shop_id_idempotency_key_key" ON "stock_move"("shop_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "act_receipt_shop_id_drop_id_started_at_idx" ON "act_receipt"("shop_id", "drop_id", "started_at");

-- CreateIndex
CREATE INDEX "act_receipt_shop_id_act_id_idx" ON "act_receipt"("shop_id", "act_id");

-- CreateIndex
CREATE INDEX "drop_event_shop_id_drop_id_at_idx" ON "drop_event"("shop_id", "drop_id", "at");

-- CreateIndex
CREATE INDEX "access_pass_drop_id_issued_at_idx" ON "access_pass"("drop_id", "issued_at");

-- CreateIndex
CREATE INDEX "access_pass_shop_id_email_key_idx" ON "access_pass"("shop_id", "email_key");

-- CreateIndex
CREATE UNIQUE INDEX "access_pass_shop_id_number_key" ON "access_pass"("shop_id", "number");

-- CreateIndex
CREATE INDEX "drop_order_trace_shop_id_order_id_idx" ON "drop_order_trace"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "drop_draw_shop_id_idx" ON "drop_draw"("shop_id");

-- CreateIndex
CREATE INDEX "account_shop_id_creator_id_idx" ON "account"("shop_id", "creator_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_shop_id_code_currency_key" ON "account"("shop_id", "code", "currency");

-- CreateIndex
CREATE INDEX "journal_shop_id_order_id_idx" ON "journal"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "journal_shop_id_line_item_id_idx" ON "journal"("shop_id", "line_item_id");

-- CreateIndex
CREATE INDEX "journal_shop_id_period_id_seq_idx" ON "journal"("shop_id", "period_id", "seq");

-- CreateIndex
CREATE INDEX "journal_shop_id_effective_at_seq_idx" ON "journal"("shop_id", "effective_at", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "journal_shop_id_fact_key_key" ON "journal"("shop_id", "fact_key");

-- CreateIndex
CREATE INDEX "posting_account_id_journal_seq_amount_minor_idx" ON "posting"("account_id", "journal_seq", "amount_minor");

-- CreateIndex
CREATE INDEX "account_movement_shop_id_period_id_idx" ON "account_movement"("shop_id", "period_id");

-- CreateIndex
CREATE INDEX "royalty_entry_shop_id_line_item_id_idx" ON "royalty_entry"("shop_id", "line_item_id");

-- CreateIndex
CREATE INDEX "royalty_entry_shop_id_period_id_creator_id_idx" ON "royalty_entry"("shop_id", "period_id", "creator_id");

-- CreateIndex
CREATE INDEX "royalty_entry_shop_id_agreement_id_sold_on_idx" ON "royalty_entry"("shop_id", "agreement_id", "sold_on");

-- CreateIndex
CREATE INDEX "award_shop_id_released_at_matures_at_idx" ON "award"("shop_id", "released_at", "matures_at");

-- CreateIndex
CREATE INDEX "award_shop_id_agreement_id_idx" ON "award"("shop_id", "agreement_id");

-- CreateIndex
CREATE UNIQUE INDEX "award_shop_id_key_key" ON "award"("shop_id", "key");

-- CreateIndex
CREATE INDEX "royalty_hold_shop_id_released_at_matures_at_idx" ON "royalty_hold"("shop_id", "released_at", "matures_at");

-- CreateIndex
CREATE INDEX "royalty_hold_shop_id_reserve_released_at_reserve_until_idx" ON "royalty_hold"("shop_id", "reserve_released_at", "reserve_until");

-- CreateIndex
CREATE INDEX "royalty_hold_shop_id_order_id_idx" ON "royalty_hold"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "period_shop_id_status_ends_at_idx" ON "period"("shop_id", "status", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "period_shop_id_label_key" ON "period"("shop_id", "label");

-- CreateIndex
CREATE INDEX "suspense_item_shop_id_resolved_at_idx" ON "suspense_item"("shop_id", "resolved_at");

-- CreateIndex
CREATE INDEX "suspense_item_shop_id_order_id_idx" ON "suspense_item"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "adjustment_shop_id_status_idx" ON "adjustment"("shop_id", "status");

-- CreateIndex
CREATE INDEX "adjustment_shop_id_creator_id_idx" ON "adjustment"("shop_id", "creator_id");

-- CreateIndex
CREATE INDEX "advance_shop_id_creator_id_idx" ON "advance"("shop_id", "creator_id");

-- CreateIndex
CREATE INDEX "long_task_shop_id_kind_created_at_idx" ON "long_task"("shop_id", "kind", "created_at");

-- CreateIndex
CREATE INDEX "payout_method_shop_id_creator_id_idx" ON "payout_method"("shop_id", "creator_id");

-- CreateIndex
CREATE INDEX "tax_profile_shop_id_idx" ON "tax_profile"("shop_id");

-- CreateIndex
CREATE INDEX "dated_fact_shop_id_kind_creator_id_idx" ON "dated_fact"("shop_id", "kind", "creator_id");

-- CreateIndex
CREATE INDEX "approval_rule_change_shop_id_proposed_at_idx" ON "approval_rule_change"("shop_id", "proposed_at");

-- CreateIndex
CREATE UNIQUE INDEX "payout_run_shop_id_number_key" ON "payout_run"("shop_id", "number");

-- CreateIndex
CREATE INDEX "payout_shop_id_creator_id_status_idx" ON "payout"("shop_id", "creator_id", "status");

-- CreateIndex
CREATE INDEX "payout_run_id_idx" ON "payout"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "payout_shop_id_reference_key" ON "payout"("shop_id", "reference");

-- CreateIndex
CREATE INDEX "payout_event_shop_id_run_id_at_idx" ON "payout_event"("shop_id", "run_id", "at");

-- CreateIndex
CREATE INDEX "shop_order_shop_id_placed_at_idx" ON "shop_order"("shop_id", "placed_at");

-- CreateIndex
CREATE INDEX "shop_order_shop_id_name_idx" ON "shop_order"("shop_id", "name");

-- CreateIndex
CREATE INDEX "shop_order_shop_id_customer_key_idx" ON "shop_order"("shop_id", "customer_key");

-- CreateIndex
CREATE INDEX "sale_shop_id_order_id_idx" ON "sale"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "sale_shop_id_line_item_id_idx" ON "sale"("shop_id", "line_item_id");

-- CreateIndex
CREATE INDEX "sale_shop_id_product_id_line_item_id_idx" ON "sale"("shop_id", "product_id", "line_item_id");

-- CreateIndex
CREATE INDEX "sale_shop_id_happened_at_idx" ON "sale"("shop_id", "happened_at");

-- CreateIndex
CREATE INDEX "line_attribution_shop_id_order_id_idx" ON "line_attribution"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "line_attribution_shop_id_sold_at_line_item_id_idx" ON "line_attribution"("shop_id", "sold_at", "line_item_id");

-- CreateIndex
CREATE INDEX "dispute_shop_id_order_id_idx" ON "dispute"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "inventory_observation_shop_id_product_id_observed_at_idx" ON "inventory_observation"("shop_id", "product_id", "observed_at");

-- CreateIndex
CREATE UNIQUE INDEX "shop_domain_key" ON "shop"("domain");

-- CreateIndex
CREATE INDEX "shopify_session_shop_id_idx" ON "shopify_session"("shop_id");

-- CreateIndex
CREATE INDEX "billing_subscription_shop_id_idx" ON "billing_subscription"("shop_id");

-- CreateIndex
CREATE INDEX "webhook_receipt_shop_id_processed_at_id_idx" ON "webhook_receipt"("shop_id", "processed_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_receipt_shop_id_event_id_topic_key" ON "webhook_receipt"("shop_id", "event_id", "topic");

-- CreateIndex
CREATE INDEX "compliance_request_shop_id_idx" ON "compliance_request"("shop_id");

-- CreateIndex
CREATE UNIQUE INDEX "alert_shop_id_key_key" ON "alert"("shop_id", "key");

-- CreateIndex
CREATE INDEX "due_date_due_at_idx" ON "due_date"("due_at");

-- CreateIndex
CREATE INDEX "restock_signup_shop_id_email_key_idx" ON "restock_signup"("shop_id", "email_key");

-- CreateIndex
CREATE UNIQUE INDEX "restock_signup_shop_id_idempotency_key_key" ON "restock_signup"("shop_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "restock_signup_drop_id_variant_id_email_key_key" ON "restock_signup"("drop_id", "variant_id", "email_key");

-- CreateIndex
CREATE UNIQUE INDEX "restock_signup_drop_id_variant_id_position_key" ON "restock_signup"("drop_id", "variant_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "claim_hold_after_hold_id_key" ON "claim_hold"("after_hold_id");

-- CreateIndex
CREATE INDEX "claim_hold_shop_id_drop_id_status_idx" ON "claim_hold"("shop_id", "drop_id", "status");

-- CreateIndex
CREATE INDEX "claim_hold_shop_id_signup_id_idx" ON "claim_hold"("shop_id", "signup_id");

-- CreateIndex
CREATE UNIQUE INDEX "claim_hold_wave_id_signup_id_key" ON "claim_hold"("wave_id", "signup_id");

-- CreateIndex
CREATE UNIQUE INDEX "restock_notice_hold_id_key" ON "restock_notice"("hold_id");

-- CreateIndex
CREATE INDEX "restock_notice_shop_id_signup_id_idx" ON "restock_notice"("shop_id", "signup_id");

-- CreateIndex
CREATE INDEX "statement_shop_id_issued_at_idx" ON "statement"("shop_id", "issued_at");

-- CreateIndex
CREATE UNIQUE INDEX "statement_shop_id_creator_id_sequence_key" ON "statement"("shop_id", "creator_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "statement_shop_id_number_key" ON "statement"("shop_id", "number");

-- CreateIndex
CREATE INDEX "statement_period_statement_id_idx" ON "statement_period"("statement_id");

-- CreateIndex
CREATE INDEX "statement_question_shop_id_status_answer_due_at_idx" ON "statement_question"("shop_id", "status", "answer_due_at");

-- CreateIndex
CREATE INDEX "statement_question_shop_id_statement_id_idx" ON "statement_question"("shop_id", "statement_id");

-- CreateIndex
CREATE INDEX "statement_acceptance_shop_id_idx" ON "statement_acceptance"("shop_id");

-- CreateIndex
CREATE INDEX "mail_delivery_shop_id_subject_id_idx" ON "mail_delivery"("shop_id", "subject_id");

-- CreateIndex
CREATE INDEX "mail_delivery_shop_id_status_idx" ON "mail_delivery"("shop_id", "status");

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "creator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_version" ADD CONSTRAINT "agreement_version_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drop_offer" ADD CONSTRAINT "drop_offer_drop_id_fkey" FOREIGN KEY ("drop_id") REFERENCES "drop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "act" ADD CONSTRAINT "act_drop_id_fkey" FOREIGN KEY ("drop_id") REFERENCES "drop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wave" ADD CONSTRAINT "wave_drop_id_fkey" FOREIGN KEY ("drop_id") REFERENCES "drop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payout" ADD CONSTRAINT "payout_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "payout_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_period" ADD CONSTRAINT "statement_period_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
