package compliance

import "yagura/internal/record"

var zones = []record.Option{option("public", "公開区域", "Public"), option("business", "業務区域", "Business"), option("secure", "機密区域", "Secure")}

// Zone is a part of a floor, and what may be done there.
var Zone = record.Kind{
	ID: "zone", Name: text("区域", "Zone"), Prefix: "区", Key: []string{"floor", "room"}, Title: []string{"floor", "room", "zone"},
	Fields: []record.Field{
		must(sought(line("floor", "階", "Floor"))),
		must(line("room", "室名", "Room")),
		must(choice("zone", "区域区分", "Zone", zones...)),
		line("sign", "表示", "Sign"),
		date("from", "適用日", "From"),
		lines("note", "備考", "Notes"),
	},
	States: []record.State{open("draft", "案", "Draft"), state("in_force", "適用中", "In force"), done("ended", "廃止", "Ended")},
	Moves: []record.Move{
		move("set", "適用する", "Set", "draft", "in_force", by(generalManager, informationOffice), needs("from")),
		move("end", "廃止する", "End", "in_force", "ended", by(generalManager, informationOffice), withReason),
	},
	Columns: []string{"floor", "room", "zone", "from"},
	Readers: everyUnit, Writers: unitKeeps,
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
