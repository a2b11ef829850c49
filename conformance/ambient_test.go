package main

import (
	"strings"
	"testing"
)

// TestAmbient walks calls of pods in ambient mode through what istiod tells ztunnel and configures a waypoint with.
func TestAmbient(t *testing.T) {
	input, err := readSet("testdata/ambient")
	if err != nil {
		t.Fatal(err)
	}
	cart := caller{Namespace: "shop", ServiceAccount: "cart"}
	shop := caller{Namespace: "shop"}
	for _, one := range []struct {
		call          call
		outcome, path string
		proxies       string
	}{
		{call{From: cart, To: "http://httpbin.org/get"}, external, "via-waypoint", "ztunnel shop, waypoint egress/edge"},
		{call{From: shop, To: "http://httpbin.org/get"}, denied, "none", "ztunnel shop, waypoint egress/edge"},
		{call{From: shop, To: "tls://httpbin.org:443"}, external, "via-waypoint", "ztunnel shop, waypoint egress/edge"},
		{call{From: shop, To: "tls://httpbin.org:443", SNI: "other.example"}, denied, "none", "ztunnel shop, waypoint egress/edge"},
		{call{From: shop, To: "http://httpbin.org:8080/"}, blocked, "none", "ztunnel shop, waypoint egress/edge"},
		{call{From: shop, To: "http://other.example/"}, passthrough, "direct", "ztunnel shop"},
		{call{From: shop, To: "tcp://db.corp:5432"}, external, "direct", "ztunnel shop"},
		{call{From: caller{Namespace: "plain"}, To: "http://httpbin.org/get"}, external, "direct", "sidecar plain"},
		{call{From: caller{Namespace: "shop", Labels: map[string]string{"sidecar.istio.io/inject": "true"}}, To: "http://httpbin.org/get"},
			undetermined, "none", ""},
	} {
		answer := simulateSet(input, &callsFile{Calls: []call{one.call}}, "REGISTRY_ONLY")
		if answer.Error != "" {
			t.Fatal(answer.Error)
		}
		result := answer.Calls[0]
		var proxies []string
		for _, hop := range result.Branches[0].Hops {
			proxies = append(proxies, hop.Proxy)
		}
		if passed := strings.Join(proxies, ", "); result.Outcome != one.outcome || result.Path != one.path || passed != one.proxies {
			t.Errorf("%s from %v: %s %s through %s, want %s %s through %s (%s)", one.call.To, one.call.From,
				result.Outcome, result.Path, passed, one.outcome, one.path, one.proxies, result.Detail)
		}
	}
}
