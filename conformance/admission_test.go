package main

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/cel/environment"
	"sigs.k8s.io/yaml"
)

const fleetExample = "../generated-examples/manifests/tenant-fleet"

// deployer is who may write everything.
const deployer = "system:serviceaccount:argocd:argocd-application-controller"

// guard is the generated policy, compiled and asked by the API server's own code.
type guard struct {
	policy     *admissionv1.ValidatingAdmissionPolicy
	validator  validating.Validator
	namespaces map[string]*corev1.Namespace
	set        *set
}

func loadGuard(t *testing.T) *guard {
	t.Helper()
	input, err := readSet(fleetExample)
	if err != nil {
		t.Fatal(err)
	}
	g := &guard{namespaces: map[string]*corev1.Namespace{}, set: input}
	for _, d := range input.documents {
		switch d.object.GetKind() {
		case "ValidatingAdmissionPolicy":
			g.policy = &admissionv1.ValidatingAdmissionPolicy{}
			strict(t, d.object, g.policy)
		case "ValidatingAdmissionPolicyBinding":
			binding := &admissionv1.ValidatingAdmissionPolicyBinding{}
			strict(t, d.object, binding)
		case "Namespace":
			namespace := &corev1.Namespace{}
			strict(t, d.object, namespace)
			g.namespaces[namespace.Name] = namespace
		}
	}
	if g.policy == nil {
		t.Fatal("the example has no policy")
	}
	g.validator = compiled(t, g.policy)
	return g
}

func strict(t *testing.T, from *unstructured.Unstructured, to any) {
	t.Helper()
	content, err := yaml.Marshal(from.Object)
	if err == nil {
		err = yaml.UnmarshalStrict(content, to)
	}
	if err != nil {
		t.Fatalf("%s %s: %v", from.GetKind(), from.GetName(), err)
	}
}

// compiled does what the admission plugin does with a policy; every expression has to compile.
func compiled(t *testing.T, policy *admissionv1.ValidatingAdmissionPolicy) validating.Validator {
	t.Helper()
	compiler, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
	if err != nil {
		t.Fatal(err)
	}
	with, without := cel.OptionalVariableDeclarations{HasAuthorizer: true}, cel.OptionalVariableDeclarations{}
	for i := range policy.Spec.Variables {
		variable := &policy.Spec.Variables[i]
		result := compiler.CompileAndStoreVariable(&validating.Variable{Name: variable.Name, Expression: variable.Expression}, with, environment.NewExpressions)
		if result.Error != nil {
			t.Errorf("variable %s: %v\n%s", variable.Name, result.Error, variable.Expression)
		}
	}
	var validations, messages, conditions []cel.ExpressionAccessor
	for i := range policy.Spec.Validations {
		one := policy.Spec.Validations[i]
		validations = append(validations, &validating.ValidationCondition{Expression: one.Expression, Message: one.Message, Reason: one.Reason})
		var message cel.ExpressionAccessor
		if one.MessageExpression != "" {
			message = &validating.MessageExpressionCondition{MessageExpression: one.MessageExpression}
		}
		messages = append(messages, message)
	}
	for i := range policy.Spec.MatchConditions {
		conditions = append(conditions, (*matchconditions.MatchCondition)(&policy.Spec.MatchConditions[i]))
	}
	for _, one := range append(append([]cel.ExpressionAccessor{}, validations...), conditions...) {
		if result := compiler.CompileCELExpression(one, with, environment.NewExpressions); result.Error != nil {
			t.Errorf("%v\n%s", result.Error, one.GetExpression())
		}
	}
	matcher := matchconditions.NewMatcher(compiler.CompileCondition(conditions, with, environment.NewExpressions), policy.Spec.FailurePolicy, "policy", "validate", policy.Name)
	arguments := []reflect.Value{
		reflect.ValueOf(compiler.CompileCondition(validations, with, environment.NewExpressions)), reflect.ValueOf(matcher),
		reflect.ValueOf(compiler.CompileCondition(nil, with, environment.NewExpressions)),
		reflect.ValueOf(compiler.CompileCondition(messages, without, environment.NewExpressions)), reflect.ValueOf(policy.Spec.FailurePolicy),
	}
	// The API server beside Istio 1.31 also takes an error of compilation, that beside 1.30 does not; here is none.
	validator := reflect.ValueOf(validating.NewValidator)
	for len(arguments) < validator.Type().NumIn() {
		arguments = append(arguments, reflect.Zero(validator.Type().In(len(arguments))))
	}
	return validator.Call(arguments)[0].Interface().(validating.Validator)
}

