package main

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// cluster is the Kubernetes side of a set: what an API server and its controllers would hold (running pods,
// addresses of Services, endpoints), built from Deployments, Pods and Services of the input, and from what the
// install or the calls file say about gateways.
type cluster struct {
	namespaces map[string]map[string]string // name to labels
	services   []*corev1.Service
	slices     []*discoveryv1.EndpointSlice // of Services that select no pods
	pods       []*pod
}

type pod struct {
	namespace, name string
	labels          map[string]string
	template        corev1.PodSpec
	ip              string
	gateway         bool   // an Envoy of proxy type Router
	waypoint        bool   // an Envoy of proxy type Waypoint
	gatewayName     string // name of the Service in front of it
}

// buildCluster reads the facts. Gateways come from workload documents, else from an IstioOperator, and the calls file
// overrides both.
func buildCluster(s *set, calls *callsFile) (*cluster, error) {
	c := &cluster{namespaces: map[string]map[string]string{"istio-system": nil, "default": nil}}
	if err := c.readDocuments(s); err != nil {
		return nil, err
	}
	operatorGateways, err := gatewaysOfOperator(s)
	if err != nil {
		return nil, err
	}
	for _, gateway := range operatorGateways {
		if c.service(gateway.Namespace, gateway.Name) == nil {
			c.addGateway(gateway)
		}
	}
	for _, gateway := range gatewaysOfGatewayAPI(s) {
		if c.service(gateway.Namespace, gateway.Name) == nil {
			c.addGateway(gateway)
		}
	}
	c.addWaypoints(s)
	for _, gateway := range calls.Gateways {
		c.removeGateway(gateway.Namespace, gateway.Name)
		c.addGateway(gateway)
	}
	for _, one := range calls.Calls {
		c.namespaces[one.From.Namespace] = c.namespaces[one.From.Namespace]
	}
	c.assignAddresses()
	c.nameGateways()
	return c, nil
}

func (c *cluster) readDocuments(s *set) error {
	convert := runtime.DefaultUnstructuredConverter.FromUnstructured
	for _, d := range s.documents {
		if d.group() == discoveryv1.GroupName && d.kind() == "EndpointSlice" {
			slice := &discoveryv1.EndpointSlice{}
			if err := convert(d.object.Object, slice); err != nil {
				return fmt.Errorf("%s: %w", d.where(), err)
			}
			slice.Namespace = d.namespace()
			c.slices = append(c.slices, slice)
			continue
		}
		if d.group() != "" && d.group() != "apps" {
			if !d.isIstioOperator() {
				c.namespaces[d.namespace()] = c.namespaces[d.namespace()]
			}
			continue
		}
		var err error
		switch d.kind() {
		case "Namespace":
			c.namespaces[d.name()] = d.object.GetLabels()
			continue
		case "Service":
			service := &corev1.Service{}
			err = convert(d.object.Object, service)
			service.Namespace = d.namespace()
			c.services = append(c.services, service)
		case "Endpoints":
			one := &corev1.Endpoints{} //nolint:staticcheck // Kubernetes still mirrors it.
			err = convert(d.object.Object, one)
			c.slices = append(c.slices, mirrored(d.namespace(), one)...)
		case "Pod":
			one := &corev1.Pod{}
			err = convert(d.object.Object, one)
			c.addPod(s, d.namespace(), d.name(), one.ObjectMeta, one.Spec, 1)
		case "Deployment":
			one := &appsv1.Deployment{}
			err = convert(d.object.Object, one)
			c.addPod(s, d.namespace(), d.name()+"-0", one.Spec.Template.ObjectMeta, one.Spec.Template.Spec, replicas(one.Spec.Replicas))
		case "StatefulSet":
			one := &appsv1.StatefulSet{}
			err = convert(d.object.Object, one)
			c.addPod(s, d.namespace(), d.name()+"-0", one.Spec.Template.ObjectMeta, one.Spec.Template.Spec, replicas(one.Spec.Replicas))
		case "DaemonSet":
			one := &appsv1.DaemonSet{}
			err = convert(d.object.Object, one)
			c.addPod(s, d.namespace(), d.name()+"-0", one.Spec.Template.ObjectMeta, one.Spec.Template.Spec, 1)
		default:
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", d.where(), err)
		}
		c.namespaces[d.namespace()] = c.namespaces[d.namespace()]
	}
	// A pod's proxy follows from its namespace's labels, which may stand in a later file.
	for _, p := range c.pods {
		if !p.gateway && !p.waypoint && c.injected(p) {
			p.labels["security.istio.io/tlsMode"] = orDefault(p.labels["security.istio.io/tlsMode"], "istio")
		}
	}
	return nil
}

