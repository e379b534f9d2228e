package org.libdam.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each function of dam.h as the generated layer has it, called with what it is for. */
class EveryFunctionTest {
  private static final byte[] ROBIN = utf8("robin");
  private static final byte[] ABSENT = utf8("absent");

  @TempDir Path folder;
  private long array;

  @BeforeEach
  void open() {
    long[] out = new long[1];
    assertTrue(DamC.dam_open(path(), 0, out));
    array = out[0];
  }

  @AfterEach
  void close() {
    DamC.dam_close(array);
  }

  private byte[] path() {
    return utf8(folder.resolve("birds").toString());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static byte[] bird(String id) {
    long[] document = new long[1];
    assertTrue(DamC.dam_document_from_json(utf8("{\"id\":\"" + id + "\"}"), 0, document));
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_document_bytes(document[0], lent));
    byte[] bytes = new byte[lent[0].remaining()];
    lent[0].get(bytes);
    DamC.dam_document_free(document[0]);
    return bytes;
  }

  private long append(String id) {
    long[] position = new long[1];
    long[] revision = new long[1];
    assertTrue(DamC.dam_append(array, bird(id), 0, position, revision));
    assertTrue(revision[0] > 0);
    return position[0];
  }

  private long count() {
    long[] count = new long[1];
    assertTrue(DamC.dam_count(array, count));
    return count[0];
  }

  @Test
  void theLibraryNamesItselfAndItsCodes() {
    String version =
        DamC.DAM_VERSION_MAJOR + "." + DamC.DAM_VERSION_MINOR + "." + DamC.DAM_VERSION_PATCH;
    assertEquals(version, DamC.dam_version());
    assertEquals(DamC.DAM_ABI_VERSION, DamC.dam_abi_version());
    assertEquals("CONFLICT", DamC.dam_status_name(DamC.DAM_CONFLICT));
    assertEquals("UNKNOWN", DamC.dam_status_name(7));
  }

  @Test
  void theTextOfAFailureStaysUntilTheNextCall() {
    assertThrows(IllegalArgumentException.class, () -> DamC.dam_count(0, new long[1]));
    assertNotEquals("", DamC.dam_last_error());
    count();
    assertEquals("", DamC.dam_last_error());
  }

  @Test
  void optionsReachTheOpen() {
    long[] options = new long[1];
    assertTrue(DamC.dam_options_create(options));
    assertTrue(DamC.dam_options_set(options[0], DamC.DAM_OPTION_READ_ONLY, 1));
    long[] reader = new long[1];
    assertTrue(DamC.dam_open(path(), options[0], reader));
    DamC.dam_options_free(options[0]);
    append("robin");
    int[] changed = new int[1];
    assertTrue(DamC.dam_reload(reader[0], changed));
    assertEquals(1, changed[0]);
    assertTrue(DamC.dam_close(reader[0]));
  }

  @Test
  void aWaitEndsWithACommitOrItsTimeout() {
    append("robin");
    long[] revision = new long[1];
    assertTrue(DamC.dam_wait(array, 0, 0, revision));
    assertTrue(revision[0] > 0);
    assertThrows(RuntimeException.class, () -> DamC.dam_wait(array, revision[0], 1, null));
  }

  @Test
  void anArrayFlushesSyncsAndTellsItsPath() {
    append("robin");
    assertTrue(DamC.dam_flush(array));
    assertTrue(DamC.dam_sync(array));
    byte[][] out = new byte[1][];
    assertTrue(DamC.dam_path(array, out));
    assertArrayEquals(path(), out[0]);
    long[] documents = new long[1];
    assertTrue(DamC.dam_stat(array, DamC.DAM_STAT_DOCUMENTS, documents));
    assertEquals(1, documents[0]);
  }

  @Test
  void writesAnswerPositionsAndRevisions() {
    long[] first = new long[1];
    long[] revision = new long[1];
    byte[][] flock = {bird("robin"), bird("wren"), bird("owl"), bird("finch")};
    assertTrue(DamC.dam_extend(array, flock, 0, first, revision));
    assertEquals(0, first[0]);
    long[] set = new long[1];
    assertTrue(DamC.dam_set(array, ROBIN, bird("robin"), revision[0], 0, set));
    assertTrue(set[0] > revision[0]);
    assertTrue(DamC.dam_set_at(array, -1, bird("crow"), 0, 0, null));
    assertTrue(DamC.dam_delete(array, ROBIN, set[0], 0, null));
    assertTrue(DamC.dam_delete_at(array, 0, DamC.DAM_ANY_REVISION, 0, null));
    long[] deleted = new long[1];
    assertTrue(DamC.dam_delete_range(array, 0, 1, 1, 0, deleted));
    assertEquals(1, deleted[0]);
    assertEquals(1, count());
  }

