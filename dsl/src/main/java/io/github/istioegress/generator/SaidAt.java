package io.github.istioegress.generator;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows which line of Java, or of a data file, said a resource, by its namespace and its hosts. */
final class SaidAt {

  private final Map<String, String> byHost = new HashMap<>();
  private final Map<String, String> byNamespace = new HashMap<>();
  private final Map<Subject, Resource> resources = new HashMap<>();
  private final String plan;

  private SaidAt(String plan) {
    this.plan = plan;
  }

  static SaidAt of(EgressPlan plan, ResourceSet read) {
    SaidAt said = new SaidAt(plan.origin().toString());
    read.all().forEach(one -> said.resources.put(Manifest.subject(one.key()), one));
    for (NamespaceEgress egress : plan.namespaces()) {
      String namespace = egress.namespace().name();
      for (EgressIntent intent : egress.intents()) {
        String origin = intent.origin().toString();
        said.byHost.putIfAbsent(namespace + "/" + intent.host().name(), origin);
        said.byHost.putIfAbsent("/" + intent.host().name(), origin);
        said.byNamespace.putIfAbsent(namespace, origin);
      }
    }
    return said;
  }

  /** The line that said what a finding is about; that of the plan where no sentence is nearer. */
  String definition(Finding finding) {
    if (finding.resource().isEmpty()) {
      return plan;
    }
    Subject subject = finding.resource().get();
    Optional<String> sentence =
        Stream.ofNullable(resources.get(subject))
            .flatMap(one -> hosts(one.object()))
            .flatMap(
                host ->
                    Stream.of(subject.namespace() + "/" + host, "/" + host)
                        .map(byHost::get)
                        .filter(Objects::nonNull))
            .findFirst();
    return sentence.orElseGet(() -> byNamespace.getOrDefault(subject.namespace(), plan));
  }

  private static Stream<String> hosts(Object object) {
    if (object instanceof ServiceEntry entry && entry.getSpec() != null) {
      return entry.getSpec().getHosts().stream();
    }
    if (object instanceof VirtualService service && service.getSpec() != null) {
      return service.getSpec().getHosts().stream();
    }
    if (object instanceof DestinationRule rule && rule.getSpec() != null) {
      return Stream.ofNullable(rule.getSpec().getHost());
    }
    if (object instanceof Gateway gateway && gateway.getSpec() != null) {
      return gateway.getSpec().getServers().stream()
          .flatMap(server -> server.getHosts().stream())
          .map(host -> host.substring(host.indexOf('/') + 1));
    }
    return Stream.empty();
  }
}
