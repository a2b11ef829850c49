package io.github.istioegress.benchmark;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayIntent;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Tenants with ten destinations each, HTTP and TLS by turns, through one gateway. One tenant in ten
 * says who of its pods may call.
 *
 * @param tenants how many there are
 */
record Fleet(int tenants) {

  static final int DESTINATIONS = 10;

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final String ACCOUNT = "caller";

  /** The gateway, which no manifest of the plan shows. */
  static List<GatewayWorkload> gateways() {
    return List.of(
        new GatewayWorkload(
            GATEWAY.name(),
            GATEWAY.namespace(),
            GATEWAY.labels(),
            GATEWAY.ports().stream()
                .map(port -> new GatewayWorkload.Port(port.port(), port.targetPort()))
                .toList()));
  }

  private static String namespace(int tenant) {
    return "tenant-%04d".formatted(tenant);
  }

  private static String host(int tenant, int destination) {
    return "api-%d.tenant-%04d.example".formatted(destination, tenant);
  }

  private static boolean isHttp(int destination) {
    return destination % 2 == 0;
  }

  /** What the tenants say. */
  EgressPlan plan() {
    EgressPlan plan = EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly());
    for (int tenant = 0; tenant < tenants; tenant++) {
      plan =
          plan.namespace(
              MeshNamespace.named(namespace(tenant)).injected().sidecarScope().networkPolicy(),
              sentences(tenant));
    }
    return plan;
  }

  private static List<EgressIntent> sentences(int tenant) {
    List<EgressIntent> sentences = new ArrayList<>();
    for (int i = 0; i < DESTINATIONS; i++) {
      Egress.To to = Egress.to(host(tenant, i));
      GatewayIntent said =
          isHttp(i)
              ? to.http(80).via(GATEWAY.overIstioMutualTls())
              : to.tls(443).via(GATEWAY.overIstioMutualTls());
      sentences.add(
          tenant % 10 == 0
              ? said.from(Callers.serviceAccount(namespace(tenant), ACCOUNT))
              : said.from(Callers.namespace(namespace(tenant))));
    }
    return sentences;
  }

  /** The calls that the sentences let out. */
  List<Call> calls() {
    return IntStream.range(0, tenants * DESTINATIONS)
        .mapToObj(
            i -> {
              int tenant = i / DESTINATIONS;
              int destination = i % DESTINATIONS;
              return Call.to(
                  new Caller(namespace(tenant), Map.of(), ACCOUNT),
                  "%s://%s/"
                      .formatted(
                          isHttp(destination) ? "http" : "https", host(tenant, destination)));
            })
        .toList();
  }

  /** The same resources where every proxy knows everything: no Sidecar, and no exportTo. */
  static ResourceSet open(ResourceSet resources) {
    ResourceSet.Builder open = ResourceSet.builder();
    resources.all().stream()
        .filter(resource -> resource.kind() != ResourceKind.SIDECAR)
        .map(Resource::object)
        .map(Fleet::withoutExportTo)
        .forEach(open::add);
    return open.build();
  }

  private static HasMetadata withoutExportTo(HasMetadata object) {
    if (object instanceof ServiceEntry entry) {
      entry.getSpec().setExportTo(List.of());
    } else if (object instanceof VirtualService service) {
      service.getSpec().setExportTo(List.of());
    } else if (object instanceof DestinationRule rule) {
      rule.getSpec().setExportTo(List.of());
    }
    return object;
  }
}
