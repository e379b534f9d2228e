"""Which figures stand in docs/benchmarks.md, in which order and words, and what libdam is to reach.

A row: the workload's name in the JSON lines, its title, how it is shown, and the target (in the
figures' own unit, so nanoseconds an operation; None: no target). More than the target misses it.
"""

STORES = ("libdam", "LMDB", "SQLite", "RocksDB", "LevelDB")

STORE_ROWS = [
    ("load", "load, batches of 1,000, not synced", "rate", 1e9 / 700e3),
    ("settle", "then close: all of it durable", "time", None),
    ("commit_visible", "one document a commit, visible", "time", 4000),
    ("commit_durable", "one document a commit, durable", "time", None),
    ("delete", "delete by id, one a commit, visible", "time", None),
    ("get_copied", "get by id, copied", "time", 1150),
    ("get_lent_first", "get by id, lent, right after an open", "time", None),
    ("get_lent_checked", "get by id, lent, first touch: with checksum", "time", None),
    ("get_lent", "get by id, lent, touched before", "time", 750),
    ("get_handle", "get by id, owned handle, touched before", "time", 900),
    ("get_dependent", "get by id, copied, each id from the document before", "time", None),
    ("get_many_copied", "get 64 ids, copied (a document)", "time", 450),
    ("get_many_handles", "get 64 ids, owned handles, touched before (a document)", "time", 450),
    ("get_position_checked", "get by position, lent, first touch: with checksum", "time", None),
    ("get_position", "get by position, lent, touched before", "time", 120),
    ("scan", "scan with checksum (1,024 bytes)", "bandwidth", 1024 / 10),
    ("open_clean", "open for reading, count", "time", 100e3),
    ("open_first_get", "open for reading, get one by id", "time", None),
    ("open_write", "open for writing, count", "time", None),
    ("open_killed", "open for writing after kill -9, get the last", "time", 250e6),
    ("reload", "look for news where there is none", "time", None),
    ("disk", "bytes on disk (a document of 1,024)", "bytes", 1024 + 250),
    ("prune", "prune, durable (of what is live)", "bandwidth", 1024 / 1.0),
]

# A durable commit by the floor that the same run measured.
DURABLE_BY_FLOOR = 1.1

FLOOR_ROWS = [
    ("read_memory", "reading memory in a row, one thread", "kilobyte"),
    ("random_access", "one dependent random access in 1 GiB", "time"),
    ("entry_access", "an entry of a table at random, then what it names in 1 GiB", "time"),
    ("pwrite", "pwrite of 1 KiB at the end of a file", "time"),
    ("append_writes", "the three writes of a visible append, by themselves", "time"),
    ("fdatasync", "appending 4 KiB and fdatasync", "time"),
    ("copy_file", "copying a file that is cached, synced at the end", "bandwidth"),
    ("disk_read", "one random read of 4 KiB from the disk", "time"),
]

SHARED_ROWS = [
    ("readers", "gets by id, all readers"),
    ("writer", "commits of one document, visible"),
    ("writer_cpu", "commits, by processor time of the writer"),
]

GROWTH_ROWS = [
    ("extend", "extend by 1,000 (a document)"),
    ("append", "append, one a commit, visible"),
    ("get", "get by id, copied"),
    ("position", "get by position"),
    ("delete", "delete by id, one a commit"),
    ("position_after_delete", "get by position after 2,000 deletes"),
    ("open", "open for reading, count"),
]

MEMORY_ROWS = [
    ("memory_closed_open", "open after a clean close"),
    ("memory_closed_gets", "the same, then 1,000 gets by id"),
    ("memory_unsynced_open", "open beside a writer with as many unsynced appends again"),
    ("memory_unsynced_gets", "the same, then 1,000 gets by id"),
]
MEMORY_TARGET = 4 << 20
IMPORT_TARGET = 1e9 / 200e3

INSTRUCTION_ROWS = [
    ("append", "dam_append, visible"),
    ("extend", "dam_extend of 64, a document"),
    ("delete", "dam_delete, visible"),
    ("get_copied", "dam_read"),
    ("get_many_copied", "dam_read_many of 64, a document"),
    ("get_lent_checked", "dam_snapshot_get, first touch: with checksum"),
    ("get_lent", "dam_snapshot_get, touched before"),
    ("get_handle_checked", "dam_get and dam_document_free, first touch: with checksum"),
    ("get_handle", "dam_get and dam_document_free, touched before"),
    ("get_position_checked", "dam_snapshot_get_at, first touch: with checksum"),
    ("get_position", "dam_snapshot_get_at, touched before"),
    ("scan", "dam_cursor_next"),
]

STORE_NOTES = """\
All stores hold the same documents: FlatBuffers of 1,024 bytes under random 36-byte ids. Each
repetition runs every store in turn on the same questions; their answers (which documents, how many,
and in untimed walks every byte, before and after the changes) were compared and equal. A figure is
the median of the repetitions (three of load and prune), the spread is (largest - smallest) / median
for libdam. In brackets the store's figure by libdam's: above 1 libdam is ahead; **behind** marks
what it loses, **missed** a target not reached.

- Reads are warm: the files are cached, and a walk over every document came first, but for the row
  that says otherwise. Each workload asks at random for documents of its own.
- Checksums: libdam's are on. Copies and scans check every time; documents that are lent or held are
  checked when first touched since the open, so those have rows for both. RocksDB and LevelDB check
  a block when it comes into their cache, which is large enough for all of them (2 GiB). LMDB and
  SQLite keep none; in the scan the reader makes its own (XXH3).
- *Visible* survives the death of the process. libdam: its default; after a power loss a prefix of
  the commits. SQLite: WAL, synchronous=NORMAL, the same promise, checkpoints at 64 MiB as libdam's.
  RocksDB and LevelDB: their log written, not synced, the same promise. LMDB: MDB_NOSYNC, which
  promises less: a power loss may damage the file.
- *Durable* survives a power loss. libdam: DAM_DURABLE; LMDB: its default; SQLite: synchronous=FULL;
  RocksDB and LevelDB: sync=true.
- LMDB, RocksDB and LevelDB keep no order, so they have no positions; SQLite keeps it by rowid. None
  has handles; what SQLite, RocksDB and LevelDB lend lives until the next call only. RocksDB gets 64
  ids by MultiGet, the others one by one in one transaction. RocksDB and LevelDB cannot say how many
  documents they hold without a walk. None of them is compressed.
- Closing: RocksDB's includes the compactions that it owes, LevelDB's only those that run.
- To look for news: dam_reload; a read transaction renewed; pragma data_version. LevelDB is for one
  process; RocksDB's readers elsewhere see what there was when they opened.
- Prune: dam_prune; CompactRange of everything. Once 2 % of the documents were deleted; by the bytes
  that are live afterwards."""

SHARED_NOTES = """\
Eight processes get by id, each from 5,000 documents of its own, and look for news every 100 gets;
one process adds a document a commit. Alone each side has the machine to itself; beside each other
nine processes share its cores, and that alone leaves the writer a ninth of them. What waiting for
readers would cost shows in the processor time of a commit and in rates below that share. Each
reader found at the end what the writer had added last. Gets are counted over all readers; time to
make a document is not the writer's."""

COLD_NOTES = """\
The same stores, in a control group that holds {memory} of memory, page cache included, with caches
of 32 MiB where a store has its own. All files had left the cache; {gets:,} gets by id at random
came first, as many others were measured. A get can be no faster than one read of the disk, unless
what it wants is cached; in brackets the time by that of one random read of 4 KiB that passes the
cache by, {disk} here."""
