// SPDX-License-Identifier: GPL-3.0-or-later

// franz-go as a client of the practice Dekaf. What it reads and is told goes to standard output, one
// line of JSON each.
//
//	franz SETTINGS list
//	franz SETTINGS consume
//	franz SETTINGS member GROUP TOPIC...    until it is told to stop
//	franz SETTINGS groups
//	franz SETTINGS committed GROUP          in all topics
//	franz SETTINGS delete GROUP
//	franz SETTINGS newest                   lists, with the newest versions of all requests
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kversion"
	"github.com/twmb/franz-go/pkg/sasl/plain"
)

type settings struct {
	Bootstrap string `json:"bootstrap"`
	Username  string `json:"username"`
	Token     string `json:"token"`
	CAFile    string `json:"ca_file"`
}

type record struct {
	Topic     string  `json:"topic"`
	Partition int32   `json:"partition"`
	Offset    int64   `json:"offset"`
	Timestamp int64   `json:"timestamp"`
	Key       *string `json:"key"`
	Value     *string `json:"value"`
}

type partition struct {
	topic  string
	number int32
}

func say(value any) {
	line, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	os.Stdout.Write(append(line, '\n'))
}

func hexed(data []byte) *string {
	if data == nil {
		return nil
	}
	text := hex.EncodeToString(data)
	return &text
}

func sayRecord(r *kgo.Record) {
	say(record{r.Topic, r.Partition, r.Offset, r.Timestamp.UnixMilli(), hexed(r.Key), hexed(r.Value)})
}

// The greeting of Kafka 4.4 (ApiVersions 5) is more than Dekaf can read.
var bounded = kgo.MaxVersions(kversion.V4_3_0())

func connect(file string, more ...kgo.Opt) (*kgo.Client, error) {
	var known settings
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &known); err != nil {
		return nil, err
	}
	authority, err := os.ReadFile(known.CAFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(authority) {
		return nil, errors.New("no certificate in the CA file")
	}
	return kgo.NewClient(append([]kgo.Opt{
		kgo.SeedBrokers(known.Bootstrap),
		kgo.DialTLSConfig(&tls.Config{RootCAs: pool}),
		kgo.SASL(plain.Auth{User: known.Username, Pass: known.Token}.AsMechanism()),
		kgo.RequestRetries(3),
	}, more...)...)
}

// Name and number of partitions of each topic; the error in place of a number.
func list(ctx context.Context, client *kgo.Client) error {
	topics, err := kadm.NewClient(client).ListTopics(ctx)
	if err != nil {
		return err
	}
	listed := map[string]any{}
	for name, topic := range topics {
		if topic.Err != nil {
			listed[name] = topic.Err.Error()
		} else {
			listed[name] = len(topic.Partitions)
		}
	}
	say(listed)
	return nil
}

// Where there is something to read, and where it ends.
func ends(ctx context.Context, client *kgo.Client) (map[partition]int64, map[string]map[int32]kgo.Offset, error) {
	admin := kadm.NewClient(client)
	topics, err := admin.ListTopics(ctx)
	if err != nil {
		return nil, nil, err
	}
	var names []string
	for name, topic := range topics {
		if topic.Err == nil {
			names = append(names, name)
		}
	}
	starts, err := admin.ListStartOffsets(ctx, names...)
	if err != nil {
		return nil, nil, err
	}
	heads, err := admin.ListEndOffsets(ctx, names...)
	if err != nil {
		return nil, nil, err
	}
	left, from := map[partition]int64{}, map[string]map[int32]kgo.Offset{}
	heads.Each(func(head kadm.ListedOffset) {
		start, known := starts.Lookup(head.Topic, head.Partition)
		if head.Err != nil || !known || start.Err != nil || start.Offset >= head.Offset {
			return
		}
		left[partition{head.Topic, head.Partition}] = head.Offset
		if from[head.Topic] == nil {
			from[head.Topic] = map[int32]kgo.Offset{}
		}
		from[head.Topic][head.Partition] = kgo.NewOffset().At(start.Offset)
	})
	return left, from, nil
}

