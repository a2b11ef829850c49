package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apimachinery/pkg/runtime/schema"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"

	"istio.io/istio/manifests"
	"istio.io/istio/pkg/config/crd"
)

// customResources are the definitions that a cluster with Istio and the Gateway API has, and their validator.
type customResources struct {
	validator  *crd.Validator
	versions   map[schema.GroupVersionKind]apiextensionsv1.CustomResourceDefinitionVersion
	groups     map[string]bool
	namespaced map[schema.GroupKind]bool
	// gatewayAPI says whether the Gateway API's definitions were found (they lie in the module cache).
	gatewayAPI bool
}

var loadCustomResources = sync.OnceValues(readCustomResources)

func readCustomResources() (*customResources, error) {
	resources := &customResources{
		versions: map[schema.GroupVersionKind]apiextensionsv1.CustomResourceDefinitionVersion{}, groups: map[string]bool{},
		namespaced: map[schema.GroupKind]bool{},
	}
	var definitions []apiextensions.CustomResourceDefinition
	istio, err := manifests.FS.ReadFile("charts/base/files/crd-all.gen.yaml")
	if err != nil {
		return nil, err
	}
	files := [][]byte{istio}
	names, _ := filepath.Glob(filepath.Join(moduleFolder("sigs.k8s.io/gateway-api"), "config", "crd", "standard", "*.yaml"))
	sort.Strings(names)
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, content)
	}
	resources.gatewayAPI = len(names) > 0
	for _, content := range files {
		decoder := kubeyaml.NewYAMLOrJSONDecoder(bytes.NewReader(content), 1<<16)
		for {
			one := apiextensionsv1.CustomResourceDefinition{}
			if err := decoder.Decode(&one); err == io.EOF {
				break
			} else if err != nil {
				return nil, err
			}
			if one.Kind != "CustomResourceDefinition" {
				continue
			}
			resources.remember(one)
			internal := apiextensions.CustomResourceDefinition{}
			if err := apiextensionsv1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(&one, &internal, nil); err != nil {
				return nil, err
			}
			definitions = append(definitions, internal)
		}
	}
	resources.validator, err = crd.NewValidatorFromCRDs(definitions...)
	if err != nil {
		return nil, fmt.Errorf("custom resource definitions: %w", err)
	}
	return resources, nil
}

// fillDefaults adds what the definition of a resource says of absent fields, as the API server does. Istio's code counts
// on it.
func fillDefaults(gvk schema.GroupVersionKind, object map[string]any) error {
	definitions, err := loadCustomResources()
	if err != nil {
		return err
	}
	version, served := definitions.versions[gvk]
	if !served || version.Schema == nil {
		return nil
	}
	internal := apiextensions.JSONSchemaProps{}
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, &internal, nil); err != nil {
		return err
	}
	structural, err := structuralschema.NewStructural(&internal)
	if err != nil {
		return err
	}
	defaulting.Default(object, structural)
	return nil
}

func (r *customResources) remember(one apiextensionsv1.CustomResourceDefinition) {
	r.groups[one.Spec.Group] = true
	r.namespaced[schema.GroupKind{Group: one.Spec.Group, Kind: one.Spec.Names.Kind}] = one.Spec.Scope == apiextensionsv1.NamespaceScoped
	for _, version := range one.Spec.Versions {
		if version.Served {
			r.versions[schema.GroupVersionKind{Group: one.Spec.Group, Version: version.Name, Kind: one.Spec.Names.Kind}] = version
		}
	}
}