func replicas(n *int32) int {
	if n == nil {
		return 1
	}
	return int(*n)
}

// addPod makes one running pod of a workload: Istio's configuration does not depend on how many there are.
func (c *cluster) addPod(s *set, namespace, name string, meta metav1.ObjectMeta, template corev1.PodSpec, count int) {
	if count == 0 {
		return
	}
	labels := map[string]string{}
	for key, value := range meta.Labels {
		labels[key] = value
	}
	template.ServiceAccountName = orDefault(template.ServiceAccountName, "default")
	c.pods = append(c.pods, &pod{
		namespace: namespace, name: name, labels: labels, template: template,
		gateway: isGatewayWorkload(s, meta, template),
	})
}

// isGatewayWorkload tells a pod whose proxy is a gateway (a Router) and not a sidecar: it asks for the gateway
// injection template, starts the agent as a router, or some Gateway selects its labels.
func isGatewayWorkload(s *set, meta metav1.ObjectMeta, template corev1.PodSpec) bool {
	if strings.Contains(meta.Annotations["inject.istio.io/templates"], "gateway") {
		return true
	}
	for _, container := range template.Containers {
		if slices.Contains(container.Args, "router") {
			return true
		}
	}
	for _, d := range s.ofKind("networking.istio.io", "Gateway") {
		selector, _, _ := unstructured.NestedStringMap(d.object.Object, "spec", "selector")
		if len(selector) > 0 && subset(selector, meta.Labels) {
			return true
		}
	}
	return false
}

func subset(selector, labels map[string]string) bool {
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return true
}

func (c *cluster) injected(p *pod) bool {
	if value, found := p.labels["sidecar.istio.io/inject"]; found {
		return value == "true"
	}
	namespace := c.namespaces[p.namespace]
	return namespace["istio-injection"] == "enabled" || namespace["istio.io/rev"] != ""
}

func (c *cluster) service(namespace, name string) *corev1.Service {
	for _, service := range c.services {
		if service.Namespace == namespace && service.Name == name {
			return service
		}
	}
	return nil
}

// removeGateway takes a Service and the pods behind it out, so that the calls file can describe them anew.
func (c *cluster) removeGateway(namespace, name string) {
	service := c.service(namespace, name)
	if service == nil {
		return
	}
	c.pods = slices.DeleteFunc(c.pods, func(p *pod) bool { return selects(service, p) })
	c.services = slices.DeleteFunc(c.services, func(s *corev1.Service) bool { return s == service })
}

func selects(service *corev1.Service, p *pod) bool {
	return service.Namespace == p.namespace && len(service.Spec.Selector) > 0 && subset(service.Spec.Selector, p.labels)
}

// addGateway makes the Service and the pod of a gateway that no document describes.
func (c *cluster) addGateway(fact gatewayFact) {
	labels := map[string]string{}
	for key, value := range fact.Labels {
		labels[key] = value
	}
	if len(labels) == 0 {
		labels = map[string]string{"app": fact.Name, "istio": "egressgateway"}
	}
	ports := fact.Ports
	if len(ports) == 0 {
		ports = []gatewayPort{{Port: 80, TargetPort: 8080}, {Port: 443, TargetPort: 8443}}
	}
	service := &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: fact.Namespace, Name: fact.Name, Labels: labels, CreationTimestamp: metav1.NewTime(fact.created),
		},
		Spec: corev1.ServiceSpec{Selector: labels},
	}
	for _, port := range ports {
		service.Spec.Ports = append(service.Spec.Ports, corev1.ServicePort{
			Name: portName(port), Port: int32(port.Port), Protocol: corev1.ProtocolTCP,
			TargetPort: intstr.FromInt32(int32(targetPort(port))),
		})
	}
	c.services = append(c.services, service)
	podLabels := map[string]string{}
	for key, value := range labels {
		podLabels[key] = value
	}
	c.pods = append(c.pods, &pod{
		namespace: fact.Namespace, name: fact.Name + "-0", labels: podLabels, gateway: true,
		template: corev1.PodSpec{ServiceAccountName: orDefault(fact.account, fact.Name+"-service-account")},
	})
	c.namespaces[fact.Namespace] = c.namespaces[fact.Namespace]
}

