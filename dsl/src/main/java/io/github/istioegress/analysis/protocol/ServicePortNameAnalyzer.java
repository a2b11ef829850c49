package io.github.istioegress.analysis.protocol;

import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR218: routes of the mesh lead to a Service whose port does not say its protocol. Sidecars find
 * it out from the first bytes, which a client that waits for the server never sends.
 */
final class ServicePortNameAnalyzer implements Analyzer {

  /** Ports of protocols in which the server speaks first. */
  private static final Set<Integer> SERVER_FIRST = Set.of(21, 22, 110, 143, 587);

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Set<String> routed = new HashSet<>();
    for (Leg leg : context.legs()) {
      if (leg.isOfMesh()) {
        leg.targets().forEach(target -> routed.add(target.host() + ":" + target.port()));
      }
    }
    for (Manifest<ServiceSpec> manifest : context.services()) {
      String host = manifest.name() + "." + manifest.namespace() + ".svc.cluster.local";
      Optional<RegistryService> service = context.model().registry().kubernetes(host);
      List<ServicePort> ports = manifest.spec().getPorts();
      for (int i = 0; i < ports.size() && service.isPresent(); i++) {
        int number = Metadata.number(ports.get(i).getPort());
        boolean unsaid =
            service
                .get()
                .port(number)
                .filter(one -> one.protocol() == Protocol.UNSUPPORTED)
                .isPresent();
        if (unsaid && (routed.contains(host + ":" + number) || routed.contains(host + ":0"))) {
          String name = Objects.requireNonNullElse(ports.get(i).getName(), "");
          Finding finding =
              manifest.finding(
                  ProtocolCode.PORT_SAYS_NO_PROTOCOL,
                  "spec.ports[" + i + "]" + (name.isEmpty() ? "" : ".name"),
                  manifest.key(),
                  number,
                  name.isEmpty() ? "no name" : "the name " + name);
          out.accept(SERVER_FIRST.contains(number) ? finding : finding.as(Severity.INFO));
        }
      }
    }
  }
}
