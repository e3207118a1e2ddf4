package main

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"yagura/internal/access"
	"yagura/internal/archive"
	"yagura/internal/audit"
	"yagura/internal/audit/anchor"
	"yagura/internal/blob"
	"yagura/internal/bookmark"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/desk"
	"yagura/internal/digest"
	"yagura/internal/dossier"
	"yagura/internal/duty"
	"yagura/internal/form"
	"yagura/internal/gateway"
	"yagura/internal/health"
	"yagura/internal/hold"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/ingest"
	"yagura/internal/inquiry"
	"yagura/internal/inventory"
	"yagura/internal/oplog"
	"yagura/internal/oversight"
	"yagura/internal/record"
	"yagura/internal/relay"
	"yagura/internal/review"
	"yagura/internal/rights"
	"yagura/internal/segment"
	"yagura/internal/staff"
	"yagura/internal/stream"
	"yagura/internal/survey"
	"yagura/internal/tally"
	"yagura/internal/viewing"
	"yagura/internal/vms"
	"yagura/internal/whep"
	"yagura/web"
)

// node is one process: every room, wired. Which of them run is the role.
type node struct {
	cfg  *config
	role string
	name string // stable across restarts
	log  *slog.Logger

	clock   *vms.Clock
	db      *db.DB
	store   blob.Store
	cameras *current
	access  *access.Engine
	people  *identity.Registry
	audit   *audit.Log
	anchors *anchor.Keeper
	signing ed25519.PrivateKey // of anchors and exports of the log
	leases  *db.Leases
	hub     *stream.Hub
	relay   *relay.Relay
	secret  string
	mutual  *tls.Config // between nodes; nil: they speak in clear
	archive *archive.Archive
	board   *health.Board
	ingest  *ingest.Ingest
	views   *viewing.Room
	whep    *whep.Server
	duty    *duty.Room
	review  *review.Room
	inbox   *inbox.Room
	inquiry *inquiry.Room
	rights  *rights.Room
	oplog   *oplog.Room
	records *compliance.Room
	digest  *digest.Room
	web     *gateway.Gateway

	cameraFiles, policyFiles *camera.Store
	cameraPoke, policyPoke   chan struct{}
	ready                    readiness
}

func newNode(ctx context.Context, cfg *config, role string, log *slog.Logger) (_ *node, err error) {
	n := &node{cfg: cfg, role: role, log: log, clock: vms.NewClock(), cameras: newCurrent(), access: access.New(), hub: stream.NewHub(),
		cameraPoke: make(chan struct{}, 1), policyPoke: make(chan struct{}, 1)}
	defer func() {
		if err != nil {
			n.close()
		}
	}()
	if n.db, err = db.Open(ctx, cfg.Database.Reveal()); err != nil {
		return nil, err
	}
	if n.store, err = blob.Open(cfg.Objects.Reveal()); err != nil {
		return nil, err
	}
	if err = n.load(ctx); err != nil {
		return nil, err
	}
	if err = n.recording(); err != nil {
		return nil, err
	}
	if role != "ingest" {
		if n.whep, err = whep.New(whep.Config{UDP: cfg.WebRTC.UDP, TCP: cfg.WebRTC.TCP, Advertise: cfg.WebRTC.Advertise, Log: log}); err != nil {
			return nil, inWords(err)
		}
	}
	if err = n.serving(); err != nil {
		return nil, err
	}
	return n, n.records.Recount(ctx)
}

