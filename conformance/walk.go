package main

import (
	"fmt"
	"math"
	"net/netip"
	"strings"

	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	faultv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/fault/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	tcpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
)

// maxHops ends a walk that neither leaves nor repeats itself.
const maxHops = 12

// walker follows one call through the generated configuration.
type walker struct {
	world *world
	call  call
}

// connection is a connection as it reaches a proxy.
type connection struct {
	proxy   *proxy
	address string
	port    int
	wire    wire
	hops    []hopReport
	weight  int
	from    identity
	tunnel  string // what is asked of an outside forward proxy at the next address; empty for nothing
	// tunnelled: it came in a tunnel (HBONE), whose mutual TLS proved who calls.
	tunnelled bool
}

// simulateCall follows a call to every end it can take.
func (w *world) simulateCall(c call) (callReport, error) {
	t, err := parseTarget(c.To)
	if err != nil {
		return callReport{}, err
	}
	answer := callReport{Name: orDefault(c.Name, c.To), To: t.String(),
		From: fromReport{Namespace: c.From.Namespace, Labels: c.From.Labels}}
	if answer.From.Labels == nil {
		answer.From.Labels = map[string]string{}
	}
	walk := &walker{world: w, call: c}
	if w.isAmbient(c.From) {
		answer.Branches = walk.ambient(c, t)
		answer.summarize()
		return answer, nil
	}
	address := w.resolve(c, t)
	unknown := ""
	switch {
	case c.From.pastSidecar():
		unknown = "the caller's packet rules may lead it past its sidecar"
	case address == "":
		unknown = "the host has no address"
	}
	if unknown != "" {
		answer.Branches = []branchReport{{Weight: 100, Outcome: undetermined, Detail: unknown, Hops: []hopReport{}}}
		answer.summarize()
		return answer, nil
	}
	answer.Branches = walk.proxy(connection{
		proxy: w.sidecar(c.From), address: address, port: t.port, wire: firstWire(c, t), weight: 100,
		from: identity{trustDomain: w.trustDomain(), namespace: c.From.Namespace, account: orDefault(c.From.ServiceAccount, "default"), ip: callerIP},
	})
	answer.summarize()
	return answer, nil
}

// end finishes a branch.
func (c connection) end(outcome, detail string, args ...any) []branchReport {
	return []branchReport{{Weight: c.weight, Outcome: outcome, Detail: fmt.Sprintf(detail, args...), Hops: c.hops}}
}

// endOutside finishes a branch that leaves, with what a server outside sees of its encryption.
func (c connection) endOutside(outcome, detail string, args ...any) []branchReport {
	branches := c.end(outcome, detail, args...)
	branches[0].sessions = []string{}
	for i := len(c.wire.layers) - 1; i >= 0; i-- {
		branches[0].sessions = append(branches[0].sessions, c.wire.layers[i].sni)
	}
	if c.wire.http != nil {
		branches[0].host = c.wire.http.host
	}
	outer := c.wire.outer()
	branches[0].meshTLSOutside = outer != nil && outer.mode == tlsIstioMutual
	return branches
}

// proxy lets the connection through the listener of a proxy.
func (w *walker) proxy(c connection) []branchReport {
	sidecar := c.proxy.pod == nil
	var l *listenerv3.Listener
	if sidecar {
		l = outboundListener(c.proxy.listeners, c.address, c.port)
	} else {
		l = gatewayListener(c.proxy.listeners, c.address, c.port)
	}
	if l == nil {
		return c.end(blocked, "connection refused: %s does not listen on %d", c.proxy.name, c.port)
	}
	for _, hop := range c.hops {
		if hop.Proxy == c.proxy.name && hop.Listener == l.GetName() {
			return c.end(loop, "%s sends to its own listener %s", c.proxy.name, l.GetName())
		}
	}
	if len(c.hops) >= maxHops {
		return c.end(undetermined, "more than %d hops", maxHops)
	}
	hop := hopReport{Proxy: c.proxy.name, Listener: l.GetName(), UpstreamTLS: tlsReport{Mode: tlsNone}}
	if c.proxy.refused[l] {
		c.hops = appendHop(c.hops, hop)
		return c.end(undetermined, "Envoy refuses a listener with two filter chains of the same match (%s of %s)", l.GetName(), c.proxy.name)
	}
	seen := inspect(l, c.address, c.port, c.wire)
	fc := chain(l, seen)
	if fc == nil {
		c.hops = appendHop(c.hops, hop)
		if c.wire.outer() == nil && onlyTLS(l) {
			return c.end(tlsMismatch, "%s: plain text reaches a port that expects TLS", c.proxy.name)
		}
		if outer := c.wire.outer(); outer != nil {
			return c.end(blocked, "%s: no filter chain of %s for SNI %q, connection closed", c.proxy.name, l.GetName(), outer.sni)
		}
		return c.end(blocked, "%s: no filter chain of %s, connection closed", c.proxy.name, l.GetName())
	}
	return w.filters(c, hop, fc, seen.serverSNI)
}

