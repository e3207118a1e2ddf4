package viewing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"yagura/internal/identity"
	"yagura/internal/vms"
)

const (
	lookAgain = 250 * time.Millisecond // how often every right is checked anew, besides at each change
	lookTime  = time.Second            // a database that takes longer is away
	grace     = 45 * time.Second       // how long views outlive it; what identity remembers is up to 10 s old
	closeTime = 3 * time.Second        // for closing rows when the process ends
	sayAgain  = time.Second            // between tries to write closing rows
	sayMost   = 16                     // rows at once: they share a sync
	unsure    = 30 * time.Second       // after this, a row whose writing failed was not written after all
)

// Run checks running views at every change and several times a second, and writes closing rows,
// until ctx ends; then it ends all views and writes theirs.
func (r *Room) Run(ctx context.Context) error {
	saying, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var g errgroup.Group
	g.Go(func() error {
		for saying.Err() == nil {
			r.sayWhenDue(saying)
		}
		return nil
	})
	r.watch(ctx)
	r.endAll("サーバーを終了しています。 The server is stopping.")
	late, cancel := context.WithTimeout(saying, closeTime)
	defer cancel()
	for !r.idle() && vms.Sleep(late, 10*time.Millisecond) {
	}
	stop()
	return g.Wait()
}

func (r *Room) watch(ctx context.Context) {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	known := time.Now() // when rights were last looked up
	for ctx.Err() == nil {
		people, rules := r.Identity.Changed(), r.Access.Changed()
		if err := r.check(ctx); err == nil {
			known = time.Now()
		} else if time.Since(known) > r.grace {
			r.Log.Error("views ended: rights cannot be looked up", "err", err)
			r.endAll("権限を確認できなくなりました。 Rights can no longer be checked.")
		}
		select {
		case <-tick.C:
		case <-people:
		case <-rules:
		case <-ctx.Done():
		}
	}
}

// check ends the views whose right is gone; its error says that sessions could not be looked up.
func (r *Room) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	type looked struct {
		session *identity.Session
		err     error
	}
	var failed error
	sessions := map[string]looked{}
	for _, w := range r.list() {
		l, ok := sessions[w.viewer.session]
		if !ok {
			l.session, l.err = r.Identity.Keep(ctx, w.viewer.session)
			sessions[w.viewer.session] = l
		}
		err := l.err
		if known := (*vms.Error)(nil); err != nil && !errors.As(err, &known) {
			failed, err = fmt.Errorf("look up sessions: %w", err), nil
		}
		if err == nil {
			err = r.still(w, l.session)
		}
		if err != nil {
			w.end(err.Error())
		}
	}
	return failed
}

var errLost = vms.Errorf(vms.Denied, "denied", "このカメラの映像を見る権限がなくなりました。職や所管が変わったためです。 Your right to see this camera has ended: a post or a jurisdiction has changed.")

// still is nil while the view is right; without a fresh session, by the one last known.
func (r *Room) still(w *view, fresh *identity.Session) error {
	if fresh != nil {
		w.session = fresh
	}
	if now, _ := r.Clock.Now(); now >= w.session.Expires {
		return vms.Errorf(vms.Denied, identity.NotSignedIn, "サインインの期限が切れました。 The sign-in has expired.")
	}
	q := w.present()
	cam := r.Cameras().Find(q.Camera)
	if err := r.allowed(w.session.Person, cam, q); err != nil {
		if cam != nil && vms.Code(err) == "no-camera" {
			return errLost // they knew of it: they were watching
		}
		return err
	}
	if len(vms.Subtract(w.permit, r.permitted(w.session.Person, cam, q))) > 0 {
		return vms.Errorf(vms.Denied, "denied", "確認できる映像の範囲が変わりました。開き直してください。 What you may see has changed; open it again.")
	}
	return nil
}

func (r *Room) list() []*view {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]*view, 0, len(r.views))
	for w := range r.views {
		out = append(out, w)
	}
	return out
}

func (r *Room) endAll(reason string) {
	for _, w := range r.list() {
		w.end(reason)
	}
}

// closing is a closing row to be written.
type closing struct {
	view   *view
	ranges []vms.Span
	reason string
	since  time.Time
}

// later has Run write a closing row; it does not block.
func (r *Room) later(c closing) {
	r.mu.Lock()
	r.unsaid = append(r.unsaid, c)
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

func (r *Room) idle() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.views) == 0 && len(r.unsaid) == 0
}

// sayWhenDue waits until there is something to be said and writes it.
func (r *Room) sayWhenDue(ctx context.Context) {
	select {
	case <-r.wake:
	case <-ctx.Done():
		return
	}
	for r.say(ctx) && vms.Sleep(ctx, sayAgain) {
	}
}

// say writes the closing rows, and reports whether some are still to be written.
func (r *Room) say(ctx context.Context) bool {
	r.mu.Lock()
	rows := append([]closing(nil), r.unsaid...)
	r.mu.Unlock()
	left := make([]bool, len(rows))
	var g errgroup.Group
	g.SetLimit(sayMost)
	for i, c := range rows {
		g.Go(func() error {
			err := r.Audit.CloseView(ctx, c.view.entry, c.ranges, c.reason)
			left[i] = err != nil && !(errors.Is(err, vms.NotFound) && time.Since(c.since) > unsure)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		r.Log.Debug("ends of views not in the audit log yet", "err", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	kept := r.unsaid[len(rows):] // said meanwhile
	for i := range rows {
		if left[i] {
			kept = append(kept, rows[i])
		}
	}
	r.unsaid = append([]closing(nil), kept...)
	return len(r.unsaid) > 0
}
