package main

import (
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"sigs.k8s.io/yaml"
)

// callsFile is the project's calls file (contracts: "Calls file").
type callsFile struct {
	Gateways []gatewayFact `json:"gateways,omitempty"`
	Calls    []call        `json:"calls"`
}

// gatewayFact describes a gateway workload where the manifests do not.
type gatewayFact struct {
	Name      string            `json:"name"`
	Namespace string            `json:"namespace"`
	Labels    map[string]string `json:"labels,omitempty"`
	Ports     []gatewayPort     `json:"ports,omitempty"`
	created   time.Time
	account   string // the service account of its pods; NAME-service-account where empty
}

type gatewayPort struct {
	Name       string `json:"name,omitempty"`
	Port       int    `json:"port"`
	TargetPort int    `json:"targetPort,omitempty"`
}

type caller struct {
	Namespace      string            `json:"namespace"`
	Labels         map[string]string `json:"labels,omitempty"`
	ServiceAccount string            `json:"serviceAccount,omitempty"`
	Annotations    map[string]string `json:"annotations,omitempty"`
}

type call struct {
	Name    string            `json:"name,omitempty"`
	From    caller            `json:"from"`
	To      string            `json:"to"`
	Method  string            `json:"method,omitempty"`
	Address string            `json:"address,omitempty"`
	SNI     string            `json:"sni,omitempty"`
	Headers map[string]string `json:"headers,omitempty"`
}

// pastSidecar tells annotations, and the label, by which a pod has no sidecar or leads connections past it. Packet rules do
// that, so Istio's configuration of proxies says nothing about such calls.
func (c caller) pastSidecar() bool {
	for key := range c.Annotations {
		if key == "sidecar.istio.io/inject" || strings.HasPrefix(key, "traffic.sidecar.istio.io/") {
			return true
		}
	}
	return c.Labels["sidecar.istio.io/inject"] != ""
}

func readCalls(file string) (*callsFile, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	calls := &callsFile{}
	if err := yaml.UnmarshalStrict(content, calls); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return calls, nil
}

// target is a parsed call URL.
type target struct {
	scheme string // http, https, tls, tcp
	host   string
	port   int
	path   string // with the query, for http and https
}

var defaultPorts = map[string]int{"http": 80, "https": 443}

func parseTarget(text string) (target, error) {
	u, err := url.Parse(text)
	if err != nil {
		return target{}, err
	}
	t := target{scheme: u.Scheme, host: u.Hostname(), port: defaultPorts[u.Scheme]}
	switch t.scheme {
	case "http", "https":
		t.path = u.RequestURI()
	case "tls", "tcp":
	default:
		return target{}, fmt.Errorf("%s: unknown scheme %q", text, u.Scheme)
	}
	if u.Port() != "" {
		if t.port, err = strconv.Atoi(u.Port()); err != nil {
			return target{}, err
		}
	}
	if t.host == "" || t.port == 0 {
		return target{}, fmt.Errorf("%s: needs a host and a port", text)
	}
	return t, nil
}

// String writes the URL with its port, as reports do.
func (t target) String() string {
	return fmt.Sprintf("%s://%s:%d%s", t.scheme, t.host, t.port, t.path)
}

// hostHeader is what curl sends: the port only where it is not the scheme's own.
func (t target) hostHeader() string {
	defaultPort := defaultPorts[t.scheme]
	if t.scheme == "tls" {
		defaultPort = 443
	}
	if t.port == defaultPort {
		return t.host
	}
	return fmt.Sprintf("%s:%d", t.host, t.port)
}

func (t target) encrypted() bool { return t.scheme == "https" || t.scheme == "tls" }

// pathOnly is the path without the query, which Envoy's path matches do not see.
func pathOnly(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path
}