// portName gives a gateway's port the name of Istio's own charts, for the name decides the protocol.
func portName(port gatewayPort) string {
	switch {
	case port.Name != "":
		return port.Name
	case port.Port == 80:
		return "http2"
	case port.Port == 443:
		return "https"
	}
	return fmt.Sprintf("tcp-%d", port.Port)
}

func targetPort(port gatewayPort) int {
	if port.TargetPort != 0 {
		return port.TargetPort
	}
	return port.Port
}

// gatewaysOfOperator reads components.egressGateways of IstioOperator documents.
func gatewaysOfOperator(s *set) ([]gatewayFact, error) {
	var facts []gatewayFact
	for _, d := range s.documents {
		if !d.isIstioOperator() {
			continue
		}
		entries, _, err := unstructured.NestedSlice(d.object.Object, "spec", "components", "egressGateways")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.where(), err)
		}
		own, _, _ := unstructured.NestedString(d.object.Object, "spec", "namespace")
		own = orDefault(own, orDefault(d.object.GetNamespace(), "istio-system"))
		for _, entry := range entries {
			gateway, ok := entry.(map[string]any)
			if !ok || !enabled(gateway["enabled"]) {
				continue
			}
			name, _, _ := unstructured.NestedString(gateway, "name")
			name = orDefault(name, "istio-egressgateway")
			namespace, _, _ := unstructured.NestedString(gateway, "namespace")
			fact := gatewayFact{Name: name, Namespace: orDefault(namespace, own),
				Labels: map[string]string{"app": name, "istio": "egressgateway"}}
			labels, _, _ := unstructured.NestedStringMap(gateway, "label")
			for key, value := range labels {
				fact.Labels[key] = value
			}
			ports, _, _ := unstructured.NestedSlice(gateway, "k8s", "service", "ports")
			for _, port := range ports {
				if one, ok := port.(map[string]any); ok {
					fact.Ports = append(fact.Ports, gatewayPort{
						Name: fmt.Sprint(orEmpty(one["name"])), Port: number(one["port"]), TargetPort: number(one["targetPort"]),
					})
				}
			}
			facts = append(facts, fact)
		}
	}
	return facts, nil
}

func orEmpty(value any) any {
	if value == nil {
		return ""
	}
	return value
}

func enabled(value any) bool { return value == true || value == "true" }

func number(value any) int {
	switch n := value.(type) {
	case int64:
		return int(n)
	case float64:
		return int(n)
	}
	return 0
}

// gatewaysOfGatewayAPI stands in for Istio's deployment controller: for each Gateway of Istio's class, or of a class that
// names its controller, whose addresses name no Service, it would make a Service NAME-CLASS with the listeners' own ports
// and pods behind it. They come in the order of their names.
func gatewaysOfGatewayAPI(s *set) []gatewayFact {
	var facts []gatewayFact
	for _, d := range s.ofKind("gateway.networking.k8s.io", "Gateway") {
		class, _, _ := unstructured.NestedString(d.object.Object, "spec", "gatewayClassName")
		addresses, _, _ := unstructured.NestedSlice(d.object.Object, "spec", "addresses")
		if !isIstioClass(s, class) || !isManaged(addresses) {
			continue
		}
		labels, _, _ := unstructured.NestedStringMap(d.object.Object, "spec", "infrastructure", "labels")
		if labels == nil {
			labels = map[string]string{}
		}
		labels["gateway.networking.k8s.io/gateway-name"] = d.name()
		labels["gateway.networking.k8s.io/gateway-class-name"] = class
		created := d.object.GetCreationTimestamp()
		fact := gatewayFact{
			Name: orDefault(d.object.GetAnnotations()["gateway.istio.io/name-override"], d.name()+"-"+class), Namespace: d.namespace(),
			Labels: labels, created: created.Time,
		}
		fact.account = orDefault(d.object.GetAnnotations()["gateway.istio.io/service-account"], fact.Name)
		listeners, _, _ := unstructured.NestedSlice(d.object.Object, "spec", "listeners")
		seen := map[int]bool{}
		for _, listener := range listeners {
			one, ok := listener.(map[string]any)
			if !ok || seen[number(one["port"])] {
				continue
			}
			port := number(one["port"])
			seen[port] = true
			protocol := strings.ToLower(fmt.Sprint(orEmpty(one["protocol"])))
			fact.Ports = append(fact.Ports, gatewayPort{Name: fmt.Sprintf("%s-%d", protocol, port), Port: port, TargetPort: port})
		}
		facts = append(facts, fact)
	}
	sort.SliceStable(facts, func(i, j int) bool {
		return facts[i].Namespace+"/"+facts[i].Name < facts[j].Namespace+"/"+facts[j].Name
	})
	return facts
}

