/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes records.json: record batches as Apache Kafka's own classes write them, with their decoded
 * form as its own reader gives it. See README.md beside this file.
 *
 * java -cp 'JARS/*' GenerateRecords.java OUTPUT-FILE
 */
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.LeaderChangeMessage;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.EndTransactionMarker;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.record.TimestampType;

public class GenerateRecords {
  static final ObjectMapper JSON = new ObjectMapper ();
  static final long T = 1760000000000L;
  static final Header[] NONE = new Header[0];
  static final List<ObjectNode> CASES = new ArrayList<> ();

  public static void main (String[] args) throws Exception {
    plain ();
    compressed ();
    offsets ();
    transactions ();
    several ();
    refused ();
    try (PrintWriter out = new PrintWriter (args[0], "UTF-8")) {
      out.print ("[\n");
      for (int i = 0; i < CASES.size (); i++)
        out.print (JSON.writeValueAsString (CASES.get (i))
            + (i + 1 < CASES.size () ? ",\n" : "\n"));
      out.print ("]\n");
    }
    System.out.println (CASES.size () + " cases");
  }

  static void plain () throws Exception {
    add ("one record", bytes (batch (0, "none", record (T, "key", "value"))));
    add ("nulls and empty ones", bytes (batch (100, "none", record (T, null, "value without a key"),
        record (T + 1, "key of a deletion", null), record (T + 2, null, null),
        record (T + 3, "", ""),
        record (T + 4, "caff\u00e8", "\u5317\u4eac \ud83d\ude80"))));
    add ("headers", bytes (batch (7, "none",
        record (T, "k", "v", new RecordHeader ("trace", utf8 ("a1b2")),
            new RecordHeader ("trace", utf8 ("again")), new RecordHeader ("none", null),
            new RecordHeader ("", new byte[0]),
            new RecordHeader ("caff\u00e8", new byte[] {0, -1})),
        record (T, "k", "v"))));
    add ("timestamps run backwards", bytes (batch (0, "none", record (T, "a", "1"),
        record (T - 5000, "b", "2"), record (T + 86400000L, "c", "3"), record (0, "d", "4"))));
    add ("value of 3000 bytes", bytes (batch (0, "none", record (T, "k", "x".repeat (3000)))));

    MemoryRecordsBuilder appended = MemoryRecords.builder (ByteBuffer.allocate (4096),
        RecordBatch.MAGIC_VALUE_V2, Compression.NONE, TimestampType.LOG_APPEND_TIME, 10, T + 777);
    appended.append (record (T, "a", "1"));
    appended.append (record (T + 9, "b", "2"));
    add ("time of the log", bytes (appended.build ()));
  }

  static void compressed () throws Exception {
    for (String codec : new String[] {"gzip", "snappy", "lz4", "zstd"}) {
      SimpleRecord[] records = new SimpleRecord[40];
      for (int i = 0; i < records.length; i++)
        records[i] = record (T + i * 10, "order-" + i, i % 7 == 0 ? null
            : "{\"id\":" + i + ",\"state\":\"" + "paid".repeat (i % 5) + "\"}",
            new RecordHeader ("source", utf8 ("practice")));
      add (codec, bytes (batch (5000, codec, records)));
      add (codec + ", one block is not enough",
          bytes (batch (0, codec, record (T, "big", mixed (70000)), record (T, "small", "v"))));
      add (codec + ", nothing in it but nulls", bytes (batch (0, codec, record (T, null, null))));
    }
  }

  static void offsets () throws Exception {
    MemoryRecordsBuilder compacted = builder (1000, Compression.NONE);
    compacted.appendWithOffset (1000, record (T, "a", "1"));
    compacted.appendWithOffset (1003, record (T + 30, "b", "2"));
    compacted.appendWithOffset (1900, record (T + 40, "c", "3"));
    compacted.overrideLastOffset (2047);
    add ("compacted, last offset kept", bytes (compacted.build ()));

    MemoryRecordsBuilder late = builder (500, Compression.gzip ().build ());
    late.appendWithOffset (511, record (T, "first offset is not the base", "1"));
    late.appendWithOffset (700, record (T, "b", "2"));
    add ("compacted, gzip, first record gone", bytes (late.build ()));

    MemoryRecordsBuilder byteOffsets = builder (7340032000L, Compression.NONE);
    for (long offset : new long[] {7340032180L, 7340032411L, 7340033020L})
      byteOffsets.appendWithOffset (offset, record (T, "k" + offset, "{}"));
    add ("offsets that count bytes", bytes (byteOffsets.build ()));

    ByteBuffer empty = ByteBuffer.allocate (1024);
    DefaultRecordBatch.writeEmptyHeader (empty, RecordBatch.MAGIC_VALUE_V2, 4000L, (short) 3, 17,
        2048, 2099, 1, TimestampType.CREATE_TIME, T, false, false);
    empty.flip ();
    add ("empty batch", bytes (empty));
    add ("highest offset",
        bytes (batch (Long.MAX_VALUE, "none", record (Long.MAX_VALUE, "k", "v"))));
    add ("no time", bytes (batch (0, "none", record (RecordBatch.NO_TIMESTAMP, "k", "v"))));
    add ("nothing", new byte[0]);
  }

