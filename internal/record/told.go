package record

import "strings"

// Told is a value as paper shows it: like Say, people with their names.
func (f *Field) Told(v Values, names map[string]string) string {
	s := f.Say(v)
	if f.Type == Person && names[s] != "" {
		return strings.ReplaceAll(names[s], "　", " ")
	}
	return s
}

// Spread is a table field as rows of cells, its heading first.
func (f *Field) Spread(v Values, names map[string]string) [][]string {
	head := make([]string, len(f.Columns))
	for i := range f.Columns {
		head[i] = f.Columns[i].Heading()
	}
	out := [][]string{head}
	for _, row := range v.Rows(f.ID) {
		cells := make([]string, len(f.Columns))
		for i := range f.Columns {
			cells[i] = f.Columns[i].Told(row, names)
		}
		out = append(out, cells)
	}
	return out
}

// StateName is the name of a state.
func (k *Kind) StateName(id string) Text {
	if s := k.state(id); s != nil {
		return s.Name
	}
	return Text{id, id}
}

// What is what a version is, in words.
func (k *Kind) What(what string) Text {
	switch what {
	case Created:
		return Text{"作成", "Written"}
	case Edited:
		return Text{"編集", "Edited"}
	case Corrected:
		return Text{"訂正", "Corrected"}
	case Seen:
		return Text{"後閲", "Seen afterwards"}
	}
	if m := k.move(what); m != nil {
		return m.Name
	}
	return Text{what, what}
}
