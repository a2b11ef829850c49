package io.github.istioegress.resource;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.Sidecar;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Arrays;

/**
 * The kinds that we know by type, in the order that is safe to apply: what others refer to comes
 * first, so that no step leaves a route without a destination.
 */
public enum ResourceKind {
  /** The installation of Istio; a file for istioctl, not for the API server. */
  ISTIO_OPERATOR("IstioOperator", "install.istio.io", GenericKubernetesResource.class),
  /** A namespace. */
  NAMESPACE("Namespace", "", Namespace.class),
  /** A config map; the one named istio holds the mesh config. */
  CONFIG_MAP("ConfigMap", "", ConfigMap.class),
  /** A Service of the cluster. */
  SERVICE("Service", "", Service.class),
  /** A Deployment, read for its pod labels. */
  DEPLOYMENT("Deployment", "apps", GenericKubernetesResource.class),
  /** A pod, read for its labels. */
  POD("Pod", "", Pod.class),
  /** Hosts that the registry is to know. */
  SERVICE_ENTRY("ServiceEntry", "networking.istio.io", ServiceEntry.class),
  /** What a namespace's sidecars import. */
  SIDECAR("Sidecar", "networking.istio.io", Sidecar.class),
  /**
   * Who may pass a workload. Before Gateways and routes: what comes later opens a way, and by then
   * the policy already stands in it. Applied the other way round, a call could pass in between.
   */
  AUTHORIZATION_POLICY("AuthorizationPolicy", "security.istio.io", AuthorizationPolicy.class),
  /** Servers that a gateway's pods open. */
  GATEWAY("Gateway", "networking.istio.io", Gateway.class),
  /** Subsets of a destination and how it is reached. */
  DESTINATION_RULE("DestinationRule", "networking.istio.io", DestinationRule.class),
  /** Routes. */
  VIRTUAL_SERVICE("VirtualService", "networking.istio.io", VirtualService.class),
  /** Anything else: kept and written, not understood. */
  OTHER("", "", GenericKubernetesResource.class);

  private final String kind;
  private final String group;
  private final Class<? extends HasMetadata> type;

  ResourceKind(String kind, String group, Class<? extends HasMetadata> type) {
    this.kind = kind;
    this.group = group;
    this.type = type;
  }

  /** The kind as a manifest writes it; empty for {@link #OTHER}. */
  public String kind() {
    return kind;
  }

  /**
   * The key of a resource of this kind.
   *
   * @param namespace the namespace; empty for what has none
   * @param name the name
   */
  public ResourceKey key(String namespace, String name) {
    return new ResourceKey(group, kind, namespace, name);
  }

  /** The class that holds such a resource, whatever the API version. */
  public Class<? extends HasMetadata> type() {
    return type;
  }

  /** The kind of a manifest by its {@code apiVersion} and {@code kind}. */
  public static ResourceKind of(String apiVersion, String kind) {
    String group = ResourceKey.group(apiVersion);
    return Arrays.stream(values())
        .filter(known -> known != OTHER && known.kind.equals(kind) && known.group.equals(group))
        .findFirst()
        .orElse(OTHER);
  }
}
