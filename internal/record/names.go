package record

import (
	"context"
	"encoding/json"
	"maps"
)

// logins are the people that values name.
func (k *Kind) logins(v Values) (out []string) {
	for i := range k.Fields {
		switch f := &k.Fields[i]; f.Type {
		case Person:
			if s := v.Text(f.ID); s != "" {
				out = append(out, s)
			}
		case Table:
			for _, row := range v.Rows(f.ID) {
				out = append(out, (&Kind{Fields: f.Columns}).logins(row)...)
			}
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

// remembering is the store where each name is looked up once: for many records at a time.
func (s *Store) remembering() *Store {
	if s.Person == nil {
		return s
	}
	once, known := *s, map[string]string{}
	once.Person = func(ctx context.Context, login string) (string, error) {
		name, there := known[login]
		if there {
			return name, nil
		}
		name, err := s.Person(ctx, login)
		if err == nil {
			known[login] = name
		}
		return name, err
	}
	return &once
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
