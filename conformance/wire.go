package main

import (
	"strings"
)

// wire is what travels on a connection: the application's own bytes, inside the layers of TLS that are around them.
type wire struct {
	layers []tlsLayer // the outermost last
	http   *request   // what the innermost bytes are when they can be read as HTTP; nil for opaque bytes
	// terminated: the proxy that reads the bytes now has just taken a layer of TLS off, so the request is https to it.
	terminated bool
}

// tlsLayer is one TLS session.
type tlsLayer struct {
	mode string // SIMPLE, MUTUAL or ISTIO_MUTUAL as the client speaks it
	sni  string
	alpn []string
}

// request is an HTTP request as routes see it.
type request struct {
	host    string // Host header, with a port where it is written
	path    string
	method  string
	headers map[string]string // lower-case names
}

func (w wire) outer() *tlsLayer {
	if len(w.layers) == 0 {
		return nil
	}
	return &w.layers[len(w.layers)-1]
}

func (w wire) unwrap() wire {
	return wire{layers: w.layers[:len(w.layers)-1], http: w.http, terminated: true}
}

func (w wire) wrap(layer tlsLayer) wire {
	return wire{layers: append(append([]tlsLayer{}, w.layers...), layer), http: w.http}
}

func (w wire) withRequest(r *request) wire {
	return wire{layers: w.layers, http: r, terminated: w.terminated}
}

// plainHTTP tells that a proxy which reads the first bytes sees HTTP.
func (w wire) plainHTTP() bool { return len(w.layers) == 0 && w.http != nil }

// firstWire is what the application sends.
func firstWire(c call, t target) wire {
	r := &request{host: t.hostHeader(), path: orDefault(t.path, "/"), method: orDefault(c.Method, "GET"), headers: map[string]string{}}
	for name, value := range c.Headers {
		if strings.EqualFold(name, "host") {
			r.host = value
			continue
		}
		r.headers[strings.ToLower(name)] = value
	}
	switch t.scheme {
	case "http":
		return wire{http: r}
	case "https", "tls":
		return wire{http: r, layers: []tlsLayer{{mode: tlsSimple, sni: orDefault(c.SNI, t.host), alpn: []string{"h2", "http/1.1"}}}}
	}
	return wire{}
}

func (r *request) header(name string) (string, bool) {
	switch strings.ToLower(name) {
	case ":authority", "host":
		return r.host, true
	case ":method":
		return r.method, true
	case ":path":
		return r.path, true
	case ":scheme":
		return "http", true
	}
	value, found := r.headers[strings.ToLower(name)]
	return value, found
}

// hostOnly is the Host header without its port.
func (r *request) hostOnly() string {
	if i := strings.LastIndex(r.host, ":"); i >= 0 && !strings.HasSuffix(r.host, "]") {
		return r.host[:i]
	}
	return r.host
}

func (r *request) clone() *request {
	copied := *r
	copied.headers = map[string]string{}
	for name, value := range r.headers {
		copied.headers[name] = value
	}
	return &copied
}
