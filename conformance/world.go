package main

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"sort"
	"strings"
	"sync"
	"time"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"

	meshapi "istio.io/api/mesh/v1alpha1"
	networkingapi "istio.io/api/networking/v1alpha3"
	clientnetworking "istio.io/client-go/pkg/apis/networking/v1"
	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pilot/pkg/model"
	autoallocate "istio.io/istio/pilot/pkg/networking/serviceentry"
	"istio.io/istio/pilot/pkg/xds/endpoints"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/gatewayapi"
	"istio.io/istio/pkg/config/schema/gvr"
	"istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/test"
)

// sameTime is when everything without a creation time was created: together, as one kubectl apply does.
var sameTime = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// world is one simulated mesh: Istio's control plane over the input, and the proxies asked for so far.
type world struct {
	input   *set
	cluster *cluster
	mesh    *meshapi.MeshConfig
	server  *xds.FakeDiscoveryServer
	proxies map[string]*proxy
	tunnel  *ztunnel
}

// proxy is one Envoy with the configuration that Istio generates for it.
type proxy struct {
	name      string // as reports write it
	model     *model.Proxy
	pod       *pod   // of a gateway or waypoint
	ztunnelOf string // the namespace whose calls it takes, where it is no Envoy
	listeners []*listenerv3.Listener
	refused   map[*listenerv3.Listener]bool // by Envoy
	clusters  map[string]*clusterv3.Cluster
	routes    map[string]*routev3.RouteConfiguration
	endpoints map[string]*endpointv3.ClusterLoadAssignment
}

// inWorld builds the mesh of a set, runs what is asked in it and tears it down.
func inWorld(input *set, calls *callsFile, policy string, run func(*world) error) error {
	if len(input.problems) > 0 {
		return fmt.Errorf("%s: %s", input.problems[0].where, input.problems[0].message)
	}
	facts, err := buildCluster(input, calls)
	if err != nil {
		return err
	}
	meshConfig, err := input.meshConfig(policy)
	if err != nil {
		return err
	}
	configs, objects, err := istioConfigs(input)
	if err != nil {
		return err
	}
	currentDefinitions()
	var failure error
	err = test.Wrap(func(t test.Failer) {
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			Configs: configs, KubernetesObjects: append(facts.objects(), objects...), MeshConfig: meshConfig,
			KubeClientModifier: func(c kube.Client) { clienttest.MakeCRD(t, c, gvr.BackendTLSPolicy) },
		})
		failure = run(&world{input: input, cluster: facts, mesh: meshConfig, server: server, proxies: map[string]*proxy{}})
	})
	if failure != nil {
		return failure
	}
	return err
}

// currentDefinitions has the Gateway API's definitions be of a bundle that is new enough for this Istio, which otherwise
// ignores some of its kinds: the fake API server makes definitions without saying their bundle.
var currentDefinitions = sync.OnceFunc(func() { clear(gatewayapi.MinimumCRDVersions) })

// istioConfigs turns the input into what istiod reads: Istio's own resources as configuration, those of the Gateway
// API as objects of the API server. What Istio's validation refuses never reaches a cluster, so it is an error.
func istioConfigs(input *set) ([]config.Config, []runtime.Object, error) {
	var configs []config.Config
	var objects []runtime.Object
	for _, d := range input.documents {
		gvk := d.object.GroupVersionKind()
		if d.group() == "gateway.networking.k8s.io" {
			if d.kind() == "Gateway" && isWaypoint(d.object) {
				running(d)
			}
			object, err := kube.IstioScheme.New(gvk)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", d.where(), err)
			}
			copied := d.object.DeepCopy()
			if copied.GetNamespace() == "" && d.kind() != "GatewayClass" {
				copied.SetNamespace("default")
			}
			if created := copied.GetCreationTimestamp(); created.IsZero() {
				copied.SetCreationTimestamp(metav1.NewTime(sameTime))
			}
			if err := fillDefaults(gvk, copied.Object); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", d.where(), err)
			}
			if err := runtime.DefaultUnstructuredConverter.FromUnstructured(copied.Object, object); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", d.where(), err)
			}
			objects = append(objects, object)
			continue
		}
		converted, known, err := istioConfig(gvk, d.object)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", d.where(), err)
		}
		if known {
			configs = append(configs, *converted)
		}
	}
	allocateAddresses(configs)
	// Routes of the Gateway API may name a ServiceEntry as their parent, which Istio looks up in the API server; from there
	// it also takes what it tells ztunnel.
	for _, one := range configs {
		if entry, ok := one.Spec.(*networkingapi.ServiceEntry); ok {
			object := &clientnetworking.ServiceEntry{ObjectMeta: one.ToObjectMeta()}
			entry.DeepCopyInto(&object.Spec)
			if status, ok := one.Status.(*networkingapi.ServiceEntryStatus); ok {
				status.DeepCopyInto(&object.Status)
			}
			objects = append(objects, object)
		}
	}
	return configs, objects, nil
}