// onlyTLS tells that every chain of a listener wants TLS.
func onlyTLS(l *listenerv3.Listener) bool {
	for _, fc := range l.GetFilterChains() {
		m := fc.GetFilterChainMatch()
		if fc.GetTransportSocket() == nil && len(m.GetServerNames()) == 0 && m.GetTransportProtocol() != "tls" {
			return false
		}
	}
	return true
}

func appendHop(hops []hopReport, hop hopReport) []hopReport {
	return append(append([]hopReport{}, hops...), hop)
}

// filters handles the chosen chain: TLS of its own, then HTTP or TCP. Policies see the SNI that an inspector read.
func (w *walker) filters(c connection, hop hopReport, fc *listenerv3.FilterChain, sni string) []branchReport {
	manager, tcp, rules, err := networkFilters(fc)
	switch {
	case manager != nil:
		hop.Filter = "http"
	case tcp != nil:
		hop.Filter = "tcp"
	}
	refuse := func(outcome, detail string, args ...any) []branchReport {
		c.hops = appendHop(c.hops, hop)
		return c.end(outcome, "%s: "+detail, append([]any{c.proxy.name}, args...)...)
	}
	if err != nil {
		return refuse(undetermined, "%v", err)
	}
	peer := identity{}
	if c.tunnelled {
		peer = c.from
	}
	if fc.GetTransportSocket() != nil {
		problem, authenticated := handshake(fc, c.wire)
		if problem != "" {
			return refuse(tlsMismatch, "%s", problem)
		}
		if authenticated {
			peer = c.from
		}
		c.wire = c.wire.unwrap()
	}
	peer.sni, peer.ip, peer.destinationIP, peer.destinationPort = sni, c.from.ip, c.address, c.port
	if name := deniedByNetworkFilters(rules, peer); name != "" {
		return refuse(denied, "connection closed by %s", name)
	}
	if asksOutside(rules, peer) {
		return refuse(undetermined, "an external authorizer decides at run time")
	}
	if manager != nil {
		if c.wire.outer() != nil {
			return refuse(tlsMismatch, "TLS reaches a listener that expects plain HTTP")
		}
		if c.wire.http == nil {
			return refuse(blocked, "400: bytes that are not HTTP reach an HTTP listener")
		}
		return w.http(c, hop, manager, peer)
	}
	if tcp == nil {
		return refuse(undetermined, "filter chain %s has neither HTTP nor TCP", fc.GetName())
	}
	return w.tcp(c, hop, tcp)
}

// networkFilters unpacks what a chain does with the bytes.
func networkFilters(fc *listenerv3.FilterChain) (*hcmv3.HttpConnectionManager, *tcpv3.TcpProxy, []*listenerv3.Filter, error) {
	var rules []*listenerv3.Filter
	for _, f := range fc.GetFilters() {
		switch f.GetTypedConfig().GetTypeUrl() {
		case "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager":
			manager := &hcmv3.HttpConnectionManager{}
			return manager, nil, rules, f.GetTypedConfig().UnmarshalTo(manager)
		case "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy":
			tcp := &tcpv3.TcpProxy{}
			return nil, tcp, rules, f.GetTypedConfig().UnmarshalTo(tcp)
		case "type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC":
			rules = append(rules, f)
		}
	}
	return nil, nil, rules, nil
}