// All records by assignment. Control records are asked for, since one ends each partition.
func consume(ctx context.Context, client *kgo.Client) error {
	left, from, err := ends(ctx, client)
	if err != nil {
		return err
	}
	client.AddConsumePartitions(from)
	for len(left) > 0 {
		fetches := client.PollFetches(ctx)
		if err := fetches.Err(); err != nil {
			return err
		}
		fetches.EachRecord(func(r *kgo.Record) {
			if !r.Attrs.IsControl() {
				sayRecord(r)
			}
			where := partition{r.Topic, r.Partition}
			if end, known := left[where]; known && r.Offset+1 >= end {
				delete(left, where)
			}
		})
	}
	return nil
}

// One member of a group: reads until a signal comes, commits what it has told and leaves.
func member(file, group string, topics []string) error {
	held := map[partition]bool{}
	tell := func() {
		assigned := [][]any{}
		for where := range held {
			assigned = append(assigned, []any{where.topic, where.number})
		}
		say(map[string]any{"assigned": assigned})
	}
	lose := func(_ context.Context, client *kgo.Client, lost map[string][]int32) {
		if err := client.CommitUncommittedOffsets(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, "commit:", err)
		}
		for topic, numbers := range lost {
			for _, number := range numbers {
				delete(held, partition{topic, number})
			}
		}
		tell()
	}
	client, err := connect(file, bounded,
		kgo.ConsumerGroup(group), kgo.ConsumeTopics(topics...),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.HeartbeatInterval(300*time.Millisecond), kgo.SessionTimeout(time.Minute),
		kgo.DisableAutoCommit(), kgo.BlockRebalanceOnPoll(),
		kgo.OnPartitionsAssigned(func(_ context.Context, _ *kgo.Client, got map[string][]int32) {
			for topic, numbers := range got {
				for _, number := range numbers {
					held[partition{topic, number}] = true
				}
			}
			tell()
		}),
		kgo.OnPartitionsRevoked(lose), kgo.OnPartitionsLost(lose))
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	for ctx.Err() == nil {
		fetches := client.PollFetches(ctx)
		fetches.EachError(func(topic string, number int32, err error) {
			if ctx.Err() == nil {
				fmt.Fprintln(os.Stderr, topic, number, err)
			}
		})
		fetches.EachRecord(sayRecord)
		client.AllowRebalance()
	}
	client.CloseAllowingRebalance() // revokes, and so commits, before it leaves
	return nil
}

func groups(ctx context.Context, client *kgo.Client) error {
	listed, err := kadm.NewClient(client).ListGroups(ctx)
	if err != nil {
		return err
	}
	say(listed.Groups())
	return nil
}

func committed(ctx context.Context, client *kgo.Client, group string) error {
	offsets, err := kadm.NewClient(client).FetchOffsets(ctx, group)
	if err != nil {
		return err
	}
	say(len(offsets.Sorted()))
	return nil
}

func remove(ctx context.Context, client *kgo.Client, group string) error {
	deleted, err := kadm.NewClient(client).DeleteGroup(ctx, group)
	if err == nil {
		err = deleted.Err
	}
	return err
}

func run(words []string) error {
	if len(words) < 2 {
		return errors.New("see the head of the source for what it takes")
	}
	file, command, rest := words[0], words[1], words[2:]
	if command == "member" && len(rest) > 1 {
		return member(file, rest[0], rest[1:])
	}
	options := []kgo.Opt{kgo.KeepControlRecords()}
	if command != "newest" {
		options = append(options, bounded)
	}
	client, err := connect(file, options...)
	if err != nil {
		return err
	}
	defer client.Close()
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Minute)
	defer stop()
	switch {
	case command == "list" || command == "newest":
		return list(ctx, client)
	case command == "consume":
		return consume(ctx, client)
	case command == "groups":
		return groups(ctx, client)
	case command == "committed" && len(rest) == 1:
		return committed(ctx, client, rest[0])
	case command == "delete" && len(rest) == 1:
		return remove(ctx, client, rest[0])
	}
	return errors.New("unknown command " + command)
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
