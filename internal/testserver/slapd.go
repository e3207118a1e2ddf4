package testserver

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Directory is an LDAP directory, OpenLDAP's slapd, whose people are below Base.
type Directory struct {
	*Server                     // URL is ldap://, with StartTLS
	TLS                  string // ldaps://
	CA                   string // file of the certificate that vouches for it
	BindDN, Password     string // who may look people up
	Base, PeoplePassword string
}

const slapdConf = `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
allow bind_anon_cred
TLSCertificateFile DIR/cert.pem
TLSCertificateKeyFile DIR/key.pem
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=yagura,dc=kita,dc=example" read by anonymous auth by * none
database mdb
suffix "dc=kita,dc=example"
directory DIR/db
overlay ppolicy
ppolicy_default "cn=policy,dc=kita,dc=example"
`

const slapdEntry = `
dn: %s
objectClass: inetOrgPerson
cn: %[2]s
sn: %[2]s
uid: %[2]s
userPassword: %[3]s
`

// StartDirectory returns a directory of the test's own. It knows people by uid, each with PeoplePassword; a
// name that ends in "!" is locked; one that is there twice has two entries. As many a directory does, it
// takes an empty password for anonymous and says yes.
func StartDirectory(t testing.TB, people ...string) *Directory {
	t.Helper()
	d, err := newDirectory(people)
	if err != nil {
		t.Fatal(err)
	}
	d.own(t)
	return d
}

func newDirectory(people []string) (*Directory, error) {
	const binary = "/usr/sbin/slapd"
	if _, err := os.Stat(binary); err != nil {
		return nil, fmt.Errorf("run scripts/test, or apt-get install slapd: %w", err)
	}
	dir, err := os.MkdirTemp("", "yagura-slapd-")
	if err != nil {
		return nil, err
	}
	var addresses [2]string
	for i := range addresses {
		if addresses[i], err = freeAddress(); err != nil {
			return nil, err
		}
	}
	d := &Directory{Server: &Server{dir: dir, URL: "ldap://" + addresses[0]}, TLS: "ldaps://" + addresses[1], CA: filepath.Join(dir, "cert.pem"),
		BindDN: "cn=yagura,dc=kita,dc=example", Password: "canary-bind", Base: "ou=people,dc=kita,dc=example", PeoplePassword: "canary of the ward"}
	conf := filepath.Join(dir, "slapd.conf")
	err = errors.Join(os.Mkdir(filepath.Join(dir, "db"), 0o700), selfSigned(dir),
		os.WriteFile(conf, []byte(strings.ReplaceAll(slapdConf, "DIR", dir)), 0o600),
		os.WriteFile(filepath.Join(dir, "people.ldif"), []byte(d.ldif(people)), 0o600))
	if err != nil {
		return nil, err
	}
	add := exec.Command(binary, "-T", "add", "-f", conf, "-l", filepath.Join(dir, "people.ldif"))
	if out, err := add.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("slapadd: %w\n%s", err, out)
	}
	d.launch = func() (*process, error) {
		return start("TERM", dir, nil, nil, binary, "-f", conf, "-h", d.URL+" "+d.TLS, "-d", "0")
	}
	d.ready = func() error {
		for _, a := range addresses {
			c, err := net.DialTimeout("tcp", a, time.Second)
			if err != nil {
				return err
			}
			_ = c.Close()
		}
		return nil
	}
	return d, d.start()
}

func (d *Directory) ldif(people []string) string {
	var b strings.Builder
	b.WriteString("dn: dc=kita,dc=example\nobjectClass: domain\ndc: kita\n\ndn: " + d.Base + "\nobjectClass: organizationalUnit\nou: people\n")
	b.WriteString("\ndn: cn=policy,dc=kita,dc=example\nobjectClass: device\nobjectClass: pwdPolicy\ncn: policy\npwdAttribute: userPassword\npwdLockout: TRUE\n")
	fmt.Fprintf(&b, slapdEntry, d.BindDN, "yagura", d.Password)
	for i, name := range people {
		uid, locked := strings.CutSuffix(name, "!")
		fmt.Fprintf(&b, slapdEntry, fmt.Sprintf("cn=%d,%s", i, d.Base), uid, d.PeoplePassword)
		fmt.Fprintf(&b, "cn: %d\n", i)
		if locked {
			b.WriteString("pwdAccountLockedTime: 000001010000Z\n")
		}
	}
	return b.String()
}

// selfSigned writes a certificate for 127.0.0.1 that vouches for itself, and its key.
func selfSigned(dir string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "kita.example"}, NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "cert.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600),
		os.WriteFile(filepath.Join(dir, "key.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
}
