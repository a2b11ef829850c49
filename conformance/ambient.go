package main

import (
	"net/netip"
	"strconv"
	"strings"

	matcherv3 "github.com/cncf/xds/go/xds/type/matcher/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	corev1 "k8s.io/api/core/v1"

	"istio.io/istio/pkg/workloadapi"
)

// connectPort is where waypoints take HBONE.
const connectPort = 15008

// isAmbient tells a caller whose node's ztunnel takes its calls: its pod's or its namespace's label asks for it, and no
// sidecar is injected. A pod with a sidecar keeps it, whatever the labels say.
func (w *world) isAmbient(from caller) bool {
	namespace := w.cluster.namespaces[from.Namespace]
	mode, said := from.Labels["istio.io/dataplane-mode"]
	if !said {
		mode = namespace["istio.io/dataplane-mode"]
	}
	if mode != "ambient" {
		return false
	}
	if inject, said := from.Labels["sidecar.istio.io/inject"]; said {
		return inject != "true"
	}
	return namespace["istio-injection"] != "enabled"
}

// mesh data that ztunnel has, as istiod tells it.
type ztunnel struct {
	services  []*workloadapi.Service
	workloads []*workloadapi.Workload
}

func (w *world) ztunnel() *ztunnel {
	if w.tunnel != nil {
		return w.tunnel
	}
	w.tunnel = &ztunnel{}
	all, _ := w.server.Env().AmbientIndexes.AddressInformation(nil)
	for _, one := range all {
		if service := one.GetService(); service != nil {
			w.tunnel.services = append(w.tunnel.services, service)
		} else if workload := one.GetWorkload(); workload != nil {
			w.tunnel.workloads = append(w.tunnel.workloads, workload)
		}
	}
	return w.tunnel
}

// best chooses among services as ztunnel does: the caller's namespace, else the canonical one, else the first.
func best(services []*workloadapi.Service, namespace string) *workloadapi.Service {
	for _, one := range services {
		if one.GetNamespace() == namespace {
			return one
		}
	}
	for _, one := range services {
		if one.GetCanonical() {
			return one
		}
	}
	if len(services) > 0 {
		return services[0]
	}
	return nil
}

// answer is what ztunnel's DNS proxy answers for a name; "" where it asks the resolver behind it.
func (z *ztunnel) answer(name, namespace string) string {
	name = strings.ToLower(name)
	names := []string{name}
	for rest := name; strings.Contains(rest, "."); {
		rest = rest[strings.Index(rest, ".")+1:]
		names = append(names, "*."+rest)
	}
	for _, one := range names {
		var named []*workloadapi.Service
		for _, service := range z.services {
			if service.GetHostname() == one && len(service.GetAddresses()) > 0 {
				named = append(named, service)
			}
		}
		if service := best(named, namespace); service != nil {
			first := service.GetAddresses()[0]
			ip, _ := netip.AddrFromSlice(first.GetAddress())
			if first.GetLength() != 0 {
				return firstAddress(netip.PrefixFrom(ip, int(first.GetLength())).String())
			}
			return ip.String()
		}
	}
	return ""
}

// at is the service of a dialled address: one that has exactly this address, else one whose range holds it, where a range in the
// caller's namespace goes before a longer one.
func (z *ztunnel) at(address, namespace string) *workloadapi.Service {
	wanted, err := netip.ParseAddr(address)
	if err != nil {
		return nil
	}
	var exact []*workloadapi.Service
	var ranged *workloadapi.Service
	rank := -1
	for _, service := range z.services {
		for _, one := range service.GetAddresses() {
			ip, _ := netip.AddrFromSlice(one.GetAddress())
			bits := ip.BitLen()
			if one.GetLength() != 0 {
				bits = int(one.GetLength())
			}
			if bits == ip.BitLen() {
				if ip == wanted {
					exact = append(exact, service)
				}
				continue
			}
			own := bits * 2
			if service.GetCanonical() {
				own++
			}
			if service.GetNamespace() == namespace {
				own += 1000
			}
			if netip.PrefixFrom(ip, bits).Contains(wanted) && own > rank {
				rank, ranged = own, service
			}
		}
	}
	if len(exact) > 0 {
		return best(exact, namespace)
	}
	return ranged
}

