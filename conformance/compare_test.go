package main

import (
	"encoding/json"
	"testing"
)

func TestCompare(t *testing.T) {
	input, calls := flowSet(t, "testdata/flow/plain-http")
	istios := simulateSet(input, calls, "")
	again := func() *report {
		js, err := json.Marshal(istios)
		if err != nil {
			t.Fatal(err)
		}
		copied := &report{}
		if err := json.Unmarshal(js, copied); err != nil {
			t.Fatal(err)
		}
		return copied
	}
	same := newComparison()
	same.reports("set", again(), &istios)
	if same.agree != len(istios.Calls) || len(same.disagreements) != 0 {
		t.Errorf("a report disagrees with itself: %v", same.disagreements)
	}
	// Every compared field is really compared: change one at a time.
	for field, change := range map[string]func(*report){
		"outcome":                              func(r *report) { r.Calls[0].Outcome = blocked },
		"path":                                 func(r *report) { r.Calls[0].Path = "direct" },
		"branches[0].weight":                   func(r *report) { r.Calls[0].Branches[0].Weight = 1 },
		"branches[0].outcome":                  func(r *report) { r.Calls[0].Branches[0].Outcome = loop },
		"branches[0].number of hops":           func(r *report) { r.Calls[0].Branches[0].Hops = r.Calls[0].Branches[0].Hops[:1] },
		"branches[0].hops[1].proxy":            func(r *report) { r.Calls[0].Branches[0].Hops[1].Proxy = "x" },
		"branches[0].hops[1].listener":         func(r *report) { r.Calls[0].Branches[0].Hops[1].Listener = "x" },
		"branches[0].hops[1].filter":           func(r *report) { r.Calls[0].Branches[0].Hops[1].Filter = "x" },
		"branches[0].hops[1].virtualHost":      func(r *report) { r.Calls[0].Branches[0].Hops[1].VirtualHost = "x" },
		"branches[0].hops[1].cluster":          func(r *report) { r.Calls[0].Branches[0].Hops[1].Cluster = "x" },
		"branches[0].hops[1].host":             func(r *report) { r.Calls[0].Branches[0].Hops[1].Host = "x" },
		"branches[0].hops[1].port":             func(r *report) { r.Calls[0].Branches[0].Hops[1].Port = 1 },
		"branches[0].hops[1].subset":           func(r *report) { r.Calls[0].Branches[0].Hops[1].Subset = "x" },
		"branches[0].hops[1].discovery":        func(r *report) { r.Calls[0].Branches[0].Hops[1].Discovery = "x" },
		"branches[0].hops[1].upstreamTLS.mode": func(r *report) { r.Calls[0].Branches[0].Hops[1].UpstreamTLS.Mode = "x" },
		"branches[0].hops[1].upstreamTLS.sni":  func(r *report) { r.Calls[0].Branches[0].Hops[1].UpstreamTLS.SNI = "x" },
	} {
		ours := again()
		change(ours)
		c := newComparison()
		c.reports("set", ours, &istios)
		if len(c.disagreements) != 1 || c.disagreements[0].field != field {
			t.Errorf("%s: %v", field, c.disagreements)
		}
	}
	undecided := again()
	undecided.Calls[0].Outcome = undetermined
	c := newComparison()
	c.reports("set", undecided, &istios)
	if c.calls != len(istios.Calls)-1 || len(c.notJudged) != 1 || len(c.disagreements) != 0 {
		t.Errorf("UNDETERMINED must be counted as not judged: %+v", c)
	}
	dropped := func(change func(*branchReport)) *comparison {
		ours := again()
		one := &ours.Calls[0]
		one.Outcome, one.Path = denied, "none"
		one.Branches[0].Outcome, one.Branches[0].Detail = denied, "NetworkPolicy shop/out lets no connection through"
		one.Branches[0].Hops = one.Branches[0].Hops[:1]
		change(&one.Branches[0])
		c := newComparison()
		c.reports("set", ours, &istios)
		return c
	}
	if c := dropped(func(*branchReport) {}); c.calls != len(istios.Calls)-1 || len(c.notJudged) != 1 || len(c.disagreements) != 0 {
		t.Errorf("what a NetworkPolicy drops must be counted as not judged: %+v", c)
	}
	if c := dropped(func(b *branchReport) { b.Hops[0].Cluster = "x" }); len(c.disagreements) != 1 || c.calls != len(istios.Calls) {
		t.Errorf("the hops until the drop must be compared: %+v", c)
	}
	if c := dropped(func(b *branchReport) { b.Detail = "AuthorizationPolicy shop/in" }); len(c.disagreements) == 0 {
		t.Errorf("another refusal must be judged")
	}
}

func TestCallsPastTheSidecarAreNotJudged(t *testing.T) {
	for name, from := range map[string]caller{
		"a port":     {Namespace: "shop", Annotations: map[string]string{"traffic.sidecar.istio.io/excludeOutboundPorts": "443"}},
		"no sidecar": {Namespace: "shop", Labels: map[string]string{"sidecar.istio.io/inject": "false"}},
	} {
		input, calls := flowSet(t, "testdata/flow/plain-http")
		calls.Calls[0].From = from
		if answer := simulateSet(input, calls, ""); answer.Calls[0].Outcome != undetermined || len(answer.Calls[0].Branches[0].Hops) != 0 {
			t.Errorf("%s: %+v", name, answer.Calls[0])
		}
	}
}
