/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fills a broker by Kafka's own clients: topics in five codecs, of many partitions, compacted,
 * transactions committed, aborted and open, access lists, groups with committed offsets. Prints what
 * was written, one JSON object per line, then "ready", and keeps the open transaction open until its
 * standard input ends. Lines there: "spread", a topic on the brokers 1 and 2 in turn, told likewise;
 * "members", how many each group has.
 *
 * java -cp 'JARS/*' Seed.java BOOTSTRAP
 */
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.AppInfoParser;

public class Seed {
  static final String[] CODECS = {"none", "gzip", "snappy", "lz4", "zstd"};
  static final String[] TRANSACTIONS = {"committed", "aborted", "committed again", "aborted again"};
  /* How long others get to do what was asked of them: a cleaner, a second broker. */
  static final long PATIENCE_MS = 600000;
  static String bootstrap;

  public static void main (String[] args) throws Exception {
    bootstrap = args[0];
    topics ();
    for (String codec : CODECS)
      codec (codec);
    many ();
    logTime ();
    compacted ();
    KafkaProducer<byte[], byte[]> open = transactions ();
    groups ();
    ready ();
    BufferedReader asked = new BufferedReader (new InputStreamReader (System.in));
    for (String word; (word = asked.readLine ()) != null; ready ())
      if (word.equals ("spread"))
        spread ();
      else
        members ();
    open.close (Duration.ZERO);
  }

  static void ready () {
    System.out.println ("ready");
    System.out.flush ();
  }

  static Properties settings (Object... pairs) {
    Properties out = new Properties ();
    out.put ("bootstrap.servers", bootstrap);
    for (int i = 0; i < pairs.length; i += 2)
      out.put (pairs[i], pairs[i + 1]);
    return out;
  }

  static void topics () throws Exception {
    List<NewTopic> topics = new ArrayList<> ();
    for (String codec : CODECS)
      topics.add (new NewTopic ("codec-" + codec, 3, (short) 1));
    for (String name : new String[] {"tx", "tx-open", "empty", "denied", "unread"})
      topics.add (new NewTopic (name, 1, (short) 1));
    topics.add (new NewTopic ("many", 64, (short) 1));
    topics.add (new NewTopic ("log-time", 1, (short) 1).configs (Map.of (
        "message.timestamp.type", "LogAppendTime")));
    topics.add (new NewTopic ("compacted", 1, (short) 1).configs (Map.of (
        "cleanup.policy", "compact", "segment.ms", "5000", "min.cleanable.dirty.ratio", "0.001")));
    try (Admin admin = Admin.create (settings ())) {
      admin.createTopics (topics).all ().get ();
      List<AclBinding> rules = new ArrayList<> ();
      rule (rules, ResourceType.TOPIC, "denied", AclOperation.ALL);
      rule (rules, ResourceType.TOPIC, "unread", AclOperation.READ);
      rule (rules, ResourceType.GROUP, "denied-group", AclOperation.ALL);
      admin.createAcls (rules).all ().get ();
    }
  }

  /* A denial alone would shut everyone else out too. */
  static void rule (List<AclBinding> rules, ResourceType type, String name, AclOperation denied) {
    ResourcePattern what = new ResourcePattern (type, name, PatternType.LITERAL);
    rules.add (new AclBinding (what, new AccessControlEntry ("User:limited", "*", denied,
        AclPermissionType.DENY)));
    rules.add (new AclBinding (what, new AccessControlEntry ("User:*", "*", AclOperation.ALL,
        AclPermissionType.ALLOW)));
  }

  static KafkaProducer<byte[], byte[]> producer (Object... pairs) {
    return new KafkaProducer<> (settings (pairs), new ByteArraySerializer (),
        new ByteArraySerializer ());
  }