// plural names the resource of a kind as requests do.
func plural(kind string) string {
	if strings.HasSuffix(kind, "ry") {
		return strings.ToLower(strings.TrimSuffix(kind, "y")) + "ies"
	}
	return strings.ToLower(kind) + "s"
}

// ask says why a request is refused; empty where it is not.
func (g *guard) ask(t *testing.T, object *unstructured.Unstructured, who user.Info) string {
	t.Helper()
	namespace := g.namespaces[object.GetNamespace()]
	if namespace == nil {
		t.Fatalf("no namespace %s", object.GetNamespace())
	}
	gvk := object.GroupVersionKind()
	resource := schema.GroupVersionResource{Group: gvk.Group, Version: gvk.Version, Resource: plural(gvk.Kind)}
	attributes := admission.NewAttributesRecord(object, nil, gvk, object.GetNamespace(), object.GetName(), resource, "", admission.Create, &metav1.CreateOptions{}, false, who)
	versioned := &admission.VersionedAttributes{Attributes: attributes, VersionedObject: runtime.Object(object), VersionedKind: gvk}
	answer := g.validator.Validate(context.Background(), resource, versioned, nil, namespace, celconfig.RuntimeCELCostBudget, nil)
	var refusals []string
	for _, decision := range answer.Decisions {
		if decision.Action == validating.ActionDeny {
			refusals = append(refusals, decision.Message)
		}
	}
	return strings.Join(refusals, "; ")
}

func tenant(groups ...string) user.Info {
	return &user.DefaultInfo{Name: "mallory", Groups: append([]string{"system:authenticated"}, groups...)}
}

func object(t *testing.T, kind, namespace, spec string) *unstructured.Unstructured {
	t.Helper()
	content := map[string]any{}
	if err := yaml.Unmarshal([]byte(spec), &content); err != nil {
		t.Fatalf("%v\n%s", err, spec)
	}
	made := &unstructured.Unstructured{Object: map[string]any{"apiVersion": "networking.istio.io/v1", "kind": kind,
		"metadata": map[string]any{"name": "x", "namespace": namespace}}}
	if len(content) > 0 {
		made.Object["spec"] = content
	}
	return made
}

