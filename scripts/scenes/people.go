package main

// Colours of clothes and hair, from which the scenes dress people.
const (
	white = "#eef1f3"
	blue  = "#b9cde4"
	beige = "#ddd0b8"
	navy  = "#33415e"
	gray  = "#a7adb3"
	pink  = "#e3c6c8"
	green = "#b7cbb4"

	black  = "#2a2522"
	brown  = "#4b3a30"
	silver = "#8b8681"
)

var skins = [...]string{"#dfbba0", "#d9b397", "#e3c2a8"}

// clerk is one of the office's own, told apart by n.
func clerk(n int, shirt string) figure {
	g := figure{tall: 1.6 + float64(n*7%5)*.035, shirt: shirt, legs: [...]string{"#3d4450", "#2f3440", "#5a5d63", "#4a4652"}[n%4],
		hair: [...]string{black, "#3a2f28", "#332b26", "#6b6560"}[n*5%4], skin: skins[n%3], cut: [...]int{0, 1, 0, 2, 0, 1}[n%6], card: true}
	g.long = n%3 == 1
	if g.cut == 1 || g.cut == 2 {
		g.tall -= .07
		g.skirt = n%2 == 1
	}
	return g
}

// citizen is one who comes to the office, told apart by n.
func citizen(n int, shirt string) figure {
	g := clerk(n*3+1, shirt)
	g.card, g.long, g.legs = false, n%2 == 0, [...]string{"#54627a", "#6b6253", "#3f4550", "#77705f", "#465a50"}[n%5]
	if n%4 == 2 {
		g.hair, g.cut = silver, 3*(n%3/2)
	}
	if n%3 == 0 {
		g.bag = [...]string{"#6e4f3a", "#3c4a3f", "#44464f"}[n/3%3]
	}
	return g
}