// isWorkload tells that a workload has the address; ztunnel then does not ask for the waypoint of a service.
func (z *ztunnel) isWorkload(address string) bool {
	wanted, err := netip.ParseAddr(address)
	for _, workload := range z.workloads {
		for _, one := range workload.GetAddresses() {
			if ip, _ := netip.AddrFromSlice(one); err == nil && ip == wanted {
				return true
			}
		}
	}
	return false
}

// resolveAmbient gives the address that an application in ambient mode dials; its DNS is captured.
func (w *world) resolveAmbient(c call, t target) string {
	if c.Address != "" {
		return c.Address
	}
	if _, err := netip.ParseAddr(t.host); err == nil {
		return t.host
	}
	if service := w.cluster.lookup(t.host, c.From.Namespace); service != nil && looksInternal(t.host) &&
		service.Spec.Type != corev1.ServiceTypeExternalName && service.Spec.ClusterIP != corev1.ClusterIPNone {
		return service.Spec.ClusterIP
	}
	return orDefault(w.ztunnel().answer(t.host, c.From.Namespace), documentationAddress)
}

// ambient follows a call from a pod whose node's ztunnel takes it.
func (w *walker) ambient(c call, t target) []branchReport {
	namespace := c.From.Namespace
	z := w.world.ztunnel()
	conn := connection{
		proxy:   &proxy{name: "ztunnel " + namespace, ztunnelOf: namespace},
		address: w.world.resolveAmbient(c, t), port: t.port, wire: firstWire(c, t), weight: 100,
		from: identity{trustDomain: w.world.trustDomain(), namespace: namespace, account: orDefault(c.From.ServiceAccount, "default"), ip: callerIP},
	}
	hop := hopReport{Proxy: conn.proxy.name, Listener: "outbound", Filter: "tcp", UpstreamTLS: tlsReport{Mode: tlsNone}}
	service := z.at(conn.address, namespace)
	isWorkload := z.isWorkload(conn.address)
	if service == nil {
		if isWorkload {
			return w.arrive(conn, hop, conn.address, conn.port)
		}
		conn.hops = appendHop(conn.hops, hop)
		return conn.endOutside(passthrough, "%s passes it on as dialled", conn.proxy.name)
	}
	hop.Host, hop.Port = service.GetHostname(), t.port
	if waypoint := service.GetWaypoint(); waypoint != nil && !isWorkload {
		pod := w.world.cluster.waypoint(waypoint.GetHostname().GetNamespace(), waypoint.GetHostname().GetHostname())
		if pod == nil {
			conn.hops = appendHop(conn.hops, hop)
			return conn.end(blocked, "%s closes the connection: waypoint %s is not there", conn.proxy.name, waypoint)
		}
		hop.UpstreamTLS.Mode = tlsIstioMutual
		conn.hops = appendHop(conn.hops, hop)
		return w.waypoint(conn, w.world.waypoint(pod))
	}
	if service.GetLoadBalancing().GetMode() == workloadapi.LoadBalancing_PASSTHROUGH {
		conn.hops = appendHop(conn.hops, hop)
		return conn.endOutside(external, "leaves to %s:%d", conn.address, conn.port)
	}
	port := 0
	for _, one := range service.GetPorts() {
		if int(one.GetServicePort()) == t.port {
			port = int(one.GetTargetPort())
		}
	}
	if port == 0 {
		conn.hops = appendHop(conn.hops, hop)
		return conn.end(blocked, "%s closes the connection: %s has no port %d", conn.proxy.name, service.GetHostname(), t.port)
	}
	address, port := z.endpoint(service, t.port, port)
	if address == "" {
		conn.hops = appendHop(conn.hops, hop)
		return conn.end(noEndpoints, "%s closes the connection: %s has no endpoints", conn.proxy.name, service.GetHostname())
	}
	return w.arrive(conn, hop, address, port)
}