  static void transactions () throws Exception {
    add ("transaction", bytes (transactional (0, record (T, "a", "1"), record (T, "b", "2"))));
    add ("commit", bytes (marker (2, ControlRecordType.COMMIT)));
    add ("abort", bytes (marker (2, ControlRecordType.ABORT)));
    add ("committed, aborted, open", join (
        bytes (transactional (0, record (T, "a", "1"), record (T, "b", "2"))),
        bytes (marker (2, ControlRecordType.COMMIT)),
        bytes (transactional (3, record (T, "c", "3"))),
        bytes (marker (4, ControlRecordType.ABORT)),
        bytes (transactional (5, record (T, "d", "4")))));
    add ("leader change", bytes (MemoryRecords.withLeaderChangeMessage (9, T, 5,
        ByteBuffer.allocate (1024), new LeaderChangeMessage ().setLeaderId (1))));
    add ("control batch with a type of no meaning, as Dekaf sends it", bytes (dekafControl (4095)));
    add ("producer without a transaction", bytes (MemoryRecords.withIdempotentRecords (64,
        Compression.NONE, 0x0123456789abcdefL, (short) 1, 64, 1, record (T, "a", "1"))));
  }

  static void several () throws Exception {
    byte[] first = bytes (batch (0, "none", record (T, "a", "1")));
    byte[] second = bytes (batch (10, "gzip", record (T, "b", "2"), record (T, "c", "3")));
    byte[] third = bytes (batch (20, "none", record (T, "d", "4")));
    byte[] all = join (first, second, bytes (dekafControl (15)), third);
    add ("four batches", all);
    add ("last batch cut in its records", Arrays.copyOf (all, all.length - 7));
    add ("last batch cut in its header", Arrays.copyOf (all, all.length - third.length + 30));
    add ("last batch cut in its length", Arrays.copyOf (all, all.length - third.length + 10));
    add ("cut in the only batch", Arrays.copyOf (first, first.length - 1));
  }

  /* What Kafka's own reader refuses; "error" is a word for the test, not Kafka's text. */
  static void refused () throws Exception {
    byte[] good = bytes (batch (0, "none", record (T, "a", "1"), record (T, "b", "2")));
    addRefused ("a flipped bit in a value", "crc", flip (good, good.length - 2));
    addRefused ("a flipped bit in the attributes", "crc", flip (good, 22));
    addRefused ("a flipped bit in the checksum", "crc", flip (good, 17));
    addRefused ("a length below the header's", "length", length (good, 20));
    addRefused ("a negative length", "length", length (good, -1));
    addRefused ("message format 1", "magic", bytes (MemoryRecords.withRecords (
        RecordBatch.MAGIC_VALUE_V1, 0L, Compression.NONE, TimestampType.CREATE_TIME,
        record (T, "a", "1"))));
    addRefused ("message format 0", "magic", bytes (MemoryRecords.withRecords (
        RecordBatch.MAGIC_VALUE_V0, 0L, Compression.NONE, TimestampType.NO_TIMESTAMP_TYPE,
        record (RecordBatch.NO_TIMESTAMP, "a", "1"))));
  }

  static SimpleRecord record (long timestamp, String key, String value, Header... headers) {
    return new SimpleRecord (timestamp, utf8 (key), utf8 (value), headers);
  }

  static byte[] utf8 (String text) {
    return text == null ? null : text.getBytes (StandardCharsets.UTF_8);
  }

  /* Compresses a little, so that a codec that works in blocks needs several. */
  static String mixed (int length) {
    StringBuilder out = new StringBuilder ();
    for (int i = 0; out.length () < length; i++)
      out.append ("row ").append (i % 100).append (" of the practice company; ");
    return out.substring (0, length);
  }

  static Compression codec (String name) {
    return Compression.of (name).build ();
  }

  static MemoryRecordsBuilder builder (long baseOffset, Compression codec) {
    return MemoryRecords.builder (ByteBuffer.allocate (4096), codec, TimestampType.CREATE_TIME,
        baseOffset, 1);
  }

  static MemoryRecords batch (long baseOffset, String codec, SimpleRecord... records) {
    return MemoryRecords.withRecords (baseOffset, codec (codec), 1, records);
  }

  static MemoryRecords transactional (long baseOffset, SimpleRecord... records) {
    return MemoryRecords.withTransactionalRecords (baseOffset, Compression.NONE, 4000L, (short) 2,
        (int) baseOffset, 1, records);
  }

  static MemoryRecords marker (long offset, ControlRecordType type) {
    return MemoryRecords.withEndTransactionMarker (offset, T + 50, 1, 4000L, (short) 2,
        new EndTransactionMarker (type, 12));
  }