// recording wires what takes, keeps and finds footage.
func (n *node) recording() error {
	var err error
	if n.secret, err = n.cfg.relaySecret(); err != nil {
		return err
	}
	if host, _, _ := net.SplitHostPort(n.cfg.Relay.Listen); n.role != "all" && (host == "" || net.ParseIP(host).IsUnspecified()) {
		return fmt.Errorf("relay.listen is %s: with --role %s other nodes must reach it; name an address of this machine", n.cfg.Relay.Listen, n.role)
	}
	if n.cfg.Relay.Cert != "" {
		if n.mutual, err = relay.Mutual(n.cfg.Relay.Cert, n.cfg.Relay.Key, n.cfg.Relay.CA); err != nil {
			return err
		}
	}
	n.leases = db.NewLeases(n.db, db.Node{Name: n.name, Role: "ingest", Addr: n.cfg.Relay.Listen}, n.log)
	n.relay = relay.New(relay.Config{Hub: n.hub, Leases: holders{n.db, n.name}, Self: n.cfg.Relay.Listen, Secret: n.secret, TLS: n.mutual, Clock: n.clock, Log: n.log})
	n.archive, err = archive.New(archive.Config{DB: n.db, Store: n.store, Spool: filepath.Join(n.cfg.Data, "spool"),
		SpoolMax: int64(n.cfg.Spool.Max), Segment: time.Duration(n.cfg.Segment.Duration), Fragment: time.Duration(n.cfg.Segment.Fragment),
		Node: n.name, Remote: &archive.Peers{Nodes: n.peers, Do: n.relay.Do}, Clock: n.clock, Log: n.log,
		Began: n.began, Max: int64(n.cfg.Archive.Max), Retention: n.retention})
	if err != nil {
		return err
	}
	n.board = health.NewBoard(n.db)
	n.ingest = ingest.New(ingest.Config{Node: n.name, Hub: n.hub, Archive: n.archive, Leases: n.leases, Board: n.board,
		Networks: n.cfg.networks, Clock: n.clock, Log: n.log})
	n.ingest.Apply(n.cameras.get())
	return n.anchoring()
}

// anchoring wires what keeps the audit log's head outside the database.
func (n *node) anchoring() error {
	var err error
	if n.signing, err = anchor.Key(n.cfg.auditKey()); err != nil {
		return err
	}
	syslog, err := anchor.NewSyslog(n.cfg.Audit.Syslog)
	if err != nil {
		return err
	}
	n.anchors = anchor.New(anchor.Config{Log: n.audit, DB: n.db, Store: n.store.(anchor.Store), Key: n.signing, Syslog: syslog,
		Before: func(ctx context.Context) error {
			return n.archive.RootSegments(ctx, func(ctx context.Context, count int, root segment.Hash) (string, error) {
				return n.audit.AddRoots(ctx, count, root)
			})
		},
		Node: n.name, Now: n.now, Report: n.log})
	return nil
}

