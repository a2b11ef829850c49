package main

import (
	"fmt"
	"os"
	"strings"

	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/diag"
	"istio.io/istio/pkg/config/analysis/local"
)

// analyze runs every analyzer of `istioctl analyze` on files only, with the mesh configuration of the input.
func (v *verdict) analyze(input *set) error {
	analyzer := local.NewIstiodAnalyzer(analyzers.AllCombined(), "", "istio-system", nil)
	text, err := input.meshConfigText()
	if err != nil {
		return err
	}
	if text != "" {
		file, err := temporaryFile(text)
		if err != nil {
			return err
		}
		defer os.Remove(file)
		if err := analyzer.AddFileKubeMeshConfig(file); err != nil {
			v.findings = append(v.findings, finding{"mesh configuration", levelError, "analyze", err.Error()})
		}
	}
	if err := analyzer.AddDefaultResources(); err != nil {
		return err
	}
	var readers []local.ReaderSource
	for _, d := range input.documents {
		// One reader per document: what is no resource (Helm values) never reaches the analyzers.
		readers = append(readers, local.ReaderSource{Name: d.where(), Reader: strings.NewReader(string(d.text))})
	}
	if len(readers) == 0 {
		return nil
	}
	if err := analyzer.AddReaderKubeSource(readers); err != nil {
		v.findings = append(v.findings, finding{"set", levelError, "analyze", oneLine(err)})
	}
	cancel := make(chan struct{})
	defer close(cancel)
	result, err := analyzer.Analyze(cancel)
	if err != nil {
		return err
	}
	for _, message := range result.Messages {
		v.findings = append(v.findings, finding{place(message), levelOf(message), message.Type.Code(),
			fmt.Sprintf("%s: %s", subject(message), fmt.Sprintf(message.Type.Template(), message.Parameters...))})
	}
	return nil
}

func levelOf(message diag.Message) string {
	switch {
	case message.Type.Level().IsWorseThanOrEqualTo(diag.Error):
		return levelError
	case message.Type.Level().IsWorseThanOrEqualTo(diag.Warning):
		return levelWarning
	}
	return levelInfo
}

// place is FILE:LINE of the document: our readers are named so, and the analyzer adds a line of its own behind.
func place(message diag.Message) string {
	if message.Resource == nil || message.Resource.Origin.Reference() == nil {
		return "set"
	}
	reference := message.Resource.Origin.Reference().String()
	if i := strings.LastIndex(reference, ":"); i > 0 {
		return reference[:i]
	}
	return reference
}

func subject(message diag.Message) string {
	if message.Resource == nil {
		return "the set"
	}
	return message.Resource.Origin.FriendlyName()
}
