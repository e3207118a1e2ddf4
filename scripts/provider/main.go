// Command provider serves a ward's directory by OpenID Connect, for the browser's stories:
// provider ADDRESS REDIRECT LOGIN…
package main

import (
	"log"
	"net/http"
	"os"
	"time"

	"yagura/internal/testserver/provider"
)

func main() {
	if len(os.Args) < 4 {
		log.Fatal("usage: provider ADDRESS REDIRECT LOGIN…")
	}
	address := os.Args[1]
	s := &http.Server{Addr: address, Handler: provider.New("http://"+address, os.Args[2], os.Args[3:]...), ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(s.ListenAndServe())
}
