package camera

import (
	"yagura/internal/conf"
)

// The written forms. Their tags make the strict reader and the JSON Schemas.

type cameraFile struct {
	Site    string         `yaml:"site" jsonschema:"required" jsonschema_description:"id of a site in organisation.yaml; a new one may be named"`
	Floor   string         `yaml:"floor"`
	Cameras []cameraRecord `yaml:"cameras" jsonschema:"required"`
}

type cameraRecord struct {
	ID          string            `yaml:"id" jsonschema:"required" jsonschema_description:"the viewpoint; stable, never reused; a-z 0-9 - up to 32"`
	Number      string            `yaml:"number" jsonschema_description:"what people see; the id in capitals when left out"`
	Name        string            `yaml:"name" jsonschema:"required"`
	Kind        string            `yaml:"kind" jsonschema:"required,enum=surveillance,enum=security" jsonschema_description:"surveillance 監視カメラ or security 防犯カメラ"`
	Placements  []placementRecord `yaml:"placements" jsonschema_description:"where it hangs and whose it is, from which day; or use section and starts"`
	Section     string            `yaml:"section" jsonschema_description:"short form of one placement: the unit"`
	Starts      conf.Date         `yaml:"starts" jsonschema_description:"short form of one placement: its first day"`
	Room        string            `yaml:"room" jsonschema_description:"short form of one placement: the room"`
	Streams     streamsRecord     `yaml:"streams" jsonschema:"required"`
	Credentials conf.Secret       `yaml:"credentials" jsonschema_description:"user:password as ${NAME} or file:PATH"`
	Transport   string            `yaml:"transport" jsonschema:"enum=tcp,enum=udp" jsonschema_description:"tcp when left out"`
	Retention   conf.Duration     `yaml:"retention" jsonschema_description:"how long footage is kept; 30d when left out"`
	Devices     []deviceRecord    `yaml:"devices"`
}

type placementRecord struct {
	From     conf.Date `yaml:"from" jsonschema:"required"`
	Room     string    `yaml:"room"`
	Sections []string  `yaml:"sections" jsonschema:"required" jsonschema_description:"unit ids of organisation.yaml"`
}

type streamsRecord struct {
	Main string `yaml:"main" jsonschema:"required" jsonschema_description:"rtsp://host/path without user and password"`
	Sub  string `yaml:"sub" jsonschema_description:"the small stream; may be left out"`
}

type deviceRecord struct {
	From   conf.Date `yaml:"from" jsonschema:"required"`
	Model  string    `yaml:"model"`
	Serial string    `yaml:"serial"`
	MAC    string    `yaml:"mac"`
	Switch string    `yaml:"switch"`
	Port   string    `yaml:"port"`
}

type organisationFile struct {
	Name         string        `yaml:"name" jsonschema:"required"`
	RetentionMax conf.Duration `yaml:"retention_max" jsonschema_description:"no camera may keep footage longer; 0 or left out: no limit"`
	Sites        []siteRecord  `yaml:"sites"`
	Units        []unitRecord  `yaml:"units" jsonschema:"required" jsonschema_description:"the 部 in 建制順, each with its 分野"`
}

type siteRecord struct {
	ID   string `yaml:"id" jsonschema:"required"`
	Name string `yaml:"name" jsonschema:"required"`
}

type unitRecord struct {
	ID         string       `yaml:"id" jsonschema:"required" jsonschema_description:"stable, never reused; a-z 0-9 - up to 32"`
	Name       string       `yaml:"name" jsonschema:"required"`
	Kind       string       `yaml:"kind" jsonschema:"enum=department,enum=section,enum=team,enum=office" jsonschema_description:"department on the top level, section below it, when left out"`
	From       conf.Date    `yaml:"from" jsonschema_description:"first day; always, when left out"`
	To         conf.Date    `yaml:"to" jsonschema_description:"the day it no longer exists; still there, when left out"`
	Successors []string     `yaml:"successors" jsonschema_description:"unit ids that take over its work and its cameras' footage"`
	Units      []unitRecord `yaml:"units"`
}

// Schema is the JSON Schema of a camera file, for editors.
func Schema() []byte { return conf.Schema("Yagura: cameras of one floor or facility", &cameraFile{}) }

// OrganisationSchema is the JSON Schema of organisation.yaml.
func OrganisationSchema() []byte { return conf.Schema("Yagura: the organisation", &organisationFile{}) }

// PlanSchema is the JSON Schema of a floor plan.
func PlanSchema() []byte { return conf.Schema("Yagura: a floor plan", &planFile{}) }
