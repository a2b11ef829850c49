package io.github.istioegress.layout;

import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TCPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The stages in which resources are safe to apply, the whole fleet's first stage before the second:
 * what closes comes before what opens, what a call needs behind a proxy comes before what sends it
 * there.
 */
public enum ApplyStage {
  /** All else lies in one. */
  NAMESPACES(1, "all else lies in one"),
  /** Accounts, rights and settings: pods do not start without them. */
  PREREQUISITES(2, "accounts, rights and settings, without which no pod starts"),
  /**
   * NetworkPolicy, Sidecar, AuthorizationPolicy and what is logged of them: by the time that a way
   * opens, its guard stands in it. The other way round, a call could pass in between.
   */
  LOCKDOWN(3, "the guard stands before the way opens"),
  /** Service and pods of a gateway: nothing is sent there yet. */
  GATEWAY_PODS(4, "the gateway runs, and nothing is sent there yet"),
  /** Gateways of both APIs: their ports open, and the policy is there already. */
  GATEWAY_SERVERS(5, "its ports open, behind their policy"),
  /**
   * How a destination is reached. Before the destination is known: else the first calls would go in
   * plain text where TLS is to begin. Before the routes: they name its subsets.
   */
  CONNECTIONS(6, "TLS and subsets, before there is a destination to reach without them"),
  /** ServiceEntry: sidecars and gateways know the host. */
  DESTINATIONS(7, "sidecars and gateways know the host"),
  /** Routes of gateways alone: the gateway knows where a call goes on. */
  GATEWAY_ROUTES(8, "the gateway knows where a call goes on"),
  /** Routes of the callers: only now are calls sent to a gateway, which has all it needs. */
  MESH_ROUTES(9, "only now are calls sent to a gateway, which has all that it needs");

  private static final Set<String> GUARDS =
      Set.of("security.istio.io", "telemetry.istio.io", "networking.k8s.io");

  private static final String MESH = "mesh";

  private final int number;
  private final String why;

  ApplyStage(int number, String why) {
    this.number = number;
    this.why = why;
  }

  /** Why it comes where it comes. */
  public String why() {
    return why;
  }

  /** Its number, from 1; what has a smaller one is applied before. */
  public int number() {
    return number;
  }

  /** {@code 3-lockdown}: its name for files, which sort as they are applied. */
  String fileName() {
    return number + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The stage of a resource. */
  public static ApplyStage of(Resource resource) {
    return switch (resource.kind()) {
      case ISTIO_OPERATOR, NAMESPACE -> NAMESPACES;
      case SERVICE_ACCOUNT, ROLE, ROLE_BINDING, CONFIG_MAP -> PREREQUISITES;
      case NETWORK_POLICY,
          SIDECAR,
          AUTHORIZATION_POLICY,
          VALIDATING_ADMISSION_POLICY,
          VALIDATING_ADMISSION_POLICY_BINDING ->
          LOCKDOWN;
      case SERVICE, DEPLOYMENT, HORIZONTAL_POD_AUTOSCALER, POD_DISRUPTION_BUDGET, POD ->
          GATEWAY_PODS;
      case GATEWAY, GATEWAY_CLASS, REFERENCE_GRANT, KUBERNETES_GATEWAY -> GATEWAY_SERVERS;
      case DESTINATION_RULE, BACKEND_TLS_POLICY -> CONNECTIONS;
      case SERVICE_ENTRY -> DESTINATIONS;
      case VIRTUAL_SERVICE, HTTP_ROUTE, GRPC_ROUTE, TLS_ROUTE, TCP_ROUTE ->
          routes(resource.object());
      case OTHER -> other(resource.key().group());
    };
  }

  private static ApplyStage other(String group) {
    return GUARDS.contains(group) ? LOCKDOWN : group.equals("apps") ? GATEWAY_PODS : PREREQUISITES;
  }

  private static ApplyStage routes(HasMetadata object) {
    boolean ofGateways;
    if (object instanceof VirtualService service) {
      List<String> gateways = service.getSpec().getGateways();
      // None at all stands for the mesh.
      ofGateways = !gateways.isEmpty() && !gateways.contains(MESH);
    } else {
      ofGateways = parents(object).stream().allMatch(ApplyStage::isGateway);
    }
    return ofGateways ? GATEWAY_ROUTES : MESH_ROUTES;
  }

  private static List<ParentReference> parents(HasMetadata route) {
    if (route instanceof HTTPRoute http) {
      return http.getSpec().getParentRefs();
    }
    if (route instanceof GRPCRoute grpc) {
      return grpc.getSpec().getParentRefs();
    }
    if (route instanceof TLSRoute tls) {
      return tls.getSpec().getParentRefs();
    }
    return ((TCPRoute) route).getSpec().getParentRefs();
  }

  private static boolean isGateway(ParentReference parent) {
    return parent.getKind() == null
        || ResourceKind.KUBERNETES_GATEWAY.kind().equals(parent.getKind());
  }
}
