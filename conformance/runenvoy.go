package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
)

// runningEnvoy is one stock Envoy with the configuration of one proxy.
type runningEnvoy struct {
	name      string
	address   string // of a sidecar: where the interception would send the application
	command   *exec.Cmd
	output    bytes.Buffer
	exited    chan struct{}
	logFile   string
	offset    int64
	sinceMark []logged
}

// start brings up an Envoy for each caller and each gateway of the set, and the stand-ins.
func (r *envoyRun) start(w *world, calls *callsFile) error {
	var err error
	if r.outside, err = newOutside(); err != nil {
		return err
	}
	mesh, err := newAuthority("conformance mesh")
	if err != nil {
		return err
	}
	hosts := []string{}
	for _, one := range calls.Calls {
		if t, err := parseTarget(one.To); err == nil && !contains(hosts, t.host) {
			hosts = append(hosts, t.host)
		}
		if one.SNI != "" && !contains(hosts, one.SNI) {
			hosts = append(hosts, one.SNI)
		}
	}
	// Two runs on one machine must not meet: each has a loopback network of its own.
	random := make([]byte, 2)
	if _, err := rand.Read(random); err != nil {
		return err
	}
	network := fmt.Sprintf("127.%d.%d", 1+random[0]%250, random[1])
	gateways := map[string]string{}
	for _, p := range w.cluster.pods {
		if p.gateway {
			w.gateway(p)
			gateways[p.ip] = fmt.Sprintf("%s.%d", network, 1+len(gateways))
		}
	}
	var group sync.WaitGroup
	failures := make(chan error, len(w.proxies))
	for i, key := range sortedKeys(w.proxies) {
		p := w.proxies[key]
		if p.model.IsWaypointProxy() {
			continue
		}
		b := &bootstrapper{world: w, outside: r.outside, mesh: mesh, hosts: hosts, gatewayIPs: gateways,
			logFile: filepath.Join(r.folder, fmt.Sprintf("%d-access.log", i)), identity: w.identityOf(p, calls)}
		e := &runningEnvoy{name: p.name, logFile: b.logFile, exited: make(chan struct{})}
		sidecarIP := ""
		if p.pod == nil {
			sidecarIP = fmt.Sprintf("%s.%d", network, 255-len(r.sidecars))
			e.address = sidecarIP + ":15001"
			r.sidecars[p] = e
		}
		bootstrap, err := b.bootstrap(p, sidecarIP)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		js, err := protojson.MarshalOptions{Multiline: true}.Marshal(bootstrap)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		file := filepath.Join(r.folder, fmt.Sprintf("%d-bootstrap.json", i))
		if err := os.WriteFile(file, js, 0o600); err != nil {
			return err
		}
		adminFile := filepath.Join(r.folder, fmt.Sprintf("%d-admin", i))
		e.command = exec.Command(r.binary, "-c", file, "--disable-hot-restart", "--concurrency", "1", "-l", "error",
			"--file-flush-interval-msec", "20", "--admin-address-path", adminFile, "--drain-time-s", "1", "--parent-shutdown-time-s", "2")
		e.command.Stdout, e.command.Stderr = &e.output, &e.output
		r.mu.Lock()
		err = e.command.Start()
		if err == nil {
			r.all = append(r.all, e)
		}
		r.mu.Unlock()
		if err != nil {
			return err
		}
		go func() {
			_ = e.command.Wait()
			close(e.exited)
		}()
		group.Go(func() {
			if err := e.waitReady(adminFile); err != nil {
				failures <- err
			}
		})
	}
	group.Wait()
	close(failures)
	return <-failures
}

// identityOf is the SPIFFE identity that istiod would give the proxy.
func (w *world) identityOf(p *proxy, calls *callsFile) string {
	account := "default"
	if p.pod != nil {
		account = orDefault(p.pod.template.ServiceAccountName, "default")
	}
	for _, one := range calls.Calls {
		if p.pod == nil && w.sidecar(one.From) == p {
			account = orDefault(one.From.ServiceAccount, "default")
		}
	}
	return "spiffe://cluster.local/ns/" + p.model.ConfigNamespace + "/sa/" + account
}

func (e *runningEnvoy) waitReady(adminFile string) error {
	client := &http.Client{Timeout: time.Second}
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		select {
		case <-e.exited:
			return fmt.Errorf("Envoy of %s refuses its configuration:\n%s", e.name, tail(e.output.String(), 15))
		default:
		}
		if address, err := os.ReadFile(adminFile); err == nil && len(address) > 0 {
			answer, err := client.Get("http://" + string(address) + "/ready")
			if err == nil {
				_, _ = io.Copy(io.Discard, answer.Body)
				_ = answer.Body.Close()
				if answer.StatusCode == http.StatusOK {
					return nil
				}
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("Envoy of %s is not ready after 20 s:\n%s", e.name, tail(e.output.String(), 15))
}

func tail(text string, lines int) string {
	all := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// stopOnSignal makes an interrupted run leave no Envoy behind; the result ends the watch.
func (r *envoyRun) stopOnSignal() func() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		select {
		case <-signals:
			r.mu.Lock()
			for _, e := range r.all {
				_ = e.command.Process.Kill()
			}
			os.Exit(exitUsage)
		case <-done:
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// stop ends every Envoy and stand-in, whatever happened before.
func (r *envoyRun) stop() {
	for _, e := range r.all {
		_ = e.command.Process.Kill()
	}
	for _, e := range r.all {
		<-e.exited
	}
	if r.outside != nil {
		r.outside.close()
	}
}

// mark forgets the lines logged so far.
func (e *runningEnvoy) mark() {
	e.read()
	e.sinceMark = nil
}

// newLines gives what was logged since the last mark.
func (e *runningEnvoy) newLines() []logged {
	e.read()
	return e.sinceMark
}

func (e *runningEnvoy) read() {
	file, err := os.Open(e.logFile)
	if err != nil {
		return
	}
	defer file.Close()
	if _, err := file.Seek(e.offset, io.SeekStart); err != nil {
		return
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return
	}
	// A line that is still being written waits for the next time.
	whole := bytes.LastIndexByte(content, '\n') + 1
	e.offset += int64(whole)
	for _, text := range bytes.Split(bytes.TrimSpace(content[:whole]), []byte("\n")) {
		raw := map[string]any{}
		if json.Unmarshal(text, &raw) != nil {
			continue
		}
		field := func(name string) string {
			if raw[name] == nil {
				return "-"
			}
			return fmt.Sprint(raw[name])
		}
		e.sinceMark = append(e.sinceMark, logged{Listener: field("listener"), Filter: field("filter"), Cluster: field("cluster"),
			Route: field("route"), Code: strings.TrimSuffix(field("code"), ":"), Flags: field("flags"), SNI: field("sni"),
			Host: field("host"), Peer: field("peer")})
	}
}
