/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes one JSON file per API: requests and responses as Apache Kafka's own message classes encode
 * them, each with its decoded form. See README.md beside this file.
 *
 * java -cp 'JARS/*' GenerateFrames.java samples.json OUTPUT-FOLDER
 */
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.RequestHeaderDataJsonConverter;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.message.ResponseHeaderDataJsonConverter;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;

public class GenerateFrames {
  static final ObjectMapper JSON = new ObjectMapper();

  /* Beyond these Barista speaks nothing, on either side. */
  static final Object[][] APIS = {
      {"Produce", 0, 3, 9}, {"Fetch", 1, 4, 12}, {"ListOffsets", 2, 1, 9}, {"Metadata", 3, 1, 12},
      {"OffsetCommit", 8, 2, 8}, {"OffsetFetch", 9, 1, 7}, {"FindCoordinator", 10, 0, 4},
      {"JoinGroup", 11, 0, 9}, {"Heartbeat", 12, 0, 4}, {"LeaveGroup", 13, 0, 5},
      {"SyncGroup", 14, 0, 5}, {"ListGroups", 16, 0, 5}, {"SaslHandshake", 17, 0, 1},
      {"ApiVersions", 18, 0, 4}, {"OffsetForLeaderEpoch", 23, 2, 2}, {"DescribeConfigs", 32, 0, 4},
      {"SaslAuthenticate", 36, 0, 2}, {"DeleteGroups", 42, 0, 2}};

  static final String[] CLIENTS = {"barista", null, "", "caff\u00e8-\u5317\u4eac-\ud83d\ude80"};
  /* A compact length is written plus one, so 126 is the last that fits in one byte. */
  static final String[] STRINGS = {
      "Z\u00fcrich/\u00f6rd\u00e9rs \u5317\u4eac \ud83d\ude80", ".", "a".repeat (126), "orders",
      "acmeCo/orders", "b".repeat (127), "acmeCo.2Forders"};
  static final String[] BYTES = {"", "AA==", Base64.getEncoder().encodeToString (new byte[127])};

  enum Fill {
    EMPTY ("empty"), NULL ("null"), EDGE ("edge"), EDGE_WITHOUT_TAGS ("edge");

    final String note;

    Fill (String note) {
      this.note = note;
    }

    boolean isEdge () {
      return this == EDGE || this == EDGE_WITHOUT_TAGS;
    }
  }

  public static void main (String[] args) throws Exception {
    ArrayNode samples = (ArrayNode) JSON.readTree (Files.readString (Path.of (args[0])));
    int total = 0;
    for (Object[] row : APIS) {
      Api api = new Api ((String) row[0], (Integer) row[1]);
      for (int version = (Integer) row[2]; version <= (Integer) row[3]; version++)
        for (boolean request : new boolean[] {true, false})
          api.addVersion (samples, (short) version, request);
      total += api.write (Path.of (args[1]));
    }
    System.out.println (total + " frames");
  }

  static class Api {
    final String name;
    final int key;
    final ApiMessageType type;
    final List<ObjectNode> frames = new ArrayList<> ();

    Api (String name, int key) {
      this.name = name;
      this.key = key;
      this.type = ApiMessageType.fromApiKey ((short) key);
    }

    void addVersion (ArrayNode samples, short version, boolean request) throws Exception {
      Set<String> seen = new LinkedHashSet<> ();
      Schema schema = (request ? type.requestSchemas () : type.responseSchemas ())[version];
      for (JsonNode sample : samples)
        if (applies (sample, version, request))
          add (seen, version, request, sample.get ("note").asText (),
              keepKnown (schema, sample.get ("body")));
      Fill edge = edge (schema, version, request);
      for (Fill fill : new Fill[] {Fill.EMPTY, Fill.NULL, edge})
        add (seen, version, request, fill.note, fillStruct (schema, fill, 0));
      if (isFlexible (schema))
        addTagged (seen, version, request, fillStruct (schema, edge, 1));
    }