// running has a waypoint be as its controller reports it once its pods run: istiod asks for its address.
func running(d document) {
	host := d.name() + "." + d.namespace() + ".svc.cluster.local"
	d.object.Object["status"] = map[string]any{"addresses": []any{map[string]any{"type": "Hostname", "value": host}}}
}

// allocateAddresses stands in for istiod's address controller, which gives each host of a ServiceEntry without an
// address one of 240.240.0.0/16. Only sidecars that capture DNS use them. istiod takes entries as they come; we take
// them by namespace and name. What an entry's status says already stays.
func allocateAddresses(configs []config.Config) {
	next := netip.MustParseAddr("240.240.0.0")
	order := make([]int, len(configs))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		one, other := configs[order[a]], configs[order[b]]
		if one.Namespace != other.Namespace {
			return one.Namespace < other.Namespace
		}
		return one.Name < other.Name
	})
	for _, i := range order {
		entry, ok := configs[i].Spec.(*networkingapi.ServiceEntry)
		if !ok || !autoallocate.ShouldV2AutoAllocateIPFromConfig(configs[i]) {
			continue
		}
		said := map[string]string{}
		if status, ok := configs[i].Status.(*networkingapi.ServiceEntryStatus); ok {
			for _, one := range status.GetAddresses() {
				said[one.GetHost()] = one.GetValue()
			}
		}
		status := &networkingapi.ServiceEntryStatus{}
		for _, host := range entry.GetHosts() {
			if strings.HasPrefix(host, "*") && entry.GetResolution() != networkingapi.ServiceEntry_DYNAMIC_DNS {
				continue
			}
			next = next.Next()
			status.Addresses = append(status.Addresses, &networkingapi.ServiceEntryAddress{Host: host, Value: orDefault(said[host], next.String())})
		}
		configs[i].Status = status
	}
}

// istioConfig converts and validates one resource; known is false for kinds that istiod does not read as configuration.
func istioConfig(gvk schema.GroupVersionKind, object *unstructured.Unstructured) (*config.Config, bool, error) {
	kind, known := collections.Pilot.FindByGroupVersionAliasesKind(resource.FromKubernetesGVK(&gvk))
	if !known {
		return nil, false, nil
	}
	js, err := object.MarshalJSON()
	if err != nil {
		return nil, true, err
	}
	istio := &crd.IstioKind{}
	if err := json.Unmarshal(js, istio); err != nil {
		return nil, true, err
	}
	converted, err := crd.ConvertObject(kind, istio, "cluster.local")
	if err != nil {
		return nil, true, err
	}
	converted.Namespace = orDefault(converted.Namespace, "default")
	if converted.CreationTimestamp.IsZero() {
		converted.CreationTimestamp = sameTime
	}
	if _, err := kind.ValidateConfig(*converted); err != nil {
		return nil, true, fmt.Errorf("refused by Istio's validation: %w", err)
	}
	return converted, true, nil
}

