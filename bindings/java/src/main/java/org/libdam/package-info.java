/**
 * An embedded array of documents on disk: one directory, no server.
 *
 * <p>{@link org.libdam.DocumentArray} is an open array, {@link org.libdam.Snapshot} an unchanging
 * view of it, {@link org.libdam.Batch} a set of writes that count together or not at all,
 * {@link org.libdam.Document} one document. Arrays, snapshots and tasks may be used by any thread
 * at any time, batches and cursors by one thread at a time; documents never change.
 *
 * <p>Errors are unchecked. A null argument is a {@link java.lang.NullPointerException}, any other
 * wrong one an {@link java.lang.IllegalArgumentException}, a position outside the array an
 * {@link java.lang.IndexOutOfBoundsException}, a call after {@code close} an
 * {@link java.lang.IllegalStateException}; what else fails is a {@link org.libdam.DamException}
 * with its code. An absent document is an empty Optional, never null.
 */
package org.libdam;
