package io.github.istioegress.trace.gatewayapi;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewaySpecAddress;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Derived;
import io.github.istioegress.trace.registry.Metadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pods and the Service that istiod's deployment controller starts for a Gateway, unless its
 * addresses name a Service that is there.
 */
final class GatewayDeployment {

  private static final String NAME = "gateway.networking.k8s.io/gateway-name";
  private static final String CLASS = "gateway.networking.k8s.io/gateway-class-name";
  private static final String SERVICE_ACCOUNT = "gateway.istio.io/service-account";
  private static final String NAME_OVERRIDE = "gateway.istio.io/name-override";

  private final Resource resource;
  private final Gateway gateway;

  GatewayDeployment(Resource resource) {
    this.resource = resource;
    this.gateway = (Gateway) resource.object();
  }

  /** True where istiod starts it; false where somebody else does. */
  boolean isManaged() {
    List<GatewaySpecAddress> addresses = gateway.getSpec().getAddresses();
    return addresses.isEmpty()
        || (addresses.size() == 1
            && Objects.requireNonNullElse(addresses.get(0).getType(), "IPAddress")
                .equals("IPAddress"));
  }

  /** {@code NAME-CLASS}, or what an annotation says instead. */
  String name() {
    String usual = resource.key().name() + "-" + gateway.getSpec().getGatewayClassName();
    Map<String, String> annotations = gateway.getMetadata().getAnnotations();
    return annotations == null ? usual : annotations.getOrDefault(NAME_OVERRIDE, usual);
  }

  /** The service account of its pods: of the Deployment's name, unless an annotation says it. */
  private String account() {
    Map<String, String> annotations = gateway.getMetadata().getAnnotations();
    return annotations == null ? name() : annotations.getOrDefault(SERVICE_ACCOUNT, name());
  }

  /** The Services whose pods open the listeners, fully qualified. */
  List<String> services() {
    String domain = "." + resource.key().namespace() + ".svc.cluster.local";
    if (isManaged()) {
      return List.of(name() + domain);
    }
    return gateway.getSpec().getAddresses().stream()
        .filter(
            address -> Objects.requireNonNullElse(address.getType(), "Hostname").equals("Hostname"))
        .map(GatewaySpecAddress::getValue)
        .map(value -> value.contains(".") ? value : value + domain)
        .toList();
  }

  /** The Service, with the listeners' own ports. */
  Resource service() {
    ServiceBuilder service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(name())
            .withNamespace(resource.key().namespace())
            .withCreationTimestamp(gateway.getMetadata().getCreationTimestamp())
            .endMetadata()
            .withNewSpec()
            .withSelector(Map.of(NAME, resource.key().name()))
            .endSpec();
    Derived derived = Derived.from(resource, "spec");
    Set<Integer> ports = new HashSet<>();
    List<Listener> listeners = gateway.getSpec().getListeners();
    for (int i = 0; i < listeners.size(); i++) {
      Listener listener = listeners.get(i);
      int port = Metadata.number(listener.getPort());
      if (ports.add(port)) {
        derived =
            derived.with(
                "spec.ports[" + (ports.size() - 1) + "]",
                Decision.of(resource, "spec.listeners[" + i + "]"));
        service
            .editSpec()
            .addNewPort()
            .withName(listener.getName())
            .withAppProtocol(
                Objects.requireNonNullElse(listener.getProtocol(), "").toLowerCase(Locale.ROOT))
            .withPort(port)
            .withTargetPort(new IntOrString(port))
            .endPort()
            .endSpec();
      }
    }
    return new Resource(service.build(), derived);
  }

  /** The Deployment. */
  Resource deployment() {
    Map<String, Object> labels = new TreeMap<>();
    if (gateway.getSpec().getInfrastructure() != null
        && gateway.getSpec().getInfrastructure().getLabels() != null) {
      labels.putAll(gateway.getSpec().getInfrastructure().getLabels());
    }
    labels.put(NAME, resource.key().name());
    labels.put(CLASS, gateway.getSpec().getGatewayClassName());
    List<Object> containers = new ArrayList<>();
    containers.add(Map.of("name", "istio-proxy", "args", List.of("proxy", "router")));
    GenericKubernetesResource deployment =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("apps/v1")
            .withKind("Deployment")
            .withNewMetadata()
            .withName(name())
            .withNamespace(resource.key().namespace())
            .endMetadata()
            .addToAdditionalProperties(
                "spec",
                Map.of(
                    "template",
                    Map.of(
                        "metadata",
                        Map.of("labels", labels),
                        "spec",
                        Map.of("serviceAccountName", account(), "containers", containers))))
            .build();
    return new Resource(deployment, Derived.from(resource, "spec"));
  }
}