// handshake tells why the TLS session of the chain cannot come about, and whether the client proved a mesh identity.
func handshake(fc *listenerv3.FilterChain, w wire) (problem string, authenticated bool) {
	outer := w.outer()
	if outer == nil {
		return "plain text reaches a port that expects TLS", false
	}
	context := &tlsv3.DownstreamTlsContext{}
	if err := fc.GetTransportSocket().GetTypedConfig().UnmarshalTo(context); err != nil {
		return err.Error(), false
	}
	meshCertificate := false
	for _, secret := range context.GetCommonTlsContext().GetTlsCertificateSdsSecretConfigs() {
		meshCertificate = meshCertificate || secret.GetName() == "default"
	}
	required := context.GetRequireClientCertificate().GetValue()
	switch {
	case meshCertificate && required && outer.mode != tlsIstioMutual:
		return "mesh mutual TLS is expected, the client speaks " + outer.mode, false
	case !meshCertificate && outer.mode == tlsIstioMutual:
		return "the client speaks mesh mutual TLS, the server has a certificate of its own", false
	case required && outer.mode == tlsSimple:
		return "a client certificate is expected", false
	}
	return "", outer.mode == tlsIstioMutual
}

func (w *walker) tcp(c connection, hop hopReport, tcp *tcpv3.TcpProxy) []branchReport {
	hop.Tunnel = tcp.GetTunnelingConfig().GetHostname()
	c.tunnel = hop.Tunnel
	if weighted := tcp.GetWeightedClusters().GetClusters(); len(weighted) > 0 {
		total := 0
		for _, one := range weighted {
			total += int(one.GetWeight())
		}
		var branches []branchReport
		for _, one := range weighted {
			branch := c
			branch.weight = share(c.weight, int(one.GetWeight()), total)
			branches = append(branches, w.cluster(branch, hop, one.GetName(), nil)...)
		}
		return branches
	}
	return w.cluster(c, hop, tcp.GetCluster(), nil)
}

func share(whole, weight, total int) int {
	if total == 0 {
		return whole
	}
	// First-level weights are Envoy's own numbers (Istio does not ask them to add up to 100).
	if whole == 100 {
		return weight
	}
	return int(math.Round(float64(whole) * float64(weight) / float64(total)))
}

func (w *walker) http(c connection, hop hopReport, manager *hcmv3.HttpConnectionManager, peer identity) []branchReport {
	refuse := func(outcome, detail string, args ...any) []branchReport {
		c.hops = appendHop(c.hops, hop)
		return c.end(outcome, "%s: "+detail, append([]any{c.proxy.name}, args...)...)
	}
	rc := manager.GetRouteConfig()
	if rc == nil {
		rc = c.proxy.routes[manager.GetRds().GetRouteConfigName()]
	}
	if rc == nil {
		return refuse(blocked, "404: no route configuration %s", manager.GetRds().GetRouteConfigName())
	}
	r := c.wire.http
	vh := virtualHost(rc, r)
	if vh != nil {
		hop.VirtualHost = vh.GetName()
	}
	// The filters come before the router, which alone answers by itself: 403 goes before 404 and 301.
	if name := deniedByHTTPFilters(manager, peer, r); name != "" {
		return refuse(denied, "403: refused by %s", name)
	}
	if httpAsksOutside(manager, peer, r) {
		return refuse(undetermined, "an external authorizer decides at run time")
	}
	if vh == nil {
		return refuse(blocked, "404: no virtual host for %s", r.host)
	}
	if vh.GetRequireTls() == routev3.VirtualHost_ALL && !c.wire.terminated {
		return refuse(answered, "301: redirect to https")
	}
	route := matchRoute(vh, r)
	if route == nil {
		return refuse(blocked, "404: no route of virtual host %s", vh.GetName())
	}
	hop.Route = route.GetName()
	if status, aborts := abort(route); aborts {
		return refuse(answered, "%d: injected fault", status)
	}
	switch action := route.GetAction().(type) {
	case *routev3.Route_DirectResponse:
		status := action.DirectResponse.GetStatus()
		if status == 404 || status == 502 {
			return refuse(blocked, "%d from virtual host %s", status, vh.GetName())
		}
		return refuse(answered, "%d: direct response", status)
	case *routev3.Route_Redirect:
		return refuse(answered, "redirect (%s)", action.Redirect.GetResponseCode())
	case *routev3.Route_Route:
		return w.route(c, hop, action.Route, route, vh)
	}
	return refuse(undetermined, "route %s does something unknown", route.GetName())
}

