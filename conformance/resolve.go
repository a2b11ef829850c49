package main

import (
	"net/netip"
	"sort"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/config/host"
)

const (
	// documentationAddress is what the caller's resolver answers where nothing says otherwise.
	documentationAddress = "192.0.2.1"
	// allocatedRange is where istiod takes the addresses from that it gives to hosts without one; no machine has one.
	allocatedRange = "240.240."
	// callerIP is the calling pod's address; no pod of the input has it.
	callerIP = "10.245.0.1"
)

// resolve gives the address that the application dials: the call's own, the literal host, a Service of the cluster,
// Istio's DNS capture, a literal address of a ServiceEntry for exactly this host (the caller's namespace first, then in
// the order of the input), else a documentation address. "" for a Service without an address.
func (w *world) resolve(c call, t target) string {
	if c.Address != "" {
		return c.Address
	}
	if _, err := netip.ParseAddr(t.host); err == nil {
		return t.host
	}
	if service := w.cluster.lookup(t.host, c.From.Namespace); service != nil && looksInternal(t.host) {
		switch {
		case service.Spec.Type == corev1.ServiceTypeExternalName:
			return documentationAddress
		case service.Spec.ClusterIP != corev1.ClusterIPNone:
			return service.Spec.ClusterIP
		}
		for _, p := range w.cluster.pods {
			if selects(service, p) {
				return p.ip
			}
		}
		return ""
	}
	if address := w.capturedAddress(c, t.host); address != "" {
		return address
	}
	if address := w.entryAddress(c.From.Namespace, t.host); address != "" {
		return address
	}
	return documentationAddress
}

func looksInternal(name string) bool {
	const suffix = ".svc.cluster.local"
	dots := 0
	for _, r := range name {
		if r == '.' {
			dots++
		}
	}
	return dots < 2 || len(name) > len(suffix) && name[len(name)-len(suffix):] == suffix || len(name) > 4 && name[len(name)-4:] == ".svc"
}

// capturedAddress is what the sidecar's own DNS proxy would answer, where the mesh configuration turns it on: for the
// name, else for the closest wildcard above it.
func (w *world) capturedAddress(c call, name string) string {
	p := w.sidecar(c.From)
	if !bool(p.model.Metadata.DNSCapture) {
		return ""
	}
	known := map[host.Name]string{}
	for _, service := range p.model.SidecarScope.Services() {
		address := service.GetAddressForProxy(p.model)
		_, found := known[service.Hostname]
		// A range is no answer to a look-up.
		if _, err := netip.ParseAddr(address); !found && err == nil && address != constants.UnspecifiedIP {
			known[service.Hostname] = address
		}
	}
	for wanted := strings.ToLower(name); ; {
		if address, found := known[host.Name(wanted)]; found {
			return address
		}
		_, above, found := strings.Cut(strings.TrimPrefix(wanted, "*."), ".")
		if !found {
			return ""
		}
		wanted = "*." + above
	}
}

// entryAddress is the first literal address that a ServiceEntry gives to the host: the caller's namespace goes first,
// then the oldest entry, as Istio orders services.
func (w *world) entryAddress(namespace, name string) string {
	entries := w.input.ofKind("networking.istio.io", "ServiceEntry")
	age := func(d document) string { return d.object.GetCreationTimestamp().UTC().Format(time.RFC3339) }
	sort.SliceStable(entries, func(i, j int) bool {
		a, b := entries[i], entries[j]
		if own := a.namespace() == namespace; own != (b.namespace() == namespace) {
			return own
		}
		if age(a) != age(b) {
			return age(a) < age(b)
		}
		return a.namespace() < b.namespace()
	})
	for _, d := range entries {
		hosts, _, _ := unstructured.NestedStringSlice(d.object.Object, "spec", "hosts")
		addresses, _, _ := unstructured.NestedStringSlice(d.object.Object, "spec", "addresses")
		if len(addresses) > 0 && contains(hosts, name) {
			return firstAddress(addresses[0])
		}
	}
	return ""
}

func contains(list []string, wanted string) bool {
	for _, one := range list {
		if one == wanted {
			return true
		}
	}
	return false
}

// firstAddress is the address itself, or the first host of a range.
func firstAddress(text string) string {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		if prefix.IsSingleIP() {
			return prefix.Addr().String()
		}
		return prefix.Masked().Addr().Next().String()
	}
	return text
}

// throughService does what DNS and kube-proxy do on the way: a Service's name or address becomes a pod and its port.
func (w *world) throughService(address string, port int, namespace string) (string, int) {
	var service *corev1.Service
	if _, err := netip.ParseAddr(address); err == nil {
		for _, candidate := range w.cluster.services {
			if candidate.Spec.ClusterIP == address {
				service = candidate
			}
		}
	} else if looksInternal(address) {
		service = w.cluster.lookup(address, namespace)
	}
	if service == nil {
		return address, port
	}
	for _, p := range w.cluster.pods {
		if !selects(service, p) {
			continue
		}
		for _, candidate := range service.Spec.Ports {
			if int(candidate.Port) == port {
				return p.ip, int(podPort(p, candidate))
			}
		}
	}
	return orDefault(service.Spec.ClusterIP, address), port
}

func (c *cluster) isServiceAddress(address string) bool {
	for _, service := range c.services {
		if service.Spec.ClusterIP == address {
			return true
		}
	}
	return false
}
