package factor

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// QR draws a text as a QR code: rows of 1 (dark) and 0, without the quiet margin.
func QR(text string) (rows []string, err error) {
	image, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("draw a code: %w", err)
	}
	for y := image.Bounds().Min.Y; y < image.Bounds().Max.Y; y++ {
		var row strings.Builder
		for x := image.Bounds().Min.X; x < image.Bounds().Max.X; x++ {
			dark, _, _, _ := image.At(x, y).RGBA()
			row.WriteByte("10"[min(dark, 1)])
		}
		rows = append(rows, row.String())
	}
	return rows, nil
}
