package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// flux builds each Kustomization as Flux's controller does, which makes the kustomization.yaml that a folder lacks, in
// the order in which they wait for each other.
func flux(folder string) ([]document, error) {
	text, err := os.ReadFile(filepath.Join(folder, "flux", "sync.yaml"))
	if err != nil {
		return nil, err
	}
	objects, err := documents("flux/sync.yaml", string(text))
	if err != nil {
		return nil, err
	}
	repository, before := "", ""
	var all []document
	for _, object := range objects {
		name := fmt.Sprint(object.content["metadata"].(map[string]any)["name"])
		spec := object.content["spec"].(map[string]any)
		switch object.content["kind"] {
		case "GitRepository":
			repository = name
		case "Kustomization":
			if source := spec["sourceRef"].(map[string]any); source["kind"] != "GitRepository" || source["name"] != repository {
				return nil, fmt.Errorf("%s has the source %v, and there is the repository %s", name, source, repository)
			}
			if got := dependsOn(spec); got != before {
				return nil, fmt.Errorf("%s waits for '%s' and not for '%s'", name, got, before)
			}
			found, err := stage(filepath.Join(folder, filepath.Base(fmt.Sprint(spec["path"]))))
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
			before = name
		}
	}
	return all, nil
}

func dependsOn(spec map[string]any) string {
	var names []string
	list, _ := spec["dependsOn"].([]any)
	for _, one := range list {
		names = append(names, fmt.Sprint(one.(map[string]any)["name"]))
	}
	return strings.Join(names, ",")
}

func stage(folder string) ([]document, error) {
	inMemory := filesys.MakeFsInMemory()
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s: no files: %v", folder, err)
	}
	made := types.Kustomization{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		made.Resources = append(made.Resources, filepath.Base(file))
		if err := inMemory.WriteFile(filepath.Base(file), text); err != nil {
			return nil, err
		}
	}
	text, err := yaml.Marshal(made)
	if err != nil {
		return nil, err
	}
	if err := inMemory.WriteFile("kustomization.yaml", text); err != nil {
		return nil, err
	}
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(inMemory, ".")
	if err != nil {
		return nil, err
	}
	out, err := built.AsYaml()
	if err != nil {
		return nil, err
	}
	return documents(folder, string(out))
}
