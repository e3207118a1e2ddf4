package compliance

import (
	"regexp"
	"strconv"
	"strings"

	"yagura/internal/record"
)

var zones = []record.Option{option("public", "公開区域", "Public"), option("business", "業務区域", "Business"), option("secure", "機密区域", "Secure")}

// Zone is a part of a floor, and what may be done there. Where it was drawn, its outline is a polygon on a floor
// plan: "x,y" of each corner, in the units of the plan.
var Zone = record.Kind{
	ID: "zone", Name: text("区域", "Zone"), Prefix: "区", Key: []string{"floor", "room"}, Title: []string{"floor", "room", "zone"},
	Fields: []record.Field{
		must(sought(line("floor", "階", "Floor"))),
		must(line("room", "室名", "Room")),
		must(choice("zone", "区域区分", "Zone", zones...)),
		line("sign", "表示", "Sign"),
		date("from", "適用日", "From"),
		sought(matching(helped(line("plan", "平面図", "Floor plan"), "平面図の番号です。「区域図」で描くと入ります。", "Its id; drawing the zone fills it in."), `^[a-z0-9-]{1,32}$`)),
		matching(helped(line("outline", "範囲", "Outline"), "角の座標を x,y で並べます。「区域図」で描くと入ります。", "The corners as x,y; drawing the zone fills them in."), `^\d{1,4},\d{1,4}( \d{1,4},\d{1,4}){2,23}$`),
		lines("note", "備考", "Notes"),
	},
	Rules:  []record.Rule{drawn},
	States: []record.State{open("draft", "案", "Draft"), state("in_force", "適用中", "In force"), done("ended", "廃止", "Ended")},
	Moves: []record.Move{
		move("set", "適用する", "Set", "draft", "in_force", by(generalManager, informationOffice), needs("from")),
		move("end", "廃止する", "End", "in_force", "ended", by(generalManager, informationOffice), withReason),
	},
	Columns: []string{"floor", "room", "zone", "from"},
	Readers: everyUnit, Writers: unitKeeps,
}

func matching(f record.Field, pattern string) record.Field {
	f.Match, f.Max = regexp.MustCompile(pattern), 240
	return f
}

// drawn is that an outline is an area of a plan.
func drawn(v record.Values) *record.Problem {
	switch corners := Outline(v); {
	case len(corners) == 0 && v.Text("plan") == "":
	case len(corners) == 0:
		return wrong("outline", "範囲を描いてください。", "Draw the outline.")
	case v.Text("plan") == "":
		return wrong("plan", "どの平面図に描いた範囲かを選んでください。", "Say on which plan it was drawn.")
	case Area(corners) == 0:
		return wrong("outline", "範囲に広さがありません。", "The outline has no area.")
	}
	return nil
}

// Outline is where a zone is drawn: its corners in the units of its plan; none where it is not.
func Outline(v record.Values) (corners [][2]int) {
	for _, pair := range strings.Fields(v.Text("outline")) {
		x, y, _ := strings.Cut(pair, ",")
		a, _ := strconv.Atoi(x) // digits only, few of them
		b, _ := strconv.Atoi(y)
		corners = append(corners, [2]int{a, b})
	}
	return corners
}

// Area is twice the surface of a polygon.
func Area(p [][2]int) (sum int) {
	for i, a := range p {
		b := p[(i+1)%len(p)]
		sum += a[0]*b[1] - b[0]*a[1]
	}
	return max(sum, -sum)
}

// Terminal is a 住民情報系端末, with its room and the cameras that cover it.
var Terminal = record.Kind{
	ID: "terminal", Name: text("端末", "Terminal"), Prefix: "端", Key: []string{"terminal"}, Title: []string{"terminal", "room", "seat"},
	Note: text("住民情報系の端末と、その席が写るカメラです。", "Terminals of the resident system, and the cameras that cover them."),
	Fields: []record.Field{
		must(line("terminal", "端末ID", "Terminal ID")),
		must(sought(line("floor", "階", "Floor"))),
		must(line("room", "室", "Room")),
		line("seat", "座席", "Seat"),
		sought(field("camera", record.Camera, "対応カメラ", "Camera")),
		field("camera2", record.Camera, "対応カメラ2", "Second camera"),
		line("system", "主な業務", "Business"), date("from", "設置日", "Installed on"),
	},
	States:  []record.State{open("in_use", "使用中", "In use"), done("gone", "撤去", "Removed")},
	Moves:   []record.Move{move("remove", "撤去する", "Remove", "in_use", "gone", withReason)},
	Columns: []string{"terminal", "floor", "room", "seat", "camera"},
	Readers: officeReads, Writers: append([]record.Role{informationOffice}, unitKeeps...),
}
