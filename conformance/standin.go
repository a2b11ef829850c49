package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/http2"
)

// outside stands in for every host outside the mesh, on loopback.
type outside struct {
	authority *authority
	mu        sync.Mutex
	listeners map[string]net.Listener // by "host:port" as the configuration names the destination
	seen      []visit
}

// visit is what arrived at a stand-in.
type visit struct {
	destination string   // "host:port" of the configuration, or asDialled
	layers      []string // SNIs of the TLS sessions around the bytes, the outermost first
	host        string   // Host header, where the bytes are HTTP
	tunnel      string   // "host:port" that the stand-in was asked for as a forward proxy, if any
	client      string   // subject of a client certificate, if any
}

// asDialled is the destination of connections that keep the address the application dialled.
const asDialled = "as dialled"

func newOutside() (*outside, error) {
	a, err := newAuthority("conformance outside")
	return &outside{authority: a, listeners: map[string]net.Listener{}}, err
}

// address gives the loopback address that stands for a destination.
func (o *outside) address(destination string) (string, int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	l, found := o.listeners[destination]
	if !found {
		var err error
		if l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return "", 0, err
		}
		o.listeners[destination] = l
		go o.serve(l, destination)
	}
	a := l.Addr().(*net.TCPAddr)
	return a.IP.String(), a.Port, nil
}

func (o *outside) serve(l net.Listener, destination string) {
	for {
		connection, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer connection.Close()
			_ = connection.SetDeadline(time.Now().Add(10 * time.Second))
			o.talk(connection, visit{destination: destination})
		}()
	}
}

// peeked is a connection whose first bytes have been looked at.
type peeked struct {
	net.Conn
	reader *bufio.Reader
}

func (p peeked) Read(b []byte) (int, error) { return p.reader.Read(b) }

// talk takes off as many TLS layers as there are, then answers.
func (o *outside) talk(connection net.Conn, v visit) {
	reader := bufio.NewReader(connection)
	first, err := reader.Peek(1)
	if err != nil {
		return
	}
	const handshakeRecord = 0x16
	if first[0] == handshakeRecord {
		name, _, _ := net.SplitHostPort(v.destination)
		session := tls.Server(peeked{connection, reader}, &tls.Config{
			GetCertificate: o.authority.server(name), ClientAuth: tls.RequestClientCert, NextProtos: []string{"http/1.1"},
		})
		if err := session.Handshake(); err != nil {
			return
		}
		state := session.ConnectionState()
		v.layers = append(v.layers, state.ServerName)
		if len(state.PeerCertificates) > 0 {
			v.client = state.PeerCertificates[0].Subject.String()
		}
		o.talk(session, v)
		return
	}
	line, err := reader.Peek(3)
	if err == nil && string(line) == "PRI" {
		// HTTP/2 without TLS: a gateway that passes TCP on hands over what the sidecar speaks to it.
		(&http2.Server{}).ServeConn(peeked{connection, reader}, &http2.ServeConnOpts{Handler: http.HandlerFunc(
			func(w http.ResponseWriter, r *http.Request) {
				v.host = r.Host
				o.note(v)
				_, _ = io.WriteString(w, "outside")
			})})
		return
	}
	if err == nil && string(line) == "CON" {
		request, err := http.ReadRequest(reader)
		if err != nil || request.Method != http.MethodConnect {
			return
		}
		// What is behind a forward proxy is stood in for as well.
		v.tunnel, v.destination = request.RequestURI, request.RequestURI
		fmt.Fprint(connection, "HTTP/1.1 200 OK\r\n\r\n")
		o.talk(peeked{connection, reader}, v)
		return
	}
	if err == nil && isRequest(string(line)) {
		for {
			request, err := http.ReadRequest(reader)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, request.Body)
			v.host = request.Host
			o.note(v)
			body := "outside"
			fmt.Fprintf(connection, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-Outside: yes\r\n\r\n%s", len(body), body)
		}
	}
	_, _ = reader.ReadString('\n')
	o.note(v)
	_, _ = io.WriteString(connection, "outside\n")
}

func (o *outside) note(v visit) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.seen = append(o.seen, v)
}

// take gives what arrived since the last time.
func (o *outside) take() []visit {
	o.mu.Lock()
	defer o.mu.Unlock()
	seen := o.seen
	o.seen = nil
	return seen
}

func (o *outside) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.listeners {
		_ = l.Close()
	}
}

// isRequest tells by their first three letters the methods that calls are made with.
func isRequest(beginning string) bool {
	switch beginning {
	case "GET", "HEA", "POS", "PUT", "PAT", "DEL", "OPT":
		return true
	}
	return false
}

// dial does one call as an application behind the sidecar would. The PROXY header stands for what iptables leave
// behind: the address that the application dialled.
func dial(sidecar, address string, t target, c call, trust *authority) string {
	connection, err := net.DialTimeout("tcp", sidecar, 2*time.Second)
	if err != nil {
		return "error: " + err.Error()
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(8 * time.Second))
	fmt.Fprintf(connection, "PROXY TCP4 %s %s 40000 %d\r\n", callerIP, address, t.port)
	first := firstWire(c, t)
	var stream net.Conn = connection
	if outer := first.outer(); outer != nil {
		session := tls.Client(connection, &tls.Config{ServerName: outer.sni, RootCAs: trust.pool(), NextProtos: []string{"h2", "http/1.1"}})
		if err := session.Handshake(); err != nil {
			return "closed: " + err.Error()
		}
		stream = session
	}
	if first.http == nil {
		fmt.Fprintf(stream, "conformance\n")
		answer, err := bufio.NewReader(stream).ReadString('\n')
		if err != nil {
			return "closed: " + err.Error()
		}
		return strings.TrimSpace(answer)
	}
	fmt.Fprintf(stream, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n", first.http.method, first.http.path, first.http.host)
	for name, value := range first.http.headers {
		fmt.Fprintf(stream, "%s: %s\r\n", name, value)
	}
	fmt.Fprint(stream, "\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(stream), nil)
	if err != nil {
		return "closed: " + err.Error()
	}
	defer answer.Body.Close()
	return fmt.Sprint(answer.StatusCode)
}