// sidecar is the caller's proxy.
func (w *world) sidecar(from caller) *proxy {
	key := fmt.Sprintf("sidecar %s %v %s", from.Namespace, from.Labels, from.ServiceAccount)
	if known, found := w.proxies[key]; found {
		return known
	}
	// No pod of the input has this address: the caller is a pod of its own.
	return w.add(key, "sidecar "+from.Namespace, nil, &model.Proxy{
		Type: model.SidecarProxy, ConfigNamespace: from.Namespace, ID: "caller." + from.Namespace,
		IPAddresses: []string{"10.245.0.1"}, Labels: from.Labels,
		Metadata: &model.NodeMetadata{Namespace: from.Namespace, Labels: from.Labels, ServiceAccount: orDefault(from.ServiceAccount, "default")},
	})
}

// gateway is the proxy of a gateway pod.
func (w *world) gateway(p *pod) *proxy {
	key := "gateway " + p.namespace + "/" + p.name
	if known, found := w.proxies[key]; found {
		return known
	}
	return w.add(key, "gateway "+p.namespace+"/"+p.gatewayName, p, &model.Proxy{
		Type: model.Router, ConfigNamespace: p.namespace, ID: p.name + "." + p.namespace,
		IPAddresses: []string{p.ip}, Labels: p.labels,
		Metadata: &model.NodeMetadata{Namespace: p.namespace, Labels: p.labels},
	})
}

// waypoint is the proxy of a waypoint's pod.
func (w *world) waypoint(p *pod) *proxy {
	name := p.labels["gateway.networking.k8s.io/gateway-name"]
	key := "waypoint " + p.namespace + "/" + name
	if known, found := w.proxies[key]; found {
		return known
	}
	return w.add(key, key, p, &model.Proxy{
		Type: model.Waypoint, ConfigNamespace: p.namespace, ID: p.name + "." + p.namespace,
		IPAddresses: []string{p.ip}, Labels: p.labels,
		Metadata: &model.NodeMetadata{Namespace: p.namespace, Labels: p.labels},
	})
}

func (w *world) add(key, name string, gateway *pod, node *model.Proxy) *proxy {
	node.Metadata.IstioVersion = istioVersion() + ".0"
	node.Metadata.ClusterID = "Kubernetes"
	if proxyConfig := w.mesh.GetDefaultConfig(); proxyConfig != nil {
		dnsCapture := proxyConfig.GetProxyMetadata()["ISTIO_META_DNS_CAPTURE"] == "true"
		node.Metadata.DNSCapture = model.StringBool(dnsCapture)
		node.Metadata.DNSAutoAllocate = model.StringBool(proxyConfig.GetProxyMetadata()["ISTIO_META_DNS_AUTO_ALLOCATE"] == "true")
	}
	node = w.server.SetupProxy(node)
	p := &proxy{name: name, model: node, pod: gateway, clusters: map[string]*clusterv3.Cluster{},
		routes: map[string]*routev3.RouteConfiguration{}, endpoints: map[string]*endpointv3.ClusterLoadAssignment{}}
	p.listeners = w.server.Listeners(node)
	p.refused = map[*listenerv3.Listener]bool{}
	for _, l := range p.listeners {
		p.refused[l] = refusedByEnvoy(l)
	}
	for _, c := range w.server.Clusters(node) {
		p.clusters[c.Name] = c
	}
	for _, r := range w.server.RoutesFromListeners(node, p.listeners) {
		p.routes[r.Name] = r
	}
	w.proxies[key] = p
	return p
}

// assignment is what the proxy learns over EDS for a cluster.
func (w *world) assignment(p *proxy, name string) *endpointv3.ClusterLoadAssignment {
	if known, found := p.endpoints[name]; found {
		return known
	}
	builder := endpoints.NewEndpointBuilder(name, p.model, w.server.PushContext())
	answer := builder.BuildClusterLoadAssignment(w.server.Discovery.Env.EndpointIndex)
	p.endpoints[name] = answer
	return answer
}

// namespace is where the proxy looks names up.
func (p *proxy) namespace() string {
	if p.model == nil {
		return p.ztunnelOf
	}
	return p.model.ConfigNamespace
}
