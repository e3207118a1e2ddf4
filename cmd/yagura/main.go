// Command yagura is the video management system: serve runs it; the other verbs look after it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// verbs is the command line.
type verbs struct {
	Serve   serveVerb   `cmd:"" help:"Record, serve and look after footage until SIGTERM."`
	Check   checkVerb   `cmd:"" help:"Check the configuration, cameras and policies without starting anything."`
	Fsck    fsckVerb    `cmd:"" help:"Compare index, objects and hashes."`
	Reindex reindexVerb `cmd:"" help:"Build the index anew from the object store alone."`
	Import  importVerb  `cmd:"" help:"Take segment files into the archive."`
	Sample  sampleVerb  `cmd:"" help:"Fill the ward's other records with a sample, for a demo."`
	User    struct {
		Add       userAddVerb       `cmd:"" help:"Add a person with a post."`
		Import    userImportVerb    `cmd:"" help:"Add the people of a file, before the first ones are there."`
		Approve   userApproveVerb   `cmd:"" help:"Approve a person's waiting appointments, as somebody else."`
		Directory userDirectoryVerb `cmd:"" help:"Let the ward's directory say who people are, instead of a password here."`
		Codes     userCodesVerb     `cmd:"" help:"Let people prove themselves by codes of an app, besides keys."`
	} `cmd:"" help:"People."`
	Waiting waitingVerb `cmd:"" help:"List what waits for a second person."`
	Accept  acceptVerb  `cmd:"" help:"Put cameras or policies in force that wait for a second person."`
	Token   struct {
		Add tokenAddVerb `cmd:"" help:"Make an API token; it is printed once."`
	} `cmd:"" help:"API tokens."`
	Access struct {
		Explain explainVerb `cmd:"" help:"Say whether a person may do something with a camera, and by which rule."`
	} `cmd:"" help:"Rights."`
	Audit struct {
		Verify auditVerifyVerb `cmd:"" help:"Look for rows of the audit log that somebody changed, removed or put in."`
		Key    auditKeyVerb    `cmd:"" help:"Print the public key of this node's anchors and exports."`
	} `cmd:"" help:"The audit log."`
	Survey struct {
		Report     surveyReportVerb `cmd:"" help:"Print the report of a survey, its numbers counted now."`
		LoadSample surveySampleVerb `cmd:"" help:"Put the sample surveys into the database."`
		Units      surveyUnitsVerb  `cmd:"" help:"Replace the list of offices that the next survey asks."`
	} `cmd:"" help:"Surveys of the ward's offices."`
}

// configFlag is the flag every verb takes.
type configFlag struct {
	Config string `help:"Configuration file." default:"yagura.yaml" type:"path"`
}

// exit is an error with an exit status of its own.
type exit struct {
	status int
	err    error
}

func (e *exit) Error() string {
	if e.err == nil {
		return "no"
	}
	return e.err.Error()
}
func (e *exit) Unwrap() error { return e.err }

// streams are the standard ones.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// run executes one command line and returns the exit status: 0 done, 1 failed or "no", 2 wrong use.
func run(ctx context.Context, args []string, std streams) int {
	var v verbs
	status := -1
	parser, err := kong.New(&v, kong.Name("yagura"), kong.Description("Yagura, a video management system."),
		kong.Writers(std.out, std.err), kong.Exit(func(s int) { status = s }), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(std.err, "yagura:", err)
		return 2
	}
	line, err := parser.Parse(args)
	if status >= 0 { // --help
		return status
	}
	if err != nil {
		fmt.Fprintln(std.err, "yagura:", err)
		return 2
	}
	line.BindTo(ctx, (*context.Context)(nil))
	line.Bind(std)
	err = line.Run()
	var own *exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &own):
		if own.err != nil {
			fmt.Fprintln(std.err, "yagura:", own.err)
		}
		return own.status
	}
	fmt.Fprintln(std.err, "yagura:", err)
	return 1
}

func newLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo}))
}