  @Test
  void aPatchChangesWhatIsStored() {
    append("robin");
    long[] revision = new long[1];
    assertTrue(DamC.dam_patch(array, ROBIN, utf8("{\"text\":\"hums\"}"), 0, 0, revision));
    assertTrue(revision[0] > 0);
    ByteBuffer buffer = ByteBuffer.allocateDirect(1000);
    long[] size = new long[1];
    assertTrue(DamC.dam_read(array, ROBIN, buffer, size));
    assertTrue(size[0] > bird("robin").length);
  }

  @Test
  void arraysAreCopiedAndCompared() {
    append("robin");
    append("wren");
    long[] out = new long[1];
    assertTrue(DamC.dam_open(utf8(folder.resolve("copy").toString()), 0, out));
    final long copy = out[0];
    assertTrue(DamC.dam_copy_into(array, copy, 0, 0, out));
    assertEquals(2, out[0]);
    int[] answer = {-1};
    assertTrue(DamC.dam_same(array, copy, answer));
    assertEquals(0, answer[0]);
    assertTrue(DamC.dam_equal(array, copy, 0, answer));
    assertEquals(1, answer[0]);
    assertTrue(DamC.dam_snapshot_open(array, out));
    long snapshot = out[0];
    assertTrue(DamC.dam_snapshot_copy_into(snapshot, 1, 2, 1, copy, DamC.DAM_UPSERT));
    assertTrue(DamC.dam_snapshot_release(snapshot));
    assertTrue(DamC.dam_close(copy));
  }

  @Test
  void aPruneKeepsTheOrderOrGivesAnother() {
    byte[][] flock = {bird("robin"), bird("wren"), bird("owl")};
    assertTrue(DamC.dam_extend(array, flock, 0, null, null));
    assertTrue(DamC.dam_delete(array, ROBIN, 0, 0, null));
    assertTrue(DamC.dam_prune(array, 0, 0));
    long[] value = new long[1];
    assertTrue(DamC.dam_stat(array, DamC.DAM_STAT_GENERATION, value));
    assertEquals(2, value[0]);
    assertTrue(DamC.dam_prune_ordered(array, new long[] {1, 0}, 0, 0));
    assertTrue(DamC.dam_position(array, utf8("owl"), value));
    assertEquals(0, value[0]);
    assertTrue(DamC.dam_clear(array, 0, value));
    assertTrue(value[0] > 0);
    assertEquals(0, count());
  }

  @Test
  void idsLeadToDocumentsPositionsAndRevisions() {
    assertEquals(0, append("robin"));
    int[] found = new int[1];
    assertTrue(DamC.dam_contains(array, ROBIN, found));
    assertEquals(1, found[0]);
    long[] out = {-7};
    assertTrue(DamC.dam_position(array, ROBIN, out));
    assertEquals(0, out[0]);
    assertTrue(DamC.dam_revision(array, ROBIN, out));
    assertTrue(out[0] > 0);
    assertFalse(DamC.dam_position(array, ABSENT, out));
    assertFalse(DamC.dam_revision(array, ABSENT, out));
    assertFalse(DamC.dam_get(array, ABSENT, out));
  }

