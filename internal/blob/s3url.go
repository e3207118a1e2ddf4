package blob

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// s3Config is an s3:// URL taken apart.
type s3Config struct {
	host, bucket, region, key, secret string
	tls, create, versions             bool
	lockDays                          int
}

// parseS3 never quotes the URL in an error: it holds the secret.
func parseS3(raw string) (c s3Config, err error) {
	u, err := url.Parse(raw)
	if err != nil {
		return c, errors.New("the url cannot be parsed")
	}
	c = s3Config{host: u.Host, bucket: strings.Trim(u.Path, "/"), region: "us-east-1", tls: true, create: true}
	if c.host == "" || c.bucket == "" || strings.Contains(c.bucket, "/") {
		return c, errors.New("the url must be s3://HOST:PORT/BUCKET?…")
	}
	if u.User != nil {
		return c, errors.New("credentials go into the parameters key and secret")
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return c, errors.New("the parameters cannot be parsed: write % as %25, + as %2B, & as %26")
	}
	for name, values := range q {
		if err := c.set(name, values[len(values)-1]); err != nil {
			return c, fmt.Errorf("parameter %s: %w", name, err)
		}
	}
	return c, nil
}

func (c *s3Config) set(name, value string) (err error) {
	yesNo := func(to *bool) (err error) {
		if *to, err = strconv.ParseBool(value); err != nil {
			err = errors.New("must be true or false")
		}
		return err
	}
	switch name {
	case "region":
		c.region = value
	case "key":
		c.key = value
	case "secret":
		c.secret = value
	case "tls":
		return yesNo(&c.tls)
	case "create":
		return yesNo(&c.create)
	case "versions":
		return yesNo(&c.versions)
	case "lock":
		if c.lockDays, err = strconv.Atoi(value); err != nil || c.lockDays < 1 {
			return errors.New("must be a number of days")
		}
	default:
		return errors.New("is unknown")
	}
	return nil
}

func openS3(raw string) (*S3, error) {
	c, err := parseS3(raw)
	if err != nil {
		return nil, fmt.Errorf("open object store: %w", err)
	}
	t, err := transport(c.tls)
	if err != nil {
		return nil, fmt.Errorf("open object store: %w", err)
	}
	core, err := minio.NewCore(c.host, &minio.Options{
		Creds: credentials.NewStaticV4(c.key, c.secret, ""), Secure: c.tls, Transport: t,
		Region: c.region, BucketLookup: minio.BucketLookupPath, MaxRetries: s3Tries,
	})
	if err != nil {
		return nil, fmt.Errorf("open object store at %s: %w", c.host, err)
	}
	s := &S3{core: core, http: t, bucket: c.bucket, keep: c.versions, lock: time.Duration(c.lockDays) * 24 * time.Hour}
	if c.create {
		s.make = &minio.MakeBucketOptions{Region: c.region, ObjectLocking: c.lockDays > 0}
	}
	return s, nil
}
