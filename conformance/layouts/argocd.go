package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// applications goes through the ApplicationSet as its git directory generators do: each namespace's folder is one
// Application, and no folder that is synchronized first sends calls to a gateway.
func applications(folder string, found []document, stages map[string]string) error {
	text, err := os.ReadFile(filepath.Join(folder, "application-set.yaml"))
	if err != nil {
		return err
	}
	sets, err := documents("application-set.yaml", string(text))
	if err != nil {
		return err
	}
	spec := sets[0].content["spec"].(map[string]any)
	entries, err := os.ReadDir(filepath.Join(folder, "namespaces"))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		steps := steps(spec["generators"].([]any), "/namespaces/"+entry.Name())
		if len(steps) != 1 {
			return fmt.Errorf("the folder of namespace %s is in %d generators of the ApplicationSet", entry.Name(), len(steps))
		}
		for _, d := range found {
			of := d.content["metadata"].(map[string]any)["namespace"] == entry.Name()
			if of && steps[0] == "gateways" && stages[d.key] == meshRoutes {
				return fmt.Errorf("%s sends calls to a gateway and is synchronized with the gateways", d.key)
			}
		}
	}
	return nil
}

// steps gives the step of each generator that has a folder, told by the end of its path.
func steps(generators []any, end string) []string {
	var found []string
	for _, one := range generators {
		git := one.(map[string]any)["git"].(map[string]any)
		included, excluded := false, false
		for _, directory := range git["directories"].([]any) {
			of := directory.(map[string]any)
			glob := fmt.Sprint(of["path"])
			root, _, _ := strings.Cut(glob, "/namespaces/")
			if matches, err := path.Match(glob, root+end); err == nil && matches {
				included = included || of["exclude"] != true
				excluded = excluded || of["exclude"] == true
			}
		}
		if included && !excluded {
			found = append(found, fmt.Sprint(git["values"].(map[string]any)["step"]))
		}
	}
	return found
}