// serving wires what shows it.
func (n *node) serving() (err error) {
	n.views = viewing.New(viewing.Config{Access: n.access, Identity: n.people, Audit: n.audit, Cameras: n.cameras.get,
		Live: n.relay.Open, Archive: n.archive, Clock: n.clock, Log: n.log})
	n.duty = duty.New(duty.Config{DB: n.db, Access: n.access, Identity: n.people, Audit: n.audit, Cameras: n.cameras.get, Footage: n.archive,
		Watching: n.views.Seen, Now: n.now})
	n.rights = rights.New(rights.Config{DB: n.db, Identity: n.people, Access: n.access, Audit: n.audit, Cameras: n.cameras.get,
		Files: []*camera.Store{n.cameraFiles, n.policyFiles}, Now: n.now, Night: n.cfg.night()})
	rows := oversight.New(oversight.Config{DB: n.db, Log: n.audit, Access: n.access, Identity: n.people, Cameras: n.cameras.get, Key: n.signing, Now: n.now})
	n.inquiry = inquiry.New(inquiry.Config{DB: n.db, Access: n.access, Identity: n.people, Audit: n.audit, Cameras: n.cameras.get,
		Sealed: rows.Sealed, Contact: inquiry.Contact(n.cfg.Public), Page: strings.TrimSuffix(n.cfg.Origin, "/") + "/public", Now: n.now, Log: n.log})
	n.review = review.New(review.Config{DB: n.db, Audit: n.audit, Access: n.access, Identity: n.people, Oversight: rows, Key: n.signing, Now: n.now, Log: n.log})
	rightsReview := inventory.New(inventory.Config{DB: n.db, Audit: n.audit, Access: n.access, Identity: n.people, Cameras: n.cameras.get, Now: n.now})
	holds := hold.New(hold.Config{DB: n.db, Access: n.access, Audit: n.audit, Cameras: n.cameras.get, Footage: n.archive,
		Alone: n.cfg.relaxed("second_person"), Now: n.now})
	shelf, err := n.cfg.shelf(n.store)
	if err != nil {
		return err
	}
	records, err := compliance.New(compliance.Config{DB: n.db, Access: n.access, Audit: n.audit, Identity: n.people, Cameras: n.cameras.get, Now: n.now, Staff: n.staff, Shelf: shelf, Present: n.present})
	if err != nil {
		return err
	}
	n.rights.Articles = articles(records)
	if n.oplog, err = n.cfg.operationLogs(oplog.Config{DB: n.db, Access: n.access, Audit: n.audit, Identity: n.people, Cameras: n.cameras.get, Now: n.now, Log: n.log}, records); err != nil {
		return err
	}
	requests := n.footageRequests(records, holds, rows, n.oplog)
	surveys := survey.New(survey.Config{DB: n.db, Audit: n.audit, Records: records.Store, Cameras: n.cameras.get, Now: n.now,
		Actor: func(p *identity.Person) record.Actor { return records.Actor(&identity.Session{Person: p}, "") }})
	n.records, n.digest = records, n.digests()
	n.inbox = inbox.New(n.db, n.now, n.digest, n.duty, n.rights, holds, requests, n.oplog, n.inquiry, n.review, rightsReview, surveys, records, &inbox.SignIns{Identity: n.people},
		&inbox.Approvals{Files: []*camera.Store{n.cameraFiles, n.policyFiles}, Identity: n.people, Access: n.access, Now: n.now})
	n.web, err = gateway.New(gateway.Config{Origin: n.cfg.Origin, Relaxed: n.cfg.Relax, Identity: n.people, Access: n.access, Audit: n.audit,
		Cameras: n.cameras.get, Archive: n.archive, Health: n.board, Viewing: n.views, WHEP: n.whep, Duty: n.duty, Inbox: n.inbox, Ready: n.isReady,
		Desk:     desk.New(desk.Config{DB: n.db, Overlay: n.cfg.Overlay, Clock: n.clock}),
		Bookmark: bookmark.New(bookmark.Config{DB: n.db, Access: n.access, Audit: n.audit, Cameras: n.cameras.get, Clock: n.clock, Log: n.log}),
		Metrics:  n.registry(), Web: web.Files(), Clock: n.clock, Log: n.log,

		Records:   records,
		Forms:     form.New(form.Config{Records: records, Cameras: n.cameras.get, Now: n.now}),
		Dossier:   dossier.New(dossier.Config{DB: n.db, Audit: n.audit, Records: records, Key: n.signing, Now: n.now}),
		Survey:    surveys,
		Oplog:     n.oplog,
		Tally:     tally.New(tally.Config{Records: records.Store, Calendar: records.Calendar, Cameras: n.cameras.get, Audit: n.audit, Now: n.now}),
		Directory: n.cfg.Directory.oidc, DirectoryPasswords: n.cfg.Directory.ldap != nil,
		Staff:     staff.New(staff.Config{Identity: n.people, Access: n.access, Audit: n.audit, Cameras: n.cameras.get, Files: n.cameraFiles, Now: n.now}),
		Oversight: rows,
		Inquiry:   n.inquiry,
		Review:    n.review,
		Inventory: rightsReview,
		Hold:      holds,
		Request:   requests,
		Rights:    n.rights,
		Anchored:  func(ctx context.Context) (anchor.Status, error) { return anchor.StatusOf(ctx, n.db) }})
	return err
}

func (n *node) now() vms.Instant {
	now, _ := n.clock.Now()
	return now
}

// began is when a camera was first placed; 0 when it is not in the configuration.
func (n *node) began(feed vms.Feed) vms.Instant {
	if cam := n.cameras.get().Find(feed.Camera); cam != nil {
		return cam.Placements[0].From
	}
	return 0
}

// retention is how long a feed is kept; 0, for ever, where the camera left the configuration:
// nothing is erased because of a missing line.
func (n *node) retention(feed vms.Feed) time.Duration {
	if cam := n.cameras.get().Find(feed.Camera); cam != nil {
		return cam.Retention
	}
	return 0
}

// holders tells the relay which other node ingests a camera.
type holders struct {
	db   *db.DB
	self string
}

func (h holders) Holder(ctx context.Context, feed vms.Feed) (string, error) {
	holder, _, err := h.db.Holder(ctx, ingest.LeaseName(feed))
	if err == nil && holder.Name == h.self {
		return "", vms.Errorf(vms.NotFound, "no-holder", "this node is about to ingest %s", feed)
	}
	return holder.Addr, err
}

// peers are the other nodes' spools.
func (n *node) peers(ctx context.Context) ([]string, error) {
	nodes, err := n.db.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, other := range nodes {
		if other.Addr != "" && other.Name != n.name {
			out = append(out, "http://"+other.Addr)
		}
	}
	return out, nil
}

