package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// document is one YAML document of the input.
type document struct {
	file   string
	line   int
	text   []byte // as written
	object *unstructured.Unstructured
}

func (d document) kind() string      { return d.object.GetKind() }
func (d document) name() string      { return d.object.GetName() }
func (d document) group() string     { return d.object.GroupVersionKind().Group }
func (d document) namespace() string { return orDefault(d.object.GetNamespace(), "default") }

func (d document) where() string { return fmt.Sprintf("%s:%d", d.file, d.line) }

func (d document) String() string {
	return fmt.Sprintf("%s %s/%s", d.kind(), d.namespace(), d.name())
}

// isIstioOperator tells an installation request: it is never a resource of the cluster today.
func (d document) isIstioOperator() bool {
	return d.group() == "install.istio.io" && d.kind() == "IstioOperator"
}

// set is everything that is judged together, as one cluster would hold it.
type set struct {
	documents []document
	// notResources counts documents without a kind, such as Helm values, by file.
	notResources []string
	problems     []problem // documents that cannot be read at all
}

// problem is a document, or a file, that could not be read.
type problem struct {
	where   string
	message string
}

// besides are files that lie next to the manifests in a batch folder and are none.
var besides = map[string]bool{
	"calls.yaml": true, "calls.yml": true, "calls.json": true,
	"flows.json": true, "simulated.json": true, "findings.json": true,
}

// readSet reads all manifests of files and folders (recursively) as one set.
func readSet(paths ...string) (*set, error) {
	s := &set{}
	for _, path := range paths {
		files, err := manifestFiles(path)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			s.add(file, content)
		}
	}
	return s, nil
}

func manifestFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var files []string
	err = filepath.WalkDir(path, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || besides[entry.Name()] {
			return err
		}
		switch filepath.Ext(file) {
		case ".yaml", ".yml", ".json":
			files = append(files, file)
		}
		return nil
	})
	sort.Strings(files)
	return files, err
}

func (s *set) add(file string, content []byte) {
	reader := kubeyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(content)))
	offset := 0
	for {
		text, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			s.problems = append(s.problems, problem{file, err.Error()})
			return
		}
		// The reader does not say where it is; the text itself tells, and searching from the last place is enough.
		if at := bytes.Index(content[offset:], bytes.TrimRight(text, "\n")); at >= 0 {
			offset += at
		}
		line := 1 + bytes.Count(content[:offset], []byte("\n")) + leadingLines(text)
		offset = min(offset+len(bytes.TrimRight(text, "\n")), len(content))
		s.addDocument(file, line, text)
	}
}

// leadingLines counts blank and comment lines before the first line that says something.
func leadingLines(text []byte) int {
	n := 0
	for _, line := range strings.Split(string(text), "\n") {
		if trimmed := strings.TrimSpace(line); trimmed != "" && !strings.HasPrefix(trimmed, "#") && trimmed != "---" {
			break
		}
		n++
	}
	return n
}

func (s *set) addDocument(file string, line int, text []byte) {
	where := fmt.Sprintf("%s:%d", file, line)
	// Strict: a key that stands twice is a mistake that a later line silently wins.
	js, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		s.problems = append(s.problems, problem{where, err.Error()})
		return
	}
	if bytes.Equal(bytes.TrimSpace(js), []byte("null")) {
		return
	}
	var content map[string]any
	if err := json.Unmarshal(js, &content); err != nil {
		s.problems = append(s.problems, problem{where, "not a mapping: " + err.Error()})
		return
	}
	if content["kind"] == nil {
		s.notResources = append(s.notResources, where)
		return
	}
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(js); err != nil {
		s.problems = append(s.problems, problem{where, err.Error()})
		return
	}
	if object.IsList() {
		list, err := object.ToList()
		if err != nil {
			s.problems = append(s.problems, problem{where, err.Error()})
			return
		}
		for i := range list.Items {
			itemText, _ := yaml.Marshal(list.Items[i].Object)
			s.documents = append(s.documents, document{file, line, itemText, &list.Items[i]})
		}
		return
	}
	s.documents = append(s.documents, document{file, line, text, object})
}

// ofKind gives the documents of a kind, any version of the group.
func (s *set) ofKind(group, kind string) []document {
	var found []document
	for _, d := range s.documents {
		if d.group() == group && d.kind() == kind {
			found = append(found, d)
		}
	}
	return found
}

func orDefault(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
