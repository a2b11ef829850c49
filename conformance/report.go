package main

import "strings"

// The JSON of contracts.md ("explain as JSON"), as far as a simulation can fill it in.

type report struct {
	IstioVersion string       `json:"istioVersion"`
	Calls        []callReport `json:"calls"`
	// Error says why the set could not be judged at all; Calls is empty then.
	Error string `json:"error,omitempty"`
}

type callReport struct {
	Name     string         `json:"name"`
	From     fromReport     `json:"from"`
	To       string         `json:"to"`
	Outcome  string         `json:"outcome"`
	Path     string         `json:"path"`
	Detail   string         `json:"detail"`
	Remedy   string         `json:"remedy"`
	Branches []branchReport `json:"branches"`
}

type fromReport struct {
	Namespace string            `json:"namespace"`
	Labels    map[string]string `json:"labels"`
}

type branchReport struct {
	Weight  int         `json:"weight"`
	Outcome string      `json:"outcome"`
	Detail  string      `json:"detail,omitempty"`
	Hops    []hopReport `json:"hops"`
	// meshTLSOutside: mesh mutual TLS leaves the mesh, which only a server with a mesh certificate can answer.
	meshTLSOutside bool
	// sessions are the SNIs of the TLS sessions that reach the outside, the outermost first; nil where not followed.
	sessions []string
	// host is the Host header that reaches the outside; empty where the bytes are no HTTP, or where not followed.
	host string
}

type hopReport struct {
	Proxy       string    `json:"proxy"`
	Listener    string    `json:"listener"`
	Filter      string    `json:"filter"`
	VirtualHost string    `json:"virtualHost"`
	Route       string    `json:"route"`
	Cluster     string    `json:"cluster"`
	Host        string    `json:"host"`
	Port        int       `json:"port"`
	Subset      string    `json:"subset"`
	Discovery   string    `json:"discovery"`
	UpstreamTLS tlsReport `json:"upstreamTLS"`
	Timeout     string    `json:"timeout,omitempty"`
	Retries     *int      `json:"retries,omitempty"`
	// Authority is the Host that goes on instead of the one that came.
	Authority string `json:"authority,omitempty"`
	// Tunnel is the host and port that the proxy asks an outside forward proxy for.
	Tunnel string `json:"tunnel,omitempty"`
	// Mirrors are the copies of the request that go elsewhere.
	Mirrors []mirrorReport `json:"mirrors,omitempty"`
}

type mirrorReport struct {
	Cluster string  `json:"cluster"`
	Percent float64 `json:"percent"`
	// Discovery is empty where the proxy lacks the cluster, so that no copy is sent.
	Discovery   string    `json:"discovery"`
	UpstreamTLS tlsReport `json:"upstreamTLS"`
	// Authority is the Host that a copy bears.
	Authority string `json:"authority"`
	// Sent is false where the proxy has nowhere to send a copy.
	Sent bool `json:"sent"`
	// destination is where the configuration sends a copy, "host:port"; empty where not followed.
	destination string
}

type tlsReport struct {
	Mode       string   `json:"mode"`
	SNI        string   `json:"sni,omitempty"`
	SANs       []string `json:"sans,omitempty"`
	CA         string   `json:"ca,omitempty"`
	ClientCert string   `json:"clientCert,omitempty"`
}

// Outcomes of a call or a branch.
const (
	external     = "EXTERNAL"
	passthrough  = "PASSTHROUGH"
	inMesh       = "MESH"
	blocked      = "BLOCKED"
	denied       = "DENIED"
	answered     = "ANSWERED"
	noEndpoints  = "NO_ENDPOINTS"
	loop         = "LOOP"
	tlsMismatch  = "TLS_MISMATCH"
	mixed        = "MIXED"
	undetermined = "UNDETERMINED"
)

// TLS modes towards the next hop.
const (
	tlsNone        = "NONE"
	tlsSimple      = "SIMPLE"
	tlsMutual      = "MUTUAL"
	tlsIstioMutual = "ISTIO_MUTUAL"
)

func leaves(outcome string) bool { return outcome == external || outcome == passthrough }

// summarize derives the call's outcome, path and detail from its branches.
func (c *callReport) summarize() {
	c.Path = "none"
	for i, branch := range c.Branches {
		if i == 0 {
			c.Outcome, c.Detail = branch.Outcome, branch.Detail
		} else if branch.Outcome != c.Outcome {
			c.Outcome, c.Detail = mixed, "weighted destinations end differently"
		}
		if !leaves(branch.Outcome) {
			continue
		}
		if viaWaypoint(branch.Hops) {
			c.Path = "via-waypoint"
		} else if len(branch.Hops) > 1 && c.Path != "via-waypoint" {
			c.Path = "via-gateway"
		} else if c.Path == "none" {
			c.Path = "direct"
		}
	}
}

func viaWaypoint(hops []hopReport) bool {
	for _, hop := range hops {
		if strings.HasPrefix(hop.Proxy, "waypoint ") {
			return true
		}
	}
	return false
}