// The tenant shop has api.stripe.com and rates.example.com; mail has smtp.mail.example.
func TestGuardRefusesWhatIsOfOthers(t *testing.T) {
	g := loadGuard(t)
	const own = "not have the host"
	for _, c := range []struct {
		name, kind, spec, refusal string
	}{
		{"route of its own host", "VirtualService", `{hosts: [api.stripe.com], exportTo: [.], http: [{route: [{destination: {host: api.stripe.com}}]}]}`, ""},
		{"route of its own service", "VirtualService", `{hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}]}`, ""},
		{"route of its own service in full", "VirtualService", `{hosts: [reviews.shop.svc.cluster.local, "*.shop.svc.cluster.local"]}`, ""},
		{"delegate", "VirtualService", `{http: [{route: [{destination: {host: reviews}}]}]}`, ""},
		{"route of calls that come in", "VirtualService", `{hosts: [www.shop.example], gateways: [ingress/public]}`, ""},
		{"route of another's host", "VirtualService", `{hosts: [smtp.mail.example], exportTo: [.]}`, own},
		{"one of several", "VirtualService", `{hosts: [api.stripe.com, smtp.mail.example], exportTo: [.]}`, own},
		{"said to be of the mesh", "VirtualService", `{hosts: [smtp.mail.example], gateways: [mesh, ingress/public], exportTo: [.]}`, own},
		{"at the egress gateway", "VirtualService", `{hosts: [smtp.mail.example], gateways: [istio-system/istio-egressgateway], exportTo: [.]}`, own},
		{"at a gateway without namespace", "VirtualService", `{hosts: [smtp.mail.example], gateways: [mine], exportTo: [.]}`, own},
		{"no gateways at all", "VirtualService", `{hosts: [smtp.mail.example], gateways: [], exportTo: [.]}`, own},
		{"everything", "VirtualService", `{hosts: ["*"], exportTo: [.]}`, own},
		{"everything below", "VirtualService", `{hosts: ["*.stripe.com"], exportTo: [.]}`, own},
		{"another's service", "VirtualService", `{hosts: [reviews.mail.svc.cluster.local], exportTo: [.]}`, own},
		{"a name that ends like its own", "VirtualService", `{hosts: [evilshop.svc.cluster.local], exportTo: [.]}`, own},
		{"upper case", "VirtualService", `{hosts: [SMTP.mail.example], exportTo: [.]}`, own},
		{"its own host for all", "VirtualService", `{hosts: [api.stripe.com]}`, "exportTo"},
		{"its own host for another", "VirtualService", `{hosts: [api.stripe.com], exportTo: [., mail]}`, "exportTo"},
		{"its own host for all said", "VirtualService", `{hosts: [api.stripe.com], exportTo: ["*"]}`, "exportTo"},
		{"hosts that are no names", "VirtualService", `{hosts: [1], exportTo: [.]}`, "no such overload"},

		{"its own entry", "ServiceEntry", `{hosts: [api.stripe.com], exportTo: [., istio-system]}`, ""},
		{"entry without exportTo", "ServiceEntry", `{hosts: [api.stripe.com]}`, "exportTo"},
		{"entry for nobody said", "ServiceEntry", `{hosts: [api.stripe.com], exportTo: []}`, "exportTo"},
		{"entry for another", "ServiceEntry", `{hosts: [api.stripe.com], exportTo: [mail]}`, "exportTo"},
		{"entry of another's host", "ServiceEntry", `{hosts: [smtp.mail.example], exportTo: [.]}`, own},
		{"entry of everything", "ServiceEntry", `{hosts: ["*"], exportTo: [.]}`, own},
		{"entry in place of a service", "ServiceEntry", `{hosts: [reviews.shop.svc.cluster.local], exportTo: [.]}`, own},

		{"rule of its own host", "DestinationRule", `{host: api.stripe.com, exportTo: [.]}`, ""},
		{"rule of its own service", "DestinationRule", `{host: reviews}`, ""},
		{"rule of another's host", "DestinationRule", `{host: smtp.mail.example, exportTo: [.]}`, own},
		{"rule of everything", "DestinationRule", `{host: "*", exportTo: [.]}`, own},
		{"rule of the egress gateway", "DestinationRule", `{host: istio-egressgateway.istio-system.svc.cluster.local, exportTo: [.]}`, own},
		{"rule for all", "DestinationRule", `{host: api.stripe.com}`, "exportTo"},
		{"rule without a host", "DestinationRule", `{trafficPolicy: {}}`, "no such key"},

		{"gateway of its own host", "Gateway", `{servers: [{hosts: [api.stripe.com]}, {hosts: [./rates.example.com, shop/api.stripe.com]}]}`, ""},
		{"gateway of all", "Gateway", `{servers: [{hosts: ["*"]}]}`, own},
		{"gateway of all of its own", "Gateway", `{servers: [{hosts: ["./*"]}]}`, own},
		{"gateway of another's host", "Gateway", `{servers: [{hosts: [api.stripe.com]}, {hosts: [./smtp.mail.example]}]}`, own},
		{"gateway of no host", "Gateway", `{servers: [{port: {number: 80}}]}`, own},

		{"closed sidecar", "Sidecar", `{outboundTrafficPolicy: {mode: REGISTRY_ONLY}}`, ""},
		{"sidecar that says nothing", "Sidecar", `{egress: [{hosts: ["*/*"]}]}`, "REGISTRY_ONLY"},
		{"open sidecar", "Sidecar", `{outboundTrafficPolicy: {mode: ALLOW_ANY}}`, "REGISTRY_ONLY"},
		{"sidecar without a mode", "Sidecar", `{outboundTrafficPolicy: {}}`, "REGISTRY_ONLY"},
		{"sidecar without a spec", "Sidecar", ``, "REGISTRY_ONLY"},

		{"filter", "EnvoyFilter", `{configPatches: []}`, "EnvoyFilter"},
	} {
		t.Run(c.kind+" "+c.name, func(t *testing.T) {
			made := object(t, c.kind, "shop", c.spec)
			refusal := g.ask(t, made, tenant())
			if (refusal == "") != (c.refusal == "") || !strings.Contains(refusal, c.refusal) {
				t.Errorf("want %q, have %q", c.refusal, refusal)
			}
			if who := g.ask(t, made, &user.DefaultInfo{Name: deployer}); who != "" {
				t.Errorf("who deploys is refused: %s", who)
			}
		})
	}
}

