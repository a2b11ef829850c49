package main

import (
	"net/netip"
	"strconv"
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"

	"google.golang.org/protobuf/proto"

	"istio.io/istio/pilot/test/xdstest"
)

const virtualOutbound = "virtualOutbound"

// outboundListener is where iptables and Envoy's original-destination lookup take a connection of the application:
// the listener of exactly that address, else the one of all addresses on the port, else virtualOutbound itself.
func outboundListener(listeners []*listenerv3.Listener, address string, port int) *listenerv3.Listener {
	if l := boundTo(listeners, address, port); l != nil {
		return l
	}
	if l := boundTo(listeners, "0.0.0.0", port); l != nil {
		return l
	}
	for _, l := range listeners {
		if l.Name == virtualOutbound {
			return l
		}
	}
	return nil
}

// gatewayListener is what accepts a connection to a gateway's own port; nil when nothing listens.
func gatewayListener(listeners []*listenerv3.Listener, address string, port int) *listenerv3.Listener {
	if l := boundTo(listeners, address, port); l != nil {
		return l
	}
	return boundTo(listeners, "0.0.0.0", port)
}

func boundTo(listeners []*listenerv3.Listener, address string, port int) *listenerv3.Listener {
	for _, l := range listeners {
		if l.GetTrafficDirection() == corev3.TrafficDirection_INBOUND || l.Name == virtualOutbound {
			continue
		}
		addresses := []*corev3.Address{l.GetAddress()}
		for _, more := range l.GetAdditionalAddresses() {
			addresses = append(addresses, more.GetAddress())
		}
		for _, a := range addresses {
			if a.GetSocketAddress().GetAddress() == address && int(a.GetSocketAddress().GetPortValue()) == port {
				return l
			}
		}
	}
	return nil
}

// refusedByEnvoy tells a listener with two filter chains of the same match. Istio generates such listeners for some
// mistakes; Envoy refuses them, and goes on with what it had before: with nothing in a new pod.
func refusedByEnvoy(l *listenerv3.Listener) bool {
	seen := map[string]bool{}
	for _, fc := range l.GetFilterChains() {
		// No match at all and an empty one are the same.
		match, err := proto.MarshalOptions{Deterministic: true}.Marshal(fc.GetFilterChainMatch())
		if err != nil || seen[string(match)] {
			return true
		}
		seen[string(match)] = true
	}
	return false
}

// inspected is what the listener's inspectors find out before a filter chain is chosen.
type inspected struct {
	address   string
	port      int
	serverSNI string
	transport string // tls or raw_buffer
	protocols []string
}

func inspect(l *listenerv3.Listener, address string, port int, w wire) inspected {
	found := inspected{address: address, port: port, transport: "raw_buffer"}
	tlsInspector := hasListenerFilter(l, "envoy.filters.listener.tls_inspector", port)
	if outer := w.outer(); outer != nil && tlsInspector {
		found.transport, found.serverSNI, found.protocols = "tls", strings.ToLower(outer.sni), outer.alpn
	}
	if w.plainHTTP() && hasListenerFilter(l, "envoy.filters.listener.http_inspector", port) {
		found.protocols = []string{"http/1.1"}
	}
	return found
}

func hasListenerFilter(l *listenerv3.Listener, name string, port int) bool {
	for _, f := range l.GetListenerFilters() {
		if f.GetName() == name {
			return f.GetFilterDisabled() == nil || !xdstest.EvaluateListenerFilterPredicates(f.GetFilterDisabled(), port)
		}
	}
	return false
}

// chain chooses the filter chain as Envoy does: criterion after criterion, the most specific value first, and without
// going back once a criterion has matched. nil when the connection is closed.
func chain(l *listenerv3.Listener, in inspected) *listenerv3.FilterChain {
	candidates := l.GetFilterChains()
	candidates = narrow(candidates, func(m *listenerv3.FilterChainMatch) (int, bool) {
		if m.GetDestinationPort() == nil {
			return 0, false
		}
		return rank(int(m.GetDestinationPort().GetValue()) == in.port), true
	})
	candidates = narrow(candidates, func(m *listenerv3.FilterChainMatch) (int, bool) {
		if len(m.GetPrefixRanges()) == 0 {
			return 0, false
		}
		return prefixRank(m.GetPrefixRanges(), in.address), true
	})
	candidates = narrow(candidates, func(m *listenerv3.FilterChainMatch) (int, bool) {
		if len(m.GetServerNames()) == 0 {
			return 0, false
		}
		return serverNameRank(m.GetServerNames(), in.serverSNI), true
	})
	candidates = narrow(candidates, func(m *listenerv3.FilterChainMatch) (int, bool) {
		if m.GetTransportProtocol() == "" {
			return 0, false
		}
		return rank(m.GetTransportProtocol() == in.transport), true
	})
	candidates = narrow(candidates, func(m *listenerv3.FilterChainMatch) (int, bool) {
		if len(m.GetApplicationProtocols()) == 0 {
			return 0, false
		}
		return protocolRank(m.GetApplicationProtocols(), in.protocols), true
	})
	if len(candidates) == 0 {
		return l.GetDefaultFilterChain()
	}
	return candidates[0]
}

// narrow keeps the chains that match a criterion best; if none does, those that do not ask for it.
func narrow(chains []*listenerv3.FilterChain, criterion func(*listenerv3.FilterChainMatch) (int, bool)) []*listenerv3.FilterChain {
	best := 0
	var matched, without []*listenerv3.FilterChain
	for _, c := range chains {
		score, asked := criterion(c.GetFilterChainMatch())
		switch {
		case !asked:
			without = append(without, c)
		case score > best:
			best, matched = score, []*listenerv3.FilterChain{c}
		case score == best && score > 0:
			matched = append(matched, c)
		}
	}
	if best > 0 {
		return matched
	}
	return without
}

func rank(matches bool) int {
	if matches {
		return 1
	}
	return 0
}

func prefixRank(ranges []*corev3.CidrRange, address string) int {
	best := 0
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return 0
	}
	for _, r := range ranges {
		prefix, err := netip.ParsePrefix(r.GetAddressPrefix() + "/" + strconv.Itoa(int(r.GetPrefixLen().GetValue())))
		if err == nil && prefix.Contains(ip) {
			best = max(best, prefix.Bits()+1)
		}
	}
	return best
}

// serverNameRank: an exact name beats every wildcard, a longer wildcard a shorter one. Envoy compares without case.
func serverNameRank(names []string, sni string) int {
	best := 0
	for _, name := range names {
		name = strings.ToLower(name)
		switch {
		case sni == "":
		case name == sni:
			best = max(best, 1<<20)
		case strings.HasPrefix(name, "*.") && len(sni) > len(name)-1 && strings.HasSuffix(sni, name[1:]):
			best = max(best, len(name))
		}
	}
	return best
}

// protocolRank prefers what the client names first.
func protocolRank(wanted, offered []string) int {
	for i, protocol := range offered {
		for _, one := range wanted {
			if one == protocol {
				return len(offered) - i
			}
		}
	}
	return 0
}