  static void codec (String codec) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer ("compression.type", codec,
             "linger.ms", "50")) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<> ();
      for (int i = 0; i < 100; i++)
        records.add (record ("codec-" + codec, i % 3, i));
      send (producer, records, true);
    }
  }

  /* Null and empty keys and values, headers without a value, of a name used twice, without a name. */
  static ProducerRecord<byte[], byte[]> record (String topic, int partition, int i) {
    byte[] key = i % 5 == 0 ? null : utf8 (i % 11 == 0 ? "" : "key-" + i);
    byte[] value = i % 7 == 0 ? null : utf8 (i % 13 == 0 ? "" : "value " + "caff\u00e8 ".repeat (i));
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<> (topic, partition,
        1760000000000L + i, key, value);
    if (i % 4 == 0)
      record.headers ().add ("trace", utf8 ("t" + i)).add ("none", null).add ("trace", utf8 (""));
    if (i % 9 == 0)
      record.headers ().add ("", new byte[] {0, (byte) 0xff, (byte) i});
    return record;
  }

  static void many () throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer ()) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<> ();
      for (int i = 0; i < 192; i++)
        records.add (record ("many", i % 64, i));
      send (producer, records, true);
    }
  }

  /* The broker's time stands in the head of the batch, and counts in place of the records' own. */
  static void logTime () throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer ("compression.type", "snappy",
             "linger.ms", "50")) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<> ();
      for (int i = 0; i < 20; i++)
        records.add (record ("log-time", 0, i));
      send (producer, records, true);
    }
  }

  /* Each round is a segment of its own, since its records are 10 s younger. Of ten keys, then four
   * of them, one alone, three, what remains has gaps everywhere; the last segment is never cleaned. */
  static void compacted () throws Exception {
    String[][] rounds = {{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}, {"2", "4", "6", "8"},
        {"0"}, {"0", "1", "2"}, {"tail"}};
    Map<String, ProducerRecord<byte[], byte[]>> newest = new HashMap<> ();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<> ();
    List<RecordMetadata> places = new ArrayList<> ();
    try (KafkaProducer<byte[], byte[]> producer = producer ("compression.type", "zstd")) {
      for (int round = 0; round < rounds.length; round++) {
        List<Future<RecordMetadata>> sent = new ArrayList<> ();
        for (String key : rounds[round]) {
          ProducerRecord<byte[], byte[]> record = new ProducerRecord<> ("compacted", 0,
              1760000000000L + round * 10000, utf8 (key), utf8 (key + " in " + round));
          newest.put (key, record);
          records.add (record);
          sent.add (producer.send (record));
        }
        producer.flush ();
        for (Future<RecordMetadata> one : sent)
          places.add (one.get ());
      }
    }
    for (int i = 0; i < records.size (); i++)
      print (places.get (i), records.get (i), newest.containsValue (records.get (i)));
    await ("the cleaner", () -> count ("compacted") == newest.size ());
  }

  interface Condition {
    boolean holds () throws Exception;
  }

  static void await (String whom, Condition condition) throws Exception {
    long end = System.currentTimeMillis () + PATIENCE_MS;
    while (!condition.holds ()) {
      if (System.currentTimeMillis () > end)
        throw new IllegalStateException ("waited too long for " + whom);
      Thread.sleep (100);
    }
  }

  /* What a consumer reads of partition 0. */
  static int count (String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer ()) {
      TopicPartition where = new TopicPartition (topic, 0);
      consumer.assign (List.of (where));
      consumer.seekToBeginning (List.of (where));
      long end = consumer.endOffsets (List.of (where)).get (where);
      int count = 0;
      while (consumer.position (where) < end)
        count += consumer.poll (Duration.ofMillis (100)).count ();
      return count;
    }
  }

  static void batch (KafkaProducer<byte[], byte[]> producer, String topic, String what, int count,
                     boolean kept) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<> ();
    for (int i = 0; i < count; i++)
      records.add (new ProducerRecord<> (topic, 0, 1760000000000L + i, utf8 (what + i),
          utf8 (what)));
    send (producer, records, kept);
  }

  static KafkaProducer<byte[], byte[]> transactions () throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer ("transactional.id", "one",
             "compression.type", "lz4")) {
      producer.initTransactions ();
      for (String what : TRANSACTIONS) {
        producer.beginTransaction ();
        batch (producer, "tx", what, 3, what.startsWith ("committed"));
        if (what.startsWith ("committed"))
          producer.commitTransaction ();
        else
          producer.abortTransaction ();
      }
    }
    try (KafkaProducer<byte[], byte[]> producer = producer ()) {
      batch (producer, "tx", "no transaction", 2, true);
      batch (producer, "tx-open", "before", 2, true);
      batch (producer, "denied", "secret", 2, true);
      batch (producer, "unread", "secret", 2, true);
    }
    KafkaProducer<byte[], byte[]> open = producer ("transactional.id", "two",
        "transaction.timeout.ms", "900000");
    open.initTransactions ();
    open.beginTransaction ();
    batch (open, "tx-open", "open", 2, false);
    try (KafkaProducer<byte[], byte[]> producer = producer ()) {
      batch (producer, "tx-open", "behind", 2, false);
    }
    return open;
  }

  static KafkaConsumer<byte[], byte[]> consumer (Object... pairs) {
    return new KafkaConsumer<> (settings (pairs), new ByteArrayDeserializer (),
        new ByteArrayDeserializer ());
  }

  /* One group assigns itself a partition, others subscribe and commit how far they came. */
  static void groups () {
    TopicPartition where = new TopicPartition ("codec-none", 1);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer ("group.id", "peer-assigned",
             "enable.auto.commit", "false")) {
      consumer.assign (List.of (where));
      consumer.commitSync (Map.of (where, new OffsetAndMetadata (7)));
      print ("peer-assigned", where.topic (), 7);
    }
    subscribed ("peer-subscribed", where.topic (), "classic");
    if (!AppInfoParser.getVersion ().startsWith ("3.")) /* whose brokers do not have it switched on */
      subscribed ("peer-balanced-by-broker", where.topic (), "consumer");
  }

  static void subscribed (String group, String topic, String protocol) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer ("group.id", group, "group.protocol",
             protocol, "enable.auto.commit", "false", "auto.offset.reset", "earliest",
             "max.poll.records", "70")) {
      consumer.subscribe (List.of (topic));
      for (int count = 0; count < 70;)
        count += consumer.poll (Duration.ofSeconds (1)).count ();
      consumer.commitSync ();
      long farthest = -1;
      for (OffsetAndMetadata one : consumer.committed (consumer.assignment ()).values ())
        farthest = Math.max (farthest, one != null ? one.offset () : -1);
      print (group, topic, farthest);
    }
  }

  /* Half of its partitions are led by each of two brokers. */
  static void spread () throws Exception {
    Map<Integer, List<Integer>> places = new HashMap<> ();
    for (int i = 0; i < 6; i++)
      places.put (i, List.of (1 + i % 2));
    try (Admin admin = Admin.create (settings ())) {
      await ("a second broker", () -> admin.describeCluster ().nodes ().get ().size () == 2);
      admin.createTopics (List.of (new NewTopic ("spread", places))).all ().get ();
    }
    try (KafkaProducer<byte[], byte[]> producer = producer ("compression.type", "gzip")) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<> ();
      for (int i = 0; i < 120; i++)
        records.add (record ("spread", i % 6, i));
      send (producer, records, true);
    }
  }

  @SuppressWarnings ("deprecation") /* what both versions know */
  static void members () throws Exception {
    List<String> names = new ArrayList<> ();
    try (Admin admin = Admin.create (settings ())) {
      admin.listConsumerGroups ().all ().get ().forEach (one -> names.add (one.groupId ()));
      admin.describeConsumerGroups (names).all ().get ().forEach ((name, group) -> System.out.printf (
          "{\"member_of\":\"%s\",\"members\":%d}%n", name, group.members ().size ()));
    }
  }

  /* Several records share a batch, so their places are known only after a flush. */
  static void send (KafkaProducer<byte[], byte[]> producer,
                    List<ProducerRecord<byte[], byte[]>> records, boolean kept) throws Exception {
    List<Future<RecordMetadata>> places = new ArrayList<> ();
    for (ProducerRecord<byte[], byte[]> record : records)
      places.add (producer.send (record));
    producer.flush ();
    for (int i = 0; i < places.size (); i++)
      print (places.get (i).get (), records.get (i), kept);
  }

  /* kept: a reader of committed records gets it. */
  static void print (RecordMetadata where, ProducerRecord<byte[], byte[]> record, boolean kept) {
    List<String> headers = new ArrayList<> ();
    for (Header header : record.headers ())
      headers.add ("[" + base64 (utf8 (header.key ())) + "," + base64 (header.value ()) + "]");
    System.out.printf ("{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d,\"timestamp\":%d,"
        + "\"key\":%s,\"value\":%s,\"headers\":[%s],\"committed\":%b}%n", where.topic (),
        where.partition (), where.offset (), where.timestamp (), base64 (record.key ()),
        base64 (record.value ()), String.join (",", headers), kept);
  }

  static void print (String group, String topic, long committed) {
    System.out.printf ("{\"group\":\"%s\",\"topic\":\"%s\",\"committed\":%d}%n", group, topic,
        committed);
  }

  static byte[] utf8 (String text) {
    return text.getBytes (StandardCharsets.UTF_8);
  }

  static String base64 (byte[] bytes) {
    return bytes == null ? "null" : '"' + Base64.getEncoder ().encodeToString (bytes) + '"';
  }
}