// endpoint is where ztunnel sends a call to a service without waypoint.
func (z *ztunnel) endpoint(service *workloadapi.Service, dialled, port int) (string, int) {
	key := service.GetNamespace() + "/" + service.GetHostname()
	for _, workload := range z.workloads {
		ports, of := workload.GetServices()[key]
		if !of {
			continue
		}
		for _, one := range ports.GetPorts() {
			if int(one.GetServicePort()) == dialled && one.GetTargetPort() != 0 {
				port = int(one.GetTargetPort())
			}
		}
		if len(workload.GetAddresses()) > 0 {
			ip, _ := netip.AddrFromSlice(workload.GetAddresses()[0])
			return ip.String(), port
		}
		// A wildcard is no name that could be looked up.
		if workload.GetHostname() != "" && !strings.HasPrefix(workload.GetHostname(), "*") {
			return workload.GetHostname(), port
		}
	}
	return "", 0
}

// waypoint lets the connection through a waypoint: out of the tunnel, and by its address and port to a service's chain.
func (w *walker) waypoint(c connection, p *proxy) []branchReport {
	c.proxy, c.tunnelled = p, true
	var l *listenerv3.Listener
	for _, one := range p.listeners {
		if one.GetName() == "main_internal" {
			l = one
		}
	}
	if l == nil {
		return c.end(blocked, "connection refused: %s does not listen on %d", p.name, connectPort)
	}
	hop := hopReport{Proxy: p.name, Listener: l.GetName(), UpstreamTLS: tlsReport{Mode: tlsNone}}
	seen := inspect(l, c.address, c.port, c.wire)
	name := chainName(l.GetFilterChainMatcher(), seen)
	for _, fc := range l.GetFilterChains() {
		if fc.GetName() == name && name != "" {
			return w.filters(c, hop, fc, seen.serverSNI)
		}
	}
	c.hops = appendHop(c.hops, hop)
	return c.end(blocked, "%s: no filter chain of %s, connection closed", p.name, l.GetName())
}

// chainName evaluates the matcher by which a waypoint chooses among its chains: address, port, perhaps protocol.
func chainName(m *matcherv3.Matcher, in inspected) string {
	tree := m.GetMatcherTree()
	var on *matcherv3.Matcher_OnMatch
	switch tree.GetInput().GetName() {
	case "ip":
		ranges := &matcherv3.IPMatcher{}
		if tree.GetCustomMatch().GetTypedConfig().UnmarshalTo(ranges) == nil {
			on = byAddress(ranges, in.address)
		}
	case "port":
		on = tree.GetExactMatchMap().GetMap()[strconv.Itoa(in.port)]
	case "application-protocol":
		// Envoy compares the whole list.
		on = tree.GetExactMatchMap().GetMap()["'"+strings.Join(in.protocols, "','")+"'"]
	}
	if on == nil {
		on = m.GetOnNoMatch()
	}
	if next := on.GetMatcher(); next != nil {
		return chainName(next, in)
	}
	return on.GetAction().GetName()
}

// byAddress takes the longest range around the address.
func byAddress(ranges *matcherv3.IPMatcher, address string) *matcherv3.Matcher_OnMatch {
	wanted, err := netip.ParseAddr(address)
	if err != nil {
		return nil
	}
	longest := -1
	var on *matcherv3.Matcher_OnMatch
	for _, one := range ranges.GetRangeMatchers() {
		for _, r := range one.GetRanges() {
			ip, err := netip.ParseAddr(r.GetAddressPrefix())
			bits := int(r.GetPrefixLen().GetValue())
			if err == nil && bits > longest && netip.PrefixFrom(ip, bits).Contains(wanted) {
				longest, on = bits, one.GetOnMatch()
			}
		}
	}
	return on
}
