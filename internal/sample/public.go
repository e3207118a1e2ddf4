package sample

import (
	"yagura/internal/record"
)

// notices are what staff were told of cameras and of the analysis of logs, beforehand.
func notices(w *world) []record.Told {
	var out []*story
	for i, subject := range []string{"監視カメラの運用と映像の確認について", "操作ログの解析を始めることについて", "映像の保存期間を改めることについて", "私物情報機器の使用の範囲について", "メモ用紙の管理について", "閲覧監査の結果について"} {
		day := workday(w.begin(), 3+i*52)
		out = append(out, w.tell("notice", "", "joho", w.at(workday(day, -2), 0), values{"day": iso(day), "subject": subject, "methods": []string{"email", "circular"}, "to": "全部署", "text": subject + "、目的・責任者・保存期間・確認できる職を知らせた。"}).
			then("tell", "joho", w.at(day, 0), nil))
	}
	return w.out(out)
}

func consultations(w *world) []record.Told {
	var out []*story
	for i, subject := range []string{"操作ログの解析の目的と範囲", "映像の保存期間の変更", "閲覧監査の方法"} {
		day := workday(w.begin(), 1+i*130)
		out = append(out, w.tell("consultation", "", "joho", w.at(workday(day, -1), 0), values{"day": iso(day), "subject": subject, "present": "職員団体 3名、情報安全担当 2名"}).
			then("hold", "joho", w.at(day, 90), values{"asked": "人事評価に使わないこと、目的を周知すること。", "agreed": "人事評価には使わない。周知文に明記する。"}))
	}
	return w.out(out)
}

// complaints are one in two months; the last has no answer yet.
func complaints(w *world) []record.Told {
	var out []*story
	subjects := []string{"カメラの表示板が小さい", "映像はいつまで残るのか", "待合のカメラの向き", "窓口の声が聞こえる", "職員のスマートフォン"}
	for i := 5; i < len(w.open); i += 40 {
		day := w.open[i]
		s := w.tell("complaint", "", "kiki", w.at(day, 45), values{"day": iso(day), "subject": subjects[i/40%len(subjects)], "how": pick(w, []string{"window", "phone", "mail"}), "what": "来庁された方からの問合せ。"})
		answered := workday(day, w.between(1, 8))
		out = append(out, s.then("answer", "kiki", w.at(answered, 60), values{"handler": "kiki", "answer": "目的と保存期間を説明し、了解いただいた。", "answered": iso(answered)}))
	}
	return w.out(out)
}

// disclosures are four: one in full, one in part, one refused, one under way.
func disclosures(w *world) []record.Told {
	var out []*story
	for i, ends := range []string{"disclose_part", "refuse", "disclose", ""} {
		day := workday(w.begin(), 40+i*95)
		if ends == "" {
			day = workday(w.today, -9)
		}
		decided := workday(day, 15)
		s := w.tell("disclosure", "", "kiki", w.at(day, 30), values{"day": iso(day), "law": []string{"personal", "foi"}[i%2], "what": "窓口で自分が写った映像", "by": iso(day.AddDate(0, 0, 30))})
		s.then("consider", "kiki", w.at(workday(day, 1), 0), values{"identified": true})
		if ends != "" {
			s.because(ends, "kiki2", w.at(decided, 0), values{"reasons": "ほかの人が写る部分を除いて判断した。", "decided": iso(decided)}, "条例の定めによる")
		}
		out = append(out, s)
	}
	return w.out(out)
}