// run starts what the role says.
func (n *node) run(ctx context.Context) error {
	var r runs
	r.add(n.common())
	if n.role != "gateway" {
		r.add(n.ingesting())
	}
	web, err := n.gatewaying(n.role != "ingest")
	if err != nil {
		return err
	}
	r.add(web)
	n.ready.loaded.Store(true)
	n.log.Info("yagura serves", "role", n.role, "origin", n.cfg.Origin, "relaxed", n.cfg.Relax)
	return r.run(ctx)
}

// common is what every role needs: people, rights and cameras as they change.
func (n *node) common() runs {
	return runs{
		front: []func(context.Context) error{
			func(ctx context.Context) error { return hangups(ctx, n.cameraPoke, n.policyPoke) },
			func(ctx context.Context) error {
				return camera.Watch(ctx, n.cfg.Cameras, n.cameraPoke, func(files []conf.File, _ *camera.Set, err error) {
					n.propose(ctx, n.cameraFiles, files, err)
				})
			},
			func(ctx context.Context) error {
				return access.Watch(ctx, n.cfg.Policies, n.policyPoke, func(files []conf.File, _ *access.Policy, err error) {
					n.propose(ctx, n.policyFiles, files, err)
				})
			},
			func(ctx context.Context) error {
				return n.cameraFiles.Watch(ctx, n.accepted(n.cameraFiles, n.takeCameras))
			},
			func(ctx context.Context) error {
				return n.policyFiles.Watch(ctx, n.accepted(n.policyFiles, n.takePolicies))
			},
		},
		back: []func(context.Context) error{n.people.Run, n.relay.Run, n.records.Run},
	}
}

// ingesting is the role of a worker.
func (n *node) ingesting() runs {
	return runs{
		front: []func(context.Context) error{
			n.ingest.Run,
			func(ctx context.Context) error {
				return n.db.Watch(ctx, db.LeaseTopic, func(context.Context) error { n.ingest.Poke(); return nil })
			},
			func(ctx context.Context) error { return n.archive.Retention().Run(ctx, n.leases) },
			func(ctx context.Context) error { return n.anchors.Run(ctx, n.leases) },
			func(ctx context.Context) error { return n.review.Run(ctx, n.leases) },
			func(ctx context.Context) error { return n.oplog.Run(ctx, n.leases) },
			func(ctx context.Context) error { return n.records.TendFiles(ctx, n.leases, n.log) },
			func(ctx context.Context) error { return n.digest.Run(ctx, n.leases) },
		},
		back: []func(context.Context) error{n.leases.Run, n.archive.Run},
	}
}

// gatewaying listens: for browsers where full, else for probes only; and for other nodes.
func (n *node) gatewaying(full bool) (runs, error) {
	ln, err := net.Listen("tcp", n.cfg.Listen)
	if err != nil {
		return runs{}, fmt.Errorf("listen: %w", inWords(err))
	}
	peers, err := net.Listen("tcp", n.cfg.Relay.Listen)
	if err != nil {
		return runs{}, errors.Join(fmt.Errorf("relay.listen: %w", inWords(err)), ln.Close())
	}
	others := &relay.Node{Hub: n.hub, Secret: n.secret, TLS: n.mutual, Spool: n.archive.SpoolHandler(), Log: n.log}
	r := runs{back: []func(context.Context) error{func(ctx context.Context) error { return others.Serve(ctx, peers) }}}
	serve := func(h http.Handler) func(context.Context) error {
		return func(ctx context.Context) error {
			return gateway.Serve(ctx, ln, h, n.cfg.TLS.Cert, n.cfg.TLS.Key, n.log)
		}
	}
	if !full {
		r.front = append(r.front, serve(n.web.Probes()))
		return r, nil
	}
	r.front = append(r.front, serve(n.web), n.views.Run, n.whep.Run, n.inbox.Run, n.inquiry.Run)
	return r, nil
}

// inWords says what to do about a taken port.
func inWords(err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%w: another program uses this port; end that program, or choose another port in the configuration", err)
	}
	return err
}

// close releases what newNode opened. Runs have ended before.
func (n *node) close() {
	var errs []error
	if n.whep != nil {
		errs = append(errs, n.whep.Close())
	}
	if n.archive != nil {
		errs = append(errs, n.archive.Close())
	}
	if n.db != nil {
		errs = append(errs, n.db.Close())
	}
	if err := errors.Join(errs...); err != nil {
		n.log.Warn("closing", "err", err)
	}
}
