package main

import (
	"fmt"
	"slices"
	"strings"
)

// observation is what a call left behind: the caller's answer, the Envoys' log lines, and what reached a stand-in.
type observation struct {
	answer string
	lines  map[string][]logged // by proxy
	visits []visit
	call   call
	target target
}

func (o observation) String() string {
	var parts []string
	for _, name := range sortedKeys(o.lines) {
		for _, l := range o.lines[name] {
			parts = append(parts, fmt.Sprintf("%s %+v", name, l))
		}
	}
	return fmt.Sprintf("answer %q; %s; outside %+v", o.answer, strings.Join(parts, "; "), o.visits)
}

func (o observation) arrived() bool { return o.answer == "200" || o.answer == "outside" }

// differs tells how the observation contradicts a branch; "" when it bears the branch out.
func (o observation) differs(branch branchReport) string {
	passed := map[string]bool{}
	for i, hop := range branch.Hops {
		passed[hop.Proxy] = true
		if problem := o.hop(branch, i); problem != "" {
			return problem
		}
	}
	for _, name := range sortedKeys(o.lines) {
		if len(o.lines[name]) > 0 && !passed[name] {
			return fmt.Sprintf("%s was passed, the trace does not have it", name)
		}
	}
	if leaves(branch.Outcome) {
		own, problem := branch.withoutCopies(o.visits)
		if problem != "" {
			return problem
		}
		o.visits = own
		switch {
		case !o.arrived():
			return "the call did not succeed: " + o.answer
		case len(o.visits) == 0:
			return "nothing reached the outside"
		}
		return o.encryption(branch)
	}
	switch {
	case o.arrived():
		return "the call succeeded, the trace says " + branch.Outcome
	case len(o.visits) > 0:
		return "something reached the outside, the trace says " + branch.Outcome
	}
	return ""
}

// hop looks for the log line of a hop.
func (o observation) hop(branch branchReport, i int) string {
	hop := branch.Hops[i]
	last := i == len(branch.Hops)-1
	// Who fails in the TLS handshake never gets to a filter that logs.
	if last && i > 0 && branch.Outcome == tlsMismatch && hop.Filter != "" {
		return ""
	}
	filter := orDefault(hop.Filter, "none")
	for _, line := range o.lines[hop.Proxy] {
		if line.Listener != hop.Listener || line.Filter != filter {
			continue
		}
		if !hop.logsCluster(line.Cluster, last && branch.Outcome == denied) {
			continue
		}
		if i > 0 {
			return o.peer(branch.Hops[i-1], hop, line)
		}
		return ""
	}
	return fmt.Sprintf("%s: no log line of listener %s, filter %s, cluster %q", hop.Proxy, hop.Listener, filter, hop.Cluster)
}

// logsCluster tells whether a log line may name this cluster for the hop. One that does not exist, or none at all, is
// logged as "-". A request that a policy refuses has its route, and so a cluster, already.
func (hop hopReport) logsCluster(name string, refusedByPolicy bool) bool {
	return name == hop.Cluster || refusedByPolicy || hop.Discovery == "" && name == "-"
}

// peer checks that the gateway knows who calls when, and only when, the hop before says mesh mutual TLS.
func (o observation) peer(before, hop hopReport, line logged) string {
	known, claimed := strings.HasPrefix(line.Peer, "spiffe://"), before.UpstreamTLS.Mode == tlsIstioMutual
	// A TCP server without TLS settings passes a TLS session on unread, and so shows no peer either way.
	if hop.Filter == "" || known == claimed || hop.Filter == "tcp" && !known {
		return ""
	}
	return fmt.Sprintf("%s: peer %q although the hop before says TLS %s", hop.Proxy, line.Peer, before.UpstreamTLS.Mode)
}

// encryption compares the TLS that reached the outside with the claim.
func (o observation) encryption(branch branchReport) string {
	hop := branch.Hops[len(branch.Hops)-1]
	visit := o.visits[len(o.visits)-1]
	if visit.tunnel != hop.Tunnel {
		return fmt.Sprintf("a tunnel to %q was asked for, the last hop says %q", visit.tunnel, hop.Tunnel)
	}
	if hop.Authority != "" && visit.host != hop.Authority {
		return fmt.Sprintf("Host %q reached the outside, the last hop says %q", visit.host, hop.Authority)
	}
	if branch.host != "" && visit.host != "" && !strings.EqualFold(visit.host, branch.host) {
		return fmt.Sprintf("Host %q reached the outside, Istio's configuration makes %q", visit.host, branch.host)
	}
	layers := visit.layers
	if hop.UpstreamTLS.Mode != tlsNone && (len(layers) == 0 || layers[0] != hop.UpstreamTLS.SNI) {
		return fmt.Sprintf("TLS sessions with SNI %q reached the outside, the last hop says %s with %q", layers, hop.UpstreamTLS.Mode, hop.UpstreamTLS.SNI)
	}
	if branch.sessions != nil && !slices.Equal(layers, branch.sessions) {
		return fmt.Sprintf("TLS sessions with SNI %q reached the outside, Istio's configuration makes %q", layers, branch.sessions)
	}
	return ""
}
