package main

import (
	"fmt"
	"slices"
	"strings"

	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	typev3 "github.com/envoyproxy/go-control-plane/envoy/type/v3"
)

// denominators are the numbers of a whole.
var denominators = map[typev3.FractionalPercent_DenominatorType]uint32{
	typev3.FractionalPercent_HUNDRED: 100, typev3.FractionalPercent_TEN_THOUSAND: 10000, typev3.FractionalPercent_MILLION: 1000000,
}

// mirrors tells where copies of a request go, and what becomes of them. A copy goes straight to the cluster: no route is asked again.
func (w *walker) mirrors(p *proxy, action *routev3.RouteAction, r *request) []mirrorReport {
	var all []mirrorReport
	for _, policy := range action.GetRequestMirrorPolicies() {
		share := policy.GetRuntimeFraction().GetDefaultValue()
		one := mirrorReport{
			Cluster:     policy.GetCluster(),
			Percent:     100 * float64(share.GetNumerator()) / float64(denominators[share.GetDenominator()]),
			UpstreamTLS: tlsReport{Mode: tlsNone},
		}
		copied := r.clone()
		if !policy.GetDisableShadowHostSuffixAppend() {
			copied.host = strings.Replace(copied.host, copied.hostOnly(), copied.hostOnly()+"-shadow", 1)
		}
		one.Authority = copied.host
		if cluster, exists := p.clusters[one.Cluster]; exists && !clusterRefusedByEnvoy(cluster) {
			one.Discovery = discovery(cluster)
			var endpoint *endpointv3.LbEndpoint
			switch one.Discovery {
			case "ORIGINAL_DST":
				// Stock Envoys answer UH: a copy has no connection of a caller, so nobody dialled an address for it.
			case "DYNAMIC_DNS":
				one.Sent = true
			default:
				if endpoints := w.world.endpointsOf(p, cluster); len(endpoints) > 0 {
					endpoint, one.Sent = endpoints[0], true
					address, port := endpointAddress(endpoint)
					one.destination = fmt.Sprintf("%s:%d", address, port)
				}
			}
			if tls, err := upstreamTLS(cluster, endpoint, copied); err == nil {
				one.UpstreamTLS = tls
			}
		}
		all = append(all, one)
	}
	return all
}

// copies gives the mirrors of a branch whose copies can be told from the call by where they arrive.
func (b branchReport) copies() []mirrorReport {
	var copies []mirrorReport
	for _, hop := range b.Hops {
		for _, mirror := range hop.Mirrors {
			if mirror.Sent && mirror.destination != "" && !strings.HasPrefix(b.Detail, "leaves to "+mirror.destination) {
				copies = append(copies, mirror)
			}
		}
	}
	return copies
}

// withoutCopies are the visits that the call itself paid, and what is wrong with those of copies.
func (b branchReport) withoutCopies(visits []visit) ([]visit, string) {
	copies := b.copies()
	var own []visit
	for _, v := range visits {
		i := slices.IndexFunc(copies, func(m mirrorReport) bool { return m.destination == v.destination })
		if i < 0 {
			own = append(own, v)
			continue
		}
		mirror := copies[i]
		if v.host != mirror.Authority {
			return nil, fmt.Sprintf("a copy reached %s with Host %q, the trace says %q", v.destination, v.host, mirror.Authority)
		}
		wanted := []string(nil)
		if mirror.UpstreamTLS.Mode != tlsNone {
			wanted = []string{mirror.UpstreamTLS.SNI}
		}
		if !slices.Equal(v.layers, wanted) {
			return nil, fmt.Sprintf("a copy reached %s in TLS sessions with SNI %q, the trace says %q", v.destination, v.layers, wanted)
		}
	}
	for _, mirror := range copies {
		if mirror.Percent == 100 && !arrivedAt(visits, mirror.destination) {
			return nil, "no copy reached " + mirror.destination
		}
	}
	return own, ""
}

func arrivedAt(visits []visit, destination string) bool {
	return slices.ContainsFunc(visits, func(v visit) bool { return v.destination == destination })
}
