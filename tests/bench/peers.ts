// What one would run beside us: ledgers of transfers between two accounts each, in plain SQL, with row locks in the order of ids and a running balance
// on every entry. Written here in that manner and run in the same run; it has no idempotency, no chain, no check of sums and no append-only guard.
import pg from 'pg'

const SCHEMA = `
create schema if not exists peer;
create table peer.account (id text primary key, balance numeric not null default 0, version bigint not null default 0);
create table peer.transfer (id text primary key, from_account text not null references peer.account, to_account text not null references peer.account,
  amount numeric not null check (amount > 0), created_at timestamptz not null default now());
create table peer.entry (id text primary key, account_id text not null references peer.account, transfer_id text not null references peer.transfer,
  amount numeric not null, previous_balance numeric not null, current_balance numeric not null, account_version bigint not null,
  created_at timestamptz not null default now());
create index on peer.entry (account_id);
create index on peer.entry (transfer_id);
create function peer.move(sender text, receiver text, amount numeric) returns void language plpgsql as $$
declare
  transfer text := gen_random_uuid()::text;
  account record;
begin
  perform 1 from peer.account where id in (sender, receiver) order by id for update;
  insert into peer.transfer (id, from_account, to_account, amount) values (transfer, sender, receiver, amount);
  for account in
    update peer.account a set balance = a.balance + m.change, version = a.version + 1
    from (values (sender, -amount), (receiver, amount)) as m(id, change) where a.id = m.id
    returning a.id, a.balance, a.version, m.change
  loop
    insert into peer.entry (id, account_id, transfer_id, amount, previous_balance, current_balance, account_version)
    values (gen_random_uuid()::text, account.id, transfer, account.change, account.balance - account.change, account.balance, account.version);
  end loop;
end $$;
create function peer.book_order(creator text) returns void language plpgsql as $$
begin
  perform peer.move('receivable', 'revenue', 100.00);
  perform peer.move('receivable', 'tax', 19.00);
  perform peer.move('receivable', 'shipping', 9.50);
  perform peer.move('royalty-expense', creator, 10.00);
end $$;
insert into peer.account (id) select unnest(array['receivable', 'revenue', 'tax', 'shipping', 'royalty-expense']);
insert into peer.account (id) select 'creator-' || n from generate_series(0, 199) as n;`

export interface PeerFigures {
  /** One order of four transfers, that is eight entries, a call and a durable commit. */
  ordersPerSecond: number
  /** Eight senders at once. */
  ordersPerSecondOf8: number
  entriesPerSecond: number
  bytesPerEntry: number
  /** Of others that are not run here. */
  published: string
}

const SECONDS = 4

export async function measureTransferLedger(adminUrl: string): Promise<PeerFigures> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(SCHEMA)
    await bookFor(adminUrl, 1, 0.5)
    const alone = await bookFor(adminUrl, 1, SECONDS)
    const together = await bookFor(adminUrl, 8, SECONDS)
    const { rows } = await client.query<{ bytes: string }>(
      "select (pg_total_relation_size('peer.entry') + pg_total_relation_size('peer.transfer')) / greatest(count(*), 1) as bytes from peer.entry",
    )
    return {
      ordersPerSecond: Math.round(alone),
      ordersPerSecondOf8: Math.round(together),
      entriesPerSecond: Math.round(alone * 8),
      bytesPerEntry: Number(rows[0]?.bytes ?? 0),
      published:
        'not run here: pgledger at c18c7d26 on 2 virtual CPUs with PostgreSQL 15, one order as 7 transfers in one call: 273 orders a second with one client, 239 with four',
    }
  } finally {
    await client.query('drop schema if exists peer cascade')
    await client.end()
  }
}

async function bookFor(url: string, senders: number, seconds: number): Promise<number> {
  const clients = Array.from({ length: senders }, () => new pg.Client({ connectionString: url }))
  await Promise.all(clients.map((client) => client.connect()))
  const started = performance.now()
  let orders = 0
  await Promise.all(
    clients.map(async (client, place) => {
      for (let number = place; performance.now() - started < seconds * 1000; number += senders) {
        await client.query({
          name: 'order',
          text: 'select peer.book_order($1)',
          values: [`creator-${number % 200}`],
        })
        orders += 1
      }
    }),
  )
  const rate = orders / ((performance.now() - started) / 1000)
  await Promise.all(clients.map((client) => client.end()))
  return rate
}