// abort reads a fault that hits every request.
func abort(route *routev3.Route) (int, bool) {
	any, found := route.GetTypedPerFilterConfig()["envoy.filters.http.fault"]
	if !found {
		return 0, false
	}
	fault := &faultv3.HTTPFault{}
	if any.UnmarshalTo(fault) != nil || fault.GetAbort() == nil {
		return 0, false
	}
	percentage := fault.GetAbort().GetPercentage()
	return int(fault.GetAbort().GetHttpStatus()), percentage.GetNumerator() >= denominators[percentage.GetDenominator()]
}

func (w *walker) route(c connection, hop hopReport, action *routev3.RouteAction, route *routev3.Route, vh *routev3.VirtualHost) []branchReport {
	if d := action.GetTimeout(); d != nil && d.AsDuration() > 0 {
		hop.Timeout = d.AsDuration().String()
	}
	if policy := action.GetRetryPolicy(); policy.GetNumRetries() != nil {
		retries := int(policy.GetNumRetries().GetValue())
		hop.Retries = &retries
	}
	r := c.wire.http.clone()
	applyHeaders(r, vh.GetRequestHeadersToAdd(), vh.GetRequestHeadersToRemove())
	applyHeaders(r, route.GetRequestHeadersToAdd(), route.GetRequestHeadersToRemove())
	if literal := action.GetHostRewriteLiteral(); literal != "" {
		r.host, hop.Authority = literal, literal
	}
	if prefix := action.GetPrefixRewrite(); prefix != "" {
		r.path = rewritePrefix(r.path, route.GetMatch(), prefix)
	}
	c.wire = c.wire.withRequest(r)
	switch specifier := action.GetClusterSpecifier().(type) {
	case *routev3.RouteAction_Cluster:
		hop.Mirrors = w.mirrors(c.proxy, action, r)
		return w.cluster(c, hop, specifier.Cluster, action)
	case *routev3.RouteAction_WeightedClusters:
		total := 0
		for _, one := range specifier.WeightedClusters.GetClusters() {
			total += int(one.GetWeight().GetValue())
		}
		var branches []branchReport
		for _, one := range specifier.WeightedClusters.GetClusters() {
			branch := c
			branch.weight = share(c.weight, int(one.GetWeight().GetValue()), total)
			changed := r.clone()
			applyHeaders(changed, one.GetRequestHeadersToAdd(), one.GetRequestHeadersToRemove())
			share := hop
			// Envoy sets the Host of the share first, and then that of the route.
			if literal := one.GetHostRewriteLiteral(); literal != "" && action.GetHostRewriteLiteral() == "" {
				changed.host, share.Authority = literal, literal
			}
			branch.wire = branch.wire.withRequest(changed)
			share.Mirrors = w.mirrors(c.proxy, action, changed)
			branches = append(branches, w.cluster(branch, share, one.GetName(), action)...)
		}
		return branches
	}
	c.hops = appendHop(c.hops, hop)
	return c.end(undetermined, "%s: unknown way to name a cluster", c.proxy.name)
}

func rewritePrefix(path string, m *routev3.RouteMatch, replacement string) string {
	prefix := m.GetPrefix()
	if exact := m.GetPath(); exact != "" {
		prefix = exact
	}
	if separated := m.GetPathSeparatedPrefix(); separated != "" {
		prefix = separated
	}
	return replacement + strings.TrimPrefix(path, prefix)
}