    /* A schema also lists tags that came after its version; Kafka refuses to write those. */
    Fill edge (Schema schema, short version, boolean request) throws Exception {
      try {
        bytes (read (fillStruct (schema, Fill.EDGE, 0), version, request), version);
        return Fill.EDGE;
      } catch (UnsupportedVersionException e) {
        return Fill.EDGE_WITHOUT_TAGS;
      }
    }

    boolean applies (JsonNode sample, short version, boolean request) {
      return sample.get ("api").asText ().equals (name)
          && sample.get ("kind").asText ().equals (request ? "request" : "response")
          && version >= sample.path ("from").asInt (0) && version <= sample.path ("to").asInt (99);
    }

    short headerVersion (short version, boolean request) {
      return request ? type.requestHeaderVersion (version) : type.responseHeaderVersion (version);
    }

    void add (Set<String> seen, short version, boolean request, String note, JsonNode body)
        throws Exception {
      ApiMessage message = read (body, version, request);
      append (seen, version, request, note, message, body, false);
    }

    /* Fields of a tag that no version of ours knows, in the header, the body and what it holds. */
    void addTagged (Set<String> seen, short version, boolean request, JsonNode body)
        throws Exception {
      ApiMessage message = read (body, version, request);
      tagAll (message);
      append (seen, version, request, "unknown tagged fields", message, body, true);
    }

    void append (Set<String> seen, short version, boolean request, String note, ApiMessage message,
                 JsonNode source, boolean tagged) throws Exception {
      short headerVersion = headerVersion (version, request);
      ApiMessage header = header (version, request, frames.size ());
      if (tagged && headerVersion >= (request ? 2 : 1))
        tagAll (header);
      byte[] body = bytes (message, version);
      if (!seen.add (HexFormat.of ().formatHex (body) + tagged))
        return;
      ApiMessage again = request ? type.newRequest () : type.newResponse ();
      ByteBufferAccessor reader = new ByteBufferAccessor (ByteBuffer.wrap (body));
      again.read (reader, version);
      if (reader.remaining () != 0 || !again.equals (message))
        throw new IllegalStateException (name + " " + version + " does not read back: " + note);

      ObjectNode frame = JSON.createObjectNode ();
      frame.put ("api", name).put ("api_key", key).put ("version", version);
      frame.put ("kind", request ? "request" : "response").put ("header_version", headerVersion);
      frame.put ("note", note);
      if (tagged)
        frame.put ("unknown_tags", true);
      frame.put ("hex", HexFormat.of ().formatHex (bytes (header, headerVersion))
          + HexFormat.of ().formatHex (body));
      frame.set ("header", headerJson (header, headerVersion, request));
      JsonNode decoded = json (again, version, request);
      restoreRecords (decoded, source);
      frame.set ("body", decoded);
      frames.add (frame);
    }

    ApiMessage header (short version, boolean request, int index) {
      if (!request)
        return new ResponseHeaderData ().setCorrelationId (index % 2 == 0 ? index : -1 - index);
      return new RequestHeaderData ().setRequestApiKey ((short) key).setRequestApiVersion (version)
          .setCorrelationId (index % 3 == 0 ? Integer.MAX_VALUE : index)
          .setClientId (CLIENTS[index % CLIENTS.length]);
    }

    static JsonNode headerJson (ApiMessage header, short version, boolean request) {
      return request ? RequestHeaderDataJsonConverter.write ((RequestHeaderData) header, version)
                     : ResponseHeaderDataJsonConverter.write ((ResponseHeaderData) header, version);
    }

    Class<?> converter (boolean request) throws Exception {
      return Class.forName ("org.apache.kafka.common.message." + name
          + (request ? "Request" : "Response") + "DataJsonConverter");
    }

