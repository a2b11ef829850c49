package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"

	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"

	meshapi "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/operator/pkg/apis/validation"
	"istio.io/istio/operator/pkg/values"
	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/util/protomarshal"
)

// Levels of a finding, the worst first.
const (
	levelError   = "Error"
	levelWarning = "Warning"
	levelInfo    = "Info"
)

// finding is what one of Istio's or Kubernetes' judges says.
type finding struct {
	where, level, judge, message string
}

func (f finding) String() string {
	return fmt.Sprintf("%s: %s [%s] %s", f.where, f.level, f.judge, f.message)
}

// verdict collects what is said about a set.
type verdict struct {
	findings  []finding
	judged    int
	notJudged map[string]int // reason to number of documents
}

func (v *verdict) say(d document, level, judge, format string, args ...any) {
	v.findings = append(v.findings, finding{d.where(), level, judge, d.String() + ": " + fmt.Sprintf(format, args...)})
}

func (v *verdict) count(level string) int {
	n := 0
	for _, f := range v.findings {
		if f.level == level {
			n++
		}
	}
	return n
}

func judgeCommand(args []string) (int, error) {
	flags := flag.NewFlagSet("judge", flag.ContinueOnError)
	tally := flags.String("tally", "", "a file to add the counts of folders to")
	if err := flags.Parse(args); err != nil || flags.NArg() == 0 {
		return exitUsage, fmt.Errorf("judge needs a folder")
	}
	total, clean := &verdict{notJudged: map[string]int{}}, 0
	for _, folder := range flags.Args() {
		input, err := readSet(folder)
		if err != nil {
			return exitUsage, err
		}
		v, err := judge(input)
		if err != nil {
			return exitUsage, fmt.Errorf("%s: %w", folder, err)
		}
		for _, f := range v.findings {
			fmt.Println(f)
		}
		if v.count(levelError)+v.count(levelWarning) == 0 {
			clean++
		}
		total.findings = append(total.findings, v.findings...)
		total.judged += v.judged
		for reason, n := range v.notJudged {
			total.notJudged[reason] += n
		}
	}
	reasons := make([]string, 0, len(total.notJudged))
	for reason := range total.notJudged {
		reasons = append(reasons, reason)
	}
	sort.Strings(reasons)
	for _, reason := range reasons {
		fmt.Printf("not judged: %d × %s\n", total.notJudged[reason], reason)
	}
	fmt.Printf("Istio %s judged %d documents in %d sets: %d errors, %d warnings, %d notes\n", istioVersion(), total.judged, flags.NArg(),
		total.count(levelError), total.count(levelWarning), total.count(levelInfo))
	if err := addTally(*tally, clean, flags.NArg()-clean); err != nil {
		return exitUsage, err
	}
	if total.count(levelError)+total.count(levelWarning) > 0 {
		return exitFindings, nil
	}
	return exitOK, nil
}

// judge asks every judge about a set.
func judge(input *set) (*verdict, error) {
	v := &verdict{notJudged: map[string]int{}}
	for _, p := range input.problems {
		v.findings = append(v.findings, finding{p.where, levelError, "yaml", p.message})
	}
	v.notJudged["document without kind (Helm values and the like)"] += len(input.notResources)
	definitions, err := loadCustomResources()
	if err != nil {
		return nil, err
	}
	seen := map[string]document{}
	for _, d := range input.documents {
		v.document(d, definitions)
		key := d.group() + " " + d.String()
		if before, twice := seen[key]; twice {
			v.say(d, levelError, "set", "stands a second time, first at %s", before.where())
		}
		seen[key] = d
	}
	if v.notJudged["document without kind (Helm values and the like)"] == 0 {
		delete(v.notJudged, "document without kind (Helm values and the like)")
	}
	if err := v.meshConfig(input); err != nil {
		return nil, err
	}
	if err := v.analyze(input); err != nil {
		return nil, err
	}
	return v, nil
}

func (v *verdict) document(d document, definitions *customResources) {
	gvk := d.object.GroupVersionKind()
	switch {
	case d.isIstioOperator():
		v.operator(d)
	case definitions.groups[gvk.Group]:
		v.judged++
		v.metadata(d, definitions.namespaced[gvk.GroupKind()])
		v.customResource(d, gvk, definitions)
		v.istio(d, gvk)
	case kube.IstioScheme.Recognizes(gvk):
		v.judged++
		v.metadata(d, gvk.Kind != "Namespace")
		v.builtin(d)
	default:
		v.notJudged[fmt.Sprintf("%s %s (no judge knows this kind)", gvk.GroupVersion(), gvk.Kind)]++
	}
}

