package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"istio.io/istio/pilot/pkg/simulation"
)

var update = flag.Bool("update", false, "write testdata/flow/*/want.txt anew")

// TestFlows keeps the answers for the sets of testdata/flow. -update writes their want.txt from what Istio generates, so
// read the difference; `conformance envoy` shows independently what real Envoys do with the same sets.
func TestFlows(t *testing.T) {
	for _, folder := range flowFolders(t) {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			input, calls := flowSet(t, folder)
			answer := simulateSet(input, calls, "")
			if answer.Error != "" {
				t.Fatal(answer.Error)
			}
			got, file := render(answer), filepath.Join(folder, "want.txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("want\n%s\ngot\n%s", want, got)
			}
		})
	}
}

// TestFirstHopAsIstiosSimulation holds our walk against the one in Istio's own test code, which knows the first proxy
// only, and no header matches.
func TestFirstHopAsIstiosSimulation(t *testing.T) {
	compared := 0
	for _, folder := range flowFolders(t) {
		input, calls := flowSet(t, folder)
		err := inWorld(input, calls, "", func(w *world) error {
			for _, one := range calls.Calls {
				answer, err := w.simulateCall(one)
				if err != nil {
					return err
				}
				if asksForHeaders(w.sidecar(one.From), answer.Branches[0].Hops[0].VirtualHost) {
					continue
				}
				target, _ := parseTarget(one.To)
				ask := simulation.Call{
					Address: w.resolve(one, target), Port: target.port, Path: pathOnly(target.path), CallMode: simulation.CallModeOutbound,
					Protocol: simulation.TCP, TLS: simulation.Plaintext,
				}
				switch target.scheme {
				case "http":
					ask.Protocol, ask.HostHeader = simulation.HTTP, target.hostHeader()
				case "https", "tls":
					ask.TLS, ask.Protocol, ask.Sni = simulation.TLS, simulation.HTTP2, orDefault(one.SNI, target.host)
				}
				istios := simulation.NewSimulation(t, w.server, w.sidecar(one.From).model).Run(ask)
				hop := answer.Branches[0].Hops[0]
				ours := fmt.Sprint(hop.Listener, " ", hop.VirtualHost, " ", hop.Cluster)
				theirs := fmt.Sprint(istios.ListenerMatched, " ", istios.VirtualHostMatched, " ", istios.ClusterMatched)
				if len(answer.Branches) > 1 {
					// Istio's simulation names no cluster of a weighted route.
					ours = fmt.Sprint(hop.Listener, " ", hop.VirtualHost, " ")
				}
				if ours != theirs {
					t.Errorf("%s, %s from %s: we say %q, Istio's simulation %q (%v)", folder, one.To, one.From.Namespace, ours, theirs, istios.Error)
				}
				compared++
			}
			return nil
		})
		if err != nil {
			t.Errorf("%s: %v", folder, err)
		}
	}
	if compared < 30 {
		t.Errorf("only %d calls compared", compared)
	}
}

func asksForHeaders(p *proxy, virtualHost string) bool {
	for _, rc := range p.routes {
		for _, vh := range rc.GetVirtualHosts() {
			for _, r := range vh.GetRoutes() {
				if vh.GetName() == virtualHost && len(r.GetMatch().GetHeaders()) > 0 {
					return true
				}
			}
		}
	}
	return false
}

func flowFolders(t *testing.T) []string {
	t.Helper()
	folders, err := filepath.Glob("testdata/flow/*")
	if err != nil || len(folders) == 0 {
		t.Fatal("no testdata", err)
	}
	return folders
}

func flowSet(t *testing.T, folder string) (*set, *callsFile) {
	t.Helper()
	input, err := readSet(folder)
	if err != nil {
		t.Fatal(err)
	}
	calls, err := readCalls(filepath.Join(folder, "calls.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return input, calls
}

// render writes a report in a form that a reader can check.
func render(r report) string {
	var out strings.Builder
	for _, c := range r.Calls {
		fmt.Fprintf(&out, "%s from %s: %s %s\n", c.To, c.From.Namespace, c.Outcome, c.Path)
		for _, b := range c.Branches {
			fmt.Fprintf(&out, "  %d%% %s: %s\n", b.Weight, b.Outcome, b.Detail)
			for _, h := range b.Hops {
				fmt.Fprintf(&out, "    %s | %s %s | %s | %s %s | %s\n", h.Proxy, h.Listener, h.Filter, h.VirtualHost, h.Cluster, h.Discovery,
					strings.TrimSpace(h.UpstreamTLS.Mode+" "+h.UpstreamTLS.SNI))
			}
		}
	}
	return out.String()
}