    ApiMessage read (JsonNode body, short version, boolean request) throws Exception {
      Method read = converter (request).getMethod ("read", JsonNode.class, short.class);
      return (ApiMessage) read.invoke (null, body, version);
    }

    JsonNode json (ApiMessage message, short version, boolean request) throws Exception {
      Method write = converter (request).getMethod ("write", message.getClass (), short.class);
      /* As text and back: binary nodes become the base64 that the file holds. */
      return JSON.readTree (JSON.writeValueAsString (write.invoke (null, message, version)));
    }

    int write (Path folder) throws Exception {
      String file = name.replaceAll ("([a-z])([A-Z])", "$1-$2").toLowerCase () + ".json";
      try (PrintWriter out = new PrintWriter (folder.resolve (file).toFile (), "UTF-8")) {
        out.print ("[\n");
        for (int i = 0; i < frames.size (); i++)
          out.print (JSON.writeValueAsString (frames.get (i))
              + (i + 1 < frames.size () ? ",\n" : "\n"));
        out.print ("]\n");
      }
      return frames.size ();
    }
  }

  static byte[] bytes (Message message, short version) {
    ObjectSerializationCache cache = new ObjectSerializationCache ();
    ByteBuffer buffer = ByteBuffer.allocate (message.size (cache, version));
    message.write (new ByteBufferAccessor (buffer), cache, version);
    if (buffer.hasRemaining ())
      throw new IllegalStateException ("size and bytes of a message differ");
    return buffer.array ();
  }

  static boolean isFlexible (Schema schema) {
    for (BoundField field : schema.fields ())
      if (field.def.type instanceof TaggedFields)
        return true;
    return false;
  }

  /* Kafka's converter prints each records field empty; the bytes stand in what it was read from. */
  static void restoreRecords (JsonNode decoded, JsonNode source) {
    if (decoded instanceof ObjectNode object)
      object.fieldNames ().forEachRemaining (name -> {
        if (name.equals ("records"))
          object.set (name, source.get (name));
        else if (source.has (name))
          restoreRecords (object.get (name), source.get (name));
      });
    else if (decoded.isArray ())
      for (int i = 0; i < decoded.size (); i++)
        restoreRecords (decoded.get (i), source.get (i));
  }

  static void tagAll (Message message) throws Exception {
    message.unknownTaggedFields ().add (new RawTaggedField (999, "barista".getBytes ()));
    message.unknownTaggedFields ().add (new RawTaggedField (70000, new byte[0]));
    for (Method method : message.getClass ().getMethods ()) {
      if (method.getParameterCount () != 0 || method.getName ().equals ("unknownTaggedFields")
          || method.getName ().equals ("duplicate"))
        continue;
      if (Message.class.isAssignableFrom (method.getReturnType ()))
        tagUnlessDefault ((Message) method.invoke (message));
      else if (Iterable.class.isAssignableFrom (method.getReturnType ()))
        tagElements ((Iterable<?>) method.invoke (message));
    }
  }

  /* A struct that its version does not write has to stay as it was made. */
  static void tagUnlessDefault (Message member) throws Exception {
    if (!member.equals (member.getClass ().getConstructor ().newInstance ()))
      tagAll (member);
  }

  static void tagElements (Iterable<?> list) throws Exception {
    if (list != null && !(list instanceof org.apache.kafka.common.record.BaseRecords))
      for (Object element : list)
        if (element instanceof Message message)
          tagAll (message);
  }

  /* A sample holds the fields of all versions; kept are those that this version has. */
  static JsonNode keepKnown (Type type, JsonNode value) throws Exception {
    if (type.isArray () && value.isArray ()) {
      ArrayNode array = JSON.createArrayNode ();
      for (JsonNode element : value)
        array.add (keepKnown (type.arrayElementType ().get (), element));
      return array;
    }
    if (!(type instanceof Schema schema) || !value.isObject ())
      return value;
    ObjectNode object = JSON.createObjectNode ();
    for (BoundField bound : schema.fields ())
      if (bound.def.type instanceof TaggedFields tagged)
        for (Field field : knownTags (tagged).values ())
          keepField (object, field, value);
      else
        keepField (object, bound.def, value);
    return object;
  }