  @Test
  void gettersHandOutDocuments() {
    append("robin");
    long[] document = new long[1];
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_get(array, ROBIN, document));
    assertTrue(DamC.dam_document_id(document[0], lent));
    assertEquals("robin", text(lent[0]));
    DamC.dam_document_free(document[0]);
    assertTrue(DamC.dam_get_at(array, 0, document));
    byte[][] json = new byte[1][];
    assertTrue(DamC.dam_document_to_json(document[0], 0, json));
    assertEquals("{\"id\":\"robin\"}", text(json[0]));
    DamC.dam_document_free(document[0]);
    long[] documents = new long[3];
    assertTrue(DamC.dam_get_many(array, new byte[][] {ROBIN, ABSENT}, documents));
    assertNotEquals(0, documents[0]);
    assertEquals(0, documents[1]);
    DamC.dam_document_free(documents[0]);
  }

  @Test
  void readsCopyIntoBuffers() {
    append("robin");
    ByteBuffer buffer = ByteBuffer.allocateDirect(1000);
    long[] size = new long[1];
    assertTrue(DamC.dam_read(array, ROBIN, buffer, size));
    byte[] bytes = new byte[(int) size[0]];
    buffer.get(bytes);
    assertArrayEquals(bird("robin"), bytes);
    assertTrue(DamC.dam_read_at(array, 0, buffer, size));
    assertEquals(bytes.length, size[0]);
    assertTrue(DamC.dam_id_at(array, 0, buffer, size));
    assertEquals(5, size[0]);
    byte[][][] many = new byte[1][][];
    assertTrue(DamC.dam_read_many(array, new byte[][] {ABSENT, ROBIN}, many));
    assertEquals(0, many[0][0].length);
    assertTrue(many[0][1].length >= bytes.length);
    assertTrue(DamC.dam_ids(array, 0, 10, many));
    assertEquals(1, many[0].length);
    assertEquals("robin", text(many[0][0]));
  }

  @Test
  void aShortBufferIsToldTheSizeItNeeds() {
    append("robin");
    long[] size = new long[1];
    assertThrows(RuntimeException.class, () -> DamC.dam_read(array, ROBIN, null, size));
    assertEquals(bird("robin").length, size[0]);
  }

  @Test
  void snapshotsLendBytes() {
    append("robin");
    long[] out = new long[1];
    assertTrue(DamC.dam_snapshot_open(array, out));
    long snapshot = out[0];
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_snapshot_count(snapshot, out));
    assertEquals(1, out[0]);
    assertTrue(DamC.dam_snapshot_revision(snapshot, out));
    assertTrue(out[0] > 0);
    assertTrue(DamC.dam_snapshot_get(snapshot, ROBIN, lent));
    assertEquals(ByteBuffer.wrap(bird("robin")), lent[0]);
    assertTrue(DamC.dam_snapshot_get_at(snapshot, -1, lent));
    assertEquals(ByteBuffer.wrap(bird("robin")), lent[0]);
    assertTrue(DamC.dam_snapshot_position(snapshot, ROBIN, out));
    assertEquals(0, out[0]);
    ByteBuffer id = ByteBuffer.allocateDirect(5);
    assertTrue(DamC.dam_snapshot_id_at(snapshot, 0, id, out));
    assertEquals("robin", text(id));
    assertTrue(DamC.dam_snapshot_release(snapshot));
  }

  @Test
  void cursorsWalk() {
    append("robin");
    append("wren");
    long[] out = new long[1];
    assertTrue(DamC.dam_snapshot_open(array, out));
    long snapshot = out[0];
    assertTrue(DamC.dam_cursor_open(snapshot, 0, 2, 1, out));
    long cursor = out[0];
    assertTrue(DamC.dam_snapshot_release(snapshot));
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_cursor_next(cursor, lent, out));
    assertEquals(ByteBuffer.wrap(bird("robin")), lent[0]);
    long[] offsets = new long[9];
    assertTrue(DamC.dam_cursor_read(cursor, ByteBuffer.allocateDirect(1000), offsets, out));
    assertEquals(1, out[0]);
    assertTrue(offsets[1] >= bird("wren").length);
    assertFalse(DamC.dam_cursor_next(cursor, lent, null));
    assertTrue(DamC.dam_cursor_close(cursor));
  }

  @Test
  void batchesCommitOrAreDropped() {
    append("robin");
    append("wren");
    long[] out = new long[1];
    assertTrue(DamC.dam_batch_begin(array, out));
    long batch = out[0];
    assertTrue(DamC.dam_batch_append(batch, bird("owl"), 0));
    assertTrue(DamC.dam_batch_set(batch, ROBIN, bird("robin"), 0));
    assertTrue(DamC.dam_batch_set_at(batch, 1, bird("finch"), 0));
    assertTrue(DamC.dam_batch_delete(batch, ROBIN, 0));
    assertEquals(2, count());
    assertTrue(DamC.dam_batch_commit(batch, 0, out));
    assertEquals(2, count());
    assertTrue(DamC.dam_batch_begin(array, out));
    assertTrue(DamC.dam_batch_delete_at(out[0], 0, 0));
    assertTrue(DamC.dam_batch_discard(out[0]));
    assertEquals(2, count());
  }

  @Test
  void filtersFindCountExplainAndDelete() {
    append("robin");
    append("wren");
    long[] out = new long[1];
    assertTrue(DamC.dam_snapshot_open(array, out));
    long snapshot = out[0];
    assertTrue(DamC.dam_filter_parse(utf8("{\"id\":\"wren\"}"), out));
    long filter = out[0];
    assertTrue(DamC.dam_find(snapshot, filter, utf8("r"), 0, 0, out));
    long results = out[0];
    assertTrue(DamC.dam_results_count(results, out));
    assertEquals(1, out[0]);
    byte[][][] ids = new byte[1][][];
    assertTrue(DamC.dam_results_ids(results, ids));
    assertEquals("wren", text(ids[0][0]));
    ByteBuffer[] lent = new ByteBuffer[1];
    assertTrue(DamC.dam_results_read(results, DamC.DAM_RESULTS_POSITION, lent));
    assertEquals(1, lent[0].order(java.nio.ByteOrder.nativeOrder()).getLong());
    assertTrue(DamC.dam_results_document(results, 0, out));
    DamC.dam_document_free(out[0]);
    DamC.dam_results_free(results);
    assertTrue(DamC.dam_count_where(snapshot, filter, utf8("r"), 0, out));
    assertEquals(1, out[0]);
    byte[][] text = new byte[1][];
    assertTrue(DamC.dam_explain(snapshot, filter, utf8("r"), 0, text));
    assertTrue(text(text[0]).contains("id"));
    assertTrue(DamC.dam_delete_where(array, filter, 0, 0, out, null));
    assertEquals(1, count());
    DamC.dam_filter_free(filter);
    assertTrue(DamC.dam_snapshot_release(snapshot));
  }

  @Test
  void filtersAreMadeOfValuesAndOfEachOther() {
    long[] first = new long[1];
    long[] second = new long[1];
    long[] joined = new long[1];
    assertTrue(DamC.dam_filter_integer(utf8("tags.a"), DamC.DAM_FILTER_LT, 3, first));
    assertTrue(DamC.dam_filter_number(utf8("tags.b"), DamC.DAM_FILTER_GT, 0.5, second));
    assertTrue(DamC.dam_filter_join(DamC.DAM_FILTER_OR, first[0], second[0], joined));
    DamC.dam_filter_free(first[0]);
    DamC.dam_filter_free(second[0]);
    DamC.dam_filter_free(joined[0]);
    assertTrue(DamC.dam_filter_string(utf8("text"), DamC.DAM_FILTER_EQ, utf8("a"), first));
    DamC.dam_filter_free(first[0]);
    assertTrue(DamC.dam_filter_tags(utf8("{\"a\":\"b\"}"), DamC.DAM_FILTER_GTE, 1, first));
    DamC.dam_filter_free(first[0]);
  }

  @Test
  void tasksFollowAVerification() {
    append("robin");
    long[] task = new long[1];
    assertTrue(DamC.dam_task_create(task));
    byte[][] report = new byte[1][];
    assertTrue(DamC.dam_verify(path(), task[0], report));
    assertEquals("", text(report[0]));
    long[] done = new long[1];
    long[] total = new long[1];
    assertTrue(DamC.dam_task_progress(task[0], done, total));
    assertTrue(done[0] > 0);
    assertEquals(total[0], done[0]);
    assertTrue(DamC.dam_task_cancel(task[0]));
    assertTrue(DamC.dam_task_release(task[0]));
  }

  @Test
  void aSealTellsItsListAndEndsWriting() {
    append("robin");
    byte[][] list = new byte[1][];
    assertTrue(DamC.dam_seal(array, 0, list));
    assertTrue(text(list[0]).contains("body.bin"));
    assertThrows(RuntimeException.class, () -> append("wren"));
  }

  @Test
  void aBackupOpensAndADamagedOneIsSalvaged() throws java.io.IOException {
    append("robin");
    append("wren");
    final java.nio.file.Path copy = folder.resolve("backup");
    assertTrue(DamC.dam_backup(array, utf8(copy.toString()), 0));
    assertThrows(RuntimeException.class,
        () -> DamC.dam_backup(array, utf8(copy.toString()), 0));
    java.nio.file.Files.delete(copy.resolve("header.bin"));
    long[] recovered = new long[1];
    long[] uncertain = new long[1];
    byte[][] report = new byte[1][];
    assertTrue(DamC.dam_salvage(utf8(copy.toString()),
        utf8(folder.resolve("salvaged").toString()), 0, recovered, uncertain, report));
    assertEquals(2, recovered[0]);
    assertTrue(text(report[0]).contains("header.bin"));
  }

  @Test
  void documentsAreDrawnOrderedAndGrouped() {
    append("robin");
    append("wren");
    long[] snapshot = new long[1];
    long[] results = new long[1];
    long[] count = new long[1];
    assertTrue(DamC.dam_snapshot_open(array, snapshot));
    assertTrue(DamC.dam_sample(snapshot[0], 1, 7, results));
    assertTrue(DamC.dam_results_count(results[0], count));
    assertEquals(1, count[0]);
    DamC.dam_results_free(results[0]);
    assertTrue(DamC.dam_shuffle(snapshot[0], 7, results));
    DamC.dam_results_free(results[0]);
    assertTrue(DamC.dam_sort(snapshot[0], utf8("id"), 0, -1, results));
    DamC.dam_results_free(results[0]);
    assertTrue(DamC.dam_split(snapshot[0], utf8("id"), results));
    DamC.dam_results_free(results[0]);
    assertTrue(DamC.dam_portions(snapshot[0], 2, 0, 0, results));
    DamC.dam_results_free(results[0]);
    double[] mean = new double[1];
    assertTrue(DamC.dam_evaluate(snapshot[0], snapshot[0], 1, 0, mean, results));
    DamC.dam_results_free(results[0]);
    assertTrue(DamC.dam_merge(array, array, 0, 0, count, new long[1]));
    assertEquals(0, count[0]);
    assertTrue(DamC.dam_snapshot_release(snapshot[0]));
  }

  @Test
  void valuesOfDocumentsComeByColumn() {
    append("robin");
    append("wren");
    long[] snapshot = new long[1];
    long[] results = new long[1];
    long[] columns = new long[1];
    long[] count = new long[1];
    long[] rows = new long[1];
    int[] kind = new int[1];
    java.nio.ByteBuffer[] lent = new java.nio.ByteBuffer[1];
    assertTrue(DamC.dam_snapshot_open(array, snapshot));
    byte[][] texts = {utf8("sings"), utf8("")};
    assertTrue(DamC.dam_set_column(array, utf8("text"), texts, 0, count));
    assertTrue(DamC.dam_select(snapshot[0], 0, 1, 1, utf8("id,text"), columns));
    assertTrue(DamC.dam_columns_count(columns[0], count, rows));
    assertEquals(2, count[0]);
    assertEquals(1, rows[0]);
    DamC.dam_columns_free(columns[0]);
    assertTrue(DamC.dam_select_at(snapshot[0], new long[] {1, 0}, utf8("id"), 0, columns));
    assertTrue(DamC.dam_columns_describe(columns[0], 0, kind, count, lent));
    assertEquals(4, kind[0]);
    assertTrue(DamC.dam_columns_read(columns[0], 0, 3, lent));
    assertEquals("wrenrobin".length(), lent[0].remaining());
    DamC.dam_columns_free(columns[0]);
    assertTrue(DamC.dam_sort(snapshot[0], utf8("id"), 0, 1, results));
    assertTrue(DamC.dam_results_select(results[0], utf8("id"), 0, columns));
    DamC.dam_columns_free(columns[0]);
    DamC.dam_results_free(results[0]);
    assertTrue(DamC.dam_snapshot_release(snapshot[0]));
  }

  @Test
  void aTraversalLendsAndWhatIsKeptIsFreed() {
    append("robin");
    long[] snapshot = new long[1];
    long[] traversal = new long[1];
    long[] lent = new long[1];
    long[] kept = new long[1];
    assertTrue(DamC.dam_snapshot_open(array, snapshot));
    assertTrue(DamC.dam_traverse(snapshot[0], 0, utf8("r"), traversal));
    assertTrue(DamC.dam_traversal_next(traversal[0], lent, new long[1], new long[1], new int[1]));
    assertTrue(DamC.dam_document_keep(lent[0], kept));
    assertTrue(DamC.dam_traversal_close(traversal[0]));
    DamC.dam_document_free(kept[0]);
    assertTrue(DamC.dam_snapshot_release(snapshot[0]));
  }

  @Test
  void aStoreOfJinaIsImported() throws java.io.IOException {
    final java.nio.file.Path source = folder.resolve("jina");
    java.nio.file.Files.createDirectory(source);
    java.nio.file.Files.write(source.resolve("header.bin"), new byte[7]);
    java.nio.file.Files.write(source.resolve("body.bin"), new byte[0]);
    long[] damaged = new long[1];
    byte[][] report = new byte[1][];
    assertTrue(DamC.dam_import(array, utf8(source.toString()), 0, 0, damaged, report));
    assertEquals(1, damaged[0]);
    assertTrue(text(report[0]).contains("header.bin ends with 7 bytes"));
  }

  @Test
  void bytesBecomeDocuments() {
    long[] document = new long[1];
    assertTrue(DamC.dam_document_from_bytes(bird("robin"), document));
    DamC.dam_document_free(document[0]);
    DamC.dam_document_free(0);
    DamC.dam_free(0);
  }
}
