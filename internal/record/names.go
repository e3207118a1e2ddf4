package record

import (
	"context"
	"encoding/json"
	"maps"
)

// logins are the people that values name.
func (k *Kind) logins(v Values) (out []string) {
	for _, m := range mentions(k.Fields, v, "") {
		if m.Type == Person {
			out = append(out, m.ID)
		}
	}
	return out
}

// naming notes the names of the people a record names, and what is known of its files. Whoever was named before keeps
// the name of then.
func (s *Store) naming(ctx context.Context, k *Kind, r *Record) error {
	if err := s.known(ctx, k, r); err != nil {
		return err
	}
	names := map[string]string{}
	for _, login := range k.logins(r.Values) {
		name := r.Names[login]
		if name == "" && s.Person != nil {
			var err error
			if name, err = s.Person(ctx, login); err != nil {
				return err
			}
		}
		if name != "" {
			names[login] = name
		}
	}
	r.Names = names
	return nil
}

// remembering is the store where each name is looked up once, and what is there on a day: for many records at a time.
func (s *Store) remembering() *Store {
	once := *s
	if s.Person != nil {
		once.Person = remember(s.Person)
	}
	if s.Exists != nil {
		type on struct {
			Named
			day string
		}
		exists := remember(func(ctx context.Context, x on) (Presence, error) { return s.Exists(ctx, x.Named, x.day) })
		once.Exists = func(ctx context.Context, n Named, day string) (Presence, error) { return exists(ctx, on{n, day}) }
	}
	return &once
}

// remember asks once about each key. It is for one goroutine.
func remember[K comparable, V any](ask func(context.Context, K) (V, error)) func(context.Context, K) (V, error) {
	known := map[K]V{}
	return func(ctx context.Context, key K) (V, error) {
		v, there := known[key]
		if there {
			return v, nil
		}
		v, err := ask(ctx, key)
		if err == nil {
			known[key] = v
		}
		return v, err
	}
}

// named puts names beside logins, for search.
func (r *Record) named() (out []string) {
	for name := range maps.Values(r.Names) {
		out = append(out, name)
	}
	return out
}

// encode writes what a record says, and the names in it.
func (r *Record) encode() (value, names string, err error) {
	if value, err = r.Values.encode(); err != nil {
		return "", "", err
	}
	names, err = encodeNames(r.Names)
	return value, names, err
}

func encodeNames(names map[string]string) (string, error) {
	if len(names) == 0 {
		return "{}", nil
	}
	b, err := json.Marshal(names)
	return string(b), err
}

func decodeNames(s string) (names map[string]string, err error) {
	return names, json.Unmarshal([]byte(s), &names)
}