// metadata checks what the API server checks of every object.
func (v *verdict) metadata(d document, namespaced bool) {
	js, err := json.Marshal(d.object.Object["metadata"])
	if err != nil {
		v.say(d, levelError, "metadata", "%v", err)
		return
	}
	meta := metav1.ObjectMeta{}
	decoder := json.NewDecoder(bytes.NewReader(js))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&meta); err != nil {
		v.say(d, levelError, "metadata", "%v", err)
		return
	}
	if namespaced && meta.Namespace == "" {
		meta.Namespace = "default"
	}
	name := apivalidation.NameIsDNSSubdomain
	if d.kind() == "Namespace" {
		name = apivalidation.ValidateNamespaceName
	}
	for _, e := range apivalidation.ValidateObjectMeta(&meta, namespaced, name, field.NewPath("metadata")) {
		v.say(d, levelError, "metadata", "%v", e)
	}
}

// customResource checks schema, unknown fields and CEL rules of the definition.
func (v *verdict) customResource(d document, gvk schema.GroupVersionKind, definitions *customResources) {
	version, served := definitions.versions[gvk]
	if !served {
		v.say(d, levelError, "crd", "%s is not served", gvk)
		return
	}
	if version.Deprecated {
		v.say(d, levelInfo, "crd", "%s is deprecated", gvk.GroupVersion())
	}
	if err := definitions.validator.ValidateCustomResource(d.object.DeepCopy()); err != nil {
		v.say(d, levelError, "crd", "%v", err)
	}
}

// istio runs Istio's own validation of the resource, as its webhook does.
func (v *verdict) istio(d document, gvk schema.GroupVersionKind) {
	kind, known := collections.PilotGatewayAPI().FindByGroupVersionAliasesKind(resource.FromKubernetesGVK(&gvk))
	if !known || d.group() == "gateway.networking.k8s.io" {
		return
	}
	js, err := d.object.MarshalJSON()
	if err != nil {
		v.say(d, levelError, "validation", "%v", err)
		return
	}
	object := &crd.IstioKind{}
	if err := json.Unmarshal(js, object); err != nil {
		v.say(d, levelError, "validation", "%v", err)
		return
	}
	config, err := crd.ConvertObject(kind, object, "cluster.local")
	if err != nil {
		v.say(d, levelError, "validation", "%v", err)
		return
	}
	config.Namespace = orDefault(config.Namespace, "default")
	warning, err := kind.ValidateConfig(*config)
	if err != nil {
		v.say(d, levelError, "validation", "%v", oneLine(err))
	}
	if warning != nil {
		v.say(d, levelWarning, "validation", "%v", oneLine(warning))
	}
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

var strictDecoder = serializer.NewCodecFactory(kube.IstioScheme, serializer.EnableStrict).UniversalDeserializer()

// builtin decodes Kubernetes' own kinds strictly.
func (v *verdict) builtin(d document) {
	js, err := d.object.MarshalJSON()
	if err != nil {
		v.say(d, levelError, "kubernetes", "%v", err)
		return
	}
	_, _, err = strictDecoder.Decode(js, nil, nil)
	switch {
	case runtime.IsStrictDecodingError(err):
		v.say(d, levelError, "kubernetes", "%v", err)
	case err != nil:
		v.say(d, levelError, "kubernetes", "cannot be decoded: %v", err)
	}
}

// operator validates an installation request with Istio's operator package. Requests that only an old Istio
// understands (addonComponents went away with 1.8) are no mistake of the project's and nobody here can judge them.
func (v *verdict) operator(d document) {
	spec, _ := d.object.Object["spec"].(map[string]any)
	if _, old := spec["addonComponents"]; old {
		v.notJudged["IstioOperator with addonComponents, which only Istio up to 1.7 understands"]++
		return
	}
	v.judged++
	js, err := d.object.MarshalJSON()
	if err != nil {
		v.say(d, levelError, "operator", "%v", err)
		return
	}
	content, err := values.MapFromJSON(js)
	if err != nil {
		v.say(d, levelError, "operator", "%v", err)
		return
	}
	warnings, errs := validation.ParseAndValidateIstioOperator(content, nil)
	for _, w := range warnings {
		v.say(d, levelWarning, "operator", "%v", w)
	}
	for _, e := range errs {
		v.say(d, levelError, "operator", "%v", e)
	}
}

// meshConfig decodes the mesh configuration strictly: istiod itself ignores what it does not know.
func (v *verdict) meshConfig(input *set) error {
	text, err := input.meshConfigText()
	if err != nil || text == "" {
		return err
	}
	if err := protomarshal.ApplyYAMLStrict(text, &meshapi.MeshConfig{}); err != nil {
		v.findings = append(v.findings, finding{"mesh configuration", levelError, "mesh", oneLine(err)})
	}
	return nil
}

// temporaryFile holds a text for a function of Istio's that reads files only.
func temporaryFile(text string) (string, error) {
	file, err := os.CreateTemp("", "conformance-*.yaml")
	if err != nil {
		return "", err
	}
	if _, err := file.WriteString(text); err != nil {
		return "", err
	}
	return file.Name(), file.Close()
}
