// Command layouts lets the tools that deliver manifests read the layouts that istio-egress writes: each must give
// the cluster the documents of the namespace layout, and no other.
//
// It is a module of its own: Helm wants other versions of Kubernetes' packages than Istio, and Istio's judges keep theirs.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

const usage = "usage: layouts [--tally FILE] MANIFESTS LAYOUTS (the folder of the namespace layout, and one with a folder a layout)"

// wave is what the Argo CD layout adds to each document.
const wave = "argocd.argoproj.io/sync-wave"

func main() {
	tally := flag.String("tally", "", "a file to add the counts to")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	passed, failed := run(flag.Arg(0), flag.Arg(1))
	if *tally != "" {
		out, err := os.OpenFile(*tally, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err == nil {
			_, err = fmt.Fprintln(out, passed, failed)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	if failed > 0 {
		os.Exit(1)
	}
}

func run(manifests, layouts string) (passed, failed int) {
	want, err := below(manifests, resources)
	if err != nil || len(want) == 0 {
		fmt.Printf("%s: no documents: %v\n", manifests, err)
		return 0, 1
	}
	stages, err := applyOrder(filepath.Join(layouts, "apply-order"))
	if err != nil {
		fmt.Println(err)
		return 0, 1
	}
	for _, layout := range []struct {
		name, tool string
		read       func(folder string) ([]document, error)
		inOrder    func(stages map[string]string, got []document) []string
	}{
		{"tenant", "its files", func(f string) ([]document, error) { return below(f, resources) }, anyOrder},
		{"apply-order", "its files in the order of their names", func(f string) ([]document, error) { return below(f, resources) }, inOrder},
		{"kustomize", "kustomize", kustomize, inOrderOfKinds},
		{"helm", "Helm", func(f string) ([]document, error) { return helm(f, nil) }, anyOrder},
		{"helm", "Helm, tenant by tenant", tenantByTenant, anyOrder},
		{"argo-cd", "its files and waves", func(f string) ([]document, error) { return waves(f, stages) }, anyOrder},
		{"flux", "kustomize, stage by stage", flux, inOrder},
	} {
		got, err := layout.read(filepath.Join(layouts, layout.name))
		var problems []string
		if err != nil {
			problems = []string{err.Error()}
		} else {
			problems = append(compare(want, got), layout.inOrder(stages, got)...)
		}
		for _, problem := range problems {
			fmt.Printf("layout %s, %s: %s\n", layout.name, layout.tool, problem)
		}
		fmt.Printf("layout %s, by %s: %d of %d documents, %d problems\n", layout.name, layout.tool, len(got), len(want), len(problems))
		if len(problems) == 0 {
			passed++
		} else {
			failed++
		}
	}
	return passed, failed
}

// resources tells the files of resources in layouts of plain files.
func resources(path string) bool {
	return !strings.HasPrefix(path, "install/") && path != "application-set.yaml"
}

// applyOrder reads the stage of each document from the names of the files.
func applyOrder(folder string) (map[string]string, error) {
	stages := map[string]string{}
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		found, err := documents(file, string(text))
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			stages[d.key], _, _ = strings.Cut(filepath.Base(file), ".")
		}
	}
	return stages, nil
}

func kustomize(folder string) ([]document, error) {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionUnspecified // The overlay says it.
	built, err := krusty.MakeKustomizer(options).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		return nil, err
	}
	text, err := built.AsYaml()
	if err != nil {
		return nil, err
	}
	return documents(folder, string(text))
}

// helm renders the chart with values over its own, in the order of the templates' names.
func helm(folder string, values map[string]any) ([]document, error) {
	chart, err := loader.Load(folder)
	if err != nil {
		return nil, err
	}
	if err := chart.Validate(); err != nil {
		return nil, err
	}
	for _, file := range chart.Files {
		if strings.HasPrefix(file.Name, "install/") {
			return nil, fmt.Errorf("%s is packed into the chart", file.Name)
		}
	}
	merged, err := chartutil.ToRenderValues(chart, values, chartutil.ReleaseOptions{Name: "egress", Namespace: "default"}, nil)
	if err != nil {
		return nil, err
	}
	rendered, err := engine.Render(chart, merged)
	if err != nil {
		return nil, err
	}
	var all []document
	for name, text := range rendered {
		found, err := documents(name, text)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// tenantByTenant renders the chart once a namespace, with all others switched off. What is of the whole cluster is there each
// time, and counts once.
func tenantByTenant(folder string) ([]document, error) {
	chart, err := loader.Load(folder)
	if err != nil {
		return nil, err
	}
	namespaces, _ := chart.Values["namespaces"].(map[string]any)
	var all []document
	ofCluster := map[string]bool{}
	for one := range namespaces {
		switches := map[string]any{}
		for other := range namespaces {
			switches[other] = map[string]any{"enabled": other == one}
		}
		found, err := helm(folder, map[string]any{"namespaces": switches})
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			metadata := d.content["metadata"].(map[string]any)
			if metadata["namespace"] == nil && d.content["kind"] != "Namespace" {
				if !ofCluster[d.key] {
					ofCluster[d.key] = true
					all = append(all, d)
				}
				continue
			}
			if metadata["namespace"] != one && (d.content["kind"] != "Namespace" || metadata["name"] != one) {
				return nil, fmt.Errorf("%s is there while only namespace %s is switched on", d.key, one)
			}
			all = append(all, d)
		}
	}
	return all, nil
}

// waves reads the documents without their waves, which must be those of the stages, and holds the ApplicationSet to the
// folders that are there.
func waves(folder string, stages map[string]string) ([]document, error) {
	found, err := below(folder, resources)
	if err != nil {
		return nil, err
	}
	for _, d := range found {
		metadata := d.content["metadata"].(map[string]any)
		annotations, _ := metadata["annotations"].(map[string]any)
		if number, _, _ := strings.Cut(stages[d.key], "-"); annotations[wave] != number {
			return nil, fmt.Errorf("%s is of wave %v and not of %s", d.key, annotations[wave], number)
		}
		delete(annotations, wave)
		if len(annotations) == 0 {
			delete(metadata, "annotations")
		}
	}
	return found, applications(folder, found, stages)
}
