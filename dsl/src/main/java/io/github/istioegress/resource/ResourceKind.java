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
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TCPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The kinds that we know by type, in the order in which a file lists them: what others refer to
 * comes first. The order in which files are applied is that of the layouts.
 */
public enum ResourceKind {
  /** The installation of Istio; a file for istioctl, not for the API server. */
  ISTIO_OPERATOR("IstioOperator", "install.istio.io", GenericKubernetesResource.class),
  /** A namespace. */
  NAMESPACE("Namespace", "", Namespace.class),
  /** The account under which pods run. */
  SERVICE_ACCOUNT("ServiceAccount", "", ServiceAccount.class),
  /** Rights in a namespace. */
  ROLE("Role", "rbac.authorization.k8s.io", GenericKubernetesResource.class),
  /** Who has them. */
  ROLE_BINDING("RoleBinding", "rbac.authorization.k8s.io", GenericKubernetesResource.class),
  /** A config map; the one named istio holds the mesh config. */
  CONFIG_MAP("ConfigMap", "", ConfigMap.class),
  /** A Service of the cluster. */
  SERVICE("Service", "", Service.class),
  /** A Deployment, read for its pod labels. */
  DEPLOYMENT("Deployment", "apps", GenericKubernetesResource.class),
  /** How many pods a Deployment has by their load. */
  HORIZONTAL_POD_AUTOSCALER(
      "HorizontalPodAutoscaler", "autoscaling", GenericKubernetesResource.class),
  /** How many pods may go at a time. */
  POD_DISRUPTION_BUDGET("PodDisruptionBudget", "policy", GenericKubernetesResource.class),
  /** A pod, read for its labels. */
  POD("Pod", "", Pod.class),
  /** Hosts that the registry is to know. */
  SERVICE_ENTRY("ServiceEntry", "networking.istio.io", ServiceEntry.class),
  /** What a namespace's sidecars import. */
  SIDECAR("Sidecar", "networking.istio.io", Sidecar.class),
  /** Who may pass a workload. */
  AUTHORIZATION_POLICY("AuthorizationPolicy", "security.istio.io", AuthorizationPolicy.class),
  /** Servers that a gateway's pods open. */
  GATEWAY("Gateway", "networking.istio.io", Gateway.class),
  /** Who makes the gateways of a class. */
  GATEWAY_CLASS("GatewayClass", ResourceKind.GATEWAY_API, GatewayClass.class),
  /** Consent to references from other namespaces. */
  REFERENCE_GRANT("ReferenceGrant", ResourceKind.GATEWAY_API, ReferenceGrant.class),
  /** A gateway of the Gateway API: its listeners, for which istiod starts pods and a Service. */
  KUBERNETES_GATEWAY(
      "Gateway",
      ResourceKind.GATEWAY_API,
      io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway.class),
  /** Subsets of a destination and how it is reached. */
  DESTINATION_RULE("DestinationRule", "networking.istio.io", DestinationRule.class),
  /** TLS towards a destination, in the Gateway API. */
  BACKEND_TLS_POLICY("BackendTLSPolicy", ResourceKind.GATEWAY_API, BackendTLSPolicy.class),
  /** Routes. */
  VIRTUAL_SERVICE("VirtualService", "networking.istio.io", VirtualService.class),
  /** Routes for HTTP, in the Gateway API. */
  HTTP_ROUTE("HTTPRoute", ResourceKind.GATEWAY_API, HTTPRoute.class),
  /** Routes for gRPC, in the Gateway API. */
  GRPC_ROUTE("GRPCRoute", ResourceKind.GATEWAY_API, GRPCRoute.class),
  /** Routes for TLS by its SNI, in the Gateway API. */
  TLS_ROUTE("TLSRoute", ResourceKind.GATEWAY_API, TLSRoute.class),
  /** Routes for bytes, in the Gateway API. */
  TCP_ROUTE("TCPRoute", ResourceKind.GATEWAY_API, TCPRoute.class),
  /** What pods may reach and be reached by. */
  NETWORK_POLICY("NetworkPolicy", "networking.k8s.io", NetworkPolicy.class),
  /** What the API server asks of a resource before it takes it. */
  VALIDATING_ADMISSION_POLICY(
      "ValidatingAdmissionPolicy", "admissionregistration.k8s.io", GenericKubernetesResource.class),
  /** For whom it asks; after the policy, which it names. */
  VALIDATING_ADMISSION_POLICY_BINDING(
      "ValidatingAdmissionPolicyBinding",
      "admissionregistration.k8s.io",
      GenericKubernetesResource.class),
  /** Anything else: kept and written, not understood. */
  OTHER("", "", GenericKubernetesResource.class);

  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  private static final Map<String, List<ResourceKind>> BY_KIND =
      Arrays.stream(values()).collect(Collectors.groupingBy(ResourceKind::kind));

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
    for (ResourceKind one : BY_KIND.getOrDefault(kind, List.of())) {
      if (one.group.equals(group)) {
        return one;
      }
    }
    return OTHER;
  }
}
