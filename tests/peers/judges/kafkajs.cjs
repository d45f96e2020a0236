// SPDX-License-Identifier: GPL-3.0-or-later
//
// kafkajs.cjs SETTINGS topics            KafkaJS lists the topics
// kafkajs.cjs SETTINGS consume COUNT TOPIC..  ... and reads COUNT records in a group, by itself
// kafkajs.cjs SETTINGS schemas SUBJECT.. its registry client tells id and fields of each subject's
//                                        schema, or the error
// kafkajs.cjs SETTINGS decode CAPTURE    ... and decodes keys and values, given as lines of JSON in
//                                        hex; prints them, or the error, as lines of JSON
'use strict';

const fs = require('node:fs');
const https = require('node:https');

const PATIENCE_MS = 120000;
const [, , file, command, ...rest] = process.argv;
const known = JSON.parse(fs.readFileSync(file, 'utf8'));
const say = (value) => process.stdout.write(JSON.stringify(value) + '\n');

function registry() {
  const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

  return new SchemaRegistry({
    host: known.registry,
    auth: { username: known.username, password: known.token },
    agent: new https.Agent({ ca: fs.readFileSync(known.ca_file) }),
    retry: { retries: 0 },
  });
}

function kafka() {
  const { Kafka, logLevel } = require('kafkajs');

  return new Kafka({
    brokers: [known.bootstrap],
    ssl: { ca: [fs.readFileSync(known.ca_file)] },
    sasl: { mechanism: 'plain', username: known.username, password: known.token },
    connectionTimeout: PATIENCE_MS,
    authenticationTimeout: PATIENCE_MS,
    requestTimeout: PATIENCE_MS,
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  });
}

async function topics() {
  const admin = kafka().admin();

  await admin.connect();
  try {
    say(await admin.listTopics());
  } finally {
    await admin.disconnect();
  }
}

async function consume() {
  const consumer = kafka().consumer({ groupId: known.group, maxWaitTimeInMs: 500 });
  const hexed = (data) => (data === null ? null : data.toString('hex'));
  let left = Number(rest[0]);

  await consumer.connect();
  await consumer.subscribe({ topics: rest.slice(1), fromBeginning: true });
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer.run({
      eachMessage: async ({ topic, partition, message }) => {
        const { offset, timestamp, key, value } = message;
        say({ topic, partition, offset: Number(offset), timestamp: Number(timestamp),
          key: hexed(key), value: hexed(value) });
        if (--left === 0) resolve();
      },
    });
  });
  await consumer.disconnect();
}

async function schemas() {
  const client = registry();

  for (const subject of rest) {
    const id = await client.getLatestSchemaId(subject);
    const found = await client.getSchema(id).then(
      (schema) => schema.fields.map((field) => field.name),
      (error) => error.message,
    );
    say([subject, id, found]);
  }
}

async function decode() {
  const client = registry();
  const read = async (data) => (data === null ? null : client.decode(Buffer.from(data, 'hex')));

  for (const line of fs.readFileSync(rest[0], 'utf8').split('\n').filter(Boolean)) {
    const record = JSON.parse(line);
    for (const part of ['key', 'value']) {
      try {
        record[part] = await read(record[part]);
      } catch (error) {
        record[part] = { error: String(error) };
      }
    }
    say(record);
  }
}

({ topics, consume, schemas, decode })[command]().catch((error) => {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
});
