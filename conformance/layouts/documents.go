package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"

	"sigs.k8s.io/yaml"
)

// document is a resource as a cluster is given it.
type document struct {
	key     string
	content map[string]any
}

// documents reads the YAML documents of a text, in order. Comments and empty documents are none.
func documents(where, text string) ([]document, error) {
	var found []document
	for _, part := range strings.Split("\n"+text, "\n---") {
		js, err := yaml.YAMLToJSONStrict([]byte(part))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
		if bytes.Equal(bytes.TrimSpace(js), []byte("null")) {
			continue
		}
		var content map[string]any
		if err := yaml.Unmarshal(js, &content); err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
		metadata, _ := content["metadata"].(map[string]any)
		if metadata == nil || content["kind"] == nil {
			return nil, fmt.Errorf("%s: holds a document that is no resource", where)
		}
		group, _, _ := strings.Cut(fmt.Sprint(content["apiVersion"]), "/")
		key := fmt.Sprintf("%s %s %v/%v", group, content["kind"], metadata["namespace"], metadata["name"])
		found = append(found, document{key, content})
	}
	return found, nil
}

// below reads all documents of the files below a folder, in the order of their paths.
func below(folder string, belongs func(path string) bool) ([]document, error) {
	var files []string
	err := filepath.WalkDir(folder, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(file) != ".yaml" {
			return err
		}
		path, err := filepath.Rel(folder, file)
		if err == nil && belongs(filepath.ToSlash(path)) {
			files = append(files, file)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	var all []document
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		found, err := documents(file, string(text))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// compare tells what one has and the other has not, or has otherwise.
func compare(want, got []document) []string {
	var problems []string
	wanted := map[string]document{}
	for _, d := range want {
		wanted[d.key] = d
	}
	seen := map[string]bool{}
	for _, d := range got {
		w, known := wanted[d.key]
		switch {
		case seen[d.key]:
			problems = append(problems, d.key+" is there twice")
		case !known:
			problems = append(problems, d.key+" is one too many")
		case !reflect.DeepEqual(w.content, d.content):
			problems = append(problems, d.key+" is another")
		}
		seen[d.key] = true
	}
	for _, d := range want {
		if !seen[d.key] {
			problems = append(problems, d.key+" is missing")
		}
	}
	return problems
}

// inOrder tells which documents come before one of an earlier stage; stage knows each by its key.
func inOrder(stage map[string]string, got []document) []string {
	var problems []string
	highest := ""
	for _, d := range got {
		if stage[d.key] < highest {
			problems = append(problems, fmt.Sprintf("%s of stage %s comes after stage %s", d.key, stage[d.key], highest))
		}
		highest = max(highest, stage[d.key])
	}
	return problems
}

// anyOrder is that of tools that have one of their own, or are told it otherwise.
func anyOrder(map[string]string, []document) []string { return nil }

// inOrderOfKinds is inOrder as far as kinds go. Routes of gateways and of callers are of one kind, which kustomize
// orders by name: there, each route of callers has to come after the gateway's routes for its hosts.
func inOrderOfKinds(stage map[string]string, got []document) []string {
	kinds := map[string]string{}
	for key, one := range stage {
		kinds[key] = one
		if one == gatewayRoutes || one == meshRoutes {
			kinds[key] = gatewayRoutes
		}
	}
	problems := inOrder(kinds, got)
	redirected := map[string]string{}
	for _, d := range got {
		for _, host := range hosts(d) {
			switch there, before := redirected[host]; {
			case stage[d.key] == meshRoutes:
				redirected[host] = d.key
			case stage[d.key] == gatewayRoutes && before:
				problems = append(problems, fmt.Sprintf("%s comes after %s, which sends calls to it", d.key, there))
			}
		}
	}
	return problems
}

const gatewayRoutes, meshRoutes = "8-gateway-routes", "9-mesh-routes"

// hosts gives the hosts of a route, each with its namespace.
func hosts(d document) []string {
	spec, _ := d.content["spec"].(map[string]any)
	named, _ := spec["hosts"].([]any)
	var all []string
	for _, host := range named {
		all = append(all, fmt.Sprint(d.content["metadata"].(map[string]any)["namespace"], "/", host))
	}
	return all
}
