package io.github.istioegress.trace.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Gateway API's part of a set of manifests, turned into what istiod turns it into before
 * anything else: Gateways and VirtualServices of Istio's, a Deployment and a Service for each
 * gateway that istiod starts.
 */
public final class GatewayApi {

  private static final String CONTROLLER = "istio.io/gateway-controller";

  /** The kinds without which there is nothing to turn into anything. */
  private static final List<ResourceKind> OWN =
      List.of(
          ResourceKind.KUBERNETES_GATEWAY,
          ResourceKind.HTTP_ROUTE,
          ResourceKind.GRPC_ROUTE,
          ResourceKind.TLS_ROUTE,
          ResourceKind.TCP_ROUTE,
          ResourceKind.BACKEND_TLS_POLICY);

  private final ResourceSet written;
  private final List<GatewayWorkload> told;
  private final IstioVersion version;
  private final ResourceSet.Builder all = ResourceSet.builder();
  private final List<ResourceKey> unread = new ArrayList<>();

  private GatewayApi(ResourceSet written, List<GatewayWorkload> told, IstioVersion version) {
    this.written = written;
    this.told = told;
    this.version = version;
    if (!isSilent()) {
      written.all().forEach(all::add);
      convert();
    }
  }

  /**
   * Converts.
   *
   * @param resources the manifests
   * @param told gateways whose pods and Service are not among them
   * @param version the Istio release whose choices hold
   */
  public static GatewayApi of(
      ResourceSet resources, List<GatewayWorkload> told, IstioVersion version) {
    return new GatewayApi(resources, told, version);
  }

  /** The manifests, and with them what istiod makes of the Gateway API's. */
  public ResourceSet resources() {
    return isSilent() ? written : all.build();
  }

  /** Resources of the Gateway API that play no part here, though they may in a mesh. */
  public List<ResourceKey> unread() {
    return List.copyOf(unread);
  }

  private boolean isSilent() {
    return OWN.stream().allMatch(kind -> written.of(kind).isEmpty());
  }

  private void convert() {
    Namespaces namespaces = new Namespaces(written);
    ReferenceGrants grants = new ReferenceGrants(written);
    Map<Reference, List<Parent>> listeners = new LinkedHashMap<>();
    for (Resource resource : written.of(ResourceKind.KUBERNETES_GATEWAY)) {
      if (isWaypoint((Gateway) resource.object())) {
        continue;
      }
      if (!isOurs((Gateway) resource.object())) {
        unread.add(resource.key());
        continue;
      }
      GatewayDeployment deployment = new GatewayDeployment(resource);
      deploy(deployment);
      Listeners own = new Listeners(resource, namespaces, grants, version);
      List<Parent> parents = own.parents();
      listeners.put(
          new Reference(
              Reference.GATEWAY_API,
              resource.key().kind(),
              resource.key().namespace(),
              resource.key().name()),
          parents);
      List<String> services = deployment.services();
      parents.forEach(parent -> own.server(parent, services).ifPresent(all::add));
    }
    Attachments attachments = new Attachments(all.build(), told, listeners);
    new HttpRoutes(attachments, grants, version).of(written).forEach(all::add);
    ByteRoutes bytes = new ByteRoutes(attachments, grants);
    for (Resource resource : written.of(ResourceKind.TLS_ROUTE)) {
      addIfRead(resource, version.atLeast(IstioVersion.V1_30), bytes);
    }
    for (Resource resource : written.of(ResourceKind.TCP_ROUTE)) {
      addIfRead(resource, version.atLeast(IstioVersion.V1_31), bytes);
    }
    if (version.atLeast(IstioVersion.V1_30)) {
      new BackendTls(all.build()).rules().forEach(all::add);
    } else {
      written.of(ResourceKind.BACKEND_TLS_POLICY).forEach(r -> unread.add(r.key()));
    }
  }

  /** Below that release istiod reads the kind only with a flag for what is not yet stable. */
  private void addIfRead(Resource resource, boolean read, ByteRoutes bytes) {
    if (!read) {
      unread.add(resource.key());
    } else if (resource.kind() == ResourceKind.TLS_ROUTE) {
      bytes.tls(resource).forEach(all::add);
    } else {
      bytes.tcp(resource).forEach(all::add);
    }
  }

  /** A waypoint is no gateway that routes attach to. */
  private static boolean isWaypoint(Gateway gateway) {
    return gateway.getSpec() != null
        && "istio-waypoint".equals(gateway.getSpec().getGatewayClassName());
  }

  private boolean isOurs(Gateway gateway) {
    if (gateway.getSpec() == null || gateway.getSpec().getGatewayClassName() == null) {
      return false;
    }
    String name = gateway.getSpec().getGatewayClassName();
    return written
        .find(ResourceKind.GATEWAY_CLASS.key("", name))
        .map(found -> ((GatewayClass) found.object()).getSpec())
        .map(spec -> CONTROLLER.equals(spec.getControllerName()))
        .orElse(name.equals("istio"));
  }

  private void deploy(GatewayDeployment deployment) {
    Resource service = deployment.service();
    boolean isThere =
        all.contains(service.key())
            || told.stream()
                .anyMatch(
                    gateway ->
                        gateway.name().equals(service.key().name())
                            && gateway.namespace().equals(service.key().namespace()));
    if (deployment.isManaged() && !isThere) {
      all.add(service);
      Resource pods = deployment.deployment();
      if (!all.contains(pods.key())) {
        all.add(pods);
      }
    }
  }
}
