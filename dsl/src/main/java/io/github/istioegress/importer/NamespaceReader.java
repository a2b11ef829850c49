package io.github.istioegress.importer;

import io.fabric8.istio.api.api.networking.v1alpha3.IstioEgressListener;
import io.fabric8.istio.api.networking.v1.Sidecar;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NetworkReach;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what is said of a namespace itself. */
record NamespaceReader(InputSet input) {

  private static final String OWN_NAME = "kubernetes.io/metadata.name";
  private static final String SIDECAR = "default";
  private static final String NETWORK_POLICY = "declared-egress";

  /** The namespaces of which something is said beside their hosts. */
  SortedSet<String> said() {
    TreeSet<String> names = new TreeSet<>();
    for (Resource found : input.resources().all()) {
      boolean sidecar = found.kind() == ResourceKind.SIDECAR && isNamed(found, SIDECAR);
      boolean network =
          found.kind() == ResourceKind.NETWORK_POLICY && isNamed(found, NETWORK_POLICY);
      boolean injected =
          found.kind() == ResourceKind.NAMESPACE && labels(found).containsKey("istio-injection");
      if (sidecar || network || injected) {
        names.add(io.github.istioegress.resource.ResourceSet.home(found));
      }
    }
    return names;
  }

  private static boolean isNamed(Resource found, String name) {
    return found.key().name().equals(name);
  }

  private static Map<String, String> labels(Resource found) {
    Map<String, String> labels = found.object().getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  /** A namespace with its labels. */
  MeshNamespace plain(String name) {
    Map<String, String> labels = new TreeMap<>();
    input
        .resources()
        .find(ResourceKind.NAMESPACE.key("", name))
        .ifPresent(found -> labels.putAll(labels(found)));
    labels.remove(OWN_NAME);
    MeshNamespace namespace = MeshNamespace.named(name);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      namespace = namespace.labelled(label.getKey(), label.getValue());
    }
    return namespace;
  }

  /** What its Sidecar may say; empty where it has none of ours. */
  List<MeshNamespace> withSidecar(MeshNamespace plain, Collection<EgressGateway> gateways) {
    return input
        .resources()
        .find(ResourceKind.SIDECAR.key(plain.name(), SIDECAR))
        .map(Resource::object)
        .filter(Sidecar.class::isInstance)
        .map(Sidecar.class::cast)
        .map(Sidecar::getSpec)
        .map(
            spec -> {
              MeshNamespace namespace = plain;
              if (spec.getOutboundTrafficPolicy() != null
                  && spec.getOutboundTrafficPolicy().getMode() != null) {
                String mode = spec.getOutboundTrafficPolicy().getMode().name();
                namespace =
                    mode.equals("REGISTRY_ONLY") ? namespace.registryOnly() : namespace.allowAny();
              }
              List<MeshNamespace> candidates = new ArrayList<>(List.of(namespace));
              for (IstioEgressListener egress : spec.getEgress()) {
                List<String> imports = new ArrayList<>(egress.getHosts());
                imports.remove("./*");
                gateways.forEach(
                    gateway -> imports.remove(gateway.namespace() + "/" + gateway.serviceHost()));
                candidates.add(0, namespace.sidecarScope(imports.toArray(String[]::new)));
              }
              return candidates;
            })
        .orElse(List.of());
  }

  /** What its NetworkPolicy may say; empty where it has none of ours. */
  List<MeshNamespace> withNetwork(MeshNamespace namespace) {
    if (input
        .resources()
        .find(ResourceKind.NETWORK_POLICY.key(namespace.name(), NETWORK_POLICY))
        .isEmpty()) {
      return List.of();
    }
    NetworkReach declared = NetworkReach.declared();
    return java.util.stream.Stream.of(
            declared,
            declared.withinNamespace(),
            declared.toPublicAddresses(),
            declared.withinNamespace().toPublicAddresses())
        .map(namespace::networkPolicy)
        .toList();
  }
}
