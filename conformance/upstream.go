package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	internalv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/internal_upstream/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	httpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	"google.golang.org/protobuf/proto"
)

// nameParts reads Istio's cluster name outbound|PORT|SUBSET|HOST, at a waypoint inbound-vip|PORT|PROTOCOL/SUBSET|HOST; all
// empty for other names.
func nameParts(cluster string) (host string, port int, subset string) {
	parts := strings.Split(cluster, "|")
	if len(parts) != 4 || parts[0] != "outbound" && parts[0] != "inbound-vip" {
		return "", 0, ""
	}
	port, _ = strconv.Atoi(parts[1])
	return parts[3], port, parts[2]
}

func discovery(c *clusterv3.Cluster) string {
	if custom := c.GetClusterType(); custom != nil {
		if strings.Contains(custom.GetName(), "dynamic_forward_proxy") {
			return "DYNAMIC_DNS"
		}
		return custom.GetName()
	}
	return c.GetType().String()
}

// clusterRefusedByEnvoy tells clusters that stock Envoys refuse: those that look names up and say how HTTP is spoken, but nothing of SNI and
// names ("must have auto_sni and auto_san_validation true"). Istio says the first of HTTP/2 and gRPC, the second only of TLS.
func clusterRefusedByEnvoy(c *clusterv3.Cluster) bool {
	if discovery(c) != "DYNAMIC_DNS" {
		return false
	}
	said, found := c.GetTypedExtensionProtocolOptions()["envoy.extensions.upstreams.http.v3.HttpProtocolOptions"]
	if !found {
		return false
	}
	options := &httpv3.HttpProtocolOptions{}
	if said.UnmarshalTo(options) != nil {
		return false
	}
	return options.GetUpstreamHttpProtocolOptions() == nil
}

// socket chooses the transport socket for an endpoint: the first match whose labels the endpoint's metadata has.
func socket(c *clusterv3.Cluster, endpoint *endpointv3.LbEndpoint) *corev3.TransportSocket {
	labels := endpoint.GetMetadata().GetFilterMetadata()["envoy.transport_socket_match"].GetFields()
matches:
	for _, match := range c.GetTransportSocketMatches() {
		for key, value := range match.GetMatch().GetFields() {
			if !proto.Equal(labels[key], value) {
				continue matches
			}
		}
		return match.GetTransportSocket()
	}
	return c.GetTransportSocket()
}

// unwrapped is the socket inside the one by which waypoints hand on what they know of a connection.
func unwrapped(s *corev3.TransportSocket) (*corev3.TransportSocket, error) {
	inner := &internalv3.InternalUpstreamTransport{}
	if !s.GetTypedConfig().MessageIs(inner) {
		return s, nil
	}
	err := s.GetTypedConfig().UnmarshalTo(inner)
	return inner.GetTransportSocket(), err
}

// upstreamTLS says what the cluster speaks to an endpoint. r is the request where the proxy reads HTTP.
func upstreamTLS(c *clusterv3.Cluster, endpoint *endpointv3.LbEndpoint, r *request) (tlsReport, error) {
	s, err := unwrapped(socket(c, endpoint))
	if err != nil {
		return tlsReport{Mode: tlsNone}, err
	}
	switch s.GetName() {
	case "", "raw_buffer", "envoy.transport_sockets.raw_buffer":
		return tlsReport{Mode: tlsNone}, nil
	case "envoy.transport_sockets.tls":
	default:
		return tlsReport{Mode: tlsNone}, fmt.Errorf("transport socket %s", s.GetName())
	}
	context := &tlsv3.UpstreamTlsContext{}
	if err := s.GetTypedConfig().UnmarshalTo(context); err != nil {
		return tlsReport{}, err
	}
	common := context.GetCommonTlsContext()
	answer := tlsReport{Mode: tlsSimple, SNI: context.GetSni()}
	for _, secret := range common.GetTlsCertificateSdsSecretConfigs() {
		answer.Mode, answer.ClientCert = tlsMutual, secret.GetName()
		if secret.GetName() == "default" {
			answer.Mode = tlsIstioMutual
		}
	}
	if combined := common.GetCombinedValidationContext(); combined != nil {
		answer.CA = combined.GetValidationContextSdsSecretConfig().GetName()
		//nolint:staticcheck // Istio still writes the field that Envoy calls deprecated.
		for _, san := range combined.GetDefaultValidationContext().GetMatchSubjectAltNames() {
			answer.SANs = append(answer.SANs, san.GetExact())
		}
		for _, san := range combined.GetDefaultValidationContext().GetMatchTypedSubjectAltNames() {
			answer.SANs = append(answer.SANs, san.GetMatcher().GetExact())
		}
	}
	if answer.SNI == "" && r != nil && autoSNI(c) {
		answer.SNI = r.hostOnly()
	}
	return answer, nil
}

func autoSNI(c *clusterv3.Cluster) bool {
	any, found := c.GetTypedExtensionProtocolOptions()["envoy.extensions.upstreams.http.v3.HttpProtocolOptions"]
	if !found {
		return false
	}
	options := &httpv3.HttpProtocolOptions{}
	return any.UnmarshalTo(options) == nil && options.GetUpstreamHttpProtocolOptions().GetAutoSni()
}

// endpointsOf lists what a cluster sends to: from EDS, or written in the cluster.
func (w *world) endpointsOf(p *proxy, c *clusterv3.Cluster) []*endpointv3.LbEndpoint {
	assignment := c.GetLoadAssignment()
	if c.GetType() == clusterv3.Cluster_EDS && c.GetClusterType() == nil {
		name := orDefault(c.GetEdsClusterConfig().GetServiceName(), c.GetName())
		assignment = w.assignment(p, name)
	}
	// The first priority is asked first; the others wait until it is ejected.
	localities := slices.Clone(assignment.GetEndpoints())
	slices.SortStableFunc(localities, func(a, b *endpointv3.LocalityLbEndpoints) int {
		return int(a.GetPriority()) - int(b.GetPriority())
	})
	var all []*endpointv3.LbEndpoint
	for _, locality := range localities {
		all = append(all, locality.GetLbEndpoints()...)
	}
	return all
}

func endpointAddress(e *endpointv3.LbEndpoint) (string, int) {
	a := e.GetEndpoint().GetAddress().GetSocketAddress()
	return a.GetAddress(), int(a.GetPortValue())
}
