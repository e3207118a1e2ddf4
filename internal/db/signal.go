package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"yagura/internal/vms"
)

const (
	signalPoll  = 250 * time.Millisecond // how soon a change made by another process is seen
	signalQuery = 2 * time.Second        // a database that does not answer is asked anew
)

// Signal notes in tx that what topic stands for has changed. Every Watch on the topic, in every
// process, runs its function after the commit: here at once, elsewhere within 0.5 s.
func (d *DB) Signal(ctx context.Context, tx *Tx, topic string) error {
	_, err := tx.Exec(ctx, `INSERT INTO signal (topic, n) VALUES ($1, 1)
		ON CONFLICT (topic) DO UPDATE SET n = signal.n + 1`, topic)
	tx.signals = append(tx.signals, topic)
	return err
}

// Watch calls fn once at the start and then after every change of topic, until ctx ends; it
// returns nil then. Changes close together may be told as one; none is lost. Where fn returns an
// error it is called again at the next look. While the database cannot be read Watch keeps trying
// and fn hears nothing: whoever must not trust old news for long asks Ping as well.
func (d *DB) Watch(ctx context.Context, topic string, fn func(context.Context) error) error {
	for seen := int64(-1); ctx.Err() == nil; {
		wake := d.waiter(topic) // before the read, so that no change falls in between
		if n, err := d.signalled(ctx, topic); err == nil && n != seen && fn(ctx) == nil {
			seen = n
		}
		select {
		case <-wake:
		case <-time.After(signalPoll):
		case <-ctx.Done():
		}
	}
	return nil
}

func (d *DB) signalled(ctx context.Context, topic string) (n int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, signalQuery)
	defer cancel()
	err = d.QueryRow(ctx, `SELECT n FROM signal WHERE topic = $1`, topic).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}

func (d *DB) waiter(topic string) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.waiting[topic] == nil {
		d.waiting[topic] = make(chan struct{})
	}
	return d.waiting[topic]
}

func (d *DB) wake(topics []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, topic := range topics {
		if c := d.waiting[topic]; c != nil {
			close(c)
			delete(d.waiting, topic)
		}
	}
}

// Setting returns the value stored under name by SetSetting; vms.NotFound where there is none.
func (t *Tx) Setting(ctx context.Context, name string) (value string, err error) {
	err = t.QueryRow(ctx, `SELECT value FROM setting WHERE name = $1`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", vms.Errorf(vms.NotFound, "no-setting", "no setting %q", name)
	}
	return value, err
}

// SetSetting stores value under name, in place of an earlier one.
func (t *Tx) SetSetting(ctx context.Context, name, value string) error {
	_, err := t.Exec(ctx, `INSERT INTO setting (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