// addWaypoints stands in for Istio's deployment controller in ambient mode: for each Gateway of class istio-waypoint it makes
// a Service of the Gateway's name and pods behind it.
func (c *cluster) addWaypoints(s *set) {
	for _, d := range s.ofKind("gateway.networking.k8s.io", "Gateway") {
		if !isWaypoint(d.object) || c.service(d.namespace(), d.name()) != nil {
			continue
		}
		labels := map[string]string{
			"gateway.networking.k8s.io/gateway-name": d.name(), "gateway.networking.k8s.io/gateway-class-name": waypointClass,
			"gateway.istio.io/managed": "istio.io-mesh-controller",
		}
		c.services = append(c.services, &corev1.Service{
			ObjectMeta: metav1.ObjectMeta{Namespace: d.namespace(), Name: d.name(), Labels: labels},
			Spec: corev1.ServiceSpec{
				Selector: map[string]string{"gateway.networking.k8s.io/gateway-name": d.name()},
				Ports:    []corev1.ServicePort{{Name: "mesh", Port: connectPort, Protocol: corev1.ProtocolTCP, TargetPort: intstr.FromInt32(connectPort)}},
			},
		})
		c.pods = append(c.pods, &pod{
			namespace: d.namespace(), name: d.name() + "-0", labels: labels, waypoint: true,
			template: corev1.PodSpec{ServiceAccountName: d.name()},
		})
		c.namespaces[d.namespace()] = c.namespaces[d.namespace()]
	}
}

const waypointClass = "istio-waypoint"

func isWaypoint(object *unstructured.Unstructured) bool {
	class, _, _ := unstructured.NestedString(object.Object, "spec", "gatewayClassName")
	return class == waypointClass
}

// waypoint is the pod behind a waypoint's Service.
func (c *cluster) waypoint(namespace, hostname string) *pod {
	for _, p := range c.pods {
		if p.waypoint && p.namespace == namespace && p.labels["gateway.networking.k8s.io/gateway-name"]+"."+namespace+".svc.cluster.local" == hostname {
			return p
		}
	}
	return nil
}

func isIstioClass(s *set, class string) bool {
	for _, d := range s.ofKind("gateway.networking.k8s.io", "GatewayClass") {
		if d.name() == class {
			controller, _, _ := unstructured.NestedString(d.object.Object, "spec", "controllerName")
			return controller == "istio.io/gateway-controller"
		}
	}
	return class == "istio"
}

// isManaged tells a Gateway that Istio starts: one without addresses, or with an IP alone.
func isManaged(addresses []any) bool {
	if len(addresses) != 1 {
		return len(addresses) == 0
	}
	one, _ := addresses[0].(map[string]any)
	return orDefault(fmt.Sprint(orEmpty(one["type"])), "IPAddress") == "IPAddress"
}

// assignAddresses gives pods and Services addresses of the usual ranges, in order.
func (c *cluster) assignAddresses() {
	for i, p := range c.pods {
		p.ip = fmt.Sprintf("10.244.%d.%d", 1+i/250, 1+i%250)
	}
	for i, service := range c.services {
		if service.Spec.ClusterIP == "" && service.Spec.Type != corev1.ServiceTypeExternalName {
			service.Spec.ClusterIP = fmt.Sprintf("10.96.%d.%d", i/250, 1+i%250)
		}
	}
}

// nameGateways calls each gateway by the Service in front of it, else by its workload.
func (c *cluster) nameGateways() {
	for _, p := range c.pods {
		if !p.gateway {
			continue
		}
		p.gatewayName = strings.TrimSuffix(p.name, "-0")
		for _, service := range c.services {
			if selects(service, p) {
				p.gatewayName = service.Name
				break
			}
		}
	}
}

func (c *cluster) podByIP(ip string) *pod {
	for _, p := range c.pods {
		if p.ip == ip {
			return p
		}
	}
	return nil
}