  static void keepField (ObjectNode object, Field field, JsonNode value) throws Exception {
    String name = camelCase (field.name);
    if (value.has (name))
      object.set (name, keepKnown (field.type, value.get (name)));
  }

  static ObjectNode fillStruct (Schema schema, Fill fill, int index) throws Exception {
    ObjectNode object = JSON.createObjectNode ();
    for (BoundField bound : schema.fields ()) {
      if (bound.def.type instanceof TaggedFields tagged) {
        if (fill == Fill.EDGE)
          for (Map.Entry<Integer, Field> entry : knownTags (tagged).entrySet ())
            object.set (camelCase (entry.getValue ().name),
                fillValue (entry.getValue ().type, fill, index + entry.getKey ()));
      } else {
        object.set (camelCase (bound.def.name), fillValue (bound.def.type, fill, index));
      }
      index++;
    }
    return object;
  }

  @SuppressWarnings ("unchecked")
  static Map<Integer, Field> knownTags (TaggedFields tagged) throws Exception {
    java.lang.reflect.Field fields = TaggedFields.class.getDeclaredField ("fields");
    fields.setAccessible (true);
    return (Map<Integer, Field>) fields.get (tagged);
  }

  static JsonNode fillValue (Type type, Fill fill, int index) throws Exception {
    if (fill == Fill.NULL && type.isNullable ())
      return JSON.nullNode ();
    if (type instanceof Schema schema)
      return fillStruct (schema, fill, index);
    if (type.isArray ())
      return fillArray (type.arrayElementType ().get (), fill, index);
    return fillPrimitive (type.toString (), fill.isEdge () ? index : -1);
  }

  /* NULL keeps one element, so that what an element holds is null too. */
  static ArrayNode fillArray (Type element, Fill fill, int index) throws Exception {
    ArrayNode array = JSON.createArrayNode ();
    int count = fill == Fill.EMPTY ? 0 : fill == Fill.NULL ? 1 : 2;
    for (int i = 0; i < count; i++)
      array.add (fillValue (element, fill, index + i));
    return array;
  }

  static JsonNode fillPrimitive (String type, int index) {
    boolean low = index % 2 == 0;
    return switch (type.replace ("COMPACT_", "").replace ("NULLABLE_", "")) {
      case "BOOLEAN" -> JSON.getNodeFactory ().booleanNode (index >= 0 && low);
      case "INT8" -> number (index, low, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case "INT16" -> number (index, low, Short.MIN_VALUE, Short.MAX_VALUE);
      case "INT32" -> number (index, low, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "INT64" -> number (index, low, Long.MIN_VALUE, Long.MAX_VALUE);
      case "UUID" -> JSON.getNodeFactory ().textNode (index < 0 ? "AAAAAAAAAAAAAAAAAAAAAA"
          : low ? "-_8BAgMEBQYHCAkKCwwNDg" : "_____________________w");
      case "STRING" -> text (index, STRINGS);
      case "BYTES", "RECORDS" -> text (index, BYTES);
      default -> throw new IllegalStateException ("no value for " + type);
    };
  }

  static JsonNode number (int index, boolean low, long min, long max) {
    return JSON.getNodeFactory ().numberNode (index < 0 ? 0L : low ? min : max);
  }

  static JsonNode text (int index, String[] choice) {
    return JSON.getNodeFactory ().textNode (index < 0 ? "" : choice[index % choice.length]);
  }

  static String camelCase (String name) {
    StringBuilder out = new StringBuilder ();
    for (String word : name.split ("_"))
      out.append (out.length () == 0 ? word.substring (0, 1) : word.substring (0, 1).toUpperCase ())
          .append (word.substring (1));
    return out.toString ();
  }
}
