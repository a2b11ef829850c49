package main

import (
	"strings"
	"testing"
)

// TestJudgesSpeak shows that every judge is really asked: each mistake is one that only it sees.
func TestJudgesSpeak(t *testing.T) {
	for name, one := range map[string]struct{ yaml, level, judge, says string }{
		"unknown field": {`
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: a, namespace: x}
spec: {hosts: [a.example.org], prots: [], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}`, levelError, "crd", "spec.prots"},
		"CEL rule": {`
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: a, namespace: x}
spec: {rules: [{matches: [{path: {value: noslash}}]}]}`, levelError, "crd", "absolute path"},
		"version that is not served": {`
apiVersion: networking.istio.io/v2
kind: ServiceEntry
metadata: {name: a, namespace: x}
spec: {hosts: [a.example.org]}`, levelError, "crd", "not served"},
		"validation": {`
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: a, namespace: x}
spec: {hosts: ["*.example.org"], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}`, levelError, "validation", "wildcard"},
		"analyzer": {`
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: a, namespace: x}
spec: {host: a.example.org, trafficPolicy: {tls: {mode: SIMPLE}}}`, levelWarning, "IST0128", "caCertificates"},
		"name": {`
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: A_B, namespace: x}
spec: {hosts: [a.example.org], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}`, levelError, "metadata", "RFC 1123"},
		"field of a Kubernetes kind": {`
apiVersion: v1
kind: Service
metadata: {name: s, namespace: x}
spec: {ports: [{port: 80, nmae: x}]}`, levelError, "kubernetes", "nmae"},
		"mesh configuration": {`
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "outboundTrafficPolice: {mode: REGISTRY_ONLY}"}`, levelError, "mesh", "outboundTrafficPolice"},
		"operator": {`
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {name: i, namespace: istio-system}
spec: {componentz: {}}`, levelError, "operator", "componentz"},
		"key that stands twice": {`
apiVersion: v1
kind: Namespace
metadata: {name: a, name: b}`, levelError, "yaml", "name"},
	} {
		t.Run(name, func(t *testing.T) {
			input := &set{}
			input.add("input.yaml", []byte(one.yaml))
			v, err := judge(input)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range v.findings {
				if f.level == one.level && f.judge == one.judge && strings.Contains(f.message, one.says) {
					return
				}
			}
			t.Errorf("%s does not say %q: %v", one.judge, one.says, v.findings)
		})
	}
}

// TestRightSetIsClean holds the other side: what is right draws nothing.
func TestRightSetIsClean(t *testing.T) {
	for _, folder := range []string{"testdata/flow/plain-http", "testdata/flow/mutual-to-gateway", "testdata/flow/sni-passthrough"} {
		input, err := readSet(folder)
		if err != nil {
			t.Fatal(err)
		}
		v, err := judge(input)
		if err != nil {
			t.Fatal(err)
		}
		if v.count(levelError)+v.count(levelWarning) > 0 {
			t.Errorf("%s: %v", folder, v.findings)
		}
	}
}

func TestNotJudgedIsCounted(t *testing.T) {
	input := &set{}
	input.add("input.yaml", []byte("global: {hub: x}\n---\napiVersion: foo/v1\nkind: Bar\nmetadata: {name: b}\n---\n"+
		"apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: i}\nspec: {addonComponents: {}}\n"))
	v, err := judge(input)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.findings) != 0 || len(v.notJudged) != 3 || v.judged != 0 {
		t.Errorf("findings %v, not judged %v", v.findings, v.notJudged)
	}
}
