package main

import (
	"fmt"
	"slices"
	"strings"

	udpav1 "github.com/cncf/xds/go/udpa/type/v1"
	xdsv3 "github.com/cncf/xds/go/xds/type/v3"
	accesslogv3 "github.com/envoyproxy/go-control-plane/envoy/config/accesslog/v3"
	bootstrapv3 "github.com/envoyproxy/go-control-plane/envoy/config/bootstrap/v3"
	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	filelogv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/file/v3"
	proxyprotocolv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/proxy_protocol/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	tcpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	httpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// bootstrapper rewrites what Istio generates for a proxy into the static bootstrap of a stock Envoy on loopback. It
// changes where things are (addresses, secrets, discovery), drops filters that only Istio's build of Envoy has, and
// leaves listeners, filter chains, routes and clusters as they are.
type bootstrapper struct {
	world      *world
	outside    *outside
	mesh       *authority
	hosts      []string // names that gateways' own certificates must cover
	gatewayIPs map[string]string
	logFile    string
	secrets    map[string]*tlsv3.Secret
	identity   string
}

// onlyIstio are types that stock Envoy refuses.
var onlyIstio = []string{
	"istio.", "io.istio.", "envoy.tcp.metadataexchange.", "stats.PluginConfig",
	"envoy.extensions.network_filters.peer_metadata.",
}

func refusedByStockEnvoy(config *anypb.Any) bool {
	url := config.GetTypeUrl()
	// Istio writes some of them as a generic structure that names the type.
	for _, wrapper := range []interface {
		proto.Message
		GetTypeUrl() string
	}{&udpav1.TypedStruct{}, &xdsv3.TypedStruct{}} {
		if config.MessageIs(wrapper) && config.UnmarshalTo(wrapper) == nil {
			url = wrapper.GetTypeUrl()
		}
	}
	name := strings.TrimPrefix(url, "type.googleapis.com/")
	for _, prefix := range onlyIstio {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// lowPorts keeps gateways runnable for ordinary users: ports below 1024 move up.
func loopbackPort(port int) int {
	if port < 1024 {
		return port + 20000
	}
	return port
}

// bootstrap builds the whole file; the sidecar's one bound listener gets the given address.
func (b *bootstrapper) bootstrap(p *proxy, sidecarIP string) (*bootstrapv3.Bootstrap, error) {
	b.secrets = map[string]*tlsv3.Secret{}
	static := &bootstrapv3.Bootstrap_StaticResources{}
	for _, l := range p.listeners {
		if l.GetTrafficDirection() == corev3.TrafficDirection_INBOUND || p.refused[l] {
			continue
		}
		// Where tunnels of ambient mode begin; calls that take them are left out.
		if l.GetInternalListener() != nil {
			continue
		}
		rewritten, err := b.listener(p, proto.Clone(l).(*listenerv3.Listener), sidecarIP)
		if err != nil {
			return nil, fmt.Errorf("listener %s: %w", l.GetName(), err)
		}
		static.Listeners = append(static.Listeners, rewritten)
	}
	for _, name := range sortedKeys(p.clusters) {
		if strings.HasPrefix(name, "inbound") || strings.HasPrefix(name, "Inbound") {
			continue
		}
		rewritten, err := b.cluster(p, proto.Clone(p.clusters[name]).(*clusterv3.Cluster))
		if err != nil {
			return nil, fmt.Errorf("cluster %s: %w", name, err)
		}
		static.Clusters = append(static.Clusters, rewritten)
	}
	for _, name := range sortedKeys(b.secrets) {
		static.Secrets = append(static.Secrets, b.secrets[name])
	}
	return &bootstrapv3.Bootstrap{
		Node:            &corev3.Node{Id: p.model.ID, Cluster: "conformance"},
		StaticResources: static,
		Admin: &bootstrapv3.Admin{Address: &corev3.Address{Address: &corev3.Address_SocketAddress{
			SocketAddress: &corev3.SocketAddress{Address: "127.0.0.1", PortSpecifier: &corev3.SocketAddress_PortValue{PortValue: 0}},
		}}},
	}, nil
}

func (b *bootstrapper) listener(p *proxy, l *listenerv3.Listener, sidecarIP string) (*listenerv3.Listener, error) {
	switch {
	case p.pod != nil:
		socket := l.GetAddress().GetSocketAddress()
		socket.Address = b.gatewayIPs[p.pod.ip]
		socket.PortSpecifier = &corev3.SocketAddress_PortValue{PortValue: uint32(loopbackPort(int(socket.GetPortValue())))}
		l.AdditionalAddresses = nil
	case l.GetName() == virtualOutbound:
		// The one listener that iptables send everything to. A PROXY header stands in for the kernel's record of the
		// original destination; Envoy then hands the connection to the listener of that address, as in a pod.
		socket := l.GetAddress().GetSocketAddress()
		socket.Address = sidecarIP
		l.AdditionalAddresses = nil
		config, err := anypb.New(&proxyprotocolv3.ProxyProtocol{})
		if err != nil {
			return nil, err
		}
		filters := []*listenerv3.ListenerFilter{{
			Name: "envoy.filters.listener.proxy_protocol", ConfigType: &listenerv3.ListenerFilter_TypedConfig{TypedConfig: config},
		}}
		for _, f := range l.GetListenerFilters() {
			if f.GetName() != "envoy.filters.listener.original_dst" {
				filters = append(filters, f)
			}
		}
		l.ListenerFilters = filters
	}
	log, err := b.accessLog(l.GetName(), "none")
	if err != nil {
		return nil, err
	}
	// Only connections that find no filter chain are logged here; the others by their filters.
	log.Filter = &accesslogv3.AccessLogFilter{FilterSpecifier: &accesslogv3.AccessLogFilter_ResponseFlagFilter{
		ResponseFlagFilter: &accesslogv3.ResponseFlagFilter{Flags: []string{"NR"}},
	}}
	l.AccessLog = []*accesslogv3.AccessLog{log}
	chains := l.GetFilterChains()
	if l.GetDefaultFilterChain() != nil {
		chains = append(append([]*listenerv3.FilterChain{}, chains...), l.GetDefaultFilterChain())
	}
	for _, fc := range chains {
		if err := b.chain(p, l.GetName(), fc); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (b *bootstrapper) chain(p *proxy, listener string, fc *listenerv3.FilterChain) error {
	if err := b.socket(fc.GetTransportSocket(), &tlsv3.DownstreamTlsContext{}); err != nil {
		return err
	}
	var filters []*listenerv3.Filter
	for _, f := range fc.GetFilters() {
		if refusedByStockEnvoy(f.GetTypedConfig()) {
			continue
		}
		manager, tcp := &hcmv3.HttpConnectionManager{}, &tcpv3.TcpProxy{}
		var changed proto.Message
		switch {
		case f.GetTypedConfig().MessageIs(manager):
			if err := f.GetTypedConfig().UnmarshalTo(manager); err != nil {
				return err
			}
			if err := b.http(p, listener, manager); err != nil {
				return err
			}
			changed = manager
		case f.GetTypedConfig().MessageIs(tcp):
			if err := f.GetTypedConfig().UnmarshalTo(tcp); err != nil {
				return err
			}
			log, err := b.accessLog(listener, "tcp")
			if err != nil {
				return err
			}
			tcp.AccessLog = []*accesslogv3.AccessLog{log}
			changed = tcp
		}
		if p.pod != nil && changed == nil && f.GetTypedConfig() != nil {
			moved, err := withMovedPorts(f.GetTypedConfig())
			if err != nil {
				return err
			}
			f = &listenerv3.Filter{Name: f.GetName(), ConfigType: &listenerv3.Filter_TypedConfig{TypedConfig: moved}}
		}
		if changed != nil {
			config, err := anypb.New(changed)
			if err != nil {
				return err
			}
			f = &listenerv3.Filter{Name: f.GetName(), ConfigType: &listenerv3.Filter_TypedConfig{TypedConfig: config}}
		}
		filters = append(filters, f)
	}
	fc.Filters = filters
	return nil
}

func (b *bootstrapper) http(p *proxy, listener string, manager *hcmv3.HttpConnectionManager) error {
	log, err := b.accessLog(listener, "http")
	if err != nil {
		return err
	}
	manager.AccessLog = []*accesslogv3.AccessLog{log}
	manager.Tracing = nil
	if rds := manager.GetRds(); rds != nil {
		routes := &routev3.RouteConfiguration{Name: rds.GetRouteConfigName()}
		if known := p.routes[rds.GetRouteConfigName()]; known != nil {
			routes = proto.Clone(known).(*routev3.RouteConfiguration)
		}
		// As with RDS, a route may name a cluster that the proxy lacks: 503 NC and not a refused configuration.
		routes.ValidateClusters = wrapperspb.Bool(false)
		manager.RouteSpecifier = &hcmv3.HttpConnectionManager_RouteConfig{RouteConfig: routes}
	}
	var filters []*hcmv3.HttpFilter
	for _, f := range manager.GetHttpFilters() {
		if refusedByStockEnvoy(f.GetTypedConfig()) {
			continue
		}
		if p.pod != nil && f.GetTypedConfig() != nil {
			moved, err := withMovedPorts(f.GetTypedConfig())
			if err != nil {
				return err
			}
			f = &hcmv3.HttpFilter{Name: f.GetName(), ConfigType: &hcmv3.HttpFilter_TypedConfig{TypedConfig: moved}}
		}
		filters = append(filters, f)
	}
	manager.HttpFilters = filters
	return nil
}

// logged is one line of an Envoy's access log.
type logged struct {
	Listener, Filter, Cluster, Route, Code, Flags, SNI, Host, Peer string
}

func (b *bootstrapper) accessLog(listener, filter string) (*accesslogv3.AccessLog, error) {
	format, err := structpb.NewStruct(map[string]any{
		"listener": listener, "filter": filter, "cluster": "%UPSTREAM_CLUSTER%", "route": "%ROUTE_NAME%",
		"code": "%RESPONSE_CODE%:", "flags": "%RESPONSE_FLAGS%", "sni": "%REQUESTED_SERVER_NAME%", "host": "%REQ(:AUTHORITY)%",
		"peer": "%DOWNSTREAM_PEER_URI_SAN%",
	})
	if err != nil {
		return nil, err
	}
	config, err := anypb.New(&filelogv3.FileAccessLog{
		Path: b.logFile,
		AccessLogFormat: &filelogv3.FileAccessLog_LogFormat{LogFormat: &corev3.SubstitutionFormatString{
			Format: &corev3.SubstitutionFormatString_JsonFormat{JsonFormat: format},
		}},
	})
	return &accesslogv3.AccessLog{
		Name: "envoy.access_loggers.file", ConfigType: &accesslogv3.AccessLog_TypedConfig{TypedConfig: config},
	}, err
}

func (b *bootstrapper) cluster(p *proxy, c *clusterv3.Cluster) (*clusterv3.Cluster, error) {
	// The access log names a cluster by its statistics name otherwise.
	c.AltStatName = ""
	c.Filters = nil
	if err := b.socket(c.GetTransportSocket(), &tlsv3.UpstreamTlsContext{}); err != nil {
		return nil, err
	}
	// Sockets into tunnels of ambient mode are for endpoints that have one, and no call that is run here goes to one.
	c.TransportSocketMatches = slices.DeleteFunc(c.GetTransportSocketMatches(), func(match *clusterv3.Cluster_TransportSocketMatch) bool {
		return match.GetName() == "hbone"
	})
	for _, match := range c.GetTransportSocketMatches() {
		if err := b.socket(match.GetTransportSocket(), &tlsv3.UpstreamTlsContext{}); err != nil {
			return nil, err
		}
	}
	if err := oneRequestAConnection(c); err != nil {
		return nil, err
	}
	if c.GetClusterType() != nil {
		return c, nil // a dynamic forward proxy: it would ask a real resolver, so calls to it are not run
	}
	assignment := c.GetLoadAssignment()
	switch c.GetType() {
	case clusterv3.Cluster_EDS:
		assignment = proto.Clone(b.world.assignment(p, orDefault(c.GetEdsClusterConfig().GetServiceName(), c.GetName()))).(*endpointv3.ClusterLoadAssignment)
	case clusterv3.Cluster_ORIGINAL_DST:
		ip, port, err := b.outside.address(asDialled)
		if err != nil {
			return nil, err
		}
		assignment = &endpointv3.ClusterLoadAssignment{Endpoints: []*endpointv3.LocalityLbEndpoints{{LbEndpoints: []*endpointv3.LbEndpoint{{
			HostIdentifier: &endpointv3.LbEndpoint_Endpoint{Endpoint: &endpointv3.Endpoint{Address: tcpAddress(ip, port)}},
		}}}}}
		c.LbConfig = nil
		c.LbPolicy = clusterv3.Cluster_ROUND_ROBIN
	}
	if assignment == nil {
		assignment = &endpointv3.ClusterLoadAssignment{}
	}
	assignment.ClusterName = c.GetName()
	for _, locality := range assignment.GetEndpoints() {
		for _, endpoint := range locality.GetLbEndpoints() {
			if err := b.endpoint(p, endpoint); err != nil {
				return nil, err
			}
		}
	}
	c.ClusterDiscoveryType = &clusterv3.Cluster_Type{Type: clusterv3.Cluster_STATIC}
	c.EdsClusterConfig, c.LoadAssignment = nil, assignment
	c.TypedDnsResolverConfig, c.DnsRefreshRate, c.RespectDnsTtl = nil, nil, false //nolint:staticcheck // what Istio writes
	c.DnsJitter, c.DnsLookupFamily = nil, clusterv3.Cluster_AUTO                  //nolint:staticcheck // what Istio writes
	return c, nil
}

// oneRequestAConnection makes each call's connections its own: a gateway that only passes TCP on logs a connection when
// it ends, and a second call on the same one would leave no line.
func oneRequestAConnection(c *clusterv3.Cluster) error {
	const key = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
	config, found := c.GetTypedExtensionProtocolOptions()[key]
	if !found {
		c.MaxRequestsPerConnection = wrapperspb.UInt32(1) //nolint:staticcheck // the new place needs a protocol to be chosen
		return nil
	}
	options := &httpv3.HttpProtocolOptions{}
	if err := config.UnmarshalTo(options); err != nil {
		return err
	}
	if options.CommonHttpProtocolOptions == nil {
		options.CommonHttpProtocolOptions = &corev3.HttpProtocolOptions{}
	}
	options.CommonHttpProtocolOptions.MaxRequestsPerConnection = wrapperspb.UInt32(1)
	changed, err := anypb.New(options)
	c.TypedExtensionProtocolOptions[key] = changed
	return err
}

// endpoint moves an endpoint to loopback: a gateway pod to its Envoy, everything else to its stand-in.
func (b *bootstrapper) endpoint(p *proxy, endpoint *endpointv3.LbEndpoint) error {
	address, port := endpointAddress(endpoint)
	if address == "" || strings.HasPrefix(address, "127.") {
		return nil
	}
	destination := fmt.Sprintf("%s:%d", address, port)
	address, port = b.world.throughService(address, port, p.model.ConfigNamespace)
	var err error
	if ip, isGateway := b.gatewayIPs[address]; isGateway {
		address, port = ip, loopbackPort(port)
	} else if address, port, err = b.outside.address(destination); err != nil {
		return err
	}
	endpoint.GetEndpoint().Address = tcpAddress(address, port)
	return nil
}

func tcpAddress(ip string, port int) *corev3.Address {
	return &corev3.Address{Address: &corev3.Address_SocketAddress{SocketAddress: &corev3.SocketAddress{
		Address: ip, PortSpecifier: &corev3.SocketAddress_PortValue{PortValue: uint32(port)},
	}}}
}

// tlsContext is either side's TLS settings.
type tlsContext interface {
	proto.Message
	GetCommonTlsContext() *tlsv3.CommonTlsContext
}

// socket makes a TLS socket take its secrets from the bootstrap instead of from the agent.
func (b *bootstrapper) socket(s *corev3.TransportSocket, context tlsContext) error {
	if !s.GetTypedConfig().MessageIs(context) {
		return nil
	}
	if err := s.GetTypedConfig().UnmarshalTo(context); err != nil {
		return err
	}
	common := context.GetCommonTlsContext()
	for _, secret := range common.GetTlsCertificateSdsSecretConfigs() {
		secret.SdsConfig = nil
		if err := b.certificate(secret.GetName()); err != nil {
			return err
		}
	}
	for _, secret := range []*tlsv3.SdsSecretConfig{
		common.GetValidationContextSdsSecretConfig(), common.GetCombinedValidationContext().GetValidationContextSdsSecretConfig(),
	} {
		if secret != nil {
			secret.SdsConfig = nil
			b.trust(secret.GetName())
		}
	}
	config, err := anypb.New(context)
	if err != nil {
		return err
	}
	s.ConfigType = &corev3.TransportSocket_TypedConfig{TypedConfig: config}
	return nil
}

func inline(text string) *corev3.DataSource {
	return &corev3.DataSource{Specifier: &corev3.DataSource_InlineString{InlineString: text}}
}

// certificate provides a key pair: the mesh identity for "default", else one of the outside authority.
func (b *bootstrapper) certificate(name string) error {
	if b.secrets[name] != nil {
		return nil
	}
	var chain, key string
	var err error
	if name == "default" {
		chain, key, err = b.mesh.issue(nil, b.identity)
	} else {
		chain, key, err = b.outside.authority.issue(b.hosts, "")
	}
	b.secrets[name] = &tlsv3.Secret{Name: name, Type: &tlsv3.Secret_TlsCertificate{TlsCertificate: &tlsv3.TlsCertificate{
		CertificateChain: inline(chain), PrivateKey: inline(key),
	}}}
	return err
}

func (b *bootstrapper) trust(name string) {
	authority := b.outside.authority
	if name == "ROOTCA" {
		authority = b.mesh
	}
	b.secrets[name] = &tlsv3.Secret{Name: name, Type: &tlsv3.Secret_ValidationContext{ValidationContext: &tlsv3.CertificateValidationContext{
		TrustedCa: inline(authority.pem),
	}}}
}