  static MemoryRecords dekafControl (long offset) throws Exception {
    MemoryRecordsBuilder control = MemoryRecords.builder (ByteBuffer.allocate (256),
        RecordBatch.MAGIC_VALUE_V2, Compression.NONE, TimestampType.CREATE_TIME, offset, T, 77L,
        (short) 1, (int) offset, false, true, 1);
    control.appendUncheckedWithOffset (offset,
        new SimpleRecord (T, new byte[] {0, 0, -1, -1}, null, NONE));
    return control.build ();
  }

  static byte[] bytes (MemoryRecords records) {
    return bytes (records.buffer ());
  }

  static byte[] bytes (ByteBuffer buffer) {
    byte[] out = new byte[buffer.remaining ()];
    buffer.duplicate ().get (out);
    return out;
  }

  static byte[] join (byte[]... parts) {
    ByteBuffer out = ByteBuffer.allocate (Arrays.stream (parts).mapToInt (p -> p.length).sum ());
    for (byte[] part : parts)
      out.put (part);
    return out.array ();
  }

  static byte[] flip (byte[] bytes, int at) {
    byte[] out = bytes.clone ();
    out[at] ^= 1;
    return out;
  }

  static byte[] length (byte[] bytes, int length) {
    byte[] out = bytes.clone ();
    ByteBuffer.wrap (out).putInt (8, length);
    return out;
  }

  static void addRefused (String name, String error, byte[] blob) {
    ObjectNode entry = JSON.createObjectNode ();
    entry.put ("name", name).put ("error", error).put ("hex", HexFormat.of ().formatHex (blob));
    try {
      MemoryRecords records = MemoryRecords.readableRecords (ByteBuffer.wrap (blob));
      for (MutableRecordBatch batch : records.batches ()) {
        batch.ensureValid ();
        if (batch.magic () == RecordBatch.MAGIC_VALUE_V2)
          throw new IllegalStateException ("not refused: " + name);
      }
    } catch (org.apache.kafka.common.errors.CorruptRecordException e) {
      entry.put ("kafka", e.getMessage ());
    }
    CASES.add (entry);
  }

  static void add (String name, byte[] blob) throws Exception {
    ObjectNode entry = JSON.createObjectNode ();
    entry.put ("name", name).put ("hex", HexFormat.of ().formatHex (blob));
    ArrayNode batches = JSON.createArrayNode ();
    MemoryRecords records = MemoryRecords.readableRecords (ByteBuffer.wrap (blob));
    for (MutableRecordBatch batch : records.batches ()) {
      batch.ensureValid ();
      batches.add (decoded (batch));
    }
    entry.put ("bytes_left", blob.length - records.validBytes ());
    entry.set ("batches", batches);
    CASES.add (entry);
  }

  static ObjectNode decoded (RecordBatch batch) throws Exception {
    ObjectNode out = JSON.createObjectNode ();
    out.put ("baseOffset", batch.baseOffset ()).put ("lastOffset", batch.lastOffset ());
    out.put ("partitionLeaderEpoch", batch.partitionLeaderEpoch ());
    out.put ("sizeInBytes", batch.sizeInBytes ()).put ("crc", batch.checksum ());
    out.put ("compression", batch.compressionType ().name);
    out.put ("timestampType", batch.timestampType ().name);
    out.put ("maxTimestamp", batch.maxTimestamp ());
    out.put ("isTransactional", batch.isTransactional ());
    out.put ("isControl", batch.isControlBatch ());
    out.put ("producerId", batch.producerId ()).put ("producerEpoch", batch.producerEpoch ());
    out.put ("baseSequence", batch.baseSequence ());
    ArrayNode records = out.putArray ("records");
    for (Record record : batch)
      records.add (decoded (record, batch.isControlBatch ()));
    return out;
  }

  static ObjectNode decoded (Record record, boolean control) throws Exception {
    ObjectNode out = JSON.createObjectNode ();
    out.put ("offset", record.offset ()).put ("timestamp", record.timestamp ());
    out.put ("key", base64 (record.key ()));
    putValue (out, record.value ());
    if (control)
      out.put ("controlType", ControlRecordType.parse (record.key ()).name ());
    ArrayNode headers = out.putArray ("headers");
    for (Header header : record.headers ())
      headers.addObject ().put ("key", header.key ()).put ("value",
          header.value () == null ? null : base64 (ByteBuffer.wrap (header.value ())));
    return out;
  }

  /* Keeps the file small: of a long value the size and the sum. */
  static void putValue (ObjectNode out, ByteBuffer value) throws Exception {
    if (value == null || value.remaining () <= 1024)
      out.put ("value", base64 (value));
    else
      out.put ("valueSize", value.remaining ()).put ("valueSha256", HexFormat.of ().formatHex (
          MessageDigest.getInstance ("SHA-256").digest (bytes (value))));
  }

  static String base64 (ByteBuffer bytes) {
    return bytes == null ? null : Base64.getEncoder ().encodeToString (bytes (bytes));
  }
}
