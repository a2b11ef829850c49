package main

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	meshapi "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pkg/config/mesh"
)

// meshConfigText is the mesh configuration as the input writes it: what istiod would read (ConfigMap istio, key
// mesh), else what an IstioOperator asks for. Empty where the input has none.
func (s *set) meshConfigText() (string, error) {
	var text string
	for _, d := range s.ofKind("", "ConfigMap") {
		value, found, _ := unstructured.NestedString(d.object.Object, "data", "mesh")
		// The control plane's own namespace wins should there be several.
		if d.name() == "istio" && found && (text == "" || d.namespace() == "istio-system") {
			text = value
		}
	}
	if text != "" {
		return text, nil
	}
	merged := map[string]any{}
	for _, d := range s.documents {
		if !d.isIstioOperator() {
			continue
		}
		// spec.meshConfig is merged over spec.values.meshConfig, as Istio's operator does.
		for _, path := range [][]string{{"spec", "values", "meshConfig"}, {"spec", "meshConfig"}} {
			value, found, err := unstructured.NestedMap(d.object.Object, path...)
			if err != nil {
				return "", fmt.Errorf("%s: %w", d.where(), err)
			}
			if found {
				mergeInto(merged, value)
			}
		}
	}
	if len(merged) == 0 {
		return "", nil
	}
	out, err := yaml.Marshal(merged)
	return string(out), err
}

func mergeInto(target, source map[string]any) {
	for key, value := range source {
		inner, isMap := value.(map[string]any)
		existing, hasMap := target[key].(map[string]any)
		if isMap && hasMap {
			mergeInto(existing, inner)
			continue
		}
		target[key] = value
	}
}

// meshConfig applies Istio's defaults; policy replaces the outbound mode where the input has no mesh configuration.
func (s *set) meshConfig(policy string) (*meshapi.MeshConfig, error) {
	text, err := s.meshConfigText()
	if err != nil {
		return nil, err
	}
	if text == "" && policy != "" {
		js, _ := json.Marshal(map[string]any{"outboundTrafficPolicy": map[string]any{"mode": policy}})
		text = string(js)
	}
	config, err := mesh.ApplyMeshConfigDefaults(text)
	if err != nil {
		return nil, fmt.Errorf("mesh configuration: %w", err)
	}
	return config, nil
}