// objects are the Kubernetes resources for the service registry of the fake control plane.
func (c *cluster) objects() []runtime.Object {
	var objects []runtime.Object
	names := make([]string, 0, len(c.namespaces))
	for name := range c.namespaces {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		objects = append(objects, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: c.namespaces[name]}})
	}
	for _, p := range c.pods {
		objects = append(objects, &corev1.Pod{
			ObjectMeta: metav1.ObjectMeta{Namespace: p.namespace, Name: p.name, Labels: p.labels},
			Spec:       p.template,
			Status: corev1.PodStatus{
				Phase: corev1.PodRunning, PodIP: p.ip, PodIPs: []corev1.PodIP{{IP: p.ip}},
				Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}},
			},
		})
	}
	for _, service := range c.services {
		objects = append(objects, service)
		if slice := c.endpoints(service); slice != nil {
			objects = append(objects, slice)
		}
	}
	for _, slice := range c.slices {
		// Those of a Service with a selector are Kubernetes' own.
		if of := c.service(slice.Namespace, slice.Labels[discoveryv1.LabelServiceName]); of == nil || len(of.Spec.Selector) == 0 {
			objects = append(objects, slice)
		}
	}
	return objects
}

// mirrored stands in for Kubernetes' mirroring of Endpoints.
func mirrored(namespace string, endpoints *corev1.Endpoints) []*discoveryv1.EndpointSlice { //nolint:staticcheck // see there
	var all []*discoveryv1.EndpointSlice
	ready := true
	for i, subset := range endpoints.Subsets {
		slice := &discoveryv1.EndpointSlice{
			ObjectMeta: metav1.ObjectMeta{
				Namespace: namespace, Name: fmt.Sprintf("%s-mirrored-%d", endpoints.Name, i),
				Labels: map[string]string{discoveryv1.LabelServiceName: endpoints.Name},
			},
			AddressType: discoveryv1.AddressTypeIPv4,
		}
		for _, address := range subset.Addresses {
			slice.Endpoints = append(slice.Endpoints, discoveryv1.Endpoint{
				Addresses: []string{address.IP}, Conditions: discoveryv1.EndpointConditions{Ready: &ready},
			})
		}
		for _, port := range subset.Ports {
			name, number, protocol := port.Name, port.Port, port.Protocol
			if protocol == "" {
				protocol = corev1.ProtocolTCP
			}
			slice.Ports = append(slice.Ports, discoveryv1.EndpointPort{Name: &name, Port: &number, Protocol: &protocol})
		}
		all = append(all, slice)
	}
	return all
}

// endpoints stands in for Kubernetes' endpoint controller.
func (c *cluster) endpoints(service *corev1.Service) *discoveryv1.EndpointSlice {
	slice := &discoveryv1.EndpointSlice{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: service.Namespace, Name: service.Name + "-1",
			Labels: map[string]string{discoveryv1.LabelServiceName: service.Name},
		},
		AddressType: discoveryv1.AddressTypeIPv4,
	}
	ready := true
	for _, p := range c.pods {
		if !selects(service, p) {
			continue
		}
		slice.Endpoints = append(slice.Endpoints, discoveryv1.Endpoint{
			Addresses:  []string{p.ip},
			Conditions: discoveryv1.EndpointConditions{Ready: &ready},
			TargetRef:  &corev1.ObjectReference{Kind: "Pod", Namespace: p.namespace, Name: p.name},
		})
		if len(slice.Ports) > 0 {
			continue
		}
		for _, port := range service.Spec.Ports {
			name, number, protocol := port.Name, podPort(p, port), port.Protocol
			if protocol == "" {
				protocol = corev1.ProtocolTCP
			}
			if number != 0 {
				slice.Ports = append(slice.Ports, discoveryv1.EndpointPort{Name: &name, Port: &number, Protocol: &protocol})
			}
		}
	}
	if len(slice.Endpoints) == 0 {
		return nil
	}
	return slice
}

// podPort resolves a Service's target port in a pod; 0 where the pod has no port of that name.
func podPort(p *pod, port corev1.ServicePort) int32 {
	if port.TargetPort.Type == intstr.Int {
		if port.TargetPort.IntVal == 0 {
			return port.Port
		}
		return port.TargetPort.IntVal
	}
	for _, container := range p.template.Containers {
		for _, candidate := range container.Ports {
			if candidate.Name == port.TargetPort.StrVal {
				return candidate.ContainerPort
			}
		}
	}
	return 0
}

// lookup answers a DNS question for a Service of the cluster, as the caller's resolver would.
func (c *cluster) lookup(host, callerNamespace string) *corev1.Service {
	parts := strings.Split(strings.TrimSuffix(strings.TrimSuffix(host, ".svc.cluster.local"), ".svc"), ".")
	switch {
	case len(parts) == 1:
		return c.service(callerNamespace, parts[0])
	case len(parts) == 2:
		return c.service(parts[1], parts[0])
	}
	return nil
}