func TestGuardKnowsWhoDeploysByNothingElse(t *testing.T) {
	g := loadGuard(t)
	foreign := object(t, "VirtualService", "shop", `{hosts: [smtp.mail.example]}`)
	for _, who := range []user.Info{
		tenant("system:serviceaccounts:argocd", "system:masters"), &user.DefaultInfo{Name: deployer + "2"},
		&user.DefaultInfo{Name: "system:serviceaccount:shop:argocd-application-controller"}, &user.DefaultInfo{Groups: []string{deployer}},
	} {
		if g.ask(t, foreign, who) == "" {
			t.Errorf("%s %s goes past the guard", who.GetName(), who.GetGroups())
		}
	}
}

// A Namespace that lost its annotation owns nothing.
func TestGuardRefusesEverythingWithoutTheList(t *testing.T) {
	g := loadGuard(t)
	g.namespaces["shop"].Annotations = nil
	if g.ask(t, object(t, "ServiceEntry", "shop", `{hosts: [api.stripe.com], exportTo: [.]}`), tenant()) == "" {
		t.Error("a namespace without a list has a host")
	}
}

// What a tenant may not write itself is what leads its calls to the gateway of all.
func TestGuardTakesTheFleetsOwnResources(t *testing.T) {
	g := loadGuard(t)
	asked, refused := 0, map[string]int{}
	for _, d := range g.set.documents {
		namespace := g.namespaces[d.object.GetNamespace()]
		if d.object.GroupVersionKind().Group != "networking.istio.io" || namespace == nil || namespace.Annotations == nil {
			continue
		}
		asked++
		if refusal := g.ask(t, d.object, &user.DefaultInfo{Name: deployer}); refusal != "" {
			t.Errorf("%s is refused: %s", d, refusal)
		}
		if g.ask(t, d.object, tenant()) != "" {
			refused[d.object.GetKind()]++
		}
	}
	if asked == 0 || refused["ServiceEntry"] > 0 || refused["Sidecar"] > 0 || refused["DestinationRule"] == 0 {
		t.Errorf("%d asked, refused to tenants: %v", asked, refused)
	}
}

// The API server gives a policy a budget; a large tenant stays within it.
func TestGuardOfATenantWithManyHosts(t *testing.T) {
	g := loadGuard(t)
	for _, n := range []int{100, 300} {
		var hosts []string
		for i := 0; i < n; i++ {
			hosts = append(hosts, fmt.Sprintf("host-%d.shop-of-many-hosts.example.com", i))
		}
		namespace := g.namespaces["shop"]
		namespace.Annotations = map[string]string{"istioegress.github.io/hosts": strings.Join(hosts, ",")}
		made := object(t, "VirtualService", "shop", "{exportTo: [.], hosts: ["+strings.Join(hosts, ", ")+"]}")
		if refusal := g.ask(t, made, tenant()); refusal != "" {
			t.Errorf("%d hosts: %s", n, refusal)
		}
	}
}
