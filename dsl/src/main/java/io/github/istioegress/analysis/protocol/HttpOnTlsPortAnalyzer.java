package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Told;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * EGR209: port 443 of a host is declared HTTP, while applications speak TLS there. Where a rule
 * begins TLS for plaintext calls to the port it may be meant so, and is only told.
 */
final class HttpOnTlsPortAnalyzer implements Analyzer {

  private static final int HTTPS = 443;
  private static final int MOST_CALLERS = 5;

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, Caller> callers = context.traffic().callers();
    Map<ResourceKey, ReachDestination> plain = new HashMap<>();
    for (ReachDestination destination : context.destinations()) {
      if (destination.call().port() == HTTPS && destination.call().scheme() == Call.Scheme.HTTP) {
        destination.resources().forEach(key -> plain.putIfAbsent(key, destination));
      }
    }
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      List<ServicePort> ports = entry.spec().getPorts();
      for (int i = 0; i < ports.size(); i++) {
        String protocol = Objects.requireNonNullElse(ports.get(i).getProtocol(), "");
        ReachDestination destination = plain.get(entry.key());
        if (Metadata.number(ports.get(i).getNumber()) == HTTPS
            && Protocol.parse(protocol).isHttp()
            && destination != null) {
          Optional<Caller> caller =
              Stream.concat(
                      Optional.ofNullable(callers.get(entry.namespace())).stream(),
                      callers.values().stream().limit(MOST_CALLERS))
                  .filter(pod -> sees(context, pod, destination.host()))
                  .findFirst();
          String path = "spec.ports[" + i + "].protocol";
          caller
              .flatMap(pod -> finding(context, entry, path, protocol, destination.from(pod)))
              .ifPresent(out);
        }
      }
    }
  }

  /** An entry that only gateways see is no matter of what applications speak. */
  private static boolean sees(AnalysisContext context, Caller pod, String host) {
    return context
        .model()
        .sidecar(pod)
        .service(host)
        .flatMap(service -> service.port(HTTPS))
        .isPresent();
  }

  private static Optional<Finding> finding(
      AnalysisContext context,
      Manifest<ServiceEntry> entry,
      String path,
      String protocol,
      Call call) {
    Trace tls = context.trace(Call.to(call.from(), "https://" + call.host() + ":" + HTTPS));
    if (tls.outcome() == Outcome.EXTERNAL) {
      return Optional.empty();
    }
    boolean begun =
        Told.of(context.trace(call)).stream()
            .allMatch(
                told ->
                    told.branch().outcome().leaves()
                        && told.carried().get(told.carried().size() - 1).outer().isPresent());
    Finding finding =
        entry
            .finding(
                ProtocolCode.HTTP_ON_TLS_PORT,
                path,
                entry.key(),
                protocol,
                call.host(),
                begun
                    ? "plaintext calls get TLS by a DestinationRule, but"
                    : "a plaintext call is answered with 400, and")
            .tracedAs(AnalysisContext.shortly(tls));
    return Optional.of(begun ? finding.as(Severity.INFO) : finding);
  }
}
