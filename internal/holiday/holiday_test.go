package holiday

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

// published are the 祝日 and 休日 of some years, as the Cabinet Office published them.
var published = map[int]map[string]string{
	2009: {"01-01": "元日", "01-12": "成人の日", "02-11": "建国記念の日", "03-20": "春分の日", "04-29": "昭和の日", "05-03": "憲法記念日", "05-04": "みどりの日", "05-05": "こどもの日",
		"05-06": substitute, "07-20": "海の日", "09-21": "敬老の日", "09-22": between, "09-23": "秋分の日", "10-12": "体育の日", "11-03": "文化の日", "11-23": "勤労感謝の日", "12-23": "天皇誕生日"},
	2017: {"01-01": "元日", "01-02": substitute, "01-09": "成人の日", "02-11": "建国記念の日", "03-20": "春分の日", "04-29": "昭和の日", "05-03": "憲法記念日", "05-04": "みどりの日",
		"05-05": "こどもの日", "07-17": "海の日", "08-11": "山の日", "09-18": "敬老の日", "09-23": "秋分の日", "10-09": "体育の日", "11-03": "文化の日", "11-23": "勤労感謝の日", "12-23": "天皇誕生日"},
	2019: {"01-01": "元日", "01-14": "成人の日", "02-11": "建国記念の日", "03-21": "春分の日", "04-29": "昭和の日", "04-30": between, "05-01": "天皇の即位の日", "05-02": between,
		"05-03": "憲法記念日", "05-04": "みどりの日", "05-05": "こどもの日", "05-06": substitute, "07-15": "海の日", "08-11": "山の日", "08-12": substitute, "09-16": "敬老の日",
		"09-23": "秋分の日", "10-14": "体育の日", "10-22": "即位礼正殿の儀の行われる日", "11-03": "文化の日", "11-04": substitute, "11-23": "勤労感謝の日"},
	2020: {"01-01": "元日", "01-13": "成人の日", "02-11": "建国記念の日", "02-23": "天皇誕生日", "02-24": substitute, "03-20": "春分の日", "04-29": "昭和の日", "05-03": "憲法記念日",
		"05-04": "みどりの日", "05-05": "こどもの日", "05-06": substitute, "07-23": "海の日", "07-24": "スポーツの日", "08-10": "山の日", "09-21": "敬老の日", "09-22": "秋分の日",
		"11-03": "文化の日", "11-23": "勤労感謝の日"},
	2021: {"01-01": "元日", "01-11": "成人の日", "02-11": "建国記念の日", "02-23": "天皇誕生日", "03-20": "春分の日", "04-29": "昭和の日", "05-03": "憲法記念日", "05-04": "みどりの日",
		"05-05": "こどもの日", "07-22": "海の日", "07-23": "スポーツの日", "08-08": "山の日", "08-09": substitute, "09-20": "敬老の日", "09-23": "秋分の日", "11-03": "文化の日", "11-23": "勤労感謝の日"},
	2026: {"01-01": "元日", "01-12": "成人の日", "02-11": "建国記念の日", "02-23": "天皇誕生日", "03-20": "春分の日", "04-29": "昭和の日", "05-03": "憲法記念日", "05-04": "みどりの日",
		"05-05": "こどもの日", "05-06": substitute, "07-20": "海の日", "08-11": "山の日", "09-21": "敬老の日", "09-22": between, "09-23": "秋分の日", "10-12": "スポーツの日", "11-03": "文化の日", "11-23": "勤労感謝の日"},
}

func TestYearsAsPublished(t *testing.T) {
	for year, want := range published {
		for d := 28; d <= 31; d++ {
			if d > 28 {
				want[fmt.Sprintf("12-%02d", d)] = YearEnd
			}
		}
		for _, d := range []string{"01-02", "01-03"} {
			if want[d] == "" {
				want[d] = YearEnd
			}
		}
		got := map[string]string{}
		for day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
			if n := name(day); n != "" {
				got[day.Format("01-02")] = n
			}
		}
		require.Equal(t, want, got, year)
	}
}

// TestEquinoxes as computed by the National Astronomical Observatory for years in which they move.
func TestEquinoxes(t *testing.T) {
	for year, want := range map[int][2]int{2008: {20, 23}, 2012: {20, 22}, 2016: {20, 22}, 2023: {21, 23}, 2024: {20, 22}, 2027: {21, 23}, 2028: {20, 22}, 2030: {20, 23}} {
		require.Equal(t, want, [2]int{equinox(year, 20.8431), equinox(year, 23.2488)}, year)
	}
}

func TestDaysBeginInJapan(t *testing.T) {
	at := func(day, hour, minute int) vms.Instant {
		return vms.InstantOf(time.Date(2025, 11, day, hour, minute, 0, 0, conf.JST))
	}
	require.Equal(t, "", On(at(2, 23, 59)))
	require.Equal(t, "文化の日", On(at(3, 0, 0)))
	require.Equal(t, "文化の日", On(at(3, 23, 59)))
	require.Equal(t, substitute, On(at(24, 12, 0)))
	for day, closed := range map[int]bool{1: true, 2: true, 3: true, 4: false, 23: true, 24: true, 25: false} {
		require.Equal(t, closed, Closed(at(day, 12, 0)), day)
	}
}
