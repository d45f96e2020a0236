/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cause.h"

#include <glib/gi18n-lib.h>

#define ERROR BARISTA_CAUSE_ERROR
#define STATE BARISTA_CAUSE_STATE
#define HINT BARISTA_CAUSE_HINT

/* Ids are relied on from outside: add, never rename. {words} are facts of the evidence. A row
 * without `body_other` says the same of every server. */
static const BaristaCause causes[] = {
  { "address-is-url", ERROR, "lint", N_ ("This is a web address"),
    N_ ("Kafka needs a host and a port, such as dekaf.estuary-data.com:9092."),
    N_ ("Kafka needs a host and a port, such as kafka.example.com:9092."), "use-host-port" },
  { "port-added", HINT, "lint", N_ ("Port 9092 added"),
    N_ ("The address had no port; Kafka's usual one was taken."), NULL, NULL },
  { "address-invalid", ERROR, "lint", N_ ("Check the address"),
    N_ ("“{value}” is not a host and a port. Write it as host:port."), NULL, "focus-field" },
  { "username-invalid", ERROR, "lint", N_ ("Use the full materialization name"),
    N_ ("It looks like acmeCo/prod/tinybird, with slashes."), N_ ("A sign-in needs a user name."),
    "open-estuary" },
  { "password-empty", ERROR, "lint", N_ ("Enter the auth token"), N_ ("{username} has none here."),
    NULL, "focus-field copy-request" },
  { "registry-url-has-credentials", ERROR, "lint",
    N_ ("Sign-in details don't belong in the address"),
    N_ ("The registry's address holds a user name or a password. Give them as the sign-in."), NULL,
    "move-credentials" },
  { "registry-url-invalid", ERROR, "lint", N_ ("Check the registry's address"),
    N_ ("“{value}” is not a web address. It starts with https:// and a host."), NULL,
    "focus-field" },
  { "name-not-found", ERROR, "name", N_ ("Address not found"),
    N_ ("No server is called {host}. Check the spelling."), NULL, "use-default" },
  { "name-lookup-failed", ERROR, "name", N_ ("The address couldn't be looked up"),
    N_ ("The name service gave no answer for {host}. Try again in a moment."), NULL, "try-again" },
  { "offline", ERROR, "name tcp", N_ ("No network connection"), N_ ("Reconnect and try again."),
    NULL, "try-again" },
  { "connection-refused", ERROR, "tcp", N_ ("Nothing is listening on port {port}"),
    N_ ("{host} answered, but not on this port. Kafka on Dekaf uses 9092."),
    N_ ("{host} answered, but not on this port. Check the port."), "use-9092" },
  { "connection-timed-out", ERROR, "tcp", N_ ("Port {port} doesn't answer"),
    N_ ("No answer came from {host} on port {port}. Your network may block it."), NULL,
    "copy-it-text" },
  { "no-route", ERROR, "tcp", N_ ("No route to {host}"),
    N_ ("None of its addresses can be reached from this network. Check the connection or the VPN."),
    NULL, "try-again" },
  { "connection-closed-at-once", ERROR, "tcp tls hello", N_ ("{host} hangs up at once"),
    N_ ("It may have too many connections, or a firewall closes them."), NULL,
    "try-again copy-it-text" },
  { "captive-portal", ERROR, "tcp registry", N_ ("Sign in to this network first"),
    N_ ("A login page answered instead of {host}."), NULL, "open-login-page" },
  { "proxy-required", ERROR, "tcp", N_ ("A proxy is set"),
    N_ ("Kafka can't use an HTTP proxy. Ask for a direct way to port {port}."), NULL,
    "copy-it-text" },
  { "sandbox-no-network", ERROR, "name tcp", N_ ("This app has no network permission"),
    N_ ("Its sandbox keeps it from the network. Allow it and try again."), NULL, "show-override" },
  { "tls-server-plaintext", ERROR, "tls", N_ ("The server closed the secure connection"),
    N_ ("It expects an unencrypted one on port {port}. Dekaf and Tinybird need SASL_SSL."),
    N_ ("It expects an unencrypted one on port {port}. Tinybird needs SASL_SSL."), "use-sasl-ssl" },
  { "tls-server-http", ERROR, "tls", N_ ("That port is not encrypted"),
    N_ ("{host}:{port} answers as a web server without TLS. Use 9092."),
    N_ ("{host}:{port} answers as a web server without TLS. Use Kafka's port."), "use-9092" },
  { "plaintext-server-tls", ERROR, "hello", N_ ("Turn on encryption"),
    N_ ("{host} only accepts TLS. Choose SASL_SSL."), NULL, "use-sasl-ssl" },
  { "tls-unknown-ca", ERROR, "tls", N_ ("Certificate not trusted"),
    N_ ("{host}'s certificate was issued by “{certificate_issuer}”, which isn't trusted here."),
    NULL, "show-certificate add-ca-file" },
  { "tls-wrong-host", ERROR, "tls", N_ ("Certificate is for another server"),
    N_ ("It names {certificate_names}, not {host}."), NULL, "use-name" },
  { "tls-expired", ERROR, "tls", N_ ("Certificate expired on {certificate_not_after}"),
    N_ ("Only the server's owner can renew it."), NULL, "copy-details" },
  { "tls-not-yet-valid", ERROR, "tls", N_ ("Check this computer's clock"),
    N_ ("It says {clock}; the certificate is valid from {certificate_not_before}."), NULL,
    "open-date-time" },
  { "tls-weak-certificate", ERROR, "tls", N_ ("Certificate is too weak"),
    N_ ("{host}'s certificate uses an algorithm that is no longer safe."), NULL, "copy-details" },
  { "ca-file-invalid", ERROR, "name tls", N_ ("This file isn't a CA certificate"),
    N_ ("{ca_file} holds none. Choose a PEM file that starts with BEGIN CERTIFICATE."), NULL,
    "choose-ca-file" },
  { "tls-no-common-version", ERROR, "tls", N_ ("No common encryption"),
    N_ ("{host} offered nothing that is still safe. It needs TLS 1.2 or newer."), NULL,
    "copy-details" },
  { "tls-client-certificate-required", ERROR, "tls hello", N_ ("{host} wants a client certificate"),
    N_ ("Barista signs in with a name and a password. Use a listener with SASL_SSL."), NULL,
    "copy-details" },
  { "server-silent", ERROR, "tls hello metadata topic sample group registry",
    N_ ("No answer from {host}"),
    N_ ("It accepted the connection but stayed silent for {waited_s} s."), NULL, "try-again" },
  { "server-is-http", ERROR, "hello", N_ ("This is the web port"),
    N_ ("{host}:{port} is the schema registry. Kafka uses 9092."),
    N_ ("{host}:{port} is a web server. Use Kafka's port."), "use-9092" },
  { "server-not-kafka", ERROR, "hello", N_ ("This isn't a Kafka server"),
    N_ ("{host}:{port} answered something else than Kafka. Check host and port."), NULL,
    "use-default" },
  { "no-common-api-version", ERROR, "hello metadata topic sample group",
    N_ ("This version can't talk to {host}"),
    N_ ("No version of {api} is known to both sides. Update the app."), NULL, "copy-details" },
  { "sasl-mechanism-refused", ERROR, "sasl", N_ ("Use {mechanisms}"),
    N_ ("{host} accepts no other way to sign in."), NULL, "use-mechanism" },
  { "sign-in-required", ERROR, "sasl metadata", N_ ("{host} wants a sign-in"),
    N_ ("It closed the connection without one. Choose SASL_SSL and enter a name and a password."),
    NULL, "use-sasl-ssl" },
  { "sign-in-not-offered", ERROR, "sasl", N_ ("{host} offers no sign-in here"),
    N_ ("This port takes connections without one."), NULL, "use-no-sign-in" },
  { "sign-in-refused", ERROR, "sasl registry", N_ ("Sign-in refused"),
    N_ ("Estuary accepts neither this name with this token nor says which is wrong. Compare the "
        "name in Estuary; paste the token again from its author."),
    N_ ("{host} accepts neither this name with this password nor says which is wrong. Check "
        "both."),
    "paste-token copy-request try-again" },
  { "task-not-published", STATE, "sasl registry", N_ ("Not in Estuary yet"),
    N_ ("The address works. Publish the task; the next check finds it."), NULL, "show-publish" },
  { "username-legacy", ERROR, "lint sasl", N_ ("Old sign-in style"),
    N_ ("This is a login for an older Dekaf. It now uses the materialization name and its token."),
    NULL, "convert" },
  { "sign-in-slow", STATE, "sasl", N_ ("Estuary is slow to check your sign-in"),
    N_ ("This can take half a minute."), NULL, "keep-waiting" },
  { "sign-in-unavailable", ERROR, "sasl registry", N_ ("Estuary couldn't check your sign-in"),
    N_ ("Your details may be right. Try again in a minute."),
    N_ ("{host} couldn't check the sign-in. Your details may be right."), "try-again" },
  { "sign-in-closed", ERROR, "sasl", N_ ("Connection closed while signing in"),
    N_ ("{host} hung up before it answered. Try again."), NULL, "try-again" },
  { "sign-in-unproven", ERROR, "sasl", N_ ("{host} can't show that it knows the password"),
    N_ ("Another server may answer in its place. Check the address before you try again."), NULL,
    "copy-details" },
  { "sign-in-garbled", ERROR, "sasl", N_ ("{host} breaks the rules of the sign-in"),
    N_ ("{error_message}. Try another way to sign in, or ask its owner."), NULL, "copy-details" },
  { "sign-in-unusable", ERROR, "sasl", N_ ("{mechanism} can't carry this sign-in"),
    N_ ("{error_message}. Type it again, or sign in another way."), NULL, "focus-field" },
  { "sign-in-characters", HINT, "sasl", N_ ("Unusual characters in the sign-in"),
    N_ ("With {mechanism} Kafka's brokers take no user name beyond ASCII, and some passwords only "
        "in another form. Try plain letters, digits and signs."),
    NULL, NULL },
  { "no-topics", ERROR, "metadata", N_ ("No topics yet"),
    N_ ("Signed in, but the materialization has no enabled bindings."),
    N_ ("Signed in, but {host} shows no topic to this user."), "open-bindings" },
  { "metadata-closed", ERROR, "metadata", N_ ("{host} hung up when asked for the topics"),
    N_ ("The sign-in was accepted. The task may have moved or may just be starting."),
    N_ ("The sign-in was accepted, then the connection was closed twice."),
    "try-again copy-details" },
  { "redirected", HINT, "metadata", N_ ("This task runs elsewhere"),
    N_ ("Its data is at {advertised}; that address is used from now on."), NULL, "undo" },
  { "redirect-unreachable", ERROR, "metadata",
    N_ ("The task moved to {advertised}, which can't be reached"),
    N_ ("{host} answers, but sends readers there. Your network may block that address."),
    N_ ("{host} answers, but sends readers there. Its owner can mend the advertised address."),
    "copy-it-text try-again" },
  { "redirect-refused", ERROR, "metadata",
    N_ ("The task moved to {advertised}, which refused the sign-in"),
    N_ ("{host} accepted the same name and token. Compare both in Estuary."),
    N_ ("{host} accepted the same name and password."), "paste-token try-again" },
  { "topic-not-ready", ERROR, "topic", N_ ("No data in {topic} yet"),
    N_ ("Its columns can't be proved until the first record. Leave it out, or Tinybird may wait "
        "for it too."),
    NULL, "watch leave-out" },
  { "topic-schema-trouble", ERROR, "topic sample", N_ ("Estuary has held back {topic}"),
    N_ ("A record doesn't fit the collection's schema. Publish a schema that accepts it; reading "
        "goes on by itself."),
    N_ ("{host} has no leader for {topic}. Try again in a moment."), "copy-owner-text watch" },
  { "topic-unknown", ERROR, "topic", N_ ("{topic} isn't offered by this task"),
    N_ ("The nearest name that it offers is {closest}."), NULL, "pick" },
  { "topic-forbidden", ERROR, "topic sample", N_ ("No permission to read {topic}"),
    N_ ("{host} refuses it to this user. Its owner can allow it."), NULL, "copy-owner-text" },
  { "reading-closed", ERROR, "topic sample group", N_ ("{host} hung up over {topic}"),
    N_ ("The topics were listed, then the connection was closed without an answer. The task may "
        "just be changing: try again in a minute."),
    N_ ("The topics were listed, then the connection was closed without an answer."),
    "try-again copy-details" },
  { "registry-refused", ERROR, "registry", N_ ("Schema registry refused the sign-in"),
    N_ ("It uses the same name and token as Kafka."),
    N_ ("Check the registry's name and password."), "use-kafka-sign-in" },
  { "registry-not-found", ERROR, "registry", N_ ("No schema registry at this address"),
    N_ ("{url}/subjects isn't there."), NULL, "use-default" },
  { "registry-error", ERROR, "registry", N_ ("Schema registry is having trouble ({status})"),
    N_ ("It answered: {body}"), NULL, "try-again" },
  { "registry-not-json", ERROR, "registry", N_ ("That's a web page, not a schema registry"),
    N_ ("{url} answered “{body}”."), NULL, "use-default" },
  { "schema-missing", ERROR, "registry", N_ ("No schema for {topic}"),
    N_ ("Expected {topic}-value. Is the topic name strict?"), N_ ("Expected {topic}-value."),
    "toggle-strict" },
  { "schema-unsupported", ERROR, "registry", N_ ("Schema can't become columns"),
    N_ ("{field}: {error_message}. Keep it as text, or store the whole document."), NULL,
    "use-document" },
  { "topic-empty", HINT, "sample", N_ ("No messages yet"),
    N_ ("The schema alone is used; the check against real data is skipped."), NULL,
    "continue watch" },
  { "transaction-open", HINT, "sample", N_ ("A transaction is still open"),
    N_ ("Partition {stopped_partition} of {topic} is read up to offset {last_stable_offset}; what "
        "comes behind, up to {high_watermark}, waits for the transaction's end."),
    NULL, "continue watch" },
  { "partitions-unreachable", ERROR, "sample", N_ ("Part of {topic} can't be read"),
    N_ ("{unreached_partitions} of {partitions} partitions are on brokers that can't be reached. "
        "Whoever reads the topic has to reach them all."),
    NULL, "try-again copy-details" },
  { "partitions-not-asked", HINT, "sample", N_ ("Not all brokers were asked"),
    N_ ("{unasked_partitions} of {partitions} partitions are on further brokers. The sample is "
        "from the others."),
    NULL, NULL },
  { "leader-moved", ERROR, "sample", N_ ("{topic} is moving to another broker"),
    N_ ("{host} listed who holds it, and that broker no longer does. Try again in a moment."), NULL,
    "try-again" },
  { "record-undecodable", ERROR, "sample", N_ ("These messages can't be read"),
    N_ ("{topic} at {offset}: {error_message}."), NULL, "copy-details" },
  { "group-already-used", ERROR, "group", N_ ("This group has been used before"),
    N_ ("Tinybird would continue from {committed}, not from the start. Use a new name for "
        "{group}."),
    NULL, "use-new-name" },
  { "group-invalid", ERROR, "group", N_ ("Check the group's name"),
    N_ ("“{value}” can't be a consumer group. Letters, digits, dots, dashes and underscores are "
        "safe."),
    NULL, "focus-field" },
  { "group-shared-in-project", ERROR, "group", N_ ("Two data sources share this group"),
    N_ ("Each would get part of the data. Rename one of them."), NULL, "rename" },
  { "group-forbidden", ERROR, "group", N_ ("No permission to use the group {group}"),
    N_ ("{host} refuses it to this user. Its owner can allow it."), NULL, "copy-owner-text" },
  { "group-coordinator-unavailable", ERROR, "group", N_ ("{host} isn't ready for groups yet"),
    N_ ("It answered, but has no coordinator."), NULL, "try-again" },
  { "group-join-refused", ERROR, "group", N_ ("Tinybird couldn't join a group for {topic}"),
    N_ ("{host} lists it under this name but refuses it in groups. Turn strict names off, or take "
        "topics that aren't ready out."),
    NULL, "change-name-form leave-out" },
  { "group-held-back", HINT, "group", N_ ("One group for all topics would be refused"),
    N_ ("{host} refuses a whole group for one topic that isn't ready. Data sources with a group "
        "each don't hold each other back."),
    NULL, "leave-out" },
  { "tinybird-refused", ERROR, "tinybird", N_ ("Tinybird refused the token"),
    N_ ("Check that it belongs to this workspace and region."), NULL, "open-tinybird" },
  { "tinybird-rejected", ERROR, "tinybird", N_ ("Tinybird rejected the files"), N_ ("{body}"), NULL,
    "fix" },
  { "cancelled", STATE, "any", N_ ("Stopped"), N_ ("The check was stopped."), NULL, "try-again" },
  { "keyring-locked", ERROR, "any", N_ ("Couldn't save the token"),
    N_ ("The keyring is locked. The token is kept until you close the app."), NULL, "unlock" },
  { "keyring-unavailable", ERROR, "any", N_ ("Couldn't save the token"),
    N_ ("There is no keyring here. The token is kept until you close the app."), NULL, NULL },
  { "unclassified", ERROR, "any", N_ ("Something unexpected happened"),
    N_ ("{host}: {error_message}. The details say what was seen."), NULL,
    "copy-details try-again" },
};

/**
 * barista_causes:
 * @n: (out): number of rows
 *
 * Gives the whole table, for documents and tests.
 *
 * Returns: (transfer none) (array length=n): the rows
 */
const BaristaCause *
barista_causes (guint *n)
{
  *n = G_N_ELEMENTS (causes);
  return causes;
}

const BaristaCause *
barista_cause_find (const char *id)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (causes); i++)
    if (g_str_equal (causes[i].id, id))
      return &causes[i];

  return NULL;
}
