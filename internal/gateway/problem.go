package gateway

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"yagura/internal/directory"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// problem is an RFC 9457 problem document. Type is "about:blank"; Code is the stable name of what
// went wrong where there is one.
type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Code   string `json:"code,omitempty"`
	Errors []any  `json:"errors,omitempty"`
}

func (p *problem) Error() string               { return p.Detail }
func (p *problem) GetStatus() int              { return p.Status }
func (p *problem) ContentType(_ string) string { return problemType }

// headers are those a problem's status brings with it (RFC 9110 sections 11.6.1 and 10.2.3).
func (p *problem) headers() http.Header {
	h := http.Header{}
	switch p.Status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", "Bearer")
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		h.Set("Retry-After", "10")
	}
	return h
}

const problemType = "application/problem+json"

// statuses maps kinds of error to HTTP, in one place.
var statuses = []struct {
	kind   error
	status int
}{
	{vms.NotFound, http.StatusNotFound},
	{vms.Denied, http.StatusForbidden},
	{vms.Invalid, http.StatusBadRequest},
	{vms.Conflict, http.StatusConflict},
}

// codes maps the codes that have a status of their own.
var codes = map[string]int{
	identity.NotSignedIn:  http.StatusUnauthorized,
	identity.Ended:        http.StatusUnauthorized,
	identity.Unconfirmed:  http.StatusUnauthorized,
	identity.SignInFailed: http.StatusUnauthorized,
	identity.TooMany:      http.StatusTooManyRequests,
	directory.Away:        http.StatusServiceUnavailable,
	"too-many-sessions":   http.StatusTooManyRequests,
	"too-long":            http.StatusRequestEntityTooLarge,
	"file-damaged":        http.StatusInternalServerError,
	"busy":                http.StatusTooManyRequests,
	"unavailable":         http.StatusServiceUnavailable,
	"scanner-away":        http.StatusServiceUnavailable,
}

// problemOf turns an error into what the person may know of it. Errors without a kind are ours:
// they are logged by the caller and answered without detail.
func problemOf(err error) *problem {
	var p *problem
	if errors.As(err, &p) {
		return p
	}
	var e *vms.Error
	if errors.As(err, &e) {
		for _, s := range statuses {
			if errors.Is(e.Kind, s.kind) {
				status := s.status
				if own, ok := codes[e.Code]; ok {
					status = own
				}
				return &problem{Title: http.StatusText(status), Status: status, Detail: e.Text, Code: e.Code}
			}
		}
	}
	return &problem{Title: http.StatusText(http.StatusInternalServerError), Status: http.StatusInternalServerError,
		Detail: "内部エラーが発生しました。時間をおいて、もう一度お試しください。 An error on our side; try again later."}
}

func writeProblem(w http.ResponseWriter, p *problem) {
	for name, values := range p.headers() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the connection is gone where this fails
}

// notAllowed answers a method that a path does not have.
func notAllowed(w http.ResponseWriter, allow string) {
	w.Header().Set("Allow", allow)
	writeProblem(w, &problem{Title: http.StatusText(http.StatusMethodNotAllowed), Status: http.StatusMethodNotAllowed,
		Detail: "This path answers " + allow + "."})
}

func init() {
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		if status == http.StatusUnprocessableEntity {
			status = http.StatusBadRequest // what cannot be read has one status here
		}
		p := &problem{Title: http.StatusText(status), Status: status, Detail: msg}
		for _, err := range errs {
			if d, ok := err.(huma.ErrorDetailer); ok {
				said := *d.ErrorDetail()
				said.Value = nil // what was sent may be a secret
				p.Errors = append(p.Errors, &said)
			}
		}
		return p
	}
}
