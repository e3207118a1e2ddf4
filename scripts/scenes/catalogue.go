package main

import "strings"

// allScenes is every scene of the demo.
func allScenes() []*scene {
	return []*scene{
		counterEast(), counterMid(), waiting(), lobby(), tax(), clinic(), branch(), meeting(),
		officeNorth(), officeSouth(), officeNight(), terminals(), terminalsNight(), archiveRoom(),
		counterEast().twin(look{"#a9aba4", "#d3d6d2", "#dfe0dc", "#4d5f57", true}, "q1", "e1"),
		branch().twin(look{"#b3b1a4", "#d2d7d8", "#dfe1df", "#5d5166", false}, "q1", "e1"),
		officeNorth().twin(look{"#a39d8f", "#dad6ca", "#e0ddd4", "#4d5f57", false}, "q1", "e2"),
		officeSouth().twin(look{"#8d9b92", "#d4d8d0", "#dcdedb", "#5a4f4a", false}, "q1", "e2"),
	}
}

type mapping struct{ id, scene string }

// shows is what the sample's cameras see: a scene, and the cameras that show it, in the sample's order.
var shows = []struct{ scene, cameras string }{
	{"counter-east", "a1-01 a2-01 a2-09 a3-01 a3-06"},
	{"counter-east-b", "b6-01 c-hokenjo-1 c-nogata-1 c-tobu-1 a1-03"},
	{"counter-mid", "a1-02 a2-02 a2-06 a3-02 a3-10 c-minaminakano-1 c-saginomiya-1"},
	{"waiting", "a1-04 a2-11 a3-03 c-egota-1"},
	{"lobby", "a1-14 c-shakai-fukushi-1"},
	{"tax", "a1-10 a1-13 a2-12 b7-01 c-saginomiya-2 c-kyoiku-1 c-hokenjo-2"},
	{"clinic", "c-sukoyaka-chubu-1 c-sukoyaka-hokubu-1 c-sukoyaka-nambu-1 c-sukoyaka-saginomiya-1 c-sukoyaka-chubu-2 c-sukoyaka-nambu-2"},
	{"branch", "a1-08 c-kumin-nabeyoko-1 c-kumin-kamitakada-1"},
	{"branch-b", "c-engo-bunshitsu-1 c-kumin-higashinakano-1 c-kumin-kamisaginomiya-1"},
	{"meeting", "a3-09 b5-01 b7-03 b8-03 c-seiso-1 c-shogai-kaikan-1 c-kyoiku-2 c-shakai-fukushi-2"},
	{"office-north", "a1-05 a2-03 a2-10 a3-04 a3-11 b6-02 b9-01 c-egota-2 c-tobu-2 c-saginomiya-3 c-sukoyaka-hokubu-2"},
	{"office-north-b", "a1-11 a2-05 a3-07 b5-02 b6-03 c-hokenjo-3 c-nogata-2 c-minaminakano-2 c-sukoyaka-chubu-3 " +
		"c-sukoyaka-nambu-3 c-sukoyaka-saginomiya-2"},
	{"office-south", "a1-06 a1-15 a2-07 a2-13 a3-08 b6-04 b9-02 c-egota-3 c-tobu-3 c-saginomiya-4 c-sukoyaka-hokubu-3 c-engo-bunshitsu-2"},
	{"office-south-b", "a1-12 a2-04 a2-08 a3-05 b5-03 b7-02 c-hokenjo-4 c-nogata-3 c-minaminakano-3 c-sukoyaka-chubu-4 " +
		"c-sukoyaka-nambu-4 c-sukoyaka-saginomiya-3"},
	{"terminals", "a1-07 b8-01"},
	{"archive-room", "a1-09 b8-02"},
}

// cameras maps every camera of the sample.
func cameras() (out []mapping) {
	for _, s := range shows {
		for _, id := range strings.Fields(s.cameras) {
			out = append(out, mapping{id, s.scene})
		}
	}
	return out
}
