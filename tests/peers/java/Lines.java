// SPDX-License-Identifier: GPL-3.0-or-later

import java.io.PrintStream;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.MessageFormatter;

/** Lets Kafka's console consumer print each record as a line of JSON, key and value in hex. */
public class Lines implements MessageFormatter {
    @Override
    public void writeTo(ConsumerRecord<byte[], byte[]> record, PrintStream output) {
        output.println("{\"topic\":\"" + record.topic() + "\",\"partition\":" + record.partition()
                + ",\"offset\":" + record.offset() + ",\"timestamp\":" + record.timestamp()
                + ",\"key\":" + hexed(record.key()) + ",\"value\":" + hexed(record.value()) + "}");
    }

    private static String hexed(byte[] data) {
        return data == null ? "null" : '"' + HexFormat.of().formatHex(data) + '"';
    }
}
