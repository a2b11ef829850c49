package io.github.istioegress.trace.registry;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.resource.SourceMap;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Services of the cluster and the pods behind them. */
final class KubernetesServices {

  private static final Set<String> TEMPLATED = Set.of("StatefulSet", "DaemonSet");

  private static final String EXPORT_TO = "networking.istio.io/exportTo";

  /** SMTP, DNS, MySQL, MongoDB. */
  private static final Set<Integer> SERVER_FIRST = Set.of(25, 53, 3306, 27017);

  /** Marks a Service that stands in no manifest. */
  private static final SourceMap TOLD = path -> Optional.empty();

  private KubernetesServices() {}

  /** True for the Service of a gateway that is told beside the manifests. */
  static boolean isTold(Resource resource) {
    return resource.source() == TOLD;
  }

  /**
   * A Service as the registry has it.
   *
   * @param resource the Service
   * @param index its place among the Services; one without an address gets one of its own by it, as
   *     the API server would give it
   * @param slices the addresses of Services that select no pods
   */
  static RegistryService service(Resource resource, int index, Slices slices) {
    Service service = (Service) resource.object();
    Map<String, String> annotations = service.getMetadata().getAnnotations();
    String exportTo = annotations == null ? "" : annotations.getOrDefault(EXPORT_TO, "");
    Set<String> visible = new LinkedHashSet<>();
    Arrays.stream(exportTo.split(",", -1)).map(String::strip).forEach(visible::add);
    visible.remove("");
    String clusterIp = service.getSpec() == null ? null : service.getSpec().getClusterIP();
    boolean headless = "None".equals(clusterIp);
    return new RegistryService(
        hostname(service),
        Metadata.namespace(service),
        true,
        headless ? RegistryService.ANY_ADDRESS : address(clusterIp, index),
        ports(service, slices),
        headless ? Resolution.NONE : Resolution.ENDPOINTS,
        visible,
        Metadata.created(service),
        Metadata.labels(service),
        service.getSpec() == null || service.getSpec().getSelector() == null
            ? Map.of()
            : Map.copyOf(service.getSpec().getSelector()),
        resource,
        false,
        List.of());
  }

  /** Its name in the cluster. */
  static String hostname(Service service) {
    return service.getMetadata().getName()
        + "."
        + Metadata.namespace(service)
        + ".svc.cluster.local";
  }

  private static String address(@org.jspecify.annotations.Nullable String clusterIp, int index) {
    return clusterIp == null || clusterIp.isEmpty()
        ? "10.96.%s.%s".formatted(index / 250, 1 + index % 250)
        : clusterIp;
  }

  private static List<ServicePort> ports(Service service, Slices slices) {
    if (service.getSpec() == null) {
      return List.of();
    }
    return service.getSpec().getPorts().stream()
        .map(
            port -> {
              IntOrString target = port.getTargetPort();
              int number = Metadata.number(port.getPort());
              int targetPort =
                  target == null || target.getIntVal() == null ? number : target.getIntVal();
              ServicePort plain =
                  new ServicePort(
                      number,
                      protocol(port.getName(), port.getAppProtocol(), number),
                      targetPort,
                      List.of());
              boolean selects =
                  service.getSpec().getSelector() != null
                      && !service.getSpec().getSelector().isEmpty();
              return selects
                  ? plain
                  : slices.behind(
                      plain,
                      Metadata.namespace(service),
                      service.getMetadata().getName(),
                      port.getName() == null ? "" : port.getName());
            })
        .toList();
  }

  /** The protocol of a Service's port: its appProtocol, else the first word of its name. */
  private static Protocol protocol(
      @org.jspecify.annotations.Nullable String name,
      @org.jspecify.annotations.Nullable String appProtocol,
      int number) {
    if (appProtocol != null) {
      return Protocol.parse(appProtocol);
    }
    String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("grpc-web")) {
      return Protocol.GRPC_WEB;
    }
    int dash = lower.indexOf('-');
    Protocol named = Protocol.parse(dash < 0 ? lower : lower.substring(0, dash));
    // Istio holds server-first protocols on their usual ports to be what they are.
    return named == Protocol.UNSUPPORTED && SERVER_FIRST.contains(number) ? Protocol.TCP : named;
  }

  /** The Service of a gateway that is told beside the manifests. */
  static Resource gatewayService(GatewayWorkload gateway) {
    ServiceBuilder service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(gateway.name())
            .withNamespace(gateway.namespace())
            .endMetadata()
            .withNewSpec()
            .withSelector(gateway.labels())
            .endSpec();
    for (GatewayWorkload.Port port : gateway.ports()) {
      service
          .editSpec()
          .addNewPort()
          .withName(portName(port.port()))
          .withPort(port.port())
          .withTargetPort(new IntOrString(port.targetPort()))
          .endPort()
          .endSpec();
    }
    return new Resource(service.build(), TOLD);
  }

  private static String portName(int port) {
    return switch (port) {
      case 80 -> "http2";
      case 443 -> "https";
      default -> "tcp-" + port;
    };
  }

  static List<Workload> workloads(ResourceSet resources) {
    return Stream.concat(resources.of(ResourceKind.POD).stream(), templates(resources).stream())
        .flatMap(resource -> workload(resource).stream())
        .toList();
  }

  private static Optional<Workload> workload(Resource resource) {
    return PodTemplate.of(resource.object())
        .map(
            pods ->
                new Workload(
                    resource.object().getMetadata().getName(),
                    Metadata.namespace(resource.object()),
                    pods.labels(),
                    pods.serviceAccount(),
                    pods.isRouter()));
  }

  /** What makes pods by a template and keeps them running: gateways are at times DaemonSets. */
  private static List<Resource> templates(ResourceSet resources) {
    return Stream.concat(
            resources.of(ResourceKind.DEPLOYMENT).stream(),
            resources.of(ResourceKind.OTHER).stream()
                .filter(resource -> TEMPLATED.contains(resource.key().kind())))
        .toList();
  }
}