// cluster sends the bytes on. action is nil for TCP.
func (w *walker) cluster(c connection, hop hopReport, name string, action *routev3.RouteAction) []branchReport {
	hop.Cluster = name
	hop.Host, hop.Port, hop.Subset = nameParts(name)
	finish := func(outcome, detail string, args ...any) []branchReport {
		c.hops = appendHop(c.hops, hop)
		return c.end(outcome, detail, args...)
	}
	cluster, exists := c.proxy.clusters[name]
	if !exists {
		return finish(blocked, "%s: %s NC, cluster %s does not exist", c.proxy.name, seen(action), name)
	}
	if clusterRefusedByEnvoy(cluster) {
		return finish(blocked, "%s: %s NC, Envoy refuses cluster %s", c.proxy.name, seen(action), name)
	}
	hop.Discovery = discovery(cluster)
	var r *request
	if action != nil {
		r = c.wire.http
	}
	switch name {
	case "BlackHoleCluster":
		return finish(blocked, "%s: connection closed by BlackHoleCluster", c.proxy.name)
	case "PassthroughCluster":
		if strings.HasPrefix(c.address, allocatedRange) {
			return finish(noEndpoints, "%s: nobody has %s, an address that istiod gives out", c.proxy.name, c.address)
		}
		c.hops = appendHop(c.hops, hop)
		return c.endOutside(passthrough, "%s passes it on as dialled", c.proxy.name)
	}
	if hop.Discovery == "DYNAMIC_DNS" && action == nil && c.proxy.pod != nil {
		// A gateway has no filter that looks up the name of bytes; stock Envoys answer UH, whatever the cluster says.
		return finish(noEndpoints, "%s: connection closed, UH, nothing looks up names for cluster %s", c.proxy.name, name)
	}
	// Clusters without endpoints of their own: the dialled address, or a name looked up per request.
	var endpoints []*endpointv3.LbEndpoint
	endpointless := hop.Discovery == "ORIGINAL_DST" || hop.Discovery == "DYNAMIC_DNS"
	if !endpointless {
		endpoints = w.world.endpointsOf(c.proxy, cluster)
		if len(endpoints) == 0 {
			tls, _ := upstreamTLS(cluster, nil, r)
			hop.UpstreamTLS = tls
			return finish(noEndpoints, "%s: %s UH, cluster %s has no endpoints", c.proxy.name, seen(action), name)
		}
	}
	var endpoint *endpointv3.LbEndpoint
	if len(endpoints) > 0 {
		endpoint = endpoints[0]
	}
	tls, err := upstreamTLS(cluster, endpoint, r)
	if err != nil {
		return finish(undetermined, "%s: %v", c.proxy.name, err)
	}
	hop.UpstreamTLS = tls
	if r != nil && action.GetAutoHostRewrite().GetValue() && endpoint.GetEndpoint().GetHostname() != "" {
		r.host = endpoint.GetEndpoint().GetHostname()
		c.wire = c.wire.withRequest(r)
	}
	if tls.Mode != tlsNone {
		c.wire = c.wire.wrap(tlsLayer{mode: tls.Mode, sni: tls.SNI})
	}
	address, port := c.address, c.port
	if endpoint != nil {
		address, port = endpointAddress(endpoint)
	}
	if hop.Discovery == "DYNAMIC_DNS" {
		c.hops = appendHop(c.hops, hop)
		return c.endOutside(external, "leaves to the host that the call names")
	}
	return w.arrive(c, hop, address, port)
}

// seen is what the caller notices when the proxy gives up: an answer for HTTP, a closed connection otherwise.
func seen(action *routev3.RouteAction) string {
	if action != nil {
		return "503"
	}
	return "connection closed,"
}

// arrive tells what stands at an address: a gateway (the walk goes on), a workload of the mesh, or the outside.
func (w *walker) arrive(c connection, hop hopReport, address string, port int) []branchReport {
	c.hops = appendHop(c.hops, hop)
	address, port = w.world.throughService(address, port, c.proxy.namespace())
	if p := w.world.cluster.podByIP(address); p != nil {
		if c.tunnel != "" {
			return c.end(undetermined, "%s/%s is asked for a tunnel to %s", p.namespace, p.name, c.tunnel)
		}
		if !p.gateway {
			return c.end(inMesh, "ends at pod %s/%s", p.namespace, p.name)
		}
		next := w.world.gateway(p)
		from := c.from
		if c.proxy.pod != nil {
			from = identity{trustDomain: w.world.trustDomain(), namespace: c.proxy.pod.namespace, account: orDefault(c.proxy.pod.template.ServiceAccountName, "default"), ip: c.proxy.pod.ip}
		}
		return w.proxy(connection{proxy: next, address: address, port: port,
			wire: wire{layers: c.wire.layers, http: c.wire.http}, hops: c.hops, weight: c.weight, from: from})
	}
	if address == "" {
		return c.end(noEndpoints, "no endpoint behind %s", hop.Cluster)
	}
	if ip, err := netip.ParseAddr(address); err == nil && w.world.cluster.isServiceAddress(ip.String()) {
		return c.end(noEndpoints, "the Service at %s has no pods", address)
	}
	if c.tunnel != "" {
		return c.endOutside(external, "leaves to %s:%d and through it to %s", address, port, c.tunnel)
	}
	return c.endOutside(external, "leaves to %s:%d", address, port)
}
