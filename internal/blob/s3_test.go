package blob_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/stretchr/testify/require"

	"yagura/internal/blob"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// client speaks S3 past the package.
func client(t *testing.T, raw string) (*minio.Client, string) {
	u, err := url.Parse(raw)
	require.NoError(t, err)
	c, err := minio.New(u.Host, &minio.Options{
		Creds:     credentials.NewStaticV4(u.Query().Get("key"), u.Query().Get("secret"), ""),
		Transport: &http.Transport{DisableKeepAlives: true},
	})
	require.NoError(t, err)
	return c, strings.Trim(u.Path, "/")
}

func TestDeleteRemovesEveryVersion(t *testing.T) {
	raw := testserver.MinIO(t) + "&versions=true"
	s := open(t, raw)
	c, bucket := client(t, raw)
	versions := func() (n int) {
		for v := range c.ListObjects(t.Context(), bucket, minio.ListObjectsOptions{Recursive: true, WithVersions: true}) {
			require.NoError(t, v.Err)
			n++
		}
		return n
	}
	put(t, s, "k", []byte("1"))
	require.NoError(t, c.RemoveObject(t.Context(), bucket, "k", minio.RemoveObjectOptions{})) // leaves a delete marker
	put(t, s, "k", []byte("2"))
	_, err := c.PutObject(t.Context(), bucket, "k", strings.NewReader("3"), 1, minio.PutObjectOptions{}) // someone overwrites
	require.NoError(t, err)
	require.Equal(t, 4, versions())
	require.NoError(t, s.Delete(t.Context(), "k"))
	require.Zero(t, versions())
}

func TestForeignObjectIsComparedByContent(t *testing.T) {
	raw := testserver.MinIO(t)
	s := ready(t, raw)
	c, bucket := client(t, raw)
	_, err := c.PutObject(t.Context(), bucket, "k", strings.NewReader("abc"), 3, minio.PutObjectOptions{}) // without a checksum
	require.NoError(t, err)
	put(t, s, "k", []byte("abc"))
	require.ErrorIs(t, s.Put(t.Context(), "k", strings.NewReader("abd"), 3), vms.Conflict)
}

func TestABucketThatIsStillToBeMadeHoldsNothing(t *testing.T) {
	raw := testserver.MinIO(t)
	for info, err := range open(t, raw).(blob.Lister).List(t.Context(), "") {
		t.Fatal(info, err)
	}
	for _, err := range open(t, raw+"&create=false").(blob.Lister).List(t.Context(), "") {
		require.ErrorContains(t, err, "NoSuchBucket", "one that somebody else makes is missed")
	}
}

func TestS3StoresTheChecksum(t *testing.T) {
	raw := testserver.MinIO(t)
	s := open(t, raw)
	c, bucket := client(t, raw)
	put(t, s, "k", random(1000))
	info, err := c.StatObject(t.Context(), bucket, "k", minio.StatObjectOptions{Checksum: true})
	require.NoError(t, err)
	sum := sha256.Sum256(random(1000))
	require.Equal(t, sum[:], decode(t, info.ChecksumSHA256))
}

func decode(t *testing.T, sum string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(sum)
	require.NoError(t, err)
	return b
}

func TestLockOnlyWhereTheURLSaysSo(t *testing.T) {
	raw := testserver.MinIO(t) + "&lock=1"
	s := open(t, raw)
	put(t, s, "k", []byte("x"))
	require.ErrorContains(t, s.Delete(t.Context(), "k"), "WORM")
	require.Equal(t, "x", string(get(t, s, "k", 0, -1)))
	c, bucket := client(t, raw)
	for v := range c.ListObjects(t.Context(), bucket, minio.ListObjectsOptions{WithVersions: true}) {
		require.NoError(t, c.RemoveObject(t.Context(), bucket, v.Key, minio.RemoveObjectOptions{VersionID: v.VersionID, GovernanceBypass: true}))
	}
}

func TestOutagePasses(t *testing.T) {
	server := testserver.StartMinIO(t)
	s := open(t, server.URL)
	put(t, s, "before", random(100_000))
	server.Stop(t)
	body := random(1000)
	start := time.Now()
	require.Error(t, s.Put(t.Context(), "during", bytes.NewReader(body), 1000))
	_, err := s.Get(t.Context(), "before", 0, -1)
	require.Error(t, err)
	require.NotErrorIs(t, err, fs.ErrNotExist, "away is not missing")
	require.Error(t, s.Delete(t.Context(), "before"))
	require.Error(t, s.(blob.Pinger).Ping(t.Context()))
	require.Less(t, time.Since(start), 20*time.Second)
	away := open(t, strings.Replace(server.URL, "create=true", "create=false", 1))
	server.Start(t)
	require.NoError(t, away.(blob.Pinger).Ping(t.Context()), "opened while it was away")
	put(t, s, "during", body)
	require.True(t, bytes.Equal(random(100_000), get(t, s, "before", 0, -1)))
}

func TestErrorsKeepTheSecret(t *testing.T) {
	raw := testserver.MinIO(t)
	u, err := url.Parse(raw)
	require.NoError(t, err)
	q := u.Query()
	q.Set("secret", "geheimgeheim")
	q.Set("create", "false")
	u.RawQuery = q.Encode()
	s := open(t, u.String())
	_, getErr := s.Get(t.Context(), "k", 0, -1)
	for _, err := range []error{
		s.Put(t.Context(), "k", strings.NewReader("x"), 1), getErr, s.Delete(t.Context(), "k"), s.(blob.Pinger).Ping(t.Context()),
	} {
		require.Error(t, err)
		require.NotErrorIs(t, err, fs.ErrNotExist)
		require.NotContains(t, err.Error(), "geheim")
		require.NotContains(t, err.Error(), q.Get("key"))
	}
	for _, bad := range []string{
		"", "dir:", "ftp://x", "s3://h:1/b?secret=geheim&tls=perhaps", "s3://h:1/b?secret=geheim&x=y", "s3://k:geheim@h:1/b",
		"s3://h:1/?secret=geheim", "s3://h:1/b/c?secret=geheim", "s3://h:1/b?secret=geheim%zz", "s3://h:x:/b?secret=geheim", "s3://h:1/b?lock=0&secret=geheim",
	} {
		_, err := blob.Open(bad)
		require.Error(t, err, bad)
		require.NotContains(t, err.Error(), "geheim")
	}
}
