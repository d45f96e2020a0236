/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fills a broker by Kafka's own clients: topics in five codecs, transactions committed, aborted and
 * open, access lists, a group with committed offsets. Prints what was written, one JSON object per
 * line, then "ready", and keeps the open transaction open until its standard input ends.
 *
 * java -cp 'JARS/*' Seed.java BOOTSTRAP
 */
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

public class Seed {
  static final String[] CODECS = {"none", "gzip", "snappy", "lz4", "zstd"};
  static final String[] TRANSACTIONS = {"committed", "aborted", "committed again", "aborted again"};
  static String bootstrap;

  public static void main (String[] args) throws Exception {
    bootstrap = args[0];
    topics ();
    for (String codec : CODECS)
      codec (codec);
    KafkaProducer<byte[], byte[]> open = transactions ();
    group ();
    System.out.println ("ready");
    System.out.flush ();
    while (System.in.read () >= 0)
      continue;
    open.close (Duration.ZERO);
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
      for (int i = 0; i < 100; i++) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<> ("codec-" + codec, i % 3,
            1760000000000L + i, i % 5 == 0 ? null : utf8 ("key-" + i),
            i % 7 == 0 ? null : utf8 ("value " + i + " " + "caff\u00e8 ".repeat (i)));
        if (i % 4 == 0)
          record.headers ().add ("trace", utf8 ("t" + i)).add ("none", null);
        records.add (record);
      }
      send (producer, records, true);
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
    try (KafkaProducer<byte[], byte[]> producer = producer ("transactional.id", "one")) {
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
        "transaction.timeout.ms", "600000");
    open.initTransactions ();
    open.beginTransaction ();
    batch (open, "tx-open", "open", 2, false);
    try (KafkaProducer<byte[], byte[]> producer = producer ()) {
      batch (producer, "tx-open", "behind", 2, false);
    }
    return open;
  }

  static void group () {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<> (
             settings ("group.id", "peer-group", "enable.auto.commit", "false"),
             new ByteArrayDeserializer (), new ByteArrayDeserializer ())) {
      TopicPartition where = new TopicPartition ("codec-none", 1);
      consumer.assign (List.of (where));
      consumer.commitSync (Map.of (where, new OffsetAndMetadata (7)));
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
    System.out.printf ("{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d,\"timestamp\":%d,"
        + "\"key\":%s,\"value\":%s,\"committed\":%b}%n", where.topic (), where.partition (),
        where.offset (), where.timestamp (), base64 (record.key ()), base64 (record.value ()),
        kept);
  }

  static byte[] utf8 (String text) {
    return text.getBytes (StandardCharsets.UTF_8);
  }

  static String base64 (byte[] bytes) {
    return bytes == null ? "null" : '"' + Base64.getEncoder ().encodeToString (bytes) + '"';
  }
}
