package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePortBuilder;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.GatewayBuilder;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.ServiceEntryBuilder;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.networking.v1.VirtualServiceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NamedObject;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Expands sentences into ServiceEntry, Gateway, DestinationRule and VirtualService. */
public final class IstioApiExpansion {

  private static final List<EgressPattern> PATTERNS =
      List.of(
          new DirectEgress(),
          new HttpThroughEgressGateway(),
          new TlsPassthroughThroughEgressGateway());

  private final String apiVersion;
  private final NamespaceEgress said;
  private final NamespaceResources gathered;

  private IstioApiExpansion(IstioVersion target, NamespaceEgress said) {
    this.apiVersion = networkingApi(target);
    this.said = said;
    this.gathered = new NamespaceResources(said);
  }

  /**
   * Adds the resources of every namespace of a plan.
   *
   * @throws IllegalArgumentException when two sentences would make one resource with different
   *     content
   */
  public static void expand(EgressPlan plan, ResourceSet.Builder into) {
    for (NamespaceEgress said : plan.namespaces()) {
      new IstioApiExpansion(plan.mesh().version(), said).addTo(into);
    }
  }

  /** The API version that a release serves: the newest that all of its clients know. */
  static String networkingApi(IstioVersion target) {
    String version =
        target.atLeast(IstioVersion.V1_22)
            ? "v1"
            : target.compareTo(IstioVersion.V1_7) > 0 ? "v1beta1" : "v1alpha3";
    return "networking.istio.io/" + version;
  }

  private void addTo(ResourceSet.Builder into) {
    into.add(namespace(said.namespace()));
    for (HostEgress host : said.hosts()) {
      for (EgressIntent intent : host.intents()) {
        pattern(intent).emit(host, intent, gathered);
      }
      into.add(serviceEntry(host));
      virtualService(host).ifPresent(into::add);
    }
    for (EgressGateway gateway : said.gateways()) {
      into.add(gateway(gateway));
      into.add(destinationRule(gateway));
    }
  }

  private static EgressPattern pattern(EgressIntent intent) {
    List<EgressPattern> fitting =
        PATTERNS.stream().filter(pattern -> pattern.accepts(intent)).toList();
    if (fitting.size() != 1) {
      throw new IllegalStateException(intent + " is of " + fitting.size() + " patterns, not one");
    }
    return fitting.get(0);
  }

  private static io.fabric8.kubernetes.api.model.Namespace namespace(MeshNamespace namespace) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(namespace.name())
        .withLabels(namespace.labels())
        .endMetadata()
        .build();
  }

  private ServiceEntry serviceEntry(HostEgress host) {
    return new ServiceEntryBuilder()
        .withApiVersion(apiVersion)
        .withNewMetadata()
        .withName(gathered.baseName(host))
        .withNamespace(said.namespace().name())
        .endMetadata()
        .withNewSpec()
        .withHosts(host.host().name())
        .withPorts(host.intents().stream().map(IstioApiExpansion::servicePort).toList())
        .withResolution(ServiceEntryResolution.DNS)
        .withExportTo(exportTo(host))
        .endSpec()
        .build();
  }

  private static ServicePort servicePort(EgressIntent intent) {
    return new ServicePortBuilder()
        .withNumber((long) intent.port().number())
        .withName(intent.portName())
        .withProtocol(intent.protocolWord().name())
        .build();
  }

  private Gateway gateway(EgressGateway gateway) {
    return new GatewayBuilder()
        .withApiVersion(apiVersion)
        .withNewMetadata()
        .withName(gathered.gatewayName(gateway))
        .withNamespace(said.namespace().name())
        .endMetadata()
        .withNewSpec()
        .withSelector(gateway.labels())
        .withServers(List.copyOf(gathered.servers(gateway)))
        .endSpec()
        .build();
  }

  private DestinationRule destinationRule(EgressGateway gateway) {
    boolean adopted =
        said.hosts().stream()
            .filter(host -> host.gateways().contains(gateway))
            .allMatch(host -> host.visibility() == Visibility.MESH_DEFAULT);
    DestinationRuleBuilder rule =
        new DestinationRuleBuilder()
            .withApiVersion(apiVersion)
            .withNewMetadata()
            .withName(gathered.destinationRuleName(gateway))
            .withNamespace(said.namespace().name())
            .endMetadata()
            .withNewSpec()
            .withHost(gateway.serviceHost())
            .endSpec();
    for (String subset : gathered.subsets(gateway)) {
      rule.editSpec().addNewSubset().withName(subset).endSubset().endSpec();
    }
    if (!adopted) {
      // A sidecar takes the rule of its own namespace first, so nobody else needs to see it.
      rule.editSpec().withExportTo(".").endSpec();
    }
    return rule.build();
  }

  private Optional<VirtualService> virtualService(HostEgress host) {
    if (host.gateways().isEmpty()) {
      return Optional.empty();
    }
    String name =
        host.name(NamedObject.VIRTUAL_SERVICE)
            .orElseGet(() -> ResourceNames.virtualService(gathered.baseName(host)));
    VirtualServiceBuilder service =
        new VirtualServiceBuilder()
            .withApiVersion(apiVersion)
            .withNewMetadata()
            .withName(name)
            .withNamespace(said.namespace().name())
            .endMetadata()
            .withNewSpec()
            .withHosts(host.host().name())
            .withGateways(host.gateways().stream().map(gathered::gatewayName).toList())
            .addToGateways(NamespaceResources.MESH)
            .withExportTo(exportTo(host))
            .withHttp(gathered.http(host))
            .withTls(gathered.tls(host))
            .endSpec();
    return Optional.of(service.build());
  }

  /** The namespaces that need to see a host: the callers' own, and that of each gateway. */
  private List<String> exportTo(HostEgress host) {
    if (host.visibility() == Visibility.MESH_DEFAULT) {
      return List.of();
    }
    TreeSet<String> namespaces = new TreeSet<>();
    host.gateways().forEach(gateway -> namespaces.add(gateway.namespace()));
    namespaces.remove(said.namespace().name());
    namespaces.add(".");
    return List.copyOf(namespaces);
  }
}
